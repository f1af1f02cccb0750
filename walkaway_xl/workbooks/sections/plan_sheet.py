"""What they can accept, how you move, and what you trade."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core import kinds
from walkaway_xl.core.kinds import Range, narrowed
from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.sheets.table import Column, Placed, Row, Table
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.price_columns import PriceColumn

PLAN_ROWS = 8
GRID_POINTS = 41
OFFERS = inputs.measured(
    "wx Input qty",
    narrowed(
        kinds.counted("Count the offers, the opening included."),
        Range(1, PLAN_ROWS, whole=True),
        f"The plan has room for {PLAN_ROWS} offers.",
    ),
)


ANSWERS = Form("B:D", "E:H", prefix="counterpart.", lines=3)
ESTIMATES = Form("I:L", "M", prefix="counterpart.", height=None)
REASONS = Form("B:D", "E:H", prefix="moves.", lines=3)
NUMBERS = Form("I:L", "M", prefix="moves.", height=None)


def _question(key: str, label: str, prompt: str) -> Field:
    return Field(key, label, inputs.TEXT, prompt=prompt)


def _estimate(key: str, label: str) -> Field:
    honest = "A range is more honest than one number: low ≤ likely ≤ high."
    return Field(key, label, inputs.PRICE, prompt=honest, title="Your estimate")


QUESTIONS = (
    _question("decider", "Who decides on their side?", "Name and role. Who else must agree?"),
    _question("alternatives", "What will they do without you?", "Their alternatives, as far as you know."),
    _question("interests", "What do they really need?", "The interest behind the number they ask for."),
    _question("deadline", "What is their deadline?", "Who is under more time pressure?"),
)
THEIR_LIMITS = (
    _estimate("low", "Their walk-away, low"),
    _estimate("likely", "Their walk-away, likely"),
    _estimate("high", "Their walk-away, high"),
    _estimate("target", "Their target"),
)
OPENING_QUESTIONS = (
    _question("reason", "Why this opening number?", "A reason they can repeat to their own boss."),
    _question("opener", "Who opens?", "You, if you know the market better; otherwise let them."),
    _question(
        "reply",
        "What do you say to an extreme first number?",
        "Name it, set it aside, and start from your own.",
    ),
)
MOVES = (
    Field("opening", "Our opening", inputs.PRICE, prompt="Your first number: ambitious, with a reason."),
    Field(
        "reserve",
        "Held in reserve",
        inputs.PART,
        "",
        "The share of the way to your walk-away that the plan never gives: stay clear of it.",
        0.2,
        style.SHARE_WHOLE,
    ),
    Field(
        "firmness",
        "Firmness",
        inputs.POWER,
        "",
        "1 = even steps. Below 1 the steps shrink, which says the end is near. Above 1 you give late.",
        1.0,
        style.ONE_DECIMAL,
    ),
    Field("offers", "Number of offers", OFFERS, "", "From 1 to 8, the opening included.", 6, style.WHOLE),
    Field("round_to", "Round offers to", inputs.TICK, prompt="For example 0.1. Blank: no rounding."),
    Field(
        "going_on_costs",
        "Going on costs you",
        inputs.COST,
        prompt="Days, trips, advice still to come, in the measure of the offers. What is spent never counts.",
    ),
)


LEFT_OUT = ("target", "opener")
"""What somebody who prepares alone is not asked."""


def _asked(context: Context, fields: Sequence[Field]) -> list[Field]:
    return [entry for entry in fields if not (context.is_alone and entry.key in LEFT_OUT)]


def write_beliefs(context: Context, sheet: Worksheet, row: int, first_offer: str) -> dict[str, str]:
    """Write what you believe about them: answers at the left, a range of numbers at the right.

    Their target, if nobody is asked for it, is what they asked first.
    """
    answers = ANSWERS.write(context.draft, sheet, row, QUESTIONS)
    numbers = {
        "target": first_offer,
        **ESTIMATES.write(context.draft, sheet, row, _asked(context, THEIR_LIMITS)),
    }
    return {**{f"their_{key}": ref for key, ref in answers.items()}, **numbers}


def write_moves(context: Context, sheet: Worksheet, row: int) -> dict[str, str]:
    """Write how you move: reasons at the left, numbers at the right."""
    reasons = REASONS.write(context.draft, sheet, row, _asked(context, OPENING_QUESTIONS))
    numbers = NUMBERS.write(context.draft, sheet, row, MOVES)
    return {**{f"opening_{key}": ref for key, ref in reasons.items()}, **numbers}


def write_plan(
    context: Context, sheet: Worksheet, top: int, figures: Mapping[str, str], columns: Sequence[PriceColumn]
) -> str:
    """Write the planned offers and what each means; returns the range of the offers."""
    placed = dict(zip("HIL", columns, strict=False))
    heads = {"B": "Offer", "E": "Exact", "F": "Offer at", "G": "Step"}
    heads |= {letter: column.head for letter, column in placed.items()}
    numbers = "".join(("EFG", *(letter for letter, column in placed.items() if column.is_number)))
    blocks.table_head(sheet, top, heads, numbers=numbers, span=("B", "M"), height=24)
    first, last = top + 1, top + PLAN_ROWS
    opening, walkaway = figures["opening"], figures["walkaway"]
    for number in range(PLAN_ROWS):
        row = first + number
        sheet.row_dimensions[row].height = 20
        blocks.band(sheet, "B", "M", row, "wx Label")
        put(sheet, f"B{row}", number + 1, "wx Calc", number_format="0", horizontal="left", indent=1)
        exact = excel_formula(
            "CONCESSION_PLAN",
            start=opening,
            limit=walkaway,
            offers=figures["offers"],
            firmness=figures["firmness"],
            reserve=figures["reserve"],
            number=f"B{row}",
        )
        within = f'IF(B{row}>{figures["offers"]},"",{exact})'
        put(sheet, f"E{row}", Formula(if_known((opening, walkaway), within)), "wx Calc", colour=style.SLATE)
        # Rounded away from the walk-away, never across it; the opening stays as it is.
        tick, up = figures["round_to"], f"(1-({walkaway}<{opening})-({walkaway}<{opening}))"
        rounded = (
            f"MEDIAN({opening},{walkaway},{up}*INT({up}*E{row}/{tick}+{context.lists.tolerance})*{tick})"
        )
        offered = f"IF(N({tick})=0,E{row},{rounded})" if number else f"E{row}"
        put(sheet, f"F{row}", Formula(if_known((f"E{row}",), offered)), "wx Calc", bold=True)
        if number:
            step = if_known((f"F{row}", f"F{row - 1}"), f"F{row}-F{row - 1}")
            put(sheet, f"G{row}", Formula(step), "wx Calc", number_format=style.PRICE_DELTA)
        for letter, column in placed.items():
            put(
                sheet,
                f"{letter}{row}",
                Formula(column.formula(context, figures, f"F{row}")),
                column.style_name,
            )
    return reference(sheet, f"F{first}:F{last}")


def _is_worth_it(row: Row) -> str:
    worth, cost = row["worth_to_us"], row["cost_to_us"]
    return if_known((worth, cost), f'IF({worth}>{cost},"✔  trade it","✖  costs more than it brings")')


TRADE_ROWS = 6


def write_trades(context: Context, sheet: Worksheet, row: int, value_unit: str) -> Placed:
    """Write the give and get list in the words to use at the table; values are for `value_unit`."""
    trades = Table(
        "trades",
        (
            Column("get", "B:D", "If you …", inputs.TEXT, "What you ask for. Never give without it."),
            Column("give", "E:G", "then we …", inputs.TEXT, "What you give for it."),
            Column(
                "worth_to_us", "H", "Worth to us", inputs.WORTH, f"What you get is worth this {value_unit}."
            ),
            Column(
                "cost_to_us", "I", "Cost to us", inputs.COST, f"What you give costs you this {value_unit}."
            ),
            Column("", "J", "Worth it?", formula=_is_worth_it, style_name="wx Status", look={"bold": False}),
        ),
        TRADE_ROWS,
        span=("B", "M"),
        numbered=False,
        lines=2,
    )
    return trades.write(context.draft, sheet, row)


def write_tiles(context: Context, sheet: Worksheet, row: int, figures: Mapping[str, str]) -> dict[str, str]:
    """Write the numbers that sum up the zone of possible agreement; returns where they are."""
    words, side = context.words, context.side
    walkaway, low, likely, high = (figures[key] for key in ("walkaway", "low", "likely", "high"))
    ours, theirs = figures["ours"], figures["theirs"]
    seller, buyer = (walkaway, likely) if side.best == "MAX" else (likely, walkaway)
    width = excel_formula("ZOPA", seller_walkaway=seller, buyer_walkaway=buyer)
    span = f'"from "&{words(walkaway)}&" to "&{words(likely)}'
    zone = f'IF({width}>=0,{span},"none: they stop before you can agree")'
    forecast = excel_formula(
        "SPLIT_MIDPOINT", our_offer=ours, their_offer=theirs, seller_walkaway=walkaway, buyer_walkaway=likely
    )
    middle = f'IF({width}<0,"–",{forecast})'
    our_gain, their_gain = side.better_by(theirs, walkaway), side.better_by(likely, theirs)
    power = excel_formula("WALKAWAY_POWER", our_gain=our_gain, their_gain=their_gain)
    nobody = f'CHOOSE(1+AND({our_gain}<=0,{their_gain}<=0),{power},"–")'
    stronger = '"they lose more than you without a deal"'
    weaker = '"you lose more than they without a deal"'
    caption = f"CHOOSE(1+(N({{power}})*(1+1)>=1),{weaker},{stronger})"
    whole = style.SHARE_WHOLE_BARE
    places: dict[str, str] = {}
    for key, columns, title, value, words_below, pattern in (
        (
            "zone",
            ("B", "D"),
            "Zone of possible agreement",
            if_known((walkaway, likely), width, '"–"'),
            Formula(if_known((walkaway, likely), zone, '"from your walk-away and theirs"')),
            style.PRICE_BARE,
        ),
        (
            "zone_chance",
            ("E", "G"),
            "Chance that there is a zone",
            if_known((walkaway, low, likely, high), _chance(context, figures, walkaway), '"–"'),
            Formula(
                if_known(
                    (low, high),
                    f'"their walk-away: "&{words(low)}&" to "&{words(high)}',
                    '"from what you believe about them"',
                )
            ),
            whole,
        ),
        (
            "midpoint",
            ("H", "J"),
            "Midpoint forecast",
            if_known((walkaway, likely, ours, theirs), middle, '"–"'),
            "between the latest offers, kept in the zone",
            style.PRICE_BARE,
        ),
        (
            "power",
            ("K", "M"),
            "Your power to walk away",
            if_known((walkaway, likely, theirs), nobody, '"–"'),
            Formula(
                if_known(
                    (f"$K${row + 1}",),
                    caption.format(power=f"$K${row + 1}"),
                    '"from their offer and both walk-aways"',
                )
            ),
            whole,
        ),
    ):
        first, last = columns
        places[key] = blocks.tile(
            sheet,
            f"{first}{row}:{last}{row + 2}",
            title,
            Formula(value),
            words_below,
            number_format=pattern,
            gutter=first != "B",
        )
    return places


def _step(context: Context, sheet: Worksheet, row: int, label: str, formula: str, words: str) -> str:
    """A calculated line below the reasons; returns where its value is."""
    sheet.row_dimensions[row].height = 20
    blocks.band(sheet, "B", "H", row, "wx Label")
    put(sheet, f"B{row}", label, "wx Label")
    put(sheet, f"E{row}", Formula(formula), "wx Calc", bold=True)
    value = reference(sheet, f"E{row}")
    put(sheet, f"F{row}", Formula(if_known((value,), words.format(value=value))), "wx Words")
    return value


def write_counter(context: Context, sheet: Worksheet, row: int, figures: Mapping[str, str]) -> str:
    """Write the answer to their first number that is set by what you hope for; returns where it is."""
    side, first, want = context.side, figures["their_first"], figures["want"]
    bracket = excel_formula("OFFER_BRACKET", side, their_offer=first, target=want)
    within = f"{'MIN' if side.best == 'MAX' else 'MAX'}({bracket},{figures['wish']})"
    chosen = f"CHOOSE(1+COUNT({figures['wish']}),{bracket},{within})"
    met = f"({side.better_by(first, want)}>=0)"
    formula = f"CHOOSE(1+{met},{chosen},{want})"
    short, beaten = '"as far beyond your hope as they fall short"', '"they beat your hope: ask for more"'
    most = '"your best case: ask for no more than that"'
    beyond = f"CHOOSE(1+COUNT({figures['wish']})*({{value}}={figures['wish']}),{short},{most})"
    words = f"CHOOSE(1+{met},{beyond},{beaten})"
    return _step(
        context, sheet, row, "Counter to their first number", if_known((first, want), formula), words
    )


def write_going_on(context: Context, sheet: Worksheet, row: int, figures: Mapping[str, str]) -> str:
    """Write what it is worth to go on talking; returns where it is. What is spent never counts."""
    walkaway, middle, chance = figures["walkaway"], figures["midpoint"], figures["zone_chance"]
    surplus = context.side.better_by(f"N({middle})", walkaway)
    worth = excel_formula(
        "WALKAWAY_EXIT",
        prob_deal=f"N({chance})",
        surplus=surplus,
        cost_to_continue=f"N({figures['going_on_costs']})",
    )
    # Without a zone there is nothing to win, whatever the forecast.
    without = f"-N({figures['going_on_costs']})"
    formula = f"CHOOSE(1+COUNT({middle}),{without},{worth})"
    words = (
        'CHOOSE(1+({value}<0),"chance × gain, less what it costs","✖  leave now: it costs more than that")'
    )
    return _step(context, sheet, row, "Worth going on", if_known((walkaway, chance), formula), words)


def _chance(context: Context, figures: Mapping[str, str], price: str) -> str:
    """Chance that their walk-away is beyond a price, for a triangle from low over likely to high."""
    low, likely, high = figures["low"], figures["likely"], figures["high"]
    inside = f"MEDIAN({low},{price},{high})"
    tiny = context.lists.tolerance
    left = f"({inside}-{low})*({inside}-{low})/MAX({tiny},({high}-{low})*({likely}-{low}))"
    right = f"({high}-{inside})*({high}-{inside})/MAX({tiny},({high}-{low})*({high}-{likely}))"
    if context.side.best == "MAX":
        return f"IF({inside}<{likely},1-{left},{right})"
    return f"IF({inside}<{likely},{left},1-{right})"


def write_single_offer(context: Context, sheet: Worksheet, top: int, figures: Mapping[str, str]) -> None:
    """Write the best price if they could only say yes or no, found on a fine grid up to their limit."""
    area = context.data
    far = figures["high"] if context.side.best == "MAX" else figures["low"]
    walkaway = figures["walkaway"]
    needed = (walkaway, figures["low"], figures["likely"], figures["high"])
    area.title("One offer, yes or no · offers tried")
    area.columns("Number", "Offer", "Chance of a yes", "Expected gain", "Part of the way")
    first, last = area.row, area.row + GRID_POINTS - 1
    for number in range(GRID_POINTS):
        row = area.row
        price, chance, part = (area.reference(f"{column}{row}") for column in "CDF")
        gain = context.side.better_by(price, walkaway)
        area.write(
            str(number),
            Formula(if_known(needed, f"{walkaway}+({far}-{walkaway})*{part}")),
            Formula(if_known((price,), _chance(context, figures, price))),
            Formula(if_known((price, chance), f"{gain}*{chance}")),
            number / (GRID_POINTS - 1),
        )
    prices, chances, gains = (area.reference(f"{column}{first}:{column}{last}") for column in "CDE")
    best = f"MATCH(MAX({gains}),{gains},0)"
    worth_it = f'IF(MAX({gains})<={context.lists.tolerance},"–",INDEX({prices},{best}))'
    sheet.row_dimensions[top].height = 20
    blocks.band(sheet, "B", "H", top, "wx Label")
    put(sheet, f"B{top}", "Best single offer, take it or leave it", "wx Label")
    put(sheet, f"E{top}", Formula(if_known((gains,), worth_it)), "wx Calc", bold=True)
    price = reference(sheet, f"E{top}")
    sentence = f'"they say yes with a chance of "&FIXED(100*INDEX({chances},{best}),0)&" %"'
    put(sheet, f"F{top}", Formula(if_known((price,), sentence)), "wx Words")


def draw_zone(context: Context, sheet: Worksheet, cells: str, figures: Mapping[str, str]) -> None:
    """Draw both ranges, the zone where they overlap, and the offers on the table."""
    area, words = context.data, context.words
    blocks.note_until(
        sheet, cells, figures["likely"], "The picture appears when you have an idea of their walk-away."
    )
    keys = ("walkaway", "want", "ours", "theirs", "low", "likely", "high", "target")
    walkaway, target, ours, theirs, low, likely, high, their_target = (figures[key] for key in keys)
    side = context.side
    scale = charts.scale(
        area,
        "Agreement zone · scale",
        [figures[key] for key in keys],
        context.rules,
        mirrored=side.best == "MIN",
    )
    area.title("Agreement zone · ends")
    area.columns("End", "Where")
    overlap = area.write(
        "Far end of the zone",
        Formula(if_known((walkaway, likely), f"{side.best}({walkaway},{likely})")),
        number_format=style.PRICE,
    )
    near = area.write(
        "Near end of the gap",
        Formula(
            if_known((walkaway, likely), f"{'MIN' if side.best == 'MAX' else 'MAX'}({walkaway},{likely})")
        ),
        number_format=style.PRICE,
    )
    far_end, gap_end = area.reference(f"C{overlap}"), area.reference(f"C{near}")
    position = scale.position
    canvas = charts.Canvas(area, "Agreement zone · marks", 0.35, 4.3, inner=(0.10, 0.02, 0.78, 0.88))
    canvas.horizontal_axis(scale, 0.35)
    canvas.bar("Ours", position(walkaway), position(target), 3.2, style.ACCENT_RANGE)
    canvas.bar("Theirs", position(their_target), position(likely), 1.2, style.THEM_RANGE)
    canvas.bar("Zone", position(walkaway), position(far_end), 2.2, style.ACCENT)
    canvas.bar("Gap", position(gap_end), position(walkaway), 2.2, style.NO_ZONE)
    canvas.line("Range of their walk-away", (position(low), 0.76), (position(high), 0.76), style.MIST, 2.25)
    for ref, low_y, high_y in ((walkaway, 2.5, 2.92), (likely, 1.46, 1.9)):
        canvas.line("Guide", (position(ref), low_y), (position(ref), high_y), style.ACCENT, 1.5, "sysDot")
    # The better price is on the right, so these two labels grow apart however close the prices are.
    for label, ref, grows, colour, bold in (
        ("Our walk-away ", walkaway, "l", style.INK, True),
        ("Our want ", target, "r", style.SLATE, False),
    ):
        canvas.line("Tick", (position(ref), 3.48), (position(ref), 3.9), colour, 1)
        canvas.text(_label(ref, f'"{label}"&{words(ref)}'), position(ref), 3.9, grows, colour, 11, bold)
    canvas.line("Tick", (position(their_target), 1.46), (position(their_target), 1.6), style.SLATE, 1)
    canvas.text(
        _label(their_target, f'"Their target "&{words(their_target)}'),
        position(their_target),
        1.78,
        "ctr",
        style.SLATE,
    )
    likely_words = f'"   Their walk-away "&{words(likely)}&", likely"'
    canvas.text(_label(likely, likely_words), position(likely), 1.2, "r", style.INK, 11, True)
    canvas.dot(
        _label(ours, f'"   Our offer "&{words(ours)}'),
        position(ours),
        3.2,
        style.ACCENT,
        size=13,
        side="r",
        label_colour=style.INK,
    )
    canvas.dot(
        _label(theirs, f'"Their offer "&{words(theirs)}&"   "'),
        position(theirs),
        1.2,
        style.INK,
        size=13,
        side="l",
    )
    width = side.better_by(likely, walkaway)
    zone = f'IF({width}>=0,"   Zone, "&{words(width)}&" wide","   ✖ No zone: "&{words(f"-{width}")}&" apart")'
    label = Formula(if_known((walkaway, likely), zone, '" "'))
    canvas.text(label, position(far_end), 2.2, "r", style.ACCENT, 12, True)
    for name, y in ((side.we, 3.2), ("Zone", 2.2), (side.they, 1.2)):
        canvas.text(f"{name}      ", 0, y, "l", style.INK, 11, True)
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        cells,
        "Zone of possible agreement",
        "Horizontal bars: our range from walk-away to want, their range from target to likely walk-away, the "
        "overlap of the two, and both latest offers as dots.",
    )


def _label(ref: str, words: str) -> Formula:
    """A live label that is blank while its number is."""
    return Formula(f'IF(COUNT({ref})=0," ",{words})')
