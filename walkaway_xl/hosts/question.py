"""The workbook with which a host is asked whether the functions answer."""

from openpyxl import Workbook

from walkaway_xl.files import memory_writer
from walkaway_xl.hosts.contract import QUESTION


def workbook() -> bytes:
    """A workbook with one formula, which nobody has calculated."""
    book = Workbook()
    book.active["A1"] = QUESTION
    return memory_writer.saved(book)
