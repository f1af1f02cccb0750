"""Entries of the pricing and deal-desk family."""

from walkaway_xl.catalogue import Example, Family, Function
from walkaway_xl.core import pricing
from walkaway_xl.core.kinds import MONEY, SHARE, TEXT, status
from walkaway_xl.functions import pricing_formulas

MARN = (
    "Marn and Rosiello, Managing price, gaining profit, Harvard Business Review 70(5), exhibit 2, "
    "https://www.thecasecentre.org/products/view?id=46479"
)
KOTLER = "Kotler and Armstrong, Principles of Marketing, appendix 2"
RGM = "RGM Academy, Break-even sales analysis: 42 % and +10 % stand 19.2 %, https://www.rgmacademy.app/preview/pricing/2-break-even"
KING_OF_POPS = (
    "King of Pops, computing percent break-even price change, "
    "https://www.coursehero.com/file/6610338/Mk-4010-Computing-Percent-Breakeven-Price-Change/"
)
DEAL_DESK = (
    "PULSE RevOps, discount approval framework: 10 % alone, 20 % the manager, 30 % the director, "
    "https://pulserevops.com/reviews/q10869"
)

TIERS = [0.1, 0.2, 0.3, 1]
SIGNERS = ["Rep", "Manager", "Director", "VP"]
TOASTER = (
    "Kotler, Marketing Management: a toaster with unit cost 10 + 300,000 / 50,000 = 16 and 20 % on "
    "sales sells at 20, "
    "https://smartsolve.ai/question/given-the-customers-demand-schedule-the-cost-function-and-competitors-prices-the-company-is-now-ready-to-selec-dac2568c61"
)
QUARTILE = (
    "Microsoft, QUARTILE.INC: the first quartile of these eight is 3.5, "
    "https://support.microsoft.com/office/1bbacc80-5075-42f1-aed6-47d735c4819d"
)
COUPONS = "Coupons and Discounts, chain discount formula: 37.2 %, https://couponsanddiscouts.com/chain-discount-formula/"
REVOPTIMA = "Revoptima, price waterfall: 100 − 15 − 5 − 3, https://www.revoptima.io/research/price-waterfall"

