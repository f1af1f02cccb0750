"""What is generated, and to which path: one table."""

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from walkaway_xl import files, formats
from walkaway_xl.files.zips import parts_of
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.contract import Carried
from walkaway_xl.pages import (
    budget_page,
    formula_page,
    hosts,
    ideas_page,
    markdown,
    package_index,
    plots,
    reason_table,
    stub,
)
from walkaway_xl.policy import fields
from walkaway_xl.quotes import policy_page
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import TEMPLATES, Template, book_format, deal_file
from walkaway_xl.workbooks.package import finished

REPOSITORY = Path(__file__).resolve().parents[1]  # where it is only installed, nothing is generated


def workbook(template: Template, *, example: bool) -> bytes:
    """A workbook with its values calculated and stored."""
    return stored(template.example() if example else template.build())


def stored(draft: Draft, carrier: Carried | None = None) -> bytes:
    """A draft as a workbook with its values calculated and stored.

    Parameters
    ----------
    draft : Draft
        The workbook as the template built it.
    carrier : Carried, optional
        The host for which it is to bring the functions along.
    """
    if carrier is not None:
        carrier.respell(draft.workbook)
    data = finished(draft, lambda data: embedded.calculate(data).data)
    return data if carrier is None else carrier.with_functions(data)


class Artefact(NamedTuple):
    """Something that is generated, and how to tell that a file holds it."""

    make: Callable[[], bytes]
    is_in: Callable[[bytes], bool]


def artefacts() -> Mapping[str, Artefact]:
    """Path in the repository → what belongs there."""
    return dict(chain(_formats(), _workbooks(), _deals(), _pages(), _ideas(), _plots()))


def _formats() -> Iterator[tuple[str, Artefact]]:
    def text() -> bytes:
        drafts = ((template.name, template.build()) for template in TEMPLATES)
        asked = {name: book_format.asked(draft) for name, draft in drafts if draft.inputs}
        return formats.text({**asked, formats.POLICY: fields.asked()}).encode()

    yield formats.PATH, Artefact(text, lambda data: data == text())


def _workbooks() -> Iterator[tuple[str, Artefact]]:
    for template in TEMPLATES:
        for example in (False, True) if template.has_example else (False,):
            name = f"{template.name}_example" if example else template.name
            yield f"templates/{name}.xlsx", _workbook(partial(workbook, template, example=example))


def _workbook(make: Callable[[], bytes]) -> Artefact:
    return Artefact(make, lambda data: same(make(), data))


def _deals() -> Iterator[tuple[str, Artefact]]:
    """Deal files: the facts are theirs, the words beside them are those of the workbooks."""
    for template in TEMPLATES:
        if template.has_example:
            facts, inputs = deal_file.read(template.deal), template.build().inputs
            text = deal_file.text(template.name, template.title, inputs, facts)
            path = f"walkaway_xl/workbooks/deals/{template.name}.toml"
            yield path, Artefact(text.encode, partial(operator.eq, text.encode()))


def _pages() -> Iterator[tuple[str, Artefact]]:
    written = {
        budget_page.PATH: budget_page.page(),
        hosts.PATH: hosts.page(),
        formula_page.PATH: formula_page.page(),
        policy_page.PATH: policy_page.page(),
        policy_page.SCHEMA_PATH: policy_page.schema_text(),
        package_index.PATH: package_index.page((REPOSITORY / "README.md").read_text("utf-8")),
        stub.PATH: stub.text(),
        reason_table.PATH: reason_table.page(),
    }
    for path, text in {**markdown.pages(), **written}.items():
        yield path, Artefact(text.encode, partial(operator.eq, text.encode()))


def _ideas() -> Iterator[tuple[str, Artefact]]:
    """The page that reads the workbooks, which are written before it."""

    def made() -> bytes:
        return ideas_page.page(lambda path: (REPOSITORY / path).read_bytes()).encode()

    yield ideas_page.PATH, Artefact(made, lambda data: made() == data)


def _plots() -> Iterator[tuple[str, Artefact]]:
    for plot in chain.from_iterable(plots.PLOTS.values()):
        # Another Matplotlib draws other bytes from the same points.
        yield f"{plots.FOLDER}/{plot.name}.svg", Artefact(partial(plots.draw, plot), plot.is_in)


def same(book: bytes, twin: bytes) -> bool:
    """Whether two workbooks have the same parts; another machine may compress them to other bytes."""
    return book == twin or list(parts_of(book).items()) == list(parts_of(twin).items())


def is_repository(root: Path) -> bool:
    """Whether a folder is the repository that this code runs from, and not one where it is only installed."""
    return root.resolve() == REPOSITORY and (root / "pyproject.toml").is_file()


def generate(root: Path, *, write: bool) -> list[str]:
    """Paths whose content differs from what the code makes now; they are written unless told otherwise."""
    changed = []
    for name, artefact in artefacts().items():
        path = root / name
        if not path.is_file() or not artefact.is_in(path.read_bytes()):
            changed.append(name)
            if write:
                with files.in_folder(path.parent):
                    files.target(path, force=True).write(artefact.make())
    return changed
