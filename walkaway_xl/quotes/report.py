"""A check as one page for a browser or a printer: no script, nothing loaded, every text escaped."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.policy import NOBODY
from walkaway_xl.quotes.amount import Amount
from walkaway_xl.quotes.amount_rows import amount_rows, signer_shown, whole_money
from walkaway_xl.quotes.checking import STATUSES, status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import MILLION, in_millionths, in_whole_parts, in_whole_table
from walkaway_xl.quotes.markup import Html, element, joined
from walkaway_xl.quotes.quote_counts import QuoteCounts
from walkaway_xl.quotes.report_counts import Part
from walkaway_xl.quotes.report_style import STYLE
from walkaway_xl.quotes.tally import Listed, Tally
from walkaway_xl.quotes.verdict import money, share, verdict

SIGNS = {
    DiscountStatus.OK: ("●", "OK"),
    DiscountStatus.NEAR_FLOOR: ("◐", "NEAR"),
    DiscountStatus.BELOW_FLOOR: ("▼", "LOW"),
    DiscountStatus.BELOW_COST: ("■", "LOSS"),
}
WORDS = {status_word(status): signs for status, signs in SIGNS.items()}
ROWS, COLUMNS = 20, 8  # of the heat map; what is smaller stands together
RULES = 200  # that are shown
STEPS = (0.02, 0.08, 0.2, 0.4)  # of the largest cell, from which a cell is darker
ALLOWED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Source(NamedTuple):
    """What a check read: a file, and the hash of its bytes."""

    what: str
    name: str
    sha256: str


class Provenance(NamedTuple):
    """Where a report comes from."""

    sources: Sequence[Source]
    read: str  # how the quotes were read, in words
    version: str
    made: str  # day and time
    command: str


class Titles(NamedTuple):
    """What the lines are split by, as people read it."""

    segment: str
    across: str | None  # who signs, if None


def report(tally: Tally, titles: Titles, provenance: Provenance) -> bytes:
    """The page.

    Parameters
    ----------
    tally : Tally
        The checked lines, with what is counted for a report.
    titles : Titles
        What they are split by.
    provenance : Provenance
        Where they come from.
    """
    whole = tally.total()
    title = phrase("Price floors: {what}", what=provenance.sources[0].name)
    parts = dict(_sections(tally, whole, titles, provenance))
    links = [element("li", element("a", name, href=f"#part{number}")) for number, name in enumerate(parts, 1)]
    sections = [
        element("section", element("h2", name), *held, id=f"part{number}")
        for number, (name, held) in enumerate(parts.items(), 1)
    ]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width,initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=ALLOWED),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        element("style", Html(STYLE)),
    )
    body = element(
        "body",
        element("a", phrase("To the figures"), class_="skip", href="#figures"),
        element(
            "header",
            element("h1", title),
            element(
                "p",
                phrase("{lines}, checked {made}", lines=counted(whole.lines), made=provenance.made),
                class_="mute",
            ),
        ),
        element("nav", element("ul", *links), aria_label=phrase("Parts of the report")),
        element("main", *_verdict(tally, whole), *sections, id="figures"),
        element("footer", f"walkaway-xl {provenance.version}"),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()


def _verdict(tally: Tally, whole: Amount) -> Iterator[Html]:
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
    yield element("p", " ".join(verdict(tally)), class_="say")
    if tally.below_floor.lines:
        notes = [phrase("The shortfall supposes the same volumes at floor prices."), *tally.sentences()]
        yield element("div", *(element("p", note) for note in notes), class_="note")


def _sections(
    tally: Tally, whole: Amount, titles: Titles, provenance: Provenance
) -> Iterator[tuple[str, list[Html]]]:
    yield phrase("Figures"), [_figures(tally, whole), _by_status(tally, whole)]
    yield phrase("From list price to pocket margin"), [_waterfall(tally, whole)]
    yield phrase("Where the shortfall is"), [_heat(tally, titles)]
    if tally.worst:
        yield phrase("The worst lines by money"), [_worst(tally, whole)]
    yield phrase("Who signs"), [_signers(tally, whole)]
    if tally.quotes is not None:
        yield phrase("Quotes as a whole"), list(_quotes(tally.quotes))
    yield phrase("What each rule decides"), [_rules(tally, whole)]
    yield phrase("What was read"), list(_data(tally, provenance))
    yield phrase("Where this comes from"), [_provenance(provenance)]


# ---------------------------------------------------------------- tables


class Head(NamedTuple):
    """The head of a column."""

    words: str
    is_number: bool = True


def _table(
    caption: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[str]],
    *,
    total: Sequence[str] | None = None,
    class_: str | None = None,
) -> Html:
    """A table whose first cells are the heads of their rows."""

    def row(cells: Sequence[str]) -> Html:
        looks = ["r" if head.is_number else None for head in heads]
        first, *others = zip(cells, looks, strict=True)
        return element(
            "tr",
            element("th", first[0], scope="row", class_=first[1]),
            *(element("td", cell, class_=look) for cell, look in others),
        )

    head = [element("th", head.words, scope="col", class_="r" if head.is_number else None) for head in heads]
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *head)),
        element("tbody", *map(row, rows)),
        None if total is None else element("tfoot", row(total)),
        class_=class_,
    )
    return element("div", table, class_="wide", tabindex="0", role="region", aria_label=caption)


def _signed(word: str) -> Html:
    """A status with its sign, so that colour is never alone."""
    sign, look = WORDS[word]
    return element("span", element("i", sign, aria_hidden="true"), word, class_=f"sign {look}")


def _money(amount: float) -> str:
    return f"{amount:,.2f}".replace("-", "−")


def _figures(tally: Tally, whole: Amount) -> Html:
    below, nobody = tally.below_floor, tally.total(signer=NOBODY)
    revenue = in_millionths(whole.revenue)
    figures = {
        phrase("Revenue below floor"): share(below.revenue, whole.revenue),
        phrase("Pocket margin"): share(in_millionths(whole.earned), revenue),
        phrase("Blended discount"): share(whole.list_value - whole.revenue, whole.list_value),
        phrase("Outside every signer’s limit"): counted(nobody.lines),
        phrase("Rows read"): f"{whole.lines + tally.rejected + tally.left_out.count + tally.returns.lines:,}",
    }
    return element(
        "dl",
        *(element("div", element("dt", name), element("dd", value)) for name, value in figures.items()),
        class_="figures",
    )


def _counts() -> list[Head]:
    return [
        Head(phrase("Lines")),
        Head(phrase("of all")),
        Head(phrase("Revenue")),
        Head(phrase("of all")),
        Head(phrase("Shortfall")),
        Head(phrase("of it")),
    ]


def _all(whole: Amount) -> list[str]:
    return amount_rows([phrase("All lines")], [whole], whole)[0]


def _by_status(tally: Tally, whole: Amount) -> Html:
    rows = amount_rows(
        [_signed(status_word(status)) for status in STATUSES],
        [tally.total(statuses=[status]) for status in STATUSES],
        whole,
    )
    heads = [Head(phrase("Status"), is_number=False), *_counts()]
    return _table(phrase("Lines by status"), heads, rows, total=_all(whole))


def _signers(tally: Tally, whole: Amount) -> Html:
    amounts = {name: tally.total(signer=name) for name in tally.signer_names}
    asked = {name: amount for name, amount in amounts.items() if amount.lines}
    labels = [signer_shown(name) for name in asked]
    heads = [Head(phrase("Who signs"), is_number=False), *_counts()]
    caption = phrase("The most senior whom discount, margin or price of a line ask for")
    return _table(caption, heads, amount_rows(labels, list(asked.values()), whole), total=_all(whole))


def _quotes(quotes: QuoteCounts) -> Iterator[Html]:
    yield element("p", " ".join(quotes.sentences()))
    heads = [
        Head(phrase("Status"), is_number=False),
        Head(phrase("By their lines")),
        Head(phrase("As a whole")),
        Head(phrase("Decided")),
    ]
    rows = [[_signed(word), *(f"{count:,}" for count in counts)] for word, *counts in quotes.rows()]
    yield _table(
        phrase("Quotes by status: of the worst line, of all lines together, and in the end"), heads, rows
    )
    if not quotes.worst:
        return
    heads = [
        Head(quotes.column, is_number=False),
        Head(phrase("Lines")),
        Head(phrase("Revenue")),
        Head(phrase("Margin")),
        Head(phrase("Shortfall")),
        Head(phrase("By their lines"), is_number=False),
        Head(phrase("As a whole"), is_number=False),
        Head(phrase("Decided"), is_number=False),
        Head(phrase("Who signs"), is_number=False),
    ]
    yield _table(phrase("The quotes with most of the shortfall"), heads, list(map(_quote, quotes.worst)))


def _quote(quote: Mapping[str, Any]) -> list[str]:
    under = [words for words in (quote["not_kept"], quote["asked"]) if words]
    name = joined(
        quote["quote"] or phrase("(no name)"), *(element("span", words, class_="under") for words in under)
    )
    margin = quote["margin"]
    return [
        name,
        f"{quote['lines']:,}",
        _money(quote["revenue"]),
        "–" if margin is None else f"{100 * margin:.1f} %".replace("-", "−"),
        _money(quote["shortfall"]),
        _signed(quote["status_by_lines"]),
        "–" if quote["status_blended"] is None else _signed(quote["status_blended"]),
        joined(_signed(quote["status"]), element("span", quote["decided_by"], class_="under")),
        signer_shown(quote["signer"]),
    ]


def _rules(tally: Tally, whole: Amount) -> Html:
    entries = tally.remarks.report.entries
    names = sorted(entries, key=lambda name: (-entries[name].shortfall, -entries[name].lines, name))
    parts = {name: entries[name] for name in names[:RULES]}
    if rest := [entries[name] for name in names[RULES:]]:
        parts[phrase("{count} others", count=f"{len(rest):,}")] = _sum(rest)
    parts |= {
        name: Part() for name in [*tally.policy_classes, *tally.policy_rules][:RULES] if name not in entries
    }
    heads = [Head(phrase("Rule or class"), is_number=False), *_counts()]
    caption = phrase("What decided the floor of how many lines, the largest shortfall first")
    return _table(caption, heads, amount_rows(list(parts), list(parts.values()), whole), total=_all(whole))


def _sum(parts: Sequence[Part]) -> Part:
    whole = Part()
    for part in parts:
        whole = whole.plus(part)
    return whole


def _waterfall(tally: Tally, whole: Amount) -> Html:
    cost = in_millionths(tally.remarks.report.cost)
    listed, revenue, earned = map(in_millionths, (whole.list_value, whole.revenue, whole.earned))
    # Steps in whole money whose sums are those that are shown.
    top, discount, leak, spent = in_whole_parts([listed, revenue - listed, earned + cost - revenue, -cost])
    steps = [
        (phrase("List value"), top, 0, "sum"),
        (phrase("Discounts"), discount, top, "less"),
        (phrase("Revenue"), top + discount, 0, "sum"),
        (phrase("Leakage: rebate, freight, terms"), leak, top + discount, "less"),
        (phrase("Cost"), spent, top + discount + leak, "less"),
        (phrase("Pocket margin"), top + discount + leak + spent, 0, "sum"),
        (phrase("Shortfall to the floor, not earned"), in_whole_parts([whole.shortfall])[0], 0, "due"),
    ]
    ends = [end for _, amount, start, _ in steps for end in (start, start + amount)]
    low, high = min(0, *ends), max(1, *ends)
    rows = [
        element(
            "tr",
            element("th", name, scope="row"),
            element("td", _bar(start, start + amount, low, high), class_="bar", aria_hidden="true"),
            element("td", whole_money(amount), class_="r v"),
            element("td", share(amount, top + discount), class_="r"),
            class_=look,
        )
        for name, amount, start, look in steps
    ]
    heads = [
        element("th", phrase("Step"), scope="col"),
        element("td", ""),
        element("th", phrase("Money"), scope="col", class_="r"),
        element("th", phrase("of revenue"), scope="col", class_="r"),
    ]
    caption = phrase("The shortfall stands on the same scale, and is no part of the sum above it")
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="fall",
    )
    return element("div", table, class_="wide", tabindex="0", role="region", aria_label=caption)


def _bar(start: int, end: int, low: int, high: int) -> Html:
    first, last = sorted((start, end))
    begin, width = 100 * (first - low) / (high - low), 100 * (last - first) / (high - low)
    return element("span", "", style=f"margin-left:{begin:.2f}%;width:{width:.2f}%")


# ---------------------------------------------------------------- heat map


def _heat(tally: Tally, titles: Titles) -> Html:
    """Shortfall by two columns, a figure in each cell."""
    grid = dict(tally.remarks.report.grid)
    if titles.across is None:
        grid = {}
        for key, amount in tally.amounts.items():
            cell = (key.segment, signer_shown(key.signer))
            grid[cell] = grid.get(cell, Part()).plus(Part(amount.lines, amount.revenue, amount.shortfall))
    rows = _most([(row, part.shortfall) for (row, _), part in grid.items()], ROWS)
    columns = _most([(column, part.shortfall) for (_, column), part in grid.items()], COLUMNS)
    shown: dict[tuple[str, str], int] = {}
    for (row, column), part in grid.items():
        place = (rows[row], columns[column])
        shown[place] = shown.get(place, 0) + part.shortfall
    across = list(dict.fromkeys(columns.values()))
    down = list(dict.fromkeys(rows.values()))
    whole = in_whole_table([[shown.get((row, column)) for column in across] for row in down])
    largest = max(1, *(cell or 0 for cells in whole for cell in cells))
    body = [
        element(
            "tr",
            element("th", row, scope="row"),
            *(
                element("td", "–" if cell is None else whole_money(cell), class_=_shade(cell or 0, largest))
                for cell in cells
            ),
            element("td", whole_money(sum(cell or 0 for cell in cells)), class_="r"),
        )
        for row, cells in zip(down, whole, strict=True)
    ]
    sums = [sum(cell or 0 for cell in cells) for cells in zip(*whole, strict=True)]
    total = [element("td", whole_money(amount), class_="r") for amount in [*sums, sum(sums)]]
    heads = [element("th", name, scope="col", class_="r") for name in [*across, phrase("All")]]
    caption = phrase(
        "Shortfall by {segment} and {across}, the largest first; the stronger the colour, the more",
        segment=titles.segment,
        across=titles.across or phrase("who signs"),
    )
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", element("th", titles.segment, scope="col"), *heads)),
        element("tbody", *body),
        element("tfoot", element("tr", element("th", phrase("All"), scope="row"), *total)),
        class_="heat",
    )
    return element("div", table, class_="wide", tabindex="0", role="region", aria_label=caption)


def _most(parts: Sequence[tuple[str, int]], most: int) -> Mapping[str, str]:
    """Under which name each is shown: its own if it is among the largest, in their order, else the others."""
    sums: dict[str, int] = {}
    for name, shortfall in parts:
        sums[name] = sums.get(name, 0) + shortfall
    ranked = sorted(sums, key=lambda name: (-sums[name], name))
    others = phrase("{count} others", count=f"{len(ranked) - most + 1:,}")
    own = len(ranked) if len(ranked) <= most else most - 1
    return {name: name if place < own else others for place, name in enumerate(ranked)}


def _shade(amount: int, largest: int) -> str:
    return f"r h{sum(amount > step * largest for step in STEPS) + (amount > 0)}"


# ---------------------------------------------------------------- lines, and where all of it comes from


def _worst(tally: Tally, whole: Amount) -> Html:
    running = 0.0
    rows = []
    for line in tally.worst:
        running += line.shortfall
        under = phrase(
            "row {row} of {file}, {segment}", row=f"{line.row:,}", file=line.file, segment=line.segment
        )
        signer = signer_shown(line.signer)
        rows.append(
            [
                joined(line.product or phrase("(no name)"), element("span", under, class_="under")),
                f"{line.quantity:,g}",
                _money(line.net_price),
                _money(line.floor),
                _money(line.shortfall),
                share(round(line.shortfall * MILLION), whole.shortfall),
                share(round(running * MILLION), whole.shortfall),
                _signed(line.status),
                signer,
            ]
        )
    heads = [
        Head(phrase("Product"), is_number=False),
        Head(phrase("Quantity")),
        Head(phrase("Net price")),
        Head(phrase("Floor")),
        Head(phrase("Shortfall")),
        Head(phrase("of all")),
        Head(phrase("so far")),
        Head(phrase("Status"), is_number=False),
        Head(phrase("Who signs"), is_number=False),
    ]
    return _table(
        phrase_count(
            "The {count} line with most of the shortfall",
            "The {count} lines with most of the shortfall",
            len(rows),
        ),
        heads,
        rows,
        class_="worst",
    )


def _data(tally: Tally, provenance: Provenance) -> Iterator[Html]:
    yield element("p", provenance.read)
    whole = tally.total()
    counts = {
        phrase("Lines checked"): whole.lines,
        phrase("Lines that could not be checked"): tally.rejected,
        phrase("Returns, counted apart"): tally.returns.lines,
        phrase("Rows left out, which are no lines"): tally.left_out.count,
        phrase("Lines in doubt, which look like totals"): tally.doubts.count,
        phrase("Lines with a surcharge"): tally.remarks.surcharges,
    }
    heads = [Head(phrase("What"), is_number=False), Head(phrase("Rows"))]
    yield _table(
        phrase("Rows by what they are"), heads, [[name, f"{count:,}"] for name, count in counts.items()]
    )
    rejects = Listed()
    rejects.add(tally.first_rejects)
    rejects.count = tally.rejected
    for rows, title in (
        (rejects, phrase("Could not be checked")),
        (tally.left_out, phrase("Left out")),
        (tally.doubts, phrase("In doubt")),
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
                Head(phrase("Row")),
                Head(phrase("File"), is_number=False),
                Head(phrase("Why"), is_number=False),
            ]
            yield _table(caption, where, places)


def _provenance(provenance: Provenance) -> Html:
    rows = [[source.what, source.name, element("code", source.sha256)] for source in provenance.sources]
    rows += [
        [phrase("Version"), f"walkaway-xl {provenance.version}", ""],
        [phrase("Made"), provenance.made, ""],
        [phrase("Command"), element("code", provenance.command), ""],
    ]
    heads = [
        Head(phrase("What"), is_number=False),
        Head(phrase("Which"), is_number=False),
        Head("SHA-256", is_number=False),
    ]
    return _table(phrase("Who has these files and this policy gets the same figures"), heads, rows)
