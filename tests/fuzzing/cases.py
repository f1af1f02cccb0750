"""A case: a whole file, what is done to it, and the command that reads it; all of it from one number."""

import csv
import zipfile
import zlib
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from polars.exceptions import PolarsError

from tests.fuzzing.subjects import SUBJECTS, Damage, Subject

HARMLESS_SHARE = 0.1


class Case(NamedTuple):
    """What is put to a command."""

    subject: Subject
    data: bytes
    line: str
    done: tuple[str, ...]
    is_harmless: bool = False

    @property
    def words(self) -> list[str]:
        """The command line."""
        return self.line.format(self.subject.name).split()

    def __str__(self) -> str:
        return f"{' '.join(self.words)}, after {', '.join(self.done)}"


def case(seed: int, names: Sequence[str] = ()) -> Case:
    """The case of a number; of some files alone, if they are named."""
    random = Random(seed)
    subjects = [subject for name, subject in SUBJECTS.items() if not names or name in names]
    (subject,) = random.choices(subjects, [subject.weight for subject in subjects])
    line, is_harmless = random.choice(subject.lines), random.random() < HARMLESS_SHARE
    if is_harmless:
        chosen: list[Damage] = [random.choice(subject.harmless)]
    else:
        order = [*subject.damage]
        chosen = sorted(random.choices(order, k=random.choice((1, 1, 1, 2, 4))), key=order.index)
    data = subject.make()
    for damage in chosen:
        data = _damaged(random, data, damage)
    return Case(subject, data, line, tuple(damage.__name__ for damage in chosen), is_harmless)


def _damaged(random: Random, data: bytes, damage: Damage) -> bytes:
    """A file after damage; the same if what was done before leaves nothing to damage so."""
    try:
        return damage(random, data)
    except (zipfile.BadZipFile, zlib.error, csv.Error, ValueError, IndexError, PolarsError):
        return data
