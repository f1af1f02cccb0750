"""What a command makes of a file, and what is wrong with that."""

import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import traceback
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
import polars as pl

from tests.files.stage import files_in
from tests.fuzzing.cases import Case
from tests.fuzzing.subjects import ROOT, SURROUNDINGS
from walkaway_xl import cli

SENTENCE = "walkaway-xl: "
CODES = {0, 1, 2, 3}
LONGEST = 1100  # characters of a sentence
CHECKED = "class", "list_price", "discount", "cost", "quantity"  # a row without any of them is no line
PASSED_ON = {"calculated.xlsx", "named.xlsx"}  # the same workbook, with values or names put in
COPIED = PASSED_ON | {"linked_mended.xlsx"}  # and with other formulas
JARGON = re.compile(
    r"Traceback|should not have happened|\b\w+(?:Error|Exception|Warning)\b|<[\w.]+ object|\b0x[0-9a-f]{6,}"
    r"|\b(?:NoneType|openpyxl|zipfile|polars|lxml|formualizer|numpy|panicked|unwrap|subscriptable|codec|unpack)\b"
)
REASON = re.compile(r"(?:expected here|a damaged one) \(.*\)")  # in brackets, what a library says
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
WARNINGS = re.compile(r"has \d[\d,]* faults?: |left out: |: the stored value is read as it is, because ")


class Ending(NamedTuple):
    """How a command ended, what it said, and what it left."""

    code: int | None
    out: str
    err: str
    files: dict[str, bytes]


@contextmanager
def _native_words(told: list[str]) -> Iterator[None]:
    """What libraries say past Python."""
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            file.seek(0)
            told.append(file.read().decode("utf-8", "replace"))


def ending(words: list[str], files: dict[str, bytes], *, as_people_do: bool = False) -> Ending:
    """Run a command in a folder of its own: in this process, or as people start it."""
    run = _started if as_people_do else _called
    with tempfile.TemporaryDirectory() as place:
        folder, scratch = Path(place) / "stage", Path(place) / "scratch"
        folder.mkdir()
        scratch.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        code, out, err = run(words, folder, scratch)
        left = files_in(folder) | {f"scratch/{name}": data for name, data in files_in(scratch).items()}
    return Ending(code, out, err, left)


def _started(words: list[str], folder: Path, scratch: Path) -> tuple[int, str, str]:
    """Run a command in a process of its own: what breaks off here would take the tests along."""
    settings = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    command = [sys.executable, "-m", "walkaway_xl", *words]
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def _called(words: list[str], folder: Path, scratch: Path) -> tuple[int | None, str, str]:
    """Call a command in this process."""
    out, err, native = io.StringIO(), io.StringIO(), list[str]()
    code: int | None = None
    before, temporary = Path.cwd(), tempfile.tempdir
    os.chdir(folder)
    tempfile.tempdir = str(scratch)
    try:
        with redirect_stdout(out), redirect_stderr(err), _native_words(native), warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.simplefilter("ignore", ResourceWarning)
            code = cli.main(words)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also what compiled libraries raise
        err.write(f"{type(error).__name__}: {error}\n{traceback.format_exc()}")
    finally:
        os.chdir(before)
        tempfile.tempdir = temporary
    return code, out.getvalue(), err.getvalue() + "".join(native)


def fault(case: Case, *, as_people_do: bool = False) -> str:
    """What is wrong with what a command makes of a file; nothing, if all is well."""
    given = SURROUNDINGS | {case.subject.name: case.data}
    end = ending(case.words, given, as_people_do=as_people_do)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what reads the files here
        return _fault(case, given, end)


def _fault(case: Case, given: dict[str, bytes], end: Ending) -> str:
    if end.code not in CODES:
        return f"ended with {end.code}: {end.err[-1500:]}"
    if jargon := JARGON.search(REASON.sub("", end.err)):
        return f"speaks of {jargon[0]}: {end.err[-1500:]}"
    if UNSEEN.search(end.out + end.err):
        return f"says what nobody sees: {end.out + end.err!r}"
    said = [line for line in end.err.splitlines() if not WARNINGS.search(line)]
    made = {name: data for name, data in end.files.items() if name not in given}
    if any(end.files.get(name) != data for name, data in given.items()):
        return "changed or removed what was there"
    if any(name.startswith(("scratch/", ".")) for name in made):
        return f"left over: {sorted(made)}"
    if case.is_harmless and (difference := _difference(case, end)):
        return difference
    if said:
        return _fault_of_a_refusal(end, said, made)
    if not end.out:
        return "said nothing"
    return _fault_of_an_answer(case, made)


