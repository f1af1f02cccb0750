"""Which classes of a policy no line has, and which classes of the lines its rule for all others took."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from walkaway_xl.policy import EVERY_CLASS

NEAR = 3  # names that could be meant
SHOWN = 10


class ClassUse(NamedTuple):
    """Classes of the policy without lines, with like names of lines; and what `*` took, most lines first."""

    idle: dict[str, list[str]]
    taken: dict[str, int]
    counts: Mapping[str, int]

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {"classes_without_lines": self.idle, f"classes_under_{EVERY_CLASS}": self.taken}

    def sentences(self) -> Iterator[str]:
        """What somebody who reads the summary should know."""
        for name, near in self.idle.items():
            meant = " or ".join(f"{other} ({_lines(self.counts[other])})" for other in near)
            yield f"Class {name} has no lines" + (f"; did you mean {meant}?" if near else ".")
        if self.taken:
            shown = [f"{name} ({_lines(count)})" for name, count in list(self.taken.items())[:SHOWN]]
            rest = list(self.taken.values())[SHOWN:]
            if rest:
                shown.append(f"{len(rest):,} more ({_lines(sum(rest))})")
            yield f"{EVERY_CLASS} took {', '.join(shown)}."


def without_a_column(classes: Sequence[str]) -> Iterator[str]:
    """What somebody should know who has classes in the policy, and no column of them."""
    if {name.casefold() for name in classes} != {EVERY_CLASS}:
        yield f"No column holds the class, so {EVERY_CLASS} took every line."


def class_use(classes: Sequence[str], counts: Counter[str]) -> ClassUse:
    """How the classes of a policy meet those of the lines.

    Parameters
    ----------
    classes : sequence of str
        The classes of the policy.
    counts : Counter of str
        How many lines name each class.
    """
    ruled = {name.casefold() for name in classes}
    of_lines = {name.strip().casefold() for name in counts}
    others = {name: count for name, count in counts.items() if name.strip().casefold() not in ruled}
    plain = {name.strip().casefold(): name for name in sorted(others)}
    idle = {
        name: [plain[near] for near in difflib.get_close_matches(name.casefold(), plain, NEAR)]
        for name in classes
        if name != EVERY_CLASS and name.casefold() not in of_lines
    }
    by_size = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    only_rule = ruled <= {EVERY_CLASS}
    return ClassUse(idle, dict(by_size) if EVERY_CLASS in ruled and not only_rule else {}, counts)


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"
