"""The eight questions of the first screen: how a template words them, and the cells that take the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, Value, paint, put, quoted, reference
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.workbooks.sections.lists import MEANINGS
from walkaway_xl.workbooks.sections.offer_log import Basis

WHAT, WHOM = 4, 5
THEIRS, INSTEAD, OPTION, WITHOUT, RESTART, HOPE, LIMIT, DEADLINE = ROWS = (6, 8, 9, 10, 11, 13, 14, 15)
"""Rows of the first screen, those of the questions in their order."""
NOTHING_TO_JUDGE = MEANINGS["NO OFFER YET"][0]
GROUPS = (3, 7, 12)
ANSWER, SECOND = "D", "F"


@dataclass(frozen=True)
class Wording:
    """The words of the first screen of a template."""

    title: str
    """What it is before anything is filled in."""
    verb: str
    link: str
    """What stands before the thing and before the other side in the title: "Buying: … from …"."""
    groups: tuple[str, str, str]
    what: str
    whom: str
    questions: tuple[str, str, str, str, str, str, str, str]
    ours: str
    """What stands before our own number: "you offered"."""
    without_hint: str
    restart_hint: str
    limit_hint: str
    overline: str
    walkaway: str
    """The head of the walk-away: "Walk away above"."""
    theirs: str
    walkaway_caption: str
    difference_caption: str
    worse_caption: str
    instead: str
    """What stands before the price of the other option: "for"."""
    restart: str
    limit_reason: str
    without_reason: str
    going_without: str
    """What having neither is called in a table of alternatives."""
    first_step: str
    due: str
    limit: tuple[str, str]
    """Name and label of the input of question 7."""
    meanings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Statuses that are worded otherwise than in other workbooks: what they mean, and what to do."""
    hope_hint: str = "good, and not a dream"
    deadline_hint: str = "yours or theirs, the earlier"
    amount: inputs.Kind = inputs.PRICE
    """What offers are measured in."""
    value_unit: str = "per unit"
    """What values of single trades are for."""
    issues: str = "Price, delivery, terms, volume …"
    """What a proposal may be about."""
    met: str = "For example: the delivery dates and the warranty."
    better_fit: str = "For example: a supplier of standard grades."
    door: str = "For example: your plans for the volume change."
    """Examples of what is said when leaving."""
    cases: WordList | None = None
    """What it can be about, if that is chosen from a list and rewords questions."""
    by_case: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """By the row of a question how each case words it."""

    def asked(self, case: str) -> dict[int, Value]:
        """The questions by their rows; where the cell `case` chooses what it is about, formulas."""
        asked: dict[int, Value] = {
            WHAT: self.what,
            WHOM: self.whom,
            **dict(zip(ROWS, self.questions, strict=True)),
        }
        if self.cases is None:
            return asked
        names = [self.cases[word] for word in self.cases.words]
        # Counted in ones: any other number in a formula is taken for a constant.
        place = "+".join(
            ["1", *(f"({case}={name})*({'+'.join('1' * number)})" for number, name in enumerate(names, 1))]
        )
        for row, worded in self.by_case.items():
            choices = ",".join(quoted(text) for text in (str(asked[row]), *worded))
            asked[row] = Formula(f"CHOOSE({place},{choices})")
        return asked


def meanings(worse: str, one_more: str, note: str) -> Mapping[str, tuple[str, str]]:
    """What statuses mean and ask for, where it is about a thing and its price.

    Parameters
    ----------
    worse : str
        What an offer beyond the walk-away is.
    one_more : str
        What to ask for while an offer is too close to it.
    note : str
        Where the first offer is written down.
    """
    return {
        "WALK AWAY": (worse, "Thank them, say what is missing, and go. They may well call you back."),
        "TOO CLOSE": ("Hardly better than walking away.", one_more),
        "NO OFFER YET": (NOTHING_TO_JUDGE, note),
    }


