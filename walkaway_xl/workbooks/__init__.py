"""Preparation workbooks, generated with openpyxl."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from walkaway_xl.core.errors import InputError
from walkaway_xl.workbooks import discount_floor_sheet, functions_tour, seller_price
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
    Template(
        "discount_floor_sheet",
        "Discount floors of a quote",
        "See which lines of a quote hold their margin, which do not, and who must sign.",
        discount_floor_sheet.build,
    ),
    Template(
        "functions_tour",
        "Tour of the worksheet functions",
        "Every worksheet function live, with its arguments and examples.",
        functions_tour.build,
        has_example=False,
    ),
)


def template(name: str) -> Template:
    """The template of that name.

    Raises
    ------
    InputError
        No template has the name; the message offers the nearest one.
    """
    for candidate in TEMPLATES:
        if candidate.name == name:
            return candidate
    names = [candidate.name for candidate in TEMPLATES]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
    raise InputError(name, f"is no template; {hint}")
