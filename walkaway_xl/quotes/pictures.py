"""Pictures of what a history or a checked book says; drawn with Matplotlib, of the extra "docs"."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import DiscountStatus
from walkaway_xl.quotes.checking import STATUSES, status_word
from walkaway_xl.quotes.exact import as_float
from walkaway_xl.quotes.guidance import WHAT, Guide, Guided
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.tally import Tally

INK, SLATE, GRID, ACCENT = "#1B2733", "#55636F", "#E3E8EC", "#0E5A6B"
COLOURS = {
    DiscountStatus.OK: "#9CC3CB",
    DiscountStatus.NEAR_FLOOR: "#E69F00",
    DiscountStatus.BELOW_FLOOR: "#D55E00",
    DiscountStatus.BELOW_COST: "#8C2D04",
}
WIDTH, ROW, MARGIN = 8.0, 0.3, 1.5  # inches
MOST_ROWS = 60
FORMATS = (".svg", ".png", ".pdf")


def bands(guidance: Sequence[Guided], guide: Guide, by: Sequence[str], kind: str) -> bytes:
    """Price bands by segment: a bar from floor to stretch, with the target in it."""
    rows = guidance[:MOST_ROWS]
    title = phrase("The {what} by {columns}", what=phrase(WHAT[guide.of]), columns=phrase(" and ").join(by))
    with _drawn(title, [_counted(segment) for segment in rows], kind) as (axes, picture):
        for row, segment in enumerate(rows):
            parent = len(segment.path) < len(by)
            axes.barh(
                row,
                segment.stretch - segment.floor,
                left=segment.floor,
                height=0.55,
                color="#C9D1D8" if parent else "#9CC3CB",
            )
            axes.plot([segment.target, segment.target], [row - 0.36, row + 0.36], color=ACCENT, linewidth=2.5)
        axes.axvline(0, color=SLATE, linewidth=0.8)
        _in_percent(axes)
        axes.set_xlabel(phrase("from floor to stretch; the line is the target"), color=SLATE)
    return picture.getvalue()


def revenue(tally: Tally, segment: str, kind: str) -> bytes:
    """Revenue by segment and status, the segment with the most revenue below floor on top."""
    names = tally.segments()[:MOST_ROWS]
    title = phrase("Revenue by {segment} and status", segment=segment)
    with _drawn(title, names, kind) as (axes, picture):
        begun = [0.0] * len(names)
        for status in STATUSES:
            part = [as_float(tally.total(segment=name, statuses=[status]).revenue) for name in names]
            axes.barh(
                range(len(names)),
                part,
                left=begun,
                height=0.6,
                color=COLOURS[status],
                label=status_word(status),
            )
            begun = [left + more for left, more in zip(begun, part, strict=True)]
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.legend(frameon=False, labelcolor=INK, loc="lower right")
    return picture.getvalue()


def _counted(segment: Guided) -> str:
    return f"{segment.label}  ({segment.lines:,})"


@contextmanager
def _drawn(title: str, labels: Sequence[str], kind: str) -> Iterator[tuple[Any, io.BytesIO]]:
    """Axes with a row for each label; the picture is there when they have been drawn on."""
    if kind.lower() not in FORMATS:
        raise QuoteError(
            phrase(
                "a picture is drawn as {formats}, not {kind}",
                formats=", ".join(FORMATS),
                kind=kind or phrase("a file without an ending"),
            )
        )
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    picture = io.BytesIO()
    style = {"svg.hashsalt": "walkaway-xl", "font.size": 9, "text.color": INK, "axes.edgecolor": GRID}
    with rc_context(style):
        figure = Figure(figsize=(WIDTH, MARGIN + ROW * len(labels)), layout="constrained")
        axes = figure.add_subplot()
        figure.suptitle(title.replace("_", " "), x=0.01, ha="left", color=INK, fontweight="bold")
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.margins(y=0.01)
        axes.tick_params(length=0, labelcolor=INK)
        axes.grid(axis="x", color=GRID)
        axes.set_axisbelow(True)
        axes.spines[["top", "right", "left"]].set_visible(False)
        yield axes, picture
        undated = {"Date": None} if kind.lower() == ".svg" else {}
        figure.savefig(picture, format=kind.lower().removeprefix("."), metadata=undated, dpi=150)


def _in_percent(axes: Any) -> None:
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %".replace("-", "−"))
