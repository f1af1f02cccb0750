"""Words, thresholds and constants that the formulas look up; visible, at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.charts import DataArea
from walkaway_xl.sheets.draft import Draft
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
        "Better than your alternative, short of what you want.",
        "Keep trading: give only when you get.",
    ),
    "TARGET MET": ("This is what you want.", "Agree on it. Trade only the extras now."),
    "WISH MET": ("As good as you hoped for.", "Accept, and check calmly that nothing was overlooked."),
    "NOT READY": ("The preparation has gaps.", "Finish preparing before you talk numbers."),
    "READY": (
        "You are prepared. There is no offer to judge yet.",
        "Open with your number, or let them speak first.",
    ),
    "RUN": ("They are not acting in good faith.", "Leave now, and do not leave the door open."),
}
PREPARATION = {"done": 1.0, "partial": 0.5, "open": 0.0, "n/a": None}  # points of each; n/a does not count
STATES = WordList("state", tuple(PREPARATION))
PLACEHOLDERS = ("TBD", "tbd", "?", "-", "n/a", "none", "to do")
KINDS = WordList("kind", ("other buyer", "other supplier", "make in-house", "wait", "do nothing", "other"))
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
    ("NO OFFERS", "Nothing is on the table yet.", "Log the first offer on Talks when it is made."),
)
MOVES = WordList("move", tuple(word for word, _, _ in MOVE_MEANINGS))


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
    tolerance: str
    buffer_share: str
    ready_from: str
    days_in_year: str
    decimals: str
    share_decimals: str
    stall_share: str
    self_bid: str
    shortest_answer: str
    own: tuple[str, ...]
    """Constants that only this workbook has."""
    last_row: int

    def status(self, column: str, word: str) -> str:
        """Look up something about a status by the cell of its word."""
        return f"INDEX({column},MATCH({word},{self.statuses},0))"


def write(draft: Draft, area: DataArea, own: Sequence[tuple[str, float, str]] = ()) -> Lists:
    """Write all lists from the area's row on, and the constants that only this workbook has."""
    sheet = area.sheet

    def of(column: str, first: int) -> str:
        return reference(sheet, f"{column}{first}:{column}{area.row - 1}")

    blocks.section(sheet, f"B{area.row}", "Lists")
    blocks.note(
        sheet, f"C{area.row}", "What the formulas look up. Change a word or a limit here, nowhere else."
    )

    area.title("Statuses")
    blocks.table_head(
        sheet,
        area.row,
        {"B": "Status", "C": "Shown as", "D": "What it means", "H": "What to do"},
        span=("B", "H"),
        height=18,
    )
    area.row += 1
    first = area.row
    for status in style.VERDICTS:
        meaning, advice = MEANINGS[status.word]
        blocks.band(sheet, "B", "H", area.row, "wx Calc text")
        row = area.write(status.word)
        put(sheet, f"C{row}", status.label, "wx Status")
        put(sheet, f"D{row}", meaning, "wx Calc text")
        put(sheet, f"H{row}", advice, "wx Calc text")
    blocks.tint_by_status(sheet, f"C{first}:C{area.row - 1}", f"$B{first}")
    statuses, labels, meanings, advices = (of(column, first) for column in "BCDH")

    area.title("How the talks are going")
    first = area.row
    for word, meaning, advice in MOVE_MEANINGS:
        blocks.band(sheet, "B", "H", area.row, "wx Calc text")
        row = area.write(word)
        put(sheet, f"D{row}", meaning, "wx Calc text")
        put(sheet, f"H{row}", advice, "wx Calc text")
    moves, move_meanings, move_advice = (of(column, first) for column in "BDH")

    area.title("Preparation words")
    first = area.row
    for word, value in PREPARATION.items():
        area.write(word, value, number_format=style.ONE_DECIMAL)
    preparation_words, preparation_values = of("B", first), of("C", first)

    area.title("Answers that do not count")
    first = area.row
    for placeholder in PLACEHOLDERS:
        area.write(placeholder)
    placeholders = of("B", first)

    draft.name_words(style.status_words(style.VERDICTS), statuses)
    draft.name_words(MOVES, moves)
    draft.name_words(STATES, preparation_words)
    for title, listed in (
        ("Kinds of alternative", KINDS),
        ("Severities of a red flag", SEVERITIES),
        ("Answers", ANSWERS),
        ("Evidence", EVIDENCE),
    ):
        area.title(title)
        first = area.row
        for word in listed.words:
            area.write(word)
        draft.name_words(listed, of("B", first))

    area.title("Constants")
    constants = []
    for label, value, pattern in (
        ("Tolerance of comparisons", TOLERANCE, "0E+00"),
        ("Buffer, as a share of want less walk-away", 0.1, style.SHARE_WHOLE),
        ("Ready from this preparation score", 0.8, style.SHARE_WHOLE),
        ("Days in a year", 365, style.WHOLE),
        ("Decimals of numbers in sentences", 2, style.WHOLE),
        ("Decimals of shares in sentences", 1, style.WHOLE),
        ("Stalled below this share of the first gap", 0.01, style.SHARE_WHOLE),
        ("Offers ahead that make a self-bid", 2, style.WHOLE),
        ("Shortest answer that counts, in characters", 4, style.WHOLE),
        *own,
    ):
        row = area.write(label)
        cell = put(sheet, f"C{row}", value, "wx Input", number_format=pattern)
        inputs.validate(sheet, cell.coordinate, inputs.CONSTANT, label)
        constants.append(reference(sheet, cell.coordinate))
    tolerance, buffer_share, ready_from, days, decimals, share_decimals, stall, self_bid, shortest, *rest = (
        constants
    )
    return Lists(
        statuses=statuses,
        status_labels=labels,
        meanings=meanings,
        advice=advices,
        preparation_words=preparation_words,
        preparation_values=preparation_values,
        placeholders=placeholders,
        moves=moves,
        move_meanings=move_meanings,
        move_advice=move_advice,
        tolerance=tolerance,
        buffer_share=buffer_share,
        ready_from=ready_from,
        days_in_year=days,
        decimals=decimals,
        share_decimals=share_decimals,
        stall_share=stall,
        self_bid=self_bid,
        shortest_answer=shortest,
        own=tuple(rest),
        last_row=area.row,
    )


def answered(lists: Lists, ref: str) -> str:
    """Formula: 1 when a question has a real answer, 0 when it is blank or a placeholder."""
    return Formula(f"--AND(LEN({ref})>={lists.shortest_answer},COUNTIF({lists.placeholders},{ref})=0)")
