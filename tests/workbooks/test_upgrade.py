"""Older workbooks in today's template: nothing is lost or lands in another cell, and what stays is said."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from tests.books import saved
from tests.sampling import one_in
from tests.workbooks.calculated import by_libreoffice
from walkaway_xl import formats
from walkaway_xl.cli import main
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import spoken_in
from walkaway_xl.languages import translation
from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks import TEMPLATES, book_format, reading, template, upgrading
from walkaway_xl.workbooks.upgrading import Upgraded

FILLED = [each for each in TEMPLATES if each.has_example]


def upgraded(book: Workbook | Draft) -> Upgraded:
    data = saved(book)
    return upgrading.upgraded(reading.values_of(data), reading.formulas_of(data))


def shown(draft: Draft) -> dict[str, object]:
    """Every cell of a workbook that holds something."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in draft.workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def elsewhere(data: bytes) -> Workbook:
    """A workbook whose inputs have all moved to other sheets, rows and columns; its names know where."""
    book = load_workbook(BytesIO(data))
    for name, defined in book.defined_names.items():
        if not name.startswith((book_format.INPUT, book_format.SETTING)):
            continue
        area = Ref(defined.attr_text)
        left, top, right, bottom = area.corners
        title = f"{area.sheet} of old"
        if title not in book.sheetnames:
            book.create_sheet(title, 0)
        for row in range(top, bottom + 1):
            cell = book[area.sheet].cell(row, left)
            book[title].cell(row + 7, left + 3, cell.value).number_format = cell.number_format
            cell.value = "of another input now"
        moved = Ref.to(title, book[title].cell(top + 7, left + 3).coordinate).longer(bottom - top)
        defined.attr_text = moved
        assert left == right, name
    return book


@pytest.fixture(scope="module")
def data():
    return saved(template("used_goods").example())


class TestCurrentBook:
    @pytest.mark.parametrize("chosen", one_in(3, FILLED), ids=lambda each: each.name)
    def test_has_the_same_inputs_and_so_the_same_verdict(self, chosen):
        before = chosen.example()
        after = upgraded(before)
        assert (shown(before), (), ()) == (shown(after.draft), after.left, after.frozen)
        assert after.is_current

    @pytest.mark.parametrize("chosen", one_in(3, FILLED), ids=lambda each: each.name)
    def test_gives_all_it_holds_to_today_s_wherever_it_stands(self, chosen):
        before = chosen.example()
        after = upgraded(elsewhere(saved(before)))
        assert (shown(before), ()) == (shown(after.draft), after.left)

    @pytest.mark.libreoffice
    def test_is_the_same_after_libreoffice_has_saved_it(self, tmp_path):
        before = template("used_goods").example()
        data = by_libreoffice(saved(before), tmp_path)
        after = upgrading.upgraded(reading.values_of(data), reading.formulas_of(data))
        assert (shown(before), (), ()) == (shown(after.draft), after.left, after.frozen)

    def test_keeps_what_is_blank_blank(self):
        before = template("seller_price").example()
        before.cell(before.inputs["moves.reserve"].reference).value = None  # 20 % in a new workbook
        assert shown(before) == shown(upgraded(before).draft)

    def test_keeps_constants_and_the_words_of_the_house(self):
        before = template("deal_log").example()
        before.cell(before.settings["levels.3.word"].reference).value = "head of sales"
        before.cell(before.settings["shortest"].reference).value = 25
        signed = [asked for name, asked in before.inputs.items() if name.endswith(".signed")]
        for asked in signed:
            if before.cell(asked.reference).value == "director":
                before.cell(asked.reference).value = "head of sales"
        after = upgraded(before)
        assert (shown(before), ()) == (shown(after.draft), after.left)

    def test_takes_no_word_of_the_source_for_one_of_the_house(self):
        before = template("deal_log").example()
        before.cell(before.settings["levels.3.word"].reference).value = "head of sales"
        after = upgraded(before)
        assert after.left
        assert all("Who signed): director; deals." in line for line in after.left)

    def test_in_another_language_says_its_choices_in_the_reader_s(self):
        with spoken_in(translation("en-XA")):
            data = saved(template("used_goods").example())
        after = upgrading.upgraded(reading.values_of(data), reading.formulas_of(data))
        assert (shown(template("used_goods").example()), ()) == (shown(after.draft), after.left)
        assert after.is_current

    def test_in_another_language_keeps_the_words_of_the_house_and_knows_its_own_sheets(self):
        with spoken_in(translation("en-XA")):
            before = template("deal_log").example()
        after = upgraded(before)
        assert ((), True) == (after.left, after.is_current)
        level = before.settings["levels.1.word"].reference
        assert (
            before.cell(level).value
            == after.draft.cell(after.draft.settings["levels.1.word"].reference).value
        )


