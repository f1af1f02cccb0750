"""Excel on Windows, on a temporary home with a stand-in for the registry: installed whole or not at all."""

import functools
import os
import struct
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyopenvba import ExcelFile

from walkaway_xl.cli import main
from walkaway_xl.hosts import examination
from walkaway_xl.hosts.excel_vba import addin_file, excel_server, excel_session, host, policies, signing
from walkaway_xl.hosts.excel_vba import excel_installation as excel
from walkaway_xl.hosts.excel_vba.addin_file import NOBODY
from walkaway_xl.installation.registry import SetValue, Value
from walkaway_xl.installation.steps import InstallationError, carry_out
from walkaway_xl.workbooks import TEMPLATES

OURS = excel.OPTIONS
SOLVER, TOOLS = Value('"C:\\Solver.xlam"'), Value('/R "C:\\Tools.xlam"', 2)


BUILT = functools.cache(excel.addin)  # the same for every machine of these tests


class Registry:
    """Keys, names and values."""

    def __init__(self):
        self.values = {}

    def names(self, key):
        return [name for where, name in self.values if where == key]

    def read(self, key, name):
        return self.values.get((key, name))

    def write(self, key, name, value):
        self.values[key, name] = value

    def delete(self, key, name):
        del self.values[key, name]

    def opened(self):
        """What Excel opens when it starts."""
        return {name: value for (key, name), value in self.values.items() if key == excel.OPTIONS}


