"""The pieces of a formula as a file holds it: words, calls, and the paths of other files before them."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

OWN_FILE = "walkaway"  # how the name of our add-in's file begins wherever it was installed
# What can stand in a formula: a text, a quoted sheet name, a structured or external reference in brackets,
# a word, a bracket or comma, and everything else.
LEXEME = re.compile(
    r""" (?P<opaque> "(?:[^"]|"")*"
                   | '(?:[^']|'')*'!?
                   | \[ (?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])* \]!? )
       | (?P<word>   [^\W\d][\w.\\?]*!? )
       | (?P<open>   [({] )
       | (?P<close>  [)}] )
       | (?P<comma>  , )
       | (?P<space>  \s+ )
       | (?P<other>  [\d$]+[\w.$]* | . )""",
    re.VERBOSE | re.DOTALL,
)
# Excel 365 and Office.js write these before a name that they did not know when they stored the file.
PREFIXES = re.compile(r"^(?:_xlfn\.|_xlws\.|_xludf\.|_xll\.|_xldudf_)+", re.IGNORECASE)
BEHIND_A_PATH = re.compile(r"[\]'\w]![\w.]+\s*\(")
# A number stands for a link of the file, as in [1]Sheet1!A1. The column of a table is in brackets, too.
OTHER_WORKBOOK = re.compile(r"(?<![\w\]])\[(\d+)\](?=[^!\],])|'[^']*\[([^\]]+)\][^']*'!")


class Lexeme(NamedTuple):
    """A piece of a formula and what kind it is."""

    kind: str
    text: str


def lexemes(formula: str) -> Iterator[Lexeme]:
    """The pieces of a formula."""
    for match in LEXEME.finditer(formula):
        yield Lexeme(match.lastgroup or "", match[0])


class Call(NamedTuple):
    """A function that a formula calls: in capitals and without prefixes, and the path before it."""

    name: str
    path: str  # with its exclamation mark; empty where there is none


def called(formula: str) -> list[Call]:
    """The functions that a formula calls, in order."""
    pieces = [Lexeme("", ""), *(piece for piece in lexemes(formula) if piece.kind != "space")]
    return [
        Call(bare_name(piece.text), before.text if before.text.endswith("!") else "")
        for before, piece, following in zip(pieces, pieces[1:], pieces[2:], strict=False)
        if piece.kind == "word" and following.text == "("
    ]


def own_addin(files: Mapping[str, str]) -> Callable[[str], bool]:
    """What says whether the path before a call leads to our add-in, which every machine keeps elsewhere.

    Parameters
    ----------
    files : mapping
        The files that the workbook links to, by their number in it.
    """

    def is_own(path: str) -> bool:
        file = path.removesuffix("!").strip("'")
        if number := re.fullmatch(r"\[(\d+)\]", file):
            # Some programs drop the link itself; then nobody else's add-in is named.
            file = files.get(number[1], OWN_FILE)
        return re.split(r"[\\/:\[]", file)[-1].casefold().startswith(OWN_FILE)

    return is_own


def other_workbooks(formula: str) -> list[str]:
    """The workbooks that a formula refers to, each by its number in the file or its name."""
    if "[" not in formula:
        return []
    code = "".join(piece.text for piece in lexemes(formula) if not piece.text.startswith('"'))
    return [number or name for number, name in OTHER_WORKBOOK.findall(code)]


def bare_name(name: str) -> str:
    """A function's name in capitals, without what a program put before it."""
    return PREFIXES.sub("", name).upper()


def opens(pieces: list[Lexeme], place: int) -> bool:
    """Whether the next piece that is no space opens a bracket."""
    return next((piece.text == "(" for piece in pieces[place:] if piece.kind != "space"), False)
