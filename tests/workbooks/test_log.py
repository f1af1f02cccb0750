"""A finished workbook in the deal log: all columns that it knows, nothing typed twice, the log whole."""

import re
import tomllib
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.books import saved
from tests.sampling import one_in
from walkaway_xl import deal_logging
from walkaway_xl.cli import main
from walkaway_xl.commands import log as log_command
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.files import packages
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.embedded import entries
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks import book_format, finished_deal, reading, template
from walkaway_xl.workbooks.deal_log.entry import DealLog
from walkaway_xl.workbooks.filling import fill

EXAMPLES = Path("templates")
# By column of the log: where the deal file of an example states the same. The rest is worked out by hand.
STATED = {
    "counterpart": lambda deal: deal["them"],
    "begun": lambda deal: deal["rounds"][0]["on"],
    "ended": lambda deal: deal["rounds"][-1]["on"],
    "walkaway": lambda deal: deal["history"][0]["value"],
    "target": lambda deal: deal["want"],
    "their_walkaway": lambda deal: deal["counterpart"]["likely"],
    "rounds": lambda deal: sum(1 for each in deal["rounds"]),
}
OFFERS = {
    "our_first": lambda deal: deal["rounds"][0]["ours"],
    "their_first": lambda deal: deal["rounds"][0]["theirs"],
    "their_last": lambda deal: deal["rounds"][-1]["theirs"],
}
SIDES = {
    "seller_price": "seller",
    "procurement_buyer": "buyer",
    "used_goods": "buyer",
    "salary_candidate": "candidate",
    "salary_employee": "candidate",
    "multi_issue_contract": "seller",
}


def example(name):
    return reading.values_of((EXAMPLES / f"{name}_example.xlsx").read_bytes())


def written(data, row=1):
    """What stands in a row of a log, by column."""
    values = reading.values_of(data)
    found = book_format.read(values)
    begin = f"deals.{row}."
    cells = {
        key.removeprefix(begin): values[spot.sheet].cell(spot.row, spot.column).value
        for key, spot in found.inputs.items()
        if key.startswith(begin)
    }
    return {key: value.date() if isinstance(value, datetime) else value for key, value in cells.items()}


@pytest.fixture(scope="module")
def blank():
    return (EXAMPLES / "deal_log.xlsx").read_bytes()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "car.xlsx").write_bytes((EXAMPLES / "used_goods_example.xlsx").read_bytes())
    return tmp_path


class TestFacts:
    @pytest.mark.parametrize("name", one_in(3, list(SIDES)))
    def test_are_those_of_the_deal(self, name):
        stated = tomllib.loads(template(name).deal.read_text("utf-8"))
        deal = finished_deal.read(example(name))
        facts = deal.facts | {"ended": deal.latest_day}
        expected = {"template": name, "side": SIDES[name]}
        for key, says in STATED.items():
            expected[key] = says(stated)
        if "theirs" in stated["rounds"][0]:
            expected |= {key: says(stated) for key, says in OFFERS.items()}
        assert expected == {key: facts[key] for key in expected}
        assert stated["currency"] == deal.currency
        assert facts["subject"].startswith(stated["item"])
        assert ("walkaway_end" in facts) is (len(stated["history"]) > 1)

    @pytest.mark.parametrize("name", ["salary_candidate", "multi_issue_contract"])
    def test_of_offers_in_parts_are_what_they_come_to(self, name):
        """Both sides of these examples have moved towards each other."""
        facts = finished_deal.read(example(name)).facts
        assert facts["their_first"] < facts["their_last"] < facts["our_last"] < facts["our_first"]

    def test_count_units_as_the_last_offer_has_them(self):
        values = example("seller_price")
        assert 18000 == finished_deal.read(values).facts["units"]
        put(values, "rounds.2.quantity", 20000)
        assert 20000 == finished_deal.read(values).facts["units"]

    def test_hold_the_walk_away_from_before_the_talks_and_the_one_at_their_end(self):
        values = example("used_goods")
        put(values, "history.2.value", 6400)
        put(values, "history.2.on", datetime(2026, 5, 7))  # the day of the first offer, before it
        put(values, "history.3.value", 6900)
        put(values, "history.3.on", datetime(2026, 5, 8))
        named(values, "wx_walkaway").value = 6900
        facts = finished_deal.read(values).facts
        assert (6400, 6900) == (facts["walkaway"], facts["walkaway_end"])

    def test_take_a_walk_away_that_was_written_down_rounded_for_the_same(self):
        values = example("used_goods")
        named(values, "wx_walkaway").value = 6500.4
        assert "walkaway_end" not in finished_deal.read(values).facts
        named(values, "wx_walkaway").value = 6501.5
        assert 6501.5 == finished_deal.read(values).facts["walkaway_end"]

    @pytest.mark.parametrize(
        ("seen", "worst"), [((), None), (("CAUTION",), "CAUTION"), (("CAUTION", "RUN", "WALK AWAY"), "RUN")]
    )
    def test_name_the_worst_red_flag(self, seen, worst):
        values = example("used_goods")
        area = Ref(values.defined_names["wx_flag_list"].attr_text)
        for number, row in enumerate(values[area.sheet][area.cells]):
            *_, present, severity, _ = row
            present.value = "yes" if number < len(seen) else "no"
            severity.value = seen[number] if number < len(seen) else severity.value
        assert worst == finished_deal.read(values).facts.get("flag")


