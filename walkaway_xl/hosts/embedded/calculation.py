"""One calculation of a workbook, from bytes to bytes or from file to file."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from walkaway_xl import files
from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.files import budget, intake, packages, spills
from walkaway_xl.files.packages import Package, WorkbookError
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import formula_pieces, own_lambdas
from walkaway_xl.hosts.embedded import formula_text, keeping, reasons
from walkaway_xl.hosts.embedded.call_cache import CallCache
from walkaway_xl.hosts.embedded.engine import FIXED_ARRAY, Counted, Engine, TooLargeError
from walkaway_xl.hosts.embedded.error_explainer import ErrorExplainer
from walkaway_xl.hosts.embedded.places import Area, Place, Where, address, quoted
from walkaway_xl.hosts.embedded.sheet_xml import FormulaCell, NewValue, Scan, SheetXml
from walkaway_xl.hosts.embedded.values import ErrorValue, Value, displayed_code, stored

Tell = Callable[[str], None]


def _silent(doing: str) -> None:
    """Tell nobody."""


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
class KeptCell:
    """A cell that keeps the value that the file stores in it, and why."""

    sheet: str
    address: str
    formula: str
    reason: str

    def __str__(self) -> str:
        return f"{quoted(self.sheet)}!{self.address}  {self.formula}  {self.reason}"


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
        if not calls:
            return phrase("{title}: {count} formulas", title=self.title, count=f"{self.formulas:,}")
        return phrase(
            "{title}: {count} formulas ({calls})",
            title=self.title,
            count=f"{self.formulas:,}",
            calls=", ".join(calls),
        )


@dataclass(frozen=True)
class Calculated:
    """A workbook with its values calculated and stored."""

    data: bytes
    formulas: int
    errors: tuple[ErrorCell, ...]
    kept: tuple[KeptCell, ...]
    sheets: tuple[SheetCount, ...]

    @property
    def summary(self) -> str:
        """What was calculated, a line a sheet, and how many cells hold errors."""
        sheets = [sheet for sheet in self.sheets if sheet.formulas]
        head = phrase(
            "Calculated {formulas} formulas on {some} of {all} sheets; {outcome}.",
            formulas=f"{self.formulas:,}",
            some=len(sheets),
            all=len(self.sheets),
            outcome=phrase_count(
                "{count} cell holds an error", "{count} cells hold errors", len(self.errors)
            ),
        )
        return "\n".join([head, *(f"  {sheet}" for sheet in sheets)])

    @property
    def warning(self) -> str:
        """How many cells keep what was stored in them; empty if none does."""
        if not self.kept:
            return ""
        return phrase_count(
            "{count} cell keeps the value that was stored in it, because the engine cannot calculate more; "
            "--recalculate-all shows errors instead:",
            "{count} cells keep the values that were stored in them, because the engine cannot calculate "
            "more; --recalculate-all shows errors instead:",
            len(self.kept),
        )


def calculate(data: bytes, tell: Tell = _silent, *, recalculate_all: bool = False) -> Calculated:
    """Calculate every formula of a workbook and store the values in it.

    Parameters
    ----------
    data : bytes
        The content of an .xlsx or .xlsm file. Macros do not run; links to other files are not refreshed.
    tell : callable, optional
        Is told what is being done, a few words at a time.
    recalculate_all : bool
        Whether a cell that the engine cannot calculate shows an error. By default it keeps the value that the
        file stores in it, and what depends on it is calculated with that.

    Returns
    -------
    Calculated
        The workbook with its values, the cells that hold errors, and those that keep their values.
        Whatever is no value of a formula stays byte for byte as it was.
    """
    return _Calculation(packages.opened(data), tell, recalculate_all).done()


def calculate_file(
    source: Path, target: Path, tell: Tell = _silent, *, recalculate_all: bool = False, force: bool = True
) -> Calculated:
    """Calculate a workbook and write it; a target that exists is whole at every moment.

    A target that somebody saves anew meanwhile is not replaced.

    Parameters
    ----------
    source : Path
        The workbook.
    target : Path
        Where the calculated workbook goes; may be the source.
    tell : callable, optional
        Is told what is being done, a few words at a time.
    recalculate_all : bool
        Whether a cell that the engine cannot calculate shows an error. By default it keeps the value that the
        file stores in it, and what depends on it is calculated with that.
    force : bool
        Whether a target that exists may be replaced.

    Returns
    -------
    Calculated
        As from :func:`calculate`.
    """
    place = files.target(target, force=force, like=source)  # before the work, not after it
    calculated = calculate_from(source, tell, recalculate_all=recalculate_all)
    place.write(calculated.data)
    return calculated


def calculate_from(source: Path, tell: Tell = _silent, *, recalculate_all: bool = False) -> Calculated:
    """Calculate the workbook of a file, and leave the file as it is.

    Parameters
    ----------
    source : Path
        The workbook.
    tell : callable, optional
        Is told what is being done, a few words at a time.
    recalculate_all : bool
        Whether a cell that the engine cannot calculate shows an error. By default it keeps the value that the
        file stores in it, and what depends on it is calculated with that.

    Returns
    -------
    Calculated
        As from :func:`calculate`.
    """
    data = intake.content(source)
    with intake.understood(source):
        return calculate(data, tell, recalculate_all=recalculate_all)


class _Result(NamedTuple):
    """What a formula shows, in its own cell and in those beside it."""

    cell: FormulaCell
    value: Value
    area: Area | None  # where the result stands, if it takes more than its own cell
    beside: Mapping[Place, Value]

    def cells(self) -> Iterator[tuple[Place, Value]]:
        yield (self.cell.row, self.cell.column), self.value
        yield from self.beside.items()

    @property
    def begins_to_spill(self) -> bool:
        return self.area is not None and self.cell.area is None


class _Room:
    """How many cells results have filled, over a whole workbook."""

    def __init__(self) -> None:
        self.cells = 0

    def take(self, where: Where, area: Area) -> None:
        """Make room for one more result, or refuse it by its cell."""
        height, width = area.size
        self.cells += height * width
        if words := budget.current().excess("results", self.cells):
            raise WorkbookError(
                phrase(
                    "with {shown}, whose formula fills {text__2}, the workbook {words}",
                    shown=where.text,
                    text__2=area.text,
                    words=words,
                )
            )


class _Calculation:
    """One workbook on its way from bytes to bytes."""

    def __init__(self, book: Package, tell: Tell, recalculate_all: bool):
        self.book, self.tell, self.recalculate_all = book, tell, recalculate_all
        self.xml: dict[str, SheetXml] = {}
        self.scans: dict[str, Scan] = {}
        for sheet in book.sheets:
            data = book.parts[sheet.part]
            packages.check_xml(data, f'the sheet "{sheet.title}"')
            self.xml[sheet.title] = SheetXml(sheet.title, data)
            self.scans[sheet.title] = self.xml[sheet.title].scan()
        self.room = _Room()  # for the results of formulas that fill more than their own cell
        for title, scan in self.scans.items():
            for cell in scan.formulas:
                if cell.area is not None:
                    self.room.take(Where(title, cell.row, cell.column), cell.area)
        names = {name.name.upper(): name.formula for name in book.names if name.sheet is None}
        self.names = {
            sheet.title: names
            | {name.name.upper(): name.formula for name in book.names if name.sheet == sheet.title}
            for sheet in book.sheets
        }
        self.is_own = formula_pieces.own_addin(packages.linked_files(book))
        self.foreign = own_lambdas.foreign(book)
        self.ours = formula_text.spellings(name for name in CATALOGUE if name not in self.foreign)
        self.calls = CallCache()
        self.kept: dict[Where, str] = {}  # cells that the engine sees the stored values of, and why
        self.engine = self._calculated()

    def done(self) -> Calculated:
        """The workbook with its values."""
        budget.current().reach(results=self.room.cells)
        results = {sheet.title: list(self._results(sheet.title)) for sheet in self.book.sheets}
        changed: dict[str, bytes] = {}
        number: int | None = None
        if any(result.begins_to_spill for sheet_results in results.values() for result in sheet_results):
            number, changed = spills.for_spills(self.book)
        self.tell(phrase("storing the values"))
        for sheet in self.book.sheets:
            if results[sheet.title]:
                changed[sheet.part] = self._stored(sheet.title, results[sheet.title], number)
        self.tell(phrase("looking for the reasons of errors"))
        errors = list(self._errors(results, changed))
        in_error = Counter(error.sheet for error in errors)
        counts = tuple(self._count(sheet.title, in_error[sheet.title]) for sheet in self.book.sheets)
        return Calculated(
            self.book.with_parts(changed),
            sum(count.formulas for count in counts),
            tuple(errors),
            tuple(self._kept_cells()),
            counts,
        )

    # what the engine need not see

    def _beyond_reach(self) -> dict[Where, str]:
        """Cells that store a value which the engine cannot calculate, and why."""
        reasons_by_cell: dict[Where, str] = {}
        links: frozenset[str] | None = None
        for sheet in self.book.sheets:
            cells = self.scans[sheet.title].formulas
            if links is None and any(formula_pieces.other_workbooks(cell.text) for cell in cells):
                links = Engine(self.book.with_parts({}), self.book.counts_from_1904, self.calls.resolve).links
            rewrite = formula_text.for_engine(self.ours, self.names[sheet.title], self.is_own)
            names = {name: rewrite(formula) for name, formula in self.names[sheet.title].items()}
            why = keeping.beyond_reach(names, links or frozenset(), self.foreign)
            shared: dict[str, str | None] = {}
            for cell in cells:
                reason = why(rewrite(cell.text)) if cell.text else shared.get(cell.group)
                if cell.group and cell.text:
                    shared[cell.group] = reason
                if reason and self._stores(sheet.title, cell):
                    reasons_by_cell[Where(sheet.title, cell.row, cell.column)] = reason
        return reasons_by_cell

    def _failed(self, engine: Engine) -> dict[Where, str]:
        """Cells that store a value which the engine turned out unable to calculate, and why."""
        cells = {
            Where(title, cell.row, cell.column): cell
            for title, scan in self.scans.items()
            for cell in scan.formulas
        }
        typed = {
            Where(title, *place): code
            for title, scan in self.scans.items()
            for place, code in scan.errors.items()
        }
        return {
            where: reason
            for where, reason in keeping.failed(engine, cells.keys() - self.kept.keys(), typed)
            if self._stores(where.sheet, cells[where])
        }

    def _stores(self, title: str, cell: FormulaCell) -> bool:
        """Whether a value is stored that is better than the #NAME? of a program that knew no better."""
        stores, code = self.xml[title].stored(cell)
        return stores and code != keeping.UNKNOWN

    def _kept_cells(self) -> Iterator[KeptCell]:
        for title, scan in self.scans.items():
            kept = {
                (where.row, where.column): reason
                for where, reason in self.kept.items()
                if where.sheet == title
            }
            for cell, text in keeping.spelled_out(scan.formulas) if kept else ():
                if reason := kept.get((cell.row, cell.column)):
                    yield KeptCell(title, address(cell.row, cell.column), f"={text}", reason)

    # what the engine sees

    def _calculated(self) -> Engine:
        if not self.recalculate_all:
            self.kept = self._beyond_reach()
        counted, data = self._input()
        count = sum(len(scan.formulas) for scan in self.scans.values()) - len(self.kept)
        while True:
            self.tell(phrase("calculating {count} formulas", count=f"{count:,}"))
            engine = Engine(data, self.book.counts_from_1904, self.calls.defer, self.foreign, counted.again())
            try:
                engine.calculate()
            except TooLargeError as error:
                raise WorkbookError(f"{self._caller(error.function)}: {error}") from None
            except WorkbookError:
                # What is pending may lead the engine astray; only a pass with all answers is a calculation.
                if self.calls.complete:
                    raise
            if not self.calls.complete:
                self.calls.next_pass()
            elif self.recalculate_all or not (more := self._failed(engine)):
                return engine
            else:
                self.kept |= more
                counted, data = self._input()

    def _caller(self, function: str) -> str:
        """The first cell that calls a function of ours, itself or by a name."""
        calls_of_ours = formula_text.calls(self.ours, self.is_own)
        for title in self.scans:
            for cell, _ in self._to_calculate(title, ()):
                if function in calls_of_ours(cell.text):
                    return Where(title, cell.row, cell.column).text
        return "a name"

    def _input(self) -> tuple[Counted, bytes]:
        changed = {}
        counted = Counted(sum(entry.compress_size for entry in self.book.entries))
        may_grow = formula_text.may_grow(self.ours)
        for sheet in self.book.sheets:
            rewrite = formula_text.for_engine(self.ours, self.names[sheet.title], self.is_own)
            scan = self.scans[sheet.title]
            kept = [cell for cell in scan.formulas if Where(sheet.title, cell.row, cell.column) in self.kept]
            alone = {cell.group for cell in kept if cell.text} - {""}
            texts, old = [], []
            for cell, own_text in self._to_calculate(sheet.title, alone):
                text = rewrite(own_text)
                if cell.area is not None:
                    if not cell.spills:
                        height, width = cell.area.size
                        text = f"{FIXED_ARRAY}({height},{width},{text})"
                    # The values of the last calculation would stand in the way of the new ones.
                    old += [place for place in cell.area.places() if place != (cell.row, cell.column)]
                if text and may_grow(text):
                    text = counted.formula(Where(sheet.title, cell.row, cell.column), text)
                if text != cell.text:
                    texts.append((cell, text))
            if texts or old or kept or scan.unreadable:
                changed[sheet.part] = self.xml[sheet.title].for_engine(texts, old, scan.unreadable, kept)
        return counted, self.book.with_parts(changed, compress=False)

    def _to_calculate(self, title: str, alone: Collection[str]) -> Iterator[tuple[FormulaCell, str]]:
        """Formula cells with their texts, spelled out where the cell that did it for them is kept."""
        cells = self.scans[title].formulas
        texts = keeping.spelled_out(cells) if alone else ((cell, cell.text) for cell in cells)
        for cell, text in texts:
            if Where(title, cell.row, cell.column) not in self.kept:
                yield cell, text if cell.text or cell.group in alone else ""

    # what the cells show

    def _results(self, title: str) -> Iterator[_Result]:
        for cell, _ in self._to_calculate(title, ()):
            where = Where(title, cell.row, cell.column)
            area = self.engine.spill(where)
            if area is not None and cell.area is None:
                self.room.take(where, area)
            beside = {
                place: self.engine.value(title, *place)
                for place in (area.places() if area else ())
                if place != (cell.row, cell.column)
            }
            yield _Result(cell, self.engine.value(title, cell.row, cell.column), area, beside)

    def _stored(self, title: str, results: Sequence[_Result], number: int | None) -> bytes:
        members: dict[Place, Value] = {}
        for cell, _, _, beside in results:
            if cell.spills and cell.area:  # the old result may have been larger
                members.update(dict.fromkeys(cell.area.places()))
            members.update({place: stored(value) for place, value in beside.items()})
        for cell, *_ in results:
            members.pop((cell.row, cell.column), None)
        spelled_out = {result.cell.group for result in results if result.begins_to_spill} - {""}
        new = []
        for result in results:
            cell, area = result.cell, result.area if result.begins_to_spill else None
            if cell.spills and cell.area:
                area = result.area or Area(cell.row, cell.column, cell.row, cell.column)
                area = None if area == cell.area else area
            text = self._own_text(title, cell) if cell.group in spelled_out else None
            mark = number if result.begins_to_spill else None
            new.append((cell, NewValue(stored(result.value), area, mark, text)))
        return self.xml[title].with_values(new, members)

    def _own_text(self, title: str, cell: FormulaCell) -> str:
        """The formula of a cell that shares it with others, as the engine writes it."""
        return formula_text.for_file(self.engine.formula(Where(title, cell.row, cell.column)))

    def _count(self, title: str, errors: int) -> SheetCount:
        calls_of_ours = formula_text.calls(self.ours, self.is_own)
        ours: Counter[str] = Counter()
        shared: dict[str, list[str]] = {}
        count = native = 0
        for cell, _ in self._to_calculate(title, ()):
            names = calls_of_ours(cell.text) if cell.text else shared.get(cell.group, [])
            if cell.group and cell.text:
                shared[cell.group] = names
            ours.update(names)
            count += 1
            native += not names
        in_order = {name: ours[name] for name in CATALOGUE if ours[name]}
        return SheetCount(title, count, native, in_order, errors)

    # why some hold errors

    def _errors(
        self, results: Mapping[str, Sequence[_Result]], changed: Mapping[str, bytes]
    ) -> Iterator[ErrorCell]:
        """The cells that hold errors, in reading order."""
        faults: dict[Where, tuple[_Result, str]] = {}
        for title, sheet_results in results.items():
            for result in sheet_results:
                for place, value in result.cells():
                    if isinstance(value, ErrorValue):
                        faults[Where(title, *place)] = result, value.code
        codes = {
            Where(title, *place): code
            for title, scan in self.scans.items()
            for place, code in scan.errors.items()
        }
        codes |= {where: code for where, (_, code) in faults.items()}
        codes |= {
            where: value.code
            for where in self.kept
            if isinstance(value := self.engine.value(*where), ErrorValue)
        }
        explainer = ErrorExplainer(self.book, changed, self.engine, reasons.Errors(codes), self.calls.resolve)
        order = {sheet.title: place for place, sheet in enumerate(self.book.sheets)}
        for where in sorted(faults, key=lambda where: (order[where.sheet], where.row, where.column)):
            result, code = faults[where]
            yield ErrorCell(
                where.sheet,
                address(where.row, where.column),
                f"={result.cell.text or self._own_text(where.sheet, result.cell)}",
                displayed_code(code),
                explainer.reason(where, result.cell, result.area, code),
            )
