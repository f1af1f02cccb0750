"""LibreOffice for one user: what is in the way is said, and a real installation comes and goes."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from walkaway_xl import files
from walkaway_xl.cli import main
from walkaway_xl.hosts import examination, listed
from walkaway_xl.hosts.contract import State
from walkaway_xl.hosts.embedded import host as embedded
from walkaway_xl.hosts.libreoffice import calc_installation as libreoffice
from walkaway_xl.hosts.libreoffice import host
from walkaway_xl.installation.steps import InstallationError, carry_out

ROOT = Path(__file__).parents[2]
NOBODY = "65534"
IS_ROOT = getattr(os, "geteuid", lambda: 1)() == 0
LOCK = "[Lockdata]\nUser=me\nHost=here\nStamp=93\nTime=Sat Nov 28 11:03:20 2026\nIPCServer=true\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="its pipes are sockets in a folder elsewhere only")


@pytest.fixture
def there(monkeypatch, tmp_path):
    """A LibreOffice that is there, for an ordinary user, with nothing in the way."""
    monkeypatch.setattr(libreoffice, "program", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(libreoffice, "python_trouble", lambda: None)
    monkeypatch.setattr(libreoffice.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(libreoffice.Path, "home", lambda: tmp_path)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(libreoffice, "PIPE_FOLDERS", (tmp_path,))
    lists(monkeypatch, "<none>")
    return tmp_path


def lists(monkeypatch, listed):
    """Have unopkg list that."""
    monkeypatch.setattr(libreoffice, "run", lambda *given: f"All deployed user extensions:\n\n{listed}\n")


OURS = "Identifier: walkaway_xl\n  Version: 1"


@pytest.fixture
def profile(there):
    """The profile of that LibreOffice."""
    folder = there / ".config" / "libreoffice" / "4"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def pipe(there):
    """A pipe through which that LibreOffice would take calls, if somebody listened."""
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(there / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_1f"))
        yield bound


def test_the_plan_writes_the_extension_adds_it_and_leaves_no_copy(there):
    write, add, delete = libreoffice.installing()

    assert write.path.name == "walkaway.oxt"
    assert write.path == delete.path
    assert write.path.is_relative_to(files.scratch_folder())
    assert (str(write.path), "walkaway_xl") == (add.command[-1], add.back[-1])


@posix
@pytest.mark.parametrize("plan", [libreoffice.installing, libreoffice.removing])
def test_a_running_libreoffice_is_not_disturbed(profile, pipe, plan):
    (profile / ".lock").write_text(LOCK)
    pipe.listen()

    with pytest.raises(InstallationError, match="close all its windows"):
        list(plan())


@posix
def test_it_is_found_where_the_user_keeps_settings_elsewhere(there, monkeypatch, pipe):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(there / "settings"))
    folder = there / "settings" / "libreoffice" / "4"
    folder.mkdir(parents=True)
    (folder / ".lock").write_text(LOCK)
    pipe.listen()

    assert "is running" in libreoffice.locked()


def test_on_windows_it_is_found_by_the_name_of_its_pipe(profile, monkeypatch):
    (profile / ".lock").write_text(LOCK)
    monkeypatch.setattr(libreoffice.sys, "platform", "win32")
    monkeypatch.setattr(
        libreoffice.os, "listdir", lambda path: ["lsass", "OSL_PIPE_S-1-5_SingleOfficeIPC_1f"]
    )
    assert "is running" in libreoffice.locked()

    monkeypatch.setattr(libreoffice.os, "listdir", lambda path: ["lsass"])
    assert libreoffice.locked() is None

    monkeypatch.setattr(libreoffice.os, "listdir", lambda path: os.open("", 0))  # which fails
    assert f"delete {profile / '.lock'} if there are none" in libreoffice.locked()


@posix
@pytest.mark.parametrize("plan", [libreoffice.installing, libreoffice.removing])
def test_what_a_crash_has_left_is_no_running_libreoffice(profile, pipe, plan):
    (profile / ".lock").write_text(LOCK)

    assert isinstance(list(plan()), list)


@pytest.mark.parametrize("left", [LOCK.replace("true", "false"), ""])
def test_a_lock_that_libreoffice_would_keep_to_is_named(profile, left):
    (profile / ".lock").write_text(left)

    with pytest.raises(InstallationError, match=r"4.\.lock .*; if no LibreOffice is open, delete that file"):
        list(libreoffice.installing())


@pytest.mark.parametrize("plan", [libreoffice.installing, libreoffice.removing])
def test_a_profile_that_is_read_only_is_refused(profile, monkeypatch, plan):
    (profile / "user").mkdir()
    monkeypatch.setattr(libreoffice.os, "access", lambda path, mode: path != profile / "user")

    with pytest.raises(
        InstallationError, match=rf"no permission to write to {profile / 'user'},.*; allow it"
    ):
        list(plan())


@pytest.mark.parametrize("plan", [libreoffice.installing, libreoffice.removing])
def test_a_list_without_the_extension_that_the_database_has_is_damaged(profile, plan):
    database = profile / "user" / "uno_packages" / "cache" / "uno_packages.pmap"
    database.parent.mkdir(parents=True)
    database.write_bytes(b"Pmp1\xffwalkaway_xl\nlu1.tmp\xffwalkaway.oxt\n")

    with pytest.raises(InstallationError, match="is damaged; start LibreOffice in Safe Mode"):
        list(plan())


def test_an_older_extension_is_not_taken_out_when_the_newer_fails(there, monkeypatch):
    lists(monkeypatch, OURS)

    assert () == list(libreoffice.installing())[1].back


def test_a_removal_that_did_nothing_is_none(there, monkeypatch):
    lists(monkeypatch, OURS)

    with pytest.raises(InstallationError, match="still installed"):
        libreoffice.Forget().carry_out()


def test_the_copies_that_libreoffice_forgets_go_and_those_of_others_stay(profile):
    forgotten = profile / "user" / "extensions" / "tmp" / "extensions"
    for name in ("lu1.tmp_/walkaway.oxt", "lu2.tmp_/other.oxt"):
        (forgotten / name).mkdir(parents=True)
    libreoffice.Forget().carry_out()

    assert ["lu2.tmp_"] == [each.name for each in forgotten.iterdir()]


def test_the_administrator_is_sent_back_to_the_user(there, monkeypatch):
    monkeypatch.setattr(libreoffice.os, "geteuid", lambda: 0, raising=False)

    with pytest.raises(InstallationError, match="without sudo"):
        list(libreoffice.installing())


def test_what_the_program_lacks_is_said_before_anything_is_written(there, monkeypatch):
    monkeypatch.setattr(
        libreoffice, "python_trouble", lambda: "LibreOffice's Python has no NumPy; install it"
    )

    with pytest.raises(InstallationError, match="NumPy"):
        list(libreoffice.installing())


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("ERROR: Exception occurred: You need write permissions to install this extension! at …", "profile"),
        ("ERROR: Exception occurred: Error binding package: vnd.sun.star.expand:$UNO_USER …", "Safe Mode"),
        (
            "ERROR: Exception occurred: failed to read data entry in backend db: file:///home/me/…",
            "Safe Mode",
        ),
        (
            "ERROR: Exception occurred: […] caught unexpected …: a folder could not be created",
            "allow writing",
        ),
        (
            "ERROR: Exception occurred: <class 'ImportError'>: No module named 'numpy.typing' (…",
            "python3-numpy",
        ),
        (
            "ERROR: unopkg cannot be started. The lock file indicates it is already running …",
            "delete the file",
        ),
    ],
)
def test_what_unopkg_says_is_put_into_words_for_a_person(there, monkeypatch, said, remedy):
    unopkg = there / "unopkg"
    unopkg.write_text(f"#!{sys.executable}\nimport sys\nsys.exit({said!r} + '\\n\\nERROR: unopkg failed.')\n")
    unopkg.chmod(0o700)
    monkeypatch.setattr(libreoffice, "program", lambda name: str(there / name))
    monkeypatch.setattr(libreoffice, "extension", lambda: b"")

    with pytest.raises(InstallationError, match=remedy):
        carry_out(libreoffice.installing(), lambda words: None)


@pytest.mark.parametrize(("listed", "steps"), [("<none>", 0), (OURS, 2)])
def test_only_what_is_there_is_removed(there, monkeypatch, listed, steps):
    lists(monkeypatch, listed)

    assert steps == len(list(libreoffice.removing()))


@pytest.mark.parametrize(
    ("source", "trouble"),
    [
        ("print(3, 11)", None),
        ("print(3, 8)", "newer LibreOffice"),
        ("print(3, 8); import sys; sys.exit(\"No module named 'numpy'\")", "newer LibreOffice"),
        ("import sys; sys.exit('No module named uno')", "python3-uno"),
        ("import sys; sys.exit(\"No module named 'numpy'\")", "no NumPy"),
        ("import sys; sys.exit(\"No module named 'numpy.typing'\")", "no whole NumPy"),
        ("import sys; sys.stdout.buffer.write(b'hi \\xff'); print(); print(3, 11)", None),
        ("import sys; sys.exit('out of memory')", "out of memory"),
    ],
)
def test_its_python_is_asked(monkeypatch, source, trouble):
    monkeypatch.setattr(libreoffice, "python", lambda: sys.executable)
    monkeypatch.setattr(libreoffice, "ASKED", source)
    told = libreoffice.python_trouble()

    assert told is None if trouble is None else trouble in told


@posix
def test_a_numpy_that_is_half_removed_is_none(tmp_path, monkeypatch):
    (tmp_path / "numpy").mkdir()
    start = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.modules['uno'] = sys; exec(sys.argv[1])"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -S -c "{start}" "$2"\n')
    python.chmod(0o700)
    monkeypatch.setattr(libreoffice, "python", lambda: str(python))

    assert "no whole NumPy; run" in libreoffice.python_trouble()


def test_a_folder_for_passing_files_that_is_not_there_is_not_handed_on(monkeypatch):
    monkeypatch.setenv("TMPDIR", "/no/such/folder")

    assert Path(libreoffice.environment()["TMPDIR"]).is_dir()


def test_a_python_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(libreoffice, "python", lambda: "/no/such/python")

    assert "/no/such/python" in libreoffice.python_trouble()


class TestCommands:
    def test_a_dry_run_prints_the_plan_and_does_nothing(self, there, capsys, monkeypatch):
        monkeypatch.setattr(libreoffice.RunProgram, "carry_out", lambda step: pytest.fail("it was run"))
        assert 0 == main(["install", "libreoffice", "--dry-run"])
        assert 3 == capsys.readouterr().out.count("would ")

    def test_where_nothing_is_installed_nothing_is_said_to_be_removed(self, there, capsys):
        assert 0 == main(["uninstall", "libreoffice"])
        assert "not installed in LibreOffice" in capsys.readouterr().out

    def test_what_is_in_the_way_of_one_program_is_not_in_the_way_of_another(self, capsys, monkeypatch):
        def refuse(templates):
            raise InstallationError("the first is running")

        first = SimpleNamespace(is_here=lambda: True, installing=refuse)
        second = SimpleNamespace(PROGRAM="The second", is_here=lambda: True, installing=lambda templates: ())
        monkeypatch.setattr(listed, "INSTALLABLE", {"first": first, "second": second})

        assert 2 == main(["install"])
        told = capsys.readouterr()
        assert "the first is running" in told.err
        assert "installed in The second" in told.out

    def test_an_unknown_program_is_refused_with_the_known_ones(self, capsys):
        assert 2 == main(["install", "lotus"])
        assert "libreoffice" in capsys.readouterr().err

    def test_where_there_is_no_program_there_is_still_calc(self, capsys, monkeypatch):
        monkeypatch.setattr(libreoffice, "program", lambda name: None)
        assert 0 == main(["install"])
        assert "walkaway-xl calc" in capsys.readouterr().out

    def test_the_extension_is_written_on_request(self, tmp_path, capsys):
        assert 0 == main(["generate", "libreoffice", "--root", str(tmp_path)])
        assert (tmp_path / "walkaway.oxt").read_bytes().startswith(b"PK")


class TestDoctor:
    def test_the_embedded_engine_answers_and_the_others_are_named(self, capsys, monkeypatch):
        monkeypatch.setattr(libreoffice, "program", lambda name: None)
        assert 0 == main(["doctor"])
        told = capsys.readouterr().out

        assert "✔ answers" in told
        assert [host.TITLE in told for host in listed.HOSTS] == [True] * len(listed.HOSTS)

    @pytest.mark.parametrize(
        ("listed", "shown", "words"),
        [
            (OURS, "WALK AWAY", "installed for you"),
            (OURS, "#NAME?", "shows #NAME?"),
            (OURS, "", "opens no workbook"),
            ("<none>", "", "is not installed"),
        ],
    )
    def test_libreoffice_is_believed_what_it_shows(self, there, monkeypatch, listed, shown, words):
        lists(monkeypatch, listed)
        monkeypatch.setattr(libreoffice, "shown_by_calc", lambda: shown)
        finding = examination.ask(host)

        assert (State.ANSWERS if shown == "WALK AWAY" else State.TROUBLE) is finding.state
        assert words in finding.words

    def test_a_damaged_list_is_not_taken_for_an_empty_one(self, there, monkeypatch):
        def fails(*given):
            raise InstallationError(libreoffice.DAMAGED)

        monkeypatch.setattr(libreoffice, "run", fails)
        finding = examination.ask(host)

        assert finding.words.endswith("is damaged")
        assert "Safe Mode" in finding.remedy

    def test_a_lock_that_is_in_its_way_is_said(self, profile):
        (profile / ".lock").touch()
        finding = examination.ask(host)

        assert State.UNASKED is finding.state
        assert "delete that file, then walkaway-xl doctor" in finding.remedy

    def test_an_engine_that_cannot_be_loaded_is_said_with_what_helps(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "formualizer", None)
        for name in [name for name in sys.modules if name.startswith("walkaway_xl.hosts.embedded")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr("walkaway_xl.hosts.embedded", raising=False)
        finding = examination.ask(embedded)

        assert State.TROUBLE is finding.state
        assert "cannot be loaded" in finding.words
        assert finding.remedy.endswith("-m pip install --force-reinstall formualizer")

    def test_a_host_that_breaks_does_not_keep_the_others_from_being_asked(self, monkeypatch):
        def breaks():
            raise OSError("it broke")

        monkeypatch.setattr(host, "ask", breaks)
        findings = {asked.KEY: finding for asked, finding in examination.examine()}

        assert "it broke" == findings["libreoffice"].words
        assert [listed_host.KEY for listed_host in listed.HOSTS] == list(findings)


@pytest.fixture
def ordinary_user(tmp_path):
    """Runs a script as somebody with a home of their own; the administrator may not install extensions."""
    setpriv = []
    home = tmp_path
    if IS_ROOT:
        home = Path("/tmp") / f"walkaway-{os.getpid()}"  # which another user can reach
        home.mkdir(mode=0o777)
        home.chmod(0o777)
        setpriv = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    places = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": places}

    def run(script):
        command = [*setpriv, sys.executable, "-c", script]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180, cwd=home)

    try:
        if run("import walkaway_xl").returncode:
            pytest.skip("another user cannot read this checkout")
        yield run
    finally:
        shutil.rmtree(home, ignore_errors=True)


REAL = """\
import contextlib, os, shutil, signal, subprocess, time
from pathlib import Path
from walkaway_xl.hosts import examination
from walkaway_xl.hosts.libreoffice import host
from walkaway_xl.hosts.libreoffice import calc_installation as libreoffice
from walkaway_xl.installation.steps import InstallationError, carry_out
def state():
    return examination.ask(host).state.name
