"""A plan is carried out whole or not at all."""

import os
import signal
import sys
import threading
from dataclasses import dataclass, field

import pytest

from walkaway_xl.installation.steps import (
    DeleteFile,
    InstallationError,
    RunProgram,
    WriteFile,
    carry_out,
    run,
)


@dataclass
class Fails:
    """A step that cannot be done."""

    words: str = "do the impossible"

    def carry_out(self):
        raise InstallationError("no power on earth can do this")


@dataclass
class Told:
    """Collects what a person would read."""

    words: list = field(default_factory=list)

    def __call__(self, words):
        self.words.append(words)


def python(source):
    return (sys.executable, "-c", source)


def test_each_step_is_told_before_it_is_done(tmp_path):
    told = Told()
    carry_out([WriteFile(tmp_path / "a" / "b.txt", b"new"), DeleteFile(tmp_path / "none")], told)

    assert b"new" == (tmp_path / "a" / "b.txt").read_bytes()
    assert [f"write {tmp_path / 'a' / 'b.txt'} (0 kB)", f"delete {tmp_path / 'none'}"] == told.words


def test_a_deleted_file_takes_its_empty_folder_along_and_comes_back_with_it(tmp_path):
    alone = tmp_path / "own" / "file.txt"
    alone.parent.mkdir()
    alone.write_bytes(b"kept")

    undo = DeleteFile(alone).carry_out()
    assert not alone.parent.exists()
    undo()
    assert b"kept" == alone.read_bytes()


def test_a_failure_takes_back_everything_the_last_step_first(tmp_path):
    old, gone, log = tmp_path / "old.txt", tmp_path / "gone.txt", tmp_path / "log.txt"
    old.write_bytes(b"before")
    gone.write_bytes(b"kept")
    steps = [
        WriteFile(old, b"after"),
        WriteFile(tmp_path / "new" / "deep" / "file.txt", b"new"),
        DeleteFile(gone),
        RunProgram(
            "write a log",
            python(f"open({str(log)!r}, 'a').write('done ')"),
            python(f"open({str(log)!r}, 'a').write('taken back')"),
        ),
        Fails(),
    ]
    with pytest.raises(InstallationError) as failure:
        carry_out(steps, Told())

    assert "do the impossible: no power on earth can do this. Nothing was changed." == str(failure.value)
    assert b"before" == old.read_bytes()
    assert b"kept" == gone.read_bytes()
    assert not (tmp_path / "new").exists()
    assert "done taken back" == log.read_text()


def test_somebody_who_loses_patience_finds_nothing_half_done(tmp_path):
    class Takes:
        words = "take an hour"

        def carry_out(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out([WriteFile(tmp_path / "file", b""), Takes()], Told())

    assert not (tmp_path / "file").exists()


def test_a_step_after_the_failure_is_not_begun(tmp_path):
    with pytest.raises(InstallationError):
        carry_out([Fails(), WriteFile(tmp_path / "file", b"")], Told())

    assert not (tmp_path / "file").exists()


def test_a_program_that_fails_is_quoted():
    with pytest.raises(InstallationError, match="the last word"):
        carry_out([RunProgram("try", python("import sys; sys.exit('the last word')"))], Told())


def test_what_a_program_is_known_to_say_is_put_into_words_for_a_person():
    refused = python("import sys; sys.exit('E17: write permissions\\nunopkg failed.')")
    with pytest.raises(InstallationError, match=r"try: you may not write here\. Nothing"):
        carry_out(
            [RunProgram("try", refused, remedies={"write permissions": "you may not write here"})], Told()
        )


def test_of_what_unopkg_says_the_exception_is_quoted():
    said = "ERROR: Exception occurred: the disk is on fire. at ./desktop/x.cxx:84\n\nERROR: unopkg failed."
    with pytest.raises(InstallationError, match=r": the disk is on fire\. Nothing was changed\.$"):
        carry_out([RunProgram("try", python(f"import sys; sys.exit({said!r})"))], Told())


def test_a_program_that_fails_half_way_is_taken_back(tmp_path):
    half = tmp_path / "half.txt"
    fails = python(f"open({str(half)!r}, 'w'); raise SystemExit(1)")
    with pytest.raises(InstallationError):
        carry_out([RunProgram("try", fails, python(f"import os; os.remove({str(half)!r})"))], Told())

    assert not half.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C otherwise")
def test_a_program_comes_to_its_end_though_somebody_loses_patience(tmp_path):
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    slow = python(f"import time; open({str(begun)!r}, 'w'); time.sleep(1); open({str(ended)!r}, 'w')")

    def interrupt():
        while not begun.exists():
            pass
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever a library has put there
    try:
        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            run(slow)
    finally:
        signal.signal(signal.SIGINT, before)

    assert ended.exists()
    assert str(os.getpgrp()) != run(
        python("import os; print(os.getpgrp())")
    )  # which a terminal's Ctrl-C reaches


def test_what_keeps_a_plan_from_being_made_is_found_before_its_first_step(tmp_path):
    def plan():
        yield WriteFile(tmp_path / "file", b"")
        raise InstallationError("the second step cannot be planned")

    with pytest.raises(InstallationError, match="second step"):
        carry_out(plan(), Told())

    assert not (tmp_path / "file").exists()


def test_a_program_that_is_not_there_is_named():
    with pytest.raises(InstallationError, match="no-such-program"):
        carry_out([RunProgram("try", ("no-such-program",))], Told())


def test_a_folder_where_nobody_may_write_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InstallationError) as failure:
        carry_out([WriteFile(tmp_path / "file" / "deeper" / "x", b"")], Told())

    assert 1 == str(failure.value).count(str(tmp_path))
    assert 1 == str(failure.value).count("othing was changed")


def test_a_full_disk_is_named_with_the_file_once(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("walkaway_xl.files.replacement.os.fsync", full)
    with pytest.raises(InstallationError) as failure:
        carry_out([WriteFile(tmp_path / "file", b"")], Told())

    assert f"{tmp_path / 'file'}: there is no space left on the device. Nothing was changed." == str(
        failure.value
    )
