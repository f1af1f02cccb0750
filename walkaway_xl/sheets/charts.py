"""Charts that scale and label themselves from cells.

An axis cannot take its limits from cells without a macro, and an automatic axis starts prices at zero. So the
sheet works out positions from 0 to 1, a scatter chart draws them on fixed invisible axes, and every label is
a series name taken from a cell. What is blank gets a position outside the axes and is not drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from openpyxl.chart import BarChart, ScatterChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.drawing.text import Font as DrawnFont
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import style
from walkaway_xl.sheets.blocks import table_head
from walkaway_xl.sheets.cell_writing import Formula, Value, put, reference
from walkaway_xl.sheets.ref import Ref

EMU_PER_POINT = 12700
TICKS = 8  # a step of at least a fifth of the span, rounded out at both ends, never needs more
NOWHERE = -1  # left of every axis
FIXED_SPACE = "\u00a0"  # plain spaces at the ends of a stored series name are trimmed


# ---------------------------------------------------------------- where chart data goes


VALUE_LETTERS = "CDEFGHIJKL"
"""The columns of a data area that hold values; its labels stand in B."""


@dataclass
class DataArea:
    """The next free row of the sheet that keeps the positions and labels of the charts."""

    sheet: Worksheet
    row: int

    def title(self, text: str) -> None:
        """Start a block with its heading."""
        self.row += 1
        put(self.sheet, f"B{self.row}", text, "wx Overline", indent=0)
        self.row += 1

    def columns(self, *titles: str) -> None:
        """Column heads of the block, from B on."""
        heads = dict(zip(f"B{VALUE_LETTERS}", titles, strict=False))
        table_head(self.sheet, self.row, heads, numbers=VALUE_LETTERS, height=18)
        self.row += 1

    def write(self, label: Value, *values: Value, number_format: str = style.POSITION) -> int:
        """One row: a label in B, values from C on. Returns the row."""
        row = self.row
        put(self.sheet, f"B{row}", label, "wx Calc text")
        for column, value in zip(VALUE_LETTERS, values, strict=False):
            if value is not None:
                put(self.sheet, f"{column}{row}", value, "wx Calc", number_format=number_format)
        self.row += 1
        return row

    def reference(self, cells: str) -> Ref:
        """Reference to cells of the sheet, for charts and for formulas elsewhere."""
        return reference(self.sheet, cells)


# ---------------------------------------------------------------- scales


@dataclass(frozen=True)
class ScaleRules:
    """References to the constants that round a scale; they live with the other lists."""

    powers: str
    multiples_from: str
    multiples: str
    parts: str
    smallest_share: str
    decimals: str


POWERS = tuple(10.0**exponent for exponent in range(-4, 13))
# A hair above each multiple, so that a raw step that is round already is kept.
MULTIPLES = ((0.0, 1.0), (1.000001, 2.0), (2.000001, 2.5), (2.500001, 5.0), (5.000001, 10.0))


def scale_rules(area: DataArea, decimals: str) -> ScaleRules:
    """Write the constants of all scales, once in a workbook."""
    area.title("Round steps of the chart scales")
    area.columns("Constant", "From", "Step")
    parts = area.write("A scale has at least this many steps", 5, number_format=style.WHOLE)
    share = area.write("Smallest span, as a share of the value", 0.005)
    first_multiple = area.row
    for limit, multiple in MULTIPLES:
        area.write("Multiple of the power of ten", limit, multiple, number_format="0.000000")
    first_power = area.row
    for power in POWERS:
        area.write("Power of ten", power, number_format="General")
    rows = f"{first_multiple}:{{}}{first_power - 1}"
    return ScaleRules(
        powers=area.reference(f"C{first_power}:C{area.row - 1}"),
        multiples_from=area.reference("C" + rows.format("C")),
        multiples=area.reference("D" + rows.format("D")),
        parts=area.reference(f"C{parts}"),
        smallest_share=area.reference(f"C{share}"),
        decimals=decimals,
    )


@dataclass(frozen=True)
class Scale:
    """References to the ends and the step of a scale that the sheet works out."""

    low: str
    high: str
    step: str
    decimals: str
    count: str
    mirrored: bool = False
    """Whether low values lie at the right: for a buyer the better prices."""

    def position(self, ref: str) -> Formula:
        """Where a value lies between the ends, 0 to 1; outside when the cell is blank."""
        return Formula(f"IF(COUNT({ref})=0,{NOWHERE},{self.part(ref)})")

    def part(self, ref: str) -> str:
        """The part of the way from the left end."""
        from_left = f"{self.high}-{ref}" if self.mirrored else f"{ref}-{self.low}"
        return f"({from_left})/({self.high}-{self.low})"

    @property
    def left(self) -> str:
        """The end at the left."""
        return self.high if self.mirrored else self.low

    @property
    def right(self) -> str:
        """The end at the right."""
        return self.low if self.mirrored else self.high


def scale(
    area: DataArea, title: str, refs: Sequence[str], rules: ScaleRules, *, mirrored: bool = False
) -> Scale:
    """Write the rows that choose round ends and a round step for any magnitude, leaving out blanks."""
    area.title(title)
    values = ",".join(refs)
    top = area.row

    def value(offset: int) -> str:
        return area.reference(f"C{top + offset}")

    rows = (
        ("Values on the scale", f"COUNT({values})"),
        ("Smallest", f"MIN({values})"),
        ("Largest", f"MAX({values})"),
        (
            "Step before rounding",
            f"MAX(({value(2)}-{value(1)})/{rules.parts},ABS({value(2)})*{rules.smallest_share},INDEX({rules.powers},1))",
        ),
        ("Power of ten", f"INDEX({rules.powers},MATCH({value(3)},{rules.powers},1))"),
        (
            "Step",
            f"{value(4)}*INDEX({rules.multiples},MATCH({value(3)}/{value(4)},{rules.multiples_from},1))",
        ),
        ("From", f"INT({value(1)}/{value(5)})*{value(5)}"),
        ("To", f"MAX(-INT(-{value(2)}/{value(5)})*{value(5)},{value(6)}+{value(5)})"),
        ("Decimals of the labels", f"{rules.decimals}*({value(5)}<>INT({value(5)}))"),
    )
    for label, formula in rows:
        area.write(label, Formula(formula), number_format="#,##0.00##")
    return Scale(value(6), value(7), value(5), value(8), value(0), mirrored)


# ---------------------------------------------------------------- drawing properties

# Nothing changes these once they are made, so marks that look alike share them.
NO_LINE = LineProperties(noFill=True)
INVISIBLE = GraphicalProperties(noFill=True, ln=NO_LINE)
BARE = GraphicalProperties(ln=NO_LINE)
NO_MARKER = Marker(symbol="none")


@cache
def _writing(size: float, colour: str, bold: bool) -> RichText:
    properties = CharacterProperties(
        sz=int(size * 100), b=bold, solidFill=colour, latin=DrawnFont(typeface=style.FACE)
    )
    return RichText(
        bodyPr=RichTextProperties(),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=properties), endParaRPr=properties)],
    )


@cache
def _stroke(colour: str, points: float, dash: str = "solid", cap: str = "flat") -> GraphicalProperties:
    return GraphicalProperties(
        ln=LineProperties(w=int(EMU_PER_POINT * points), cap=cap, solidFill=colour, prstDash=dash)
    )


@cache
def _disc(size: int, colour: str, ring: float, symbol: str = "circle") -> Marker:
    """A filled dot with a white ring of so many points."""
    filled = GraphicalProperties(solidFill=colour, ln=_stroke(style.WHITE, ring).ln)
    return Marker(symbol=symbol, size=size, spPr=filled)


@cache
def _labels(
    side: str, colour: str, size: float, bold: bool, *, names: bool = False, pattern: str | None = None
) -> DataLabelList:
    return DataLabelList(
        dLblPos=side,
        showSerName=names,
        showVal=not names,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        showBubbleSize=False,
        numFmt=pattern,
        spPr=INVISIBLE,
        txPr=_writing(size, colour, bold),
    )


Inner = tuple[float, float, float, float]


def _frame(chart: Any, inner: Inner) -> None:
    """No title, legend, border or rounded corner; the plot area at a fixed place."""
    chart.legend = chart.title = chart.style = None
    chart.roundedCorners = chart.varyColors = False
    chart.graphical_properties = INVISIBLE
    chart.plot_area.spPr = INVISIBLE
    x, y, width, height = inner
    chart.layout = Layout(
        manualLayout=ManualLayout(
            layoutTarget="inner", xMode="edge", yMode="edge", x=x, y=y, w=width, h=height
        )
    )


# ---------------------------------------------------------------- the canvas


class Canvas:
    """A scatter chart drawn mark by mark; each mark is a row of the data area and a series of the chart.

    Excel paints later series on top, LibreOffice earlier ones. So dots are written before and after the bars
    they lie on, and bars never overlap.
    """

    def __init__(
        self, area: DataArea, title: str, y_low: float, y_high: float, inner: Inner = (0.01, 0.02, 0.98, 0.96)
    ) -> None:
        self.area = area
        self._above: list[XYSeries] = []
        self._marks: list[XYSeries] = []
        self._below: list[XYSeries] = []
        self._chart = ScatterChart()
        self._chart.scatterStyle = "lineMarker"
        _frame(self._chart, inner)
        axes = ((self._chart.x_axis, "b", 0, 1), (self._chart.y_axis, "l", y_low, y_high))
        for axis, side, low, high in axes:
            axis.delete, axis.majorGridlines, axis.axPos = True, None, side
            axis.scaling.min, axis.scaling.max = low, high
        area.title(title)
        area.columns("Mark or live label", "x 1", "x 2", "y 1", "y 2")

    def line(
        self,
        label: Value,
        start: tuple[Value, Value],
        end: tuple[Value, Value],
        colour: str,
        points: float,
        dash: str = "solid",
    ) -> None:
        """A straight line between two points."""
        row = self._write(label, start[0], end[0], start[1], end[1])
        series = self._series(row, two_points=True)
        series.spPr = _stroke(colour, points, dash)
        series.marker = NO_MARKER
        self._marks.append(series)

    def bar(self, label: Value, start: Value, end: Value, y: float, colour: str, points: float = 20) -> None:
        """A horizontal floating bar: a thick line with flat ends."""
        self.line(label, (start, y), (end, y), colour, points)

    def dot(
        self,
        label: Value,
        x: Value,
        y: Value,
        colour: str,
        *,
        size: int,
        side: str | None = None,
        label_colour: str | None = None,
        bold: bool = True,
        symbol: str = "circle",
    ) -> None:
        """A filled dot, or another symbol, with its label at `side` (l, r, t, b) if given."""
        row = self._write(label, x, None, y, None)
        for layer in (self._above, self._below):
            series = self._series(row, two_points=False)
            series.spPr = BARE
            series.marker = _disc(size, colour, 1.25, symbol)
            if side and layer is self._above:
                series.dLbls = _labels(side, label_colour or colour, 11, bold, names=True)
            layer.append(series)

    def text(
        self,
        label: Value,
        x: Value,
        y: Value,
        side: str = "ctr",
        colour: str = style.SLATE,
        size: float = 11,
        bold: bool = False,
    ) -> None:
        """A label on its own."""
        row = self._write(label, x, None, y, None)
        series = self._series(row, two_points=False)
        series.spPr = BARE
        series.marker = NO_MARKER
        series.dLbls = _labels(side, colour, size, bold, names=True)
        self._marks.append(series)

    def path(
        self, name: str, xs: str, ys: str, colour: str, points: float, dash: str = "solid", dots: int = 0
    ) -> None:
        """A line through the points of two column ranges, with dots of a size if given; `name` is a cell."""
        series = XYSeries()
        series.xVal = AxDataSource(numRef=NumRef(f=xs))
        series.yVal = NumDataSource(numRef=NumRef(f=ys))
        series.tx = SeriesLabel(strRef=StrRef(name))
        series.smooth = False
        series.spPr = _stroke(colour, points, dash, "rnd")
        series.marker = _disc(dots, colour, 1) if dots else NO_MARKER
        self._marks.append(series)

    def horizontal_axis(self, scale: Scale, y: float) -> None:
        """A line at the foot with a label at every step."""
        self.line("axis", (0, y), (1, y), style.AXIS, 1)
        for place, label in self._ticks(scale):
            self.text(label, place, y, "b", style.SLATE, 10)

    def vertical_axis(self, scale: Scale) -> None:
        """Labels at the left edge and faint lines across."""
        for place, label in self._ticks(scale):
            self.line("grid", (0, place), (1, place), style.GRID, 0.75)
            self.text(label, 0, place, "l", style.SLATE, 10)

    def chart(self) -> ScatterChart:
        """The chart with all its marks, ready to be placed."""
        for index, series in enumerate(self._above + self._marks + self._below):
            series.idx = series.order = index
            self._chart.series.append(series)
        return self._chart

    def _ticks(self, scale: Scale) -> list[tuple[Formula, Formula]]:
        """Position and label of each step, worked out from the number of the step in column C."""
        ticks = []
        for number in range(TICKS):
            row = self.area.write("step number", number, number_format=style.WHOLE)
            step = f"{self.area.reference(f'C{row}')}*{scale.step}"
            beyond = f"OR({scale.count}=0,{scale.low}+{step}>{scale.high}+{scale.step}/100)"
            ticks.append(
                (
                    Formula(f"IF({beyond},{NOWHERE},MIN(1,{scale.part(f'({scale.low}+{step})')}))"),
                    Formula(f'IF({beyond}," ",FIXED({scale.low}+{step},{scale.decimals}))'),
                )
            )
        return ticks

    def _write(self, label: Value, *values: Value) -> int:
        if isinstance(label, str):
            label = type(label)(label.replace("  ", FIXED_SPACE * 2))
        return self.area.write(label, *values)

    def _series(self, row: int, *, two_points: bool) -> XYSeries:
        x, y = (f"C{row}:D{row}", f"E{row}:F{row}") if two_points else (f"C{row}", f"E{row}")
        series = XYSeries()
        series.xVal = AxDataSource(numRef=NumRef(f=self.area.reference(x)))
        series.yVal = NumDataSource(numRef=NumRef(f=self.area.reference(y)))
        series.tx = SeriesLabel(strRef=StrRef(self.area.reference(f"B{row}")))
        series.smooth = False
        return series


# ---------------------------------------------------------------- the waterfall


@dataclass(frozen=True)
class Step:
    """A step of a waterfall: the cells of its label and its signed amount, and the part it plays."""

    label: str
    amount: str
    role: str  # total, deduction, cost or margin


def waterfall(area: DataArea, title: str, steps: Iterable[Step]) -> BarChart:
    """Columns from the first total down to the margin; what is taken off or added floats between them."""
    area.title(title)
    area.columns("Step", "Invisible base", "Total", "Margin", "Deduction", "Cost", "Addition")
    heads, first = area.row - 1, area.row
    for step in steps:
        row = area.row
        amount = f"SUM({step.amount})"  # SUM reads a blank result as zero
        changes = step.role in ("deduction", "cost")
        added, taken = (area.reference(f"{span}{row - 1}") for span in (f"H{first}:H", f"F{first}:G"))
        before = f"{area.reference(f'D{first}')}+SUM({added})-SUM({taken})"
        area.write(
            Formula(step.label),
            Formula(f"MAX(0,{before}+MIN(0,{amount}))") if changes else 0,
            Formula(amount) if step.role == "total" else 0,
            Formula(amount) if step.role == "margin" else 0,
            Formula(f"MAX(0,-{amount})") if step.role == "deduction" else 0,
            Formula(f"-{amount}") if step.role == "cost" else 0,
            Formula(f"MAX(0,{amount})") if step.role == "deduction" else 0,
            number_format=style.PRICE,
        )
    last = area.row - 1
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 45
    _frame(chart, (0.01, 0.03, 0.98, 0.82))

    def add(column: str, colour: str | None, labels: DataLabelList | None = None) -> None:
        series = Series()
        series.val = NumDataSource(numRef=NumRef(f=area.reference(f"{column}{first}:{column}{last}")))
        series.cat = AxDataSource(strRef=StrRef(f=area.reference(f"B{first}:B{last}")))
        series.tx = SeriesLabel(strRef=StrRef(area.reference(f"{column}{heads}")))
        series.invertIfNegative = False
        filling = {"solidFill": colour} if colour else {"noFill": True}
        series.spPr = GraphicalProperties(ln=NO_LINE, **filling)
        series.dLbls = labels
        series.idx = series.order = len(chart.series)
        chart.series.append(series)

    # The empty third part of the patterns hides zeros.
    amount, taken_off, put_on = '#,##0.00;"−"#,##0.00;;', '"−"#,##0.00;;;', '"+"#,##0.00;;;'
    add("C", None)
    add("D", style.ACCENT_TOTAL, _labels("inEnd", style.INK, 11, True, pattern=amount))
    add("E", style.ACCENT, _labels("inEnd", style.WHITE, 11, True, pattern=amount))
    add("F", style.DEDUCTION)
    add("G", style.COST, _labels("ctr", style.INK, 11, True, pattern=taken_off))
    add("H", style.DEDUCTION)
    # Stacked columns have no label above the bar: an invisible copy on top carries it.
    add("F", None, _labels("inBase", style.INK, 11, True, pattern=taken_off))
    add("H", None, _labels("inBase", style.INK, 11, True, pattern=put_on))
    across, up = chart.x_axis, chart.y_axis
    across.delete, across.axPos, across.tickLblPos, across.majorTickMark = False, "b", "low", "none"
    across.txPr = _writing(10.5, style.INK, False)
    across.spPr = _stroke(style.AXIS, 1)
    across.noMultiLvlLbl = True
    up.delete, up.majorGridlines, up.axPos = True, None, "l"
    return chart
