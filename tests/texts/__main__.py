"""python -m tests.texts writes the catalogue for translators, and compiles what they have translated."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.texts.collecting import PACKAGE, collected
from walkaway_xl import __version__
from walkaway_xl.languages import DOMAIN

TEMPLATE = PACKAGE / "locale" / f"{DOMAIN}.pot"
PLACES = 2  # of a text that stands in more


def catalogue() -> Catalog:
    """The catalogue of English texts."""
    texts = Catalog(
        project="walkaway-xl",
        version=__version__,
        copyright_holder="the authors of walkaway-xl",
        msgid_bugs_address="",
        creation_date=datetime(2026, 1, 1, tzinfo=UTC),
        fuzzy=False,
    )
    for (one, many), places in collected().items():
        texts.add(
            (one, many) if many else one,
            flags=["python-brace-format"] if "{" in one else [],
            auto_comments=sorted({place.rpartition(":")[0] or place for place in places})[:PLACES],
        )
    return texts


def as_template() -> bytes:
    """The catalogue as the file that translators begin with."""
    file = BytesIO()
    write_po(file, catalogue(), width=100, sort_output=True)
    return file.getvalue()


def compile_translation(source: Path) -> None:
    """Write beside a translation the catalogue that gettext reads."""
    with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
        write_mo(mo, read_po(po, locale=source.parts[-3].replace("-", "_")))


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(as_template())
    for translated in sorted(PACKAGE.glob(f"locale/*/LC_MESSAGES/{DOMAIN}.po")):
        compile_translation(translated)
