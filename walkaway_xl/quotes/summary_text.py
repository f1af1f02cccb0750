"""The summary of a checked quote book as plain text, for a terminal or a message."""

import textwrap
from collections.abc import Iterator, Sequence

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.texts import visible
from walkaway_xl.policy import NOBODY
from walkaway_xl.quotes.checking import STATUSES, status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import as_float
from walkaway_xl.quotes.tally import BELOW, Amount, Reject, Tally, WorstLine
from walkaway_xl.text_tables import TextColumn, table_lines

SEGMENTS_SHOWN = 20
LONGEST_NAME = 40  # characters, so that the eye finds the numbers beside it


def summary_text(tally: Tally, segment: str, width: int) -> str:
    """The summary as plain text of some width, for a terminal or a message."""
    return "\n".join(_lines_of(tally, segment, width)).rstrip()


def _lines_of(tally: Tally, segment: str, width: int) -> Iterator[str]:
    whole = tally.total()
    yield from _by_status(tally, whole, width)
    yield ""
    yield from _figures(tally, whole)
    yield ""
    for sentence in tally.sentences():
        yield from textwrap.wrap(_printable(sentence), width)
    if tally.sentences():
        yield ""
    yield from _by_segment(tally, segment, width)
    yield ""
    yield from _by_signer(tally, whole, width)
    yield ""
    yield from _worst(tally.worst, width)
    yield from _beside(tally)
    if tally.rejected:
        yield ""
        yield from _rejects(tally)


def _figures(tally: Tally, whole: Amount) -> Iterator[str]:
    below = tally.below_floor
    part = _share(_ratio(below.revenue, whole.revenue))
    figures = {
        phrase("Revenue below floor"): f"{_money(below.revenue)}  ({part})",
        phrase("Blended discount"): _share(whole.discount),
        phrase("Margin"): _share(whole.margin),
    }
    room = max(map(len, figures)) + 2
    yield from (f"{label:<{room}}{figure}" for label, figure in figures.items())


def _counts() -> list[TextColumn]:
    heads = (phrase("Lines"), phrase("of all"), phrase("Revenue"), phrase("of revenue"))
    return [TextColumn(head) for head in heads]


def _counted(label: str, amount: Amount, whole: Amount) -> list[str]:
    return [
        _printable(label),
        f"{amount.lines:,}",
        _share(_ratio(amount.lines, whole.lines)),
        _money(amount.revenue),
        _share(_ratio(amount.revenue, whole.revenue)),
    ]


def _by_status(tally: Tally, whole: Amount, width: int) -> list[str]:
    return table_lines(
        [TextColumn(phrase("Status"), is_number=False), *_counts()],
        [_counted(status_word(status), tally.total(statuses=[status]), whole) for status in STATUSES],
        width,
        total=_counted(phrase("All lines"), whole, whole),
    )


def _by_segment(tally: Tally, segment: str, width: int) -> Iterator[str]:
    names = tally.segments()
    rows = []
    for name in names[:SEGMENTS_SHOWN]:
        amount = tally.total(segment=name)
        below = tally.total(segment=name, statuses=BELOW)
        shares = (_share(amount.discount), _share(amount.margin))
        rows.append(
            [_printable(name), f"{amount.lines:,}", _money(amount.revenue), _money(below.revenue), *shares]
        )
    columns = [
        TextColumn(_printable(segment.capitalize()), is_number=False, most=LONGEST_NAME),
        TextColumn(phrase("Lines")),
        TextColumn(phrase("Revenue")),
        TextColumn(phrase("below floor")),
        TextColumn(phrase("discount"), is_needed=False),
        TextColumn(phrase("margin")),
    ]
    yield from table_lines(columns, rows, width)
    if len(names) > SEGMENTS_SHOWN:
        yield phrase("… and {count} more", count=f"{len(names) - SEGMENTS_SHOWN:,}")


def _by_signer(tally: Tally, whole: Amount, width: int) -> list[str]:
    amounts = {name: tally.total(signer=name) for name in tally.signer_names}
    return table_lines(
        [TextColumn(phrase("Who signs"), is_number=False, most=LONGEST_NAME), *_counts()],
        [_counted(_signer(name), amount, whole) for name, amount in amounts.items() if amount.lines],
        width,
    )


def _worst(worst: Sequence[WorstLine], width: int) -> Iterator[str]:
    if not worst:
        return
    if len(worst) == 1:
        yield phrase("The worst line (headroom in points of discount)")
    else:
        yield phrase_count(
            "The {count} worst line (headroom in points of discount)",
            "The {count} worst lines (headroom in points of discount)",
            len(worst),
        )
    columns = [
        TextColumn(phrase("Row")),
        TextColumn(phrase("Product"), is_number=False, most=LONGEST_NAME),
        TextColumn(phrase("Net"), is_needed=False),
        TextColumn(phrase("Floor"), is_needed=False),
        TextColumn(phrase("Headroom")),
        TextColumn(phrase("Status"), is_number=False),
        TextColumn(phrase("Who signs"), is_number=False),
    ]
    rows = [
        (
            f"{line.row:,}",
            _printable(line.product),
            _price(line.net_price),
            _price(line.floor),
            _points(line.headroom),
            line.status,
            _printable(_signer(line.signer)),
        )
        for line in worst
    ]
    yield from table_lines(columns, rows, width)


def _beside(tally: Tally) -> Iterator[str]:
    """What else was in the file: returns, rows that are no lines, and rows that look so."""
    if tally.returns.lines:
        back = tally.returns
        yield ""
        yield phrase(
            "{returns} counted apart, with a revenue of {revenue}",
            returns=counted(back.lines, "return"),
            revenue=_money(back.revenue),
        )
    for rows, title in (
        (tally.left_out, phrase("{rows} left out:", rows=counted(tally.left_out.count, "row"))),
        (
            tally.doubts,
            phrase("{rows} counted as lines, and in doubt:", rows=counted(tally.doubts.count, "row")),
        ),
    ):
        if rows.count:
            yield ""
            yield title
            for row in rows.first:
                yield _place(row)
            if rows.count > len(rows.first):
                yield phrase("  … and {count} more", count=f"{rows.count - len(rows.first):,}")


def _rejects(tally: Tally) -> Iterator[str]:
    yield phrase("{rejected} could not be checked:", rejected=counted(tally.rejected))
    for reject in tally.first_rejects:
        yield _place(reject)
    if tally.rejected > len(tally.first_rejects):
        yield phrase("  … and {rejected} more", rejected=f"{tally.rejected - len(tally.first_rejects):,}")


def _signer(name: str) -> str:
    """A signer's own name, or that nobody is one, in the reader's language."""
    return phrase(NOBODY) if name == NOBODY else name


def _place(reject: Reject) -> str:
    return phrase(
        "  {file}, row {row}: {reason}",
        file=visible(reject.file),
        row=f"{reject.row:,}",
        reason=visible(reject.reason),
    )


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _printable(text: str) -> str:
    return visible(" ".join(text.split()))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _money(units: int) -> str:
    return _minus(f"{as_float(units):,.0f}")


def _price(value: float) -> str:
    return _minus(f"{value:,.2f}")


def _share(value: float | None) -> str:
    return "–" if value is None else _minus(f"{100 * value:.1f} %")


def _points(value: float) -> str:
    return _minus(f"{100 * value:+.1f}")
