"""The stage for faults, kills and races: every command that writes, its files, and what it made."""

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import openpyxl

from tests.books import linked_to, saved
from walkaway_xl import artefacts, book_upgrade, cli, deal_logging, files, workbooks
from walkaway_xl.commands import quote_options, start
from walkaway_xl.examples import order_lines
from walkaway_xl.excel_hour import excel_report as report
from walkaway_xl.excel_hour import hour
from walkaway_xl.hosts.embedded import calculation
from walkaway_xl.hosts.excel_vba import excel_installation
from walkaway_xl.hosts.formulas import function_workbook, into_book, module_text
from walkaway_xl.hosts.libreoffice import calc_installation, calc_printing
from walkaway_xl.hosts.listed import INSTALLABLE
from walkaway_xl.policy import EXAMPLE
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes import in_memory, pictures
from walkaway_xl.workbooks import Template, filling, sharing
from walkaway_xl.workbooks.discount_floor_sheet import orders

ROOT = Path(__file__).parents[2]
OLD = b"somebody's work"
LINES = (
    "order,class,list_price,discount,cost,quantity\n"
    "1,office,100,0.1,40,3\n1,office,80,0.7,60,1\n2,paper,x,0.1,4,5\n" + "2,paper,12,0.2,4,9\n" * 4
)
PRODUCTS = "product,class,list_price,discount,cost,quantity\na,office,100,0.1,40,3\nb,office,80,0.7,60,1\n"
POLICY = example()
PAGE = artefacts.Artefact(lambda: PICTURE, lambda data: data == PICTURE)
PICTURE = b"<svg/>" * 100
SEEN = report.Report({}, [report.Outcome("a", "A", report.State.PASSED, "b")])
LINKED = linked_to(saved(openpyxl.Workbook()), "file:///C:/Users/ann/walkaway_xl.xlam")


class Command(NamedTuple):
    """A command that writes: its line, the files that it writes, and whether it replaces them unasked."""

    line: str
    written: tuple[str, ...]
    in_place: bool = False


COMMANDS = {
    "calc": Command("calc book.xlsx", ("book.xlsx",), in_place=True),
    "calc --out": Command("calc book.xlsx --out done.xlsx", ("done.xlsx",)),
    "share": Command("share book.xlsx", ("book_to_share.xlsx",)),
    "new": Command("new used_goods --from deal.toml --out deal.xlsx", ("deal.xlsx",)),
    "new --deal": Command("new used_goods --deal --out deal2.toml", ("deal2.toml",)),
    "new --host": Command("new used_goods --host lite --out lite.xlsx", ("lite.xlsx",)),
    "policy new": Command("policy new --out mine.toml", ("mine.toml",)),
    "lite": Command("lite --folder code", ("code/main.py", "code/requirements.txt")),
    "formulas": Command("formulas", ("walkaway_functions.xlsx",)),
    "formulas --text": Command("formulas --text", ("walkaway_functions.txt",)),
    "formulas --into": Command("formulas --into book.xlsx", ("book.xlsx",), in_place=True),
    "doctor --excel": Command(
        "doctor --excel --folder seen",
        ("seen/walkaway_excel_report.json", "seen/walkaway_excel_report.html"),
    ),
    "links": Command("links sent", ("sent/linked_mended.xlsx",)),
    "links --in-place": Command("links sent --in-place", ("sent/linked.xlsx",), in_place=True),
    "guide": Command(
        "guide lines.csv --policy policy.toml --by class --column class=class --out guided.toml",
        ("guided.toml",),
    ),
    **{
        f"check {kind}": Command(
            f"check lines.csv --policy policy.toml --group-by order --out checked{kind}",
            (f"checked{kind}", "checked_rejects.csv", *((f"checked_by_order{kind}",) if totals else ())),
        )
        for kind, totals in ((".csv", True), (".parquet", True), (".xlsx", False))
    },
    "guide --plot": Command(
        "guide lines.csv --policy policy.toml --by class --column class=class --out guided.toml "
        "--plot bands.svg",
        ("guided.toml", "bands.svg"),
    ),
    "check --plot": Command(
        "check lines.csv --policy policy.toml --out checked.csv --plot revenue.svg",
        ("checked.csv", "checked_rejects.csv", "revenue.svg"),
    ),
    "log": Command("log book.xlsx --agreed theirs --out log.xlsx", ("log.xlsx",)),
    "upgrade": Command("upgrade book.xlsx", ("book_upgraded.xlsx",)),
    "upgrade a policy": Command("upgrade policy.toml", ("policy_upgraded.toml",)),
    "review": Command("review book.xlsx --html page.html", ("page.html",)),
    "check --report": Command(
        "check lines.csv --policy policy.toml --out checked.csv --report report.html",
        ("checked.csv", "checked_rejects.csv", "report.html"),
    ),
    "compare": Command(
        "compare products.csv products.csv --policy policy.toml --report compared.html",
        ("compared.html",),
    ),
    "check --ask": Command(
        "check lines.csv --policy policy.toml --group-by order --out checked.csv --ask asked.csv",
        ("checked.csv", "checked_rejects.csv", "checked_by_order.csv", "asked.csv"),
    ),
    "check --save-profile": Command(
        "check lines.csv --policy policy.toml --column class=class --save-profile quotes.toml",
        ("quotes.toml",),
    ),
    "guide --save-profile": Command(
        "guide lines.csv --policy policy.toml --by class --column class=class --save-profile quotes.toml",
        ("quotes.toml",),
    ),
    "review --pdf": Command(
        "review book.xlsx --pdf brief.pdf --html brief.html", ("brief.pdf", "brief.html")
    ),
    "read": Command("read lines.csv --save-profile quotes.toml", ("quotes.toml",)),
    "start": Command(
        "start --folder books",
        (*(f"books/{template.name}.xlsx" for template in workbooks.TEMPLATES), f"books/{start.CHECKED}"),
        in_place=True,
    ),
    "generate": Command("generate", ("page.md",), in_place=True),
    **{
        f"generate {name}": Command(f"generate {name}", (host.FILE,), in_place=True)
        for name, host in INSTALLABLE.items()
    },
}


