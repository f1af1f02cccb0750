"""Whatever fails, files are the old ones or the new ones, nothing is left over, and one sentence says it.

`python -m tests.files.test_faults` lets every step fail with every error, and counts.
"""

import argparse
import io
import re
import resource
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.files import faults, stage
from tests.files.stage import COMMANDS, OLD
from tests.sampling import one_in
from walkaway_xl import cli

# The library that writes workbooks leaves files open when it fails.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <_io:pytest.PytestUnraisableExceptionWarning"
)
SENTENCE = "walkaway-xl: "
MADE = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d UTC")
PLACES = ("FILE", "FOLDER", "BOOK.xlsx", "DEAL.toml")  # as they are called in the help
READ = ("--policy", "--policy-before", "--profile", "--rates", "--from", "--exceptions")
USUAL = ("--out", "--folder", "--root")
SIZES = (0, 1, 200, 3000)  # bytes after which the system refuses to write on


@pytest.fixture(scope="module", autouse=True)
def calculated():
    with stage.made_once():
        yield


def scenes(*, every=False):
    """Each command, and over what exists; what takes long only once, unless every one is asked for."""
    for name, command in COMMANDS.items():
        yield name, ()
        if command.written and not command.in_place and (every or name != "check .xlsx"):
            yield name, ("--force",)


def ready(folder, command, force):
    stage.prepare(folder)
    if force:
        for name in command.written:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(OLD)
    return stage.files_in(folder)


def new_files(tmp_path, command, force):
    """How a run without a fault ends, and what it leaves."""
    folder = tmp_path / "whole"
    before = ready(folder, command, force)
    outcome = stage.run(command, folder, *force)
    assert SENTENCE not in outcome.err, outcome.err
    after = stage.files_in(folder)
    assert before != after or command.line == "calc book.xlsx"
    return outcome, after


def check_end(command, folder, before, after, usual, outcome, what):
    """Old or new, whole; refused in one sentence with exit code 2, or done as if nothing had been."""
    present = stage.files_in(folder)
    assert {} == stage.files_in(stage.scratch(folder)), what
    if SENTENCE in outcome.err:
        assert before == present, what
        assert 2 == outcome.code, what
        sentence = outcome.err.removeprefix(usual.err)
        assert sentence.startswith(SENTENCE), outcome.err
        assert 1 == sentence.count("\n"), outcome.err
        return "refused"
    assert (usual.code, usual.err) == (outcome.code, outcome.err), what
    assert set(after) == set(present), what
    assert all(same(name, after[name], present[name]) for name in after), what
    return "done"


def same(name, one, other):
    """Whether two files are alike but for the time of the run, which a page and a checked workbook hold."""
    if name.startswith("checked") and name.endswith(".xlsx"):
        return zipfile.ZipFile(io.BytesIO(other)).testzip() is None
    return MADE.sub(b"", one) == MADE.sub(b"", other)


def put_to(tmp_path, name, force, *, all_errors=False):
    command = COMMANDS[name]
    usual, after = new_files(tmp_path, command, force)
    counts = Counter()
    for at, number in faults.every_fault(faults.ERRORS, all_errors=all_errors):
        folder = tmp_path / f"{at}_{number}"
        before = ready(folder, command, force)
        with faults.failing(at, number) as steps:
            outcome = stage.run(command, folder, *force)
        if steps.hit == "unlink":
            stage.begin_next_run(folder)
        what = f"{name}: step {at}, {steps.hit}, error {number}"
        counts[check_end(command, folder, before, after, usual, outcome, what)] += 1
        if not steps.hit:
            return counts
    raise AssertionError("the steps have no end")


def test_every_place_that_a_command_writes_to_is_put_to_the_test():
    assert [] == [
        f"{words} {option}"
        for words, option in _places(cli.parser())
        if not any(_writes_to(command.line, words, option) for command in COMMANDS.values())
    ]


def _places(parser, words=""):
    """The options, with their commands, by which a place to write to is named."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield from _places(command, f"{words} {name}".strip())
        elif action.metavar in PLACES and action.option_strings and action.option_strings[0] not in READ:
            yield words, action.option_strings[0]


def _writes_to(line, words, option):
    """Whether a line writes to the place of an option; some have a place of their own without it."""
    return line.startswith(words) and (option in line.split() or option in USUAL)


@pytest.mark.parametrize(("name", "force"), one_in(3, list(scenes()), of_several=True))
def test_a_step_that_fails_changes_nothing_or_is_made_good(name, force, tmp_path):
    assert put_to(tmp_path, name, force)["refused"] >= 3


@pytest.mark.parametrize(("name", "force"), one_in(5, list(scenes()), of_several=True))
def test_a_disk_that_is_full_changes_nothing(name, force, tmp_path):
    """The system itself refuses: also what libraries write past Python."""
    command = COMMANDS[name]
    usual, after = new_files(tmp_path, command, force)
    refused = 0
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in SIZES:
        folder = tmp_path / f"{size}"
        before = ready(folder, command, force)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            outcome = stage.run(command, folder, *force)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        told = check_end(command, folder, before, after, usual, outcome, f"{name}: {size} bytes")
        refused += told == "refused"
    assert refused


if __name__ == "__main__":
    whole = Counter()
    with stage.made_once():
        for name, force in scenes(every=True):
            with TemporaryDirectory() as folder:
                counts = put_to(Path(folder), name, force, all_errors=True)
            whole += counts
            stage.tell(f"{name} {' '.join(force)}: {dict(counts)}")
    stage.tell(f"all: {dict(whole)}")
