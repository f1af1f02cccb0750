"""Says for each spreadsheet program of this machine whether the functions answer there: it asks them."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.installation import libreoffice
from walkaway_xl.installation.plan import InstallationError
from walkaway_xl.remedies import reinstall

QUESTION, ANSWER = '=WALKAWAY_CHECK(7500,6500,"buyer")', "WALK AWAY"
EXCEL = "Excel on Windows"


class State(Enum):
    """What was found, as a mark and a word."""

    ANSWERS = "✔ answers"
    TROUBLE = "✖ does not answer"
    ABSENT = "– not found"
    UNASKED = "? cannot be asked from here"


class Finding(NamedTuple):
    """One host: what was found, why, and what mends it."""

    host: str
    state: State
    words: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """Ask every host, one after the other; each takes up to a few seconds."""
    return map(ask, HOSTS)


def ask(host: str) -> Finding:
    """Ask one host."""
    try:
        return HOSTS[host]()._replace(host=host)
    except (WalkawayError, OSError, subprocess.SubprocessError) as error:
        return _trouble(str(error))._replace(host=host)
    except Exception as error:  # something of the installation is broken, and the others can still be asked
        words = f"{type(error).__name__}: {error}"
        return Finding(host, State.TROUBLE, words, "python install.py, in the folder of walkaway_xl")


def _trouble(told: str) -> Finding:
    """What is wrong, and after it what mends it."""
    words, _, remedy = told.partition("; ")
    return Finding("", State.TROUBLE, words, remedy.removeprefix("run "))


def _embedded() -> Finding:
    from walkaway_xl.hosts import embedded  # which fails where its engine does

    calculated = embedded.calculate(_question())
    if calculated.errors:
        return Finding("", State.TROUBLE, str(calculated.errors[0]), reinstall("formualizer"))
    return Finding("", State.ANSWERS, "walkaway-xl calc calculates workbooks with it")


def _libreoffice() -> Finding:
    if libreoffice.program("soffice") is None:
        return Finding("", State.ABSENT, "LibreOffice is not installed", "install it from libreoffice.org")
    trouble = libreoffice.python_trouble()
    if trouble is not None:
        return _trouble(trouble)
    lock = libreoffice.locked()
    if lock is not None:
        words, _, remedy = lock.partition("; ")
        return Finding("", State.UNASKED, words, f"{remedy}, then walkaway-xl doctor")
    if not libreoffice.is_installed():
        return Finding("", State.TROUBLE, "the extension is not installed", "walkaway-xl install libreoffice")
    shown = _shown_by_calc()
    if shown == ANSWER:
        return Finding("", State.ANSWERS, "the extension is installed for you")
    if not shown:
        return _trouble("LibreOffice opens no workbook; start it yourself, it says what is in its way")
    return _trouble(f"the extension is installed and shows {shown}; run walkaway-xl install libreoffice")


def _shown_by_calc() -> str:
    """What a person would see in a headless Calc with their own settings; "" if it opens no workbook."""
    soffice = libreoffice.program("soffice")
    assert soffice is not None
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "question.xlsx"
        book.write_bytes(_question())
        subprocess.run(
            [soffice, "--headless", "--convert-to", "csv", "--outdir", folder, str(book)],
            capture_output=True,
            timeout=120,
            check=False,
            env=libreoffice.environment(),
        )
        shown = book.with_suffix(".csv")
        return shown.read_text("utf-8", errors="replace").strip() if shown.exists() else ""


def _excel() -> Finding:
    from walkaway_xl.installation import excel  # which fails where what it writes with does

    if not excel.is_here():
        return Finding("", State.ABSENT, "Excel for Windows is not installed")
    trouble = excel.trouble()
    if trouble is not None:
        return _trouble(trouble)
    fault = excel.fault()
    if fault is None:
        try:
            excel.ask_server()
        except InstallationError as error:
            fault = str(error)
    if fault is not None:
        return Finding("", State.TROUBLE, fault, "walkaway-xl install excel")
    return Finding("", State.ANSWERS, "the add-in is installed for you, and its Python answers")


def _lite() -> Finding:
    return Finding(
        "",
        State.UNASKED,
        "it runs inside Excel's own window",
        'type =WALKAWAY_CHECK(7500,6500,"buyer") into a cell there: it shows WALK AWAY',
    )


def _question() -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active["A1"] = QUESTION
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


HOSTS: dict[str, Callable[[], Finding]] = {
    "embedded engine": _embedded,
    "LibreOffice": _libreoffice,
    EXCEL: _excel,
    "xlwings Lite (Excel on Windows, Mac, web)": _lite,
}
