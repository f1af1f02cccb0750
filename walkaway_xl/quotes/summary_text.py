"""The summary of a checked quote book as plain text, for a terminal or a message."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.texts import visible
from walkaway_xl.quotes.amount_rows import (
    amount_rows,
    crossing_rows,
    grouped,
    signer_rows,
    signer_shown,
    split_rows,
    what_if_rows,
    what_if_sentences,
)
from walkaway_xl.quotes.audiences import FINANCE, Audience, Secret
from walkaway_xl.quotes.checking import status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import Amount, in_millionths
from walkaway_xl.quotes.exception_states import State
from walkaway_xl.quotes.quote_counts import QuoteCounts
from walkaway_xl.quotes.tallies import Tallies
from walkaway_xl.quotes.tally import REJECTS_SHOWN, Listed, Reject, Tally
from walkaway_xl.quotes.trends import in_order
from walkaway_xl.quotes.verdict import customer_words, money, share, verdict
from walkaway_xl.quotes.what_if import WhatIf
from walkaway_xl.text_tables import TextColumn, table_lines, wrapped

SEGMENTS_SHOWN = 20
PARTS_SHOWN = 24  # of a trend: two years of months
LONGEST_NAME = 40  # characters, so that the eye finds the numbers beside it


def summary_text(tallies: Tallies, segment: str, width: int, audience: Audience = FINANCE) -> str:
    """The summary as plain text of some width, for a terminal or a message, as somebody may see it."""
    return "\n".join(_parts(tallies, segment, _Page(width, audience))).rstrip()


def _parts(tallies: Tallies, segment: str, page: "_Page") -> Iterator[str]:
    """What each currency comes to, and what there is to say of all lines."""
    for currency, tally in tallies.in_order.items():
        if tallies.only is None:
            head = phrase("{currency}: {lines}", currency=currency, lines=counted(tally.lines_of_all_kinds))
            yield from (_printable(head), "═" * page.width)
        yield from _money(tally, segment, page)
        yield ""
    if not page.audience.sees_all:
        return
    for sentence in tallies.sentences():
        yield from textwrap.wrap(_printable(sentence), page.width)
    yield from _beside(tallies)
    if tallies.rejects.count:
        yield ""
        yield from _rejects(tallies.rejects)


class _Page(NamedTuple):
    """For whom, and how wide."""

    width: int
    audience: Audience

    def table(
        self,
        columns: Sequence[tuple[TextColumn, Secret | None]],
        rows: Sequence[Sequence[str]],
        total: Sequence[str] | None = None,
    ) -> list[str]:
        """The columns of a table that the reader may see."""
        places = [place for place, (_, secret) in enumerate(columns) if self.audience.sees(secret)]

        def cut(row: Sequence[str]) -> list[str]:
            return [row[place] for place in places]

        return table_lines(
            [columns[place][0] for place in places],
            list(map(cut, rows)),
            self.width,
            total=None if total is None else cut(total),
        )


def _money(tally: Tally, segment: str, page: _Page) -> Iterator[str]:
    """The parts of a summary in one currency, each for whom may see what it gives away."""
    whole, width, audience = tally.total(), page.width, page.audience
    for sentence in verdict(tally, audience) if audience.sees(Secret.FLOOR) else [customer_words(whole)]:
        yield from wrapped(sentence, width)
    yield ""
    if not audience.sees_all:
        yield from _for_others(tally, segment, whole, page)
        return
    yield from _by_status(tally, whole, page)
    yield ""
    yield from _figures(tally, whole)
    yield ""
    if tally.quotes is not None:
        yield from _by_quote(tally.quotes, width)
        yield ""
    yield from _by_segment(tally, segment, whole, page)
    yield ""
    yield from _trends(tally, whole, page)
    yield from _by_signer(tally, whole, page)
    if tally.worst:
        yield ""
        yield from _worst(tally, whole, page)
    if tally.remarks.what_if is not None:
        yield ""
        yield from _what_if(tally.remarks.what_if, width)
    yield from _exceptions(tally, width)
    if tally.returns.lines:
        back = tally.returns
        yield ""
        yield phrase(
            "{returns} counted apart, with a revenue of {revenue}",
            returns=counted(back.lines, "return"),
            revenue=money(in_millionths(back.revenue)),
        )


def _for_others(tally: Tally, segment: str, whole: Amount, page: _Page) -> Iterator[str]:
    """What there is for readers from whom something is kept."""
    if page.audience.sees(Secret.FLOOR):
        yield from _by_status(tally, whole, page)
        yield ""
    yield from _by_segment(tally, segment, whole, page)
    yield ""
    yield from _trends(tally, whole, page)
    if page.audience.sees(Secret.SIGNER):
        yield from _by_signer(tally, whole, page)
        yield ""
    if page.audience.sees(Secret.FLOOR):
        yield from _worst(tally, whole, page)


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


def _counts() -> list[tuple[TextColumn, Secret | None]]:
    return [
        (TextColumn(phrase("Lines")), None),
        (TextColumn(phrase("of all"), is_needed=False), None),
        (TextColumn(phrase("Revenue")), None),
        (TextColumn(phrase("of all"), is_needed=False), None),
        (TextColumn(phrase("Shortfall")), Secret.FLOOR),
        (TextColumn(phrase("of it")), Secret.FLOOR),
    ]


def _by_status(tally: Tally, whole: Amount, page: _Page) -> list[str]:
    groups = page.audience.statuses
    return page.table(
        [(TextColumn(phrase("Status"), is_number=False), Secret.FLOOR), *_counts()],
        amount_rows(
            [page.audience.status(status_word(statuses[0])) for statuses in groups],
            [tally.total(statuses=statuses) for statuses in groups],
            whole,
        ),
        amount_rows([phrase("All lines")], [whole], whole)[0],
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


def _by_segment(tally: Tally, segment: str, whole: Amount, page: _Page) -> list[str]:
    parts = tally.by_segment()
    return _split(segment, grouped(parts, SEGMENTS_SHOWN), whole, page)


def _trends(tally: Tally, whole: Amount, page: _Page) -> Iterator[str]:
    for title, amounts in tally.remarks.trends.items():
        yield from _split(title, grouped(in_order(title, amounts), PARTS_SHOWN, title), whole, page)
        yield ""


def _split(title: str, parts: Sequence[tuple[str, Amount]], whole: Amount, page: _Page) -> list[str]:
    """The lines by something, added up."""
    columns = [
        (TextColumn(phrase("Lines")), None),
        (TextColumn(phrase("Revenue")), None),
        (TextColumn(phrase("Shortfall")), Secret.FLOOR),
        (TextColumn(phrase("of it")), Secret.FLOOR),
        (TextColumn(phrase("discount"), is_needed=False), None),
        (TextColumn(phrase("margin")), Secret.COST),
    ]
    first = TextColumn(_printable(title.capitalize()), is_number=False, most=LONGEST_NAME)
    rows = split_rows([(_printable(name), amount) for name, amount in parts], whole)
    return page.table([(first, None), *columns], rows, split_rows([(phrase("All lines"), whole)], whole)[0])


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


def _by_signer(tally: Tally, whole: Amount, page: _Page) -> list[str]:
    amounts = {_printable(signer_shown(name)): tally.total(signer=name) for name in tally.signer_names}
    asked = {name: amount for name, amount in amounts.items() if amount.lines}
    first = TextColumn(phrase("Who signs"), is_number=False, most=LONGEST_NAME)
    return page.table(
        [(first, Secret.SIGNER), *_counts()],
        amount_rows(list(asked), list(asked.values()), whole),
        amount_rows([phrase("All lines")], [whole], whole)[0],
    )


def _worst(tally: Tally, whole: Amount, page: _Page) -> Iterator[str]:
    worst = tally.worst
    if not worst:
        return
    if len(worst) == 1:
        yield phrase("The worst line by money")
    else:
        yield phrase_count("The {count} worst line by money", "The {count} worst lines by money", len(worst))
    columns = [
        (TextColumn(phrase("Row")), None),
        (TextColumn(phrase("Product"), is_number=False, most=LONGEST_NAME), None),
        (TextColumn(phrase("Shortfall")), Secret.FLOOR),
        (TextColumn(phrase("of all")), Secret.FLOOR),
        (TextColumn(phrase("Status"), is_number=False), Secret.FLOOR),
        (TextColumn(phrase("Who signs"), is_number=False), Secret.SIGNER),
    ]
    rows = [
        (
            f"{line.row:,}",
            _printable(line.product),
            f"{line.shortfall:,.2f}",
            _share(line.share_of(whole)),
            page.audience.status(line.status),
            _printable(signer_shown(line.signer)),
        )
        for line in worst
    ]
    yield from page.table(columns, rows)


def _exceptions(tally: Tally, width: int) -> Iterator[str]:
    """Exceptions that do not hold, as far as they mean a line of this book."""
    gone = [held for held in tally.states() if held[1] is not None and held[1] is not State.VALID]
    if not gone:
        return
    columns = [
        TextColumn(phrase("Exception for"), is_number=False, most=LONGEST_NAME),
        TextColumn(phrase("It is"), is_number=False),
        TextColumn(phrase("Lines")),
        TextColumn(phrase("Who decided"), is_number=False),
        TextColumn(phrase("Until"), is_number=False),
    ]
    rows = [
        (
            _printable(one.shown),
            "" if state is None else state.word,
            f"{lines:,}",
            _printable(one.decided_by or "–"),
            "–" if one.end is None else one.end.isoformat(),
        )
        for one, state, lines in gone[:REJECTS_SHOWN]
    ]
    yield ""
    yield from table_lines(columns, rows, width)
    if len(gone) > len(rows):
        yield phrase("… and {count} more", count=f"{len(gone) - len(rows):,}")


def _beside(tallies: Tallies) -> Iterator[str]:
    """What else was in the file: rows that are no lines, and rows that look so."""
    left_out, doubts = tallies.left_out, tallies.doubts
    for rows, title in (
        (left_out, phrase("{rows} left out:", rows=counted(left_out.count, "row"))),
        (doubts, phrase("{rows} counted as lines, and in doubt:", rows=counted(doubts.count, "row"))),
    ):
        if rows.count:
            yield ""
            yield title
            for row in rows.first:
                yield _place(row)
            if rows.count > len(rows.first):
                yield phrase("  … and {count} more", count=f"{rows.count - len(rows.first):,}")


def _rejects(rejects: Listed) -> Iterator[str]:
    yield phrase("{rejected} could not be checked:", rejected=counted(rejects.count))
    for reject in rejects.first:
        yield _place(reject)
    if rejects.count > len(rejects.first):
        yield phrase("  … and {rejected} more", rejected=f"{rejects.count - len(rejects.first):,}")


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
