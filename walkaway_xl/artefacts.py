"""What is generated, and to which path: one table."""

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from walkaway_xl import files
from walkaway_xl.hosts import embedded
from walkaway_xl.workbooks import TEMPLATES, Template
from walkaway_xl.workbooks.draft import Draft
from walkaway_xl.workbooks.package import finished


def workbook(template: Template, *, example: bool) -> bytes:
    """A workbook with its values calculated and stored."""
    return stored(template.build(example))


def stored(draft: Draft) -> bytes:
    """A draft as a workbook with its values calculated and stored."""
    return finished(draft, lambda data: embedded.calculate(data).data)


def artefacts() -> Mapping[str, Callable[[], bytes]]:
    """Path in the repository → what makes its content."""
    made: dict[str, Callable[[], bytes]] = {}
    for template in TEMPLATES:
        made[f"templates/{template.name}.xlsx"] = partial(workbook, template, example=False)
        if template.has_example:
            made[f"templates/{template.name}_example.xlsx"] = partial(workbook, template, example=True)
    return made


def same(one: bytes, other: bytes) -> bool:
    """Whether two workbooks have the same parts; another machine may compress them to other bytes."""
    return one == other or _parts(one) == _parts(other)


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def generate(root: Path, *, write: bool) -> list[str]:
    """Paths whose content differs from what the code makes now; they are written unless told otherwise."""
    changed = []
    for name, make in artefacts().items():
        path, content = root / name, make()
        if not path.is_file() or not same(path.read_bytes(), content):
            changed.append(name)
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                files.replace_file(path, content)
    return changed
