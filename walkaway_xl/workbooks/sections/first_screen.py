"""The first screen: the questions at the left, what they lead to at the right, the strip below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import (
    Formula,
    link,
    paint,
    put,
    quoted,
    set_heights,
    set_widths,
    tab_title,
    widths,
)
from walkaway_xl.sheets.look_up import day_words
from walkaway_xl.sheets.page import Privacy
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.sections import lists, price_strip, questions
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.offer_log import Basis
from walkaway_xl.workbooks.sections.questions import (
    HOPE,
    LIMIT,
    OPTION,
    RESTART,
    ROWS,
    THEIRS,
    WITHOUT,
    Wording,
)

PIXELS, POINTS = 7, 0.75  # a character of a column's width, and a pixel of a row's height
WIDTHS = widths(*(pixels / PIXELS for pixels in (12, 28, 284, 124, 90, 76, 18, 8, 166, 166, 166, 12, 12)))
CHANGE_ROW, STRIP_ROW, FOOT_ROW, BELOW = 16, 17, 18, 20
HEIGHTS = {1: 32, 2: 8, 3: 22, 7: 33, 12: 24, CHANGE_ROW: 20, STRIP_ROW: 92, FOOT_ROW: 20, FOOT_ROW + 1: 14}
QUESTION_HEIGHT = 27
DECIMALS_COLUMN = "M"
DECIMALS = f"${DECIMALS_COLUMN}$2"
SEAM = Side("thick", color=style.WHITE)
START_EDGE = 0.15


@dataclass(frozen=True)
class Link:
    """A sheet where an answer is worked out, and what the way there is called."""

    sheet: str
    title: str


@dataclass(frozen=True)
class Screen:
    """References to what the first screen says."""

    titles: str
    """What it is about, and how far it is answered."""
    banner: str
    """Word, meaning and advice, one below the other."""
    reason: str


def write_left(context: Context, sheet: Worksheet, wording: Wording, basis: Basis | None = None) -> None:
    """Write the grid, the bar and the questions."""
    set_widths(sheet, WIDTHS)
    heights = dict.fromkeys(range(3, 16), QUESTION_HEIGHT) | HEIGHTS
    set_heights(sheet, {row: pixels * POINTS for row, pixels in heights.items()})
    sheet.sheet_view.showRowColHeaders = False
    paint(sheet, "A1:L1", style_name="wx Bar")
    put(sheet, "K1", Privacy.PRIVATE.bar, "wx Bar", horizontal="right")
    blocks.hidden_decimals(sheet, DECIMALS_COLUMN, Formula(context.lists.decimals))
    questions.write_questions(sheet, wording, basis)


def write(
    context: Context,
    sheet: Worksheet,
    wording: Wording,
    answers: Mapping[str, str],
    figures: Mapping[str, str],
    deeper: Mapping[int, tuple[str, str]],
    preparation: tuple[str, str, str],
    links: Sequence[Link],
) -> Screen:
    """Write everything that follows from the answers.

    Parameters
    ----------
    context, sheet, wording, answers
        The workbook, the first sheet, its words, and the cells that take the answers.
    figures : mapping
        References to the figures of the deal.
    deeper : mapping
        Answers that another sheet may replace: a formula that gives 1 when it does, and what then stands
        beside the answer.
    preparation : tuple of str
        References to whether the preparation is ready, and to how many essential items are open; a formula
        for the words about a walk-away that gave way.
    links : sequence of Link
        Where the foot leads.
    """
    front = _Front(context, wording, answers, figures)
    answered = front.write()
    _marks(sheet, front)
    _replaced(sheet, deeper, wording)
    for cell in (f"D{RESTART}", f"D{HOPE}"):
        blocks.follow_decimals(sheet, cell, DECIMALS)
    _banner(sheet, wording, front, answered, preparation)
    _tiles(context, sheet, wording, answers, figures)
    _next_step(sheet, front)
    put(
        sheet,
        f"B{CHANGE_ROW}",
        Formula(figures["change"]),
        "wx Note",
        bold=True,
        colour=style.INK,
        shrink=True,
    )
    sheet.merge_cells(f"B{CHANGE_ROW}:K{CHANGE_ROW}")
    names = {
        "offer": wording.theirs,
        "our_offer": wording.ours.capitalize(),
        "walkaway": "Your walk-away",
        "want": "You hope for",
    }
    canvas = price_strip.draw(context, figures, names, START_EDGE)
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        f"B{STRIP_ROW}:K{STRIP_ROW}",
        "Zone strip",
        f"A strip of {context.side.measure}s in four zones, from where you leave to what you hope for, with "
        "both offers above it and your walk-away and hope below it.",
    )
    put(
        sheet,
        f"B{FOOT_ROW}",
        Formula(
            f'IF({answered}=0,"Type in the yellow cells. Skip what you don\'t know yet.",{context.master})'
        ),
        "wx Note",
    )
    for column, step in zip("EIJK", links, strict=False):
        step_link = link(tab_title(step.sheet), f"{step.title}  ›")
        put(sheet, f"{column}{FOOT_ROW}", step_link, "wx Note", bold=True, colour=style.ACCENT, indent=1)
    return Screen(front.titles, front.banner, front.reason)


class _Front:
    """What the first screen says, worked out on the sheet of lists."""

    def __init__(
        self, context: Context, wording: Wording, answers: Mapping[str, str], figures: Mapping[str, str]
    ) -> None:
        self.context, self.wording, self.answers, self.figures = context, wording, answers, figures
        self.area = context.data
        self.numbers = self.done = self.questions = ""
        self.title = self.titles = self.banner = self.reason = self.foot = ""

    def say(self, text: str) -> str:
        """A cell that holds words."""
        return self.area.reference(f"B{self.area.write(text)}")

    def cell(self, label: str, formula: str, number_format: str = style.GENERAL) -> str:
        """A cell that holds a formula."""
        return self.area.reference(
            f"C{self.area.write(label, Formula(formula), number_format=number_format)}"
        )

    def write(self) -> str:
        """Write it; returns where the number of answered questions is."""
        area, figures, answers, lists_ = self.area, self.figures, self.answers, self.context.lists
        self._write_questions()
        answered = self.cell("Questions answered", f"SUM({self.done})", style.WHOLE)
        next_open = self.cell(
            "Next open question", f"IFERROR(INDEX({self.numbers},MATCH(0,{self.done},0)),0)", style.WHOLE
        )
        steps = self._write_steps(answered, next_open)
        wording, status = self.wording, lists_.status
        start_title, verb, link = (self.say(text) for text in (wording.title, wording.verb, wording.link))
        due = self.say(wording.due)
        area.title("First screen · title, verdict")
        whom = f'IF({answers["them"]}="",""," "&{link}&" "&{answers["them"]})'
        named = f'{verb}&" "&{answers["item"]}&{whom}'
        self.title = self.cell("Title", f'CHOOSE(1+({answers["item"]}<>""),{start_title},{named})')
        day = answers["deadline"]
        date = day_words(day, lists_.months)
        self.foot = self.cell(
            "Answers and date",
            f'{answered}&" of "&ROWS({self.done})&" answered"&IF(COUNT({day})=0,"","  ·  "&{due}&" "&{date})',
        )
        self.titles = _both(self.title, self.foot)
        verdict = figures["verdict"]
        begun = f"1+({answered}>0)"
        start = style.START_HERE.cell

        def by_status(column: str) -> str:
            return f"CHOOSE({begun},{status(column, start)},{status(column, verdict)})"

        word = self.cell("Verdict", by_status(lists_.status_labels))
        self.cell("What it means", by_status(lists_.meanings))
        advice = self.cell("What to do", f"INDEX({steps[0]},MATCH(1,{steps[1]},0))")
        self.banner = _both(word, advice)
        first = f'"Questions 1 and "&ROWS({self.done})-1&" alone give you a first verdict."'
        self.reason = self.cell("Reason", f"CHOOSE({begun},{first},{figures['reason']})")
        return answered

    def _write_questions(self) -> None:
        area, figures, answers = self.area, self.figures, self.answers
        area.title("First screen · questions")
        area.columns("Question", "Number", "Answered")
        first = area.row
        done = (
            f"COUNT({figures['offer']})",
            lists.answered(self.context.lists, answers["answer"]),
            f"--(COUNT({answers['instead']},{figures['typed_prices']})>0)",
            f"--({figures['nothing_known']}>0)",
            f"COUNT({answers['walk_cost']})",
            f"COUNT({answers['want']})",
            f"--(COUNT({answers[self.wording.limit[0]]},{figures['hard_limit']})>0)",
            f"COUNT({answers['deadline']})",
        )
        worded = self.wording.asked(self.answers["item"])
        for number, (row, test) in enumerate(zip(ROWS, done, strict=True), 1):
            area.write(worded[row], number, Formula(test), number_format=style.WHOLE)
        last = area.row - 1
        self.questions, self.numbers, self.done = (
            area.reference(f"{column}{first}:{column}{last}") for column in "BCD"
        )

    def _write_steps(self, answered: str, next_open: str) -> tuple[str, str]:
        """What to do next: the first that applies."""
        area, figures, answers, lists_ = self.area, self.figures, self.answers, self.context.lists
        area.title("First screen · next step, the first that applies")
        sure_enough = area.reference(
            f"C{area.write('Sure enough to talk', 0.8, number_format=style.SHARE_WHOLE)}"
        )
        area.columns("What to do", "Applies")
        first = area.row
        advice = f"{lists_.status(lists_.advice, figures['verdict'])}&{figures['signs']}"
        question = f"INDEX({self.questions},MAX(1,{next_open}))"
        begin = f'"Answer question "&{next_open}&": "&{question}'
        more = "more" if self.context.side.best == "MAX" else "less"
        hope = quoted(f"Hope for {more} than your walk-away, or take your alternative: question 6.")
        chance = answers["instead_chance"]
        for text, applies in (
            (advice, f"--({figures['decided']}>0)"),
            (quoted(self.wording.first_step), f'--AND({answered}=0,{answers["item"]}="")'),
            (figures["ask_basis"], figures["unknown_basis"]),
            (begin, f"--({next_open}>0)"),
            (
                hope,
                f"COUNT({answers['want']})*COUNT({figures['walkaway']})*(COUNT({figures['want_counted']})=0)",
            ),
            (
                f'"Make your option surer before you talk: it is only "&FIXED(100*{chance},0)&" % sure."',
                f"--AND(COUNT({chance})*COUNT({figures['linked_option']})=1,{chance}<{sure_enough})",
            ),
            (figures["warning"], figures["warned"]),
            (figures["talks_advice"], f"{figures['talks_urgent']}*({figures['at_want']}=0)"),
            (f'{figures["next_step"]}&""', f'--({figures["next_step"]}<>"")'),
            (advice, "1"),
        ):
            area.write(Formula(text), Formula(applies), number_format=style.WHOLE)
        last = area.row - 1
        return area.reference(f"B{first}:B{last}"), area.reference(f"C{first}:C{last}")


def _both(first: str, last: str) -> str:
    """The cells from one to another in the same column."""
    top = Ref(first)
    return top.to(top.sheet, f"{top.cells}:{Ref(last).cells}")


def _marks(sheet: Worksheet, front: _Front) -> None:
    """The number of each question, which becomes a tick; the first open one stands out."""
    for index, row in enumerate(ROWS):
        number, done = Ref(front.numbers).nth(index), Ref(front.done).nth(index)
        mark = Formula(f'IF({done}=1,"✔",{number})')
        put(sheet, f"B{row}", mark, "wx Label", bold=True, colour=style.SLATE, horizontal="center", indent=0)
    first, last = ROWS[0], ROWS[-1]
    is_next = f"AND(ISNUMBER($B{first}),$B{first}=MIN($B${first}:$B${last}))"
    blocks.tint_when(sheet, f"B{first}:B{last}", is_next, style.ACCENT, style.WHITE, True)


def _replaced(sheet: Worksheet, deeper: Mapping[int, tuple[str, str]], wording: Wording) -> None:
    """Say beside an answer that another sheet has a better one, and strike the answer out."""
    hints = {
        THEIRS: wording.ours,
        OPTION: "how sure?",
        WITHOUT: wording.without_hint,
        LIMIT: wording.limit_hint,
    }
    for row, hint in hints.items():
        shown = quoted(hint)
        if row in deeper:
            flag, instead = deeper[row]
            shown = f'CHOOSE(1+({flag}>0),{shown},"↪ "&{instead})'
        put(
            sheet,
            f"E{row}",
            Formula(shown) if row in deeper else hint,
            "wx Unit",
            shrink=row in (THEIRS, OPTION),
        )
        if row in (THEIRS, OPTION):
            put(sheet, f"E{row}", None, horizontal="right")
        is_replaced, struck = f'LEFT($E{row},1)="↪"', Font(strike=True, color=style.MIST)
        for letter in "DF" if row == THEIRS else "D":
            blocks.follow_decimals(sheet, f"{letter}{row}", DECIMALS, also=(is_replaced, {"font": struck}))
        if row == OPTION:
            sheet.conditional_formatting.add(f"F{row}", FormulaRule(formula=[is_replaced], font=struck))


def _banner(
    sheet: Worksheet, wording: Wording, front: _Front, answered: str, preparation: tuple[str, str, str]
) -> None:
    """The verdict: word, what it means, and what decided."""
    tint = style.START_HERE.tint or ""
    paint(sheet, "H3:K7", fill=tint)
    put(sheet, "B1", Formula(front.title), "wx Bar", size=15, shrink=False)
    put(sheet, "I3", wording.overline.upper(), "wx Overline", fill=tint, colour=style.INK)
    ready, open_items, loosened = preparation
    gaps = f'"▲  "&{open_items}&" essential items of your preparation are open"'
    state = f'IF({ready}={style.READY.cell},"✔  prepared",{gaps})'
    word, meaning, _ = (Ref(front.banner).nth(index) for index in range(3))
    put(
        sheet,
        "K3",
        Formula(f'CHOOSE(1+({answered}>0)*(1+({loosened}<>"")),"",{state},{loosened})'),
        bold=True,
        size=10,
        fill=tint,
        horizontal="right",
        vertical="bottom",
        indent=1,
    )
    put(sheet, "I4", Formula(word), size=30, bold=True, fill=tint, indent=1, shrink=True, vertical="center")
    put(sheet, "I6", Formula(meaning), size=12, fill=tint, indent=1, shrink=True, vertical="center")
    put(
        sheet, "I7", Formula(front.reason), size=10, bold=True, fill=tint, indent=1, wrap=True, vertical="top"
    )
    for cells in ("I4:K5", "I6:K6", "I7:K7"):
        sheet.merge_cells(cells)
    blocks.tint_by_status(sheet, "I3:K7", "$I$4")
    blocks.tint_by_status(sheet, "H3:H7", "$I$4", strong=True)


def _tiles(
    context: Context,
    sheet: Worksheet,
    wording: Wording,
    answers: Mapping[str, str],
    figures: Mapping[str, str],
) -> None:
    """Walk-away, their offer, and how far apart they are."""
    words, walkaway, offer, gap = context.words, figures["walkaway"], figures["offer"], figures["gap"]
    ours = figures["our_offer"]
    paint(sheet, "H8:K11", fill=style.CARD)
    paint(sheet, "H8:H11", fill=style.ACCENT)
    currency = answers["currency"]
    head = f'{quoted(wording.walkaway)}&IF({currency}="","",", "&{currency})'
    at_limit = '"exactly at your walk-away"'
    better = quoted("better than walking away")
    which = f"1+1+SIGN(ROUND({gap},{context.lists.decimals}))"
    gap_words = f"CHOOSE({which},{quoted(wording.worse_caption)},{at_limit},{better})"
    our_number = f'IF(COUNT({ours})=0,"",{quoted(wording.ours + " ")}&{words(ours)})'
    tiles = (
        (
            "I",
            Formula(head),
            walkaway,
            if_known((walkaway,), quoted(wording.walkaway_caption), '"from questions 2 to 5 and 7"'),
            style.PRICE_BARE,
        ),
        (
            "J",
            wording.theirs,
            offer,
            f'CHOOSE(1+COUNT({offer}),"from question 1",{our_number})',
            style.PRICE_BARE,
        ),
        (
            "K",
            "Difference",
            gap,
            if_known((gap,), gap_words, quoted(wording.difference_caption)),
            style.DELTA_BARE,
        ),
    )
    for letter, title, ref, caption, pattern in tiles:
        put(sheet, f"{letter}8", title, "wx Overline", size=11, fill=style.CARD, shrink=True)
        put(
            sheet,
            f"{letter}9",
            Formula(f'IF(COUNT({ref})=0,"",{ref})'),
            "wx KPI",
            number_format=pattern,
            horizontal="left",
            shrink=True,
            fill=style.CARD,
        )
        sheet.merge_cells(f"{letter}9:{letter}10")
        put(
            sheet,
            f"{letter}11",
            Formula(caption),
            "wx Note",
            fill=style.CARD,
            vertical="top",
            indent=1,
            shrink=True,
        )
        blocks.follow_decimals(sheet, f"{letter}9", DECIMALS, signed=letter == "K", bare=True)
    for letter in "HIJK":
        left = SEAM if letter in "JK" else None
        for row in range(8, 12):
            sheet[f"{letter}{row}"].border = Border(top=SEAM if row == 8 else None, left=left)


def _next_step(sheet: Worksheet, front: _Front) -> None:
    """One sentence that says what to do now."""
    tint = style.ACCENT_TINT
    paint(sheet, "H12:K15", fill=tint)
    paint(sheet, "H12:H15", fill=style.ACCENT)
    put(sheet, "I12", "NEXT STEP", "wx Overline", fill=tint)
    put(
        sheet,
        "I13",
        Formula(Ref(front.banner).nth(1 + 1)),
        size=14,
        bold=True,
        fill=tint,
        indent=1,
        wrap=True,
        vertical="center",
    )
    sheet.merge_cells("I13:K14")
    put(sheet, "I15", Formula(front.foot), "wx Note", fill=tint, indent=1, shrink=True)
    sheet.merge_cells("I15:K15")
    for letter in "HIJK":
        sheet[f"{letter}12"].border = Border(top=SEAM)
