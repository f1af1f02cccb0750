"""References: what they say of themselves, and where they point when they are moved."""

import pytest

from walkaway_xl.sheets.ref import Ref, right_of

TABLE = Ref.to("It's on the table", "C8:AB15")


def test_a_reference_is_its_own_text():
    assert "'It''s on the table'!$C$8:$AB$15" == TABLE == f"{TABLE}"


def test_its_parts():
    assert ("It's on the table", "$C$8:$AB$15", "C8:AB15") == (TABLE.sheet, TABLE.absolute, TABLE.cells)
    assert "'It''s on the table'!C8:AB15" == TABLE.address
    assert (3, 8, 28, 15) == TABLE.corners
    assert (8, 15) == (TABLE.first_row, TABLE.last_row)


@pytest.mark.parametrize(
    ("moved", "cells"),
    [
        (TABLE.column("AA"), "AA8:AA15"),
        (TABLE.nth(0), "C8"),
        (TABLE.nth(7), "C15"),
        (TABLE.across(24), "AA8"),
        (TABLE.shift(-3), "C5:AB12"),
        (TABLE.without(first=1), "C9:AB15"),
        (TABLE.without(last=2), "C8:AB13"),
        (Ref.to("Plan", "D4").shift(1), "D5"),
    ],
)
def test_moved_it_stays_on_its_sheet(moved, cells):
    assert Ref.to(moved.sheet, cells) == moved


def test_the_cell_beside_another():
    assert ("E12", "AA3") == (right_of("D12"), right_of("Z3"))
