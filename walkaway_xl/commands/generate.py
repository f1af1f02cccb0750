"""For developers: write the generated files of the repository, or an add-in."""

import argparse
from pathlib import Path

from walkaway_xl.commands.console import DONE, refuse

HELP = "for developers: write the generated files of this repository, or an add-in"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=["libreoffice", "excel"],
        help="the LibreOffice extension, as walkaway.oxt, or the Excel add-in, as walkaway_xl.xlam",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing, name the files that are out of date"
    )
    parser.add_argument("--root", type=Path, default=Path(), metavar="FOLDER", help="the repository (here)")


def run(options: argparse.Namespace) -> int:
    """Write what is not as the code makes it now, and name it."""
    return _write_generated(options) if options.what is None else _write_addin(options)


def _write_addin(options: argparse.Namespace) -> int:
    from walkaway_xl import files
    from walkaway_xl.installation.programs import PROGRAMS

    program = PROGRAMS[options.what]
    target = options.root / program.file
    files.replace_file(target, program.make())
    print(target)
    return DONE


def _write_generated(options: argparse.Namespace) -> int:
    from walkaway_xl import artefacts

    changed = artefacts.generate(options.root, write=not options.check)
    for path in changed:
        print(path)
    if changed and options.check:
        return refuse("these files are out of date; walkaway-xl generate writes them")
    return DONE
