"""Secrets of drawn deals: `python -m tests.workbooks.leaking` tries many, these are a few of them."""

import pytest

from tests.sampling import one_in
from tests.workbooks import leaking
from walkaway_xl import artefacts
from walkaway_xl.workbooks import reading, sharing, template
from walkaway_xl.workbooks.filling import fill

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")


@pytest.mark.parametrize("name", one_in(3, [book.name for book in leaking.BOOKS]))
def test_nothing_private_gets_through(name):
    account = leaking.Account()
    leaking.try_book(name, leaking.filled(template(name), 0), account)
    assert ([], []) == (account.missed, account.alarms)
    assert account.tried > 10 or name == "deal_log"


@pytest.fixture(scope="module")
def seller():
    """The seller's example as it is calculated: list price 69, walk-away 51.50."""
    draft = template("seller_price").example()
    fill(draft, {"list_price": 70.81, "min_margin": 0.25})
    data = artefacts.stored(draft)
    return reading.formulas_of(data), reading.values_of(data)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("27.27 % off list", "gives away wx_batna_floor, beside 70.81"),
        ("3.30 below your offer", "gives away wx_batna_floor, beside 54.8"),
        ("our min margin is 25 %", "Prepare!E"),
        ("so they say: DALBY PUMPS, part of the volume.", "Prepare!D"),
        ("you would go to 56.50", "Plan!M"),
        ("a second foundry, not yet approved for pressure parts", "Plan!E"),
    ],
)
def test_what_is_worked_out_said_or_guessed_is_found(seller, text, why):
    formulas, values = seller
    cell = values["For them"]["F17"]
    before, cell.value = cell.value, text
    [leak] = sharing.leaks(formulas, values)
    cell.value = before
    assert "For them!F17" == leak.address
    assert why in leak.why


@pytest.mark.parametrize("text", ["54.80", "13.3 % below our first offer", "two pumps in 14 days", "30 days"])
def test_what_both_know_is_left_alone(seller, text):
    formulas, values = seller
    cell = values["For them"]["F17"]
    before, cell.value = cell.value, text
    found = sharing.leaks(formulas, values)
    cell.value = before
    assert [] == found


def test_our_score_of_a_package_stays_ours():
    data = artefacts.workbook(template("multi_issue_contract"), example=True)
    formulas, values = reading.formulas_of(data), reading.values_of(data)
    score = formulas.defined_names["wx_offer"].attr_text
    formulas["For them"]["F20"] = f"={score}"
    values["For them"]["F21"].value = "We have it at 44.95 points"
    assert {"For them!F20", "For them!F21"} == {leak.address for leak in sharing.leaks(formulas, values)}
