"""Text of strangers as a screen or a log can bear it."""

import re
import unicodedata
from collections.abc import Sequence

# Letters without a shape, which Python counts as printable.
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
MOST_NAMES, LONGEST_NAME = 20, 60
OTHER_THAN_ASCII = re.compile(r"[^ -~]")


def some_of(names: Sequence[str]) -> str:
    """Names as a sentence can bear them: the first ones, none too long, and how many more there are.

    Examples
    --------
    >>> some_of(["class", "x" * 5000])
    'class, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    shown = [shortened(name) for name in names[:MOST_NAMES]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """A text of so many letters at most."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def visible(text: str, *, lines: bool = False) -> str:
    r"""A text in which nothing is hidden, reverses what stands beside it, or speaks to a terminal.

    Parameters
    ----------
    text : str
        What a file, a path or somebody else said.
    lines : bool, optional
        Whether it may go over several lines.

    Returns
    -------
    str
        Control and format characters, and line breaks where there is one line, are written as JSON writes
        them, so that JSON stays what it was.

    Examples
    --------
    >>> print(visible("Desk \x1b[2J\u202e"))
    Desk \u001b[2J\u202e
    """
    return OTHER_THAN_ASCII.sub(lambda match: _spelled(match[0], lines), text)


def _spelled(letter: str, lines: bool) -> str:
    is_seen = letter not in UNSEEN and (letter.isprintable() or unicodedata.category(letter) == "Zs")
    if is_seen or (lines and letter == "\n"):
        return letter
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))
