"""Languages: the catalogue of texts of each, and which one is spoken.

English is the source and needs no catalogue, so nothing is read for it. Every other language is a folder of
`locale/` with the catalogue that gettext reads. The pseudo-language shows which texts are in no catalogue,
and which places are too narrow for longer words.
"""

import os
import re
from pathlib import Path

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import Translation, phrase, speak

ENGLISH, PSEUDO = "en", "en-XA"
VARIABLE = "WALKAWAY_XL_LANGUAGE"
DOMAIN = "walkaway_xl"
FOLDER = Path(__file__).with_name("locale")

PLACEHOLDER = re.compile(r"(\{\w*\}|\{\{|\}\}|%\(\w+\)[sdr]|%[sdr]|%%|`\w+`)")
ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "àçéîñöšûýžÀÇÉÎÑÖŠÛÝŽ")


class LanguageError(WalkawayError):
    """A language that is not there."""


class Pseudo:
    """The pseudo-language: each text in brackets, with accents, its placeholders as they are."""

    def gettext(self, message: str, /) -> str:
        """A text in brackets."""
        parts = PLACEHOLDER.split(message)
        parts[::2] = [part.translate(ACCENTED) for part in parts[::2]]
        return f"⟦{''.join(parts)}⟧" if message else message

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """A text about so many, in brackets."""
        return self.gettext(one if count == 1 else many)


class Catalogue:
    """The catalogue of a language. Another process gets its name, and reads it there."""

    def __init__(self, language: str) -> None:
        import gettext  # English does without it

        self.language = language
        self._texts = gettext.translation(DOMAIN, FOLDER, [language])

    def gettext(self, message: str, /) -> str:
        """A text in the language."""
        return self._texts.gettext(message)

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """A text about so many, in the language."""
        return self._texts.ngettext(one, many, count)

    def __reduce__(self) -> tuple[type["Catalogue"], tuple[str]]:
        return Catalogue, (self.language,)


def languages() -> tuple[str, ...]:
    """The languages that there are, English first."""
    return (ENGLISH, *sorted(path.name for path in FOLDER.glob("*") if path.is_dir()))


def translation(language: str) -> Translation | None:
    """The catalogue of a language; None for English.

    Raises
    ------
    LanguageError
        There is no such language.
    """
    if language == ENGLISH:
        return None
    if language == PSEUDO:
        return Pseudo()
    if language not in languages():
        raise LanguageError(
            phrase(
                "there is no language {language}; there is {languages}",
                language=language,
                languages=", ".join(languages()),
            )
        )
    return Catalogue(language)


def speak_as_asked(language: str = "") -> None:
    """Say everything in a language from now on: the one that is named, else that of the environment."""
    asked = language or os.environ.get(VARIABLE, "")
    if asked:
        speak(translation(asked))
