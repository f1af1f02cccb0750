"""The door of every formula, generated from the kinds of its arguments: what `cells.py` and `takes` do.

A parameter has the argument's own name, since Excel shows it to whom types the function. What it comes to is
that name with an underscore: a number, the number of a word, the word of an output, a column of them. A blank
without a default stays "" there, unless the formula wants a number in its place.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from walkaway_xl.catalogue import Argument, Function
from walkaway_xl.core.kinds import Holds, Shape
from walkaway_xl.hosts.formulas import helpers
from walkaway_xl.hosts.own_lambdas import parameter
from walkaway_xl.symbolic.literals import literal

COLUMNS = (Shape.COLUMN, Shape.ROWS)
ROW_BY_ROW = (Shape.ROWS, Shape.GRID)
BLANK = '""'

# Names that the door binds beside those of the arguments.
UPSTREAM, REFUSED = "upstream", "refused"
ROW_UPSTREAM, ROW_REFUSED = "row_upstream", "row_refused"
HEIGHT = "height_of_rows"


class Door(NamedTuple):
    """What stands around the answer of a formula."""

    parameters: tuple[str, ...]
    """Parameters as they are declared; optional ones in brackets."""
    bindings: tuple[tuple[str, str], ...]
    """Names and what they come to, in their order."""
    rules: tuple[str, ...]
    """Conditions under which a number lies outside of its range."""
    instead: str
    """What is shown where an argument cannot be read."""
    meets: bool
    """Whether ranges meet cell by cell."""
    by_row: bool
    """Whether a bad cell leaves the other rows of the answer as they are."""
    fitting: str
    """Something that is an error where columns do not fit row by row; empty where none have to."""

    def around(self, answer: str) -> str:
        """The answer, where every argument can be read and lies within its range.

        Ranges that do not fit each other leave #N/A where they meet, so a sum over them is an error.
        """
        if self.rules:
            answer = f"IF({any_of(self.rules)},#NUM!,{answer})"
        if self.by_row:
            answer = f"WF_WITH_ROWS({answer},{ROW_UPSTREAM},{ROW_REFUSED})"
        if self.by_row:  # columns that do not fit are no rows to answer one by one
            answer = f"IF(ISERROR({self.fitting}),#VALUE!,{answer})" if self.fitting else answer
            return f"IF({REFUSED},{self.instead},{answer})"
        answer = f"IF({REFUSED},{self.instead},{answer})"
        return f"IF(ISERROR(SUM({REFUSED})),#VALUE!,{answer})" if self.meets else answer


def any_of(conditions: tuple[str, ...]) -> str:
    """Whether one of some conditions holds, for each element."""
    return conditions[0] if len(conditions) == 1 else "+".join(f"({condition})" for condition in conditions)


def read_name(argument: Argument) -> str:
    """What the argument is called once it has been read."""
    return f"{parameter(argument)}_"


def door(function: Function, *, blanks: Mapping[str, str] | None = None, rules: bool = True) -> Door:
    """What stands around the answer of a function.

    Parameters
    ----------
    function : Function
        The worksheet function.
    blanks : mapping, optional
        What a blank of an argument without a default is read as; "" where it is not named.
    rules : bool
        Whether the ranges of the kinds are checked in here.
    """
    arguments = function.arguments
    opened = [_opened(argument) for argument in arguments]
    cells = {argument.name: name for argument, (name, _) in zip(arguments, opened, strict=True)}
    whole = [argument for argument in arguments if argument.kind.shape not in ROW_BY_ROW]
    rows = [argument for argument in arguments if argument.kind.shape in ROW_BY_ROW]
    reads = {
        argument.name: _read(argument, cells[argument.name], (blanks or {}).get(argument.name, BLANK))
        for argument in arguments
    }
    bindings = [
        *((name, text) for name, text in opened if name != text),
        (UPSTREAM, _upstream([(_error(a, cells[a.name]), a) for a in arguments])),
        *((read_name(argument), reads[argument.name]) for argument in whole),
        (REFUSED, "+".join([*map(_refused, whole), *_empty(rows, cells)])),
    ]
    columns = [argument for argument in rows if argument.kind.shape is Shape.ROWS]
    if columns:
        bindings += [
            (HEIGHT, f"MAX({','.join(f'ROWS({cells[a.name]})' for a in columns if a.kind.is_numeric)})"),
            *((f"{parameter(a)}_rows", f"{_in_height(a)}({cells[a.name]},{HEIGHT})") for a in columns),
        ]
        cells |= {a.name: f"{parameter(a)}_rows" for a in columns}
        reads |= {a.name: _read(a, cells[a.name], BLANK) for a in columns}
    if rows:
        bindings += [
            (ROW_UPSTREAM, _upstream([(_row_error(a, cells[a.name]), a) for a in rows])),
            *((f"{parameter(a)}_read", reads[a.name]) for a in rows),
            (ROW_REFUSED, "+".join(_row_refused(a) for a in rows)),
            *((read_name(a), f"IF({ROW_REFUSED},{BLANK},{parameter(a)}_read)") for a in rows),
        ]
    return Door(
        tuple(_declared(arguments)),
        tuple(bindings),
        tuple(_out_of_range(whole)) if rules else (),
        _instead(arguments[0], cells[arguments[0].name]),
        sum(argument.kind.shape is Shape.ELEMENT for argument in arguments) > 1,
        bool(rows),
        _fitting(columns, cells),
    )


def _declared(arguments: Sequence[Argument]) -> Iterator[str]:
    """The parameters; what may be blank may be left out, if nothing that is needed stands behind it."""
    for place, argument in enumerate(arguments):
        needed = any(after.required and not after.kind.may_be_blank for after in arguments[place:])
        yield parameter(argument) if needed else f"[{parameter(argument)}]"


def _in_height(argument: Argument) -> str:
    """The helper that makes an argument as high as the others; a text is of one row."""
    return "WF_TEXTS" if argument.kind.holds is Holds.TEXT else "WF_SPREAD"


def _fitting(columns: Sequence[Argument], cells: Mapping[str, str]) -> str:
    """Something that is an error where columns whose rows answer one by one do not fit."""
    return "+".join(f"ROWS({cells[a.name]})" for a in columns)


def _opened(argument: Argument) -> tuple[str, str]:
    """The name of an argument's cells, "" where it is not given, and how it comes to them."""
    name, shape = parameter(argument), argument.kind.shape
    may_be_omitted = not argument.required or argument.kind.may_be_blank
    text = f'IF(ISOMITTED({name}),"",{name})' if may_be_omitted else name
    if shape in COLUMNS:
        text = f"WF_COLUMN({text})" if argument.required else f"WF_GIVEN(WF_COLUMN({text}))"
    elif shape is Shape.SINGLE:
        text = f"WF_ONE({text})"
    elif argument.kind.may_be_na:
        text = f'IFNA({text},"")'
    if argument.kind.may_be_na:
        text = f'IFNA({text},"")'
    return (name, name) if text == name else (f"{name}_in", text)


