"""Generating each template against openpyxl writing the same cells from a plain script, and its size.

python benchmarks/templates.py
"""

from collections.abc import Callable
from copy import copy
from io import BytesIO
from typing import Any

from measuring import best_of
from openpyxl import Workbook
from openpyxl.styles import NamedStyle

from walkaway_xl.artefacts import workbook
from walkaway_xl.workbooks import TEMPLATES, Template
from walkaway_xl.workbooks.draft import Draft

LARGEST = 150  # kB


def saved(draft: Draft) -> bytes:
    """A draft as openpyxl writes it."""
    target = BytesIO()
    draft.workbook.save(target)
    return target.getvalue()


LOOKS = ("font", "fill", "border", "alignment", "number_format", "protection")


def plain(draft: Draft) -> Callable[[], None]:
    """A script that writes the same cells: values and formulas, named styles, and where a cell differs."""
    styles = {style.name: style for style in draft.workbook._named_styles}
    sheets = [
        (sheet.title, [_told(cell, styles[cell.style]) for row in sheet.iter_rows() for cell in row])
        for sheet in draft.workbook
    ]

    def write() -> None:
        book = Workbook()
        book.remove(book.active)
        for name, style in styles.items():
            if name not in book.named_styles:
                book.add_named_style(style)
        for title, cells in sheets:
            sheet = book.create_sheet(title)
            for row, column, value, style, looks in cells:
                cell = sheet.cell(row, column, value)
                cell.style = style
                for name, look in looks:
                    setattr(cell, name, look)
        book.save(BytesIO())

    return write


def _told(cell: Any, style: NamedStyle) -> tuple[int, int, Any, str, list[tuple[str, Any]]]:
    looks = [
        (name, copy(getattr(cell, name))) for name in LOOKS if getattr(cell, name) != getattr(style, name)
    ]
    return cell.row, cell.column, cell.value, cell.style, looks


def timed(template: Template) -> tuple[float, float, float, float]:
    """Seconds of the plain script, of building and saving, of the finished workbook; and its kB."""
    filled = template.has_example
    script = best_of(plain(template.build(filled)), 5)
    built = best_of(lambda: saved(template.build(filled)), 5)
    whole = best_of(lambda: workbook(template, example=filled), 3)
    return script, built, whole, len(workbook(template, example=filled)) / 1000


def main() -> None:
    """Time every template, with its example where it has one."""
    print(f"{'':<24}{'plain ms':>10}{'built':>10}{'finished':>10}{'kB':>8}")
    for template in TEMPLATES:
        script, built, whole, size = timed(template)
        large = "" if size <= LARGEST else f"  more than {LARGEST}"
        print(
            f"{template.name:<24}{script * 1e3:>10,.0f}{built / script:>8.2f} ×{whole / script:>8.2f} ×"
            f"{size:>8.0f}{large}"
        )
    print("built: made and saved by openpyxl; finished: calculated too, with values stored")


if __name__ == "__main__":
    main()
