"""The summary of a checked quote book as plain text, for a terminal or a message."""

import textwrap
from collections.abc import Iterator, Sequence

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.core.texts import visible
from walkaway_xl.quotes.checking import STATUSES, status_word
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import as_float
from walkaway_xl.quotes.tally import BELOW, Amount, Tally, WorstLine

SEGMENTS_SHOWN = 20
WIDEST = 100  # characters of a line


def summary_text(tally: Tally, segment: str) -> str:
    """The summary as plain text, at most 100 columns wide, for a terminal or a message."""
    return "\n".join(_lines_of(tally, segment)).rstrip()


def _lines_of(tally: Tally, segment: str) -> Iterator[str]:
    whole = tally.total()
    yield from _by_status(tally, whole)
    yield ""
    below = tally.below_floor
    part = _share(_ratio(below.revenue, whole.revenue))
    yield f"{phrase('Revenue below floor'):<22}{_money(below.revenue)}  ({part})"
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
    yield from _worst(tally.worst)
    yield from _beside(tally)
    if tally.rejected:
        yield ""
        yield from _rejects(tally)


def _by_status(tally: Tally, whole: Amount) -> Iterator[str]:
    yield f"{phrase('Status'):<14}{_heads()}"
    yield "─" * 65
    for status in STATUSES:
        amount = tally.total(statuses=[status])
        yield _counted(status_word(status), 14, amount, whole)
    yield "─" * 65
    yield _counted(phrase("All lines"), 14, whole, whole)


def _heads() -> str:
    return f"{phrase('Lines'):>12}{phrase('of all'):>9}{phrase('Revenue'):>18}{phrase('of revenue'):>12}"


def _counted(label: str, width: int, amount: Amount, whole: Amount) -> str:
    return (
        f"{label:<{width}}{amount.lines:>12,}{_share(_ratio(amount.lines, whole.lines)):>9}"
        f"{_money(amount.revenue):>18}{_share(_ratio(amount.revenue, whole.revenue)):>12}"
    )


def _by_segment(tally: Tally, segment: str) -> Iterator[str]:
    shares = f"{phrase('below floor'):>16}{phrase('discount'):>10}{phrase('margin'):>9}"
    counts = f"{phrase('Lines'):>12}{phrase('Revenue'):>18}"
    head = f"{_cut(segment.capitalize(), 27):<28}{counts}{shares}"
    yield head
    yield "─" * len(head)
    names = tally.segments()
    for name in names[:SEGMENTS_SHOWN]:
        amount = tally.total(segment=name)
        below = tally.total(segment=name, statuses=BELOW)
        yield (
            f"{_cut(name, 27):<28}{amount.lines:>12,}{_money(amount.revenue):>18}{_money(below.revenue):>16}"
            f"{_share(amount.discount):>10}{_share(amount.margin):>9}"
        )
    if len(names) > SEGMENTS_SHOWN:
        yield phrase("… and {count} more", count=f"{len(names) - SEGMENTS_SHOWN:,}")


def _by_signer(tally: Tally, whole: Amount) -> Iterator[str]:
    yield f"{phrase('Who signs'):<28}{_heads()}"
    yield "─" * 79
    for name in tally.signer_names:
        amount = tally.total(signer=name)
        if amount.lines:
            yield _counted(_cut(name, 27), 28, amount, whole)


def _worst(worst: Sequence[WorstLine]) -> Iterator[str]:
    if not worst:
        return
    wide = max(4, *(len(f"{line.row:,}") for line in worst))
    room = 37 - wide
    numbers = f"{phrase('Net'):>10}{phrase('Floor'):>10}{phrase('Headroom'):>10}"
    head = (
        f"{phrase('Row'):>{wide}}  {phrase('Product'):<{room}}{numbers}  {phrase('Status'):<11}  "
        + phrase("Who signs")
    )
    if len(worst) == 1:
        yield phrase("The worst line (headroom in points of discount)")
    else:
        yield phrase_count(
            "The {count} worst line (headroom in points of discount)",
            "The {count} worst lines (headroom in points of discount)",
            len(worst),
        )
    yield head
    yield "─" * (len(head) + 4)
    for line in worst:
        numbers = f"{_price(line.net_price):>10}{_price(line.floor):>10}{_points(line.headroom):>10}"
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
            revenue=_money(back.revenue),
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


def _money(units: int) -> str:
    return _minus(f"{as_float(units):,.0f}")


def _price(value: float) -> str:
    return _minus(f"{value:,.2f}")


def _share(value: float | None) -> str:
    return "–" if value is None else _minus(f"{100 * value:.1f} %")


def _points(value: float) -> str:
    return _minus(f"{100 * value:+.1f}")
