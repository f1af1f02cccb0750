"""What the formulas of the discount floor sheet look up: status words, states, weights and constants."""

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.policy import KINDS
from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import put, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.look_up import LookUp
from walkaway_xl.sheets.table import Column
from walkaway_xl.sheets.word_list import ANSWERS, WordList

# In the order of the status code: 1 is a line with something missing, then from the worst to the best.
STATUSES = (style.NOT_READY, style.BELOW_COST, style.BELOW_FLOOR, style.NEAR_FLOOR, style.OK)
MEANINGS = {
    "NOT READY": (
        "Something is missing.",
        "Fill in quantity, list price, cost and a class that Policy knows.",
    ),
    "BELOW COST": (
        "It loses money.",
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
QUOTE_STATUSES = WordList("quote_status", tuple(KINDS[""]["quote_status"].words))
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
CONSTANTS = (
    ("tolerance", "Tolerance of comparisons", TOLERANCE, "0E+00"),
    ("year", "Days in a year", 365, style.WHOLE),
    ("scale", "Fingerprint: inputs are counted in parts of one, so many", SCALE, style.WHOLE),
    ("modulus", "Fingerprint: numbers stay below", MODULUS, style.WHOLE),
    ("printed", "Lines inside the print areas", None, style.WHOLE),
)


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
    lists = LookUp(draft, sheet, row + 1)
    words = [status.word for status in STATUSES]
    meanings, advice = zip(*(MEANINGS[word] for word in words), strict=True)
    statuses = lists.words(
        Column("word", "B", "Status of a line", words=words),
        Column("label", "C", "Shown as", words=[status.label for status in STATUSES], style_name="wx Status"),
        Column("meaning", "F", "What it means", words=meanings, style_name="wx Words"),
        Column("advice", "G", "What to do", words=advice, style_name="wx Words"),
    )
    coloured = (style.NOT_READY, *style.LINE_STATUSES)
    blocks.tint_by_status(sheet, statuses["label"].cells, f"$B{statuses.first}", coloured)
    draft.name_words(style.status_words(STATUSES), statuses["word"])
    names, marks, reasons = zip(*EXCEPTION_STATES, strict=True)
    labels = [f"{mark}  {name.lower()}" for name, mark in zip(names, marks, strict=True)]
    states = lists.words(
        Column("word", "B", "State of an exception", words=names),
        Column("label", "C", "Shown as", words=labels, style_name="wx Status"),
        Column("meaning", "F", "What it means", words=reasons, style_name="wx Words"),
    )
    draft.name_words(APPROVALS, states["word"])
    of_lines = lists.words(Column("word", "B", "Exception for a line", words=LINE_EXCEPTIONS))["word"]
    for title, listed in (
        ("Margins are shares of", BASES),
        ("A quote is judged by", QUOTE_STATUSES),
        ("Answers", ANSWERS),
    ):
        words_of = lists.words(Column("word", "B", title, words=listed.words))["word"]
        draft.name_words(listed, words_of)
    constants = lists.constants({"B": "Constants"}, CONSTANTS)
    row = lists.row
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
    weights = reference(sheet, f"{columns[0]}{row + 1}:{columns[-1]}{row + 1}")
    *of_inputs, terms_weight, margin_weight = map(weights.across, range(len(WEIGHTS)))
    looked_up = QuoteLists(
        words=statuses["word"],
        status_labels=statuses["label"],
        meanings=statuses["meaning"],
        advice=statuses["advice"],
        states=states["word"],
        state_labels=states["label"],
        valid=states["word"].nth(len(EXCEPTION_STATES) - 1),
        line_exceptions=of_lines,
        approved=of_lines.nth(len(LINE_EXCEPTIONS) - 1),
        yes=words_of.nth(ANSWERS.words.index("yes")),
        weights=reference(sheet, f"{of_inputs[0].cells}:{of_inputs[-1].cells}"),
        terms_weight=terms_weight,
        margin_weight=margin_weight,
        **constants,
    )
    return looked_up, row + 2
