"""What the formulas of the discount floor sheet look up: status words, states, weights and constants."""

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.policy import KINDS
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import put, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import ANSWERS, WordList

# In the order of the status code: 1 is a line with something missing, then from the worst to the best.
STATUSES = (style.NOT_READY, style.BELOW_COST, style.BELOW_FLOOR, style.NEAR_FLOOR, style.OK)
MEANINGS = {
    "NOT READY": (
        "Something is missing.",
        "Fill in quantity, list price, cost and a class that Policy knows.",
    ),
    "BELOW COST": (
        "It earns less than nothing.",
        "Raise the price or take the line out. More volume makes it worse.",
    ),
    "BELOW FLOOR": (
        "It misses the minimum margin.",
        "Raise the price, or ask for an exception and something in return.",
    ),
    "NEAR FLOOR": ("It keeps the minimum margin, barely.", "Give nothing more away on this line."),
    "OK": (
        "It keeps the minimum margin with room to spare.",
        "Send it. Trade the room that is left, do not give it.",
    ),
}
# In the order in which they are tested: the first that applies is shown.
EXCEPTION_STATES = (
    ("INCOMPLETE", "▢", "Fill in the whole row, and the as-of date on Start."),
    ("STALE", "✖", "The price changed after the approval. Ask again."),
    ("EXPIRED", "✖", "Not valid on the as-of date."),
    ("TOO JUNIOR", "✖", "The line needs a more senior signature."),
    ("VALID", "✔", "Approved as it stands."),
)
APPROVALS = WordList("approval", tuple(state for state, _, _ in EXCEPTION_STATES))
LINE_EXCEPTIONS = ("–", "asked, not valid", "approved")
BASES = WordList("basis", tuple(KINDS[""]["margin_basis"].words))  # as PRICE_FLOOR and policy files know them
# Primes of different size: a change in one input is not undone by a change in another.
WEIGHTS = (
    ("Qty", 1009),
    ("List", 2003),
    ("Cost", 3001),
    ("Tier", 4001),
    ("Extra 1", 5003),
    ("Extra 2", 6007),
    ("Extra 3", 7001),
    ("Terms", 8009),
    ("Margin", 9001),
)
SCALE, MODULUS = 10_000, 999_983


@dataclass(frozen=True)
class QuoteLists:
    """References to words and constants."""

    words: str
    status_labels: str
    meanings: str
    advice: str
    states: str
    state_labels: str
    valid: str
    line_exceptions: str
    approved: str
    yes: str
    weights: str
    terms_weight: str
    margin_weight: str
    tolerance: str
    year: str
    scale: str
    modulus: str
    printed: str


def write(draft: Draft, sheet: Worksheet, row: int) -> tuple[QuoteLists, int]:
    """Write the lists from a row on; returns the references and the next free row."""
    blocks.section(sheet, f"B{row}", "Lists")
    blocks.note(sheet, f"C{row}", "What the formulas look up. Change a constant only on purpose.")
    row += 1
    blocks.table_head(
        sheet,
        row,
        {"B": "Status of a line", "C": "Shown as", "F": "What it means", "G": "What to do"},
        span=("B", "H"),
    )
    first = row + 1
    row = first + len(STATUSES) - 1
    for line, status in enumerate(STATUSES, first):
        meaning, advice = MEANINGS[status.word]
        _row(sheet, line, status.word)
        put(sheet, f"C{line}", status.label, "wx Status")
        put(sheet, f"F{line}", meaning, "wx Words")
        put(sheet, f"G{line}", advice, "wx Words")
    blocks.tint_by_status(sheet, f"C{first}:C{row}", f"$B{first}", (style.NOT_READY, *style.LINE_STATUSES))
    words, labels, meanings, advices = (
        reference(sheet, f"{column}{first}:{column}{row}") for column in "BCFG"
    )

    draft.name_words(style.status_words(STATUSES), words)

    row += 2
    blocks.table_head(
        sheet, row, {"B": "State of an exception", "C": "Shown as", "F": "What it means"}, span=("B", "H")
    )
    first = row + 1
    row = first + len(EXCEPTION_STATES) - 1
    for line, (state, mark, meaning) in enumerate(EXCEPTION_STATES, first):
        _row(sheet, line, state)
        put(sheet, f"C{line}", f"{mark}  {state.lower()}", "wx Status")
        put(sheet, f"F{line}", meaning, "wx Words")
    states, state_labels = (reference(sheet, f"{column}{first}:{column}{row}") for column in "BC")
    valid = reference(sheet, f"B{row}")
    draft.name_words(APPROVALS, states)

    row += 2
    blocks.table_head(sheet, row, {"B": "Exception for a line"}, span=("B", "H"))
    first = row + 1
    row = first + len(LINE_EXCEPTIONS) - 1
    for line, word in enumerate(LINE_EXCEPTIONS, first):
        _row(sheet, line, word)
    line_exceptions, approved = reference(sheet, f"B{first}:B{row}"), reference(sheet, f"B{row}")

    word_columns = []
    for title, listed in (("Margins are shares of", BASES), ("Answers", ANSWERS)):
        row += 2
        blocks.table_head(sheet, row, {"B": title}, span=("B", "H"))
        first = row + 1
        row = first + len(listed.words) - 1
        for line, word in enumerate(listed.words, first):
            _row(sheet, line, word)
        word_columns.append(reference(sheet, f"B{first}:B{row}"))
        draft.name_words(listed, word_columns[-1])
    yes = Ref(word_columns[-1]).nth(ANSWERS.words.index("yes"))

    row += 2
    blocks.table_head(sheet, row, {"B": "Constants"}, span=("B", "H"))
    constants = []
    for label, value, pattern in (
        ("Tolerance of comparisons", TOLERANCE, "0E+00"),
        ("Days in a year", 365, style.WHOLE),
        ("Fingerprint: inputs are counted in parts of one, so many", SCALE, style.WHOLE),
        ("Fingerprint: numbers stay below", MODULUS, style.WHOLE),
        ("Lines inside the print areas", None, style.WHOLE),
    ):
        row += 1
        _row(sheet, row, label)
        cell = put(sheet, f"C{row}", value, "wx Input", number_format=pattern)
        inputs.validate(sheet, cell.coordinate, inputs.CONSTANT, label)
        constants.append(reference(sheet, cell.coordinate))

    row += 2
    put(
        sheet,
        f"B{row}",
        "The weights of the fingerprint stand at the right, outside the printed page.",
        "wx Note",
        indent=1,
    )
    columns = "JKLMNOPQR"
    put(sheet, f"{columns[0]}{row - 1}", "WEIGHTS OF THE FINGERPRINT", "wx Overline")
    for column, (label, weight) in zip(columns, WEIGHTS, strict=True):
        put(sheet, f"{column}{row}", label, "wx Head num")
        put(sheet, f"{column}{row + 1}", weight, "wx Calc", number_format=style.WHOLE)
    row += 1
    lists = QuoteLists(
        words,
        labels,
        meanings,
        advices,
        states,
        state_labels,
        valid,
        line_exceptions,
        approved,
        yes,
        reference(sheet, f"J{row}:P{row}"),
        reference(sheet, f"Q{row}"),
        reference(sheet, f"R{row}"),
        *constants,
    )
    return lists, row + 1


def _row(sheet: Worksheet, row: int, label: str) -> None:
    sheet.row_dimensions[row].height = 19.5
    blocks.band(sheet, "B", "H", row, "wx Label")
    put(sheet, f"B{row}", label, "wx Label")
