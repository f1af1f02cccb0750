"""CONTRIBUTING.md to the letter: its command and its host run as they stand there."""

import importlib.util
import re
import sys
import textwrap
from pathlib import Path

import pytest

from walkaway_xl import cli
from walkaway_xl.commands import Command
from walkaway_xl.hosts import examination, listed
from walkaway_xl.hosts.contract import Host
from walkaway_xl.pages import hosts as page

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text("utf-8")


def sample(title, tmp_path, name):
    """The first code under a title, as the module that it is to be."""
    section = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    code = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    path = tmp_path / f"{name.rpartition('.')[2]}.py"
    path.write_text(textwrap.dedent(code[1]), "utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_runs(tmp_path, monkeypatch, capsys):
    name = "walkaway_xl.commands.gap"
    module = sample("Add a command", tmp_path, name)
    monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(cli, "COMMANDS", ("functions", "gap"))

    assert isinstance(module, Command)
    assert 0 == cli.main(["gap", "7500", "6500"])
    assert "1,000.00\n" == capsys.readouterr().out
    with pytest.raises(SystemExit):
        cli.parser(cli.COMMANDS).parse_args(["--help"])
    assert module.HELP in capsys.readouterr().out


def test_the_host_is_listed_on_the_page_and_by_the_doctor(tmp_path, monkeypatch, capsys):
    module = sample("Add a host", tmp_path, "host")
    everybody = (*listed.HOSTS, module)
    monkeypatch.setattr(page, "HOSTS", everybody)
    monkeypatch.setattr(examination, "HOSTS", (module,))

    assert isinstance(module, Host)
    assert f"## {module.TITLE}\n" in page.page()
    assert module.DIFFERENCES[0].why in page.page()
    assert 0 == cli.main(["doctor"])
    assert f"{module.TITLE}: it lies on your desk" in capsys.readouterr().out
