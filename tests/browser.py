"""A page in the headless Chromium that is on the machine, asked over a pipe: no driver and no network."""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe")
# The browser listens on 3 and answers on 4, whatever numbers the pipes have in this process.
START = """import os, sys
asked, answered = (os.dup(int(number)) for number in sys.argv[1:3])
os.dup2(asked, 3)
os.dup2(answered, 4)
for number in (3, 4):
    os.set_inheritable(number, True)
os.execv(sys.argv[3], sys.argv[3:])"""


class Page:
    """A page that is open, and all that it has complained of."""

    def __init__(self, asks: Any, answers: Any):
        self.asks, self.answers = asks, answers
        self.session: str | None = None
        self.number = 0
        self.events: list[Mapping[str, Any]] = []

    def send(self, method: str, **what: Any) -> Any:
        """Ask the browser, and wait for its answer."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": what}
        if self.session is not None:
            message["sessionId"] = self.session
        self.asks.write(json.dumps(message).encode() + b"\0")
        self.asks.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def _next(self) -> Any:
        text = bytearray()
        while (sign := self.answers.read(1)) != b"\0":
            assert sign, "the browser has ended"
            text += sign
        return json.loads(text)

    def open(self, address: str) -> None:
        """Show a page, and wait until it is there."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.send("Page.navigate", url=address)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        answer = self.send("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key, as a person does."""
        codes = {"Tab": 9, "Enter": 13, "ArrowRight": 39, "ArrowDown": 40}
        text = {"text": "\r"} if key == "Enter" else {}
        common = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        self.send("Input.dispatchKeyEvent", type="keyDown", **common, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def shows(
        self, *, width: int = 1200, height: int = 900, dark: bool = False, printed: bool = False
    ) -> None:
        """On what it is looked at."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", media="print" if printed else "", features=[scheme])

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """A picture of the page."""
        taken = self.send("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(taken["data"]))

    def printed(self, path: Path) -> None:
        """The page as it is printed."""
        made = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        path.write_bytes(base64.b64decode(made["data"]))

    def complaints(self) -> list[str]:
        """What stands in its console, and what it wanted from elsewhere."""
        said = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        asked = [event for event in self.events if event["method"] == "Network.requestWillBeSent"]
        addresses = [event["params"]["request"]["url"] for event in asked]
        own = ("file:", "data:", "about:", "blob:")
        return [json.dumps(event["params"]) for event in self.events if event["method"] in said] + [
            address for address in addresses if not address.startswith(own)
        ]


@contextmanager
def opened(path: Path, profile: Path, address: str = "") -> Iterator[Page]:
    """A page of a file in a browser of its own."""
    assert CHROMIUM
    asked, asks = os.pipe()
    answers, answered = os.pipe()
    arguments = [CHROMIUM, *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(
        [sys.executable, "-c", START, str(asked), str(answered), *arguments],
        pass_fds=(asked, answered),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(asked)
        os.close(answered)
        with os.fdopen(asks, "wb") as to_browser, os.fdopen(answers, "rb") as from_browser:
            page = Page(to_browser, from_browser)
            try:
                page.open(path.as_uri() + address)
                yield page
            finally:
                page.session = None
                page.send("Browser.close")
        process.wait(20)
