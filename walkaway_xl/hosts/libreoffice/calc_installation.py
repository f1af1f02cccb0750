"""LibreOffice: finding it, and putting the extension into a user's profile or taking it away."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from walkaway_xl import files
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.hosts import question
from walkaway_xl.hosts.libreoffice.extension import extension
from walkaway_xl.hosts.libreoffice.host import FILE, PROGRAM
from walkaway_xl.hosts.libreoffice.interface import IDENTIFIER
from walkaway_xl.installation.steps import (
    DeleteFile,
    InstallationError,
    RunProgram,
    Step,
    Undo,
    WriteFile,
    run,
)

OLDEST_PYTHON = (3, 11)
PLACES = (  # where the installers of Windows and macOS put it
    Path("C:/Program Files/LibreOffice/program"),
    Path("C:/Program Files (x86)/LibreOffice/program"),
    Path("/Applications/LibreOffice.app/Contents/MacOS"),
)
PIPE = "_SingleOfficeIPC_"  # in the name of the pipe through which a LibreOffice takes calls while it runs
PIPE_FOLDERS = (Path("/tmp"), Path("/var/tmp"))
WRITTEN = ("", "user", "user/extensions", "user/uno_packages/cache")  # where in a profile unopkg writes
DAMAGED = later(
    "LibreOffice's list of your extensions is damaged; start LibreOffice in Safe Mode (soffice --safe-mode) "
    "and uninstall all user extensions there, then run this again"
)
REMEDIES = {  # by what unopkg says
    "write permissions": later(
        "you have no permission to write to LibreOffice's profile in your home folder; "
        "allow it, then run this again"
    ),
    "a folder could not be created": later(
        "LibreOffice cannot make its profile in your home folder; allow writing there, then run this again"
    ),
    "lock file": later(
        "another user or computer keeps LibreOffice's profile locked; if no LibreOffice is open "
        "there, delete the file .lock in the profile, then run this again"
    ),
    "Error binding package": DAMAGED,
    "backend db": DAMAGED,
    "No module named 'numpy": later(
        "LibreOffice's Python has no whole NumPy; install it there again, on Debian "
        "and Ubuntu as the package python3-numpy, then run this again"
    ),
}
# The current folder is left out, which -P would do for new Pythons only; the version comes first, so that an
# old one says so. numpy alone would be found even in an empty folder that a removal has left.
ASKED = """import sys
sys.path[:] = filter(None, sys.path)
print("\\n", *sys.version_info[:2], flush=True)
import uno, numpy.typing"""


def program(name: str) -> str | None:
    """Path of one of LibreOffice's programs, as soffice or unopkg; None if there is none."""
    path = shutil.which(name)
    if path is None or not Path(path).is_absolute():  # one of the current folder, which may be anybody's
        path = next((str(place / name) for place in PLACES if (place / name).exists()), None)
        path = path or next(
            (str(place / f"{name}.exe") for place in PLACES if (place / f"{name}.exe").exists()), None
        )
    return path


def is_here() -> bool:
    """Whether there is a LibreOffice on this machine."""
    return program("soffice") is not None


def python() -> str:
    """The Python that LibreOffice runs: its own if it has one, else the system's."""
    soffice = program("soffice")
    if soffice is not None:
        for name in ("python.exe", "python"):
            own = Path(soffice).resolve().parent / name
            if own.exists():
                return str(own)
    return "/usr/bin/python3"


def python_trouble() -> str | None:
    """What keeps LibreOffice's Python from running our functions, with the remedy; None if nothing does."""
    path = python()
    try:
        done = subprocess.run(
            [path, "-c", ASKED],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
            env=environment(),
        )
    except OSError:
        return phrase(
            "{path}, which LibreOffice runs, was not found; install the package python3-uno", path=path
        )
    numbers = done.stdout.split()[-2:]  # before them may stand what a user's own start-up says
    version = tuple(map(int, numbers)) if all(map(str.isdigit, numbers)) else ()
    if version and version < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        return phrase(
            "LibreOffice runs Python {version}; a newer LibreOffice has {needed}",
            version=".".join(map(str, version)),
            needed=needed,
        )
    if done.returncode:
        message = (done.stderr.strip().splitlines() or [""])[-1]
        if "uno" in message:
            return phrase("LibreOffice cannot run Python; install the package python3-uno")
        if "numpy" in message:
            missing = message.endswith("No module named 'numpy'")
            if path.startswith("/usr/bin"):
                return (
                    phrase("LibreOffice's Python has no NumPy; install the package python3-numpy")
                    if missing
                    else phrase(
                        "LibreOffice's Python has no whole NumPy; reinstall the package python3-numpy"
                    )
                )
            command = f"{path} -P -m pip install {'' if missing else '--force-reinstall '}numpy"
            return (
                phrase("LibreOffice's Python has no NumPy; run {command}", command=command)
                if missing
                else phrase("LibreOffice's Python has no whole NumPy; run {command}", command=command)
            )
        return phrase("{path} fails: {message}", path=path, message=message)
    return None


