"""The brief and the page to leave behind: one page each, with what belongs on it and nothing else."""

import io
import re
import shutil

import pytest
from openpyxl import load_workbook

from tests.workbooks.calculated import Values
from walkaway_xl import artefacts
from walkaway_xl.cli import main
from walkaway_xl.core.errors import InputError
from walkaway_xl.hosts.libreoffice import calc_installation
from walkaway_xl.sheets import style
from walkaway_xl.workbooks import brief_page, reading, template
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.price_book import layout

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")


@pytest.fixture(scope="module")
def car(tmp_path_factory):
    path = tmp_path_factory.mktemp("car") / "car.xlsx"
    path.write_bytes(artefacts.workbook(template("used_goods"), example=True))
    return path


def texts(draft, title):
    sheet = Values(draft).sheet(title)
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]


class TestBrief:
    def test_says_all_that_one_takes_along(self):
        said = "\n".join(texts(template("used_goods").example(), layout.BRIEF))
        for part in (
            "6,500",  # the walk-away
            "A car that runs, without surprises",
            "Have it gone before the insurance renews",
            "The same car in Linz, dealer",
            "likely 6,400, from 5,800 to 7,300. Zone: 100 wide",
            "5,600: Brakes, one key, and what the trader pays",
            "5,900 → 6,100 → 6,250",
            "If you leave the winter tyres with the car,",
            "End of May",
            "He alone; the car is his wife's",
            "Asks for a coffee",
            "I am stopping here.",
            "The same car in Linz, dealer: 6,500",
            "“Maybe. The other car stands in Linz, and we drive there this afternoon.”",
            "✔  Rehearsed on 8 May 2026",
        ):
            assert part in said, part

    def test_has_words_for_who_is_called_a_bluffer_and_has_none(self):
        draft = template("used_goods").example()
        fill(draft, {"words.bluff": "", "words.rehearsed": ""})
        said = "\n".join(texts(draft, layout.BRIEF))
        assert "“It is no bluff." in said
        assert "▢  Not rehearsed yet" in said

    def test_asks_first_what_is_cheap_and_likely_to_end_it(self):
        draft = template("used_goods").example()
        fill(draft, {"inquiries.3.chance_of_no": 0.5, "inquiries.1.cost": 10, "inquiries.2.cost": 5})
        said = texts(draft, layout.BRIEF)
        first = said[said.index("Stop at once if") + 1]
        assert first.startswith("Papers: do chassis number")

    def test_as_a_page_for_a_browser_holds_the_same(self, car, tmp_path, capsys):
        page = tmp_path / "brief.html"
        assert 0 == main(["review", str(car), "--html", str(page)])
        assert f"The brief: {page}" in capsys.readouterr().out
        text = page.read_text("utf-8")
        for part in ("The same car in Linz, dealer", "<svg", "I am stopping here.", "size: A4 portrait"):
            assert part in text
        assert 2 == main(["review", str(car), "--html", str(page)])  # no file is replaced unasked

    def test_shows_no_markup_of_somebody_elses(self):
        draft = template("used_goods").example()
        fill(draft, {"interests.must": "<script>alert(1)</script>"})
        page = brief_page.page_html(reading.values_of(artefacts.stored(draft)))
        assert "<script>" not in page
        assert "&lt;script&gt;" in page

    @pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
    def test_is_one_page_of_pdf(self, car, tmp_path):
        target = tmp_path / "brief.pdf"
        assert 0 == main(["review", str(car), "--pdf", str(target)])
        data = target.read_bytes()
        assert data.startswith(b"%PDF")
        assert 1 == len(re.findall(rb"/Type\s*/Page\b", data))

    def test_is_a_page_for_a_browser_where_there_is_no_libreoffice(self, car, tmp_path, monkeypatch, capsys):
        monkeypatch.setattr(calc_installation, "program", lambda name: None)
        assert 0 == main(["review", str(car), "--pdf", str(tmp_path / "brief.pdf")])
        assert ["brief.html"] == [path.name for path in tmp_path.iterdir()]
        assert "There is no LibreOffice here" in capsys.readouterr().out

    def test_of_a_workbook_without_one_is_refused(self, tmp_path, capsys):
        book = tmp_path / "log.xlsx"
        book.write_bytes(artefacts.workbook(template("deal_log"), example=False))
        assert 2 == main(["review", str(book), "--html", str(tmp_path / "brief.html")])
        assert "has no brief" in capsys.readouterr().err


class TestLeaveBehind:
    @pytest.mark.parametrize("name", ["used_goods", "multi_issue_contract"])
    def test_is_black_on_white_and_shows_no_sign_of_ours(self, name):
        draft = template(name).example()
        sheet = draft.sheet(layout.CARD)
        cells = [cell for row in sheet["A2:G60"] for cell in row]
        assert not [
            cell for cell in cells if cell.font.color and str(cell.font.color.rgb).endswith(style.INPUT_TEXT)
        ]
        assert not [cell for cell in cells if str(cell.fill.fgColor.rgb).endswith(style.INPUT_FILL)]
        assert not set("●◆▲■✖✔") & set("".join(texts(draft, layout.CARD)[2:]))

    def test_names_prices_with_their_unit_and_decimals(self):
        assert {"7,500", "6,050", "EUR"} <= set(texts(template("used_goods").example(), layout.CARD))
        draft = template("seller_price").example()
        assert {"54.80", "59.80"} <= set(texts(draft, layout.CARD))

    def test_of_a_contract_names_what_is_offered_and_no_score(self):
        said = texts(template("multi_issue_contract").example(), layout.CARD)
        assert {"Fee a year, thousands", "228", "205"} <= set(said)
        assert not {"44.95", "70.00", "70"} & set(said)


class TestWordsForLeaving:
    @pytest.mark.parametrize("text", ["at least 51.50", "fifty-one fifty", "５１", "half a million"])
    def test_take_no_number(self, text):
        draft = template("seller_price").build()
        with pytest.raises(InputError, match=r"words\.unmet must hold no number"):
            fill(draft, {"words.unmet": text})

    def test_say_so_where_one_was_pasted_in(self):
        draft = template("seller_price").example()
        draft.cell(draft.inputs["words.unmet"].reference).value = "at least 51.50"
        values = Values(draft)
        said = [str(cell.value) for row in values.sheet(layout.PLAN).iter_rows() for cell in row]
        assert not [text for text in said if "We also need at least 51.50" in text]
        assert [text for text in said if text.startswith("✖  A number stands in these words.")]
        assert "✖  1 of 22 checks open" == values["wx_checks"]

    def test_are_held_to_it_by_the_cell(self):
        data = artefacts.workbook(template("seller_price"), example=False)
        sheet = load_workbook(io.BytesIO(data))[layout.PLAN]
        rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "custom"]
        assert 5 == len(rules)
        assert all(len(rule.formula1) <= 255 for rule in rules)
