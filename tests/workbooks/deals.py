"""Deals for the tests: those that ship, and facts in the cells as somebody pastes them."""

from collections.abc import Mapping
from typing import Any

from walkaway_xl.sheets.cell_writing import put
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import deal_file, template

Facts = Mapping[str, Any]


def facts_of(name: str) -> Facts:
    """The worked example of a template, by the names of its inputs."""
    return deal_file.read(template(name).deal)


def rows(facts: Facts, table: str, *keys: str) -> list[tuple[Any, ...]]:
    """The rows of a table, as the values of these keys; None for what a row does not state."""
    numbers = {int(name.split(".")[1]) for name in facts if name.startswith(f"{table}.")}
    return [tuple(facts.get(f"{table}.{number}.{key}") for key in keys) for number in sorted(numbers)]


def paste(draft: Draft, facts: Facts) -> Draft:
    """The draft with these facts in it; pasting is not held to what a cell accepts."""
    for name, value in deal_file.named(facts).items():
        cell = draft.cell(draft.inputs[name].reference)
        put(cell.parent, cell.coordinate, value)
    return draft
