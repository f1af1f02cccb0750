"""Opens the add-in in LibreOffice Calc, whose VBA is another one than pyOpenVBA's, and calls its procedures.

It runs in a Python that has UNO, with the paths of soffice's profile, of the add-in and of the module that
takes the place of others.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "workbooks"))
from calc_session import office
from com.sun.star.beans import PropertyValue

FILTER = "Calc MS Excel 2007 VBA XML"  # the only one of Calc 7.4 that opens an add-in
ALWAYS = 4  # run macros
PROBE = "vnd.sun.star.script:WalkawayXL.Probe.Probe?language=Basic&location=document"


def main(profile: str, addin: str, probe: str, out: str) -> None:
    """Tell the sheets, the modules, and what the probe gives back."""
    with office(profile) as desktop:
        how = {"Hidden": True, "FilterName": FILTER, "MacroExecutionMode": ALWAYS}
        given = tuple(PropertyValue(name, 0, value, 0) for name, value in how.items())
        document = desktop.loadComponentFromURL(Path(addin).as_uri(), "_blank", 0, given)
        library = document.BasicLibraries.getByName("WalkawayXL")
        modules = list(library.ElementNames)
        # Windows starts Python, the ribbon is Excel's, and Basic keeps words such as "step" for itself.
        for name in ("WalkawayServer", "WalkawayButtons", "WalkawayFunctions", "WalkawayWizard"):
            library.removeByName(name)
        library.insertByName("Probe", Path(probe).read_text())
        shown = document.getScriptProvider().getScript(PROBE).invoke((), (), ())[0]
        told = {"sheets": document.Sheets.ElementNames, "modules": modules, "shown": shown}
        Path(out).write_text(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
