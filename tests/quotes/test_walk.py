"""The files that a line passes while it is checked, counted as it walks, and drawn in ARCHITECTURE.md."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

import walkaway_xl
from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example as policy
from walkaway_xl.quotes import quote_files, text_form
from walkaway_xl.quotes.engines import local

PACKAGE = Path(walkaway_xl.__file__).parent
ARCHITECTURE = PACKAGE.parent / "ARCHITECTURE.md"
WALK = [
    "core/_answers.py",
    "core/_arrays.py",
    "core/_takes.py",
    "core/_tolerance.py",
    "core/pricing.py",
    "core/tiers.py",
    "quotes/checked_batch.py",
    "quotes/checking.py",
    "quotes/engines/local.py",
    "quotes/exact.py",
    "quotes/tallies.py",
    "quotes/tally.py",
    "quotes/telling_apart.py",
    "quotes/text_files.py",
]
BATCH = 20  # lines
LINE = "100,0.05,60,3,Furniture\n"


class OnEveryThread:
    """Frames that are asked for by threads of Polars, which know no profile of their own."""

    def __init__(self, frames, hook):
        self.frames, self.hook = frames, hook

    def __iter__(self):
        return self

    def __next__(self):
        sys.setprofile(self.hook)
        return next(self.frames)


def calls_by_file(folder, batches):
    """How often each file of the package is called while a book of so many batches is checked."""
    calls = Counter()

    def hook(frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(f"{PACKAGE}{os.sep}"):
            calls[Path(frame.f_code.co_filename).relative_to(PACKAGE).as_posix()] += 1

    def register(source, *, schema):
        return real(lambda *asked: OnEveryThread(source(*asked), hook), schema=schema)

    real = local.register_io_source
    book, rules, out = folder / "book.csv", folder / "policy.toml", folder / "out.csv"
    book.write_text("list price,discount,cost,quantity,class\n" + LINE * BATCH * batches)
    rules.write_text(policy(), "utf-8")
    before = sys.getprofile()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_form, "SAMPLE", 5 * len(LINE))  # what is looked at beforehand is the same
        patch.setattr(quote_files, "BATCH", BATCH)
        patch.setattr(local, "PAUSE", float("inf"))  # a report of progress is no step of a line
        patch.setattr(local, "register_io_source", register)
        sys.setprofile(hook)
        try:
            assert 0 == main(["check", str(book), "--policy", str(rules), "--out", str(out), "--force"])
        finally:
            sys.setprofile(before)
    return calls


def test_a_line_passes_these_files_and_the_picture_names_them_all(tmp_path):
    calls_by_file(tmp_path, 1)  # what is loaded and kept
    few, many = (calls_by_file(tmp_path, batches) for batches in (1, 3))
    picture = ARCHITECTURE.read_text("utf-8").split("## The way of a quote line")[1].split("\n## ")[0]

    assert WALK == sorted(path for path in many if many[path] > few[path])
    assert [] == [path for path in WALK if Path(path).name not in picture]
