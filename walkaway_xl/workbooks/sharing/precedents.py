"""What formulas depend on, through all the cells between."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks.named_cells import Block, Spot, block, stored_cells

CELLS = re.compile(
    r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+", re.IGNORECASE
)
# What these look at is known only when they calculate.
MOVING = ("INDIRECT", "OFFSET")
FUTURE = "_XLFN."  # before the names of functions that are younger than the format
PARAMETER = "_XLPM."  # before a name that a LET or LAMBDA of the same formula defines
DATA_TABLE = "a data table"


class Precedents:
    """The formulas of a workbook, and the cells that they look at.

    Blocks are never taken to pieces: of a block only the formulas in it matter, and whether it touches
    something private.
    """

    def __init__(self, formulas: Workbook) -> None:
        self.sheets = {sheet.title.casefold(): sheet for sheet in formulas.worksheets}
        self.names = {name.upper(): defined.attr_text for name, defined in formulas.defined_names.items()}
        self.tables = {
            table.displayName.upper(): block(sheet.title, table.ref)
            for sheet in formulas.worksheets
            for table in sheet.tables.values()
        }
        self.formulas: dict[str, dict[tuple[int, int], Cell]] = {}
        self.rows: dict[str, dict[int, list[int]]] = {}
        """Rows with a formula by sheet and column, in order."""
        self.arrays: list[tuple[Block, Spot]] = []
        for sheet in formulas.worksheets:
            cells = [cell for cell in stored_cells(sheet) if cell.data_type == "f"]
            self.formulas[sheet.title] = {(cell.row, cell.column): cell for cell in cells}
            rows = self.rows.setdefault(sheet.title, {})
            for cell in cells:
                rows.setdefault(cell.column, []).append(cell.row)
            self.arrays += [
                (block(sheet.title, cell.value.ref), Spot(sheet.title, cell.row, cell.column))
                for cell in cells
                if isinstance(cell.value, ArrayFormula)
            ]
        self.untraceable: dict[Spot, str] = {}
        """What a formula looks at that cannot be known beforehand."""

    def causes(self, starts: Iterable[Spot], private: Iterable[Block]) -> dict[Spot, Spot]:
        """The first private cell that each of the starting cells depends on, if there is one.

        A cell that looks at a place nobody can know beforehand counts as depending on itself.
        """
        starts, private = list(starts), list(private)
        needed_by: dict[Spot | Block, list[Spot | Block]] = {}
        cause: dict[Spot | Block, Spot] = {}
        seen: set[Spot | Block] = set()
        waiting: list[Spot | Block] = list(starts)
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            after: Iterable[Spot | Block]
            if isinstance(node, Block):
                touched = [shared for area in private if (shared := node.common(area))]
                if touched:
                    cause[node] = touched[0].first
                after = self._formulas_in(node)
            else:
                after = list(self._looked_at_by(node))
                if node in self.untraceable:
                    cause[node] = node
            for precedent in after:
                needed_by.setdefault(precedent, []).append(node)
                waiting.append(precedent)
        queue = deque(cause)
        while queue:
            node = queue.popleft()
            for above in needed_by.get(node, ()):
                if above not in cause:
                    cause[above] = cause[node]
                    queue.append(above)
        return {start: cause[start] for start in starts if start in cause}

    def _formulas_in(self, area: Block) -> list[Spot]:
        """The cells of a block that are calculated, by a formula of their own or by an array's."""
        anchors = [anchor for reach, anchor in self.arrays if reach.common(area)]
        own = [
            Spot(area.sheet, row, column)
            for column, rows in self.rows[area.sheet].items()
            if area.left <= column <= area.right
            for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
        ]
        return own + anchors

    def _looked_at_by(self, spot: Spot) -> Iterator[Block]:
        cell = self.formulas[spot.sheet].get((spot.row, spot.column))
        if cell is None:  # the array that fills it has its formula elsewhere
            anchors = [anchor for reach, anchor in self.arrays if reach.common(Block.of(spot))]
            yield from map(Block.of, anchors)
        elif isinstance(cell.value, DataTableFormula):
            self.untraceable[spot] = DATA_TABLE
        else:
            yield from self._referred(spot, cell.parent, formula_of(cell), ())

    def _referred(self, spot: Spot, sheet: Worksheet, text: str, within: tuple[str, ...]) -> Iterator[Block]:
        """What a formula, or a name used in it, refers to; `within` are the names on the way there."""
        try:
            tokens = Tokenizer(text).items
        except TokenizerError:
            self.untraceable[spot] = text
            return
        for token in tokens:
            if token.type == Token.FUNC and token.subtype == Token.OPEN:
                _, colon, called = token.value.rstrip("(").upper().rpartition(":")
                if colon or called.removeprefix(FUTURE) in MOVING:
                    self.untraceable[spot] = token.value.rstrip("(")
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                yield from self._resolved(spot, sheet, token.value, within)

    def _resolved(
        self, spot: Spot, sheet: Worksheet, reference: str, within: tuple[str, ...]
    ) -> Iterator[Block]:
        title, _, cells = reference.rpartition("!")
        place = self.sheets.get(title.strip("'").replace("''", "'").casefold()) if title else sheet
        name = cells.upper()
        if table := self.tables.get(name.split("[")[0]):
            yield table
        elif place is not None and CELLS.fullmatch(cells):
            yield block(place.title, cells)
        elif place is not None and name not in within and (meaning := self._meaning(place, name)):
            yield from self._referred(spot, sheet, f"={meaning}", (*within, name))
        elif not name.startswith(PARAMETER):
            self.untraceable[spot] = reference

    def _meaning(self, sheet: Worksheet, name: str) -> str | None:
        own = {text.upper(): defined.attr_text for text, defined in sheet.defined_names.items()}
        return own.get(name) or self.names.get(name)


def formula_of(cell: Cell) -> str:
    """The formula of a cell with its equals sign, or an empty text."""
    if isinstance(cell.value, ArrayFormula):
        return str(cell.value.text)
    return str(cell.value) if cell.data_type == "f" and isinstance(cell.value, str) else ""
