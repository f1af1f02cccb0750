"""What holds for every template, blank and with its example."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.formula import Tokenizer
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from tests.sampling import one_in
from tests.workbooks.calculated import Values, agree, all_by_libreoffice, calculate
from walkaway_xl.core.errors import InputError
from walkaway_xl.sheets.draft import PRIVATE_NAME, Draft
from walkaway_xl.sheets.page import Privacy
from walkaway_xl.workbooks import TEMPLATES, Template, reading, sharing, template
from walkaway_xl.workbooks.package import finished
from walkaway_xl.workbooks.review_page import page_text, review

CASES = [(each, filled) for each in TEMPLATES for filled in (False, True) if each.has_example or not filled]
every_workbook = pytest.mark.parametrize(
    ("chosen", "filled"),
    CASES,
    ids=[f"{each.name}-{'example' if filled else 'blank'}" for each, filled in CASES],
)
# The tour is about the add-in's own functions, some of whose answers are errors, with a tab for each family;
# it has tests of its own.
NATIVE = [case for case in CASES if case[0].name != "functions_tour"]
every_native_workbook = pytest.mark.parametrize(
    ("chosen", "filled"),
    NATIVE,
    ids=[f"{each.name}-{'example' if filled else 'blank'}" for each, filled in NATIVE],
)
# 365 and the like live in cells; these are counting, signs and percent.
ALLOWED_NUMBERS = {"0", "1", "100"}
BODY_SIZE = 11  # in points, of the text whose characters are the unit of column widths


def formulas(draft: Draft) -> Iterator[Cell]:
    for sheet in draft.workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield cell


def sorts_of_formulas(draft: Draft) -> dict[str, str]:
    """Formulas with the cell that each is in, once where they differ by nothing but the row of their cell."""
    return {
        re.sub(rf"(?<=[A-Z]){cell.row}\b", "_row", cell.value): f"{cell.parent.title}!{cell.coordinate}"
        for cell in formulas(draft)
    }


def covered(draft: Draft, title: str) -> set[str]:
    """Coordinates on a sheet that have a validation."""
    found = set()
    for validation in draft.workbook[title].data_validations.dataValidation:
        for part in validation.sqref.ranges:
            for row in (
                draft.workbook[title][part.coord]
                if ":" in part.coord
                else ((draft.workbook[title][part.coord],),)
            ):
                found |= {cell.coordinate for cell in row}
    return found


@cache
def built(chosen: Template, filled: bool) -> Draft:
    """The workbook, made once for all tests that only look at it."""
    return chosen.example() if filled else chosen.build()


@cache
def calculated(chosen: Template, filled: bool) -> Workbook:
    """The workbook with its values, made once as well."""
    return Values(built(chosen, filled)).workbook


# That another process, with another order of hashes, gives the same is what tests/artefacts shows.
@pytest.mark.parametrize("chosen", one_in(4, TEMPLATES), ids=[each.name for each in TEMPLATES])
def test_generating_twice_gives_the_same_bytes(chosen: Template) -> None:
    one, other = (finished(chosen.example(), lambda data: data) for _ in range(2))
    assert one == other


@every_native_workbook
def test_no_cell_holds_an_error(chosen: Template, filled: bool) -> None:
    errors = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in calculated(chosen, filled)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert [] == errors


@every_workbook
def test_every_input_has_a_validation_with_messages(chosen: Template, filled: bool) -> None:
    draft = built(chosen, filled)
    for sheet in draft.workbook:
        has_validation = covered(draft, sheet.title)
        missing = [
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked and cell.coordinate not in has_validation
        ]
        assert [] == missing, sheet.title
        for validation in sheet.data_validations.dataValidation:
            assert validation.prompt
            assert validation.promptTitle
            assert validation.error
            assert "stop" == validation.errorStyle


@every_workbook
def test_every_formula_is_locked_on_a_protected_sheet_without_a_password(
    chosen: Template, filled: bool
) -> None:
    draft = built(chosen, filled)
    assert [] == [
        f"{cell.parent.title}!{cell.coordinate}" for cell in formulas(draft) if not cell.protection.locked
    ]
    assert all(sheet.protection.sheet for sheet in draft.workbook)
    assert all(sheet.protection.password is None for sheet in draft.workbook)


@every_native_workbook
def test_formulas_hold_no_numbers_but_counting_and_percent(chosen: Template, filled: bool) -> None:
    found = {
        f"{where}: {token.value}"
        for formula, where in sorts_of_formulas(built(chosen, filled)).items()
        for token in Tokenizer(formula).items
        if token.type == "OPERAND" and token.subtype == "NUMBER" and token.value not in ALLOWED_NUMBERS
    }
    assert set() == found


@every_native_workbook
def test_no_formula_puts_an_if_inside_an_if(chosen: Template, filled: bool) -> None:
    nested = []
    for formula, where in sorts_of_formulas(built(chosen, filled)).items():
        opened: list[str] = []
        for token in Tokenizer(formula).items:
            if token.subtype == "OPEN":
                if token.value == "IF(" and "IF(" in opened:
                    nested.append(where)
                opened.append(token.value)
            elif token.subtype == "CLOSE":
                opened.pop()
    assert [] == nested


@every_native_workbook
def test_formulas_use_only_functions_that_every_program_has(chosen: Template, filled: bool) -> None:
    banned = re.compile(r"\b(OFFSET|INDIRECT|LET|XLOOKUP|FILTER|SORT|UNIQUE|TEXT|TODAY|NOW|RAND)\(|\[")
    assert [] == [cell.value for cell in formulas(built(chosen, filled)) if banned.search(cell.value)]


@every_native_workbook
def test_at_most_seven_tabs_and_none_hidden(chosen: Template, filled: bool) -> None:
    draft = built(chosen, filled)
    assert len(draft.workbook.sheetnames) <= 7
    assert {"visible"} == {sheet.sheet_state for sheet in draft.workbook}


@every_workbook
def test_the_selected_cell_is_outside_the_banner_and_lets_no_message_lie_on_a_page_to_take_along(
    chosen: Template, filled: bool
) -> None:
    for sheet in built(chosen, filled).workbook:
        pane, selections = sheet.sheet_view.pane, sheet.sheet_view.selection
        active = pane.activePane if pane else None
        (selected,) = (part.activeCell for part in selections if part.pane == active)
        row, column = coordinate_to_tuple(selected)
        assert row > 1, sheet.title
        if pane:
            assert (row, column) >= coordinate_to_tuple(pane.topLeftCell), sheet.title
        if sheet.title in ("Brief", "For them"):
            rules = sheet.data_validations.dataValidation
            assert not [rule.sqref for rule in rules if selected in rule.cells], sheet.title


@every_workbook
def test_every_chart_has_a_text_for_screen_readers(chosen: Template, filled: bool) -> None:
    draft = built(chosen, filled)
    for sheet in draft.workbook:
        notes = draft.chart_notes.get(sheet.title, [])
        assert len(sheet._charts) == len(notes)
        assert all(len(note.description) > 40 for note in notes)


@every_workbook
def test_only_answers_in_words_are_merged_of_what_is_typed(chosen: Template, filled: bool) -> None:
    draft = built(chosen, filled)
    words = {asked.place for asked in draft.inputs.values() if asked.kind.style_name.endswith("text")}
    merged = [
        (sheet.title, area.start_cell.coordinate)
        for sheet in draft.workbook
        for area in sheet.merged_cells.ranges
    ]
    open_ones = {place for place in merged if not draft.workbook[place[0]][place[1]].protection.locked}
    assert open_ones <= words


@pytest.mark.parametrize("name", [each.name for each in TEMPLATES if each.has_example])
def test_every_number_fits_its_column(name: str) -> None:
    """Otherwise a spreadsheet program shows #### in its place."""
    cut_off = []
    for sheet in calculated(template(name), True):
        merged = {area.start_cell.coordinate: area for area in sheet.merged_cells.ranges}
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            is_number = isinstance(cell.value, int | float | date) and not isinstance(cell.value, bool)
            if is_number and not cell.alignment.shrink_to_fit:
                area = merged.get(cell.coordinate)
                columns = range(area.min_col, area.max_col + 1) if area else [cell.column]
                room = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)
                text = shown(cell.value, cell.number_format)
                if (len(text) + cell.alignment.indent) * cell.font.size > room * BODY_SIZE:
                    cut_off.append((sheet.title, cell.coordinate, text))
    assert [] == cut_off


