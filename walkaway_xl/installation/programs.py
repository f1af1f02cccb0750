"""The spreadsheet programs that the functions can be installed into."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from walkaway_xl.core.errors import InputError
from walkaway_xl.hosts.excel_vba import addin
from walkaway_xl.hosts.libreoffice.extension import extension
from walkaway_xl.installation import excel, libreoffice
from walkaway_xl.installation.plan import Step


class Program(NamedTuple):
    """A program: what it takes, whether it is here, and the plans to install and to leave nothing behind."""

    title: str
    file: str
    make: Callable[[], bytes]
    is_here: Callable[[], bool]
    installing: Callable[[], Iterable[Step]]
    removing: Callable[[], Iterable[Step]]


PROGRAMS: Mapping[str, Program] = {
    "libreoffice": Program(
        libreoffice.NAME,
        libreoffice.FILE,
        extension,
        libreoffice.is_here,
        libreoffice.installing,
        libreoffice.removing,
    ),
    "excel": Program(excel.NAME, addin.FILE, excel.portable, excel.is_here, excel.installing, excel.removing),
}


def chosen(name: str | None) -> list[Program]:
    """The program of that name, or all that are here.

    Raises
    ------
    InputError
        There is no program of that name, or none is here.
    """
    if name is None:
        return [program for program in PROGRAMS.values() if program.is_here()]
    if name not in PROGRAMS:
        raise InputError("program", f"be {' or '.join(PROGRAMS)}", got=name)
    return [PROGRAMS[name]]
