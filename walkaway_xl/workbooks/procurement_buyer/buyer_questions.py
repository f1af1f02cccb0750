"""What the buyer's workbook asks: inputs, preparation and red flags."""

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.sections.checklist import Flag, Item, common_gates
from walkaway_xl.workbooks.sections.questions import Wording, meanings
from walkaway_xl.workbooks.sides import BUYER

WORDING = Wording(
    title="Buying from a supplier",
    verb="Buying:",
    link="from",
    groups=("The deal", "If you don't agree", "Your own numbers"),
    what="What are you buying?",
    whom="Who is the supplier?",
    questions=(
        "What do they ask now?",
        "Who else could supply you?",
        "What would that cost you, all told?",
        "What would you pay rather than go without?",
        "What does it cost you to switch?",
        "What price do you hope for?",
        "What is the most you can pay?",
        "By when do you need it?",
    ),
    ours="you offered",
    without_hint="per unit, if no one else had it",
    restart_hint="per unit: trials, approval, time",
    limit_hint="per unit, their price alone",
    overline="Verdict on their price",
    walkaway="Walk away above",
    theirs="They ask",
    walkaway_caption="the most that pays for you",
    difference_caption="walk-away less their price",
    worse_caption="over your limit by this much",
    instead="for",
    restart="plus switching",
    limit_reason="Your budget: you cannot pay more than",
    without_reason="You would rather go without than pay more",
    going_without="Going without",
    first_step="Say what you are buying, then answer question 1: what do they ask now?",
    due="needed by",
    limit=("most", "The most you can pay"),
    meanings=meanings(
        worse="At this price you are better off without the deal.",
        one_more="Ask for one more thing before you say yes: "
        "a lower price, later payment, a longer warranty.",
        note="Write their price into question 1 as soon as you hear it.",
    ),
)


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""

    def price(key: str, label: str, prompt: str) -> Field:
        return Field(key, label, inputs.PRICE, per_unit, prompt)

    def cost(key: str, label: str, prompt: str) -> Field:
        return Field(key, label, inputs.COST, per_unit, prompt)

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
                ),
                price("today", "Price you pay today", "Blank for a first purchase."),
                price("budget", "Budget, everything included", "The most a unit may cost you."),
            ),
        ),
        (
            "What comes on top of their price",
            (
                Field("duty", "Duty and fees", inputs.PART, "of price", "Blank counts as zero."),
                cost("freight", "Freight", "What you pay to get a unit here."),
                cost("quality", "Quality", "Inspection, scrap and complaints."),
                cost("inventory", "Inventory", "Space and money that stock ties up."),
                Field(
                    "switching",
                    "Switching cost, once",
                    inputs.COST,
                    Formula('"in all"'),
                    "Tooling, approval, training: what changing to them costs once.",
                ),
                Field(
                    "terms_days",
                    "Days until you pay",
                    inputs.DAYS,
                    "days",
                    "Their payment terms. Later is better for you.",
                ),
                Field(
                    "annual_rate", "Cost of money", inputs.RATE, "a year", "What a year of waiting is worth."
                ),
            ),
        ),
        shared_checks.best_case(
            "Best case, and what this deal is better by",
            per_unit,
            BUYER,
            "The best price you can hope for.",
            (
                shared_checks.BETTER_BY,
                "Apart from price: delivery, know-how. Negative if the deal is more trouble.",
            ),
        ),
    )


ITEMS = (
    Item("Quotes are for the same volume and terms", 2, True),
    Item("Should-cost is worked out", 2, False),
    Item("Their capacity and need are researched", 2, False),
    shared_checks.DECIDER_KNOWN,
    shared_checks.REASON_READY,
    shared_checks.TRADES_READY,
    Item("Production and quality agree with the plan", 1, False),
)


FLAGS = (
    Flag("They lied", "RUN"),
    Flag("They offer a personal advantage", "RUN"),
    Flag("They reopen what was agreed", "WALK AWAY"),
    Flag("They threaten to stop deliveries", "WALK AWAY"),
    Flag("They refuse to show how a surcharge is made up", "CAUTION"),
    Flag("The price is valid until tonight only", "CAUTION"),
    Flag("Nobody at the table may decide", "CAUTION"),
    Flag("They do not move for three rounds", "CAUTION"),
)

GATES = common_gates("Value: is it worth the effort of switching?")
