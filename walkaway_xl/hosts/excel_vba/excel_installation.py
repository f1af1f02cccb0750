"""Excel on Windows: what must be there, and putting the add-in among a user's own or taking it away."""

import itertools
import os
import re
import site
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath

from walkaway_xl import __version__
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.contract import Offered
from walkaway_xl.hosts.excel_vba import policies
from walkaway_xl.hosts.excel_vba.addin_file import (
    NOBODY,
    Header,
    Installed,
    Python,
    addin,
    installed,
)
from walkaway_xl.hosts.excel_vba.host import FILE, PROGRAM, WITHOUT_ADDIN
from walkaway_xl.hosts.excel_vba.signing import is_signed, signing
from walkaway_xl.installation.registry import Registry, SetValue, Value, WindowsRegistry
from walkaway_xl.installation.steps import (
    DeleteFile,
    InstallationError,
    Note,
    RunProgram,
    Step,
    WriteFile,
    run,
)
from walkaway_xl.pip_commands import reinstall

OLDEST = 16  # Excel 2016; newer ones call themselves 16, too
EXCEL = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Excel"
OPTIONS = rf"{EXCEL}\Options"
SHELL_FOLDERS = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders"
DISABLED = rf"{EXCEL}\Resiliency\DisabledItems"
MANAGER = rf"{EXCEL}\Add-in Manager"  # what the list of add-ins offers unticked
APP_PATH = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
NEWEST = r"HKEY_CLASSES_ROOT\Excel.Application\CurVer"
BITS = {0x14C: 32, 0x8664: 64}  # of a program, by the machine in its header
OURS = struct.calcsize("P") * 8  # bits of this Python; Excel may have others
ANSI = "mbcs"  # what xlwings' library reads the path of Python in
CLOUDS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
NEEDED = {"win32com": "pywin32", "pyopenvba": "pyopenvba"}  # modules, by the package's name


def registry() -> Registry:
    """The registry of this machine."""
    if sys.platform != "win32":
        raise InstallationError(
            phrase(
                "{program} takes this add-in on Windows; docs/installing.md says what else there is",
                program=PROGRAM,
            )
        )
    return WindowsRegistry()


def portable(templates: Iterable[Offered]) -> bytes:
    """The add-in for no machine yet: on Windows it starts this Python, elsewhere none."""
    return addin(templates, this_python() if sys.platform == "win32" else NOBODY)


def for_this_python(templates: Iterable[Offered], header: Header = Header.SPECIFIED) -> bytes:
    """The add-in for this machine, with one of the headers that its VBA may have."""
    return addin(templates, this_python(), header)


def is_here() -> bool:
    """Whether there is an Excel on this machine."""
    return sys.platform == "win32" and program() is not None


def program() -> Path | None:
    """Path of Excel, None if it is not installed."""
    path = os.path.expandvars(_text(APP_PATH)).strip('"')
    return Path(path) if path and Path(path).is_file() else None


def _text(key: str) -> str:
    """What a key itself says; nothing if it says no text."""
    value = registry().read(key, "")
    return value.data if value is not None and isinstance(value.data, str) else ""


def file() -> Path:
    """Where the add-in lies: the folder whose files Excel opens as it starts, and trusts."""
    return _roaming() / "Excel" / "XLSTART" / FILE


def listed_file() -> Path:
    """Where it lies by choice: the folder of a user's own add-ins, of which Excel opens those it lists."""
    return _roaming() / "AddIns" / FILE


def _roaming() -> Path:
    """A user's own folder of Office, from the registry: the environment may come in another code page."""
    value = registry().read(SHELL_FOLDERS, "AppData")
    roaming = value.data if value is not None else os.environ.get("APPDATA")
    return Path(roaming or Path.home() / "AppData" / "Roaming") / "Microsoft"


def this_python() -> Python:
    """The Python of this environment, as the add-in starts it."""
    return Python(sys.executable, str(Path(library(OURS)).parent))


def trouble() -> str | None:
    """What keeps this Excel and this Python from each other, with the remedy; None if nothing does."""
    excel = program()
    if excel is None:
        return phrase("Excel was not found; install it, then run this again")
    digits = re.search(r"\d+$", _text(NEWEST))
    if digits is None:
        return phrase(
            "Windows does not know the version of this Excel; repair Office in the settings, under Apps"
        )
    if int(digits[0]) < OLDEST:
        return phrase("this Excel is older than Excel 2016; walkaway-xl calc calculates workbooks without it")
    for module, package in NEEDED.items():
        if find_spec(module) is None:
            return phrase(
                "this Python has no {package}; run {command}", package=package, command=reinstall(package)
            )
    for bits in (_bits(excel), OURS):
        if not library(bits).is_file():
            return phrase(
                "there is no {library}, through which a {bits}-bit Excel starts Python; run {command}",
                library=library(bits),
                bits=bits,
                command=reinstall("xlwings"),
            )
    try:
        sys.executable.encode(ANSI)
    except UnicodeEncodeError:
        return phrase(
            "the path {path} has letters that Windows does not know in its own language; move this folder "
            "to one without them, as C:\\walkaway, then run python install.py there",
            path=sys.executable,
        )
    return None


