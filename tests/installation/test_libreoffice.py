"""LibreOffice for one user: what is in the way is said, and a real installation comes and goes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from walkaway_xl.cli import main
from walkaway_xl.installation import doctor, libreoffice, programs
from walkaway_xl.installation.plan import InstallationError, carry_out

ROOT = Path(__file__).parents[2]
NOBODY = "65534"


@pytest.fixture
def there(monkeypatch, tmp_path):
    """A LibreOffice that is there, for an ordinary user, with nothing in the way."""
    monkeypatch.setattr(libreoffice, "program", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(libreoffice, "python_trouble", lambda: None)
    monkeypatch.setattr(libreoffice.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(libreoffice.Path, "home", lambda: tmp_path)
    return tmp_path


def test_the_plan_writes_the_extension_adds_it_and_leaves_no_copy(there):
    write, add, delete = libreoffice.installing()

    assert write.path.name == "walkaway.oxt"
    assert write.path == delete.path
    assert write.path != next(iter(libreoffice.installing())).path
    assert (str(write.path), "walkaway_xl") == (add.command[-1], add.back[-1])


@pytest.mark.parametrize("plan", [libreoffice.installing, libreoffice.removing])
def test_a_running_libreoffice_is_not_disturbed(there, plan):
    profile = there / ".config" / "libreoffice" / "4"
    profile.mkdir(parents=True)
    (profile / ".lock").touch()

    with pytest.raises(InstallationError, match="close all its windows"):
        list(plan())


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


@pytest.mark.parametrize(("listed", "steps"), [("<none>", 0), ("Identifier: walkaway_xl\n  Version: 1", 1)])
def test_only_what_is_there_is_removed(there, monkeypatch, listed, steps):
    monkeypatch.setattr(libreoffice, "run", lambda *given: f"All deployed user extensions:\n\n{listed}\n")

    assert steps == len(list(libreoffice.removing()))


@pytest.mark.parametrize(
    ("source", "trouble"),
    [
        ("print(3, 11)", None),
        ("print(3, 8)", "newer LibreOffice"),
        ("import sys; sys.exit('No module named uno')", "python3-uno"),
        ("import sys; sys.exit('No module named numpy')", "no NumPy"),
        ("import sys; sys.exit('out of memory')", "out of memory"),
    ],
)
def test_its_python_is_asked(monkeypatch, source, trouble):
    monkeypatch.setattr(libreoffice, "python", lambda: sys.executable)
    monkeypatch.setattr(libreoffice, "ASKED", source)
    told = libreoffice.python_trouble()

    assert told is None if trouble is None else trouble in told


def test_a_python_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(libreoffice, "python", lambda: "/no/such/python")

    assert "/no/such/python" in libreoffice.python_trouble()


class TestCommands:
    def test_a_dry_run_prints_the_plan_and_does_nothing(self, there, capsys, monkeypatch):
        monkeypatch.setattr(libreoffice.RunProgram, "carry_out", lambda step: pytest.fail("it was run"))
        assert 0 == main(["install", "libreoffice", "--dry-run"])
        assert 3 == capsys.readouterr().out.count("would ")

    def test_what_is_in_the_way_of_one_program_is_not_in_the_way_of_another(self, capsys, monkeypatch):
        def refuse():
            raise InstallationError("the first is running")

        first = programs.PROGRAMS["libreoffice"]._replace(is_here=lambda: True, installing=refuse)
        second = first._replace(title="The second", installing=lambda: ())
        monkeypatch.setattr(programs, "PROGRAMS", {"first": first, "second": second})

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
        assert all(host in told for host in doctor.HOSTS)

    @pytest.mark.parametrize(
        ("shown", "state"),
        [
            ("WALK AWAY", doctor.State.ANSWERS),
            ("#NAME?", doctor.State.TROUBLE),
            ("ACCEPTABLE", doctor.State.TROUBLE),
        ],
    )
    def test_libreoffice_is_believed_what_it_shows(self, there, monkeypatch, shown, state):
        monkeypatch.setattr(doctor, "_shown_by_calc", lambda: shown)

        assert state is next(each.state for each in doctor.examine() if each.host == "LibreOffice")

    def test_an_engine_that_cannot_be_loaded_is_said_with_what_helps(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "formualizer", None)
        for name in [name for name in sys.modules if name.startswith("walkaway_xl.hosts.embedded")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr("walkaway_xl.hosts.embedded", raising=False)
        finding = doctor.ask("embedded engine")

        assert doctor.State.TROUBLE is finding.state
        assert "cannot be loaded" in finding.words
        assert finding.remedy.endswith("-m pip install --force-reinstall formualizer")

    def test_a_host_that_breaks_does_not_keep_the_others_from_being_asked(self, monkeypatch):
        def breaks():
            raise OSError("it broke")

        monkeypatch.setitem(doctor.HOSTS, "LibreOffice", breaks)
        findings = {each.host: each for each in doctor.examine()}

        assert "it broke" == findings["LibreOffice"].words
        assert set(doctor.HOSTS) == set(findings)


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_a_real_installation_answers_and_leaves_nothing_behind(tmp_path):
    """As an ordinary user with a home of their own; the administrator may not install extensions."""
    script = (
        "from walkaway_xl.installation import doctor, libreoffice\n"
        "from walkaway_xl.installation.plan import carry_out\n"
        "def state():\n"
        "    return next(each.state.name for each in doctor.examine() if each.host == 'LibreOffice')\n"
        "carry_out(libreoffice.installing(), lambda words: None)\n"
        "print(state())\n"
        "carry_out(libreoffice.removing(), lambda words: None)\n"
        "print(state())\n"
    )
    command = [sys.executable, "-c", script]
    if os.geteuid() == 0:
        home = Path("/tmp") / f"walkaway-{os.getpid()}"  # which another user can reach
        home.mkdir(mode=0o777)
        home.chmod(0o777)
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
    else:
        home = tmp_path
    environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    reachable = [*command[:-1], "import walkaway_xl"]
    try:
        if subprocess.run(reachable, env=environment, cwd=home, capture_output=True).returncode:
            pytest.skip("another user cannot read this checkout")
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180, cwd=home)
    finally:
        shutil.rmtree(home, ignore_errors=True)

    assert ["ANSWERS", "TROUBLE"] == done.stdout.split(), done.stderr
