"""A check as one page for a browser or a printer: nothing loaded, every text escaped, one own script."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.policy import NOBODY
from walkaway_xl.quotes.amount_rows import (
    amount_rows,
    crossing_rows,
    signer_rows,
    signer_shown,
    what_if_rows,
    what_if_sentences,
)
from walkaway_xl.quotes.audiences import FINANCE, Audience, Secret
from walkaway_xl.quotes.checking import status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import MILLION, Amount, in_millionths
from walkaway_xl.quotes.exception_states import NO_LINE
from walkaway_xl.quotes.html_page import page
from walkaway_xl.quotes.markup import Html, element, joined
from walkaway_xl.quotes.provenance import Provenance, origin
from walkaway_xl.quotes.quote_counts import QuoteCounts
from walkaway_xl.quotes.report_counts import Part, ReportCounts
from walkaway_xl.quotes.report_lines import Facets, facets, lines_below
from walkaway_xl.quotes.report_money import heat, waterfall
from walkaway_xl.quotes.report_tables import Head, amount_heads, price, signed, table
from walkaway_xl.quotes.report_when import periods, split_table, trend
from walkaway_xl.quotes.tallies import Tallies
from walkaway_xl.quotes.tally import Tally
from walkaway_xl.quotes.trends import PERIODS, in_order
from walkaway_xl.quotes.verdict import customer_words, money, share, verdict
from walkaway_xl.quotes.what_if import WhatIf

RULES = 200  # that are shown
EXCEPTIONS = 200


class Titles(NamedTuple):
    """What the lines are split by, as people read it."""

    segment: str
    across: str | None  # who signs, if None


class View(NamedTuple):
    """What a page shows of one currency, and who reads it."""

    tally: Tally
    counts: ReportCounts
    whole: Amount
    titles: Titles
    audience: Audience
    facets: Facets


def report(tallies: Tallies, titles: Titles, provenance: Provenance, audience: Audience = FINANCE) -> bytes:
    """The page.

    Parameters
    ----------
    tallies : Tallies
        The checked lines by currency, with what is counted for a report.
    titles : Titles
        What they are split by.
    provenance : Provenance
        Where they come from.
    audience : Audience, optional
        Who reads it.
    """
    title = phrase("Quotes")
    if audience.sees(Secret.SOURCE):
        title = phrase("Price floors: {what}", what=provenance.sources[0].name)
    parts, verdicts = _of_all(tallies, titles, provenance, audience)
    under = phrase("{lines}, checked {made}", lines=counted(tallies.lines), made=provenance.made)
    return page(title, under, verdicts, parts, provenance.version, is_alive=True)


def _of_all(
    tallies: Tallies, titles: Titles, provenance: Provenance, audience: Audience
) -> tuple[dict[str, list[Html]], list[Html]]:
    """The parts of the page by their titles, and what stands before them; each currency of several is one."""
    parts: dict[str, list[Html]] = {}
    verdicts: list[Html] = []
    for currency, tally in tallies.in_order.items():
        counts = tally.remarks.report
        if tallies.only is None:  # a page filters the lines of one currency only
            counts = counts._replace(lines=type(counts)().lines)
        by = [title for title in tally.remarks.trends if title not in PERIODS]
        shown_by = facets(audience, counts.lines, titles.segment, titles.across, by, periods(counts.months))
        view = View(tally, counts, tally.total(), titles, audience, shown_by)
        held = {part.title: list(part.made()) for part in _parts(view) if audience.sees(part.secret)}
        if tallies.only is not None:
            parts, verdicts = held, list(_verdict(view, tallies.sentences()))
            continue
        name = phrase("{currency}: {lines}", currency=currency, lines=counted(tally.lines_of_all_kinds))
        inner = [element("section", element("h3", title), *made) for title, made in held.items()]
        parts[name] = [*_verdict(view, ()), *inner]
    if tallies.only is None and audience.sees_all:
        verdicts = list(_notes(tallies.sentences()))
    if audience.sees(Secret.SOURCE):
        parts[phrase("What was read")] = list(_data(tallies, provenance, audience))
        parts[phrase("Where this comes from")] = [origin(provenance, audience)]
    return parts, verdicts


def _verdict(view: View, sentences: Sequence[str]) -> Iterator[Html]:
    tally, whole, audience = view.tally, view.whole, view.audience
    if not audience.sees(Secret.FLOOR):
        yield element("p", money(in_millionths(whole.revenue)), class_="big")
        yield element("p", customer_words(whole), class_="say")
        return
    if tally.rejected:
        yield element(
            "p",
            phrase("? Cannot say"),
            element("small", phrase(" at least {shortfall}", shortfall=money(whole.shortfall))),
            class_="big",
        )
    elif tally.below_floor.lines:
        part = phrase(" {share} of revenue", share=share(whole.shortfall, in_millionths(whole.revenue)))
        yield element("p", money(whole.shortfall), element("small", part), class_="big")
    else:
        yield element("p", phrase("✓ Nothing below floor"), class_="big")
    yield element("p", " ".join(verdict(tally, audience)), class_="say")
    notes = list(sentences) if audience.sees_all else []
    if tally.below_floor.lines:
        notes.insert(0, phrase("The shortfall supposes the same volumes at floor prices."))
    yield from _notes(notes)


def _notes(sentences: Sequence[str]) -> Iterator[Html]:
    if sentences:
        yield element("div", *(element("p", sentence) for sentence in sentences), class_="note")


class _Part(NamedTuple):
    """A part of a page, what it gives away, and what makes it for whoever may see that."""

    title: str
    secret: Secret | None
    made: Callable[[], Iterable[Html]]


def _parts(view: View) -> Iterator[_Part]:
    tally, counts, titles = view.tally, view.counts, view.titles
    quotes, what_if = tally.quotes, tally.remarks.what_if
    yield _Part(phrase("Figures"), None, partial(_figures, view))
    yield _Part(phrase("Lines by status"), Secret.FLOOR, partial(_by_status, view))
    yield _Part(phrase("From list price to pocket margin"), None, partial(_waterfall, view))
    yield _Part(phrase("Where the shortfall is"), Secret.FLOOR, partial(_where, view))
    parts = tally.by_segment()
    by_segment = partial(_split, view, titles.segment, parts, "segment")
    yield _Part(phrase("By {segment}", segment=titles.segment), None, by_segment)
    if counts.months:
        yield _Part(phrase("How it went on"), None, partial(_trend, view))
    for title, amounts in tally.remarks.trends.items():
        split = partial(_split, view, title, in_order(title, amounts), _facet(view, title))
        yield _Part(phrase("By {segment}", segment=title), None, split)
    if tally.worst:
        yield _Part(phrase("The worst lines by money"), Secret.FLOOR, partial(_worst, view))
    yield _Part(phrase("Who signs"), Secret.SIGNER, partial(_signers, view))
    if tally.exceptions:
        yield _Part(phrase("Exceptions"), Secret.SOURCE, partial(_exceptions, view))
    if quotes is not None:
        yield _Part(phrase("Quotes as a whole"), Secret.FLOOR, partial(_quotes, view, quotes))
    if what_if is not None:
        yield _Part(phrase("What if"), Secret.COST, partial(_what_if, view, what_if))
    if counts.lines:
        yield _Part(phrase("All lines below floor"), Secret.FLOOR, partial(_lines, view))
    yield _Part(phrase("What each rule decides"), Secret.RULE, partial(_rules, view))


def _facet(view: View, title: str) -> str:
    """What filters the lines by something else that they are counted by; nothing does by a period."""
    by = [name for name in view.tally.remarks.trends if name not in PERIODS]
    return f"by{by.index(title)}" if title in by else ""


def _waterfall(view: View) -> Iterator[Html]:
    yield waterfall(view.audience, view.tally, view.whole)


def _split(view: View, title: str, parts: Sequence[tuple[str, Amount]], facet: str) -> Iterator[Html]:
    yield split_table(view.audience, title, parts, view.whole, view.facets, facet)


def _trend(view: View) -> Iterator[Html]:
    yield from trend(view.audience, view.counts.months, view.whole, view.facets)


def _lines(view: View) -> Iterator[Html]:
    counts = view.counts
    is_dated = bool(counts.months)
    yield from lines_below(
        view.audience, counts.lines, view.tally.below_floor, view.facets, is_dated=is_dated
    )


def _where(view: View) -> Iterator[Html]:
    if view.titles.across is not None or view.audience.sees(Secret.SIGNER):
        yield heat(view.tally, view.titles.segment, view.titles.across, view.facets)


def _what_if(view: View, what_if: WhatIf) -> Iterator[Html]:
    audience = view.audience
    caption = phrase("The policy with {changes}", changes=", ".join(what_if.changes))
    heads = [
        Head(phrase("Figure"), Secret.COST, is_number=False),
        Head(phrase("Now"), Secret.COST),
        Head(phrase("Then"), Secret.COST),
        Head(phrase("Change"), Secret.COST),
    ]
    yield table(audience, caption, heads, what_if_rows(what_if))
    crossing = [
        Head(phrase("Lines that"), Secret.FLOOR, is_number=False),
        Head(phrase("Lines"), Secret.FLOOR),
        Head(phrase("Revenue"), Secret.FLOOR),
        Head(phrase("Shortfall now"), Secret.FLOOR),
        Head(phrase("then"), Secret.FLOOR),
    ]
    yield table(
        audience, phrase("Lines that cross the floor, and all others"), crossing, crossing_rows(what_if)
    )
    heads[0] = Head(phrase("Who signs"), Secret.SIGNER, is_number=False)
    yield table(audience, phrase("Lines by who signs them"), heads, signer_rows(what_if))
    yield element("p", " ".join(what_if_sentences(what_if)), class_="mute")


def _figures(view: View) -> Iterator[Html]:
    tally, whole, audience = view.tally, view.whole, view.audience
    below, nobody = tally.below_floor, tally.total(signer=NOBODY)
    revenue = in_millionths(whole.revenue)
    rows = tally.lines_of_all_kinds
    figures = [
        (phrase("Revenue below floor"), Secret.FLOOR, share(below.revenue, whole.revenue)),
        (phrase("Pocket margin"), Secret.COST, share(in_millionths(whole.earned), revenue)),
        (phrase("Blended discount"), None, share(whole.list_value - whole.revenue, whole.list_value)),
        (phrase("Outside every signer’s limit"), Secret.SIGNER, counted(nobody.lines)),
        (phrase("Lines"), None, f"{rows:,}"),
    ]
    yield element(
        "dl",
        *(
            element("div", element("dt", name), element("dd", value))
            for name, secret, value in figures
            if audience.sees(secret)
        ),
        class_="figures",
    )


def _all(whole: Amount) -> list[str]:
    return amount_rows([phrase("All lines")], [whole], whole)[0]


def _by_status(view: View) -> Iterator[Html]:
    groups = view.audience.statuses
    rows = amount_rows(
        [signed(view.audience, status_word(statuses[0])) for statuses in groups],
        [view.tally.total(statuses=statuses) for statuses in groups],
        view.whole,
    )
    heads = [Head(phrase("Status"), Secret.FLOOR, is_number=False), *amount_heads()]
    yield table(view.audience, phrase("Every line counts once"), heads, rows, total=_all(view.whole))


def _signers(view: View) -> Iterator[Html]:
    amounts = {name: view.tally.total(signer=name) for name in view.tally.signer_names}
    asked = {name: amount for name, amount in amounts.items() if amount.lines}
    labels = [signer_shown(name) for name in asked]
    heads = [Head(phrase("Who signs"), Secret.SIGNER, is_number=False), *amount_heads()]
    caption = phrase("The most senior whom the limits ask for, by line")
    rows = amount_rows(labels, list(asked.values()), view.whole)
    stated = [{"data_pick": pick} if (pick := view.facets.pick(signer=name)) else {} for name in labels]
    yield table(view.audience, caption, heads, rows, total=_all(view.whole), stated=stated)


def _exceptions(view: View) -> Iterator[Html]:
    tally, whole, audience = view.tally, view.whole, view.audience
    allowed = tally.excepted
    yield element(
        "p",
        phrase(
            "{lines} below floor with a valid exception, {shortfall} of the shortfall; {open} without one.",
            lines=counted(allowed.lines),
            shortfall=share(allowed.shortfall, whole.shortfall),
            open=counted(tally.below_floor.lines - allowed.lines),
        ),
    )
    states = sorted(tally.states(), key=lambda held: -1 if held[1] is None else int(held[1]))
    rows = [
        [
            joined(one.shown, element("span", one.as_it_stood or "", class_="under")),
            phrase(NO_LINE) if state is None else state.word,
            f"{lines:,}",
            one.requested_by or "–",
            one.decided_by or "–",
            "–" if one.start is None else one.start.isoformat(),
            "–" if one.end is None else one.end.isoformat(),
            joined(one.reason or "–", element("span", one.in_return or "", class_="under")),
        ]
        for one, state, lines in states[:EXCEPTIONS]
    ]
    heads = [
        Head(phrase("Line"), Secret.SOURCE, is_number=False),
        Head(phrase("The exception is"), Secret.SOURCE, is_number=False),
        Head(phrase("Lines"), Secret.SOURCE),
        Head(phrase("Who asked"), Secret.SOURCE, is_number=False),
        Head(phrase("Who decided"), Secret.SOURCE, is_number=False),
        Head(phrase("On"), Secret.SOURCE, is_number=False),
        Head(phrase("Until"), Secret.SOURCE, is_number=False),
        Head(phrase("Why"), Secret.SOURCE, is_number=False),
    ]
    caption = phrase(
        "{shown} of {count} exceptions, those that do not hold first",
        shown=f"{len(rows):,}",
        count=f"{len(states):,}",
    )
    yield table(audience, caption, heads, rows)


def _quotes(view: View, quotes: QuoteCounts) -> Iterator[Html]:
    audience = view.audience
    yield element("p", " ".join(quotes.sentences()))
    heads = [
        Head(phrase("Status"), Secret.FLOOR, is_number=False),
        Head(phrase("By their lines"), Secret.FLOOR),
        Head(phrase("As a whole"), Secret.FLOOR),
        Head(phrase("Decided"), Secret.FLOOR),
    ]
    sums: dict[str, list[int]] = {}
    for word, *counts in quotes.rows():
        known_as = audience.status(word)
        before = sums.get(known_as, [0, 0, 0])
        sums[known_as] = [mine + more for mine, more in zip(before, counts, strict=True)]
    rows = [[signed(audience, word), *(f"{count:,}" for count in counts)] for word, counts in sums.items()]
    caption = phrase("Quotes by status: of the worst line, of all lines together, and in the end")
    yield table(audience, caption, heads, rows)
    if not quotes.worst:
        return
    heads = [
        Head(quotes.column, Secret.FLOOR, is_number=False),
        Head(phrase("Lines"), None),
        Head(phrase("Revenue"), None),
        Head(phrase("Margin"), Secret.COST),
        Head(phrase("Shortfall"), Secret.FLOOR),
        Head(phrase("By their lines"), Secret.FLOOR, is_number=False),
        Head(phrase("As a whole"), Secret.FLOOR, is_number=False),
        Head(phrase("Decided"), Secret.FLOOR, is_number=False),
        Head(phrase("Who signs"), Secret.SIGNER, is_number=False),
    ]
    rows = [_quote(audience, quote) for quote in quotes.worst]
    caption = phrase("Those with most of the shortfall")
    yield table(audience, caption, heads, rows, class_="worst")


def _quote(audience: Audience, quote: Mapping[str, Any]) -> list[str]:
    under = [quote["not_kept"], quote["asked"]] if audience.sees(Secret.RULE) else []
    name = joined(
        quote["quote"] or phrase("(no name)"),
        *(element("span", words, class_="under") for words in under if words),
    )
    margin, blended = quote["margin"], quote["status_blended"]
    return [
        name,
        f"{quote['lines']:,}",
        price(quote["revenue"]),
        "–" if margin is None else f"{100 * margin:.1f} %".replace("-", "−"),
        price(quote["shortfall"]),
        signed(audience, quote["status_by_lines"]),
        "–" if blended is None else signed(audience, blended),
        joined(signed(audience, quote["status"]), element("span", quote["decided_by"], class_="under")),
        signer_shown(quote["signer"]),
    ]


def _rules(view: View) -> Iterator[Html]:
    tally, whole = view.tally, view.whole
    entries = view.counts.entries
    names = sorted(entries, key=lambda name: (-entries[name].shortfall, -entries[name].lines, name))
    parts = {name: entries[name] for name in names[:RULES]}
    if rest := [entries[name] for name in names[RULES:]]:
        parts[phrase("{count} others", count=f"{len(rest):,}")] = _sum(rest)
    parts |= {
        name: Part() for name in [*tally.policy_classes, *tally.policy_rules][:RULES] if name not in entries
    }
    heads = [Head(phrase("Rule or class"), Secret.RULE, is_number=False), *amount_heads()]
    caption = phrase("Every line counts under the one that gave it its floor; the largest shortfall first")
    rows = amount_rows(list(parts), list(parts.values()), whole)
    yield table(view.audience, caption, heads, rows, total=_all(whole))


def _sum(parts: Sequence[Part]) -> Part:
    whole = Part()
    for part in parts:
        whole = whole.plus(part)
    return whole


def _worst(view: View) -> Iterator[Html]:
    tally, whole, audience = view.tally, view.whole, view.audience
    running = 0.0
    rows = []
    for line in tally.worst:
        running += line.shortfall
        under = phrase("row {row}, {segment}", row=f"{line.row:,}", segment=line.segment)
        if audience.sees(Secret.SOURCE):
            under = phrase(
                "row {row} of {file}, {segment}", row=f"{line.row:,}", file=line.file, segment=line.segment
            )
        rows.append(
            [
                joined(line.product or phrase("(no name)"), element("span", under, class_="under")),
                f"{line.quantity:,g}",
                price(line.net_price),
                price(line.floor),
                price(line.shortfall),
                share(round(line.shortfall * MILLION), whole.shortfall),
                share(round(running * MILLION), whole.shortfall),
                signed(audience, line.status),
                signer_shown(line.signer),
            ]
        )
    heads = [
        Head(phrase("Product"), None, is_number=False),
        Head(phrase("Quantity"), None),
        Head(phrase("Net price"), None),
        Head(phrase("Floor"), Secret.FLOOR),
        Head(phrase("Shortfall"), Secret.FLOOR),
        Head(phrase("of all"), Secret.FLOOR),
        Head(phrase("so far"), Secret.FLOOR),
        Head(phrase("Status"), Secret.FLOOR, is_number=False),
        Head(phrase("Who signs"), Secret.SIGNER, is_number=False),
    ]
    caption = phrase_count(
        "{count} line, with {share} of the shortfall",
        "{count} lines, together with {share} of the shortfall",
        len(rows),
        share=share(round(running * MILLION), whole.shortfall),
    )
    yield table(audience, caption, heads, rows, class_="worst")


def _data(tallies: Tallies, provenance: Provenance, audience: Audience) -> Iterator[Html]:
    yield element("p", provenance.read)
    if tallies.only is None:
        yield element("p", " ".join(tallies.sentences()))
    rejects = tallies.rejects
    counts = {
        phrase("Rows read"): tallies.lines + rejects.count + tallies.left_out.count + tallies.returns,
        phrase("Lines checked"): tallies.lines,
        phrase("Lines that could not be checked"): rejects.count,
        phrase("Returns, counted apart"): tallies.returns,
        phrase("Rows left out, which are no lines"): tallies.left_out.count,
        phrase("Lines in doubt, which look like totals"): tallies.doubts.count,
        phrase("Lines with a surcharge"): tallies.remarks.surcharges,
    }
    heads = [Head(phrase("What"), Secret.SOURCE, is_number=False), Head(phrase("Rows"), Secret.SOURCE)]
    kinds = [[name, f"{count:,}"] for name, count in counts.items()]
    yield table(audience, phrase("Rows by what they are"), heads, kinds)
    for rows, title in (
        (rejects, phrase("Could not be checked")),
        (tallies.left_out, phrase("Left out")),
        (tallies.doubts, phrase("In doubt")),
    ):
        if rows.count:
            caption = phrase(
                "{title}: the first {shown} of {count}",
                title=title,
                shown=len(rows.first),
                count=f"{rows.count:,}",
            )
            places = [[f"{row.row:,}", row.file, row.reason] for row in rows.first]
            where = [
                Head(phrase("Row"), Secret.SOURCE),
                Head(phrase("File"), Secret.SOURCE, is_number=False),
                Head(phrase("Why"), Secret.SOURCE, is_number=False),
            ]
            yield table(audience, caption, where, places)
