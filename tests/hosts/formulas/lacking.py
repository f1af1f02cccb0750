"""What an engine lacks, and where formulas differ from the cell tables: each with its reason."""

from collections.abc import Mapping

# Functions that IronCalc does not know. A formula that calls one of them, itself or through a helper, is asked of
# Formulon alone; a test asks whether they are still missing.
UNKNOWN_TO_IRONCALC: Mapping[str, str] = {}

# Questions that an engine answers otherwise than Excel, by what is in them.
EMPTY_FOR_NEEDED = "IronCalc takes an empty argument of a parameter that must be given for 0"

# A question that is malformed as a whole shows one error by the cell tables. A formula whose other arguments are
# columns shows an error in each of their rows: it cannot tell before it has looked at each. Where a number of a
# table is out of range beside, that comes first, as it does for a single cell.
ERROR_IN_EACH_ROW = ("DEAL_APPROVER", "DISCOUNT_TIER", "REBATE_VALUE", "COMP_TOTAL", "COMP_MATCH")
