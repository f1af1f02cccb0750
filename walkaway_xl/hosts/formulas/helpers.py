"""What the formulas share, as names of their own: the check of a cell, the tolerance, the side."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from walkaway_xl.core import _tolerance
from walkaway_xl.core._distributions import FAR_OUT, FRACTION_TERMS
from walkaway_xl.core.choices import DIRECTIONS, DISTRIBUTIONS, SIDES
from walkaway_xl.core.kinds import Kind
from walkaway_xl.hosts.formulas.helper import Helper
from walkaway_xl.hosts.formulas.table_helpers import TABLE_HELPERS
from walkaway_xl.symbolic import tracing
from walkaway_xl.symbolic.expressions import Node
from walkaway_xl.symbolic.printing import Printer
from walkaway_xl.symbolic.symbols import Symbol


def _worded(words: Mapping[str, float]) -> str:
    """A check of a word or its number, as a formula."""
    cases = ",".join(f'"{word}",{number:g}' for word, number in words.items())
    numbers = "+".join(f"(value={number:g})" for number in sorted(set(words.values())))
    of_word = f"SWITCH(LOWER(TRIM(value)),{cases},#VALUE!)"
    return f"LAMBDA(value,IF(ISNUMBER(value),IF({numbers},value,#VALUE!),{of_word}))"


def _of_core(function: Callable[..., Any]) -> str:
    """A function of the core, which writes its formula down itself."""
    parameters = list(inspect.signature(function).parameters)
    names: dict[Node, str] = {}
    with tracing.named_parts(names, silent=()):
        answer = function(*(Symbol(Node("argument", name, None)) for name in parameters)).value
    printer = Printer(names, {("argument", name): name for name in parameters}, parameters)
    bound = ",".join(f"{name},{text}" for name, text in printer.bindings([answer]))
    text = printer.text(answer)
    return f"LAMBDA({','.join(parameters)},{f'LET({bound},{text})' if bound else text})"


WORDED = {"WF_SIDE": SIDES, "WF_DIRECTION": DIRECTIONS, "WF_DISTRIBUTION": DISTRIBUTIONS}

HELPERS: Mapping[str, Helper] = {
    # --- what a cell holds -------------------------------------------------------------------------------
    "WF_NUMBER": Helper(
        "LAMBDA(value,IF(ISNUMBER(value),value,#VALUE!))", "A number as it is; #VALUE! for others."
    ),
    "WF_NUMBER_OR": Helper(
        'LAMBDA(value,default,IF(value="",default,IF(ISNUMBER(value),value,#VALUE!)))',
        "A number as it is, and the default for a blank.",
    ),
    "WF_FLAG_OR": Helper(
        'LAMBDA(value,default,IF(value="",default,IF(ISTEXT(value),#VALUE!,'
        "IF((1*value=0)+(1*value=1),1*value,#VALUE!))))",
        "TRUE or FALSE as 1 or 0, and the default for a blank.",
    ),
    **{
        name: Helper(
            _worded(words), f"A word of {name.removeprefix('WF_').lower()}, or its number, as its number."
        )
        for name, words in WORDED.items()
    },
    # --- what a range holds ------------------------------------------------------------------------------
    "WF_FIRST_ERROR": Helper(
        "LAMBDA(table,SUM(IF(ISERROR(table),table,0)))", "The first error of a range, or else 0."
    ),
    "WF_NOTHING": Helper(
        'LAMBDA(table,IFERROR(IF(ROWS(table)*COLUMNS(table)=1,AND(table=""),FALSE),FALSE))',
        "Whether a range is a single blank cell.",
    ),
    "WF_COLUMN": Helper(
        "LAMBDA(table,IF((ROWS(table)>1)*(COLUMNS(table)>1),#VALUE!,"
        'TOCOL(IF(SEQUENCE(ROWS(table),COLUMNS(table)),IF(table="","",table)))))',
        "A row or a column as a column; #VALUE! for a table.",
    ),
    "WF_ONE": Helper(
        "LAMBDA(table,IF(ROWS(table)*COLUMNS(table)=1,table,#VALUE!))",
        "One cell as it is; #VALUE! for a range.",
    ),
    "WF_WITH_ROWS": Helper(
        "LAMBDA(answer,row_upstream,row_refused,LET(all_upstream,WF_FIRST_ERROR(row_upstream),"
        "IF(IFERROR(ROWS(answer),1)=ROWS(row_refused),"
        "IF(row_refused*SEQUENCE(1,IFERROR(COLUMNS(answer),1)),"
        "IF(ISERROR(row_upstream),row_upstream,#VALUE!),answer),"
        "IF(SUM(1*row_refused),IF(ISERROR(all_upstream),all_upstream,#VALUE!),answer))))",
        "An answer whose bad rows show what is wrong with them.",
    ),
    # --- amounts within the tolerance --------------------------------------------------------------------
    "WF_BELOW": Helper(
        _of_core(_tolerance.below), "Whether an amount is less than another beyond the tolerance."
    ),
    "WF_AT_LEAST": Helper(
        _of_core(_tolerance.at_least), "Whether an amount is another or more, within the tolerance."
    ),
    "WF_TOLERANCE": Helper(
        _of_core(_tolerance.tolerance), "How far apart two amounts may be and still count as equal."
    ),
    "WF_ROUND_UP": Helper(
        _of_core(_tolerance.round_up), "The smallest multiple of a step that is not below a number."
    ),
    "WF_ROUND_DOWN": Helper(
        _of_core(_tolerance.round_down), "The largest multiple of a step that is not above a number."
    ),
    # --- numbers, each by itself -------------------------------------------------------------------------
    "WF_MAX": Helper("LAMBDA(a,b,IF(a>b,a,b))", "The larger of two numbers, cell by cell."),
    "WF_MIN": Helper("LAMBDA(a,b,IF(a<b,a,b))", "The smaller of two numbers, cell by cell."),
    "WF_EXP": Helper("LAMBDA(value,EXP(WF_MIN(value,709)))", "EXP, which beyond 709 would be an error."),
    "WF_POWER": Helper("LAMBDA(base,power,IF(power=0,1,base^power))", "A power; 0^0 would be an error."),
    "WF_MILLS": Helper(
        f"LAMBDA(z,LET(far,WF_MAX(z,{FAR_OUT:g}),IF(z>={FAR_OUT:g},1/REDUCE(far,SEQUENCE({FRACTION_TERMS},1,"
        f"{FRACTION_TERMS},-1),LAMBDA(fraction,term,far+term/fraction)),NORM.S.DIST(-z,TRUE)/NORM.S.DIST(z,FALSE))))",
        "The tail of the normal distribution over its density.",
    ),
    **TABLE_HELPERS,
}


def helper_of(kind: Kind) -> str:
    """The helper that reads the words of a kind; empty where it has none."""
    return next((name for name, words in WORDED.items() if kind.only_words and kind.words == words), "")


def needed(formulas: Iterable[str]) -> list[str]:
    """The helpers that some formulas call, themselves or through others, in the order of their list."""
    called: set[str] = set()
    texts = list(formulas)
    while texts:
        more = set(re.findall(r"\bWF_\w+", texts.pop())) - called
        called |= more
        texts += [HELPERS[name].formula for name in more]
    return [name for name in HELPERS if name in called]
