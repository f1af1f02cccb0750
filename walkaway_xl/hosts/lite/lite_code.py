"""The code that xlwings Lite runs: one main.py that holds the package, to paste or to carry in a workbook."""

from walkaway_xl import __version__
from walkaway_xl.hosts.sources import FUNCTIONS, sources

PARTS = (*FUNCTIONS, "hosts/excel.py", "hosts/excel_lite.py")
REQUIREMENTS = "xlwings>=0.37.8\nnumpy\n"

# A module of its own for each file, so that tracebacks, docstrings and `inspect` work as everywhere.
MAIN = '''"""walkaway-xl {version}: the worksheet functions for xlwings Lite.

Made by `walkaway-xl lite`. Put it into the tab main.py as a whole; your own functions go below it.
"""

import importlib.abc
import importlib.util
import sys

SOURCES = {{
{sources}
}}


class Bundled(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the package from the texts above."""

    def find_spec(self, name, path=None, target=None):
        if name not in SOURCES:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=self.is_package(name))

    def is_package(self, name):
        return any(other.startswith(name + ".") for other in SOURCES)

    def get_source(self, name):
        return SOURCES[name]


for name in [name for name in sys.modules if name.partition(".")[0] == "walkaway_xl"]:
    del sys.modules[name]  # of an older version of this text, which ran before
sys.meta_path.insert(0, Bundled())

from walkaway_xl.hosts.excel_lite import *
'''
QUOTES = "'" * 3


def files() -> dict[str, str]:
    """What is pasted into Lite, by the name of its tab."""
    return {"main.py": main(), "requirements.txt": REQUIREMENTS}


def main() -> str:
    """Text of main.py."""
    texts = "\n".join(
        f'    "{_module(path)}": r{QUOTES}{_raw(data.decode("utf-8"))}{QUOTES},'
        for path, data in sources(PARTS).items()
    )
    return MAIN.format(version=__version__, sources=texts)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _raw(source: str) -> str:
    """A source that a raw text between triple apostrophes can hold; no file of ours lacks what that takes."""
    assert QUOTES not in source, "a source of the package uses triple apostrophes"
    assert source == "" or source.endswith("\n"), "a source of the package has no line end at its end"
    return source
