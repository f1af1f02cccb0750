"""Nothing in a text file is calculated by whoever opens it, and our own reader gives the original back."""

import csv
import re
from io import BytesIO, StringIO

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example as policy
from walkaway_xl.quotes.columns import Columns
from walkaway_xl.quotes.engines.local import write_frames
from walkaway_xl.quotes.quote_files import Reading
from walkaway_xl.quotes.text_files import CsvTable, harmless, original, original_names

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
PLAIN_NUMBER = re.compile(r"[+-]?[0-9.,]+(?:[eE][+-]?[0-9]+)?\s?%?")
PIECES = st.sampled_from([*DANGEROUS, *";,|'\"", "5", "a", "Misc", " ", "1.5", "%", "44 20", "cmd()"])
TEXTS = st.one_of(st.lists(PIECES, max_size=7).map("".join), st.text(max_size=9))
CLASSES = [
    "-Misc",
    "'-Misc",
    "''-Misc",
    "+44 20",
    "'+44 20",
    "@Home",
    "＝1",
    "'",
    "''",
    "a;=b",
    "a;'=b",
    "-5",
    "'-5",
]


def written(*frames):
    file = BytesIO()
    write_frames(file, ".csv", map(harmless, frames))
    return file.getvalue().decode()


def read_back(text, path):
    path.write_bytes(text.encode())
    table = CsvTable(path, Reading())
    number = table.names[-1]
    columns = Columns({"list_price": (number,)}, table.names[0], None)
    return pl.concat([batch.frame for batch in table.batches(columns)])


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(CLASSES)
@example(["\t=1", "\r\n=1", "a\n'=1", ",=", ";'';=", "=\t=", "\n;-"])
def test_every_text_has_another_one_in_the_file_and_comes_back(texts):
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    marked = harmless(frame)
    assert texts == original(marked)["text"].to_list()
    assert len(set(texts)) == len(set(marked["text"]))
    assert not any(text.startswith(DANGEROUS) and not PLAIN_NUMBER.fullmatch(text) for text in marked["text"])


@given(st.lists(TEXTS, min_size=1, max_size=3, unique=True))
@example(["=a", "'=a", "''=a"])
def test_names_of_columns_do_not_meet(names):
    marked = harmless(pl.DataFrame({name: [1] for name in names})).columns
    assert names == original_names(marked)


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_whatever_separator_it_is_read_with_no_cell_begins_as_a_formula(separator, quoting):
    @given(st.lists(TEXTS, min_size=1, max_size=5))
    @example(CLASSES)
    @example(['a;=cmd("x,y")', "a,b;=c", "x\n=1", 'q"\n;@x', "a\t-b", "p|=q"])
    def holds(texts):
        frame = pl.DataFrame({"text": texts}, schema={"text": pl.String}).with_columns(list=1.0)
        text = written(frame)
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator, quoting=quoting):
            for cell in row:
                inner = cell.lstrip("\t\r\n")
                assert not inner.startswith(DANGEROUS) or re.match(r"[+-]?[0-9.,]", inner), (text, cell)

    holds()


@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
@example(texts=CLASSES)
def test_our_reader_gives_back_what_our_writer_was_given(texts, tmp_path_factory):
    frame = pl.DataFrame(
        {"=kind": texts, "'=kind": texts[::-1], "list": [1.0] * len(texts)},
        schema_overrides={"=kind": pl.String, "'=kind": pl.String},
    )
    found = read_back(written(frame), tmp_path_factory.getbasetemp() / "back.csv")
    assert frame.columns == found.columns
    assert frame.drop("list").equals(found.drop("list"))


def test_what_was_checked_can_be_checked_again(tmp_path, capsys):
    names = ["-Misc", "'-Misc", "+44 20", "'+44 20", "a;=b"]
    rules = "".join(f'\n[[class]]\nname = "{name}"\nmin_margin = 0.1\n' for name in names)
    (tmp_path / "policy.toml").write_text(policy() + rules, encoding="utf-8")
    lines = pl.DataFrame(
        {"class": names, "list": [100.0] * 5, "discount": [0.1] * 5, "cost": [50.0] * 5, "qty": [1] * 5}
    )
    harmless(lines).write_csv(tmp_path / "0.csv")
    for number in range(2):
        out = tmp_path / f"{number + 1}.csv"
        command = ["check", str(tmp_path / f"{number}.csv"), "--policy", str(tmp_path / "policy.toml")]
        assert main([*command, "--out", str(out)]) == 0, capsys.readouterr()
        again = pl.read_csv(out)
        assert ["'-Misc", "''-Misc", "'+44 20", "''+44 20", "a;'=b"] == again["class"].to_list()
        again.select(lines.columns).write_csv(out)
