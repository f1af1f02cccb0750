"""What would change the verdict on the price: each input by itself, and how far it may move until then."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.workbooks.sections.alternatives import Alternatives
from walkaway_xl.workbooks.sections.context import Context, if_known

SPAN = ("B", "M")
SHARE_MOVE = "+0 %;−0 %;0 %"


@dataclass(frozen=True)
class _Turn:
    """An input: its name, its value, the value at which the verdict turns, and whether it can."""

    label: str
    now: str
    turns_at: str
    can: str
    in_words: str
    """What is said of it in one line, given the cells of both values; blank for those that are not."""
    is_share: bool = False
    is_amount: bool = False
    """Whether it cannot be negative."""

    @property
    def allowed(self) -> str:
        """Formula: 1 where the value at which the verdict turns is one that the input can have."""
        if self.is_share:
            return f"AND({self.turns_at}>=0,{self.turns_at}<=1)"
        return f"({self.turns_at}>=0)" if self.is_amount else "1"


def write(
    context: Context,
    sheet: Worksheet,
    top: int,
    figures: Mapping[str, str],
    options: Alternatives,
    limit_word: str,
) -> tuple[int, str]:
    """Write the table; returns the next row, and where one line says the most important of it."""
    blocks.section(sheet, f"B{top}", "What would change it")
    blocks.note(
        sheet, f"M{top}", "Each by itself: where WALK AWAY begins or ends if nothing else moves.", right=True
    )
    heads = {"B": "Input", "E": "Now", "F": "Turns at", "G": "May move by", "H": "In words"}
    blocks.table_head(sheet, top + 1, heads, numbers="EFG", span=SPAN, height=24)
    best = _best(context, options)
    turns = _turns(context, figures, options, best, limit_word)
    sentences: list[str] = []
    for row, turn in enumerate(turns, top + 2):
        sheet.row_dimensions[row].height = 20
        blocks.band(sheet, *SPAN, row, "wx Label")
        put(sheet, f"B{row}", turn.label, "wx Label")
        pattern = style.SHARE_WHOLE if turn.is_share else style.PRICE
        move = SHARE_MOVE if turn.is_share else style.PRICE_DELTA
        put(sheet, f"E{row}", Formula(if_known((turn.now,), turn.now)), "wx Calc", number_format=pattern)
        needed = (figures["offer"], figures["walkaway"], turn.now)
        turning = f'IFERROR(CHOOSE(1+({turn.can})*{turn.allowed},"",{turn.turns_at}),"")'
        put(sheet, f"F{row}", Formula(if_known(needed, turning)), "wx Calc", number_format=pattern, bold=True)
        put(
            sheet,
            f"G{row}",
            Formula(if_known((f"E{row}", f"F{row}"), f"F{row}-E{row}")),
            "wx Calc",
            number_format=move,
        )
        words = f'CHOOSE(1+COUNT(F{row}),"not by itself","")'
        put(sheet, f"H{row}", Formula(if_known(needed, words)), "wx Words")
        if turn.in_words:
            now, turns_at = (reference(sheet, f"{column}{row}") for column in "EF")
            sentences.append(if_known((turns_at,), turn.in_words.format(now=now, at=turns_at)))
    last = top + 1 + len(turns)
    return last + 1, _line(context, figures, sentences)


def _best(context: Context, options: Alternatives) -> dict[str, str]:
    """The best alternative, cell by cell, and what the next one is worth."""
    area = context.data
    place = f"MATCH(1,{options.ranks},0)"
    area.title("The best alternative")

    def cell(label: str, formula: str) -> str:
        row = area.write(label, Formula(f'IFERROR({formula},"")'), number_format=style.PRICE)
        return area.reference(f"C{row}")

    def of(column: str, blank: str = '""') -> str:
        picked = f"INDEX({column},{place})"
        # Where there is none, COUNT of nowhere is 0 in some programs and an error in others.
        nothing = blank if blank == '""' else f"{blank}+0*{place}"
        return f"IF(COUNT({picked})=0,{nothing},{picked})"

    second = f"{'LARGE' if context.side.best == 'MAX' else 'SMALL'}({options.effective},1+1)"
    name = f"INDEX({options.descriptions},{place})"
    return {
        "name": cell("Its name", f'IF({name}="","your option",{name})'),
        "price": cell("What it is worth", of(options.prices)),
        "adjustment": cell("Better or worse by", of(options.adjustments, "0")),
        "chance": cell("Its chance", of(options.chances)),
        "sure": cell("Its chance, blank counts as certain", of(options.chances, "1")),
        "first": cell("It is the answer on Start", f"--({place}=1)"),
        "fallback": cell("If it fails", of(options.fallbacks, "0")),
        "next": cell("What the next one comes to", second),
    }


def _turns(
    context: Context,
    figures: Mapping[str, str],
    options: Alternatives,
    best: Mapping[str, str],
    limit_word: str,
) -> tuple[_Turn, ...]:
    side, words = context.side, context.words
    offer, hard, floor = figures["offer"], figures["hard_limit"], figures["batna_floor"]
    advantage, cost = f"N({figures['advantage']})", f"N({figures['walk_cost']})"
    back, better = ("+", "+") if side.best == "MAX" else ("-", "-")
    # The verdict turns where what the alternative is worth here, or the limit, equals their offer.
    batna = f"({offer}{back}{advantage}{back}{cost})"
    over = f"({figures['batna']}-{offer})" if side.best == "MAX" else f"({offer}-{figures['batna']})"
    accepted = f"({figures['in_limit']}=1)"

    def no_worse(one: str, than: str) -> str:
        return f"({side.better_by(one, than)}>=-{context.same(one, than)})"

    # An offer beyond the walk-away is let in by one of the two only where the other one lets it in already.
    limit_lets, floor_lets, next_lets = (
        f"(IF(COUNT({other})=0,1,--{no_worse(reached, f'N({other})')}))"
        for reached, other in ((offer, hard), (offer, floor), (batna, best["next"]))
    )
    by_floor = f"--(({accepted}+{limit_lets})>0)"
    by_best = f"--(({accepted}+{limit_lets}*{next_lets})>0)"
    chance, fallback, adjustment, price = (best[key] for key in ("chance", "fallback", "adjustment", "price"))
    sure, less = best["sure"], "-" if better == "+" else "+"
    sure_price = f"(({batna}-{fallback}*(1-{sure}))/{sure}{less}{adjustment})"
    whole = f"({price}{better}{adjustment})"
    name = best["name"]
    return (
        _Turn(
            "Their offer",
            offer,
            figures["walkaway"],
            "1",
            f'"their offer at "&{words("{at}")}',
        ),
        _Turn(
            f"{side.measure.capitalize()} of your best alternative",
            price,
            sure_price,
            by_best,
            f'{name}&" at "&{words("{at}")}&" instead of "&{words("{now}")}',
            is_amount=True,
        ),
        _Turn(
            "Its chance",
            chance,
            f"(({batna}-{fallback})/({whole}-{fallback}))",
            # Of the option on Start it is known what is left if it fails once question 4 is answered.
            f"{by_best}*((N({best['first']})=0)+COUNT({figures['without']})>0)*({whole}<>{fallback})",
            '"its chance at "&FIXED(100*{at},0)&" % instead of "&FIXED(100*{now},0)&" %"',
            is_share=True,
        ),
        *(
            (_Turn("Cost of starting again", cost, f"({over}-{advantage})", by_floor, "", is_amount=True),)
            if figures["walk_cost"] != "0"
            else ()
        ),
        _Turn("What this deal is better by", advantage, f"({over}-{cost})", by_floor, ""),
        _Turn(
            f"Your limit: {limit_word}",
            hard,
            offer,
            f"--(({accepted}+{floor_lets})>0)",
            "",
            is_amount=True,
        ),
    )


def _line(context: Context, figures: Mapping[str, str], sentences: list[str]) -> str:
    """The most important of it in one line; what no price decides, no price changes."""
    area = context.data
    area.title("What would change it, in one line")
    pieces = [area.reference(f"C{area.write('Part', Formula(piece))}") for piece in sentences]
    joined = "&".join(f'IF({piece}="","","  ·  "&{piece})' for piece in pieces[1:])
    first = f'"What would change it:  "&{pieces[0]}&{joined}'
    decided = '"What would change it:  what stands behind the ◆, and no price."'
    is_judged = f"COUNT({figures['gap']})"
    line = f'CHOOSE(1+{is_judged}*(1+({figures["decided"]}>0)),"",{first},{decided})'
    return area.reference(f"C{area.write('Line', Formula(line))}")
