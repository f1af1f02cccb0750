"""A filled-in workbook read on one page: the verdict, what binds, what is missing, and the next step."""

import contextlib
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.draft import PRIVATE_NAME
from walkaway_xl.sheets.word_list import ANSWERS, WordList
from walkaway_xl.text_tables import TextColumn, table_lines
from walkaway_xl.workbooks.named_cells import Block, UnreadableNameError, blocks, code_of
from walkaway_xl.workbooks.sections.lists import EVIDENCE, STATES, decimals_of_size

PREFIX = "wx_"
WIDTH = 96
FIRST_FIGURES = ("offer", "our_offer", "walkaway", "batna", "batna_floor", "target", "wish", "buffer")
# Names that hold no figure: they are read elsewhere, or lead to other cells.
NO_FIGURES = (
    *("side", "verdict", "prep", "checks", "binding", "next_step", "talks_advice", "meeting"),
    PRIVATE_NAME.removeprefix(PREFIX),
)
OPEN_STATES = ("open", "partial")


class ReviewError(WalkawayError):
    """A workbook that cannot be read, and why."""


@dataclass(frozen=True)
class Figure:
    """One headline number, as the workbook names and writes it."""

    name: str
    label: str
    value: float | str
    shown: str


@dataclass(frozen=True)
class Check:
    """A check that is open, and what helps."""

    text: str
    remedy: str


@dataclass(frozen=True)
class Preparation:
    """Something that is not prepared yet."""

    text: str
    state: str
    is_essential: bool
    evidence: str


@dataclass(frozen=True)
class Flag:
    """A red flag that is present."""

    text: str
    severity: str
    seen: str


@dataclass(frozen=True)
class LinesOfStatus:
    """How many lines of a quote have a status, and what they bring."""

    status: str
    lines: int
    revenue: float


@dataclass(frozen=True)
class Review:
    """What a workbook says; a part that a template does not have is empty."""

    title: str
    subject: str
    verdict: str
    meaning: str
    advice: str
    binding: str
    figures: tuple[Figure, ...]
    lines: tuple[LinesOfStatus, ...]
    preparation_score: float | None
    preparation: tuple[Preparation, ...]
    flags: tuple[Flag, ...]
    checks: tuple[Check, ...]
    talks: str
    talks_advice: str
    next_step: str
    meeting: str

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return asdict(self)


def review(values: Workbook) -> Review:
    """Read a workbook that somebody filled in.

    Parameters
    ----------
    values : Workbook
        The workbook, read with its values.

    Raises
    ------
    ReviewError
        It was not made by walkaway_xl, or its names were deleted.
    """
    book = _Book(values)
    title, subject = book.lines("wx_title", 2)
    verdict, meaning, advice = book.lines("wx_banner", 3)
    score = book.value("wx_prep")
    return Review(
        title=title,
        subject=subject,
        verdict=verdict,
        meaning=meaning,
        advice=advice,
        binding=book.text("wx_binding"),
        figures=tuple(_figures(book)),
        lines=tuple(
            LinesOfStatus(_text(status), int(lines), revenue)
            for status, lines, _, revenue, _ in book.rows("wx_status_list", 5)
            if isinstance(lines, int | float) and isinstance(revenue, int | float)
        ),
        preparation_score=score if isinstance(score, int | float) else None,
        preparation=tuple(
            Preparation(
                _text(what),
                book.meant(STATES, state),
                book.meant(ANSWERS, essential) == "yes",
                "" if book.meant(EVIDENCE, evidence) else _text(evidence),
            )
            for what, _, _, state, _, essential, evidence in book.rows("wx_preparation_list", 7)
            if book.meant(STATES, state) in OPEN_STATES
        ),
        flags=tuple(
            Flag(_text(what), _text(severity), _text(seen))
            for what, _, _, present, severity, seen in book.rows("wx_flag_list", 6)
            if book.meant(ANSWERS, present) == "yes"
        ),
        checks=tuple(
            Check(_text(what), _text(remedy))
            for what, _, passes, _, remedy in book.rows("wx_check_list", 5)
            if passes != 1
        ),
        talks=": ".join(filter(None, book.column("wx_talks"))),
        talks_advice=book.text("wx_talks_advice"),
        next_step=book.text("wx_next_step"),
        meeting=book.text("wx_meeting"),
    )


class _Book:
    """Cells by the names that the workbook gives them; names that stand for no cells are left out."""

    def __init__(self, values: Workbook) -> None:
        self.workbook = values
        self.areas: dict[str, Block] = {}
        for name, defined in values.defined_names.items():
            if name.startswith(PREFIX):
                with contextlib.suppress(UnreadableNameError):
                    self.areas[name] = blocks(values, defined)[0]

    def rows(self, name: str, width: int) -> list[tuple[Any, ...]]:
        """The values of a name, row by row; none if the workbook does not have it in this width."""
        area = self.areas.get(name)
        if area is None or area.right - area.left + 1 != width:
            return []
        sheet = self.workbook[area.sheet]
        bottom = min(area.bottom, sheet.max_row)
        return list(sheet.iter_rows(area.top, bottom, area.left, area.right, values_only=True))

    def column(self, name: str) -> list[str]:
        """The values of a name of one column, as words."""
        return [_text(value) for (value,) in self.rows(name, 1)]

    def lines(self, name: str, count: int) -> list[str]:
        """The values of a name that every workbook of ours has, as so many words."""
        values = self.column(name)
        if len(values) != count:
            raise ReviewError(
                phrase(
                    (
                        "this is no workbook of walkaway-xl, or its name {name} was changed; "
                        "walkaway-xl new writes one to fill in"
                    ),
                    name=name,
                )
            )
        return values

    def text(self, name: str) -> str:
        """The value of a single cell, as words."""
        return "".join(self.column(name))

    def meant(self, words: WordList, shown: Any) -> str:
        """What a cell that was chosen from a list means, whatever the language of the workbook."""
        return code_of(self.workbook, words, shown)

    def value(self, name: str) -> Any:
        """The value of a single cell, or None."""
        cell = self.cell(name)
        return None if cell is None else cell.value

    def cell(self, name: str) -> Cell | None:
        """The cell of a name that stands for a single one."""
        area = self.areas.get(name)
        if area is None or area.size != 1:
            return None
        return self.workbook[area.sheet].cell(area.top, area.left)


