"""How the XML of a part is written, as far as it could hide something from being counted, or from an end.

Parsers that read a part piece by piece begin a tag again with each piece until it is whole; so a long one
takes them the square of its length. What no program writes, though XML allows it, is refused: it would be
counted otherwise than it is read.
"""

import re

from walkaway_xl.core.phrasing import phrase

XML = (".xml", ".rels")  # endings of parts that are XML, as every program writes them
PICTURES = (".svg", ".vml")  # are XML, too, and may declare what they like: nothing of ours reads them
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
MARK = b"\xef\xbb\xbf"
BLANKS = b" \t\r\n"
BLOCK = 128 << 10  # bytes: in each of a part of many tags there is one that begins
TAG = re.compile(rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>?""")
TEXT = b"<![CDATA["  # is handed over piece by piece
REMARKS = ((b"<!--", b"-->"), (b"<?", b"?>"))
DATA = re.compile(rb"sheetData(?<=[<:]sheetData)[\s/>]")
CODES = re.compile(rb"""\s(?:r|ref|min|max)\s*=\s*["'][^"'<>&]*&#""")


def is_xml(name: str, data: bytes) -> bool:
    """Whether a part may be read as XML, whatever it is called."""
    return name.lower().endswith(XML) or data[: 1 << 10].removeprefix(MARK).lstrip(BLANKS).startswith(
        (b"<", *UTF_16)
    )


def longest(data: bytes) -> tuple[int, int]:
    """Bytes of the longest tag, remark or instruction, and of the longest text; of two blocks and more."""
    tag_bytes, text_bytes, place = 0, 0, 0
    while place < len(data):
        if data.find(b"<", place, place + BLOCK) < 0:
            begin = max(0, data.rfind(b"<", 0, place))
            end = data.find(b"<", place + BLOCK)
            end = end if end >= 0 else len(data)
            is_text = data.startswith(TEXT, begin)
            tag = 0 if is_text or not (whole := TAG.match(data, begin)) else len(whole[0])
            tag_bytes, text_bytes = max(tag_bytes, tag), max(text_bytes, end - begin - tag)
            place = end
        else:
            place += BLOCK
    for opening, closing in REMARKS:
        place = data.find(opening)
        while place >= 0:
            end = data.find(closing, place + len(opening))
            end = end + len(closing) if end >= 0 else len(data)
            tag_bytes = max(tag_bytes, end - place)
            place = data.find(opening, end)
    return tag_bytes, text_bytes


def beginnings(data: bytes) -> int:
    """How often the cells of a sheet begin, remarks included."""
    tags = (data.rfind(b"<", 0, name.end()) for name in DATA.finditer(data))
    return sum(data[tag + 1 : tag + 2] != b"/" for tag in tags)  # with a prefix, an end looks alike


def oddity(data: bytes, beginnings: int) -> str:
    """What no program writes in a sheet, and cannot be counted, as a clause about it; or nothing."""
    if data.startswith(UTF_16):
        return phrase("is not written in UTF-8; save the workbook again")
    if beginnings > 1:
        return phrase("begins its cells twice, as no program does; save the workbook again")
    if b"&#" in data and CODES.search(data):
        return phrase("writes the place of a cell in codes, as no program does; save the workbook again")
    return ""
