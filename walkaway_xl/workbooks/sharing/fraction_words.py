"""Fractions, dozens and 6k5: numbers that people say in parts, in English, German and French."""

import re
from collections.abc import Iterator, Mapping

from walkaway_xl.workbooks.sharing.number_words import ENGLISH, FRENCH, GERMAN

ARTICLES = {"a": 1, "an": 1, "eine": 1, "einer": 1, "eines": 1, "einen": 1}
COUNTS: Mapping[str, int] = {
    word: value
    for words in (ENGLISH.words, GERMAN.words, FRENCH.words, ARTICLES)
    for word, value in words.items()
    if 0 < value < 100
}
HALVES = ("half", "hälfte", "haelfte", "moitié")  # told without a count
PARTS: Mapping[str, float] = {
    **dict.fromkeys((*HALVES, "halves", "halb", "halbe", "halbes", "halben", "demi", "demie"), 1 / 2),
    **dict.fromkeys(("third", "thirds", "drittel", "tiers"), 1 / 3),
    **dict.fromkeys(("quarter", "quarters", "viertel", "quart", "quarts"), 1 / 4),
    **dict.fromkeys(("fifth", "fifths", "fünftel", "cinquième", "cinquièmes"), 1 / 5),
    **dict.fromkeys(("eighth", "eighths", "achtel", "huitième", "huitièmes"), 1 / 8),
    **dict.fromkeys(("tenth", "tenths", "zehntel", "dixième", "dixièmes"), 1 / 10),
}
UNITS: Mapping[str, float] = {
    **dict.fromkeys(("%", "percent", "per cent", "prozent", "pour cent"), 1e-2),
    **dict.fromkeys(("dozen", "dozens", "dutzend", "douzaine", "douzaines"), 12.0),
    **dict.fromkeys(("hundred", "hundert", "cent", "cents"), 1e2),
    **dict.fromkeys(("thousand", "tausend", "mille", "k"), 1e3),
    **dict.fromkeys(("million", "millions", "millionen", "m", "mio"), 1e6),
    **dict.fromkeys(("billion", "billions", "milliarde", "milliarden", "milliard", "milliards", "bn"), 1e9),
}
# What is told of time in halves and quarters: an hour, the second half, the last quarter.
TIMES = "hours?|minutes?|days?|weeks?|months?|years?|past|to|term|time|heures?|ans?|stunden?|tage?s?|jahre?"


def _any(words: Mapping[str, float]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_COUNT, _PART, _UNIT = rf"\d+(?:[.,]\d+)?|{_any(COUNTS)}", _any(PARTS), _any(UNITS)
_GAP = r"[\s-]+"
SPLIT = re.compile(r"(?<![\w.,])(\d{1,3})([km€$£])(\d{1,3})(?![\w.,]*\w)", re.IGNORECASE)  # 6k5, 6€50
DOZENS = re.compile(rf"\b({_COUNT}){_GAP}(dozens?|dutzend|douzaines?)\b")
AND_A_PART = re.compile(
    rf"\b(?P<count>{_COUNT})(?:{_GAP}(?P<unit>{_UNIT}))?{_GAP}(?:and|und|et){_GAP}"
    rf"(?:(?:an?|one|eine?|une?){_GAP})?(?P<part>{_PART})\b(?:{_GAP}(?P<behind>{_UNIT})(?!\w))?"
)
JOINED = re.compile(
    rf"\b(?:(?P<count>{_any(COUNTS)})einhalb|(?P<and_a_half>anderthalb))(?:{_GAP}|)(?P<behind>{_UNIT})?\b"
)
OF = re.compile(
    rf"\b(?:(?P<count>{_COUNT})(?:{_GAP}|))?(?P<part>{_PART})\b"
    rf"(?:{_GAP}(?:(?:of|d[eu]){_GAP})?(?:(?:an?|einer?){_GAP})?(?P<unit>{_UNIT})(?!\w))?"
    rf"(?!{_GAP}(?:(?:of|an?|einer?|d'une?){_GAP})*(?:{TIMES})\b)"
)


def values(text: str) -> Iterator[float]:
    """The numbers that a text says in parts of others.

    Parameters
    ----------
    text : str
        In any of the three languages, or in several of them.

    Examples
    --------
    >>> list(values("About 6k5, six and a half thousand, half a million or two dozen."))
    [6500.0, 24.0, 6500.0, 500000.0]
    >>> list(values("anderthalb Millionen, three quarters, un million et demi, half an hour"))
    [1500000.0, 1500000.0, 0.75]
    """
    text = text.lower()
    for match in SPLIT.finditer(text):
        whole, sign, part = match.groups()
        yield float(f"{whole}.{part}") * UNITS.get(sign, 1)
    for match in DOZENS.finditer(text):
        yield _counted(match[1]) * UNITS["dozen"]
    mixed = [*AND_A_PART.finditer(text), *JOINED.finditer(text)]
    for match in mixed:
        given = match.groupdict()
        count = 1 if given.get("and_a_half") else _counted(given["count"])
        unit = given.get("unit") or given["behind"]
        yield (count + PARTS[given.get("part") or "half"]) * UNITS.get(unit or "", 1)
    for match in OF.finditer(text):
        if any(other.start() <= match.start("part") < other.end() for other in mixed):
            continue
        if match["count"] or match["unit"] or match["part"] in HALVES:
            count = _counted(match["count"]) if match["count"] else 1
            yield count * PARTS[match["part"]] * UNITS.get(match["unit"] or "", 1)


def _counted(word: str) -> float:
    return float(word.replace(",", ".")) if word[0].isdigit() else COUNTS[word]
