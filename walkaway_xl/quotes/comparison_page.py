"""A comparison as one page for a browser or a printer: the bridge as a picture, and who crossed the floor."""

from collections.abc import Iterator, Mapping, Sequence

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.amount_rows import whole_money
from walkaway_xl.quotes.audiences import FINANCE
from walkaway_xl.quotes.bridge import Bridges
from walkaway_xl.quotes.comparison import Comparison, Crossed, Group
from walkaway_xl.quotes.comparison_rows import (
    ENDS,
    STEPS,
    Parts,
    crossed_row,
    sentences,
    shortfall_sentences,
    signed_money,
    split_parts,
    whole_bridges,
)
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import in_whole
from walkaway_xl.quotes.falls import Bar, Scale, fall
from walkaway_xl.quotes.html_page import page
from walkaway_xl.quotes.markup import Html, element
from walkaway_xl.quotes.provenance import Provenance, origin
from walkaway_xl.quotes.report_tables import Head, table
from walkaway_xl.quotes.verdict import money, share

SHOWN = 200  # lines that crossed
GROUPS = 60  # rows of a table
OF_MARGIN = ("leakage", "cost")  # steps that a revenue has not


def comparison_page(result: Comparison, names: tuple[str, str], made: Provenance) -> bytes:
    """The page.

    Parameters
    ----------
    result : Comparison
        The books side by side.
    names : tuple of str
        Theirs.
    made : Provenance
        Where the page comes from.
    """
    parts: dict[str, list[Html]] = {phrase("Figures"): [_figures(result)]}
    revenue, earned = whole_bridges(result.whole)
    parts[phrase("What led from one revenue to the other")] = [
        _bridge(dict(zip(STEPS, revenue, strict=True)), phrase("Revenue"), OF_MARGIN)
    ]
    parts[phrase("What led from one pocket margin to the other")] = [
        _bridge(dict(zip(STEPS, earned, strict=True)), phrase("Pocket margin"))
    ]
    parts[phrase("Fell below floor")] = list(
        _crossed(result.fell, phrase("The largest shortfall first, as it is after"))
    )
    parts[phrase("Rose above it")] = list(
        _crossed(result.rose, phrase("The largest shortfall first, as it was before"))
    )
    for title, groups in result.by.items():
        parts[phrase("By {segment}", segment=title)] = list(_split(title, groups))
    parts[phrase("Where this comes from")] = [element("p", made.read), origin(made)]
    title = phrase("{before} and {after} side by side", before=names[0], after=names[1])
    under = phrase("{lines} in both, compared {made}", lines=counted(result.shared), made=made.made)
    return page(title, under, list(_verdict(result)), parts, made.version)


def _verdict(result: Comparison) -> Iterator[Html]:
    short = result.short
    change = in_whole(short.shortfall_after) - in_whole(short.shortfall_before)
    words = phrase(
        " shortfall, {before} before and {after} after",
        before=money(short.shortfall_before),
        after=money(short.shortfall_after),
    )
    yield element("p", signed_money(change), element("small", words), class_="big")
    fell, rose = len(result.fell), len(result.rose)
    yield element(
        "p",
        phrase(
            "{fell} fell below floor, {rose} rose above it. The pocket margin went from {before} to {after}.",
            fell=counted(fell),
            rose=f"{rose:,}",
            before=money(result.whole.earned.before),
            after=money(result.whole.earned.after),
        ),
        class_="say",
    )
    notes = [*sentences(result), *list(shortfall_sentences(result))[1:]]
    yield element("div", *(element("p", sentence) for sentence in notes), class_="note")


def _figures(result: Comparison) -> Html:
    revenue, earned = result.whole
    figures = {
        phrase("Revenue"): _change(revenue.before, revenue.after),
        phrase("Pocket margin"): _change(earned.before, earned.after),
        phrase("Lines in both"): f"{result.shared:,}",
        phrase("Lines lost"): f"{result.lost:,}",
        phrase("New lines"): f"{result.new:,}",
    }
    held = (element("div", element("dt", name), element("dd", value)) for name, value in figures.items())
    return element("dl", *held, class_="figures")


def _change(before: int, after: int) -> str:
    """By how much of itself something has changed."""
    words = share(after - before, abs(before))
    return words if words.startswith(("−", "–")) else f"+{words}"


def _bridge(steps: Mapping[str, int], what: str, without: Sequence[str] = ()) -> Html:
    """A bar for each step, from where the last one ended; all on one scale from zero."""
    bars: list[Bar] = []
    reached = 0
    for step, amount in steps.items():
        if step in without:
            continue
        start = 0 if step in ENDS else reached
        look = "sum" if step in ENDS else "gain" if amount >= 0 else "loss"
        shown = whole_money(amount) if step in ENDS else signed_money(amount)
        bars.append(Bar(phrase(STEPS[step]), start, amount, shown, look))
        reached = start + amount
    caption = phrase("Every step begins where the one above it ends; all of them add up")
    scale = Scale(what, phrase("of before"), abs(steps["before"]))
    return fall(bars, scale, caption, phrase("{what}, step by step", what=what))


def _crossed(lines: Sequence[Crossed], caption: str) -> Iterator[Html]:
    if not lines:
        yield element("p", phrase("No line did."))
        return
    heads = [
        Head(phrase("Line"), None, is_number=False),
        Head(phrase("Row before"), None),
        Head(phrase("after"), None),
        Head(phrase("Shortfall before"), None),
        Head(phrase("after"), None),
        Head(phrase("By"), None, is_number=False),
    ]
    if len(lines) > SHOWN:
        caption = phrase(
            "{caption}: {shown} of {lines}; --json names them all",
            caption=caption,
            shown=f"{SHOWN:,}",
            lines=counted(len(lines)),
        )
    yield table(FINANCE, caption, heads, [crossed_row(line) for line in lines[:SHOWN]], class_="worst")


def _split(title: str, groups: Mapping[str, tuple[Group, Bridges]]) -> Iterator[Html]:
    led, standing = split_parts(title, groups, GROUPS, is_wide=True)
    yield _parts(title, led, phrase("What led from one revenue to the other"))
    yield _parts(title, standing, phrase("How far the lines were short of their floors, and are"))


def _parts(title: str, parts: Parts, caption: str) -> Html:
    heads = [Head(title.capitalize(), None, is_number=False), *(Head(head, None) for head in parts.heads)]
    label = phrase("{caption}, by {segment}", caption=caption, segment=title)
    return table(FINANCE, caption, heads, parts.rows, total=parts.total, label=label)
