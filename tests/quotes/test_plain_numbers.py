"""Numbers that are read with their lines are those that a closer look finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkaway_xl.quotes import text_files
from walkaway_xl.quotes.opening import open_quotes
from walkaway_xl.quotes.quote_files import Notation, Reading

PARTS = [
    "0",
    "12",
    "3.5",
    "3,5",
    "1.200",
    "-",
    "+",
    "%",
    " ",
    "e3",
    "x",
    "(",
    ")",
    "'",
    "inf",
    "nan",
    "=",
    ".",
    "",
]
CELL = st.lists(st.sampled_from(PARTS), max_size=3).map("".join).map(lambda cell: cell.replace("'", "'' "))
ROWS = st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=5)
NOTATIONS = [None, Notation(".", ","), Notation(",", "."), Notation(",", None)]


def content(path, notation):
    quotes = open_quotes(str(path), Reading(notation=notation, discounts_in="share"))
    return [
        (
            batch.frame.rows(),
            batch.faults,
            list(batch.rows),
            [repr(held[0].tolist()) for held in batch.numbers.values()],
        )
        for batch in quotes.tables[0].batches(quotes.columns)
    ]


@pytest.mark.parametrize("notation", NOTATIONS[1:])
@given(rows=ROWS)
def test_a_quick_look_finds_what_a_close_one_finds(notation, rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "book.csv"
    lines = ["class;list price;discount;cost;quantity", *(";".join(["A", *row]) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    quick = content(path, notation)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_files, "_all_numbers", lambda _: False)
        assert quick == content(path, notation)


def test_a_batch_of_plain_numbers_is_looked_at_quickly(tmp_path, monkeypatch):
    path = tmp_path / "book.csv"
    path.write_text("class,list price,discount,cost,quantity\nA,1.5,0.1,1,2\nA,'=B,0.1,1,2\n")
    asked = []
    real = text_files.read_numbers
    monkeypatch.setattr(text_files, "read_numbers", lambda *given: asked.append(1) or real(*given))
    content(path, None)
    assert asked
    asked.clear()
    path.write_text("class,list price,discount,cost,quantity\n'=A,1.5,0.1,1,2\nA,2.5,0.1,1,2\n")
    assert "=A" == content(path, None)[0][0][0][0]
    assert [] == asked
