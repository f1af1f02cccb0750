"""The hour: each step in an Excel of its own, and what became of it."""

import platform
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib.metadata import version
from pathlib import Path

from walkaway_xl import __version__, files
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.excel_hour.excel_report import Outcome, Report, State
from walkaway_xl.excel_hour.excel_steps import Failed, Step, last_words, steps
from walkaway_xl.excel_hour.session import Session, hidden_excel

Start = Callable[[Path], AbstractContextManager[Session]]


def spend(
    tell: Callable[[str], None], start: Start = hidden_excel, taken: Iterable[Step] | None = None
) -> Report:
    """Take every step, and report.

    Parameters
    ----------
    tell : callable
        Is told each step before it is taken.
    start : callable
        Starts an Excel that may write in a folder.
    taken : iterable of Step, optional
        The steps; all by default.
    """
    outcomes: list[Outcome] = []
    for step in list(steps() if taken is None else taken):
        if outcomes and not outcomes[0].facts:  # the first is that Excel says its version
            words = phrase("Excel does not start: {words}", words=outcomes[0].words)
            outcomes.append(Outcome(step.key, step.title, State.NEVER_RUN, words))
            continue
        tell(step.title)
        outcomes.append(_taken(step, start))
    versions = {
        "walkaway_xl": __version__,
        "xlwings": version("xlwings"),
        "Python": platform.python_version(),
        "Windows": platform.version(),
    }
    return Report(versions, outcomes)


def _emptied_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that goes away, as far as an Excel that hangs on lets it."""
    return tempfile.TemporaryDirectory(dir=files.scratch_folder(), ignore_cleanup_errors=True)


def _taken(step: Step, start: Start) -> Outcome:
    began = time.perf_counter()
    dialogs: list[str] = []
    facts = {}
    try:
        with _emptied_folder() as folder, start(Path(folder)) as session:
            dialogs = session.watcher.dialogs
            seen = step.run(session)
        state, words, facts = State.PASSED, seen.words, dict(seen.facts)
    except Failed as error:
        state, words, facts = State.FAILED, str(error), error.facts
    except WalkawayError as error:  # before Excel was asked anything
        state, words = State.FAILED, str(error)
    except Exception as error:  # COM's own kind, or what nobody thought of: the other steps go on
        state, words = State.FAILED, f"{type(error).__name__}: {last_words(error)}"
    if dialogs and state is State.PASSED:
        state, words = State.FAILED, phrase("Excel asked something; {words}", words=words)
    return Outcome(step.key, step.title, state, words, round(time.perf_counter() - began, 2), facts, dialogs)
