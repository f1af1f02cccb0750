"""Words, thresholds and constants that the formulas look up; visible, at the end."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, Value, reference
from walkaway_xl.sheets.charts import DataArea
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.form import Form
from walkaway_xl.sheets.look_up import MONTHS, constant_fields
from walkaway_xl.sheets.table import Column, Placed, Table
from walkaway_xl.sheets.word_list import ANSWERS, WordList

MEANINGS = {
    "WALK AWAY": (
        "You are better off without this deal.",
        "Thank them, say what is missing, and leave politely. They may call back.",
    ),
    "TOO CLOSE": (
        "Barely better than walking away.",
        "Do not settle here. Ask for something in return before you move.",
    ),
    "ACCEPTABLE": (
        "Better than where you stop, short of what you want.",
        "Keep trading: give only when you get.",
    ),
    "TARGET MET": ("This is what you want.", "Agree on it. Trade only the extras now."),
    "WISH MET": ("As good as you hoped for.", "Accept, and check calmly that nothing was overlooked."),
    "NOT READY": (
        "One more answer and you have a walk-away: question 3, 4 or 7.",
        "Find out what you have without this deal.",
    ),
    "READY": ("You are prepared.", "Open with your number, or let them speak first."),
    "NO OFFER YET": (
        "You know where to stop. There is no offer to judge yet.",
        "Open with your number, or let them speak first.",
    ),
    "START HERE": ("Ten minutes, eight plain answers.", "Begin with question 1."),
    "RUN": ("They are not acting in good faith.", "Leave now, and do not leave the door open."),
}
PREPARATION = {"done": 1.0, "partial": 0.5, "open": 0.0, "n/a": None}  # points of each; n/a does not count
STATES = WordList("state", tuple(PREPARATION))
PLACEHOLDERS = ("TBD", "tbd", "?", "-", "n/a", "none", "to do")
KINDS = WordList("kind", ("wait", "do nothing", "other"))
"""The kinds of alternatives of every workbook; each begins its list with kinds of its own."""
WITHOUT_DECIMALS = ("CLP", "HUF", "ISK", "JPY", "KRW", "VND")
"""Currencies whose prices have none."""
DECIMALS_BY_SIZE = ((0.0, 2), (1e-12, 4), (1.0, 2), (1000.0, 0))
"""From a price of this size on, so many decimals; 0 stands for no price yet."""
SEVERITIES = WordList("severity", ("CAUTION", "WALK AWAY", "RUN"))
EVIDENCE = WordList("evidence", ("Ticked by the workbook.",))
MOVE_MEANINGS = (
    ("AGREED", "The offers have met.", "Write it down and sign."),
    ("SELF-BID", "You are bidding against yourself.", "Stop. Wait for their offer, however long it takes."),
    (
        "STALLED",
        "They have stopped moving.",
        "Trade something else, pause, or walk away. Do not fill the gap alone.",
    ),
    ("WAIT", "It is their turn.", "Stay silent. Let them break it."),
    ("MOVING", "Both sides are moving.", "Give only when you get, and stay on your plan."),
    ("NO OFFERS", "Nothing is on the table yet.", "Log the first offer when it is made."),
)
MOVES = WordList("move", tuple(word for word, _, _ in MOVE_MEANINGS))
CONSTANTS = (
    ("tolerance", "Tolerance of comparisons", TOLERANCE, "0E+00"),
    ("buffer_share", "Buffer, as a share of want less walk-away", 0.1, style.SHARE_WHOLE),
    ("ready_from", "Ready from this preparation score", 0.8, style.SHARE_WHOLE),
    ("days_in_year", "Days in a year", 365, style.WHOLE),
    ("set_decimals", "Decimals of a walk-away that is set", 2, style.WHOLE),
    ("share_decimals", "Decimals of shares in sentences", 1, style.WHOLE),
    ("stall_share", "Stalled below this share of the first gap", 0.01, style.SHARE_WHOLE),
    ("self_bid", "Offers ahead that make a self-bid", 2, style.WHOLE),
    ("shortest_answer", "Shortest answer that counts, in characters", 4, style.WHOLE),
)
LABEL = "wx Calc text"


@dataclass(frozen=True)
class Lists:
    """References to the lists and constants."""

    statuses: str
    status_labels: str
    meanings: str
    advice: str
    preparation_words: str
    preparation_values: str
    placeholders: str
    moves: str
    move_meanings: str
    move_advice: str
    months: str
    tolerance: str
    buffer_share: str
    ready_from: str
    days_in_year: str
    decimals: str
    sizes: str
    decimals_by_size: str
    without_decimals: str
    currency: str
    set_decimals: str
    share_decimals: str
    stall_share: str
    self_bid: str
    shortest_answer: str
    own: tuple[str, ...]
    """Constants that only this workbook has."""
    last_row: int

    def decimals_of(self, price: str) -> str:
        """Formula for the decimals of one price by itself, which no other price gives away."""
        by_size = f"INDEX({self.decimals_by_size},MATCH(ABS({price}),{self.sizes},1))"
        whole = f"ABS({price}-ROUND({price},0))<={self.tolerance}*MAX(1,ABS({price}))"
        least = f"{self.set_decimals}*(1-({whole}))"
        return f"MAX({by_size},{least})*(COUNTIF({self.without_decimals},{self.currency})=0)"

    def status(self, column: str, word: str) -> str:
        """Look up something about a status by the cell of its word."""
        return f"INDEX({column},MATCH({word},{self.statuses},0))"


def _words(key: str, place: str, words: Sequence[Value], head: str | None = None, **about: Any) -> Column:
    return Column(key, place, head, words=words, **{"style_name": LABEL, **about})


def write(
    draft: Draft,
    area: DataArea,
    own: Sequence[tuple[str, float, str]] = (),
    *,
    own_kinds: Sequence[str],
    currency: str,
    amounts: Sequence[str],
    worded: Mapping[str, tuple[str, str]],
    own_words: Sequence[tuple[str, WordList]] = (),
) -> Lists:
    """Write all lists from the area's row on.

    Parameters
    ----------
    draft, area : Draft, DataArea
        The workbook, and where to write.
    own : sequence of tuple
        Label, value and format of constants that only this workbook has.
    own_kinds : sequence of str
        Kinds of alternatives that this workbook has beside those of all.
    currency, amounts : str, sequence of str
        References to what prices are in, and to those whose size gives the decimals.
    worded : mapping
        Statuses that this workbook words otherwise: what they mean, and what to do.
    own_words : sequence of tuple
        Title and words of lists that only this workbook has.
    """
    sheet = area.sheet

    def listed(title: str, *columns: Column, span: tuple[str, str] | None = None) -> Placed:
        """Write a list under its title."""
        area.title(title)
        rows = len(columns[0].words)
        table = Table("", columns, rows, span, LABEL, numbered=False, height=None, head_height=18)
        placed = table.write(draft, sheet, area.row)
        area.row = placed.next_row
        return placed

    blocks.section(sheet, f"B{area.row}", "Lists")
    blocks.note(
        sheet, f"C{area.row}", "What the formulas look up. Change a word or a limit here, nowhere else."
    )
    meanings, advice = zip(*({**MEANINGS, **worded}[status.word] for status in style.VERDICTS), strict=True)
    labels = [status.label for status in style.VERDICTS]
    statuses = listed(
        "Statuses",
        _words("word", "B", [status.word for status in style.VERDICTS], "Status"),
        _words("label", "C", labels, "Shown as", style_name="wx Status"),
        _words("meaning", "D", meanings, "What it means"),
        _words("advice", "H", advice, "What to do"),
        span=("B", "H"),
    )
    blocks.tint_by_status(sheet, statuses["label"].cells, f"$B{statuses.first}")
    columns = zip(("word", "meaning", "advice"), "BDH", zip(*MOVE_MEANINGS, strict=True), strict=True)
    moves = listed("How the talks are going", *(_words(*column) for column in columns), span=("B", "H"))
    preparation = listed(
        "Preparation words",
        _words("word", "B", STATES.words),
        _words(
            "value",
            "C",
            list(PREPARATION.values()),
            style_name="wx Calc",
            look={"number_format": style.ONE_DECIMAL},
            only=[number for number, points in enumerate(PREPARATION.values()) if points is not None],
        ),
    )
    placeholders = listed("Answers that do not count", _words("word", "B", PLACEHOLDERS))["word"]
    draft.name_words(style.status_words(style.VERDICTS), statuses["word"])
    draft.name_words(MOVES, moves["word"])
    draft.name_words(STATES, preparation["word"])
    for title, words in (
        ("Kinds of alternative", replace(KINDS, words=(*own_kinds, *KINDS.words))),
        ("Severities of a red flag", SEVERITIES),
        ("Answers", ANSWERS),
        ("Evidence", EVIDENCE),
        *own_words,
    ):
        draft.name_words(words, listed(title, _words("word", "B", words.words))["word"])
    months, without_decimals = (
        listed(title, _words("word", "B", words))["word"]
        for title, words in (("Months", MONTHS), ("Currencies without decimals", WITHOUT_DECIMALS))
    )
    area.title("Constants")
    constants = Form("B", "C", label_style=LABEL, height=None, is_named=False)
    shared = constants.write(draft, sheet, area.row, constant_fields(CONSTANTS))
    area.row += len(CONSTANTS)
    own_fields = constant_fields(
        [(re.sub("[^a-z]+", "_", label.lower()), label, value, pattern) for label, value, pattern in own]
    )
    own_constants = constants.write(draft, sheet, area.row, own_fields)
    area.row += len(own)
    sizes = listed(
        "Decimals by the size of a price",
        _words("size", "B", [size for size, _ in DECIMALS_BY_SIZE], "From", style_name="wx Calc"),
        _words("decimals", "C", [count for _, count in DECIMALS_BY_SIZE], "Decimals", style_name="wx Calc"),
    )
    by_size = f"INDEX({sizes['decimals']},MATCH(MAX({','.join(amounts)}),{sizes['size']},1))"
    decimals = Formula(f"{by_size}*(COUNTIF({without_decimals},{currency})=0)")
    row = area.write("Decimals of prices", decimals, number_format=style.WHOLE)
    return Lists(
        months=months,
        decimals=reference(sheet, f"C{row}"),
        sizes=sizes["size"],
        decimals_by_size=sizes["decimals"],
        without_decimals=without_decimals,
        currency=currency,
        statuses=statuses["word"],
        status_labels=statuses["label"],
        meanings=statuses["meaning"],
        advice=statuses["advice"],
        preparation_words=preparation["word"],
        preparation_values=preparation["value"],
        placeholders=placeholders,
        moves=moves["word"],
        move_meanings=moves["meaning"],
        move_advice=moves["advice"],
        **shared,
        own=tuple(own_constants.values()),
        last_row=area.row,
    )


def decimals_of_size(largest: float) -> int:
    """How many decimals prices have of which this is the largest."""
    return next(count for size, count in reversed(DECIMALS_BY_SIZE) if size <= largest)


def answered(lists: Lists, ref: str) -> str:
    """Formula: 1 when a question has a real answer, 0 when it is blank or a placeholder."""
    return Formula(f"--AND(LEN({ref})>={lists.shortest_answer},COUNTIF({lists.placeholders},{ref})=0)")