def put(values, key, value):
    spot = book_format.read(values).inputs[key]
    values[spot.sheet].cell(spot.row, spot.column).value = value


def named(values, name):
    place = Ref(values.defined_names[name].attr_text)
    return values[place.sheet][place.cells]


class TestUnfinished:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda book: put(book, "them", " "), "Start!D5 is blank; answer there: Who is selling it"),
            (lambda book: put(book, "item", None), "Start!D4 is blank"),
            (lambda book: setattr(named(book, "wx_walkaway"), "value", ""), "no walk-away yet"),
            (lambda book: setattr(named(book, "wx_walkaway"), "value", "#N/A"), "wx_walkaway is #N/A"),
            (lambda book: setattr(named(book, "wx_target"), "value", 6500), "6,500, must be better than the"),
            (lambda book: setattr(named(book, "wx_target"), "value", 7000), "correct Start"),
            (lambda book: put(book, "rounds.2.theirs", "7.500,--"), None),
        ],
    )
    def test_or_contradictory_is_refused(self, change, said):
        values = example("used_goods")
        change(values)
        if said is None:  # the compared offers stand elsewhere where prices may be meant in two ways
            named(values, "wx_their_offers")[1][0].value = "7.500,--"
            said = "round 2 in the log of offers lacks something"
        with pytest.raises(WalkawayError, match=re.escape(said)):
            finished_deal.read(values)

    def test_part_of_an_offer_is_refused(self):
        values = example("multi_issue_contract")
        named(values, "wx_their_offers")[1][0].value = ""
        with pytest.raises(WalkawayError, match="round 2 in the log of offers"):
            finished_deal.read(values)

    @pytest.mark.parametrize("name", ["deal_log", "discount_floor_sheet"])
    def test_other_workbooks_are_none_of_a_negotiation(self, name):
        with pytest.raises(WalkawayError, match=f"a {name} is no preparation"):
            finished_deal.read(example(name))

    @pytest.mark.parametrize("price", [6049, 7501, 0])
    def test_price_beyond_what_was_offered(self, price):
        with pytest.raises(WalkawayError, match="between the latest offers, 6,050 and 7,500"):
            finished_deal.read(example("used_goods")).ended_at(price)

    def test_no_deal_where_the_offers_meet(self):
        values = example("used_goods")
        named(values, "wx_our_offer").value = 7500
        deal = finished_deal.read(values)
        assert deal.is_met
        assert {"outcome": "deal", "agreed": 7500} == deal.ended_at(7500)
        with pytest.raises(WalkawayError, match="meet at 7,500"):
            deal.ended_at(None)