def shown(value: float | date, pattern: str) -> str:
    """About what a cell shows of a number or a date, with the room that its format leaves at the right."""
    padding = " " * ("_)" in pattern)
    if isinstance(value, date):
        return "28 Nov 2026" + padding
    if pattern == "General":
        return f"{value:.9g}"
    digits = re.sub(r'_.|"[^"]*"', "", pattern.split(";")[0])
    _, _, decimals = digits.partition(".")
    if "E" in digits:
        return f"{value:.0e}"
    if not set("0#") & set(digits):
        return ""
    number = abs(value) * (100 if "%" in digits else 1)
    grouped = "," if "," in digits else ""
    sign = "−" if value < 0 or "+" in digits else ""
    return f"{sign}{number:{grouped}.{len(decimals.strip(' %'))}f}" + " %" * ("%" in digits) + padding


@every_native_workbook
def test_a_long_table_keeps_its_heads_in_view_and_on_every_page(chosen: Template, filled: bool) -> None:
    tables = [sheet for sheet in built(chosen, filled).workbook if sheet.auto_filter.ref]
    heads = [range_boundaries(sheet.auto_filter.ref)[1] for sheet in tables]

    assert [head + 1 for head in heads] == [coordinate_to_tuple(sheet.freeze_panes)[0] for sheet in tables]
    assert [f"${head}:${head}" for head in heads] == [sheet.print_title_rows for sheet in tables]


