"""What a checked quote book comes to, in money: the sentences that begin a summary, wherever it is read."""

from collections.abc import Iterator

from walkaway_xl.core.phrasing import phrase, phrase_count
from walkaway_xl.quotes.audiences import FINANCE, Audience, Secret
from walkaway_xl.quotes.counts import counted
from walkaway_xl.quotes.exact import Amount, in_millionths, in_whole
from walkaway_xl.quotes.tally import Tally


def verdict(tally: Tally, audience: Audience = FINANCE) -> list[str]:
    """The sentences: what could not be checked, the shortfall beside revenue and margin, and who holds it."""
    return list(_sentences(tally, audience))


def customer_words(whole: Amount) -> str:
    """What there is to say to somebody who must not know of floors."""
    return phrase(
        "{lines} with a list value of {listed}, for {revenue}: {share} less.",
        lines=counted(whole.lines),
        listed=money(in_millionths(whole.list_value)),
        revenue=money(in_millionths(whole.revenue)),
        share=share(whole.list_value - whole.revenue, whole.list_value),
    )


def _sentences(tally: Tally, audience: Audience) -> Iterator[str]:
    whole, below = tally.total(), tally.below_floor
    if tally.rejected:
        yield phrase(
            "{rejected} of {rows} could not be checked; what they may miss comes on top of what follows.",
            rejected=f"{tally.rejected:,}",
            rows=counted(tally.rejected + whole.lines),
        )
    if not below.lines:
        if whole.lines:
            yield phrase_count(
                "The {count} line keeps its floor.", "All {count} lines keep their floor.", whole.lines
            )
        return
    yield phrase(
        "{below} of {lines} below floor, by {shortfall} in all: {share} of revenue{beside}.",
        below=f"{below.lines:,}",
        lines=counted(whole.lines),
        shortfall=money(whole.shortfall),
        share=share(whole.shortfall, in_millionths(whole.revenue)),
        beside=_beside_margin(whole.shortfall, in_millionths(whole.earned))
        if audience.sees(Secret.COST)
        else "",
    )
    if len(tally.worst) < below.lines and whole.shortfall > 0:
        yield phrase_count(
            "The {count} worst line holds {share} of it.",
            "The {count} worst lines hold {share} of it.",
            len(tally.worst),
            share=_percent(sum(line.share_of(whole) for line in tally.worst)),
        )


def _beside_margin(shortfall: int, margin: int) -> str:
    """The shortfall against what all lines earn, in millionths."""
    if margin <= 0:
        return phrase(", beside a loss of {loss}", loss=money(-margin)) if margin else ""
    if shortfall > margin:
        return phrase(", more than the whole pocket margin of {margin}", margin=money(margin))
    return phrase(
        ", and {share} of the pocket margin of {margin}",
        share=share(shortfall, margin),
        margin=money(margin),
    )


def money(millionths: int) -> str:
    """Whole money."""
    return f"{in_whole(millionths):,}".replace("-", "−")


def share(part: int, whole: int) -> str:
    """A part of a sum in percent; a dash where there is nothing to be a part of."""
    return _percent(part / whole) if whole else "–"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %".replace("-", "−")
