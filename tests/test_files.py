"""Files are written whole or not at all, and what is in the way is said at once."""

import os
import tempfile
from types import SimpleNamespace

import pytest

from walkaway_xl import files


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
        files.replace_file(tmp_path / "book.xlsx", b"new")


def test_a_name_that_is_taken_gives_way_to_another(tmp_path, monkeypatch):
    names = iter(["taken", "free"])
    monkeypatch.setattr("walkaway_xl.files.replacement.secrets.token_hex", lambda length: next(names))
    (tmp_path / ".book.xlsx.taken.part").write_bytes(b"somebody's")
    files.replace_file(tmp_path / "book.xlsx", b"new")

    assert b"new" == (tmp_path / "book.xlsx").read_bytes()
    assert b"somebody's" == (tmp_path / ".book.xlsx.taken.part").read_bytes()


def test_folders_are_made_and_named(tmp_path):
    assert [tmp_path / "a" / "b", tmp_path / "a"] == files.make_folder(tmp_path / "a" / "b")
    assert [] == files.make_folder(tmp_path / "a" / "b")


def test_a_file_where_a_folder_belongs_is_named(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(files.FileError, match=r"a: this is a file where a folder belongs"):
        files.make_folder(tmp_path / "a" / "b")
