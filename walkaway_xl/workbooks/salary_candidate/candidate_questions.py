"""What the candidate's workbook asks: inputs, preparation and red flags."""

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared
from walkaway_xl.workbooks.sections.checklist import Flag, Gate, Item, Signal
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sides import CANDIDATE


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""

    def pay(key: str, label: str, prompt: str) -> Field:
        return Field(key, label, inputs.PRICE, per_unit, prompt)

    return (
        (
            "What the market pays, a year and in all",
            (
                pay("market_low", "Market, low", "From a survey, with its date."),
                pay("market_high", "Market, high", "From a survey, with its date."),
            ),
        ),
        (
            "How long you can say no",
            (
                Field("liquid", "Savings at hand", inputs.FUNDS, "", "Money you could live on."),
                Field("need", "You need a month", inputs.COST, "", "Rent, food, everything."),
                Field("income", "Income without this job", inputs.DISTANCE, "", "A month."),
                pay("least", "The least you can accept", "In all, whatever the alternatives."),
            ),
        ),
        (
            "Wish, want and the cost of leaving",
            (
                pay("wish", "Wish (best case)", "The best you can hope for, in all."),
                pay("want", "Want (target)", "What you work towards, in all."),
                Field(
                    "advantage",
                    "This job is better than the alternative by",
                    inputs.SIGNED_PRICE,
                    per_unit,
                    "Apart from pay: people, place, what you learn. Negative if it is worse.",
                ),
                pay("walk_cost", "Cost of walking away", "Search, time without pay."),
                shared_checks.buffer(per_unit, CANDIDATE),
            ),
        ),
    )


def items(context: Context, figures: Figures, prepared: Prepared) -> tuple[Item, ...]:
    """What must be ready; the workbook ticks what it can see."""
    return (
        *shared_checks.common_items(context, figures, prepared, "The least you can accept is set"),
        Item("The whole package is worked out", 3, True, f"--(COUNT({figures['totals']})>1)"),
        Item("Market range has a source and a date", 2, True),
        Item("You know who decides on their side", 2, False),
        Item("Opening number has a reason they can repeat", 2, True),
        Item("Give and get list is ready", 2, False),
        Item("Contract and equity terms are read", 1, False),
        Item("Words for leaving are written down", 1, False),
    )


FLAGS = (
    Flag("They were caught in an untruth", "RUN"),
    Flag("They ask you to break your notice or a secret", "RUN"),
    Flag("They are rude or abusive", "WALK AWAY"),
    Flag("They take back what was promised", "WALK AWAY"),
    Flag("They will not put it in writing", "WALK AWAY"),
    Flag("They press you to sign today", "CAUTION"),
    Flag("Your predecessors left within a year", "CAUTION"),
    Flag("They ask what you earn now, again and again", "CAUTION"),
)

GATES = (
    Gate("Relationship: would I work for these people?"),
    Gate("Risk: can I live with what may go wrong?"),
    Gate("Value: is it worth the change?"),
)

SIGNALS = (
    Signal("●", "Pause: let them speak"),
    Signal("◆", "Break: no answer today"),
    Signal("▲", "Do not answer that question"),
    Signal("■", "I leave: stand up"),
)
