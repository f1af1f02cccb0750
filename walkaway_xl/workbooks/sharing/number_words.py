"""Numbers in words, in English, German and French: what "six thousand five hundred" comes to."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

FEWEST = 13  # below, a word alone is as often an article or an adjective: ein, un, neuf, six people


class Language(NamedTuple):
    """The words of a language and their values; what joins them, and what stands before decimals."""

    words: Mapping[str, int]
    joints: frozenset[str]
    point: str


def _counted(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Words in the order of what they count; several for one are written with a slash."""
    counted = enumerate(words.split())
    return {spelled: first + place * step for place, spellings in counted for spelled in spellings.split("/")}


ENGLISH = Language(
    _counted("zero/oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen")
    | _counted("fifteen sixteen seventeen eighteen nineteen", first=15)
    | _counted("twenty thirty forty/fourty fifty sixty seventy eighty ninety", first=20, step=10)
    | {"hundred": 100, "thousand": 1_000, "million": 10**6, "millions": 10**6, "billion": 10**9}
    | {"lakh": 100_000, "lakhs": 100_000, "crore": 10**7, "crores": 10**7},
    frozenset({"and"}),
    "point",
)
GERMAN = Language(
    _counted("null ein/eins/eine zwei/zwo drei vier fünf/fuenf sechs sieben acht neun zehn elf")
    | _counted("zwölf/zwoelf dreizehn vierzehn fünfzehn/fuenfzehn sechzehn siebzehn", first=12)
    | _counted("achtzehn neunzehn", first=18)
    | _counted("zwanzig dreißig/dreissig vierzig fünfzig/fuenfzig sechzig", first=20, step=10)
    | _counted("siebzig achtzig neunzig", first=70, step=10)
    | {"hundert": 100, "tausend": 1_000, "million": 10**6, "millionen": 10**6}
    | {"milliarde": 10**9, "milliarden": 10**9},
    frozenset({"und"}),
    "komma",
)
FRENCH = Language(
    _counted("zéro/zero un/une deux trois quatre cinq six sept huit neuf dix onze douze treize")
    | _counted("quatorze quinze seize", first=14)
    | _counted("vingt/vingts trente quarante cinquante soixante", first=20, step=10)
    | {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
    | {"cent": 100, "cents": 100, "mille": 1_000, "million": 10**6, "millions": 10**6}
    | {"milliard": 10**9, "milliards": 10**9},
    frozenset({"et"}),
    "virgule",
)
PARTS = sorted((*GERMAN.words, *GERMAN.joints), key=len, reverse=True)
LONGEST = 100  # letters of a joined word; the longest number below a million has 66
WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[\s-]*")


def values(text: str) -> Iterator[float]:
    """The numbers that a text says in words.

    Parameters
    ----------
    text : str
        In any of the three languages, or in several of them.

    Examples
    --------
    >>> list(values("Not above six thousand five hundred, sechstausendfünfhundert or six mille cinq cents."))
    [6500.0, 6500.0, 6500.0]
    >>> list(values("quatre-vingt-dix-sept, einundvierzig Komma zwei fünf, one of six people"))
    [41.25, 97.0]
    """
    for language in (ENGLISH, GERMAN, FRENCH):
        for run in _runs(text.lower(), language):
            whole, _, part = run.partition(f" {language.point} ")
            atoms = [language.words[atom] for atom in whole.split()]
            if len(atoms) > 1 or atoms[0] in range(FEWEST, 100):
                decimals = "".join(str(language.words[atom]) for atom in part.split())
                yield float(f"{_valued(atoms)}.{decimals or 0}")


def _runs(text: str, language: Language) -> Iterator[str]:
    """Words of numbers that stand together, apart by spaces only, and split where German joins them."""
    run: list[str] = []
    end = 0
    for match in WORD.finditer(text):
        atoms = _atoms(match[0], language)
        joined = BETWEEN.fullmatch(text, end, match.start()) is not None
        if run and not joined:
            yield from _closed(run, language)
            run = []
        joins = run and (match[0] in language.joints or match[0] == language.point)
        if atoms or joins:
            run += atoms or [match[0]]
        elif run:
            yield from _closed(run, language)
            run = []
        end = match.end()
    yield from _closed(run, language)


def _closed(run: Sequence[str], language: Language) -> Iterator[str]:
    """A run without its joints, unless nothing is left of it."""
    atoms = [atom for atom in run if atom not in language.joints]
    while atoms and atoms[-1] == language.point:
        atoms.pop()
    if atoms and atoms.count(language.point) < 2:
        yield " ".join(atoms)


def _atoms(word: str, language: Language) -> list[str]:
    """The words that a word is joined of, none if it is no number."""
    if word in language.words:
        return [word]
    return list(_joined(word)) if language is GERMAN and len(word) <= LONGEST else []


@functools.lru_cache(maxsize=4096)
def _joined(word: str) -> tuple[str, ...]:
    """The words of numbers that a German word is joined of."""
    if word in GERMAN.words:
        return (word,)
    for first in PARTS:
        rest = _joined(word.removeprefix(first)) if word.startswith(first) else ()
        if rest:
            return rest if first in GERMAN.joints else (first, *rest)
    return ()


def _valued(atoms: Sequence[int]) -> int:
    """What words of numbers come to, whichever order a language has them in."""
    total = group = 0
    for atom in atoms:
        if atom == 20 and group % 100 == 4:  # quatre-vingts
            group += 76
        elif atom < 100:
            group += atom
        elif atom == 100:
            group = (group or 1) * atom
        else:
            total, group = total + (group or 1) * atom, 0
    return total + group
