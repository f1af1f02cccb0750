"""The brief: one page of paper to take into the room, made of what the other sheets hold."""

from collections.abc import Mapping
from typing import Any

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import (
    Formula,
    Value,
    paint,
    put,
    quoted,
    reference,
    set_heights,
    set_widths,
    widths,
)
from walkaway_xl.sheets.look_up import day_words
from walkaway_xl.sheets.page import Privacy, set_up_page
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.sections import first_screen, price_strip
from walkaway_xl.workbooks.sections.checklist import CAUTION, Flags
from walkaway_xl.workbooks.sections.context import Context, clipped, if_known
from walkaway_xl.workbooks.sections.questions import Wording

PIXELS, POINTS = first_screen.PIXELS, first_screen.POINTS
WIDTHS = widths(*(pixels / PIXELS for pixels in (8, 6, 104, 76, 164, 16, 6, 104, 76, 164, 8)))
HALVES = (("B", "C", "D", "E"), ("G", "H", "I", "J"))
"""Columns of each half: its bar, labels, and the two that a text runs over."""
STRIP_EDGE = 0.22
OPTIONS, SIGNS, TRADES, INQUIRIES, FLAGS = 5, 5, 4, 4, 4
HEAD, LINE, TALL, GAP = 26, 36, 54, 9  # pixels
ROOM = {"half": 108, "part": 75, "name": 52, "line": 100}
"""How many characters fit into the lines of a half of the page, of a part of it, of a name, of a sentence."""
INTERESTS = (
    ("must", "Must have", "What you cannot do without, in a few words."),
    ("why", "Why", "The interest behind it: what you need it for."),
    ("nice", "Would be nice", "What you would like, and can do without."),
    ("never", "Never", "What you agree to at no price."),
)
NUMBERS, REASON, STRIP, FIRST_CARD = 3, 6, 7, 9


class _Page:
    """The sheet, written card by card from the top."""

    def __init__(self, context: Context, sheet: Worksheet, figures: Mapping[str, str]) -> None:
        self.context, self.sheet, self.figures = context, sheet, figures
        self.row = FIRST_CARD
        area = context.data
        area.title("Brief · characters that fit")
        self.room = {
            key: area.reference(f"C{area.write(key.capitalize(), most, number_format=style.WHOLE)}")
            for key, most in ROOM.items()
        }

    def height(self, pixels: float) -> None:
        """Height of the row that is written next."""
        self.sheet.row_dimensions[self.row].height = pixels * POINTS

    def heads(self, *titles: str) -> None:
        """Heads of the cards side by side; a single one runs over the page."""
        self.height(HEAD)
        for (bar, first, _, last), title in zip(HALVES, titles, strict=False):
            until = last if len(titles) > 1 else HALVES[1][-1]
            put(self.sheet, f"{bar}{self.row}", fill=style.ACCENT)
            paint(self.sheet, f"{first}{self.row}:{until}{self.row}", fill=style.CARD)
            put(self.sheet, f"{first}{self.row}", title, size=11, bold=True, fill=style.CARD, indent=1)
        self.row += 1

    def text(self, first: str, last: str, value: Value, style_name: str = "wx Words", **look: Any) -> str:
        """A text that runs over the cells up to another one, and breaks there."""
        cells = f"{first}{self.row}:{last}{self.row}"
        paint(self.sheet, cells, style_name=style_name)
        if first != last:
            self.sheet.merge_cells(cells)
        looks: dict[str, Any] = {"size": 10, "wrap": True, "colour": style.INK, **look}
        return reference(
            self.sheet, put(self.sheet, f"{first}{self.row}", value, style_name, **looks).coordinate
        )

    def labelled(self, half: int, label: Value, value: Value, **look: Any) -> str:
        """A line with its label."""
        _, first, middle, last = HALVES[half]
        put(self.sheet, f"{first}{self.row}", label, "wx Unit", wrap=True)
        return self.text(middle, last, value, **look)

    def gap(self) -> None:
        """Room below the cards."""
        self.height(GAP)
        self.row += 1


