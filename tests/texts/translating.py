"""A translation as a translator would write it, compiled as `python -m tests.texts` does it."""

from pathlib import Path

from tests.texts.__main__ import compile_translation
from walkaway_xl.languages import DOMAIN

HEAD = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

"""


def translated(folder: Path, language: str, messages: str) -> None:
    """Write the catalogue of a language into a folder like `locale`; messages are as a .po file has them."""
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    source = place / f"{DOMAIN}.po"
    source.write_text(HEAD + messages, "utf-8")
    compile_translation(source)
