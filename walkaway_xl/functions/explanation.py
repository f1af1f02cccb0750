"""WALKAWAY_EXPLAIN: why a worksheet function answers as it does, in words with the numbers put in.

The words are those of the function's own entry: the rule and the cases of its Notes, and the reasons that
come with its errors. Which limit binds is found by asking again without it.
"""

import difflib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np

from walkaway_xl.catalogue import Function, clauses_of
from walkaway_xl.cells import BLANK, LEFT_OUT, NOTHING, CellError, evaluate
from walkaway_xl.core._takes import takes
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.kinds import ANYTHING, TEXT, Holds, Kind, Shape, Unit, single
from walkaway_xl.core.number_style import DIGITS, figure, number_style, restyled
from walkaway_xl.core.phrasing import phrase, spoken

LISTED = 8  # cells of a range that a sentence still holds
LIMITS = ("limited by", "rounded")  # how a clause begins that may or may not bind
MOST_DEPTH = 2  # a table is a list of rows
WORDS = 60  # characters of a text that a sentence still holds
REASON = 1000  # characters of one that repeats what a cell holds; a cell itself has room for 32,767
MOST_ARGUMENTS = 10
SHARE_DIGITS = 4  # significant ones of a percentage

NAME = "WALKAWAY_EXPLAIN"


@takes(
    function_name=single(TEXT), **{f"argument_{place}": ANYTHING for place in range(1, MOST_ARGUMENTS + 1)}
)
def walkaway_explain(
    function_name: str,
    argument_1: Any = None,
    argument_2: Any = None,
    argument_3: Any = None,
    argument_4: Any = None,
    argument_5: Any = None,
    argument_6: Any = None,
    argument_7: Any = None,
    argument_8: Any = None,
    argument_9: Any = None,
    argument_10: Any = None,
) -> Any:
    """Why a worksheet function answers as it does, in one sentence with the numbers put in.

    Parameters
    ----------
    function_name : str
        Name of the worksheet function, as "WALKAWAY_CHECK".
    argument_1 : object, optional
        Its first argument, as the function itself has it.
    argument_2 : object, optional
        Its second argument.
    argument_3 : object, optional
        Its third argument.
    argument_4 : object, optional
        Its fourth argument.
    argument_5 : object, optional
        Its fifth argument.
    argument_6 : object, optional
        Its sixth argument.
    argument_7 : object, optional
        Its seventh argument.
    argument_8 : object, optional
        Its eighth argument.
    argument_9 : object, optional
        Its ninth argument.
    argument_10 : object, optional
        Its tenth argument.

    Returns
    -------
    str or ndarray
        A sentence; for ranges of a function that answers cell by cell, a sentence for each cell.

    Raises
    ------
    InputError
        If there is no such function; the message names the nearest ones.

    Notes
    -----
    The rule of `function_name` with its arguments put in; which limit binds; or why there is an error.

    Numbers have the separators of the language in which the spreadsheet program writes its own.

    Examples
    --------
    The other quote is 33, switching costs 1, the budget ends at 33.50. Why is the walk-away 33.50?

    >>> print(walkaway_explain("WALKAWAY_PRICE", 33, "buyer", 0, 1, 33.5))
    33.5: batna 33 + deal_better_by 0 + walk_cost 1; limited by hard_limit 33.5 (without it 34).
    """
    function = _function(function_name)
    given = [argument_1, argument_2, argument_3, argument_4, argument_5]
    given += [argument_6, argument_7, argument_8, argument_9, argument_10]
    arguments: list[Any] = [LEFT_OUT if argument is None else _plain(argument) for argument in given]
    while arguments and arguments[-1] is LEFT_OUT:
        arguments.pop()
    shape = _shape(function, arguments)
    if shape is None:
        return _explained(function, arguments)
    spread = [
        np.broadcast_to(_table(cells), shape) if _is_spread(kind, cells) else np.full(shape, None)
        for kind, cells in zip(function.takes, arguments, strict=False)
    ]
    sentences = np.empty(shape, object)
    for place in np.ndindex(*shape):
        sentences[place] = _explained(
            function,
            [
                column[place] if _is_spread(kind, cells) else cells
                for column, kind, cells in zip(spread, function.takes, arguments, strict=False)
            ],
        )
    return sentences


def _function(name: Any) -> Function:
    from walkaway_xl.functions import CATALOGUE  # which holds this function too

    entry = str(name).strip().upper()
    if entry == NAME:
        raise InputError("function_name", "name another function", "An explanation needs no explaining.")
    if entry not in CATALOGUE:
        near = difflib.get_close_matches(entry, CATALOGUE, n=3, cutoff=0.5)
        if near:
            meant = phrase(" or ").join(near)
            raise InputError(
                "function_name",
                "be the name of a worksheet function",
                "Did you mean {near}?",
                got=name,
                near=meant,
            )
        raise InputError("function_name", "be the name of a worksheet function", got=name)
    return CATALOGUE[entry]


