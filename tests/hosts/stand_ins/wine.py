"""xlwings' own COM server in a Windows Python under Wine, called as Excel's VBA calls it."""

import json
import subprocess
from datetime import datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

import pytest

from tests.hosts.wine import build

CLIENT = Path(build.__file__).with_name("client.py")

IN_WINE = [
    pytest.mark.wine,
    pytest.mark.skipif(not build.HOME.exists(), reason="needs what tests/hosts/wine/build.py makes"),
]


def python(*words: str) -> list[str]:
    """A command of the Windows Python."""
    return [str(build.WINE), str(build.HOME / "python.exe"), *words]


class Server:
    """The server, in a process of its own as it is in Excel."""

    def __init__(self) -> None:
        library = build.HOME / f"xlwings64-{version('xlwings')}.dll"
        places = map(build.windows, (CLIENT, library, build.HOME / "python.exe"))
        pipe = subprocess.PIPE  # a Python under Wine cannot write to a file
        self.client = subprocess.Popen(
            python(*places),
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.STDOUT,
            env=build.environment(),
            text=True,
            encoding="utf-8",
        )

    def CallUDF(self, module: str, name: str, arguments: Any, *book_and_caller: object) -> Any:  # noqa: N802
        """The answer to one call."""
        assert self.client.stdin
        assert self.client.stdout
        print(json.dumps([module, name, _told(arguments)]), file=self.client.stdin, flush=True)
        told = self.client.stdout.readline()
        try:
            return json.loads(told)
        except ValueError:
            self.client.kill()
            pytest.fail(told + self.client.stdout.read())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self.client.stdin
        assert self.client.stdout
        self.client.stdin.close()
        self.client.wait(timeout=60)
        self.client.stdout.close()  # what Wine itself has started holds the other end for a while


def _told(cell: Any) -> Any:
    """A cell as the client takes it."""
    if isinstance(cell, list | tuple):
        return [_told(each) for each in cell]
    if isinstance(cell, Decimal):
        return {"currency": str(cell)}
    if isinstance(cell, datetime):
        return {"date": cell.isoformat()}
    return cell
