"""Curves that say more than a sentence. Their points come from the functions themselves.

A plot is data until it is drawn; drawing needs Matplotlib, of the extra "docs". The digest of the points
stands in the file, so that a test can tell whether a picture is out of date on a machine with other fonts.
"""

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

import walkaway_xl as wx
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase

FOLDER = "docs/functions/images"
INK, SLATE, GRID, PAPER = "#1B2733", "#55636F", "#E3E8EC", "#FFFFFF"
COLOURS = ("#0E5A6B", "#D55E00", "#0072B2", "#7A8792")  # told apart in greyscale and by colour-blind readers
STYLES = ("-", "--", "-.", ":")
WIDTH, HEIGHT = 7.2, 3.6  # inches
SIGNIFICANT = 9  # digits in the digest: another machine may round the last ones otherwise


@dataclass(frozen=True)
class Line:
    """A curve with its label written beside its last point, or beside another one.

    `aside` is how far from the point the label stands, in printer's points to the right and upwards.
    """

    label: str
    x: Any
    y: Any
    label_at: int = -1
    marker: str = ""
    aside: tuple[int, int] = (6, 5)


@dataclass(frozen=True)
class Mark:
    """A point worth looking at, with its label as far aside as that of a curve."""

    label: str
    x: float
    y: float
    aside: tuple[int, int] = (7, -14)


@dataclass(frozen=True)
class Plot:
    """One picture: what it is called, what a screen reader says, and what makes its curves."""

    name: str
    title: str
    description: str
    x_label: str
    y_label: str
    curves: Callable[[], tuple[Sequence[Line], Sequence[Mark]]]
    x_share: bool = False
    y_share: bool = False
    x_logarithmic: bool = False

    @cached_property
    def drawn(self) -> tuple[Sequence[Line], Sequence[Mark]]:
        """The curves and marks."""
        return self.curves()

    @property
    def digest(self) -> str:
        """Fingerprint of the points."""
        lines, marks = self.drawn
        numbers = [number for line in lines for number in (*line.x, *line.y)]
        numbers += [number for mark in marks for number in (mark.x, mark.y)]
        asides = [*(line.aside for line in lines), *(mark.aside for mark in marks)]
        numbers += [number for aside in asides for number in aside]
        points = ",".join(f"{number:.{SIGNIFICANT}g}" for number in numbers)
        labels = [self.title, *(line.label for line in lines), *(mark.label for mark in marks)]
        return hashlib.sha256("\n".join([points, *labels]).encode()).hexdigest()[:16]

    def is_in(self, picture: bytes) -> bool:
        """Whether a file holds a drawing of these points."""
        return f"points {self.digest}".encode() in picture


def _concessions() -> tuple[Sequence[Line], Sequence[Mark]]:
    rounds = np.arange(1.0, 9)
    firmness = (("holds firm: 4", 4, 4), ("even steps: 1", 1, 3), ("gives early: 0.25", 0.25, 1))
    lines = [
        Line(label, rounds, wx.concession_plan(120, 100, 8, power), label_at, "o")
        for label, power, label_at in firmness
    ]
    kept = wx.concession_plan(120, 100, 8, "linear", 0.25)
    return [*lines, Line("even steps, a quarter kept back", rounds, kept, -1, "o")], []


def _expected_gain() -> tuple[Sequence[Line], Sequence[Mark]]:
    beliefs = (
        ("anything from 100 to 200", (100, 200), 80, (8, 4), (6, 6)),
        ("most likely 140", (100, 140, 200), 18, (-96, 4), (-22, -12)),
        ("about 150, give or take 20", (150, 20, None, "normal"), 52, (8, 4), (-8, 7)),
    )
    asks = np.linspace(90, 210, 121)
    lines, marks = [], []
    for label, belief, label_at, aside, peak_aside in beliefs:
        lines.append(Line(label, asks, wx.offer_ev(asks, 90, "seller", *belief), label_at, aside=aside))
        low, spread, likely, kind = (*belief, None, None)[:4]
        best = float(wx.offer_best(90, "seller", low, spread, likely, kind))
        peak = float(wx.offer_ev(best, 90, "seller", *belief))
        marks.append(Mark(f"{best:.0f}", best, peak, peak_aside))
    return lines, marks


def _break_even() -> tuple[Sequence[Line], Sequence[Mark]]:
    lines = []
    for margin in (0.2, 0.3, 0.4, 0.6):
        cuts = np.linspace(0, min(0.2, 0.72 * margin), 60)
        lines.append(Line(f"margin {margin:.0%}", cuts, wx.price_breakeven(-cuts, margin)))
    return lines, [Mark("+50 %", 0.1, float(wx.price_breakeven(-0.1, 0.3)))]