# ---------------------------------------------------------------- ranges


def _plain(cells: Any, depth: int = 0) -> Any:
    """An argument as cells are: lists for whatever holds several values."""
    if isinstance(cells, np.ndarray | np.generic):
        cells = cells.tolist()
    if isinstance(cells, float) and math.isnan(cells):
        return BLANK  # to the functions themselves, NaN is a number that is not there
    if isinstance(cells, str | bytes | CellError) or not hasattr(cells, "__len__"):
        return cells
    if depth == MOST_DEPTH:
        raise InputError("a range", "have rows and columns, no more")
    plain = [_plain(cell, depth + 1) for cell in cells]
    lengths = {len(row) if isinstance(row, list) else None for row in plain}
    if len(lengths) > 1:
        raise InputError("a range", "have rows of one length")
    return plain


def _is_spread(kind: Kind, cells: Any) -> bool:
    return kind.shape is Shape.ELEMENT and isinstance(cells, list)


def _shape(function: Function, arguments: Sequence[Any]) -> tuple[int, ...] | None:
    """Shape of the answer where each cell has one of its own; None where there is one answer."""
    tables = [
        _table(cells).shape
        for kind, cells in zip(function.takes, arguments, strict=False)
        if _is_spread(kind, cells)
    ]
    try:
        return np.broadcast_shapes(*tables) if tables else None
    except ValueError:
        return None  # which the function itself refuses, in words


def _table(cells: list[Any]) -> Any:
    rows = cells if cells and isinstance(cells[0], list) else [cells]
    table = np.empty((len(rows), max(map(len, rows))), object)
    table[:] = rows
    return table


# ---------------------------------------------------------------- one answer


def _explained(function: Function, arguments: Sequence[Any]) -> str:
    result = evaluate(function, arguments)
    given = {
        argument.name: cells
        for argument, cells in zip(function.arguments, arguments, strict=False)
        if cells is not LEFT_OUT and not (cells in NOTHING and not argument.required)
    }
    if result == BLANK:
        return phrase("Blank: there is no {name} yet.", name=function.arguments[0].name)
    if isinstance(result, CellError):
        return _error(result, given)
    sentence = _Sentence(function, arguments, given, result)
    explained = sentence.derivation()
    errors = [cell for cell in _flat(result) if isinstance(cell, CellError)]
    if errors and len(errors) == len(_flat(result)):
        return _error(errors[0], given)
    fault = f" {_error(errors[0], given)}" if errors else ""
    return f"{sentence.answer()}: {explained}.{fault}"  # no text that a host could take for an error value


def _error(error: CellError, given: Mapping[str, Any]) -> str:
    if error.reason:
        return phrase("No answer ({code}): {reason}", code=error.code, reason=_cut(error.reason, REASON))
    where = next((name for name, cells in given.items() if error in _flat(cells)), phrase("an argument"))
    # It was in a cell before.
    return phrase("No answer ({code}): {where} is {code} already.", code=error.code, where=where)


