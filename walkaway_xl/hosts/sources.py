"""The source files of the package that another program's Python runs."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGE = "walkaway_xl"
FUNCTIONS = ("__init__.py", "catalogue.py", "core", "functions", "cells.py", "hosts/__init__.py")
"""What every host needs: the worksheet functions, and how they read cells."""


def sources(parts: Iterable[str]) -> dict[str, bytes]:
    """Modules and whole packages as they stand, by their path below the package's folder.

    Parameters
    ----------
    parts : iterable of str
        Paths of modules, or of packages without subpackages.
    """
    texts: dict[str, bytes] = {}
    for part in parts:
        texts |= _read(files(PACKAGE).joinpath(*part.split("/")), f"{PACKAGE}/{part}")
    return texts


def _read(source: Traversable, path: str) -> dict[str, bytes]:
    if source.is_file():
        return {path: source.read_bytes()}
    return {
        f"{path}/{module.name}": module.read_bytes()
        for module in sorted(source.iterdir(), key=lambda module: module.name)
        if module.name.endswith(".py")
    }