def _certainty() -> tuple[Sequence[Line], Sequence[Mark]]:
    outcomes, chances = [200_000, -50_000], [0.6, 0.4]
    tolerances = np.geomspace(10_000, 3_000_000, 80)
    worth = np.array([wx.batna_ce(outcomes, chances, tolerance) for tolerance in tolerances])
    expected = np.full(2, wx.batna_ce(outcomes, chances))
    ends = tolerances[[0, -1]]
    return [
        Line("worth for sure", tolerances, worth, 40),
        Line("expected value", ends, expected, 0),
        Line("not going to court", ends, np.zeros(2), -1),
    ], [Mark("", 100_000, float(wx.batna_ce(outcomes, chances, 100_000)))]


def _floors() -> tuple[Sequence[Line], Sequence[Mark]]:
    leakage = np.linspace(0, 0.2, 41)
    return [
        Line(f"margin {margin:.0%}", leakage, wx.price_floor(68, margin, leakage))
        for margin in (0.1, 0.2, 0.3)
    ], [Mark("85", 0, float(wx.price_floor(68, 0.2)))]


def _statuses() -> tuple[Sequence[Line], Sequence[Mark]]:
    offers = np.linspace(90, 140, 501)
    codes = np.asarray(wx.walkaway_check(offers, 100, "seller", 120, 130), float)
    steps = [
        Mark(wx.WalkawayStatus(code).word, offer, code)
        for offer, code in (
            (95, -1),
            (101, 0),
            (111, 1),
            (125, 2),
            (135, 3),
        )
    ]
    return [Line("", offers, codes)], steps


def _patience() -> tuple[Sequence[Line], Sequence[Mark]]:
    patience = np.linspace(0.5, 0.99, 60)
    return [
        Line(
            f"buyer's patience {theirs:.0%}",
            patience,
            wx.split_rubinstein(93_000, 97_000, patience, theirs),
            label_at,
        )
        for theirs, label_at in ((0.7, 24), (0.9, 30), (0.97, 38))
    ], []


def _tiers() -> tuple[Sequence[Line], Sequence[Mark]]:
    quantities = np.arange(1.0, 31)
    paid = {
        mode: 100 * quantities * (1 - wx.discount_tier(quantities, [1, 10, 20], [0.1, 0.2, 0.3], mode))
        for mode in ("all", "slab")
    }
    return [
        Line("every unit at the tier reached", quantities, paid["all"], -1, "."),
        Line("each unit at its own tier", quantities, paid["slab"], -1, "."),
    ], [Mark("19 units cost more than 20", 19, float(paid["all"][18]), (6, -36))]


def _search() -> tuple[Sequence[Line], Sequence[Mark]]:
    costs = np.linspace(0.05, 10, 100)
    return [
        Line("uniform from 80 to 120", costs, wx.batna_search(costs, "seller", 80, 120), 60),
        Line(
            "normal, 100 give or take 10",
            costs,
            wx.batna_search(costs, "seller", 100, 10, None, "normal"),
            35,
        ),
    ], [Mark("111.06", 1, float(wx.batna_search(1, "seller", 80, 120)))]


