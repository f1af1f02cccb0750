"""Packages: what each scores for both sides, which are efficient, and what to trade."""

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import YES
from walkaway_xl.workbooks.multi_issue_contract.issues import (
    ANY,
    PARTS,
    ROWS,
    is_complete,
    red_lines_broken,
    way_to_best,
)
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn
from walkaway_xl.workbooks.sections.start_page import FloorCard

COLUMNS = "EFGHIJKL"
TYPED = COLUMNS[2:-1]
"""Between the latest offers of both sides and the package of the best alternative."""
NAMES = ("Theirs", "Ours", "A", "B", "C", "D", "E", "BATNA")
BLANK_SCORE = "#,##0.0;;#,##0.0"  # below zero stands for "no score", which is not shown
NO_SCORE = -1


def write_packages(
    context: Context, sheet: Worksheet, row: int, figures: Figures
) -> tuple[dict[str, str], int]:
    """Part 4: the matrix of packages, their scores, the picture, and the value of one issue."""
    blocks.section(sheet, f"B{row}", "4   Packages")
    blocks.note(
        sheet, f"E{row}", "Put whole packages together: what you give in one issue you get in another."
    )
    blocks.table_head(sheet, row + 1, {"B": "#", "C": "Issue"}, span=("B", "M"))
    names = row + 1
    for index, (column, default) in enumerate(zip(COLUMNS, NAMES, strict=True)):
        cell = put(sheet, f"{column}{names}", default, "wx Head num")
        if column in TYPED:
            cell = put(sheet, f"{column}{names}", default, "wx Input text", horizontal="right")
            inputs.validate(sheet, cell.coordinate, inputs.TEXT, "Package", "A short name.")
            context.draft.take(
                f"packages.{index - 1}.name", reference(sheet, f"{column}{names}"), inputs.TEXT, "Package"
            )
    first, last = row + 2, row + 1 + ROWS
    place_of_best = _best_alternative(context, figures)
    for index in range(ROWS):
        line = first + index
        sheet.row_dimensions[line].height = 20
        blocks.band(sheet, "B", "M", line, "wx Label")
        blocks.row_number(sheet, f"B{line}", index + 1)
        put(sheet, f"C{line}", Formula(f'{Ref(figures["labels"]).nth(index)}&""'), "wx Words")
        for column, side in zip(COLUMNS, ("theirs", "ours"), strict=False):
            offered = figures[f"{side}.{PARTS[index].key}"]
            put(
                sheet,
                f"{column}{line}",
                Formula(if_known((offered,), offered)),
                "wx Link",
                number_format="#,##0.##",
            )
        for column in TYPED:
            put(sheet, f"{column}{line}", None, "wx Input", number_format="#,##0.##")
        of_best = f"INDEX({Ref(figures['alternative_values']).across_column(index)},{place_of_best})"
        shown = f'IFERROR(IF({of_best}="","",{of_best}),"")'
        put(sheet, f"{COLUMNS[-1]}{line}", Formula(shown), "wx Link", number_format="#,##0.##")
    inputs.validate(
        sheet, f"{TYPED[0]}{first}:{TYPED[-1]}{last}", ANY, "Value", "What this package says on the issue."
    )
    for index, column in enumerate(TYPED, 1):
        for number, line in enumerate(range(first, last + 1), 1):
            name = f"packages.{index}.issue_{number}"
            context.draft.take(
                name, reference(sheet, f"{column}{line}"), ANY, f"Issue {number} in the package"
            )
    ways = last + 2
    put(sheet, f"B{last + 1}", "How far each goes, from worst (0) to best (1)", "wx Label", bold=True)
    sheet.row_dimensions[last + 1].height = 24
    for index in range(ROWS):
        line, given = ways + index, first + index
        sheet.row_dimensions[line].height = 18
        blocks.band(sheet, "B", "M", line, "wx Label")
        put(sheet, f"C{line}", Formula(f"C{given}"), "wx Words")
        worst, best = Ref(figures["worst"]).nth(index), Ref(figures["best"]).nth(index)
        for column in COLUMNS:
            formula = way_to_best(f"{column}{given}", worst, best)
            put(sheet, f"{column}{line}", Formula(formula), "wx Calc", number_format="0.00", size=9)
    scored = ways + ROWS
    blocks.hide_when(sheet, f"E{ways}:L{scored - 1}", f'$C{ways}=""')
    scores = _scores(context, sheet, scored, (first, last), ways, figures)
    row = scored + 7
    row = _picture(context, sheet, row + 1, names, scores, figures)
    row, price = _price_of_first(context, sheet, row + 1, figures)
    values = {
        "our_scores": reference(sheet, f"{COLUMNS[0]}{scored + 1}:{COLUMNS[-1]}{scored + 1}"),
        "their_scores": reference(sheet, f"{COLUMNS[0]}{scored + 2}:{COLUMNS[-1]}{scored + 2}"),
    }
    return {**scores, **price, **values}, row


