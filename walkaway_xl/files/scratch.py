"""A private folder for what a run needs for a while; the next run removes that of one that was killed."""

import contextlib
import os
import tempfile
from pathlib import Path

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import claims
from walkaway_xl.files.claims import Claim
from walkaway_xl.files.replacement import FileError, why

NAME = "walkaway"
_RUNS: list[Claim] = []  # of this process at most one, and those of its parents after a fork


def scratch_folder() -> Path:
    """The folder of this run, which nobody else may look into. It goes away when the process ends."""
    if _RUNS and _RUNS[-1].process == os.getpid():
        return _RUNS[-1].parts[0]
    try:
        claim = Claim(Path(tempfile.gettempdir()), NAME)
        try:
            claim.part(NAME).mkdir(0o700)
        except BaseException:
            claim.give_back()
            raise
    except OSError as error:
        raise no_scratch(error) from error
    _RUNS.append(claim)
    return claim.parts[0]


def no_scratch(error: OSError) -> FileError:
    """The refusal of the folder for temporary files as a sentence."""
    place = tempfile.tempdir or phrase("the folder for temporary files")
    reason = why(error)
    return FileError(
        phrase(
            "{place}: {reason}; nothing was changed. Make room there, or name another folder in TMPDIR",
            place=place,
            reason=reason,
        )
    )


def remove_scratch() -> None:
    """Remove the folder of this run."""
    while _RUNS:
        _RUNS.pop().give_back()


def sweep_scratch() -> None:
    """Remove the folders of runs that were killed."""
    with contextlib.suppress(OSError):  # there is none at all, which only those are told who need one
        claims.sweep(Path(tempfile.gettempdir()))
