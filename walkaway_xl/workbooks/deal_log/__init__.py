"""The deal log and post-mortem: what was won, what walking away protected, and what to do differently."""

from walkaway_xl.workbooks.deal_log.log_workbook import NAME, build

__all__ = ["NAME", "build"]
