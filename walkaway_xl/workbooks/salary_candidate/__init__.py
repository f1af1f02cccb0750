"""The workbook of a candidate who negotiates pay."""

from walkaway_xl.core.compensation import VESTS_WHOLE
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks.function_formulas import addin_formula
from walkaway_xl.workbooks.price_book import assembly, shared_checks
from walkaway_xl.workbooks.price_book.book import PriceBook
from walkaway_xl.workbooks.salary_candidate import candidate_questions, package_value
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sides import CANDIDATE


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


CHECKS = (
    shared_checks.unjudged("Log the base pay on Talks too: without it a package has no worth."),
    Check(
        "Equity that does not make 100 % over the years",
        "{vest_sums}",
        shared_checks.NONE,
        "The parts of the years belong to one grant: together they make 100 %.",
    ),
    Check(
        "A signing bonus without its claw-back",
        "(N({this_signing})>0)*(COUNT({this_clawback})=0)",
        shared_checks.NONE,
        "Ask when the bonus is yours to keep, and note the months; 0 if at once.",
    ),
    Check(
        "Market range: low ≤ high",
        shared_checks.less("{market_high}", "{market_low}"),
        shared_checks.OR_NOT_YET,
        "Put the two numbers of the survey in order.",
    ),
    package_value.RUNWAY_CHECK,
)


AT_LEAST_ONE = "MAX(1,N({this_years_in}))"  # a blank counts as one on the sheet, as four in the function
REGISTER = (
    Entry(
        "This offer on top of base pay",
        "{this_extras}",
        "COMP_TOTAL",
        "Benefits + (signing bonus + equity × (1 − doubt)) ÷ years",
        "nominal, vesting even",
        addin_formula=addin_formula(
            "COMP_TOTAL",
            "0",
            "0",
            "{this_signing}",
            "{this_equity_in}",
            AT_LEAST_ONE,
            "",
            "{this_benefits_in}",
            "{this_haircut_in}",
        ),
    ),
    Entry(
        "Base that equals the other offer",
        "{match_other}",
        "COMP_MATCH",
        "(Total of the other − what comes beside the base) ÷ (1 + bonus paid)",
        "this workbook",
    ),
    Entry(
        "Months you can hold out",
        "{runway}",
        "WALKAWAY_RUNWAY",
        "Savings ÷ (need − income)",
        "burn rate",
        addin_formula=addin_formula("WALKAWAY_RUNWAY", "{liquid}", "{need}", "{income}"),
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
    limit_known="The least you can accept is set",
    items=candidate_questions.ITEMS,
    flags=candidate_questions.FLAGS,
    gates=candidate_questions.GATES,
    own_kinds=("other employer", "work for yourself"),
    signals=candidate_questions.SIGNALS,
    checks=CHECKS,
    register=REGISTER,
    names={"wx_package": "this_total", "wx_package_now": "now_total", "wx_least": "hard_limit"},
    private=("now_total", "other_total"),
    is_alone=True,
    unit="year",
    kinds=("do nothing", "wait", "other employer"),
    note=package_value.note,
    warning=package_value.warning,
    constants=(("Parts of the years make 100 %, within", VESTS_WHOLE, "0E+00"),),
    before_alternatives=package_value.write_packages,
    after_verdict=package_value.write_comparison,
    basis=candidate_questions.BASIS,
    parts=package_value.PARTS,
    worth=package_value.worth,
)