def _best_alternative(context: Context, figures: Figures) -> str:
    """Which of the alternatives that are typed is the best one."""
    area = context.data
    area.title("Package of the best alternative")
    place = Formula(f'IFERROR(MATCH(1,{figures["alternative_ranks"]},0),"")')
    return area.reference(f"C{area.write('Row among the alternatives', place, number_format=style.WHOLE)}")


def _scores(
    context: Context, sheet: Worksheet, row: int, values: tuple[int, int], ways: int, figures: Figures
) -> dict[str, str]:
    first, last = values
    tiny = context.lists.tolerance
    ours, theirs = figures["our_weights"], figures["their_weights"]
    walkaway = figures["walkaway"]
    labels = (
        "Red lines broken",
        "Our score",
        "Their score, as you guess",
        "Efficient?",
        "Product of the gains",
        "Pick",
    )
    for offset, label in enumerate(labels):
        sheet.row_dimensions[row + offset].height = 21
        blocks.band(sheet, "B", "M", row + offset, "wx Label")
        put(sheet, f"B{row + offset}", label, "wx Label", bold=offset in (1, 2))
    broken, our, their, efficient, product, pick = range(row, row + len(labels))
    span = f"$E${{0}}:${COLUMNS[-1]}${{0}}".format
    for column in COLUMNS:
        cells = f"{column}{first}:{column}{last}"
        lines = red_lines_broken(figures, [f"{column}{first + index}" for index in range(ROWS)], tiny)
        put(sheet, f"{column}{broken}", Formula(lines), "wx Calc", number_format=style.WHOLE)
        way = f"{column}{ways}:{column}{ways + ROWS - 1}"
        complete = f"--{is_complete(figures['points'], cells)}"
        score = f"100*SUMPRODUCT({ours},{way})"
        scored = f"IF(OR({complete}=0,{column}{broken}>0),{NO_SCORE},{score})"
        put(sheet, f"{column}{our}", Formula(scored), "wx Output", number_format=BLANK_SCORE)
        guess = f"IF({complete}=0,{NO_SCORE},100*(SUM({theirs})-SUMPRODUCT({theirs},{way})))"
        put(sheet, f"{column}{their}", Formula(guess), "wx Output", number_format=BLANK_SCORE)
        o, t = f"{column}{our}", f"{column}{their}"
        all_ours, all_theirs = span(our), span(their)
        better = f"((({all_ours}>{o}+{tiny})+({all_theirs}>{t}+{tiny}))>0)"
        dominating = (
            f"SUMPRODUCT(({all_ours}>={o}-{tiny})*({all_theirs}>={t}-{tiny})*{better}*({all_ours}>=0))"
        )
        word = f'IF(OR({o}<0,{dominating}>0),"","✔")'
        put(sheet, f"{column}{efficient}", Formula(word), "wx Status", horizontal="right")
        gains = f"({o}-N({walkaway}))*{t}"
        fits = f'({column}{efficient}="✔")*({o}>=N({walkaway})-{tiny})*({t}>=0)'
        nash = f"IF({fits}=0,{NO_SCORE},{gains})"
        put(sheet, f"{column}{product}", Formula(nash), "wx Calc", number_format="#,##0;;#,##0")
        top = f"MATCH(MAX({span(product)}),{span(product)},0)"
        this_column = f"COLUMNS($E{product}:{column}{product})"
        chosen = f'IF(AND({column}{product}>=0,{top}={this_column}),"◆ fair","")'
        put(
            sheet,
            f"{column}{pick}",
            Formula(chosen),
            "wx Status",
            horizontal="right",
            bold=True,
            colour=style.ACCENT,
        )
    blocks.tint_when(sheet, f"E{broken}:L{broken}", f"E${broken}>0", style.WALK_AWAY.tint, style.INK, True)
    blocks.note(
        sheet,
        f"B{pick + 1}",
        "Efficient: no other package is better for one and no worse for the other. "
        "◆ fair: of these, the one with the highest product of our gain over the walk-away and their score.",
    )
    return {
        "package_broken": reference(sheet, span(broken)),
        "package_ours": reference(sheet, span(our)),
        "package_theirs": reference(sheet, span(their)),
        "package_efficient": reference(sheet, span(efficient)),
        "package_pick": reference(sheet, span(pick)),
    }


