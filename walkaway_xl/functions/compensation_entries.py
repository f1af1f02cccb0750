"""Entries of the compensation family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import compensation
from walkaway_xl.core.kinds import MONEY
from walkaway_xl.functions import compensation_formulas

STARTUP = (
    "CalcMark, Job offer comparison, offer B: 215,000 a year, https://calcmark.org/docs/examples/job-offer"
)
CALCMARK = (
    "CalcMark, Job offer comparison, offer A: a year of 287,000 and three of 257,000, "
    "https://calcmark.org/docs/examples/job-offer"
)

FAMILY = Family(
    "compensation",
    "Total compensation",
    "What a package is worth a year, and which base salary matches another offer.",
    (
        Function(
            compensation.comp_total,
            gives=MONEY,
            formula=compensation_formulas.COMP_TOTAL,
            examples=(
                Example((180000, 0.15, 30000, 200000), 264500, source=CALCMARK),
                Example((180000, 0.15, 30000, 200000, None, None, None, None, 0.08), 265386.68901261),
                Example((150000, 0.1, 0, 400000, 4, None, None, 0.5), 215000, source=STARTUP),
                Example((0, 0, 0, 200000, 4, [0.05, 0.15, 0.4, 0.4]), 50000),
                Example(
                    (180000, 0.15, 30000, 200000, 4, [0.25, 0.25, 0.25, 0.25], 12500, 0.5, 0.08),
                    252886.68901261,
                ),
                Example((0, 0, 0, 200000, 4, [0.05, 0.15, 0.4, 0.3]), "#NUM!"),
                Example((0, 0, 0, 200000, 2, [0.05, 0.15, 0.4, 0.4]), 20000),
                Example((0, 0, 0, 200000, 5, [0.05, 0.15, 0.4, 0.4]), "#VALUE!"),
                Example((180000, 15), "#NUM!"),
            ),
        ),
        Function(
            compensation.comp_match,
            gives=MONEY,
            formula=compensation_formulas.COMP_MATCH,
            examples=(
                Example((264500, 0.1, 0, 200000), 195000),
                Example((264500, 0.15, 30000, 200000), 180000, source=CALCMARK),
                Example((40000, 0, 0, 200000), -10000),
                Example(
                    (252886.68901261, 0.15, 30000, 200000, 4, [0.25, 0.25, 0.25, 0.25], 12500, 0.5, 0.08),
                    180000,
                ),
                Example((264500, -0.1), "#NUM!"),
                Example((264500, 0, 0, 200000, 4, [0.05, 0.15, 0.4, 0.3]), "#NUM!"),
            ),
        ),
    ),
)
