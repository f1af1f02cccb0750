"""The XML of a worksheet: where its formulas are, and new values in their cells with all else as it was.

A part is never parsed and written again, which would lose what a library does not know. The formula cells
are found by their byte offsets and replaced; every other byte stays. The XML has been checked before
(:func:`walkaway_xl.files.packages.check_xml`), so that "<" begins markup and nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files.packages import WorkbookError
from walkaway_xl.hosts.embedded.places import Area, Place, address, column_number
from walkaway_xl.hosts.embedded.values import IN_EVERY_FILE, ErrorValue, Value

ATTRIBUTES = rb"""((?:[^>"'/]++|"[^"]*"|'[^']*')*+)"""
NOT_CONTENT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData[\s/>]")
DIMENSION = re.compile(rb"""(<(?:[\w.-]+:)?dimension\s[^>]*?ref=["'])([A-Z]+\d+(?::[A-Z]+\d+)?)(["'])""")
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)""")
UTF_8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
TYPE, SPANS, METADATA = (
    re.compile(rb"\s" + name + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""") for name in (b"t", b"spans", b"cm")
)

Edit = tuple[int, int, bytes]  # a stretch of a part, and what comes in its place


class FormulaCell(NamedTuple):
    """A cell with a formula, and where it stands in the part."""

    row: int
    column: int
    start: int
    end: int
    text_start: int  # of the formula's text; 0 for a shared formula that another cell spells out
    text_end: int
    text: str
    kind: str  # "", "shared", "array" or "dataTable"
    group: str  # which shared formula
    area: Area | None  # of an array formula
    spills: bool  # whether an array formula takes the room it needs, or fills the area it was given


class Scan(NamedTuple):
    """What a worksheet holds, as far as a calculation needs to know."""

    formulas: tuple[FormulaCell, ...]
    errors: Mapping[Place, str]  # error values that somebody typed
    unreadable: tuple[tuple[Place, Edit], ...]  # what the engine must see in place of what it cannot read


@dataclass(frozen=True)
class NewValue:
    """What a formula cell shows from now on."""

    value: Value
    area: Area | None = None  # where an array formula's result stands; None leaves the formula as it is
    metadata: int | None = None  # the number under which the package says that this formula spills
    text: str | None = None  # a formula that this cell no longer shares with others