class TestRow:
    @pytest.fixture
    def log(self, blank):
        return reading.values_of(blank)

    @pytest.fixture(scope="class")
    @classmethod
    def facts(cls):
        return finished_deal.read(example("used_goods")).facts

    def filled(self, log, row, **cells):
        for key, value in cells.items():
            put(log, f"deals.{row}.{key}", value)

    def test_is_the_first_behind_those_that_are_taken(self, log, facts):
        assert 1 == DealLog(log).row_for(facts, again=False)
        self.filled(log, 3, counterpart="Somebody else")
        assert 4 == DealLog(log).row_for(facts, again=False)
        self.filled(log, 100, counterpart="Somebody else")
        assert 1 == DealLog(log).row_for(facts, again=False)

    def test_is_none_where_all_are_taken(self, log, facts):
        for row in range(1, 101):
            self.filled(log, row, counterpart="Somebody else")
        with pytest.raises(WalkawayError, match="all 100 rows of the log are taken"):
            DealLog(log).row_for(facts, again=False)

    def test_of_the_same_negotiation_is_noticed(self, log, facts):
        self.filled(log, 2, counterpart="mr  Kolb, Private seller", subject=facts["subject"], outcome="deal")
        with pytest.raises(WalkawayError, match=r"in row 2: deal, ended on an unknown day; --again"):
            DealLog(log).row_for(facts, again=False)
        assert 3 == DealLog(log).row_for(facts, again=True)
        assert 3 == DealLog(log).row_for({**facts, "subject": "Another car"}, again=False)

    def test_that_was_begun_is_completed_and_keeps_what_stands_in_it(self, log, facts):
        self.filled(log, 2, counterpart=facts["counterpart"], begun=datetime(2026, 5, 7), walkaway=6400)
        there = DealLog(log)
        entry = there.entry(there.row_for(facts, again=False), facts, "EUR")
        assert (2, ("walkaway is 6400 there, and 6500.0 in the workbook",)) == (entry.row, entry.kept)
        assert {spot.row for spot in entry.cells if spot.sheet == "Deals"} == {9}

    def test_is_refused_by_an_older_log_that_lacks_a_column(self, log, facts):
        del log.defined_names["input.deals.rounds"]
        with pytest.raises(WalkawayError, match=r"no column rounds yet.*upgrade"):
            DealLog(log).entry(1, facts, "EUR")

    def test_says_choices_in_the_words_of_the_log(self, log, facts):
        log["Checks"][Ref(log.defined_names["word_side_buyer"].attr_text).cells] = "Käufer"
        there = DealLog(log)
        entry = there.entry(1, facts, "EUR")
        assert "Käufer" == entry.cells[book_format.read(log).inputs["deals.1.side"]]


class TestCurrency:
    @pytest.fixture
    def log(self, blank):
        log = reading.values_of(blank)
        put(log, "currency", "GBP")
        return DealLog(log)

    def test_that_is_another_one_needs_a_rate(self, log):
        with pytest.raises(WalkawayError, match=r"in EUR, and the log adds up amounts in GBP.*--rate"):
            log.rate("EUR", None)
        assert 0.85 == log.rate("EUR", 0.85)

    def test_that_is_the_same_needs_none(self, log):
        assert 1 == log.rate("gbp", None)
        with pytest.raises(WalkawayError, match="leave --rate out"):
            log.rate("GBP", 1.2)

    def test_of_the_workbook_must_be_there(self, log):
        with pytest.raises(WalkawayError, match="workbook does not say its currency"):
            log.rate("", None)

    def test_of_a_log_in_use_must_be_there(self, blank):
        log = reading.values_of(blank)
        put(log, "deals.1.counterpart", "Somebody")
        with pytest.raises(WalkawayError, match="log does not say its currency"):
            DealLog(log).rate("EUR", None)

    def test_changes_amounts_and_nothing_else(self):
        facts = {"walkaway": 6500.0, "agreed": 6200.0, "units": 3, "rounds": 2, "counterpart": "Kolb"}
        converted = deal_logging.in_currency(facts, 0.5)
        assert {**facts, "walkaway": 3250, "agreed": 3100} == converted


