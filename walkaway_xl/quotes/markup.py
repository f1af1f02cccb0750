"""HTML put together from elements, every text escaped: nothing that a file says becomes markup."""

from html import escape

from walkaway_xl.core.texts import visible

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
        f' {key.rstrip("_").replace("_", "-")}="{escape(visible(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in VOID:
        return Html(f"<{tag}{stated}>")
    inner = "".join(
        part if isinstance(part, Html) else escape(visible(part)) for part in held if part is not None
    )
    return Html(f"<{tag}{stated}>{inner}</{tag}>")


def joined(*parts: "str | None") -> Html:
    """Markup and texts after one another."""
    return Html(
        "".join(
            part if isinstance(part, Html) else escape(visible(part)) for part in parts if part is not None
        )
    )
