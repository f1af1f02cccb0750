"""The hour in Excel, with a stand-in for Excel: each step sees what is right, and what is not."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from tests.books import saved
from tests.hosts.stand_ins.excel_program import ComError, Program, starter
from tests.hosts.stand_ins.windows import excel_on_windows
from walkaway_xl import workbooks
from walkaway_xl.cli import main
from walkaway_xl.excel_hour import comparing, hour
from walkaway_xl.excel_hour import excel_steps as steps
from walkaway_xl.excel_hour.dialogs import CLOSE, Watcher
from walkaway_xl.excel_hour.excel_report import Outcome, Report, State, scrubbed
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.excel_vba import excel_installation
from walkaway_xl.hosts.excel_vba.addin_file import NOBODY, Header, addin
from walkaway_xl.hosts.excel_vba.modules import modules

ROOT = Path(__file__).parents[2]
DATA = {header: addin(workbooks.TEMPLATES, NOBODY, header) for header in Header}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """One add-in for all steps, and one small workbook for all templates."""
    monkeypatch.setattr(steps, "addin_data", lambda header=Header.SPECIFIED: DATA[header])
    monkeypatch.setattr(steps.artefacts, "workbook", lambda template, example: SMALL)
    monkeypatch.setattr(steps.artefacts, "stored", lambda draft, carrier: carrier.with_functions(SMALL))
    monkeypatch.setattr(steps.function_workbook, "build", lambda: None)
    monkeypatch.setattr(steps.workbooks, "template", lambda name: SimpleNamespace(build=lambda: None))


def calculated(**cells):
    workbook = openpyxl.Workbook()
    workbook.active.append([68, 0.2, "=PRICE_FLOOR(A1,B1)", '=IF(C1>80,"yes","no")', "=1/0", None, "=C1>1"])
    for address, value in cells.items():
        workbook.active[address] = value
    return embedded.calculate(saved(workbook)).data


SMALL = calculated()


def report_of(program, *keys, dialogs=()):
    with excel_on_windows():
        taken = [step for step in steps.steps() if step.key in keys]
        return hour.spend(lambda title: None, starter(program, dialogs), taken)


def outcome_of(program, key, **how):
    (outcome,) = report_of(program, key, **how).outcomes
    return outcome


class TestSteps:
    def test_all_are_taken_and_pass_where_excel_is_right(self, monkeypatch):
        monkeypatch.setattr(steps.workbooks, "TEMPLATES", workbooks.TEMPLATES[:1])
        with excel_on_windows():
            report = hour.spend(lambda title: None, starter(Program()))

        assert {} == {each.key: each.words for each in report.outcomes if each.state is not State.PASSED}
        assert report.is_clean
        assert len(list(steps.steps())) == len(report.outcomes)

    def test_every_workbook_of_ours_is_opened(self):
        names = {step.key.removeprefix("book_") for step in steps.steps() if step.key.startswith("book_")}

        assert {path.stem for path in (ROOT / "templates").glob("*.xlsx")} == names

    def test_excel_says_what_it_is(self):
        outcome = outcome_of(Program(), "start")

        assert "Excel 16.0, build 17928" == outcome.words
        assert ", ." == outcome.facts["separators"]

    def test_a_cell_that_differs_is_named_with_both_values(self, monkeypatch):
        other = SimpleNamespace(data=calculated(A1=70))
        monkeypatch.setattr(embedded, "calculate", lambda data: other)
        outcome = outcome_of(Program(), "book_used_goods")

        assert (State.FAILED, "2 cells differ from the file") == (outcome.state, outcome.words)
        assert [
            "Sheet!A1: 68 in the file, 70.0 in Excel",
            "Sheet!C1: 85 in the file, 87.5 in Excel",
        ] == outcome.facts["differences"]

    def test_a_file_that_excel_mends_is_a_failure(self):
        outcome = outcome_of(Program(note="  -  Repaired"), "book_used_goods")

        assert (State.FAILED, "the title of its window says: Repaired") == (outcome.state, outcome.words)

    def test_what_excel_asks_is_a_failure_and_written_down(self):
        asked = "We found a problem with some content in book.xlsx."
        outcome = outcome_of(Program(), "book_used_goods", dialogs=[asked])

        assert (State.FAILED, [asked]) == (outcome.state, outcome.dialogs)
        assert asked in Report({}, [outcome]).html()

    def test_each_module_has_a_procedure_that_may_be_run(self):
        assert set(modules("0")) == set(steps.PROCEDURES)
        assert State.PASSED is outcome_of(Program(), "modules").state

    def test_a_module_that_cannot_be_compiled_is_named(self):
        outcome = outcome_of(Program(broken=frozenset({"WalkawayBinding"})), "modules")

        assert (State.FAILED, {"WalkawayBinding": "Compile error in hidden module"}) == (
            outcome.state,
            outcome.facts,
        )

    def test_where_excel_puts_the_help_of_arguments_is_written_down(self):
        facts = outcome_of(Program(), "argument_help").facts

        assert 1 == facts["descriptions of arguments in xl/workbook.xml"]

    @pytest.mark.parametrize("binds", [True, False])
    def test_a_workbook_of_another_user_is_bound_or_is_not(self, binds):
        outcome = outcome_of(Program(binds=binds), "binding")

        assert (State.PASSED if binds else State.FAILED) is outcome.state
        assert outcome.facts["link in the file"]
        assert binds == ("another user" not in outcome.facts["formula"])

    def test_calls_are_timed_one_by_one_and_together(self):
        facts = outcome_of(Program(), "speed").facts

        assert ["seconds for 1,000 cells", "seconds for one formula over them"] == list(facts)

    def test_wrong_answers_are_counted(self, monkeypatch):
        monkeypatch.setattr(steps, "ANSWER", "ACCEPTABLE")

        assert "1000 of 1000 cells are wrong" == outcome_of(Program(), "speed").words
        assert State.FAILED is outcome_of(Program(), "addin").state

    def test_a_fault_of_excel_ends_its_step_alone(self):
        program = Program()
        program.Calculate = program.CalculateFull = lambda: (_ for _ in ()).throw(ComError("Out of memory"))
        report = report_of(program, "start", "book_used_goods", "binding")

        assert [State.PASSED, State.FAILED, State.PASSED] == [each.state for each in report.outcomes]
        assert "ComError: Out of memory" == report.outcomes[1].words

    def test_without_an_excel_nothing_else_is_run(self):
        def start(folder):
            raise ComError("Class not registered")

        with excel_on_windows():
            report = hour.spend(lambda title: None, start)
        first, *others = report.outcomes

        assert (State.FAILED, {State.NEVER_RUN}) == (first.state, {each.state for each in others})
        assert f"0 steps passed, 1 failed, {len(others)} were never run." == report.summary()


class TestComparing:
    @pytest.mark.parametrize(
        ("stored", "shown", "same"),
        [
            (85, 85.00000000001, True),
            (85, 85.001, False),
            (None, "", True),
            ("", 0.0, False),
            (True, 1.0, False),
            ("a", "A", False),
            ("#N/A", "#N/A", True),
            (3, "3", False),
        ],
    )
    def test_two_values_are_one_or_two(self, stored, shown, same):
        assert same == comparing.is_same(stored, shown)


class TestReport:
    def test_it_says_nothing_of_the_user_or_the_machine(self, monkeypatch):
        monkeypatch.setenv("USERNAME", "Jörg Müller")
        monkeypatch.setenv("COMPUTERNAME", "LAPTOP-7")
        planted = [
            r"Cannot open C:\Users\Jörg Müller\AppData\Local\Temp\walkaway\book.xlsx.",
            r"'\\server\share\Jörg Müller\walkaway_xl.xlam'!PRICE_FLOOR(1,2)",
            "file:///C:/Users/J%C3%B6rg/book.xlsx",
            "/home/joerg/work/book.xlsx on LAPTOP-7 of jörg müller",
            "https://firma.sharepoint.com/personal/joerg/book.xlsx",
        ]
        report = Report(
            {"xlwings": "0.37"},
            [Outcome("a", "A step", State.FAILED, planted[0], 1, {planted[1]: planted}, planted)],
        )
        for text in (report.json(), report.html()):
            assert not re.search(
                "rg|firma|server|share|AppData|LAPTOP|home", text.replace("margin", ""), re.IGNORECASE
            )
            assert "book.xlsx" in text
            assert "PRICE_FLOOR(1,2)" in text

    def test_what_is_no_path_stays(self):
        texts = ["1,000 cells, 2 differ", "Sheet!A1: 1/2 in the file", "a/b", "xl/workbook.xml", "16.0"]

        assert texts == scrubbed(texts, ["me"])

    def test_it_is_read_by_a_program(self):
        whole = json.loads(Report({"Excel": "16"}, [Outcome("a", "A", State.NEVER_RUN, "no")]).json())

        assert (1, "never run", "a") == (
            whole["format"],
            whole["steps"][0]["state"],
            whole["steps"][0]["key"],
        )

    def test_what_excel_says_becomes_no_markup(self):
        assert "<b>" not in Report({}, [Outcome("a", "A", State.FAILED, "<b>", 0, {"<b>": "<b>"})]).html()


class Gui:
    """Windows of two programs: a dialog of ours with its words, one of another program, and no dialog."""

    error = OSError

    def __init__(self):
        self.windows = {
            1: ("#32770", 7, "Microsoft Excel"),
            2: ("#32770", 8, "Word"),
            3: ("XLMAIN", 7, "Book"),
        }
        self.children = {11: ("Static", 7, "We found\na problem"), 12: ("Button", 7, "Yes")}
        self.closed = []

    def EnumWindows(self, take, given):  # noqa: N802
        for window in list(self.windows):
            take(window, given)

    def EnumChildWindows(self, window, take, given):  # noqa: N802
        for child in self.children:
            take(child, given)

    def IsWindowVisible(self, window):  # noqa: N802
        return True

    def GetClassName(self, window):  # noqa: N802
        return (self.windows | self.children)[window][0]

    def GetWindowText(self, window):  # noqa: N802
        return (self.windows | self.children)[window][2]

    def GetWindowThreadProcessId(self, window):  # noqa: N802
        return 0, self.windows[window][1]

    def PostMessage(self, window, message, *given):  # noqa: N802
        self.closed.append((window, message))
        del self.windows[window]


def test_a_dialog_of_excel_is_closed_and_its_words_are_kept():
    gui = Gui()
    watcher = Watcher(7, gui, gui)
    with watcher.watching():
        pass

    assert ["Microsoft Excel We found a problem"] == watcher.dialogs
    assert [(1, CLOSE)] == gui.closed


class TestCommand:
    @pytest.fixture
    def machine(self, monkeypatch):
        monkeypatch.setattr(excel_installation, "registry", lambda: None)
        monkeypatch.setattr(excel_installation, "trouble", lambda: None)
        outcomes = [Outcome("start", "Excel starts", State.PASSED, "Excel 16.0")]
        monkeypatch.setattr(hour, "spend", lambda tell: Report({"Excel": "16.0"}, outcomes))
        return outcomes

    def test_it_writes_a_page_and_a_file_to_send(self, machine, tmp_path, capsys):
        assert 0 == main(["doctor", "--excel", "--folder", str(tmp_path / "report")])

        written = [path.name for path in sorted((tmp_path / "report").iterdir())]
        assert ["walkaway_excel_report.html", "walkaway_excel_report.json"] == written
        assert "1 steps passed" in capsys.readouterr().out
        assert 2 == main(["doctor", "--excel", "--folder", str(tmp_path / "report")])
        assert "--force" in capsys.readouterr().err

    def test_what_failed_is_in_the_exit_code(self, machine, tmp_path):
        machine.append(Outcome("addin", "The add-in", State.FAILED, "#NAME?"))

        assert 3 == main(["doctor", "--excel", "--folder", str(tmp_path)])

    def test_elsewhere_than_on_windows_it_says_so(self, tmp_path, capsys):
        assert 2 == main(["doctor", "--excel", "--folder", str(tmp_path)])
        assert "on Windows" in capsys.readouterr().err
        assert [] == list(tmp_path.iterdir())


def test_the_page_names_every_step_and_has_a_place_for_what_was_seen():
    page = (ROOT / "docs" / "excel-report.md").read_text("utf-8")
    titles = {step.title for step in steps.steps() if not step.key.startswith("book_")}

    assert [] == [title for title in titles if title not in page]
    assert "## Reports" in page
