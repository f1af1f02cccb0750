"""The first run: every workbook in a folder, and a real quote book checked against its floors."""

from pathlib import Path

from walkaway_xl import artefacts, files
from walkaway_xl.examples import order_lines
from walkaway_xl.workbooks import TEMPLATES, discount_floor_sheet, floor_report

CHECKED = "order_lines_checked.xlsx"


def run(folder: Path) -> None:
    """Write the workbooks to a folder, check the example order lines, and say what they show.

    A file that is there already stays as it is: somebody may have filled it in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = order_lines()
    print(f"Checking {len(lines)} real order lines against their discount floors …", flush=True)
    checked = artefacts.stored(discount_floor_sheet.draft_for(lines))
    _keep_or_write(folder / CHECKED, checked)
    print()
    print(floor_report.told(floor_report.report(checked)))
    print()
    print(f"Your workbooks are in {folder.resolve()}")
    told = [(f"{template.name}.xlsx", template.summary) for template in TEMPLATES]
    for template in TEMPLATES:
        path = folder / f"{template.name}.xlsx"
        if not path.exists():
            files.replace_file(path, artefacts.workbook(template, example=False))
    for name, summary in [*told, (CHECKED, "The order lines above, line by line.")]:
        print(f"  {name.ljust(max(len(name) for name, _ in told))}  {summary}")


def _keep_or_write(path: Path, data: bytes) -> None:
    if not path.exists():
        files.replace_file(path, data)
