"""What is generated is committed, and generating again changes nothing."""

from pathlib import Path

import pytest

from walkaway_xl.artefacts import artefacts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", artefacts())
def test_the_committed_file_is_what_the_code_makes_now(name):
    assert artefacts()[name]() == (ROOT / name).read_bytes(), f"walkaway-xl generate writes {name} again"


def test_nothing_lies_in_templates_that_the_code_does_not_make():
    committed = {f"templates/{path.name}" for path in (ROOT / "templates").iterdir()}
    assert {name for name in artefacts() if name.startswith("templates/")} == committed
