"""The words of the log: how a negotiation ended, and how the log as a whole stands."""

from walkaway_xl.sheets import style
from walkaway_xl.sheets.style import Status

BAD = Status("BAD DEAL", "✖", style.WALK_AWAY.tint, style.WALK_AWAY.strong)
STRONG = Status("STRONG DEAL", "★", style.WISH_MET.tint, style.WISH_MET.strong)
THIN = Status("THIN DEAL", "▲", style.TOO_CLOSE.tint, style.TOO_CLOSE.strong)
GOOD = Status("GOOD DEAL", "●", style.ACCEPTABLE.tint, style.ACCEPTABLE.strong)
UNOFFERED = Status("NO OFFER", "–", None, style.SLATE, style.SLATE)
MISSED = Status("MISSED DEAL", "◇", style.WALK_AWAY.tint, style.NEGATIVE_BAR)
LEFT = Status("GOOD NO-DEAL", "✔", style.TARGET_MET.tint, style.TARGET_MET.strong)
OPEN = Status("OPEN", "…", None, style.SLATE, style.SLATE)

# In the order of the flags in `formulas.APPLIES`.
VERDICTS = (BAD, STRONG, THIN, GOOD, UNOFFERED, MISSED, LEFT, style.NOT_READY, OPEN)
ENDED = (STRONG, GOOD, THIN, LEFT, UNOFFERED, MISSED, BAD)  # the best first
MEANINGS = {
    BAD: "Agreed on the wrong side of the walk-away: no deal would have been better.",
    STRONG: "At the target or beyond it.",
    THIN: "Within a tenth of the way from the walk-away: too close.",
    GOOD: "Clearly better than the walk-away, short of the target.",
    UNOFFERED: "They never made an offer.",
    MISSED: "Left although their offer was better than the walk-away.",
    LEFT: "Left an offer that was worse than no deal. What it would have cost is protected.",
    style.NOT_READY: "Ended, but side, walk-away or price is missing, or the target is on the wrong side.",
    OPEN: "The talks go on.",
}

COSTLY = Status("COSTLY", "✖", style.WALK_AWAY.tint, style.WALK_AWAY.strong)
LEAKING = Status("LEAKING", "▲", style.TOO_CLOSE.tint, style.TOO_CLOSE.strong)
DISCIPLINED = Status("DISCIPLINED", "✔", style.WISH_MET.tint, style.WISH_MET.strong)
# In the order in which they are tested.
STANDINGS = (style.NOT_READY, COSTLY, LEAKING, DISCIPLINED)

ADVICE = (
    ("waiting", "Log what ended on Deals: a good no-deal counts as much as a deal."),
    ("bad", "Check the walk-away before you say yes: a deal was made that was worse than none."),
    ("missed", "Count the alternative again before you leave: a deal was left that was better than none."),
    ("loosened", "Set the walk-away before the talks and keep it: one was loosened on the way."),
    ("thin", "Stop settling close to the walk-away: open higher, and keep something in reserve."),
    ("fine", "Keep it up: what you leave pays for what you sign."),
)


def key(status: Status) -> str:
    """The status as part of a key."""
    return status.word.lower().replace(" ", "_").replace("-", "_")
