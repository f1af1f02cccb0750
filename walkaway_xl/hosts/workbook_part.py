"""The part of a workbook that lists its sheets, names and links, as a tree."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from walkaway_xl.files.packages import Package

# What stands before the names in the part of the workbook, in the order of the schema.
BEFORE_NAMES = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
)
BEFORE_CALCULATION = (*BEFORE_NAMES, "definedNames")


def root(book: Package) -> Any:
    return etree.fromstring(book.parts[book.workbook_part])


def as_bytes(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def calculate_when_opened(root: Any) -> None:
    """Let a program calculate when it opens the workbook: its cells may hold a #NAME? from before."""
    calculation = next((element for element in root if tag_of(element) == "calcPr"), None)
    if calculation is None:
        calculation = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        root.insert(place_behind(root, BEFORE_CALCULATION), calculation)
    calculation.set("fullCalcOnLoad", "1")


def place_behind(root: Any, before: Iterable[str]) -> int:
    """The place behind all elements of some kinds."""
    return max((place for place, element in enumerate(root, 1) if tag_of(element) in set(before)), default=0)


def children(root: Any, tag: str) -> Iterator[Any]:
    for element in root:
        if tag_of(element) == tag:
            yield from element


def tag_of(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""
