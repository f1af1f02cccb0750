"""Two readings, or a missing column: asked in a terminal, refused with the options elsewhere."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from walkaway_xl import asking
from walkaway_xl.asking import AmbiguityError, Meaning, MissingError
from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes.text_files import Unclear
from walkaway_xl.workbooks import reading, seller_price

HEAD = "class,qty,list,discount,cost"
SEMICOLONS = ("--separator", ";")
# The file, what else is said, and the options of each reading with its exit code.
CHECKS = {
    "a minus": (
        f"{HEAD}\nFurniture,1,120,-0.1,68\n",
        (),
        {("--negative-discounts",): 0, ("--surcharges",): 0},
    ),
    "whole percents": (
        f"{HEAD}\nFurniture,1,120,15,68\nFurniture,1,120,0.5,68\nFurniture,1,120,12.5,68\n",
        (),
        {
            ("--discounts-in", "percent"): 0,
            ("--discounts-in", "share"): 2,
            ("--column", "unit_discount=discount"): 0,
        },
    ),
    "a comma": (
        "class;qty;list;discount;cost\nFurniture;1;1,200;0.1;680\n",
        SEMICOLONS,
        {("--thousands", ","): 0, ("--decimal", ","): 2},
    ),
    "a point": (
        "class;qty;list;discount;cost\nFurniture;1;1.200;0;680\nFurniture;1;900;0;680\n",
        SEMICOLONS,
        {("--decimal", ",", "--thousands", "."): 0, ("--decimal", "."): 1},
    ),
    "two columns": (
        "class,qty,list,unit list price,discount,cost\nFurniture,1,120,60,0.1,68\n",
        (),
        {("--column", "list_price=list"): 0, ("--column", "list_price=unit list price"): 1},
    ),
}


@pytest.fixture
def policy(tmp_path) -> str:
    path = tmp_path / "policy.toml"
    path.write_text(example(), encoding="utf-8")
    return str(path)


def in_terminal(arguments: list[str], typed: str, folder: Path) -> tuple[int, str]:
    """Exit code and screen of a command whose user types into a terminal."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "walkaway_xl", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        screen = b""
        with contextlib.suppress(OSError):  # the terminal is gone when the command is done
            while data := os.read(ours, 1 << 16):
                screen += data
    os.close(ours)
    return process.returncode, screen.decode().replace("\r\n", "\n")


class TestCheck:
    @pytest.mark.parametrize("case", CHECKS)
    def test_without_a_terminal_it_names_the_options(self, case, policy, tmp_path, capsys):
        text, said, meanings = CHECKS[case]
        (tmp_path / "quotes.csv").write_text(text)
        assert 2 == main(["check", str(tmp_path / "quotes.csv"), "--policy", policy, *said])
        told = capsys.readouterr().err
        assert [] == [option for options in meanings for option in options if option not in told]

    @pytest.mark.parametrize("case", CHECKS)
    def test_each_option_decides(self, case, policy, tmp_path):
        text, said, meanings = CHECKS[case]
        (tmp_path / "quotes.csv").write_text(text)
        command = ["check", str(tmp_path / "quotes.csv"), "--policy", policy, *said]
        assert meanings == {options: main([*command, *options]) for options in meanings}

    @pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
    @pytest.mark.parametrize("case", CHECKS)
    def test_in_a_terminal_it_asks_and_goes_on(self, case, policy, tmp_path, capsys):
        text, said, meanings = CHECKS[case]
        (tmp_path / "quotes.csv").write_text(text)
        command = ["check", str(tmp_path / "quotes.csv"), "--policy", policy, *said]
        last = list(meanings)[-1]
        code, screen = in_terminal(command, f"9\n{len(meanings)}\n", tmp_path)
        main([*command, *last])
        assert "Which is meant?" in screen
        assert f"Please type a number from 1 to {len(meanings)}." in screen
        assert meanings[last] == code
        assert [] == [line for line in capsys.readouterr().out.splitlines() if line not in screen]

    def test_of_two_sheets_with_the_same_lines(self, policy, tmp_path, capsys):
        book = openpyxl.Workbook()
        for sheet in (book.active, book.create_sheet("Old")):
            sheet.append(HEAD.split(","))
            sheet.append(["Furniture", 1, 120, 0.1, 119])
        book.save(tmp_path / "quotes.xlsx")
        command = ["check", str(tmp_path / "quotes.xlsx"), "--policy", policy]
        assert 2 == main(command)
        assert "--sheet Sheet: those of Sheet; --sheet Old" in capsys.readouterr().err
        assert [1, 1] == [main([*command, "--sheet", sheet]) for sheet in ("Sheet", "Old")]


