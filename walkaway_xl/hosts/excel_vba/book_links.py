"""Takes the links to another user's add-in out of a workbook; all else in it stays as it is.

Excel stores a function of an add-in as one of another file, `[1]!PRICE_FLOOR(…)`, and the path of that file
with it. Without the path a function is that of whatever add-in is there, and nobody is asked about links.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import packages
from walkaway_xl.files.packages import CONTENT_TYPES, RELATIONSHIP_NAMESPACES, Package, WorkbookError
from walkaway_xl.files.part_xml import UTF_16
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import workbook_part
from walkaway_xl.hosts.formula_pieces import bare_name, lexemes, opens, own_addin

# Where formulas stand: those of cells, rules, validations, names, tables and charts …
ELEMENT = re.compile(
    rb"<((?:[\w.-]+:)?(?:f|formula|formula1|formula2|definedName|calculatedColumnFormula|totalsRowFormula))"
    rb"""(?=[\s>])((?:[^>"'/]++|"[^"]*"|'[^']*')*+)>([^<]*)<"""
)
# … and those of controls and pictures.
ATTRIBUTE = re.compile(rb"""\s(?:macro|textlink|fmla\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
NUMBER = re.compile(r"(')?\[(\d+)\](?(1).*'!|!?)$", re.DOTALL)
XML = (".xml", ".rels", ".vml")

Rewrite = Callable[[str], str]


class Mended(NamedTuple):
    """A workbook without links to an add-in of ours, and what was taken out."""

    data: bytes
    calls: int
    """Calls that named the add-in of somebody."""
    files: tuple[str, ...]
    """The links that are gone."""

    @property
    def is_changed(self) -> bool:
        """Whether the workbook is another one now."""
        return bool(self.calls or self.files)


def mended(data: bytes) -> Mended:
    """A workbook whose functions are those of the add-in that is there.

    Parameters
    ----------
    data : bytes
        The content of an .xlsx or .xlsm file.

    Returns
    -------
    Mended
        The workbook, and what was taken out.

    Raises
    ------
    WorkbookError
        The workbook cannot or must not be changed.
    """
    book = packages.opened(data)
    linked = packages.linked_files(book)
    is_own = own_addin(linked)
    calls = 0

    def rewrite(formula: str) -> str:
        nonlocal calls
        formula, count = without_paths(formula, is_own)
        calls += count
        return formula

    parts = {name: _replaced(book.parts[name], rewrite) for name in _parts_with_formulas(book)}
    used = {number for part in parts.values() for formula in _formulas(part) for number in numbers(formula)}
    gone = [number for number, file in linked.items() if is_own(f"[{number}]") and number not in used]
    if not calls and not gone:
        return Mended(data, 0, ())
    _refuse(book)
    if gone:
        links = map(str, range(1, len(_references(workbook_part.root(book))) + 1))
        order = {old: str(new) for new, old in enumerate((n for n in links if n not in gone), 1)}
        parts = {name: _replaced(part, lambda text: renumbered(text, order)) for name, part in parts.items()}
    return Mended(_written(book, parts, gone), calls, tuple(linked[number] for number in gone))


def without_paths(formula: str, is_own: Callable[[str], bool]) -> tuple[str, int]:
    """A formula whose calls of our functions name no file any more, and how many did.

    Parameters
    ----------
    formula : str
        The formula.
    is_own : callable
        Says whether the path before a call leads to an add-in of ours.
    """
    if "!" not in formula:
        return formula, 0
    done: list[str] = []
    count = 0
    pieces = list(lexemes(formula))
    for place, piece in enumerate(pieces):
        path = done[-1] if done else ""
        if (
            piece.kind == "word"
            and bare_name(piece.text) in CATALOGUE
            and opens(pieces, place + 1)
            and path.endswith("!")
            and is_own(path)
        ):
            done.pop()
            count += 1
        done.append(piece.text)
    return "".join(done), count


def numbers(formula: str) -> Iterator[str]:
    """The numbers by which a formula refers to other files."""
    if "[" in formula:
        yield from (number for _, number in _numbered(formula) if number)


def renumbered(formula: str, order: Mapping[str, str]) -> str:
    """A formula that refers to other files by their new numbers."""
    if "[" not in formula:
        return formula
    return "".join(
        text.replace(f"[{number}]", f"[{order.get(number, number)}]", 1) if number else text
        for text, number in _numbered(formula)
    )


def _numbered(formula: str) -> Iterator[tuple[str, str]]:
    """The pieces of a formula, each with the number of the other file in it, if it has one."""
    before = ""
    for piece in lexemes(formula):
        match = NUMBER.match(piece.text) if piece.kind == "opaque" else None
        # The column of a table stands in brackets, too, behind the name of the table.
        yield piece.text, match[2] if match and before != "word" else ""
        before = piece.kind


def _parts_with_formulas(book: Package) -> Iterator[str]:
    folder = posixpath.dirname(book.workbook_part)
    for name, part in book.parts.items():
        if name.startswith(f"{folder}/") and name.endswith(XML) and "externalLinks/" not in name:
            if part.startswith(UTF_16) or b"<![CDATA[" in part:
                raise WorkbookError(
                    phrase(
                        "the part {name} is written as no spreadsheet program does; save the workbook again",
                        name=name,
                    )
                )
            packages.check_xml(part, f"the part {name}")
            yield name


def _formulas(part: bytes) -> Iterator[str]:
    for match in ELEMENT.finditer(part):
        yield _text(match[3])
    for match in ATTRIBUTE.finditer(part):
        yield _text(match[1] or match[2] or b"")


def _text(content: bytes) -> str:
    return unescape(content.decode("utf-8", "replace"))


def _replaced(part: bytes, rewrite: Rewrite) -> bytes:
    """A part with other formulas; those that stay the same keep their bytes."""

    def element(match: re.Match[bytes]) -> bytes:
        text = _text(match[3])
        new = rewrite(text)
        return match[0] if new == text else b"<%b%b>%b<" % (match[1], match[2], escape(new).encode())

    def attribute(match: re.Match[bytes]) -> bytes:
        value = match[1] or match[2] or b""
        new = rewrite(_text(value))
        if new == _text(value):
            return match[0]
        return match[0].replace(value, escape(new, {'"': "&quot;", "'": "&apos;"}).encode(), 1)

    return ATTRIBUTE.sub(attribute, ELEMENT.sub(element, part))


def _refuse(book: Package) -> None:
    if any(part.startswith("_xmlsignatures/") for part in book.parts):
        raise WorkbookError(
            phrase(
                "this workbook is signed, and any change would break the signature; mend a copy without it, "
                "and sign that"
            )
        )


def _written(book: Package, parts: Mapping[str, bytes], gone: list[str]) -> bytes:
    """The workbook with these parts, and without some of its links."""
    root = etree.fromstring(parts[book.workbook_part])
    workbook_part.calculate_when_opened(root)
    links = _references(root)
    relations_part = packages.relations_of(book.workbook_part)
    relations = etree.fromstring(book.parts[relations_part])
    by_identifier = {relation.get("Id"): relation for relation in relations}
    dropped = set()
    for number in gone:
        link = links[int(number) - 1]
        relation = by_identifier[_identifier(link)]
        part = _part_of(book, relation)
        dropped |= {part, packages.relations_of(part)}
        relations.remove(relation)
        holder = link.getparent()
        holder.remove(link)
        if not len(holder):
            root.remove(holder)
    types = etree.fromstring(book.parts[CONTENT_TYPES])
    for element in list(types):
        if element.get("PartName", "").lstrip("/") in dropped:
            types.remove(element)
    changed = {name: part for name, part in parts.items() if part != book.parts[name]}
    changed[book.workbook_part] = workbook_part.as_bytes(root)
    if gone:
        changed[relations_part] = workbook_part.as_bytes(relations)
        changed[CONTENT_TYPES] = workbook_part.as_bytes(types)
    return book.with_parts(changed, without=dropped)


def _references(root: Any) -> list[Any]:
    """The links to other files, in the order of their numbers."""
    return [element for element in root.iter() if workbook_part.tag_of(element) == "externalReference"]


def _identifier(link: Any) -> str:
    return next(str(value) for space in RELATIONSHIP_NAMESPACES if (value := link.get(f"{{{space}}}id")))


def _part_of(book: Package, relation: Any) -> str:
    return packages.part_behind(posixpath.dirname(book.workbook_part), relation.get("Target", ""))
