"""What the seller's workbook asks: inputs, preparation and red flags."""

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.sections.checklist import Flag, Item, common_gates
from walkaway_xl.workbooks.sections.questions import Wording, meanings
from walkaway_xl.workbooks.sides import SELLER

WORDING = Wording(
    title="Selling at the right price",
    verb="Selling:",
    link="to",
    groups=("The deal", "If they don't buy", "Your own numbers"),
    what="What are you selling?",
    whom="Who is buying?",
    questions=(
        "What do they offer now?",
        "What will you do with it instead?",
        "What would that bring you, per unit?",
        "What is it worth to you unsold?",
        "What does it cost you to start again?",
        "What price do you hope for?",
        "What is the least you can take?",
        "By when do you need it settled?",
    ),
    ours="you asked",
    without_hint="other use, scrap, stock",
    restart_hint="idle days, storage, selling",
    limit_hint="full cost and your margin",
    overline="Verdict on their offer",
    walkaway="Walk away below",
    theirs="They offer",
    walkaway_caption="the least that pays for you",
    difference_caption="their offer less walk-away",
    worse_caption="under your limit by this much",
    instead="worth",
    restart="less starting again",
    limit_reason="Cost and margin: you cannot take less than",
    without_reason="Unsold it is worth more to you than that",
    going_without="Not selling it",
    first_step="Say what you are selling, then answer question 1: what do they offer now?",
    due="to be settled by",
    limit=("least", "The least you can take"),
    meanings=meanings(
        worse="At this price you are better off without the deal.",
        one_more="Ask for one more thing before you say yes: volume, faster payment, a longer term.",
        note="Write their offer into question 1 as soon as you hear it.",
    ),
)


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
        shared_checks.best_case(
            "Best case, and what this deal is better by",
            per_unit,
            SELLER,
            "The best you can hope for, with a reason.",
            (
                shared_checks.BETTER_BY,
                "Apart from price: one customer, steady volume. Negative if the deal is more trouble.",
            ),
        ),
    )


ITEMS = (
    shared_checks.ALTERNATIVES_RESEARCHED,
    shared_checks.DECIDER_KNOWN,
    shared_checks.REASON_READY,
    shared_checks.TRADES_READY,
    Item("Approval limits are confirmed", 1, False),
    shared_checks.SIGNALS_AGREED,
)


FLAGS = (
    Flag("They lied", "RUN"),
    Flag("They ask for something illegal or dishonest", "RUN"),
    Flag("They are rude or abusive", "WALK AWAY"),
    Flag("They reopen what was agreed", "WALK AWAY"),
    Flag("They threaten instead of giving reasons", "WALK AWAY"),
    Flag("They press you to decide today", "CAUTION"),
    Flag("Nobody at the table may decide", "CAUTION"),
    Flag("They do not move for three rounds", "CAUTION"),
)

GATES = common_gates("Value: is it worth the effort?")
