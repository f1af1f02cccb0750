"""Set walkaway_xl up with nothing but Python and pip.

python install.py               make the environment, install the package and the add-in, run the first job
python install.py test          make the environment, install what the tests need, run them
python install.py --uninstall   take the add-in out of the spreadsheet programs
python install.py --dry-run     say what would be done, and do nothing; --uninstall --dry-run likewise
"""

import sys

if __name__ == "__main__" and not getattr(sys.flags, "safe_path", False):
    del sys.path[0]  # the folder of this file: nothing else that lies in it is run

import importlib.util
import os
import re
import shutil
import subprocess
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
LOCKS = HERE / "requirements"
OLDEST = (3, 11)
ALLOWED = (set(), {"test"}, {"--uninstall"}, {"--dry-run"}, {"--uninstall", "--dry-run"})


def main(arguments: list[str]) -> int:
    """Install, then hand over to the package or to its tests."""
    if sys.version_info < OLDEST:
        return refuse(
            f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}."
        )
    asked = set(arguments)
    if asked not in ALLOWED or len(asked) < len(arguments):
        return refuse(
            "Call it as python install.py, python install.py test or python install.py --uninstall; "
            "with --dry-run instead, or after --uninstall, it says what would be done"
        )
    removing, there = "--uninstall" in asked, ENVIRONMENT.exists()
    if "--dry-run" in asked:
        return tell(removing)
    try:
        python = environment()
        if not (removing and is_installed(python)):  # what is only removed needs nothing new
            install(python, "test" if asked == {"test"} else "quotes")
    except (OSError, subprocess.CalledProcessError) as error:
        if not there:
            shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        return refuse(f"The environment could not be made in {ENVIRONMENT}: {error}")
    if removing:
        return call(python, "walkaway_xl", "uninstall")
    print(flush=True)
    if asked == {"test"}:
        # What a file sets up is set up once.
        return call(python, "pytest", "-n", "auto", "--dist", "loadfile")
    call(python, "walkaway_xl", "install")  # which says what is in the way; the workbooks need no add-in
    print(flush=True)
    return call(python, "walkaway_xl", "start")


def tell(removing: bool) -> int:
    """Say what would be done; the package has its own plan, which it tells where it is installed."""
    python = interpreter()
    if not python.exists() or not is_installed(str(python)):
        print(f"would make the environment in {ENVIRONMENT.name}, install the package into it, and ask it")
        return 0
    if removing:
        return call(str(python), "walkaway_xl", "uninstall", "--dry-run")
    print("would install the package again", flush=True)
    call(str(python), "walkaway_xl", "install", "--dry-run")
    print("would run the first job, walkaway-xl start")
    return 0


def is_installed(python: str) -> bool:
    """Whether the environment holds the package with what it needs to install and remove the add-in."""
    asked = [python, "-P", "-c", "from walkaway_xl.hosts.listed import chosen; chosen(None)"]
    return subprocess.run(asked, cwd=HERE, capture_output=True, check=False).returncode == 0


def call(python: str, *arguments: str) -> int:
    """Run a module of the environment in this folder; its exit code."""
    return subprocess.call([python, "-P", "-m", *arguments], cwd=HERE)


def interpreter() -> Path:
    """Where the environment's Python is, or will be."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment() -> str:
    """Path of the environment's Python; the environment is made if it is not there."""
    python = interpreter()
    if not python.exists():
        print(f"Making the environment in {ENVIRONMENT.name} …", flush=True)
        # Debian keeps ensurepip in a package of its own; there the pip that is running installs from outside.
        venv.create(ENVIRONMENT, with_pip=importlib.util.find_spec("ensurepip") is not None)
    return str(python)


def install(python: str, *extras: str) -> None:
    """Install the package, as it stands in this folder, with what it depends on."""
    print("Installing the package …", flush=True)
    pip = [python, "-P", "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = [sys.executable, *pip[1:], "--python", python]
    command = [*pip, "install", "--quiet", "--disable-pip-version-check"]
    # Everything that it needs is there once the pinned versions are, what builds it too.
    rest = ["--no-deps", "--no-build-isolation"] if install_pinned(command, extras) else []
    subprocess.run([*command, *rest, "--editable", f"{HERE}[{','.join(extras)}]"], check=True)


def install_pinned(command: list[str], extras: tuple[str, ...]) -> bool:
    """Install the versions of the lock files, each file held to its hash; whether they were to be had.

    A registry may lack a version, and a version may lack a file for this Python or system. Then, and without
    lock files, the newest that fit are taken. A file of another hash is never passed over.
    """
    locks = [LOCKS / f"{extra}.txt" for extra in extras]
    if not all(lock.is_file() for lock in locks):
        print("No versions are pinned here; the newest that fit are installed, unchecked.", flush=True)
        return False
    chosen = [part for lock in locks for part in ("--requirement", str(lock))]
    done = subprocess.run(
        [*command, "--require-hashes", *chosen], stderr=subprocess.PIPE, text=True, check=False
    )
    if not done.returncode:
        return True
    absent = re.search(r"No matching distribution found for (\S+)", done.stderr)
    if not absent:
        print(done.stderr, file=sys.stderr)
        raise OSError(
            "the pinned versions could not be installed, as pip says above. If a hash differs, ask who runs "
            f"your registry; without the folder {LOCKS.name} the newest versions that fit are installed, "
            "unchecked."
        )
    print(
        f"Your registry has no {absent[1]} for this Python; the newest versions that fit are installed "
        "instead, unchecked.",
        flush=True,
    )
    return False


def refuse(message: str) -> int:
    """Say what is wrong and what helps."""
    print(f"install.py: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
