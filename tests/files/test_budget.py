"""The budget of files, what is counted against it, and the process that works within it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import works
from tests.hostile import corpus
from tests.hostile.running import run
from tests.sampling import one_in
from walkaway_xl.files import budget, counting, intake, packages
from walkaway_xl.files.intake import ReadError
from walkaway_xl.files.packages import WorkbookError
from walkaway_xl.pages import budget_page

EXAMPLE = Path(__file__).parents[2] / "templates" / "used_goods_example.xlsx"


def sheet_counts(rows, **more):
    """What a sheet with these rows holds."""
    part = corpus.parts_of(corpus.book(rows, **more))["xl/worksheets/sheet1.xml"]
    return counting.sheet(part)


class TestBudget:
    @pytest.mark.parametrize("name", budget.LIMITS)
    def test_as_many_as_the_limit_pass_and_more_are_refused_with_what_helps(self, name):
        limit = budget.LIMITS[name]
        usual = budget.Budget()
        assert usual.excess(name, limit.free) is None
        words = usual.excess(name, 3 * limit.free + 1)
        assert words.endswith("--budget 4 raises the limit")
        assert budget.Budget(4).excess(name, 3 * limit.free + 1) is None
        assert limit.words in words

    def test_a_larger_file_may_hold_more_up_to_the_most(self):
        limit = budget.LIMITS["cells"]
        assert budget.Budget().most("cells", 10 * limit.free) == 10 * limit.free
        assert budget.Budget().most("cells", 10 * limit.most) == limit.most

    def test_the_largest_sheet_has_room(self):
        assert budget.LIMITS["cells"].most >= 30 * counting.LAST_ROW
        assert budget.LIMITS["lines"].free >= 10_000_000

    def test_it_holds_inside_of_its_block_only(self):
        with budget.within(7):
            assert 7 == budget.current().times
        assert 1 == budget.current().times

    def test_every_limit_is_on_the_page(self):
        page = budget_page.page()
        assert [] == [limit.words for limit in budget.LIMITS.values() if limit.words not in page]


class TestCounting:
    @pytest.mark.parametrize("prefix", ["", "x:", "any-thing.1:"])
    def test_cells_formulas_and_rows_count_whatever_their_prefix(self, prefix):
        row = f"<{prefix}row><{prefix}c/><{prefix}c a=''/><{prefix}c\n><{prefix}f/></{prefix}c></{prefix}row>"
        counts, _ = sheet_counts(row, before="<cols/>")
        assert (3, 1) == (counts["cells"], counts["formulas"])

    @pytest.mark.parametrize("spelled", ['r="{}"', "r='{}'", 'r = "{}"', 's="1" r="{}"'])
    def test_a_cell_far_away_leaves_blanks_however_its_place_is_written(self, spelled):
        near, far = spelled.format("A1"), spelled.format("ZZ2000")
        counts, _ = sheet_counts(f"<row><c {near}><v>1</v></c></row><row><c {far}><v>1</v></c></row>")
        assert 702 * 2000 - 2 == counts["blanks"]

    def test_an_empty_cell_far_away_leaves_none(self):
        counts, _ = sheet_counts('<row><c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/></row>')
        assert 0 == counts["blanks"]

    def test_a_cell_that_no_sheet_has_is_named(self):
        data = corpus.book('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')
        with pytest.raises(WorkbookError, match='"Lines" has a cell A1048577, which is outside'):
            packages.opened(data)

    @pytest.mark.parametrize("area", ["A1:XFD1048576", "XFD1048576:A1", "$a$1:$xfd$1048576"])
    @pytest.mark.parametrize("element", ['<mergeCell ref="{}"/>', "<hyperlink ref='{}'/>"])
    def test_what_a_range_covers_counts(self, element, area):
        counts, _ = sheet_counts("", after=element.format(area))
        assert counting.LAST_ROW * counting.LAST_COLUMN == counts["merged"]

    def test_what_stands_between_cells_counts_apart(self):
        few, many = (sheet_counts("<row/>" * 9, after="<x/>" * count)[0]["looks"] for count in (0, 1000))
        assert 1000 == many - few


class TestIntake:
    def test_a_library_that_fails_in_its_own_way_ends_in_a_sentence(self):
        class PanicError(BaseException):
            pass

        match = r"^mine\.xlsx: this file is damaged.*\(PanicError: lost\)"
        with pytest.raises(ReadError, match=match), intake.understood("mine.xlsx"):
            raise PanicError("lost")

    @pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
    def test_an_interruption_stays_one(self, error):
        with pytest.raises(error), intake.understood("mine.xlsx"):
            raise error

    def test_a_refusal_gets_the_name_of_the_file_once(self):
        with (
            pytest.raises(WorkbookError) as refusal,
            intake.understood("a.xlsx"),
            intake.understood("a.xlsx"),
        ):
            raise WorkbookError("no sheet")
        assert "a.xlsx: no sheet" == str(refusal.value)

    @pytest.mark.parametrize(
        "key", ["a.b.c = 1", '"x.y" . b = 1', "[" + ".".join("abc") * 30 + "]", "a = 1.5"]
    )
    def test_keys_of_few_parts_pass(self, key, tmp_path):
        text = key + '\nb = "1.2.3"\n'
        (tmp_path / "deal.toml").write_text(text)
        assert text.encode() == intake.content(tmp_path / "deal.toml", "text")

    @pytest.mark.parametrize("part", ["a", '"a.b"', "'a'", "a \t"])
    def test_keys_of_many_parts_are_refused(self, part, tmp_path):
        (tmp_path / "deal.toml").write_text("[" + ".".join([part] * 101) + "]")
        with pytest.raises(ReadError, match=r"has .* parts of one key; the limit is 100"):
            intake.content(tmp_path / "deal.toml", "text")

    def test_a_file_that_grows_while_it_is_read_is_counted_while_it_is_read(self, tmp_path, monkeypatch):
        (tmp_path / "deal.toml").write_bytes(b"x")
        monkeypatch.setattr("os.read", lambda handle, size: bytes(size))
        with pytest.raises(ReadError, match="bytes of a policy or a deal"):
            intake.content(tmp_path / "deal.toml", "text")


class TestLinesOfText:
    """Every way in which pieces, windows and ends of lines can meet."""

    @pytest.fixture(autouse=True)
    def small_pieces(self, monkeypatch):
        few = {"head": 40, "line": 60, "columns": 7}
        changed = {name: budget.LIMITS[name]._replace(free=most, most=most) for name, most in few.items()}
        monkeypatch.setattr(budget, "LIMITS", {**budget.LIMITS, **changed})
        monkeypatch.setattr(intake, "PIECE", 11)

    @given(st.lists(st.text("ab,;", max_size=90), min_size=1, max_size=6), st.sampled_from("\n\r"))
    def test_what_is_refused_is_what_is_too_long_or_has_too_many_cells(self, lines, end):
        is_too_much = any(
            len(line) > (60 if number else 40) or max(line.count(","), line.count(";")) > 7
            for number, line in enumerate(lines)
        )
        with TemporaryDirectory() as folder:
            path = Path(folder) / "lines.csv"
            path.write_bytes(end.join(lines).encode())
            refused = pytest.raises(ReadError, match="--budget") if is_too_much else nullcontext()
            with refused, budget.within() as held:
                intake.look_through(path, ",;")
                assert held.counts["lines"] == len(lines) - 1, "memory is allowed for each of them"


class TestWorker:
    """What happens to the process that does the work, whichever way it was started."""

    @pytest.fixture
    def folder(self, tmp_path):
        (tmp_path / "book.xlsx").write_bytes(EXAMPLE.read_bytes())
        return tmp_path

    def ended(self, folder, work):
        """A command whose work is another one."""
        return run("review book.xlsx", folder, instead=work.__name__)

    def test_code_that_breaks_off_takes_one_process_along(self, folder):
        done = self.ended(folder, works.breaks_off)
        assert (2, []) == (done.code, done.faults)
        assert done.err.startswith(
            "walkaway-xl: book.xlsx: the program that reads or calculates it broke off"
        )

    def test_what_it_says_as_it_breaks_off_is_not_shown(self, folder):
        done = self.ended(folder, works.breaks_off_with_words)
        assert (2, 1) == (done.code, done.err.count("\n"))

    def test_memory_is_stopped_at_what_was_allowed(self, folder):
        done = self.ended(folder, works.takes_memory)
        assert 2 == done.code
        assert "more than 200 MB of memory and was stopped. If you trust it, --budget" in done.err

    def test_time_is_stopped_at_what_was_allowed(self, folder):
        done = self.ended(folder, works.takes_time)
        assert 2 == done.code
        assert "seconds of processor time and was stopped" in done.err

    @pytest.mark.parametrize(("work", "code"), [(works.is_terminated, 143), (works.is_interrupted, 130)])
    def test_a_signal_ends_both(self, folder, work, code):
        assert code == self.ended(folder, work).code

    def test_who_watches_takes_the_work_along(self, folder):
        done = self.ended(folder, works.loses_its_watcher)
        assert -signal.SIGKILL == done.code
        worker = Path("/proc") / (folder / "pid").read_text()
        for _ in range(100):
            if not worker.exists() or ") Z " in (worker / "stat").read_text():
                break
            time.sleep(0.05)
        assert not worker.exists() or ") Z " in (worker / "stat").read_text()

    @pytest.mark.parametrize(
        ("work", "code"), [(works.ends_with_0, 0), (works.ends_with_1, 1), (works.ends_with_3, 3)]
    )
    def test_an_exit_code_is_handed_on(self, folder, work, code):
        assert code == self.ended(folder, work).code

    def test_unfinished_files_of_one_that_broke_off_go_away(self, folder):
        assert 2 == self.ended(folder, works.leaves_half_a_file).code
        assert {"book.xlsx", "out.txt", "err.txt"} == {path.name for path in folder.iterdir()}

    def test_a_new_python_does_the_same_as_a_fork(self, folder):
        as_a_fork = run("review book.xlsx", folder)
        as_a_new_python = run("review book.xlsx", folder, forks=False)
        assert 0 == as_a_fork.code
        assert as_a_fork.out == as_a_new_python.out
        done = run("review none.xlsx", folder, forks=False)
        assert (2, 1) == (done.code, done.err.count("\n"))

    @pytest.mark.parametrize("closed", one_in(3, ["<&- 2>&-", "<&-", "2>&-"]))
    def test_closed_streams_are_nobodys_file(self, folder, closed):
        command = f"exec {sys.executable} -m walkaway_xl review book.xlsx {closed}"
        environment = os.environ | {"PYTHONPATH": str(EXAMPLE.parents[1])}
        done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True)
        assert (0, b"") == (done.returncode, done.stderr)
        assert b"Hatchback" in done.stdout
