"""Reads the VBA of a file as [MS-OVBA] has it, without the library that writes ours."""

import io
import re
from zipfile import ZipFile

from olefile import OleFileIO

SIGNATURE = 0x01
STREAM = re.compile(
    rb"\x1a\x00(?P<size>.{4})(?P<rest>.*?)\x31\x00\x04\x00\x00\x00(?P<offset>.{4})", re.DOTALL
)


def modules(package: bytes) -> dict[str, str]:
    """The source of every module in the VBA project of a workbook, by its name."""
    with ZipFile(io.BytesIO(package)) as parts, OleFileIO(parts.read("xl/vbaProject.bin")) as project:
        sources = {}
        for record in STREAM.finditer(decompressed(project.openstream("VBA/dir").read())):
            name = record["rest"][: int.from_bytes(record["size"], "little")].decode("cp1252")
            stored = project.openstream(f"VBA/{name}").read()[int.from_bytes(record["offset"], "little") :]
            sources[name] = decompressed(stored).decode("cp1252")
        return sources


def decompressed(container: bytes) -> bytes:
    """What a compressed container holds, by section 2.4.1.3."""
    if container[0] != SIGNATURE:
        raise ValueError("no compressed container of VBA begins here")
    out, at = bytearray(), 1
    while at < len(container):
        header = int.from_bytes(container[at : at + 2], "little")
        end, at = at + (header & 0x0FFF) + 3, at + 2
        if header >> 15:
            _decompress(container[at:end], out)
        else:
            out += container[at:end]
        at = end
    return bytes(out)


def _decompress(chunk: bytes, out: bytearray) -> None:
    """Add what a chunk holds: letters, and copies of what came before them."""
    start, at = len(out), 0
    while at < len(chunk):
        flags, at = chunk[at], at + 1
        for bit in range(8):
            if at >= len(chunk):
                break
            if not flags >> bit & 1:
                out.append(chunk[at])
                at += 1
                continue
            token, at = int.from_bytes(chunk[at : at + 2], "little"), at + 2
            bits = max((len(out) - start - 1).bit_length(), 4)
            back, length = (token >> (16 - bits)) + 1, (token & (0xFFFF >> bits)) + 3
            for _ in range(length):
                out.append(out[-back])
