"""What people read, in their language: English, unless whoever shows it hands a translation over.

The English text is the key, and a whole sentence; {names} in braces stand for what is put in. The core says
what it has to say through `phrase` and knows no language: `walkaway_xl.languages` does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Translation(Protocol):
    """A catalogue of texts, as the gettext of the standard library has them."""

    def gettext(self, message: str, /) -> str:
        """A text in the language."""
        ...

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """A text about so many, in the language."""
        ...


_spoken: list[Translation] = []  # the last is in force; English has none


@contextmanager
def spoken_in(translation: Translation | None) -> Iterator[None]:
    """Say everything in a language as long as this is open; None stands for English."""
    before = [*_spoken]
    _spoken[:] = [] if translation is None else [translation]
    try:
        yield
    finally:
        _spoken[:] = before


def speak(translation: Translation | None) -> None:
    """Say everything in a language from now on; None stands for English."""
    _spoken[:] = [] if translation is None else [translation]


def spoken() -> Translation | None:
    """The translation in force; None in English."""
    return _spoken[-1] if _spoken else None


def phrase(text: str, /, **values: object) -> str:
    """A text in the reader's language, with what belongs into it.

    Parameters
    ----------
    text : str
        The English text, as it stands in the source: the catalogue is made of what stands there.
    values : object
        What stands for each {name}.
    """
    shown = _spoken[-1].gettext(text) if _spoken else text
    return shown.format(**values) if values else shown


def phrase_count(one: str, many: str, count: int, /, **values: object) -> str:
    """A text about so many, of which {count} is the number: "{count} line", "{count} lines"."""
    shown = _spoken[-1].ngettext(one, many, count) if _spoken else one if count == 1 else many
    return shown.format(**{"count": f"{count:,}", **values})


def later(text: str) -> str:
    """The text itself: it is a constant, and becomes a phrase where it is shown."""
    return text