FAMILY = Family(
    "pricing",
    "Pricing and deal desk",
    "How low a price and how deep a discount may go, what it costs, and who must sign.",
    (
        Function(
            pricing.price_floor,
            gives=MONEY,
            examples=(
                Example((10, 0.2, 0, 6), 20, source=TOASTER),
                Example((16, 0.2), 20, source=TOASTER),
                Example((68, 0.2), 85),
                Example((68, 0.2, 0.05), 90.666666666667),
                Example((68, 0.2, 0.05, None, 0.01), 90.67),
                Example((68, 0.2, 0.05, 2), 93.333333333333),
                Example((68, 0.2, 0.05, None, None, "net"), 89.473684210526),
                Example((68, 0.2, 0.05, 2, 0.01, "invoice"), 93.34),
                Example((68, 0.8, 0.2), "#NUM!"),
                Example((68, 0.2, -0.05), "#NUM!"),
                Example((-1, 0.2), "#NUM!"),
            ),
        ),
        Function(
            pricing.discount_max,
            gives=SHARE,
            examples=(
                Example((25, 16, 0.2), 0.2, source=TOASTER),
                Example((120, 68, 0.2), 0.29166666666667),
                Example((120, 68, 0.2, None, None, 0.005), 0.29),
                Example((120, 68, 0.2, 0.05), 0.24444444444444),
                Example((29, 12.4, 0.45), 0.22257053291536),
                Example((80, 68, 0.2), -0.0625),
                Example((120, 68, 0.2, 0.05, None, None, "net"), 0.25438596491228),
                Example((120, 68, 0.2, 0.05, 2, 0.005, "invoice"), 0.22),
                Example((0, 68, 0.2), "#NUM!"),
                Example((120, 68, 0.8, 0.2), "#NUM!"),
            ),
        ),
        Function(
            pricing.discount_check,
            gives=status(pricing.DiscountStatus),
            shares=("margin", "headroom"),
            examples=(
                Example((20, 0, 16, 0.2, None, None, None, "margin"), 0.2, source=TOASTER),
                Example((120, 0.25, 68, 0.2), "OK"),
                Example((120, 0.28, 68, 0.2), "NEAR FLOOR"),
                Example((120, 0.3, 68, 0.2), "BELOW FLOOR"),
                Example((120, 0.45, 68, 0.2), "BELOW COST"),
                Example((120, 0.25, 68, 0.2, None, None, None, "margin"), 0.24444444444444),
                Example((120, 0.28, 68, 0.2, None, None, None, "margin"), 0.21296296296296),
                Example((120, 0.3, 68, 0.2, None, None, None, "price"), 84),
                Example((120, 0.3, 68, 0.2, None, None, None, "headroom"), -0.0083333333333333),
                Example((120, 0.3, 68, 0.2, None, None, None, "code"), -1),
                Example((120, 0.21, 68, 0.2, 0.05, 2, 0.02, "status", "invoice", False), "NEAR FLOOR"),
                Example((120, 15, 68, 0.2), "#NUM!"),
                Example((120, 0.1, 68, 0.8, 0.2), "#NUM!"),
                Example((120, -0.3, 68, 0.2), "#NUM!"),
                Example((120, -0.3, 68, 0.2, None, None, None, None, None, True), "OK"),
                Example((100, 0.1, 99, -0.2), "OK"),
                Example(([[120], [80]], 0.28, [[68], [68]], 0.2), [["NEAR FLOOR"], ["BELOW COST"]]),
            ),
        ),
        Function(
            pricing.discount_stack,
            gives=SHARE,
            formula=pricing_formulas.DISCOUNT_STACK,
            examples=(
                Example(([0.2, 0.1, 0.05],), 0.316),
                Example(
                    ([0.09, 0.21, 0.15],), 0.388935, source="Docest, chain discounts: 600 comes to 366.64"
                ),
                Example(([0.25, 0.1, 0.05, 0.02],), 0.371575, source=COUPONS),
                Example(([[0.2, 0.1], [0.25, 0.1]], True), [[0.28], [0.325]]),
                Example(([0.2, -0.05], None, True), 0.16),
                Example(([0.2, 0.1, 0.05], False, False), 0.316),
                Example(([0.2, -0.05],), "#NUM!"),
                Example(([20, 10],), "#NUM!"),
            ),
        ),
        Function(
            pricing.price_waterfall,
            gives=MONEY,
            formula=pricing_formulas.PRICE_WATERFALL,
            shares=("leakage", "pocket_pct"),
            examples=(
                Example((6, [0.1, 0.12], [0.3, 0.37, 0.35, 0.2, 0.09]), 4.47, source=MARN),
                Example((6, [0.1, 0.12], [0.3, 0.37, 0.35, 0.2, 0.09], None, "invoice"), 5.78, source=MARN),
                Example(
                    (6, [0.1, 0.12], [0.3, 0.37, 0.35, 0.2, 0.09], None, "leakage"),
                    0.22664359861592,
                    source=MARN,
                ),
                Example(
                    (6, [0.1, 0.12], [0.3, 0.37, 0.35, 0.2, 0.09], None, "pocket_pct"), 0.745, source=MARN
                ),
                Example((100, [15], [5, 3]), 77, source=REVOPTIMA),
                Example((100, [0.15], [0.1], "invoice"), 76.5),
                Example(
                    (100, [0.2], [0.1], "running", "table"), [[100, 100, 1], [-20, 80, 0.8], [-8, 72, 0.72]]
                ),
                Example((100, [15, -2], [5], None, None, True), 82),
                Example(
                    (6, [0.1, 0.12], [0.3, 0.37, 0.35, 0.2, 0.09], "amount", "pocket", False),
                    4.47,
                    source=MARN,
                ),
                Example((100, [15, -2], [5]), "#NUM!"),
                Example((100, [0.15], [0.1], "amount"), 99.75),
                Example((100, [0.15], [0.1]), "#NUM!"),
                Example((0, [0.1]), "#NUM!"),
                Example((100, [100], None, None, "leakage"), "#DIV/0!"),
            ),
        ),
        Function(
            pricing.price_breakeven,
            gives=SHARE,
            examples=(
                Example((-0.1, 0.3), 0.5, source=KOTLER),
                Example((-0.2, 0.6), 0.5, source=KING_OF_POPS),
                Example((-0.05, 0.45), 0.125),
                Example((0.1, 0.42), -0.19230769230769, source=RGM),
                Example((-0.1, 0.3, 0), 0.5, source=KOTLER),
                Example((-0.3, 0.3), "#NUM!"),
                Example((5, 0.45), "#NUM!"),
            ),
        ),
        Function(
            pricing.deal_signer,
            gives=TEXT,
            formula=pricing_formulas.DEAL_SIGNER,
            examples=(
                Example((0.22, TIERS, SIGNERS), "Director", source=DEAL_DESK),
                Example((0.1, TIERS, SIGNERS), "Rep", source=DEAL_DESK),
                Example((72, [80, 70], ["Rep", "Manager"]), "Manager"),
                Example((0.22, TIERS, SIGNERS, "<=", "share"), "Director", source=DEAL_DESK),
                Example((69, [80, 70], ["Rep", "Manager"]), "#N/A"),
                Example((0.25, [0.28, 0.22, -1], ["Rep", "Manager", "Finance"]), "Manager"),
                Example((0.05, [0.1], ["Rep"], "<="), "Rep"),
                Example(([[0.05], [0.22]], TIERS, SIGNERS), [["Rep"], ["Director"]]),
                Example((0.22, [10, 20, 30, 100], SIGNERS), "#NUM!"),
                Example((0.22, [10, 20, 30, 100], SIGNERS, None, "percent"), "Rep"),
                Example((25, [0.28, 0.22, -1], ["Rep", "Manager", "Finance"]), "#NUM!"),
                Example((0.05, [0.1, 0.3, 0.2], ["Rep", "Manager", "Director"]), "#NUM!"),
            ),
        ),
        Function(
            pricing.price_guidance,
            gives=MONEY,
            formula=pricing_formulas.PRICE_GUIDANCE,
            examples=(
                Example(([1, 2, 4, 7, 8, 9, 10, 12], 0.25, 0.5, 0.75), [[3.5, 7.5, 9.25]], source=QUARTILE),
                Example(([72, 75, 78, 80, 81, 83, 85, 86, 88, 90, 95],), [[75, 83, 90]]),
                Example(([72, 75, 78, 80, 81, 83, 85, 86, 88, 90, 95], 0.25, 0.5, 0.75), [[79, 83, 87]]),
                Example(([72, 75, 78, 80],), "#N/A"),
                Example(([72, 75, 78, 80, 81], 25), "#NUM!"),
                Example(([72, 75, 78, 80, 81], 0.1, 0.5, 0.4), "#NUM!"),
                Example(([72, 75, 78, 80, 81], 0.9, 0.5, 0.1), "#NUM!"),
            ),
        ),
    ),
)
