"""The seller's workbook: its verdicts, its checks, and what the table card keeps to itself."""

from collections.abc import Callable
from itertools import chain

import pytest
from openpyxl.cell import Cell
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries

import walkaway_xl as wx
from tests.sampling import one_in
from tests.workbooks.calculated import Values, cell_of, find
from tests.workbooks.deals import facts_of
from walkaway_xl.sheets.cell_writing import put
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.word_list import PREFIX
from walkaway_xl.workbooks import seller_price, template
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.price_book import layout

THEIR_LAST_OFFER = f"E{layout.TALKS_LOG_ROW + 4}"


def example(change: Callable[[Draft], None] = lambda draft: None) -> Values:
    draft = template("seller_price").example()
    change(draft)
    return Values(draft)


def with_offer(offer: float) -> Values:
    def change(draft: Draft) -> None:
        draft.sheet(layout.TALKS)[THEIR_LAST_OFFER] = offer

    return example(change)


def flag(draft: Draft, text: str) -> None:
    sheet = draft.sheet(layout.PLAN)
    sheet[f"E{find(sheet, text)}"] = "yes"


def test_the_example_is_acceptable_with_all_checks_passed() -> None:
    values = example()
    assert "ACCEPTABLE" == values["wx_verdict"]
    assert "✔  All 22 checks pass" == values["wx_checks"]
    assert 51.50 == pytest.approx(values["wx_walkaway"])
    assert 52.90 == pytest.approx(values["wx_batna"])
    assert 50.7388428212 == pytest.approx(values["wx_economic_floor"])
    assert 57.60 == pytest.approx(values["wx_authority_floor"])


@pytest.mark.parametrize(
    ("expected", "offer"),
    [
        ("WALK AWAY", 51.49),
        ("TOO CLOSE", 51.50),
        ("TOO CLOSE", 52.20),
        ("ACCEPTABLE", 52.21),
        ("TARGET MET", 58.50),
        ("WISH MET", 61.00),
    ],
)
def test_the_price_status_changes_at_the_limits(expected: str, offer: float) -> None:
    assert expected == with_offer(offer)["wx_verdict"]


def test_a_severe_red_flag_beats_any_price() -> None:
    def change(draft: Draft) -> None:
        draft.sheet(layout.TALKS)[THEIR_LAST_OFFER] = 61.00
        flag(draft, "They lied")
        flag(draft, "They are rude or abusive")

    assert "RUN" == example(change)["wx_verdict"]


def test_a_red_flag_of_conduct_means_walk_away() -> None:
    assert "WALK AWAY" == example(lambda draft: flag(draft, "They are rude or abusive"))["wx_verdict"]


def unprepared(draft: Draft) -> None:
    draft.cell(draft.inputs["moves.reason"].reference).value = None


def test_an_open_essential_item_stands_beside_the_verdict_and_does_not_hide_it() -> None:
    values = example(unprepared)
    assert "ACCEPTABLE" == values["wx_verdict"]
    assert "▲  1 essential items of your preparation are open" == values.sheet(layout.START)["K3"].value


def test_an_offer_on_start_is_the_latest_until_talks_holds_one() -> None:
    def change(draft: Draft) -> None:
        for row in range(1, 5):
            draft.sheet(layout.TALKS)[f"E{layout.TALKS_LOG_ROW + row}"] = None

    values = example(change)
    assert (47.5, "WALK AWAY") == (values["wx_offer"], values["wx_verdict"])
    assert 54.8 == example()["wx_offer"]


def test_a_seller_who_knows_where_to_stop_has_no_offer_yet() -> None:
    def change(draft: Draft) -> None:
        draft.cell(draft.inputs["offer_now"].reference).value = None
        for row in range(1, 5):
            draft.sheet(layout.TALKS)[f"E{layout.TALKS_LOG_ROW + row}"] = None

    assert "NO OFFER YET" == example(change)["wx_verdict"]


def test_a_placeholder_is_no_answer_to_what_you_do_without_the_deal() -> None:
    def change(draft: Draft) -> None:
        draft.cell(draft.inputs["answer"].reference).value = "TBD"

    values = example(change)
    assert "▲  1 essential items of your preparation are open" == values.sheet(layout.START)["K3"].value
    assert values.sheet(layout.START)["I15"].value.startswith("7 of 8 answered")


def test_the_blank_workbook_is_not_ready_and_shows_no_numbers() -> None:
    values = Values(seller_price.build())
    assert "NOT READY" == values["wx_verdict"]
    assert values["wx_walkaway"] in (None, "")
    assert "▸  START HERE" == values.sheet(layout.START)["I4"].value


def test_the_lifetime_credit_never_moves_the_walk_away() -> None:
    def change(draft: Draft) -> None:
        sheet = draft.sheet(layout.PREPARE)
        sheet[f"E{find(sheet, 'Share you may count today')}"] = 1.0

    assert example()["wx_walkaway"] == example(change)["wx_walkaway"]


