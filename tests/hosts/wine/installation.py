"""Runs in the Windows Python: installs the add-in for an Excel that is only a name in the registry.

Then takes it away again, and prints a line of JSON with what was found on the way.
"""

import contextlib
import json
import sys

from walkaway_xl.cli import main
from walkaway_xl.hosts import examination
from walkaway_xl.hosts.excel_vba import excel_installation as excel
from walkaway_xl.hosts.excel_vba import host
from walkaway_xl.installation.registry import Value

SOLVER = Value('"C:\\Solver.xlam"')
hive = excel.registry()


def left() -> list[str]:
    """What Excel opens when it starts, and our file."""
    told = [
        f"{name}: {value.data}"
        for name in hive.names(excel.OPTIONS)
        if (value := hive.read(excel.OPTIONS, name))
    ]
    return told + [excel.FILE] * excel.file().exists()


def excel_answers() -> str:
    """What the doctor says of Excel."""
    return examination.ask(host).state.name


hive.write(excel.APP_PATH, "", Value(sys.executable))  # a program of as many bits
hive.write(excel.NEWEST, "", Value("Excel.Application.16"))
hive.write(excel.OPTIONS, "OPEN", SOLVER)
with contextlib.redirect_stdout(sys.stderr):
    found = [left(), excel_answers(), main(["install", "excel"]), left(), excel_answers()]
    excel.file().write_bytes(b"no workbook")
    found += [excel_answers(), main(["uninstall", "excel"]), left()]
hive.delete(excel.OPTIONS, "OPEN")
print(json.dumps(found))