def _read(argument: Argument, cells: str, blank: str) -> str:
    """An argument as the answer works with it; an error where it cannot be."""
    kind, default = argument.kind, _default(argument, blank)
    is_table = kind.shape in (*COLUMNS, *ROW_BY_ROW)
    may_be_blank = not argument.required or kind.may_be_blank or is_table
    if kind.chooses:
        return _word(argument, cells, default)
    if kind.holds is Holds.ANY:
        return f"IF({cells}={BLANK},{BLANK},{cells})"
    if kind.holds is Holds.TEXT:
        return f"{cells}&{BLANK}"
    if kind.holds is Holds.FLAG:
        return f"WF_FLAG_OR({cells},{default})"
    if not kind.words:
        return f"WF_NUMBER_OR({cells},{default})" if may_be_blank else f"WF_NUMBER({cells})"
    helper = helpers.helper_of(kind)
    read = f"{helper}({cells})" if helper else _number_of_word(argument, cells)
    return f"IF({cells}={BLANK},{default},{read})" if may_be_blank else read


def _default(argument: Argument, blank: str) -> str:
    """What stands for a blank."""
    default, kind = argument.default, argument.kind
    if kind.holds is Holds.FLAG:
        return str(int(bool(default)))
    if default is None:
        return blank
    if isinstance(default, str) and not kind.chooses:
        default = float(kind.words[default])
    return literal(default)


