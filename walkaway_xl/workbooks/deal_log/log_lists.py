"""What the formulas of the log look up: verdicts, sides, levels of approval and constants."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Value, put, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import ANSWERS, Verbatim, WordList
from walkaway_xl.workbooks.deal_log import verdicts
from walkaway_xl.workbooks.sections.lists import SEVERITIES

SIDES = (("seller", 1), ("buyer", -1), ("candidate", 1))
OUTCOMES = (("deal", 1), ("no deal", 0))
NO_TEMPLATE = "none"
TEMPLATE_LIST = WordList("template", ()).column
LEVELS = ("own limit", "manager", "director", "board")  # the most junior first
SIDE_WORDS = WordList("side", tuple(word for word, _ in SIDES))
OUTCOME_WORDS = WordList("outcome", tuple(word for word, _ in OUTCOMES))
LEVEL_WORDS = WordList("level", LEVELS)
CONSTANTS = (
    ("Tolerance of comparisons", TOLERANCE, "0E+00"),
    ("Thin: this share of the way to the target", 0.1, style.SHARE_WHOLE),
    ("Thin deals become a habit from this share", 0.3, style.SHARE_WHOLE),
    ("Shortest lesson that counts, in characters", 10, style.WHOLE),
    ("Rows inside the print area", None, style.WHOLE),
)


@dataclass(frozen=True)
class LogLists:
    """References to words and constants."""

    verdicts: str
    standings: str
    advice: str
    sides: str
    signs: str
    outcomes: str
    outcome_codes: str
    levels: str
    tolerance: str
    buffer_share: str
    thin_limit: str
    shortest: str
    printed: str

    def verdict(self, status: style.Status) -> str:
        """The cell that shows a verdict."""
        return Ref(self.verdicts).nth(verdicts.VERDICTS.index(status))

    def no_deal(self) -> str:
        """The word for an end without a deal."""
        return Ref(self.outcomes).nth(1)


def write(draft: Draft, sheet: Worksheet, row: int, prepared_with: Sequence[str]) -> tuple[LogLists, int]:
    """Write the lists from a row on; returns the references and the next free row."""
    blocks.section(sheet, f"B{row}", "Lists")
    blocks.note(sheet, f"C{row}", "What the formulas look up. Change a word or a limit here, nowhere else.")
    row += 1

    def words(title: str, rows: Sequence[tuple[Value, ...]], heads: dict[str, str]) -> tuple[str, ...]:
        """A block of rows; returns a reference for each column."""
        nonlocal row
        numbers = "C" if isinstance(rows[0][-1], int) else ""
        blocks.table_head(sheet, row, {"B": title, **heads}, numbers=numbers, span=("B", "H"))
        first = row + 1
        for line, entry in enumerate(rows, first):
            sheet.row_dimensions[line].height = 19.5
            blocks.band(sheet, "B", "H", line, "wx Label")
            for column, value in zip("BCF", entry, strict=False):
                look = "wx Calc" if isinstance(value, int) else "wx Calc text"
                put(sheet, f"{column}{line}", value, look, number_format=style.WHOLE)
        last = first + len(rows) - 1
        row = last + 2
        return tuple(reference(sheet, f"{column}{first}:{column}{last}") for column in "BCF")

    first = row + 1
    meanings = [(status.word, status.label, verdicts.MEANINGS[status]) for status in verdicts.VERDICTS]
    verdict_words, verdict_labels, _ = words("Verdict", meanings, {"C": "Shown as", "F": "What it means"})
    blocks.tint_by_status(sheet, f"C{first}:C{first + len(meanings) - 1}", f"$B{first}", verdicts.VERDICTS)
    first = row + 1
    standings = [(status.word, status.label) for status in verdicts.STANDINGS]
    standing_words, standing, _ = words("The log as a whole", standings, {"C": "Shown as"})
    blocks.tint_by_status(sheet, f"C{first}:C{first + len(standings) - 1}", f"$B{first}", verdicts.STANDINGS)
    draft.name_words(style.status_words(verdicts.VERDICTS), verdict_words)
    for index, status in enumerate(verdicts.STANDINGS):
        if status not in verdicts.VERDICTS:
            draft.name(status.cell, Ref(standing_words).nth(index))
    _, _, advice = words("Advice", [(word, "", text) for word, text in verdicts.ADVICE], {"F": "What to do"})
    sides, signs, _ = words("Side", SIDES, {"C": "Sign"})
    outcomes, codes, _ = words("Outcome", OUTCOMES, {"C": "Code"})
    draft.name_words(SIDE_WORDS, sides)
    draft.name_words(OUTCOME_WORDS, outcomes)
    for title, listed in (("Red flag", SEVERITIES), ("Answer", ANSWERS)):
        column, *_ = words(title, [(word,) for word in listed.words], {})
        draft.name_words(listed, column)
    names = [Verbatim(name) for name in prepared_with]
    templates, *_ = words("Template", [(word,) for word in (*names, NO_TEMPLATE)], {})
    draft.name_words(WordList("template", (*names, NO_TEMPLATE)), templates)
    first = row + 1
    levels, *_ = words("Who signs, most junior first", [(word,) for word in LEVELS], {})
    draft.name_words(LEVEL_WORDS, levels)
    for line in range(first, first + len(LEVELS)):
        cell = put(sheet, f"B{line}", LEVELS[line - first], "wx Input text")
        inputs.validate(
            sheet, cell.coordinate, inputs.TEXT, "Who signs", "A level of approval in your house."
        )

    blocks.table_head(sheet, row, {"B": "Constant", "C": "Value"}, numbers="C", span=("B", "H"))
    constants = []
    for line, (label, value, pattern) in enumerate(CONSTANTS, row + 1):
        sheet.row_dimensions[line].height = 19.5
        blocks.band(sheet, "B", "H", line, "wx Label")
        put(sheet, f"B{line}", label, "wx Label")
        cell = put(sheet, f"C{line}", value, "wx Input", number_format=pattern)
        inputs.validate(sheet, cell.coordinate, inputs.CONSTANT, label)
        constants.append(reference(sheet, cell.coordinate))
    log_lists = LogLists(
        verdict_labels,
        standing,
        advice,
        sides,
        signs,
        outcomes,
        codes,
        levels,
        *constants,
    )
    return log_lists, row + 1 + len(CONSTANTS) + 1