@pytest.mark.libreoffice
# LibreOffice writes extensions that openpyxl does not know.
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("part", one_in(3, range(3)))
def test_libreoffice_calculates_the_same_and_keeps_the_names(part: int, tmp_path: Path) -> None:
    cases = NATIVE[part::3]
    drafts = [built(*case) for case in cases]
    without_values = [finished(draft, lambda data: data) for draft in drafts]  # as users get them otherwise
    different = []
    for case, draft, data in zip(cases, drafts, all_by_libreoffice(without_values, tmp_path), strict=True):
        theirs, ours = load_workbook(BytesIO(data), data_only=True), calculated(*case)
        different += [
            (draft.workbook.properties.subject, cell.parent.title, cell.coordinate, mine, their)
            for cell in formulas(draft)
            for mine in [ours[cell.parent.title][cell.coordinate].value]
            for their in [theirs[cell.parent.title][cell.coordinate].value]
            if not agree(mine, their)
        ]
        assert page_text(review(ours)) == page_text(review(theirs))
        if PRIVATE_NAME in theirs.defined_names:
            assert [] == sharing.leaks(reading.formulas_of(data), theirs)
    assert [] == different


def test_an_unknown_template_names_the_nearest_one() -> None:
    with pytest.raises(InputError, match="seller_price"):
        template("seller_prize")


# openpyxl does not know the extension that the data bars of 2010 are.
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")
def test_the_chart_caches_hold_what_the_cells_hold() -> None:
    chart = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    data = finished(built(template("seller_price"), True), calculate)
    book = load_workbook(BytesIO(data), data_only=True)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        roots = [
            etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/charts/chart")
        ]
    kept = {"strRef": 0, "numRef": 0}
    for holder in (holder for root in roots for name in kept for holder in root.iter(chart + name)):
        title, cells = holder[0].text.rsplit("!", 1)
        found = book[title.strip("'")][cells.replace("$", "")]
        values = [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]
        told = {int(point.get("idx")): point[0].text for point in holder.iter(f"{chart}pt")}
        assert str(len(values)) == holder[1].find(f"{chart}ptCount").get("val")
        for place, value in enumerate(values):
            if isinstance(value, int | float):
                assert value == float(told[place])
            else:
                assert (value or None) == told.get(place)
        kept[etree.QName(holder).localname] += len(told)
    assert all(kept.values())


@every_native_workbook
def test_every_sheet_says_in_its_bar_and_footer_who_may_see_it(chosen: Template, filled: bool) -> None:
    for sheet in built(chosen, filled).workbook:
        bar = " ".join(str(cell.value) for cell in sheet[1] if cell.value)
        privacy = next(each for each in Privacy if each.bar and each.bar in bar)
        footer = sheet.oddFooter
        if privacy is Privacy.SHARE_SAFE:
            # Neither the bar nor the name of the file is printed on what the other side gets.
            assert (None, None) == (footer.left.text, footer.center.text)
            assert 2 == range_boundaries(sheet.print_area.rpartition("!")[2])[1]
        else:
            assert privacy.footer == footer.center.text


@every_native_workbook
def test_no_heading_is_left_alone_at_the_end_of_a_page(chosen: Template, filled: bool) -> None:
    for sheet in built(chosen, filled).workbook:
        for broken in sheet.row_breaks.brk:
            above = [sheet.cell(row, 2).style for row in range(broken.id - 1, broken.id + 1)]
            assert "wx Section" not in above, f"{sheet.title} before row {broken.id + 1}"


def questions(chosen: Template) -> set[str]:
    """What a blank workbook asks; the rows of a table ask the same, and so do the columns of its issues."""
    return {re.sub(r"(?<=[._])\d+(?=\.|$)", "#", name) for name in built(chosen, False).inputs}


@pytest.mark.parametrize(
    "chosen", [each for each in TEMPLATES if each.has_example], ids=lambda each: each.name
)
def test_a_workbook_asks_no_more_than_people_answer(chosen: Template) -> None:
    assert len(questions(chosen)) <= 150


@pytest.mark.parametrize("chosen", TEMPLATES, ids=lambda each: each.name)
def test_no_workbook_is_too_large_to_send(chosen: Template) -> None:
    files = Path("templates").glob(f"{chosen.name}*.xlsx")
    assert [] == [path.name for path in files if path.stat().st_size > 150_000]
