"""The command line: walkaway-xl new | calc | check | policy | functions | start | install | doctor | …

Each command imports what it needs when it runs, so that `walkaway-xl functions` does not wait for a
spreadsheet engine. Exit code 0: done. 2: a question or a file was bad, and nothing was written. 3: a
workbook was calculated, and some of its cells hold errors.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl import __version__
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.quotes import commands as quote_commands

if TYPE_CHECKING:
    from walkaway_xl.installation.plan import Step
    from walkaway_xl.installation.programs import Program

DONE, REFUSED, CELLS_IN_ERROR, INTERRUPTED = 0, 2, 3, 130
PROGRESS_WIDTH = 78  # characters: room for the longest message
ERRORS_SHOWN = 50  # more than a screen or two helps nobody; the rest is counted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give back its exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not know − and ·
            stream.reconfigure(errors="replace")
    try:
        code = int(options.run(options))
        sys.stdout.flush()  # here, where a closed pipe is no error
        return code
    except WalkawayError as error:
        return _refuse(str(error))
    except BrokenPipeError:  # whoever reads the pipe has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _refuse(f"{error.filename or 'the file'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="walkaway-xl",
        description="Know your walk-away before you sit down: preparation workbooks and worksheet functions.",
    )
    parser.add_argument("--version", action="version", version=f"walkaway-xl {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    new = commands.add_parser("new", help="write a preparation workbook")
    new.add_argument("template", metavar="TEMPLATE", help="its name, as in: walkaway-xl new seller_price")
    new.add_argument("--out", type=Path, metavar="FILE", help="where to write it (TEMPLATE.xlsx)")
    new.add_argument("--example", action="store_true", help="filled in with a worked example")
    new.add_argument("--force", action="store_true", help="replace a file that exists")
    new.set_defaults(run=_new)

    calc = commands.add_parser("calc", help="calculate a workbook without a spreadsheet program")
    calc.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    calc.add_argument("--out", type=Path, metavar="FILE", help="write here and leave BOOK.xlsx as it is")
    calc.add_argument("--force", action="store_true", help="replace a file that exists")
    calc.set_defaults(run=_calc)

    quote_commands.add_to(commands, _progress)

    functions = commands.add_parser("functions", help="show the worksheet functions")
    functions.add_argument("name", nargs="?", metavar="NAME", help="one of them, in full")
    functions.set_defaults(run=_functions)

    start = commands.add_parser("start", help="write every workbook and check an example quote book")
    start.add_argument("--folder", type=Path, default=Path("walkaway-workbooks"), metavar="FOLDER")
    start.set_defaults(run=_start)

    for name, run, told in (
        ("install", _install, "install the functions into the spreadsheet programs of this machine"),
        ("uninstall", _uninstall, "take the functions out of the spreadsheet programs again"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument(
            "program", nargs="?", metavar="PROGRAM", help="one of them, as libreoffice (all)"
        )
        command.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        command.set_defaults(run=run)

    doctor = commands.add_parser("doctor", help="say where the functions answer, and what is wrong elsewhere")
    doctor.set_defaults(run=_doctor)

    generate = commands.add_parser(
        "generate", help="for developers: write the generated files of this repository, or the extension"
    )
    generate.add_argument(
        "what", nargs="?", choices=["libreoffice"], help="the LibreOffice extension, as walkaway.oxt"
    )
    generate.add_argument(
        "--check", action="store_true", help="write nothing, name the files that are out of date"
    )
    generate.add_argument("--root", type=Path, default=Path(), metavar="FOLDER", help="the repository (here)")
    generate.set_defaults(run=_generate)
    return parser


def _new(options: argparse.Namespace) -> int:
    from walkaway_xl import artefacts, files, workbooks

    template = workbooks.template(options.template)
    target = options.out or Path(f"{template.name}.xlsx")
    files.refuse_existing(target, force=options.force)
    files.replace_file(target, artefacts.workbook(template, example=options.example))
    print(f"{template.title}: {target}")
    return DONE


def _calc(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.hosts import embedded

    target = options.out or options.book
    if options.out is not None:
        files.refuse_existing(target, force=options.force)
    with _progress() as tell:
        calculated = embedded.calculate_file(options.book, target, tell)
    print(calculated.summary)
    for cell in calculated.errors[:ERRORS_SHOWN]:
        print(f"  {cell}")
    if len(calculated.errors) > ERRORS_SHOWN:
        print(f"  … and {len(calculated.errors) - ERRORS_SHOWN:,} more")
    print(f"Values are stored in {target}")
    return CELLS_IN_ERROR if calculated.errors else DONE


def _functions(options: argparse.Namespace) -> int:
    from walkaway_xl.pages import terminal

    print(terminal.overview() if options.name is None else terminal.reference(options.name))
    return DONE


def _start(options: argparse.Namespace) -> int:
    from walkaway_xl import start

    start.run(options.folder)
    return DONE


def _install(options: argparse.Namespace) -> int:
    return _carry_out(options, lambda program: program.installing(), "installed in")


def _uninstall(options: argparse.Namespace) -> int:
    return _carry_out(options, lambda program: program.removing(), "removed from")


def _carry_out(options: argparse.Namespace, plan: Callable[["Program"], Iterable["Step"]], done: str) -> int:
    from walkaway_xl.installation.plan import carry_out
    from walkaway_xl.installation.programs import chosen

    found = chosen(options.program)
    if not found:
        print("No spreadsheet program was found; walkaway-xl calc calculates workbooks without one.")
    for program in found:
        if options.dry_run:
            for step in plan(program):
                print(f"would {step.words}")
        else:
            carry_out(plan(program), lambda words: print(f"{words} …", flush=True))
            print(f"The functions are {done} {program.title}.")
    return DONE


def _doctor(options: argparse.Namespace) -> int:
    from walkaway_xl.installation import doctor

    for finding in doctor.examine():
        print(f"{finding.state.value.ljust(20)} {finding.host}: {finding.words}", flush=True)
        if finding.remedy:
            print(f"{' ' * 20}   → {finding.remedy}")
    return DONE


def _generate(options: argparse.Namespace) -> int:
    from walkaway_xl import artefacts

    if options.what == "libreoffice":
        from walkaway_xl import files
        from walkaway_xl.hosts.libreoffice.extension import extension

        target = options.root / "walkaway.oxt"
        files.replace_file(target, extension())
        print(target)
        return DONE
    changed = artefacts.generate(options.root, write=not options.check)
    for path in changed:
        print(path)
    if changed and options.check:
        return _refuse("these files are out of date; walkaway-xl generate writes them")
    return DONE


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, in a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda doing: None
        return

    def tell(doing: str) -> None:
        print(f"\r{doing} …".ljust(PROGRESS_WIDTH), end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print("\r" + " " * PROGRESS_WIDTH, end="\r", file=sys.stderr, flush=True)


def _refuse(message: str) -> int:
    print(f"walkaway-xl: {message}", file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
