"""The steps of the hour: what is done in Excel, and what is seen."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from walkaway_xl import artefacts, workbooks
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.excel_hour import comparing
from walkaway_xl.excel_hour.session import Session
from walkaway_xl.files.zips import names_of, parts_of
from walkaway_xl.hosts.contract import ANSWER, QUESTION
from walkaway_xl.hosts.excel_vba import excel_installation
from walkaway_xl.hosts.excel_vba.addin_file import Header
from walkaway_xl.hosts.excel_vba.host import FILE
from walkaway_xl.hosts.formulas import function_workbook
from walkaway_xl.hosts.formulas import host as formulas
from walkaway_xl.hosts.lite import host as lite

CALLS = 1000
COLUMN = "A1:A1000"
XLSX = 51  # xlOpenXMLWorkbook
LINKS = 1  # xlExcelLinks
COUNTRY, DECIMAL_SEPARATOR, THOUSANDS_SEPARATOR = 1, 3, 4  # what Excel tells of its settings
# What is harmless in each module of the add-in: Excel compiles a module when something in it is run.
PROCEDURES: Mapping[str, tuple[Any, ...]] = {
    "WalkawayServer": ("Recover",),
    "WalkawayAnswers": ("WithErrors", 1.0),
    "WalkawayButtons": ("Separators",),
    "WalkawayBinding": ("Binds",),
    "WalkawayFunctions": ("WALKAWAY_CHECK", 7500.0, 6500.0, "buyer"),
    "WalkawayWizard": ("DescribeFunctions",),
}
ARGUMENT_HELP = re.compile(rb"<(?:\w+:)?argumentDescription[ >]")
RECORD = re.compile(rb"<(?:\w+:)?definedNames?[ >].{0,300}", re.DOTALL)


class Failed(WalkawayError):  # noqa: N818 (what it says is how a step ended)
    """Excel shows something else than it must; with what was seen all the same."""

    def __init__(self, words: str, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(words)
        self.facts = dict(facts or {})


class Seen(NamedTuple):
    """What a step has seen."""

    words: str
    facts: Mapping[str, Any] = {}


class Step(NamedTuple):
    """One thing to try."""

    key: str
    title: str
    run: Callable[[Session], Seen]


def steps() -> Iterator[Step]:
    """Every step, in the order in which they are taken."""
    yield Step("start", phrase("Excel starts unseen"), start)
    yield Step("addin", phrase("The add-in is opened and answers"), open_addin)
    yield Step("modules", phrase("Each module of the add-in is compiled"), compile_modules)
    yield Step("argument_help", phrase("Excel stores the help of arguments"), store_argument_help)
    for template in workbooks.TEMPLATES:
        for example in (False, True) if template.has_example else (False,):
            title = phrase(template.title)
            yield Step(
                f"book_{template.name}{'_example' if example else ''}",
                phrase("{title}, with its example", title=title) if example else title,
                _book_step(template.name, example=example),
            )
    yield Step("functions_workbook", phrase("The functions as formulas"), open_functions_workbook)
    yield Step("binding", phrase("A workbook of another user is bound"), bind_anothers_workbook)
    yield Step("speed", phrase("1,000 calls"), time_calls)
    yield Step("lite", phrase("A workbook that carries the functions for xlwings Lite"), open_lite_workbook)
    yield Step(
        "other_header", phrase("The add-in with the header that its library writes"), open_other_header
    )


def addin_data(header: Header = Header.SPECIFIED) -> bytes:
    """The add-in for this Python."""
    return excel_installation.for_this_python(workbooks.TEMPLATES, header)


def start(session: Session) -> Seen:
    """What Excel says of itself."""
    excel = session.excel
    separators = [str(excel.International(which)) for which in (DECIMAL_SEPARATOR, THOUSANDS_SEPARATOR)]
    return Seen(
        phrase("Excel {version}, build {build}", version=excel.Version, build=excel.Build),
        {
            "system": str(excel.OperatingSystem),
            "country": str(excel.International(COUNTRY)),
            "separators": " ".join(separators),
        },
    )


def with_addin(session: Session, folder: str = "addin", header: Header = Header.SPECIFIED) -> Any:
    """The add-in, opened."""
    return session.opened(session.placed(f"{folder}/{FILE}", addin_data(header)))


def open_addin(session: Session) -> Seen:
    """Open it, and ask its first cell, which starts Python."""
    with_addin(session)
    began = time.perf_counter()
    shown = _shown_by(session.excel.Workbooks.Add().Worksheets(1), "A1", QUESTION)
    seconds = time.perf_counter() - began
    facts = {"seconds to the first answer": round(seconds, 2)}
    if shown != ANSWER:
        raise Failed(
            phrase(
                "{formula} shows {shown} instead of {answer}", formula=QUESTION, shown=shown, answer=ANSWER
            ),
            facts,
        )
    return Seen(phrase("{formula} shows {answer}", formula=QUESTION, answer=ANSWER), facts)


def compile_modules(session: Session) -> Seen:
    """Run something in every module; a module that cannot be compiled fails there."""
    addin = with_addin(session)
    faults = {}
    for module, (procedure, *given) in PROCEDURES.items():
        try:
            session.excel.Run(f"'{addin.Name}'!{module}.{procedure}", *given)
        except Exception as error:  # COM's own kind, whose module is there on Windows only
            faults[module] = last_words(error)
    if faults:
        raise Failed(
            phrase("{count} of {all} modules failed", count=len(faults), all=len(PROCEDURES)), faults
        )
    return Seen(
        phrase("a procedure of each of {count} modules ran", count=len(PROCEDURES)),
        {"not asked": "procedures that no module needs to run; Excel compiles a module as one"},
    )


def store_argument_help(session: Session) -> Seen:
    """Let Excel store the help, and see where in the file it puts it."""
    addin = with_addin(session)
    session.excel.Run(f"'{addin.Name}'!DescribeFunctions")
    addin.Save()
    parts = parts_of((session.folder / "addin" / FILE).read_bytes())
    workbook = parts["xl/workbook.xml"]
    facts = {
        "descriptions of arguments in xl/workbook.xml": len(ARGUMENT_HELP.findall(workbook)),
        "as Excel writes them": [match.decode("utf-8", "replace") for match in RECORD.findall(workbook)[:2]],
        "parts": sorted(parts),
    }
    return Seen(phrase("Excel described the functions and saved the add-in"), facts)


def _book_step(name: str, *, example: bool) -> Callable[[Session], Seen]:
    return lambda session: open_book(session, artefacts.workbook(workbooks.template(name), example=example))


def open_book(session: Session, data: bytes) -> Seen:
    """Open a workbook, calculate it, hold every cell to the file, save it and do so again."""
    with_addin(session)
    book = session.opened(session.placed("book.xlsx", data))
    note = session.note_on(book)
    facts: dict[str, Any] = {}
    if note:
        facts["title of the window"] = note
    began = time.perf_counter()
    session.excel.CalculateFull()
    facts["seconds to calculate"] = round(time.perf_counter() - began, 2)
    first = _compared(data, book)
    copy = session.folder / "saved.xlsx"
    book.SaveAs(str(copy), XLSX)
    book.Close(False)
    again = session.opened(copy)
    second = _compared(data, again)
    links = again.LinkSources(LINKS)
    again.Close(False)
    facts |= {
        "opened": str(first),
        "saved and opened again": str(second),
        "links when saved": len(links or ()),
    }
    differences = (
        *first.differences,
        *(cell for cell in second.differences if cell not in first.differences),
    )
    if differences:
        facts["differences"] = list(differences[: comparing.LISTED])
    if differences or note:
        raise Failed(
            phrase("{count} cells differ from the file", count=len(differences))
            if differences
            else phrase("the title of its window says: {words}", words=note),
            facts,
        )
    return Seen(phrase("{count} cells are as in the file", count=f"{first.cells:,}"), facts)


def open_functions_workbook(session: Session) -> Seen:
    """The workbook of LAMBDA names, in an Excel without the add-in."""
    data = artefacts.stored(function_workbook.build(), formulas)
    book = session.opened(session.placed("formulas.xlsx", data))
    note = session.note_on(book)
    session.excel.CalculateFull()
    compared = _compared(data, book)
    facts = {"opened": str(compared), "differences": list(compared.differences[: comparing.LISTED])}
    if note or compared.differences:
        raise Failed(phrase("{count} cells differ from the file", count=len(compared.differences)), facts)
    return Seen(phrase("{count} cells are as in the file", count=f"{compared.cells:,}"), facts)


def bind_anothers_workbook(session: Session) -> Seen:
    """Save a workbook with the add-in of one user, and open it with that of another."""
    theirs = with_addin(session, "another user")
    book = session.excel.Workbooks.Add()
    cell = book.Worksheets(1).Range("A1")
    cell.Formula = QUESTION
    path = session.folder / "linked.xlsx"
    book.SaveAs(str(path), XLSX)
    book.Close(False)
    facts: dict[str, Any] = {"link in the file": any("externalLink" in name for name in names_of(path))}
    theirs.Close(False)
    (session.folder / "another user" / FILE).unlink()
    with_addin(session, "this user")
    book = session.opened(path)
    cell = book.Worksheets(1).Range("A1")
    links = [Path(str(link)).parent.name for link in book.LinkSources(LINKS) or ()]
    shown, formula = str(cell.Text), str(cell.Formula)
    facts |= {"formula": formula, "shows": shown, "links": links, "counts as saved": bool(book.Saved)}
    if shown != ANSWER or "another user" in formula or "another user" in links:
        raise Failed(phrase("the workbook is not bound to the add-in that is there"), facts)
    return Seen(phrase("the workbook calls the add-in that is there"), facts)


def time_calls(session: Session) -> Seen:
    """How long 1,000 cells take that ask one by one, and one formula over them all."""
    with_addin(session)
    sheet = session.excel.Workbooks.Add().Worksheets(1)
    sheet.Range(COLUMN).Value2 = 7500.0
    _shown_by(sheet, "D1", QUESTION)  # Python is there from now on
    facts = {}
    for title, column, enter, argument in (
        ("seconds for 1,000 cells", "B", "Formula", "A1"),
        ("seconds for one formula over them", "C", "FormulaArray", COLUMN),
    ):
        block = sheet.Range(COLUMN.replace("A", column))
        began = time.perf_counter()
        setattr(block, enter, f'=WALKAWAY_CHECK({argument},6500,"buyer")')
        session.excel.Calculate()
        facts[title] = round(time.perf_counter() - began, 3)
        wrong = [row for row in block.Value2 if row[0] != ANSWER]
        if wrong:
            raise Failed(phrase("{count} of {all} cells are wrong", count=len(wrong), all=CALLS), facts)
    return Seen(phrase("1,000 calls were right"), facts)


def open_lite_workbook(session: Session) -> Seen:
    """Whether Excel takes the parts in which a workbook carries code for Lite, and keeps them."""
    data = artefacts.stored(workbooks.template("used_goods").build(), lite)
    before = {name for name in parts_of(data) if "webextension" in name}
    book = session.opened(session.placed("lite.xlsx", data))
    note = session.note_on(book)
    copy = session.folder / "saved.xlsx"
    book.SaveAs(str(copy), XLSX)
    book.Close(False)
    after = {name for name in names_of(copy) if "webextension" in name}
    facts = {"parts in the file": sorted(before), "parts when saved": sorted(after)}
    if note or not after:
        raise Failed(phrase("Excel has not kept what Lite reads"), facts)
    return Seen(phrase("Excel opened the workbook and kept what Lite reads"), facts)


def open_other_header(session: Session) -> Seen:
    """Whether the other of two ways to write a VBA project works, too."""
    with_addin(session, header=Header.OF_THE_LIBRARY)
    shown = _shown_by(session.excel.Workbooks.Add().Worksheets(1), "A1", QUESTION)
    if shown != ANSWER:
        raise Failed(
            phrase(
                "{formula} shows {shown} instead of {answer}", formula=QUESTION, shown=shown, answer=ANSWER
            )
        )
    return Seen(phrase("{formula} shows {answer}", formula=QUESTION, answer=ANSWER))


def _shown_by(sheet: Any, address: str, formula: str) -> str:
    cell = sheet.Range(address)
    cell.Formula = formula
    return str(cell.Text)


def _compared(data: bytes, book: Any) -> comparing.Compared:
    from walkaway_xl.hosts.excel_com import ERRORS  # which loads where xlwings is

    return comparing.compare(data, book, ERRORS)


def last_words(error: Exception) -> str:
    """What an error of COM says: its description, if it has one."""
    details = getattr(error, "excepinfo", None)
    return str(details[2] if details and details[2] else error).strip()
