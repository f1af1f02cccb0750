"""Entries of the BATNA family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import batna, tree
from walkaway_xl.core.kinds import MONEY
from walkaway_xl.functions import batna_formulas
from walkaway_xl.functions.walkaway_entries import JEWEL, PAT_AND_DREW

EAZL = "Eazl, Negotiation: expected value of the alternative"
AIMA = (
    "Russell and Norvig, Artificial Intelligence: A Modern Approach, exponential utility exercises, "
    "https://aima.cs.berkeley.edu"
)
MCCALL = (
    "McCall (1970), Economics of Information and Job Search, uniform offers: "
    "highest - sqrt(2 cost (highest - lowest)), https://doi.org/10.2307/1879403"
)

LITIGATION = "Zane, decision analysis for litigators: settle for 600,000 or go to court, in thousands"

TRIAL = (
    [1, 2, 3, 4, 5, 6],
    ["", 1, 1, 3, 3, 3],
    ["D", "T", "C", "T", "T", "T"],
    [0, -600, -100, -1000, -300, 0],
    ["", "", "", 0.5, 0.2, 0.3],
)
# The same as prices of the side that pays.
PAYING = (*TRIAL[:3], [0, 600, 100, 1000, 300, 0], TRIAL[4])

FAMILY = Family(
    "batna",
    "Alternatives and BATNA",
    "What you will do if you don't agree this deal, and what that is worth.",
    (
        Function(
            batna.batna_value,
            gives=MONEY,
            examples=(
                Example((250000, 0.6, 0, 50000), 100000, source=PAT_AND_DREW),
                Example((-250000, 0.4, 0, 70000), -170000, source=PAT_AND_DREW),
                Example((5, 0.8, 3.5, 0.25), 4.45, source=EAZL),
                Example((120000, 0.8, 60000, 5000, 1, 0.1), 93181.818181818),
                Example((120000, 0.8, 60000, 5000, 0.5, 0.1), 97973.959638524),
                Example((250000, 0.4, 0, 70000, None, None, "buyer"), 170000, source=PAT_AND_DREW),
                Example((250000, 0.6, 0, 50000, None, None, "seller"), 100000, source=PAT_AND_DREW),
                Example((120000, 0.8, 60000, 5000, 1, 0.1, "seller"), 93181.818181818),
                Example((-250000, 0.4, 0, 70000, None, None, "buyer"), "#NUM!"),
                Example((100, 1.2), "#NUM!"),
                Example((100, 0.8, 0, -5), "#NUM!"),
                Example((100, 0.8, 0, 5, 1, 8), "#NUM!"),
            ),
        ),
        Function(
            batna.batna_compare,
            gives=MONEY,
            formula=batna_formulas.BATNA_COMPARE,
            examples=(
                Example(
                    (34, [35, 38], "buyer", None, [0, 5]),
                    [[35, 2, 1, ""], [33, 1, -1, "BATNA"]],
                    source=JEWEL,
                ),
                Example((7500, [6500], "buyer"), [[6500, 1, -1000, "BATNA"]]),
                Example(
                    (
                        95000,
                        [[90000], [105000], [88000]],
                        "candidate",
                        None,
                        [[0], [0], [3000]],
                        [[1], [0.6], [1]],
                        [[0], [88000], [0]],
                    ),
                    [[90000, 3, 5000, ""], [98200, 1, -3200, "BATNA"], [91000, 2, 4000, ""]],
                ),
                Example(
                    (
                        42,
                        [[41], [39.5], [40], [46]],
                        "buyer",
                        [["other supplier"], ["make in-house"], ["wait"], ["do nothing"]],
                        [[0], [-2], [-1.5], [0]],
                        [[1], [1], [0.7], [1]],
                        [[0], [0], [44], [0]],
                    ),
                    [
                        ["other supplier", 41, 1, -1, "BATNA"],
                        ["make in-house", 41.5, 2, -0.5, ""],
                        ["wait", 42.25, 3, 0.25, ""],
                        ["do nothing", 46, 4, 4, ""],
                    ],
                ),
                Example(
                    (
                        95000,
                        [[90000], [105000], [88000]],
                        "candidate",
                        [["A"], ["B"], ["stay"]],
                        [[0], [0], [3000]],
                        [[1], [0.6], [1]],
                        [[0], [88000], [0]],
                        False,
                    ),
                    [
                        ["A", 90000, 3, 5000, ""],
                        ["B", 98200, 1, -3200, "BATNA"],
                        ["stay", 91000, 2, 4000, ""],
                    ],
                ),
                Example(
                    (95, [[90], [105]], "seller", None, None, [[1], [0.6]]),
                    [[90, 1, 5, "BATNA"], ["#VALUE!", "#VALUE!", "#VALUE!", "#VALUE!"]],
                ),
                Example(
                    (100, [-90, 95], "buyer"),
                    [["#NUM!", "#NUM!", "#NUM!", "#NUM!"], [95, 1, -5, "BATNA"]],
                ),
                Example(
                    (100, [-90, 95], "buyer", None, None, None, None, True),
                    [[-90, 1, -190, "BATNA"], [95, 2, -5, ""]],
                ),
            ),
            native="({prices}{better}{alternatives_better_by})*{probabilities}+(1-{probabilities})*{fallbacks}",
        ),
        Function(
            batna.batna_best,
            gives=MONEY,
            formula=batna_formulas.BATNA_BEST,
            examples=(
                Example(([35, 38], "buyer", ["Acme", "Beta"], [0, 5]), 33, source=JEWEL),
                Example(
                    ([35, 38], "buyer", ["Acme", "Beta"], [0, 5], None, None, "label"), "Beta", source=JEWEL
                ),
                Example(([6500], "buyer"), 6500),
                Example(
                    (
                        [90000, 105000, 88000],
                        "candidate",
                        ["A", "B", "stay"],
                        [0, 0, 3000],
                        [1, 0.6, 1],
                        [0, 88000, 0],
                        "price",
                        False,
                    ),
                    98200,
                ),
                Example(([90, 105], "seller", None, None, [1, 0.6]), "#VALUE!"),
                Example(([90, 105], "seller", None, None, [1, 60], [0, 88]), "#NUM!"),
                Example(([-90, 95], "buyer"), "#NUM!"),
                Example(([90, 95], "buyer", None, None, [0.5, 1], [-3, 0]), "#NUM!"),
                Example(([-90, 95], "buyer", None, None, None, None, None, True), -90),
            ),
        ),
        Function(
            tree.batna_tree,
            gives=MONEY,
            formula=batna_formulas.BATNA_TREE,
            examples=(
                Example(TRIAL, -600, source=LITIGATION),
                Example((*TRIAL, "choice"), 2, source=LITIGATION),
                Example((*TRIAL, "table"), [[-600], [-600], [-660], [-1000], [-300], [0]], source=LITIGATION),
                Example(
                    (["go", "sign", "wait"], ["", "go", "go"], ["D", "T", "T"], [0, 90, 95], None, "choice"),
                    "wait",
                ),
                Example((*PAYING, None, "buyer"), 600, source=LITIGATION),
                Example(
                    (
                        ["lose", "win", "court", "settle", "what now"],
                        ["court", "court", "what now", "what now", ""],
                        ["T", "T", "C", "T", "D"],
                        [-1000, -300, -100, -600, 0],
                        [0.6, 0.4, "", "", ""],
                        "value",
                        "seller",
                    ),
                    -600,
                ),
                Example((*PAYING, "choice", "buyer"), 2, source=LITIGATION),
                Example((*TRIAL, None, "buyer"), "#NUM!"),
                Example(([1, 2, 3], ["", 1, 1], ["C", "T", "T"], [0, 100, 50], ["", 0.6, 0.3]), "#NUM!"),
                Example(([1, 2], ["", 3], ["D", "T"], [0, 100]), "#VALUE!"),
            ),
        ),
        Function(
            batna.batna_ce,
            gives=MONEY,
            formula=batna_formulas.BATNA_CE,
            examples=(
                Example(([5000, 0], [0.6, 0.4], 500), 458.111317149102, source=AIMA),
                Example(([5000, 0], [0.6, 0.4], 400), 366.514056764008, source=AIMA),
                Example(([5000, 0], [0.6, 0.4]), 3000),
                Example(([40000, 60000], [0.5, 0.5], 20000, "buyer"), 52402.290139165546),
                Example(([40000, 60000], [0.5, 0.5], 20000, "seller"), 47597.709860834454),
                Example(([40000, 60000], [0.5, 0.5], None, "buyer"), 50000),
                Example(([-40000, -60000], [0.5, 0.5], 20000, "buyer"), "#NUM!"),
                Example(([5000, 0], [0.6, 0.3], 500), "#NUM!"),
                Example(([5000, 0], [60, 40], 500), "#NUM!"),
                Example(([5000, 0], [0.6, 0.4], -500), "#NUM!"),
                Example(([5000, 0], [0.6, ""], 500), "#VALUE!"),
            ),
        ),
        Function(
            batna.batna_risk,
            gives=MONEY,
            examples=(
                Example((500, 0, 100), 152.379564017488, source=AIMA),
                Example((500, 0, 100, 0.5), 152.379564017488, source=AIMA),
                Example((500, 0, 250), "#N/A"),
                Example((0, 500, 100), "#NUM!"),
                Example((500, 0, 100, 50), "#NUM!"),
                Example((500, 0, 100, 1), "#N/A"),
            ),
        ),
        Function(
            batna.batna_search,
            gives=MONEY,
            examples=(
                Example((1, "seller", 80, 120), 111.05572809, source=MCCALL),
                Example((0.02, "seller", 0, 1), 0.8, source=MCCALL),
                Example((1, "seller", 80, 120, None, None, 2), 103.5125),
                Example((1, "seller", 80, 120, None, None, 5), 108.378956532122),
                Example((1, "seller", 100, 10, None, "normal"), 109.023463475101),
                Example((1, "buyer", 80, 120), 88.944271909999),
                Example((1, "seller", 80, 100, 120, "triangular", 2), 101.857916666667),
                Example((-1, "seller", 80, 120), "#NUM!"),
                Example((1, "seller", 80, 120, None, None, 2.5), "#NUM!"),
                Example((1, "seller", 120, 80), "#NUM!"),
                Example((0, "seller", 100, 10, None, "normal"), "#N/A"),
            ),
        ),
    ),
)
