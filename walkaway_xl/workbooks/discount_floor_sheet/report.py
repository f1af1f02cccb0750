"""What a calculated discount floor sheet says, as data and as a table for a terminal."""

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

WORST = 10
STATUSES = ("OK", "NEAR FLOOR", "BELOW FLOOR", "BELOW COST", "NOT READY")
TABLE = "wx_quote_table"


@dataclass(frozen=True)
class StatusLine:
    """How many lines have a status, and what they bring."""

    status: str
    lines: int
    revenue: float


@dataclass(frozen=True)
class FloorLine:
    """One line of the quote, as calculated; what is not known is None."""

    line: int
    order: str
    product: str
    quantity: float | None
    list_price: float | None
    discount: float | None
    net_price: float | None
    margin: float | None
    floor: float | None
    max_discount: float | None
    headroom: float | None
    status: str
    approver: str
    revenue: float


@dataclass(frozen=True)
class FloorReport:
    """The quote as a whole, its lines by status, and the worst of them."""

    by_status: tuple[StatusLine, ...]
    revenue: float
    revenue_below_floor: float
    list_value: float
    blended_discount: float | None
    margin: float | None
    status: str
    approver: str
    lines: tuple[FloorLine, ...]

    @property
    def worst(self) -> tuple[FloorLine, ...]:
        """The ten lines with the least headroom, the worst first."""
        ready = [line for line in self.lines if line.headroom is not None]
        return tuple(sorted(ready, key=lambda line: (line.headroom, line.line))[:WORST])


def report(source: bytes | str | Path) -> FloorReport:
    """Read a calculated discount floor sheet.

    Parameters
    ----------
    source
        The workbook, as bytes or as the path of its file. Its values must be stored.

    Raises
    ------
    ValueError
        It is no discount floor sheet, or no values are stored in it.
    """
    with warnings.catch_warnings():
        # The data bars that the sheet draws are news to openpyxl; only values are read here.
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        rows, figures = _read(BytesIO(source) if isinstance(source, bytes) else source)
    if figures["wx_lines"] is None:
        raise ValueError("No values are stored in the workbook. Calculate it first.")
    return _assembled(_lines(rows), figures)


def _read(source: BytesIO | str | Path) -> tuple[list[tuple[Any, ...]], dict[str, Any]]:
    """The quote table with its head, and the named figures."""
    workbook = load_workbook(source, data_only=True, read_only=True)
    try:
        names = {name: defined.attr_text for name, defined in workbook.defined_names.items()}
        if TABLE not in names:
            raise ValueError(f"This is no discount floor sheet: the name {TABLE} is missing.")
        return _cells(workbook, names[TABLE]), _figures(workbook, names)
    finally:
        workbook.close()


def _cells(workbook: Any, ref: str) -> list[tuple[Any, ...]]:
    title, cells = ref.rsplit("!", 1)
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    sheet = workbook[title.strip("'").replace("''", "'")]
    return list(sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True))


