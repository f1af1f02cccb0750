"""The log of offers: who offered what, how far each side moved, and how the talks are going."""

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.blocks import Line, RowGrid
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.table import Column, Row, Table
from walkaway_xl.workbooks.sections.context import Context, if_known

ROUNDS = 10
GRID = RowGrid(label="B", value="E", unit="F", words="G", words_end="L", dated=None, height=18)


@dataclass(frozen=True)
class Log:
    """References to the offers and what follows from them."""

    ours: str
    theirs: str
    dates: str
    latest_ours: str
    latest_theirs: str
    first_date: str
    first_row: int
    next_row: int


def write(
    context: Context, sheet: Worksheet, row: int, span: int, *, our_offer: str, their_offer: str
) -> Log:
    """Write the table of rounds; `span` is the row of the two lines with the latest offers.

    Until the log holds one, `our_offer` and `their_offer` on the first screen are the latest.
    """
    table = _rounds(context).write(context.draft, sheet, row)
    ours, theirs, dates = table["ours"], table["theirs"], table["on"]

    def latest(offers: str, on_start: str) -> str:
        # INDEX with row 0 would give the whole column, so a blank log asks for row 1.
        logged = f"INDEX({offers},MAX(1,COUNT({offers})))"
        return f'CHOOSE(1+(COUNT({offers})>0),IF(COUNT({on_start})=0,"",{on_start}),{logged})'

    lines = (
        Line("ours", "Our latest offer", latest(ours, our_offer), "wx Output"),
        Line(
            "theirs",
            "Their latest offer",
            latest(theirs, their_offer),
            "wx Output",
            words="The verdict is about this number. Until one is logged, Start holds it.",
        ),
        Line(
            "first",
            "First offer logged on",
            f'IF(COUNT({dates})=0,"",MIN({dates}))',
            "wx Calc date",
            words="The walk-away must be older than this.",
        ),
    )
    figures = blocks.result_rows(sheet, span, lines, GRID)
    return Log(
        ours,
        theirs,
        dates,
        figures["ours"],
        figures["theirs"],
        figures["first"],
        first_row=table.first,
        next_row=table.next_row,
    )


def _rounds(context: Context) -> Table:
    """The rounds: what is typed of each, and how far both sides moved."""

    def step(key: str) -> Callable[[Row], str | None]:
        def moved(row: Row) -> str | None:
            now, before = row[key], row.above(key)
            return if_known((now, before), f"{now}-{before}") if row.number else None

        return moved

    def given(row: Row) -> str:
        now, start = row["ours"], row.top("ours")
        return if_known((start, now), context.side.better_by(start, now))

    def apart(row: Row) -> str:
        return if_known((row["ours"], row["theirs"]), context.side.better_by(row["ours"], row["theirs"]))

    count = {"number_format": "0", "horizontal": "left", "indent": 1}
    delta = {"number_format": style.PRICE_DELTA}
    fill_in = "Fill the rounds from the top, without gaps. Leave blank what was not offered yet."
    columns = (
        Column("", "B", "Round", words=range(1, ROUNDS + 1), style_name="wx Calc", look=count),
        Column("on", "C", "Date", inputs.DATE, "The day the offer was made."),
        Column("ours", "D", "Our offer", inputs.PRICE, fill_in, "Offer", "Our offer"),
        Column("theirs", "E", "Their offer", inputs.PRICE, fill_in, "Offer", "Their offer"),
        Column(
            "note",
            "K:L",
            "Note: what was said, what was traded",
            inputs.TEXT,
            "What was said, what was traded, who was in the room.",
            "Note",
        ),
        Column("", "F", "Our step", formula=step("ours"), look=delta),
        Column("", "G", "Their step", formula=step("theirs"), look=delta),
        Column("", "H", "Given so far", formula=given),
        Column("", "I", "Still apart", formula=apart),
        Column("", "J", "Their offer is"),
    )
    return Table("rounds", columns, ROUNDS, ("B", "L"), numbered=False, head_height=34)


def write_statuses(context: Context, sheet: Worksheet, log: Log, figures: dict[str, str]) -> None:
    """Write the status of each of their offers, once the walk-away is known."""
    lists = context.lists
    first, last = log.first_row, log.next_row - 1
    for row in range(first, last + 1):
        offer = f"E{row}"
        wish, target = context.reaches(offer, figures["wish"]), context.reaches(offer, figures["want"])
        limit = context.reaches(offer, figures["walkaway"])
        gap = context.side.better_by(offer, figures["walkaway"])
        clear = f"--({gap}>{figures['buffer_applied']}+{context.same(offer, figures['walkaway'])})"
        level = f"1+{limit}+MAX({clear},{target},{wish})+MAX({target},{wish})+{wish}"
        status = f"INDEX({lists.status_labels},{level})"
        put(sheet, f"J{row}", Formula(if_known((offer, figures["walkaway"]), status)), "wx Status")
    blocks.tint_by_status(sheet, f"J{first}:J{last}", f"$J{first}", style.PRICE_STATUSES)


