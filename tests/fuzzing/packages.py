"""Damage to workbooks: parts, their XML, and the archive around them."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from random import Random

from walkaway_xl.files.zips import EARLIEST_IN_A_ZIP, parts_of

Parts = list[tuple[str, bytes]]
VALUES = (
    "", " ", "x", "0", "-1", "1.5", "99999999999999999999", "1e400", "-1e308", "NaN", "INF", "TRUE", "A0",
    "ZZZZ1", "A1048577", "A1:", "$A$1", "rId99", "☃", "'", "#REF!", "../../etc/passwd", "9" * 5000, "_x0041_",
    "2026-11-30", "General", "s", "str", "inlineStr", "b", "e", "n", "d", "0" * 40 + "1",
)  # fmt: skip
FORMULAS = (
    "", "=", "1+", "SUM(", "A1:", "A1", "B2+1", "1/0", "[1]Sheet1!A1", "Nowhere!A1", "#REF!", "@A1",
    "{1,2;3}", "_x", 'INDIRECT("A1")', "WALKAWAY_PRICE(", "WALKAWAY_PRICE()", 'WALKAWAY_PRICE(1,"x")',
    "LAMBDA(x,x)(1)", "A:A", "1:1", "(" * 300 + "1" + ")" * 300, '"' + "x" * 9000 + '"',
    "IF(" * 70 + "1" + ")" * 70, "_xlfn.XLOOKUP(1,A1:A3,A1:A3)", "SEQUENCE(3)", 'REPT("x",40000)',
    "FIXED.ARRAY(1,1,1)", "TODAY()", "Deal!B2:B3 Deal!B3:B4", "1E+308*10", "-",
)  # fmt: skip
TAG = re.compile(rb"<[A-Za-z][^<>]*/?>")
ATTRIBUTE = re.compile(rb'[\w:]+="[^"<>]*"')
LEAF = re.compile(rb"<([\w:]+)(?:\s[^<>]*)?>([^<>]*)</\1>")
CELL_REFERENCE = re.compile(rb'(?<=\br=")[A-Z]+\d+(?=")')
TYPE = re.compile(rb'(?<=\bt=")\w+(?=")')
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def read(package: bytes) -> Parts:
    """The parts of a workbook that is whole."""
    return list(parts_of(package).items())


def archive(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of parts, of whose names some may stand in it twice."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as package:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, EARLIEST_IN_A_ZIP), content, method)
    return target.getvalue()


def _to_parts(damage: Callable[[Random, Parts], object]) -> Callable[[Random, bytes], bytes]:
    """Damage to the parts, as damage to the package."""

    def damaged(random: Random, package: bytes) -> bytes:
        parts = read(package)
        damage(random, parts)
        return archive(parts)

    damaged.__name__ = damage.__name__
    return damaged


def _to_xml(damage: Callable[[Random, bytes], bytes]) -> Callable[[Random, bytes], bytes]:
    """Damage to the text of one part, as damage to the package; what says most is chosen most."""

    def damaged(random: Random, package: bytes) -> bytes:
        parts = read(package)
        weights = [4 if re.search(r"worksheets/sheet|workbook\.xml|shared", name) else 1 for name, _ in parts]
        ((at, (name, content)),) = random.choices(list(enumerate(parts)), weights)
        parts[at] = name, damage(random, content)
        return archive(parts)

    damaged.__name__ = damage.__name__
    return damaged


def _one(random: Random, pattern: re.Pattern[bytes], text: bytes) -> re.Match[bytes] | None:
    places = list(pattern.finditer(text))
    return random.choice(places) if places else None


def _instead(text: bytes, place: re.Match[bytes], new: bytes, group: int = 0) -> bytes:
    return text[: place.start(group)] + new + text[place.end(group) :]


@_to_parts
def part_dropped(random: Random, parts: Parts) -> None:
    """A part is missing."""
    del parts[random.randrange(len(parts))]


@_to_parts
def part_doubled(random: Random, parts: Parts) -> None:
    """A part is there twice, the second with other content."""
    name, _ = random.choice(parts)
    parts.append((name, random.choice(parts)[1]))


@_to_parts
def part_cut(random: Random, parts: Parts) -> None:
    """A part ends early, or is empty."""
    at = random.randrange(len(parts))
    name, content = parts[at]
    parts[at] = name, content[: random.choice((0, random.randrange(len(content) + 1)))]


@_to_parts
def parts_exchanged(random: Random, parts: Parts) -> None:
    """Two parts have each other's content."""
    one, other = random.randrange(len(parts)), random.randrange(len(parts))
    (first, content), (second, others) = parts[one], parts[other]
    parts[one], parts[other] = (first, others), (second, content)


@_to_parts
def part_renamed(random: Random, parts: Parts) -> None:
    """A part has another name: in capitals, in another folder, or outside."""
    at = random.randrange(len(parts))
    name, content = parts[at]
    names = (
        name.upper(),
        f"../{name}",
        f"/{name}",
        name.replace("/", "\\"),
        f"{name}x",
        name.rpartition("/")[2],
    )
    parts[at] = random.choice(names), content


