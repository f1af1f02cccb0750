"""The tour: every function and every example of the catalogue, live and right."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.books import saved
from walkaway_xl.functions import CATALOGUE, FAMILIES
from walkaway_xl.hosts.embedded import calculate
from walkaway_xl.workbooks import functions_tour
from walkaway_xl.workbooks.functions_tour import build


def values() -> Workbook:
    return load_workbook(BytesIO(calculate(saved(build())).data), data_only=True)


@pytest.fixture(scope="module")
def tour() -> Workbook:
    return values()


def texts(book: Workbook) -> set[str]:
    return {
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }


def verdicts(book: Workbook) -> set[str]:
    """What stands below each head “Result” of the families' sheets."""
    return {
        cell.value
        for sheet in book.worksheets[1:]
        for column in sheet.iter_cols()
        if any(cell.value == "Result" for cell in column)
        for cell in column
    }


def test_all_rows_agree(tour):
    rows = sum(
        len(example.gives) if isinstance(example.gives, list) else 1
        for function in CATALOGUE.values()
        for example in function.examples
    )
    assert f"✔  All {rows} rows agree" == tour["Contents"]["F3"].value
    assert functions_tour.DIFFERS not in verdicts(tour)


def test_every_function_is_shown_with_signature_summary_help_and_examples(tour):
    shown = texts(tour)
    for function in CATALOGUE.values():
        assert {function.name, function.signature, function.summary} <= shown
        assert {argument.help for argument in function.arguments} <= shown
        assert {example.formula(function.name) for example in function.examples} <= shown
        assert {example.source for example in function.examples if example.source} <= shown


def test_one_sheet_a_family_after_the_contents(tour):
    assert 1 + len(FAMILIES) == len(tour.sheetnames)
    assert "Contents" == tour.sheetnames[0]
    assert {"visible"} == {sheet.sheet_state for sheet in tour}


def test_a_table_spills_over_exactly_its_size():
    family = next(family for family in FAMILIES if family.name == "pricing")
    sheet = build().workbook[family.title]
    arrays = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, ArrayFormula)]
    tables = [
        (len(example.gives), len(example.gives[0]))
        for function in family.functions
        for example in function.examples
        if isinstance(example.gives, list)
    ]
    assert tables == [(len(sheet[array.ref]), len(sheet[array.ref][0])) for array in arrays]


def wrong(value):
    """Something near the right answer that must not pass for it."""
    if isinstance(value, list):
        return [[wrong(cell) for cell in row] for row in value]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1e-6 * max(1, abs(value))
    return {"#NUM!": "#N/A", "#N/A": "#VALUE!", "#VALUE!": "#NUM!", "#DIV/0!": "#NUM!"}.get(
        value, value.lower() + "x"
    )


def test_a_wrong_expectation_shows_in_every_row(monkeypatch):
    families = tuple(
        family._replace(
            functions=tuple(
                replace(
                    function,
                    examples=tuple(
                        example._replace(gives=wrong(example.gives)) for example in function.examples
                    ),
                )
                for function in family.functions
            )
        )
        for family in FAMILIES
    )
    monkeypatch.setattr(functions_tour, "FAMILIES", families)
    book = values()
    assert functions_tour.AGREES not in verdicts(book)
    assert functions_tour.DIFFERS in verdicts(book)
    assert book["Contents"]["F3"].value.startswith("✖")


def test_numbers_of_one_function_stand_under_each_other(tour):
    sheet = tour["Pricing and deal desk"]
    shown = [cell for cell in sheet["C"] if isinstance(cell.value, float) and cell.value < 1]
    assert shown
    assert {"right"} == {cell.alignment.horizontal for cell in shown}
    assert "General" not in {cell.number_format for cell in shown}
    assert all("0.00000" not in cell.number_format for cell in shown)
