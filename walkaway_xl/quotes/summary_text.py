"""The summary of a checked quote book as plain text, for a terminal or a message."""

import textwrap
from collections.abc import Iterator, Sequence

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.texts import visible
from walkaway_xl.quotes.checking import STATUSES, status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import in_millionths, in_whole_parts
from walkaway_xl.quotes.tally import Amount, Tally
from walkaway_xl.quotes.verdict import money, share, verdict

SEGMENTS_SHOWN = 20
WIDEST = 100  # characters of a line


def summary_text(tally: Tally, segment: str) -> str:
    """The summary as plain text, at most 100 columns wide, for a terminal or a message."""
    return "\n".join(_lines_of(tally, segment)).rstrip()


def _lines_of(tally: Tally, segment: str) -> Iterator[str]:
    whole = tally.total()
    for sentence in verdict(tally):
        yield from textwrap.wrap(sentence, WIDEST)
    yield ""
    yield from _by_status(tally, whole)
    yield ""
    below = tally.below_floor
    part = _share(_ratio(below.revenue, whole.revenue))
    yield f"{phrase('Revenue below floor'):<22}{money(in_millionths(below.revenue))}  ({part})"
    yield f"{phrase('Blended discount'):<22}{_share(whole.discount)}"
    yield f"{phrase('Margin'):<22}{_share(whole.margin)}"
    yield ""
    for sentence in tally.sentences():
        yield from textwrap.wrap(_printable(sentence), WIDEST)
    if tally.sentences():
        yield ""
    yield from _by_segment(tally, segment)
    yield ""
    yield from _by_signer(tally, whole)
    yield ""
    yield from _worst(tally, whole)
    yield from _beside(tally)
    if tally.rejected:
        yield ""
        yield from _rejects(tally)


def _by_status(tally: Tally, whole: Amount) -> Iterator[str]:
    yield f"{phrase('Status'):<14}{_heads()}"
    yield "─" * 90
    words = [status_word(status) for status in STATUSES]
    yield from _counted(words, 14, [tally.total(statuses=[status]) for status in STATUSES], whole)
    yield "─" * 90
    yield from _counted([phrase("All lines")], 14, [whole], whole)


def _heads() -> str:
    return (
        f"{phrase('Lines'):>12}{phrase('of all'):>8}{phrase('Revenue'):>19}{phrase('of all'):>8}"
        f"{phrase('Shortfall'):>19}{phrase('of it'):>8}"
    )


def _counted(labels: Sequence[str], width: int, amounts: Sequence[Amount], whole: Amount) -> Iterator[str]:
    """A row for each of some amounts that are parts of a whole."""
    for label, amount, revenue, shortfall in zip(
        labels,
        amounts,
        in_whole_parts([in_millionths(amount.revenue) for amount in amounts]),
        in_whole_parts([amount.shortfall for amount in amounts]),
        strict=True,
    ):
        lines = f"{amount.lines:>12,}{_share(_ratio(amount.lines, whole.lines)):>8}"
        revenues = f"{_whole(revenue):>19}{_share(_ratio(amount.revenue, whole.revenue)):>8}"
        short = f"{_whole(shortfall):>19}{share(amount.shortfall, whole.shortfall):>8}"
        yield f"{label:<{width}}{lines}{revenues}{short}"


def _by_segment(tally: Tally, segment: str) -> Iterator[str]:
    shares = f"{phrase('of it'):>8}{phrase('discount'):>10}{phrase('margin'):>9}"
    counts = f"{phrase('Lines'):>11}{phrase('Revenue'):>18}{phrase('Shortfall'):>18}"
    head = f"{_cut(segment.capitalize(), 23):<24}{counts}{shares}"
    yield head
    yield "─" * len(head)
    names, whole = tally.segments(), tally.total()
    amounts = [tally.total(segment=name) for name in names]
    revenues = in_whole_parts([in_millionths(amount.revenue) for amount in amounts])
    shortfalls = in_whole_parts([amount.shortfall for amount in amounts])
    for name, amount, revenue, shortfall in list(zip(names, amounts, revenues, shortfalls, strict=True))[
        :SEGMENTS_SHOWN
    ]:
        part = share(amount.shortfall, whole.shortfall)
        yield (
            f"{_cut(name, 23):<24}{amount.lines:>11,}{_whole(revenue):>18}{_whole(shortfall):>18}{part:>8}"
            f"{_share(amount.discount):>10}{_share(amount.margin):>9}"
        )
    if len(names) > SEGMENTS_SHOWN:
        yield phrase("… and {count} more", count=f"{len(names) - SEGMENTS_SHOWN:,}")


def _by_signer(tally: Tally, whole: Amount) -> Iterator[str]:
    yield f"{phrase('Who signs'):<24}{_heads()}"
    yield "─" * 98
    amounts = {name: tally.total(signer=name) for name in tally.signer_names}
    asked = [(_cut(name, 21), amount) for name, amount in amounts.items() if amount.lines]
    yield from _counted([name for name, _ in asked], 24, [amount for _, amount in asked], whole)


def _worst(tally: Tally, whole: Amount) -> Iterator[str]:
    worst = tally.worst
    if not worst:
        return
    wide = max(4, *(len(f"{line.row:,}") for line in worst))
    room = 31 - wide
    numbers = f"{phrase('Net'):>9}{phrase('Floor'):>9}{phrase('Shortfall'):>12}{phrase('of all'):>7}"
    head = (
        f"{phrase('Row'):>{wide}}  {phrase('Product'):<{room}}{numbers}  {phrase('Status'):<11}  "
        + phrase("Who signs")
    )
    if len(worst) == 1:
        yield phrase("The worst line by money")
    else:
        yield phrase_count("The {count} worst line by money", "The {count} worst lines by money", len(worst))
    yield head
    yield "─" * (len(head) + 4)
    for line in worst:
        shortfall = f"{_price(line.shortfall):>12}{_share(line.share_of(whole)):>7}"
        numbers = f"{_price(line.net_price):>9}{_price(line.floor):>9}{shortfall}"
        yield (
            f"{line.row:>{wide},}  {_cut(line.product, room - 1):<{room}}{numbers}"
            f"  {line.status:<11}  {_cut(line.signer, 15)}"
        )


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
    for rows, title in ((tally.left_out, "left out"), (tally.doubts, "counted as lines, and in doubt")):
        if rows.count:
            yield ""
            yield f"{counted(rows.count, 'row')} {title}:"
            for row in rows.first:
                yield f"  {visible(row.file)}, row {row.row:,}: {visible(row.reason)}"
            if rows.count > len(rows.first):
                yield phrase("  … and {count} more", count=f"{rows.count - len(rows.first):,}")


def _rejects(tally: Tally) -> Iterator[str]:
    yield phrase("{rejected} could not be checked:", rejected=counted(tally.rejected))
    for reject in tally.first_rejects:
        yield phrase(
            "  {file}, row {row}: {reason}",
            file=visible(reject.file),
            row=f"{reject.row:,}",
            reason=visible(reject.reason),
        )
    if tally.rejected > len(tally.first_rejects):
        yield phrase("  … and {rejected} more", rejected=f"{tally.rejected - len(tally.first_rejects):,}")


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _cut(text: str, width: int) -> str:
    plain = _printable(text)
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _printable(text: str) -> str:
    return visible(" ".join(text.split()))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _whole(amount: int) -> str:
    return _minus(f"{amount:,}")


def _price(value: float) -> str:
    return _minus(f"{value:,.2f}")


def _share(value: float | None) -> str:
    return "–" if value is None else _minus(f"{100 * value:.1f} %")
