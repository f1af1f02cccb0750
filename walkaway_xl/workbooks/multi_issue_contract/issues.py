"""The issues: what each is worth to both sides, where the red lines are, and what their offer scores."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core import kinds
from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Placed, Row, Table
from walkaway_xl.sheets.word_list import ANSWERS, YES
from walkaway_xl.workbooks.price_book.book import Figures
from walkaway_xl.workbooks.sections import alternatives
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.offer_log import Part, Parts

ROWS = 8
ANY = inputs.measured("wx Input", kinds.NUMBER, number_format="#,##0.##")
YES_NO = inputs.choice(ANSWERS.column, "yes: this limit may never be broken.")
BREAKS = "✖  broken"
PARTS = tuple(
    Part(f"issue_{number}", f"Issue {number}", ANY, "What is offered on this issue.", ANY.number_format)
    for number in range(1, ROWS + 1)
)
TYPED = (
    Column("issue", "C:D", "Issue and unit", inputs.TEXT, "What is agreed, and in which unit."),
    Column("worst", "E", "Worst", ANY, "The worst that could be agreed."),
    Column("best", "F", "Best", ANY, "The best that could be agreed."),
    Column("points", "G", "Points", inputs.WEIGHT, "How much the swing from worst to best matters."),
    Column("limit", "H", "Limit", ANY, "Where it becomes unacceptable; blank if it can be traded."),
    Column("red_line", "I", "Red line?", YES_NO, "yes: this limit may never be broken."),
    Column("their_points", "J", "Their points", inputs.WEIGHT, "How much it matters to them, as you guess."),
)


def write_issues(
    context: Context, sheet: Worksheet, row: int, figures: Figures
) -> tuple[dict[str, str], int]:
    """The table of issues, their scores, and both sides' weights as a picture."""
    blocks.section(sheet, f"B{row}", "The issues", 28)
    blocks.note(
        sheet,
        f"E{row}",
        "Points: 100 for the swing from worst to best that matters most; the rest against it.",
    )

    def their_latest(row: Row) -> str:
        logged = figures[f"theirs.{PARTS[row.number].key}"]
        return if_known((logged,), logged)

    linked = Column(
        "their_offer",
        "L",
        "Their offer",
        formula=their_latest,
        style_name="wx Link",
        look={"number_format": "#,##0.##"},
    )
    issues = Table("issues", (*TYPED, linked), ROWS, head_height=34)
    table = issues.write(context.draft, sheet, row + 1)
    results: dict[str, str] = {
        "labels": table["issue"],
        "worst": table["worst"],
        "best": table["best"],
        "points": table["points"],
        "limits": table["limit"],
        "red": table["red_line"],
        "their_points": table["their_points"],
        "their_values": table["their_offer"],
    }
    row = _scores(context, sheet, table, results)
    row = _weights(context, sheet, row + 1, results)
    valued, row = _alternatives(context, sheet, row + 1, results)
    return {**results, **valued}, row