class Outcome(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def prepare(folder: Path) -> None:
    """Put the files that the commands read into a folder, and a folder for temporary files beside it."""
    folder.mkdir(parents=True)
    scratch(folder).mkdir()
    (folder / "book.xlsx").write_bytes((ROOT / "templates" / "used_goods_example.xlsx").read_bytes())
    (folder / "deal.toml").write_text('item = "A bicycle"\n')
    (folder / "policy.toml").write_text(POLICY, "utf-8")
    (folder / "lines.csv").write_text(LINES)
    (folder / "products.csv").write_text(PRODUCTS)
    (folder / "sent").mkdir()
    (folder / "sent" / "linked.xlsx").write_bytes(LINKED)


def scratch(folder: Path) -> Path:
    """The folder for temporary files."""
    return folder.with_name(f"{folder.name}_scratch")


def files_in(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too, by their names; and folders, which hold nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def begin_next_run(folder: Path) -> None:
    """Do what the next run does first: it takes away what an earlier one could not."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            files.target(path / "next.toml")
    tempfile.tempdir = str(scratch(folder))
    files.sweep_scratch()
    tempfile.tempdir = None


def run(command: Command, folder: Path, *more: str) -> Outcome:
    """Run a command in this process, in a folder."""
    out, err = io.StringIO(), io.StringIO()
    before, temporary = Path.cwd(), tempfile.tempdir
    os.chdir(folder)
    tempfile.tempdir = str(scratch(folder))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.main([*command.line.split(), *more])
    finally:
        os.chdir(before)
        tempfile.tempdir = temporary
    return Outcome(code, out.getvalue(), err.getvalue())


@contextmanager
def made_once() -> Iterator[None]:
    """What is calculated is calculated once: only the writing differs from run to run."""
    book = (ROOT / "templates" / "used_goods_example.xlsx").read_bytes()
    calculated = calculation.calculate(book)
    lines = order_lines()
    checked = in_memory.checked(lines, EXAMPLE)
    copy = sharing.copy_for_the_other_side(calculated.data, [])
    named = into_book.with_names(book)
    chosen = workbooks.template("used_goods")
    remade = book_upgrade.Remade(book, calculated, ("all of it",), ())
    logging = mock.Mock(calculated=calculated)
    logging.deal.theirs, logging.log.currency = 7500.0, "EUR"
    logging.finish.return_value = deal_logging.Logged(book, 1, "GOOD DEAL", 500.0, (), ())
    patches = (
        mock.patch.object(calculation, "calculate_from", return_value=calculated),
        mock.patch.object(sharing, "copy_for_the_other_side", return_value=copy),
        mock.patch.object(function_workbook, "build"),
        mock.patch.object(into_book, "with_names", return_value=named),
        mock.patch.object(in_memory, "checked", return_value=checked),
        mock.patch.object(orders, "deal_of", return_value={}),
        mock.patch.object(Template, "filled"),
        mock.patch.object(Template, "build"),
        mock.patch.object(workbooks, "template", return_value=chosen),
        mock.patch.object(book_upgrade, "remade", return_value=remade),
        mock.patch.object(deal_logging, "Logging", return_value=logging),
        mock.patch.object(filling, "fill"),
        mock.patch.object(module_text, "text", return_value="PRICE_FLOOR = LAMBDA();"),
        mock.patch.multiple(
            artefacts,
            stored=lambda *_: book,
            workbook=lambda *_, **__: book,
            is_repository=lambda _: True,
            artefacts=lambda: {"page.md": PAGE},
        ),
        mock.patch.object(INSTALLABLE["libreoffice"], "make", return_value=PICTURE),
        mock.patch.object(INSTALLABLE["excel"], "make", return_value=PICTURE),
        mock.patch.object(calc_installation, "is_here", return_value=True),
        mock.patch.multiple(excel_installation, registry=mock.Mock(), trouble=lambda: None),
        mock.patch.object(hour, "spend", return_value=SEEN),
        mock.patch.object(calc_printing, "pdf_of", return_value=PICTURE),
        mock.patch.object(quote_options, "need_extra"),
        mock.patch.object(pictures, "bands", return_value=PICTURE),
        mock.patch.object(pictures, "revenue", return_value=PICTURE),
    )
    with ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def tell(words: str) -> None:
    """A line for whoever runs this by hand."""
    print(words, file=sys.__stdout__, flush=True)