class TestCommand:
    def test_writes_a_row_and_leaves_the_rest_of_the_log_as_it_was(self, folder, blank, capsys):
        log = folder / "deal_log.xlsx"
        log.write_bytes(blank)
        line = [
            "log",
            str(folder / "car.xlsx"),
            "--agreed",
            "theirs",
            "--lesson",
            "= Ask for the papers first",
        ]
        assert 0 == main(line)
        assert "Row 1 of the deal log: ✖  BAD DEAL, −1,000 EUR" in capsys.readouterr().out
        row = written(log.read_bytes())
        assert (7500, "deal", date(2026, 5, 8), None) == tuple(
            row[key] for key in ("agreed", "outcome", "ended", "our_last")
        )
        assert "= Ask for the papers first" == row["lesson"]
        before, after = packages.opened(blank), packages.opened(log.read_bytes())
        touched = {name for name in before.parts if before.parts[name] != after.parts[name]}
        assert touched <= {sheet.part for sheet in before.sheets}
        assert list(before.parts) == list(after.parts)
        same, now = (load_workbook(BytesIO(data)) for data in (blank, log.read_bytes()))
        differ = {
            (sheet.title, cell.row)
            for sheet in same
            for cells in sheet.iter_rows()
            for cell in cells
            if (cell.value, cell.style_id)
            != (now[sheet.title][cell.coordinate].value, now[sheet.title][cell.coordinate].style_id)
        }
        assert {("Deals", 8), ("Checks", 27)} == differ

        capsys.readouterr()
        kept = log.read_bytes()
        assert 2 == main(line)
        assert "stands in the log already, in row 1: deal, ended 2026-05-08" in capsys.readouterr().err
        assert kept == log.read_bytes()
        assert 0 == main([*line, "--again"])
        assert row == written(log.read_bytes(), 2)

    def test_prints_as_far_as_rows_go(self, folder, capsys):
        draft = template("deal_log").build()
        fill(draft, {f"deals.{row}.counterpart": "Somebody" for row in range(1, 37)} | {"currency": "EUR"})
        (folder / "deal_log.xlsx").write_bytes(saved(draft))
        assert 0 == main(["log", str(folder / "car.xlsx"), "--no-deal"])
        book = load_workbook(folder / "deal_log.xlsx", data_only=True)
        assert book["Deals"].print_area.endswith("$44")
        (beyond,) = (
            row for row in book["Checks"].iter_rows() if row[1].value == "Rows beyond the printed pages"
        )
        assert 1 == beyond[3].value

    def test_makes_a_log_where_there_is_none(self, folder, capsys):
        assert 0 == main(["log", str(folder / "car.xlsx"), "--no-deal", "--ended", "2026-05-09"])
        told = capsys.readouterr().out
        assert "A new deal log" in told
        assert "GOOD NO-DEAL, 1,000 EUR" in told
        assert "still blank: the lesson" in told
        assert date(2026, 5, 9) == written((folder / "deal_log.xlsx").read_bytes())["ended"]

    @pytest.mark.parametrize(
        ("options", "said"),
        one_in(
            4,
            [
                ((), "log needs to know how it ended"),
                (("--agreed", "7,000"), "Say which: --agreed 7000"),
                (("--agreed", "-5"), "agreed must be zero or more"),
                (("--agreed", "5000"), "between the latest offers"),
                (("--no-deal", "--ended", "2026-05-01"), "before the first offer of 2026-05-07"),
                (("--no-deal", "--ended", "May"), "ended must be a date"),
                (("--agreed", "theirs", "--signed", "nobody"), "signed must be one of own limit, manager"),
                (("--no-deal", "--lesson", "x" * 300), "lesson must have at most 250 characters"),
                (("--no-deal", "--into", "car.xlsx"), "car.xlsx"),
                (("--no-deal", "--rate", "0"), "rate must be above 0"),
            ],
            of_several=True,
        ),
    )
    def test_refuses_what_does_not_fit_and_writes_nothing(self, folder, options, said, capsys, monkeypatch):
        monkeypatch.chdir(folder)
        calculated = embedded.calculate((folder / "car.xlsx").read_bytes())
        monkeypatch.setattr(embedded, "calculate_from", lambda *_: calculated, raising=False)
        before = sorted(path.name for path in folder.iterdir())
        assert 2 == main(["log", "car.xlsx", *options])
        assert said in capsys.readouterr().err
        assert before == sorted(path.name for path in folder.iterdir())


class TestTerminal:
    """What only people know is asked, and nothing else."""

    @pytest.fixture
    def ask(self, monkeypatch):
        asked, answers = [], []

        def answer(question):
            asked.append(question)
            return answers.pop(0)

        monkeypatch.setattr(log_command, "is_terminal", lambda: True)
        monkeypatch.setattr(log_command, "ask", answer)
        return lambda *given: answers.extend(given) or asked

    def test_asks_what_the_workbook_does_not_know(self, folder, ask):
        asked = ask("3", "", "6,400", "1", "", "2", "Look at the papers before the drive.")
        assert 0 == main(["log", str(folder / "car.xlsx")])
        row = written((folder / "deal_log.xlsx").read_bytes())
        assert (6400, "own limit", date(2026, 5, 8)) == (row["agreed"], row["signed"], row["ended"])
        assert "1  a deal at their latest offer, 7,500\n  2  a deal at our latest offer, 6,050" in asked[0]
        assert "Enter: the last day of the talks, 2026-05-08" in asked[4]
        assert 7 == len(asked)


def test_values_are_typed_where_no_row_was_yet():
    book = load_workbook(EXAMPLES / "deal_log.xlsx").active.title
    data = entries.entered(
        (EXAMPLES / "deal_log.xlsx").read_bytes(), {book: {(900, 3): "late", (2, 60): 1.5}}
    )
    sheet = load_workbook(BytesIO(data))[book]
    assert ("late", 1.5) == (sheet["C900"].value, sheet["BH2"].value)
