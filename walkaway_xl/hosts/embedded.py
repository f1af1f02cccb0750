"""The engine inside the package: calculates a workbook where there is no spreadsheet program.

The engine (formualizer) reads a copy of the workbook and calculates every formula, native ones and ours. Its
values then go into the cells of the original, whose other bytes stay as they are.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import formualizer as fz

from walkaway_xl import files
from walkaway_xl.catalogue import Function
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import formulas, metadata, package, reasons
from walkaway_xl.hosts.batches import PENDING, Answers
from walkaway_xl.hosts.cells import LEFT_OUT, CellError
from walkaway_xl.hosts.package import Package, WorkbookError
from walkaway_xl.hosts.reasons import Reference, Where, quoted
from walkaway_xl.hosts.sheet_xml import (
    LAST_COLUMN,
    LAST_ROW,
    LONGEST_TEXT,
    Area,
    ErrorValue,
    FormulaCell,
    NewValue,
    Place,
    Scan,
    SheetXml,
    Value,
    address,
    column_number,
)

__all__ = ["Calculated", "ErrorCell", "SheetCount", "WorkbookError", "calculate", "calculate_file"]

MOST_CELLS = 10_000  # of one result: the engine's own limit, for which it has no setting
LARGEST_FILE = 1 << 30  # no workbook of this size can be calculated in the memory of a usual machine

CODES: Mapping[str, str] = {
    "Div": "#DIV/0!",
    "Num": "#NUM!",
    "Value": "#VALUE!",
    "Na": "#N/A",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Spill": reasons.SPILL,
    "Calc": "#CALC!",
    "Circ": reasons.CIRCULAR,
    "NImpl": reasons.NOT_IMPLEMENTED,
    "Error": reasons.UNREADABLE,
    "Cancelled": PENDING.code,  # the engine never cancels unless asked to, so the kind is free
}
KINDS: Mapping[str, str] = {code: kind for kind, code in CODES.items()}
# What Excel 2016 and every other reader know; Excel 365 stores its newer errors under #VALUE! as well.
STORED: Mapping[str, str] = {
    reasons.SPILL: "#VALUE!",
    "#CALC!": "#VALUE!",
    reasons.CIRCULAR: "#VALUE!",
    reasons.NOT_IMPLEMENTED: "#NAME?",
    reasons.UNREADABLE: "#NAME?",
}
SHOWN: Mapping[str, str] = {
    code: stored for code, stored in STORED.items() if code not in (reasons.SPILL, "#CALC!")
}
PLAIN = frozenset({float, bool, type(None)})  # what the engine and cells.py spell alike
FIXED_ARRAY = "WALKAWAY.FIXED.ARRAY"  # the dots keep it out of the way of every function of ours
OPEN_AREA = re.compile(r"\$?([A-Z]*)\$?(\d*)(?::\$?([A-Z]*)\$?(\d*))?")


@dataclass(frozen=True)
class ErrorCell:
    """A cell that holds an error, and why."""

    sheet: str
    address: str
    formula: str
    code: str
    reason: str

    def __str__(self) -> str:
        return f"{quoted(self.sheet)}!{self.address}  {self.formula}  {self.code} {self.reason}"


@dataclass(frozen=True)
class SheetCount:
    """What was calculated on one sheet."""

    title: str
    formulas: int
    native: int
    ours: Mapping[str, int]  # calls by the name of the function
    errors: int

    def __str__(self) -> str:
        calls = [f"{count:,} {name}" for name, count in self.ours.items()]
        return f"{self.title}: {self.formulas:,} formulas" + (f" ({', '.join(calls)})" if calls else "")


@dataclass(frozen=True)
class Calculated:
    """A workbook with its values calculated and stored."""

    data: bytes
    formulas: int
    errors: tuple[ErrorCell, ...]
    sheets: tuple[SheetCount, ...]

    @property
    def summary(self) -> str:
        """What was calculated, a line a sheet, and how many cells hold errors."""
        sheets = [sheet for sheet in self.sheets if sheet.formulas]
        found = (
            f"{len(self.errors):,} cells hold errors" if len(self.errors) != 1 else "1 cell holds an error"
        )
        head = (
            f"Calculated {self.formulas:,} formulas on {len(sheets)} of {len(self.sheets)} sheets; {found}."
        )
        return "\n".join([head, *(f"  {sheet}" for sheet in sheets)])


def calculate(data: bytes) -> Calculated:
    """Calculate every formula of a workbook and store the values in it.

    Parameters
    ----------
    data : bytes
        The content of an .xlsx or .xlsm file. Macros do not run; links to other files are not refreshed.

    Returns
    -------
    Calculated
        The workbook with its values, and the cells that hold errors. Whatever is no value of a formula stays
        byte for byte as it was.
    """
    return _Calculation(package.opened(data)).done()


def calculate_file(source: Path, target: Path) -> Calculated:
    """Calculate a workbook and write it; a target that exists is whole at every moment.

    Parameters
    ----------
    source : Path
        The workbook.
    target : Path
        Where the calculated workbook goes; may be the source.

    Returns
    -------
    Calculated
        As from :func:`calculate`.
    """
    files.refuse_unwritable(target)  # before the work, not after it
    data = _read(source)
    try:
        calculated = calculate(data)
    except WorkbookError as error:
        raise WorkbookError(f"{source}: {error}") from error
    files.replace_file(target, calculated.data)
    return calculated


def _read(source: Path) -> bytes:
    if source.is_dir():
        raise WorkbookError(f"{source}: this is a folder; name a workbook in it")
    try:
        size = source.stat().st_size
        if size > LARGEST_FILE:
            raise WorkbookError(f"{source}: {size >> 20:,} MB are too many for this engine")
        if not source.is_file():
            raise WorkbookError(f"{source}: this is no ordinary file")
        return source.read_bytes()
    except FileNotFoundError:
        raise WorkbookError(f"{source}: there is no such file") from None
    except PermissionError:
        raise WorkbookError(
            f"{source}: you have no permission to read this file, or another program holds it"
        ) from None
    except OSError as error:
        raise WorkbookError(f"{source}: {error.strerror or error}") from error


# --- the engine --------------------------------------------------------------------------------------------


Ask = Callable[[Function, Sequence[Any]], Any]  # a question in the spelling of cells.py, and its answer


class _Engine:
    """A workbook inside the engine."""

    def __init__(self, data: bytes, counts_from_1904: bool, ask: Ask):
        settings = fz.EvaluationConfig()
        # Python answers one call at a time anyway; threads that wait for each other only cost time.
        settings.enable_parallel = False
        settings.date_system = "1904" if counts_from_1904 else "1900"
        try:
            book = fz.Workbook.from_bytes(data, config=fz.WorkbookConfig(eval_config=settings))
        except (OSError, RuntimeError, ValueError) as error:
            raise WorkbookError(f"the engine cannot read this workbook: {error}") from error
        book.set_temporal_egress("serial")
        for function in CATALOGUE.values():
            book.register_function(function.name, _callback(function, ask))
        book.register_function(FIXED_ARRAY, _fixed_array)
        self._book = book

    def calculate(self) -> None:
        """Calculate every formula."""
        try:
            self._book.evaluate_all()
        except (OSError, RuntimeError, ValueError) as error:
            raise WorkbookError(f"the engine cannot calculate this workbook: {error}") from error

    def value(self, sheet: str, row: int, column: int) -> Value:
        """What a cell shows."""
        return _value(self._book.get_value(sheet, row, column))

    def spill(self, where: Where) -> Area | None:
        """Where the result of a formula stands, if it takes more than its own cell."""
        role = self._book.inspect_cell(where.text, include_values=False).cell.spill
        if role is None or role.extent is None:
            return None
        return Area.read(role.extent.rpartition("!")[2])

    def formula(self, where: Where) -> str:
        """The formula of a cell as the engine writes it."""
        return (self._book.get_formula(*where) or "").removeprefix("=")

    def try_formula(self, where: Where, formula: str) -> Any:
        """What a formula would give in a cell that holds a value, which comes back to it afterwards."""
        before = self._book.get_value(*where)
        try:
            self._book.set_formula(*where, f"={formula}")
            return _value(self._book.evaluate_cell(*where))
        except (RuntimeError, ValueError):
            return None
        finally:
            if isinstance(before, dict):
                before = fz.LiteralValue.error(before["kind"], None)
            self._book.set_value(*where, before)

    def references(self, where: Where) -> Iterator[Reference]:
        """What a formula refers to, in order, as far as that can be told without calculating."""
        try:
            found = self._book.precedents(where.text).precedents
        except (fz.InspectionError, ValueError):
            return
        for precedent in found:
            reference = precedent.reference
            resolution = reference.resolution
            text = reference.address or reference.resolved or reference.declared
            if text is None and resolution is not None:
                text = resolution.address or resolution.resolved or resolution.declared
            if text and (read := _reference(text)):
                yield read

    def unknown_names(self, where: Where) -> list[str]:
        """Defined names in a formula that the workbook does not define."""
        try:
            found = self._book.precedents(where.text).precedents
        except (fz.InspectionError, ValueError):
            return []
        return [
            precedent.reference.name
            for precedent in found
            if precedent.reference.name
            and precedent.reference.resolution is not None
            and precedent.reference.resolution.address is None
            and precedent.reference.resolution.resolved is None
        ]


def _callback(function: Function, ask: Ask) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        plain = PLAIN.issuperset(map(type, arguments))
        found = ask(function, arguments if plain else [_argument(argument) for argument in arguments])
        return found if type(found) in PLAIN else _for_engine(found)

    return call


def _argument(value: Any) -> Any:
    """An argument in the spelling of cells.py."""
    kind = value.__class__
    if kind is float:
        return value
    if kind is list:
        return [[_argument(cell) for cell in row] for row in value]
    if kind is str:
        return LEFT_OUT if value == formulas.MARKER else value
    if kind is dict:
        code = CODES.get(value["kind"], "#VALUE!")
        return PENDING if code == PENDING.code else CellError(STORED.get(code, code))
    return value


def _for_engine(value: Any) -> Any:
    """An answer in the spelling of the engine."""
    if isinstance(value, CellError):
        return {"type": "Error", "kind": KINDS.get(value.code, "Value")}
    if isinstance(value, list):
        return [[_for_engine(cell) for cell in row] for row in value]
    return value


def _value(value: Any) -> Value:
    """A value of the engine in the spelling of a file."""
    if isinstance(value, dict):
        return ErrorValue(CODES.get(value["kind"], "#VALUE!"))
    if isinstance(value, bool | str) or value is None:
        return ErrorValue("#VALUE!") if isinstance(value, str) and len(value) > LONGEST_TEXT else value
    if isinstance(value, int | float):
        number = float(value)
        return number if abs(number) < float("inf") else ErrorValue("#NUM!")
    return _value(value[0][0]) if isinstance(value, list) else ErrorValue("#VALUE!")


def _fixed_array(height: float, width: float, value: Any) -> Any:
    """An array formula that was given its area: repeated, cut or filled with #N/A as Excel does it."""
    table = value if isinstance(value, list) else [[value]]
    rows, columns = len(table), len(table[0])
    missing = {"type": "Error", "kind": "Na"}

    def cell(row: int, column: int) -> Any:
        row, column = (0 if rows == 1 else row), (0 if columns == 1 else column)
        return table[row][column] if row < rows and column < columns else missing

    result = [[cell(row, column) for column in range(int(width))] for row in range(int(height))]
    return result if (height, width) != (1, 1) else result[0][0]


