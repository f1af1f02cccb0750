"""Values as TOML writes them."""

import json
from datetime import date


def literal(value: float | str | bool | date) -> str:
    """A number, a text, yes or no, or a day as it stands behind ``name =``.

    >>> literal(64.0), literal("a \\"b\\""), literal(date(2026, 12, 31))
    ('64', '"a \\\\"b\\\\""', '2026-12-31')
    """
    if isinstance(value, str):
        return escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.0f}" if value == int(value) else repr(float(value))


def escaped(text: str) -> str:
    """A text without the signs that end a line or that TOML does not allow."""
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text)
