"""The house rules that a machine can check."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "walkaway_xl"
NO_NOUNS = {"at", "each", "found", "here", "known", "said", "told"}


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join)
def test_the_code_keeps_the_house_rules(tool):
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True)
    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this copy is no repository")
def test_the_repository_holds_nothing_that_a_run_has_left():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {
        *(
            ".ci",
            ".gitignore",
            "ARCHITECTURE.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "LICENSE",
            "MANIFEST.in",
        ),
        *("README.md", "benchmarks", "docs", "install.py", "pyproject.toml", "requirements", "setup.py"),
        *("templates", "tests", "walkaway_xl"),
    } == {path.partition("/")[0] for path in listed.stdout.split("\0") if path}


# --- no test ends before it has asserted something --------------------------------------------------------

ASSERTING = {"raises", "warns", "fail", "Comparison"}  # each fails by itself


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All that runs in a function, without the functions inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield child
            yield from _statements(child)


def _asserts(node: ast.AST, helpers: set[str]) -> bool:
    """Whether an expression calls what asserts."""
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    names = {getattr(called, "attr", None) or getattr(called, "id", "") for called in calls}
    return bool(names & (ASSERTING | helpers)) or any("assert" in name for name in names)


def _always_asserts(body: list[ast.stmt], helpers: set[str]) -> bool:
    """Whether there is an assertion that no condition passes by."""
    for statement in body:
        match statement:
            case ast.Assert():
                return True
            case ast.If(body=yes, orelse=no):
                is_sure = _always_asserts(yes, helpers) and _always_asserts(no, helpers)
            case ast.With(items=items, body=inside):
                is_sure = any(_asserts(item, helpers) for item in items) or _always_asserts(inside, helpers)
            case ast.For(body=inside):
                is_sure = _always_asserts(inside, helpers)
            case ast.Try(body=inside, orelse=rest, finalbody=end):
                is_sure = any(_always_asserts(part, helpers) for part in (inside, rest, end))
            case _:
                is_sure = _asserts(statement, helpers)
        if is_sure:
            return True
    return False


def empty_tests(source: str) -> list[str]:
    """The tests that may end without having asserted anything."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    helpers = {
        function.name
        for function in functions
        if not function.name.startswith("test_")
        and any(isinstance(node, ast.Assert) for node in _statements(function))
    }
    return [
        function.name
        for function in functions
        if function.name.startswith("test_")
        and (
            any(isinstance(node, ast.Return | ast.Continue) for node in _statements(function))
            or not _always_asserts(function.body, helpers)
        )
    ]


def test_no_test_ends_before_it_has_asserted_something():
    """Leave a case out where cases are listed, or with `assume`: not with `return`, `continue` or `if`."""
    modules = sorted((ROOT / "tests").rglob("test_*.py"))

    assert [] == [f"{path.name}: {name}" for path in modules for name in empty_tests(path.read_text("utf-8"))]


@pytest.mark.parametrize(
    "body",
    [
        "if case: return\n    assert case",
        "for part in case:\n        if not part: continue\n        assert part",
        "if case: assert case",
        "print(case)",
    ],
)
def test_a_test_that_may_be_empty_is_seen(body):
    assert ["test_x"] == empty_tests(f"def test_x(case):\n    {body}\n")
    assert [] == empty_tests("def test_x(case):\n    if case: assert case\n    else: assert not case\n")


def _bound(module: Path) -> set[str]:
    """The names that a module gives to values."""
    nodes = list(ast.walk(ast.parse(module.read_text("utf-8"))))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in nodes if isinstance(node, ast.arg)}


def test_values_are_called_by_a_noun():
    faults = {str(path): bad for path in PACKAGE.rglob("*.py") if (bad := _bound(path) & NO_NOUNS)}
    assert {} == faults


def test_a_module_shares_its_name_with_no_other():
    """But for those that say what a host is, one for each host."""
    names = Counter(path.name for path in PACKAGE.rglob("*.py"))
    assert {"__init__.py", "host.py"} == {name for name, count in names.items() if count > 1}
