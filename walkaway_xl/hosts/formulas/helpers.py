"""What the formulas share, as names of their own: the check of a cell, the tolerance, the side."""

import re
from collections.abc import Iterable, Mapping

from walkaway_xl.core.choices import DIRECTIONS, DISTRIBUTIONS, SIDES
from walkaway_xl.core.kinds import Kind
from walkaway_xl.hosts.formulas.helper import Helper
from walkaway_xl.hosts.formulas.table_helpers import TABLE_HELPERS

def _worded(words: Mapping[str, float]) -> str:
    """A check of a word or its number, as a formula."""
    cases = ",".join(f'"{word}",{number:g}' for word, number in words.items())
    numbers = "+".join(f"(value={number:g})" for number in sorted(set(words.values())))
    of_word = f"SWITCH(LOWER(TRIM(value)),{cases},#VALUE!)"
    return f"LAMBDA(value,IF(ISNUMBER(value),IF({numbers},value,#VALUE!),{of_word}))"


WORDED = {"WX_SIDE": SIDES, "WX_DIRECTION": DIRECTIONS, "WX_DISTRIBUTION": DISTRIBUTIONS}

HELPERS: Mapping[str, Helper] = {
    # --- what a cell holds -------------------------------------------------------------------------------
    "WX_NUMBER": Helper(
        "LAMBDA(value,IF(ISNUMBER(value),value,#VALUE!))", "A number as it is; #VALUE! for others."
    ),
    "WX_NUMBER_OR": Helper(
        'LAMBDA(value,default,IF(value="",default,IF(ISNUMBER(value),value,#VALUE!)))',
        "A number as it is, and the default for a blank.",
    ),
    "WX_FLAG_OR": Helper(
        'LAMBDA(value,default,IF(value="",default,IF(ISTEXT(value),#VALUE!,'
        "IF((1*value=0)+(1*value=1),1*value,#VALUE!))))",
        "TRUE or FALSE as 1 or 0, and the default for a blank.",
    ),
    **{
        name: Helper(
            _worded(words), f"A word of {name.removeprefix('WX_').lower()}, or its number, as its number."
        )
        for name, words in WORDED.items()
    },
    # --- what a range holds ------------------------------------------------------------------------------
    "WX_FIRST_ERROR": Helper(
        "LAMBDA(table,SUM(IF(ISERROR(table),table,0)))", "The first error of a range, or else 0."
    ),
    "WX_NOTHING": Helper(
        'LAMBDA(table,IFERROR(IF(ROWS(table)*COLUMNS(table)=1,AND(table=""),FALSE),FALSE))',
        "Whether a range is a single blank cell.",
    ),
    "WX_COLUMN": Helper(
        "LAMBDA(table,IF((ROWS(table)>1)*(COLUMNS(table)>1),#VALUE!,"
        'TOCOL(IF(SEQUENCE(ROWS(table),COLUMNS(table)),IF(table="","",table)))))',
        "A row or a column as a column; #VALUE! for a table.",
    ),
    "WX_ONE": Helper(
        "LAMBDA(table,IF(ROWS(table)*COLUMNS(table)=1,table,#VALUE!))",
        "One cell as it is; #VALUE! for a range.",
    ),
    "WX_WITH_ROWS": Helper(
        "LAMBDA(answer,row_upstream,row_refused,LET(all_upstream,WX_FIRST_ERROR(row_upstream),"
        "IF(IFERROR(ROWS(answer),1)=ROWS(row_refused),"
        "IF(row_refused*SEQUENCE(1,IFERROR(COLUMNS(answer),1)),"
        "IF(ISERROR(row_upstream),row_upstream,#VALUE!),answer),"
        "IF(SUM(1*row_refused),IF(ISERROR(all_upstream),all_upstream,#VALUE!),answer))))",
        "An answer whose bad rows show what is wrong with them.",
    ),
    # --- amounts within the tolerance --------------------------------------------------------------------
    "WX_BELOW": Helper(
        "LAMBDA(a,b,a<b-0.000000001*ABS(b))", "Whether an amount is less than another beyond the tolerance."
    ),
    "WX_AT_LEAST": Helper(
        "LAMBDA(a,b,a>=b-0.000000001*ABS(b))", "Whether an amount is another or more, within the tolerance."
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
        found = set(re.findall(r"\bWX_\w+", texts.pop())) - called
        called |= found
        texts += [HELPERS[name].formula for name in found]
    return [name for name in HELPERS if name in called]
