"""Tables that are written from the catalogue, read by people, and compared with what it says now."""

import csv
from collections.abc import Sequence
from pathlib import Path

Row = tuple[str, ...]


def write(head: Row, rows: Sequence[Row], path: Path) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def assert_same(head: Row, rows: Sequence[Row], path: Path) -> None:
    """Fail with every row that is committed and no longer so, and with every new one."""
    with path.open(encoding="utf-8", newline="") as file:
        committed = [tuple(row) for row in csv.reader(file)]
    current = [head, *rows]
    gone = [f"- {' | '.join(row)}" for row in committed if row not in set(current)]
    new = [f"+ {' | '.join(row)}" for row in current if row not in set(committed)]
    message = f"{path.name} is written by python -m tests.catalogue:"
    assert committed == current, "\n".join([message, *gone, *new])