class Machine:
    """A Windows machine with Excel on it."""

    def __init__(self, folder, monkeypatch):
        self.monkeypatch = monkeypatch
        self.registry = Registry()
        self.commands = []
        self.folder = folder
        self.program = folder / "EXCEL.EXE"
        self.build_program(0x8664)
        self.registry.write(excel.APP_PATH, "", Value(str(self.program)))
        self.registry.write(excel.NEWEST, "", Value("Excel.Application.16"))
        self.libraries = {bits: folder / f"xlwings{bits}-{excel.version('xlwings')}.dll" for bits in (32, 64)}
        for path in self.libraries.values():
            path.touch()
        for name, value in {
            "registry": lambda: self.registry,
            "is_here": lambda: True,
            "is_running": lambda: False,
            "find_spec": lambda name: object(),
            "ANSI": "cp1252",
            "run": self.run,
            "addin": BUILT,
        }.items():
            monkeypatch.setattr(excel, name, value)
        monkeypatch.setattr("walkaway_xl.installation.steps.run", self.run)
        monkeypatch.setattr(sys, "prefix", str(folder))
        monkeypatch.setattr(sys, "executable", str(folder / "python.exe"))
        self.registry.write(excel.SHELL_FOLDERS, "AppData", Value(str(folder / "Roaming")))
        for cloud in excel.CLOUDS:
            monkeypatch.delenv(cloud, raising=False)

    def build_program(self, machine):
        header = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80)
        self.program.write_bytes(header.ljust(0x80, b"\0") + b"PE\0\0" + struct.pack("<H", machine))

    def run(self, command, *others):
        self.commands.append(command)

    def install(self, **how):
        carry_out(excel.installing(TEMPLATES, **how), lambda words: None)

    def mark(self):
        """Say of the add-in that it was downloaded, as Windows does: in a stream beside its content."""
        Path(f"{self.listed}:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\n")

    def move_unlisted(self):
        """Put the add-in where Excel opens only what it lists."""
        self.listed.parent.mkdir(parents=True)
        self.addin.rename(self.listed)

    def upgrade_xlwings(self):
        """Another version of xlwings, which brings libraries of other names."""
        for path in self.libraries.values():
            path.unlink()
            path.with_name(path.name.replace(excel.version("xlwings"), "9.9")).touch()
        self.monkeypatch.setattr(excel, "version", lambda name: "9.9")

    def install_anew(self):
        """Install what this machine has now; the add-in itself asks for the versions."""
        self.monkeypatch.setattr(addin_file, "version", excel.version)
        self.monkeypatch.setattr(addin_file, "__version__", excel.__version__)
        self.monkeypatch.setattr(excel, "addin", addin_file.addin)
        self.install()

    def uninstall(self):
        carry_out(excel.removing(), lambda words: None)

    def without(self, part):
        """Take a part out of the add-in's file."""
        with zipfile.ZipFile(self.addin) as package:
            parts = {name: package.read(name) for name in package.namelist() if name != part}
        with zipfile.ZipFile(self.addin, "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)

    def without_module(self, name):
        """Take a module out of the add-in's VBA."""
        with ExcelFile(self.addin) as book:
            book.vba_project().delete_module(name)
            book.save()

    @property
    def addin(self):
        return self.folder / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "walkaway_xl.xlam"

    @property
    def listed(self):
        """The add-in where Excel opens it from its list."""
        return self.folder / "Roaming" / "Microsoft" / "AddIns" / "walkaway_xl.xlam"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    return Machine(tmp_path, monkeypatch)


class TestInstalling:
    def test_the_add_in_is_written_proved_and_registered_in_this_order(self, machine):
        steps = [step.words for step in excel.installing(TEMPLATES)]

        assert steps[0].startswith(f"write {machine.addin}")
        assert "start Python" in steps[1]
        assert "let Excel" in steps[2]
        assert 3 == len(steps)

    def test_it_may_be_listed_instead(self, machine):
        machine.install()
        machine.install(listed=True)
        assert {"OPEN": Value(f'/R "{machine.listed}"')} == machine.registry.opened()
        assert [True, False] == [machine.listed.exists(), machine.addin.exists()]
        assert excel.fault() is None

        machine.install()
        assert {} == machine.registry.opened()
        assert [False, True] == [machine.listed.exists(), machine.addin.exists()]
        assert excel.fault() is None

    def test_one_in_both_places_is_said(self, machine):
        machine.install(listed=True)
        machine.addin.parent.mkdir(parents=True)
        machine.addin.write_bytes(machine.listed.read_bytes())

        assert "twice" in excel.fault()

    def test_the_folder_comes_from_the_system_whatever_the_environment_says(self, machine, monkeypatch):
        monkeypatch.setenv("APPDATA", "C:\\Users\\Zo?\\Roaming")
        assert machine.addin == excel.file()

    def test_what_is_installed_is_without_fault_and_starts_this_python(self, machine):
        machine.install()
        server, session = machine.commands

        assert excel.fault() is None
        assert (sys.executable, str(machine.libraries[excel.OURS])) == (server[-1], server[-2])
        assert str(machine.addin) == session[-1]
        assert (
            excel.this_python().interpreter
            == sys.executable
            == excel.installed(machine.addin).python.interpreter
        )

    def test_a_second_time_changes_nothing(self, machine):
        machine.install()
        before = machine.addin.read_bytes(), dict(machine.registry.values)
        machine.install()

        assert before == (machine.addin.read_bytes(), machine.registry.values)

    def test_an_older_one_at_another_place_is_replaced(self, machine):
        machine.registry.values |= {(OURS, "OPEN"): Value('"D:\\WALKAWAY_XL.xlam"'), (OURS, "OPEN1"): SOLVER}
        machine.install()

        assert {"OPEN": SOLVER} == machine.registry.opened()

    def test_one_that_excel_switched_off_is_switched_on_again(self, machine):
        machine.install()
        crashed = Value(b"\1\0\0\0" + str(machine.addin).lower().encode("utf-16-le") + b"\0\0", 3)
        machine.registry.write(excel.DISABLED, "1F3A", crashed)
        assert "switched the add-in off" in excel.fault()
        machine.install()

        assert excel.fault() is None

    def test_a_python_in_a_cloud_is_warned_of(self, machine, monkeypatch):
        monkeypatch.setenv("OneDriveCommercial", str(machine.folder))

        assert "OneDriveCommercial" in next(iter(excel.installing(TEMPLATES))).words


class TestNothingHalfDone:
    @pytest.mark.parametrize("failing", ["excel_server", "excel_session"])
    def test_a_proof_that_fails_takes_everything_back(self, machine, monkeypatch, failing):
        def fails(command, *others):
            if command[3].endswith(failing):
                raise InstallationError("it does not answer")

        monkeypatch.setattr("walkaway_xl.installation.steps.run", fails)
        machine.registry.write(OURS, "OPEN", SOLVER)
        with pytest.raises(InstallationError, match=r"it does not answer. Nothing was changed."):
            machine.install()

        assert {"OPEN": SOLVER} == machine.registry.opened()
        assert not (machine.folder / "Roaming").exists()

    def test_an_older_one_is_put_back(self, machine, monkeypatch):
        machine.listed.parent.mkdir(parents=True)
        machine.listed.write_bytes(b"older")
        monkeypatch.setattr(machine.registry, "write", lambda *given: os.open("", 0))
        with pytest.raises(InstallationError, match="Nothing was changed"):
            machine.install(listed=True)

        assert b"older" == machine.listed.read_bytes()

    def test_a_folder_that_is_read_only_is_named(self, machine, monkeypatch):
        def refuse(*given):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("os.fsync", refuse)
        with pytest.raises(InstallationError, match=r"walkaway_xl.xlam.*no permission to write"):
            machine.install()

        assert {} == machine.registry.opened()

    def test_values_of_the_registry_are_put_back(self, machine, monkeypatch):
        machine.install()
        before = dict(machine.registry.values)
        steps = [
            SetValue(machine.registry, OURS, name, value) for name, value in (("OPEN", None), ("NEW", TOOLS))
        ]
        monkeypatch.setattr(excel.DeleteFile, "carry_out", lambda step: os.open("", 0))
        with pytest.raises(InstallationError):
            carry_out([*steps, *excel.removing()], lambda words: None)

        assert before == machine.registry.values

    @pytest.mark.parametrize("plan", [lambda: excel.installing(TEMPLATES), lambda: excel.removing()])
    def test_an_excel_that_is_open_is_not_disturbed(self, machine, monkeypatch, plan):
        monkeypatch.setattr(excel, "is_running", lambda: True)

        with pytest.raises(InstallationError, match="close all its windows"):
            list(plan())


class TestTrouble:
    """Each is said before anything is done, with what helps."""

    def told(self):
        with pytest.raises(InstallationError) as error:
            list(excel.installing(TEMPLATES))
        return str(error.value)

    def test_no_excel(self, machine):
        machine.program.unlink()

        assert "Excel was not found" in self.told()

    @pytest.mark.parametrize("kind", ["quoted", "expandable"])
    def test_an_excel_goes_by_other_spellings_of_its_path(self, machine, monkeypatch, kind):
        monkeypatch.setenv("PLACE", str(machine.folder))
        path = f'"{machine.program}"' if kind == "quoted" else f"$PLACE/{machine.program.name}"
        machine.registry.write(excel.APP_PATH, "", Value(path))

        assert machine.program == excel.program()

    def test_an_old_excel(self, machine):
        machine.registry.write(excel.NEWEST, "", Value("Excel.Application.15"))

        assert "older than Excel 2016" in self.told()

    @pytest.mark.parametrize("newest", [None, Value("Excel.Application"), Value(16, 4)])
    def test_an_excel_of_an_unknown_version(self, machine, newest):
        del machine.registry.values[excel.NEWEST, ""]
        if newest is not None:
            machine.registry.write(excel.NEWEST, "", newest)

        assert "does not know the version of this Excel; repair Office" in self.told()

    def test_a_path_that_is_no_text(self, machine):
        machine.registry.write(excel.APP_PATH, "", Value(1, 4))

        assert "Excel was not found" in self.told()

    def test_no_xlwings(self, machine, monkeypatch):
        def lacks(name):
            raise PackageNotFoundError(name)

        monkeypatch.setattr(excel, "version", lacks)

        assert "install --force-reinstall xlwings" in self.told()

    def test_a_file_where_the_folder_of_add_ins_belongs(self, machine):
        machine.addin.parent.parent.mkdir(parents=True)
        machine.addin.parent.touch()
        with pytest.raises(InstallationError, match=r"XLSTART: this is a file where a folder belongs"):
            machine.install()

        assert {} == machine.registry.opened()

    def test_a_folder_in_the_place_of_the_add_in(self, machine):
        machine.addin.mkdir(parents=True)
        with pytest.raises(InstallationError, match="this is a folder"):
            machine.install()

    @pytest.mark.parametrize("said", [b"", b"ausgef\x81hrt", b"EXCEL.EXE  4711 Console"])
    def test_what_windows_says_of_running_programs_may_be_in_any_code_page(self, monkeypatch, said):
        done = subprocess.CompletedProcess([], 0, said)
        monkeypatch.setattr(excel.subprocess, "run", lambda *command, **options: done)

        assert (b"EXCEL" in said) == excel.is_running()

    def test_no_pywin32(self, machine, monkeypatch):
        monkeypatch.setattr(excel, "find_spec", lambda name: None)

        assert "install --force-reinstall pywin32" in self.told()

    @pytest.mark.parametrize(("bits", "header"), [(32, 0x14C), (64, 0x8664)])
    def test_no_library_for_the_bits_of_excel(self, machine, bits, header):
        machine.build_program(header)
        machine.libraries[bits].unlink()

        told = self.told()
        assert f"xlwings{bits}-" in told
        assert "install --force-reinstall xlwings" in told

    def test_an_excel_of_32_bits_has_a_library_of_its_own(self, machine):
        machine.build_program(0x14C)

        assert excel.trouble() is None

    def test_a_path_that_windows_cannot_spell(self, machine, monkeypatch):
        monkeypatch.setattr(sys, "executable", "C:\\Users\\Ωmega\\python.exe")

        assert "Ωmega" in self.told()

    def test_another_system(self, capsys):
        assert 2 == main(["install", "excel"])
        assert "on Windows" in capsys.readouterr().err


class TestRemoving:
    @given(others=st.lists(st.sampled_from([SOLVER, TOOLS]), max_size=4), place=st.integers(0, 4))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_it_leaves_what_was_there_without_a_gap(self, machine, others, place):
        opened = [*others[:place], Value(f'/R "{machine.addin}"'), *others[place:]]
        for name, value in zip(("OPEN", *(f"OPEN{n}" for n in range(1, 6))), opened, strict=False):
            machine.registry.write(OURS, name, value)
        machine.uninstall()
        left = machine.registry.opened()
        machine.registry.values.clear()

        assert others == [left[name] for name in sorted(left)]
        assert sorted(left) == ["OPEN", "OPEN1", "OPEN2", "OPEN3"][: len(others)]

    @pytest.mark.parametrize(
        "opened",
        [
            {"OPEN": "{ours}", "OPEN1": SOLVER, "OPEN2": "walkaway_xl.xlam"},
            {"OPEN": SOLVER, "OPEN2": "{ours}"},
            {"OPEN": SOLVER, "OPEN1": "{ours}", "OPEN3": '"D:\\Old\\WALKAWAY_XL.XLAM"'},
        ],
    )
    def test_several_lines_become_one_and_then_none(self, machine, opened):
        for name, told in opened.items():
            value = told if isinstance(told, Value) else Value(told.format(ours=f'/R "{machine.addin}"'))
            machine.registry.write(OURS, name, value)
        machine.install(listed=True)
        ours = [value for value in machine.registry.opened().values() if value != SOLVER]

        assert [Value(f'/R "{machine.listed}"')] == ours
        assert excel.fault() is None
        machine.uninstall()
        assert {"OPEN": SOLVER} == machine.registry.opened()

    def test_add_ins_of_like_names_are_left_alone(self, machine):
        others = {
            "OPEN": Value('"C:\\old_walkaway_xl.xlam.bak\\Solver.xlam"'),
            "OPEN1": Value('"D:\\my_walkaway_xl.xlam"'),
        }
        for name, value in others.items():
            machine.registry.write(OURS, name, value)
        machine.registry.write(excel.MANAGER, "D:\\my_walkaway_xl.xlam", Value(""))
        before = dict(machine.registry.values)
        machine.install(listed=True)
        assert others.items() < machine.registry.opened().items()
        machine.uninstall()

        assert before == machine.registry.values

    def test_nothing_of_ours_is_left_behind(self, machine):
        before = dict(machine.registry.values)
        machine.install()
        machine.registry.write(excel.MANAGER, str(machine.addin), Value(""))
        machine.uninstall()

        assert before == machine.registry.values
        assert not machine.addin.exists()

    def test_what_somebody_removed_by_half_is_removed_whole(self, machine):
        before = dict(machine.registry.values)
        machine.install()
        machine.addin.unlink()
        machine.uninstall()

        assert before == machine.registry.values

    def test_where_nothing_is_there_is_nothing_to_do(self, machine, capsys):
        assert [] == list(excel.removing())
        assert 0 == main(["uninstall", "excel"])
        assert "The functions are not installed in Excel.\n" == capsys.readouterr().out


class TestDoctor:
    def state(self):
        finding = examination.ask(host)
        return finding.state.name, finding.words, finding.remedy

    def test_it_starts_python_and_believes_its_answer(self, machine, monkeypatch):
        machine.install()
        assert ("ANSWERS", "") == self.state()[::2]
        assert machine.commands[-1] == machine.commands[0]

        def fails(command):
            raise InstallationError("python.exe: Python answers 7 instead of WALK AWAY")

        monkeypatch.setattr(excel, "run", fails)
        assert ("TROUBLE", "walkaway-xl install excel") == self.state()[::2]

    @pytest.mark.parametrize(
        ("spoil", "word"),
        [
            (lambda machine: machine.addin.unlink(), "not installed"),
            (lambda machine: machine.move_unlisted(), "does not open it"),
            (lambda machine: machine.addin.write_bytes(b"half a file"), "damaged"),
            (lambda machine: machine.addin.write_bytes(excel.addin(TEMPLATES, NOBODY)), "another Python"),
            (lambda machine: machine.without("xl/vbaProject.bin"), "damaged"),
            (lambda machine: machine.without("[Content_Types].xml"), "damaged"),
            (lambda machine: machine.without_module("WalkawayServer"), "damaged"),
        ],
    )
    def test_what_is_wrong_is_said_with_the_command_that_mends_it(self, machine, spoil, word):
        machine.install()
        spoil(machine)
        state, words, remedy = self.state()

        assert ("TROUBLE", "walkaway-xl install excel") == (state, remedy)
        assert word in words
        machine.install()
        assert "ANSWERS" == self.state()[0]

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            (lambda machine: machine.upgrade_xlwings(), "made for xlwings 0."),
            (lambda machine: machine.monkeypatch.setattr(excel, "__version__", "9.1"), "and this is 9.1"),
        ],
    )
    def test_an_upgrade_is_noticed_and_mended(self, machine, change, word):
        machine.install()
        change(machine)
        state, words, remedy = self.state()

        assert ("TROUBLE", "walkaway-xl install excel") == (state, remedy)
        assert word in words
        machine.install_anew()
        assert "ANSWERS" == self.state()[0]

    def test_trouble_comes_with_its_own_remedy(self, machine, monkeypatch):
        monkeypatch.setattr(excel, "find_spec", lambda name: None)
        state, words, remedy = self.state()

        assert ("TROUBLE", "this Python has no pywin32") == (state, words)
        assert remedy == f'"{sys.executable}" -P -m pip install --force-reinstall pywin32'

    def test_what_nobody_thought_of_is_trouble_and_no_crash(self, machine, monkeypatch):
        monkeypatch.setattr(excel, "fault", lambda: {}["none"])

        assert ("TROUBLE", "KeyError: 'none'") == self.state()[:2]

    def test_without_excel_there_is_nothing_to_ask(self):
        assert "ABSENT" == self.state()[0]


