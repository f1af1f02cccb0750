"""Makes Pyodide with NumPy, for the tests of what xlwings Lite runs: python tests/hosts/pyodide/build.py

No registry has NumPy for Pyodide, so its source is compiled here, in some three minutes. Needed are
Emscripten (Debian's will do), npm, and a Python of the version that Pyodide has, with its headers.
"""

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MADE = HERE.parents[2] / ".hosts" / "pyodide"
NUMPY = MADE / "numpy"  # the folder to import from; there as soon as it is whole
SESSION = HERE / "session.mjs"
VERSION = "2.4.6"

# Older Emscriptens give time_t four bytes. Pyodide gives it eight.
HEADER = """#ifndef Py_PYCONFIG_H
#define Py_PYCONFIG_H
#define __DEFINED_time_t
typedef long long time_t;
{defines}
#endif
"""


def main() -> int:
    """Make what is not there yet."""
    for tool in ("node", "npm", "emcc"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is missing; on Debian: apt install nodejs npm emscripten")
    MADE.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", MADE)
    quiet = ("--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run(["npm", "install", *quiet], cwd=MADE, check=True)
    if not NUMPY.exists():
        with tempfile.TemporaryDirectory(dir=MADE) as folder:
            built(Path(folder)).rename(NUMPY)
    return 0


def built(folder: Path) -> Path:
    """NumPy, compiled in a folder."""
    with Path(sysconfig.get_config_h_filename()).open(encoding="utf-8") as file:
        names = list(sysconfig.parse_config_h(file))
    version, ending, settings = _settings(names)
    if tuple(version) != sys.version_info[:2]:
        sys.exit(f"Pyodide has Python {version[0]}.{version[1]}: run this with the same, and its headers")
    header, machine = folder / "pyconfig.h", folder / "emscripten.ini"
    defines = [f"#define {name} {value}" for name, value in settings.items() if value and type(value) is int]
    header.write_text(HEADER.format(defines="\n".join(defines)))
    machine.write_text((HERE / "emscripten.ini").read_text().replace("HEADER", str(header)))
    meson = [f"--cross-file={machine}", "-Dallow-noblas=true", "-Ddisable-optimization=true"]
    meson += ["-Dcpu-baseline=none", "-Dcpu-dispatch=none"]
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"),
            # pip would take the wheel for one of this machine, and keep it.
            *("--no-cache-dir", "--no-binary", "numpy", f"numpy=={VERSION}", "--wheel-dir", str(folder)),
            *(f"--config-settings=setup-args={option}" for option in meson),
        ],
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "numpy")
    for module in (folder / "numpy").rglob("*.so"):
        module.rename(module.with_name(module.name.partition(".")[0] + ending))
    return folder / "numpy"


def _settings(names: list[str]) -> Any:
    """What Pyodide says of its Python."""
    command = ["node", str(SESSION), str(MADE / "node_modules" / "pyodide"), str(HERE / "settings.py")]
    asked = json.dumps(names)
    told = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return json.loads(json.loads(told.stdout))


if __name__ == "__main__":
    sys.exit(main())
