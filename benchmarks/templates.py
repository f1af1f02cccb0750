"""Generating each template against openpyxl writing the same content from a plain script, and its size.

python benchmarks/templates.py
"""

from collections.abc import Callable
from copy import copy, deepcopy
from io import BytesIO
from typing import Any

from measuring import best_of
from openpyxl import Workbook
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.artefacts import workbook
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import TEMPLATES, Template
from walkaway_xl.workbooks.package import finished

LARGEST = 150  # kB
TURNS = 9
LOOKS = ("font", "fill", "border", "alignment", "number_format", "protection")


def plain(draft: Draft) -> Callable[[], None]:
    """A script that knows what to write: values, styles, validations, conditional formats and charts.

    It sets the named style of a cell, then what differs from it. Charts, rules and validations are copies,
    which take about the time of writing them down; fonts and fills lie ready.
    """
    styles = {style.name: style for style in draft.workbook._named_styles}
    sheets = [
        (sheet, [_told(cell, styles[cell.style]) for cell in _cells(sheet)]) for sheet in draft.workbook
    ]

    def write() -> None:
        book = Workbook()
        book.remove(book.active)
        for name, style in styles.items():
            if name not in book.named_styles:
                book.add_named_style(style)
        for given, cells in sheets:
            sheet = book.create_sheet(given.title)
            for row, column, value, style_name, looks in cells:
                cell = sheet.cell(row, column, value)
                if style_name != "Normal":
                    cell.style = style_name
                for name, look in looks:
                    setattr(cell, name, look)
            _write_the_rest(given, sheet)
        book.save(BytesIO())

    return write


def _cells(sheet: Worksheet) -> list[Any]:
    """What was written, and no cell that openpyxl would make for the asking; covered cells are not told."""
    return [cell for _, cell in sorted(sheet._cells.items()) if not isinstance(cell, MergedCell)]


def _told(cell: Any, style: Any) -> tuple[int, int, Any, str, list[tuple[str, Any]]]:
    looks = [
        (name, copy(getattr(cell, name))) for name in LOOKS if getattr(cell, name) != getattr(style, name)
    ]
    return cell.row, cell.column, cell.value, cell.style, looks


def _write_the_rest(given: Worksheet, sheet: Worksheet) -> None:
    for area in given.merged_cells.ranges:
        sheet.merge_cells(area.coord)
    for letter, column in given.column_dimensions.items():
        sheet.column_dimensions[letter].width = column.width
    for number, row in given.row_dimensions.items():
        sheet.row_dimensions[number].height = row.height
    for validation in given.data_validations.dataValidation:
        sheet.add_data_validation(deepcopy(validation))
    for area in given.conditional_formatting:
        for rule in area.rules:
            sheet.conditional_formatting.add(str(area.sqref), deepcopy(rule))
    for chart in given._charts:
        sheet.add_chart(deepcopy(chart))


def timed(template: Template) -> tuple[float, float, float]:
    """Seconds of the plain script, of generating, and of generating with values."""
    jobs: tuple[Callable[[], object], ...] = (
        plain(template.example()),
        lambda: finished(template.example(), lambda data: data),
        lambda: workbook(template, example=True),
    )
    # In turns, so that a machine that gets busy disturbs all three alike.
    turns = [[best_of(job, 1) for job in jobs] for _ in range(TURNS)]
    script, generated, calculated = map(min, zip(*turns, strict=True))
    return script, generated, calculated


def main() -> None:
    """Time every template, with its example where it has one."""
    print(f"{'':<24}{'plain ms':>10}{'generated':>11}{'with values':>13}{'kB':>7}")
    for template in TEMPLATES:
        script, generated, calculated = timed(template)
        size = len(workbook(template, example=True)) / 1000
        large = "" if size <= LARGEST else f"  more than {LARGEST}"
        print(
            f"{template.name:<24}{script * 1e3:>10,.0f}{generated / script:>9.2f} ×"
            f"{calculated / script:>11.2f} ×{size:>7.0f}{large}"
        )
    print("with values: calculated too, which openpyxl cannot")


if __name__ == "__main__":
    main()
