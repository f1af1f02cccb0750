"""The house rules that a machine can check."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "walkaway_xl"
ROOMS = ("sheets", "workbooks")
"""Where every module has a name of its own, and every value the noun of what it holds."""
NO_NOUNS = {"at", "each", "found", "here", "known", "said", "told"}


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join)
def test_the_code_keeps_the_house_rules(tool):
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True)
    assert 0 == done.returncode, done.stdout + done.stderr


def _bound(module: Path) -> set[str]:
    """The names that a module gives to values and functions."""
    nodes = list(ast.walk(ast.parse(module.read_text("utf-8"))))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    return stored | functions | {node.arg for node in nodes if isinstance(node, ast.arg)}


@pytest.mark.parametrize("room", ROOMS)
def test_values_are_called_by_a_noun(room):
    faults = {str(path): bad for path in (PACKAGE / room).rglob("*.py") if (bad := _bound(path) & NO_NOUNS)}
    assert {} == faults


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_shares_its_name_with_no_other(room):
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    names = [path.name for path in modules]
    assert [] == [
        path for path in modules if path.is_relative_to(PACKAGE / room) and names.count(path.name) > 1
    ]
