"""Tables of a report: columns with what they give away, of which a reader gets those that he may see."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.quotes.audiences import Audience, Secret
from walkaway_xl.quotes.checking import status_word
from walkaway_xl.quotes.markup import Html, element

SIGNS = {
    DiscountStatus.OK: ("●", "OK"),
    DiscountStatus.NEAR_FLOOR: ("◐", "NEAR"),
    DiscountStatus.BELOW_FLOOR: ("▼", "LOW"),
    DiscountStatus.BELOW_COST: ("■", "LOSS"),
}
WORDS = {status_word(status): signs for status, signs in SIGNS.items()}


class Head(NamedTuple):
    """The head of a column, and what the column gives away."""

    words: str
    secret: Secret | None
    is_number: bool = True


Row = Sequence[str]


def table(
    audience: Audience,
    caption: str,
    heads: Sequence[Head],
    rows: Sequence[Row],
    *,
    total: Row | None = None,
    name: str | None = None,
    class_: str | None = None,
    label: str | None = None,
    stated: Sequence[Mapping[str, str]] = (),
) -> Html:
    """A table whose first cells are the heads of their rows.

    Parameters
    ----------
    audience : Audience
        Who reads it; columns that he must not see are left out.
    caption : str
        What it shows.
    heads : sequence of Head
        Its columns.
    rows : sequence of rows
        A text or markup for each column.
    total : row, optional
        The last row, below a rule.
    name, class_ : str, optional
        Of the table in the page.
    label : str, optional
        What it is called where its title is not seen; the caption if nothing else.
    stated : sequence of mapping, optional
        Attributes of each row.
    """
    shown = [place for place, head in enumerate(heads) if audience.sees(head.secret)]
    looks = ["r" if heads[place].is_number else None for place in shown]

    def row(cells: Row, attributes: Mapping[str, str]) -> Html:
        first, *others = zip((cells[place] for place in shown), looks, strict=True)
        return element(
            "tr",
            element("th", first[0], scope="row", class_=first[1]),
            *(element("td", cell, class_=look) for cell, look in others),
            **attributes,
        )

    names = [
        element("th", heads[place].words, scope="col", class_=look)
        for place, look in zip(shown, looks, strict=True)
    ]
    body = [row(cells, stated[number] if stated else {}) for number, cells in enumerate(rows)]
    whole = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *names)),
        element("tbody", *body),
        None if total is None else element("tfoot", row(total, {})),
        id=name,
        class_=class_,
    )
    return wide(whole, label or caption)


def wide(held: Html, name: str) -> Html:
    """What may be wider than a screen, and is then moved sideways."""
    return element("div", held, class_="wide", tabindex="0", role="region", aria_label=name)


@cache
def signed(audience: Audience, word: str) -> Html:
    """A status with its sign, so that colour is never alone."""
    shown = audience.status(word)
    sign, look = WORDS[shown]
    return element("span", element("i", sign, aria_hidden="true"), shown, class_=f"sign {look}")


def price(amount: float) -> str:
    """Money to the cent."""
    return f"{amount:,.2f}".replace("-", "−")


def amount_heads() -> list[Head]:
    """The heads of `amount_rows`, behind the first."""
    return [
        Head(phrase("Lines"), None),
        Head(phrase("of all"), None),
        Head(phrase("Revenue"), None),
        Head(phrase("of all"), None),
        Head(phrase("Shortfall"), Secret.FLOOR),
        Head(phrase("of it"), Secret.FLOOR),
    ]


def split_table_heads(title: str) -> list[Head]:
    """The heads of `split_rows`."""
    return [
        Head(title.capitalize(), None, is_number=False),
        Head(phrase("Lines"), None),
        Head(phrase("Revenue"), None),
        Head(phrase("Shortfall"), Secret.FLOOR),
        Head(phrase("of it"), Secret.FLOOR),
        Head(phrase("Discount"), None),
        Head(phrase("Margin"), Secret.COST),
    ]
