"""Whatever lies in the folder that one happens to be in, no command runs it."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from walkaway_xl.hosts.excel_vba import excel_installation as excel
from walkaway_xl.pip_commands import reinstall

ROOT = Path(__file__).parents[2]
OTHERS = {"numpy", "pip", "uno", "unohelper", "walkaway_xl", "sitecustomize", "usercustomize"}
TRAP = "with open({marker!r}, 'a') as marker:\n    print(__name__, file=marker)\n"
COMMANDS = """
import sys
from walkaway_xl.cli import main
for command in sys.argv[1:]:
    print(command, main(command.split()), flush=True)
"""
BOOK = "seller_price.xlsx"
LOCAL = (  # each writes what later ones read
    f"new seller_price --example --out {BOOK}",
    "new used_goods --host lite",
    f"calc {BOOK}",
    f"review {BOOK}",
    f"share {BOOK}",
    "policy new",
    "policy lint policy.toml",
    "policy schema",
    "start --folder books",
    "check books/order_lines_checked.xlsx --policy policy.toml --json",
    "lite --folder lite",
    "functions WALKAWAY_CHECK",
    "generate libreoffice",
    "doctor",
    "install libreoffice --dry-run",
    "uninstall libreoffice --dry-run",
)


@pytest.fixture
def trapped(tmp_path):
    """A folder in which everything that can be imported is another's, and says when it is run."""
    folder = tmp_path / "folder"
    folder.mkdir()
    trap = TRAP.format(marker=str(tmp_path / "marker"))
    for name in {*sys.stdlib_module_names, *importlib.metadata.packages_distributions(), *OTHERS}:
        (folder / f"{name}.py").write_text(trap)
    (folder / "pip.py").rename(folder / "pip_main.py")
    (folder / "pip").mkdir()
    for part in ("__init__", "__main__"):
        (folder / "pip" / f"{part}.py").write_text(trap)
    return folder


def ran(folder, *command):
    """What of the folder a command has run, and what the command said."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    environment["PYTHONPATH"] = str(ROOT)
    environment["HOME"] = str(folder.parent)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", timeout=300
    )
    marker = folder.parent / "marker"
    return marker.read_text() if marker.exists() else "", done.stdout + done.stderr


def test_the_trap_works(trapped):
    assert "numpy\n" == ran(trapped, sys.executable, "-c", "import numpy")[0]


def test_the_commands_run_nothing_of_the_current_folder(trapped, tmp_path):
    launcher = tmp_path / "elsewhere" / "walkaway.py"
    launcher.parent.mkdir()
    launcher.write_text(COMMANDS)
    marked, told = ran(trapped, sys.executable, str(launcher), *LOCAL)
    assert "" == marked
    assert len(LOCAL) == sum(told.count(f"\n{command} ") for command in ("", *LOCAL)[1:]), told
    assert f"{BOOK} 0" in told


def test_the_package_as_a_module_runs_nothing_of_it_but_what_is_called_as_it_is(trapped):
    """Python itself looks there for the package; a walkaway_xl.py of somebody is what one has asked for."""
    (trapped / "walkaway_xl.py").unlink()
    marked, told = ran(trapped, sys.executable, "-m", "walkaway_xl", "policy", "schema")
    assert ("", True) == (marked, told.startswith("{"))


def test_what_excels_installation_starts_runs_nothing_of_it(trapped):
    marked, told = ran(trapped, *excel._ours("excel_server", "library", sys.executable))
    assert "" == marked
    assert "pywin32" in told or "does not answer" in told  # it has come to where Windows is needed


def test_what_mends_an_installation_runs_nothing_of_it(trapped):
    command = reinstall("walkaway-nothing").replace("--force-reinstall walkaway-nothing", "--version")
    assert "" == ran(trapped, "/bin/sh" if os.name != "nt" else "cmd", "-c", command)[0]


@pytest.mark.parametrize("option", ["--dry-run", "another word"])
def test_the_installer_runs_nothing_that_lies_beside_it(trapped, option):
    shutil.copy(ROOT / "install.py", trapped / "install.py")
    (trapped / ".venv" / "bin").mkdir(parents=True)
    (trapped / ".venv" / "bin" / "python").symlink_to(sys.executable)
    assert "" == ran(trapped, sys.executable, "install.py", option)[0]


def test_the_installer_asks_its_own_pip(trapped, tmp_path, monkeypatch):
    """What it calls is recorded, and then called in that folder."""
    launcher = tmp_path / "launcher.py"
    launcher.write_text(
        "import importlib.util, subprocess, sys\n"
        f"spec = importlib.util.spec_from_file_location('install', {str(ROOT / 'install.py')!r})\n"
        "module = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(module)\n"
        "really = subprocess.run\n"
        "def run(command, **options):\n"
        "    cut = command.index('pip') + 1\n"
        "    return really([*command[:cut], '--version'], **options | {'check': False})\n"
        "module.subprocess.run = run\n"
        "module.install(sys.executable, 'test')\n"
    )
    marked, told = ran(trapped, sys.executable, str(launcher))
    assert "" == marked
    assert "Traceback" not in told


@pytest.mark.thorough
@pytest.mark.spark
@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs the extra spark, and Java 17",
)
def test_sparks_workers_run_nothing_of_it(trapped, tmp_path):
    launcher = tmp_path / "walkaway.py"
    launcher.write_text(COMMANDS)
    (trapped / "lines").mkdir()
    write = (
        "import polars; polars.DataFrame({'list': [100.0], 'discount': [0.0], 'cost': [50.0], 'qty': [1.0], "
        "'class': ['Tables']}).write_parquet(sys.argv[1])"
    )
    subprocess.run(
        [sys.executable, "-c", f"import sys; {write}", str(trapped / "lines" / "a.parquet")], check=True
    )
    command = "check lines --policy policy.toml --engine spark --master local[1] --json"
    marked, told = ran(trapped, sys.executable, str(launcher), "policy new", command)
    assert "" == marked
    assert '"all": {' in told, told
