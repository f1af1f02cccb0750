"""What the buyer's workbook asks: inputs, preparation and red flags."""

from datetime import date

from walkaway_xl.workbooks import inputs
from walkaway_xl.workbooks.cells import Formula
from walkaway_xl.workbooks.parts import Field
from walkaway_xl.workbooks.price_book import common
from walkaway_xl.workbooks.price_book.book import Known, Prepared
from walkaway_xl.workbooks.sections.checklist import Flag, Item
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sides import BUYER

KNOWN_ON = date(2026, 4, 7)


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""

    def price(
        key: str, label: str, prompt: str, example: float, source: str, kind: inputs.Kind = inputs.PRICE
    ) -> Field:
        return Field(key, label, kind, per_unit, prompt, example, source=source, as_of=KNOWN_ON)

    def cost(key: str, label: str, prompt: str, example: float, source: str) -> Field:
        return price(key, label, prompt, example, source, inputs.COST)

    def share(
        key: str, label: str, kind: inputs.Kind, unit: str, prompt: str, example: float, source: str
    ) -> Field:
        return Field(key, label, kind, unit, prompt, example, source=source, as_of=KNOWN_ON)

    return (
        (
            "What you buy",
            (
                Field(
                    "volume",
                    "Volume",
                    inputs.QUANTITY,
                    volume_unit,
                    "How much you buy in the term of the contract.",
                    640,
                    source="Packing plan of the three sites",
                    as_of=KNOWN_ON,
                ),
                price("today", "Price you pay today", "Blank for a first purchase.", 398.00, "Last invoice"),
                price(
                    "budget", "Budget, everything included", "The most a unit may cost you.", 436.00, "Budget"
                ),
            ),
        ),
        (
            "What comes on top of their price",
            (
                share(
                    "duty",
                    "Duty and fees",
                    inputs.PART,
                    "of price",
                    "Blank counts as zero.",
                    0.0,
                    "Made in the EU",
                ),
                cost("freight", "Freight", "What you pay to get a unit here.", 14.50, "Haulier's quote"),
                cost(
                    "quality", "Quality", "Inspection, scrap and complaints.", 6.20, "Complaints of last year"
                ),
                cost("inventory", "Inventory", "Space and money that stock ties up.", 4.80, "Warehouse rate"),
                Field(
                    "switching",
                    "Switching cost, once",
                    inputs.COST,
                    Formula('"in all"'),
                    "Tooling, approval, training: what changing to them costs once.",
                    5760.00,
                    source="Printing plates and line trials",
                    as_of=KNOWN_ON,
                ),
                Field(
                    "terms_days",
                    "Days until you pay",
                    inputs.DAYS,
                    "days",
                    "Their payment terms. Later is better for you.",
                    60,
                    source="Their offer",
                    as_of=KNOWN_ON,
                ),
                share(
                    "annual_rate",
                    "Cost of money",
                    inputs.RATE,
                    "a year",
                    "What a year of waiting is worth.",
                    0.06,
                    "Treasury",
                ),
            ),
        ),
        (
            "Wish, want and the cost of leaving",
            (
                price(
                    "wish", "Wish (best case)", "The best price you can hope for.", 352.00, "Index of March"
                ),
                price(
                    "want", "Want (target)", "The price you work towards.", 368.00, "Should-cost of the board"
                ),
                Field(
                    "advantage",
                    "This deal is better than the alternative by",
                    inputs.SIGNED_PRICE,
                    per_unit,
                    "Apart from price: delivery, know-how. Negative if the deal is more trouble.",
                    3.50,
                    source="They deliver within 48 hours",
                    as_of=KNOWN_ON,
                ),
                Field(
                    "walk_cost",
                    "Cost of walking away",
                    inputs.COST,
                    per_unit,
                    "What settling the alternative costs, apart from the switching cost above.",
                    0.00,
                    source="Second supplier is approved",
                    as_of=KNOWN_ON,
                ),
                common.buffer(per_unit, BUYER),
            ),
        ),
    )


def items(context: Context, known: Known, prepared: Prepared) -> tuple[Item, ...]:
    """What must be ready; the workbook ticks what it can see."""
    return (
        *common.common_items(context, known, prepared, "Budget and what comes on top are known"),
        Item(
            "Quotes are for the same volume and terms", 2, True, state="done", evidence="Request of 2 April"
        ),
        Item("Should-cost is worked out", 2, False, state="done", evidence="Board, ink, labour"),
        Item(
            "Their capacity and need are researched", 2, False, state="partial", evidence="New line in June"
        ),
        Item("You know who decides on their side", 2, False, state="done", evidence="Key account and owner"),
        Item("Opening number has a reason they can repeat", 2, True, state="done", evidence="Board index"),
        Item("Give and get list is ready", 2, False, state="done", evidence="Plan"),
        Item(
            "Production and quality agree with the plan", 1, False, state="done", evidence="Minutes 7 April"
        ),
        Item("Words for leaving are written down", 1, False, state="done", evidence="Below"),
    )


FLAGS = (
    Flag("They were caught in an untruth", "RUN"),
    Flag("They offer a personal advantage", "RUN"),
    Flag("They reopen what was agreed", "WALK AWAY"),
    Flag("They threaten to stop deliveries", "WALK AWAY"),
    Flag("They refuse to show how a surcharge is made up", "CAUTION"),
    Flag("The price is valid until tonight only", "CAUTION"),
    Flag("Nobody at the table may decide", "CAUTION"),
    Flag("They do not move for three rounds", "CAUTION"),
)
