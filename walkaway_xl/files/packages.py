"""A workbook as a package of parts: read within limits, written back with its parts in the same order."""

import contextlib
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.parsers import expat

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import budget, counting, part_xml
from walkaway_xl.files.intake import ReadError
from walkaway_xl.files.zips import DAMAGED, OLE_HEADER, pieces

ENCRYPTED = 0x1
WORKSHEET = "/worksheet"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"  # of the parts that hold them
# The second is that of "Strict Open XML Spreadsheet" in Excel's save dialog.
SHEET_NAMESPACES = (SHEET, "http://purl.oclc.org/ooxml/spreadsheetml/main")
RELATIONSHIP_NAMESPACES = (RELATIONSHIP, "http://purl.oclc.org/ooxml/officeDocument/relationships")
ROOT_RELATIONS = "_rels/.rels"
CONTENT_TYPES = "[Content_Types].xml"


class WorkbookError(ReadError):
    """A workbook that cannot be read or calculated, and why."""


@dataclass(frozen=True)
class Sheet:
    """A worksheet: the title that users see, and the part that holds it."""

    title: str
    part: str


@dataclass(frozen=True)
class Name:
    """A defined name: what it stands for, and the sheet it belongs to if it is not the whole workbook's."""

    name: str
    formula: str
    sheet: str | None


@dataclass(frozen=True)
class Package:
    """The parts of a workbook, in their order in the file."""

    entries: tuple[zipfile.ZipInfo, ...]
    parts: Mapping[str, bytes]
    workbook_part: str
    sheets: tuple[Sheet, ...]
    names: tuple[Name, ...]
    counts_from_1904: bool

    def with_parts(
        self, changed: Mapping[str, bytes], *, compress: bool = True, without: Collection[str] = ()
    ) -> bytes:
        """The package as bytes with some parts in a new state; everything else stays as it is.

        Parameters
        ----------
        changed : mapping
            New content by part; a part that the package did not have comes last.
        compress : bool
            False for bytes that do not leave the memory.
        without : collection of str
            Parts that are left out.
        """
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for entry in (entry for entry in self.entries if entry.filename not in without):
                copy = zipfile.ZipInfo(entry.filename, entry.date_time)
                copy.external_attr, copy.create_system = entry.external_attr, entry.create_system
                copy.compress_type = entry.compress_type if compress else zipfile.ZIP_STORED
                archive.writestr(copy, changed.get(entry.filename, self.parts[entry.filename]))
            for name in (name for name in changed if name not in self.parts):
                copy = zipfile.ZipInfo(name, self.entries[0].date_time)
                copy.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
                archive.writestr(copy, changed[name])
        return target.getvalue()


