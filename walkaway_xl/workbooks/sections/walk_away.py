"""The walk-away: how it is derived, what it was when it was set, and the verdict on the latest offer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.cell_writing import Formula, Value, reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Table
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import MACHINERY, Context, if_known


@dataclass(frozen=True)
class History:
    """References to the walk-aways that were set."""

    values: str
    dates: str
    reasons: str
    loosened: str
    """1 for each that is worse than the one before and set since their first offer."""
    warning: str
    """Formula: the last of them with its day and reason; blank if there is none."""
    next_row: int


def batna_lines(
    context: Context, effective: str, ranks: str, descriptions: str, *, worsts: str, has_cost: bool = True
) -> tuple[Line, ...]:
    """From the best alternative to what it is worth here; {advantage} and {walk_cost} are inputs."""
    place = f"MATCH(1,{ranks},0)"
    best = f"INDEX({descriptions},{place})"
    worst = f"INDEX({worsts},{place})+{{advantage_taken}}" + "+{walk_cost_taken}" * has_cost
    side = context.side
    counted = "less" if side.worse == "-" else "plus"
    cost = Line(
        "walk_cost_taken",
        f"{counted} the cost of walking away",
        f"{side.worse}{{walk_cost}}",
        words="Finding and settling the alternative takes time and money.",
        number_format=style.PRICE_DELTA,
    )
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
            words="Extra value justifies a slightly worse price.",
            number_format=style.PRICE_DELTA,
        ),
        *((cost,) if has_cost else ()),
        Line(
            "batna_floor",
            f"BATNA {side.limit}",
            if_known(("{batna}",), "{batna}+{advantage_taken}" + "+{walk_cost_taken}" * has_cost),
            "wx Output",
            words=f"{side.past.capitalize()} it, the alternative is better than this deal.",
        ),
        Line(
            "worst_floor",
            "The same, if that alternative ends at its worst",
            f'IFERROR({if_known((f"INDEX({worsts},{place})",), worst)},"")',
            words="An offer between the two beats its worst case, and not what it is worth.",
        ),
    )


def counted_lines(context: Context) -> tuple[Line, ...]:
    """What you hope for and the best case, where they are better than the walk-away and in order."""
    side = context.side

    def better(one: str, other: str) -> str:
        return f"{side.better_by(one, other)}>{context.same(one, other)}"

    wish, want, walkaway = "{wish}", "{want}", "{walkaway}"
    in_order = f"OR(COUNT({want})=0,{side.better_by(wish, want)}>=-{context.same(wish, want)})"
    return (
        Line(
            "want_counted",
            "Hope that counts",
            if_known((want, walkaway), f'IF({better(want, walkaway)},{want},"")'),
            words="A hope that is no better than the walk-away is left out.",
        ),
        Line(
            "wish_counted",
            "Best case that counts",
            if_known((wish, walkaway), f'IF(AND({better(wish, walkaway)},{in_order}),{wish},"")'),
            words="Better than the walk-away, and at least as good as what you hope for.",
        ),
    )


def limit_lines(context: Context, limit_word: str, *, has_buffer: bool = True) -> tuple[Line, ...]:
    """The walk-away as the tighter of {batna_floor} and {hard_limit}, with buffer and gap of the offer."""
    lists = context.lists
    gap = excel_formula("WALKAWAY_GAP", context.side, offer="{offer}", walkaway="{walkaway}")
    # What the best alternative is worth here stands in steps of its own above.
    tightest = excel_formula("WALKAWAY_PRICE", context.side, batna="{batna_floor}", hard_limit="{hard_limit}")
    span = context.side.better_by("{want_counted}", "{walkaway}")
    binds = f'"The {limit_word} binds."'
    usual = f"{lists.buffer_share}*ABS({{span}})"
    return (
        Line(
            "walkaway",
            "Walk-away",
            f'IF(COUNT({{batna_floor}},{{hard_limit}})=0,"",{tightest})',
            "wx Output",
            words=Formula(
                if_known(
                    ("{walkaway}",),
                    f'IF({{walkaway}}={{batna_floor}},"Your best alternative binds.",{binds})',
                    '"Needs an alternative, or a limit of your own."',
                )
            ),
        ),
        *counted_lines(context),
        Line(
            "span",
            "Room to negotiate",
            if_known(("{want_counted}", "{walkaway}"), span, "0"),
            words="From the point where you leave to what you hope for.",
        ),
        Line(
            "buffer_applied",
            "Buffer",
            f"IF(COUNT({{buffer}})=1,{{buffer}},{usual})" if has_buffer else usual,
            words="An offer this close to the walk-away is TOO CLOSE.",
        ),
        Line(
            "gap",
            "Their offer less your walk-away",
            if_known(("{offer}", "{walkaway}"), gap),
            words="Positive is good for you. Zero is acceptable.",
            number_format=style.PRICE_DELTA,
        ),
        Line(
            "score",
            "Progress to target",
            f'IF(COUNT({{gap}})*COUNT({{want_counted}})=0,"",{{gap}}/MAX({lists.tolerance},ABS({{span}})))',
            "wx Calc %",
            "of the way",
            words="0 % is your walk-away, 100 % is what you hope for.",
            number_format=style.SHARE_WHOLE,
        ),
    )


def verdict_lines(context: Context) -> tuple[Line, ...]:
    """Thresholds the offer passes, then what may decide, in the order in which it counts."""
    lists = context.lists
    beyond = f"{{gap}}>{{buffer_applied}}+{context.same('{offer}', '{walkaway}')}"
    level = "{in_limit}*(1+{clear}+{at_want}+{at_wish})"
    status = f"INDEX({lists.statuses},1+{level})"
    unknown = f"CHOOSE(1+COUNT({{walkaway}}),{style.NOT_READY.cell},{style.NO_OFFER.cell})"
    zero_one = "0 / 1"

    def whole(key: str, label: Value, formula: str, words: Value = "") -> Line:
        return Line(key, label, formula, unit=zero_one, words=words, number_format=style.WHOLE)

    def leave(key: str, test: str, words: str) -> Line:
        return whole(key, Formula(style.WALK_AWAY.cell), f"--({test})", Formula(words))

    return (
        whole(
            "in_limit",
            "Offer is at the walk-away or better",
            context.reaches("{offer}", "{walkaway}"),
            "Equal counts: at the walk-away you are indifferent.",
        ),
        whole("at_wish", "Offer is at the best case or better", context.reaches("{offer}", "{wish_counted}")),
        whole(
            "at_want",
            "Offer is at what you hope for or better",
            f"MAX({{at_wish}},{context.reaches('{offer}', '{want_counted}')})",
        ),
        whole(
            "clear",
            "Offer is clear of the buffer",
            f"MAX({{at_want}},IF(COUNT({{gap}})=0,0,--({beyond})))",
            "What you hope for is never too close.",
        ),
        Line(
            "price_status",
            "Status of their offer",
            f"IF(COUNT({{gap}})=0,{unknown},{status})",
            "wx Calc text",
            words="Each threshold passed is one step up.",
        ),
        whole(
            "runs", Formula(style.RUN.cell), "--({run_flags}>0)", Formula('"◆  Red flag: "&{run_flag}&"."')
        ),
        leave("flagged", "{walk_flags}>0", '"◆  Red flag: "&{walk_flag}&"."'),
        leave(
            "relationship",
            "{gate_1_failed}",
            '"◆  The relationship comes first: you gave it "&{gate_1_score}&", and need "&{gate_1_least}&"."',
        ),
        leave(
            "risk",
            "{gate_2_failed}",
            '"◆  The risk is too high: you gave it "&{gate_2_score}&", and need "&{gate_2_least}&"."',
        ),
        leave(
            "red_line", "{broken_lines}>0", '"◆  Their offer breaks "&{broken_lines}&" of your red lines."'
        ),
        leave(
            "worthless",
            "{gate_3_failed}",
            '"◆  The deal brings too little: you gave it "&{gate_3_score}&", and need "&{gate_3_least}&"."',
        ),
        whole("priced", Formula("{price_status}"), "1", Formula("{price_reason}")),
        Line(
            "verdict",
            "Verdict: the first that applies",
            "INDEX({labels},MATCH(1,{applies},0))",
            "wx Output text",
            words=Formula(lists.status(lists.meanings, "{verdict}")),
        ),
    )


def write_verdict(context: Context, figures: Mapping[str, str]) -> dict[str, str]:
    """Work the verdict out on the last sheet; the verdicts that may apply stand one below the other."""
    lines, grid, sheet = verdict_lines(context), MACHINERY, context.data.sheet
    keys = [line.key for line in lines]
    top = context.data.row + 1 + 1  # below a gap and the title
    first, last = top + keys.index("runs"), top + keys.index("priced")
    spans = {
        "labels": reference(sheet, f"{grid.label}{first}:{grid.label}{last}"),
        "applies": reference(sheet, f"{grid.value}{first}:{grid.value}{last}"),
        "reasons": reference(sheet, f"{grid.words}{first}:{grid.words}{last}"),
    }
    results = context.worked_out("Verdict on their latest offer", lines, {**figures, **spans})
    results["reason"] = f"INDEX({spans['reasons']},MATCH(1,{spans['applies']},0))"
    results["decided"] = f"SUM({Ref(spans['applies']).without(last=1)})"
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
    lines=2,
)


def write_history(context: Context, sheet: Worksheet, row: int, first_offer: str) -> History:
    """Write the table of walk-aways as they were set; the first row is from before the first offer."""
    columns = [column for column in HISTORY.columns if column.key != "by" or not context.is_alone]
    table = replace(HISTORY, columns=columns).write(context.draft, sheet, row)
    area, lists = context.data, context.lists
    area.title("Walk-aways loosened since the first offer")
    area.columns("Day and reason", "Loosened")
    top = area.row
    for number in range(1, HISTORY.rows):
        value, day, reason = (table[key].nth(number) for key in ("value", "on", "reason"))
        before = table["value"].nth(number - 1)
        worse = f"{context.side.better_by(value, before)}<-{context.same(value, before)}"
        date = f'DAY({day})&" "&INDEX({lists.months},MONTH({day}))&": "&{reason}'
        area.write(
            Formula(if_known((day,), date)),
            Formula(if_known((value, before, day, first_offer), f"--AND({day}>={first_offer},{worse})", "0")),
            number_format=style.WHOLE,
        )
    texts, flags = (area.reference(f"{column}{top}:{column}{area.row - 1}") for column in "BC")
    warning = f'IFERROR("▲  walk-away loosened on "&INDEX({texts},MATCH(1,{flags},0)),"")'
    return History(table["value"], table["on"], table["reason"], flags, warning, table.next_row)