@_to_parts
def part_elsewhere(random: Random, parts: Parts) -> None:
    """A relationship leads elsewhere."""
    places = [at for at, (name, _) in enumerate(parts) if name.endswith(".rels")]
    at = random.choice(places)
    name, content = parts[at]
    if target := _one(random, re.compile(rb'(?<=Target=")[^"]*'), content):
        news = (
            b"",
            b"nowhere.xml",
            b"/xl/workbook.xml",
            b"../..",
            b"http://a.invalid/b",
            b"worksheets/sheet1.xml",
        )
        parts[at] = name, _instead(content, target, random.choice(news))


@_to_xml
def bits_flipped(random: Random, text: bytes) -> bytes:
    """Some bits of a part are other ones."""
    changed = bytearray(text)
    for _ in range(random.choice((1, 1, 3, 20)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


@_to_xml
def tag_dropped(random: Random, text: bytes) -> bytes:
    """A tag is missing."""
    place = _one(random, TAG, text)
    return _instead(text, place, b"") if place else text


@_to_xml
def tag_doubled(random: Random, text: bytes) -> bytes:
    """A tag or a whole element is there twice."""
    place = _one(random, random.choice((TAG, LEAF)), text)
    return _instead(text, place, place[0] * 2) if place else text


@_to_xml
def attribute_dropped(random: Random, text: bytes) -> bytes:
    """An attribute is missing."""
    place = _one(random, ATTRIBUTE, text)
    return _instead(text, place, b"") if place else text


@_to_xml
def attribute_replaced(random: Random, text: bytes) -> bytes:
    """An attribute has a value of another kind."""
    place = _one(random, re.compile(rb'(?<==")[^"<>]*(?=")'), text)
    return _instead(text, place, random.choice(VALUES).encode()) if place else text


@_to_xml
def content_replaced(random: Random, text: bytes) -> bytes:
    """An element holds a value of another kind."""
    place = _one(random, LEAF, text)
    return _instead(text, place, random.choice(VALUES).encode(), 2) if place else text


@_to_xml
def formula_replaced(random: Random, text: bytes) -> bytes:
    """A formula or a name is another one."""
    place = _one(random, re.compile(rb"<(?:f|definedName|formula1)\b[^<>]*>([^<>]+)<"), text)
    return _instead(text, place, random.choice(FORMULAS).replace("<", "&lt;").encode(), 1) if place else text


@_to_xml
def cell_elsewhere(random: Random, text: bytes) -> bytes:
    """A cell says that it is another one."""
    place, other = _one(random, CELL_REFERENCE, text), _one(random, CELL_REFERENCE, text)
    if not place or not other:
        return text
    return _instead(text, place, random.choice((other[0], b"A1", b"ZZ50", b"A0", b"1A", b"XFE1", b"a1", b"")))


@_to_xml
def type_replaced(random: Random, text: bytes) -> bytes:
    """A cell says that it holds something else."""
    place = _one(random, TYPE, text)
    return (
        _instead(text, place, random.choice((b"s", b"n", b"b", b"e", b"str", b"inlineStr", b"d", b"q")))
        if place
        else text
    )


@_to_xml
def entities_declared(random: Random, text: bytes) -> bytes:
    """A part declares entities, and has one in place of a value."""
    place = _one(random, LEAF, text)
    if not place:
        return text
    head, _, rest = _instead(text, place, b"&b;", 2).partition(b"?>")
    return head + b"?>" + DOCTYPE + rest


@_to_xml
def encoding_replaced(random: Random, text: bytes) -> bytes:
    """A part is in another encoding, or says so."""
    said = random.choice((b"utf-16", b"latin-1", b"ascii", b"nonsense", b"utf-7"))
    text = re.sub(rb"(?i)utf-8", said, text, count=1)
    return text.decode("utf-8", "replace").encode("utf-16") if random.random() < 0.3 else text


def package_cut(random: Random, package: bytes) -> bytes:
    """The archive ends early."""
    return package[: random.randrange(len(package))]


def package_flipped(random: Random, package: bytes) -> bytes:
    """Some bits of the archive are other ones, mostly in its list."""
    changed = bytearray(package)
    list_from = package.rfind(b"PK\x01\x02", 0, max(package.find(b"PK\x01\x02") + 1, len(package) - 400))
    for _ in range(random.choice((1, 2, 8))):
        first = random.choice((0, max(list_from, 0)))
        changed[random.randrange(first, len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def package_extended(random: Random, package: bytes) -> bytes:
    """Something stands before or behind the archive."""
    junk = random.randbytes(random.choice((1, 100, 70000)))
    return random.choice((junk + package, package + junk, package[::-1], junk, b""))


def stored_otherwise(random: Random, package: bytes) -> bytes:
    """The same parts, in another order and compression, beside one that nobody knows."""
    parts = read(package)
    first, rest = parts[:1], parts[1:]
    random.shuffle(rest)
    method = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    return archive([*first, *rest, ("custom/nobody_knows.bin", b"\0\1\2")], method)


DAMAGE = (
    part_dropped, part_doubled, part_cut, parts_exchanged, part_renamed, part_elsewhere, bits_flipped,
    tag_dropped, tag_doubled, attribute_dropped, attribute_replaced, attribute_replaced, content_replaced,
    formula_replaced, cell_elsewhere, type_replaced, entities_declared, encoding_replaced, package_cut,
    package_flipped, package_extended,
)  # fmt: skip
HARMLESS = (stored_otherwise,)
