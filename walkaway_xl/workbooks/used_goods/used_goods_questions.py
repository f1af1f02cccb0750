"""What the used-goods workbook asks: inputs, preparation and red flags."""

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.sheets.word_list import ANSWERS
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared
from walkaway_xl.workbooks.sections.checklist import Flag, Gate, Item, Signal
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sides import BUYER

YES_NO = inputs.choice(ANSWERS.column, "yes or no.")


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""

    def price(key: str, label: str, prompt: str, kind: inputs.Kind = inputs.PRICE) -> Field:
        return Field(key, label, kind, per_unit, prompt)

    return (
        (
            "The thing itself",
            (
                price("asked", "Price asked", "What the advertisement says."),
                Field("age", "Age", inputs.COUNT, "years", "Blank where it does not matter."),
                Field(
                    "use",
                    "Use so far",
                    inputs.COUNT,
                    "in thousands",
                    "Thousands of km, hours, pages … Blank where it does not matter.",
                ),
                price("per_year", "A year younger is worth", "Blank counts as zero.", inputs.WORTH),
                price("per_use", "A thousand less use is worth", "Blank counts as zero.", inputs.WORTH),
                Field("inspected", "Inspected before your final offer", YES_NO, "", ""),
            ),
        ),
        ("What you can pay", (price("budget", "Budget, repairs included", "The most it may cost you."),)),
        (
            "Wish, want and the cost of leaving",
            (
                price("wish", "Wish (best case)", "The best price you can hope for."),
                price("want", "Want (target)", "The price you work towards."),
                price("walk_cost", "Cost of walking away", "Another trip, another report.", inputs.COST),
                shared_checks.buffer(per_unit, BUYER),
            ),
        ),
    )


def items(context: Context, figures: Figures, prepared: Prepared) -> tuple[Item, ...]:
    """What must be ready; the workbook ticks what it can see."""
    return (
        *shared_checks.common_items(context, figures, prepared, "Budget is set"),
        Item("At least three comparables are adjusted", 2, True, f"--(COUNT({figures['adjusted']})>1+1)"),
        Item("You have seen it, cold and in daylight", 2, True),
        Item("Papers and history are checked", 2, False),
        Item("You know why they sell", 1, False),
        Item("Somebody comes with you", 1, False),
        Item("Words for leaving are written down", 1, False),
    )


FLAGS = (
    Flag("They were caught in an untruth", "RUN"),
    Flag("Papers and seller do not match", "RUN"),
    Flag("They want money before you have seen it", "RUN"),
    Flag("They refuse an inspection", "WALK AWAY"),
    Flag("They are rude or abusive", "WALK AWAY"),
    Flag("“Somebody else takes it tonight”", "CAUTION"),
    Flag("It was washed and warmed up for you", "CAUTION"),
    Flag("They take your first low offer at once", "CAUTION"),
)

GATES = (
    Gate("Relationship: do they answer openly?"),
    Gate("Risk: is the car what it seems?"),
    Gate("Value: is it worth the trip?"),
)

SIGNALS = (
    Signal("●", "Pause: let him speak"),
    Signal("◆", "Break: talk alone"),
    Signal("▲", "Do not answer that question"),
    Signal("■", "We leave: thank him"),
)