def _difference(case: Case, end: Ending) -> str:
    """What the same file, written otherwise, changed."""
    usual = _usual(case.subject.name, case.line)
    if (usual.code, usual.out, usual.err, {*usual.files}) == (end.code, end.out, end.err, {*end.files}):
        return ""
    return (
        ""
        if SENTENCE in end.err
        else f"another answer: {usual.code} {usual.out}\n→ {end.code} {end.out}{end.err}"
    )


@cache
def _usual(name: str, line: str) -> Ending:
    from tests.fuzzing.subjects import SUBJECTS

    subject = SUBJECTS[name]
    return ending(line.format(name).split(), SURROUNDINGS | {name: subject.make()})


def _fault_of_a_refusal(end: Ending, said: list[str], made: dict[str, bytes]) -> str:
    if made:
        return f"refused, and left {sorted(made)}"
    if len(said) != 1 or not said[0].startswith(SENTENCE):
        return f"says not one sentence: {end.err[-1500:]}"
    if len(said[0]) > LONGEST:
        return f"says {len(said[0])} characters: {said[0]}"
    return "" if end.code == 2 else f"refused with {end.code}"


def _fault_of_an_answer(case: Case, made: dict[str, bytes]) -> str:
    for name, data in made.items():
        try:
            _whole(name, data)
        except Exception as error:
            if name not in COPIED or _is_whole(case.subject.name, case.data):  # else it never was
                return f"{name} is not whole: {error!r}"
    for name in PASSED_ON & made.keys():
        return _fault_of_constants(case.data, made[name])
    if case.subject.name == "lines.csv" and "checked.csv" in made:
        return _fault_of_lines(case.data, made)
    return ""


def _is_whole(name: str, data: bytes) -> bool:
    try:
        _whole(name, data)
    except Exception:  # whatever another library raises
        return False
    return True


def _whole(name: str, data: bytes) -> None:
    """Raise, if others cannot read a file."""
    match Path(name).suffix:
        case ".xlsx":
            if damaged := zipfile.ZipFile(io.BytesIO(data)).testzip():
                raise ValueError(damaged)
            openpyxl.load_workbook(io.BytesIO(data))
        case ".parquet":
            pl.read_parquet(io.BytesIO(data))
        case ".csv":
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
            if len({len(row) for row in rows}) > 1:
                raise ValueError("rows of different lengths")


def _fault_of_constants(before: bytes, after: bytes) -> str:
    """Which cell without a formula is another one, as somebody else reads both."""
    if not _is_whole("before.xlsx", before):
        return ""
    books = [openpyxl.load_workbook(io.BytesIO(data)) for data in (before, after)]
    for sheet in books[0].worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = books[1][sheet.title][cell.coordinate]
                if (cell.data_type, str(cell.value)) != (other.data_type, str(other.value)):
                    return f"{sheet.title}!{cell.coordinate} was {cell.value!r} and is {other.value!r}"
    return ""


def _fault_of_lines(before: bytes, made: dict[str, bytes]) -> str:
    """How many lines are lost or invented."""
    try:
        text = before.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    if "\0" in text or "\r" in text:  # another encoding, or lines that others end elsewhere
        return ""
    head, *rows = csv.reader(io.StringIO(text))
    if not set(CHECKED) <= set(head):
        return ""
    places = [head.index(name) for name in CHECKED]
    lines = sum(any(row[place].strip() for place in places if place < len(row)) for row in rows)
    after = sum(
        len(list(csv.reader(io.StringIO(made[name].decode("utf-8-sig"))))) - 1
        for name in ("checked.csv", "checked_rejects.csv", "checked_left_out.csv")
        if name in made
    )
    return "" if lines == after else f"{lines} lines in, {after} out"
