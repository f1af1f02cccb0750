"""What the used-goods workbook asks: inputs, preparation and red flags."""

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.sheets.word_list import ANSWERS
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.sections.checklist import Flag, Gate, Item, Signal
from walkaway_xl.workbooks.sections.questions import Wording, meanings
from walkaway_xl.workbooks.sides import BUYER

YES_NO = inputs.choice(ANSWERS.column, "yes or no.")

WORDING = Wording(
    title="Buying something used",
    verb="Buying:",
    link="from",
    groups=("The deal", "If this deal falls through", "Your own numbers"),
    what="What are you buying?",
    whom="Who is selling it?",
    questions=(
        "What are they asking now?",
        "What will you do instead?",
        "What would that cost you, all told?",
        "What would you pay rather than go without?",
        "What does it cost you to start again?",
        "What price do you hope for?",
        "What is the most you can spend on it?",
        "By when do you need it settled?",
    ),
    ours="you offered",
    without_hint="if this were the last one",
    restart_hint="trips, a hire car, your time",
    limit_hint="repairs and fees included",
    overline="Verdict on their price",
    walkaway="Walk away above",
    theirs="They ask",
    walkaway_caption="the most it is worth to you",
    difference_caption="walk-away less their price",
    worse_caption="over your limit by this much",
    instead="for",
    restart="plus starting again",
    limit_reason="With repairs you cannot pay more than",
    without_reason="You would rather go without than pay more",
    going_without="Going without",
    first_step="Say what you are buying, then answer question 1: what are they asking now?",
    due="to be settled by",
    limit=("budget", "Budget, repairs included"),
    value_unit="in money",
    issues="Price, payment, collection, what comes with it …",
    met="For example: the drive, and all the papers.",
    better_fit="For example: a dealer in town.",
    door="For example: you think again about the price.",
    meanings=meanings(
        worse="At this price you are better off without it.",
        one_more="Ask for one more thing before you say yes: a lower price, or something thrown in.",
        note="Write their price into question 1 as soon as you hear it.",
    ),
)


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""

    def price(key: str, label: str, prompt: str, kind: inputs.Kind = inputs.PRICE) -> Field:
        return Field(key, label, kind, per_unit, prompt)

    return shared_checks.unsourced(
        (
            "The thing itself",
            (
                Field("age", "Age", inputs.COUNT, "years", "Blank where it does not matter."),
                Field(
                    "use",
                    "Mileage or hours",
                    inputs.COUNT,
                    "in thousands",
                    "1,000 km, 1,000 hours, 1,000 pages … Blank where it does not matter.",
                ),
                price("per_year", "Each year younger is worth", "Blank counts as zero.", inputs.WORTH),
                price("per_use", "Each 1,000 less is worth", "Blank counts as zero.", inputs.WORTH),
            ),
        ),
        shared_checks.best_case(
            "Beyond what you hope for",
            per_unit,
            BUYER,
            "The best price you can think of.",
            has_buffer=False,
        ),
    )


ITEMS = (
    Item("At least three comparables are adjusted", 2, True, "--(COUNT({adjusted})>1+1)"),
    Item("You have seen it, cold and in daylight", 2, True),
    Item("Papers and history are checked", 2, False),
    Item("You know why they sell", 1, False, "{knows_interests}"),
    Item("Somebody comes with you", 1, False),
)


FLAGS = (
    Flag("They lied", "RUN"),
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
    Gate("Risk: is it what it seems?"),
    Gate("Value: is it worth the trip?"),
)

SIGNALS = (
    Signal("●", "Pause: let them speak"),
    Signal("◆", "Break: talk alone"),
    Signal("▲", "Do not answer that question"),
    Signal("■", "We leave: thank them"),
)
