"""A workbook filled in many times over: what it then shows, in the embedded engine and in LibreOffice."""

import functools
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import formualizer
from openpyxl.utils.cell import coordinate_to_tuple

from tests.books import saved
from walkaway_xl.sheets.draft import Draft

SESSION = Path(__file__).with_name("calc_session.py")
PATH = "/usr/bin:/bin"  # where the Python is that LibreOffice's UNO belongs to

Place = tuple[str, str]
"""Title of a sheet and name of a cell."""
Filling = Mapping[Place, Any]


def place(reference: str) -> Place:
    """Sheet and cell of an absolute reference."""
    title, cell = reference.rsplit("!", 1)
    return title.strip("'"), cell.replace("$", "")


def named_places(draft: Draft) -> dict[str, Place]:
    """The cells that have a name for people; a hidden one is an input's."""
    names = draft.workbook.defined_names
    return {name: place(defined.attr_text) for name, defined in names.items() if not defined.hidden}


def in_the_engine(draft: Draft, fillings: Sequence[Filling], read: Sequence[Place]) -> list[dict[Place, Any]]:
    """What the cells show after each filling, in the embedded engine without our functions."""
    book = formualizer.Workbook.from_bytes(saved(draft))
    book.set_temporal_egress("serial")
    found = []
    for filling in fillings:
        for (title, cell), value in filling.items():
            book.set_value(title, *coordinate_to_tuple(cell), value)
        book.evaluate_all()
        found.append({at: book.get_value(at[0], *coordinate_to_tuple(at[1])) for at in read})
    return found


def in_libreoffice(
    draft: Draft, fillings: Sequence[Filling], read: Sequence[Place], folder: Path
) -> list[dict[Place, Any]]:
    """What the cells show after each filling, in LibreOffice Calc without our extension."""
    source, questions, answers = (folder / name for name in ("workbook.xlsx", "asked.json", "told.json"))
    source.write_bytes(saved(draft))
    asked = {
        "workbook": source.as_uri(),
        "sets": [[[*at, value] for at, value in filling.items()] for filling in fillings],
        "read": read,
    }
    questions.write_text(json.dumps(asked), encoding="utf-8")
    done = subprocess.run(
        ["python3", str(SESSION), (folder / "profile").as_uri(), str(questions), str(answers)],
        env={"HOME": str(folder), "PATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300 + 5 * len(fillings),
    )
    assert answers.exists(), done.stderr
    told = json.loads(answers.read_text(encoding="utf-8"))
    return [dict(zip(map(tuple, read), row, strict=True)) for row in told]


@functools.cache
def has_uno() -> bool:
    """Whether there is a LibreOffice here that a Python can drive."""
    if not shutil.which("soffice"):
        return False
    tried = subprocess.run(["python3", "-c", "import uno"], env={"PATH": PATH}, capture_output=True)
    return tried.returncode == 0
