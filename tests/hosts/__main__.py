"""Ask hosts every function × argument × kind of cell: `python -m tests.hosts [HOST …]`.

Counts what a host answers otherwise than it declares. The embedded engine and Calc calculate a workbook;
Excel's COM server and xlwings Lite are called, by the stand-ins of the tests.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.calls import all_alike, rows_of
from tests.hosts import contract, test_contract
from tests.hosts.stand_ins.calc import Calc
from tests.hosts.stand_ins.excel import InLite, OverCom
from tests.hosts.stand_ins.recorder import Recorder
from tests.hosts.stand_ins.windows import excel_on_windows
from tests.hosts.stand_ins.workbooks import InAWorkbook
from walkaway_xl.hosts import excel, excel_lite
from walkaway_xl.hosts.contract import Host

Answer = Callable[[contract.Question], list[list[Any]]]


def answer_of(key: str, host: Host, questions: list[contract.Question], folder: Path, xlwings: Any) -> Answer:
    """What answers the questions as a host does."""
    if key == "embedded":
        return InAWorkbook(host, questions, test_contract._by_the_engine).answer
    if key == "libreoffice":
        calculated = partial(test_contract._by_calc, Calc(folder), folder / "questions.xlsx")
        return InAWorkbook(host, questions, calculated).answer
    called: OverCom | InLite
    if key == "excel":
        called = OverCom(xlwings.com_server.XLPython(), as_cells=True)
    else:
        functions: dict[str, Any] = {}
        excel.publish(functions, Recorder(), excel_lite.LITE)
        called = InLite(functions, "")
    return lambda question: rows_of(called.call(question.name, *question.arguments))


def main(keys: list[str]) -> int:
    """Ask, print what differs, and count."""
    questions, faulty = contract.matrix(), 0
    with excel_on_windows() as xlwings:
        for key in keys or ("embedded", "libreoffice", "excel", "lite"):
            host, begin, wrong = test_contract.HOST[key], time.monotonic(), 0
            with tempfile.TemporaryDirectory() as place:
                answer = answer_of(key, host, questions, Path(place), xlwings)
                for question in questions:
                    expected, shown = question.shown_by(host), answer(question)
                    if not all_alike(expected, shown):
                        wrong += 1
                        print(f"{key}: {question.name}({question.words}): {expected} expected, {shown} shown")
            took = time.monotonic() - begin
            print(f"{key}: {len(questions):,} calls, {wrong} otherwise than declared, {took:,.0f} s")
            sys.stdout.flush()
            faulty += wrong
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
