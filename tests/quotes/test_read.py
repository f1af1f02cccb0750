"""walkaway-xl read: what was understood of a book, on a page of any width, and kept for later runs."""

import json
import re

import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example

HEAD = "Auftrag;Warengruppe;Artikel;Menge;Listenpreis;Rabatt %;Einstandspreis;Währung"
ROWS = (
    "A-1;Furniture;Schreibtisch;2;1.200,50;25;680,00;EUR",
    "A-2;Furniture;Lampe;3;60,00;0;30,00;EUR",
    "A-3;Technology;Bürostuhl;x;90,00;10;50,00;EUR",
    ";;Summe;5;;;;",
    "A-4;Furniture;Lampe;-1;60,00;0;30,00;EUR",
)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "quotes.csv"
    path.write_bytes("\n".join([HEAD, *ROWS]).encode("cp1252"))
    return path


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_says_what_was_understood_in_any_width(width, book, capsys):
    assert 2 == main(["read", str(book), "--width", str(width)])
    page = capsys.readouterr().out
    assert max(map(len, page.splitlines())) <= width
    for part in (
        "2 lines read, 1 left out, 0 in doubt, 1 return",
        'cp1252, ";" between cells, decimal sign ","',
        "EUR (3 lines)",
        "Rabatt % in",
        "1,200.50",
        "25 %",
        "Left out: 1 row",
        "Rejected: 1 row",
        "quantity must be a number",
    ):
        assert part in " ".join(page.split()), part
    assert ("Middle" in page) == (width > 60)


def test_a_book_that_is_read_to_the_end_ends_with_0(book):
    book.write_text("\n".join([HEAD, ROWS[1]]), "utf-8")
    assert 0 == main(["read", str(book)])


def test_a_line_that_is_rejected_is_in_no_total_and_a_percent_is_refused_as_one(book, capsys):
    book.write_text("\n".join([HEAD, ROWS[1], ROWS[1].replace(";0;", ";120;")]), "utf-8")
    assert 2 == main(["read", str(book)])
    page = " ".join(capsys.readouterr().out.split())
    assert "1 line read, 0 left out, 0 in doubt, 0 returns, 1 rejected" in page
    assert "List value 180.00 Net value 180.00" in page
    assert "discount must lie from 0 to 1; it is 1.2. The column is in percent: correct the cell" in page


def test_classes_of_as_many_lines_come_in_the_order_of_the_book(book, capsys):
    names = [f"Class {number}" for number in range(30)]
    rows = [ROWS[1].replace("Furniture", name) for name in names]
    book.write_text("\n".join([HEAD, *rows]), "utf-8")
    assert 0 == main(["read", str(book)])
    assert list("01234") == re.findall(r"Class (\d+)", capsys.readouterr().out)


class TestProfiles:
    def test_what_was_read_is_kept_and_read_so_again(self, book, tmp_path, capsys):
        policy, kept = tmp_path / "policy.toml", tmp_path / "quotes.toml"
        policy.write_text(example(), "utf-8")
        assert 2 == main(["read", str(book), "--save-profile", str(kept)])
        capsys.readouterr()
        plain = "\n".join(["a;b;c;d;e;f;g;h", *ROWS[:2]]).replace("%", "")
        other = book.with_name("other.csv")
        other.write_bytes(plain.encode("cp1252"))
        text = kept.read_text("utf-8")
        names = zip("bcdefgh", HEAD.split(";")[1:], strict=True)
        for name, head in names:
            text = text.replace(f'"{head}"', f'"{name}"')
        kept.write_text(text, "utf-8")
        assert 0 == main(["check", str(other), "--policy", str(policy), "--profile", str(kept), "--json"])
        summary = json.loads(capsys.readouterr().out)
        assert (2, 2581) == (summary["all"]["lines"], summary["all"]["list_value"])
        assert "list_price: e; discount: f in percent" in summary["read"]

    def test_what_it_does_not_name_is_not_looked_for(self, book, tmp_path, capsys):
        kept = tmp_path / "quotes.toml"
        kept.write_text('[columns]\nlist_price = "Listenpreis"\nquantity = "Menge"\n')
        assert 2 == main(["read", str(book), "--profile", str(kept)])
        assert "no column holds discount, cost" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "text", ["[columns", "[cells]\na = 1\n", "[columns]\nprice = 'x'\n", "file = 1\n"]
    )
    def test_what_is_no_profile_is_refused(self, text, book, tmp_path, capsys):
        kept = tmp_path / "quotes.toml"
        kept.write_text(text)
        assert 2 == main(["read", str(book), "--profile", str(kept)])
        assert f"{kept}: " in capsys.readouterr().err

    def test_every_report_begins_with_how_the_book_was_read(self, book, tmp_path, capsys):
        policy = tmp_path / "policy.toml"
        policy.write_text(example(), "utf-8")
        book.write_text("\n".join([HEAD, *ROWS[:2] * 5]), "utf-8")
        for command in ("check", "guide"):
            assert 0 == main([command, str(book), "--policy", str(policy)])
            first = " ".join(capsys.readouterr().out.split())  # over as many lines as its name takes
            assert first.startswith(f"Read {book}: utf-8,"), command