def fault() -> str | None:
    """What is installed otherwise than `installing` leaves it, None if nothing is."""
    places = [path for path in (file(), listed_file()) if path.exists()]
    is_listed = any(_names_us(value) for value in _opened(registry()).values())
    if not places:
        return phrase("the add-in is not installed")
    if len(places) > 1 or (is_listed and places == [file()]):
        return phrase("Excel opens the add-in twice, from XLSTART and from its list of add-ins")
    if places == [listed_file()] and not is_listed:
        return phrase("the add-in is there, but Excel does not open it")
    settings = installed(places[0])
    if settings is None:
        return phrase("the add-in {file} is damaged", file=places[0])
    stale = _stale(settings)
    if stale is not None:
        return stale
    if any(_names_us(registry().read(DISABLED, name)) for name in registry().names(DISABLED)):
        return phrase("Excel has switched the add-in off after it crashed")
    return None


def _stale(before: Installed) -> str | None:
    """What has changed on this machine since the add-in was assembled, None if nothing has."""
    now = Installed(this_python(), __version__, xlwings_version())
    if before.version != now.version:
        return phrase(
            "the add-in is of version {theirs} of walkaway_xl, and this is {ours}",
            theirs=before.version,
            ours=now.version,
        )
    if before.python.interpreter != now.python.interpreter:
        return phrase("the add-in starts another Python, {path}", path=before.python.interpreter or "–")
    if before != now:
        return phrase(
            "the add-in was made for xlwings {theirs}, and this Python has {ours}",
            theirs=f"{before.xlwings} ({before.python.folder})",
            ours=f"{now.xlwings} ({now.python.folder})",
        )
    return None


def forbidden(*, will_be_signed: bool = False) -> list[str]:
    """What the rules of this machine forbid the add-in, in words."""
    place = listed_file() if listed_file().exists() and not file().exists() else file()
    try:
        signed = will_be_signed or is_signed(place)
        words = policies.forbidden(registry(), place, is_trusted_place=place == file(), is_signed=signed)
        return list(words)
    except PermissionError:
        return [phrase("Windows does not let this account read the policies of Office and Defender; ask IT")]


def installing(
    templates: Iterable[Offered], *, listed: bool = False, certificate: str | None = None
) -> Iterable[Step]:
    """Plan of the installation for this user.

    Parameters
    ----------
    templates : iterable of Offered
        The kinds of workbook that the ribbon offers.
    listed : bool
        Whether the add-in goes to the folder AddIns and into Excel's list, instead of XLSTART.
    certificate : str, optional
        A certificate of the user's store with which the add-in is signed: its thumbprint or subject.
    """
    obstacle = trouble()
    if obstacle is not None:
        raise InstallationError(f"{PROGRAM}: {obstacle}")
    _refuse_running()
    place, other = (listed_file(), file()) if listed else (file(), listed_file())
    signed = [] if certificate is None else [signing(place, certificate)]
    for path in (sys.executable, place):
        for cloud in CLOUDS:
            if cloud in os.environ and Path(path).is_relative_to(os.environ[cloud]):
                yield Note(
                    phrase(
                        "warn that {path} lies in {cloud}, which may take files away; keep it elsewhere",
                        path=path,
                        cloud=cloud,
                    )
                )
                break
    if PureWindowsPath(place).drive.startswith("\\\\"):
        yield Note(
            phrase(
                "warn that {path} lies on a network, which Excel trusts only where IT allows trusted "
                "locations there",
                path=place,
            )
        )
    for words in forbidden(will_be_signed=certificate is not None):
        yield Note(
            phrase("warn: {words}; what works then: {others}", words=words, others=phrase(WITHOUT_ADDIN))
        )
    yield WriteFile(place, addin(templates, this_python()))
    if other.exists():
        yield DeleteFile(other)
    yield _server_asked()
    yield RunProgram(
        phrase("let Excel, if it can be opened unseen, store the help of the functions, and ask it, too"),
        _ours("excel_session", str(place)),
    )
    yield from signed  # Excel drops a signature as it saves
    hive = registry()
    for name in hive.names(DISABLED):
        if _names_us(hive.read(DISABLED, name)):
            yield SetValue(hive, DISABLED, name, None)
    yield from _opening(hive, Value(f'/R "{place}"') if listed else None)


