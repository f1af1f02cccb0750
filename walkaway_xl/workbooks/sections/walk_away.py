"""The walk-away: how it is derived, what it was when it was set, and the verdict on the latest offer."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.blocks import Line, RowGrid
from walkaway_xl.sheets.cell_writing import Formula, reference
from walkaway_xl.sheets.table import Column, Table
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import Context, if_known


@dataclass(frozen=True)
class History:
    """References to the walk-aways that were set."""

    values: str
    dates: str
    reasons: str
    next_row: int


def batna_lines(context: Context, effective: str, ranks: str, descriptions: str) -> tuple[Line, ...]:
    """From the best alternative to what it is worth here; {advantage} and {walk_cost} are inputs."""
    best = f"INDEX({descriptions},MATCH(1,{ranks},0))"
    side = context.side
    counted = "less" if side.worse == "-" else "plus"
    return (
        Line(
            "batna",
            "Best alternative (BATNA)",
            f'IF(COUNT({effective})=0,"",{side.best}({effective}))',
            words=Formula(f'IF(COUNT({effective})=0,"Fill in the alternatives above.",{best})'),
        ),
        Line(
            "advantage_taken",
            f"{counted} what this deal is better by",
            f"{side.worse}{{advantage}}",
            words="A deal that brings more than the number says may cost you a little.",
            number_format=style.PRICE_DELTA,
        ),
        Line(
            "walk_cost_taken",
            f"{counted} the cost of walking away",
            f"{side.worse}{{walk_cost}}",
            words="Finding and settling the alternative takes time and money.",
            number_format=style.PRICE_DELTA,
        ),
        Line(
            "batna_floor",
            f"BATNA {side.limit}",
            if_known(("{batna}",), "{batna}+{advantage_taken}+{walk_cost_taken}"),
            "wx Output",
            words=f"{side.past.capitalize()} it, the alternative is better than this deal.",
        ),
    )


def limit_lines(context: Context, limit_word: str) -> tuple[Line, ...]:
    """The walk-away as the tighter of {batna_floor} and {hard_limit}, with buffer and gap of the offer."""
    lists = context.lists
    gap = excel_formula("WALKAWAY_GAP", context.side, offer="{offer}", walkaway="{walkaway}")
    span = context.side.better_by("{want}", "{walkaway}")
    binds = f'"The {limit_word} binds."'
    return (
        Line(
            "walkaway",
            "Walk-away",
            'IF(COUNT({batna_floor},{hard_limit})=0,"",'
            f"{context.side.best}({{batna_floor}},{{hard_limit}}))",
            "wx Output",
            words=Formula(
                if_known(
                    ("{walkaway}",),
                    f'IF({{walkaway}}={{batna_floor}},"Your best alternative binds.",{binds})',
                    '"Needs an alternative, or a limit of your own."',
                )
            ),
        ),
        Line(
            "span",
            "Want less walk-away",
            if_known(("{want}", "{walkaway}"), span, "0"),
            words="The room between what you want and the point where you leave.",
        ),
        Line(
            "buffer_applied",
            "Buffer",
            f"IF(COUNT({{buffer}})=1,{{buffer}},{lists.buffer_share}*ABS({{span}}))",
            words="An offer this close to the walk-away is TOO CLOSE.",
        ),
        Line(
            "gap",
            "Their offer less your walk-away",
            if_known(("{offer}", "{walkaway}"), gap),
            words="Positive is good for you. Exactly zero is still allowed.",
            number_format=style.PRICE_DELTA,
        ),
        Line(
            "score",
            "Way from walk-away to want",
            f'IF(COUNT({{gap}})*COUNT({{want}})=0,"",{{gap}}/MAX({lists.tolerance},ABS({{span}})))',
            "wx Calc %",
            "of the way",
            words="0 % is your walk-away, 100 % is what you want.",
            number_format=style.SHARE_WHOLE,
        ),
    )


def verdict_lines(context: Context) -> tuple[Line, ...]:
    """Thresholds the offer passes, then the verdicts in the order in which they count."""
    lists = context.lists
    beyond = f"{{gap}}>{{buffer_applied}}+{context.same('{offer}', '{walkaway}')}"
    status = f"INDEX({lists.statuses},1+{{in_limit}}+{{clear}}+{{at_want}}+{{at_wish}})"
    zero_one = "0 / 1"
    return (
        Line(
            "in_limit",
            "Offer is at the walk-away or better",
            context.reaches("{offer}", "{walkaway}"),
            unit=zero_one,
            words="Equal counts: at the walk-away you are indifferent.",
            number_format=style.WHOLE,
        ),
        Line(
            "at_wish",
            "Offer is at the wish or better",
            context.reaches("{offer}", "{wish}"),
            unit=zero_one,
            number_format=style.WHOLE,
        ),
        Line(
            "at_want",
            "Offer is at the want or better",
            f"MAX({{at_wish}},{context.reaches('{offer}', '{want}')})",
            unit=zero_one,
            number_format=style.WHOLE,
        ),
        Line(
            "clear",
            "Offer is clear of the buffer",
            f"MAX({{at_want}},IF(COUNT({{gap}})=0,0,--({beyond})))",
            unit=zero_one,
            words="What you want is never too close.",
            number_format=style.WHOLE,
        ),
        Line(
            "price_status",
            "Status of their offer",
            f"IF(COUNT({{gap}})=0,{style.READY.cell},{status})",
            "wx Calc text",
            words="Each threshold passed is one step up.",
        ),
        Line(
            "runs",
            Formula(style.RUN.cell),
            "--({run_flags}>0)",
            unit=zero_one,
            words="A red flag of severity RUN is present.",
            number_format=style.WHOLE,
        ),
        Line(
            "walks",
            Formula(style.WALK_AWAY.cell),
            "MAX(--({walk_flags}>0),IF(COUNT({gap})=0,0,1-{in_limit}))",
            unit=zero_one,
            words="A red flag says so, or the offer is worse than the walk-away.",
            number_format=style.WHOLE,
        ),
        Line(
            "gaps",
            Formula(style.NOT_READY.cell),
            f"MAX(--({{preparation_verdict}}<>{style.READY.cell}),--(COUNT({{walkaway}})*COUNT({{want}})=0))",
            unit=zero_one,
            words="Essential preparation is open, or walk-away or want is missing.",
            number_format=style.WHOLE,
        ),
        Line(
            "priced",
            Formula("{price_status}"),
            "1",
            unit=zero_one,
            words="The status of the offer counts when nothing above does.",
            number_format=style.WHOLE,
        ),
        Line(
            "verdict",
            "Verdict: the first that applies",
            "INDEX({labels},MATCH(1,{applies},0))",
            "wx Output text",
            words=Formula(lists.status(lists.meanings, "{verdict}")),
        ),
    )


def write_verdict(
    context: Context, sheet: Worksheet, top: int, grid: RowGrid, figures: Mapping[str, str]
) -> dict[str, str]:
    """Write the verdict rows; the verdicts that may apply stand one below the other."""
    lines = verdict_lines(context)
    keys = [line.key for line in lines]
    first, last = top + keys.index("runs"), top + keys.index("priced")
    spans = {
        "labels": reference(sheet, f"{grid.label}{first}:{grid.label}{last}"),
        "applies": reference(sheet, f"{grid.value}{first}:{grid.value}{last}"),
    }
    results = blocks.result_rows(sheet, top, lines, grid, {**figures, **spans})
    row = top + keys.index("verdict")
    blocks.tint_by_status(sheet, f"{grid.value}{row}", f"${grid.value}${row}")
    return results


HISTORY = Table(
    "history",
    (
        Column("by", "C:D", "Set by", inputs.TEXT, "Who set this walk-away."),
        Column("value", "E", "Walk-away", inputs.PRICE, "The walk-away as you set it that day."),
        Column(
            "reason",
            "G:L",
            "Reason",
            inputs.TEXT,
            "Why this number; for a later row, what changed since the one before.",
        ),
        Column(
            "on", "M", "Set on", inputs.DATE, "Before the first offer, for the first row.", look={"size": 10}
        ),
    ),
    rows=4,
)


def write_history(context: Context, sheet: Worksheet, row: int) -> History:
    """Write the table of walk-aways as they were set; the first row is from before the first offer."""
    table = HISTORY.write(context.draft, sheet, row)
    return History(table["value"], table["on"], table["reason"], table.next_row)
