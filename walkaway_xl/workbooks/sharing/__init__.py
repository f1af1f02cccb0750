"""The copy of a workbook for the other side: only what may be seen is in it, and it is searched for leaks."""

from walkaway_xl.workbooks.sharing.areas import ShareError
from walkaway_xl.workbooks.sharing.copying import Copy, copy_for_the_other_side
from walkaway_xl.workbooks.sharing.leaks import Leak, leaks
from walkaway_xl.workbooks.sharing.public_copy import public_copy

__all__ = ["Copy", "Leak", "ShareError", "copy_for_the_other_side", "leaks", "public_copy"]
