"""The look of every workbook: palette, statuses, number formats, named cell styles and theme."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.writer.theme import theme_xml

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.word_list import Verbatim, WordList

FACE = "Calibri"

INK = "1B2733"
SLATE = "55636F"
MIST = "9AA6B1"
LINE = "DDE3E8"
CARD = "F4F6F8"
WHITE = "FFFFFF"
ACCENT = "0E5A6B"
ACCENT_TINT = "DCEAED"
ACCENT_RANGE = "9CC3CB"
ACCENT_TOTAL = "A3C4CB"
ACCENT_BAR = "8FBAC3"
ACCENT_PLAN = "5F97A3"
INPUT_TEXT = "1A3FC4"
INPUT_FILL = "FFF8DC"
INPUT_LINE = "DCC878"
LINK_TEXT = "2B6B4F"
THEM = "7A8792"
THEM_RANGE = "C9D1D8"
GRID = "E9EDF1"
AXIS = "B9C3CC"
DEDUCTION = "A9B4BE"
COST = "D3DAE0"
NEGATIVE_TEXT = "A34700"
NEGATIVE_BAR = "DD8452"
NEGATIVE_LINE = "D55E00"
NO_ZONE = "F2B48C"
WORST = "8C2D04"
# Zones of a price strip, from where one leaves to what one hopes for: they darken, so grey keeps the order.
ZONES = ("F6E7DE", "F0BE63", "6FA9B8", "0E4A58")
PALE_ZONES = ("F6F4F3", "EDEBE6", "DFE6E9", "CBD5DA")
ON_GOOD, PALE_WORDS, ON_ACCENT = "0B2A33", "66737F", "CFE3E8"


@dataclass(frozen=True)
class Status:
    """A status word with the symbol and colours that carry it; never one without the others."""

    word: str
    symbol: str
    tint: str | None
    strong: str
    ink: str = INK

    @property
    def label(self) -> str:
        """The status as a cell shows it."""
        return Verbatim(f"{self.symbol}  {phrase(self.word)}")

    @property
    def cell(self) -> str:
        """The name of the cell that holds its word, for formulas."""
        return status_words([self])[self.word]


def status_words(statuses: Iterable[Status]) -> WordList:
    """The words of statuses as a list."""
    return WordList("status", tuple(status.word for status in statuses))


WALK_AWAY = Status("WALK AWAY", "✖", "F9D9C4", NEGATIVE_LINE)
TOO_CLOSE = Status("TOO CLOSE", "▲", "FBE6BD", "E69F00")
ACCEPTABLE = Status("ACCEPTABLE", "●", "D6ECF9", "56B4E9")
TARGET_MET = Status("TARGET MET", "✔", "C5DEEE", "0072B2")
WISH_MET = Status("WISH MET", "★", "C2E8DD", "009E73")
NOT_READY = Status("NOT READY", "▢", "E6E6E6", "8A97A5")
READY = Status("READY", "✔", CARD, SLATE)
START_HERE = Status("START HERE", "▸", ACCENT_TINT, ACCENT)
NO_OFFER = Status("NO OFFER YET", "▸", ACCENT_TINT, ACCENT)
RUN = Status("RUN", "■", WORST, "5E1D00", WHITE)
BELOW_COST = Status("BELOW COST", "■", WORST, "5E1D00", WHITE)
BELOW_FLOOR = Status("BELOW FLOOR", "✖", "F9D9C4", NEGATIVE_LINE)
NEAR_FLOOR = Status("NEAR FLOOR", "▲", "FBE6BD", "E69F00")
OK = Status("OK", "✔", None, SLATE, SLATE)

PRICE_STATUSES = (WALK_AWAY, TOO_CLOSE, ACCEPTABLE, TARGET_MET, WISH_MET)
# NOT READY stands before READY: a rule that looks for the word READY would find it in both.
VERDICTS = (*PRICE_STATUSES, NOT_READY, READY, NO_OFFER, START_HERE, RUN)
LINE_STATUSES = (BELOW_COST, BELOW_FLOOR, NEAR_FLOOR, OK)

# The right padding lives in the format: LibreOffice loses a right indent in some cells.
PADDING = "_)_)"


def number_format(positive: str, zero: str | None = None) -> str:
    """Number format with a real minus sign and right padding for positive, negative, zero and text."""
    unsigned = positive.lstrip("+")
    return ";".join(part + PADDING for part in (positive, f'"−"{unsigned}', zero or unsigned, "@"))


def bare_format(positive: str) -> str:
    """Number format with a real minus sign for a number that stands alone and needs no padding."""
    unsigned = positive.lstrip("+")
    return f'{positive};"−"{unsigned};{unsigned}'


PRICE = number_format("#,##0.00")
PRICE_DELTA = number_format("+#,##0.00")
MONEY = number_format("#,##0")
COUNT = number_format("#,##0")
WHOLE = number_format("0")
ONE_DECIMAL = number_format("0.0")
SHARE = number_format("0.0 %")
SHARE_DELTA = number_format("+0.0 %")
SHARE_WHOLE = number_format("0 %")
SHARE_WHOLE_DELTA = number_format("+0 %")
SHARE_DASH = number_format("0 %", zero='"–"')
DATE = "d mmm yyyy" + PADDING
POSITION = "0.000"
GENERAL = "General"
# Large numbers in tiles and banners stand alone and need no padding.
PRICE_BARE = bare_format("#,##0.00")
DELTA_BARE = bare_format("+#,##0.00")
SHARE_BARE = "0.0 %"
SHARE_WHOLE_BARE = "0 %"


def solid(colour: str) -> PatternFill:
    """A plain fill."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def changed_fill(colour: str) -> PatternFill:
    """A plain fill for a conditional format, which reads the background colour."""
    return PatternFill("solid", start_color=colour, end_color=colour, bgColor=colour)


