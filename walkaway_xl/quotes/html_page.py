"""A page for a browser or a printer: nothing loaded, every text escaped, at most one own script."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.markup import Html, element
from walkaway_xl.quotes.page_style import STYLE

ALLOWED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
RUNS = "; script-src 'sha256-{digest}'"


@cache
def script() -> tuple[str, str]:
    """The script of a page, and the digest by which a browser lets it run."""
    text = resources.files("walkaway_xl.quotes").joinpath("report.js").read_text("utf-8")
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page(
    title: str,
    under: str,
    first: Sequence[Html],
    parts: Mapping[str, Sequence[Html]],
    version: str,
    *,
    is_alive: bool = False,
) -> bytes:
    """The page.

    Parameters
    ----------
    title, under : str
        At its head.
    first : sequence of Html
        What stands before the parts.
    parts : mapping
        What it holds, by the titles of its parts.
    version : str
        Of the program.
    is_alive : bool, optional
        Whether its lines are filtered and sorted.
    """
    links = [element("li", element("a", name, href=f"#part{number}")) for number, name in enumerate(parts, 1)]
    sections = [
        element("section", element("h2", name), *held, id=f"part{number}")
        for number, (name, held) in enumerate(parts.items(), 1)
    ]
    text, digest = script() if is_alive else ("", "")
    allowed = ALLOWED + (RUNS.format(digest=digest) if is_alive else "")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width,initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=allowed),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        element("style", Html(STYLE)),
    )
    body = element(
        "body",
        element("a", phrase("To the figures"), class_="skip", href="#figures"),
        element("header", element("h1", title), element("p", under, class_="mute")),
        element("nav", element("ul", *links), aria_label=phrase("Parts of the report")),
        element("main", *first, *sections, id="figures"),
        element("footer", f"walkaway-xl {version}"),
        element("script", Html(text)) if is_alive else None,
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()