OFFICE = policies.OFFICES[1]
SECURITY = rf"{OFFICE}\Excel\Security"


def policy(key, name, data, kind=4):
    """A situation: one value of the registry."""
    return lambda machine: machine.registry.write(key, name, Value(data, kind))


SITUATIONS = {
    "child processes": policy(policies.DEFENDER[0], policies.CHILD_PROCESSES.upper(), "1", 1),
    "Win32 API calls": policy(policies.MANAGED, "ASRRules", f"{policies.WIN32_CALLS}=1|x=2", 1),
    "VBAOff": policy(rf"{OFFICE}\Common", "VBAOff", 1),
    "DisableAllAddins": policy(SECURITY, "DisableAllAddins", 1),
    "RequireAddinSig": policy(SECURITY, "RequireAddinSig", 1),
    "VBAWarnings 4": policy(SECURITY, "VBAWarnings", 4),
    "VBAWarnings 3": policy(SECURITY, "VBAWarnings", 3),
    "mark of a download": lambda machine: machine.mark(),
}


class TestPolicies:
    """What a company forbids is said in words, with what works there."""

    @pytest.mark.parametrize("word", SITUATIONS)
    def test_doctor_says_what_is_forbidden_and_what_works(self, machine, word):
        machine.install(listed=True)
        SITUATIONS[word](machine)
        state, words, remedy = TestDoctor().state()

        assert "TROUBLE" == state
        assert word in words
        assert "walkaway-xl formulas" in remedy

    @pytest.mark.parametrize(
        "allowed",
        [
            policy(policies.DEFENDER[0], policies.CHILD_PROCESSES, "2", 1),  # only written down
            policy(policies.DEFENDER[0], "another rule", "1", 1),
            policy(policies.MANAGED, "ASRRules", f"{policies.WIN32_CALLS}=6", 1),  # the user may go on
            policy(SECURITY, "VBAWarnings", 4),  # XLSTART is trusted
            policy(SECURITY, "VBAWarnings", 3),
            policy(SECURITY, "RequireAddinSig", 0),
        ],
    )
    def test_what_does_not_concern_the_add_in_is_not_said(self, machine, allowed):
        machine.install()
        allowed(machine)

        assert "ANSWERS" == TestDoctor().state()[0]

    def test_xlstart_helps_nobody_where_trusted_locations_are_off(self, machine):
        machine.install()
        SITUATIONS["VBAWarnings 4"](machine)
        machine.registry.write(rf"{SECURITY}\Trusted Locations", "AllLocationsDisabled", Value(1, 4))

        assert "trusted locations are switched off" in TestDoctor().state()[1]

    def test_a_policy_outranks_what_the_user_has_set(self, machine):
        machine.install(listed=True)
        machine.registry.write(rf"{policies.OFFICES[2]}\Excel\Security", "VBAWarnings", Value(4, 4))
        assert "TROUBLE" == TestDoctor().state()[0]
        machine.registry.write(SECURITY, "VBAWarnings", Value(2, 4))

        assert "ANSWERS" == TestDoctor().state()[0]

    def test_policies_that_cannot_be_read_are_said(self, machine, monkeypatch):
        machine.install()

        def refuse(key):
            raise PermissionError(13, "Access is denied")

        monkeypatch.setattr(policies, "_defender", refuse)
        assert "ask IT" in TestDoctor().state()[1]

    def test_the_installation_warns_and_goes_on(self, machine):
        SITUATIONS["child processes"](machine)
        first, *_ = excel.installing(TEMPLATES)

        assert "child processes" in first.words
        assert "walkaway-xl formulas" in first.words


