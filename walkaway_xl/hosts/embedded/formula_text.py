"""The text of a formula: what the engine must see in place of what a file holds.

The engine hands over an argument that was left out, as in F(a,,b), as the number 0, which would be a wrong
answer. A marker in its place tells the two apart. Only the engine's copy of a formula is changed.
"""

import re
import secrets
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.files import budget
from walkaway_xl.files.packages import WorkbookError
from walkaway_xl.hosts.formula_pieces import BEHIND_A_PATH, bare_name, called, lexemes, opens
from walkaway_xl.hosts.uno_names import ADDIN, long_name

MARKER = f"left out {secrets.token_hex(8)}"  # another in each process, so no workbook can hold it

CALL = re.compile(r'"[^"]*"|([^\W\d][\w.]*+)\s*\(')
PARAMETER = "_XLPM."  # before a name that LET or LAMBDA binds
# What the engine would read in another way: an argument left out, a program's prefix, somebody's path.
UNUSUAL = re.compile(
    "|".join((r"[(,]\s*,", r",\s*\)", "_xl", re.escape(f"{ADDIN}."), BEHIND_A_PATH.pattern)), re.IGNORECASE
)
WORD = re.compile(r"[\w.\\?]+")
PREFIX = re.compile(r"^(?:_XL\w+?[._])+")
ENGINE_PREFIXES = re.compile(r"_XLFN\.|_XLWS\.")
IMPLICIT_INTERSECTION = "_XLFN.SINGLE"  # how a file spells the operator @
GROWING = re.compile(r"[&:{#]")  # in a formula that may give a longer text than its cells, or several cells
TERM = re.compile(r"""[^\W\d][\w.\\?$]*!?|"[^"]*\"""")
CELL = re.compile(r"[A-Z]{1,3}\$?\d{1,7}|TRUE|FALSE")
ONE_CELL = re.compile(  # functions that make one cell of single cells, and no longer text
    "ABS|AND|AVERAGE|COUNT|IF|IFERROR|IFNA|IFS|INT|ISBLANK|ISERROR|ISNUMBER|LEN|MAX|MIN|MOD|NA|NOT|OR|POWER|"
    "PRODUCT|ROUND|ROUNDDOWN|ROUNDUP|ROW|SIGN|SQRT|SUM"
)
RELATIVE = re.compile(r"(?<![\w$.!:])(?:\$?[A-Z]{1,3}\d+|[A-Z]{1,3}\$\d+)(?![\w(.])", re.IGNORECASE)
SHEET_NAME = re.compile(r"'(?:[^']|'')*'!|[\w.]+!")


class _Bracket:
    """An open bracket, and whether it holds the arguments of one of our functions."""

    def __init__(self, ours: bool):
        self.ours = ours
        self.empty = True  # nothing yet since the bracket or the last comma


def spellings(names: Iterable[str]) -> Mapping[str, str]:
    """Our functions by what a file may call them, in capitals: their names, and LibreOffice's long ones."""
    names = tuple(names)
    return {name: name for name in names} | {long_name(name): name for name in names}


def calls(ours: Mapping[str, str], is_own: Callable[[str], bool]) -> Callable[[str], list[str]]:
    """What finds the calls of our functions in a formula, mostly without taking it to pieces."""

    def find(formula: str) -> list[str]:
        if BEHIND_A_PATH.search(formula):
            return [
                ours[name] for name, path in called(formula) if name in ours and (not path or is_own(path))
            ]
        return [ours[name] for word in CALL.findall(formula) if word and (name := bare_name(word)) in ours]

    return find


def strangers(knows: Callable[[str], bool], names: Mapping[str, str]) -> Callable[[str], list[str]]:
    """What finds the functions in a formula that nobody here knows.

    Parameters
    ----------
    knows : callable
        Says whether a function is known by its name in capitals.
    names : mapping
        Defined names, in capitals, with their formulas. What one calls, a formula calls that uses it.

    A function behind a path belongs to somebody else, as the engine's copy of a formula has none before ours.
    """

    def of_formula(formula: str) -> list[str]:
        if not BEHIND_A_PATH.search(formula) and all(
            knows(bare_name(word)) for word in CALL.findall(formula) if word
        ):
            return []
        names_called = called(formula)
        binds = not {"LET", "LAMBDA"}.isdisjoint(call.name for call in names_called)
        bound = set(_plain_words(formula)) if binds else set()  # LET(f,LAMBDA(x,…),f(3)) calls its own f
        return [
            phrase("{name} of another add-in", name=name) if knows(name) else name
            for name, path in names_called
            if path or not (knows(name) or name in bound or name.startswith(PARAMETER))
        ]

    by_name = {name: own for name, formula in names.items() if (own := of_formula(formula))}
    used = {name: _plain_words(formula) for name, formula in names.items()} if by_name else {}
    for name, user in _users(used, by_name):
        by_name.setdefault(user, by_name[name])

    def find(formula: str) -> list[str]:
        own = of_formula(formula)
        if not by_name or by_name.keys().isdisjoint(words(formula)):
            return own
        return own + [stranger for word in _plain_words(formula) for stranger in by_name.get(word, ())]

    return find