def _picture(
    context: Context, sheet: Worksheet, top: int, names: int, scores: dict[str, str], figures: Figures
) -> int:
    """Every package as a dot: to the right is better for us, up is better for them."""
    blocks.section(sheet, f"B{top}", "Where the packages lie", 28)
    blocks.note(sheet, f"M{top}", "To the right is better for us, up is better for them.", right=True)
    for row in range(top + 1, top + 16):
        sheet.row_dimensions[row].height = 20
    area = context.data
    canvas = charts.Canvas(area, "Packages · marks", -0.06, 1.06, inner=(0.06, 0.03, 0.9, 0.93))
    canvas.line("our axis", (0, 0), (1, 0), style.AXIS, 1)
    canvas.line("their axis", (0, 0), (0, 1), style.AXIS, 1)
    for tick in (0.25, 0.5, 0.75, 1):
        canvas.text(f"{100 * tick:.0f}", tick, 0, "b", style.SLATE, 9)
        canvas.text(f"{100 * tick:.0f}", 0, tick, "l", style.SLATE, 9)
    walk = f"{figures['walkaway']}/100"
    ours = Formula(if_known((figures["walkaway"],), walk, str(charts.NOWHERE)))
    canvas.line("walk-away", (ours, 0), (ours, 1), style.NEGATIVE_LINE, 1.75, "dash")
    label = f'"  ✖ Walk-away "&{context.words(figures["walkaway"])}'
    canvas.text(
        Formula(if_known((figures["walkaway"],), label, '" "')), ours, 1, "r", style.NEGATIVE_TEXT, 11, True
    )
    ours_shown, theirs_shown, ticks = (
        Ref(scores[key]) for key in ("package_ours", "package_theirs", "package_efficient")
    )
    labels = reference(sheet, f"{COLUMNS[0]}{names}")
    for index in range(len(COLUMNS)):
        our, their = ours_shown.across(index), theirs_shown.across(index)
        efficient = f'{ticks.across(index)}="✔"'
        is_drawn = f"AND({our}>=0,{their}>=0)"
        x, y = (Formula(f"IF({is_drawn},{ref}/100,{charts.NOWHERE})") for ref in (our, their))
        name = labels.across(index)
        mark = f'IF({efficient},"  ✔ ","  ")'
        text = Formula(f'CHOOSE(1+{is_drawn}," ",{mark}&{name})')
        canvas.dot(text, x, y, style.INK if index == 0 else style.ACCENT, size=11, side="r")
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        f"B{top + 1}:M{top + 15}",
        "Packages",
        "Each package as a dot by our score and their score, with our walk-away as a vertical line; "
        "efficient packages are ticked.",
    )
    return top + 16