# What is typed and what it comes to, where no head names the cost: the column, what it holds, the profile.
WITHOUT_COST = "class,qty,list,discount,was,paid\n" + 6 * "Furniture,1,120,0.1,90,68\n"
ANSWERS = {
    "the column": ("2\n1\n\n", 'cost = "paid"'),
    "the column, of the whole line": ("2\n2\n\n", 'cost_value = "paid"'),
    "a number that is not offered": ("4\n2\n\n\n", 'cost = "paid"'),
}


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
class TestMissingColumn:
    @pytest.fixture(autouse=True)
    def book(self, policy, tmp_path):
        (tmp_path / "quotes.csv").write_text(WITHOUT_COST)

    @pytest.mark.parametrize("case", ANSWERS)
    def test_check_asks_which_column_it_is_and_what_it_holds(self, case, tmp_path):
        typed, kept = ANSWERS[case]
        command = ["check", "quotes.csv", "--policy", "policy.toml", "--save-profile", "own.toml"]
        code, screen = in_terminal(command, typed, tmp_path)
        assert "Which one tells the cost of one unit?\n  1  was\n  2  paid\n  3  class\n" in screen
        assert (0, False) == (code, "Keep how" in screen)
        assert kept in (tmp_path / "own.toml").read_text()

    @pytest.mark.parametrize(
        "command",
        [
            ["check", "quotes.csv", "--policy", "policy.toml"],
            ["read", "quotes.csv"],
            ["guide", "quotes.csv", "--policy", "policy.toml", "--least", "1"],
        ],
        ids=lambda command: command[0],
    )
    def test_the_answer_is_kept_where_somebody_names_a_file(self, command, tmp_path, capsys):
        code, screen = in_terminal(command, "2\n1\npolicy.toml\nown.toml\n", tmp_path)
        assert (0, True) == (code, "policy.toml exists; please type another name." in screen)
        book, kept = str(tmp_path / "quotes.csv"), str(tmp_path / "own.toml")
        assert 0 == main(["check", book, "--policy", str(tmp_path / "policy.toml"), "--profile", kept])
        assert "cost: paid" in capsys.readouterr().out

    def test_two_missing_columns_are_asked_one_by_one_and_keeping_once(self, tmp_path):
        (tmp_path / "quotes.csv").write_text(WITHOUT_COST.replace("discount", "off"))
        code, screen = in_terminal(["read", "quotes.csv"], "1\n1\n\n2\n1\n", tmp_path)
        assert (0, 1) == (code, screen.count("Keep how this file is read"))
        assert "no column holds discount, cost. Which one tells the discount as a share" in screen
        assert "no column holds cost. Which one tells the cost of one unit?\n  1  was\n  2  paid\n" in screen

    def test_a_class_that_no_column_holds_is_asked_too(self, tmp_path):
        (tmp_path / "quotes.csv").write_text(HEAD.replace("class", "sort") + "\nFurniture,1,120,0.1,68\n")
        assert 0 == in_terminal(["check", "quotes.csv", "--policy", "policy.toml"], "1\n\n", tmp_path)[0]

    def test_enter_gives_up_with_the_refusal(self, tmp_path, capsys):
        code, screen = in_terminal(["read", "quotes.csv"], "\n", tmp_path)
        assert 2 == code == main(["read", str(tmp_path / "quotes.csv")])
        refusal = "no column holds cost, nor cost_value, quantity together"
        assert refusal in screen
        assert refusal in capsys.readouterr().err

    def test_what_is_said_not_to_be_there_is_not_asked(self, tmp_path):
        command = ["read", "quotes.csv", "--column", "cost=-"]
        screen = in_terminal(command, "2\n1\n\n", tmp_path)[1]
        assert "paid is the cost of one unit" not in screen
        assert "paid is the cost of the whole line (--column cost_value=paid)" in screen