def _scores(context: Context, sheet: Worksheet, table: Placed, results: dict[str, str]) -> int:
    """Each issue worked out: weights of both sides, how far their offer goes, and what that makes."""
    top = table.next_row + 1
    heads = {
        "B": "#",
        "C": "Issue",
        "E": "Our weight",
        "F": "Their weight",
        "G": "Way to best",
        "H": "Our points",
        "I": "Their points",
        "J": "Ratio",
        "L": "Trade",
        "M": "Red line",
    }
    blocks.table_head(sheet, top, heads, numbers="EFGHIJ", span=("B", "M"))
    first, last = top + 1, top + ROWS
    ours, theirs = results["points"], results["their_points"]
    tiny = context.lists.tolerance
    give, get = f"$F${last + 4}", f"$F${last + 5}"
    for index in range(ROWS):
        row, given = first + index, table.first + index
        sheet.row_dimensions[row].height = 20
        blocks.band(sheet, "B", "M", row, "wx Label")
        blocks.row_number(sheet, f"B{row}", index + 1)
        put(sheet, f"C{row}", Formula(f'C{given}&""'), "wx Words")
        put(sheet, f"E{row}", Formula(f"N(G{given})/MAX({tiny},SUM({ours}))"), "wx Calc %")
        put(sheet, f"F{row}", Formula(f"N(J{given})/MAX({tiny},SUM({theirs}))"), "wx Calc %")
        way = way_to_best(f"L{given}", f"E{given}", f"F{given}")
        put(sheet, f"G{row}", Formula(way), "wx Calc", number_format="0.00")
        put(sheet, f"H{row}", Formula(f"100*E{row}*G{row}"), "wx Calc")
        put(sheet, f"I{row}", Formula(f"100*F{row}*(1-G{row})"), "wx Calc")
        ratio = if_known((f"G{given}", f"J{given}"), f"F{row}/MAX({tiny},E{row})")
        put(sheet, f"J{row}", Formula(ratio), "wx Calc", number_format="0.00")
        word = f'CHOOSE(1+(J{row}>={get})+(J{row}>{give}),"GET","SPLIT","GIVE")'
        put(sheet, f"L{row}", Formula(if_known((f"J{row}",), word)), "wx Status", bold=True)
        broken = f"(I{given}={YES})*{is_worse(f'L{given}', f'H{given}', f'E{given}', f'F{given}', tiny)}"
        put(sheet, f"M{row}", Formula(f'IF({broken}=1,"{BREAKS}","")'), "wx Status")
    blocks.hide_when(sheet, f"E{first}:J{last}", f'$C{first}=""')
    blocks.tint_when(sheet, f"M{first}:M{last}", f'$M{first}<>""', style.WALK_AWAY.tint, style.INK, True)

    def of(column: str) -> str:
        return reference(sheet, f"{column}{first}:{column}{last}")

    results |= {"our_weights": of("E"), "their_weights": of("F"), "ways": of("G"), "ratios": of("J")}
    row = last + 1
    complete = is_complete(ours, results["their_values"])
    lines = (
        (
            "broken",
            "Red lines that their offer breaks",
            f'COUNTIF({of("M")},"?*")',  # those that say something
            style.WHOLE,
            "Any of them is a WALK AWAY, however good the rest.",
        ),
        (
            "their_offer_score",
            "Score of their offer, on the whole",
            f'IF(AND(E{row}=0,{complete}),SUM({of("H")}),"")',
            style.PRICE,
            "Of the package on Talks. No score while a red line is broken.",
        ),
        (
            "their_view",
            "Their score of it, as you guess",
            f'IF({complete},SUM({of("I")}),"")',
            style.PRICE,
            "Our worst is their best: what they gain, you may trade for.",
        ),
        (
            "give_above",
            "GIVE above this ratio",
            None,
            "0.0",
            "Their weight ÷ our weight: it matters more to them, so sell it dearly.",
        ),
        ("get_below", "GET below this ratio", None, "0.0", "It matters more to us, so ask for it."),
    )
    for offset, (key, label, formula, pattern, words) in enumerate(lines):
        place = row + offset
        sheet.row_dimensions[place].height = 21
        blocks.band(sheet, "B", "M", place, "wx Label")
        put(sheet, f"B{place}", label, "wx Label", bold=formula is not None)
        column = "E" if formula else "F"
        if formula:
            put(sheet, f"E{place}", Formula(formula), "wx Output", number_format=pattern)
        else:
            value = 1.1 if key == "give_above" else 0.9
            put(sheet, f"F{place}", value, "wx Input", number_format=pattern)
            inputs.validate(sheet, f"F{place}", inputs.FACTOR, label, words)
            context.draft.take(key, reference(sheet, f"F{place}"), inputs.FACTOR, label)
        put(sheet, f"G{place}", words, "wx Words")
        results[key] = reference(sheet, f"{column}{place}")
    best_get = f"INDEX({results['labels']},MATCH(MIN({of('J')}),{of('J')},0))"
    best_give = f"INDEX({results['labels']},MATCH(MAX({of('J')}),{of('J')},0))"
    sentence = f'"If you move on “"&{best_get}&"”, then we can move on “"&{best_give}&"”."'
    place = row + len(lines)
    blocks.note(sheet, f"B{place}", Formula(f'IF(COUNT({of("J")})<=1,"",{sentence})'))
    return place + 1