def first_issue_for(figures: Figures, score: str) -> str:
    """The value of the first issue that gives their offer a score, the other issues as they are."""
    worst, best = Ref(figures["worst"]).nth(0), Ref(figures["best"]).nth(0)
    weight, way = Ref(figures["our_weights"]).nth(0), Ref(figures["ways"]).nth(0)
    others = f"(SUMPRODUCT({figures['our_weights']},{figures['ways']})-{weight}*{way})"
    part = f"({score}/100-{others})/{weight}"
    value = f"{worst}+({best}-{worst})*{part}"
    return f'IF(OR(N({weight})=0,COUNT({worst},{best})<=1),"",{value})'


def within_reach(figures: Figures, value: str) -> str:
    """Whether a value of the first issue lies between worst and best."""
    worst, best = Ref(figures["worst"]).nth(0), Ref(figures["best"]).nth(0)
    return f"MEDIAN({worst},{best},{value})={value}"


def _price_of_first(
    context: Context, sheet: Worksheet, top: int, figures: Figures
) -> tuple[int, dict[str, str]]:
    blocks.section(sheet, f"B{top}", "What the first issue must be", 28)
    blocks.note(sheet, f"E{top}", "With all other issues as in their offer.")
    label = Ref(figures["labels"]).nth(0)
    lines = (
        ("at_walkaway", "At your walk-away", figures["walkaway"]),
        ("at_want", "At what you want", figures["want"]),
    )
    places: dict[str, str] = {}
    for row, (key, name, score) in enumerate(lines, top + 1):
        sheet.row_dimensions[row].height = 21
        blocks.band(sheet, "B", "M", row, "wx Label")
        put(sheet, f"B{row}", name, "wx Label")
        formula = f'CHOOSE(1+(COUNT({score})>0),"",{first_issue_for(figures, score)})'
        put(sheet, f"E{row}", Formula(formula), "wx Output", number_format="#,##0.##")
        fits = f'IF({within_reach(figures, f"E{row}")},{label},"✖  no value between worst and best gives it")'
        put(sheet, f"F{row}", Formula(if_known((f"E{row}",), fits)), "wx Words")
        places[key] = reference(sheet, f"E{row}")
    return top + 1 + len(lines), places


def columns(figures: Figures) -> tuple[PriceColumn, ...]:
    """Beside each score: the first issue that makes it, and how far it is on the way to the want."""

    def first_issue(context: Context, figures: Figures, score: str) -> str:
        return f'CHOOSE(1+(COUNT({score})>0),"",{first_issue_for(figures, score)})'

    def reachable(context: Context, figures: Figures, score: str) -> str:
        value = f"({first_issue_for(figures, score)})"
        sentence = (
            f'CHOOSE(1+IFERROR({within_reach(figures, value)},0),"needs other issues","by the first issue")'
        )
        return f'CHOOSE(1+(COUNT({score})>0),"",{sentence})'

    return (
        PriceColumn("First issue", first_issue),
        PriceColumn("How to get there", reachable, "wx Calc text"),
    )


def cards(context: Context, figures: Figures) -> tuple[FloorCard, ...]:
    """BATNA on the same scale, red lines, and their view."""
    broken, theirs, score = figures["broken"], figures["their_view"], figures["their_offer_score"]
    sentence = f'"Their offer scores "&{context.words(f"N({score})")}'
    scored = f'CHOOSE(1+(COUNT({score})>0),"Their offer is not complete yet",{sentence})'
    return (
        shared_checks.batna_card(context, figures),
        FloorCard(
            "Red lines broken",
            broken,
            f'"Of "&COUNTIF({figures["red"]},{YES})&" red lines, by their offer"',
            f'IF({broken}>0,"✖  walk away, however good the rest",{scored})',
            style.WHOLE,
        ),
        FloorCard(
            "Their view of their offer",
            theirs,
            '"What it scores for them, as you guess"',
            if_known((theirs,), '"What they gain, you may trade for"', '"Not known yet"'),
        ),
    )