def install():
    carry_out(libreoffice.installing(), lambda words: None)
def remove():
    carry_out(libreoffice.removing(), lambda words: None)
profile = next(iter(libreoffice._profiles()))
"""


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
class TestReal:
    def test_an_installation_answers_and_leaves_nothing_behind(self, ordinary_user):
        done = ordinary_user(
            REAL
            + """
install()
print(state())
remove()
print(*profile.rglob("*walkaway*"))
print(state())
"""
        )
        assert ["ANSWERS", "TROUBLE"] == done.stdout.split(), done.stderr

    @pytest.mark.skipif(not IS_ROOT, reason="needs a user of whom no other LibreOffice runs")
    def test_one_that_was_killed_is_not_taken_for_one_that_runs(self, ordinary_user):
        done = ordinary_user(
            REAL
            + """
install()
print(state())  # at its first start LibreOffice would start twice
office = subprocess.Popen(
    [libreoffice.program("soffice"), "--headless"], env=libreoffice.environment(), start_new_session=True
)
while not (profile / ".lock").exists():
    time.sleep(0.1)
print(state())
os.killpg(office.pid, signal.SIGKILL)
while libreoffice._takes_calls():
    time.sleep(0.1)
print((profile / ".lock").exists())
print(state())
install()
"""
        )
        assert ["ANSWERS", "UNASKED", "True", "ANSWERS"] == done.stdout.split(), done.stderr

    def test_what_cannot_be_removed_is_not_said_to_be(self, ordinary_user):
        done = ordinary_user(
            REAL
            + """
install()
profile.chmod(0o500)
with contextlib.suppress(InstallationError):
    remove()
    print("removed")
profile.chmod(0o700)
print(libreoffice.is_installed())
shutil.rmtree(profile / "user/uno_packages/cache/uno_packages")
with contextlib.suppress(InstallationError):
    remove()
    print("removed")
print(examination.ask(host).words)
"""
        )
        assert ["True", f"{libreoffice.DAMAGED.split(';')[0]}"] == done.stdout.splitlines(), done.stderr