def write_answers(
    draft: Draft, sheet: Worksheet, wording: Wording, basis: Basis | None = None
) -> dict[str, Ref]:
    """Write the cells that take the answers; returns where each is, by its name.

    `basis` is what the two offers may mean, if they may mean two things.
    """
    limit, limit_label = wording.limit
    amount = wording.amount
    labels = dict(zip(ROWS, wording.questions, strict=True))
    answers: dict[str, Ref] = {}

    def take(key: str, place: str, kind: inputs.Kind, label: str, prompt: str = "") -> None:
        first, _, last = place.partition(":")
        if last:  # merged, so that a long answer shrinks instead of running into the verdict
            paint(sheet, place, style_name=kind.style_name)
            sheet.merge_cells(place)
        put(sheet, first, None, kind.style_name, number_format=kind.number_format, size=12, shrink=True)
        inputs.validate(sheet, place, kind, label, prompt, quiet=True)
        answers[key] = reference(sheet, first)
        draft.take(key, answers[key], kind, label)

    in_currency = "A number in the currency above. Leave it blank while you do not know it."
    what = inputs.TEXT
    if wording.cases:
        what = inputs.choice(wording.cases.column, "Choose what it is about.")
    take("item", f"D{WHAT}:F{WHAT}", what, wording.what)
    take("them", f"D{WHOM}", inputs.TEXT, wording.whom)
    take("currency", f"F{WHOM}", inputs.TEXT, "Currency", "One currency for the whole workbook: EUR, USD …")
    if basis:
        place = f"{SECOND}{GROUPS[0]}"
        take("basis", place, basis.kind, basis.question)
        put(sheet, place, basis.words.words[0])
    take("offer_now", f"D{THEIRS}", amount, labels[THEIRS], in_currency)
    take("our_offer_now", f"F{THEIRS}", amount, wording.ours.capitalize(), in_currency)
    take("answer", f"D{INSTEAD}:F{INSTEAD}", inputs.TEXT, labels[INSTEAD], "One honest sentence.")
    take("instead", f"D{OPTION}", amount, labels[OPTION], in_currency)
    take(
        "instead_chance",
        f"F{OPTION}",
        inputs.CHANCE,
        "How sure?",
        "Type 90% or 0.9. Blank counts as certain.",
    )
    take("without", f"D{WITHOUT}", amount, labels[WITHOUT], in_currency)
    take("walk_cost", f"D{RESTART}", inputs.COST, labels[RESTART], "Blank counts as zero.")
    take("want", f"D{HOPE}", amount, labels[HOPE], in_currency)
    take(limit, f"D{LIMIT}", amount, limit_label, in_currency)
    take("deadline", f"D{DEADLINE}", inputs.DATE, labels[DEADLINE])
    sheet[f"F{OPTION}"].number_format = style.SHARE_WHOLE
    return answers


def write_questions(sheet: Worksheet, wording: Wording, basis: Basis | None = None) -> None:
    """Write the questions beside the answers, and what helps with each."""
    for row, title in zip(GROUPS, wording.groups, strict=True):
        put(sheet, f"B{row}", title.upper(), "wx Overline", indent=0)
    if basis:
        put(sheet, f"E{GROUPS[0]}", basis.asked, "wx Unit", horizontal="right", shrink=True)
    for row, question in wording.asked(reference(sheet, f"{ANSWER}{WHAT}")).items():
        put(sheet, f"B{row}", None, "wx Label", indent=0)
        put(sheet, f"C{row}", question, "wx Label", shrink=True)
    put(sheet, f"E{WHOM}", "in", "wx Unit", horizontal="right")
    for row, hint in (
        (WITHOUT, wording.without_hint),
        (RESTART, wording.restart_hint),
        (HOPE, wording.hope_hint),
        (LIMIT, wording.limit_hint),
        (DEADLINE, wording.deadline_hint),
    ):
        blocks.band(sheet, "E", "F", row, "wx Unit")
        put(sheet, f"E{row}", hint, "wx Unit", shrink=False)
