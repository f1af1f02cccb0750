"""The sentences in formulas, in the reader's language.

A formula joins a sentence from texts and values: `"READY from "&FIXED(…)&" %, with no open item."`. The
catalogue has it whole, with a name for each value; a translation may put them in another order. What only the
program reads, as the argument of a worksheet function or the target of a link, stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from openpyxl.formula.tokenizer import Token, Tokenizer

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.functions import CATALOGUE

WORD = re.compile(r"[^\W\d_]{2,}")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Texts among the arguments of these are criteria, formats and addresses; nobody reads them.
UNREAD = frozenset(
    {"COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS"}
    | {"MATCH", "SEARCH", "FIND", "SUBSTITUTE", "TEXT", "INDIRECT"}
)
NUMBERS = frozenset(
    {"FIXED", "ROUND", "SUM", "COUNT", "COUNTIF", "COUNTIFS", "ABS", "MAX", "MIN", "ROWS", "N"}
)


class _Part(NamedTuple):
    """A piece of a formula: a text that is joined to its neighbours, or what stands for a value."""

    source: str
    text: str | None = None

    @property
    def name(self) -> str:
        """What a value is called in the sentence: by the function that gives it."""
        call = re.match(r"([A-Z.]+)\(", self.source)
        if call is None:
            return "value"
        return "number" if call[1] in NUMBERS else "words"


def said(formula: str) -> str:
    """A formula without its equals sign, with its sentences in the language that is spoken."""
    return "".join(_said(Tokenizer(f"={formula}").items))


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    """The formula, from one end of a chain of & to the other."""
    place = 0
    while place < len(tokens):
        end = _end_of_argument(tokens, place)
        yield _chain(tokens[place:end])
        if end < len(tokens):
            yield tokens[end].value
        place = end + 1


def _end_of_argument(tokens: Sequence[Token], start: int) -> int:
    """Where the argument that begins there ends: at a separator or a comparison outside all brackets."""
    depth = 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        if depth == 0 and (
            token.type == Token.SEP
            or (token.type == Token.OP_IN and token.value in ("=", "<>", "<", ">", "<=", ">="))
        ):
            return place
    return len(tokens)


def _chain(tokens: Sequence[Token]) -> str:
    parts = [_part(operand) for operand in _operands(tokens)]
    texts = [part.text for part in parts if part.text is not None]
    if not any(map(WORD.search, texts)) or (len(parts) == 1 and texts[0] in CATALOGUE):
        return "&".join(part.source for part in parts)
    message = ""
    values: dict[str, str] = {}
    for part in parts:
        if part.text is not None:
            message += part.text.replace("{", "{{").replace("}", "}}")
            continue
        name, number = part.name, 2
        while values.get(name, part.source) != part.source:
            name, number = f"{part.name}_{number}", number + 1
        values[name] = part.source
        message += f"{{{name}}}"
    return _joined(phrase(message), values)


def _joined(sentence: str, values: dict[str, str]) -> str:
    """A sentence as a chain of texts and values again."""
    pieces = PLACEHOLDER.split(sentence)
    texts = [
        '"' + text.replace("{{", "{").replace("}}", "}").replace('"', '""') + '"' for text in pieces[::2]
    ]
    joined: list[str] = []
    for index, text in enumerate(texts):
        joined += [text] if text != '""' else []
        if 2 * index + 1 < len(pieces):
            joined.append(values[pieces[2 * index + 1]])
    return "&".join(joined)


def _operands(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What a chain joins."""
    start, depth = 0, 0
    for place, token in enumerate(tokens):
        depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        if depth == 0 and token.type == Token.OP_IN and token.value == "&":
            yield tokens[start:place]
            start = place + 1
    yield tokens[start:]


def _part(tokens: Sequence[Token]) -> _Part:
    if len(tokens) == 1 and tokens[0].type == Token.OPERAND and tokens[0].subtype == Token.TEXT:
        text = tokens[0].value[1:-1].replace('""', '"')
        return _Part(tokens[0].value, None if text.startswith("#") else text)
    return _Part("".join(_inside(tokens)))


def _inside(tokens: Sequence[Token]) -> Iterator[str]:
    """An operand, with what its calls and brackets hold said in turn."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        yield token.value
        place += 1
        if token.subtype == Token.OPEN:
            end = _closing(tokens, place)
            held = tokens[place:end]
            name = token.value.rstrip("(").upper()
            unread = token.type == Token.ARRAY or name in CATALOGUE or name in UNREAD
            yield "".join(part.value for part in held) if unread else "".join(_said(held))
            place = end


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Where the bracket that was opened before that place is closed."""
    depth = 1
    for place in range(start, len(tokens)):
        depth += (tokens[place].subtype == Token.OPEN) - (tokens[place].subtype == Token.CLOSE)
        if depth == 0:
            return place
    raise ValueError("a bracket is left open")
