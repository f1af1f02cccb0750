"""The numbers in a text, in every way that people may have written them and meant them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from walkaway_xl.workbooks.sharing import fraction_words, number_words

MARKS = r".,'_·"
PIECE = re.compile(rf"\.?\d[\d{MARKS}]*")
SPACED = re.compile(r"(?<!\d)\d{1,3}(?:[\s']\d{3})+(?!\d)(?:[.,]\d+)?")  # spaces between the thousands
MIXED = re.compile(r"(?<!\d)(?:(\d{1,15})\s+)?(\d{1,3})\s*([⁄/])\s*(\d{1,3})(?![\d⁄/])")
GLUED = re.compile(r"(?<=\d)(?=[¼½¾⅐-⅞])")
RAISED = re.compile(r"10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
POWER = re.compile(r"\s*(?:e|[x×*·]\s*10\s*\^\s*)([+−-]?\d{1,2})(?!\w)", re.IGNORECASE)
GROUP = 3  # digits between two marks that stand between thousands

MAGNITUDES: Mapping[str, tuple[float, ...]] = {
    "%|per ?cent|pct|prozent|pour ?cent|v\\.? ?h\\.?": (1e-2,),
    "‰|promille": (1e-3,),
    "bps?|basis points?|basispunkte?": (1e-4,),
    "hundred|hundert": (1e2,),
    "k|t(?=€|eur)|tsd\\.?|tausend|thousand|mille": (1e3,),
    "lakhs?|lacs?": (1e5,),
    "m|mm|mn|mio\\.?|mill?\\.|million(?:s|en|e)?": (1e6,),
    "crores?|cr\\.?": (1e7,),
    "bn|b|mrd\\.?|milliard(?:s|en|e)?": (1e9,),
    "billion(?:s|en|e)?": (1e9, 1e12),  # English and German
}
BEHIND = {
    re.compile(rf"\s*(?:{words})(?:€|eur|usd|gbp|chf|inr|\$|£|₹)?(?![^\W\d_])", re.IGNORECASE): scales
    for words, scales in MAGNITUDES.items()
}


class Written(NamedTuple):
    """A number as it stands in a text, with a point for the decimals, and what it is times."""

    digits: str
    scale: float = 1.0


def numbers(text: str) -> Iterator[Written]:
    """All readings of all numbers in a text.

    Parameters
    ----------
    text : str
        What a cell shows. Letters without a shape are passed over.

    Yields
    ------
    Written
        Also those that a number is together with what follows it: a magnitude, per cent, a fraction, a power.
    """
    plain = _plain(text)
    for match in (*PIECE.finditer(plain), *SPACED.finditer(plain)):
        scales = list(_scales(plain, match.end()))
        for reading in _readings(match[0]):
            yield Written(reading)
            yield from (Written(reading, scale) for scale in scales)
    for match in MIXED.finditer(plain):
        whole, above, line, below = match.groups()
        if int(below) and (whole or line == "⁄"):  # 24/7 is none
            yield Written(f"{int(whole or 0) + int(above) / int(below):.15g}")
    for value in (*number_words.values(plain), *fraction_words.values(plain)):
        yield Written(f"{value:.15g}")


def _plain(text: str) -> str:
    """A text without what cannot be seen, with the signs that everybody has."""
    text = RAISED.sub(lambda match: f"10^{unicodedata.normalize('NFKC', match[1])}", GLUED.sub(" ", text))
    text = unicodedata.normalize("NFKC", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
    return text.replace("’", "'").replace("٫", ".").replace("٬", "'")


def _readings(written: str) -> set[str]:
    piece = re.sub(r"[\s'_]", "", written).replace("·", ".").strip(",").rstrip(".")
    digits = re.sub(r"[.,]", "", piece)
    whole, mark, part = (*re.split(r"([.,])(?=\d*$)", piece, maxsplit=1), "", "")[:3]
    readings = {re.sub(r"[.,]", "", whole) + (f".{part}" if mark else "")}
    if (mark and len(part) == GROUP) or len(re.findall(r"[.,]", piece)) > 1:
        readings.add(digits)
    if piece.count(",") > 1 and "." not in piece:
        readings |= set(piece.split(","))  # a list without spaces
    return readings - {""}


def _scales(plain: str, end: int) -> Iterator[float]:
    power = POWER.match(plain, end)
    if power:
        yield 10.0 ** int(power[1].replace("−", "-"))
    for behind, scales in BEHIND.items():
        if behind.match(plain, end):
            yield from scales
