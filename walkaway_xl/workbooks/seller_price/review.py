"""What the seller's workbook checks, and where its formulas come from."""

from collections.abc import Mapping

from walkaway_xl.workbooks import style
from walkaway_xl.workbooks.cells import reference
from walkaway_xl.workbooks.sections import lists, log
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.seller_price.layout import PLAN, START, TALKS, Prepared


def check_rows(
    context: Context, known: Mapping[str, str], prepared: Prepared, offers: log.Log
) -> tuple[Check, ...]:
    """The checks, in the order of the work."""
    options, history, ladder = prepared.options, prepared.history, prepared.ladder
    at_least_zero = "IF(COUNT({value})=0,0,--({value}>=-{tolerance}*MAX(1,ABS({value}))))"
    or_not_yet = "IF(COUNT({value})=0,1,--({value}>=-{tolerance}*MAX(1,ABS({value}))))"
    above_zero = "IF(COUNT({value})=0,0,--({value}>{tolerance}))"
    none = "--({value}=0)"

    def less(one: str, other: str) -> str:
        return if_known((one, other), f"{one}-{other}")

    def shifted(ref: str, from_start: int, from_end: int) -> str:
        title, span = ref.rsplit("!", 1)
        first, last = (int(cell.rsplit("$", 1)[1]) for cell in span.split(":"))
        column = span.split("$")[1]
        return f"{title}!${column}${first + from_start}:${column}${last + from_end}"

    def gaps(ref: str) -> str:
        return f'SUMPRODUCT(({shifted(ref, 1, 0)}<>"")*({shifted(ref, 0, -1)}=""))'

    next_limits, limits = shifted(ladder.limits, 1, 0), shifted(ladder.limits, 0, -1)
    falling = f'SUMPRODUCT(({next_limits}<>"")*({next_limits}<{limits}))'
    uncertain = options.uncertain_rows.rsplit("!", 1)
    chances, fallbacks = (
        f"{uncertain[0]}!{uncertain[1].replace('$H', '$G')}",
        f"{uncertain[0]}!{uncertain[1].replace('$G', '$H')}",
    )
    their_row = "29"
    start_sheet = context.draft.sheet(START)
    their_price, their_discount = (
        reference(start_sheet, f"D{their_row}"),
        reference(start_sheet, f"E{their_row}"),
    )
    listed, walkaway = known["list"], known["walkaway"]
    required = ("list", "cost", "margin", "volume", "want", "wish")
    present = "+".join(f"(COUNT({known[key]})=0)" for key in required)
    return (
        Check(
            "Required inputs that are blank",
            present,
            none,
            "Fill in list price, cost, margin, volume, want and wish on Prepare.",
        ),
        Check(
            "“If you don't agree” has an answer",
            lists.answered(context.lists, options.answer),
            "{value}",
            "Write one honest sentence on Prepare, part 2.",
        ),
        Check(
            "Alternatives with a price",
            f"COUNT({options.prices})",
            "--({value}>1)",
            "Find at least two. One alternative is easily talked away.",
        ),
        Check(
            "“Do nothing” is one of them",
            f'COUNTIFS({options.kinds},"do nothing",{options.prices},">=0")',
            "--({value}>0)",
            "Doing nothing is always possible. Put a price on it.",
        ),
        Check(
            "Uncertain alternatives without a price if they fail",
            f'SUMPRODUCT(({chances}<>"")*({chances}<1)*({fallbacks}=""))',
            none,
            "Below 100 %, say what you get when the alternative falls through.",
        ),
        Check(
            "Margin and leakage leave something",
            f"1-{known['margin']}-{known['leakage']}",
            above_zero,
            "Minimum margin and leakage together must stay below 100 %.",
            style.SHARE,
        ),
        Check(
            "Wish is not below want",
            less(known["wish"], known["want"]),
            at_least_zero,
            "The wish is the best case: raise it, or lower the want.",
            style.PRICE_DELTA,
        ),
        Check(
            "Want is better than the walk-away",
            less(known["want"], walkaway),
            above_zero,
            "If you want less than your alternative, take the alternative.",
            style.PRICE_DELTA,
        ),
        Check(
            "Walk-away is not below the economic floor",
            less(walkaway, known["economic_floor"]),
            at_least_zero,
            "The walk-away is a formula. Undo what was typed over it.",
            style.PRICE_DELTA,
        ),
        Check(
            "Walk-away is not above the list price",
            less(listed, walkaway),
            at_least_zero,
            "Your list price is below your walk-away: no discount is possible.",
            style.PRICE_DELTA,
        ),
        Check(
            "Discount and price of their offer agree",
            if_known((their_price, their_discount), f"{listed}*(1-{their_discount})-{their_price}"),
            "IF(COUNT({value})=0,1,--(ABS({value})<={tolerance}*MAX(1," + listed + ")))",
            "Price and discount on Start must tell the same. Undo what was typed over them.",
            style.PRICE_DELTA,
        ),
        Check(
            "Walk-away was set before the first offer, days",
            if_known((history.dates, offers.first_date), f"{offers.first_date}-MIN({history.dates})"),
            f"(COUNT({history.dates})>0)*{or_not_yet}",
            "A walk-away that is set during the talks is set by them. Note the day you set it.",
        ),
        Check(
            "Walk-away is not lower than the last one set",
            if_known(
                (history.values, walkaway),
                f"ROUND({walkaway},{context.lists.decimals})-"
                f"INDEX({history.values},MAX(1,COUNT({history.values})))",
            ),
            at_least_zero,
            "It fell. If that is right, set it again with a reason; if not, find what changed.",
            style.PRICE_DELTA,
        ),
        Check(
            "Walk-aways set without a reason",
            f'SUMPRODUCT(({history.values}<>"")*({history.reasons}=""))',
            none,
            "Say why: the reason protects you when the pressure comes.",
        ),
        Check(
            "Approval limits that fall instead of rise",
            falling,
            none,
            "Each person on the ladder may sign at least as much as the one before.",
        ),
        Check(
            "Gaps in the log of offers",
            f"{gaps(offers.ours)}+{gaps(offers.theirs)}",
            none,
            "Fill the rounds on Talks from the top.",
        ),
        Check(
            "Their walk-away: low ≤ likely ≤ high",
            f"COUNT({known['low']},{known['likely']},{known['high']})*({known['low']}<={known['likely']})*"
            f"({known['likely']}<={known['high']})",
            "--({value}>1)",
            "Put the three estimates on Plan in order.",
        ),
        Check(
            "An error among the results on Prepare",
            f"--ISERROR(SUM({known['results']}))",
            none,
            "A formula cannot work with what was typed. Look for the cell with #.",
        ),
    )