def write_turns(context: Context, sheet: Worksheet, row: int, log: Log) -> dict[str, str]:
    """Write how the talks are going: the first state that applies, as CONCESSION_STATUS has it."""
    lists = context.lists
    ours, theirs = log.ours, log.theirs

    def recent(back: int) -> str:
        count = f"COUNT({theirs})" + "-1" * back
        return f"INDEX({theirs},MAX(1,{count}))"

    step = context.side.better_by(recent(0), recent(1))
    step_before = context.side.better_by(recent(1), recent(1 + 1))
    opening_gap = f"ABS(INDEX({ours},1)-INDEX({theirs},1))"
    both = f"COUNT({ours})*COUNT({theirs})"
    towards_us = "+" if context.side.best == "MAX" else "-"
    small = f"{lists.stall_share}*{{opening_gap}}*(1+{lists.tolerance})"
    met = context.side.better_by("{theirs_now}", "{ours_now}")
    lines = (
        Line("opening_gap", "First offers were apart by", f'IF({both}=0,"",{opening_gap})'),
        Line(
            "last_step",
            "Their last step",
            f'IF(COUNT({theirs})<=1,"",{step})',
            number_format=style.PRICE_DELTA,
            words="Towards us is positive.",
        ),
        Line(
            "step_before",
            "Their step before",
            f'IF(COUNT({theirs})<={lists.self_bid},"",{step_before})',
            number_format=style.PRICE_DELTA,
        ),
        Line(
            "ahead",
            "Offers we are ahead",
            f"COUNT({ours})-COUNT({theirs})",
            number_format=style.WHOLE,
            words="Two or more: you are bidding against yourself.",
        ),
        Line(
            "implied",
            "Their implied limit",
            if_known(
                ("{last_step}", "{step_before}"),
                "IF(AND({last_step}<>0,"
                f"{{last_step}}*{{step_before}}*(1+{lists.tolerance})>={{last_step}}*({{last_step}}+{{last_step}})),"
                f"{{theirs_now}}{towards_us}"
                '{last_step}*{last_step}/({step_before}-{last_step}),"")',
            ),
            words="Where steps that halve point to. They can fake it, so take it as a hint.",
        ),
        Line(
            "given_share",
            "We gave, of all steps so far",
            f'IF({both}=0,"",{{moved_ours}}/MAX({lists.tolerance},{{moved_ours}}+{{moved_theirs}}))',
            "wx Calc %",
            number_format=style.SHARE_WHOLE,
            words="Above 50 %: you are giving more than they are.",
        ),
        Line("moved_ours", "Our steps together", f'IF(COUNT({ours})=0,"",ABS(INDEX({ours},1)-{{ours_now}}))'),
        Line(
            "moved_theirs",
            "Their steps together",
            f'IF(COUNT({theirs})=0,"",ABS(INDEX({theirs},1)-{{theirs_now}}))',
        ),
        Line(
            "is_agreed",
            "AGREED",
            f"IF({both}=0,0,--({met}>=-{context.same('{ours_now}', '{theirs_now}')}))",
            number_format=style.WHOLE,
            unit="0 / 1",
        ),
        Line(
            "is_self_bid",
            "SELF-BID",
            f"--({{ahead}}>={lists.self_bid})",
            number_format=style.WHOLE,
            unit="0 / 1",
        ),
        Line(
            "is_stalled",
            "STALLED",
            f"IF(COUNT({{last_step}})*COUNT({{opening_gap}})=0,0,--({{last_step}}<={small}))",
            number_format=style.WHOLE,
            unit="0 / 1",
            words="Their last step was next to nothing, or backwards.",
        ),
        Line("is_waiting", "WAIT", "--({ahead}>=1)", number_format=style.WHOLE, unit="0 / 1"),
        Line("is_moving", "MOVING", f"--(COUNT({theirs})>0)", number_format=style.WHOLE, unit="0 / 1"),
        Line("is_blank", "NO OFFERS", "1", number_format=style.WHOLE, unit="0 / 1"),
    )
    keys = [line.key for line in lines]
    figures = {"ours_now": log.latest_ours, "theirs_now": log.latest_theirs}
    results = blocks.result_rows(sheet, row, lines, GRID, figures)
    top, bottom = row + keys.index("is_agreed"), row + len(lines) - 1
    names, flags = reference(sheet, f"B{top}:B{bottom}"), reference(sheet, f"E{top}:E{bottom}")
    results["state"] = f"INDEX({names},MATCH(1,{flags},0))"
    return results


