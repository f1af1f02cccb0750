"""What a check prints and writes: it adds up at every width, and no word of a book is more than a word."""

import json
import re
import zipfile
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from walkaway_xl.cli import main
from walkaway_xl.examples import order_lines
from walkaway_xl.policy.toml import example

HEAD = "region,category,product,date,quantity,list_price,discount,cost"
HOSTILE = [
    "=1+cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\x1b[2J\u202egnp",
    "+@CMD(1)",
    "]]><f>1+1</f>",
]
RULES = '\n[[class]]\nname = "*"\nmin_margin = 0.1\n'


def whole(text):
    return int(text.replace(",", "").replace("−", "-").replace("+", ""))


def order_numbers(order):
    return order.quantity, order.list_price, order.discount, order.cost


@pytest.fixture
def book(tmp_path):
    rows = [
        [order.region, order.category, order.product, f"2025-{n % 5 + 1:02}-03", *order_numbers(order)]
        for n, order in enumerate(order_lines())
    ]
    rows += [[word, word, word, "2025-06-01", 1, 100.0, 0.95, 90.0] for word in HOSTILE]
    path = tmp_path / "book.csv"
    pl.DataFrame(rows, schema=HEAD.split(","), orient="row").write_csv(path)
    (tmp_path / "policy.toml").write_text(example() + RULES, "utf-8")
    return path


def check(book, *options):
    return main(["check", str(book), "--policy", str(book.with_name("policy.toml")), "--force", *options])


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_tables_add_up_at_every_width_and_a_pipe_has_no_colour(width, book, capsys, monkeypatch):
    monkeypatch.chdir(book.parent)
    book = Path(book.name)
    monkeypatch.setattr("walkaway_xl.text_tables.page_width", lambda asked=None: min(120, width))
    assert 1 == check(
        book, "--by", "month", "--by", "region", "--what-if", "min_margin=0.25", "--segment", "category"
    )
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= width
    tables = re.findall(r"\n[^\n]+\n─+\n(.*?)\n─+\n(All lines[^\n]*)", text, re.DOTALL)
    assert len(tables) == 5
    for body, total in tables:
        numbers = [
            re.findall(r"(?<![\w−.,])[−\d][\d,]*(?![\d.,]*\s%|[\d.])", row[12:]) for row in body.splitlines()
        ]
        columns = list(zip(*([whole(number) for number in row[-3:]] for row in numbers), strict=True))
        sums = [
            whole(number) for number in re.findall(r"(?<![\w−.,])[−\d][\d,]*(?![\d.,]*\s%|[\d.])", total)
        ][-3:]
        assert sums == [sum(column) for column in columns], total
    assert {total.split()[2:3][0] for _, total in tables} == {f"{len(order_lines()) + len(HOSTILE):,}"}


def test_no_word_of_a_book_is_more_than_a_word_in_a_workbook(book, tmp_path):
    out = tmp_path / "out.xlsx"
    assert 1 == check(book, "--out", str(out), "--segment", "region", "--by", "month")
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    sheets = {name: text for name, text in parts.items() if "worksheets/" in name}
    assert len(sheets) == 3
    assert not any("<f>" in text for text in sheets.values()), "no cell calculates"
    charts = [text for name, text in parts.items() if "charts/chart" in name]
    assert len(charts) == 3
    places = {place for text in charts for place in re.findall(r"<c:f>(.*?)</c:f>", text)}
    assert all(re.fullmatch(r"(Summary|Trend)!\$[A-Z]\$\d+:\$[A-Z]\$\d+", place) for place in places)
    assert "<script>" not in "".join(parts.values())
    assert any("&lt;script&gt;" in text for text in sheets.values())


def test_sheets_say_what_the_summary_says(book, tmp_path, capsys):
    out = tmp_path / "out.xlsx"
    assert 1 == check(book, "--out", str(out), "--json")
    summary = json.loads(capsys.readouterr().out)
    workbook = CalamineWorkbook.from_path(out)
    rows = [
        ["", *row] for row in workbook.get_sheet_by_name("Summary").to_python()
    ]  # an empty column is none
    by_name = {row[1]: row for row in rows}
    assert int(by_name["All lines"][6]) == round(summary["all"]["shortfall"])
    steps = [int(by_name[name][2]) for name in ("List value", "Discounts", "Revenue")]
    assert steps[0] + steps[1] == steps[2] == round(summary["all"]["revenue"])
    trend = [["", *row] for row in workbook.get_sheet_by_name("Trend").to_python()]
    months = [row for row in trend if str(row[1]).startswith("2025-")]
    assert 6 == len(months)
    assert sum(int(row[4]) for row in months) == round(summary["all"]["shortfall"])


def test_json_and_terminal_show_a_word_as_it_is_or_spelled_out(book, capsys):
    assert 1 == check(book, "--segment", "region", "--json")
    assert "\x1b" not in (text := capsys.readouterr().out)
    assert set(HOSTILE) <= json.loads(text)["by_segment"].keys()
    assert 1 == check(book, "--segment", "region", "--by", "category")
    shown = capsys.readouterr().out
    assert "\\u001b[2J\\u202egnp" in shown
    assert not {"\x1b", "\u202e"} & set(shown)
