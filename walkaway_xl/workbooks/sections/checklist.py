"""Readiness and red flags: what must be done before the talks, and what ends them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.blocks import Line, RowGrid
from walkaway_xl.sheets.cell_writing import Formula, Value, reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Placed, Row, Table
from walkaway_xl.sheets.word_list import ANSWERS, YES
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.lists import EVIDENCE, SEVERITIES, STATES

GRID = RowGrid(label="B", value="E", unit="F", words="G", words_end="L", dated="M")
SPAN = ("B", "M")
WHOLE = {"number_format": style.WHOLE}
STATE = inputs.choice(STATES.column, "done, partial, open, or n/a.")
ESSENTIAL = inputs.choice(ANSWERS.column, "An essential item must be done.")
PRESENT = inputs.choice(ANSWERS.column, "yes or no.")
SEVERITY = inputs.choice(SEVERITIES.column, "CAUTION, WALK AWAY, or RUN for bad faith.")
TICKED = EVIDENCE.words[0]
DONE, OPEN, NOT_APPLICABLE = (STATES[word] for word in ("done", "open", "n/a"))
CAUTION = SEVERITIES["CAUTION"]


@dataclass(frozen=True)
class Item:
    """Something to prepare; the workbook ticks it itself if `test`, a formula, gives 1."""

    text: str
    weight: int
    essential: bool
    test: str = ""

    def at(self, figures: Mapping[str, str]) -> "Item":
        """With references for the {names} of figures."""
        return replace(self, test=self.test.format_map(figures))


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
    texts: Ref
    severities: Ref
    runs: str
    walks: str
    first_run: str
    """Formula for the first RUN flag that is present, in words."""
    first_walk: str
    next_row: int


FIXED = ("weight", "essential", "severity", "least")
"""What somebody who prepares alone is not asked."""


def _asked(
    context: Context, columns: Sequence[Column], fixed: Sequence[str], left_out: Sequence[str]
) -> list[Column]:
    """The columns of a table; for somebody alone some of them say what they say, or are left out."""
    if not context.is_alone:
        return list(columns)
    return [
        replace(column, kind=None, style_name="wx Unit") if column.key in fixed else column
        for column in columns
        if column.key not in left_out
    ]


def _items(context: Context, items: Sequence[Item]) -> Table:
    """What the workbook can see is ticked by the workbook; the rest is typed."""
    lists, texts = context.lists, [item.text for item in items]
    ticked = [number for number, item in enumerate(items) if item.test]
    typed = [number for number in range(len(items)) if number not in ticked]

    def tick(row: Row) -> str:
        return f"IF({items[row.number].test}=1,{DONE},{OPEN})"

    def points(row: Row) -> str:
        value = f"SUMIF({lists.preparation_words},{row['state']},{lists.preparation_values})"
        return f"{row['weight']}*{value}"

    essential = ["yes" if item.essential else "no" for item in items]
    columns = (
        Column("item", "B", "Preparation", words=texts),
        Column("state", "E", "Status", STATE, label=texts, words=["open"] * len(items), only=typed),
        Column("", "E", formula=tick, style_name="wx Calc text", only=ticked),
        Column(
            "evidence",
            "H:L",
            "Evidence or gap",
            inputs.TEXT,
            "Where it is, or what is missing.",
            label=texts,
            only=typed,
        ),
        Column("", "H", words=[Formula(EVIDENCE[TICKED])] * len(items), style_name="wx Words", only=ticked),
        Column(
            "weight",
            "F",
            "Weight",
            inputs.WEIGHT,
            "How much it counts: 1, 2 or 3.",
            label=texts,
            words=[item.weight for item in items],
            look=WHOLE,
        ),
        Column("essential", "G", "Essential", ESSENTIAL, label=texts, words=essential),
        Column("points", "M", "Points", formula=points, look={"number_format": style.ONE_DECIMAL}),
    )
    return Table(
        "preparation", _asked(context, columns, FIXED, ("evidence",)), len(items), None, numbered=False
    )


def write_items(context: Context, sheet: Worksheet, top: int, items: Sequence[Item]) -> Checklist:
    """Write the items and the score."""
    lists = context.lists
    table = _items(context, items).write(context.draft, sheet, top)
    states, weights, musts, points = (
        table[key].absolute for key in ("state", "weight", "essential", "points")
    )
    blocks.tint_when(
        sheet,
        table["state"].cells,
        f"AND($G{table.first}={YES},$E{table.first}={OPEN})",
        style.NOT_READY.tint,
        style.INK,
        True,
    )
    lines = (
        Line(
            "score",
            "Preparation score",
            f"SUM({points})/MAX(1,SUM({weights})-SUMIF({states},{NOT_APPLICABLE},{weights}))",
            "wx Output %",
            number_format=style.SHARE_WHOLE,
            words="Points reached, of the points that apply.",
        ),
        Line(
            "open",
            "Essential items open",
            f"COUNTIF({musts},{YES})-COUNTIFS({musts},{YES},{states},{DONE})"
            f"-COUNTIFS({musts},{YES},{states},{NOT_APPLICABLE})",
            number_format=style.WHOLE,
        ),
        Line(
            "verdict",
            "Preparation",
            f"IF(AND({{score}}>={lists.ready_from}-{lists.tolerance},{{open}}=0),"
            f"{style.READY.cell},{style.NOT_READY.cell})",
            "wx Output text",
            words=Formula(
                f'"READY from "&FIXED(100*{lists.ready_from},0)&" %, with no essential item open."'
            ),
        ),
    )
    figures = blocks.result_rows(sheet, table.next_row, lines, GRID)
    listed = reference(sheet, f"B{table.first}:H{table.last}")
    next_row = table.next_row + len(lines)
    return Checklist(figures["score"], figures["open"], figures["verdict"], listed, next_row)


def _flags(context: Context, flags: Sequence[Flag]) -> Table:
    texts = [flag.text for flag in flags]
    columns = (
        Column("flag", "B", "Red flag", words=texts),
        Column("present", "E", "Present", PRESENT, label=texts, words=["no"] * len(flags)),
        Column(
            "severity",
            "F",
            "Severity",
            SEVERITY,
            label=texts,
            words=[flag.severity for flag in flags],
        ),
        Column(
            "seen",
            "G:M",
            "What you saw",
            inputs.TEXT,
            "What happened, and when. Facts only.",
            label=texts,
        ),
    )
    return Table("flags", _asked(context, columns, FIXED, ("seen",)), len(flags), SPAN, numbered=False)


def write_flags(context: Context, sheet: Worksheet, top: int, flags: Sequence[Flag]) -> Flags:
    """Write the red flags with their severity, and count those that are present."""
    table = _flags(context, flags).write(context.draft, sheet, top)
    whole = table.between("flag", "severity").cells
    for status in (style.RUN, style.WALK_AWAY):
        is_present = f"AND($E{table.first}={YES},$F{table.first}={SEVERITIES[status.word]})"
        blocks.tint_when(sheet, whole, is_present, status.tint, status.ink, True)
    blocks.tint_when(sheet, whole, f"$E{table.first}={YES}", style.TOO_CLOSE.tint, style.INK, True)
    answers, severity = table["present"].absolute, table["severity"].absolute
    lines = tuple(
        Line(
            key,
            label,
            f"COUNTIFS({answers},{YES},{severity},{SEVERITIES[word]})",
            number_format=style.WHOLE,
            words=words,
        )
        for key, label, word, words in (
            ("runs", "RUN flags present", "RUN", "One is enough: leave, and leave no door open."),
            ("walks", "WALK AWAY flags present", "WALK AWAY", "One is enough, whatever they offer."),
            ("cautions", "CAUTION flags present", "CAUTION", "Slow down. Take a break and talk it over."),
        )
    )
    figures = blocks.result_rows(sheet, table.next_row, lines, GRID)
    listed = reference(sheet, f"B{table.first}:G{table.last}")
    next_row = table.next_row + len(lines)
    first_run, first_walk = _first_present(context, table)
    counts = (figures["runs"], figures["walks"])
    return Flags(listed, table["flag"], table["severity"], *counts, first_run, first_walk, next_row)


def _first_present(context: Context, table: Placed) -> list[str]:
    """Formulas for the first flag of each severity that ends the talks."""
    area, severities = context.data, (style.RUN.word, style.WALK_AWAY.word)
    area.title("Red flags present")
    area.columns("Flag", *severities)
    top = area.row
    for number in range(table.last - table.first + 1):
        text, present, severity = (table[key].nth(number) for key in ("flag", "present", "severity"))
        tests = (Formula(f"--AND({present}={YES},{severity}={SEVERITIES[word]})") for word in severities)
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


def common_gates(value: str) -> tuple[Gate, ...]:
    """The gates of people who work together afterwards; only that of value differs."""
    return (
        Gate("Relationship: can we work with these people?"),
        Gate("Risk: can we live with what may go wrong?"),
        Gate(value),
    )


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

    texts = [gate.text for gate in gates]

    def column(key: str, place: str, head: str, words: Sequence[Value] = ()) -> Column:
        title, prompt = score
        return Column(key, place, head, inputs.WHOLE, prompt, title, texts, None, words, "wx Input", WHOLE)

    columns = (
        Column("", "B", "Gate, in this order", words=texts),
        column("score", "E", "Your score, 0–10"),
        column("least", "F", "At least", [gate.least for gate in gates]),
        Column("result", "G", "Result", formula=_passed, style_name="wx Status"),
    )
    asked = _asked(context, columns, FIXED, ())
    table = Table("gates", asked, len(gates), SPAN, numbered=False).write(context.draft, sheet, row)
    failed = f'LEFT($G{table.first},1)="✖"'
    blocks.tint_when(sheet, f"G{table.first}:M{table.last}", failed, style.WALK_AWAY.tint, style.INK)
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


TEAM_SIGNALS = (
    Signal("●", "Pause: stop talking and let them speak"),
    Signal("◆", "Break: talk outside the room"),
    Signal("▲", "Do not answer that question"),
    Signal("▼", "Back in line: stop, and let me speak for us"),
    Signal("■", "We leave: thank them and stand up"),
)


def write_signals(context: Context, sheet: Worksheet, row: int, signals: Sequence[Signal]) -> Placed:
    """Write roles and signals of the team."""
    gesture, people = "A gesture or phrase nobody else would notice.", "Names of the people at the table."
    meanings = [signal.meaning for signal in signals]
    columns = (
        Column("sign", "B:D", "Sign the team has agreed on", inputs.TEXT, gesture, "Sign", meanings),
        Column("", "E", "Mark", words=[signal.mark for signal in signals]),
        Column("meaning", "F", "What it asks for", words=meanings),
        Column("who", "I:M", "Who may use it", inputs.TEXT, people, label=meanings),
    )
    asked = _asked(context, columns, (), ("who",))
    return Table("signals", asked, len(signals), SPAN, numbered=False, lines=2).write(
        context.draft, sheet, row
    )


def _order(row: Row) -> str:
    cost, chance = row.whole("cost"), row.whole("chance_of_no")
    cheaper = f"{cost}*${row['chance_of_no']}<${row['cost']}*{chance}"
    order = f'1+SUMPRODUCT(({cost}<>"")*({cheaper}))'
    return if_known((row["cost"], row["chance_of_no"]), order)


def write_inquiries(context: Context, sheet: Worksheet, row: int, count: int) -> Placed:
    """Write room for so many questions; cheap ones that are likely to end the deal come first."""
    columns = (
        Column("question", "B:D", "Find out early", inputs.TEXT, title="Question"),
        Column("cost", "E", "Cost to find out", inputs.COST, look={"number_format": style.MONEY}),
        Column(
            "chance_of_no",
            "F",
            "Chance it ends the deal",
            inputs.CHANCE,
            look={"number_format": style.SHARE_WHOLE},
        ),
        Column("order", "G", "Ask in this order", formula=_order, look=WHOLE),
        Column("answer", "H:M", "Answer", inputs.TEXT, "What you found out."),
    )
    asked = _asked(context, columns, (), ("answer",) if context.is_lean else ())
    table = Table("inquiries", asked, count, SPAN, numbered=False, head_height=34, lines=2).write(
        context.draft, sheet, row
    )
    blocks.note(
        sheet,
        f"B{table.next_row}",
        "In the order of cost ÷ chance: the cheapest way to learn that there is no deal.",
    )
    return table
