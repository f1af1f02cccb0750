"""A real Pyodide under Node, with NumPy and xlwings in it, that runs main.py and answers calls."""

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

import pytest

from tests.hosts.pyodide import build
from tests.hosts.stand_ins import lite
from tests.hosts.stand_ins.excel import InLite

NULL = Path(build.__file__).with_name("null.py")
LITE = Path(build.__file__).with_name("lite.py")


class Pyodide:
    """A session; what it is asked and what it answers travels as JSON."""

    def __init__(self, program: Path, *folders: Path, package: str = "pyodide") -> None:
        home = build.MADE / "node_modules" / package
        command = ["node", *map(str, (build.SESSION, home, program, *folders))]
        pipe = subprocess.PIPE
        self.node = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    @classmethod
    def with_main(cls, main: str, folder: Path) -> Self:
        """A session that has run a main.py."""
        (folder / "main.txt").write_text(main, encoding="utf-8")
        shutil.copy(lite.__file__, folder / "stand_in.py")
        xlwings = find_spec("xlwings")
        assert xlwings is not None
        assert xlwings.submodule_search_locations
        # xlwings.pro has a licence of its own; without it the rest is as it is off Windows.
        leave_out = shutil.ignore_patterns("pro", "__pycache__", "*.so", "*.xl*")
        shutil.copytree(xlwings.submodule_search_locations[0], folder / "xlwings", ignore=leave_out)
        return cls(LITE, build.NUMPY, folder)

    def ask(self, question: Any) -> Any:
        """The answer to one question."""
        assert self.node.stdin
        assert self.node.stdout
        print(json.dumps(question, allow_nan=False), file=self.node.stdin, flush=True)
        return json.loads(self.node.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.node.communicate(timeout=60)


class InPyodide(InLite):
    """xlwings Lite with Python where it has it: in Pyodide."""

    def __init__(self, session: Pyodide, blank: Any) -> None:
        super().__init__({}, blank)
        self.session = session

    def _answer(self, name: str, spelled: list[Any]) -> Any:
        return self.session.ask([name, spelled])


IN_PYODIDE = [
    pytest.mark.pyodide,
    pytest.mark.skipif(not build.NUMPY.exists(), reason="needs what tests/hosts/pyodide/build.py makes"),
]
