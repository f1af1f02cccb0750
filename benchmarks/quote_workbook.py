"""A workbook of lines read, checked and written with openpyxl and plain Python, as people write it.

python benchmarks/quote_workbook.py LINES.xlsx OUT.xlsx
"""

import sys

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from quote_expressions import LEAKAGE, MARGINS, SIGNERS, TOLERANCE, WARN

LIMITS = ((0.1, 0.25, 0.9), (0.2, 0.2, 0.8), (0.3, 0.15, 0.65), (0.6, -0.5, 0.35))
TINTS = {"BELOW COST": "8C2D04", "BELOW FLOOR": "F9D9C4", "NEAR FLOOR": "FBE6BD"}
ADDED = ("net_price", "floor", "max_discount", "headroom", "margin", "status", "signer", "tier_discount")
FORMATS = ("#,##0.00", "#,##0.00", "0.0 %", "0.0 %", "0.0 %", None, None, "0.0 %")


def checked(row: tuple) -> tuple:
    """What a check adds to one line."""
    _, kind, _, quantity, price, discount, cost = row
    minimum, net = MARGINS[kind], price * (1 - discount)
    floor = cost / (1 - minimum - LEAKAGE)
    deepest, margin = 1 - floor / price, 1 - LEAKAGE - cost / net if net else None
    near, loss = 1 - cost / (1 - minimum - WARN - LEAKAGE) / price, 1 - cost / (1 - LEAKAGE) / price
    status = "OK"
    for word, limit in (("NEAR FLOOR", near), ("BELOW FLOOR", deepest), ("BELOW COST", loss)):
        if discount > limit + TOLERANCE:
            status = word
    place = max(
        sum(discount > limit + TOLERANCE for limit, _, _ in LIMITS),
        sum(margin is not None and margin < limit - TOLERANCE for _, limit, _ in LIMITS),
        sum(net / price < limit - TOLERANCE for _, _, limit in LIMITS),
    )
    tier = 0.04 if quantity >= 25 else 0.02 if quantity >= 10 else 0.0
    return net, floor, deepest, deepest - discount, margin, status, SIGNERS[place], tier


def main(source: str, target: str) -> None:
    """Read, check and write."""
    rows = load_workbook(source, data_only=True).active.iter_rows(values_only=True)
    book = Workbook()
    sheet = book.active
    names = next(rows)
    sheet.append([*names, *ADDED])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, row in enumerate(rows, 2):
        sheet.append([*row, *checked(row)])
        for column, pattern in enumerate(FORMATS, len(names) + 1):
            if pattern:
                sheet.cell(at, column).number_format = pattern
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for word, colour in TINTS.items():
        rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=PatternFill(bgColor=colour))
        sheet.conditional_formatting.add(f"M2:M{sheet.max_row}", rule)
    book.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