class TestWhatHasNoPlace:
    @pytest.fixture
    def book(self, data):
        return load_workbook(BytesIO(data))

    def test_an_input_that_nobody_asks_any_more(self, book):
        book["Prepare"]["P5"], book["Prepare"]["O5"] = 12.5, "Price of a wash"
        book.defined_names["input.wash"] = DefinedName("input.wash", attr_text="'Prepare'!$P$5")
        assert ("Prepare!P5 (Price of a wash): 12.5; nothing asks for it any more",) == upgraded(book).left

    def test_a_row_that_came_with_an_inserted_row_of_the_sheet(self, book):
        place = book.defined_names["input.rounds.note"]
        area = Ref(place.attr_text).longer(1)
        book[area.sheet].cell(area.last_row, area.corners[0], "one more round")
        place.attr_text = area
        assert any("one more round; nothing asks" in line for line in upgraded(book).left)

    @pytest.mark.parametrize(
        ("key", "value", "why"),
        [
            ("want", "6,200", "it is a text, where a number belongs"),
            ("want", -6200, "want must be zero or more; it is −6,200"),
            ("instead_chance", True, "it is a text, where a number belongs"),
            ("item", "x" * 300, "item must have at most 250 characters"),
            ("deadline", date(1999, 1, 1), "deadline must be a date from the year 2000 on"),
            ("flags.they_lied.present", "perhaps", "must be one of yes, no"),
            ("want", "#REF!", "it is an error"),
        ],
    )
    def test_a_value_that_its_cell_does_not_take(self, book, key, value, why):
        place = Ref(book.defined_names[f"input.{key}"].attr_text)
        book[place.sheet][place.cells] = value
        (line,) = upgraded(book).left
        assert line.startswith(f"{place.sheet}!{place.cells} (")
        assert why in line

    def test_a_cell_that_was_deleted(self, book):
        book.defined_names["input.want"].attr_text = "'Start'!#REF!"
        assert ("want: its cell was deleted",) == upgraded(book).left

    def test_sheets_and_comments_of_one_s_own(self, book):
        book.create_sheet("My notes")["A1"] = "ask about the clutch"
        book["Start"]["D13"].comment = Comment("really?", "me")
        assert ("Start!D13: your comment", "the sheet My notes: it is your own") == tuple(
            sorted(upgraded(book).left)
        )

    def test_a_formula_in_an_input_gives_its_value_and_is_said(self, data):
        book = load_workbook(BytesIO(data))
        place = Ref(book.defined_names["input.want"].attr_text)
        formulas = load_workbook(BytesIO(data))
        formulas[place.sheet][place.cells] = "=6000+200"
        after = upgrading.upgraded(book, formulas)
        assert ((), 6200) == (after.left, after.draft.cell(after.draft.inputs["want"].reference).value)
        (line,) = after.frozen
        assert "=6000+200" in line

    def test_a_number_among_words_stays_a_number(self, book):
        place = Ref(book.defined_names["input.item"].attr_text)
        book[place.sheet][place.cells] = 911
        after = upgraded(book)
        assert ((), 911) == (after.left, after.draft.cell(after.draft.inputs["item"].reference).value)

    def test_a_day_shown_as_a_number_is_the_day(self, book):
        place = Ref(book.defined_names["input.deadline"].attr_text)
        day = book[place.sheet][place.cells].value
        book[place.sheet][place.cells] = (day - datetime(1899, 12, 30)).days
        book[place.sheet][place.cells].number_format = "0"
        after = upgraded(book)
        assert day.date() == after.draft.cell(after.draft.inputs["deadline"].reference).value


