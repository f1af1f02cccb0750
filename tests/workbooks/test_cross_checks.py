"""What the add-in recalculates in the register, where there is one: embedded, and in LibreOffice."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import saved
from tests.hosts.stand_ins.calc import XLSX, Calc, is_installed
from tests.sampling import one_in
from tests.workbooks.calculated import agree, calculate, cell_of, find
from tests.workbooks.drawn import TEMPLATES, drafted, fillings
from tests.workbooks.test_drawn_inputs import every_template
from walkaway_xl.hosts import embedded
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import template
from walkaway_xl.workbooks.price_book.layout import CHECKS, TALKS, TALKS_LOG_ROW
from walkaway_xl.workbooks.sections.offer_log import ROUNDS

DIFFERING = "Results that differ from the add-in's own"
UNKNOWN = "–"  # what a tile shows until there are offers enough
COMMON = {"BATNA", "Walk-away", "Status of their offer", "Zone of agreement", "State of the talks"}
"""What every price comes from; each workbook asks the add-in for it and for some results of its own."""

OURS, MIDDLE = (120.0, 116.0, 113.0, 111.0), 100.0  # of a seller; a buyer's talks are the mirror image


def register(sheet: Worksheet) -> Iterator[tuple[Cell, ...]]:
    """The rows of the register that have a cross-check: from the result to what the add-in says."""
    first = find(sheet, "Register of formulas") + 2
    last = find(sheet, "Names") - 1
    for row in sheet.iter_rows(first, last, 2, 6):
        if row[-1].data_type == "f":
            yield row


def with_the_addin(draft: Draft) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(embedded.calculate(saved(draft)).data), data_only=True)


def cross_checked(draft: Draft, book: openpyxl.Workbook) -> list[tuple[str, Any, Any, Any]]:
    """Result, whether it differs, its value and what the add-in says, row by row."""
    shown = book[CHECKS]
    return [
        (result.value, *(shown[cell.coordinate].value for cell in (differs, value, theirs)))
        for result, _, differs, value, theirs in register(draft.sheet(CHECKS))
    ]


def passes(book: openpyxl.Workbook) -> int:
    """What the check on differing results says: 1 passes, 0 does not."""
    sheet = book[CHECKS]
    return sheet[f"D{find(sheet, DIFFERING)}"].value


@every_template
def test_the_add_in_gives_what_the_formulas_give(name: str) -> None:
    draft, _ = drafted(name)
    rows = cross_checked(draft, with_the_addin(draft))
    assert {result for result, *_ in rows} > COMMON
    answered = [row for row in rows if row[2] != UNKNOWN]
    assert [] == [row for row in answered if row[1] != 0 or row[3] is None or not agree(row[2], row[3])]


@every_template
def test_without_an_add_in_nothing_differs_and_nothing_is_shown(name: str) -> None:
    draft, _ = drafted(name)
    book = openpyxl.load_workbook(BytesIO(calculate(saved(draft))), data_only=True)
    assert {(0, True)} == {(row[1], agree(row[3], "")) for row in cross_checked(draft, book)}
    assert 1 == passes(book)


@every_template
def test_a_blank_workbook_has_nothing_to_compare(name: str) -> None:
    assert 1 == passes(with_the_addin(template(name).build()))


@every_template
def test_a_formula_that_was_typed_over_is_found(name: str) -> None:
    draft = template(name).example()
    cell_of(draft, "wx_walkaway").value = 1
    book = with_the_addin(draft)
    assert "Walk-away" in [result for result, differs, *_ in cross_checked(draft, book) if differs]
    assert 0 == passes(book)


@pytest.mark.parametrize("name", one_in(2, list(TEMPLATES)))
@pytest.mark.parametrize("half", one_in(2, range(2)))
def test_blanks_count_for_the_addin_as_for_the_sheet(name: str, half: int) -> None:
    draft, places = template(name).example(), drafted(name)[1]
    for title, cell in [places[key] for key in fillings(name, 1)[0][0] if key in places][half::2]:
        draft.sheet(title)[cell] = None
    book = with_the_addin(draft)
    assert [] == [row for row in cross_checked(draft, book) if row[1]]


@pytest.mark.parametrize(
    ("state", "limit", "theirs"),
    one_in(
        3,
        [
            ("MOVING", 100, (80, 90, 95)),
            ("MOVING", UNKNOWN, (80, 90, 95.1)),  # their last step is more than half of the one before
            ("MOVING", 97.7, (95.1, 96.1, 96.9, 97.3)),  # half, but for the noise of binary fractions
            ("STALLED", 80, (100, 90, 85)),  # they go back on what they offered, in steps that shrink
            ("STALLED", 80.796, (80, 80.4, 80.598, 80.697)),
            ("STALLED", UNKNOWN, (80.1, 80.499)),  # a hundredth of the first gap, but for such noise
            ("STALLED", UNKNOWN, (80, 90, 90)),
            ("STALLED", UNKNOWN, (80, 80, 80)),
            ("AGREED", UNKNOWN, (130,)),  # they began beyond our first offer
            ("AGREED", UNKNOWN, (130, 118)),
            ("STALLED", UNKNOWN, (130, 100)),  # and went back behind the next
        ],
        of_several=True,
    ),
)
@pytest.mark.parametrize(
    ("name", "side"), [("seller_price", 1), ("procurement_buyer", -1)], ids=["seller", "buyer"]
)
def test_talks_stand_for_the_addin_as_for_the_sheet(
    name: str, side: int, state: str, limit: float | str, theirs: tuple[float, ...]
) -> None:
    draft = template(name).example()
    sheet = draft.sheet(TALKS)
    for at in range(ROUNDS):
        for letter, offers in (("D", OURS), ("E", theirs)):
            offer = offers[at] if at < len(theirs) else None
            sheet[f"{letter}{TALKS_LOG_ROW + 1 + at}"] = offer and round(MIDDLE + side * (offer - MIDDLE), 3)
    rows = {row[0]: row[1:] for row in cross_checked(draft, with_the_addin(draft))}
    assert (0, state, state) == rows["State of the talks"]
    differs, shown, theirs_shown = rows["Their implied limit"]
    assert 0 == differs
    if isinstance(limit, str):
        assert (limit, None) == (shown, theirs_shown)
    else:
        assert [MIDDLE + side * (limit - MIDDLE)] * 2 == pytest.approx([shown, theirs_shown])


@pytest.mark.libreoffice
@pytest.mark.skipif(not is_installed(), reason="needs LibreOffice")
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")
@pytest.mark.parametrize("extended", [False, True], ids=["without", "with"])
def test_libreoffice_shows_the_column_only_with_the_extension(tmp_path: Path, extended: bool) -> None:
    draft = template("procurement_buyer").example()
    source = tmp_path / "workbook.xlsx"
    source.write_bytes(saved(draft))
    calc = Calc(tmp_path / "calc", extended=extended)
    book = openpyxl.load_workbook(calc.saved_as(XLSX, source), data_only=True)
    rows = cross_checked(draft, book)
    assert {0} == {differs for _, differs, _, _ in rows}
    assert {extended} == {theirs not in (None, "") for _, _, _, theirs in rows}
    assert 1 == passes(book)
