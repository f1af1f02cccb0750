"""Files are written whole or not at all, and what is in the way is said at once."""

import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.files import stage
from tests.files.stage import files_in
from walkaway_xl import files
from walkaway_xl.cli import main
from walkaway_xl.files import moves
from walkaway_xl.hosts.embedded import calculation


def test_a_folder_that_takes_no_files_is_said_at_once(tmp_path, monkeypatch):
    """As in a read-only folder of Windows, where `tempfile` takes each refusal for a name that is taken."""
    monkeypatch.setattr(tempfile, "_os", SimpleNamespace(**vars(os) | {"name": "nt"}))
    monkeypatch.setattr(tempfile, "TMP_MAX", 3)
    opened = os.open

    def refuse(path, flags, *mode):
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(tempfile._os, "open", refuse)
    with pytest.raises(files.FileError, match=r"book.xlsx: you have no permission to write here"):
        files.target(tmp_path / "book.xlsx").write(b"new")


def test_a_name_that_is_taken_gives_way_to_another(tmp_path, monkeypatch):
    names = iter(["taken", "free"])
    monkeypatch.setattr("walkaway_xl.files.moves.new_name", lambda: next(names))
    (tmp_path / ".book.xlsx.taken.lock").write_bytes(b"somebody's")
    files.target(tmp_path / "book.xlsx").write(b"new")

    assert b"new" == (tmp_path / "book.xlsx").read_bytes()
    assert b"somebody's" == (tmp_path / ".book.xlsx.taken.lock").read_bytes()


def test_folders_are_made_and_named(tmp_path):
    assert [tmp_path / "a" / "b", tmp_path / "a"] == files.make_folder(tmp_path / "a" / "b")
    assert [] == files.make_folder(tmp_path / "a" / "b")


