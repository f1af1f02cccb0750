"""Calculates workbooks in LibreOffice Calc again and again for `calc_column.py`, in a Python with UNO."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "workbooks"))
from calc_session import office
from com.sun.star.beans import PropertyValue


def main(calc: str, asked: str, told: str) -> None:
    """Time each workbook, the best of several turns, and read what it shows."""
    questions = json.loads(Path(asked).read_text())
    bundled = f"-env:BUNDLED_EXTENSIONS={(Path(calc) / 'bundled').as_uri()}"
    with office((Path(calc) / "profile").as_uri(), bundled) as desktop:
        found = {}
        for name, address in questions["books"].items():
            hidden = PropertyValue("Hidden", 0, True, 0)
            document = desktop.loadComponentFromURL(address, "_blank", 0, (hidden,))
            seconds = []
            for _ in range(questions["turns"]):
                begin = time.perf_counter()
                document.calculateAll()
                seconds.append(time.perf_counter() - begin)
            cells = document.Sheets.getByIndex(0).getCellRangeByName(questions["answers"])
            answers = [cell for (cell,) in cells.getDataArray()]
            for row, cell in enumerate(answers):
                if cell is None:  # an error, whose number only the cell itself tells
                    answers[row] = f"error {cells.getCellByPosition(0, row).getError()}"
            found[name] = {"seconds": min(seconds), "answers": answers}
            document.close(False)
        Path(told).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
