"""The summary of a checked quote book as plain text, for a terminal or a message."""

import textwrap
from collections.abc import Iterator, Sequence

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.texts import visible
from walkaway_xl.quotes.amount import Amount
from walkaway_xl.quotes.amount_rows import (
    amount_rows,
    crossing_rows,
    grouped,
    signer_rows,
    signer_shown,
    split_heads,
    split_rows,
    what_if_rows,
    what_if_sentences,
)
from walkaway_xl.quotes.checking import STATUSES, status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import in_millionths
from walkaway_xl.quotes.quote_counts import QuoteCounts
from walkaway_xl.quotes.tally import Reject, Tally
from walkaway_xl.quotes.trends import in_order
from walkaway_xl.quotes.verdict import money, share, verdict
from walkaway_xl.quotes.what_if import WhatIf
from walkaway_xl.text_tables import TextColumn, table_lines, wrapped

SEGMENTS_SHOWN = 20
PARTS_SHOWN = 24  # of a trend: two years of months
LONGEST_NAME = 40  # characters, so that the eye finds the numbers beside it


def summary_text(tally: Tally, segment: str, width: int) -> str:
    """The summary as plain text of some width, for a terminal or a message."""
    return "\n".join(_lines_of(tally, segment, width)).rstrip()


def _lines_of(tally: Tally, segment: str, width: int) -> Iterator[str]:
    whole = tally.total()
    for sentence in verdict(tally):
        yield from wrapped(sentence, width)
    yield ""
    yield from _by_status(tally, whole, width)
    yield ""
    yield from _figures(tally, whole)
    yield ""
    for sentence in tally.sentences():
        yield from textwrap.wrap(_printable(sentence), width)
    if tally.sentences():
        yield ""
    if tally.quotes is not None:
        yield from _by_quote(tally.quotes, width)
        yield ""
    yield from _by_segment(tally, segment, whole, width)
    yield ""
    yield from _trends(tally, whole, width)
    yield from _by_signer(tally, whole, width)
    yield ""
    yield from _worst(tally, whole, width)
    if tally.remarks.what_if is not None:
        yield ""
        yield from _what_if(tally.remarks.what_if, width)
    yield from _beside(tally)
    if tally.rejected:
        yield ""
        yield from _rejects(tally)


def _figures(tally: Tally, whole: Amount) -> Iterator[str]:
    below = tally.below_floor
    part = share(below.revenue, whole.revenue)
    figures = {
        phrase("Revenue below floor"): f"{money(in_millionths(below.revenue))}  ({part})",
        phrase("Blended discount"): _share(whole.discount),
        phrase("Margin"): _share(whole.margin),
    }
    room = max(map(len, figures)) + 2
    yield from (f"{label:<{room}}{figure}" for label, figure in figures.items())


def _counts() -> list[TextColumn]:
    return [
        TextColumn(phrase("Lines")),
        TextColumn(phrase("of all"), is_needed=False),
        TextColumn(phrase("Revenue")),
        TextColumn(phrase("of all"), is_needed=False),
        TextColumn(phrase("Shortfall")),
        TextColumn(phrase("of it")),
    ]


def _by_status(tally: Tally, whole: Amount, width: int) -> list[str]:
    return table_lines(
        [TextColumn(phrase("Status"), is_number=False), *_counts()],
        amount_rows(
            [status_word(status) for status in STATUSES],
            [tally.total(statuses=[status]) for status in STATUSES],
            whole,
        ),
        width,
        total=amount_rows([phrase("All lines")], [whole], whole)[0],
    )


def _by_quote(quotes: QuoteCounts, width: int) -> list[str]:
    columns = [
        TextColumn(phrase("Quotes"), is_number=False),
        TextColumn(phrase("By their lines")),
        TextColumn(phrase("As a whole")),
        TextColumn(phrase("Decided")),
    ]
    rows = [[word, *(f"{count:,}" for count in counts)] for word, *counts in quotes.rows()]
    return table_lines(columns, rows, width)


