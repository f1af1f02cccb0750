"""Inputs by name: every open cell has one, and nothing gets into a cell that the cell would not take."""

import io
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell

from tests.sampling import one_in
from walkaway_xl import interview
from walkaway_xl.cli import main
from walkaway_xl.core.errors import InputError
from walkaway_xl.sheets.cell_writing import FORMULA_STARTS
from walkaway_xl.workbooks import TEMPLATES, deal_file, seller_price, template
from walkaway_xl.workbooks.filling import fill

EXAMPLES = [each for each in TEMPLATES if each.name != "functions_tour"]
CHECKS = "Checks"  # its open cells are constants, which no deal brings along


@pytest.fixture(scope="module")
def draft():
    return seller_price.build()


def cell(draft, name):
    title, place = draft.inputs[name].place
    return draft.workbook[title][place]


@pytest.mark.parametrize("chosen", EXAMPLES, ids=lambda each: each.name)
def test_every_open_cell_has_a_name(chosen):
    draft = chosen.build()
    named = {each.place for each in draft.inputs.values()}
    assert len(named) == len(draft.inputs)
    is_open = {
        (sheet.title, cell.coordinate)
        for sheet in draft.workbook
        for row in sheet.iter_rows()
        for cell in row
        if not isinstance(cell, MergedCell) and not cell.protection.locked
    }
    assert named <= is_open
    assert set() == {place for place in is_open - named if place[0] != CHECKS}


class TestText:
    @given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=250))
    def test_stays_text_whatever_it_begins_with(self, draft, text):
        for begin in ("", *FORMULA_STARTS):
            fill(draft, {"them": (begin + text)[:250]})
            assert "s" == cell(draft, "them").data_type
            assert (begin + text)[:250] == cell(draft, "them").value

    @pytest.mark.parametrize("text", ["=cmd()", "+1", "@x", "-1+1", "\t=1+1", "\n=1+1"])
    def test_stays_text_in_the_file(self, text):
        draft = seller_price.build()
        fill(draft, {"them": text})
        file = io.BytesIO()
        draft.workbook.save(file)
        title, place = draft.inputs["them"].place
        read = openpyxl.load_workbook(file)[title][place]
        assert ("s", text, True) == (read.data_type, read.value, read.quotePrefix)

    @pytest.mark.parametrize("text", ["a\x00b", "x" * 251, "a\udcffb", "\uffff"])
    def test_that_no_cell_takes_is_refused(self, draft, text):
        with pytest.raises(InputError, match="them"):
            fill(draft, {"them": text})


class TestNumbers:
    @given(st.decimals(0, 99, places=2))
    def test_per_cent_is_a_hundredth(self, draft, number):
        fill(draft, {"min_margin": f"{number} %"})
        assert float(number / 100) == cell(draft, "min_margin").value

    @given(st.floats(0, 1e9))
    def test_stay_what_they_are(self, draft, number):
        fill(draft, {"cost": number})
        assert number == cell(draft, "cost").value

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("cost", "6,5"),
            ("cost", "1 200"),
            ("cost", "nan"),
            ("cost", float("inf")),
            ("cost", 10**400),
            ("meeting", "2026-W09-4"),
            ("cost", -1),
            ("cost", True),
            ("cost", "=1+1"),
            ("min_margin", 15),
            ("rebate", "101%"),
            ("cost", "62%"),
            ("moves.offers", 2.5),
        ],
    )
    def test_that_the_cell_would_refuse_are_refused_by_name(self, draft, name, value):
        before = cell(draft, name).value
        with pytest.raises(InputError, match=name):
            fill(draft, {name: value})
        assert before == cell(draft, name).value

    def test_an_empty_text_makes_the_cell_blank(self):
        draft = template("seller_price").example()
        fill(draft, {"buffer": 1.5, "volume": ""})
        assert (1.5, None) == (cell(draft, "buffer").value, cell(draft, "volume").value)