def register(context: Context, known: Mapping[str, str]) -> tuple[Entry, ...]:
    """The formulas that carry the verdict, with the worksheet function that answers the same."""
    signer, zone, state, implied = (
        reference(context.draft.sheet(title), cell)
        for title, cell in ((START, "H29"), (PLAN, "B7"), (TALKS, "B7"), (TALKS, "G7"))
    )
    return (
        Entry(
            "BATNA",
            known["batna"],
            "BATNA_BEST",
            "Highest of (price + adjustment) × chance + price if it fails × (1 − chance)",
            "Fisher and Ury 1981",
        ),
        Entry(
            "Walk-away",
            known["walkaway"],
            "WALKAWAY_PRICE",
            "The higher of BATNA floor and economic floor",
            "Raiffa 1982",
        ),
        Entry(
            "Economic floor",
            known["economic_floor"],
            "PRICE_FLOOR",
            "Full cost ÷ (1 − minimum margin − leakage)",
            "margin on price",
        ),
        Entry(
            "Deepest discount",
            known["max_discount"],
            "DISCOUNT_MAX",
            "1 − economic floor ÷ list price",
            "margin on price",
            style.SHARE,
        ),
        Entry(
            "Verdict",
            known["verdict"],
            "WALKAWAY_CHECK",
            "First that applies of RUN, WALK AWAY, NOT READY, price status",
            "this workbook",
            style.GENERAL,
        ),
        Entry(
            "Payment terms",
            known["terms"],
            "TERMS_COST",
            "Days × yearly rate ÷ days in a year",
            "simple interest",
            style.SHARE,
        ),
        Entry(
            "Pocket price",
            known["pocket"],
            "PRICE_WATERFALL",
            "Invoice price less rebate, freight and terms",
            "Marn, Rosiello 1992",
        ),
        Entry(
            "Units needed after a cut of 5 %",
            known["units_needed"],
            "PRICE_BREAKEVEN",
            "Volume × contribution today ÷ contribution after the cut",
            "Nagle 1987",
            style.COUNT,
        ),
        Entry(
            "Who signs their offer",
            signer,
            "DEAL_APPROVER",
            "First rung whose limit covers the discount",
            "inclusive limits",
        ),
        Entry(
            "Zone of agreement",
            zone,
            "ZOPA",
            "Their likely walk-away less yours; negative is a gap",
            "Raiffa 1982",
        ),
        Entry(
            "Concession plan, first offer",
            known["opening"],
            "CONCESSION_PLAN",
            "Opening + (end − opening) × ((k − 1) ÷ (n − 1)) ^ firmness",
            "Faratin et al. 1998",
        ),
        Entry(
            "State of the talks",
            state,
            "CONCESSION_STATUS",
            "First that applies of AGREED, SELF-BID, STALLED, WAIT, MOVING",
            "this workbook",
        ),
        Entry(
            "Their implied limit",
            implied,
            "CONCESSION_LIMIT",
            "Last offer + last step² ÷ (step before − last step)",
            "Aitken 1926",
        ),
        Entry(
            "Preparation",
            known["preparation_verdict"],
            "PREP_SCORE",
            "Points reached ÷ points that apply",
            "this workbook",
            style.GENERAL,
        ),
    )