def _users(used: Mapping[str, Iterable[str]], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name that uses one of some names, itself or through another, with one that it uses."""
    users: dict[str, list[str]] = {}
    for user, own in used.items():
        for name in dict.fromkeys(own):
            users.setdefault(name, []).append(user)
    waiting, reached = deque(names), set(names)
    while waiting:
        name = waiting.popleft()
        for user in users.get(name, ()):
            if user not in reached:
                reached.add(user)
                waiting.append(user)
                yield name, user


def _plain_words(formula: str) -> list[str]:
    """Words in a formula that call nothing, in capitals."""
    pieces = list(lexemes(formula))
    return [
        piece.text.upper()
        for place, piece in enumerate(pieces)
        if piece.kind == "word" and not opens(pieces, place + 1)
    ]


def for_engine(
    ours: Mapping[str, str], names: Mapping[str, str], is_own: Callable[[str], bool]
) -> Callable[[str], str]:
    """What turns a formula of a file into the one that the engine sees.

    Parameters
    ----------
    ours : mapping
        Our functions by their spellings.
    names : mapping
        Defined names, in capitals, with their formulas. The engine reads them before it knows our functions,
        so those that call one are put in their place wherever they are used.
    is_own : callable
        Says whether the path before a call leads to our add-in.
    """
    calling = _names_that_call(ours, names)
    expanded: dict[str, str] = {}
    concerned = {*ours, *calling, IMPLICIT_INTERSECTION}

    def rewrite(formula: str) -> str:
        # Most formulas leave nothing out, and are told apart without taking them to pieces.
        if not UNUSUAL.search(formula) and (not calling or calling.keys().isdisjoint(words(formula))):
            return formula
        if concerned.isdisjoint(words(formula)):
            return formula
        return _rewritten(formula, ours, expanded, is_own)

    size = 0
    for name in calling:  # each after the names that it uses itself
        expanded[name] = f"({rewrite(names[name])})"
        size += len(expanded[name])
        if excess := budget.current().excess("name_text", size):
            raise WorkbookError(
                phrase(
                    "with the name {name}, which uses others, the workbook {excess}", name=name, excess=excess
                )
            )
    return rewrite


def may_grow(ours: Collection[str]) -> Callable[[str], bool]:
    """What says whether a formula may fill several cells, or give a longer text than it was given.

    Parameters
    ----------
    ours : collection of str
        Our functions, which answer single cells with one, or a table of a few.
    """

    def grows(formula: str) -> bool:
        if GROWING.search(formula):
            return True
        return not all(
            term[-1] in '!"' or term in ours or ONE_CELL.fullmatch(term) or CELL.fullmatch(term)
            for term in TERM.findall(formula.upper())
        )

    return grows


def for_file(formula: str) -> str:
    """The formula that the engine writes, as a file spells it."""
    return ENGINE_PREFIXES.sub(lambda match: match[0].lower(), formula.replace(f'"{MARKER}"', ""))


def words(formula: str) -> set[str]:
    """The words of a formula in capitals, with and without what a program put before them."""
    whole = set(map(str.upper, WORD.findall(formula)))
    return whole | {PREFIX.sub("", word) for word in whole}


def _names_that_call(ours: Collection[str], names: Mapping[str, str]) -> Mapping[str, None]:
    """Names whose formulas call our functions, themselves or through another, each after those it uses."""
    used = {name: words(formula) for name, formula in names.items()}
    own = [name for name, mentioned in used.items() if not mentioned.isdisjoint(ours)]
    calling = {*own, *(user for _, user in _users(used, own))}
    ordered: dict[str, None] = {}
    for first in calling:
        waiting = [(first, iter(sorted(used[first] & calling)))]
        begun = {first}
        while waiting:  # not by recursion: a chain of names may be long
            name, more = waiting[-1]
            following = next((user for user in more if user not in begun and user not in ordered), None)
            if following is None:
                ordered[name] = None
                waiting.pop()
            else:
                begun.add(following)
                waiting.append((following, iter(sorted(used[following] & calling))))
    return {name: None for name in ordered if not is_relative(names[name])}


def _rewritten(
    formula: str,
    ours: Mapping[str, str],
    definitions: Mapping[str, str],
    is_own: Callable[[str], bool],
) -> str:
    done: list[str] = []
    brackets: list[_Bracket] = []
    pieces = list(lexemes(formula))
    for place, piece in enumerate(pieces):
        calls = piece.kind == "word" and opens(pieces, place + 1)
        text = piece.text
        if calls:
            name = bare_name(text)
            path = done[-1] if done and done[-1].endswith("!") else ""
            if name in ours and (not path or is_own(path)):
                text = ours[name]
                if path:
                    done.pop()  # a workbook from another machine carries it along
            elif text.upper() == IMPLICIT_INTERSECTION:
                text = "@"
        elif piece.kind == "word":
            text = definitions.get(text.upper(), text)
        if piece.kind == "open":
            _fill(brackets)
            brackets.append(_Bracket(ours=text == "(" and _last_word(done) in ours))
        elif piece.kind in ("comma", "close") and brackets:
            bracket = brackets[-1]
            if bracket.ours and bracket.empty:
                done.append(f'"{MARKER}"')
            bracket.empty = True
            if piece.kind == "close":
                brackets.pop()
        elif piece.kind != "space":
            _fill(brackets)
        done.append(text)
    return "".join(done)


def _fill(brackets: list[_Bracket]) -> None:
    if brackets:
        brackets[-1].empty = False


def _last_word(done: list[str]) -> str:
    return next((text for text in reversed(done) if not text.isspace()), "")


def is_relative(formula: str) -> bool:
    """Whether a formula means other cells in other places, so that it cannot be copied as it stands."""
    pieces = (piece.text for piece in lexemes(formula) if not piece.text.startswith('"'))
    return RELATIVE.search(SHEET_NAME.sub("", "".join(pieces))) is not None
