"""Write a preparation workbook."""

import argparse
from pathlib import Path

from walkaway_xl.asking import ask, is_terminal
from walkaway_xl.commands.console import DONE, budget_option, refuse, say
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.listed import CARRIED

HELP = "write a preparation workbook"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "template",
        nargs="?",
        metavar="TEMPLATE",
        help="its name; without one you are asked what fits. udf_book is for xlwings' own add-in",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it (TEMPLATE.xlsx)")
    parser.add_argument("--example", action="store_true", help="filled in with a worked example")
    parser.add_argument(
        "--deal", action="store_true", help="write the worked example as a deal file, for you to change"
    )
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="DEAL.toml", help="fill in what a deal file says, by name"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=_pair,
        metavar="NAME=VALUE",
        help="fill in an input, as in: --set cost=68 --set min_margin=15%% (as often as you like)",
    )
    parser.add_argument(
        "--host",
        choices=CARRIED,
        help="carry the worksheet functions along for "
        + " or ".join(host.TITLE for host in CARRIED.values()),
    )
    budget_option(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that exists")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(
            phrase("{shown} has no equals sign; write it as name=value", shown=f"{text!r}")
        )
    return name.strip(), value


def run(options: argparse.Namespace) -> int:
    """Write it."""
    from walkaway_xl import artefacts, files, interview, workbooks
    from walkaway_xl.hosts.excel_vba import udf_book
    from walkaway_xl.workbooks import deal_file, reading, review_page
    from walkaway_xl.workbooks.filling import fill

    if options.deal and (options.example or options.source or options.set or options.host):
        return refuse(
            phrase("--deal writes the worked example as it stands; the options of a workbook do not fit it")
        )
    if options.template == udf_book.NAME:
        return _udf_book(options)
    asks = options.template is None
    if asks and not is_terminal():
        names = ", ".join(template.name for template in workbooks.TEMPLATES)
        return refuse(phrase("new needs the name of a template: {names}", names=names))
    template = interview.choose(ask) if asks else workbooks.template(options.template)
    if options.deal and not template.has_example:
        return refuse(phrase("{name} has no deal file: there is nothing to fill in", name=template.name))
    target = options.out or Path(f"{template.name}.{'toml' if options.deal else 'xlsx'}")
    inputs = [options.source] if options.source else []
    place = files.target(target, force=options.force, inputs=inputs, like=options.source)
    if options.deal:
        place.write(template.deal.read_bytes())
        print(phrase("{title}, as a deal file: {target}", title=phrase(template.title), target=target))
        return DONE
    given = interview.answers(ask, template) if asks else {}
    given |= deal_file.read(options.source) if options.source else {}
    given |= dict(options.set)
    draft = template.example() if options.example else template.build()
    fill(draft, given)
    data = artefacts.stored(draft, CARRIED.get(options.host))
    place.write(data)
    say(f"{phrase(template.title)}: {target}")
    if given and asks:
        page = review_page.review(reading.values_of(data))
        for line in (page.verdict, page.meaning, page.binding, page.advice):
            say(line)
    return DONE


def _udf_book(options: argparse.Namespace) -> int:
    """Write the workbook into which xlwings' own add-in imports the functions."""
    from walkaway_xl import files
    from walkaway_xl.hosts.excel_vba import udf_book

    if options.example or options.deal or options.source or options.set or options.host:
        return refuse(phrase("udf_book has no inputs; its only options are --out and --force"))
    place = files.target(options.out or Path(udf_book.FILE), force=options.force)
    place.write(udf_book.udf_book())
    say(phrase("Open {path} in Excel, and press Import Functions on the tab xlwings.", path=place.path))
    return DONE