def type_face(size: float = 11, bold: bool = False, colour: str = INK) -> Font:
    """The one typeface, in a size and colour."""
    return Font(name=FACE, size=size, bold=bold, color=colour)


def placed(
    horizontal: str = "left", vertical: str = "center", indent: int = 0, wrap: bool = False
) -> Alignment:
    """Alignment in a cell; vertically centred unless told."""
    return Alignment(horizontal=horizontal, vertical=vertical, indent=indent, wrap_text=wrap)


def under(colour: str, weight: str = "thin") -> Border:
    """A line below the cell; tables have no others."""
    return Border(bottom=Side(style=weight, color=colour))


HAIRLINE = under(LINE)
HEAD_RULE = under(INK, "medium")
INPUT_RULE = under(INPUT_LINE)
OUTPUT_RULE = under(ACCENT, "medium")
GUTTER = Border(left=Side(style="thick", color=WHITE))


@dataclass(frozen=True)
class CellStyle:
    """One named style as it appears in the gallery of cell styles."""

    name: str
    font: Font
    alignment: Alignment
    number_format: str = GENERAL
    fill: str | None = None
    border: Border | None = None
    locked: bool = True

    def named(self) -> NamedStyle:
        """The style as openpyxl wants it; a fresh object, because openpyxl binds it to one workbook."""
        style = NamedStyle(
            name=self.name,
            font=self.font,
            alignment=self.alignment,
            number_format=self.number_format,
            protection=Protection(locked=self.locked),
        )
        if self.fill:
            style.fill = solid(self.fill)
        if self.border:
            style.border = self.border
        return style


def _variants(
    name: str, font: Font, border: Border, fill: str | None = None, locked: bool = True
) -> tuple[CellStyle, ...]:
    """A style for each thing a cell can hold: price, share, date, count, text."""
    numbers = (("", PRICE), (" %", SHARE), (" date", DATE), (" qty", COUNT))
    return (
        *(
            CellStyle(name + suffix, font, placed("right"), pattern, fill, border, locked)
            for suffix, pattern in numbers
        ),
        CellStyle(name + " text", font, placed(indent=1), GENERAL, fill, border, locked),
    )


STYLES: tuple[CellStyle, ...] = (
    CellStyle("wx Title", type_face(22, True), placed()),
    CellStyle("wx Subtitle", type_face(colour=SLATE), placed()),
    CellStyle("wx Section", type_face(13, True), placed(vertical="bottom")),
    CellStyle("wx Overline", type_face(10, True, SLATE), placed(vertical="bottom", indent=1)),
    CellStyle("wx Body", type_face(), placed()),
    CellStyle("wx Wrap", type_face(), placed(vertical="top", wrap=True)),
    CellStyle("wx Note", type_face(10, colour=SLATE), placed()),
    CellStyle("wx Bar", type_face(10, True, WHITE), placed(), fill=ACCENT),
    CellStyle("wx Label", type_face(), placed(indent=1), border=HAIRLINE),
    CellStyle("wx Unit", type_face(10, colour=SLATE), placed(indent=1), border=HAIRLINE),
    CellStyle("wx Words", type_face(colour=SLATE), placed(indent=1), border=HAIRLINE),
    *_variants("wx Input", type_face(colour=INPUT_TEXT), INPUT_RULE, INPUT_FILL, locked=False),
    *_variants("wx Data", type_face(colour=INPUT_TEXT), HAIRLINE, locked=False),
    *_variants("wx Calc", type_face(), HAIRLINE),
    *_variants("wx Output", type_face(bold=True), OUTPUT_RULE, CARD),
    *_variants("wx Link", type_face(colour=LINK_TEXT), HAIRLINE),
    CellStyle("wx Leaf", type_face(12), placed(wrap=True), border=HAIRLINE, locked=False),
    CellStyle("wx Leaf line", type_face(12), placed(wrap=True), border=HAIRLINE),
    CellStyle("wx Paper", type_face(), placed(indent=1, wrap=True), border=INPUT_RULE, locked=False),
    CellStyle("wx Head", type_face(10, True, SLATE), placed(vertical="bottom", indent=1), border=HEAD_RULE),
    CellStyle(
        "wx Head num", type_face(10, True, SLATE), placed("right", "bottom", 1, True), border=HEAD_RULE
    ),
    CellStyle("wx KPI", type_face(24, True), placed(indent=1), PRICE_BARE),
    CellStyle("wx Status", type_face(bold=True), placed(indent=1), border=HAIRLINE),
)


def dress(workbook: Workbook) -> None:
    """Give a new workbook the named styles and the theme."""
    for style in STYLES:
        workbook.add_named_style(style.named())
    workbook.loaded_theme = _theme()


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME_COLOURS = {
    "dk2": INK,
    "lt2": CARD,
    "accent1": ACCENT,
    "accent2": THEM,
    "accent3": TOO_CLOSE.strong,
    "accent4": ACCEPTABLE.strong,
    "accent5": WISH_MET.strong,
    "accent6": WALK_AWAY.strong,
    "hlink": ACCENT,
    "folHlink": SLATE,
}


def _theme() -> bytes:
    """The default theme in our colours and typeface, so that what users add matches."""
    source: Any = theme_xml
    theme = etree.fromstring(source if isinstance(source, bytes) else source.encode())
    theme.set("name", "walkaway-xl")
    for name, colour in _THEME_COLOURS.items():
        slot = theme.find(f".//{_DRAWING}clrScheme/{_DRAWING}{name}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{_DRAWING}srgbClr", val=colour)
    for kind in ("majorFont", "minorFont"):
        theme.find(f".//{_DRAWING}{kind}/{_DRAWING}latin").set("typeface", FACE)
    written: bytes = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