def environment() -> dict[str, str]:
    """Environment for LibreOffice's programs: the Python of a virtual environment would get in their way."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    ours = str(Path(sys.prefix))
    folders = [folder for folder in kept.get("PATH", "").split(os.pathsep) if not folder.startswith(ours)]
    # unopkg fails where TMPDIR names no folder; Python has found one.
    return kept | {"PATH": os.pathsep.join(folders), "TMPDIR": tempfile.gettempdir()}


def shown_by_calc() -> str:
    """What a person would see in a headless Calc with their own settings; "" if it opens no workbook."""
    soffice = program("soffice")
    assert soffice is not None
    with tempfile.TemporaryDirectory(dir=files.scratch_folder()) as folder:
        book = Path(folder) / "question.xlsx"
        book.write_bytes(question.workbook())
        subprocess.run(
            [soffice, "--headless", "--convert-to", "csv", "--outdir", folder, str(book)],
            capture_output=True,
            timeout=120,
            check=False,
            env=environment(),
        )
        sheet = book.with_suffix(".csv")
        return sheet.read_text("utf-8", errors="replace").strip() if sheet.exists() else ""


def locked() -> str | None:
    """What keeps us out of this user's LibreOffice, with the remedy; None if nothing does."""
    for lock in (profile / ".lock" for profile in _profiles()):
        if lock.exists():
            if _takes_calls():
                return phrase(
                    "{program} is running; close all its windows, or delete {lock} if there are none",
                    program=PROGRAM,
                    lock=lock,
                )
            if "IPCServer=true" not in lock.read_text(errors="replace").splitlines():
                return phrase(
                    "{lock} says that extensions are being installed; if no {program} is open, "
                    "delete that file",
                    lock=lock,
                    program=PROGRAM,
                )
            # Left over from a crash; LibreOffice itself passes over it.
    return None


def is_installed() -> bool:
    """Whether the extension is among this user's.

    Raises
    ------
    InstallationError
        It is not known: LibreOffice cannot read its list, or unopkg may not be asked.
    """
    listed = f"Identifier: {IDENTIFIER}\n" in run((_unopkg(), "list"), environment(), REMEDIES)
    if not listed and any(IDENTIFIER.encode() in database.read_bytes() for database in _databases()):
        raise InstallationError(DAMAGED)
    return listed


def installing() -> Iterable[Step]:
    """Plan of the installation for this user."""
    unopkg = _unopkg()
    trouble = python_trouble()
    if trouble is not None:
        raise InstallationError(f"{PROGRAM}: {trouble}")
    source = files.scratch_folder() / "extension" / FILE
    remove = (unopkg, "remove", IDENTIFIER)
    yield WriteFile(source, extension())
    yield RunProgram(
        phrase("add the extension to {program}", program=PROGRAM),
        (unopkg, "add", "--force", str(source)),
        () if is_installed() else remove,  # an older one is better than none
        environment(),
        REMEDIES,
    )
    yield DeleteFile(source)


def removing() -> Iterable[Step]:
    """Plan of the removal for this user; empty if there is nothing to remove."""
    if is_installed():
        remove = (_unopkg(), "remove", IDENTIFIER)
        yield RunProgram(
            phrase("remove the extension from {program}", program=PROGRAM),
            remove,
            (),
            environment(),
            REMEDIES,
        )
        yield Forget()


class Forget:
    """Make sure that the extension is gone, and delete the copies that LibreOffice forgets."""

    words = phrase("delete what {program} has left of it", program=PROGRAM)

    def carry_out(self) -> Undo:
        if is_installed():
            raise InstallationError(
                phrase("the extension is still installed; remove it under Tools > Extensions")
            )
        for profile in _profiles():
            for copy in (profile / "user/extensions/tmp/extensions").glob(f"*/{FILE}"):
                shutil.rmtree(copy.parent, ignore_errors=True)
        return lambda: None


def _unopkg() -> str:
    unopkg = program("unopkg")
    if unopkg is None:
        raise InstallationError(
            phrase("{program} was not found; install it, then run this again", program=PROGRAM)
        )
    if sys.platform != "win32" and os.geteuid() == 0:
        raise InstallationError(
            phrase(
                "{program} takes extensions from ordinary users only; run this without sudo",
                program=PROGRAM,
            )
        )
    lock = locked()
    if lock is not None:
        raise InstallationError(phrase("{lock}, then run this again", lock=lock))
    for folder in (profile / name for profile in _profiles() for name in WRITTEN):
        # unopkg sees no extensions then, and says nothing.
        if folder.exists() and not os.access(folder, os.W_OK):
            raise InstallationError(
                phrase(
                    (
                        "you have no permission to write to {folder}, where {program} keeps your "
                        "extensions; allow it, then run this again"
                    ),
                    folder=folder,
                    program=PROGRAM,
                )
            )
    return unopkg


def _takes_calls() -> bool:
    """Whether any LibreOffice of this user runs; on Windows, of any user."""
    if sys.platform == "win32":
        try:
            return any(PIPE in name for name in os.listdir("//./pipe/"))  # noqa: PTH208 (no folder of files)
        except OSError:
            return True  # a lock is all that we know then
    pipes = [pipe for folder in PIPE_FOLDERS for pipe in folder.glob(f"OSL_PIPE_{os.getuid()}{PIPE}*")]
    return any(map(_is_answered, pipes))


def _is_answered(pipe: Path) -> bool:
    """Whether a program listens at a pipe, which a crash leaves behind; LibreOffice ignores an empty call."""
    with socket.socket(socket.AF_UNIX) as call:
        call.settimeout(1)
        return call.connect_ex(str(pipe)) in (0, errno.EAGAIN)  # the second: too many call at once


def _databases() -> Iterable[Path]:
    """The files in which LibreOffice keeps the names of extensions."""
    databases = (profile / "user/uno_packages/cache/uno_packages.pmap" for profile in _profiles())
    return (database for database in databases if database.exists())


def _profiles() -> Iterable[Path]:
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    yield (config if config.is_dir() else home / ".config") / "libreoffice" / "4"
    yield home / "Library" / "Application Support" / "LibreOffice" / "4"
    if "APPDATA" in os.environ:
        yield Path(os.environ["APPDATA"]) / "LibreOffice" / "4"