def write(
    context: Context, sheet: Worksheet, wording: Wording, figures: Mapping[str, str], flags: Flags
) -> None:
    """Write the page: what to want, what they want, what else there is, how to move, when and how to go."""
    set_widths(sheet, WIDTHS)
    sheet.sheet_view.showRowColHeaders = False
    page = _Page(context, sheet, figures)
    _front(page, wording)
    _interests(page)
    _options(page)
    _moves(page)
    _stops(page, flags)
    _leaving(page)
    draft = context.draft
    draft.name("wx_brief", reference(sheet, f"A1:K{page.row - 1}"))
    # Not an input: its message would lie on the card beside it.
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = "A2"
    set_up_page(sheet, f"A1:K{page.row - 1}", Privacy.PRIVATE, portrait=True)


def _front(page: _Page, wording: Wording) -> None:
    """What it is about, the four numbers, what they lead to, and the strip."""
    context, sheet, figures = page.context, page.sheet, page.figures
    heights = {1: 30, 2: GAP, 3: 20, 4: 34, 5: 20, REASON: 50, STRIP: 88, STRIP + 1: GAP}
    set_heights(sheet, {row: pixels * POINTS for row, pixels in heights.items()})
    item, them, currency = (figures[key] for key in ("item", "them", "currency"))
    paint(sheet, "A1:K1", style_name="wx Bar")
    whom = f'IF({them}="","",", "&{them})'
    title = f'CHOOSE(1+({item}<>""),"Brief for the talks","Brief: "&{item}&{whom})'
    put(sheet, "B1", Formula(title), "wx Bar", size=14, shrink=True)
    put(sheet, "I1", Privacy.PRIVATE.bar, "wx Bar", horizontal="right")
    for cells in ("B1:H1", "I1:J1"):
        sheet.merge_cells(cells)
    ours, words = figures["our_offer"], context.words
    offered = if_known((ours,), f"{quoted(wording.ours + ' ')}&{words(ours)}")
    for cells, head, key, caption, strong in (
        ("C:D", wording.walkaway, "walkaway", f'{currency}&""', True),
        ("E:E", "We hope for", "want_counted", '"the number to keep in mind"', False),
        ("H:I", "We open at", "opening", '"and say why"', False),
        ("J:J", wording.theirs, "offer", offered, False),
    ):
        first, _, last = cells.partition(":")
        fill = style.ACCENT if strong else style.CARD
        ink, quiet = (style.WHITE, style.ON_ACCENT) if strong else (style.INK, style.SLATE)
        paint(sheet, f"{first}{NUMBERS}:{last}{NUMBERS + 2}", fill=fill)
        number = Formula(if_known((figures[key],), words(figures[key])))
        for row, value, size, colour in (
            (NUMBERS, head.upper(), 10, quiet),
            (NUMBERS + 1, number, 22, ink),
            (NUMBERS + 2, Formula(caption), 10, quiet),
        ):
            if first != last:
                sheet.merge_cells(f"{first}{row}:{last}{row}")
            bold = row < NUMBERS + 2
            put(sheet, f"{first}{row}", value, size=size, bold=bold, colour=colour, indent=1, shrink=True)
            sheet[f"{first}{row}"].fill = style.solid(fill)
        if first in "EJ":
            paint(sheet, f"{first}{NUMBERS}:{first}{NUMBERS + 2}", border=style.GUTTER)
    for bar, *_ in HALVES:
        paint(sheet, f"{bar}{NUMBERS}:{bar}{NUMBERS + 2}", fill=style.ACCENT)
    sheet.merge_cells(f"C{REASON}:J{REASON}")
    verdict = f'{Ref(figures["banner"]).nth(0)}&"   "&{figures["reason"]}'
    put(sheet, f"C{REASON}", Formula(verdict), size=10, bold=True, indent=1, wrap=True)
    names = {
        "offer": wording.theirs,
        "our_offer": wording.ours.capitalize(),
        "walkaway": "Walk away",
        "want": "We hope for",
    }
    canvas = price_strip.draw(context, figures, names, STRIP_EDGE)
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        f"B{STRIP}:J{STRIP}",
        "Zone strip of the brief",
        f"The {context.side.measure}s from where you leave to what you hope for, both offers above them.",
    )


