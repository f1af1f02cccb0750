"""The command line: one function a command.

Each command imports what it needs when it runs, so that `walkaway-xl functions` does not wait for a
spreadsheet engine. Exit code 0: done. 2: a question or a file was bad, and nothing was written. 3: cells are
not as they should be: `calc` found errors in them or had to leave them as they were, or `share` found what
would give a secret away.
"""

import argparse
import json
import os
import shlex
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl import __version__
from walkaway_xl.asking import decided, is_terminal
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.quotes import commands as quote_commands

if TYPE_CHECKING:
    from walkaway_xl.hosts.embedded import Calculated
    from walkaway_xl.installation.plan import Step
    from walkaway_xl.installation.programs import Program

DONE, REFUSED, NOT_CLEAN, INTERRUPTED, TERMINATED = 0, 2, 3, 130, 143
PROGRESS_WIDTH = 78  # characters: room for the longest message
CELLS_SHOWN = 50  # more than a screen or two helps nobody; the rest is counted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give back its exit code."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that unfinished files go away
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not know − and ·
            stream.reconfigure(errors="replace")
    try:
        code = decided(_run, sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()  # here, where a closed pipe is no error
        return code
    except WalkawayError as error:
        return _refuse(str(error))
    except BrokenPipeError:  # whoever reads the pipe has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _refuse(f"{error.filename or 'the file'}: {error.strerror or error}")
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D at a question
        return INTERRUPTED
    except Exception:  # a fault of ours; 1 would tell a pipeline that lines are below floor
        traceback.print_exc()
        return _refuse("this should not have happened; please report it with the lines above")


def _run(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="walkaway-xl",
        description="Know your walk-away before you sit down: preparation workbooks and worksheet functions.",
    )
    parser.add_argument("--version", action="version", version=f"walkaway-xl {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    new = commands.add_parser("new", help="write a preparation workbook")
    new.add_argument(
        "template", nargs="?", metavar="TEMPLATE", help="its name; without one you are asked what fits"
    )
    new.add_argument("--out", type=Path, metavar="FILE", help="where to write it (TEMPLATE.xlsx)")
    new.add_argument("--example", action="store_true", help="filled in with a worked example")
    new.add_argument(
        "--deal",
        action="store_true",
        help="write the worked example as a deal file, to change and fill in from",
    )
    new.add_argument(
        "--from", dest="source", type=Path, metavar="DEAL.toml", help="fill in what a deal file says, by name"
    )
    new.add_argument(
        "--set",
        action="append",
        default=[],
        type=_pair,
        metavar="NAME=VALUE",
        help="fill in an input, as in: --set cost=68 --set min_margin=15%% (as often as you like)",
    )
    new.add_argument(
        "--host",
        choices=["lite"],
        help="carry the worksheet functions along for xlwings Lite (Excel on Windows, Mac and web)",
    )
    new.add_argument("--force", action="store_true", help="replace a file that exists")
    new.set_defaults(run=_new)

    share = commands.add_parser("share", help="write the copy of a workbook that the other side may have")
    share.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    share.add_argument("--out", type=Path, metavar="FILE", help="where to write it (BOOK_to_share.xlsx)")
    share.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="CELL",
        help="a cell that may go although it gives something away, as 'Table card!C25'",
    )
    share.add_argument("--force", action="store_true", help="replace a file that exists")
    share.set_defaults(run=_share)

    review = commands.add_parser("review", help="read a filled-in workbook on one page")
    review.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    review.add_argument("--json", action="store_true", help="for machines")
    review.set_defaults(run=_review)

    calc = commands.add_parser(
        "calc",
        help="calculate a workbook without a spreadsheet program",
        epilog="Exit code 3: a cell holds an error, or keeps its stored value because a function in it is "
        "not known here.",
    )
    calc.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook")
    calc.add_argument("--out", type=Path, metavar="FILE", help="write here and leave BOOK.xlsx as it is")
    calc.add_argument("--force", action="store_true", help="replace a file that exists")
    calc.add_argument(
        "--recalculate-all",
        action="store_true",
        help="show an error where a function is not known here; without this its stored value stays",
    )
    calc.set_defaults(run=_calc)

    quote_commands.add_to(commands, _progress)

    functions = commands.add_parser("functions", help="show the worksheet functions")
    functions.add_argument("name", nargs="?", metavar="NAME", help="one of them, in full")
    functions.set_defaults(run=_functions)

    start = commands.add_parser("start", help="write every workbook and check an example quote book")
    start.add_argument("--folder", type=Path, default=Path("walkaway-workbooks"), metavar="FOLDER")
    start.set_defaults(run=_start)

    lite = commands.add_parser("lite", help="write the functions as main.py, to paste into xlwings Lite")
    lite.add_argument("--folder", type=Path, default=Path("walkaway-lite"), metavar="FOLDER")
    lite.add_argument("--force", action="store_true", help="replace files that exist")
    lite.set_defaults(run=_lite)

    for name, run, told in (
        ("install", _install, "install the functions into the spreadsheet programs of this machine"),
        ("uninstall", _uninstall, "take the functions out of the spreadsheet programs again"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument(
            "program", nargs="?", metavar="PROGRAM", help="libreoffice or excel (all that are here)"
        )
        command.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        command.set_defaults(run=run)

    doctor = commands.add_parser("doctor", help="say where the functions answer, and what is wrong elsewhere")
    doctor.set_defaults(run=_doctor)

    generate = commands.add_parser(
        "generate", help="for developers: write the generated files of this repository, or an add-in"
    )
    generate.add_argument(
        "what",
        nargs="?",
        choices=["libreoffice", "excel"],
        help="the LibreOffice extension, as walkaway.oxt, or the Excel add-in, as walkaway_xl.xlam",
    )
    generate.add_argument(
        "--check", action="store_true", help="write nothing, name the files that are out of date"
    )
    generate.add_argument("--root", type=Path, default=Path(), metavar="FOLDER", help="the repository (here)")
    generate.set_defaults(run=_generate)
    return parser


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} has no equals sign; write it as name=value")
    return name.strip(), value


def _new(options: argparse.Namespace) -> int:
    from walkaway_xl import artefacts, files, interview, workbooks
    from walkaway_xl.workbooks import deal_file
    from walkaway_xl.workbooks.filling import fill

    if options.deal and (options.example or options.source or options.set or options.host):
        return _refuse(
            "--deal writes the worked example as it stands; the options of a workbook do not fit it"
        )
    asks = options.template is None
    if asks and not is_terminal():
        names = ", ".join(template.name for template in workbooks.TEMPLATES)
        return _refuse(f"new needs the name of a template: {names}")
    template = interview.choose(input) if asks else workbooks.template(options.template)
    if options.deal and not template.has_example:
        return _refuse(f"{template.name} has no deal file: there is nothing to fill in")
    target = options.out or Path(f"{template.name}.{'toml' if options.deal else 'xlsx'}")
    files.refuse_existing(target, force=options.force)
    if options.deal:
        files.replace_file(target, template.deal.read_bytes())
        print(f"{template.title}, as a deal file: {target}")
        return DONE
    given = interview.heading(input, template) if asks else {}
    given |= deal_file.read(options.source) if options.source else {}
    given |= dict(options.set)
    draft = template.example() if options.example else template.build()
    fill(draft, given)
    if options.host == "lite":
        from walkaway_xl import lite_workbook

        data = lite_workbook.stored(draft)
    else:
        data = artefacts.stored(draft)
    files.replace_file(target, data)
    print(f"{template.title}: {target}")
    return DONE


def _share(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.hosts import embedded
    from walkaway_xl.workbooks import reading, sharing

    target = options.out or options.book.with_name(f"{options.book.stem}_to_share.xlsx")
    files.refuse_existing(target, force=options.force)
    if target.exists() and target.samefile(options.book):
        return _refuse(f"{target} is the workbook itself; name another file with --out")
    with _progress() as tell:
        calculated = embedded.calculate_from(options.book, tell)
    _warn_of_kept(calculated)
    data = calculated.data
    values = reading.values_of(data)
    allowed = {_plain(cell) for cell in options.allow}
    found = sharing.leaks(reading.formulas_of(data), values)
    left = [leak for leak in found if _plain(leak.address) not in allowed]
    for leak in left:
        print(f"  {leak}")
    for cell in allowed - {_plain(leak.address) for leak in found}:
        print(f"  --allow {cell}: nothing was found there")
    if left:
        print(
            f"{target} was not written: these cells would give away what only you may know, or are errors. "
            f"Mend them in {options.book}, or name those that may go: --allow {shlex.quote(left[0].address)}"
        )
        return NOT_CLEAN
    files.replace_file(target, sharing.public_copy(values))
    print(f"The copy for the other side: {target}")
    return DONE


def _warn_of_kept(calculated: "Calculated") -> None:
    """Say where a value is as old as the file, since what is read from it looks like all others."""
    if calculated.kept:
        first, *others = calculated.kept
        place = f"{first.sheet}!{first.address}" + (f" and {len(others):,} more" if others else "")
        print(f"{place}: the stored value is read as it is, because {first.reason}", file=sys.stderr)


def _plain(cell: str) -> str:
    """An address as it is compared: quotes, dollars and case do not matter."""
    return cell.replace("'", "").replace("$", "").casefold()


def _review(options: argparse.Namespace) -> int:
    from walkaway_xl.hosts import embedded
    from walkaway_xl.workbooks import reading, review

    with _progress() as tell:
        calculated = embedded.calculate_from(options.book, tell)
    _warn_of_kept(calculated)
    found = review.review(reading.values_of(calculated.data))
    print(json.dumps(found.as_json(), ensure_ascii=False, indent=2) if options.json else review.told(found))
    return DONE


def _calc(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.hosts import embedded

    target = options.out or options.book
    if options.out is not None:
        files.refuse_existing(target, force=options.force)
    with _progress() as tell:
        calculated = embedded.calculate_file(
            options.book, target, tell, recalculate_all=options.recalculate_all
        )
    print(calculated.summary)
    _print_cells(calculated.errors)
    if calculated.kept:
        print(calculated.warning)
        _print_cells(calculated.kept)
    print(f"Values are stored in {target}")
    return NOT_CLEAN if calculated.errors or calculated.kept else DONE


def _print_cells(cells: Sequence[object]) -> None:
    for cell in cells[:CELLS_SHOWN]:
        print(f"  {cell}")
    if len(cells) > CELLS_SHOWN:
        print(f"  … and {len(cells) - CELLS_SHOWN:,} more")


def _functions(options: argparse.Namespace) -> int:
    from walkaway_xl.pages import terminal

    print(terminal.overview() if options.name is None else terminal.reference(options.name))
    return DONE


def _start(options: argparse.Namespace) -> int:
    from walkaway_xl import start

    start.run(options.folder)
    return DONE


def _lite(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.hosts import lite_code

    files.make_folder(options.folder)
    code = {"main.py": lite_code.main(), "requirements.txt": lite_code.REQUIREMENTS}
    for name in code:
        files.refuse_existing(options.folder / name, force=options.force, option="--folder")
    for name, text in code.items():
        files.replace_file(options.folder / name, text.encode())
    print(
        f"Paste main.py and requirements.txt of {options.folder} into the tabs of that name in xlwings Lite."
    )
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
    code = DONE
    for program in found:
        try:
            steps = list(plan(program))
            if not steps:
                print(f"The functions are not installed in {program.title}.")
            elif options.dry_run:
                for step in steps:
                    print(f"would {step.words}")
            else:
                carry_out(steps, lambda words: print(f"{words} …", flush=True))
                print(f"The functions are {done} {program.title}.")
        except WalkawayError as error:  # what is in the way of one program is not in the way of the others
            code = _refuse(str(error))
    return code


def _doctor(options: argparse.Namespace) -> int:
    from walkaway_xl.installation import doctor

    width = max(len(state.value) for state in doctor.State)
    for finding in doctor.examine():
        print(f"{finding.state.value.ljust(width)}  {finding.host}: {finding.words}", flush=True)
        if finding.remedy:
            print(f"{' ' * width}  → {finding.remedy}")
    return DONE


def _generate(options: argparse.Namespace) -> int:
    from walkaway_xl import artefacts

    if options.what is not None:
        from walkaway_xl import files
        from walkaway_xl.installation.programs import PROGRAMS

        program = PROGRAMS[options.what]
        target = options.root / program.file
        files.replace_file(target, program.make())
        print(target)
        return DONE
    if not artefacts.is_repository(options.root):
        return _refuse(
            f"{options.root.resolve()} is not the repository of the code that runs; "
            "generate writes nowhere else. Run it there, or name it with --root."
        )
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
