"""What the candidate's workbook asks: inputs, preparation and red flags."""

from datetime import date

from walkaway_xl.workbooks import inputs
from walkaway_xl.workbooks.cells import Formula
from walkaway_xl.workbooks.parts import Field
from walkaway_xl.workbooks.price_book import common
from walkaway_xl.workbooks.price_book.book import Known, Prepared
from walkaway_xl.workbooks.sections.checklist import Flag, Item
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sides import CANDIDATE

KNOWN_ON = date(2026, 6, 3)


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""

    def pay(
        key: str, label: str, prompt: str, example: float, source: str, kind: inputs.Kind = inputs.PRICE
    ) -> Field:
        return Field(key, label, kind, per_unit, prompt, example, source=source, as_of=KNOWN_ON)

    return (
        (
            "What the market pays, a year and in all",
            (
                pay(
                    "market_low", "Market, low", "From a survey, with its date.", 98000, "Survey, spring 2026"
                ),
                pay(
                    "market_high",
                    "Market, high",
                    "From a survey, with its date.",
                    122000,
                    "Survey, spring 2026",
                ),
            ),
        ),
        (
            "How long you can say no",
            (
                Field(
                    "liquid",
                    "Savings at hand",
                    inputs.FUNDS,
                    "",
                    "Money you could live on.",
                    21000,
                    source="Bank",
                ),
                Field(
                    "need",
                    "You need a month",
                    inputs.COST,
                    "",
                    "Rent, food, everything.",
                    3100,
                    source="Budget",
                ),
                Field(
                    "income",
                    "Income without this job",
                    inputs.DISTANCE,
                    "",
                    "A month.",
                    0,
                    source="If I quit",
                ),
                pay(
                    "least", "The least you can accept", "In all, whatever the alternatives.", 88000, "Budget"
                ),
            ),
        ),
        (
            "Wish, want and the cost of leaving",
            (
                pay(
                    "wish",
                    "Wish (best case)",
                    "The best you can hope for, in all.",
                    120000,
                    "Top of the survey",
                ),
                pay(
                    "want", "Want (target)", "What you work towards, in all.", 112000, "Middle of the survey"
                ),
                Field(
                    "advantage",
                    "This job is better than the alternative by",
                    inputs.SIGNED_PRICE,
                    per_unit,
                    "Apart from pay: people, place, what you learn. Negative if it is worse.",
                    0,
                    source="Lead role against a shorter way",
                    as_of=KNOWN_ON,
                ),
                pay(
                    "walk_cost",
                    "Cost of walking away",
                    "Search, time without pay.",
                    0,
                    "Other offer is there",
                ),
                common.buffer(per_unit, CANDIDATE),
            ),
        ),
    )


def items(context: Context, known: Known, prepared: Prepared) -> tuple[Item, ...]:
    """What must be ready; the workbook ticks what it can see."""
    return (
        *common.common_items(context, known, prepared, "The least you can accept is set"),
        Item("The whole package is worked out", 3, True, f"--(COUNT({known['totals']})>1)"),
        Item("Market range has a source and a date", 2, True, state="done", evidence="Survey, spring 2026"),
        Item("You know who decides on their side", 2, False, state="done", evidence="Head of engineering"),
        Item(
            "Opening number has a reason they can repeat", 2, True, state="done", evidence="Two audits passed"
        ),
        Item("Give and get list is ready", 2, False, state="done", evidence="Plan"),
        Item(
            "Contract and equity terms are read", 1, False, state="partial", evidence="Equity terms to come"
        ),
        Item("Words for leaving are written down", 1, False, state="done", evidence="Below"),
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