class SheetXml:
    """A worksheet part.

    Parameters
    ----------
    title : str
        The sheet's title, for messages.
    data : bytes
        The part.
    """

    def __init__(self, title: str, data: bytes):
        declared = ENCODING.match(data)
        if (declared and declared[1].lower() not in UTF_8) or data.startswith(
            (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
        ):
            raise WorkbookError(
                phrase('the sheet "{title}" is not written in UTF-8; save the workbook again', title=title)
            )
        self.title: Final = title
        self.data: Final = data
        self._visible = NOT_CONTENT.sub(lambda match: b" " * len(match[0]), data)
        match = SHEET_DATA.search(self._visible)
        prefix = match[1] if match else b""
        self._prefix: Final = prefix
        self._first = match.start() if match else len(data)
        end = self._visible.rfind(b"</" + prefix + b"sheetData")
        self._last = end if end >= 0 else self._first
        if self._visible.find(b"<![CDATA[", self._first, self._last) >= 0:
            raise WorkbookError(
                phrase('the sheet "{title}" holds CDATA in its cells; save the workbook again', title=title)
            )
        p = re.escape(prefix)
        cell = (
            rb"<"
            + p
            + rb'c(?=[\s/>])(?:\s+r="([A-Z]{1,3})(\d+)")?'
            + ATTRIBUTES
            + rb"(?:/>|>(.*?)</"
            + p
            + rb"c\s*>)"
        )
        row = rb"<" + p + rb"row(?=[\s/>])" + ATTRIBUTES + rb"(/?)>"
        self._cell_or_row = re.compile(cell + rb"|" + row, re.DOTALL)
        self._row_end = re.compile(rb"</" + p + rb"row\s*>")
        self._formula = re.compile(
            rb"<" + p + rb"f(?=[\s/>])" + ATTRIBUTES + rb"(?:/>|>(.*?)</" + p + rb"f\s*>)", re.DOTALL
        )
        self._stored = re.compile(
            rb"<" + p + rb"(v|is)(?=[\s/>])" + ATTRIBUTES + rb"(?:/>|>(.*?)</" + p + rb"\1\s*>)", re.DOTALL
        )

    def scan(self) -> Scan:
        """The formulas, the error values that are none's result, and what the engine cannot read."""
        formulas: list[FormulaCell] = []
        errors: dict[Place, str] = {}
        unreadable: list[tuple[Place, Edit]] = []
        tag = b"<" + self._prefix + b"f"
        for row, column, match in self._cells():
            body = match[4]
            if body is None:
                continue
            code = None
            if b"e" in match[3] and _attribute(match[3], b"t") == "e":
                code, where = self._error(match)
                if code not in IN_EVERY_FILE:  # a newer one of Excel's, or the Err:502 of LibreOffice
                    code = "#VALUE!"
                    unreadable.append(((row, column), (*where, code.encode())))
            if tag not in body:
                if code is not None:
                    errors[row, column] = code
                continue
            cell = self._formula_cell(row, column, match)
            if cell.text or cell.kind == "shared":
                formulas.append(cell)
            elif formula := self._formula.search(body):
                # A data table of Excel's what-if analysis, for example. Its values stay.
                unreadable.append(((row, column), (*_within(match, formula, 0), b"")))
        spelled_out = {cell.group for cell in formulas if cell.text}
        for cell in formulas:
            if not cell.text and cell.group not in spelled_out:
                raise WorkbookError(
                    phrase(
                        "{title}!{row} shares a formula that no cell spells out; type it again",
                        title=self.title,
                        row=address(cell.row, cell.column),
                    )
                )
        return Scan(tuple(formulas), errors, tuple(unreadable))

    def _error(self, match: re.Match[bytes]) -> tuple[str, tuple[int, int]]:
        """The error that a cell stores, and where it stands."""
        stored = self._stored.search(match[4])
        if stored is None or not stored[3]:
            return "#VALUE!", (0, 0)
        return unescape(stored[3].decode()), _within(match, stored, 3)

    def for_engine(
        self,
        texts: Iterable[tuple[FormulaCell, str]],
        emptied: Iterable[Place],
        unreadable: Iterable[tuple[Place, Edit]],
        kept: Iterable[FormulaCell] = (),
    ) -> bytes:
        """The part with other formulas in some cells and nothing in others, for the engine's eyes only.

        Parameters
        ----------
        texts : iterable
            Formula cells with the formulas that the engine sees.
        emptied : iterable
            Cells without a formula that it does not see.
        unreadable : iterable
            As from :meth:`scan`.
        kept : iterable
            Formula cells of which it sees the stored values only.
        """
        gone = set(emptied)
        kept = tuple(kept)
        alone = {cell.group for cell in kept if cell.text} - {""}  # nobody spells these out any more
        edits = [
            self._text_edit(cell, text, cell.group in alone)
            for cell, text in texts
            # A shared formula's other cells have no text: they follow the one that spells it out.
            if (cell.text_start or cell.group in alone) and (cell.row, cell.column) not in gone
        ]
        edits += [(*self._formula_place(cell), b"") for cell in kept]
        edits += [edit for place, edit in unreadable if place not in gone]
        if gone:
            for row, column, match in self._cells():
                if (row, column) in gone:
                    # Left out, it would move the cells behind it that do not say where they stand.
                    blank = f'<{self._prefix.decode()}c r="{address(row, column)}"/>'
                    edits.append((match.start(), match.end(), blank.encode()))
        return _edited(self.data, edits)

    def with_values(
        self,
        formulas: Iterable[tuple[FormulaCell, NewValue]],
        members: Mapping[Place, Value],
    ) -> bytes:
        """The part with values in its formula cells, and in the cells beside them that a result fills.

        Parameters
        ----------
        formulas : iterable
            Each formula cell with what it shows.
        members : mapping
            Values of cells without a formula of their own; None empties a cell. Styles stay.
        """
        edits = [(cell.start, cell.end, self._with_value(cell, new)) for cell, new in formulas]
        if members:
            edits += self._member_edits(members)
        return _edited(self.data, edits)

    def without_formulas(self) -> bytes:
        """The part with its stored values in the formulas' place, for the engine's eyes only."""
        formulas = [
            (*_within(match, formula, 0), b"")
            for _, _, match in self._cells()
            if match[4] and (formula := self._formula.search(match[4]))
        ]
        unreadable = [edit for _, edit in self.scan().unreadable]
        return _edited(self.data, list({edit[0]: edit for edit in formulas + unreadable}.values()))

    def stored(self, cell: FormulaCell) -> tuple[bool, str | None]:
        """Whether a formula cell stores a value, and which error it is, if it is one."""
        match = self._cell_at(cell)
        element = self._stored.search(match[4])
        kind = _attribute(match[3], b"t")
        if element is None or not (element[3] or kind == "str"):
            return False, None
        return True, self._error(match)[0] if kind == "e" else None

    # --- reading -------------------------------------------------------------------------------------------

    def _cells(self) -> Iterator[tuple[int, int, re.Match[bytes]]]:
        """Every cell with its row and column; a file may leave both out where they follow from the order."""
        row = column = 0
        letters: bytes
        for match in self._cell_or_row.finditer(self._visible, self._first, self._last):
            if match[5] is not None:
                row, column = self._row_number(match, row), 0
                continue
            letters = match[1]
            if letters is not None:
                row, column = int(match[2]), column_number(letters.decode())
            else:
                reference = _attribute(match[3], b"r")
                place = Area.read(reference) if reference else Area(row, column + 1, row, column + 1)
                row, column = place.top, place.left
            yield row, column, match

    def _row_number(self, match: re.Match[bytes], before: int) -> int:
        number = _attribute(match[5], b"r")
        try:
            return before + 1 if number is None else int(number)
        except ValueError:
            raise WorkbookError(
                phrase(
                    'the sheet "{title}" has a row with the number "{number}"; save the workbook again',
                    title=self.title,
                    number=number,
                )
            ) from None

    def _cell_at(self, cell: FormulaCell) -> re.Match[bytes]:
        match = self._cell_or_row.match(self._visible, cell.start)
        assert match is not None
        return match

    def _formula_place(self, cell: FormulaCell) -> tuple[int, int]:
        """Where the formula of a cell stands in the part, with its tags."""
        match = self._cell_at(cell)
        formula = self._formula.search(match[4])
        assert formula is not None
        return _within(match, formula, 0)

    def _formula_cell(self, row: int, column: int, match: re.Match[bytes]) -> FormulaCell:
        formula = self._formula.search(match[4])
        if formula is None:  # an extension whose name begins with f
            raise WorkbookError(
                phrase(
                    "{title}!{row} holds an element that is not known here; save the workbook again",
                    title=self.title,
                    row=address(row, column),
                )
            )
        attributes, text = formula[1], formula[2]
        start = match.start(4) + formula.start(2) if text else 0
        kind, area = "", None
        if attributes:
            kind = _attribute(attributes, b"t") or ""
            area = self._array_area(attributes) if kind == "array" else None
        return FormulaCell(
            row,
            column,
            match.start(),
            match.end(),
            start,
            start + len(text or b""),
            unescape(text.decode()) if text else "",
            kind if kind != "normal" else "",
            (_attribute(attributes, b"si") or "") if kind == "shared" else "",
            area,
            kind == "array" and _attribute(match[3], b"cm") not in (None, "0"),
        )

    def _array_area(self, attributes: bytes) -> Area | None:
        reference = _attribute(attributes, b"ref")
        return Area.read(reference) if reference else None

    # --- writing -------------------------------------------------------------------------------------------

    def _with_value(self, cell: FormulaCell, new: NewValue) -> bytes:
        match = self._cell_at(cell)
        # Of a comment inside the cell, blanks remain: a value could stand in it and never be seen.
        tag, body = self._visible[cell.start : match.start(4) - 1], match[4]
        formula = self._formula.search(body)
        assert formula is not None
        before, element, after = body[: formula.start()], formula[0], body[formula.end() :]
        if new.area is not None or new.text is not None:
            element = self._own_formula(cell, new)
        if new.metadata is not None:
            tag = METADATA.sub(b"", tag) + b' cm="%d"' % new.metadata
        kind, stored = self._spelled(new.value)
        return b"".join(
            (
                _typed(tag, kind),
                b">",
                self._stored.sub(b"", before),
                element,
                stored,
                self._stored.sub(b"", after),
                b"</",
                self._prefix,
                b"c>",
            )
        )

    def _text_edit(self, cell: FormulaCell, text: str, alone: bool) -> Edit:
        if not alone:
            return cell.text_start, cell.text_end, escape(text).encode()
        return *self._formula_place(cell), b"<%bf>%b</%bf>" % (
            self._prefix,
            escape(text).encode(),
            self._prefix,
        )

    def _own_formula(self, cell: FormulaCell, new: NewValue) -> bytes:
        text = self.data[cell.text_start : cell.text_end] if new.text is None else escape(new.text).encode()
        array = b"" if new.area is None else b' t="array" ref="' + new.area.text.encode() + b'"'
        return b"<%bf%b>%b</%bf>" % (self._prefix, array, text, self._prefix)

    def _cell_with(self, row: int, column: int, style: str | None, value: Value) -> bytes:
        """A cell without a formula."""
        tag = b"<" + self._prefix + b'c r="' + address(row, column).encode() + b'"'
        if style:
            tag += b' s="' + style.encode() + b'"'
        if value is None:
            return tag + b"/>"
        kind, stored = self._spelled(value)
        return b"%b>%b</%bc>" % (_typed(tag, kind), stored, self._prefix)

    def _spelled(self, value: Value) -> tuple[bytes, bytes]:
        """Type and element under which a file stores a value."""
        kind, text = _type_and_text(value)
        # LibreOffice leaves out blanks at the ends of a text that does not ask for them.
        space = b' xml:space="preserve"' if isinstance(value, str) and value != value.strip() else b""
        return kind, b"".join((b"<", self._prefix, b"v", space, b">", text, b"</", self._prefix, b"v>"))

    def _member_edits(self, members: Mapping[Place, Value]) -> list[Edit]:
        edits = []
        missing: dict[int, dict[int, Value]] = {}
        for (row, column), value in members.items():
            if value is not None:
                missing.setdefault(row, {})[column] = value
        cell_starts: dict[int, list[tuple[int, int]]] = {}  # row → column and start of each of its cells
        for row, column, match in self._cells():
            if row in missing:
                cell_starts.setdefault(row, []).append((column, match.start()))
            if (row, column) in members:
                missing.get(row, {}).pop(column, None)
                cell = self._cell_with(row, column, _attribute(match[3], b"s"), members[row, column])
                edits.append((match.start(), match.end(), cell))
        missing = {row: cells for row, cells in missing.items() if cells}
        if missing:
            edits += self._dimension_edit(missing)
            edits += self._new_cell_edits(missing, cell_starts)
        return edits

    def _new_cell_edits(
        self, missing: dict[int, dict[int, Value]], cell_starts: Mapping[int, list[tuple[int, int]]]
    ) -> Iterator[Edit]:
        """Cells, and rows, that are not in the part yet, each where its order in the part asks for it."""
        waiting = sorted(missing)
        number = 0
        for match in self._cell_or_row.finditer(self._visible, self._first, self._last):
            if match[5] is None:
                continue
            number = self._row_number(match, number)
            while waiting and waiting[0] < number:
                yield match.start(), match.start(), self._new_row(waiting[0], missing.pop(waiting.pop(0)))
            if waiting and waiting[0] == number:
                yield from self._into_row(
                    match, number, missing.pop(waiting.pop(0)), cell_starts.get(number, [])
                )
        for row in waiting:
            yield self._last, self._last, self._new_row(row, missing[row])

    def _new_row(self, row: int, cells: Mapping[int, Value]) -> bytes:
        inside = b"".join(self._cell_with(row, column, None, cells[column]) for column in sorted(cells))
        return b'<%brow r="%d">%b</%brow>' % (self._prefix, row, inside, self._prefix)

    def _into_row(
        self, match: re.Match[bytes], row: int, cells: Mapping[int, Value], starts: list[tuple[int, int]]
    ) -> Iterator[Edit]:
        attributes = SPANS.sub(b"", match[5])  # an optional hint to the reader that would now be wrong
        tag = b"<" + self._prefix + b"row" + attributes.rstrip() + b">"
        made = {column: self._cell_with(row, column, None, value) for column, value in sorted(cells.items())}
        if match[6]:
            yield match.start(), match.end(), tag + b"".join(made.values()) + b"</" + self._prefix + b"row>"
            return
        yield match.start(), match.end(), tag
        end = self._row_end.search(self._visible, match.end())
        assert end is not None
        for column, cell in made.items():
            place = next((start for start_column, start in starts if start_column > column), end.start())
            yield place, place, cell

    def _dimension_edit(self, made: Mapping[int, Mapping[int, Value]]) -> list[Edit]:
        """The used range that some readers believe."""
        match = DIMENSION.search(self._visible, 0, self._first)
        if match is None:
            return []
        area = Area.read(match[2].decode())
        for row, cells in made.items():
            area = area.with_area(Area(row, min(cells), row, max(cells)))
        return [(match.start(2), match.end(2), area.text.encode())]


def _within(cell: re.Match[bytes], match: re.Match[bytes], group: int) -> tuple[int, int]:
    """Where in the part a group stands that was found in a cell."""
    return cell.start(4) + match.start(group), cell.start(4) + match.end(group)


def _attribute(attributes: bytes | None, name: bytes) -> str | None:
    if not attributes:
        return None
    match = re.search(rb"(?:^|\s)" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", attributes)
    return None if match is None else unescape((match[1] if match[1] is not None else match[2]).decode())


def _typed(tag: bytes, kind: bytes) -> bytes:
    """A cell's tag with the type of its value; a number has none."""
    attribute = b' t="' + kind + b'"' if kind else b""
    if TYPE.search(tag):
        return TYPE.sub(attribute, tag)
    return tag + attribute


def _type_and_text(value: Value) -> tuple[bytes, bytes]:
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, float):
        return b"", _number(value)
    if isinstance(value, ErrorValue):
        return b"e", value.code.encode()
    text = NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", value or "")
    return b"str", escape(text, {"\r": "&#13;"}).encode()


def _number(value: float) -> bytes:
    text = repr(value)
    return (text.removesuffix(".0") if text != "-0.0" else "0").encode()


def _edited(data: bytes, edits: list[Edit]) -> bytes:
    """Bytes with some stretches replaced; edits at one place keep their order."""
    pieces, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        pieces += [data[done:start], new]
        done = end
    return b"".join([*pieces, data[done:]])