def _figures(book: _Book) -> Iterator[Figure]:
    """The headline numbers that are known, those of every negotiation first."""
    singles = {
        name.removeprefix(PREFIX): cell
        for name in book.areas
        if name.removeprefix(PREFIX) not in NO_FIGURES and (cell := book.cell(name)) is not None
    }
    labels = [_label_beside(cell) for cell in singles.values()]
    prices = [cell.value for cell in singles.values() if _is_price(cell)]
    decimals = decimals_of_size(max(map(abs, prices), default=0.0))
    for name in (*FIRST_FIGURES, *sorted(set(singles) - set(FIRST_FIGURES))):
        cell = singles.get(name)
        if cell is not None and cell.value not in (None, ""):
            beside = _label_beside(cell)
            label = beside if beside and labels.count(beside) == 1 else name.replace("_", " ").capitalize()
            value = cell.value if isinstance(cell.value, int | float) else _text(cell.value)
            yield Figure(name, label, value, _shown(cell, decimals))


def _label_beside(cell: Cell) -> str:
    """What the sheet calls the value, at the left of its row; a question has a number or a tick there."""
    beside = _text(cell.parent.cell(cell.row, 2).value)
    return beside if any(map(str.isalpha, beside)) else ""


def _is_price(cell: Cell) -> bool:
    return isinstance(cell.value, int | float) and "#,##0.00" in cell.number_format


def _shown(cell: Cell, decimals: int) -> str:
    """A value as the sheet writes it, more or less; prices all have as many decimals."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _text(value)
    if "%" in cell.number_format:
        return f"{100 * value:.1f} %".replace("-", "−")
    if not _is_price(cell):
        decimals = 2 if "." in cell.number_format else 0
    return f"{value:,.{decimals}f}".replace("-", "−")


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


# ---------------------------------------------------------------- in a terminal


def page_text(review: Review) -> str:
    """The reading as plain text, one page of at most 96 columns."""
    width = max((len(figure.label) for figure in review.figures), default=0)
    figures = [f"{figure.label:<{width}}{figure.shown:>14}" for figure in review.figures]
    lines = _by_status(review) if review.lines else []
    flags = _listed((f"▲  {flag.severity}: {flag.text}", flag.seen) for flag in review.flags)
    open_checks = _listed((f"✖  {check.text}", check.remedy) for check in review.checks)
    checked = (
        phrase("Checks: {count} open", count=len(review.checks))
        if review.checks
        else phrase("Checks: all pass")
    )
    talks = [*_wrapped(review.talks), *_wrapped(review.talks_advice)]
    step = (
        _wrapped(review.next_step or phrase("Write down your next step, below the log of offers."))
        if review.talks
        else []
    )
    parts = [
        _wrapped(review.title),
        _wrapped(review.subject),
        [""],
        [review.verdict],
        _wrapped(review.meaning),
        _wrapped(review.advice),
        *_section(phrase("What counts") if figures else "", figures),
        *_section(phrase("Lines by status") if review.lines else "", lines),
        _wrapped(review.binding),
        *_section(phrase("Red flags") if flags else "", flags),
        *_section(_preparation_title(review), _listed(_missing(review.preparation))),
        *_section(checked, open_checks),
        *_section(phrase("The talks") if review.talks else "", talks),
        *_section(phrase("Next step") if step else "", step),
        [phrase("Meeting on {day}", day=review.meeting)] if review.meeting else [],
    ]
    return "\n".join(line for part in parts for line in part).rstrip()


def _by_status(review: Review) -> list[str]:
    heads = [
        TextColumn(phrase("Status"), is_number=False),
        *map(TextColumn, map(phrase, ("Lines", "Revenue"))),
    ]
    rows = [(status.status, f"{status.lines:,}", f"{status.revenue:,.0f}") for status in review.lines]
    return table_lines(heads, rows, WIDTH)


def _preparation_title(review: Review) -> str:
    if review.preparation_score is None:
        return ""
    done = f"{100 * review.preparation_score:.0f}"
    if review.preparation:
        return phrase("Preparation: {done} % done, still open", done=done)
    return phrase("Preparation: {done} % done, nothing open", done=done)


def _missing(items: Sequence[Preparation]) -> Iterator[tuple[str, str]]:
    """What is not prepared, the essential first."""
    for item in sorted(items, key=lambda item: not item.is_essential):
        words = [
            word
            for word, applies in (
                (phrase("partial"), item.state == "partial"),
                (phrase("essential"), item.is_essential),
            )
            if applies
        ]
        yield f"▢  {item.text}" + (f" ({', '.join(words)})" if words else ""), item.evidence


def _section(title: str, lines: Sequence[str]) -> Iterator[list[str]]:
    """A part of the page; one without a title is left out."""
    if title:
        yield from ([""], [title], ["─" * len(title)], list(lines))


def _listed(entries: Iterator[tuple[str, str]]) -> list[str]:
    lines = []
    for text, more in entries:
        lines += _wrapped(text, "   ")
        lines += _wrapped(more, "   ", "   ")
    return lines


def _wrapped(text: str, after: str = "", before: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=before, subsequent_indent=after, break_on_hyphens=False
    )
