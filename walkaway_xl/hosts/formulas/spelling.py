"""A formula as it is typed, and as a file holds it."""

import re

# A text, an error, a name in brackets (an optional parameter), a name or a function, a number.
TOKEN = re.compile(
    r'"(?:[^"]|"")*"|#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!)|\[[A-Za-z_][\w.]*\]'
    r"|[A-Za-z_][\w.]*|\d[\d.]*(?:[Ee][+-]?\d+)?"
)

# What has come after Excel 2007 is written with a prefix; two functions have another one.
NEWER = """
    BYCOL BYROW CHOOSECOLS CHOOSEROWS CONCAT DROP EXPAND HSTACK IFNA IFS ISOMITTED LAMBDA LET MAKEARRAY MAP
    MAXIFS MINIFS NORM.S.DIST NORM.S.INV PERCENTILE.INC RANK.EQ REDUCE SCAN SEQUENCE SORTBY SWITCH TAKE
    TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VSTACK WRAPCOLS WRAPROWS
    XLOOKUP XMATCH XOR
"""
PREFIXES = {**dict.fromkeys(NEWER.split(), "_xlfn."), "FILTER": "_xlfn._xlws.", "SORT": "_xlfn._xlws."}


def stored(formula: str) -> str:
    """The formula as a file holds it: prefixes before new functions and before the names that it binds."""
    bound = bound_names(formula)

    def spelled(match: re.Match[str]) -> str:
        token = match[0]
        if token.startswith("["):
            return f"_xlop.{token[1:-1]}"
        if formula[match.end() : match.end() + 1] == "(" and token.upper() in PREFIXES:
            return PREFIXES[token.upper()] + token
        return f"_xlpm.{token}" if token in bound else token

    return TOKEN.sub(spelled, formula)


def on_one_line(formula: str) -> str:
    """The formula without what parts it for the eye; texts stay as they are."""
    parts = re.split(r'("(?:[^"]|"")*")', formula)
    return "".join(part if place % 2 else re.sub(r"\s+", "", part) for place, part in enumerate(parts))


def bound_names(formula: str) -> frozenset[str]:
    """The names that the LAMBDAs and LETs of a formula bind."""
    names: set[str] = set()
    for match in re.finditer(r"\b(LAMBDA|LET)\(", formula):
        operands = split_arguments(formula, match.end())
        names.update(
            operand.strip("[] \n") for operand in (operands[:-1] if match[1] == "LAMBDA" else operands[:-1:2])
        )
    return frozenset(names)


def split_arguments(formula: str, start: int) -> list[str]:
    """The arguments of a call, from behind its opening bracket on."""
    arguments: list[str] = []
    depth, begin, place = 0, start, start
    while place < len(formula):
        sign = formula[place]
        if sign == '"':
            place = formula.index('"', place + 1)  # a doubled quote opens the next text at once
        elif sign in "({[":
            depth += 1
        elif sign in ")}]":
            if not depth:
                return [*arguments, formula[begin:place]]
            depth -= 1
        elif sign == "," and not depth:
            arguments.append(formula[begin:place])
            begin = place + 1
        place += 1
    raise ValueError(f"no closing bracket after {formula[start : start + 40]!r}")


def renamed(formula: str, names: dict[str, str]) -> str:
    """The formula with other names in place of some of its own; texts and functions stay as they are."""

    def other(match: re.Match[str]) -> str:
        is_call = formula[match.end() : match.end() + 1] == "("
        return match[0] if is_call else names.get(match[0], match[0])

    return TOKEN.sub(other, formula)