@pytest.mark.parametrize("other", ["0.5", "12.25", "0.125", "1234.500", "-7.5"])
def test_a_point_that_can_only_be_decimal_tells_what_the_others_are(other):
    unclear = Unclear("quotes.csv")
    unclear.refuse(pl.Series("cost", ["1.250", other, None, ""]), 0)
    unclear.refuse(pl.Series("cost", ["1.250"]), 0)
    with pytest.raises(AmbiguityError, match=r"numbers as 1\.250"):
        unclear.refuse(pl.Series("list", ["1.250", "9", None]), 0)


class TestNew:
    @pytest.mark.parametrize("typed", ["1,234", "1.234"])
    def test_a_sign_with_three_digits_behind_it(self, typed, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        assert 2 == main(["new", "seller_price", "--set", f"cost={typed}"])
        told = capsys.readouterr().err
        assert "--set cost=1234:" in told
        assert "--set cost=1.2340:" in told
        assert not (tmp_path / "seller_price.xlsx").exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
    def test_in_a_terminal_it_asks_and_fills_in(self, tmp_path):
        code, screen = in_terminal(["new", "seller_price", "--set", "cost=1,234"], "2\n", tmp_path)
        assert (0, True) == (code, "cost has two readings as 1,234. Which is meant?" in screen)
        title, cell = seller_price.build().inputs["cost"].place
        book = reading.values_of((tmp_path / "seller_price.xlsx").read_bytes())
        assert 1.234 == book[title][cell].value


@pytest.mark.parametrize(("stdin", "stdout"), [(True, False), (False, True)])
def test_a_pipe_at_either_end_is_no_terminal(stdin, stdout, monkeypatch):
    """Nobody would see the question, or nobody could answer."""

    def run(arguments):
        raise AmbiguityError("open", [Meaning("one", ("--one",)), Meaning("other", ("--other",))])

    monkeypatch.setattr("sys.stdin.isatty", lambda: stdin)
    monkeypatch.setattr("sys.stdout.isatty", lambda: stdout)
    with pytest.raises(AmbiguityError, match=r"open\. Say which: --one: one; --other: other"):
        asking.decided(run, [])


@pytest.mark.parametrize(("stdin", "stdout"), [(True, False), (False, True)])
def test_what_is_missing_is_refused_in_a_pipe(stdin, stdout, monkeypatch):
    def run(arguments):
        raise MissingError("no cost; --cost", "Which?", {"paid": [Meaning("cost", ("--cost", "paid"))]})

    def answer(question):
        raise AssertionError(question)

    monkeypatch.setattr("sys.stdin.isatty", lambda: stdin)
    monkeypatch.setattr("sys.stdout.isatty", lambda: stdout)
    with pytest.raises(MissingError, match="no cost; --cost"):
        asking.decided(run, [], answer)


def test_several_questions_come_one_after_the_other(monkeypatch):
    asked = []

    def run(arguments):
        for option in ("--one", "--two"):
            if option not in arguments:
                raise AmbiguityError(option, [Meaning("no", ("--no",)), Meaning("yes", (option,))])
        return len(arguments)

    def answer(question):
        asked.append(question.partition(".")[0])
        return "2"

    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    assert 3 == asking.decided(run, ["check"], answer)
    assert ["--one", "--two"] == asked
