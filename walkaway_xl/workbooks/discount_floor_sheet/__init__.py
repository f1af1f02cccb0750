"""The deal desk's discount floor sheet: which lines of a quote hold their margin, and who must sign."""

from walkaway_xl.workbooks.discount_floor_sheet.quote_workbook import build

__all__ = ["build"]
