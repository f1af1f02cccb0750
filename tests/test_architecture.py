"""The picture in ARCHITECTURE.md, checked: who imports whom, and what `import walkaway_xl` costs."""

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from walkaway_xl.cli import COMMANDS, command_of
from walkaway_xl.commands import Command

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "walkaway_xl"
MODULES = sorted(PACKAGE.rglob("*.py"))
HOSTS = {"excel_com", "excel_lite", *(path.parent.name for path in PACKAGE.glob("hosts/*/__init__.py"))}


def _python(*lines):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout.split()


def _imported(path):
    """Modules that a file imports anywhere, in full."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert 0 == node.level, f"{path}: an import is written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _foreign(path):
    """What a file imports beside the standard library."""
    return {name for name in _imported(path) if name.split(".")[0] not in sys.stdlib_module_names}


def test_the_import_contracts_hold():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize("path", sorted((PACKAGE / "core").glob("*.py")), ids=lambda path: path.stem)
def test_the_core_knows_numpy_only(path):
    strangers = {name for name in _foreign(path) if not name.startswith(("numpy", "walkaway_xl.core"))}

    assert set() == strangers


def test_the_catalogue_knows_what_arguments_may_be_and_nothing_else():
    assert {"walkaway_xl.core.kinds.Kind"} == _foreign(PACKAGE / "catalogue.py")


def test_entries_know_the_catalogue_and_the_core():
    known = (
        "walkaway_xl.catalogue",
        "walkaway_xl.core",
        "walkaway_xl.functions",
        "walkaway_xl.cells",
        "numpy",
    )

    assert set() == {
        name
        for path in (PACKAGE / "functions").glob("*.py")
        for name in _foreign(path)
        if not name.startswith(known)
    }


def test_hosts_stand_on_what_they_share_and_none_on_another():
    """Each package among the hosts is one; what is a module, they share."""
    hosts = "walkaway_xl.hosts"
    graph = grimp.build_graph("walkaway_xl")
    steps = {"contract", "listed", "examination"}
    shared = {name.removeprefix(f"{hosts}.") for name in graph.find_children(hosts)} - steps - HOSTS
    layers = ("examination", "listed", grimp.Layer(*HOSTS, independent=True), {*shared}, "contract")

    assert {"excel", "uno_names"} < shared
    assert set() == {
        f"{found.importer} imports {found.imported}"
        for found in graph.find_illegal_dependencies_for_layers(layers, containers={hosts})
    }


def test_only_one_module_spells_error_values():
    spelled = {
        path.relative_to(PACKAGE).as_posix()
        for path in (PACKAGE / "core").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in ("#NUM!", "#VALUE!", "#N/A", "#DIV/0!")
    }

    assert set() == spelled


def test_importing_the_package_loads_the_core_and_numpy_only():
    numpys = _python(
        "import sys, numpy, typing, enum, collections.abc, functools, inspect", "print(*sys.modules)"
    )
    ours = _python("import sys, walkaway_xl", "print(*sys.modules)")
    added = set(ours) - set(numpys)
    package = {name for name in added if name.startswith("walkaway_xl")}

    assert set() == {name for name in package if not name.startswith("walkaway_xl.core")} - {"walkaway_xl"}
    assert set() == {name.split(".")[0] for name in added - package} - sys.stdlib_module_names - {"numpy"}


def test_the_catalogue_loads_on_demand_and_no_host_with_it():
    loaded = _python("import sys, walkaway_xl", "walkaway_xl.CATALOGUE", "print(*sys.modules)")

    assert "walkaway_xl.functions" in loaded
    assert set() == {"openpyxl", "xlwings", "formualizer", "lxml", "polars", "pandas"} & set(loaded)


HEAVY = {"openpyxl", "xlwings", "formualizer", "lxml", "polars", "pandas"}


def test_the_command_line_loads_no_command_to_say_its_version_and_one_to_run_it():
    quiet = "import contextlib, sys; from walkaway_xl import cli"
    version = _python(
        quiet, "with contextlib.suppress(SystemExit): cli.main(['--version'])", "print(*sys.modules)"
    )
    named = _python(quiet, "cli.main(['functions', 'ZOPA'])", "print(*sys.modules)")
    commands = {f"walkaway_xl.commands.{name}" for name in COMMANDS}

    assert set() == commands & set(version)
    assert {"walkaway_xl.commands.functions"} == commands & set(named)


def test_what_commands_take_is_said_without_loading_their_work():
    loaded = _python("import sys; from walkaway_xl import cli", "cli.parser()", "print(*sys.modules)")
    ours = {name.split(".")[1] for name in loaded if name.startswith("walkaway_xl.")}

    assert {
        "asking",
        "cli",
        "commands",
        "core",
        "files",
        "hosts",
        "languages",
        "pip_commands",
        "quotes",
    } == ours
    assert set() == HEAVY & set(loaded)


def test_every_command_is_in_the_list_and_has_the_shape():
    modules = {
        path.stem for path in (PACKAGE / "commands").glob("*.py") if "\nHELP = " in path.read_text("utf-8")
    }

    assert modules == set(COMMANDS)
    assert [True] * len(COMMANDS) == [isinstance(command_of(name), Command) for name in COMMANDS]


def test_a_name_that_is_not_there_is_an_attribute_error():
    import walkaway_xl

    with pytest.raises(AttributeError, match="walkaway_prize"):
        _ = walkaway_xl.walkaway_prize


def test_archives_are_opened_in_one_place():
    """Openpyxl's writer gets one of its own."""
    assert {"files/memory_writer.py", "files/packages.py", "files/zips.py"} == {
        path.relative_to(PACKAGE).as_posix() for path in MODULES if "zipfile" in set(_imported(path))
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_postpones_its_annotations(path):
    """A host that runs the code before it is in sys.modules cannot resolve them."""
    assert "__future__.annotations" not in set(_imported(path))
