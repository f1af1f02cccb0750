"""The installer: two ways to call it, one environment, a clear word when something is in the way."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

INSTALLER = Path(__file__).parents[2] / "install.py"


@pytest.fixture
def installer(tmp_path, monkeypatch):
    """The installer as a module, with its environment on a temporary path and its commands recorded."""
    spec = importlib.util.spec_from_file_location("install", INSTALLER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.commands = []

    def record(command, **options):
        module.commands.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(module.subprocess, "run", record)
    monkeypatch.setattr(module.subprocess, "call", lambda command, **options: record(command).returncode)
    monkeypatch.setattr(module.venv, "create", lambda path, with_pip: path.mkdir())
    return module


def test_without_a_word_it_installs_the_package_and_the_add_in_and_runs_the_first_job(installer):
    assert 0 == installer.main([])
    assert ["-P", "-m", "walkaway_xl", "start"] == installer.commands[-1][1:]
    assert ["-P", "-m", "walkaway_xl", "install"] == installer.commands[-2][1:]
    assert f"{INSTALLER.parent}[quotes]" == installer.commands[-3][-1]


def test_uninstall_takes_the_add_in_out_with_what_is_there(installer):
    assert 0 == installer.main(["--uninstall"])
    asked, removed = installer.commands
    assert "from walkaway_xl.hosts.listed import chosen; chosen(None)" == asked[-1]
    assert ["-P", "-m", "walkaway_xl", "uninstall"] == removed[1:]


def test_uninstall_installs_what_it_needs_where_nothing_is_there(installer, monkeypatch):
    monkeypatch.setattr(installer, "is_installed", lambda python: False)
    assert 0 == installer.main(["--uninstall"])
    assert ["-P", "-m", "walkaway_xl", "uninstall"] == installer.commands[-1][1:]
    assert f"{INSTALLER.parent}[quotes]" == installer.commands[-2][-1]


def test_a_dry_run_without_an_environment_makes_none(installer, capsys):
    assert 0 == installer.main(["--dry-run"])
    assert [] == installer.commands
    assert not installer.ENVIRONMENT.exists()
    assert "would make the environment" in capsys.readouterr().out


@pytest.mark.parametrize(("asked", "done"), [([], ["install"]), (["--uninstall"], ["uninstall"])])
def test_a_dry_run_asks_the_package_for_its_plan(installer, asked, done):
    installer.interpreter().parent.mkdir(parents=True)
    installer.interpreter().touch()
    assert 0 == installer.main([*asked, "--dry-run"])
    assert ["-P", "-m", "walkaway_xl", *done, "--dry-run"] == installer.commands[-1][1:]
    assert not any("pip" in command for command in installer.commands)


def test_an_environment_that_could_not_be_filled_is_taken_away(installer, monkeypatch):
    def fail(python, *extras):
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(installer, "install", fail)
    assert 2 == installer.main([])
    assert not installer.ENVIRONMENT.exists()


def answering(installer, monkeypatch, code, told):
    """Let pip answer so where it is asked for the pinned versions."""
    recorded = installer.subprocess.run

    def run(command, **options):
        done = recorded(command, **options)
        pinned = "--require-hashes" in command
        return subprocess.CompletedProcess(command, code, stderr=told) if pinned else done

    monkeypatch.setattr(installer.subprocess, "run", run)


@pytest.mark.parametrize(("asked", "extra"), [([], "quotes"), (["test"], "test")])
def test_what_is_installed_is_pinned_and_held_to_its_hashes(installer, asked, extra):
    assert 0 == installer.main(asked)
    pinned, package = (command for command in installer.commands if "--quiet" in command)
    assert [
        "--require-hashes",
        "--requirement",
        str(INSTALLER.parent / "requirements" / f"{extra}.txt"),
    ] == pinned[-3:]
    assert ["--no-deps", "--no-build-isolation", "--editable"] == package[-4:-1]


def test_where_a_pinned_version_is_not_to_be_had_the_newest_that_fit_are_installed(
    installer, monkeypatch, capsys
):
    answering(installer, monkeypatch, 1, "ERROR: No matching distribution found for lxml==6.1.3\n")
    assert 0 == installer.main([])
    assert "Your registry has no lxml==6.1.3 for this Python" in capsys.readouterr().out
    assert not {"--no-deps", "--require-hashes"} & set(installer.commands[-3])


def test_a_file_of_another_hash_is_never_installed(installer, monkeypatch, capsys):
    answering(
        installer,
        monkeypatch,
        1,
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n",
    )
    assert 2 == installer.main([])
    assert "If a hash differs, ask who runs your registry" in capsys.readouterr().err
    assert not any("--editable" in command for command in installer.commands)


def test_without_lock_files_the_newest_that_fit_are_installed(installer, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(installer, "LOCKS", tmp_path)
    assert 0 == installer.main([])
    assert "No versions are pinned here" in capsys.readouterr().out
    assert not any("--require-hashes" in command for command in installer.commands)


@pytest.fixture
def registry(tmp_path):
    """A folder with one package for pip, and a lock file beside it."""
    files, lock = tmp_path / "files", tmp_path / "requirements"
    files.mkdir()
    lock.mkdir()
    wheel = files / "walkaway_nothing-1.0-py3-none-any.whl"
    metadata = "walkaway_nothing-1.0.dist-info"
    with ZipFile(wheel, "w") as parts:
        parts.writestr(
            f"{metadata}/METADATA", "Metadata-Version: 2.1\nName: walkaway-nothing\nVersion: 1.0\n"
        )
        parts.writestr(f"{metadata}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        parts.writestr(f"{metadata}/RECORD", "")
    return files, lock / "quotes.txt", hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("version", "digit", "outcome"),
    [("1.0", None, True), ("2.0", None, False), ("1.0", "0", "could not be installed")],
    ids=["as pinned", "not in the registry", "another hash"],
)
def test_pip_itself_answers_so(registry, tmp_path, monkeypatch, version, digit, outcome):
    files, lock, sum_of_file = registry
    digest = sum_of_file if digit is None else digit * 64
    lock.write_text(f"--only-binary :all:\nwalkaway-nothing=={version} --hash=sha256:{digest}\n")
    spec = importlib.util.spec_from_file_location("install", INSTALLER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOCKS", lock.parent)
    pip = [sys.executable, "-P", "-m", "pip", "--isolated", "install", "--quiet", "--no-index"]
    pip += ["--find-links", str(files), "--target", str(tmp_path / "there")]
    if isinstance(outcome, str):
        with pytest.raises(OSError, match=outcome):
            module.install_pinned(pip, ("quotes",))
    else:
        assert outcome == module.install_pinned(pip, ("quotes",))
    assert (outcome is True) == (tmp_path / "there" / "walkaway_nothing-1.0.dist-info").is_dir()


def test_with_test_it_installs_what_the_tests_need_and_runs_them(installer):
    assert 0 == installer.main(["test"])
    assert ["-P", "-m", "pytest"] == installer.commands[-1][1:4]
    assert installer.commands[-2][-1].endswith("[test]")


def test_an_environment_without_pip_is_served_by_the_pip_that_is_running(installer, monkeypatch):
    recorded = installer.subprocess.run

    def no_pip(command, **options):
        done = recorded(command, **options)
        return subprocess.CompletedProcess(command, 1) if command[-1] == "--version" else done

    monkeypatch.setattr(installer.subprocess, "run", no_pip)
    assert 0 == installer.main([])
    assert [sys.executable, "-P", "-m", "pip", "--python"] == installer.commands[-3][:5]


def test_another_word_is_refused_and_the_ways_are_named(installer, capsys):
    assert 2 == installer.main(["tset"])
    assert "python install.py test" in capsys.readouterr().err
    assert [] == installer.commands


def test_an_old_python_is_told_which_one_is_needed(installer, capsys, monkeypatch):
    monkeypatch.setattr(installer.sys, "version_info", (3, 10, 4))
    assert 2 == installer.main([])
    assert "3.11" in capsys.readouterr().err


def test_a_failed_installation_is_reported_and_no_job_is_run(installer, capsys, monkeypatch):
    def fail(command, **options):
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(installer.subprocess, "run", fail)
    assert 2 == installer.main([])
    assert "could not be made" in capsys.readouterr().err
    assert [] == installer.commands