def is_complete(points: str, values: str) -> str:
    """Formula: whether every issue with points has a value."""
    return f'AND(COUNT({points})>0,SUMPRODUCT(({points}<>"")*({values}=""))=0)'


def worth(context: Context, figures: Figures, parts: Parts, title: str) -> Sequence[str]:
    """Score of the packages of the log, on the whole; red lines are looked at apart from it."""
    return scores_of(context, figures, parts.in_effect, title)


def scores_of(context: Context, figures: Figures, packages: Sequence[Ref], title: str) -> Sequence[str]:
    """A formula for the score of each package, whose values stand one below the other."""
    area = context.data
    area.title(f"{title}, from worst to best by issue")
    area.columns("Issue", *(str(number + 1) for number in range(len(packages))))
    top = area.row
    for index, part in enumerate(PARTS):
        worst, best = Ref(figures["worst"]).nth(index), Ref(figures["best"]).nth(index)
        area.write(part.head, *(Formula(way_to_best(values.nth(index), worst, best)) for values in packages))
    columns = [
        area.reference(f"{letter}{top}:{letter}{area.row - 1}")
        for letter in charts.VALUE_LETTERS[: len(packages)]
    ]
    return [
        f'IF({is_complete(figures["points"], values)},100*SUMPRODUCT({figures["our_weights"]},{ways}),"")'
        for values, ways in zip(packages, columns, strict=True)
    ]


def red_lines_broken(results: Figures, values: Sequence[str], tiny: str) -> str:
    """Formula for how many red lines a package breaks, given the cells of its values."""
    red, limits, worst, best = (Ref(results[key]) for key in ("red", "limits", "worst", "best"))
    return "+".join(
        f"({red.nth(index)}={YES})*"
        f"{is_worse(value, limits.nth(index), worst.nth(index), best.nth(index), tiny)}"
        for index, value in enumerate(values)
    )


def _alternatives(
    context: Context, sheet: Worksheet, row: int, results: dict[str, str]
) -> tuple[dict[str, str], int]:
    """The alternatives as packages, scored as offers are."""
    blocks.section(sheet, f"B{row}", "Your alternatives, issue by issue", 28)
    blocks.note(
        sheet,
        f"M{row}",
        "Row by row as in the table of alternatives below, where this score then counts.",
        right=True,
    )
    columns = tuple(
        Column(part.key, letter, part.head, ANY, "What you would get on this issue.", "Value", part.head)
        for part, letter in zip(PARTS, "EFGHIJKL", strict=True)
    )
    name = Column("", "C", "Alternative", words=[""] * alternatives.ROWS, style_name="wx Words")
    score = Column("score", "M", "Score")
    table = Table("alternatives", (name, *columns, score), alternatives.ROWS, head_height=46)
    placed = table.write(context.draft, sheet, row + 1)
    for part, column in zip(PARTS, columns, strict=True):
        label = Ref(results["labels"]).nth(PARTS.index(part))
        put(sheet, f"{column.letter}{row + 1}", Formula(f'{label}&""'), "wx Head num", wrap=True)
    area = context.data
    area.title("Alternatives, issue by issue")
    area.columns("Issue", *(str(number + 1) for number in range(alternatives.ROWS)))
    top = area.row
    for part in PARTS:
        cells = (placed[part.key].nth(number) for number in range(alternatives.ROWS))
        area.write(part.head, *(Formula(f'IF({cell}="","",{cell})') for cell in cells))
    letters = charts.VALUE_LETTERS[: alternatives.ROWS]
    packages = [area.reference(f"{letter}{top}:{letter}{area.row - 1}") for letter in letters]
    scores = scores_of(context, results, packages, "Alternatives")
    for number, formula in enumerate(scores):
        put(sheet, f"M{placed.first + number}", Formula(formula), "wx Calc", bold=True)
    area.title("Red lines that alternatives break")
    broken = area.write(
        "Red lines",
        *(
            Formula(
                red_lines_broken(
                    results, [values.nth(index) for index in range(ROWS)], context.lists.tolerance
                )
            )
            for values in packages
        ),
        number_format=style.WHOLE,
    )
    return {
        "alternative_scores": placed["score"],
        "alternative_values": placed.between(PARTS[0].key, PARTS[-1].key),
        "alternatives_broken": area.reference(f"{letters[0]}{broken}:{letters[-1]}{broken}"),
    }, placed.next_row