class _Sentence:
    """The rule of a function and the cases that apply, with what was given put in."""

    def __init__(
        self, function: Function, arguments: Sequence[Any], given: Mapping[str, Any], result: Any
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.given = given
        self.by_name = {argument.name: argument for argument in function.arguments}
        self.result = result

    def derivation(self) -> str:
        derivation = self.function.derivation
        rule, *clauses = clauses_of(derivation.rule)
        cases = [derivation.cases[word] for word in self._words() if word in derivation.cases]
        if cases and not _names(rule):  # "the first that holds" says nothing beside it
            rule = ""
        chosen = [self._clause(part) for case in cases for part in case.split("; ")]
        besides = [self._clause(clause) for clause in clauses if not _is_limit(clause)]
        filled = [self._filled(rule), *besides, *chosen] if rule else [*chosen, *besides]
        filled += [self._clause(clause) for clause in clauses if _is_limit(clause)]
        return "; ".join(_begun(clause) for clause in filled if clause)

    def answer(self) -> str:
        """What the cell shows, as it shows it."""
        is_share = any(
            self._is_meant(word) or self.given.get(word) in (True, 1) for word in self.function.shares
        )
        gives = replace(self.function.gives, unit=Unit.SHARE) if is_share else self.function.gives
        return _listed(gives, self.result)

    def _words(self) -> list[str]:
        """The words of the cases that apply: those of the arguments, and the answer's own."""
        words = [word for word in self.function.derivation.cases if self._is_meant(word)]
        if isinstance(self.result, str):
            return [*words, self.result]
        codes = self.function.gives.words if self._is_meant("code") else {}
        return words + [word for word, code in codes.items() if code == self.result]

    def _is_meant(self, word: str) -> bool:
        """Whether an argument says a word; where several know it, the last one, which chooses the answer."""
        for argument in reversed(self.function.arguments):
            if word in argument.kind.words and argument.kind.shape in (Shape.ELEMENT, Shape.SINGLE):
                given = self.given.get(argument.name, argument.default)
                return bool(argument.kind.words[word] == _number(argument.kind, given))
        return False

    def _clause(self, clause: str) -> str:
        """A clause of the rule; one about an argument that was not given has nothing to say."""
        names = [name for name in _names(clause) if name in self.by_name]
        if any(not self._is_in_force(name) for name in names):
            return ""
        filled = self._filled(clause)
        if not _is_limit(clause):
            return filled
        places = [list(self.by_name).index(name) for name in names]
        without = evaluate(
            self.function,
            [LEFT_OUT if place in places else cells for place, cells in enumerate(self.arguments)],
        )
        if without == self.result:
            values = ", ".join(self._value(name) for name in names)
            return phrase("{values} changes nothing", values=values)
        if isinstance(without, CellError) or without == BLANK:
            return filled
        answer = _listed(self.function.gives, without)
        if len(names) == 1:
            return phrase("{clause} (without it {answer})", clause=filled, answer=answer)
        return phrase("{clause} (without them {answer})", clause=filled, answer=answer)

    def _is_in_force(self, name: str) -> bool:
        argument = self.by_name[name]
        value = self.given.get(name, argument.default)
        return value is not None and not (argument.kind.holds is Holds.FLAG and value in (False, 0))

    def _filled(self, text: str) -> str:
        # A clause about a flag is said only where the flag is TRUE, and then says all.
        flags = "|".join(name for name, argument in self.by_name.items() if argument.kind.holds is Holds.FLAG)
        sentence = phrase(text)
        plain = re.sub(rf":? `(?:{flags})`", "", sentence) if flags else sentence
        plain = plain.replace("∓", "+" if self._is_meant("buyer") else "−")  # what a side pays is added
        return re.sub(r"`(\w+)`", lambda match: self._value(match.group(1)), restyled(plain))

    def _value(self, name: str) -> str:
        """An argument with its value; of a word, the word alone."""
        if name not in self.by_name:
            return name.upper()
        kind = self.by_name[name].kind
        cells = self.given.get(name, self.by_name[name].default)
        if cells is None:
            return name
        if kind.only_words and not isinstance(cells, list):
            number = _number(kind, cells)
            same = [word for word, code in kind.words.items() if code == number]
            own = str(cells).strip().lower()  # a candidate, also one written "c", is not called a seller
            return next((word for word in same if word.startswith(own)), next(iter(same), str(cells)))
        return f"{name} {_listed(kind, cells)}"


def _is_limit(clause: str) -> bool:
    return clause.startswith(LIMITS)


def _begun(clause: str) -> str:
    """A clause after a colon or semicolon: its first word small, unless it is a symbol or an abbreviation."""
    if spoken() is not None:  # a translation is written as it stands there
        return clause
    return clause[:1].lower() + clause[1:] if clause[1:2].islower() else clause


def _names(text: str) -> list[str]:
    return re.findall(r"`(\w+)`", text)


# ---------------------------------------------------------------- cells in a sentence


def _listed(kind: Kind, cells: Any) -> str:
    """A cell, or the first cells of a range."""
    flat = _flat(cells)
    texts = [_cell(kind, cell) for cell in flat[:LISTED] if cell not in NOTHING]
    listed = number_style().between.join(texts)
    if len(flat) > LISTED:
        return phrase("{cells} … ({count} cells)", cells=listed, count=len(flat))
    return listed


def _flat(cells: Any) -> list[Any]:
    if not isinstance(cells, list):
        return [cells]
    return list(chain.from_iterable(row if isinstance(row, list) else [row] for row in cells))


def _cell(kind: Kind, cell: Any) -> str:
    if isinstance(cell, CellError):
        return cell.code
    if isinstance(cell, bool):
        return str(cell).upper()
    if not isinstance(cell, int | float):
        return _cut(str(cell), WORDS)
    try:
        value, unit = (100 * float(cell), " %") if kind.unit is Unit.SHARE else (float(cell), "")
    except OverflowError:
        return phrase("beyond all numbers")
    return figure(value, SHARE_DIGITS if unit else DIGITS) + unit


def _cut(text: str, length: int) -> str:
    """A text in one line, and cut with dots where it is longer than that: between words if it has any."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept = line[: length - 2]
    return f"{kept[: kept.rfind(' ')] if ' ' in kept else kept} …"


def _number(kind: Kind, cell: Any) -> Any:
    """The number of a word; a number stands for itself."""
    if isinstance(cell, str):
        return kind.words.get(cell.strip().lower())
    return cell