def _figures(workbook: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """Values of the named headline cells; a sheet is read once, as read-only sheets are slow to jump in."""
    found: dict[str, Any] = {}
    cells = {name: ref for name, ref in names.items() if name.startswith("wx_") and ":" not in ref}
    for title in {ref.rsplit("!", 1)[0] for ref in cells.values()}:
        places = {
            name: tuple(range_boundaries(ref.rsplit("!", 1)[1].replace("$", ""))[:2])
            for name, ref in cells.items()
            if ref.rsplit("!", 1)[0] == title
        }
        rows = list(workbook[title.strip("'").replace("''", "'")].iter_rows(values_only=True))
        for name, (column, row) in places.items():
            inside = row <= len(rows) and column <= len(rows[row - 1])
            found[name] = rows[row - 1][column - 1] if inside else None
    return found


def _lines(rows: Sequence[tuple[Any, ...]]) -> tuple[FloorLine, ...]:
    head = {title: at for at, title in enumerate(rows[0]) if title}

    def line(row: tuple[Any, ...]) -> FloorLine:
        def text(title: str) -> str:
            value = row[head[title]]
            return "" if value is None else str(value)

        def number(title: str) -> float | None:
            value = row[head[title]]
            return value if isinstance(value, int | float) else None

        return FloorLine(
            line=int(row[head["Line"]]),
            order=text("SKU or order"),
            product=text("Description"),
            quantity=number("Qty"),
            list_price=number("List"),
            discount=number("Total discount"),
            net_price=number("Net price"),
            margin=number("Margin"),
            floor=number("Floor"),
            max_discount=number("Max discount"),
            headroom=number("Headroom"),
            status=re.sub(r"^\W+", "", text("Status")),
            approver=text("Who signs"),
            revenue=number("Net value") or 0.0,
        )

    return tuple(line(row) for row in rows[1:] if isinstance(row[head["Line"]], int | float))


def _assembled(lines: tuple[FloorLine, ...], figures: Mapping[str, Any]) -> FloorReport:
    by_status = tuple(
        StatusLine(status, len(these), sum(line.revenue for line in these))
        for status in STATUSES
        for these in ([line for line in lines if line.status == status],)
    )
    return FloorReport(
        by_status=by_status,
        revenue=figures["wx_quote_net"] or 0.0,
        revenue_below_floor=figures["wx_revenue_below_floor"] or 0.0,
        list_value=figures["wx_quote_at_list"] or 0.0,
        blended_discount=_number(figures["wx_blended_discount"]),
        margin=_number(figures["wx_quote_margin"]),
        status=figures["wx_quote_status"] or "NOT READY",
        approver=figures["wx_quote_signer"] or "",
        lines=lines,
    )


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) else None


# ---------------------------------------------------------------- told in a terminal


def told(report: FloorReport) -> str:
    """The report as plain text, at most 100 columns wide."""
    ready = sum(line.lines for line in report.by_status) or 1
    revenue = report.revenue or 1.0
    rows = [
        f"{line.status:<14}{line.lines:>7,}{_share(line.lines / ready):>9}"
        f"{_money(line.revenue):>15}{_share(line.revenue / revenue):>12}"
        for line in report.by_status
        if line.lines or line.status != "NOT READY"
    ]
    head = f"{'Status':<14}{'Lines':>7}{'of all':>9}{'Revenue':>15}{'of revenue':>12}"
    whole = _share(1.0)
    total = f"{'All lines':<14}{len(report.lines):>7,}{whole:>9}{_money(report.revenue):>15}{whole:>12}"
    rule = "─" * len(head)
    facts = (
        (
            "Revenue below floor",
            f"{_money(report.revenue_below_floor)}  ({_share(report.revenue_below_floor / revenue)})",
        ),
        ("Blended discount", _share(report.blended_discount)),
        ("Margin of the quote", _share(report.margin)),
        ("Status of the quote", report.status),
        ("Who signs", report.approver or "–"),
    )
    told_facts = [f"{label:<22}{value}" for label, value in facts]
    return "\n".join((head, rule, *rows, rule, total, "", *told_facts, "", *_worst(report))).rstrip()


def _worst(report: FloorReport) -> list[str]:
    if not report.worst:
        return []
    numbers = f"{'Net':>10}{'Floor':>10}{'Headroom':>10}"
    head = f"{'Line':>4}  {'Product':<34}{numbers}  {'Status':<11}  {'Who signs':<15}"
    rows = [
        f"{line.line:>4}  {_cut(line.product, 33):<34}{_price(line.net_price):>10}{_price(line.floor):>10}"
        f"{_points(line.headroom):>10}  {line.status:<11}  {_cut(line.approver, 15):<15}".rstrip()
        for line in report.worst
    ]
    return [
        f"The {len(rows)} worst lines (headroom in points of discount)",
        head.rstrip(),
        "─" * len(head),
        *rows,
    ]


def _cut(text: str, width: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _money(value: float) -> str:
    return _minus(f"{value:,.0f}")


def _price(value: float | None) -> str:
    return "–" if value is None else _minus(f"{value:,.2f}")


def _share(value: float | None) -> str:
    return "–" if value is None else _minus(f"{100 * value:.1f} %")


def _points(value: float | None) -> str:
    return "–" if value is None else _minus(f"{100 * value:+.1f}")