def _by_segment(tally: Tally, segment: str, whole: Amount, width: int) -> list[str]:
    parts = [(name, tally.total(segment=name)) for name in tally.segments()]
    return _split(segment, grouped(parts, SEGMENTS_SHOWN), whole, width)


def _trends(tally: Tally, whole: Amount, width: int) -> Iterator[str]:
    for title, amounts in tally.remarks.trends.items():
        yield from _split(title, grouped(in_order(title, amounts), PARTS_SHOWN, title), whole, width)
        yield ""


def _split(title: str, parts: Sequence[tuple[str, Amount]], whole: Amount, width: int) -> list[str]:
    """The lines by something, added up."""
    first, *heads = split_heads(_printable(title))
    columns = [
        TextColumn(first, is_number=False, most=LONGEST_NAME),
        *(TextColumn(head, is_needed=head != phrase("discount")) for head in heads),
    ]
    rows = split_rows([(_printable(name), amount) for name, amount in parts], whole)
    return table_lines(columns, rows, width, total=split_rows([(phrase("All lines"), whole)], whole)[0])


def _what_if(what_if: WhatIf, width: int) -> Iterator[str]:
    yield from wrapped(phrase("What if {changes}", changes=", ".join(what_if.changes)), width)
    heads = [TextColumn("", is_number=False), TextColumn(phrase("Now"))]
    heads += [TextColumn(phrase("Then")), TextColumn(phrase("Change"))]
    yield from table_lines(heads, what_if_rows(what_if), width)
    yield ""
    crossing = [
        TextColumn(phrase("Lines that"), is_number=False),
        TextColumn(phrase("Lines")),
        TextColumn(phrase("Revenue")),
        TextColumn(phrase("Shortfall now")),
        TextColumn(phrase("then")),
    ]
    yield from table_lines(crossing, crossing_rows(what_if), width)
    yield ""
    heads[0] = TextColumn(phrase("Who signs"), is_number=False, most=LONGEST_NAME)
    rows = [[_printable(name), *figures] for name, *figures in signer_rows(what_if)]
    yield from table_lines(heads, rows, width)
    for sentence in what_if_sentences(what_if):
        yield from wrapped(sentence, width)


def _by_signer(tally: Tally, whole: Amount, width: int) -> list[str]:
    amounts = {_printable(signer_shown(name)): tally.total(signer=name) for name in tally.signer_names}
    asked = {name: amount for name, amount in amounts.items() if amount.lines}
    return table_lines(
        [TextColumn(phrase("Who signs"), is_number=False, most=LONGEST_NAME), *_counts()],
        amount_rows(list(asked), list(asked.values()), whole),
        width,
    )


def _worst(tally: Tally, whole: Amount, width: int) -> Iterator[str]:
    worst = tally.worst
    if not worst:
        return
    if len(worst) == 1:
        yield phrase("The worst line by money")
    else:
        yield phrase_count("The {count} worst line by money", "The {count} worst lines by money", len(worst))
    columns = [
        TextColumn(phrase("Row")),
        TextColumn(phrase("Product"), is_number=False, most=LONGEST_NAME),
        TextColumn(phrase("Shortfall")),
        TextColumn(phrase("of all")),
        TextColumn(phrase("Status"), is_number=False),
        TextColumn(phrase("Who signs"), is_number=False),
    ]
    rows = [
        (
            f"{line.row:,}",
            _printable(line.product),
            f"{line.shortfall:,.2f}",
            _share(line.share_of(whole)),
            line.status,
            _printable(signer_shown(line.signer)),
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
            revenue=money(in_millionths(back.revenue)),
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


def _place(reject: Reject) -> str:
    return phrase(
        "  {file}, row {row}: {reason}",
        file=visible(reject.file),
        row=f"{reject.row:,}",
        reason=visible(reject.reason),
    )


def _printable(text: str) -> str:
    return visible(" ".join(text.split()))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _share(value: float | None) -> str:
    return "–" if value is None else _minus(f"{100 * value:.1f} %")
