"""What formulas depend on, through all the cells between."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.workbooks.sharing.areas import Block, Spot, block

CELLS = re.compile(
    r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+", re.IGNORECASE
)
# What these look at is known only when they calculate.
MOVING = ("INDIRECT(", "OFFSET(")
PARAMETER = "_XLPM."  # a name that a LET or LAMBDA of the same formula defines

Node = Spot | Block


class Precedents:
    """The cells that a workbook's formulas look at, as far as they were asked for."""

    def __init__(self, formulas: Workbook) -> None:
        self.workbook = formulas
        self.names = {name.upper(): defined.attr_text for name, defined in formulas.defined_names.items()}
        self.tables = {
            name.upper(): block(sheet.title, table.ref)
            for sheet in formulas.worksheets
            for name, table in sheet.tables.items()
        }
        self.extents = {sheet.title: (sheet.max_row, sheet.max_column) for sheet in formulas.worksheets}
        self.arrays = [
            (block(sheet.title, cell.value.ref), Spot(sheet.title, cell.row, cell.column))
            for sheet in formulas.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, ArrayFormula)
        ]
        self.untraceable: dict[Spot, str] = {}
        """What a formula looks at that cannot be known beforehand."""

    def causes(self, starts: Iterable[Spot], private: Iterable[Block]) -> dict[Spot, Spot]:
        """The first private cell that each of the starting cells depends on, if there is one.

        A cell that looks at a place nobody can know beforehand counts as depending on itself.
        """
        starts = list(starts)
        needs = self._needs(starts)
        needed_by: dict[Node, list[Node]] = {}
        for node, needed in needs.items():
            for each in needed:
                needed_by.setdefault(each, []).append(node)
        blocks = list(private)
        private_or_unknown = (
            node
            for node in {*needs, *needed_by}
            if isinstance(node, Spot)
            and (node in self.untraceable or any(each.holds(node) for each in blocks))
        )
        cause: dict[Node, Spot] = {node: node for node in private_or_unknown}
        waiting: deque[Node] = deque(sorted(cause))
        while waiting:
            node = waiting.popleft()
            for after in needed_by.get(node, ()):
                if after not in cause:
                    cause[after] = cause[node]
                    waiting.append(after)
        return {start: cause[start] for start in starts if start in cause}

    def _needs(self, starts: Iterable[Spot]) -> Mapping[Node, set[Node]]:
        """Each cell or range that is reached, with what it looks at itself."""
        needs: dict[Node, set[Node]] = {}
        waiting: list[Node] = list(starts)
        while waiting:
            node = waiting.pop()
            if node not in needs:
                needs[node] = set(self._cells(node) if isinstance(node, Block) else self._references(node))
                waiting.extend(needs[node])
        return needs

    def _cells(self, area: Block) -> Iterator[Spot]:
        last_row, last_column = self.extents[area.sheet]
        bottom, right = min(area.bottom, last_row), min(area.right, last_column)
        for row in self.workbook[area.sheet].iter_rows(area.top, bottom, area.left, right):
            for cell in row:
                if cell.value is not None:
                    yield Spot(area.sheet, cell.row, cell.column)

    def _references(self, spot: Spot) -> Iterator[Node]:
        sheet = self.workbook[spot.sheet]
        cell = sheet.cell(spot.row, spot.column)
        if isinstance(cell.value, DataTableFormula):
            self.untraceable[spot] = "a data table"
        elif text := formula_of(cell):
            yield from self._looked_at(spot, sheet, text, ())
        else:
            yield from (anchor for area, anchor in self.arrays if area.holds(spot))

    def _looked_at(self, spot: Spot, sheet: Worksheet, text: str, within: tuple[str, ...]) -> Iterator[Node]:
        """What a formula, or a name used in it, refers to; `within` are the names on the way there."""
        try:
            tokens = Tokenizer(text).items
        except TokenizerError:
            self.untraceable[spot] = text
            return
        for token in tokens:
            if token.type == Token.FUNC and token.value.upper() in MOVING:
                self.untraceable[spot] = token.value.rstrip("(")
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                yield from self._referred(spot, sheet, token.value, within)

    def _referred(
        self, spot: Spot, sheet: Worksheet, reference: str, within: tuple[str, ...]
    ) -> Iterator[Node]:
        title, _, cells = reference.rpartition("!")
        title, name = title.strip("'").replace("''", "'") or sheet.title, cells.upper()
        if table := self.tables.get(name.split("[")[0]):
            yield table
        elif title in self.workbook.sheetnames and CELLS.fullmatch(cells):
            found = block(title, cells)
            yield found.first if found.is_one_cell else found
        elif (meaning := self._meaning(sheet, name)) and name not in within:
            yield from self._looked_at(spot, sheet, f"={meaning}", (*within, name))
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
