"""Ask hosts every function × argument × kind of cell: `python -m tests.hosts [HOST …]`.

Counts what a host answers otherwise than it declares. The embedded engine and Calc calculate a workbook;
Excel's COM server and xlwings Lite are called, by the stand-ins of the tests, and under Wine and in Pyodide
where these are built; two engines that read LAMBDA answer the functions as formulas. What is not on this
machine is named and left out.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

from tests.calls import all_alike, rows_of
from tests.hosts import contract, test_contract
from tests.hosts.formulas import answers, lacking
from tests.hosts.formulas.engines import Formulon
from tests.hosts.pyodide import build as pyodide_build
from tests.hosts.stand_ins.calc import Calc
from tests.hosts.stand_ins.excel import InLite, OverCom
from tests.hosts.stand_ins.pyodide import InPyodide, Pyodide
from tests.hosts.stand_ins.recorder import Recorder
from tests.hosts.stand_ins.windows import excel_on_windows
from tests.hosts.stand_ins.wine import Server
from tests.hosts.stand_ins.workbooks import InAWorkbook
from tests.hosts.wine import build as wine_build
from walkaway_xl.hosts import excel, excel_lite
from walkaway_xl.hosts.contract import Host
from walkaway_xl.hosts.formulas.lambdas import FORMULAS
from walkaway_xl.hosts.lite import lite_code

KEYS = ("embedded", "libreoffice", "excel", "lite", "wine", "pyodide", "formulas")
PLACES = {"wine": "excel", "pyodide": "lite"}  # where else a host is asked
Answer = Callable[[contract.Question], list[list[Any]]]


def answer_of(
    key: str, host: Host, questions: list[contract.Question], folder: Path, xlwings: Any, left: ExitStack
) -> Answer:
    """What answers the questions as a host does."""
    if key == "embedded":
        return InAWorkbook(host, questions, test_contract._by_the_engine).answer
    if key == "libreoffice":
        calculated = partial(test_contract._by_calc, Calc(folder), folder / "questions.xlsx")
        return InAWorkbook(host, questions, calculated).answer
    called: OverCom | InLite
    if key == "excel":
        called = OverCom(xlwings.com_server.XLPython(), as_cells=True)
    elif key == "wine":
        called = OverCom(left.enter_context(Server()), as_cells=False)
    elif key == "pyodide":
        main = lite_code.main()
        called = InPyodide(left.enter_context(Pyodide.with_main(main, folder)), "")
    else:
        functions: dict[str, Any] = {}
        excel.publish(functions, Recorder(), excel_lite.LITE)
        called = InLite(functions, "")
    return lambda question: rows_of(called.call(question.name, *question.arguments))


def as_formulas(questions: list[contract.Question], folder: Path) -> tuple[int, list[str]]:
    """How many questions two engines that read LAMBDA were asked, and what they answer otherwise."""
    asked = [question for question in questions if question.name in FORMULAS]
    constants = list(filter(answers.can_be_typed, asked))
    single = [question for question in asked if not lacking.not_for_ironcalc(question)]
    engine = Formulon(answers.typed())
    wrong = [
        *answers.differing(engine, asked, in_cells=True),
        *answers.differing(engine, constants, in_cells=False),
        *answers.in_file(single, folder / "book.xlsx"),
    ]
    return len(asked) + len(constants) + len(single), wrong


def of_a_host(
    key: str, questions: list[contract.Question], folder: Path, xlwings: Any
) -> tuple[int, list[str]]:
    """How many questions a host was asked, and what it answers otherwise than it declares."""
    if key == "formulas":
        return as_formulas(questions, folder)
    host = test_contract.HOST[PLACES.get(key, key)]
    wrong = []
    with ExitStack() as left:
        answer = answer_of(key, host, questions, folder, xlwings, left)
        for question in questions:
            expected, shown = question.shown_by(host), answer(question)
            if not all_alike(expected, shown):
                wrong.append(f"{question.name}({question.words}): {expected} expected, {shown} shown")
    return len(questions), wrong


def lacks(key: str) -> str:
    """What a host needs that is not on this machine; empty if nothing."""
    needed = {
        "libreoffice": (bool(which("soffice")), "LibreOffice"),
        "wine": (wine_build.HOME.exists(), "what tests/hosts/wine/build.py makes"),
        "pyodide": (pyodide_build.NUMPY.exists(), "what tests/hosts/pyodide/build.py makes"),
        "formulas": (all(map(find_spec, ("formulon", "ironcalc"))), "the packages formulon and ironcalc"),
    }
    is_here, words = needed.get(key, (True, ""))
    return "" if is_here else words


def main(keys: list[str]) -> int:
    """Ask, print what differs, and count."""
    questions, faulty = contract.matrix(), 0
    with excel_on_windows() as xlwings:
        for key in keys or KEYS:
            if lacking_here := lacks(key):
                print(f"{key}: not asked, it needs {lacking_here}")
                continue
            begin = time.monotonic()
            with tempfile.TemporaryDirectory() as place:
                asked, wrong = of_a_host(key, questions, Path(place), xlwings)
            for line in wrong:
                print(f"{key}: {line}")
            took = time.monotonic() - begin
            print(f"{key}: {asked:,} calls, {len(wrong)} otherwise than declared, {took:,.0f} s")
            sys.stdout.flush()
            faulty += len(wrong)
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
