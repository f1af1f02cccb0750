"""An older workbook made anew in today's template: read, moved, calculated, and compared with what it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from walkaway_xl import artefacts
from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.files import intake
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.contract import Carried
from walkaway_xl.hosts.embedded import Calculated
from walkaway_xl.workbooks import reading, review_page, upgrading
from walkaway_xl.workbooks.upgrading import Upgraded


@dataclass(frozen=True)
class Remade:
    """Today's workbook with the inputs of an older one."""

    data: bytes
    calculated: Calculated
    """The older one, with its values."""
    lines: tuple[str, ...]
    """What was moved, and what is another one now."""
    left: tuple[str, ...]
    """What only the older one still holds."""


def remade(book: Path, carrier: Carried | None, tell: Callable[[str], None]) -> Remade:
    """Make an older workbook anew.

    Parameters
    ----------
    book : Path
        The older workbook.
    carrier : Carried, optional
        The host for which the new one is to bring the functions along.
    tell : callable
        Is told what is being done.
    """
    calculated = embedded.calculate_from(book, tell)
    with intake.understood(book):
        values = reading.values_of(calculated.data)
        new = upgrading.upgraded(values, reading.formulas_of(calculated.data))
        before = _figures(values)
    data = artefacts.stored(new.draft, carrier)
    changed = _changed(before, _figures(reading.values_of(data)))
    return Remade(data, calculated, (*_moved(new), *changed, *new.frozen), new.left)


def _moved(new: Upgraded) -> Iterator[str]:
    yield phrase_count(
        "{count} input is in today's {template}",
        "{count} inputs are in today's {template}",
        new.count,
        template=new.template.name,
    )
    if new.is_current:
        yield phrase("it had today's format already")


def _figures(values: Workbook) -> dict[str, str]:
    """What a workbook comes to: its verdict and its headline numbers, as it shows them."""
    try:
        read = review_page.review(values)
    except review_page.ReviewError:
        return {}
    return {phrase("Verdict"): read.verdict, **{figure.label: figure.shown for figure in read.figures}}


def _changed(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for label, shown in before.items():
        if after.get(label, "") != shown:
            yield phrase(
                "{label} was {old}, and is {new} now", label=label, old=shown, new=after.get(label, "–")
            )
