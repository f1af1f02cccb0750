"""The lines below floor in a report, the largest shortfall first, with what a reader can filter them by."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.amount_rows import signer_shown, whole_money
from walkaway_xl.quotes.audiences import Audience, Secret
from walkaway_xl.quotes.exact import MILLION, Amount, in_whole
from walkaway_xl.quotes.markup import Html, element, joined
from walkaway_xl.quotes.report_counts import ReportLine
from walkaway_xl.quotes.report_tables import Head, price, signed, table
from walkaway_xl.quotes.verdict import share

PRINTED = 50  # rows on paper; the script says it again for those that are filtered
CHOICES = 500  # of one filter; a book with more customers has a text to look for


class Facet(NamedTuple):
    """Something that lines are filtered by: its key in an address, its title, what lines say, the choices."""

    key: str
    title: str
    of_lines: tuple[str, ...]
    choices: tuple[str, ...]


class Facets(NamedTuple):
    """All of them."""

    all: tuple[Facet, ...]

    def pick(self, **wanted: str) -> str | None:
        """The filters of some choices, as a mark in the page says it; None where a choice is not there."""
        by_key = {facet.key: facet for facet in self.all}
        if any(key not in by_key or value not in by_key[key].choices for key, value in wanted.items()):
            return None
        places = ((key, by_key[key].choices.index(value)) for key, value in wanted.items())
        return " ".join(f"{key}={place + 1}" for key, place in places)


def facets(
    audience: Audience,
    lines: Sequence[ReportLine],
    segment: str,
    across: str | None,
    by: Sequence[str],
    periods: Mapping[str, str],
) -> Facets:
    """What some lines can be filtered by.

    Parameters
    ----------
    audience : Audience
        Who reads it.
    lines : sequence of ReportLine
        The lines.
    segment, across : str
        By what they are split.
    by : sequence of str
        By what else they are counted.
    periods : mapping
        Under which period each month stands; none where no column holds the date.
    """
    columns = [
        ("segment", segment, None, [line.segment for line in lines]),
        ("across", across or "", None, [line.across for line in lines] if across else []),
        *((f"by{place}", title, None, [line.by[place] for line in lines]) for place, title in enumerate(by)),
        ("period", phrase("Period"), None, [periods[line.month] for line in lines] if periods else []),
        ("status", phrase("Status"), Secret.FLOOR, [audience.status(line.status) for line in lines]),
        ("signer", phrase("Who signs"), Secret.SIGNER, [signer_shown(line.signer) for line in lines]),
    ]
    made = []
    for key, title, secret, words in columns:
        choices = tuple(sorted(set(words)))
        if audience.sees(secret) and 1 < len(choices) <= CHOICES:
            made.append(Facet(key, title, tuple(words), choices))
    return Facets(tuple(made))


def lines_below(
    audience: Audience, lines: Sequence[ReportLine], all_below: Amount, shown_by: Facets, *, is_dated: bool
) -> Iterator[Html]:
    """The lines, and what filters them."""
    yield _form(lines, all_below, shown_by)
    heads = [
        Head(phrase("Product"), None, is_number=False),
        *([Head(phrase("Month"), None, is_number=False)] if is_dated else []),
        Head(phrase("Quantity"), None),
        Head(phrase("List price"), None),
        Head(phrase("Discount"), None),
        Head(phrase("Net price"), None),
        Head(phrase("Floor"), Secret.FLOOR),
        Head(phrase("Margin"), Secret.COST),
        Head(phrase("Shortfall"), Secret.FLOOR),
        Head(phrase("of all"), Secret.FLOOR),
        Head(phrase("Status"), Secret.FLOOR, is_number=False),
        Head(phrase("Who signs"), Secret.SIGNER, is_number=False),
    ]
    rest = all_below.lines - len(lines)
    caption = phrase("The largest shortfall first")
    if rest:
        caption = phrase(
            "The {shown} lines with the largest shortfall; {rest} others miss their floors by {money}, and "
            "stand in the file that --out writes",
            shown=f"{len(lines):,}",
            rest=f"{rest:,}",
            money=whole_money(in_whole(all_below.shortfall - sum(line.shortfall for line in lines))),
        )
    codes = [{word: place for place, word in enumerate(facet.choices, 1)} for facet in shown_by.all]
    stated = [
        {
            "data_f": " ".join(
                str(code[facet.of_lines[number]]) for code, facet in zip(codes, shown_by.all, strict=True)
            ),
            "data_s": str(line.shortfall),
            **({"class_": "late"} if number >= PRINTED else {}),
        }
        for number, line in enumerate(lines)
    ]
    rows = [_row(audience, line, all_below, is_dated=is_dated) for line in lines]
    label = phrase("All lines below floor")
    yield table(audience, caption, heads, rows, name="lines", class_="lines", label=label, stated=stated)
    if len(lines) > PRINTED:
        yield element("p", phrase("On paper stand the first {count}.", count=PRINTED), class_="mute paper")


def _row(audience: Audience, line: ReportLine, all_below: Amount, *, is_dated: bool) -> list[str]:
    under = [phrase("row {row}", row=f"{line.row:,}"), line.segment, line.across, *line.by]
    if audience.sees(Secret.RULE):
        under.append(line.rule)
    words = " · ".join(dict.fromkeys(filter(None, under)))
    return [
        joined(line.product or phrase("(no name)"), element("span", words, class_="under")),
        *([line.month] if is_dated else []),
        f"{line.quantity:,g}",
        price(line.list_price),
        _share(line.discount),
        price(line.net_price),
        price(line.floor),
        _share(line.margin),
        price(line.shortfall / MILLION),
        f"{100 * line.shortfall / all_below.shortfall:.2f} %" if all_below.shortfall else "–",
        signed(audience, line.status),
        signer_shown(line.signer),
    ]


def _share(value: float) -> str:
    """A share as `share` writes it; a dash for that of nothing, as the margin of what is given away."""
    return share(round(value * MILLION), MILLION) if math.isfinite(value) else "–"


def _form(lines: Sequence[ReportLine], all_below: Amount, shown_by: Facets) -> Html:
    """What the script fills with life; without it nothing of it is there."""
    choices = [
        element(
            "label",
            facet.title.capitalize(),
            element(
                "select",
                element("option", phrase("all"), value=""),
                *(element("option", word, value=str(place)) for place, word in enumerate(facet.choices, 1)),
                name=facet.key,
            ),
        )
        for facet in shown_by.all
    ]
    return element(
        "form",
        element("label", phrase("Text"), element("input", name="text", type="search", autocomplete="off")),
        *choices,
        element("button", phrase("Show all"), type="reset"),
        element("button", phrase("Save as CSV"), type="button", name="save"),
        element(
            "output",
            "",
            name="result",
            data_words=phrase("{lines} of {all} lines, short by {money}: {share} of all"),
        ),
        id="choose",
        hidden="",
        data_total=str(all_below.shortfall),
        aria_label=phrase("Filter the lines below floor"),
    )
