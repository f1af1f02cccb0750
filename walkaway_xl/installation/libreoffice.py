"""LibreOffice: finding it, and putting the extension into a user's profile or taking it away."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from walkaway_xl.hosts.libreoffice.extension import extension
from walkaway_xl.hosts.libreoffice.interface import IDENTIFIER
from walkaway_xl.installation.plan import DeleteFile, InstallationError, RunProgram, Step, WriteFile, run

NAME = "LibreOffice"
FILE = "walkaway.oxt"
OLDEST_PYTHON = (3, 11)
PLACES = (  # where the installers of Windows and macOS put it
    Path("C:/Program Files/LibreOffice/program"),
    Path("C:/Program Files (x86)/LibreOffice/program"),
    Path("/Applications/LibreOffice.app/Contents/MacOS"),
)
REMEDIES = {  # by what unopkg says
    "write permissions": "you have no permission to write to LibreOffice's profile in your home folder",
    "Error binding package": "LibreOffice's list of your extensions is damaged; in LibreOffice, choose "
    "Help > Restart in Safe Mode and uninstall all user extensions, then run this again",
}
ASKED = "import sys, uno, numpy; print(*sys.version_info[:2])"


def program(name: str) -> str | None:
    """Path of one of LibreOffice's programs, as soffice or unopkg; None if there is none."""
    found = shutil.which(name)
    if found is None:
        found = next((str(place / name) for place in PLACES if (place / name).exists()), None)
        found = found or next(
            (str(place / f"{name}.exe") for place in PLACES if (place / f"{name}.exe").exists()), None
        )
    return found


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
            [path, "-c", ASKED], capture_output=True, text=True, timeout=60, check=False, env=environment()
        )
    except OSError:
        return f"{path}, which LibreOffice runs, was not found; install the package python3-uno"
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [""])[-1]
        if "uno" in said:
            return "LibreOffice cannot run Python; install the package python3-uno"
        if "numpy" in said:
            debian = "install the package python3-numpy" if path.startswith("/usr/bin") else ""
            return f"LibreOffice's Python has no NumPy; {debian or f'run {path} -m pip install numpy'}"
        return f"{path} fails: {said}"
    version = tuple(map(int, done.stdout.split()))
    if version < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        return f"LibreOffice runs Python {'.'.join(map(str, version))}; a newer LibreOffice has {needed}"
    return None


def environment() -> dict[str, str]:
    """Environment for LibreOffice's programs: the Python of a virtual environment would get in their way."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    ours = str(Path(sys.prefix))
    folders = [each for each in kept.get("PATH", "").split(os.pathsep) if not each.startswith(ours)]
    return kept | {"PATH": os.pathsep.join(folders)}


def is_running() -> bool:
    """Whether a LibreOffice of this user is open."""
    return any((profile / ".lock").exists() for profile in _profiles())


def installing() -> Iterable[Step]:
    """Plan of the installation for this user."""
    unopkg = _unopkg()
    trouble = python_trouble()
    if trouble is not None:
        raise InstallationError(f"{NAME}: {trouble}")
    # A name that nobody else could have taken: others may write to the folder for passing files, too.
    source = Path(tempfile.gettempdir()) / f"walkaway-{secrets.token_hex(8)}" / FILE
    yield WriteFile(source, extension())
    yield RunProgram(
        f"add the extension to {NAME}",
        (unopkg, "add", "--force", str(source)),
        (unopkg, "remove", IDENTIFIER),
        environment(),
        REMEDIES,
    )
    yield DeleteFile(source)


def removing() -> Iterable[Step]:
    """Plan of the removal for this user."""
    unopkg = _unopkg()
    if f"Identifier: {IDENTIFIER}\n" in run((unopkg, "list"), environment()):
        remove = (unopkg, "remove", IDENTIFIER)
        yield RunProgram(f"remove the extension from {NAME}", remove, (), environment(), REMEDIES)


def _unopkg() -> str:
    found = program("unopkg")
    if found is None:
        raise InstallationError(f"{NAME} was not found; install it, then run this again")
    if sys.platform != "win32" and os.geteuid() == 0:
        raise InstallationError(f"{NAME} takes extensions from ordinary users only; run this without sudo")
    if is_running():
        raise InstallationError(f"{NAME} is running; close all its windows, then run this again")
    return found


def _profiles() -> Iterable[Path]:
    home = Path.home()
    yield home / ".config" / "libreoffice" / "4"
    yield home / "Library" / "Application Support" / "LibreOffice" / "4"
    if "APPDATA" in os.environ:
        yield Path(os.environ["APPDATA"]) / "LibreOffice" / "4"
