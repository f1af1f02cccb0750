"""What the formulas of the log look up: verdicts, sides, levels of approval and constants."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Value
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.look_up import LookUp
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Placed
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
    ("tolerance", "Tolerance of comparisons", TOLERANCE, "0E+00"),
    ("buffer_share", "Thin: this share of the way to the target", 0.1, style.SHARE_WHOLE),
    ("thin_limit", "Thin deals become a habit from this share", 0.3, style.SHARE_WHOLE),
    ("shortest", "Shortest lesson that counts, in characters", 10, style.WHOLE),
    ("printed", "Rows inside the print area", None, style.WHOLE),
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


def _column(key: str, place: str, head: str, words: Sequence[Value]) -> Column:
    style_name = "wx Calc" if isinstance(words[0], int) else "wx Calc text"
    return Column(key, place, head, words=words, style_name=style_name, look={"number_format": style.WHOLE})


def write(draft: Draft, sheet: Worksheet, row: int, prepared_with: Sequence[str]) -> tuple[LogLists, int]:
    """Write the lists from a row on; returns the references and the next free row."""
    blocks.section(sheet, f"B{row}", "Lists")
    blocks.note(sheet, f"C{row}", "What the formulas look up. Change a word or a limit here, nowhere else.")
    lists = LookUp(draft, sheet, row + 1)

    def statuses(title: str, of: Sequence[style.Status], *columns: Column) -> Placed:
        """Write statuses in their colours."""
        placed = lists.words(
            _column("word", "B", title, [status.word for status in of]),
            _column("label", "C", "Shown as", [status.label for status in of]),
            *columns,
        )
        blocks.tint_by_status(sheet, placed["label"].cells, f"$B{placed.first}", of)
        return placed

    def coded(title: str, head: str, words: Sequence[tuple[str, int]]) -> Placed:
        names, codes = zip(*words, strict=True)
        return lists.words(_column("word", "B", title, names), _column("code", "C", head, codes))

    meanings = [verdicts.MEANINGS[status] for status in verdicts.VERDICTS]
    meaning = _column("meaning", "F", "What it means", meanings)
    of_verdicts = statuses("Verdict", verdicts.VERDICTS, meaning)
    standings = statuses("The log as a whole", verdicts.STANDINGS)
    draft.name_words(style.status_words(verdicts.VERDICTS), of_verdicts["word"])
    for number, status in enumerate(verdicts.STANDINGS):
        if status not in verdicts.VERDICTS:
            draft.name(status.cell, standings["word"].nth(number))
    words, texts = zip(*verdicts.ADVICE, strict=True)
    advice = lists.words(
        _column("word", "B", "Advice", words),
        _column("text", "F", "What to do", texts),
    )["text"]
    sides, outcomes = coded("Side", "Sign", SIDES), coded("Outcome", "Code", OUTCOMES)
    draft.name_words(SIDE_WORDS, sides["word"])
    draft.name_words(OUTCOME_WORDS, outcomes["word"])
    for title, listed in (("Red flag", SEVERITIES), ("Answer", ANSWERS)):
        draft.name_words(listed, lists.words(_column("word", "B", title, listed.words))["word"])
    templates = (*map(Verbatim, prepared_with), NO_TEMPLATE)
    draft.name_words(
        WordList("template", templates), lists.words(_column("word", "B", "Template", templates))["word"]
    )
    title, prompt = "Who signs", "A level of approval in your house."
    levels = lists.words(
        Column("word", "B", f"{title}, most junior first", inputs.TEXT, prompt, title, words=LEVELS),
        name="levels",
    )["word"]
    draft.name_words(LEVEL_WORDS, levels)
    constants = lists.constants({"B": "Constant", "C": "Value"}, CONSTANTS)
    log_lists = LogLists(
        of_verdicts["label"],
        standings["label"],
        advice,
        sides["word"],
        sides["code"],
        outcomes["word"],
        outcomes["code"],
        levels,
        **constants,
    )
    return log_lists, lists.row
