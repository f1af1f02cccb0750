"""Readiness and red flags: what must be done before the talks, and what ends them."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.blocks import Line, RowGrid
from walkaway_xl.sheets.cell_writing import Formula, Value, put, reference
from walkaway_xl.sheets.table import Column, Row, Table
from walkaway_xl.workbooks.sections.context import Context, if_known

GRID = RowGrid(label="B", value="C", unit="D", words="E", words_end="F", dated="G")
SPAN = ("B", "G")
WHOLE = {"number_format": style.WHOLE}
YES_NO = '"yes,no"'
TICKED = "Ticked by the workbook."
STATE = inputs.choice('"done,partial,open,n/a"', "done, partial, open, or n/a.")
ESSENTIAL = inputs.choice(YES_NO, "An essential item must be done.")
PRESENT = inputs.choice(YES_NO, "yes or no.")


@dataclass(frozen=True)
class Item:
    """Something to prepare; the workbook ticks it itself if `test`, a formula, gives 1."""

    text: str
    weight: int
    essential: bool
    test: str | None = None


@dataclass(frozen=True)
class Flag:
    """Something that ought to make you stop, with how bad it is."""

    text: str
    severity: str


@dataclass(frozen=True)
class Checklist:
    """References to what the verdict needs."""

    score: str
    open_essentials: str
    verdict: str
    items: str
    """The whole list: what, state, weight, essential, evidence."""
    next_row: int


@dataclass(frozen=True)
class Flags:
    """References to the red flags that are present."""

    listed: str
    """The whole list: what, present, severity, what was seen."""
    runs: str
    walks: str
    cautions: str
    first_run: str
    """Formula for the first RUN flag that is present, in words."""
    first_walk: str
    next_row: int


def write_items(context: Context, sheet: Worksheet, top: int, items: Sequence[Item]) -> Checklist:
    """Write the items and the score; what the workbook can see is ticked by the workbook."""
    lists = context.lists
    heads = {
        "B": "Preparation",
        "C": "Status",
        "D": "Weight",
        "E": "Essential",
        "F": "Evidence or gap",
        "G": "Points",
    }
    blocks.table_head(sheet, top, heads, numbers="DG")
    first, last = top + 1, top + len(items)
    for row, item in enumerate(items, first):
        sheet.row_dimensions[row].height = 21
        put(sheet, f"B{row}", item.text, "wx Label")
        if item.test:
            put(sheet, f"C{row}", Formula(f'IF({item.test}=1,"done","open")'), "wx Calc text")
            put(sheet, f"F{row}", TICKED, "wx Words")
        else:
            put(sheet, f"C{row}", "open", "wx Input text")
            inputs.validate(sheet, f"C{row}", STATE, "Status")
            put(sheet, f"F{row}", None, "wx Input text")
            inputs.validate(
                sheet, f"F{row}", inputs.TEXT, "Evidence or gap", "Where it is, or what is missing."
            )
        put(sheet, f"D{row}", item.weight, "wx Input", number_format=style.WHOLE)
        put(sheet, f"E{row}", "yes" if item.essential else "no", "wx Input text")
        points = f"D{row}*SUMIF({lists.preparation_words},C{row},{lists.preparation_values})"
        put(sheet, f"G{row}", Formula(points), "wx Calc", number_format=style.ONE_DECIMAL)
        own = (
            {} if item.test else {"state": ("C", STATE, item.text), "evidence": ("F", inputs.TEXT, item.text)}
        )
        counts = {"weight": ("D", inputs.WEIGHT, item.text), "essential": ("E", ESSENTIAL, item.text)}
        for key, (column, kind, label) in {**own, **counts}.items():
            context.draft.take(
                f"preparation.{row - top}.{key}", reference(sheet, f"{column}{row}"), kind, label
            )
    inputs.validate(sheet, f"D{first}:D{last}", inputs.WEIGHT, "Weight", "How much it counts: 1, 2 or 3.")
    inputs.validate(sheet, f"E{first}:E{last}", ESSENTIAL, "Essential")
    blocks.tint_when(
        sheet,
        f"C{first}:C{last}",
        f'AND($E{first}="yes",$C{first}="open")',
        style.NOT_READY.tint,
        style.INK,
        True,
    )
    states, weights, musts = (f"${column}${first}:${column}${last}" for column in "CDE")
    lines = (
        Line(
            "score",
            "Preparation score",
            f'SUM($G${first}:$G${last})/MAX(1,SUM({weights})-SUMIF({states},"n/a",{weights}))',
            "wx Output %",
            number_format=style.SHARE_WHOLE,
            words="Points reached, of the points that apply.",
        ),
        Line(
            "open",
            "Essential items open",
            f'COUNTIF({musts},"yes")-COUNTIFS({musts},"yes",{states},"done")'
            f'-COUNTIFS({musts},"yes",{states},"n/a")',
            number_format=style.WHOLE,
        ),
        Line(
            "verdict",
            "Preparation",
            f'IF(AND({{score}}>={lists.ready_from}-{lists.tolerance},{{open}}=0),"READY","NOT READY")',
            "wx Output text",
            words=Formula(
                f'"READY from "&FIXED(100*{lists.ready_from},0)&" %, with no essential item open."'
            ),
        ),
    )
    figures = blocks.result_rows(sheet, last + 1, lines, GRID)
    listed = reference(sheet, f"B{first}:F{last}")
    return Checklist(figures["score"], figures["open"], figures["verdict"], listed, last + 1 + len(lines))


def write_flags(context: Context, sheet: Worksheet, top: int, flags: Sequence[Flag]) -> Flags:
    """Write the red flags with their severity, and count those that are present."""
    heads = {"B": "Red flag", "C": "Present", "D": "Severity", "E": "What you saw"}
    blocks.table_head(sheet, top, heads, span=("B", "G"))
    first, last = top + 1, top + len(flags)
    for row, flag in enumerate(flags, first):
        sheet.row_dimensions[row].height = 21
        blocks.band(sheet, "B", "G", row, "wx Label")
        put(sheet, f"B{row}", flag.text, "wx Label")
        put(sheet, f"C{row}", "no", "wx Input text")
        put(sheet, f"D{row}", flag.severity, "wx Input text")
        blocks.text_input(sheet, "E", "G", row, "What you saw", "What happened, and when. Facts only.")
    inputs.validate(sheet, f"C{first}:C{last}", PRESENT, "Present")
    severities = inputs.choice(context.lists.severities, "CAUTION, WALK AWAY, or RUN for bad faith.")
    inputs.validate(sheet, f"D{first}:D{last}", severities, "Severity")
    for number, flag in enumerate(flags, 1):
        asked = {
            "present": ("C", PRESENT, flag.text),
            "severity": ("D", severities, flag.text),
            "seen": ("E", inputs.TEXT, flag.text),
        }
        for key, (column, kind, label) in asked.items():
            context.draft.take(
                f"flags.{number}.{key}", reference(sheet, f"{column}{top + number}"), kind, label
            )
    present = f'AND($C{first}="yes",$D{first}="{{}}")'
    for status in (style.RUN, style.WALK_AWAY):
        blocks.tint_when(
            sheet, f"B{first}:D{last}", present.format(status.word), status.tint, status.ink, True
        )
    blocks.tint_when(sheet, f"B{first}:D{last}", f'$C{first}="yes"', style.TOO_CLOSE.tint, style.INK, True)
    answers, severity = (f"${column}${first}:${column}${last}" for column in "CD")
    lines = tuple(
        Line(
            key,
            label,
            f'COUNTIFS({answers},"yes",{severity},"{word}")',
            number_format=style.WHOLE,
            words=words,
        )
        for key, label, word, words in (
            ("runs", "RUN flags present", "RUN", "One is enough: leave, and leave no door open."),
            ("walks", "WALK AWAY flags present", "WALK AWAY", "One is enough, whatever they offer."),
            ("cautions", "CAUTION flags present", "CAUTION", "Slow down. Take a break and talk it over."),
        )
    )
    figures = blocks.result_rows(sheet, last + 1, lines, GRID)
    listed = reference(sheet, f"B{first}:E{last}")
    first_run, first_walk = _first_present(context, sheet, first, last)
    return Flags(
        listed,
        figures["runs"],
        figures["walks"],
        figures["cautions"],
        first_run,
        first_walk,
        last + 1 + len(lines),
    )


def _first_present(context: Context, sheet: Worksheet, first: int, last: int) -> list[str]:
    """Formulas for the first flag of each severity that ends the talks."""
    area = context.data
    area.title("Red flags present")
    area.columns("Flag", style.RUN.word, style.WALK_AWAY.word)
    top = area.row
    for row in range(first, last + 1):
        text, present, severity = (reference(sheet, f"{column}{row}") for column in "BCD")
        tests = (
            Formula(f'--AND({present}="yes",{severity}="{status.word}")')
            for status in (style.RUN, style.WALK_AWAY)
        )
        area.write(Formula(text), *tests, number_format=style.WHOLE)
    texts = area.reference(f"B{top}:B{area.row - 1}")
    return [
        f'IFERROR(INDEX({texts},MATCH(1,{area.reference(f"{column}{top}:{column}{area.row - 1}")},0)),"")'
        for column in "CD"
    ]


@dataclass(frozen=True)
class Gate:
    """One gate of relationship, risk and value, and the least score you need."""

    text: str
    least: int = 5


def _passed(row: Row) -> str:
    stopped = "0"
    if row.number:
        above = f"{row.top('result')}:{row.above('result')}"
        stopped = f'(SUMPRODUCT(--(LEFT({above},1)="✖"))>0)'
    result = f'IF({row["score"]}>={row["least"]},"✔  passes","✖  stop here")'
    return f'CHOOSE(1+(COUNT({row["score"]})>0)*(1+{stopped}),"",{result},"–  not reached")'


def write_gates(
    context: Context, sheet: Worksheet, row: int, gates: Sequence[Gate]
) -> tuple[int, dict[str, str]]:
    """Write the gates in their order: a failed one cannot be made up for by a later one.

    Returns the next row, and by gate and key its score, the least it needs, and whether it fails.
    """
    score = ("Score", "0 is terrible, 10 could not be better.")

    def column(key: str, place: str, head: str, label: str, words: Sequence[Value] = ()) -> Column:
        title, prompt = score
        return Column(key, place, head, inputs.WHOLE, prompt, title, label, None, words, "wx Input", WHOLE)

    table = Table(
        "gates",
        (
            Column("", "B", "Gate, in this order", words=[gate.text for gate in gates]),
            column("score", "C", "Your score, 0–10", "Your score"),
            column("least", "D", "At least", "At least", [gate.least for gate in gates]),
            Column("result", "E", "Result", formula=_passed, style_name="wx Status"),
        ),
        len(gates),
        SPAN,
        numbered=False,
    ).write(context.draft, sheet, row)
    failed = f'LEFT($E{table.first},1)="✖"'
    blocks.tint_when(sheet, f"E{table.first}:G{table.last}", failed, style.WALK_AWAY.tint, style.INK)
    figures: dict[str, str] = {}
    for number in range(len(gates)):
        gate = f"gate_{number + 1}_"
        figures |= {gate + key: table[key].nth(number) for key in ("score", "least")}
        figures[gate + "failed"] = f'LEFT({table["result"].nth(number)},1)="✖"'
    return table.next_row, figures


@dataclass(frozen=True)
class Signal:
    """A mark for a sign that the team agrees on, with what it asks for."""

    mark: str
    meaning: str


def write_signals(context: Context, sheet: Worksheet, row: int, signals: Sequence[Signal]) -> int:
    """Write roles and signals of the team; only the bare marks appear on the table card."""
    gesture = "A gesture or phrase nobody else would notice."
    table = Table(
        "signals",
        (
            Column("sign", "B", "Sign the team has agreed on", inputs.TEXT, gesture, "Sign"),
            Column("", "C", "Mark", words=[signal.mark for signal in signals]),
            Column("", "D", "What it asks for", words=[signal.meaning for signal in signals]),
            Column("who", "F:G", "Who may use it", inputs.TEXT, "Names of the people at the table."),
        ),
        len(signals),
        SPAN,
        numbered=False,
    )
    return table.write(context.draft, sheet, row).next_row


def _order(row: Row) -> str:
    cost, chance = row.whole("cost"), row.whole("chance_of_no")
    cheaper = f"{cost}*${row['chance_of_no']}<${row['cost']}*{chance}"
    order = f'1+SUMPRODUCT(({cost}<>"")*({cheaper}))'
    return if_known((row["cost"], row["chance_of_no"]), order)


def write_inquiries(context: Context, sheet: Worksheet, row: int, count: int) -> int:
    """Write room for so many questions; cheap ones that are likely to end the deal come first."""
    table = Table(
        "inquiries",
        (
            Column("question", "B", "Find out early", inputs.TEXT, title="Question"),
            Column("cost", "C", "Cost to find out", inputs.COST, look={"number_format": style.MONEY}),
            Column(
                "chance_of_no",
                "D",
                "Chance it ends the deal",
                inputs.CHANCE,
                look={"number_format": style.SHARE_WHOLE},
            ),
            Column("", "E", "Ask as number", formula=_order, look=WHOLE),
            Column("answer", "F:G", "Answer", inputs.TEXT, "What you found out."),
        ),
        count,
        SPAN,
        numbered=False,
        head_height=34,
    ).write(context.draft, sheet, row)
    blocks.note(
        sheet,
        f"B{table.next_row}",
        "In the order of cost ÷ chance: the cheapest way to learn that there is no deal.",
    )
    return table.next_row + 1
