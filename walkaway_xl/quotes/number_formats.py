"""Currencies that only the number formats of a workbook show: a cell holds 1200 and shows 1,200 €."""

import re
from collections.abc import Iterator, Mapping

from openpyxl.utils import column_index_from_string

from walkaway_xl.files import packages
from walkaway_xl.files.packages import Package
from walkaway_xl.quotes.currencies import CODES, SHARED, SIGNS, name_of

# What a format shows as it stands: in quotes, behind a backslash, as a currency with a place, or a bare sign.
SHOWN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|([$€£¥₹₩₪₺₽₴₫฿₱])')
CELL = rb'<(?:\w+:)?c (?=[^>]*?\br="([A-Z]+)(\d+)")[^>]*?\bs="(%b)"'


def currencies_by_style(package: Package) -> dict[int, str]:
    """The currency that each style of a workbook shows beside numbers; none where all show the same.

    A workbook of one currency needs no look at its cells. One of several adds up what is not alike.
    """
    part = packages.related(package.parts, package.workbook_part, "/styles")
    if part is None:
        return {}
    root = packages.tree(package.parts, part)
    by_format = {
        int(element.get("numFmtId", -1)): currency
        for element in packages.every(root, "numFmt")
        if (currency := currency_of(element.get("formatCode", "")))
    }
    shown = {
        place: by_format[number]
        for styles in packages.every(root, "cellXfs")
        for place, style in enumerate(styles)
        if (number := int(style.get("numFmtId", 0))) in by_format
    }
    return shown if len(set(shown.values())) > 1 else {}


def currency_of(number_format: str) -> str | None:
    """The currency that a number format shows, or None.

    Examples
    --------
    >>> currency_of('#,##0.00 [$€-407]'), currency_of('"CHF" 0.00'), currency_of("0.00%")
    ('EUR', 'CHF', None)
    """
    for match in SHOWN.finditer(number_format.partition(";")[0]):
        word = next(filter(None, match.groups()), "").strip()
        if word in SIGNS or word in SHARED or word in CODES:
            return name_of(word)
    return None


def currency_cells(xml: bytes, shown: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """Row and column, counted from 0, and currency of each cell on a part of a sheet that shows one."""
    if not shown:
        return
    styles = b"|".join(b"%d" % style for style in shown)
    for column, row, style in re.findall(CELL % styles, xml):
        yield int(row) - 1, column_index_from_string(column.decode()) - 1, shown[int(style)]