class TestBadInput:
    """What a machine may have: a sentence each, and the state as it was before."""

    @pytest.fixture
    def before(self, machine):
        machine.registry.write(OURS, "OPEN", SOLVER)
        return dict(machine.registry.values)

    def refusal(self, machine, **how):
        with pytest.raises(InstallationError) as error:
            machine.install(**how)
        return str(error.value)

    def test_an_add_in_that_is_read_only(self, machine, before):
        machine.install()
        machine.addin.write_bytes(b"older")
        machine.addin.chmod(0o400)

        assert "this file is read-only; allow writing" in self.refusal(machine)
        assert (b"older", before) == (machine.addin.read_bytes(), machine.registry.values)

    @pytest.mark.parametrize("variable", excel.CLOUDS)
    def test_an_xlstart_in_a_cloud_is_warned_of(self, machine, monkeypatch, variable):
        monkeypatch.setenv(variable, str(machine.folder / "Roaming"))
        first, *_ = excel.installing(TEMPLATES)

        assert f"XLSTART/walkaway_xl.xlam lies in {variable}" in first.words

    def test_an_xlstart_on_a_network_is_warned_of(self, machine):
        machine.registry.write(excel.SHELL_FOLDERS, "AppData", Value("\\\\server\\profiles\\ann"))
        first, *_ = excel.installing(TEMPLATES)

        assert "lies on a network, which Excel trusts only where IT allows" in first.words

    def test_an_older_add_in_among_the_listed_is_replaced_or_put_back(self, machine, monkeypatch):
        machine.install(listed=True)
        machine.listed.write_bytes(b"older")
        before = dict(machine.registry.values)
        with monkeypatch.context() as patches:
            patches.setattr(excel.DeleteFile, "carry_out", lambda step: os.open("", 0))
            assert "Nothing was changed" in self.refusal(machine)
        assert (b"older", False) == (machine.listed.read_bytes(), machine.addin.exists())
        assert before == machine.registry.values

        machine.install()
        assert (False, {}) == (machine.listed.exists(), machine.registry.opened())

    def test_an_office_of_32_bits_with_a_python_of_64_is_no_trouble(self, machine):
        machine.build_program(0x14C)
        machine.install()

        assert "ANSWERS" == TestDoctor().state()[0]
        assert (64, "xlwings64") == (excel.OURS, Path(machine.commands[0][-2]).name[:9])

    def test_a_name_with_umlauts_and_blanks_is_kept_as_it_is(self, machine, monkeypatch):
        home = machine.folder / "Jörg Müller's PC"
        monkeypatch.setattr(sys, "executable", str(home / "python.exe"))
        machine.registry.write(excel.SHELL_FOLDERS, "AppData", Value(str(home / "Roaming")))
        machine.install()

        assert excel.file().is_relative_to(home)
        assert str(home / "python.exe") == excel.installed(excel.file()).python.interpreter
        assert str(home / "python.exe") == machine.commands[0][-1]
        assert "ANSWERS" == TestDoctor().state()[0]

    def test_policies_that_cannot_be_read_are_warned_of(self, machine, monkeypatch):
        def refuse(*given):
            raise PermissionError(13, "Access is denied")

        monkeypatch.setattr(policies, "_defender", refuse)
        first, *_ = excel.installing(TEMPLATES)

        assert "does not let this account read the policies" in first.words

    def test_a_python_that_is_gone_is_said_and_mended(self, machine, monkeypatch):
        machine.install()
        monkeypatch.setattr(sys, "executable", str(machine.folder / "newer" / "python.exe"))
        state, words, remedy = TestDoctor().state()

        assert ("TROUBLE", "walkaway-xl install excel") == (state, remedy)
        assert "starts another Python" in words
        machine.install()
        assert "ANSWERS" == TestDoctor().state()[0]


