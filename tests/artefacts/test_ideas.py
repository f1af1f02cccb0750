"""Every idea works in a cell or a function, and the page says in which."""

import pytest

from walkaway_xl.artefacts import REPOSITORY
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.pages import ideas_page
from walkaway_xl.pages.ideas_page import Beside, Examples, Named


def read(path: str) -> bytes:
    return (REPOSITORY / path).read_bytes()


def test_no_idea_is_missing() -> None:
    assert [*(f"A{number}" for number in range(1, 38)), "B1", "B2", "B3", "B4"] == list(ideas_page.IDEAS)
    assert all(places for _, places in ideas_page.IDEAS.values())


def test_a_place_that_shows_nothing_is_refused() -> None:
    examples = Examples(read)
    with pytest.raises(WalkawayError, match="shows nothing"):
        Beside("seller_price", "Plan", "Run: no door", "Z").show(examples)
    with pytest.raises(WalkawayError, match="is not on Plan"):
        Beside("seller_price", "Plan", "No such row", "E").show(examples)


def test_the_value_is_that_of_the_cell() -> None:
    where, cell, shown = Named("used_goods", "wx_walkaway").show(Examples(read))
    assert ("`used_goods`", "6500") == (where, shown.replace(",", "").removesuffix(".00"))
    assert cell.startswith("Prepare!")
