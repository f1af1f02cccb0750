"""Words, thresholds and constants that the formulas look up; visible, at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.charts import DataArea

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
    "NOT READY": (
        "One more answer and you have a walk-away: question 3, 4 or 7.",
        "Find out what you have without this deal.",
    ),
    "NO OFFER YET": (
        "You know where to stop. There is no offer to judge yet.",
        "Open with your number, or let them speak first.",
    ),
    "START HERE": ("Ten minutes, eight plain answers.", "Begin with question 1."),
    "RUN": ("They are not acting in good faith.", "Leave now, and do not leave the door open."),
}
PREPARATION = (("done", 1.0), ("partial", 0.5), ("open", 0.0))
PLACEHOLDERS = ("TBD", "tbd", "?", "-", "n/a", "none", "to do")
KINDS = ("other buyer", "other supplier", "make in-house", "wait", "do nothing", "other")
WITHOUT_DECIMALS = ("CLP", "HUF", "ISK", "JPY", "KRW", "VND")
"""Currencies whose prices have none."""
DECIMALS_BY_SIZE = ((0.0, 2), (1e-12, 4), (1.0, 2), (1000.0, 0))
"""From a price of this size on, so many decimals; 0 stands for no price yet."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEVERITIES = ("CAUTION", "WALK AWAY", "RUN")
MOVES = (
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
    kinds: str
    severities: str
    moves: str
    move_meanings: str
    move_advice: str
    months: str
    tolerance: str
    buffer_share: str
    ready_from: str
    days_in_year: str
    decimals: str
    set_decimals: str
    share_decimals: str
    stall_share: str
    self_bid: str
    shortest_answer: str
    own: tuple[str, ...]
    """Constants that only this workbook has."""
    last_row: int

    def status(self, column: str, word: str) -> str:
        """Look up something about a status by its word."""
        return f"INDEX({column},MATCH({word},{self.statuses},0))"


def write(
    area: DataArea,
    own: Sequence[tuple[str, float, str]] = (),
    *,
    currency: str,
    amounts: Sequence[str],
    meanings: Mapping[str, tuple[str, str]],
) -> Lists:
    """Write all lists from the area's row on.

    Parameters
    ----------
    area : DataArea
        Where to.
    own : sequence of tuple
        Label, value and format of constants that only this workbook has.
    currency, amounts : str, sequence of str
        References to what prices are in, and to those whose size gives the decimals.
    meanings : mapping
        Statuses that this workbook words otherwise: what they mean, and what to do.
    """
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
    worded = {**MEANINGS, **meanings}
    for status in (*style.VERDICTS, style.START_HERE):
        meaning, advice = worded[status.word]
        blocks.band(sheet, "B", "H", area.row, "wx Calc text")
        row = area.write(status.word)
        put(sheet, f"C{row}", status.label, "wx Status")
        put(sheet, f"D{row}", meaning, "wx Calc text")
        put(sheet, f"H{row}", advice, "wx Calc text")
    blocks.tint_by_status(sheet, f"C{first}:C{area.row - 1}", f"$B{first}")
    statuses, labels, meaning_cells, advices = (of(column, first) for column in "BCDH")

    area.title("How the talks are going")
    first = area.row
    for word, meaning, advice in MOVES:
        blocks.band(sheet, "B", "H", area.row, "wx Calc text")
        row = area.write(word)
        put(sheet, f"D{row}", meaning, "wx Calc text")
        put(sheet, f"H{row}", advice, "wx Calc text")
    moves, move_meanings, move_advice = (of(column, first) for column in "BDH")

    area.title("Preparation words")
    first = area.row
    for word, value in PREPARATION:
        area.write(word, value, number_format=style.ONE_DECIMAL)
    preparation_words, preparation_values = of("B", first), of("C", first)

    word_lists = []
    for title, words in (
        ("Answers that do not count", PLACEHOLDERS),
        ("Kinds of alternative", KINDS),
        ("Severities of a red flag", SEVERITIES),
        ("Currencies without decimals", WITHOUT_DECIMALS),
        ("Months", MONTHS),
    ):
        area.title(title)
        first = area.row
        for word in words:
            area.write(word)
        word_lists.append(of("B", first))

    area.title("Constants")
    constants = []
    for label, value, pattern in (
        ("Tolerance of comparisons", TOLERANCE, "0E+00"),
        ("Buffer, as a share of want less walk-away", 0.1, style.SHARE_WHOLE),
        ("Ready from this preparation score", 0.8, style.SHARE_WHOLE),
        ("Days in a year", 365, style.WHOLE),
        ("Decimals of a walk-away that is set", 2, style.WHOLE),
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
    placeholders, kinds, severities, without_decimals, months = word_lists
    (
        tolerance,
        buffer_share,
        ready_from,
        days,
        set_decimals,
        share_decimals,
        stall,
        self_bid,
        shortest,
        *rest,
    ) = constants
    area.title("Decimals by the size of a price")
    area.columns("Prices", "From", "Decimals")
    first = area.row
    for size, count in DECIMALS_BY_SIZE:
        area.write("From this size on", size, count, number_format=style.GENERAL)
    sizes, counts = of("C", first), of("D", first)
    by_size = f"INDEX({counts},MATCH(MAX({','.join(amounts)}),{sizes},1))"
    row = area.write(
        "Decimals of prices",
        Formula(f"{by_size}*(COUNTIF({without_decimals},{currency})=0)"),
        number_format=style.WHOLE,
    )
    decimals = reference(sheet, f"C{row}")
    return Lists(
        statuses=statuses,
        status_labels=labels,
        meanings=meaning_cells,
        months=months,
        advice=advices,
        preparation_words=preparation_words,
        preparation_values=preparation_values,
        placeholders=placeholders,
        kinds=kinds,
        severities=severities,
        moves=moves,
        move_meanings=move_meanings,
        move_advice=move_advice,
        tolerance=tolerance,
        buffer_share=buffer_share,
        ready_from=ready_from,
        days_in_year=days,
        decimals=decimals,
        set_decimals=set_decimals,
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
