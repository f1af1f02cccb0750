"""Write the functions as main.py, to paste into xlwings Lite."""

import argparse
from pathlib import Path

from walkaway_xl.commands.console import DONE, say
from walkaway_xl.core.phrasing import phrase

HELP = "write the functions as main.py, to paste into xlwings Lite"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--folder", type=Path, default=Path("walkaway-lite"), metavar="FOLDER")
    parser.add_argument("--force", action="store_true", help="replace files that exist")


def run(options: argparse.Namespace) -> int:
    """Write what is to be pasted."""
    from walkaway_xl import files
    from walkaway_xl.hosts.lite import lite_code

    code = lite_code.files()
    with files.in_folder(options.folder), files.Writing() as writing:
        for name, text in code.items():
            place = files.target(options.folder / name, force=options.force, option="--folder")
            writing.write(place, text.encode())
    say(
        phrase(
            "Paste {code} of {folder} into the tabs of that name in xlwings Lite.",
            code=" and ".join(code),
            folder=options.folder,
        )
    )
    return DONE
