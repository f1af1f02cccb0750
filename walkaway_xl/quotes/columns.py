"""Which column of a file holds what: by the words that people use, or as they say."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from walkaway_xl.asking import AmbiguityError, Meaning, MissingError
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.core.texts import shortened, some_of
from walkaway_xl.quotes.currencies import HEADED, name_of, one_of_both
from walkaway_xl.quotes.heads import LABELS, NUMBERS, OPEN, WORDS, split
from walkaway_xl.quotes.quote_error import QuoteError

NEEDED = ("list_price", "discount", "cost", "quantity")  # what a check asks of a line; all else leads there
SHARES = ("discount", "margin_share", "markup")  # which may be written in percent
NO_MONEY = (*SHARES, "quantity", "terms_days")
SEVERAL = ("discount",)  # which are taken one after the other
NONE = "-"  # in place of a column: the file has none of that kind

# From what each number follows, where no column states it: the first way that is there.
WAYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "list_price": (("list_value", "quantity"), ("net_price", "discount"), ("net_price", "unit_discount")),
    "net_price": (("net_value", "quantity"), ("list_price", "discount")),
    "unit_discount": (("discount_value", "quantity"),),
    "discount": (("unit_discount", "list_price"), ("net_price", "list_price")),
    "unit_profit": (("profit_value", "quantity"),),
    "cost": (
        ("cost_value", "quantity"),
        ("margin_share", "net_price"),
        ("markup", "net_price"),
        ("unit_profit", "net_price"),
    ),
}
BEFORE_TAX = re.compile(r"\bHT\b")
PERCENT = re.compile(r"%|percent|prozent|pct|pourcent|porcent|percentual", re.IGNORECASE)
NUMBERED = re.compile(r"[\s_.-]*([1-9])\b")
AGAIN = "#"  # between a name and how often it was there before


class Columns(NamedTuple):
    """Names of the columns that a check reads; None for what the file does not have."""

    numbers: Mapping[str, tuple[str, ...]]  # by what they are; several discounts follow one another
    product_class: str | None
    product: str | None
    percents: frozenset[str] = frozenset()  # of the shares, those written so that 15 is 15 %
    currency: str | None = None
    kind: str | None = None  # of document: an invoice, or a credit note
    date: str | None = None
    in_heads: str | None = None  # the currency that heads of amounts name

    @property
    def names(self) -> list[str]:
        """All of them that say something of a line; a currency alone makes none."""
        numbers = [name for names in self.numbers.values() for name in names]
        return numbers + [name for name in (self.product_class, self.product) if name]


def plain(name: str) -> str:
    """A name without what people vary: case, accents, spaces and punctuation, but for the percent sign."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter == "%")


def assignments(given: Iterable[str]) -> dict[str, list[str]]:
    """`list_price=List Price` as what is meant and the columns that hold it."""
    columns: dict[str, list[str]] = {}
    roles = (*NUMBERS, *WORDS, "product")
    for text in given:
        role, sign, name = text.partition("=")
        role, name = role.strip(), name.strip()
        if not sign or not name or role not in roles:
            raise QuoteError(
                phrase(
                    '--column {shown}: write list_price="List Price"; known are {roles}',
                    shown=text,
                    roles=", ".join(roles),
                )
            )
        for names in columns.values():  # what is answered later is meant
            if name in names and name != NONE:
                names.remove(name)
        columns.setdefault(role, []).append(name)
    for role, names in columns.items():
        if len(names) > 1 and role not in SEVERAL:
            raise QuoteError(
                phrase(
                    "--column {role} is given twice; only discounts are taken one after the other",
                    role=role,
                )
            )
    return {role: names for role, names in columns.items() if names}


