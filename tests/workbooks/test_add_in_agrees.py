"""The sheet of checks beside the add-in's own functions, where there are any."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbooks.calculated import calculate, find, saved
from walkaway_xl.hosts import embedded
from walkaway_xl.workbooks import TEMPLATES, Template

WITH_REGISTER = [
    each for each in TEMPLATES if each.name not in {"functions_tour", "discount_floor_sheet", "deal_log"}
]
DIFFERING = "Results that differ from the add-in's own"
COMMON = {"BATNA_BEST", "WALKAWAY_PRICE", "WALKAWAY_CHECK", "ZOPA"}
"""What every price comes from; each of these workbooks asks the add-in for it and for some of its own."""


def register(checks: Worksheet) -> dict[str, tuple[Any, Any, Any]]:
    """What the formulas say, what the add-in says and whether they differ, by worksheet function."""
    first = find(checks, "Register of formulas") + 2
    rows = checks.iter_rows(min_row=first, max_row=find(checks, "Names") - 1, max_col=6, values_only=True)
    return {
        function: (value, add_in, differs)
        for _, _, function, differs, value, add_in in rows
        if add_in is not None
    }


@pytest.fixture(scope="module", params=WITH_REGISTER, ids=[each.name for each in WITH_REGISTER])
def chosen(request: pytest.FixtureRequest) -> Template:
    template: Template = request.param
    return template


def test_the_add_in_gives_what_the_formulas_give(chosen: Template) -> None:
    data = embedded.calculate(saved(chosen.build(True))).data
    checks = load_workbook(BytesIO(data), data_only=True)["Checks"]
    asked = register(checks)
    assert asked.keys() > COMMON
    for function, (value, add_in, differs) in asked.items():
        assert differs == 0, function
        assert add_in == (pytest.approx(value, rel=1e-9) if isinstance(value, int | float) else value), (
            function
        )


@pytest.mark.parametrize("filled", [False, True])
def test_no_add_in_is_no_difference(chosen: Template, filled: bool) -> None:
    checks = load_workbook(BytesIO(calculate(saved(chosen.build(filled)))), data_only=True)["Checks"]
    assert not any(add_in for _, add_in, _ in register(checks).values())
    assert checks[f"C{find(checks, DIFFERING)}"].value == 0


def test_a_blank_workbook_has_nothing_to_compare(chosen: Template) -> None:
    data = embedded.calculate(saved(chosen.build(False))).data
    checks = load_workbook(BytesIO(data), data_only=True)["Checks"]
    assert checks[f"C{find(checks, DIFFERING)}"].value == 0


def test_a_formula_that_was_typed_over_is_found(chosen: Template) -> None:
    draft = chosen.build(True)
    sheet, cell = next(draft.workbook.defined_names["wx_walkaway"].destinations)
    draft.workbook[sheet][cell.replace("$", "")] = 1
    data = embedded.calculate(saved(draft)).data
    checks = load_workbook(BytesIO(data), data_only=True)["Checks"]
    assert register(checks)["WALKAWAY_PRICE"][2] == 1
    assert checks[f"C{find(checks, DIFFERING)}"].value > 0
