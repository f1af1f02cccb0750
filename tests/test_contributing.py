"""CONTRIBUTING.md to the letter: its function, its command and its host run as they stand there."""

import contextlib
import doctest
import importlib.util
import io
import re
import sys
import textwrap
from pathlib import Path

import pytest

import walkaway_xl
from tests.catalogue import test_entries
from walkaway_xl import cli
from walkaway_xl.commands import Command
from walkaway_xl.core import pricing
from walkaway_xl.functions import pricing_entries as entries
from walkaway_xl.hosts import examination, listed
from walkaway_xl.hosts.contract import Host
from walkaway_xl.pages import hosts as page

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text("utf-8")


def codes(title):
    """What is to be written, piece by piece, under a title."""
    section = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return [textwrap.dedent(code) for code in re.findall(r"```python\n(.*?)```", section, re.DOTALL)]


def sample(title, tmp_path, name):
    """The first code under a title, as the module that it is to be."""
    path = tmp_path / f"{name.rpartition('.')[2]}.py"
    path.write_text(codes(title)[0], "utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sample_function(tmp_path, monkeypatch):
    """The entry of the function, with the calculation behind it where it is to stand."""
    calculation, entry = codes("Add a worksheet function in five minutes")
    path = tmp_path / "sample.py"
    path.write_text(calculation, "utf-8")
    monkeypatch.setattr(pricing, "price_surplus", None, raising=False)
    monkeypatch.setattr(walkaway_xl, "price_surplus", None, raising=False)
    exec(compile(calculation, str(path), "exec"), vars(pricing))
    walkaway_xl.price_surplus = pricing.price_surplus
    return eval(entry.strip().rstrip(","), vars(entries))


@pytest.mark.parametrize(
    "question", [name for name in vars(test_entries.TestEntry) if name.startswith("test_")]
)
def test_the_function_is_an_entry_as_all_others(sample_function, question):
    getattr(test_entries.TestEntry(), question)(sample_function)
    assert (sample_function.name, *sample_function.examples[0].arguments) == ("PRICE_SURPLUS", 68, 0.25, 100)


def test_the_examples_of_the_function_run(sample_function):
    differing = io.StringIO()
    with contextlib.redirect_stdout(differing):
        doctest.run_docstring_examples(sample_function.calculate, vars(pricing))

    assert "" == differing.getvalue()


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