class TestRowsAboutSomething:
    """A red flag keeps its answer, whatever comes between."""

    def test_are_known_by_what_they_are_about(self):
        draft = template("used_goods").build()
        row = book_format.keys(draft.inputs)["flags.they_lied.present"]
        assert "They lied" == draft.inputs[row].label

    def test_follow_it_to_another_row(self):
        before = template("used_goods").example()
        keys = book_format.keys(before.inputs)
        flags = [name for key, name in keys.items() if key.startswith("flags.") and key.endswith(".present")]
        first, second = (before.cell(before.inputs[name].reference) for name in flags[:2])
        first.value, second.value = "yes", "no"
        swapped = {
            "present": [
                before.workbook.defined_names[f"input.{key}"] for key in keys if keys[key] in flags[:2]
            ]
        }
        one, other = swapped["present"]
        one.attr_text, other.attr_text = other.attr_text, one.attr_text
        after = upgraded(before).draft
        assert ["no", "yes"] == [after.cell(after.inputs[name].reference).value for name in flags[:2]]


class TestFormat:
    def test_of_a_newer_version_is_refused(self):
        book = template("used_goods").build()
        book.workbook.defined_names["wx_format"].attr_text = "999"
        with pytest.raises(WalkawayError, match=r"format 999.*pip install --upgrade"):
            upgraded(book)

    def test_that_nobody_states_is_refused(self):
        with pytest.raises(WalkawayError, match="does not say from which template"):
            upgraded(Workbook())

    @pytest.mark.parametrize(
        "change",
        [
            lambda draft: draft.take("wash", "'Prepare'!$P$5", inputs.PRICE, "Price of a wash"),
            lambda draft: draft.take(
                "want", draft.inputs["want"].reference, inputs.CHANCE, "What you hope for"
            ),
            lambda draft: draft.inputs.pop("rounds.10.theirs"),
            lambda draft: draft.keep("patience", "'Checks'!$C$400", inputs.CONSTANT, "Patience"),
        ],
        ids=["an input", "another kind", "a row less", "a setting"],
    )
    def test_has_a_new_number_where_something_else_is_asked(self, change):
        draft = template("used_goods").build()
        before = formats.number("used_goods", book_format.asked(draft))
        change(draft)
        assert before + 1 == formats.number("used_goods", book_format.asked(draft))

    def test_does_not_change_with_places_and_words(self):
        draft = template("used_goods").build()
        before = list(book_format.asked(draft))
        asked = draft.inputs["want"]
        draft.take("want", "'Prepare'!$P$5", asked.kind, "What do you dream of?")
        assert before == list(book_format.asked(draft))

    def test_names_are_hidden_and_stand_in_no_list_of_figures(self):
        names = template("used_goods").build().workbook.defined_names
        assert {True} == {
            defined.hidden for name, defined in names.items() if name.startswith(("input.", "setting."))
        }


class TestCommand:
    def test_writes_another_file_and_keeps_the_old_one(self, tmp_path, capsys):
        book = tmp_path / "car.xlsx"
        book.write_bytes(Path("templates/used_goods_example.xlsx").read_bytes())
        before = book.read_bytes()
        assert 0 == main(["upgrade", str(book)])
        assert before == book.read_bytes() == (tmp_path / "car_upgraded.xlsx").read_bytes()
        assert "had today's format already" in capsys.readouterr().out
        assert 2 == main(["upgrade", str(book)])
        assert "--force" in capsys.readouterr().err
        assert 2 == main(["upgrade", str(book), "--out", str(book), "--force"])

    def test_ends_with_3_and_lists_what_has_no_place(self, tmp_path, capsys):
        book = tmp_path / "car.xlsx"
        loaded = load_workbook("templates/used_goods_example.xlsx")
        loaded["Start"]["D13"] = "6,200"
        loaded.save(book)
        assert 3 == main(["upgrade", str(book)])
        told = capsys.readouterr().out
        assert "Start!D13 (What price do you hope for?): 6,200; it is a text" in told
        assert "Verdict was" not in told