def mapped(names: Sequence[str], given: Mapping[str, Sequence[str]], source: str) -> Columns:
    """The columns of a file.

    Parameters
    ----------
    names : sequence of str
        Its column names.
    given : mapping
        What the user says, see `assignments`.
    source : str
        The file, for messages.

    Returns
    -------
    Columns
        QuoteError names what is missing, stands twice, or could be either of two.
    """
    taken = {name for role in given for name in given[role]}
    numbers = {role: _columns_of(role, names, given, taken, source) for role in NUMBERS}
    numbers = {role: columns for role, columns in numbers.items() if columns}
    refuse_doubles(names, {name for columns in numbers.values() for name in columns}, source)
    _refuse_missing(numbers, names, given, source)
    used = dict(_used(numbers))
    words = {role: next(iter(_columns_of(role, names, given, taken, source)), None) for role in WORDS}
    labels = given.get("product") or [
        name for word in split(LABELS) for name in names if plain(name) == plain(word)
    ]
    return Columns(
        numbers={role: tuple(columns) for role, columns in used.items()},
        product_class=words["class"],
        product=_column("product", labels[0], names, source) if labels else None,
        currency=words["currency"],
        kind=words["kind"],
        date=words["date"],
        in_heads=_currency_in_heads(used, source),
    )


def _currency_in_heads(used: Mapping[str, Sequence[str]], source: str) -> str | None:
    """The currency that the heads of amounts name; two of them make no margin."""
    held: tuple[str, str] | None = None
    for role, names in used.items():
        for name in names if role not in NO_MONEY else ():
            if (sign := HEADED.search(name)) is None:
                continue
            currency = name_of(sign[0])
            if held is None:
                held = name, currency
            elif (both := one_of_both(held[1], currency)) is not None:
                held = name, both
            else:
                raise QuoteError(
                    phrase(
                        "{source}: column {first} is in {one} and column {second} in {other}; bring them "
                        "into one currency, or leave one out with --column {role}={none}",
                        source=source,
                        first=held[0],
                        one=held[1],
                        second=name,
                        other=currency,
                        role=role,
                        none=NONE,
                    )
                )
    return None if held is None else held[1]


def heads_percent(name: str) -> bool:
    """Whether the head of a column says that it holds percents."""
    return PERCENT.search(name) is not None


def count_needed(names: Sequence[str], given: Mapping[str, Sequence[str]]) -> int:
    """How many things that a check reads a row of names could be the head of."""
    plainly = {form for name in names if name for form in _forms(name)}
    stated = {role for role, columns in given.items() if any(plain(name) in plainly for name in columns)}
    return len(stated | {role for role in NUMBERS if not plainly.isdisjoint(_vocabulary()[role])})


def number_places(names: Sequence[str], given: Mapping[str, Sequence[str]]) -> list[int]:
    """Places of the names that may be the heads of numbers."""
    stated = {plain(name) for role, columns in given.items() if role in NUMBERS for name in columns}
    sure = frozenset().union(*(_vocabulary()[role] for role in NUMBERS))
    return [
        place
        for place, name in enumerate(names)
        if plain(name) in stated or not sure.isdisjoint(_forms(name)) or _open_roles(name)
    ]


def refuse_doubles(names: Sequence[str], read: Iterable[str], source: str) -> None:
    """Refuse a file with two columns of one name, if it is read: nobody could say which is meant."""
    for name in read:
        same = {name, *(f"{name}{AGAIN}{number}" for number in range(2, len(names) + 1))}
        places = [str(number) for number, column in enumerate(names, 1) if column in same]
        if len(places) > 1:
            shown = " and ".join(places[:2]) + (f" and {len(places) - 2:,} more" if places[2:] else "")
            raise QuoteError(
                phrase(
                    "{source}: {name} is the name of columns {shown}; rename one",
                    source=source,
                    name=f"{shortened(name)!r}",
                    shown=shown,
                )
            )


def told_apart(names: Iterable[str]) -> list[str]:
    """Names of columns, each of them once: a second Currency is Currency#2, and one without is Column 7."""
    counts: Counter[str] = Counter()
    apart = []
    for number, name in enumerate(names, 1):
        base = name or f"Column {number}"
        counts[base] += 1
        apart.append(base if counts[base] == 1 else f"{base}{AGAIN}{counts[base]}")
    return apart


def named(name: str, names: Sequence[str], source: str, option: str) -> str:
    """The column that an option names, whatever its case and punctuation."""
    return _column(option, name, names, source)


def segments(by: Sequence[str] | None, names: Sequence[str], columns: Columns, source: str) -> list[str]:
    """The columns that part lines into segments, the widest first.

    Parameters
    ----------
    by : sequence of str or None
        The columns that were asked for; the class if there are none.
    names : sequence of str
        The columns of the file.
    columns : Columns
        What they are.
    source : str
        Name of the file.
    """
    if by:
        return list(dict.fromkeys(named(name, names, source, "--by") for name in by))
    if columns.product_class is None:
        raise missing_class(
            phrase(
                "{source}: no column holds the class; --by COLUMN says what the segments are", source=source
            ),
            columns,
            names,
            source,
        )
    return [columns.product_class]