@pytest.mark.parametrize("factor", [1000, 0.01])
def test_prices_of_another_magnitude_give_the_same_verdict(factor: float) -> None:
    def change(draft: Draft) -> None:
        for sheet in draft.workbook:
            for row in sheet.iter_rows():
                for cell in row:
                    is_price = (
                        cell.style in ("wx Input",) and cell.data_type == "n" and cell.value is not None
                    )
                    if is_price and cell.number_format.startswith(("#,##0.00", "+#,##0.00")):
                        cell.value = cell.value * factor

    values = example(change)
    assert "ACCEPTABLE" == values["wx_verdict"]
    assert 51.50 * factor == pytest.approx(values["wx_walkaway"])


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-none", "@sum", "\tx"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    draft = seller_price.build()
    cell = put(draft.sheet(layout.PREPARE), "E8", text, "wx Input text")
    assert "s" == cell.data_type
    assert cell.quotePrefix
    assert text.strip() == str(Values(draft).sheet(layout.PREPARE)["E8"].value).strip()


PRIVATE = (
    "wx_walkaway",
    "wx_target",
    "wx_wish",
    "wx_batna",
    "wx_batna_floor",
    "wx_economic_floor",
    "wx_authority_floor",
    "wx_verdict",
)


def reached_from(draft: Draft, title: str) -> set[Cell]:
    """The cells of a sheet, and all that their formulas look at."""
    seen: set[Cell] = set()
    waiting = [cell for row in draft.sheet(title).iter_rows() for cell in row]
    while waiting:
        cell = waiting.pop()
        if cell in seen or cell.data_type != "f":
            seen.add(cell)
            continue
        seen.add(cell)
        for token in Tokenizer(cell.value).items:
            is_word = token.value.startswith(PREFIX)  # of a list to choose from
            if token.type == "OPERAND" and token.subtype == "RANGE" and not is_word:
                title, _, cells = token.value.rpartition("!")
                sheet = draft.workbook[title.strip("'")] if title else cell.parent
                left, top, right, bottom = range_boundaries(cells.replace("$", ""))
                waiting += chain(*sheet.iter_rows(top, bottom, left, right))
    return seen


def test_the_table_card_depends_on_nothing_private() -> None:
    draft = template("seller_price").example()
    private = {cell_of(draft, name) for name in PRIVATE}
    prepare = draft.sheet(layout.PREPARE)
    private.add(prepare[f"E{find(prepare, 'Buffer')}"])

    assert set() == private & reached_from(draft, layout.CARD)


def test_no_cell_of_the_table_card_shows_a_private_number() -> None:
    values = example()
    private = {values[name] for name in PRIVATE if isinstance(values[name], float | int)}
    shown = {
        cell.value
        for row in values.sheet(layout.CARD).iter_rows()
        for cell in row
        if isinstance(cell.value, float | int)
    }
    assert set() == private & shown


def test_offers_that_stop_moving_are_stalled() -> None:
    def change(draft: Draft) -> None:
        sheet = draft.sheet(layout.TALKS)
        for row, offer in enumerate((90.0, 95.0, 95.1, 95.2), layout.TALKS_LOG_ROW + 1):
            sheet[f"E{row}"] = offer
        for row, offer in enumerate((120.0, 116.0, 113.0, 111.0), layout.TALKS_LOG_ROW + 1):
            sheet[f"D{row}"] = offer

    assert "STALLED" == example(change).sheet(layout.TALKS)["B7"].value


def test_two_offers_ahead_is_bidding_against_yourself() -> None:
    def change(draft: Draft) -> None:
        sheet = draft.sheet(layout.TALKS)
        for row in range(layout.TALKS_LOG_ROW + 3, layout.TALKS_LOG_ROW + 5):
            sheet[f"E{row}"] = None

    assert "SELF-BID" == example(change).sheet(layout.TALKS)["B7"].value


@pytest.mark.parametrize(
    "title", ["Walk away politely", "Run: no door", "Turn a customer down", "Call back later"]
)
def test_words_for_leaving_hold_no_number(title: str) -> None:
    sheet = example().sheet(layout.PLAN)
    said = sheet[f"E{find(sheet, title)}"].value
    assert not any(character.isdigit() for character in said)


def test_the_words_for_running_leave_no_door_open() -> None:
    sheet = example().sheet(layout.PLAN)
    assert "contact us" not in sheet[f"E{find(sheet, 'Run: no door')}"].value
    assert "contact us" in sheet[f"E{find(sheet, 'Walk away politely')}"].value


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Walk away politely", "WALK AWAY"),
        ("Run: no door", "RUN"),
        ("Turn a customer down", "DECLINE CUSTOMER"),
    ],
)
@pytest.mark.parametrize("blank", one_in(3, [(), ("met",), ("unmet",), ("better_fit",)]))
def test_the_words_are_those_of_the_worksheet_function(
    title: str, status: str, blank: tuple[str, ...]
) -> None:
    draft = template("seller_price").example()
    fill(draft, {f"words.{key}": "" for key in (*blank, "door")})
    values = Values(draft)
    sheet, facts = values.sheet(layout.PLAN), facts_of("seller_price")
    parts = {key: "" if key in blank else facts[f"words.{key}"] for key in ("met", "unmet", "better_fit")}
    if status == "RUN":  # who is left in bad faith hears no reasons
        parts = {}
    door = status == "WALK AWAY"
    expected = wx.walkaway_message(status, facts["them"], **parts, door_open=door)
    assert expected == sheet[f"E{find(sheet, title)}"].value
