"""No formula compares a displayed word: a workbook in another language must calculate the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.formula.tokenizer import Token, Tokenizer

from tests.sampling import one_in
from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example
from walkaway_xl.sheets import word_list
from walkaway_xl.workbooks import TEMPLATES
from walkaway_xl.workbooks.reading import formulas_of

LINES = Path(__file__).parents[2] / "walkaway_xl" / "examples" / "order_lines.csv"
COMPARED_BY = ("=", "<>", "<", ">", "<=", ">=")
# Functions that compare a text with what cells hold, in whatever argument it stands.
COMPARING = frozenset(
    [
        "MATCH",
        "XMATCH",
        "LOOKUP",
        "HLOOKUP",
        "VLOOKUP",
        "XLOOKUP",
        "SEARCH",
        "FIND",
        "EXACT",
        "SWITCH",
        "COUNTIF",
        "COUNTIFS",
        "SUMIF",
        "SUMIFS",
        "AVERAGEIF",
        "AVERAGEIFS",
        "MAXIFS",
        "MINIFS",
    ]
)
# What may be compared: marks, criteria for numbers and for any text, what every language writes alike.
NO_WORDS = frozenset(("", "↪", "✔", "✖", "◆", "?*", "<>", ">", "<0", ">0", ">=0", "#NAME?"))


def compared(formula: str) -> Iterator[str]:
    """The literal texts of a formula that it compares with something."""
    tokens = [
        token for token in Tokenizer("=" + formula.removeprefix("=")).items if token.type != Token.WSPACE
    ]
    calls: list[str] = []
    for number, token in enumerate(tokens):
        if token.subtype == Token.OPEN:
            calls.append(token.value.rstrip("(").upper())
        elif token.subtype == Token.CLOSE:
            calls.pop()
        elif token.type == Token.OPERAND and token.subtype == Token.TEXT:
            left, right = number, number
            if calls and calls[-1] == "{":  # the array as a whole is compared
                left = max(place for place in range(number) if tokens[place].value == "{")
                right = min(place for place in range(number, len(tokens)) if tokens[place].value == "}")
            beside = (tokens[place].value for place in (left - 1, right + 1) if 0 <= place < len(tokens))
            inside = next((call for call in reversed(calls) if call.strip("{")), "")
            if inside in COMPARING or any(value in COMPARED_BY for value in beside):
                yield token.value[1:-1].replace('""', '"')


def formulas(workbook: Workbook) -> Iterator[tuple[str, str]]:
    """Where a formula stands, and what it says: cells, colours, validations and names."""
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", str(getattr(cell.value, "text", cell.value))
        for cells in sheet.conditional_formatting:
            for rule in cells.rules:
                yield from ((f"{sheet.title}!{cells.sqref}", formula) for formula in rule.formula)
        for validation in sheet.data_validations.dataValidation:
            for formula in (validation.formula1, validation.formula2):
                if formula:
                    yield f"{sheet.title}!{validation.sqref}", formula
    yield from ((name, defined.attr_text) for name, defined in workbook.defined_names.items())


BUILDS = [
    (template, example)
    for template in TEMPLATES
    for example in ((False, True) if template.has_example else (False,))
]


@pytest.fixture(
    scope="module", params=one_in(3, [*BUILDS]), ids=lambda build: build[0].name + "_example" * build[1]
)
def workbook(request: pytest.FixtureRequest) -> Workbook:
    template, example = request.param
    return (template.example() if example else template.build()).workbook


class TestWords:
    def test_stand_in_no_comparison(self, workbook: Workbook) -> None:
        found = {
            (where, text)
            for where, formula in formulas(workbook)
            for text in set(compared(formula)) - NO_WORDS
        }
        assert set() == found

    def test_are_not_written_out_in_a_list_to_choose_from(self, workbook: Workbook) -> None:
        written_out = {
            (sheet.title, str(validation.sqref))
            for sheet in workbook
            for validation in sheet.data_validations.dataValidation
            if validation.type == "list" and '"' in validation.formula1
        }
        assert set() == written_out

    def test_that_a_formula_names_stand_in_a_cell(self, workbook: Workbook) -> None:
        named = {
            token.value
            for _, formula in formulas(workbook)
            for token in Tokenizer("=" + formula.removeprefix("=")).items
            if token.subtype == Token.RANGE and token.value.startswith(word_list.PREFIX)
        }
        assert named <= set(workbook.defined_names)
        for name in named:
            ((title, cells),) = workbook.defined_names[name].destinations
            held = workbook[title][cells.replace("$", "")]
            column = [cell for (cell,) in held] if isinstance(held, tuple) else [held]
            assert all(cell.data_type == "s" for cell in column), name


def test_words_in_comparisons_are_seen() -> None:
    """The search itself: it sees a word wherever a formula compares it, and nothing else."""
    assert ["yes"] == list(compared('IF(A1="yes","good","bad")'))
    assert ["RUN"] == list(compared('COUNTIF(A1:A9,"RUN")&" flags"'))
    assert ["n/a", "open"] == list(compared('SUMPRODUCT(({"n/a"}<>A1)*ISNUMBER(SEARCH("open",B1)))'))
    assert [] == list(compared('WALKAWAY_CHECK(A1,A2,"seller")&"seller"'))


def test_checked_quotes_compare_no_word(tmp_path: Path) -> None:
    """The colours of a checked workbook look at the words of its summary."""
    policy, to = tmp_path / "policy.toml", tmp_path / "checked.xlsx"
    policy.write_text(example(), "utf-8")
    assert 1 == main(["check", str(LINES), "--policy", str(policy), "--out", str(to)])
    checked = formulas_of(to.read_bytes())
    found = {text for _, formula in formulas(checked) for text in compared(formula)}
    assert set() == found
    assert {"word_status_below_floor", "word_status_ok"} <= set(checked.defined_names)