class TestSigning:
    @pytest.fixture
    def signtool(self, machine, monkeypatch):
        kits = machine.folder / "Windows Kits" / "10" / "bin"
        places = [kits / build / bits / signing.PROGRAM for build in ("1", "2") for bits in ("x64", "x86")]
        for place in places:
            place.parent.mkdir(parents=True)
            place.touch()
        monkeypatch.setenv(signing.KITS[0], str(machine.folder))
        return kits / "2" / "x86" / signing.PROGRAM

    @pytest.mark.parametrize(
        ("certificate", "chosen"),
        [
            (
                "\u200eA9 99 3e 36 47 06 81 6a ba 3e 25 71 78 50 c2 6c 9c d0 d8 9d",
                ("/sha1", "A9993E364706816ABA3E25717850C26C9CD0D89D"),
            ),
            ("Contoso Ltd", ("/n", "Contoso Ltd")),
        ],
    )
    def test_the_file_is_signed_when_nobody_saves_it_any_more(self, machine, signtool, certificate, chosen):
        machine.install(certificate=certificate)
        *_, session, last = machine.commands

        assert (str(signtool), "sign", *chosen, "/fd", "SHA256", str(machine.addin)) == last
        assert session[-1] == str(machine.addin)
        assert "excel_session" in session[3]

    @pytest.mark.parametrize("situation", ["RequireAddinSig", "VBAWarnings 3"])
    def test_a_signed_one_is_not_said_to_lack_a_signature(self, machine, situation):
        machine.install(listed=True)
        SITUATIONS[situation](machine)
        assert "TROUBLE" == TestDoctor().state()[0]
        with zipfile.ZipFile(machine.listed, "a") as package:
            package.writestr("xl/vbaProjectSignature.bin", b"signature")

        assert "ANSWERS" == TestDoctor().state()[0]

    def test_without_the_tool_nothing_is_begun(self, machine, monkeypatch, capsys):
        for name in signing.KITS:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(signing.shutil, "which", lambda name: None)

        assert 2 == main(["install", "excel", "--sign", "Contoso"])
        assert "signtool.exe was not found; install the signing tools" in capsys.readouterr().err
        assert (False, []) == (machine.addin.exists(), machine.commands)

    @pytest.mark.parametrize(
        ("output", "remedy"),
        [
            (
                "SignTool Error: This file format cannot be signed, as it is not recognized.",
                "msosipx.dll",
            ),
            ("SignTool Error: No certificates were found that met all the given criteria.", "import it"),
        ],
    )
    def test_what_the_tool_says_is_put_into_words_and_taken_back(
        self, machine, signtool, monkeypatch, output, remedy
    ):
        def run(command, environment=None, remedies=None):
            if command[0] == str(signtool):
                (words,) = (words for sign, words in remedies.items() if sign in output)
                raise InstallationError(words)

        monkeypatch.setattr("walkaway_xl.installation.steps.run", run)
        with pytest.raises(InstallationError, match=remedy):
            machine.install(certificate="Contoso")
        assert not machine.addin.exists()


