"""Preparation workbooks, generated with openpyxl."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from walkaway_xl.workbooks import seller_price
from walkaway_xl.workbooks.draft import Draft


@dataclass(frozen=True)
class Template:
    """A kind of workbook; `build` makes it blank (False) or with its worked example (True)."""

    name: str
    title: str
    summary: str
    build: Callable[[bool], Draft]
    has_example: bool = True


TEMPLATES: tuple[Template, ...] = (
    Template(
        "seller_price",
        "Selling at a price",
        "Know the price below which you are better off without the deal, and plan how you move.",
        seller_price.build,
    ),
)


def template(name: str) -> Template:
    """The template of that name.

    Raises
    ------
    LookupError
        No template has the name; the message offers the nearest one.
    """
    for candidate in TEMPLATES:
        if candidate.name == name:
            return candidate
    names = [candidate.name for candidate in TEMPLATES]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(names)}."
    raise LookupError(f"There is no template “{name}”. {hint}")
