"""What the formulas of tables share, as names of their own."""

from collections.abc import Mapping

from walkaway_xl.hosts.formulas.helper import Helper

# The core's _effective_prices: rules in its order, and whether a buyer's price is a payoff by mistake.
_EFFECTIVE_PRICES = (
    "LAMBDA(price,side,label,better_by,probability,fallback,signed,LET("
    'chance,IF(probability="",1,probability),'
    "certain,chance>=1-1E-9,"
    'worked,IF(price="",0,price)+side*IF(better_by="",0,better_by),'
    'failed,IF(fallback="",0,fallback),'
    "payoff,(side=-1)*(1-signed)*((price<0)+NOT(certain)*(fallback<0)),"
    "IF((chance<-1E-9)+(chance>1+1E-9),#NUM!,"
    'IF(label&price&better_by&probability&fallback="","",'
    'IF((price="")+NOT(certain)*(fallback=""),#VALUE!,'
    "IF(payoff,#NUM!,IF(certain,worked,chance*worked+(1-chance)*failed)))))))"
)

TABLE_HELPERS: Mapping[str, Helper] = {
    "WF_GIVEN": Helper(
        'LAMBDA(table,IF(IFERROR(AND(table=""),FALSE),TOCOL(""),table))',
        "A column as it is; a single blank where all of it is blank.",
    ),
    "WF_SPREAD": Helper(
        "LAMBDA(values,height,IF(ROWS(values)=height,values,"
        "IF(ROWS(values)=1,IF(SEQUENCE(height),values),#VALUE!)))",
        "A column of as many rows as the others; a single cell in each of them.",
    ),
    "WF_TEXTS": Helper(
        'LAMBDA(texts,height,IF(ROWS(texts)=height,texts,IF(AND(texts=""),IF(SEQUENCE(height),""),#VALUE!)))',
        "A text for each row; all blank where none is given.",
    ),
    "WF_NAMED": Helper(
        "LAMBDA(labels,height,noun,LET(label,WF_TEXTS(labels,height),"
        'IF(label="",noun&" "&SEQUENCE(height),label)))',
        "A label for each row, or the noun and the number of the row.",
    ),
    "WF_SCALED": Helper(
        'LAMBDA(weights,LET(most,MAX(weights),IF(weights="",0,weights)/IF(most=0,1,most)))',
        "Weights in the same proportion, none of them above 1, so that no sum of them overflows.",
    ),
    "WF_EFFECTIVE_PRICES": Helper(
        _EFFECTIVE_PRICES, "What each alternative comes to as a price; a blank for a blank row."
    ),
    "WF_PHRASE": Helper(
        'LAMBDA(texts,MAP(texts,LAMBDA(text,IF(text="","",LET('
        'line,TRIM(REDUCE(text,{9,10,13,160},LAMBDA(so_far,sign,SUBSTITUTE(so_far,UNICHAR(sign)," ")))),'
        "place,SEQUENCE(MAX(1,LEN(line))),"
        'LEFT(line,MAX(0,IF(ISERROR(SEARCH(MID(line,place,1),". ")),place,0))))))))',
        "A text as part of a sentence: on one line, without a full stop of its own.",
    ),
    "WF_IS_AMOUNT": Helper(
        'LAMBDA(texts,MAP(texts,LAMBDA(text,IF(text="",FALSE,LET('
        'amount,SUBSTITUTE(SUBSTITUTE(UPPER(text),"E-","-"),"E+","+"),'
        "signs,MID(amount,SEQUENCE(LEN(amount)),1),code,UNICODE(signs),"
        "letter,NOT(EXACT(UPPER(signs),LOWER(signs)))+(code>1423)*(code<7936)+(code>11903)*(code<64256),"
        "OR((code>47)*(code<58))*NOT(OR(letter)))))))",
        "Whether a text has a digit and no letter.",
    ),
    "WF_EXPM1": Helper(
        "LAMBDA(x,IF(ABS(x)<0.00001,x+x*x/2+x*x*x/6,EXP(x)-1))", "EXP(x) - 1, which keeps its digits near 0."
    ),
    "WF_LOG1P": Helper(
        "LAMBDA(x,IF(ABS(x)<0.00001,x-x*x/2+x*x*x/3,LN(1+x)))", "LN(1 + x), which keeps its digits near 0."
    ),
}
