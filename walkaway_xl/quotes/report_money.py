"""Where the money of a report is: from list price to pocket margin, and by two columns at once."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.amount_rows import signer_shown, whole_money
from walkaway_xl.quotes.audiences import Audience, Secret
from walkaway_xl.quotes.exact import Amount, in_millionths, in_whole_parts, in_whole_table
from walkaway_xl.quotes.falls import Bar, Scale, fall
from walkaway_xl.quotes.markup import Html, element
from walkaway_xl.quotes.report_counts import Part
from walkaway_xl.quotes.report_lines import Facets
from walkaway_xl.quotes.report_tables import wide
from walkaway_xl.quotes.tally import Tally
from walkaway_xl.quotes.verdict import share

ROWS, COLUMNS = 20, 8  # of the heat map; what is smaller stands together
STEPS = (0.02, 0.08, 0.2, 0.4)  # of the largest cell, from which a cell is darker


class Step(NamedTuple):
    """A step from list value to pocket margin, in whole money."""

    name: str
    secret: Secret | None
    amount: int
    start: int
    look: str
    is_revenue: bool = False


def steps_of(audience: Audience, tally: Tally, whole: Amount) -> list[Step]:
    """The steps that a reader may see, which add up; and the shortfall, which is no part of the sum."""
    cost = in_millionths(tally.remarks.report.cost)
    listed, revenue, earned = map(in_millionths, (whole.list_value, whole.revenue, whole.earned))
    # Steps in whole money whose sums are those that are shown.
    top, discount, leak, spent = in_whole_parts([listed, revenue - listed, earned + cost - revenue, -cost])
    missed = in_whole_parts([whole.shortfall])[0]
    steps = [
        Step(phrase("List value"), None, top, 0, "sum"),
        Step(phrase("Discounts"), None, discount, top, "less"),
        Step(phrase("Revenue"), None, top + discount, 0, "sum", is_revenue=True),
        Step(phrase("Leakage: rebate, freight, terms"), Secret.COST, leak, top + discount, "less"),
        Step(phrase("Cost"), Secret.COST, spent, top + discount + leak, "less"),
        Step(phrase("Pocket margin"), Secret.COST, top + discount + leak + spent, 0, "sum"),
        Step(phrase("Shortfall to the floor, not earned"), Secret.FLOOR, missed, 0, "due"),
    ]
    return [step for step in steps if audience.sees(step.secret)]


def waterfall(audience: Audience, tally: Tally, whole: Amount) -> Html:
    """The steps from list value to pocket margin, and the shortfall beside them."""
    steps = steps_of(audience, tally, whole)
    revenue = next(step.amount for step in steps if step.is_revenue)
    bars = [Bar(step.name, step.start, step.amount, whole_money(step.amount), step.look) for step in steps]
    caption = phrase("What a price loses on its way")
    if audience.sees(Secret.FLOOR):
        caption = phrase("The shortfall stands on the same scale, and is no part of the sum above it")
    return fall(bars, Scale(phrase("Money"), phrase("of revenue"), revenue), caption, caption)


def heat(tally: Tally, segment: str, across: str | None, facets: Facets) -> Html:
    """Shortfall by two columns, who signs if no second is named; a cell picks its lines."""
    grid = dict(tally.remarks.report.grid)
    if across is None:
        grid = {}
        for key, amount in tally.amounts.items():
            crossing = (key.segment, signer_shown(key.signer))
            grid[crossing] = grid.get(crossing, Part()).plus(
                Part(amount.lines, amount.revenue, amount.shortfall)
            )
    rows = _most([(row, part.shortfall) for (row, _), part in grid.items()], ROWS)
    columns = _most([(column, part.shortfall) for (_, column), part in grid.items()], COLUMNS)
    shown: dict[tuple[str, str], int] = {}
    for (row, column), part in grid.items():
        place = (rows[row], columns[column])
        shown[place] = shown.get(place, 0) + part.shortfall
    beside = list(dict.fromkeys(columns.values()))
    down = list(dict.fromkeys(rows.values()))
    whole = in_whole_table([[shown.get((row, column)) for column in beside] for row in down])
    largest = max([1, *(cell or 0 for cells in whole for cell in cells)])
    total_of_all = sum(shown.values())
    second = "signer" if across is None else "across"

    def cell(row: str, column: str, amount: int | None) -> Html:
        stated: dict[str, str | None] = {"class_": _shade(amount or 0, largest)}
        if amount:
            part = share(shown[row, column], total_of_all)
            stated["data_label"] = f"{row}, {column}: {whole_money(amount)}, {part}"
            stated["data_pick"] = facets.pick(segment=row, **{second: column})
        return element("td", "–" if amount is None else whole_money(amount), **stated)

    body = [
        element(
            "tr",
            element("th", row, scope="row"),
            *(cell(row, column, amount) for column, amount in zip(beside, cells, strict=True)),
            element("td", whole_money(sum(amount or 0 for amount in cells)), class_="r"),
        )
        for row, cells in zip(down, whole, strict=True)
    ]
    sums = [sum(amount or 0 for amount in cells) for cells in zip(*whole, strict=True)]
    total = [element("td", whole_money(amount), class_="r") for amount in [*sums, sum(sums)]]
    heads = [element("th", name, scope="col", class_="r") for name in [*beside, phrase("All")]]
    caption = phrase(
        "Shortfall by {segment} and {across}, the largest first; the stronger the colour, the more",
        segment=segment,
        across=across or phrase("who signs"),
    )
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", element("th", segment.capitalize(), scope="col"), *heads)),
        element("tbody", *body),
        element("tfoot", element("tr", element("th", phrase("All"), scope="row"), *total)),
        class_="heat",
    )
    return wide(table, caption)


def _most(parts: Sequence[tuple[str, int]], most: int) -> Mapping[str, str]:
    """Under which name each is shown: its own if it is among the largest, in their order, else the others."""
    sums: dict[str, int] = {}
    for name, shortfall in parts:
        sums[name] = sums.get(name, 0) + shortfall
    ranked = sorted(sums, key=lambda name: (-sums[name], name))
    others = phrase("{count} others", count=f"{len(ranked) - most + 1:,}")
    own = len(ranked) if len(ranked) <= most else most - 1
    return {name: name if place < own else others for place, name in enumerate(ranked)}


def _shade(amount: int, largest: int) -> str:
    return f"r h{sum(amount > step * largest for step in STEPS) + (amount > 0)}"
