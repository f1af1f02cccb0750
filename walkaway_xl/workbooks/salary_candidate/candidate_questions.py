"""What the candidate's workbook asks: inputs, preparation and red flags."""

from collections.abc import Mapping, Sequence

from walkaway_xl.sheets import inputs
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.sections.checklist import Flag, Gate, Item, Signal
from walkaway_xl.workbooks.sections.offer_log import Basis
from walkaway_xl.workbooks.sections.questions import NOTHING_TO_JUDGE, Wording
from walkaway_xl.workbooks.sides import CANDIDATE

WORDING = Wording(
    title="Talking about pay",
    verb="Pay:",
    link="at",
    groups=("The job", "If you don't agree", "Your own numbers"),
    what="Which job is it?",
    whom="Who is the employer?",
    questions=(
        "What do they offer, a year?",
        "What will you do if you say no?",
        "What is that worth to you, a year in all?",
        "What do you have if that falls through?",
        "What does it cost you to keep looking?",
        "What do you hope for?",
        "What is the least you can live on?",
        "By when do they want your answer?",
    ),
    ours="you asked",
    without_hint="what you earn today, a year",
    restart_hint="weeks unpaid, applications",
    hope_hint="a year in all, and no dream",
    limit_hint="a year, before tax",
    deadline_hint="ask for more time early",
    overline="Verdict on their offer",
    walkaway="Walk away below",
    theirs="They offer",
    walkaway_caption="pay and benefits, a year",
    difference_caption="their offer less walk-away",
    worse_caption="under your limit by this much",
    instead="worth",
    restart="less the cost of looking",
    limit_reason="You cannot live on less than",
    without_reason="What you have today is worth more than that",
    going_without="Staying as you are",
    first_step="Name the job, then answer question 1: what do they offer, a year?",
    due="answer by",
    limit=("least", "The least you can accept"),
    value_unit="a year",
    issues="Base pay, bonus, hours, title, start, home office …",
    met="For example: the role and the time you gave me.",
    better_fit="For example: somebody who is earlier on the way.",
    door="For example: the budget of the role changes.",
    meanings={
        "WALK AWAY": (
            "At this pay you are better off saying no.",
            "Thank them, say what is missing, and say no for now. They may well call you back.",
        ),
        "TOO CLOSE": (
            "Hardly better than saying no.",
            "Ask for one more thing before you say yes: base pay, holiday, start date.",
        ),
        "ACCEPTABLE": (
            "More than the least you would take, short of what you hope for.",
            "Keep trading. Ask for the base first: everything else grows with it.",
        ),
        "TARGET MET": ("This is what you hoped for.", "Say yes, and ask for it in writing today."),
        "NO OFFER YET": (
            NOTHING_TO_JUDGE,
            "Write their offer into question 1 as soon as you have it in writing.",
        ),
    },
)

BASIS = Basis(
    WordList("basis", ("in all", "base only")),
    "pay is",
    "Is the pay of a year in all, or base only?",
    unknown="They named base pay only: log it on Talks, with what comes on top.",
)
"""What a year's pay may mean. What a base comes to is known once the rest is, part by part, on Talks."""


def fields(per_unit: Formula, volume_unit: Formula) -> Sequence[tuple[str, Sequence[Field]]]:
    """The inputs of part 1, by heading."""
    worded = {
        "income": ("Income without this job", "A month."),
        "advantage": (
            "This job is better than the alternative by",
            "Apart from pay: people, place, what you learn. Negative if it is worse.",
        ),
    }
    return fields_worded(per_unit, worded, "How long you can say no")


def fields_worded(
    per_unit: Formula, worded: Mapping[str, tuple[str, str]], holding_out: str
) -> Sequence[tuple[str, Sequence[Field]]]:
    """The same inputs in the words of a case: label and prompt by key, and the heading of the reserves."""

    def pay(key: str, label: str, prompt: str) -> Field:
        return Field(key, label, inputs.PRICE, per_unit, prompt)

    income, income_prompt = worded["income"]
    return shared_checks.unsourced(
        (
            "What the market pays, a year and in all",
            (
                pay("market_low", "Market, low", "From a survey, with its date."),
                pay("market_high", "Market, high", "From a survey, with its date."),
            ),
        ),
        (
            holding_out,
            (
                Field("liquid", "Savings at hand", inputs.FUNDS, "", "Money you could live on."),
                Field("need", "You need a month", inputs.COST, "", "Rent, food, everything."),
                Field("income", income, inputs.DISTANCE, "", income_prompt),
                Field(
                    "search", "Finding another job takes", inputs.COUNT, "months", "From the first letter on."
                ),
            ),
        ),
        shared_checks.best_case(
            "Best case, and what this job is better by",
            per_unit,
            CANDIDATE,
            "The best you can hope for, in all.",
            worded["advantage"],
        ),
        but=("market_low", "market_high"),
    )


PACKAGE_ITEMS = (
    Item("The whole package is worked out", 3, True, "--(COUNT({totals})>1)"),
    Item("Market range has a source and a date", 2, True, "{market_sourced}"),
)
SEEN_ITEMS = (
    shared_checks.DECIDER_KNOWN,
    shared_checks.REASON_READY,
    shared_checks.TRADES_READY,
)
ITEMS = (*PACKAGE_ITEMS, Item("Contract and equity terms are read", 1, False), *SEEN_ITEMS)


FLAGS = (
    Flag("They lied", "RUN"),
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
