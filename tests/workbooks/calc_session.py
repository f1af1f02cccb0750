"""Fills cells of a workbook in LibreOffice Calc again and again, and reads others: one start for many sets.

It runs in a Python that has UNO, with the paths of soffice's profile, of the questions and of the answers.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = f"walkaway-session-{os.getpid()}"  # sessions may run side by side
QUIETLY = ("--headless", "--norestore", "--nologo")
PATIENCE = 60  # seconds until Calc must have started


@contextmanager
def office(profile: str, *options: str) -> Iterator[Any]:
    """The desktop of an office process of its own, with a profile's address; the process ends with it."""
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        *options,
        *QUIETLY,
        f"--accept=pipe,name={PIPE};urp;",
    ]
    process = subprocess.Popen(command)
    try:
        context = connected(process)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        yield desktop
        desktop.terminate()
        process.wait(20)
    finally:
        if process.poll() is None:
            process.kill()


def connected(process: subprocess.Popen[bytes]) -> Any:
    """The component context of the office process, as soon as it answers."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)


def fill(cell: Any, value: Any) -> None:
    """Put a value into a cell as a person would type it; None clears it."""
    if isinstance(value, int | float):
        cell.setValue(value)
    else:
        cell.setString(value or "")


class Reader:
    """Reads cells a column at a time: each call to the office process costs more than many cells."""

    def __init__(self, sheets: Any, cells: list[tuple[str, str]]) -> None:
        self.places = []
        last: dict[tuple[str, str], int] = {}
        for title, name in cells:
            column = name.rstrip("0123456789")
            row = int(name[len(column) :])
            self.places.append((title, column, row))
            last[title, column] = max(row, last.get((title, column), 0))
        self.columns = {
            (title, column): sheets.getByName(title).getCellRangeByName(f"{column}1:{column}{row}")
            for (title, column), row in last.items()
        }

    def shown(self) -> list[Any]:
        """What the cells show now; an error shows nothing."""
        data = {key: cells.getDataArray() for key, cells in self.columns.items()}
        return [data[title, column][row - 1][0] for title, column, row in self.places]


def main(profile: str, questions: str, answers: str) -> None:
    """Answer the questions: a workbook, cells to read, and sets of cells to fill in before reading."""
    asked = json.loads(Path(questions).read_text(encoding="utf-8"))
    with office(profile) as desktop:
        hidden = PropertyValue("Hidden", 0, True, 0)
        document = desktop.loadComponentFromURL(asked["workbook"], "_blank", 0, (hidden,))
        sheets = document.Sheets
        document.calculateAll()  # what is read need not be what was stored
        document.enableAutomaticCalculation(False)
        document.lockControllers()
        inputs = {
            (title, name): sheets.getByName(title).getCellRangeByName(name)
            for title, name in {(title, name) for cells in asked["sets"] for title, name, _ in cells}
        }
        reader = Reader(sheets, asked["read"])
        found = []
        for cells in asked["sets"]:
            for title, name, value in cells:
                fill(inputs[title, name], value)
            document.calculate()
            found.append(reader.shown())
        Path(answers).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
