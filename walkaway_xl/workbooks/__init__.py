"""Preparation workbooks, generated with openpyxl."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from walkaway_xl.core.errors import InputError
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import (
    book_format,
    deal_file,
    deal_log,
    discount_floor_sheet,
    functions_tour,
    multi_issue_contract,
    procurement_buyer,
    salary_candidate,
    salary_employee,
    seller_price,
    used_goods,
)
from walkaway_xl.workbooks.filling import fill


@dataclass(frozen=True)
class Template:
    """A kind of workbook; `draw` makes it blank."""

    name: str
    title: str
    summary: str
    draw: Callable[[], Draft]
    who: str = ""
    """Whose workbook it is: seller, buyer or candidate; blank for anybody."""

    def build(self) -> Draft:
        """The workbook, blank, with the names by which its inputs are recognised later."""
        draft = self.draw()
        if draft.inputs:
            book_format.mark(draft, self.name)
        return draft

    @property
    def deal(self) -> Traversable:
        """The deal file of its worked example."""
        return resources.files(__name__).joinpath("deals", f"{self.name}.toml")

    @property
    def has_example(self) -> bool:
        """Whether it has a worked example; the tour is all example."""
        return self.deal.is_file()

    def filled(self, deal: Mapping[str, Any]) -> Draft:
        """The workbook with a deal in it: values by the names of its inputs."""
        draft = self.build()
        fill(draft, deal)
        return draft

    def example(self) -> Draft:
        """The workbook with its worked example."""
        return self.filled(deal_file.read(self.deal) if self.has_example else {})


TEMPLATES: tuple[Template, ...] = (
    Template(
        "seller_price",
        "Selling at a price",
        "Know the price below which you are better off without the deal, and plan how you move.",
        seller_price.build,
        "seller",
    ),
    Template(
        "procurement_buyer",
        "Buying from a supplier",
        "Know what a price costs you in all, what the other suppliers are worth, and where you leave.",
        procurement_buyer.build,
        "buyer",
    ),
    Template(
        "salary_candidate",
        "A job offer",
        "Know what the whole package is worth a year, and the offer below which you say no.",
        salary_candidate.build,
        "candidate",
    ),
    Template(
        "salary_employee",
        "The job you have",
        "Raise, pay cut, transfer or layoff: know what to refuse, and how long you can hold out.",
        salary_employee.build,
        "candidate",
    ),
    Template(
        "used_goods",
        "Buying something used",
        "Know what it is worth, what the other one costs, and the price at which you go home without it.",
        used_goods.build,
        "buyer",
    ),
    Template(
        "multi_issue_contract",
        "A contract with several issues",
        "Score whole packages against your alternative, keep the red lines, and see what to trade.",
        multi_issue_contract.build,
    ),
    Template(
        "discount_floor_sheet",
        "Discount floors of a quote",
        "See which lines of a quote hold their margin, which do not, and who must sign.",
        discount_floor_sheet.build,
        "seller",
    ),
    Template(
        "deal_log",
        "Deal log and post-mortem",
        "See what your deals won, what good no-deals protected, and what to do differently.",
        deal_log.build,
    ),
    Template(
        "functions_tour",
        "Tour of the worksheet functions",
        "Every worksheet function live, with its arguments and examples.",
        functions_tour.build,
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
    if near:
        raise InputError("template", "be one of ours", "Did you mean {near}?", got=name, near=near[0])
    raise InputError("template", "be one of ours", "There are {names}.", got=name, names=", ".join(names))