def missing_class(refusal: str, columns: Columns, names: Sequence[str], source: str) -> MissingError:
    """What is said where no column holds the class; in a terminal, which one does is asked."""
    role = "class"
    candidates = {name: [_as(role, name)] for name in _free(names, columns.names)}
    question = phrase("{source}: no column holds the class. Which one does?", source=source)
    return MissingError(refusal, question, candidates)


def _free(names: Sequence[str], taken: Iterable[str]) -> list[str]:
    """The columns that are left to say something else."""
    return [name for name in dict.fromkeys(names) if name not in ("", NONE, *taken)]


def _heads_words(name: str) -> bool:
    """Whether a head is known, and not for one of numbers."""
    labels = {plain(word) for word in split(LABELS)}
    return any(form in labels or form in _vocabulary()[role] for form in _forms(name) for role in WORDS)


def followed(roles: Iterable[str]) -> set[str]:
    """What a line says whose columns hold some numbers: those, and what follows from them."""
    reached, before = set(roles), 0
    while len(reached) > before:
        before = len(reached)
        reached |= {role for role, ways in WAYS.items() if any(reached.issuperset(way) for way in ways)}
    return reached


def _refuse_missing(
    numbers: Mapping[str, Sequence[str]],
    names: Sequence[str],
    given: Mapping[str, Sequence[str]],
    source: str,
) -> None:
    missing = [role for role in NEEDED if role not in followed(numbers)]
    if not missing:
        return
    meanings = list(_open_meanings(numbers, names, given))
    if meanings:
        heads = " and ".join(dict.fromkeys(meaning.arguments[1].partition("=")[2] for meaning in meanings))
        raise AmbiguityError(
            phrase(
                "{source}: no column is sure to hold {missing}; {heads} could be read so",
                source=source,
                missing=", ".join(missing),
                heads=heads,
            ),
            meanings,
        )
    listed = some_of([name for name in names if name]) or phrase("no names at all")
    ways = [phrase("{columns} together", columns=", ".join(way)) for way in WAYS.get(missing[0], ())]
    instead = phrase(", nor {ways} in its place", ways=phrase(" or ").join(ways)) if ways else ""
    refusal = phrase(
        (
            "{source}: no column holds {missing}{instead}; it has {listed}. --column "
            '{first}="NAME" says which it is'
        ),
        source=source,
        missing=", ".join(missing),
        instead=instead,
        listed=listed,
        first=missing[0],
    )
    # What is said of a column is not asked: `--column cost=-` says that there is none.
    roles = [role for role in _enough(missing[0], numbers) if role not in given]
    taken = {name for columns in [*numbers.values(), *given.values()] for name in columns}
    free = sorted(_free(names, taken), key=_heads_words)
    candidates = {name: [_as(role, name) for role in roles] for name in free}
    if not roles or not candidates:
        raise QuoteError(refusal)
    question = phrase(
        "{source}: no column holds {missing}. Which one tells the {role}?",
        source=source,
        missing=", ".join(missing),
        role=in_words(missing[0]),
    )
    raise MissingError(refusal, question, candidates)


def _enough(missing: str, roles: Iterable[str]) -> list[str]:
    """What would say, alone beside what is there, what is missing: itself first."""
    rest = [role for role in NUMBERS if role != missing and missing in followed({*roles, role})]
    return [missing, *rest]


def _as(role: str, name: str) -> Meaning:
    """A column taken for what it is said to be."""
    return Meaning(
        phrase("{name} is the {role}", name=name, role=in_words(role)), ("--column", f"{role}={name}")
    )


def _open_meanings(
    numbers: Mapping[str, Sequence[str]], names: Sequence[str], given: Mapping[str, Sequence[str]]
) -> Iterator[Meaning]:
    """How heads with several meanings would help a file in which something is missing."""
    taken = {name for columns in [*numbers.values(), *given.values()] for name in columns}
    helpful = _helpful(followed(numbers))
    for name in names:
        for role in () if name in taken else _open_roles(name):
            if role in helpful:
                yield _as(role, name)


