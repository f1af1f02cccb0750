"""The workbook of a contract with several issues: scores instead of prices, and red lines."""

from walkaway_xl.sheets import style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.word_list import YES
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.multi_issue_contract import contract_questions, issue_packages, issues
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared, PriceBook
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.offer_log import Log
from walkaway_xl.workbooks.sides import PARTNER

REQUIRED = {"hard_limit": "the limit (7)", "want": "what you hope for (6)"}
OWN_CHECKS, OWN_ENTRIES = 5, 4


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


def _checks(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Check, ...]:
    worst, best, limits = figures["worst"], figures["best"], figures["limits"]
    outside = f"(({limits}-{worst})*({limits}-{best})>0)"
    return (
        *shared_checks.common_checks(
            context, figures, prepared, offers, required=REQUIRED, limit_word="least score"
        ),
        shared_checks.unjudged(
            offers, "Log every issue that has points on Talks, in the first offer at least."
        ),
        Check(
            "Issues with a weight",
            f"COUNT({figures['points']})",
            "--({value}>1)",
            "Give points to at least two issues; the weights then make 100 %.",
        ),
        Check(
            "Issues whose worst is their best",
            f'SUMPRODUCT(({figures["points"]}<>"")*({worst}={best}))',
            shared_checks.NONE,
            "Say for each issue what the worst and the best would be.",
        ),
        Check(
            "Limits that lie outside worst and best",
            f'SUMPRODUCT(({limits}<>"")*{outside})',
            shared_checks.NONE,
            "A limit lies between the worst and the best, both included.",
        ),
        Check(
            "Red lines without a limit",
            f'SUMPRODUCT(({figures["red"]}={YES})*({limits}=""))',
            shared_checks.NONE,
            "A red line needs the number where it is.",
        ),
    )


def _register(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Entry, ...]:
    scored = (figures["their_values"], figures["worst"], figures["best"], figures["points"])
    return (
        *shared_checks.common_entries(context, figures, prepared, offers, limit_word="least score"),
        Entry(
            "Score of their offer",
            figures["their_offer_score"],
            "ISSUE_SCORE",
            "100 × Σ weight × way from worst to best; none while a red line is broken",
            "Edwards, Barron 1994",
            addin_formula=addin_formula("ISSUE_SCORE", *scored),
        ),
        Entry(
            "First issue at your walk-away",
            figures["at_walkaway"],
            "ISSUE_PRICE",
            "Worst + (best − worst) × what the score still needs ÷ weight",
            "reservation package",
            addin_formula=addin_formula("ISSUE_PRICE", figures["walkaway"], *scored, "1"),
        ),
        Entry(
            "Red lines broken",
            figures["broken"],
            "WALKAWAY_ISSUES",
            "Issues marked “yes” whose offer is beyond the limit",
            "this workbook",
            style.WHOLE,
        ),
        Entry(
            "Their score of their offer",
            figures["their_view"],
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
    items=contract_questions.items,
    flags=contract_questions.FLAGS,
    gates=contract_questions.GATES,
    signals=contract_questions.SIGNALS,
    checks=_checks,
    check_count=shared_checks.COMMON_CHECKS + OWN_CHECKS,
    entry_count=shared_checks.COMMON_ENTRIES + OWN_ENTRIES,
    register=_register,
    names={"wx_score": "their_offer_score", "wx_red_lines": "broken", "wx_least": "hard_limit"},
    kinds=("other supplier", "do nothing", "wait"),
    before_alternatives=issues.write_issues,
    after_verdict=issue_packages.write_packages,
    private=("their_offer_score", "their_view", "our_scores", "their_scores"),
    broken="broken",
    parts=issues.PARTS,
    part_names="labels",
    worth=issues.worth,
)
