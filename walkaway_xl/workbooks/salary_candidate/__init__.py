"""The workbook of a candidate who negotiates pay."""

from walkaway_xl.core.compensation import VESTS_WHOLE
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared, PriceBook
from walkaway_xl.workbooks.salary_candidate import candidate_questions, package_value
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sections.offer_log import Log
from walkaway_xl.workbooks.sides import CANDIDATE

REQUIRED = {"hard_limit": "the limit (7)", "want": "what you hope for (6)"}
OWN_CHECKS, OWN_ENTRIES = 4, 3


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


def _checks(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Check, ...]:
    return (
        *shared_checks.common_checks(
            context, figures, prepared, offers, required=REQUIRED, limit_word="least you accept"
        ),
        shared_checks.unjudged(offers, "Log the base pay on Talks too: without it a package has no worth."),
        Check(
            "Equity that does not make 100 % over the years",
            figures["vest_sums"],
            shared_checks.NONE,
            "The parts of the years belong to one grant: together they make 100 %.",
        ),
        Check(
            "A signing bonus without its claw-back",
            f"(N({figures['this_signing']})>0)*(COUNT({figures['this_clawback']})=0)",
            shared_checks.NONE,
            "Ask when the bonus is yours to keep, and note the months; 0 if at once.",
        ),
        Check(
            "Market range: low ≤ high",
            shared_checks.less(figures["market_high"], figures["market_low"]),
            shared_checks.OR_NOT_YET,
            "Put the two numbers of the survey in order.",
        ),
    )


def _register(context: Context, figures: Figures, prepared: Prepared, offers: Log) -> tuple[Entry, ...]:
    equity, years, haircut, benefits = (
        figures[f"this_{key}_in"] for key in ("equity", "years", "haircut", "benefits")
    )
    at_least_one = f"MAX(1,N({years}))"  # a blank counts as one on the sheet, as four in the function
    return (
        *shared_checks.common_entries(context, figures, prepared, offers, limit_word="least you accept"),
        Entry(
            "This offer beside the base",
            figures["this_extras"],
            "COMP_TOTAL",
            "Benefits + (signing bonus + equity × (1 − doubt)) ÷ years",
            "nominal, vesting even",
            addin_formula=addin_formula(
                "COMP_TOTAL", "0", "0", figures["this_signing"], equity, at_least_one, "", benefits, haircut
            ),
        ),
        Entry(
            "Base that equals the other offer",
            figures["match_other"],
            "COMP_MATCH",
            "(Total of the other − what comes beside the base) ÷ (1 + bonus paid)",
            "this workbook",
        ),
        Entry(
            "Months you can say no",
            figures["runway"],
            "WALKAWAY_RUNWAY",
            "Savings ÷ (need − income)",
            "burn rate",
            addin_formula=addin_formula(
                "WALKAWAY_RUNWAY", figures["liquid"], figures["need"], figures["income"]
            ),
        ),
    )


BOOK = PriceBook(
    name="salary_candidate",
    title="A job offer: preparation",
    side=CANDIDATE,
    wording=candidate_questions.WORDING,
    us="You",
    fields=candidate_questions.fields,
    limit_title="The least you accept: what you need",
    limit_word="least you accept",
    limit_lines=package_value.limit_lines,
    cards=package_value.cards,
    columns=package_value.columns,
    items=candidate_questions.items,
    flags=candidate_questions.FLAGS,
    gates=candidate_questions.GATES,
    signals=candidate_questions.SIGNALS,
    checks=_checks,
    check_count=shared_checks.COMMON_CHECKS + OWN_CHECKS,
    entry_count=shared_checks.COMMON_ENTRIES + OWN_ENTRIES,
    register=_register,
    names={"wx_package": "this_total", "wx_package_now": "now_total", "wx_least": "hard_limit"},
    private=("now_total", "other_total"),
    kinds=("do nothing", "wait", "other"),
    constants=(("Parts of the years make 100 %, within", VESTS_WHOLE, "0E+00"),),
    before_alternatives=package_value.write_packages,
    after_verdict=package_value.write_comparison,
    basis=candidate_questions.BASIS,
    parts=package_value.PARTS,
    worth=package_value.worth,
)
