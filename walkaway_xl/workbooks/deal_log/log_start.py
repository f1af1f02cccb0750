"""The first page: how the log stands, what was won, protected and lost, and how the scores move."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, style
from walkaway_xl.sheets.blocks import BannerNumber
from walkaway_xl.sheets.cell_writing import (
    Formula,
    link,
    paint,
    put,
    set_heights,
    set_widths,
    tab_title,
    widths,
)
from walkaway_xl.sheets.charts import DataArea, ScaleRules
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.deal_log import verdicts
from walkaway_xl.workbooks.deal_log.deals import whole
from walkaway_xl.workbooks.deal_log.log_lists import LogLists

WIDTHS = widths(2, 1.4, 21, 14.5, 15, 1.8, 1.4, 21, 14.5, 15, 1.8, 1.4, 21, 14.5, 15, 2)
BANNER, TILES, MORE_TILES, CHARTS, TIME = 6, 11, 15, 19, 28
CHART_ROWS = 7
LAST = TIME + CHART_ROWS + 1
LATEST = 40  # scores that the chart over time shows
CAPTIONED = ("B", "G", "L"), ("E", "J", "O")


@dataclass(frozen=True)
class Page:
    """What the page is drawn from."""

    draft: Draft
    sheet: Worksheet
    deals: Worksheet
    area: DataArea
    rules: ScaleRules
    lists: LogLists
    figures: Mapping[str, str]


def write(page: Page, facts: Mapping[str, str], stamp: str, master: str) -> None:
    """Write the page."""
    sheet = page.sheet
    set_widths(sheet, WIDTHS)
    sheet.sheet_view.showRowColHeaders = False
    title = Formula(f'"Deal log"&IF({facts["team"]}="",""," · "&{facts["team"]})')
    subtitle = Formula(
        f'"Ended: "&{page.figures["closed"]}&", open: "&{page.figures["count_open"]}'
        f'&IF({facts["currency"]}="",""," · amounts in "&{facts["currency"]})'
    )
    blocks.header(sheet, title, subtitle, "B", "O", Privacy.PRIVATE, home=None, checks=master)
    put(sheet, "C1", stamp, "wx Bar")
    put(sheet, "B3", title, "wx Title", size=26)
    set_heights(sheet, {2: 14, 3: 36, 4: 20, 5: 14})
    _write_banner(page)
    _write_tiles(page)
    _write_charts(page)
    _write_steps(sheet)
    sheet.freeze_panes = "A2"
    set_up_page(sheet, f"A1:P{LAST}", Privacy.PRIVATE)
    protect(sheet)


def _write_banner(page: Page) -> None:
    sheet, figures, lists = page.sheet, page.figures, page.lists

    def money(key: str) -> str:
        return f"FIXED({figures[key]},0)"

    sentence = (
        f'{money("won")}&" won above the walk-aways, and "&{money("protected")}&" protected by leaving "'
        f'&{figures["count_good_no_deal"]}&" offers that were worse than no deal."'
    )
    blocks.verdict_banner(
        sheet,
        BANNER,
        "B",
        "C",
        "O",
        overline="How the log stands",
        status=f"INDEX({lists.standings},{figures['standing']})",
        meaning=f'IF({figures["closed"]}=0,"No negotiation has ended yet.",{sentence})',
        advice=f"INDEX({lists.advice},{figures['advises']})",
        numbers=(
            BannerNumber("Won", figures["won"], "I", "J", style.MONEY),
            BannerNumber("Protected", figures["protected"], "M", "M", style.MONEY),
            BannerNumber("Lost and missed", f"{figures['lost']}+{figures['missed']}", "N", "O", style.MONEY),
        ),
        statuses=verdicts.STANDINGS,
    )


def _write_tiles(page: Page) -> None:
    figures = page.figures

    def or_dash(key: str) -> str:
        return f'IF(COUNT({figures[key]})=0,"–",{figures[key]})'

    def of(key: str, words: str) -> str:
        return f'"of "&{figures[key]}&" {words}"'

    better = (
        f'FIXED(100*ABS({figures["beyond"]}),1)&" % "'
        f'&CHOOSE(1+({figures["beyond"]}<0),"better","worse")&" than the midpoint, on average"'
    )
    share, whole_number = style.SHARE_WHOLE_BARE, "0"
    tiles = (
        ("Average way to the target", or_dash("score"), '"0 % is the walk-away, 100 % the target"', share),
        (
            "Too close to the walk-away",
            or_dash("thin_share"),
            f'{figures["count_thin_deal"]}&" of "&{figures["agreed"]}&" within a tenth of the way"',
            share,
        ),
        (
            "Midpoint forecast missed by",
            or_dash("miss"),
            f'IF(COUNT({figures["beyond"]})=0,"the middle of the two opening offers",{better})',
            share,
        ),
        (
            "Walk-aways loosened",
            figures["loosened"],
            of("used", "in the log, during the talks"),
            whole_number,
        ),
        (
            "Called back after we left",
            figures["called_back"],
            of("left", "that ended without a deal"),
            whole_number,
        ),
        ("Signed above the own limit", figures["above_limit"], of("agreed", "with a deal"), whole_number),
    )
    places = [
        f"{first}{row}:{last}{row + 2}"
        for row in (TILES, MORE_TILES)
        for first, last in zip(*CAPTIONED, strict=True)
    ]
    for cells, (overline, value, caption, pattern) in zip(places, tiles, strict=True):
        blocks.tile(page.sheet, cells, overline, Formula(value), Formula(caption), number_format=pattern)
    loosened = f"B{MORE_TILES}:E{MORE_TILES + 2}"
    blocks.tint_when(page.sheet, loosened, f"SUM($B${MORE_TILES + 1})>0", style.TOO_CLOSE.tint)
    set_heights(page.sheet, {TILES + 3: 12, MORE_TILES + 3: 10})


# ---------------------------------------------------------------- charts


def _write_charts(page: Page) -> None:
    sheet = page.sheet
    set_heights(sheet, {CHARTS: 26, TIME: 26, CHARTS + CHART_ROWS + 1: 10})
    set_heights(sheet, dict.fromkeys(range(CHARTS + 1, CHARTS + CHART_ROWS + 1), 25))
    set_heights(sheet, dict.fromkeys(range(TIME + 1, TIME + CHART_ROWS + 1), 25))
    put(sheet, f"B{CHARTS}", "Won, protected, lost, missed", "wx Section")
    put(sheet, f"L{CHARTS}", "How the talks ended", "wx Section")
    put(sheet, f"B{TIME}", "Way to the target, deal by deal", "wx Section")
    _draw_money(page, f"B{CHARTS + 1}:J{CHARTS + CHART_ROWS}")
    _draw_verdicts(page, f"L{CHARTS + 1}:O{CHARTS + CHART_ROWS}")
    _draw_scores(page, f"B{TIME + 1}:J{TIME + CHART_ROWS}")


def _draw_money(page: Page, cells: str) -> None:
    lanes = (
        ("Won by deals", "won", style.ACCENT),
        ("Protected by leaving", "protected", style.TARGET_MET.strong),
        ("Lost by bad deals", "lost", style.NEGATIVE_BAR),
        ("Missed by leaving", "missed", style.NO_ZONE),
    )
    rows = [(name, page.figures[key], f"FIXED({page.figures[key]},0)", colour) for name, key, colour in lanes]
    _draw_bars(
        page,
        cells,
        rows,
        "Money",
        26,
        (0.25, 0.02, 0.6, 0.96),
        "Four bars from a common zero: money won by deals, protected by leaving, lost by bad deals and missed"
        " by leaving, each with its amount.",
    )


def _draw_verdicts(page: Page, cells: str) -> None:
    rows = [
        (status.label, page.figures[f"count_{key}"], page.figures[f"count_{key}"], status.strong)
        for status in verdicts.ENDED
        for key in (verdicts.key(status),)
    ]
    _draw_bars(
        page,
        cells,
        rows,
        "Verdicts",
        13,
        (0.42, 0.02, 0.44, 0.96),
        "A bar for each verdict, from strong deal to bad deal, with how many negotiations ended so.",
    )


def _draw_bars(
    page: Page,
    cells: str,
    rows: list[tuple[str, str, str, str]],
    name: str,
    points: float,
    inner: charts.Inner,
    description: str,
) -> None:
    """Bars from zero, one below the other: name at the left, number at the end."""
    area = page.area
    area.title(f"{name} · zero")
    zero = area.write("Where the bars begin", 0, number_format=style.WHOLE)
    scale = charts.scale(
        area, f"{name} · ends", [area.reference(f"C{zero}"), *(ref for _, ref, *_ in rows)], page.rules
    )
    canvas = charts.Canvas(area, f"{name} · marks", 0.4, len(rows) + 0.6, inner)
    for lane, (label, ref, number, colour) in zip(range(len(rows), 0, -1), rows, strict=True):
        end = scale.position(ref)
        canvas.bar(label, 0, end, lane, colour, points)
        canvas.text(label, 0, lane, "l", style.INK, 11)
        canvas.text(
            Formula(f'IF({page.figures["closed"]}=0," ",{number}&"")'), end, lane, "r", style.INK, 11, True
        )
    page.draft.add_chart(page.sheet, canvas.chart(), cells, name, description)


def _draw_scores(page: Page, cells: str) -> None:
    area, figures = page.area, page.figures
    blocks.note_until(
        page.sheet, cells, figures["score"], "The line appears with the first deal that had a target."
    )
    scores, turns, dates = (whole(page.deals, key) for key in ("score", "turn", "scored_on"))
    area.title("Scores · what stands on the scale")
    area.columns("Score", "Value")
    ends = [
        area.reference(f"C{area.write(label, value, number_format=style.SHARE_WHOLE)}")
        for label, value in (
            ("Walk-away", 0),
            ("Target", 1),
            ("Lowest score", Formula(f"MIN({scores})")),
            ("Highest score", Formula(f"MAX({scores})")),
        )
    ]
    walkaway, target = ends[:2]
    scale = charts.scale(area, "Scores · ends", ends, page.rules)
    area.title("Scores · the latest")
    dated = area.reference(
        f"C{area.write('Scores with a date', Formula(f'COUNT({turns})'), number_format='0')}"
    )
    latest = area.reference(f"C{area.write('Scores on the chart', LATEST, number_format='0')}")
    count = area.reference(
        f"C{area.write('Scores shown', Formula(f'MIN({dated},{latest})'), number_format='0')}"
    )
    canvas = charts.Canvas(area, "Scores · marks", -0.16, 1.12, inner=(0.06, 0.03, 0.8, 0.94))
    area.columns("The latest scores", "Place", "x", "Score", "y")
    top = area.row
    for number in range(LATEST):
        # Where there are fewer, the last one is drawn again: the line ends there.
        step = area.write(f"Score {number + 1}", number, number_format=style.WHOLE)
        turn = f"{dated}-{count}+MIN({area.reference(f'C{step}')}+1,{count})"
        spread = f"MIN(1,{area.reference(f'C{step}')}/MAX(1,{count}-1))"
        across = Formula(f"IF({count}=0,{charts.NOWHERE},{spread})")
        score = Formula(f'IF({count}=0,"",INDEX({scores},MATCH({turn},{turns},0)))')
        y = scale.position(area.reference(f"E{step}"))
        for column, value in zip("DEF", (across, score, y), strict=True):
            put(area.sheet, f"{column}{step}", value, "wx Calc", number_format=style.POSITION)
    xs, ys = (area.reference(f"{column}{top}:{column}{top + LATEST - 1}") for column in "DF")
    name = area.reference(f"B{area.write('Way to the target')}")
    for ref, word, colour, dash in (
        (walkaway, "walk-away", style.NEGATIVE_LINE, "dash"),
        (target, "target", style.TARGET_MET.strong, "dash"),
        (figures["score"], "average", style.ACCENT_PLAN, "sysDash"),
    ):
        place = scale.position(ref)
        begin, end = (Formula(f"IF({count}=0,{charts.NOWHERE},{x})") for x in (0, 1))
        canvas.line(word, (begin, place), (end, place), colour, 1.5, dash)
        label = Formula(f'IF(COUNT({figures["score"]})=0," ","  "&FIXED(100*SUM({ref}),0)&" % {word}")')
        canvas.text(label, 1, place, "r", colour if word != "average" else style.SLATE, 10.5, True)
    canvas.path(name, xs, ys, style.ACCENT, 2.25, dots=8)
    first_day, last_day = f"SMALL({dates},{dated}-{count}+1)", f"MAX({dates})"
    for x, day in ((0, first_day), (1, last_day)):
        canvas.text(Formula(f'IF({count}=0," ",{_day(day)})'), x, -0.06, "ctr", style.SLATE, 10)
    page.draft.add_chart(
        page.sheet,
        canvas.chart(),
        cells,
        "Scores over time",
        "A line through the scores of the latest deals in the order in which they ended. Dashed lines mark"
        " the walk-away at 0 %, the target at 100 %, and the average.",
    )


def _day(date: str) -> str:
    return f'YEAR({date})&"-"&RIGHT("0"&MONTH({date}),1+1)'


# ---------------------------------------------------------------- how to work with it


def _write_steps(sheet: Worksheet) -> None:
    put(sheet, f"L{TIME}", "How to work with this log", "wx Section")
    steps = (
        ("Deals", "Before the talks: one row", "walk-away, target"),
        ("Deals", "When they end: the outcome", "also if you left"),
        ("Deals", "The same day: one lesson", "one sentence"),
        ("Review", "Every quarter: read the review", "with the team"),
        ("Checks", "Now and then: the checks", "what is missing"),
    )
    for number, (target, what, detail) in enumerate(steps, 1):
        row = TIME + number
        step = link(tab_title(target), f"{number}   {what}")
        put(sheet, f"L{row}", step, bold=True, colour=style.ACCENT, vertical="center")
        put(sheet, f"O{row}", detail, "wx Note", horizontal="right")
        paint(sheet, f"L{row}:O{row}", border=style.HAIRLINE)