def _reference(text: str) -> Reference | None:
    """A cell or a range with its sheet, "'My sheet'!B2:B9"; whole columns and rows too."""
    sheet, mark, area = text.rpartition("!")
    match = OPEN_AREA.fullmatch(area)
    if not mark or match is None:
        return None
    left, top, right, bottom = match.groups()
    single = right is None and bottom is None
    title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    return Reference(
        title,
        Area(
            int(top or 1),
            column_number(left) if left else 1,
            int(top) if single and top else int(bottom or LAST_ROW),
            column_number(left) if single and left else column_number(right) if right else LAST_COLUMN,
        ),
    )


# --- one calculation ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Result:
    """What a formula cell shows, and where its result stands if that is more than its own cell."""

    value: Value
    area: Area | None


class _Calculation:
    """One workbook on its way from bytes to bytes."""

    def __init__(self, book: Package):
        self.book = book
        self.xml: dict[str, SheetXml] = {}
        self.scans: dict[str, Scan] = {}
        for sheet in book.sheets:
            data = book.parts[sheet.part]
            package.check_xml(data, f'the sheet "{sheet.title}"')
            self.xml[sheet.title] = SheetXml(sheet.title, data)
            self.scans[sheet.title] = self.xml[sheet.title].scan()
        self.answers = Answers()
        self.engine = self._calculated()

    def done(self) -> Calculated:
        """The workbook with its values."""
        results = {sheet.title: list(self._results(sheet.title)) for sheet in self.book.sheets}
        changed: dict[str, bytes] = {}
        number: int | None = None
        if any(self._begins_to_spill(cell, result) for pairs in results.values() for cell, result in pairs):
            number, changed = metadata.for_spills(self.book)
        shown: dict[str, dict[Place, tuple[FormulaCell, _Result, Value]]] = {}
        for sheet in self.book.sheets:
            cells = {}
            for cell, result in results[sheet.title]:
                cells[cell.row, cell.column] = cell, result, result.value
                for row, column in result.area.places() if result.area else ():
                    if (row, column) != (cell.row, cell.column):
                        cells[row, column] = cell, result, self.engine.value(sheet.title, row, column)
            shown[sheet.title] = cells
            if cells:
                changed[sheet.part] = self._stored(sheet.title, results[sheet.title], cells, number)
        errors = self._errors(shown, changed)
        counts = tuple(self._count(sheet.title, errors) for sheet in self.book.sheets)
        return Calculated(
            self.book.with_parts(changed), sum(count.formulas for count in counts), tuple(errors), counts
        )

    # what the engine sees

    def _calculated(self) -> _Engine:
        data = self._input()
        while True:
            engine = _Engine(data, self.book.counts_from_1904, self.answers.later)
            engine.calculate()
            if self.answers.complete:
                return engine
            self.answers.next_pass()

    def _input(self) -> bytes:
        names = {name.name.upper(): name.formula for name in self.book.names if name.sheet is None}
        changed = {}
        for sheet in self.book.sheets:
            own = {name.name.upper(): name.formula for name in self.book.names if name.sheet == sheet.title}
            rewrite = formulas.for_engine(CATALOGUE, {**names, **own})
            texts, old = [], []
            for cell in self.scans[sheet.title].formulas:
                text = rewrite(cell.text)
                if cell.area is not None:
                    if not cell.spills:
                        height, width = cell.area.size
                        text = f"{FIXED_ARRAY}({height},{width},{text})"
                    # The values of the last calculation would stand in the way of the new ones.
                    old += [place for place in cell.area.places() if place != (cell.row, cell.column)]
                if text != cell.text:
                    texts.append((cell, text))
            if texts or old:
                changed[sheet.part] = self.xml[sheet.title].with_formulas(texts, old)
        return self.book.with_parts(changed, compress=False)

    # what the cells show

    def _results(self, title: str) -> Iterator[tuple[FormulaCell, _Result]]:
        for cell in self.scans[title].formulas:
            value = self.engine.value(title, cell.row, cell.column)
            yield cell, _Result(value, self.engine.spill(Where(title, cell.row, cell.column)))

    def _begins_to_spill(self, cell: FormulaCell, result: _Result) -> bool:
        return result.area is not None and cell.area is None

    def _stored(
        self,
        title: str,
        results: Sequence[tuple[FormulaCell, _Result]],
        shown: Mapping[Place, tuple[FormulaCell, _Result, Value]],
        number: int | None,
    ) -> bytes:
        members: dict[Place, Value] = {}
        for cell, result in results:
            if cell.spills and cell.area:  # the old result may have been larger
                members.update(dict.fromkeys(cell.area.places()))
            if result.area:
                members.update({place: _storable(shown[place][2]) for place in result.area.places()})
        for cell, _ in results:
            members.pop((cell.row, cell.column), None)
        spelled_out = {
            cell.group for cell, result in results if cell.group and self._begins_to_spill(cell, result)
        }
        new = []
        for cell, result in results:
            begins = self._begins_to_spill(cell, result)
            area = result.area if begins else None
            if cell.spills and cell.area:
                area = result.area or Area(cell.row, cell.column, cell.row, cell.column)
                area = None if area == cell.area else area
            text = self._own_text(title, cell) if cell.group in spelled_out else None
            new.append((cell, NewValue(_storable(result.value), area, number if begins else None, text)))
        return self.xml[title].with_values(new, members)

    def _own_text(self, title: str, cell: FormulaCell) -> str:
        """The formula of a cell that shares it with others, as the engine writes it."""
        text = self.engine.formula(Where(title, cell.row, cell.column)).replace(f'"{formulas.MARKER}"', "")
        return re.sub(r"_XLFN\.|_XLWS\.", lambda found: found[0].lower(), text)

    def _count(self, title: str, errors: Sequence[ErrorCell]) -> SheetCount:
        ours: Counter[str] = Counter()
        masters: dict[str, list[str]] = {}
        native = 0
        cells = self.scans[title].formulas
        for cell in cells:
            names = (
                [name.upper() for name in self._ours.findall(cell.text)]
                if cell.text
                else masters.get(cell.group, [])
            )
            if cell.group and cell.text:
                masters[cell.group] = names
            ours.update(names)
            native += not names
        return SheetCount(
            title,
            len(cells),
            native,
            {name: ours[name] for name in CATALOGUE if ours[name]},
            sum(error.sheet == title for error in errors),
        )

    @cached_property
    def _ours(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![A-Za-z0-9.])({'|'.join(CATALOGUE)})\s*\(", re.IGNORECASE)

    # why some hold errors

    def _errors(
        self,
        shown: Mapping[str, Mapping[Place, tuple[FormulaCell, _Result, Value]]],
        changed: Mapping[str, bytes],
    ) -> list[ErrorCell]:
        faults = {
            Where(title, *place): value.code
            for title, cells in shown.items()
            for place, (_, _, value) in cells.items()
            if isinstance(value, ErrorValue)
        }
        if not faults:
            return []
        constants = {
            Where(title, *place): code
            for title, scan in self.scans.items()
            for place, code in scan.errors.items()
        }
        inquiry = _Inquiry(self, reasons.Errors({**constants, **faults}), changed)
        order = {sheet.title: place for place, sheet in enumerate(self.book.sheets)}
        found = []
        for where in sorted(faults, key=lambda where: (order[where.sheet], where.row, where.column)):
            cell, result, value = shown[where.sheet][where.row, where.column]
            assert isinstance(value, ErrorValue)
            found.append(
                ErrorCell(
                    where.sheet,
                    address(where.row, where.column),
                    f"={cell.text or self._own_text(where.sheet, cell)}",
                    SHOWN.get(value.code, value.code),
                    inquiry.reason(where, cell, result, value.code),
                )
            )
        return found


def _storable(value: Value) -> Value:
    if isinstance(value, ErrorValue):
        return ErrorValue(STORED.get(value.code, value.code))
    return value


class _Inquiry:
    """Why cells hold errors. The engine keeps no reasons, so our formulas are asked once more, one by one.

    They are asked in a workbook that holds nothing but values. There the formula in question is the only one
    that calls, and whatever our functions say belongs to it.
    """

    def __init__(self, calculation: _Calculation, errors: reasons.Errors, changed: Mapping[str, bytes]):
        self._calculation = calculation
        self._errors = errors
        self._changed = changed
        self._said: list[Any] = []
        self._answers: dict[Where, list[Any]] = {}
        self._known: dict[str, bool] = {}

    @cached_property
    def _values(self) -> _Engine:
        book = self._calculation.book
        plain = {
            sheet.part: SheetXml(sheet.title, self._changed[sheet.part]).without_formulas()
            for sheet in book.sheets
            if sheet.part in self._changed
        }
        return _Engine(book.with_parts(plain, compress=False), book.counts_from_1904, self._listen)

    def _listen(self, function: Function, arguments: Sequence[Any]) -> Any:
        said = self._calculation.answers.now(function, arguments)
        self._said.append(said)
        return said

    def reason(self, where: Where, cell: FormulaCell, result: _Result, code: str) -> str:
        """Why a cell holds an error, in words."""
        anchor = Where(where.sheet, cell.row, cell.column)
        size = result.area.size if result.area else (1, 1)
        place = where.row - cell.row, where.column - cell.column
        if code == reasons.CIRCULAR:
            return reasons.NATIVE[code]
        if code == reasons.SPILL and (told := self._blocked(anchor)):
            return told
        shown = SHOWN.get(code, code)
        if told := reasons.of_ours(self._answers_of(anchor), shown, place, size):
            return told
        references = self._calculation.engine.references(anchor)
        if told := reasons.upstream(self._errors, where, code, references, place, size):
            return told
        if code == "#NAME?" and (told := self._unknown(anchor)):
            return told
        if code == "#N/A" and cell.area and not cell.spills:
            return "the array formula was given more cells than its result has"
        return reasons.NATIVE.get(code, "an error without a reason")

    def _answers_of(self, anchor: Where) -> list[Any]:
        if anchor not in self._answers:
            self._said = []
            formula = self._calculation.engine.formula(anchor)
            if self._calculation._ours.search(formula):
                self._values.try_formula(anchor, formula)
            self._answers[anchor] = self._said
        return self._answers[anchor]

    def _blocked(self, anchor: Where) -> str | None:
        """Why a result cannot stand on the sheet."""
        formula = self._calculation.engine.formula(anchor)
        height = self._values.try_formula(anchor, f"ROWS({formula})")
        width = self._values.try_formula(anchor, f"COLUMNS({formula})")
        if not (isinstance(height, float) and isinstance(width, float)):
            return None
        cells = int(height * width)
        if cells > MOST_CELLS:
            return (
                f"the result has {cells:,} cells, one formula here shows at most {MOST_CELLS:,}; "
                "fill the formula down instead, with one row in each"
            )
        area = Area(anchor.row, anchor.column, anchor.row + int(height) - 1, anchor.column + int(width) - 1)
        if area.bottom > LAST_ROW or area.right > LAST_COLUMN:
            return f"the result has {int(height):,}×{int(width):,} cells and does not fit on the sheet"
        for row, column in area.places():
            if (row, column) == (anchor.row, anchor.column):
                continue
            if self._values.value(anchor.sheet, row, column) is not None:
                return f"the result needs {area.text}, and {address(row, column)} is not empty; clear it"
        return None

    def _unknown(self, anchor: Where) -> str | None:
        """Which name the engine does not know."""
        formula = self._calculation.engine.formula(anchor)
        for name in formulas.called(formula):
            if name not in CATALOGUE and not self._is_known(anchor, name):
                return f"the function {name} is not known here"
        for name in self._calculation.engine.unknown_names(anchor):
            return f"the name {name} is not defined, or cannot be calculated here"
        return None

    def _is_known(self, anchor: Where, name: str) -> bool:
        if name not in self._known:
            tried = self._values.try_formula(anchor, f"{name}()")
            self._known[name] = tried != ErrorValue("#NAME?")
        return self._known[name]