def way_to_best(value: str, worst: str, best: str) -> str:
    """Formula for how far a value lies on the way from worst to best, from 0 to 1; 0 while one is blank."""
    complete = f"COUNT({value})*COUNT({worst})*COUNT({best})*({best}<>{worst})"
    way = f"MEDIAN(0,1,({value}-{worst})/({best}-{worst}))"
    return f"IF({complete}=0,0,{way})"


def is_worse(value: str, limit: str, worst: str, best: str, tiny: str) -> str:
    """Formula: 1 where a value lies beyond its limit, seen from the best end."""
    beyond = f"(N({value})-N({limit}))*SIGN(N({best})-N({worst}))<-{tiny}*MAX(1,ABS(N({limit})))"
    return f"(COUNT({value})*COUNT({limit})>0)*({beyond})"


def _weights(context: Context, sheet: Worksheet, top: int, results: dict[str, str]) -> int:
    """What each issue weighs on both sides, as bars."""
    blocks.section(sheet, f"B{top}", "What matters to each side", 28)
    note = "Long for us and short for them: ask for it. The other way round: offer it."
    blocks.note(sheet, f"M{top}", note, right=True)
    for row in range(top + 1, top + 13):
        sheet.row_dimensions[row].height = 20
    area = context.data
    ours, theirs, labels = results["our_weights"], results["their_weights"], results["labels"]
    area.title("Weights · places")
    area.columns("Place", "Part of the width")
    left, right, room = (
        area.reference(f"C{area.write(name, place)}")
        for name, place in (("Foot of our bars", 0.36), ("Foot of their bars", 0.64), ("Longest bar", 0.3))
    )
    longest = f"MAX({context.lists.tolerance},{ours},{theirs})"
    canvas = charts.Canvas(area, "Weights · marks", 0, ROWS + 1, inner=(0.02, 0.02, 0.96, 0.96))
    canvas.text("Ours", Formula(left), ROWS + 0.6, "l", style.ACCENT, 11, True)
    canvas.text("Theirs", Formula(right), ROWS + 0.6, "r", style.THEM, 11, True)
    for index in range(ROWS):
        label, height = Ref(labels).nth(index), ROWS - index

        def placed(position: str, label: str = label) -> Formula:
            return Formula(f'IF({label}="",{charts.NOWHERE},{position})')

        our, their = (f"{room}*{Ref(weights).nth(index)}/{longest}" for weights in (ours, theirs))
        canvas.line("ours", (placed(f"{left}-{our}"), height), (placed(left), height), style.ACCENT, 14)
        theirs_end = placed(f"{right}+{their}")
        canvas.line("theirs", (placed(right), height), (theirs_end, height), style.THEM_RANGE, 14)
        canvas.text(Formula(f'IF({label}=""," ",{label})'), 0.5, height, "ctr", style.INK, 10.5, False)
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        f"B{top + 1}:M{top + 12}",
        "Weights of both sides",
        "For each issue a bar to the left for our weight and one to the right for their weight.",
    )
    return top + 13
