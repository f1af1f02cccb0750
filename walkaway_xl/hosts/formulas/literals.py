"""Numbers, texts and names as a formula spells them."""


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