def _server_asked() -> RunProgram:
    return RunProgram(
        phrase("start Python as the add-in does, and ask it"),
        _ours("excel_server", str(library(OURS)), sys.executable),
    )


def _ours(program: str, *arguments: str) -> tuple[str, ...]:
    """The command of a program of this package; nothing in the folder that we happen to be in is run."""
    return (sys.executable, "-P", "-m", f"{__package__}.{program}", *arguments)


def ask_server() -> None:
    """Start Python as the add-in does and ask it; raises InstallationError if the answer does not come."""
    run(_server_asked().command)


def removing() -> Iterable[Step]:
    """Plan of the removal for this user."""
    hive = registry()
    _refuse_running()
    yield from _opening(hive, None)
    for key in (MANAGER, DISABLED):
        for name in hive.names(key):
            if _names_us(Value(name)) or _names_us(hive.read(key, name)):
                yield SetValue(hive, key, name, None)
    for path in (file(), listed_file()):
        if path.exists():
            yield DeleteFile(path)


def library(bits: int) -> Path:
    """xlwings' library through which an Excel of so many bits starts Python."""
    name = f"xlwings{bits}-{xlwings_version()}.dll"
    places = (sys.prefix, sys.base_prefix, site.getuserbase())
    return next(
        (Path(place) / name for place in places if (Path(place) / name).is_file()), Path(sys.prefix) / name
    )


def xlwings_version() -> str:
    """The version of xlwings that this Python has."""
    try:
        return version("xlwings")
    except PackageNotFoundError:
        raise InstallationError(
            phrase("this Python has no xlwings; run {reinstall}", reinstall=reinstall("xlwings"))
        ) from None


def _bits(path: Path) -> int:
    """Whether a program of Windows is of 32 or 64 bits, by its header; one that hides it is as our Python."""
    try:
        with path.open("rb") as opened:
            head = opened.read(0x40)
            opened.seek(struct.unpack_from("<I", head, 0x3C)[0] + 4)  # behind the mark PE
            return BITS.get(struct.unpack("<H", opened.read(2))[0], OURS)
    except (OSError, struct.error):
        return OURS


def is_running() -> bool:
    """Whether an Excel is open."""
    # By its path: for a bare name Windows looks into the current folder first.
    tasklist = Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "tasklist.exe")
    asked = (str(tasklist), "/FI", "IMAGENAME eq EXCEL.EXE", "/NH")
    done = subprocess.run(asked, capture_output=True, check=False)  # it speaks in a code page of its own
    return b"EXCEL.EXE" in done.stdout.upper()


def _refuse_running() -> None:
    """An Excel that is open would write its own list of add-ins over ours when it ends."""
    if is_running():
        raise InstallationError(
            phrase("{program} is running; close all its windows, then run this again", program=PROGRAM)
        )


def _opened(hive: Registry) -> dict[str, Value | None]:
    """What Excel's options list as add-ins to open: OPEN, OPEN1, OPEN2, up to the first gap."""
    names = {name.upper() for name in hive.names(OPTIONS)}
    return {name: hive.read(OPTIONS, name) for name in itertools.takewhile(names.__contains__, _lines())}


def _lines() -> Iterator[str]:
    return itertools.chain(("OPEN",), map("OPEN{}".format, itertools.count(1)))


def _opening(hive: Registry, ours: Value | None) -> Iterator[SetValue]:
    """List our add-in in one line, or in none; what others list moves up, as Excel reads to the first gap."""
    listed = _opened(hive)
    places = [place for place, value in enumerate(listed.values()) if _names_us(value)]
    values = [value for value in listed.values() if not _names_us(value)]
    if ours is not None:
        values.insert(places[0] if places else len(values), ours)
    for name in hive.names(OPTIONS):
        behind_a_gap = re.fullmatch(r"OPEN\d*", name.upper()) and name.upper() not in listed
        if behind_a_gap and _names_us(hive.read(OPTIONS, name)):
            yield SetValue(hive, OPTIONS, name, None)
    for name, value in zip(_lines(), itertools.chain(values, itertools.repeat(None)), strict=False):
        if name not in listed and value is None:
            return
        if listed.get(name) != value:
            yield SetValue(hive, OPTIONS, name, value)


def _names_us(value: Value | None) -> bool:
    """Whether a value of the registry speaks of our file; some are texts inside bytes."""
    if value is None:
        return False
    content = value.data.decode("utf-16-le", "ignore") if isinstance(value.data, bytes) else str(value.data)
    paths = (text.removeprefix("/R").strip(' "') for text in content.split("\0"))
    return any(PureWindowsPath(path).name.lower() == FILE for path in paths)
