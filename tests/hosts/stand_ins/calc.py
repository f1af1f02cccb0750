"""A headless LibreOffice Calc of its own, with or without our extension in it."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.hosts.libreoffice.extension import extension

PATH = "/usr/bin:/bin"  # a virtual environment's python3 at the front would crash LibreOffice's own
BELIEVE_NO_VALUES = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="Calc"
 oor:package="org.openoffice.Office"><node oor:name="Formula"><node oor:name="Load">
 <prop oor:name="OOXMLRecalcMode"><value>0</value></prop>
 <prop oor:name="ODFRecalcMode"><value>0</value></prop>
</node></node></oor:component-data>
"""
LANGUAGE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="Setup"
 oor:package="org.openoffice"><node oor:name="L10N">
 <prop oor:name="ooSetupSystemLocale"><value>{}</value></prop>
</node></oor:component-data>
"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest"><manifest:file-entry
 manifest:full-path="{}.xcu" manifest:media-type="application/vnd.sun.star.configuration-data"/>
</manifest:manifest>
"""
XLSX = "xlsx:Calc MS Excel 2007 XML"


class Calc:
    """Opens a file in a private profile, as a person would, and saves it as another kind."""

    def __init__(
        self, folder: Path, *, extended: bool = True, recalculates: bool = True, language: str = "en-US"
    ) -> None:
        self.folder = folder
        bundled = folder / "bundled"
        settings = {"language": LANGUAGE.format(language)}
        if recalculates:
            settings["calc"] = BELIEVE_NO_VALUES
        for name, setting in settings.items():
            (bundled / name / "META-INF").mkdir(parents=True)
            (bundled / name / "META-INF" / "manifest.xml").write_text(MANIFEST.format(name))
            (bundled / name / f"{name}.xcu").write_text(setting)
        if extended:
            zipfile.ZipFile(io.BytesIO(extension())).extractall(bundled / "walkaway")

    def saved_as(self, kind: str, source: Path) -> Path:
        """The file after Calc has opened it and saved it as another kind, as "ods" or "html"."""
        out = self.folder / f"out-{len(list(self.folder.glob('out-*')))}"
        command = [
            "soffice",
            f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
            f"-env:BUNDLED_EXTENSIONS={(self.folder / 'bundled').as_uri()}",
            *("--headless", "--convert-to", kind, "--outdir", str(out), str(source)),
        ]
        environment = {"HOME": str(self.folder), "PATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
        made = out / f"{source.stem}.{kind.split(':')[0]}"
        assert made.exists(), done.stdout + done.stderr  # a conversion that failed can exit with 0
        return made

    def values(self, source: Path) -> Worksheet:
        """The first sheet of a file with the values that Calc has calculated."""
        return openpyxl.load_workbook(self.saved_as(XLSX, source), data_only=True).worksheets[0]


def is_installed() -> bool:
    """Whether there is a LibreOffice on this machine."""
    return shutil.which("soffice") is not None


IN_CALC = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not is_installed(), reason="needs LibreOffice"),
    # LibreOffice writes extensions that openpyxl does not know.
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl"),
]