def _interests(page: _Page) -> None:
    """What we want, to be typed here, and what they want, as Plan has it."""
    context, figures, words = page.context, page.figures, page.context.words
    page.heads("What we want, and why", "Their side")
    theirs = (
        ("They need", "their_interests"),
        ("Who decides", "their_decider"),
        ("Their deadline", "their_deadline"),
        ("Without us", "their_alternatives"),
    )
    for (key, label, prompt), (their_label, ref) in zip(INTERESTS, theirs, strict=True):
        page.height(TALL)
        cell = page.labelled(0, label, None, style_name="wx Paper")
        inputs.validate(page.sheet, f"{Ref(cell).cells}:E{page.row}", inputs.TEXT, label, prompt)
        context.draft.take(f"interests.{key}", cell, inputs.TEXT, label)
        page.labelled(1, their_label, Formula(clipped(figures[ref], page.room["half"])))
        page.row += 1
    page.height(TALL)
    deadline, meeting = figures["deadline"], figures["meeting"]
    met = f'IF(COUNT({meeting})=0,"",", we meet on "&{_day(context, meeting)})'
    settled = if_known((deadline,), f'"by "&{_day(context, deadline)}')
    page.labelled(0, "To be settled", Formula(f"{settled}&{met}"))
    low, likely, high = (figures[key] for key in ("low", "likely", "high"))
    span = f'IF(COUNT({low},{high})<=1,"",", from "&{words(low)}&" to "&{words(high)})'
    width = context.side.better_by(likely, figures["walkaway"])
    zone = f'IF({width}<0,". No zone: "&{words(f"-{width}")}&" apart",". Zone: "&{words(width)}&" wide")'
    guess = if_known((likely,), f'"likely "&{words(likely)}&{span}&{if_known((figures["walkaway"],), zone)}')
    page.labelled(1, "Their walk-away", Formula(guess))
    page.row += 1
    page.gap()


def _day(context: Context, ref: str) -> str:
    return day_words(ref, context.lists.months)


def _options(page: _Page) -> None:
    """What else there is, best first, and what the team has agreed on."""
    figures, words = page.figures, page.context.words
    page.heads("If we don’t agree, in this order", "Signals between us")
    for number in range(max(OPTIONS, SIGNS)):
        page.height(LINE)
        name, price = (Ref(figures[key]).nth(number) for key in ("ranked_names", "ranked_prices"))
        first = number == 0
        page.text("C", "D", Formula(if_known((price,), clipped(name, page.room["name"]))), bold=first)
        page.text("E", "E", Formula(if_known((price,), words(price))), bold=first, horizontal="right")
        sign, meaning = (Ref(figures[key]).nth(number) for key in ("signs", "sign_meanings"))
        page.text("H", "I", Formula(clipped(sign, page.room["name"])))
        page.text("J", "J", Formula(f'IF({sign}="","",{meaning})'), colour=style.SLATE)
        page.row += 1
    page.gap()


def _moves(page: _Page) -> None:
    """What is given for what, and how the offers move."""
    figures, words = page.figures, page.context.words
    page.heads("Give only when you get", "How we open and move")
    opening, plan, count = figures["opening"], Ref(figures["plan"]), figures["offers"]
    because = (
        f'IF({figures["opening_reason"]}="","",": "&{clipped(figures["opening_reason"], page.room["half"])})'
    )
    steps = "&".join(
        f'IF(COUNT({offer})=0,"",{quoted(" → " if number else "")}&{words(offer)})'
        for number, offer in enumerate(plan.nth(place) for place in range(1, plan.rows))
    )
    last = f"INDEX({plan},{count})"
    moves = (
        ("We open at", if_known((opening,), f"{words(opening)}&{because}")),
        ("Then", steps),
        ("Last offer", if_known((last,), f'{words(last)}&". Then be quiet."')),
        ("To an extreme number", clipped(figures["opening_reply"], page.room["half"])),
    )
    for number, (label, sentence) in enumerate(moves):
        page.height(TALL)
        get, give = (Ref(figures[key]).nth(number) for key in ("trades_get", "trades_give"))
        page.text("C", "D", Formula(f'IF({get}="","","If you "&{clipped(get, page.room["part"])}&",")'))
        page.text("E", "E", Formula(f'IF({give}="","","we "&{clipped(give, page.room["part"])})'))
        page.labelled(1, label, Formula(sentence))
        page.row += 1
    page.gap()