class ComError(Exception):
    """What pywin32 raises where the other side fails: its traceback stands in it, the last line first."""

    excepinfo = (0, "Python COM Server", "ImportError: no module\n  File 'x', line 1\n", None, 0, -1)


class TestPrograms:
    def test_a_dry_run_prints_the_plan_and_does_nothing(self, machine, capsys):
        assert 0 == main(["install", "excel", "--dry-run"])

        assert 3 == capsys.readouterr().out.count("would ")
        assert not machine.addin.exists()

    def test_the_add_in_is_built_anywhere(self, tmp_path):
        assert 0 == main(["generate", "excel", "--root", str(tmp_path)])
        assert NOBODY == excel.installed(tmp_path / "walkaway_xl.xlam").python

    def test_a_wrong_answer_of_the_server_is_a_failure(self, monkeypatch):
        monkeypatch.setattr(excel_server, "server_answer", lambda library, interpreter: "ACCEPTABLE")

        with pytest.raises(SystemExit, match="ACCEPTABLE instead of WALK AWAY"):
            excel_server.main("library", "python")

    @pytest.mark.parametrize(
        ("error", "told"),
        [
            (
                OSError("Could not create Python process.\nError message: File not found."),
                r"process\. Error message: File not found",
            ),
            (ComError(), r"^Python started, but does not answer: ImportError: no module$"),
            (
                ImportError("No module named 'pywin32_system32'"),
                r'run "C:\\py.exe" -P -m pip install --force-reinstall pywin32$',
            ),
        ],
    )
    def test_what_failed_is_told_in_one_line(self, monkeypatch, error, told):
        def fails(library, interpreter):
            raise error

        monkeypatch.setattr(excel_server, "server_answer", fails)
        with pytest.raises(SystemExit, match=told):
            excel_server.main("library", "C:\\py.exe")

    def test_an_excel_of_its_own_stores_the_help_and_shows_a_cell(self):
        done = []
        cell = SimpleNamespace(Text="WALK AWAY")
        sheet = SimpleNamespace(Range=lambda address: cell)
        program = SimpleNamespace(
            Workbooks=SimpleNamespace(
                Open=lambda path: SimpleNamespace(Name=Path(path).name, Save=lambda: done.append("saved")),
                Add=lambda: SimpleNamespace(Worksheets=lambda number: sheet),
            ),
            Run=done.append,
        )

        addin = excel_session.opened(program, "/AddIns/walkaway_xl.xlam")
        assert 1 == program.AutomationSecurity
        assert "WALK AWAY" == excel_session.cell_text(program)
        assert '=WALKAWAY_CHECK(7500,6500,"buyer")' == cell.Formula
        excel_session.store_help(program, addin)
        assert ["'walkaway_xl.xlam'!DescribeFunctions", "saved"] == done
