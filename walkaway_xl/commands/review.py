"""Read a filled-in workbook on one page, or write its brief to take along."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.commands.console import DONE, budget_option, progress, say, warn_of_kept
from walkaway_xl.core.phrasing import phrase

if TYPE_CHECKING:
    from walkaway_xl.files import Target

HELP = "read a filled-in workbook on one page, or write its brief to take along"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the brief as PDF, by LibreOffice")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the brief as a page for a browser")
    parser.add_argument("--force", action="store_true", help="replace a file that exists")
    budget_option(parser)
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Print the page, or write the brief."""
    from walkaway_xl import files
    from walkaway_xl.files import intake
    from walkaway_xl.hosts import embedded
    from walkaway_xl.hosts.libreoffice import calc_installation
    from walkaway_xl.workbooks import reading, review_page

    pdf: Path | None = options.pdf
    page: Path | None = options.html
    if pdf and not calc_installation.is_here():
        say(phrase("There is no LibreOffice here to write a PDF; the page for a browser prints the same."))
        page, pdf = page or pdf.with_suffix(".html"), None

    def place(path: Path | None, option: str) -> "Target | None":
        force, read = options.force, [options.book]
        return (
            files.target(path, option=option, force=force, inputs=read, like=options.book) if path else None
        )

    places = place(pdf, "--pdf"), place(page, "--html")
    with progress() as tell:
        calculated = embedded.calculate_from(options.book, tell)
    warn_of_kept(calculated)
    if any(places):
        return _write_brief(options.book, calculated.data, *places)
    with intake.understood(options.book):
        read = review_page.review(reading.values_of(calculated.data))
        as_json = json.dumps(read.as_json(), ensure_ascii=False, indent=2) if options.json else ""
        text = as_json or review_page.page_text(read)
    print(text)
    return DONE


def _write_brief(book: Path, data: bytes, pdf: "Target | None", page: "Target | None") -> int:
    from walkaway_xl import files
    from walkaway_xl.files import intake
    from walkaway_xl.hosts.libreoffice import calc_printing
    from walkaway_xl.workbooks import brief_page, reading

    with intake.understood(book):
        values = reading.values_of(data)
        sheet = brief_page.area_of(values).sheet
        text = brief_page.page_html(values) if page else ""
    printed = calc_printing.pdf_of(data, sheet) if pdf else b""
    with files.Writing() as writing:
        for target, content in ((pdf, printed), (page, text.encode())):
            if target is not None:
                writing.write(target, content)
    for target in (pdf, page):
        if target is not None:
            say(phrase("The brief: {target}", target=target.path))
    return DONE