def _stops(page: _Page, flags: Flags) -> None:
    """What to find out, the cheapest doubts first, and what ends the talks at once."""
    context, figures = page.context, page.figures
    page.heads("Ask before you talk price", "Stop at once if")
    asked, order = Ref(figures["inquiries"]), Ref(figures["inquiry_order"])
    area = context.data
    area.title("Brief · order of the questions")
    area.columns("Question", "Place")
    top = area.row
    for number in range(asked.rows):
        # What has no order yet comes last, and none has the place of another.
        last = f"ROWS({figures['inquiry_order']})"
        rank = f"IF(COUNT({order.nth(number)})=0,{last},{order.nth(number)})"
        tie = f"ROWS({area.reference(f'B{top}:B{top + number}')})/(1+{last})"
        area.write(
            Formula(clipped(asked.nth(number), page.room["line"])),
            Formula(f'CHOOSE(1+({asked.nth(number)}<>""),"",{rank}+{tie})'),
        )
    texts, places = (area.reference(f"{column}{top}:{column}{area.row - 1}") for column in "BC")
    for number in range(max(INQUIRIES, FLAGS)):
        page.height(LINE)
        nth = f"SMALL({places},ROWS($A${page.row - number}:$A{page.row}))"
        page.text("C", "E", Formula(f'IFERROR(INDEX({texts},MATCH({nth},{places},0)),"")'))
        text, severity = flags.texts.nth(number), flags.severities.nth(number)
        page.text("H", "J", Formula(f'IF({severity}={CAUTION},"",{text})'))
        page.row += 1
    page.gap()


def _leaving(page: _Page) -> None:
    """The words for leaving, and how to rehearse them."""
    context, sheet, figures = page.context, page.sheet, page.figures
    page.heads("If we leave, we say exactly this")
    page.height(100)
    leaving = page.text("C", "J", Formula(f'"“"&{figures["words_polite"]}&"”"'))
    sheet[Ref(leaving).cells].font = Font(name=style.FACE, size=12, italic=True, color=style.INK)
    page.row += 1
    page.heads("Rehearse it aloud before you go")
    name, price = (Ref(figures[key]).nth(0) for key in ("ranked_names", "ranked_prices"))
    none = '"First find an alternative: question 2 on Start."'
    instead = if_known((price,), f'{clipped(name, page.room["line"])}&": "&{context.words(price)}', none)
    bluff = figures["words_bluff"]
    calm = (
        '"“It is no bluff. I would like to agree with you. If we cannot, I have another way, and I take it.”"'
    )
    called = if_known(
        (figures["words_call_back"],), f'"Call them on "&{_day(context, figures["words_call_back"])}'
    )
    day = figures["words_rehearsed"]
    done = f'IF(COUNT({day})=0,"▢  Not rehearsed yet",{quoted("✔  Rehearsed on ")}&{_day(context, day)})'
    for label, text in (
        ("1  Say the words", '"Stand up, say them as they stand above, and stop talking."'),
        ("2  Name what you do instead", instead),
        ("3  “You are bluffing”", f'IF({bluff}="",{calm},{bluff})'),
        ("4  Afterwards", f'{called}&IF(COUNT({figures["words_call_back"]})=0,"","  ·  ")&{done}'),
    ):
        page.height(LINE)
        put(sheet, f"C{page.row}", label, "wx Unit")
        blocks.band(sheet, "C", "D", page.row, "wx Unit")
        page.text("E", "J", Formula(text))
        page.row += 1


__all__ = ["write"]
