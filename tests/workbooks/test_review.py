"""A workbook read on one page: what it says, what is missing, and for machines the same."""

import json

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from walkaway_xl import artefacts
from walkaway_xl.cli import main
from walkaway_xl.workbooks import reading, template
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.review_page import ReviewError, page_text, review


def read(name, example=True, given=()):
    draft = template(name).example() if example else template(name).build()
    fill(draft, dict(given))
    return review(reading.values_of(artefacts.stored(draft)))


class TestReview:
    def test_of_the_used_car_says_walk_away_and_what_binds(self):
        """The second car of the design: 7,500 asked, the same one stands elsewhere at 6,500."""
        found = read("used_goods")
        assert "WALK AWAY" in found.verdict
        figures = {figure.name: figure.value for figure in found.figures}
        assert (7500, 6500) == (figures["offer"], figures["batna"])
        assert "Instead: The same car in Linz, dealer" in found.binding
        assert "WALK AWAY" in page_text(found)

    def test_follows_what_is_filled_in(self):
        given = {
            "flags.1.present": True,
            "flags.1.seen": "Two versions of the same invoice",
            "preparation.10.state": "open",
            "preparation.10.essential": "yes",
            "preparation.10.evidence": "Ask on Monday",
            "next_step": "",
            "want": 40,
        }
        found = read("seller_price", given=given.items())
        assert [("Two versions of the same invoice",)] == [(flag.seen,) for flag in found.flags]
        missing = [item for item in found.preparation if item.evidence == "Ask on Monday"]
        assert [("open", True)] == [(item.state, item.is_essential) for item in missing]
        assert "What you hope for is better than the walk-away" in [check.text for check in found.checks]
        page = page_text(found)
        for part in (
            "Two versions",
            "essential",
            "Ask on Monday",
            "Write down your next step",
        ):
            assert part in page

    def test_of_a_blank_workbook_lists_what_is_missing(self):
        found = read("procurement_buyer", example=False)
        assert "START HERE" in found.verdict
        assert 0 == found.preparation_score
        assert len(found.preparation) > 5
        assert len(found.checks) > 5
        assert "essential" in page_text(found)

    @pytest.mark.parametrize(
        "name", ["seller_price", "procurement_buyer", "salary_candidate", "multi_issue_contract", "deal_log"]
    )
    def test_of_every_example_fits_a_page(self, name):
        found = read(name)
        assert () == found.checks
        lines = page_text(found).splitlines()
        assert len(lines) < 60
        assert max(map(len, lines)) <= 96
        labels = [figure.label for figure in found.figures]
        assert len(set(labels)) == len(labels)
        assert all(label[:1].isalpha() for label in labels)


class TestChangedNames:
    @pytest.fixture
    def values(self):
        return reading.values_of(artefacts.workbook(template("used_goods"), example=True))

    @pytest.mark.parametrize("text", ["Start!#REF!", "#REF!", "'Gone'!$C$7:$C$9", "'Start'!$C$7"])
    def test_that_every_workbook_has_are_asked_for(self, values, text):
        values.defined_names["wx_banner"].attr_text = text
        with pytest.raises(ReviewError, match="wx_banner"):
            review(values)

    @pytest.mark.parametrize("text", ["0.5", "wx_walkaway", "'Prepare'!$E:$E", "#REF!", '"x"'])
    def test_of_your_own_do_not_disturb(self, values, text):
        before = review(values)
        values.defined_names["wx_rate"] = DefinedName("wx_rate", attr_text=text)
        values.defined_names["wx_check_list"].attr_text = text
        assert before.figures == review(values).figures

    def test_an_error_in_place_of_the_score_is_no_score(self, values):
        book, cell = next(values.defined_names["wx_prep"].destinations)
        values[book][cell].value = "#DIV/0!"
        assert "Preparation" not in page_text(review(values))


class TestCommand:
    def test_prints_json_for_machines(self, tmp_path, capsys):
        book = tmp_path / "quote.xlsx"
        book.write_bytes(artefacts.workbook(template("discount_floor_sheet"), example=True))
        before = book.read_bytes()
        assert 0 == main(["review", str(book), "--json"])
        found = json.loads(capsys.readouterr().out)
        figures = {figure["name"]: figure["value"] for figure in found["figures"]}
        assert figures["quote_status"] in found["verdict"]
        assert figures["lines"] == sum(each["lines"] for each in found["lines"]) > 50
        assert figures["quote_net"] == pytest.approx(sum(each["revenue"] for each in found["lines"]))
        assert before == book.read_bytes()

    def test_refuses_what_is_no_workbook_of_ours(self, tmp_path, capsys):
        book = tmp_path / "other.xlsx"
        openpyxl.Workbook().save(book)
        assert 2 == main(["review", str(book)])
        assert "walkaway-xl new" in capsys.readouterr().err
