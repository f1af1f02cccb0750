"""The native twins of the core's functions, as columns of the log use them.

{key} stands for a cell of the same row or for a list. A number that is missing is "" all the way down, so
COUNT asks whether there is one and SUM reads it as 0.
"""

from walkaway_xl.sheets import style
from walkaway_xl.workbooks.deal_log import verdicts
from walkaway_xl.workbooks.function_formulas import addin_status, excel_formula

# ---------------------------------------------------------------- what a row says

SIGN = 'IFERROR(INDEX({signs},MATCH({side},{sides},0)),"")'
DEAL = 'IFERROR(INDEX({outcome_codes},MATCH({outcome},{outcomes},0)),"")'
# The price that counts: agreed, or without a deal their last offer.
PRICE = (
    'IF(SUM({deal})*COUNT({agreed})+COUNT({deal})*(1-SUM({deal}))*COUNT({their_last})=0,"",'
    "CHOOSE(1+SUM({deal}),{their_last},{agreed}))"
)
GAP = (
    'IF(COUNT({sign})*COUNT({price})*COUNT({walkaway})=0,"",'
    + excel_formula("WALKAWAY_GAP", offer="{price}", walkaway="{walkaway}", side="{sign}")
    + ")"
)
TIE = 'IF(COUNT({gap})=0,"",{tolerance}*MAX(1,ABS({price}),ABS({walkaway})))'
DISTANCE = 'IF(COUNT({sign})*COUNT({target})*COUNT({walkaway})=0,"",{sign}*({target}-{walkaway}))'
TARGET_IS_BETTER = (
    "IF(COUNT({distance})=0,1,--({sign}*{walkaway}<{sign}*{target}"
    "-{tolerance}*MAX(1,ABS({walkaway}),ABS({target}))))"
)

# ---------------------------------------------------------------- DEAL_RESULT

READY = "COUNT({sign})*COUNT({deal})*COUNT({walkaway})*{target_ok}*(1-SUM({deal})*(COUNT({price})=0))"
_AGREED, _LEFT = "{ready}*SUM({deal})", "{ready}*(1-SUM({deal}))"
# In the order of the verdicts on Checks; the first that holds is shown.
APPLIES = {
    "is_bad": _AGREED + "*(SUM({gap})<-SUM({tie}))",
    "is_strong": "IF(" + _AGREED + "*COUNT({distance})=0,0,--({sign}*{price}>={sign}*{target}"
    "-{tolerance}*MAX(1,ABS({price}),ABS({target}))))",
    "is_thin": _AGREED + "*(SUM({gap})<={buffer_share}*SUM({distance})+SUM({tie}))",
    "is_good": _AGREED,
    "is_unoffered": _LEFT + "*(COUNT({price})=0)",
    "is_missed": _LEFT + "*(SUM({gap})>SUM({tie}))",
    "is_left": _LEFT,
    "is_unready": "{closed}*(1-{ready})",
    "is_open": "{used}*(1-{closed})",
}
VERDICT = 'IF({used}=0,"",INDEX({verdicts},MATCH(1,{is_bad}:{is_open},0)))'
ADD_IN_VERDICT = addin_status(
    "DEAL_RESULT",
    style.status_words(verdicts.VERDICTS),
    *("{deal}", "{price}", "{walkaway}", "{sign}", "{target}"),
)
DIFFERS = 'IF({add_in}="",0,--ISERROR(SEARCH({add_in},{verdict})))'
# Won by a deal, protected or missed by leaving; a tie is worth nothing.
VALUE = 'IF({ready}*COUNT({gap})=0,"",(ABS({gap})>{tie})*{gap}*({deal}+{deal}-1))'

# ---------------------------------------------------------------- WALKAWAY_SCORE, ZOPA_SHARE, SPLIT_MIDPOINT

SCORE = (
    'IF({ready}*SUM({deal})*COUNT({distance})=0,"",'
    + excel_formula("WALKAWAY_SCORE", offer="{price}", walkaway="{walkaway}", target="{target}")
    + ")"
)
WIDTH = (
    'IF(COUNT({sign})*COUNT({walkaway})*COUNT({their_walkaway})=0,"",{sign}*({their_walkaway}-{walkaway}))'
)
POINT = 'IF(COUNT({width})=0,"",{tolerance}*MAX(1,ABS({walkaway}),ABS({their_walkaway})))'
ZONE_SHARE = 'IF({ready}*SUM({deal})*COUNT({width})*(SUM({width})>SUM({point}))=0,"",{gap}/{width})'
FORECAST = (
    'IF(COUNT({our_first})*COUNT({their_first})*(SUM({width})>=-SUM({point}))=0,"",'
    "CHOOSE(1+COUNT({width}),AVERAGE({our_first},{their_first}),"
    # Which of the two is the seller's makes no difference to the middle one of three.
    + excel_formula(
        "SPLIT_MIDPOINT",
        our_offer="{our_first}",
        their_offer="{their_first}",
        seller_walkaway="{walkaway}",
        buyer_walkaway="{their_walkaway}",
    )
    + "))"
)
BEYOND_FORECAST = (
    'IF({ready}*SUM({deal})*COUNT({forecast})=0,"",'
    "{sign}*({price}-{forecast})/MAX({tolerance},ABS({forecast})))"
)
FORECAST_MISS = 'IF(COUNT({beyond})=0,"",ABS({beyond}))'

# ---------------------------------------------------------------- concessions, drift, order

GIVEN = (
    "IF(COUNT({sign})*COUNT({our_first})*(SUM({deal})*COUNT({agreed})"
    '+COUNT({deal})*(1-SUM({deal}))*COUNT({our_last}))=0,"",'
    "{sign}*({our_first}-CHOOSE(1+SUM({deal}),{our_last},{agreed})))"
)
GOT = 'IF(COUNT({sign})*COUNT({their_first})*COUNT({price})=0,"",{sign}*({price}-{their_first}))'
RATIO = (
    'IF(COUNT({given})*COUNT({got})=0,"",'
    'CHOOSE(1+(SUM({got})>{tolerance}),"got nothing",{given}/MAX({tolerance},SUM({got}))))'
)
LOOSENED = (
    "IF(COUNT({sign})*COUNT({walkaway})*COUNT({walkaway_end})=0,0,--({sign}*{walkaway_end}"
    "<{sign}*{walkaway}-{tolerance}*MAX(1,ABS({walkaway}),ABS({walkaway_end}))))"
)
SCORED_ON = 'IF(COUNT({score})*COUNT({ended})=0,"",{ended})'


def place(key: str) -> str:
    """Place of a row among all that have a number in a column, the smallest first, ties in their order."""
    letter, cell = f"{{{key}_column}}", f"{{{key}}}"
    return (
        f'IF(COUNT({cell})=0,"",RANK({cell},{{all_{key}}},1)'
        f"+COUNTIF({letter}${{head}}:{letter}{{above}},{cell}))"
    )
