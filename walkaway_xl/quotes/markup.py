"""HTML put together from elements, every text escaped: nothing that a file says becomes markup."""

import re
from collections.abc import Sequence
from html import escape

from walkaway_xl.core.texts import visible

PLAIN = re.compile(r"[A-Za-z0-9 .,:;%()/=_−·-]*").fullmatch
VOID = ("meta", "link", "br", "input")


class Html(str):
    """Markup; any other text is escaped before it stands in it."""

    __slots__ = ()


def element(tag: str, /, *held: "str | None", **attributes: str | None) -> Html:
    """An element with what it holds.

    Parameters
    ----------
    tag : str
        Its name.
    *held : str or None
        Markup or texts; None is left out.
    **attributes : str or None
        `class_` is class, `aria_label` is aria-label; None is left out.
    """
    stated = "".join(
        [
            f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"'
            for key, value in attributes.items()
            if value is not None
        ]
    )
    if tag in VOID:
        return Html(f"<{tag}{stated}>")
    return Html(f"<{tag}{stated}>{_inner(held)}</{tag}>")


def joined(*parts: "str | None") -> Html:
    """Markup and texts after one another."""
    return Html(_inner(parts))


def _inner(parts: "Sequence[str | None]") -> str:
    return "".join([part if isinstance(part, Html) else _escaped(part) for part in parts if part is not None])


def _escaped(text: str) -> str:
    """A text as it may stand in markup; most have no sign to look at."""
    return text if PLAIN(text) else escape(visible(text))
