"""Which column of a file holds what: by the names that people use, or as they say."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.quotes.quote_error import QuoteError

# A name that means one thing only in a list of lines; "price" or "rate" could be anything.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "list_price": (
        "list",
        "list price",
        "unit list price",
        "catalogue price",
        "catalog price",
        "gross price",
    ),
    "discount": ("total discount", "discount %", "discount pct", "discount percent", "discount rate"),
    "cost": ("unit cost", "cost price", "standard cost", "variable cost"),
    "quantity": ("qty", "units"),
}
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "class": ("product class", "category", "product category", "product group"),
    "terms_days": ("terms", "payment terms", "payment days", "terms, days"),
}
LABELS = ("product", "product name", "description", "item", "sku", "article")  # the first that is there


class Columns(NamedTuple):
    """Names of the columns that a check reads; None for what the file does not have."""

    numbers: Mapping[str, tuple[str, ...]]  # by what they are; several discounts follow one another
    product_class: str | None
    product: str | None

    @property
    def names(self) -> list[str]:
        """All of them."""
        numbers = [name for names in self.numbers.values() for name in names]
        return numbers + [name for name in (self.product_class, self.product) if name]


def plain(name: str) -> str:
    """A name without what people vary: case, spaces and punctuation, but for the percent sign."""
    return "".join(letter for letter in name.casefold() if letter.isalnum() or letter == "%")


def assignments(given: Iterable[str]) -> dict[str, list[str]]:
    """`list_price=List Price` as what is meant and the columns that hold it."""
    columns: dict[str, list[str]] = {}
    for text in given:
        role, sign, name = text.partition("=")
        role = role.strip()
        if not sign or not name.strip() or role not in {**NEEDED, **OPTIONAL, "product": ()}:
            roles = ", ".join((*NEEDED, *OPTIONAL, "product"))
            raise QuoteError(
                phrase(
                    '--column {shown}: write list_price="List Price"; known are {roles}',
                    shown=text,
                    roles=roles,
                )
            )
        columns.setdefault(role, []).append(name.strip())
    for role, names in columns.items():
        if len(names) > 1 and role != "discount":
            raise QuoteError(
                phrase(
                    "--column {role} is given twice; only discounts are taken one after the other",
                    role=role,
                )
            )
    return columns


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
    refuse_doubles(names, source)
    needed = {role: _columns_of(role, words, names, given, source) for role, words in NEEDED.items()}
    missing = [role for role, columns in needed.items() if not columns]
    if missing:
        listed = ", ".join(name for name in names if name) or phrase("no names at all")
        raise QuoteError(
            phrase(
                (
                    "{source}: no column holds {missing}; it has {listed}. --column "
                    '{first}="NAME" says which it is'
                ),
                source=source,
                missing=" and ".join(missing),
                listed=listed,
                first=missing[0],
            )
        )
    optional = {role: _columns_of(role, words, names, given, source) for role, words in OPTIONAL.items()}
    labels = given.get("product") or [name for word in LABELS for name in names if plain(name) == plain(word)]
    terms = {"terms_days": optional["terms_days"]} if optional["terms_days"] else {}
    return Columns(
        numbers={role: tuple(names) for role, names in {**needed, **terms}.items()},
        product_class=next(iter(optional["class"]), None),
        product=_column("product", labels[0], names, source) if labels else None,
    )


def count_needed(names: Sequence[str], given: Mapping[str, Sequence[str]]) -> int:
    """How many of the needed columns a row of names could be the head of."""
    plainly = {plain(name) for name in names if name}
    return sum(
        any(plain(word) in plainly for word in (*given.get(role, ()), role, *words))
        for role, words in NEEDED.items()
    )


def refuse_doubles(names: Sequence[str], source: str) -> None:
    """Refuse a file with two columns of one name: nobody could say which is meant."""
    for name in names:
        if name and names.count(name) > 1:
            places = [str(number) for number, column in enumerate(names, 1) if column == name]
            raise QuoteError(
                phrase(
                    "{source}: {name} is the name of columns {places}; rename one",
                    source=source,
                    name=f"{name!r}",
                    places=" and ".join(places),
                )
            )


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
        raise QuoteError(
            phrase(
                "{source}: no column holds the class; --by COLUMN says what the segments are", source=source
            )
        )
    return [columns.product_class]


def _columns_of(
    role: str,
    words: Sequence[str],
    names: Sequence[str],
    given: Mapping[str, Sequence[str]],
    source: str,
) -> list[str]:
    if role in given:
        return [_column(f"--column {role}", name, names, source) for name in given[role]]
    exact = [name for name in names if plain(name) == plain(role)]
    candidates = exact or [name for name in names if plain(name) in {plain(word) for word in words}]
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


def _column(option: str, name: str, names: Sequence[str], source: str) -> str:
    same = [name] if name in names else [column for column in names if plain(column) == plain(name)]
    if len(same) != 1:
        raise QuoteError(
            phrase(
                "{source}: {option} names {name}; the columns are {listed}",
                source=source,
                option=option,
                name=name,
                listed=", ".join(filter(None, names)),
            )
        )
    return same[0]