PLOTS: Mapping[str, tuple[Plot, ...]] = {
    "WALKAWAY_CHECK": (
        Plot(
            "walkaway_check",
            "Walk-away 100, target 120, wish 130: what each offer is for a seller",
            "Steps: below 100 WALK AWAY, up to 102 TOO CLOSE, below 120 ACCEPTABLE, then TARGET "
            "MET, from 130 on WISH MET.",
            "offer",
            "code",
            _statuses,
        ),
    ),
    "BATNA_CE": (
        Plot(
            "batna_ce",
            "A 60 % chance of winning 200,000 at the risk of losing 50,000",
            "The certainty equivalent rises with the risk tolerance towards the expected value of "
            "100,000; below a tolerance of about 55,000 the case is worth less than nothing.",
            "risk tolerance",
            "money",
            _certainty,
            x_logarithmic=True,
        ),
    ),
    "BATNA_SEARCH": (
        Plot(
            "batna_search",
            "The dearer another offer is to find, the less you may hold out for",
            "The reservation price falls as a search costs more; at a cost of 1 and prices from "
            "80 to 120 it is 111.06.",
            "cost of one more search",
            "reservation price",
            _search,
        ),
    ),
    "SPLIT_RUBINSTEIN": (
        Plot(
            "split_rubinstein",
            "Who can wait gets more of the zone from 93,000 to 97,000",
            "The price rises with the seller's patience, and is lower the more patient the buyer is.",
            "seller's patience",
            "price",
            _patience,
            x_share=True,
        ),
    ),
    "OFFER_EV": (
        Plot(
            "offer_ev",
            "Asking for more: what an offer brings on average, with a walk-away of 90",
            "Expected gain against the price asked, for three beliefs about their limit; each has one"
            " peak, at 145, 133 and 137.",
            "price asked",
            "expected gain",
            _expected_gain,
        ),
    ),
    "CONCESSION_PLAN": (
        Plot(
            "concession_plan",
            "Eight offers from 120 towards 100",
            "Offers by round for three ways to concede: firm to the end, in even steps, and early; "
            "and in even steps with a quarter of the way kept back.",
            "offer number",
            "price",
            _concessions,
        ),
    ),
    "PRICE_FLOOR": (
        Plot(
            "price_floor",
            "What leaks after the invoice lifts the floor (unit cost 68)",
            "The floor rises with leakage, faster the higher the minimum margin is; at 20 % "
            "margin and no leakage it is 85.",
            "leakage",
            "price floor",
            _floors,
            x_share=True,
        ),
    ),
    "PRICE_BREAKEVEN": (
        Plot(
            "price_breakeven",
            "How much more must be sold to pay for a price cut",
            "The volume needed grows faster than the cut, and without bound as the cut nears the margin.",
            "price cut",
            "more units needed",
            _break_even,
            x_share=True,
            y_share=True,
        ),
    ),
    "DISCOUNT_TIER": (
        Plot(
            "discount_tier",
            "10, 20 and 30 % off from 1, 10 and 20 units, at a list price of 100",
            "With every unit at the tier reached the amount to pay falls at each break; with each "
            "unit at its own tier it never does.",
            "quantity",
            "to pay",
            _tiers,
        ),
    ),
}


def draw(plot: Plot) -> bytes:
    """The plot as an SVG file, which carries the digest of its points."""
    try:
        import matplotlib
    except ImportError:
        raise WalkawayError(
            phrase("drawing plots needs Matplotlib: {command}", command="pip install 'walkaway-xl[docs]'")
        ) from None
    matplotlib.use("svg")
    from matplotlib import pyplot
    from matplotlib.ticker import FuncFormatter, PercentFormatter

    settings = {
        "font.size": 10,
        "svg.hashsalt": plot.name,  # the same identifiers each time
        "axes.edgecolor": SLATE,
        "text.color": INK,
        "axes.labelcolor": SLATE,
        "xtick.color": SLATE,
        "ytick.color": SLATE,
    }
    lines, marks = plot.drawn
    clear = {
        "facecolor": PAPER,
        "edgecolor": "none",
        "pad": 0.8,
        "alpha": 0.85,
    }  # no line runs through a word
    with matplotlib.rc_context(settings):
        figure, axes = pyplot.subplots(figsize=(WIDTH, HEIGHT), facecolor=PAPER, layout="constrained")
        for place, line in enumerate(lines):
            colour = COLOURS[place % len(COLOURS)]
            axes.plot(
                line.x,
                line.y,
                STYLES[place % len(STYLES)],
                color=colour,
                marker=line.marker,
                markersize=4,
                linewidth=2,
            )
            point = line.label_at % len(line.x)
            axes.annotate(
                line.label,
                (line.x[point], line.y[point]),
                xytext=line.aside,
                textcoords="offset points",
                color=colour,
                bbox=clear,
            )
        for mark in marks:
            axes.plot(mark.x, mark.y, "o", color=INK, markersize=5)
            axes.annotate(
                mark.label, (mark.x, mark.y), xytext=mark.aside, textcoords="offset points", bbox=clear
            )
        if plot.x_logarithmic:
            axes.set_xscale("log")
        thousands = FuncFormatter(lambda value, _: f"{value:,.10g}")
        axes.xaxis.set_major_formatter(PercentFormatter(1, 0) if plot.x_share else thousands)
        axes.yaxis.set_major_formatter(PercentFormatter(1, 0) if plot.y_share else thousands)
        axes.set_title(plot.title, loc="left", fontsize=11, fontweight="bold")
        axes.set_xlabel(plot.x_label)
        axes.set_ylabel(plot.y_label)
        axes.grid(color=GRID)
        axes.set_axisbelow(True)
        axes.margins(x=0.12, y=0.1)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        target = io.BytesIO()
        figure.savefig(target, format="svg", metadata={"Date": None, "Description": f"points {plot.digest}"})
        pyplot.close(figure)
    return target.getvalue()
