"""The workbook of a contract with several issues: scores instead of prices, and red lines."""

from walkaway_xl.sheets import style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.word_list import YES
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.multi_issue_contract import contract_questions, issue_packages, issues
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import PriceBook
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sides import PARTNER


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


def _limit_lines(context: Context) -> tuple[Line, ...]:
    return (
        Line(
            "hard_limit",
            "The least score you accept",
            if_known(("{least}",), "{least}"),
            "wx Output",
            "points",
            "Below it you say no, whatever the alternatives.",
        ),
    )


CHECKS = (
    shared_checks.unjudged("Log every issue that has points on Talks, in the first offer at least."),
    Check(
        "Issues with a weight",
        "COUNT({points})",
        "--({value}>1)",
        "Give points to at least two issues; the weights then make 100 %.",
    ),
    Check(
        "Issues whose worst is their best",
        'SUMPRODUCT(({points}<>"")*({worst}={best}))',
        shared_checks.NONE,
        "Say for each issue what the worst and the best would be.",
    ),
    Check(
        "Limits that lie outside worst and best",
        'SUMPRODUCT(({limits}<>"")*(({limits}-{worst})*({limits}-{best})>0))',
        shared_checks.NONE,
        "A limit lies between the worst and the best, both included.",
    ),
    Check(
        "Red lines without a limit",
        f'SUMPRODUCT(({{red}}={YES})*({{limits}}=""))',
        shared_checks.NONE,
        "A red line needs the number where it is.",
    ),
    Check(
        "Alternatives that break a red line",
        "SUMPRODUCT(--({alternatives_broken}>0))",
        shared_checks.NONE,
        "What breaks a red line is no alternative. Take it out, or move the line.",
    ),
)


SCORED = ("{their_values}", "{worst}", "{best}", "{points}")
REGISTER = (
    Entry(
        "Score of their offer",
        "{their_offer_score}",
        "ISSUE_SCORE",
        "100 × Σ weight × way from worst to best; none while a red line is broken",
        "Edwards, Barron 1994",
        addin_formula=addin_formula("ISSUE_SCORE", *SCORED),
    ),
    Entry(
        "First issue at your walk-away",
        "{at_walkaway}",
        "ISSUE_PRICE",
        "Worst + (best − worst) × what the score still needs ÷ weight",
        "reservation package",
        addin_formula=addin_formula("ISSUE_PRICE", "{walkaway}", *SCORED, "1"),
    ),
    Entry(
        "Red lines broken",
        "{broken}",
        "WALKAWAY_ISSUES",
        "Issues marked “yes” whose offer is beyond the limit",
        "this workbook",
        style.WHOLE,
    ),
    Entry(
        "Their score of their offer",
        "{their_view}",
        "ISSUE_SCORE",
        "100 × Σ their weight × (1 − way from our worst to our best)",
        "opposed interests",
    ),
)


BOOK = PriceBook(
    name="multi_issue_contract",
    title="A contract with several issues: preparation",
    side=PARTNER,
    wording=contract_questions.WORDING,
    us="Our side",
    fields=contract_questions.fields,
    limit_title="The least score you accept",
    limit_word="least score",
    limit_lines=_limit_lines,
    cards=issue_packages.cards,
    columns=issue_packages.columns,
    limit_known="The least score you accept is set",
    items=contract_questions.ITEMS,
    flags=contract_questions.FLAGS,
    gates=contract_questions.GATES,
    own_kinds=("other partner", "make in-house"),
    checks=CHECKS,
    register=REGISTER,
    names={"wx_score": "their_offer_score", "wx_red_lines": "broken", "wx_least": "hard_limit"},
    kinds=("other partner", "do nothing", "wait"),
    before_alternatives=issues.write_issues,
    after_verdict=issue_packages.write_packages,
    private=(
        *("their_offer_score", "their_view", "our_scores", "their_scores"),
        *("alternative_values", "alternative_scores"),
    ),
    unit="",
    broken="broken",
    parts=issues.PARTS,
    part_names="labels",
    worth=issues.worth,
)
