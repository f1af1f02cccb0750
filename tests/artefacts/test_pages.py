"""The pages under docs: every link and picture is there, every function has a section, tables are whole."""

import io
import re
from pathlib import Path

import openpyxl
import pytest

from walkaway_xl import CATALOGUE
from walkaway_xl.hosts.embedded import calculate
from walkaway_xl.pages import hosts, markdown, package_index, plots

ROOT = Path(__file__).parents[2]
FUNCTIONS = markdown.pages()
REFERENCE = "\n".join(FUNCTIONS.values())
PAGES = {**FUNCTIONS, hosts.PATH: hosts.page()}
WRITTEN = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")]

every_page = pytest.mark.parametrize("path", sorted({*PAGES, *WRITTEN, "README.md"}))


def text_of(path):
    return PAGES[path] if path in PAGES else (ROOT / path).read_text("utf-8")


def anchors(text):
    """What GitHub makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    plain = [re.sub(r"\[(.+?)\]\(.+?\)", r"\1", heading).lower() for heading in headings]
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in plain}


def leads_somewhere(path, target):
    """Whether a link of a page leads to a file, and to a heading in it."""
    file, _, anchor = target.partition("#")
    linked = ((ROOT / path).parent / file).resolve() if file else ROOT / path
    if not anchor or not linked.exists():
        return linked.exists()
    return anchor in anchors(text_of(linked.relative_to(ROOT).as_posix()))


@every_page
def test_every_link_leads_somewhere(path):
    targets = re.findall(r"\]\((?!http)([^)\s]+)\)", text_of(path))

    assert [] == [target for target in targets if not leads_somewhere(path, target)]


@every_page
def test_every_picture_has_words_for_those_who_do_not_see_it(path):
    for words in re.findall(r"!\[(.*?)\]", text_of(path)):
        assert 20 < len(words)


@every_page
def test_every_row_of_a_table_has_the_cells_of_its_head(path):
    lines = re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL).split("\n")
    rows = [line for line in lines if line.startswith("|")]
    width = 0
    for place, row in enumerate(rows):
        cells = len(re.findall(r"(?<!\\)\|", row)) - 1
        if place + 1 < len(rows) and rows[place + 1].startswith("|---"):
            width = cells
        assert width == cells, row


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_the_source_shows_through(path):
    text = re.sub(r"`[^`]*`", "", PAGES[path])
    for leftover in ("array_like", ">>>", " or None", "----\n", "InputError", "ndarray"):
        assert leftover not in text, leftover


def test_every_function_has_a_section_and_a_place_in_the_list():
    sections = re.findall(r"^## ([A-Z_]+)$", "\n".join(markdown.pages().values()), flags=re.MULTILINE)

    assert list(CATALOGUE) == sections
    assert all(f"[{name}](" in PAGES[f"{markdown.FOLDER}/README.md"] for name in CATALOGUE)


def test_a_related_function_is_named_from_both_sides():
    pricing = PAGES["docs/functions/pricing.md"]
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", pricing, flags=re.MULTILINE | re.DOTALL))

    assert "[PRICE_FLOOR](#price_floor)" in sections["DISCOUNT_MAX"]
    assert "[DISCOUNT_MAX](#discount_max)" in sections["PRICE_FLOOR"]


class TestPlots:
    def test_every_plot_belongs_to_a_function(self):
        assert set(plots.PLOTS) <= set(CATALOGUE)

    def test_another_point_is_another_digest(self):
        (plot,) = plots.PLOTS["PRICE_FLOOR"]
        lines, marks = plot.drawn
        moved = plots.Plot(
            plot.name,
            plot.title,
            plot.description,
            plot.x_label,
            plot.y_label,
            lambda: ([plots.Line(line.label, line.x, line.y + 0.001) for line in lines], marks),
        )

        assert plot.digest != moved.digest
        assert not moved.is_in((ROOT / plots.FOLDER / f"{plot.name}.svg").read_bytes())


def refused_examples(name):
    """The examples of a function that have no answer at all."""
    return [example for example in CATALOGUE[name].examples if str(example.gives).startswith("#")]


class TestSections:
    def section(self, name):
        return re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", REFERENCE, flags=re.MULTILINE | re.DOTALL)[1]

    @pytest.mark.parametrize("name", [name for name in CATALOGUE if refused_examples(name)])
    def test_every_example_without_an_answer_says_why(self, name):
        errors = self.section(name).partition("**Errors.**")[2]
        for example in refused_examples(name):
            row = next(line for line in errors.splitlines() if f"`{example.formula(name)}`" in line)
            *_, code, because, _ = _cells(row)
            assert example.gives == code
            assert because.endswith((".", "?"))

    @pytest.mark.parametrize("name", CATALOGUE)
    def test_something_else_to_read_is_named(self, name):
        assert "**See also** [" in self.section(name)

    def test_what_is_to_be_copied_calculates_as_the_example(self):
        """The cells go where a paste into A1 puts them, a sheet for each function."""
        book = openpyxl.Workbook()
        expected = {}
        for name, function in CATALOGUE.items():
            sheet = book.create_sheet(name)
            block = self.section(name).split("paste them into A1:\n\n```\n")[1].split("\n```")[0]
            for row, line in enumerate(block.split("\n"), 1):
                for column, text in enumerate(line.split("\t"), 1):
                    sheet.cell(row, column, _pasted(text))
            example = next(each for each in function.examples if "#" not in str(each.gives))
            gives = example.gives if isinstance(example.gives, list) else [[example.gives]]
            expected[name] = (block.split("\n")[0].count("\t") + 1, gives[0][0])
        data = io.BytesIO()
        book.save(data)
        shown = openpyxl.load_workbook(io.BytesIO(calculate(data.getvalue()).data), data_only=True)
        for name, (column, gives) in expected.items():
            cell = shown[name].cell(1, column).value
            assert (pytest.approx(gives) if isinstance(gives, int | float) else gives) == cell, name


def _cells(row):
    return [cell.strip() for cell in row.split("|")]


def _pasted(text):
    """What a spreadsheet program makes of a text that is typed or pasted."""
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    try:
        return float(text)
    except ValueError:
        return text or None


def test_the_page_of_the_package_index_leads_to_nothing_that_is_not_there():
    page = (ROOT / package_index.PATH).read_text("utf-8")
    targets = re.findall(r"\]\(([^)]*)\)", page)

    assert [] == [target for target in targets if not target.startswith("https://")]
    assert "install.py" not in page
    assert {"## Install it", "## Five formulas to try", "## What it promises"} < set(page.split("\n"))
