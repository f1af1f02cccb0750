"""Excel as a program that another one drives: workbooks from files, which the embedded engine calculates.

It binds workbooks as the add-in does, stores the path of the add-in as Excel does, and goes wrong if told to.
"""

# ruff: noqa: N802 (named by Excel)

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
from openpyxl.formula.translate import Translator
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula

from tests.books import linked_to, saved
from tests.hosts.stand_ins.excel import ERROR_NUMBERS
from walkaway_xl.excel_hour.session import Session
from walkaway_xl.files.zips import archive_of, parts_of
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.excel_vba.book_links import mended
from walkaway_xl.hosts.excel_vba.modules import modules

CALL = re.compile(rf"(?<![\w!])({'|'.join(CATALOGUE)})\(")
FORMULA = re.compile(r"<f[ >][^<]*")
HELP = b'<extLst><argumentDescription index="0">cost</argumentDescription></extLst></workbook>'


class ComError(Exception):
    """What pywin32 raises where Excel refuses."""

    def __init__(self, words: str) -> None:
        super().__init__(-2147352567, "Exception occurred.", None, None)
        self.excepinfo = (0, "Microsoft Excel", words, None, 0, -2146827284)


class Program:
    """The application.

    Parameters
    ----------
    binds : bool
        Whether the add-in binds workbooks as they are opened.
    broken : frozenset of str
        Modules that cannot be compiled.
    note : str
        What Excel writes behind the title of a workbook that it has mended.
    """

    Version, Build, OperatingSystem = "16.0", 17928, "Windows (64-bit) NT 10.00"

    def __init__(self, *, binds: bool = True, broken: frozenset[str] = frozenset(), note: str = "") -> None:
        self.binds, self.broken, self.note = binds, broken, note
        self.books: list[Book] = []
        self.Workbooks = SimpleNamespace(Open=self._open, Add=self._add)

    @property
    def addin(self) -> Path | None:
        return next((book.path for book in self.books if book.path and book.path.suffix == ".xlam"), None)

    def International(self, index: int) -> Any:
        return {1: 49, 3: ",", 4: "."}[index]

    def Calculate(self) -> None:
        for book in self.books:
            book.calculate()

    CalculateFull = Calculate

    def Run(self, macro: str, *given: Any) -> Any:
        book, _, procedure = macro.rpartition("!")
        assert self.addin is not None
        assert book == f"'{self.addin.name}'"
        module, _, name = procedure.rpartition(".")
        sources = modules("0")
        if module in self.broken:
            raise ComError("Compile error in hidden module")
        held = sources[module] if module else "".join(sources.values())
        if not re.search(rf"^(?:Public|Private) (?:Sub|Function) {name}\b", held, re.MULTILINE):
            raise ComError(f"Cannot run the macro '{macro}'.")
        return None

    def _open(self, path: str, links: int) -> "Book":
        data = Path(path).read_bytes()
        is_addin = path.endswith(".xlam")
        if not is_addin and self.addin is not None and self.binds:
            data = mended(data).data
        book = Book(self, data, Path(path), is_addin=is_addin)
        self.books.append(book)
        return book

    def _add(self) -> "Book":
        book = Book(self, saved(openpyxl.Workbook()), None, is_addin=False)
        self.books.append(book)
        return book


