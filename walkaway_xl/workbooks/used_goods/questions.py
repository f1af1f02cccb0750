"""What the used-goods workbook asks: inputs, preparation and red flags."""

from datetime import date

from walkaway_xl.workbooks import inputs
from walkaway_xl.workbooks.cells import Formula
from walkaway_xl.workbooks.parts import Field
from walkaway_xl.workbooks.price_book import common
from walkaway_xl.workbooks.price_book.book import Known, Prepared
from walkaway_xl.workbooks.sections.checklist import Flag, Item
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sides import BUYER

KNOWN_ON = date(2026, 5, 6)
YES_NO = inputs.choice('"yes,no"', "yes or no.")


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""

    def price(
        key: str, label: str, prompt: str, example: float, source: str, kind: inputs.Kind = inputs.PRICE
    ) -> Field:
        return Field(key, label, kind, per_unit, prompt, example, source=source, as_of=KNOWN_ON)

    return (
        (
            "The thing itself",
            (
                price("asked", "Price asked", "What the advertisement says.", 7900, "Advertisement"),
                Field(
                    "age", "Age", inputs.COUNT, "years", "Blank where it does not matter.", 6, source="Papers"
                ),
                Field(
                    "use",
                    "Use so far",
                    inputs.COUNT,
                    "in thousands",
                    "Thousands of km, hours, pages … Blank where it does not matter.",
                    88,
                    source="Dashboard",
                ),
                price(
                    "per_year",
                    "A year younger is worth",
                    "Blank counts as zero.",
                    350,
                    "Price guide",
                    inputs.WORTH,
                ),
                price(
                    "per_use",
                    "A thousand less use is worth",
                    "Blank counts as zero.",
                    18,
                    "Price guide",
                    inputs.WORTH,
                ),
                Field(
                    "inspected", "Inspected before your final offer", YES_NO, "", "", "yes", source="8 May"
                ),
            ),
        ),
        (
            "What you can pay",
            (price("budget", "Budget, repairs included", "The most it may cost you.", 7800, "Savings"),),
        ),
        (
            "Wish, want and the cost of leaving",
            (
                price(
                    "wish", "Wish (best case)", "The best price you can hope for.", 5800, "A trader's offer"
                ),
                price("want", "Want (target)", "The price you work towards.", 6200, "Guide less brakes"),
                price(
                    "walk_cost",
                    "Cost of walking away",
                    "Another trip, another report.",
                    0,
                    "Linz is near",
                    inputs.COST,
                ),
                common.buffer(per_unit, BUYER),
            ),
        ),
    )


def items(context: Context, known: Known, prepared: Prepared) -> tuple[Item, ...]:
    """What must be ready; the workbook ticks what it can see."""
    return (
        *common.common_items(context, known, prepared, "Budget is set"),
        Item(
            "At least three comparables are adjusted",
            2,
            True,
            f"--(COUNT({known['adjusted']})>1+1)",
        ),
        Item(
            "You have seen it, cold and in daylight",
            2,
            True,
            state="done",
            evidence="8 May, 7 in the morning",
        ),
        Item("Papers and history are checked", 2, False, state="done", evidence="Register and service book"),
        Item("You know why they sell", 1, False, state="done", evidence="Insurance ends in May"),
        Item("Somebody comes with you", 1, False, state="done", evidence="Rui"),
        Item("Words for leaving are written down", 1, False, state="done", evidence="Below"),
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