def draw(
    context: Context, sheet: Worksheet, cells: str, log: Log, figures: dict[str, str], plan: str
) -> None:
    """Draw how the offers move towards each other, with the plan, the want and the walk-away."""
    area = context.data
    blocks.note_until(sheet, cells, log.ours, "The lines appear with the first offers.")
    walkaway, target = figures["walkaway"], figures["want"]
    scale = charts.scale(
        area, "Concessions · scale", [walkaway, target, log.ours, log.theirs, plan], context.rules
    )
    area.title("Concessions · lines")
    area.columns("Round", "x", "Ours", "Theirs", "Plan")
    top, bottom = area.row, area.row + ROUNDS - 1
    width = area.reference(f"C{bottom}")
    for number in range(ROUNDS):
        row = area.row
        this_round = area.reference(f"C{row}")

        def kept(offers: str, count: str, number: str = this_round) -> Formula:
            # A round that is missing repeats the last point: the line ends there and no error is drawn.
            value = f"INDEX({offers},MAX(1,MIN({number}+1,{count})))"
            place = f"({value}-{scale.low})/({scale.high}-{scale.low})"
            return Formula(f"IF({count}=0,{charts.NOWHERE},{place})")

        area.write(
            str(number + 1),
            number,
            kept(log.ours, f"COUNT({log.ours})"),
            kept(log.theirs, f"COUNT({log.theirs})"),
            kept(plan, f"COUNT({plan})"),
        )
    area.title("Concessions · places of the points")
    area.columns("Round", "Ours", "Theirs", "Plan")
    places = area.row
    for number in range(ROUNDS):
        this_round = area.reference(f"C{top + number}")
        area.write(
            str(number + 1),
            *(
                Formula(f"MAX(0,MIN({this_round},COUNT({offers})-1))/{width}")
                for offers in (log.ours, log.theirs, plan)
            ),
        )
    area.title("Concessions · names")
    names = [area.reference(f"B{area.write(name)}") for name in ("Our offers", "Their offers", "Our plan")]

    def column(letter: str, start: int) -> str:
        return area.reference(f"{letter}{start}:{letter}{start + ROUNDS - 1}")

    canvas = charts.Canvas(area, "Concessions · marks", -0.02, 1.04, inner=(0.06, 0.03, 0.72, 0.87))
    canvas.vertical_axis(scale)
    for number in range(ROUNDS):
        place = Formula(f"{area.reference(f'C{top + number}')}/{width}")
        canvas.text(
            f"Round {number + 1}" if number == 0 else str(number + 1), place, -0.02, "b", style.SLATE, 10
        )
    canvas.path(names[2], column("E", places), column("F", top), style.ACCENT_PLAN, 1.5, "sysDash")
    canvas.path(names[0], column("C", places), column("D", top), style.ACCENT, 2.75, dots=8)
    canvas.path(names[1], column("D", places), column("E", top), style.THEM, 2.75, dots=8)
    words = context.words
    for label, ref, colour, line_colour, points, dash, bold in (
        ("  ✖ Walk-away ", walkaway, style.NEGATIVE_TEXT, style.NEGATIVE_LINE, 1.75, "dash", True),
        ("  ✔ Want ", target, style.SLATE, style.AXIS, 1.25, "sysDash", False),
    ):
        height = scale.position(ref)
        canvas.line("line", (0, height), (1, height), line_colour, points, dash)
        text = Formula(f'IF(COUNT({ref})=0," ","{label}"&{words(ref)})')
        canvas.text(text, 1, height, "r", colour, 11, bold)
    for label, latest, offers, colour in (
        ("   Ours ", log.latest_ours, log.ours, style.ACCENT),
        ("   Theirs ", log.latest_theirs, log.theirs, style.INK),
    ):
        place = Formula(f"MAX(0,COUNT({offers})-1)/{width}")
        text = Formula(f'IF(COUNT({latest})=0," ","{label}"&{words(latest)})')
        canvas.text(text, place, scale.position(latest), "r", colour, 11, True)
    context.draft.add_chart(
        sheet,
        canvas.chart(),
        cells,
        "Concessions",
        "Lines over the rounds: our offers, their offers and our plan, with the walk-away and the want as "
        "horizontal lines.",
    )