class TestDaysAndWords:
    def test_a_day_may_be_text(self, draft):
        fill(draft, {"meeting": "2026-12-24", "words.call_back": date(2027, 1, 7)})
        assert date(2026, 12, 24) == cell(draft, "meeting").value
        assert date(2027, 1, 7) == cell(draft, "words.call_back").value

    @pytest.mark.parametrize("value", ["24.12.2026", "1999-12-31", 46000])
    def test_what_is_no_day_is_refused(self, draft, value):
        with pytest.raises(InputError, match="meeting"):
            fill(draft, {"meeting": value})

    def test_a_word_is_one_of_the_list(self, draft):
        fill(draft, {"alternatives.1.kind": "wait", "flags.2.present": True})
        assert ("wait", "yes") == (
            cell(draft, "alternatives.1.kind").value,
            cell(draft, "flags.2.present").value,
        )
        with pytest.raises(InputError, match="other buyer, make in-house"):
            fill(draft, {"alternatives.1.kind": "sell elsewhere"})


def test_the_deal_file_of_the_docs_can_be_filled_in(draft, tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "workbooks.md").read_text(encoding="utf-8")
    (tmp_path / "deal.toml").write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    fill(draft, deal_file.read(tmp_path / "deal.toml"))
    assert "Leave the line idle for a year" == cell(draft, "alternatives.2.description").value
    assert 60 == cell(draft, "counterpart.high").value


class TestDealFile:
    INPUTS = template("multi_issue_contract").build().inputs
    VALUES = st.one_of(
        st.booleans(),
        st.dates(),
        st.integers(-(2**40), 2**40),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(exclude_categories=("Cs",))),
    )

    @given(st.dictionaries(st.sampled_from(sorted(INPUTS)), VALUES))
    def test_says_what_it_was_made_of(self, values):
        text = deal_file.text("a_name", "A title", self.INPUTS, values)
        assert values == deal_file.named(tomllib.loads(text))

    def test_says_beside_each_fact_what_it_is_and_in_a_table_once(self):
        values = {"us": "We", "ours.1.issue_1": 5, "ours.2.issue_1": 6, "ours.2.issue_2": 9}
        text = deal_file.text("a_name", "A title", self.INPUTS, values)
        assert [
            'us = "We"  # Our side',
            "[[ours]]",
            "issue_1 = 5  # Issue 1",
            "[[ours]]",
            "issue_1 = 6",
            "issue_2 = 9  # Issue 2",
        ] == [line for line in text.splitlines() if line and line[0] != "#"]

    def test_names_the_rows_of_a_table_that_has_gaps(self):
        text = deal_file.text("a_name", "A title", self.INPUTS, {"ours.3.issue_1": 5})
        assert "[ours.3]\nissue_1 = 5  # Issue 1\n" in text

    @pytest.mark.parametrize("chosen", EXAMPLES, ids=lambda each: each.name)
    def test_ships_with_every_template_that_can_be_filled_in(self, chosen):
        facts = deal_file.read(chosen.deal)
        draft = chosen.example()
        assert len(facts) > 100
        shown = {name: cell(draft, name).value for name in facts}
        assert facts == shown


