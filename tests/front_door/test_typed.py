"""What type checkers see of the installed package, from a project of somebody else."""

import doctest
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BILL = "requirements/walkaway_xl.cdx.json"
CALLS = Path(__file__).parent / "calls"
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"


def python(*arguments, cwd):
    """A Python process that finds packages where they are installed, and nowhere else."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(arguments, cwd=cwd, env=outside, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that nothing is left behind."""
    pytest.importorskip("setuptools", minversion="77")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(
        ROOT / "walkaway_xl", source / "walkaway_xl", ignore=shutil.ignore_patterns("__pycache__")
    )
    for folder_name in ("docs", "requirements"):
        (source / folder_name).mkdir()
    for name in ("pyproject.toml", "setup.py", "docs/package_index.md", "LICENSE", BILL):
        shutil.copy(ROOT / name, source / name)
    built = python(sys.executable, "-c", BUILD, str(folder), cwd=source)
    assert 0 == built.returncode, built.stderr
    return folder / built.stdout.split()[-1]


def test_the_wheel_has_its_bill_of_materials_where_scanners_look(wheel):
    with zipfile.ZipFile(wheel) as parts:
        (bill,) = (name for name in parts.namelist() if ".dist-info/sboms/" in name)

        assert (ROOT / BILL).read_bytes() == parts.read(bill)


@pytest.fixture(scope="session")
def project(wheel, tmp_path_factory):
    """A folder with an environment that the wheel is installed in."""
    folder = tmp_path_factory.mktemp("project")
    venv.create(folder / ".venv")
    (site,) = (folder / ".venv").glob("[Ll]ib/**/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    (site / "requirements.pth").write_text("\n".join(path for path in sys.path if path.endswith("-packages")))
    return folder


@pytest.fixture(scope="session")
def interpreter(project):
    """The environment's Python."""
    found = next(path for path in project.glob(".venv/[Sb][ci][rn]*/python*") if path.stem == "python")
    (site,) = python(
        str(found), "-c", "import walkaway_xl; print(walkaway_xl.__file__)", cwd=project
    ).stdout.splitlines()
    assert project in Path(site).parents
    return str(found)


class Mypy:
    """What `mypy --strict` says."""

    column = 0

    def __init__(self, project, interpreter):
        (project / "mypy.ini").write_text("[mypy]\nstrict = True\n")
        self.command = [sys.executable, "-m", "mypy", "--output", "json", "--no-error-summary"]
        self.command += ["--python-executable", interpreter]
        self.project = project

    def faults(self, *files):
        done = python(*self.command, *files, cwd=self.project)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        said = [json.loads(line) for line in done.stdout.splitlines()]
        return {
            (fault["file"], fault["line"], fault["code"]) for fault in said if fault["severity"] == "error"
        }


class Pyright:
    """What Pyright says in its strict mode."""

    column = 1

    def __init__(self, project, interpreter):
        settings = {"typeCheckingMode": "strict", "reportUnusedExpression": False}
        (project / "pyrightconfig.json").write_text(json.dumps(settings))
        self.command = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", interpreter]
        self.project = project

    def faults(self, *files):
        done = python(*self.command, *files, cwd=self.project)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        said = json.loads(done.stdout)["generalDiagnostics"]
        return {
            (Path(fault["file"]).name, fault["range"]["start"]["line"] + 1, fault["rule"]) for fault in said
        }


CHECKERS = [
    pytest.param(Mypy, id="mypy"),
    pytest.param(
        Pyright,
        id="pyright",
        marks=pytest.mark.skipif(find_spec("basedpyright") is None, reason="basedpyright is not installed"),
    ),
]


@pytest.fixture(scope="module", params=CHECKERS)
def checker(request, project, interpreter):
    return request.param(project, interpreter)


def of_readme():
    """The Python of README as a file: what stands after the prompts."""
    return "\n".join(
        example.source.rstrip()
        for example in doctest.DocTestParser().get_examples((ROOT / "README.md").read_text("utf-8"))
    )


def test_right_calls_pass(checker, project):
    shutil.copy(CALLS / "right.py", project)
    (project / "readme.py").write_text(of_readme(), "utf-8")

    assert "wx.walkaway_check" in of_readme()
    assert set() == checker.faults("right.py", "readme.py")


def test_each_wrong_call_is_a_fault(checker, project):
    shutil.copy(CALLS / "wrong.py", project)
    expected = {
        ("wrong.py", number, rule)
        for number, line in enumerate((CALLS / "wrong.py").read_text("utf-8").splitlines(), 1)
        if (rules := re.search(r"  # (.*), (.*)$", line))
        for rule in rules[checker.column + 1].split()
    }

    assert 20 < len({number for _, number, _ in expected})
    faults = checker.faults("wrong.py")
    assert expected == {fault for fault in faults if not fault[2].startswith("reportUnknown")}  # they follow


def test_right_calls_run():
    assert runpy.run_path(str(CALLS / "right.py"))["plan"] is not None  # one of its last lines


def test_readme_says_what_python_answers():
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert 0 == failed
    assert 0 < tried
