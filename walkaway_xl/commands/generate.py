"""For developers: write the generated files of the repository, or an add-in."""

import argparse
from pathlib import Path

from walkaway_xl.commands.console import DONE, refuse
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.listed import INSTALLABLE

HELP = "for developers: write the generated files of this repository, or an add-in"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=INSTALLABLE,
        help=", or ".join(f"{host.FILE_IS}, as {host.FILE}" for host in INSTALLABLE.values()),
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
    from walkaway_xl.workbooks import TEMPLATES

    host = INSTALLABLE[options.what]
    path = options.root / host.FILE
    files.target(path, force=True, option="--root").write(host.make(TEMPLATES))
    print(path)
    return DONE


def _write_generated(options: argparse.Namespace) -> int:
    from walkaway_xl import artefacts

    if not artefacts.is_repository(options.root):
        return refuse(
            phrase(
                (
                    "{root} is not the repository of the code that runs; generate writes "
                    "nowhere else. Run it there, or name it with --root."
                ),
                root=options.root.resolve(),
            )
        )
    changed = artefacts.generate(options.root, write=not options.check)
    for path in changed:
        print(path)
    if changed and options.check:
        return refuse(phrase("these files are out of date; walkaway-xl generate writes them"))
    return DONE
