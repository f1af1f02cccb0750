"""What is generated is committed, and generating again changes nothing."""

import io
import zipfile
from pathlib import Path

import pytest

from walkaway_xl import artefacts
from walkaway_xl.cli import main

ROOT = Path(__file__).parents[2]


def package(compression, **parts):
    """A zip file with these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, compress_type=compression)
    return data.getvalue()


MADE = artefacts.artefacts()


@pytest.mark.parametrize("name", MADE)
def test_the_committed_file_is_what_the_code_makes_now(name):
    assert MADE[name].is_in((ROOT / name).read_bytes()), f"walkaway-xl generate writes {name} again"


@pytest.mark.parametrize("folder", ["templates", "docs/functions"])
def test_nothing_lies_there_that_the_code_does_not_make(folder):
    committed = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert {name for name in MADE if name.startswith(f"{folder}/")} == committed


class TestGenerate:
    BOOK, OTHER = "templates/book.xlsx", "templates/other.xlsx"

    @pytest.fixture(autouse=True)
    def two_small_artefacts(self, monkeypatch):
        made = {
            self.BOOK: artefacts._workbook(lambda: package(zipfile.ZIP_DEFLATED, sheet="a" * 100)),
            self.OTHER: artefacts._workbook(lambda: package(zipfile.ZIP_DEFLATED, sheet="b")),
        }
        monkeypatch.setattr(artefacts, "artefacts", lambda: made)

    def test_writes_what_is_missing_and_nothing_the_second_time(self, tmp_path):
        assert [self.BOOK, self.OTHER] == artefacts.generate(tmp_path, write=True)
        assert [] == artefacts.generate(tmp_path, write=True)

    def test_names_what_is_out_of_date_without_writing_it(self, tmp_path):
        artefacts.generate(tmp_path, write=True)
        (tmp_path / self.OTHER).write_bytes(package(zipfile.ZIP_STORED, sheet="old"))
        old = (tmp_path / self.OTHER).read_bytes()
        assert [self.OTHER] == artefacts.generate(tmp_path, write=False)
        assert old == (tmp_path / self.OTHER).read_bytes()

    def test_another_compression_of_the_same_parts_is_no_change(self, tmp_path):
        artefacts.generate(tmp_path, write=True)
        (tmp_path / self.BOOK).write_bytes(package(zipfile.ZIP_STORED, sheet="a" * 100))
        assert [] == artefacts.generate(tmp_path, write=True)


class TestCommand:
    """generate is for this repository; where the package is installed for use it writes nothing."""

    def test_another_folder_is_refused(self, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)

        assert 2 == main(["generate"])
        assert [] == list(tmp_path.iterdir())
        assert capsys.readouterr().err.startswith(
            f"walkaway-xl: {tmp_path} is not the repository of the code"
        )

    def test_a_folder_of_packages_is_no_repository(self, tmp_path, monkeypatch):
        monkeypatch.setattr(artefacts, "REPOSITORY", tmp_path)
        assert not artefacts.is_repository(tmp_path)

        (tmp_path / "pyproject.toml").touch()
        assert artefacts.is_repository(tmp_path)
