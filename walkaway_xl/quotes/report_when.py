"""How lines went on in a report: a chart by month or quarter, and tables by whatever they are counted."""

from collections.abc import Iterator, Mapping, Sequence

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.amount_rows import grouped, split_rows, whole_money
from walkaway_xl.quotes.audiences import Audience, Secret
from walkaway_xl.quotes.exact import Amount, in_millionths, in_whole_parts
from walkaway_xl.quotes.markup import Html, element
from walkaway_xl.quotes.report_lines import Facets
from walkaway_xl.quotes.report_tables import split_table_heads, table
from walkaway_xl.quotes.trends import PERIODS, in_order, quarter_of
from walkaway_xl.quotes.verdict import share

FEWEST = 3  # periods of a trend
MOST_MONTHS = 36  # of more, quarters are shown
PARTS = 60  # rows of a table
WIDTH, PANEL, LEFT, GAP = 1000, 120, 90, 26  # of the chart, in its own units
LABELS = 12  # below the chart, at most


def periods(months: Mapping[str, Amount]) -> dict[str, str]:
    """Under which period each month stands: itself, or its quarter where there are many."""
    is_long = len(months) > MOST_MONTHS
    return {month: quarter_of(month) if is_long else month for month in months}


def by_period(months: Mapping[str, Amount]) -> list[tuple[str, Amount]]:
    """What the lines of each period come to, as time passes."""
    sums: dict[str, Amount] = {}
    for month, period in periods(months).items():
        sums[period] = sums.get(period, Amount()) + months[month]
    return in_order("month", sums)


def trend(audience: Audience, months: Mapping[str, Amount], whole: Amount, facets: Facets) -> Iterator[Html]:
    """A chart and its table; a sentence where there are too few periods for one."""
    parts = by_period(months)
    if len(parts) < FEWEST:
        yield element("p", phrase("There are fewer than {count} periods, and so no trend.", count=FEWEST))
    else:
        yield _chart(audience, parts)
    rows = split_rows(parts, whole)
    stated = [{"data_pick": pick} if (pick := facets.pick(period=name)) else {} for name, _ in parts]
    caption = phrase("The lines by the date that they have")
    yield table(
        audience,
        caption,
        split_table_heads(phrase("Period")),
        rows,
        total=split_rows([(phrase("All lines"), whole)], whole)[0],
        stated=stated,
    )


def split_table(
    audience: Audience,
    title: str,
    parts: Sequence[tuple[str, Amount]],
    whole: Amount,
    facets: Facets,
    key: str,
) -> Html:
    """The lines by a column."""
    shown = grouped(parts, PARTS, title)
    stated = [{"data_pick": pick} if (pick := facets.pick(**{key: name})) else {} for name, _ in shown]
    return table(
        audience,
        phrase("As time passes") if title in PERIODS else phrase("The largest shortfall first"),
        split_table_heads(title),
        split_rows(shown, whole),
        total=split_rows([(phrase("All lines"), whole)], whole)[0],
        label=phrase("The lines by {title}", title=title),
        stated=stated,
    )


def _chart(audience: Audience, parts: Sequence[tuple[str, Amount]]) -> Html:
    """Panels under one axis of time: never two scales in one."""
    panels: list[tuple[str, list[float], list[str]]] = []
    revenue = in_whole_parts([in_millionths(amount.revenue) for _, amount in parts])
    if audience.sees(Secret.FLOOR):
        short = in_whole_parts([amount.shortfall for _, amount in parts])
        panels.append((phrase("Shortfall"), list(map(float, short)), list(map(whole_money, short))))
    else:
        panels.append((phrase("Revenue"), list(map(float, revenue)), list(map(whole_money, revenue))))
    if audience.sees(Secret.COST):
        margins = [amount.margin or 0.0 for _, amount in parts]
        words = [share(amount.earned, amount.revenue) for _, amount in parts]
        panels.append((phrase("Pocket margin of revenue"), margins, words))
    names = [name for name, _ in parts]
    height = len(panels) * (PANEL + GAP) + GAP
    drawn = [
        part
        for number, (title, values, words) in enumerate(panels)
        for part in _panel(title, names, values, words, number * (PANEL + GAP) + GAP)
    ]
    step = -(-len(names) // LABELS)
    labels = [
        element("text", name, x=f"{_middle(place, len(names)):.1f}", y=str(height - 6), class_="label")
        for place, name in enumerate(names)
        if place % step == 0
    ]
    label = phrase(
        "{title} from {first} to {last}; the table below has its figures",
        title=panels[0][0],
        first=names[0],
        last=names[-1],
    )
    return element(
        "svg",
        *drawn,
        *labels,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=label,
        class_="when",
    )


def _middle(place: int, count: int) -> float:
    return LEFT + (place + 0.5) * (WIDTH - LEFT) / count


def _panel(
    title: str, names: Sequence[str], values: Sequence[float], words: Sequence[str], top: float
) -> Iterator[Html]:
    low, high = min(0.0, *values), max(0.0, *values)
    scale = PANEL / ((high - low) or 1)
    zero = top + high * scale
    width = 0.72 * (WIDTH - LEFT) / len(values)
    yield element("text", title, x="0", y=f"{top - 8:.1f}", class_="head")
    most = max(range(len(values)), key=values.__getitem__)
    yield element("text", words[most], x=str(LEFT - 8), y=f"{top + 10:.1f}", class_="end")
    for place, value in enumerate(values):
        begin, end = sorted((zero, zero - value * scale))
        yield element(
            "rect",
            element("title", f"{names[place]}: {words[place]}"),
            x=f"{_middle(place, len(values)) - width / 2:.1f}",
            y=f"{begin:.1f}",
            width=f"{width:.1f}",
            height=f"{max(end - begin, 0.5):.1f}",
            class_="bad" if value < 0 else "good",
        )
    yield element("line", x1=str(LEFT), x2=str(WIDTH), y1=f"{zero:.1f}", y2=f"{zero:.1f}", class_="axis")
