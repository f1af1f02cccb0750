"""Set walkaway_xl up with nothing but Python and pip.

python install.py               make the environment, install the package and the add-in, run the first job
python install.py test          make the environment, install what the tests need, run them
python install.py --uninstall   take the add-in out of the spreadsheet programs
"""

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Install, then hand over to the package or to its tests."""
    if sys.version_info < OLDEST:
        return refuse(
            f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}."
        )
    if arguments not in ([], ["test"], ["--uninstall"]):
        return refuse("Call it as python install.py, python install.py test or python install.py --uninstall")
    testing = arguments == ["test"]
    try:
        python = environment()
        install(python, extras="[test]" if testing else "[quotes]")
    except (OSError, subprocess.CalledProcessError) as error:
        return refuse(f"The environment could not be made in {ENVIRONMENT}: {error}")
    print(flush=True)
    if testing:
        return call(python, "pytest", "-n", "auto")
    if arguments == ["--uninstall"]:
        return call(python, "walkaway_xl", "uninstall")
    call(python, "walkaway_xl", "install")  # which says what is in the way; the workbooks need no add-in
    print(flush=True)
    return call(python, "walkaway_xl", "start")


def call(python: str, *arguments: str) -> int:
    """Run a module of the environment in this folder; its exit code."""
    return subprocess.call([python, "-m", *arguments], cwd=HERE)


def environment() -> str:
    """Path of the environment's Python; the environment is made if it is not there."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"Making the environment in {ENVIRONMENT.name} …", flush=True)
        # Debian keeps ensurepip in a package of its own; there the pip that is running installs from outside.
        venv.create(ENVIRONMENT, with_pip=importlib.util.find_spec("ensurepip") is not None)
    return str(python)


def install(python: str, extras: str) -> None:
    """Install the package, as it stands in this folder, with what it depends on."""
    print("Installing the package …", flush=True)
    own_pip = (
        subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    )
    pip = [python, "-m", "pip"] if own_pip else [sys.executable, "-m", "pip", "--python", python]
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", *quiet, "--editable", f"{HERE}{extras}"], check=True)


def refuse(message: str) -> int:
    """Say what is wrong and what helps."""
    print(f"install.py: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
