"""The workbook of a seller who negotiates a price."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks
from walkaway_xl.sheets.cell_writing import Formula, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import right_of
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, PriceBook
from walkaway_xl.workbooks.price_book.layout import PREPARE_GRID
from walkaway_xl.workbooks.sections import price_steps
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn
from walkaway_xl.workbooks.sections.start_page import FloorCard
from walkaway_xl.workbooks.seller_price import seller_checks, seller_questions
from walkaway_xl.workbooks.sides import SELLER


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


def _who_may_sign(
    context: Context, sheet: Worksheet, row: int, figures: Figures
) -> tuple[dict[str, str], int]:
    blocks.section(sheet, f"B{row}", "Who may sign", 28)
    blocks.note(
        sheet,
        f"D{row}",
        "The first row is you. It does not decide whether the deal makes sense, only who signs.",
    )
    ladder = price_steps.write_ladder(context, sheet, row + 1)
    results = {
        "ladder_limits": ladder.limits,
        "ladder_signers": ladder.signers,
        "own_limit": ladder.own_limit,
        "next_limits": ladder.limits.without(first=1),
        "limits_before": ladder.limits.without(last=1),
    }
    return results, ladder.next_row


def _authority(context: Context, sheet: Worksheet, row: int, figures: Figures) -> tuple[dict[str, str], int]:
    line = blocks.Line(
        "authority_floor",
        "Authority floor",
        if_known(("{list_price}", "{own_limit}"), "{list_price}*(1-{own_limit})"),
        "wx Output",
        Formula(figures["per_unit"]),
        "The lowest price you may sign yourself. Below it, the next person signs.",
    )
    results = blocks.result_rows(sheet, row, (line,), PREPARE_GRID, figures)
    price_steps.write_ladder_prices(context, sheet, price_steps.ladder_of(figures), figures)
    return results, row + 1


def _what_is_left(
    context: Context, sheet: Worksheet, row: int, figures: Figures
) -> tuple[dict[str, str], int]:
    blocks.section(sheet, f"B{row}", "4   What is left of the price")
    price = blocks.Line(
        "price",
        "Price looked at",
        if_known(("{list_price}",), "IF(COUNT({offer})=0,{list_price},{offer})"),
        unit=Formula(figures["per_unit"]),
        words=Formula('IF(COUNT({offer})=0,"There is no offer yet: the list price.","Their latest offer.")'),
    )
    results = blocks.result_rows(sheet, row + 1, (price,), PREPARE_GRID, figures)
    figures = {**figures, **results}
    row = price_steps.write_waterfall(context, sheet, row + 3, figures)
    results["pocket"] = reference(sheet, f"E{row - 3}")
    results["units_needed"] = reference(sheet, f"H{row + 2}")
    return results, price_steps.write_cuts(context, sheet, row + 1, figures)


def _columns(figures: Figures) -> tuple[PriceColumn, ...]:
    def off_list(context: Context, figures: Figures, price: str) -> str:
        return if_known((price, figures["list_price"]), f"1-{price}/{figures['list_price']}")

    def signer(context: Context, figures: Figures, price: str) -> str:
        return price_steps.ladder_of(figures).signer(context, right_of(price))

    def margin(context: Context, figures: Figures, price: str) -> str:
        return if_known(
            (price, figures["full_cost"]), f"1-{figures['leakage']}-{figures['full_cost']}/{price}"
        )

    return (
        PriceColumn("Off list", off_list, "wx Calc %", "off_list"),
        PriceColumn("Who signs", signer, "wx Calc text", "signer"),
        PriceColumn("Margin", margin, "wx Calc %"),
    )


def _cards(context: Context, figures: Figures) -> tuple[FloorCard, ...]:
    floor, authority = figures["economic_floor"], figures["authority_floor"]
    full_cost, margin = context.words(figures["full_cost"]), figures["min_margin"]
    cost = f'"Cost "&{full_cost}&" at "&FIXED(100*{margin},0)&" % margin, "'
    second = f"INDEX({figures['ladder_signers']},1+1)"
    return (
        shared_checks.batna_card(context, figures),
        FloorCard(
            "Economic floor",
            floor,
            if_known(
                (floor,),
                f'{cost}&{context.share_words(figures["leakage"])}&" leakage"',
                '"What cost and margin allow"',
            ),
            shared_checks.binding(context, figures, "hard_limit", "batna_floor"),
        ),
        FloorCard(
            "Authority floor",
            authority,
            if_known(
                (authority,),
                f'"You may sign up to "&FIXED(100*{figures["own_limit"]},0)&" % off list"',
                '"What you may sign yourself"',
            ),
            if_known((authority,), f'"Below it the "&{second}&" signs"', '"Not known yet"'),
        ),
    )


def _advice(context: Context, figures: Figures) -> str:
    """Who signs, where the offer is beyond what we may sign and nothing speaks against it."""
    beyond = (
        f"AND(COUNT({figures['authority_floor']})*COUNT({figures['offer']})=1,{figures['offer']}<"
        f"{figures['authority_floor']},{figures['decided']}=0,{figures['in_limit']}=1)"
    )
    return f'IF({beyond}," At this price the "&{figures["their_signer"]}&" signs.","")'


BOOK = PriceBook(
    name="seller_price",
    title="Selling at a price: preparation",
    side=SELLER,
    wording=seller_questions.WORDING,
    us="Our company",
    fields=seller_questions.fields,
    limit_title="Economic floor: what cost and margin allow",
    limit_word="economic floor",
    limit_lines=lambda context: price_steps.economic_lines(),
    cards=_cards,
    columns=_columns,
    limit_known="Cost and minimum margin are known",
    items=seller_questions.ITEMS,
    flags=seller_questions.FLAGS,
    gates=seller_questions.GATES,
    own_kinds=("other buyer", "make in-house"),
    checks=seller_checks.CHECKS,
    register=seller_checks.REGISTER,
    names={
        "wx_list": "list_price",
        "wx_economic_floor": "economic_floor",
        "wx_authority_floor": "authority_floor",
    },
    public=("list_price",),
    private=("cost", "full_cost", "economic_floor", "authority_floor"),
    before_alternatives=_who_may_sign,
    after_limits=_authority,
    after_verdict=_what_is_left,
    deep_limit="economic_floor",
    basis=shared_checks.EACH_OR_ALL,
    advice=_advice,
)
