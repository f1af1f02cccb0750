"""Numbers, texts and names as a formula spells them."""

import re

CELL_LIKE = re.compile(r"^([A-Za-z]{1,3})(\d+)$")  # P1 would be a cell
INSIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]")


def literal(value: float | str | bool) -> str:
    """A number, a text or a truth value."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return str(value).upper()
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    digits, e, exponent = repr(float(value)).partition("e")
    return f"{digits}E{int(exponent):+d}" if e else digits


def is_whole(text: str) -> bool:
    """Whether a part of a formula stays together next to any operator, without brackets of its own."""
    while text != (outside := INSIDE.sub("_", text)):
        text = outside
    return not re.search(r"[-+*/^&=<>, ]", text)
