"""Explains why a cell of a calculated workbook holds an error."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from walkaway_xl.catalogue import Function
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.files.packages import Package, linked_files
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import formula_pieces, own_lambdas
from walkaway_xl.hosts.embedded import formula_text, reasons
from walkaway_xl.hosts.embedded.engine import MOST_CELLS, Ask, Engine, knows
from walkaway_xl.hosts.embedded.places import LAST_COLUMN, LAST_ROW, Area, Where, address
from walkaway_xl.hosts.embedded.sheet_xml import FormulaCell, SheetXml
from walkaway_xl.hosts.embedded.values import CIRCULAR, SPILL, displayed_code


class ErrorExplainer:
    """The engine keeps no reasons, so our formulas are asked once more, one by one.

    They are asked in a workbook that holds nothing but values. There the formula in question is the only one
    that calls, and whatever our functions say belongs to it.

    Parameters
    ----------
    book : Package
        The workbook.
    changed : mapping
        Those of its parts that hold the calculated values.
    engine : Engine
        The engine that calculated it.
    errors : Errors
        Every error in it.
    ask : callable
        Answers a call of one of our functions.
    """

    def __init__(
        self, book: Package, changed: Mapping[str, bytes], engine: Engine, errors: reasons.Errors, ask: Ask
    ):
        self._book = book
        self._changed = changed
        self._engine = engine
        self._errors = errors
        self._ask = ask
        self._foreign = own_lambdas.foreign(book)
        ours = formula_text.spellings(name for name in CATALOGUE if name not in self._foreign)
        self._calls_of_ours = formula_text.calls(ours, formula_pieces.own_addin(linked_files(book)))
        self._heard: list[Any] = []
        self._answers: dict[Where, list[Any]] = {}

    @cached_property
    def _values(self) -> Engine:
        plain = {}
        for sheet in self._book.sheets:
            part = SheetXml(sheet.title, self._changed.get(sheet.part, self._book.parts[sheet.part]))
            plain[sheet.part] = part.without_formulas()
        data = self._book.with_parts(plain, compress=False)
        return Engine(data, self._book.counts_from_1904, self._listen, self._foreign)

    def _listen(self, function: Function, arguments: Sequence[Any]) -> Any:
        answer = self._ask(function, arguments)
        self._heard.append(answer)
        return answer

    def reason(self, where: Where, cell: FormulaCell, area: Area | None, code: str) -> str:
        """Why a cell holds an error, in words.

        Parameters
        ----------
        where : Where
            The cell.
        cell : FormulaCell
            The one whose formula it shows a result of; may be the same.
        area : Area or None
            Where the result stands, if it takes more than one cell.
        code : str
            The error.
        """
        anchor = Where(where.sheet, cell.row, cell.column)
        size = area.size if area else (1, 1)
        place = where.row - cell.row, where.column - cell.column
        if code == CIRCULAR:
            return phrase(reasons.NATIVE[code])
        if code == SPILL and (reason := self._blocked(anchor)):
            return reason
        if reason := reasons.of_ours(self._answers_of(anchor), displayed_code(code), place, size):
            return reason
        references = self._engine.references(anchor)
        if reason := reasons.upstream(self._errors, where, code, references, place, size):
            return reason
        if code == "#NAME?" and (reason := self._unknown(anchor)):
            return reason
        if code == "#N/A" and cell.area and not cell.spills:
            return phrase("the array formula was given more cells than its result has")
        return phrase(reasons.NATIVE.get(code, later("an error without a reason")))

    def _answers_of(self, anchor: Where) -> list[Any]:
        if anchor not in self._answers:
            self._heard = []
            formula = self._engine.formula(anchor)
            if self._calls_of_ours(formula):
                self._values.try_formula(anchor, formula)
            self._answers[anchor] = self._heard
        return self._answers[anchor]

    def _blocked(self, anchor: Where) -> str | None:
        """Why a result cannot stand on the sheet."""
        formula = self._engine.formula(anchor)
        height = self._values.try_formula(anchor, f"ROWS({formula})")
        width = self._values.try_formula(anchor, f"COLUMNS({formula})")
        if not (isinstance(height, float) and isinstance(width, float)):
            return None
        cells = int(height * width)
        if cells > MOST_CELLS:
            return phrase(
                (
                    "the result has {cells} cells, one formula here shows at most "
                    "{most}; fill the formula down instead, with one row in each"
                ),
                cells=f"{cells:,}",
                most=f"{MOST_CELLS:,}",
            )
        area = Area(anchor.row, anchor.column, anchor.row + int(height) - 1, anchor.column + int(width) - 1)
        if area.bottom > LAST_ROW or area.right > LAST_COLUMN:
            return phrase(
                "the result has {height}×{width} cells and does not fit on the sheet",
                height=f"{int(height):,}",
                width=f"{int(width):,}",
            )
        for row, column in area.places():
            if (row, column) == (anchor.row, anchor.column):
                continue
            if self._values.value(anchor.sheet, row, column) is not None:
                return phrase(
                    "the result needs {shown}, and {row} is not empty; clear it",
                    shown=area.text,
                    row=address(row, column),
                )
        return None

    def _unknown(self, anchor: Where) -> str | None:
        """Which name the engine does not know."""
        formula = self._engine.formula(anchor)
        names = {name.name.upper(): name.formula for name in self._book.names}
        for name, _ in formula_pieces.called(formula):
            if name in self._foreign or not knows(name):
                return reasons.unknown_function(name, names)
        for name in self._engine.unknown_names(anchor):
            return reasons.unknown_name(name)
        return None
