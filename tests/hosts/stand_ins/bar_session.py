"""Opens a workbook in LibreOffice Calc as it is shown to people, and tells whether a bar stands above it.

It runs in a Python that has UNO, with the paths of soffice's profile, of its extensions, of the workbook and
of the answer, and the name of the bar.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "workbooks"))
from calc_session import office

PATIENCE = 10  # seconds until the bar must be there


def main(profile: str, extensions: str, workbook: str, out: str, bar: str) -> None:
    """Tell whether the bar is there, and whether the workbook is as it was."""
    with office(profile, f"-env:BUNDLED_EXTENSIONS={extensions}") as desktop:
        document = desktop.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, ())
        until = time.monotonic() + PATIENCE
        while not (shown := document.CurrentController.hasInfobar(bar)) and time.monotonic() < until:
            time.sleep(0.2)
        Path(out).write_text(json.dumps([bool(shown), bool(document.isModified())]))
        document.close(False)


if __name__ == "__main__":
    main(*sys.argv[1:])