def _helpful(reached: set[str]) -> set[str]:
    """What leads to something that a line needs and does not say yet."""
    helpful, before = {role for role in NEEDED if role not in reached}, 0
    while len(helpful) > before:
        before = len(helpful)
        helpful |= {role for target in helpful for way in WAYS.get(target, ()) for role in way} - reached
    return helpful


def in_words(role: str) -> str:
    """What a number is, as people say it."""
    return phrase(IN_WORDS[role]) if role in IN_WORDS else role.replace("_", " ")


IN_WORDS = {
    "discount": later("discount as a share or in percent"),
    "unit_discount": later("discount of one unit as an amount"),
    "discount_value": later("discount of the whole line as an amount"),
    "list_price": later("list price of one unit"),
    "net_price": later("net price of one unit"),
    "cost": later("cost of one unit"),
    "list_value": later("list price of the whole line"),
    "net_value": later("net price of the whole line"),
    "cost_value": later("cost of the whole line"),
    "margin_share": later("margin as a share of the net price"),
    "markup": later("markup as a share of the cost"),
    "unit_profit": later("margin of one unit as an amount"),
    "profit_value": later("margin of the whole line as an amount"),
}


def _used(numbers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """The columns that are read. Where the cost stands, what a margin is taken of is not asked."""
    costs = bool({"cost", "cost_value"} & set(numbers))
    for role, columns in numbers.items():
        if not (costs and role in ("margin_share", "markup", "unit_profit", "profit_value")):
            yield role, columns


def _columns_of(
    role: str,
    names: Sequence[str],
    given: Mapping[str, Sequence[str]],
    taken: set[str],
    source: str,
) -> list[str]:
    if role in given:
        option = f"--column {role}"
        return [_column(option, name, names, source) for name in given[role] if name != NONE]
    free = [name for name in dict.fromkeys(names) if name and name not in taken]
    exact = [name for name in free if plain(name) == plain(role)]
    candidates = exact or [name for name in free if not _vocabulary()[role].isdisjoint(_forms(name))]
    if role in SEVERAL and not exact and (numbered := _numbered(role, free)):
        return numbered if not candidates else [*candidates, *numbered]
    if len(candidates) > 1:
        meanings = [
            Meaning(phrase("it is {name}", name=name), ("--column", f"{role}={name}")) for name in candidates
        ]
        raise AmbiguityError(
            phrase(
                "{source}: {candidates} could each be the {role}",
                source=source,
                candidates=" and ".join(candidates),
                role=role,
            ),
            meanings,
        )
    return candidates


def _numbered(role: str, names: Sequence[str]) -> list[str]:
    """Columns that are numbered, as Discount 1 and Discount 2, in the order of their numbers."""
    by_number: dict[str, str] = {}
    for name in names:
        if (digit := NUMBERED.search(name)) and not _vocabulary()[role].isdisjoint(
            _forms(name[: digit.start()] + name[digit.end() :])
        ):
            by_number.setdefault(digit[1], name)
    return [by_number[digit] for digit in sorted(by_number)]


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    return {
        role: frozenset(map(plain, (role, *split(words)))) for role, words in {**NUMBERS, **WORDS}.items()
    }


@cache
def _open_vocabulary() -> Mapping[str, tuple[str, ...]]:
    return {plain(word): tuple(roles.split()) for words, roles in OPEN.items() for word in split(words)}


def _open_roles(name: str) -> tuple[str, ...]:
    roles = [_open_vocabulary().get(form, ()) for form in _forms(name)]
    return tuple(dict.fromkeys(role for several in roles for role in several))


@cache
def _forms(name: str) -> frozenset[str]:
    """A name plainly: as it is, and without a currency or an empty bracket."""
    bare = re.sub(r"[(\[]\s*[)\]]|\bin\s*$", "", BEFORE_TAX.sub("", HEADED.sub("", name)))
    return frozenset(filter(None, (plain(name), plain(bare))))


def _column(option: str, name: str, names: Sequence[str], source: str) -> str:
    same = [name] if name in names else [column for column in names if plain(column) == plain(name)]
    if len(same) != 1:
        columns = some_of([column for column in names if column])
        raise QuoteError(
            phrase(
                "{source}: {option} names {name}; the columns are {columns}",
                source=source,
                option=option,
                name=name,
                columns=columns,
            )
        )
    return same[0]
