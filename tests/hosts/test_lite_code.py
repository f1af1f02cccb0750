"""What xlwings Lite runs: one main.py with the package in it, pasted or carried by a workbook."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from walkaway_xl import artefacts
from walkaway_xl.cli import main
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import embedded
from walkaway_xl.hosts.lite import host, lite_code
from walkaway_xl.workbooks import reading, template

# As Lite does it: the text is run before it is a module, in a Python that has xlwings and NumPy only.
LOADER = """
import json, sys
sys.path.insert(0, sys.argv[1])
from tests.hosts.stand_ins.recorder import Recorder
sys.path.pop(0)
sys.modules["xlwings"] = Recorder()
for name in [name for name in sys.modules if name.startswith("walkaway_xl")]:
    del sys.modules[name]
names = {"__name__": "main"}
text = open(sys.argv[2], encoding="utf-8").read()
for _ in range(2):  # an edit runs it again
    exec(compile(text, "main.py", "exec"), names)
import walkaway_xl
print(type(walkaway_xl.__spec__.loader).__name__)
print(json.dumps(sorted(name for name, value in names.items() if hasattr(value, "told"))))
print(names["WALKAWAY_CHECK"]([[7500]], [[6500]], [["buyer"]], None, None, None, None))
print(names["WALKAWAY_EXPLAIN"]([["PRICE_FLOOR"]], [[68]], [[0.15]]))
"""


@pytest.fixture(scope="module")
def workbook():
    return artefacts.stored(template("procurement_buyer").example(), host)


def test_main_py_needs_nothing_but_itself(tmp_path):
    assert 0 == main(["lite", "--folder", str(tmp_path / "lite")])
    pasted = tmp_path / "lite" / "main.py"
    root = Path(__file__).parents[2]
    run = [sys.executable, "-I", "-c", LOADER, str(root), str(pasted)]
    loader, names, answer, sentence = subprocess.run(
        run, check=True, capture_output=True, text=True, cwd=tmp_path
    ).stdout.splitlines()
    assert "Bundled" == loader
    assert sorted(CATALOGUE) == json.loads(names)
    assert "WALK AWAY" in answer
    assert "80" in sentence
    assert "numpy" in (tmp_path / "lite" / "requirements.txt").read_text()


def test_a_workbook_carries_the_code(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    extension = ElementTree.fromstring(parts["xl/webextensions/webextension1.xml"])
    carried = {
        each.get("name"): json.loads(each.get("value")) for each in extension.iter() if each.get("value")
    }
    assert lite_code.main() == carried["main.py"]
    assert lite_code.REQUIREMENTS == carried["requirements.txt"]
    for part in ("xl/webextensions/taskpanes.xml", "xl/webextensions/webextension1.xml"):
        assert f'PartName="/{part}"' in parts["[Content_Types].xml"].decode()
    assert "xl/webextensions/taskpanes.xml" in parts["_rels/.rels"].decode()


def test_its_checks_call_the_functions_as_lite_spells_them(workbook):
    sheet = reading.formulas_of(workbook)["Checks"]
    calls = [
        cell.value.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and "WALKAWAY_PRICE" in str(getattr(cell.value, "text", cell.value))
    ]
    assert [True] == [text.startswith("=IFERROR(_xldudf_WALKAWAY_PRICE(") for text in calls]
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        checks = package.read("xl/worksheets/sheet7.xml").decode()
    assert checks.count(' cm="1"') == checks.count("_xldudf_") > 5
    assert embedded.calculate(workbook).errors == ()


def test_the_tour_calculates_as_before():
    def errors(data):
        return [(each.sheet, each.address, each.code) for each in embedded.calculate(data).errors]

    tour = template("functions_tour")
    assert errors(artefacts.workbook(tour, example=False)) == errors(artefacts.stored(tour.build(), host))
