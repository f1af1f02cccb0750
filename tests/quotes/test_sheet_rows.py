"""What a workbook of checked lines holds is what the lines hold, and what does not fit is said at once."""

import datetime
import decimal

import openpyxl
import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes import checked_batch, workbook_sink

NOON = datetime.datetime(2024, 2, 29, 12)
LONG = "𝄞" * 20_000  # two of the letters of which a cell holds 32,767 each
KINDS = {
    "floats": (pl.Float64, [0.1 + 0.2, -0.0, float("nan"), None, 1e-300], [0.1 + 0.2, 0, None, None, 1e-300]),
    "singles": (pl.Float32, [0.5, None, 1e9, -2, 0], [0.5, None, 1e9, -2, 0]),
    "infinite": (pl.Float64, [float("inf"), 1, None, 0.5, 2], ["inf", "1.0", None, "0.5", "2.0"]),
    "whole": (pl.Int64, [1, -2, None, 2**53 - 1, 0], [1, -2, None, 2**53 - 1, 0]),
    "too long": (pl.Int64, [2**60 + 1, 1, None, 0, 0], [str(2**60 + 1), "1", None, "0", "0"]),
    "truth": (pl.Boolean, [True, False, None, True, True], [True, False, None, True, True]),
    "days": (
        pl.Date,
        [NOON.date(), None] + [NOON.date()] * 3,
        [NOON.replace(hour=0), None] + [NOON.replace(hour=0)] * 3,
    ),
    "moments": (pl.Datetime, [NOON, None, NOON, NOON, NOON], [NOON, None, NOON, NOON, NOON]),
    "early": (
        pl.Date,
        [datetime.date(1899, 1, 1), None] + [NOON.date()] * 3,
        ["1899-01-01", None] + ["2024-02-29"] * 3,
    ),
    "exact": (
        pl.Decimal(10, 2),
        [decimal.Decimal("1.50"), None, 2, 3, 4],
        ["1.50", None, "2.00", "3.00", "4.00"],
    ),
    "texts": (
        pl.String,
        ["<r>&amp;</r>", "", None, "_x0041_\x01", " =A1 "],
        ["<r>&amp;</r>", None, None, "_x0041_\x01", " =A1 "],
    ),
    "long": (pl.String, [LONG, "a", "b", "c", "d"], [f"{LONG[:16_383]}…", "a", "b", "c", "d"]),
    "nothing": (pl.String, [None] * 5, [None] * 5),
}
LINES = {
    "class": ["Furniture"] * 5,
    "quantity": [1] * 5,
    "list price": [120.0] * 5,
    "discount": [0.1] * 5,
    "cost": [60.0] * 5,
}


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(example(), "utf-8")
    return str(path)


def test_each_cell_holds_what_the_line_holds(policy, tmp_path, monkeypatch):
    held = [pl.Series(name, cells, dtype=kind, strict=False) for name, (kind, cells, _) in KINDS.items()]
    pl.DataFrame(held).hstack(pl.DataFrame(LINES)).write_parquet(tmp_path / "lines.parquet")
    monkeypatch.setattr(workbook_sink, "ROWS", 2)
    out = tmp_path / "out.xlsx"
    assert 0 == main(["check", str(tmp_path / "lines.parquet"), "--policy", policy, "--out", str(out)])
    sheet = openpyxl.load_workbook(out)["Lines"]
    read = {column[0].value: [cell.value for cell in column[1:]] for column in sheet.columns}
    for name, (_, _, expected) in KINDS.items():
        cells = [
            openpyxl.utils.escape.unescape(cell) if isinstance(cell, str) else cell for cell in read[name]
        ]
        assert expected == cells, name
    assert ["OK"] * 5 == read["status"]


@pytest.mark.parametrize("kind", [".csv", ".parquet", ".xlsx"])
@pytest.mark.parametrize(("most", "fits"), [(6, True), (5, False)])
def test_more_lines_than_a_sheet_holds_are_refused_before_one_is_checked(
    kind, most, fits, policy, tmp_path, monkeypatch, capsys
):
    path, lines = tmp_path / f"lines{kind}", pl.DataFrame(LINES)
    {".csv": lines.write_csv, ".parquet": lines.write_parquet, ".xlsx": lines.write_excel}[kind](path)
    checked = []
    real = checked_batch.check_batch
    monkeypatch.setattr(checked_batch, "check_batch", lambda *asked: checked.append(1) or real(*asked))
    monkeypatch.setattr(workbook_sink, "MOST_ROWS", most)
    code = main(["check", str(path), "--policy", policy, "--out", str(tmp_path / "out.xlsx")])
    assert (0 if fits else 2, fits) == (code, bool(checked))
    assert fits or f"a sheet holds {most - 1} lines; write them to a .parquet" in capsys.readouterr().err
