"""The copy for the other side, made only if nothing in it gives anything away that nobody allowed."""

from collections.abc import Iterable
from typing import NamedTuple

from walkaway_xl.workbooks import reading
from walkaway_xl.workbooks.sharing.leaks import Leak, leaks
from walkaway_xl.workbooks.sharing.public_copy import public_copy


class Copy(NamedTuple):
    """The copy as bytes, None if cells would give something away; and allowances that nothing needed."""

    data: bytes | None
    leaks: list[Leak]
    needless: list[str]


def copy_for_the_other_side(data: bytes, allowed: Iterable[str]) -> Copy:
    """The pages for the other side, searched for what would give a secret away.

    Parameters
    ----------
    data : bytes
        The workbook, calculated.
    allowed : iterable of str
        Addresses of cells that may go although they give something away. Quotes, dollars and case do not
        matter.
    """
    values = reading.values_of(data)
    allowances = dict.fromkeys(map(_plain, allowed))
    every_leak = leaks(reading.formulas_of(data), values)
    leaking = {_plain(leak.address) for leak in every_leak}
    left = [leak for leak in every_leak if _plain(leak.address) not in allowances]
    needless = [cell for cell in allowances if cell not in leaking]
    return Copy(None if left else public_copy(values), left, needless)


def _plain(cell: str) -> str:
    return cell.replace("'", "").replace("$", "").casefold()
