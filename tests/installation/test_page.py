"""The pages about installing name commands that there are, and pages that are there."""

import re
from pathlib import Path

import pytest

from walkaway_xl.cli import parser

PAGE = Path(__file__).parents[2] / "docs" / "installing.md"
TEXT = PAGE.read_text("utf-8")
FOR_IT = PAGE.with_name("excel.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"`walkaway-xl ([^`]+)`", TEXT + FOR_IT)))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_is_one(command):
    assert callable(parser().parse_args(command.split()).run)


def test_it_names_the_commands_that_matter():
    assert {"doctor", "install excel", "install libreoffice", "uninstall excel"} <= set(COMMANDS)


def test_it_leads_to_the_page_for_it():
    assert "(excel.md)" in TEXT


def test_the_readme_leads_to_it():
    assert "docs/installing.md" in (PAGE.parents[1] / "README.md").read_text("utf-8")
