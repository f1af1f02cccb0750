"""Text of a file that no spreadsheet program calculates, and what it was before: nothing is lost.

Where a cell begins as a formula does, an apostrophe stands before it; where it begins with apostrophes and
then as a formula does, one more. So each text is another one afterwards, and reading takes one away again.
The same is done inside a text behind whatever another program may take for the end of a cell.
"""

from collections.abc import Callable, Sequence

import polars as pl

SIGNS = "=+@＝＋－＠\\-"  # the list of OWASP, with what East Asian keyboards write
BEGINS = rf"^'*[{SIGNS}\t\r\n]"
NUMBER = r"^[+\-]?[0-9.,]+(?:[eE][+\-]?[0-9]+)?\s?%?$"  # which is calculated to itself
ENDS = r"[;,|\t\r\n]"  # between cells, for one program or another
INSIDE = rf"({ENDS})('*[{SIGNS}])"
MARKED_INSIDE = rf"({ENDS})'('*[{SIGNS}])"


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with an apostrophe before whatever in texts and names would be calculated."""
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    names = dict(zip(frame.columns, _changed(frame.columns, _marked), strict=True))
    return frame.with_columns(_marked(pl.col(name).cast(pl.String)) for name in texts).rename(names)


def original(frame: pl.DataFrame) -> pl.DataFrame:
    """The texts of a file as they were before `harmless`."""
    held = [column for column in frame if column.dtype == pl.String]
    marked = [column.name for column in held if column.str.contains("'", literal=True).any()]
    return frame.with_columns(_unmarked(pl.col(name)) for name in marked)


def original_names(names: Sequence[str]) -> list[str]:
    """The names of columns as they were before `harmless`."""
    return _changed(names, _unmarked)


def _changed(names: Sequence[str], change: Callable[[pl.Expr], pl.Expr]) -> list[str]:
    text = pl.DataFrame({"name": names}, schema={"name": pl.String}).select(change(pl.col("name")))
    return text["name"].to_list()


def _begins(text: pl.Expr) -> pl.Expr:
    return text.str.contains(BEGINS) & ~text.str.contains(NUMBER)


def _marked(text: pl.Expr) -> pl.Expr:
    inside = text.str.replace_all(INSIDE, "${1}'${2}")
    return pl.when(_begins(text)).then(inside.str.replace("^", "'")).otherwise(inside)


def _unmarked(text: pl.Expr) -> pl.Expr:
    whole = text.str.replace_all(MARKED_INSIDE, "${1}${2}")
    rest = whole.str.slice(1)
    return pl.when(whole.str.starts_with("'") & _begins(rest)).then(rest).otherwise(whole)
