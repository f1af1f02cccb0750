"""The lock files: the version of everything that is installed, for every system and Python, with hashes."""

import re
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "requirements"
EXTRAS = ("quotes", "test", "spark")  # a lock file each; all of them fit together
SOURCES_ONLY = {"spark": ("pyspark",)}  # what has no wheel; a source that is built runs code of its own
HEAD = "# python -m tests.requirements writes this file. install.py holds every download to it.\n"
PACKAGE, BUILD = "walkaway-xl", "the build"  # what else needs a package
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+?)(?: ; (?P<marker>.+?))? \\\n"
    r"(?P<hashes>(?:    --hash.*\n)+)    # for (?P<parents>.*)\n",
    re.MULTILINE,
)
VIA = re.compile(r"    # via(?: (.*)\n|\n((?:    #   .*\n)+))")


class Pin(NamedTuple):
    """One version of one package, where it is installed, the hashes of its files, and what needs it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    parents: tuple[str, ...]


def project() -> dict:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(extra: str) -> Iterator[Pin]:
    """What the lock file of an extra pins."""
    for line in PIN.finditer((FOLDER / f"{extra}.txt").read_text("utf-8")):
        hashes = tuple(re.findall(r"--hash=sha256:(\w+)", line["hashes"]))
        yield Pin(
            line["name"], line["version"], line["marker"] or "", hashes, tuple(line["parents"].split(", "))
        )


def write(*, upgrade: bool) -> None:
    """Pin what pyproject.toml asks for; versions that still fit stay, unless all are upgraded."""
    with tempfile.TemporaryDirectory() as place:
        together = Path(place) / "all.txt"
        if not upgrade:
            together.write_text("".join((FOLDER / f"{extra}.txt").read_text("utf-8") for extra in EXTRAS))
        compile_to(together, EXTRAS)
        for extra in EXTRAS:
            path = Path(place) / f"{extra}.txt"
            compile_to(path, (extra,), "--constraint", str(together))
            built = "".join(f"--no-binary {name}\n" for name in SOURCES_ONLY.get(extra, ()))
            text = VIA.sub(parents_line, path.read_text("utf-8"))
            (FOLDER / path.name).write_text(f"{HEAD}--only-binary :all:\n{built}\n{text}", "utf-8")


def parents_line(via: re.Match[str]) -> str:
    """What needs a package, in one line and without what names a file of this run."""
    lines = (via[1] or via[2]).splitlines()
    names = [line.removeprefix("    #   ").removesuffix(" (pyproject.toml)") for line in lines]
    return f"    # for {', '.join(name for name in names if name[0] != '-') or BUILD}\n"


def compile_to(path: Path, extras: tuple[str, ...], *options: str) -> None:
    """Pin what some extras need, and what builds the package, for every system and Python."""
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", *options, "--output-file", str(path)]
    command += [part for extra in extras for part in ("--extra", extra)]
    builds = "\n".join(project()["build-system"]["requires"])
    subprocess.run([*command, "pyproject.toml", "-"], input=builds, text=True, check=True, cwd=ROOT)
