"""Filling a workbook in from outside: values by name, each held to what its cell accepts."""

import difflib
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import from_excel

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._takes import refusal
from walkaway_xl.core.errors import InputError, WalkawayError
from walkaway_xl.core.kinds import Unit
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.sheets.cell_writing import Value, put
from walkaway_xl.sheets.draft import Draft, Input
from walkaway_xl.sheets.inputs import TEXT_LIMIT, Kind
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import ANSWERS, Verbatim
from walkaway_xl.workbooks.sharing import written_numbers

PLAIN_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(%?)")
TWO_READINGS = re.compile(r"[+-]?[1-9]\d{0,2}[,.]\d{3}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PERCENT = 100


def fill(draft: Draft, given: Mapping[str, Any]) -> None:
    """Write values into the inputs of a workbook.

    Parameters
    ----------
    draft : Draft
        The workbook; what it holds already is replaced.
    given : mapping
        Values by the name of their input: numbers, dates, or text as a person types it (``"15%"``,
        ``"2026-12-01"``). Text is never taken for a formula. An empty text makes the cell blank.

    Raises
    ------
    InputError
        An input has no such name, or its cell does not accept the value.
    """
    for name in given:
        if name not in draft.inputs:
            raise _unknown(name, draft.inputs)
    for error in _refused(draft, draft.inputs, given, from_file=True).values():
        raise error


def fill_what_fits(draft: Draft, inputs: Mapping[str, Input], given: Mapping[str, Any]) -> dict[str, str]:
    """Write what another workbook holds into inputs, or settings, as far as their cells accept it.

    Parameters
    ----------
    draft : Draft
        The workbook; what it holds already is replaced.
    inputs : mapping
        Its inputs or its settings, by name.
    given : mapping
        Values by name, as `fill` takes them; a word of a list as the workbook itself says it.

    Returns
    -------
    dict
        Why a value was not accepted, by its name.
    """
    return {name: str(error) for name, error in _refused(draft, inputs, given, from_file=False).items()}


def _refused(
    draft: Draft, inputs: Mapping[str, Input], given: Mapping[str, Any], *, from_file: bool
) -> dict[str, WalkawayError]:
    """Write what the cells accept; gives back why they do not accept the rest."""
    refused: dict[str, WalkawayError] = {}
    # The words of a list may be among the values: the classes of a policy, then the lines that name them.
    for name, value in sorted(given.items(), key=lambda pair: inputs[pair[0]].kind.rule == "list"):
        asked = inputs[name]
        cell = draft.cell(asked.reference)
        try:
            taken = _accepted(draft, name, asked.kind, value, from_file=from_file)
        except WalkawayError as error:
            refused[name] = error
            continue
        cell.value = None  # `put` leaves what is there when it gets nothing
        put(cell.parent, cell.coordinate, Verbatim(taken) if isinstance(taken, str) else taken)
    for table, printed in draft.printed.items():
        if any(name.startswith(f"{table}.") for name in given):
            printed.show(max(printed.least, _last_row(draft, table)))
    return refused


def accepted(draft: Draft, name: str, value: Any, called: str) -> Value:
    """A value as the cell of an input would hold it.

    Parameters
    ----------
    draft : Draft
        The workbook.
    name : str
        The input.
    value : object
        As `fill` takes it.
    called : str
        What it is called where it was typed.
    """
    return _accepted(draft, called, draft.inputs[name].kind, value, from_file=True)


def _last_row(draft: Draft, table: str) -> int:
    """The last row of a table that holds something; 0 for none."""
    numbers = [0]
    for name, asked in draft.inputs.items():
        if name.startswith(f"{table}.") and draft.cell(asked.reference).value is not None:
            numbers.append(int(name.split(".")[1]))
    return max(numbers)


def _accepted(draft: Draft, name: str, kind: Kind, value: Any, *, from_file: bool) -> Value:
    """The value as its cell holds it."""
    if value == "":
        return None
    if kind.number is not None:
        return _number(name, kind, value)
    if kind.rule == "date":
        return _day(name, kind, value)
    if isinstance(value, bool):
        value = ANSWERS.words[0 if value else 1]
    if not isinstance(value, str):
        raise InputError(name, "be a text", got=value)
    if kind.rule == "list":
        words, listed_as = _words(draft, kind), draft.word_lists.get(kind.low or "")
        if from_file and listed_as and value in listed_as.words:  # it has the word of our source
            return words[listed_as.words.index(value)]
        if value not in words:
            raise InputError(name, "be one of {words}", got=value, words=", ".join(words))
        return value
    if kind.rule == "custom" and (number := next(written_numbers.numbers(value), None)):
        raise InputError(
            name, "hold no number", "They hear these words; {digits} stands in them.", digits=number.digits
        )
    if NOT_IN_XML.search(value):
        raise InputError(name, "hold characters that a workbook can hold", "Take the odd one out.")
    if len(value) > TEXT_LIMIT:
        raise InputError(
            name, "have at most {low} characters", "This text has {count}.", low=TEXT_LIMIT, count=len(value)
        )
    return value


def _number(name: str, kind: Kind, value: Any) -> float:
    if isinstance(value, str):
        _refuse_two_readings(name, value.strip())
        plain = PLAIN_NUMBER.fullmatch(value.strip())
        if plain is None:
            raise InputError(name, "be a number", "Write it plainly, as 1200, 12.50 or 15%.", got=value)
        if plain[2] and kind.number is not None and kind.number.unit in (Unit.MONEY, Unit.COUNT):
            if kind.number.unit is Unit.MONEY:
                raise InputError(name, "be an amount", "Write it without the percent sign.", got=value)
            raise InputError(name, "be a count", "Write it without the percent sign.", got=value)
        number = float(Decimal(plain[1]) / (PERCENT if plain[2] else 1))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = value
    else:
        raise InputError(name, "be a number", got=value)
    assert kind.number is not None, f"{name} holds a number of no kind"
    if reason := refusal(name, kind.number, number):
        raise InputError(name, reason.must, reason.remedy, number)
    return number


def _refuse_two_readings(name: str, typed: str) -> None:
    """Refuse 1,234 and 1.234, which are 1234 to some and a little over 1 to others."""
    if TWO_READINGS.fullmatch(typed):
        whole, decimals = re.split("[,.]", typed)
        meanings = (whole + decimals, f"{whole}.{decimals}0")  # four decimals have one reading
        raise AmbiguityError(
            phrase("{name} has two readings as {typed}", name=name, typed=typed),
            [
                Meaning(phrase("it is {meaning}", meaning=meaning), ("--set", f"{name}={meaning}"))
                for meaning in meanings
            ],
        )


def _day(name: str, kind: Kind, value: Any) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip() if DAY.fullmatch(value.strip()) else "")
        except ValueError:
            raise InputError(name, "be a date", "Write it as 2026-12-31.", got=value) from None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise InputError(name, "be a day", "Write it as 2026-12-31.", got=value)
    if value <= from_excel(int(kind.low or 0)).date():
        raise InputError(name, "be a date from the year 2000 on", got=value)
    return value


def _words(draft: Draft, kind: Kind) -> list[str]:
    """The words of a list, which stand in a range of the workbook that the rule says or names."""
    source = kind.low or ""
    named = draft.workbook.defined_names.get(source)
    words = Ref(named.attr_text if named else source)
    rows = draft.workbook[words.sheet][words.cells]
    return [str(cell.value) for (cell,) in rows if cell.value is not None]


def _unknown(name: str, inputs: Mapping[str, Input]) -> InputError:
    table, number, key = (*name.split("."), "", "")[:3]
    if number.isdigit() and f"{table}.1.{key}" in inputs:
        count = sum(f"{table}.{row}.{key}" in inputs for row in range(1, int(number)))
        return InputError(name, "lie within its table; {table} has {count} rows", table=table, count=count)
    near = difflib.get_close_matches(name, inputs, n=1)
    hint = phrase("Did you mean {name}? ", name=near[0]) if near else ""
    return InputError(
        name,
        "be an input of this workbook",
        "{hint}walkaway-xl new TEMPLATE --deal writes them all.",
        hint=hint,
    )