def _word(argument: Argument, cells: str, default: str) -> str:
    """A word that chooses, from the word or its number."""
    words = argument.kind.words
    by_number = ",".join(f"{number:g},{literal(word)}" for word, number in words.items())
    by_word = ",".join(f"{literal(word)},{literal(word)}" for word in words)
    of_number = f"SWITCH({cells},{by_number},#VALUE!)"
    of_word = f"SWITCH(LOWER(TRIM({cells})),{by_word},#VALUE!)"
    chosen = f"IF(ISNUMBER({cells}),{of_number},{of_word})"
    return chosen if argument.required else f"IF({cells}={BLANK},{default},{chosen})"


def _number_of_word(argument: Argument, cells: str) -> str:
    """The number of a word, of a list that has no helper of its own."""
    kind = argument.kind
    cases = ",".join(f"{literal(word)},{number:g}" for word, number in kind.words.items())
    number = cells
    if kind.only_words:
        allowed = tuple(f"{cells}={number:g}" for number in sorted(set(kind.words.values())))
        number = f"IF({any_of(allowed)},{cells},#VALUE!)"
    return f"IF(ISNUMBER({cells}),{number},SWITCH(LOWER(TRIM({cells})),{cases},#VALUE!))"


def _upstream(errors: list[tuple[str, Argument]]) -> str:
    """The first of the errors that cells bring along, or else 0."""
    tests = "".join(f"IF(ISERROR({text}),{text}," for text, _ in errors)
    return f"{tests}0{')' * len(errors)}"


def _error(argument: Argument, cells: str) -> str:
    """Something that is an error where a cell of the argument brings one along."""
    return cells if argument.kind.shape in (Shape.ELEMENT, Shape.SINGLE) else f"WF_FIRST_ERROR({cells})"


def _row_error(argument: Argument, cells: str) -> str:
    """The same, row by row."""
    return f"BYROW({cells},LAMBDA(row,WF_FIRST_ERROR(row)))" if argument.kind.shape is Shape.GRID else cells


def _refused(argument: Argument) -> str:
    """Whether an argument cannot be read."""
    name = read_name(argument)
    is_column = argument.kind.shape is Shape.COLUMN
    refused = f"OR(ISERROR({name}))" if is_column else f"ISERROR({name})"
    if is_column and argument.required and not argument.kind.may_be_blank:
        refused += f"+WF_NOTHING({parameter(argument)}_in)"
    return refused


def _row_refused(argument: Argument) -> str:
    """The same, row by row."""
    name = f"{parameter(argument)}_read"
    if argument.kind.shape is Shape.GRID:
        return f"BYROW({name},LAMBDA(row,SUM(1*ISERROR(row))))"
    return f"ISERROR({name})"


def _empty(rows: list[Argument], cells: Mapping[str, str]) -> Iterator[str]:
    """Whether a table that is needed is a single blank cell."""
    for argument in rows:
        if argument.required:
            yield f"WF_NOTHING({cells[argument.name]})"


def _instead(first: Argument, cells: str) -> str:
    """What is shown where an argument cannot be read: an error from before, a blank, or our complaint."""
    ours = "#VALUE!"
    if first.required and not first.kind.may_be_blank:
        is_table = first.kind.shape in (*COLUMNS, *ROW_BY_ROW)
        blank = f"WF_NOTHING({cells})" if is_table else f"{cells}={BLANK}"
        ours = f"IF({blank},{BLANK},{ours})"
    return f"IF(ISERROR({UPSTREAM}),{UPSTREAM},{ours})"


def _out_of_range(arguments: list[Argument]) -> Iterator[str]:
    """Conditions under which a number lies outside of the range of its kind."""
    for argument in arguments:
        kind, name = argument.kind, read_name(argument)
        if not kind.is_measured:
            continue
        limits, least, most = [], kind.range.least, kind.range.most
        if not math.isinf(least):
            low = f"{name}<={literal(least)}" if kind.range.above_least else f"{name}<{literal(kind.lowest)}"
            limits.append(f"({low})*(1-{kind.lifted_by}_)" if kind.lifted_by else low)
        if not math.isinf(most):
            high = f"{name}>={literal(most)}" if kind.range.below_most else f"{name}>{literal(kind.highest)}"
            limits.append(high)
        if kind.range.whole:
            limits.append(f"IF(ISNUMBER({name}),{name}<>INT({name}))")
        may_be_blank = argument.default is None or kind.shape in COLUMNS
        for limit in limits:
            # To Excel a text is above every number.
            guarded = f"ISNUMBER({name})*({limit})" if may_be_blank and ">" in limit else limit
            yield f"SUM(1*({guarded}))>0" if kind.shape in COLUMNS else guarded
