"""What the contract workbook asks: inputs, preparation and red flags."""

from walkaway_xl.core import kinds
from walkaway_xl.core.kinds import Range, narrowed
from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.sheets.word_list import YES
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.sections.checklist import Flag, Item, common_gates
from walkaway_xl.workbooks.sections.questions import Wording, meanings
from walkaway_xl.workbooks.sides import PARTNER

SCORE = inputs.measured(
    "wx Input",
    narrowed(kinds.NUMBER, Range(0, 100), "A score runs from 0 (all worst) to 100 (all best)."),
    number_format=style.PRICE,
)

WORDING = Wording(
    title="A contract with several issues",
    verb="Contract:",
    link="with",
    groups=("The deal, in points from 0 to 100", "If you don't sign", "Your own numbers"),
    what="What is the contract about?",
    whom="Who is the other side?",
    questions=(
        "What is their latest package worth to you?",
        "What will you do if you don't sign?",
        "What is that worth, measured the same way?",
        "What is carrying on without a contract worth?",
        "What does it cost you to start again?",
        "What package do you hope for?",
        "What is the least you can sign?",
        "By when must it be signed?",
    ),
    ours="you proposed",
    without_hint="0 all worst, 100 all best",
    restart_hint="in points as well",
    hope_hint="in points, and no dream",
    limit_hint="in points, whatever else",
    overline="Verdict on their package",
    walkaway="Walk away below",
    theirs="Their package",
    walkaway_caption="points on your own scale",
    difference_caption="their package less walk-away",
    worse_caption="under your limit by this much",
    instead="worth",
    restart="less starting again",
    limit_reason="You cannot sign for less than",
    without_reason="Without a contract you are better off than that",
    going_without="Carrying on without a contract",
    first_step="Say what it is about, then answer question 1: what is their package worth to you?",
    due="to be signed by",
    limit=("least", "The least score you accept"),
    amount=SCORE,
    value_unit="in points",
    issues="Fee, term, notice, liability, service level …",
    met="For example: the notice period and the service level.",
    better_fit="For example: a provider of standard contracts.",
    door="For example: your position on liability changes.",
    meanings=meanings(
        worse="You are better off without this contract.",
        one_more="Ask for one more issue before you say yes, and give them one that costs you little.",
        note="Score their package on Prepare, and write its points into question 1.",
    ),
)


def fields(per_unit: Formula, volume_unit: Formula) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The inputs of part 1, by heading."""
    return (
        shared_checks.best_case(
            "Best case, and what this deal is better by, as scores from 0 (all worst) to 100 (all best)",
            "points",
            PARTNER,
            "The best you can hope for.",
            (
                shared_checks.BETTER_BY,
                "Beside the issues: trust, people. Negative if the deal is more trouble.",
            ),
            SCORE,
        ),
    )


ITEMS = (
    Item("Issues have worst, best and points", 3, True, "--(COUNT({points})>1)"),
    Item("Red lines are set before the first offer", 3, True, f"--(COUNTIF({{red}},{YES})>0)"),
    Item("Their weights are estimated", 2, False, "--(COUNT({their_points})>1)"),
    shared_checks.DECIDER_KNOWN,
    Item("The draft was read by a lawyer", 2, True),
    shared_checks.TRADES_READY,
    shared_checks.SIGNALS_AGREED,
)


FLAGS = (
    Flag("They lied", "RUN"),
    Flag("Liability is not capped at all", "WALK AWAY"),
    Flag("They may change terms or prices alone", "WALK AWAY"),
    Flag("They own what you put in", "WALK AWAY"),
    Flag("They reopen what was agreed", "WALK AWAY"),
    Flag("It renews itself unless you are quick", "CAUTION"),
    Flag("You must give them your best terms (most favoured)", "CAUTION"),
    Flag("You may not buy elsewhere (exclusivity)", "CAUTION"),
    Flag("Law and court of another country", "CAUTION"),
)

GATES = common_gates("Value: is it worth the change?")
