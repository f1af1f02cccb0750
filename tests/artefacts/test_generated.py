"""What is generated is committed, and generating again changes nothing."""

from pathlib import Path

import pytest

from walkaway_xl.artefacts import artefacts, generate, same

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", artefacts())
def test_the_committed_file_is_what_the_code_makes_now(name):
    made = artefacts()[name]()
    assert same(made, (ROOT / name).read_bytes()), f"walkaway-xl generate writes {name} again"
    assert made == artefacts()[name](), "generating twice gives the same bytes"


def test_nothing_lies_in_templates_that_the_code_does_not_make():
    committed = {f"templates/{path.name}" for path in (ROOT / "templates").iterdir()}
    assert {name for name in artefacts() if name.startswith("templates/")} == committed


def test_a_changed_workbook_is_named_and_written_again(tmp_path):
    names = generate(tmp_path, write=True)
    changed = tmp_path / "templates" / "functions_tour.xlsx"
    changed.write_bytes((tmp_path / "templates" / "seller_price.xlsx").read_bytes())
    assert set(artefacts()) == set(names)
    assert ["templates/functions_tour.xlsx"] == generate(tmp_path, write=False)
    assert ["templates/functions_tour.xlsx"] == generate(tmp_path, write=True)
    assert [] == generate(tmp_path, write=False)