class TestNew:
    @pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")
    def test_fills_in_by_name_and_calculates(self, tmp_path, monkeypatch):
        """68 at a margin of 15 % needs 80; 10 % off 120 are 108: two thirds of the room is left."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "deal.toml").write_text(
            'cost = 70\nmin_margin = "15%"\nthem = "=HYPERLINK(1)"\n'
            '[[alternatives]]\nprice = 82\nkind = "other buyer"\n'
        )
        assert 0 == main(
            ["new", "seller_price", "--from", "deal.toml", "--set", "cost=68", "--set", "list_price=120"]
        )
        book = openpyxl.load_workbook("seller_price.xlsx", data_only=True)
        found = {
            name: book[title.strip("'")][place].value
            for name in ("wx_economic_floor", "wx_batna", "wx_walkaway")
            for title, place in book.defined_names[name].destinations
        }
        assert {"wx_economic_floor": pytest.approx(80), "wx_batna": 82, "wx_walkaway": 82} == found
        title, place = template("seller_price").build().inputs["them"].place
        assert "=HYPERLINK(1)" == book[title][place].value

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--set", "costs=68"], ["costs", "Did you mean cost?", "walkaway-xl new TEMPLATE --deal"]),
            (["--set", "cost=cheap"], ["cost", "cheap", "12.50"]),
            (["--from", "broken.toml"], ["broken.toml", "line 1", "name = value"]),
            (["--from", "nowhere.toml"], ["nowhere.toml"]),
            (["--from", "deep.toml"], ["deep.toml"]),
            (["--from", "long.toml"], ["long.toml"]),
        ],
    )
    def test_says_what_is_wrong_and_writes_nothing(self, tmp_path, monkeypatch, capsys, arguments, told):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "broken.toml").write_text("cost: 68\n")
        (tmp_path / "deep.toml").write_text("a = " + "[" * 5000)
        (tmp_path / "long.toml").write_text("cost = " + "9" * 5000)
        assert 2 == main(["new", "seller_price", *arguments])
        said = capsys.readouterr().err
        assert [] == [each for each in told if each not in said]
        assert not (tmp_path / "seller_price.xlsx").exists()

    @pytest.mark.parametrize("name", one_in(2, ["used_goods", "discount_floor_sheet"]))
    def test_the_deal_file_makes_the_example(self, tmp_path, monkeypatch, name):
        monkeypatch.chdir(tmp_path)
        assert 0 == main(["new", name, "--deal"])
        assert 0 == main(["new", name, "--from", f"{name}.toml", "--out", "filled.xlsx"])
        assert 0 == main(["new", name, "--example"])
        assert Path(f"{name}.xlsx").read_bytes() == Path("filled.xlsx").read_bytes()

    def test_a_deal_file_is_overwritten_only_on_demand(self, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        mine = Path("used_goods.toml")
        mine.write_text("budget = 7700\n")
        assert 2 == main(["new", "used_goods", "--deal"])
        assert "used_goods.toml" in capsys.readouterr().err
        assert "budget = 7700\n" == mine.read_text()
        assert 0 == main(["new", "used_goods", "--deal", "--out", "theirs.toml"])
        assert 0 == main(["new", "used_goods", "--deal", "--force"])
        assert mine.read_bytes() == Path("theirs.toml").read_bytes()

    @pytest.mark.parametrize(
        "arguments",
        [
            ["used_goods", "--deal", "--example"],
            ["used_goods", "--deal", "--set", "budget=1"],
            ["used_goods", "--deal", "--from", "mine.toml"],
            ["used_goods", "--deal", "--host", "lite"],
            ["functions_tour", "--deal"],
        ],
    )
    def test_a_deal_file_is_not_filled_in_and_the_tour_has_none(
        self, tmp_path, monkeypatch, capsys, arguments
    ):
        monkeypatch.chdir(tmp_path)
        assert 2 == main(["new", *arguments])
        assert "deal" in capsys.readouterr().err
        assert [] == list(tmp_path.iterdir())

    def test_without_a_template_in_a_pipe_names_them(self, capsys, monkeypatch):
        monkeypatch.setattr("sys.stdin.isatty", lambda: False)
        assert 2 == main(["new"])
        assert "used_goods" in capsys.readouterr().err

    def test_an_end_of_input_at_a_question_is_an_interruption(self, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO())
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        assert 130 == main(["new"])

    def test_the_answers_in_a_terminal_give_the_verdict_of_the_workbook(self, tmp_path, monkeypatch, capsys):
        typed = ["2", "2", "Car", "Mr Kolb", "EUR", "7,500", "1", "", "Linz dealer", "6500", "", "7600", "60"]
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*typed, "6200", "7400", "2026-05-09", ""])))
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        monkeypatch.chdir(tmp_path)
        assert 0 == main(["new"])
        shown = capsys.readouterr().out
        assert "WALK AWAY" in shown
        assert "Instead: Linz dealer, for 6,500, plus starting again 60." in shown
        assert Path("used_goods.xlsx").is_file()

    def test_asks_who_you_are_and_what_it_is_about(self):
        asked, answers = [], iter(["buyer", "2", "", "Cartons", "  ", "EUR", "", "cheap", "387.5", *[""] * 9])

        def answer(question):
            asked.append(question)
            return next(answers)

        template = interview.choose(answer)
        told = interview.answers(answer, template)
        assert ("procurement_buyer", {"item": "Cartons", "currency": "EUR", "offer_now": "387.5"}) == (
            template.name,
            told,
        )
        assert "offer_now must be a number" in asked[8]
        assert "By when do you need it?" in asked[-1]
        assert "from 1 to 3" in asked[1]
        assert "Something used" not in asked[0]
        assert "used" in asked[2]
