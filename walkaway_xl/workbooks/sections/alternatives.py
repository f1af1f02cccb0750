"""What you will do if you do not agree this deal: the alternatives, made comparable and ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, quoted, reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Placed, Row, Table
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import Context, clipped, if_known
from walkaway_xl.workbooks.sections.lists import KINDS

ROWS, LINKED = 8, 2  # to fill in, and linked to the first screen
SHOWN = ROWS + LINKED
NAMED = 32  # characters of a name beside its bar

LAST = "M"


@dataclass(frozen=True)
class Alternatives:
    """References to what other sections need."""

    answer: str
    table: str
    """All of it that is filled in or calculated."""
    prices: str
    kinds: str
    descriptions: str
    effective: str
    ranks: str
    adjustments: str
    chances: str
    fallbacks: str
    worsts: str
    first_row: int
    next_row: int
    typed_prices: str
    """The prices that are typed here, without those of the first screen."""
    option_replaced: str
    """Formula: 1 or more when an alternative typed here takes the place of the option on the first screen."""
    nothing_replaced: str
    nothing_known: str
    linked_option: str


def write(
    context: Context,
    sheet: Worksheet,
    row: int,
    *,
    offer: str,
    answers: Mapping[str, str],
    going_without: str,
    kinds: Sequence[str] = (),
    cost: str = "",
    worth: str = "",
    prices_elsewhere: str = "",
) -> Alternatives:
    """Write the question, the table and its results.

    Parameters
    ----------
    context, sheet, row
        The workbook, its sheet, and where to begin.
    offer : str
        Reference to their latest offer.
    answers : mapping
        The answers of the first screen, which stand in the table until better ones are typed.
    going_without : str
        What having neither this deal nor another is called.
    kinds : sequence of str
        Kinds that a blank table begins with.
    cost : str
        Reference to what every alternative costs but doing nothing, if it counts here.
    worth : str
        References to what each is worth if it is worked out elsewhere, which then counts.
    prices_elsewhere : str
        References to prices of others, if they say what one more offer may be.
    """
    side, measure = context.side, context.side.measure
    sheet.row_dimensions[row].height = 26
    put(sheet, f"B{row}", "What will you do if you don't agree this deal?", "wx Label", bold=True)
    blocks.band(sheet, "C", "D", row, "wx Label")
    asked = answers["answer"]
    blocks.band(sheet, "E", LAST, row, "wx Link text")
    put(sheet, f"E{row}", Formula(f'IF({asked}="","Say it on Start, question 2.",{asked})'), "wx Link text")
    first_typed = row + 1 + LINKED + 2
    prices = Ref.to(sheet.title, f"E{first_typed}:E{first_typed + ROWS - 1}")
    typed = _worked_out(context, prices, worth) if worth else prices
    nothing = f'COUNTIFS({prices.column("C")},{KINDS["do nothing"]},{typed},">=0")'
    option_replaced = f"(COUNT({typed})-{nothing})"
    linked = _linked(context, answers, going_without, option_replaced, nothing)
    counted: dict[str, Ref] = {}
    plain = _table(context, offer, kinds, linked, counted).at(sheet, row + 2)
    if cost:
        counted["adjustment"] = _less_cost(context, plain, cost)
    if worth:
        counted["price"] = _all_prices(context, plain["price"], typed)
    table = _table(context, offer, kinds, linked, counted).write(context.draft, sheet, row + 2)
    assert table.first + LINKED == first_typed
    prices_counted = counted.get("price", table["price"])
    first, last = table.first, table.last
    blocks.tint_when(sheet, f"J{first}:M{last}", f'$M{first}<>""', style.ACCENT_TINT, style.INK, True)

    blocks.note(
        sheet,
        f"B{last + 1}",
        f"Effective {measure} = ({measure} {'+' if side.better == '+' else '−'} adjustment) × chance "
        f"+ {measure} if it fails × (1 − chance). "
        f"The {'highest' if side.best == 'MAX' else 'lowest'} one is your BATNA: "
        "the best alternative to a negotiated agreement.",
    )
    blocks.section(sheet, f"B{last + 3}", "Make them better before you talk")
    actions = _actions(context, first + LINKED, table["effective"]).write(context.draft, sheet, last + 4)
    looking = _looking(
        context, sheet, actions.next_row + 1, answers["walk_cost"], prices_elsewhere, table["effective"]
    )
    return Alternatives(
        answer=asked,
        table=table.between("kind", "mark"),
        prices=prices_counted,
        kinds=table["kind"],
        descriptions=table["description"],
        effective=table["effective"],
        ranks=table["rank"],
        adjustments=counted.get("adjustment", table["adjustment"]),
        chances=table["chance"],
        fallbacks=table["if_it_fails"],
        worsts=table["worst"],
        first_row=first,
        next_row=looking,
        typed_prices=typed,
        option_replaced=option_replaced,
        nothing_replaced=nothing,
        nothing_known=f'COUNTIFS({table["kind"]},{KINDS["do nothing"]},{prices_counted},">=0")',
        linked_option=table["price"].nth(0),
    )


def _linked(
    context: Context, answers: Mapping[str, str], going_without: str, replaced: str, nothing: str
) -> tuple[dict[str, str], ...]:
    """The option and going without, as the first screen has them, until they are typed here."""
    option, chance, without = (answers[key] for key in ("instead", "instead_chance", "without"))
    # Of an option that may fail nothing is known while nobody says what is left then.
    unknown = f"OR({replaced}>0,COUNT({option})=0,COUNT({chance})*({chance}<1)*(COUNT({without})=0)=1)"
    shown = f"1+AND({replaced}=0,COUNT({option})=1)"
    below = '"replaced by the rows below"'
    return (
        {
            "description": f'IF({replaced}>0,{below},{answers["answer"]}&"")',
            "price": f'IF({unknown},"",{option})',
            "chance": f'CHOOSE({shown},"",MAX(N({chance}),1-COUNT({chance})))',
            "if_it_fails": f'CHOOSE({shown},"",N({without}))',
        },
        {
            "kind": KINDS["do nothing"],
            "description": f"IF({nothing}>0,{below},{quoted(going_without)})",
            "price": f'IF(OR({nothing}>0,COUNT({without})=0),"",{without})',
        },
    )


def _worked_out(context: Context, prices: Ref, worth: str) -> Ref:
    """The prices of the alternatives that are typed; what is worked out elsewhere counts instead."""
    area = context.data
    area.title("Alternatives as they are worked out")
    top = area.row
    for number in range(ROWS):
        better, typed = Ref(worth).nth(number), prices.nth(number)
        value = Formula(f'CHOOSE(1+(COUNT({better})>0),IF(COUNT({typed})=0,"",{typed}),{better})')
        area.write(str(number + 1), value, number_format=style.PRICE)
    sheet = context.draft.sheet(prices.sheet)
    for number in range(ROWS):  # struck out where it does not count
        place = Ref(worth).nth(number)
        put(sheet, f"C{place.first_row}", Formula(f'{prices.column("D").nth(number)}&""'), "wx Words")
        cell, by = prices.nth(number).cells.replace("$", ""), place.cells
        struck = FormulaRule(formula=[f"COUNT({by})>0"], font=Font(strike=True, color=style.MIST))
        sheet.conditional_formatting.add(cell, struck)
    return area.reference(f"C{top}:C{area.row - 1}")


def _all_prices(context: Context, prices: Ref, typed: Ref) -> Ref:
    """The prices of all alternatives, those of the first screen first."""
    area = context.data
    top = area.row
    for number in range(LINKED):
        linked = prices.nth(number)
        area.write(f"First screen {number + 1}", Formula(f'IF(COUNT({linked})=0,"",{linked})'))
    for number in range(ROWS):
        value = typed.nth(number)
        area.write(str(number + 1), Formula(f'IF(COUNT({value})=0,"",{value})'), number_format=style.PRICE)
    return area.reference(f"C{top}:C{area.row - 1}")


def _less_cost(context: Context, table: Placed, cost: str) -> Ref:
    """By how much each alternative is better than its price says, less what it costs to get there."""
    area = context.data
    area.title("Alternatives less what it costs to get there")
    top = area.row
    for number in range(SHOWN):
        kind, price, adjustment = (table[key].nth(number) for key in ("kind", "price", "adjustment"))
        moves = f"({kind}<>{KINDS['do nothing']})"
        counted = Formula(f'IF({price}="","",N({adjustment})-N({cost})*{moves})')
        area.write(str(number + 1), counted, number_format=style.PRICE_DELTA)
    return area.reference(f"C{top}:C{area.row - 1}")


def _table(
    context: Context,
    offer: str,
    kinds: Sequence[str],
    linked: Sequence[Mapping[str, str]],
    counted: Mapping[str, Ref],
) -> Table:
    """The alternatives, comparable: what is typed about each, and what it comes to."""
    side, measure = context.side, context.side.measure

    def as_counted(row: Row, key: str) -> str:
        return counted[key].nth(row.sheet_row - row.first) if key in counted else row[key]

    def effective(row: Row) -> str:
        price = as_counted(row, "price")
        worth = excel_formula(
            "BATNA_COMPARE",
            side,
            prices=price,
            alternatives_better_by=as_counted(row, "adjustment"),
            probabilities=f"MAX({row['chance']},1-COUNT({row['chance']}))",  # blank counts as certain
            fallbacks=row["if_it_fails"],
        )
        return f'IF(COUNT({price})=0,"",{worth})'

    def rank(row: Row) -> str:
        order = f"RANK({row['effective']},{row.whole('effective')},{side.rank_order})"
        return f'IF(COUNT({row["effective"]})=0,"",{order})'

    def better(row: Row) -> str:
        this_price = row["effective"]
        return f'IF(COUNT({this_price})*COUNT({offer})=0,"",{side.better_by(offer, this_price)})'

    def mark(row: Row) -> str:  # of several equally good ones the upper counts
        return f'IF(AND({row["rank"]}=1,COUNTIF({row.until_here("rank")},1)=1),"◆  BATNA","")'

    choice = inputs.choice(KINDS.column, "Choose a kind. “Do nothing” always belongs in the table.")
    delta = {"number_format": style.PRICE_DELTA}
    columns = (
        Column("kind", "C", "Kind", choice, title="Kind of alternative", words=kinds),
        Column("description", "D", "Alternative", inputs.TEXT, "What you would do, in a few words."),
        Column(
            "price",
            "E",
            measure.capitalize(),
            inputs.PRICE,
            f"The {measure} of this alternative, before any adjustment.",
        ),
        Column(
            "adjustment",
            "F",
            "Better (+) or worse (−) by",
            inputs.SIGNED_PRICE,
            "+ if the alternative is worth more than its price says, − if less (effort, risk, quality).",
            "Adjustment",
        ),
        Column(
            "chance",
            "G",
            "Chance it works",
            inputs.CHANCE,
            "Blank counts as 100 %. Below 100 % fill the next column too.",
            look={"number_format": style.SHARE_WHOLE},
        ),
        Column(
            "if_it_fails",
            "H",
            f"{measure.capitalize()} if it fails",
            inputs.PRICE,
            "What you would get instead if this alternative falls through.",
        ),
        Column(
            "worst",
            "I",
            "Worst case",
            inputs.PRICE,
            "The worst this alternative could end in. The verdict names it.",
        ),
        Column("effective", "J", f"Effective {measure}", formula=effective, look={"bold": True}),
        Column("rank", "K", "Rank", formula=rank, look={"number_format": style.WHOLE}),
        Column("", "L", "Their offer is better by", formula=better, look=delta),
        Column("mark", "M", "", formula=mark, style_name="wx Status", look={"colour": style.ACCENT}),
    )
    return Table("alternatives", columns, ROWS, span=None, head_height=46, lines=2, linked=linked)


def _actions(context: Context, first: int, effective: Ref) -> Table:
    """What is done about each alternative, of which the first stands in that row, before the talks."""
    side, ratio = context.side, {"shrink": True, "number_format": style.ONE_DECIMAL}

    def gain(row: Row) -> str:
        now, then, cost = effective.nth(LINKED + row.number), row["becomes"], row["cost"]
        better = side.better_by(then, now)
        if not context.is_alone:
            better = f"{better}*MAX({row['works']},1-COUNT({row['works']}))"  # blank counts as certain
        gained = f"{better}/MAX({context.lists.tolerance},{cost})"
        return if_known((now, then, cost), f'IF({cost}=0,"costs nothing",{gained})')

    columns = (
        Column(
            "",
            "C",
            "Alternative",
            formula=lambda row: f'$D{first + row.number}&""',
            style_name="wx Words",
        ),
        Column(
            "next_action",
            "E:G",
            "Next action to improve it",
            inputs.TEXT,
            "What would make this alternative better before the talks?",
            "Next action",
            "Next action to improve it",
        ),
        Column("cost", "H", "It costs", inputs.COST, "In the measure of the offers.", label="Action costs"),
        Column(
            "works", "I", "Chance it works", inputs.CHANCE, "Blank counts as 100 %.", label="Action works"
        ),
        Column("becomes", "J", "Then it is worth", inputs.PRICE, "As “Effective” above, once it is done."),
        Column("gain", "K", "Gain per 1", formula=gain, look=ratio),
        Column("owner", "L", "Owner", inputs.TEXT, "Who does it."),
        Column("due", "M", "Due", inputs.DATE, "The day it is done."),
    )
    others = ("owner", "due", "works") if context.is_alone else ()
    asked = [column for column in columns if column.key not in others]
    return Table("alternatives", asked, ROWS, head_height=34, lines=2)


def _looking(
    context: Context, sheet: Worksheet, row: int, cost: str, prices_elsewhere: str, effective: Ref
) -> int:
    """What one more offer may bring: the price from which on one stops looking. Returns the next row."""
    side, measure = context.side, context.side.measure
    blocks.section(sheet, f"B{row}", "Is it worth looking for one more?", 28)
    typed = not prices_elsewhere

    def limit(row: Row) -> str:
        cost, low, high = row["cost"], row["low"], row["high"]
        # Where one search more brings as much as it costs; offers lie anywhere between the two ends alike.
        root, middle = f"SQRT((1+1)*{cost}*({high}-{low}))", f"({low}+{high})/(1+1)"
        far, sign = (high, "-") if side.best == "MAX" else (low, "+")
        price = f"CHOOSE(1+({cost}>({high}-{low})/(1+1)),{far}{sign}{root},{middle}{sign}{cost})"
        return if_known((cost, low, high), f'IF({low}>={high},"",{price})')

    def words(row: Row) -> str:
        best = f"{side.best}({effective})"
        gain = side.better_by(row["limit"], best)
        yes = f'"look for one more: it is worth "&{context.words(gain)}&" more than your best alternative"'
        return if_known(
            (row["limit"], effective), f'IF({gain}>0,{yes},"no: your best alternative is better")'
        )

    columns = (
        Column("", "B", "", words=["One more offer"]),
        Column("cost", "E", "Looking costs", inputs.COST, "What one more offer costs you to get."),
        Column("low", "F", f"Lowest {measure}", inputs.PRICE, f"The lowest {measure} that it may be."),
        Column("high", "G", f"Highest {measure}", inputs.PRICE, f"The highest {measure} that it may be."),
        Column("limit", "H", "Stop looking at", formula=limit, look={"shrink": True}),
        Column("", "I", "What that means", formula=words, style_name="wx Words"),
    )
    answers = {"cost": f"N({cost})", "low": f"MIN({prices_elsewhere})", "high": f"MAX({prices_elsewhere})"}
    linked = (
        [{key: if_known((prices_elsewhere,), formula) for key, formula in answers.items()}]
        if prices_elsewhere
        else []
    )
    table = Table("looking", columns, int(typed), numbered=False, head_height=24, linked=linked)
    return table.write(context.draft, sheet, row + 1).next_row


def draw(context: Context, sheet: Worksheet, cells: str, options: Alternatives, offer: str) -> dict[str, str]:
    """Draw the effective prices, best first, against the latest offer; returns names and prices by rank."""
    area, words, measure = context.data, context.words, context.side.measure
    blocks.note_until(sheet, cells, options.effective, f"The picture appears with the first {measure}.")
    scale = charts.scale(area, "Alternatives · scale", [options.effective, offer], context.rules)
    area.title("Alternatives · ranked")
    area.columns(
        "Alternative", "Rank in table order", "Row of this rank", f"Effective {measure}", "This rank"
    )
    first, top, bottom = options.first_row, area.row, area.row + SHOWN - 1
    for number in range(SHOWN):
        row = area.row
        rank, ranks = (
            reference(sheet, f"K{first + number}"),
            reference(sheet, f"K{first}:K{first + number}"),
        )
        ranks_in_table = area.reference(f"C{top}:C{bottom}")
        place, this_rank = area.reference(f"D{row}"), area.reference(f"F{row}")
        area.write(
            Formula(f'IF(COUNT({place})=0," ",INDEX({options.descriptions},{place}))'),
            Formula(if_known((rank,), f"{rank}+COUNTIF({ranks},{rank})-1")),
            Formula(f'IF(COUNTIF({ranks_in_table},{this_rank})=0,"",MATCH({this_rank},{ranks_in_table},0))'),
            Formula(if_known((place,), f"INDEX({options.effective},{place})")),
            number + 1,
            number_format=style.PRICE,
        )
    named = area.reference(f"C{area.write('Characters of a name', NAMED, number_format=style.WHOLE)}")
    canvas = charts.Canvas(area, "Alternatives · marks", 0, SHOWN + 0.9, inner=(0.30, 0.03, 0.64, 0.87))
    canvas.horizontal_axis(scale, 0)
    for number in range(SHOWN):
        price, name = area.reference(f"E{top + number}"), area.reference(f"B{top + number}")
        best = number == 0
        colour, height = (style.ACCENT if best else style.DEDUCTION), SHOWN - number
        end = scale.position(price)
        stem = (style.ACCENT, 3.5) if best else (style.COST, 2.5)
        canvas.line("stem", (0, height), (end, height), *stem)
        canvas.dot("dot", end, height, colour, size=13 if best else 10)
        mark = '"◆ BATNA   "&' if best else ""
        label = Formula(f'IF(COUNT({price})=0," ",{mark}{clipped(name, named)}&"     "&{words(price)}&"   ")')
        canvas.text(label, 0, height, "l", style.ACCENT if best else style.SLATE, 11, best)
    offer_position = scale.position(offer)
    canvas.line("offer", (offer_position, 0), (offer_position, SHOWN + 0.4), style.INK, 1.5, "sysDash")
    label = Formula(f'IF(COUNT({offer})=0," ","Their offer "&{words(offer)})')
    canvas.text(label, offer_position, SHOWN + 0.4, "t", style.INK, 10.5, True)
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        cells,
        f"Effective {measure}",
        f"The effective {measure} of each alternative, best first, with a dashed line at their latest offer. "
        "The first one is the BATNA.",
    )
    return {
        "ranked_names": area.reference(f"B{top}:B{bottom}"),
        "ranked_prices": area.reference(f"E{top}:E{bottom}"),
    }
