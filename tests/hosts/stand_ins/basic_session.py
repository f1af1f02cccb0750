"""Opens the add-in in LibreOffice Calc, whose VBA is another one than pyOpenVBA's, and calls its procedures.

It runs in a Python that has UNO, with the paths of soffice's profile, of the add-in and of the module that
takes the place of others.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = f"walkaway-basic-{os.getpid()}"
PATIENCE = 60  # seconds until Calc must have started
FILTER = "Calc MS Excel 2007 VBA XML"  # the only one of Calc 7.4 that opens an add-in
ALWAYS = 4  # run macros
PROBE = "vnd.sun.star.script:VBAProject.Probe.Probe?language=Basic&location=document"


def connected(process: subprocess.Popen[bytes]) -> Any:
    """The component context of the office process, as soon as it answers."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)


def main(profile: str, addin: str, probe: str, out: str) -> None:
    """Tell the sheets, the modules, and what the probe gives back."""
    options = ("--headless", "--norestore", "--nologo", f"--accept=pipe,name={PIPE};urp;")
    process = subprocess.Popen(["soffice", f"-env:UserInstallation={profile}", *options])
    try:
        context = connected(process)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        how = {"Hidden": True, "FilterName": FILTER, "MacroExecutionMode": ALWAYS}
        given = tuple(PropertyValue(name, 0, value, 0) for name, value in how.items())
        document = desktop.loadComponentFromURL(Path(addin).as_uri(), "_blank", 0, given)
        library = document.BasicLibraries.getByName("VBAProject")
        modules = list(library.ElementNames)
        # Windows starts Python, the ribbon is Excel's, and Basic keeps words such as "step" for itself.
        for name in ("WalkawayServer", "WalkawayButtons", "WalkawayFunctions", "WalkawayWizard"):
            library.removeByName(name)
        library.insertByName("Probe", Path(probe).read_text())
        shown = document.getScriptProvider().getScript(PROBE).invoke((), (), ())[0]
        told = {"sheets": document.Sheets.ElementNames, "modules": modules, "shown": shown}
        Path(out).write_text(json.dumps(told))
        desktop.terminate()
        process.wait(20)
    finally:
        if process.poll() is None:
            process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