def opened(data: bytes) -> Package:
    """A workbook's package.

    Parameters
    ----------
    data : bytes
        The content of an .xlsx or .xlsm file.

    Returns
    -------
    Package
        Its parts, sheets and names; WorkbookError says what is wrong with anything else.
    """
    refuse_other_kinds(BytesIO(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = tuple(archive.infolist())
            check_entries(entries)
            parts = _unpacked(archive, entries, len(data))
    except DAMAGED as error:
        raise WorkbookError(
            phrase("this workbook is damaged ({error}); save or copy it again", error=error)
        ) from None
    package = package_of(entries, parts)
    counts = Counts(package, len(data))
    for name, part in parts.items():
        counts.add(name, [part])
    counts.spend()
    return package


def refuse_other_kinds(file: IO[bytes]) -> None:
    """Refuse what is no archive, by its first and last bytes."""
    if file.read(len(OLE_HEADER)) == OLE_HEADER:
        raise WorkbookError(
            phrase("this is an old .xls workbook or one with a password; save it as .xlsx without a password")
        )
    if not zipfile.is_zipfile(file):
        raise WorkbookError(
            phrase("this is no .xlsx workbook, or only the beginning of one; save or copy it again")
        )


def package_of(entries: tuple[zipfile.ZipInfo, ...], parts: Mapping[str, bytes]) -> Package:
    """A workbook's package, of which nothing is counted yet.

    Parameters
    ----------
    entries : tuple of ZipInfo
        What is in the archive.
    parts : mapping
        Content by part.
    """
    workbook_part = _workbook_part(parts)
    root = tree(parts, workbook_part)
    sheets = tuple(_worksheets(parts, workbook_part, root))
    of_sheets = {sheet.part for sheet in sheets}
    for name, part in parts.items():
        is_picture = name.lower().endswith(part_xml.PICTURES) and name not in of_sheets
        if part_xml.is_xml(name, part) and not is_picture:
            refuse_declarations(part, name)
    titles = [sheet.get("name", "") for sheet in every(root, "sheet")]
    properties = next(every(root, "workbookPr"), None)
    return Package(
        entries,
        parts,
        workbook_part,
        sheets,
        tuple(_names(root, titles)),
        properties is not None and properties.get("date1904") in ("1", "true"),
    )


def check_entries(entries: tuple[zipfile.ZipInfo, ...]) -> None:
    refuse_excess("this workbook", "parts", len(entries))
    names = Counter(entry.filename for entry in entries)
    if twice := next((name for name, count in names.items() if count > 1), None):
        raise WorkbookError(
            phrase(
                (
                    "the names of a workbook's parts must differ; {twice} occurs twice; save "
                    "the workbook again with a spreadsheet program"
                ),
                twice=twice,
            )
        )
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise WorkbookError(phrase("this file has a password; save it without one"))


def _unpacked(
    archive: zipfile.ZipFile, entries: tuple[zipfile.ZipInfo, ...], packed: int
) -> dict[str, bytes]:
    """The parts, counted while they are unpacked: what an archive says of its own size may be wrong."""
    parts, size = {}, 0
    refuse_excess("this workbook", "unpacked", sum(entry.file_size for entry in entries), packed)
    for entry in entries:
        of_part = []
        for piece in pieces(archive, entry):
            size += len(piece)
            refuse_excess("this workbook", "unpacked", size, packed)
            of_part.append(piece)
        parts[entry.filename] = b"".join(of_part)
    budget.current().spend(unpacked=size)
    return parts


def refuse_declarations(data: bytes, name: str) -> None:
    """Refuse XML that declares entities: a few lines can unfold to gigabytes. It does so before its root."""
    reached: list[str] = []

    def refuse(*_: object) -> None:
        raise WorkbookError(
            phrase("the part {name} declares a document type, which no workbook needs", name=name)
        )

    def stop(*_: object) -> None:
        reached.append(name)
        raise ValueError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, stop
    with contextlib.suppress(expat.ExpatError, LookupError, ValueError):  # what is damaged, its reader says
        parser.Parse(data, True)


class Counts:
    """What the parts of a workbook hold together; more than the budget allows is refused.

    Parameters
    ----------
    package : Package
        The workbook.
    packed : int
        Bytes of its file.
    """

    def __init__(self, package: Package, packed: int):
        self.package, self.packed = package, packed
        self.titles = {sheet.part: sheet.title for sheet in package.sheets}
        self.counts: Counter[str] = Counter()

    def add(self, name: str, pieces: Iterable[bytes]) -> Sequence[str]:
        """Count a part, and give back the ranges that are merged in it.

        Parameters
        ----------
        name : str
            The part.
        pieces : iterable of bytes
            What is in it. No piece ends inside of a tag; what is no sheet is one piece.
        """
        sheet: counting.SheetCount | None = None
        beginnings = 0
        for number, piece in enumerate(pieces):
            if not number and not part_xml.is_xml(name, piece):
                break
            if sheet is None and (name in self.titles or part_xml.DATA.search(piece)):
                sheet = counting.SheetCount()
            self.counts["elements"] += counting.tags(piece)
            self._refuse(name, sheet, Counter())  # before it is looked at closely
            tag, text = part_xml.longest(piece)
            refuse_excess(self._subject(name, sheet), "tag", tag)
            strings = counting.elements(piece, b"si") if sheet is None else 0
            if strings or sheet is not None:
                refuse_excess(self._subject(name, sheet), "cell_text", text)
            if sheet is None:
                self.counts += Counter(strings=strings, looks=0 if strings else counting.tags(piece))
                self._refuse(name, sheet, Counter())
            else:
                beginnings += part_xml.beginnings(piece)
                if oddity := part_xml.oddity(piece, beginnings):
                    raise WorkbookError(f"{self._subject(name, sheet)} {oddity}")
                sheet.add(piece)
                of_sheet, far = sheet.result()
                if far is not None:
                    raise WorkbookError(
                        phrase(
                            "{subject} has a cell {address}, which is outside of every sheet",
                            subject=self._subject(name, sheet),
                            address=far.address,
                        )
                    )
                self._refuse(name, sheet, of_sheet)
        if sheet is None:
            return []
        self.counts += sheet.result()[0]
        return sheet.merged_ranges

    def spend(self) -> None:
        """Note what was counted, when all parts are."""
        refuse_excess("this workbook", "names", len(self.package.names))
        budget.current().spend(
            **{name: self.counts[name] for name in ("cells", "strings", "formulas", "blanks")}
        )

    def _subject(self, name: str, sheet: counting.SheetCount | None) -> str:
        return f"the part {name}" if sheet is None else f'the sheet "{self.titles.get(name, name)}"'

    def _refuse(self, name: str, sheet: counting.SheetCount | None, more: Counter[str]) -> None:
        for limit, count in (self.counts + more).items():
            refuse_excess(self._subject(name, sheet), limit, count, self.packed)


def refuse_excess(subject: str, limit: str, count: int, packed: int = 0) -> None:
    if words := budget.current().excess(limit, count, packed):
        raise WorkbookError(f"{subject} {words}")


def check_xml(data: bytes, subject: str) -> None:
    """Refuse XML that is damaged, or that declares entities (a few lines can unfold to gigabytes).

    Parameters
    ----------
    data : bytes
        A part.
    subject : str
        What the user knows it as.
    """

    def refuse(*_: object) -> None:
        raise WorkbookError(
            phrase(
                "{subject} declares a document type, which no workbook needs; it is not read",
                subject=subject,
            )
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise WorkbookError(
            phrase("{subject} is damaged ({error}); save the workbook again", subject=subject, error=error)
        ) from None


def tree(parts: Mapping[str, bytes], name: str) -> ElementTree.Element:
    """A part as elements."""
    if name not in parts:
        raise WorkbookError(phrase("this file has no {name}, so it is no workbook", name=name))
    check_xml(parts[name], phrase("the part {name}", name=name))
    return ElementTree.fromstring(parts[name])


def _workbook_part(parts: Mapping[str, bytes]) -> str:
    for relation in tree(parts, ROOT_RELATIONS):
        if relation.get("Type", "").endswith("/officeDocument"):
            return part_behind("", relation.get("Target", ""))
    raise WorkbookError(phrase("this file names no workbook inside, so it is none"))


def _worksheets(parts: Mapping[str, bytes], workbook_part: str, root: ElementTree.Element) -> Iterator[Sheet]:
    if root.tag not in {f"{{{namespace}}}workbook" for namespace in SHEET_NAMESPACES}:
        raise WorkbookError(phrase("this file is no .xlsx workbook (a .xlsb perhaps); save it as .xlsx"))
    folder = posixpath.dirname(workbook_part)
    relations = {relation.get("Id"): relation for relation in tree(parts, relations_of(workbook_part))}
    for sheet in every(root, "sheet"):
        title = sheet.get("name", "")
        identifier = next(
            (sheet.get(f"{{{space}}}id") for space in RELATIONSHIP_NAMESPACES if sheet.get(f"{{{space}}}id")),
            None,
        )
        relation = relations.get(identifier)
        if relation is None:
            raise WorkbookError(
                phrase(
                    'the sheet "{title}" is listed but not in the file; save the workbook again',
                    title=title,
                )
            )
        if not relation.get("Type", "").endswith(WORKSHEET):
            continue  # a chart sheet or a macro sheet has no cells to calculate
        part = part_behind(folder, relation.get("Target", ""))
        if part not in parts:
            raise WorkbookError(
                phrase(
                    'the sheet "{title}" is listed but not in the file; save the workbook again',
                    title=title,
                )
            )
        yield Sheet(title, part)


def relations_of(part: str) -> str:
    """Name of the part that says what a part refers to."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def related(parts: Mapping[str, bytes], part: str, kind: str) -> str | None:
    """The part that another refers to.

    Parameters
    ----------
    parts : mapping
        Content by part.
    part : str
        The part that refers.
    kind : str
        The kind of the relationship, told by the end of its name.
    """
    for relation in tree(parts, relations_of(part)):
        target = part_behind(posixpath.dirname(part), relation.get("Target", ""))
        if relation.get("Type", "").endswith(kind) and target in parts:
            return target
    return None


def with_relation(relations: bytes, identifier: str, kind: str, target: str) -> bytes:
    """A part of relationships with one more at its end.

    Parameters
    ----------
    relations : bytes
        The part as it is.
    identifier, kind, target : str
        What the relationship is called, what it means, and the part behind it.
    """
    attributes = f'Id="{identifier}" Type="{kind}" Target="{target}"'
    return _with_last(relations, "Relationships", f"Relationship {attributes}")


def with_content_type(content_types: bytes, part: str, kind: str) -> bytes:
    """The list of content types with that of one more part.

    Parameters
    ----------
    content_types : bytes
        The list as it is.
    part, kind : str
        The part, and what it holds.
    """
    return _with_last(content_types, "Types", f'Override PartName="/{part}" ContentType="{kind}"')


def _with_last(data: bytes, root: str, element: str) -> bytes:
    """A part with one more element at its end, under the prefix that its root has."""
    end = list(re.finditer(rb"</((?:[\w.-]+:)?)" + root.encode() + rb"\s*>", data))[-1]
    return data[: end.start()] + b"<" + end[1] + element.encode() + b"/>" + data[end.start() :]


def linked_files(book: Package) -> dict[str, str]:
    """The files that a workbook links to, by the number that stands for them in formulas."""
    root = tree(book.parts, book.workbook_part)
    folder = posixpath.dirname(book.workbook_part)
    links = [
        next(
            (link.get(f"{{{space}}}id") for space in RELATIONSHIP_NAMESPACES if link.get(f"{{{space}}}id")),
            "",
        )
        for link in every(root, "externalReference")
    ]
    if not links:
        return {}
    relations = {
        relation.get("Id"): relation for relation in tree(book.parts, relations_of(book.workbook_part))
    }
    targets = {}
    for number, link in enumerate(links, 1):
        part = part_behind(folder, relations[link].get("Target", "")) if link in relations else ""
        if relations_of(part) in book.parts:
            for relation in tree(book.parts, relations_of(part)):
                targets[str(number)] = unquote(relation.get("Target", ""))
    return targets


def part_behind(folder: str, target: str) -> str:
    """Name of a part behind a relationship, which counts from the folder of its source or from the root."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _names(root: ElementTree.Element, titles: list[str]) -> Iterator[Name]:
    for name in every(root, "definedName"):
        place = name.get("localSheetId")
        if place is not None and not re.fullmatch(r"\d{1,6}", place):
            raise WorkbookError(
                phrase(
                    'the name {name} belongs to a sheet of the number "{place}"; save the workbook again',
                    name=name.get("name", ""),
                    place=place[:20],
                )
            )
        sheet = titles[int(place)] if place is not None and int(place) < len(titles) else None
        yield Name(name.get("name", ""), "".join(name.itertext()), sheet)


def every(root: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    """All elements of a sheet or workbook that are called so, in either of the format's namespaces."""
    for namespace in SHEET_NAMESPACES:
        yield from root.iter(f"{{{namespace}}}{tag}")