def test_a_file_where_a_folder_belongs_is_named(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(files.FileError, match=r"a: this is a file where a folder belongs"):
        files.make_folder(tmp_path / "a" / "b")


def test_a_new_version_that_somebody_saves_meanwhile_stays(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")
    place = files.target(path, force=True)
    path.write_bytes(b"newer")
    with pytest.raises(files.FileError, match=r"book.xlsx: this file was saved or moved while"):
        place.write(b"ours")
    assert {"book.xlsx": b"newer"} == files_in(tmp_path)


def test_a_version_that_looks_like_the_old_one_stays_too(tmp_path):
    """Of the same size and time; what it holds decides."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")
    told = path.stat()
    place = files.target(path, force=True)
    path.write_bytes(b"her")
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    with pytest.raises(files.FileError, match="saved or moved"):
        place.write(b"ours")
    assert {"book.xlsx": b"her"} == files_in(tmp_path)


def test_a_file_that_is_gone_meanwhile_is_not_brought_back(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")
    place = files.target(path, force=True)
    path.rename(tmp_path / "moved.xlsx")
    with pytest.raises(files.FileError, match="saved or moved"):
        place.write(b"ours")
    assert {"moved.xlsx": b"old"} == files_in(tmp_path)


@pytest.mark.parametrize("force", [True, False])
def test_a_file_that_somebody_makes_meanwhile_stays(force, tmp_path):
    place = files.target(tmp_path / "book.xlsx", force=force)
    (tmp_path / "book.xlsx").write_bytes(b"hers")
    with pytest.raises(files.FileError, match=r"book.xlsx: this file exists"):
        place.write(b"ours")
    assert {"book.xlsx": b"hers"} == files_in(tmp_path)


def lacking(monkeypatch, *steps):
    """A file system that has not these steps."""

    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    for step in steps:
        if step == "link":
            monkeypatch.setattr(os, "link", refuse)
        else:
            monkeypatch.setattr(moves, "_rename_with", lambda: refuse)


@pytest.mark.parametrize("steps", [(), ("link",), ("rename",), ("link", "rename")])
class TestOnAnyFileSystem:
    def test_files_of_one_run_are_all_new_or_all_old(self, steps, tmp_path, monkeypatch):
        lacking(monkeypatch, *steps)
        (tmp_path / "replaced").write_bytes(b"old")
        (tmp_path / "removed").write_bytes(b"old")

        def write():
            with files.Writing() as writing:
                writing.write(files.target(tmp_path / "made"), b"new")
                writing.write(files.target(tmp_path / "replaced", force=True), b"new")
                last = files.target(tmp_path / "removed", force=True)
                writing.remove(last)
                yield
            yield

        run = write()
        next(run)
        (tmp_path / "made").write_bytes(b"hers")
        with pytest.raises(files.FileError, match="made: this file exists"):
            next(run)
        assert {"made": b"hers", "replaced": b"old", "removed": b"old"} == files_in(tmp_path)

        (tmp_path / "made").unlink()
        assert [None, None] == list(write())
        assert {"made": b"new", "replaced": b"new"} == files_in(tmp_path)

    def test_a_name_that_is_taken_stays_with_who_has_it(self, steps, tmp_path, monkeypatch):
        lacking(monkeypatch, *steps)
        place = files.target(tmp_path / "book.xlsx")
        (tmp_path / "book.xlsx").write_bytes(b"hers")
        with pytest.raises(files.FileError, match="exists"):
            place.write(b"ours")
        assert {"book.xlsx": b"hers"} == files_in(tmp_path)

    def test_a_newer_version_stays(self, steps, tmp_path, monkeypatch):
        lacking(monkeypatch, *steps)
        (tmp_path / "book.xlsx").write_bytes(b"old")
        place = files.target(tmp_path / "book.xlsx", force=True)
        (tmp_path / "book.xlsx").write_bytes(b"newer")
        with pytest.raises(files.FileError, match="saved or moved"):
            place.write(b"ours")
        assert {"book.xlsx": b"newer"} == files_in(tmp_path)


class TestLeftOvers:
    def test_those_of_a_run_that_lives_stay(self, tmp_path):
        with files.Writing() as writing:
            writing.write(files.target(tmp_path / "one"), b"new")
            before = files_in(tmp_path)
            files.target(tmp_path / "other")
            assert before == files_in(tmp_path)
            assert 3 == len({"one", *before})
        assert {"one": b"new"} == files_in(tmp_path)

    def test_of_a_dead_run_only_its_own_go(self, tmp_path):
        key = "0123456789abcdef"
        (tmp_path / f".one.{key}.lock").touch()
        for name in (f".one.{key}.0.part", ".one.fedcba9876543210.0.part", "mine.part", f".one.{key}.txt"):
            (tmp_path / name).write_bytes(b"half")
        files.target(tmp_path / "other")
        assert {".one.fedcba9876543210.0.part", "mine.part", f".one.{key}.txt"} == set(files_in(tmp_path))

    @pytest.mark.parametrize("names", [("../out", "out"), ("/etc/out", "out"), ("part", "../victim")])
    def test_a_claim_that_speaks_of_other_folders_is_not_believed(self, names, tmp_path):
        inner, key = tmp_path / "inner", "0123456789abcdef"
        inner.mkdir()
        part, target = (name.replace("part", f".x.{key}.0.part") for name in names)
        (inner / f".x.{key}.0.part").write_bytes(b"theirs")
        told = (inner / f".x.{key}.0.part").stat()
        promise = [[part, target, [told.st_dev, told.st_ino], None]]
        (inner / f".x.{key}.lock").write_text(json.dumps(promise))
        files.target(inner / "other")
        assert [inner] == list(tmp_path.iterdir())

    def test_the_scratch_folder_is_private_and_goes(self, tmp_path, monkeypatch):
        files.remove_scratch()
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        folder = files.scratch_folder()
        assert 0o700 == folder.stat().st_mode & 0o777
        files.sweep_scratch()
        assert folder.is_dir()
        files.remove_scratch()
        assert [] == list(tmp_path.iterdir())

    def test_a_scratch_folder_of_a_dead_run_goes(self, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        (tmp_path / ".walkaway.0123456789abcdef.lock").touch()
        (tmp_path / ".walkaway.0123456789abcdef.0.part").mkdir()
        (tmp_path / ".walkaway.0123456789abcdef.0.part" / "sheet").write_text("private")
        files.sweep_scratch()
        assert [] == list(tmp_path.iterdir())


class TestPermissions:
    def test_what_is_made_from_a_private_file_is_private(self, tmp_path):
        (tmp_path / "book").touch(0o600)
        files.target(tmp_path / "copy", like=tmp_path / "book").write(b"new")
        assert 0o600 == (tmp_path / "copy").stat().st_mode & 0o777

    def test_a_file_that_is_replaced_keeps_its_own(self, tmp_path):
        (tmp_path / "book").touch()
        (tmp_path / "book").chmod(0o640)
        files.target(tmp_path / "book", force=True).write(b"new")
        assert 0o640 == (tmp_path / "book").stat().st_mode & 0o777


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize(
    "path", ["/dev/null", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "pipe", ".", "//server/share/book"]
)
def test_what_is_no_file_is_refused(path, force, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with pytest.raises(files.FileError, match=r"no ordinary file|this is a folder|there is no folder"):
        files.target(Path(path), force=force)


RUN = [sys.executable, "-m", "walkaway_xl"]


class TestStandardOutput:
    """A child process each: it is the standard output of a process."""

    def run(self, line, folder):
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line.replace("walkaway-xl", " ".join(RUN))],
            cwd=folder,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        )

    def test_one_that_is_closed_is_said_before_the_work(self, tmp_path):
        done = self.run("walkaway-xl policy new >&-", tmp_path)
        assert (2, 1) == (done.returncode, done.stderr.count("\n"))
        assert "standard output is closed" in done.stderr
        assert [] == list(tmp_path.iterdir())

    def test_one_that_is_full_is_said(self, tmp_path):
        done = self.run("walkaway-xl functions > /dev/full", tmp_path)
        assert (2, "walkaway-xl: standard output: No space left on device\n") == (
            done.returncode,
            done.stderr,
        )

    def test_one_that_nobody_reads_does_not_stop_the_work(self, tmp_path):
        done = self.run("walkaway-xl policy new | true", tmp_path)
        assert (0, "") == (done.returncode, done.stderr)
        assert ["policy.toml"] == [path.name for path in tmp_path.iterdir()]


def test_a_folder_for_temporary_files_that_fails_is_named(tmp_path, monkeypatch):
    files.remove_scratch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(files.FileError, match=r"nowhere: there is no such folder; .*TMPDIR"):
        files.scratch_folder()


class TestCommands:
    def test_a_book_that_is_saved_while_it_is_calculated_stays(self, tmp_path, monkeypatch, capsys):
        stage.prepare(tmp_path / "stage")
        book = tmp_path / "stage" / "book.xlsx"
        really = calculation.calculate_from

        def slow(source, *rest, **more):
            calculated = really(source, *rest, **more)
            book.write_bytes(b"newer")
            return calculated

        monkeypatch.setattr(calculation, "calculate_from", slow)
        assert 2 == main(["calc", str(book)])
        assert "book.xlsx: this file was saved or moved while the command ran" in capsys.readouterr().err
        assert b"newer" == book.read_bytes()

    @pytest.mark.parametrize(
        "line",
        [
            "new used_goods --from deal.toml --out deal.toml --force",
            "share book.xlsx --out book.xlsx --force",
            "guide lines.csv --policy policy.toml --by class --out policy.toml --force",
            "check lines.csv --policy policy.toml --out lines.csv --force",
        ],
    )
    def test_what_is_read_is_never_replaced(self, line, tmp_path):
        stage.prepare(tmp_path / "stage")
        before = files_in(tmp_path / "stage")
        outcome = stage.run(stage.Command(line, ()), tmp_path / "stage")
        assert (2, 1) == (outcome.code, outcome.err.count("\n"))
        assert "this file is read here" in outcome.err
        assert before == files_in(tmp_path / "stage")

    def test_a_copy_of_a_private_book_is_private(self, tmp_path):
        stage.prepare(tmp_path / "stage")
        (tmp_path / "stage" / "book.xlsx").chmod(0o600)
        assert 0 == stage.run(stage.COMMANDS["calc --out"], tmp_path / "stage").code
        assert 0o600 == (tmp_path / "stage" / "done.xlsx").stat().st_mode & 0o777
