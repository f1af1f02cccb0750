"""What the seller's workbook asks: inputs, preparation and red flags."""

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared
from walkaway_xl.workbooks.sections.checklist import Flag, Gate, Item, Signal
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sides import SELLER


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""
    return (
        (
            "Price and cost",
            (
                Field(
                    "list_price", "List price", inputs.LIST_PRICE, per_unit, "The price before any discount."
                ),
                Field("cost", "Unit cost", inputs.COST, per_unit, "What one unit costs you to make or buy."),
                Field(
                    "fixed_cost",
                    "Order cost per unit",
                    inputs.COST,
                    per_unit,
                    "What each unit costs on top: packing, certificate, set-up. Blank counts as zero.",
                ),
                Field(
                    "min_margin",
                    "Minimum margin",
                    inputs.MARGIN,
                    "of price",
                    "The lowest margin your company accepts, as a share of the price.",
                ),
                Field("volume", "Volume", inputs.QUANTITY, volume_unit, "How much they would buy."),
            ),
        ),
        (
            "What leaks after the invoice",
            (
                Field("rebate", "Year-end rebate", inputs.DEDUCTION, "of invoice", ""),
                Field("freight", "Freight we pay", inputs.DEDUCTION, "of invoice", ""),
                Field("terms_days", "Payment terms", inputs.DAYS, "days", "Days until they pay."),
                Field(
                    "annual_rate",
                    "Cost of money",
                    inputs.RATE,
                    "a year",
                    "What a year of waiting for money costs you.",
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
                ),
                Field(
                    "credit",
                    "Share you may count today",
                    inputs.PART,
                    "of it",
                    "A policy decision. It is shown beside the floor and never lowers it.",
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
                ),
                Field("want", "Want (target)", inputs.PRICE, per_unit, "The price you work towards."),
                Field(
                    "advantage",
                    "This deal is better than the alternative by",
                    inputs.SIGNED_PRICE,
                    per_unit,
                    "Apart from price: one customer, steady volume. Negative if the deal is more trouble.",
                ),
                Field(
                    "walk_cost",
                    "Cost of walking away",
                    inputs.COST,
                    per_unit,
                    "What finding and settling the alternative costs.",
                ),
                shared_checks.buffer(per_unit, SELLER),
            ),
        ),
    )


def items(context: Context, figures: Figures, prepared: Prepared) -> tuple[Item, ...]:
    """What must be ready; the workbook ticks what it can see."""
    return (
        *shared_checks.common_items(context, figures, prepared, "Cost and minimum margin are known"),
        Item("Their alternatives are researched", 2, False),
        Item("You know who decides on their side", 2, False),
        Item("Opening number has a reason they can repeat", 2, True),
        Item("Give and get list is ready", 2, False),
        Item("Approval limits are confirmed", 1, False),
        Item("Roles and signals are agreed in the team", 1, False),
        Item("Words for leaving are written down", 1, False),
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

GATES = (
    Gate("Relationship: can we work with these people?"),
    Gate("Risk: can we live with what may go wrong?"),
    Gate("Value: is it worth the effort?"),
)

SIGNALS = (
    Signal("●", "Pause: stop talking and let them speak"),
    Signal("◆", "Break: talk outside the room"),
    Signal("▲", "Do not answer that question"),
    Signal("■", "We leave: thank them and stand up"),
)
