"""The names of the formulas, added to a workbook that somebody has; all else in it stays as it is."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree
from openpyxl import Workbook

from walkaway_xl.catalogue import Function
from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.files import packages
from walkaway_xl.files.packages import Package, WorkbookError
from walkaway_xl.hosts import dynamic_calls, workbook_part
from walkaway_xl.hosts.formulas import book_names
from walkaway_xl.hosts.formulas.book_names import BookName
from walkaway_xl.hosts.formulas.lambdas import FORMULAS

MACROS = ("xl/vbaProject.bin", "macrosheets/", "xl/vbaData.xml")
WELL_FORMED = (".xml", ".rels")
LISTED = 5  # names in a sentence; the rest is counted
FORMULA = re.compile(r"<(?:\w+:)?(?:f|formula|formula1|formula2)\b[^>]*>([^<]*)<")


class Added(NamedTuple):
    """A workbook with the names in it, and what became of each."""

    data: bytes
    added: tuple[str, ...]
    updated: tuple[str, ...]
    present: tuple[str, ...]
    """Names of this version that were there already."""
    foreign: tuple[str, ...]
    """Names of functions that stand for something else in this workbook, and stay as they are."""
    sheets: tuple[str, ...]
    """Sheets that are called as a name is."""

    @property
    def is_changed(self) -> bool:
        """Whether the workbook is another one now."""
        return bool(self.added or self.updated)


def with_names(data: bytes, *, only_used: bool = False, update: bool = False) -> Added:
    """Add the names of the functions to a workbook.

    Parameters
    ----------
    data : bytes
        The content of an .xlsx file.
    only_used : bool
        Whether only the functions that the workbook calls are added.
    update : bool
        Whether names that another version of this package has written are replaced.

    Returns
    -------
    Added
        The workbook, and what became of the names.

    Raises
    ------
    WorkbookError
        The workbook cannot or must not be changed, or holds names of another version.
    """
    book = packages.opened(data)
    for part, content in book.parts.items():
        if part.endswith(WELL_FORMED):  # a damaged part would be copied as it is
            packages.check_xml(content, part)
    root = workbook_part.root(book)
    _refuse(book, root)
    texts = list(_formulas(book))
    functions = book_names.called_in(texts) if only_used else list(FORMULAS.values())
    if not functions:
        raise WorkbookError(
            phrase("this workbook calls none of the functions; leave --only-used out to add all of them")
        )
    return _added(book, root, functions, texts, update)


def respell(workbook: Workbook) -> None:
    """Let the formulas of a workbook that call the functions be such as may spill."""
    dynamic_calls.as_arrays(workbook, lambda text: text if book_names.CALLS.search(text) else "")


def with_called(data: bytes) -> bytes:
    """A workbook of ours with the names of the functions that it calls."""
    book = packages.opened(dynamic_calls.marked(data, rf"\b(?:{'|'.join(FORMULAS)})\("))
    texts = list(_formulas(book))
    functions = book_names.called_in(texts)
    return _added(book, workbook_part.root(book), functions, texts, update=True).data if functions else data


def _added(
    book: Package, root: Any, functions: Iterable[Function], texts: Iterable[str], update: bool
) -> Added:
    names = book_names.names_of(functions)
    there = {
        element.get("name", "").lower(): element
        for element in workbook_part.children(root, "definedNames")
        if element.get("localSheetId") is None
    }
    local = {name.name.lower() for name in book.names if name.sheet is not None}
    foreign = {
        name.name
        for name in names
        if name.name.lower() in local | set(_tables(book))
        or (name.name.lower() in there and not book_names.is_ours(there[name.name.lower()].get("comment")))
    }
    if helpers := [name.name for name in names if name.is_helper and name.name in foreign]:
        raise WorkbookError(
            phrase(
                (
                    "{helpers} means something else in this workbook, and the functions call "
                    "it by that name; rename it there"
                ),
                helpers=_listed(helpers),
            )
        )
    wanted = [name for name in names if name.name not in foreign]
    old = [name for name in wanted if name.name.lower() in there and _differs(there[name.name.lower()], name)]
    if old and not update:
        raise WorkbookError(
            phrase_count(
                "{names} is of another version of walkaway-xl; --update brings it up to date",
                "{names} are of another version of walkaway-xl; --update brings them up to date",
                len(old),
                names=_listed([name.name for name in old]),
            )
        )
    new = [name for name in wanted if name.name.lower() not in there]
    for name in old:
        element = there[name.name.lower()]
        element.text = name.stored
        element.set("comment", name.comment)
    _write(root, new)
    if any(book_names.sheets_of_calls(texts)):
        workbook_part.calculate_when_opened(root)
    data = (
        book.with_parts({book.workbook_part: workbook_part.as_bytes(root)})
        if new or old
        else _as_it_was(book)
    )
    titles = {name.name.lower() for name in names}
    return Added(
        data,
        tuple(name.name for name in new),
        tuple(name.name for name in old),
        tuple(name.name for name in wanted if name not in new and name not in old),
        tuple(sorted(foreign)),
        tuple(sheet.title for sheet in book.sheets if sheet.title.lower() in titles),
    )


def _as_it_was(book: Package) -> bytes:
    return book.with_parts({})


def _refuse(book: Package, root: Any) -> None:
    """Say why a workbook must not be changed."""
    parts = book.parts
    if any(part.startswith(MACROS[0]) or any(word in part for word in MACROS[1:]) for part in parts):
        raise WorkbookError(
            phrase(
                "this workbook holds macros, which may call functions of these names; save a copy as .xlsx"
            )
        )
    if any(part.startswith("_xmlsignatures/") for part in parts):
        raise WorkbookError(
            phrase(
                "this workbook is signed, and any change would break the signature; add "
                "the names to a copy without it, and sign that"
            )
        )
    if any("/revisions/" in part for part in parts):
        raise WorkbookError(
            phrase("this workbook is shared; end that in Excel (Review, Unshare Workbook) first")
        )
    protection = next((e for e in root if workbook_part.tag_of(e) == "workbookProtection"), None)
    if protection is not None and protection.get("lockStructure") in ("1", "true"):
        raise WorkbookError(
            phrase(
                "the structure of this workbook is protected; take that off in Excel "
                "(Review, Protect Workbook)"
            )
        )


def _formulas(book: Package) -> Iterator[str]:
    """The formulas of cells, rules and names."""
    for sheet in book.sheets:
        yield from FORMULA.findall(book.parts[sheet.part].decode("utf-8", "replace"))
    for name in book.names:
        if "LAMBDA(" not in name.formula:  # ours call each other under names that are there anyway
            yield name.formula


def _tables(book: Package) -> Iterator[str]:
    """The names of tables, which share their space with those of formulas."""
    for part, data in book.parts.items():
        if re.fullmatch(r"xl/tables/[^/]+\.xml", part):
            packages.check_xml(data, f"the part {part}")
            table = etree.fromstring(data)
            yield from (table.get(key, "").lower() for key in ("name", "displayName"))


def _differs(element: Any, name: BookName) -> bool:
    return "".join(element.itertext()) != name.stored


def _write(root: Any, names: Iterable[BookName]) -> None:
    """Write names into the list of the workbook, which begins where the schema has it."""
    names = list(names)
    if not names:
        return
    space = etree.QName(root).namespace
    holder = next((element for element in root if workbook_part.tag_of(element) == "definedNames"), None)
    if holder is None:
        holder = etree.Element(f"{{{space}}}definedNames")
        root.insert(workbook_part.place_behind(root, workbook_part.BEFORE_NAMES), holder)
    for name in names:
        element = etree.SubElement(holder, f"{{{space}}}definedName", name=name.name, comment=name.comment)
        if name.is_helper:
            element.set("hidden", "1")
        element.text = name.stored


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:LISTED])
    return shown if len(names) <= LISTED else f"{shown} and {len(names) - LISTED} more"
