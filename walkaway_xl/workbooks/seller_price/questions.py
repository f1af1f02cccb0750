"""What the seller's workbook asks: inputs, preparation and red flags."""

from datetime import date

from walkaway_xl.workbooks import inputs
from walkaway_xl.workbooks.cells import Formula
from walkaway_xl.workbooks.parts import Field
from walkaway_xl.workbooks.price_book import common
from walkaway_xl.workbooks.price_book.book import Known, Prepared
from walkaway_xl.workbooks.sections.checklist import Flag, Item
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sides import SELLER


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""
    known_on = date(2026, 2, 9)
    return (
        (
            "Price and cost",
            (
                Field(
                    "list_price",
                    "List price",
                    inputs.LIST_PRICE,
                    per_unit,
                    "The price before any discount.",
                    64.00,
                    source="Price list 2026",
                    as_of=date(2026, 1, 1),
                ),
                Field(
                    "cost",
                    "Unit cost",
                    inputs.COST,
                    per_unit,
                    "What one unit costs you to make or buy.",
                    36.20,
                    source="Standard cost, alloy at January average",
                    as_of=date(2026, 1, 31),
                ),
                Field(
                    "fixed_cost",
                    "Order cost per unit",
                    inputs.COST,
                    per_unit,
                    "What each unit costs on top: packing, certificate, set-up. Blank counts as zero.",
                    1.10,
                    source="Pressure test and packing",
                    as_of=date(2026, 1, 31),
                ),
                Field(
                    "min_margin",
                    "Minimum margin",
                    inputs.MARGIN,
                    "of price",
                    "The lowest margin your company accepts, as a share of the price.",
                    0.22,
                    source="Pricing policy",
                    as_of=date(2026, 1, 1),
                ),
                Field(
                    "volume",
                    "Volume",
                    inputs.QUANTITY,
                    volume_unit,
                    "How much they would buy.",
                    18000,
                    source="Their plan for the year",
                    as_of=known_on,
                ),
            ),
        ),
        (
            "What leaks after the invoice",
            (
                Field(
                    "rebate",
                    "Year-end rebate",
                    inputs.DEDUCTION,
                    "of invoice",
                    "",
                    0.02,
                    source="Frame agreement",
                    as_of=known_on,
                ),
                Field(
                    "freight",
                    "Freight we pay",
                    inputs.DEDUCTION,
                    "of invoice",
                    "",
                    0.015,
                    source="Haulier's tariff",
                    as_of=known_on,
                ),
                Field(
                    "terms_days",
                    "Payment terms",
                    inputs.DAYS,
                    "days",
                    "Days until they pay.",
                    45,
                    source="Their standard terms",
                    as_of=known_on,
                ),
                Field(
                    "annual_rate",
                    "Cost of money",
                    inputs.RATE,
                    "a year",
                    "What a year of waiting for money costs you.",
                    0.08,
                    source="Bank overdraft",
                    as_of=known_on,
                ),
            ),
        ),
        (
            "A customer for longer",
            (
                Field(
                    "future",
                    "Future margin this deal opens",
                    inputs.WORTH,
                    per_unit,
                    "Margin of later orders that you would not get otherwise, in today's money.",
                    6.00,
                    source="Spare parts over three years",
                    as_of=known_on,
                ),
                Field(
                    "credit",
                    "Share you may count today",
                    inputs.PART,
                    "of it",
                    "A policy decision. It is shown beside the floor and never lowers it.",
                    0.25,
                    source="Agreed with Finance",
                    as_of=known_on,
                ),
            ),
        ),
        (
            "Wish, want and the cost of leaving",
            (
                Field(
                    "wish",
                    "Wish (best case)",
                    inputs.PRICE,
                    per_unit,
                    "The best you can hope for, with a reason.",
                    61.00,
                    source="Price of the last small order",
                    as_of=known_on,
                ),
                Field(
                    "want",
                    "Want (target)",
                    inputs.PRICE,
                    per_unit,
                    "The price you work towards.",
                    58.50,
                    source="Last year's price plus alloy",
                    as_of=known_on,
                ),
                Field(
                    "advantage",
                    "This deal is better than the alternative by",
                    inputs.SIGNED_PRICE,
                    per_unit,
                    "Apart from price: one customer, steady volume. Negative if the deal is more trouble.",
                    0.90,
                    source="One set-up instead of five",
                    as_of=known_on,
                ),
                Field(
                    "walk_cost",
                    "Cost of walking away",
                    inputs.COST,
                    per_unit,
                    "What finding and settling the alternative costs.",
                    0.50,
                    source="Three weeks of idle line",
                    as_of=known_on,
                ),
                common.buffer(per_unit, SELLER),
            ),
        ),
    )


def items(context: Context, known: Known, prepared: Prepared) -> tuple[Item, ...]:
    """What must be ready; the workbook ticks what it can see."""
    return (
        *common.common_items(context, known, prepared, "Cost and minimum margin are known"),
        Item(
            "Their alternatives are researched",
            2,
            False,
            state="done",
            evidence="Call with the second foundry",
        ),
        Item(
            "You know who decides on their side",
            2,
            False,
            state="partial",
            evidence="Plant manager not met yet",
        ),
        Item(
            "Opening number has a reason they can repeat",
            2,
            True,
            state="done",
            evidence="Record of six years",
        ),
        Item("Give and get list is ready", 2, False, state="done", evidence="Plan"),
        Item(
            "Approval limits are confirmed", 1, False, state="done", evidence="Mail from the sales director"
        ),
        Item(
            "Roles and signals are agreed in the team",
            1,
            False,
            state="partial",
            evidence="Tom joins on Monday",
        ),
        Item("Words for leaving are written down", 1, False, state="done", evidence="Below"),
    )


FLAGS = (
    Flag("They were caught in an untruth", "RUN"),
    Flag("They ask for something illegal or dishonest", "RUN"),
    Flag("They are rude or abusive", "WALK AWAY"),
    Flag("They reopen what was agreed", "WALK AWAY"),
    Flag("They threaten instead of giving reasons", "WALK AWAY"),
    Flag("They press you to decide today", "CAUTION"),
    Flag("Nobody at the table may decide", "CAUTION"),
    Flag("They do not move for three rounds", "CAUTION"),
)
