"""Steps from one amount to another as bars under each other, each from where the last one ended."""

from collections.abc import Sequence
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.markup import Html, element
from walkaway_xl.quotes.report_tables import wide
from walkaway_xl.quotes.verdict import share


class Bar(NamedTuple):
    """A step of a fall: its name, where it begins, how far it goes, that in words, and its look."""

    name: str
    start: int
    amount: int
    shown: str
    look: str


class Scale(NamedTuple):
    """What the columns of a fall are called, and of what amount their shares are."""

    amounts: str
    shares: str
    whole: int


def fall(bars: Sequence[Bar], scale: Scale, caption: str, name: str) -> Html:
    """A bar for each step, all on one scale that holds zero; the name is for who hears the page."""
    ends = [end for step in bars for end in (step.start, step.start + step.amount)]
    low, high = min(0, *ends), max(1, *ends)
    rows = [
        element(
            "tr",
            element("th", step.name, scope="row"),
            element(
                "td", _bar(step.start, step.start + step.amount, low, high), class_="bar", aria_hidden="true"
            ),
            element("td", step.shown, class_="r v"),
            element("td", share(step.amount, scale.whole), class_="r"),
            class_=step.look,
        )
        for step in bars
    ]
    heads = [
        element("th", phrase("Step"), scope="col"),
        element("td", ""),
        element("th", scale.amounts, scope="col", class_="r"),
        element("th", scale.shares, scope="col", class_="r"),
    ]
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="fall",
    )
    return wide(table, name)


def _bar(start: int, end: int, low: int, high: int) -> Html:
    """A bar between two amounts, on a scale from the lowest to the highest."""
    first, last = sorted((start, end))
    begin, width = 100 * (first - low) / (high - low), 100 * (last - first) / (high - low)
    return element("span", "", style=f"margin-left:{begin:.2f}%;width:{width:.2f}%")
