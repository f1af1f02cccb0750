"""Both pictures of every sheet: as a printed page, and on a screen of 1366×768 at 100 %.

    python -m tests.workbooks.pictures FOLDER [WORKBOOK.xlsx …]

Without workbooks, all templates are drawn, blank and with their examples. It needs LibreOffice, pdftoppm of
Poppler, and for the screens Xvfb, xwd and xdotool.
"""

import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from openpyxl import load_workbook

from walkaway_xl import artefacts
from walkaway_xl.workbooks import TEMPLATES

SCREEN = (1366, 768)
DISPLAY = f":{90 + os.getpid() % 100}"
PATIENCE = 60  # seconds until a program must have opened
SETTLED = 1.5  # seconds until a sheet is drawn


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """A program and all that it starts, ended at the end."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def office(profile: Path) -> list[str]:
    """LibreOffice with a profile of its own, so that it neither meets nor disturbs another one."""
    return ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo"]


def draw_pages(book: Path, folder: Path, profile: Path) -> None:
    """Write each printed page as a picture."""
    command = [*office(profile), "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    page = folder / f"{book.stem}.pdf"
    subprocess.run(["pdftoppm", "-png", "-r", "70", str(page), str(folder / f"{book.stem}-page")], check=True)


def draw_screens(book: Path, folder: Path, profile: Path) -> None:
    """Write what each sheet shows first, as a picture of the screen."""
    environment = {**os.environ, "DISPLAY": DISPLAY}

    def ask(*command: str) -> bytes:
        return subprocess.run(command, env=environment, capture_output=True, check=False).stdout

    sheets = [sheet.title for sheet in load_workbook(book).worksheets if sheet.sheet_state == "visible"]
    with running([*office(profile), "--calc", str(book)], environment):
        until = time.monotonic() + PATIENCE
        while not (found := ask("xdotool", "search", "--name", "LibreOffice Calc").split()):
            if time.monotonic() > until:
                raise TimeoutError(f"LibreOffice did not open {book} within {PATIENCE} seconds")
            time.sleep(SETTLED / 3)
        window = found[0].decode()
        time.sleep(2 * SETTLED)
        ask("xdotool", "windowmove", window, "0", "0")
        ask("xdotool", "windowsize", window, *map(str, SCREEN))
        ask("xdotool", "windowfocus", window)  # else no key comes to it
        for number, title in enumerate(sheets, 1):
            time.sleep(SETTLED)
            pixels = read_dump(ask("xwd", "-root", "-silent", "-display", DISPLAY))
            (folder / f"{book.stem}-screen-{number}-{title}.png").write_bytes(png(pixels))
            ask("xdotool", "key", "ctrl+Next")


def read_dump(dump: bytes) -> np.ndarray:
    """The pixels of a window dump: rows of red, green and blue."""
    fields = struct.unpack(">25I", dump[:100])
    header, width, height, line, colours = (fields[index] for index in (0, 4, 5, 12, 19))
    start = header + 12 * colours
    rows = np.frombuffer(dump, np.uint8, height * line, start).reshape(height, line)
    return np.ascontiguousarray(rows[:, : 4 * width].reshape(height, width, 4)[..., 2::-1])


def png(pixels: np.ndarray) -> bytes:
    """Pixels as a picture that every program opens."""
    height, width, _ = pixels.shape
    unfiltered = np.zeros((height, 1 + 3 * width), np.uint8)
    unfiltered[:, 1:] = pixels.reshape(height, 3 * width)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(unfiltered.tobytes())
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def main(target: str, *books: str) -> None:
    """Draw them."""
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        profile = Path(scratch) / "profile"
        # A copy: next to a workbook that was open when its program ended lies a lock, and the next one asks.
        paths = [Path(shutil.copy(book, scratch)) for book in books]
        for template in TEMPLATES if not books else ():
            for example in (False, True) if template.has_example else (False,):
                path = Path(scratch) / f"{template.name}{'_example' if example else ''}.xlsx"
                path.write_bytes(artefacts.workbook(template, example=example))
                paths.append(path)
        with running(["Xvfb", DISPLAY, "-screen", "0", "{}x{}x24".format(*SCREEN)], dict(os.environ)):
            time.sleep(SETTLED)
            for path in paths:
                draw_pages(path, folder, profile)
                draw_screens(path, folder, profile)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
