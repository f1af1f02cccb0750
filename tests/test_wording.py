"""Refusals state the fact: what follows "must" is what must be, never what is."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "walkaway_xl"
# Place of the words that follow "must", by what is called.
WORDED = {"outside": 2, "no_answer": 2, "zero_divisor": 2, "malformed": 2, "InputError": 1, "Reason": 2}
INDICATIVE = re.compile(
    r"(is|are|has|takes|holds|lies|makes|names|rises|differs|falls|leaves|comes|says|keeps)\b"
)


def _constant(node: ast.expr) -> str:
    """The words as far as they are written down."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _refusals():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in WORDED and len(node.args) > WORDED[name]:
                remedy = node.args[WORDED[name] + 1] if len(node.args) > WORDED[name] + 1 else None
                words = _constant(node.args[WORDED[name]])
                if words:
                    yield (
                        f"{path.relative_to(PACKAGE)}:{node.lineno}",
                        words,
                        _constant(remedy) if remedy else "",
                    )


@pytest.mark.parametrize(("place", "must", "remedy"), list(_refusals()))
def test_what_follows_must_is_an_infinitive_and_a_remedy_is_a_sentence(place, must, remedy):
    assert not INDICATIVE.match(must), must
    assert must == must.strip(" .")
    assert not remedy or ((remedy[0].isupper() or remedy[0] in "{…") and remedy[-1] in ".?…")
