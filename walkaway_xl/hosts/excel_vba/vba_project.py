"""The VBA project as its specification asks for it: source alone, nothing compiled, a name of its own.

[MS-OVBA] 2.3.4.1 has a writer state version 0xFFFF and leave the performance cache out, and its example 3.1.1
shows just that; 2.3.4.3 lets the source of a module begin at its first byte. An Excel of the
version that is stated may take the cache for the program (1.6): one that fits no source is worse than none.
"""

from typing import Any

NAME = "WalkawayXL"
BLANK_NAME = "VBAProject"  # what Excel calls every new project, so that two in one Excel look alike
# The two reserved bytes at the end may be anything; these are the example's.
HEADER = b"\xcc\x61" + b"\xff\xff" + b"\x00" + b"\x01\x00"
PROJECT_NAME = 0x0004  # the record of that name in the stream `dir`


def with_document(project: bytes, name: str) -> bytes:
    """A project in which a module is that of a sheet; the library has written it as a class.

    Parameters
    ----------
    project : bytes
        The part vbaProject.bin.
    name : str
        The module, which is also the sheet's code name.
    """
    from pyopenvba.cfb import CFB

    container = CFB.from_bytes(project)
    listed = container.get_stream("PROJECT")
    of_a_sheet = _replaced(listed, f"\nClass={name}\r", f"\nDocument={name}/&H00000000\r")
    container.write_stream("PROJECT", of_a_sheet)
    written: bytes = container.to_bytes()
    return written


def as_specified(project: bytes) -> bytes:
    """A project that pyOpenVBA has written, without what a compiler left in the blank it began with.

    Parameters
    ----------
    project : bytes
        The part vbaProject.bin.
    """
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import compress, parse_vba_project, rebuild_module_stream, serialize_dir_stream

    container = CFB.from_bytes(project)
    parsed = parse_vba_project(container)
    for module in parsed.modules:
        source = rebuild_module_stream(module, parsed.code_page)
        container.write_stream_in_storage("VBA", module.stream_name, source)
        module.text_offset = 0
    _rename(parsed)
    container.write_stream_in_storage("VBA", "dir", compress(serialize_dir_stream(parsed)))
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", HEADER)
    listed = container.get_stream("PROJECT")
    container.write_stream("PROJECT", _replaced(listed, *(f'\nName="{name}"' for name in (BLANK_NAME, NAME))))
    written: bytes = container.to_bytes()
    return written


def _rename(parsed: Any) -> None:
    """Give the project its name in the stream that lists the modules."""
    before, after = (
        PROJECT_NAME.to_bytes(2, "little") + len(name).to_bytes(4, "little") + name.encode("ascii")
        for name in (BLANK_NAME, NAME)
    )
    parsed.dir_raw = _replaced(parsed.dir_raw, before, after)
    parsed.dir_modules_offset += len(after) - len(before)


def _replaced(content: bytes, before: str | bytes, after: str | bytes) -> bytes:
    old, new = (text if isinstance(text, bytes) else text.encode("ascii") for text in (before, after))
    if content.count(old) != 1:
        raise ValueError(f"the project does not hold {before!r} once")
    return content.replace(old, new)