class Book:
    """A workbook that is open."""

    Saved = True

    def __init__(self, program: Program, data: bytes, path: Path | None, *, is_addin: bool) -> None:
        self.program, self.path, self.is_addin = program, path, is_addin
        self.data = data
        self.formulas = None if is_addin else openpyxl.load_workbook(BytesIO(data), keep_links=True)
        self.shown = None if is_addin else openpyxl.load_workbook(BytesIO(data), data_only=True)
        self.is_stale = False

    @property
    def Name(self) -> str:
        return self.path.name if self.path else "Book1"

    def Windows(self, number: int) -> Any:
        return SimpleNamespace(Caption=f"{self.Name}{self.program.note}")

    def Worksheets(self, key: int | str) -> "Sheet":
        return Sheet(self, self.formulas.worksheets[key - 1].title if isinstance(key, int) else key)

    def calculate(self) -> None:
        if self.is_addin:
            return
        if self.is_stale:
            self.data, self.is_stale = saved(self.formulas), False
        self.data = embedded.calculate(self.data).data
        self.shown = openpyxl.load_workbook(BytesIO(self.data), data_only=True)

    def SaveAs(self, path: str, kind: int) -> None:
        """As Excel stores a workbook that calls an add-in."""
        if self.is_stale:
            self.calculate()
        data = self.data
        parts = parts_of(data)
        sheets = {name: part for name, part in parts.items() if name.startswith("xl/worksheets/sheet")}
        if any(CALL.search(part.decode()) for part in sheets.values()) and self.program.addin:
            numbered = {
                name: FORMULA.sub(lambda text: CALL.sub(r"[1]!\1(", text[0]), part.decode()).encode()
                for name, part in sheets.items()
            }
            data = linked_to(archive_of(parts | numbered), f"file:///{self.program.addin}")
        Path(path).write_bytes(data)

    def Save(self) -> None:
        parts = parts_of(self.path.read_bytes())
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", HELP)
        self.path.write_bytes(archive_of(parts))

    def Close(self, save: bool) -> None:
        self.program.books.remove(self)

    def LinkSources(self, kind: int) -> Any:
        links = self.formulas._external_links
        return tuple(link.file_link.Target for link in links) or None


class Sheet:
    """A sheet."""

    def __init__(self, book: Book, title: str) -> None:
        self.book, self.title = book, title

    def Range(self, address: str) -> "Range":
        return Range(self, address)


class Range:
    """A block of cells."""

    def __init__(self, sheet: Sheet, address: str) -> None:
        object.__setattr__(self, "sheet", sheet)
        object.__setattr__(self, "address", address)

    def __setattr__(self, name: str, value: Any) -> None:
        cells = self._cells(self.sheet.book.formulas)
        first = cells[0][0]
        if name == "FormulaArray":
            first.value = ArrayFormula(self.address, value)
        is_moved = name == "Formula" and str(value).startswith("=")
        formula = Translator(value, first.coordinate) if is_moved else None
        for cell in (cell for row in cells for cell in row if name != "FormulaArray"):
            cell.value = formula.translate_formula(cell.coordinate) if formula else value
        self.sheet.book.is_stale = True

    def _cells(self, workbook: Any) -> list[Any]:
        block = workbook[self.sheet.title][self.address]
        return [list(row) for row in block] if isinstance(block, tuple) else [[block]]

    @property
    def Value2(self) -> Any:
        rows = tuple(
            tuple(_over_com(cell.value) for cell in row) for row in self._cells(self.sheet.book.shown)
        )
        return rows if len(rows) * len(rows[0]) > 1 else rows[0][0]

    @property
    def Text(self) -> str:
        self.sheet.book.calculate()
        if self.sheet.book.program.addin is None:
            return "#NAME?"
        return str(self._cells(self.sheet.book.shown)[0][0].value)

    @property
    def Formula(self) -> str:
        formula = str(self._cells(self.sheet.book.formulas)[0][0].value)
        links = self.sheet.book.LinkSources(1)
        return formula.replace("[1]!", f"'{links[0]}'!") if links else formula


def _over_com(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return ERROR_NUMBERS.get(value, value)
    return float(to_excel(value)) if isinstance(value, date | time) else float(value)


def starter(program: Program, dialogs: list[str] | None = None) -> Any:
    """What starts the program for each step, as `hidden_excel` does."""

    @contextmanager
    def start(folder: Path) -> Iterator[Session]:
        program.books.clear()
        yield Session(program, folder, SimpleNamespace(dialogs=list(dialogs or [])))

    return start
