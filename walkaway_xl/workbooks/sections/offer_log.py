"""The log of offers: who offered what, how far each side moved, and how the talks are going."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.cell_writing import Formula, put, quoted, reference
from walkaway_xl.sheets.charts import VALUE_LETTERS as AREA_LETTERS
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Placed, Row, Table
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.workbooks.sections.context import MACHINERY, Context, if_known
from walkaway_xl.workbooks.sections.lists import MOVES

ROUNDS = 10
PART_LETTERS = "CDEFGHIJ"
PARTS_HEIGHT = ROUNDS + 3
"""How many rows the parts of the offers of one side take: heading, heads, rounds and a gap."""
INCOMPLETE = "▢  something is missing"


@dataclass(frozen=True)
class Places:
    """Where the columns of the log stand on a sheet; what has no place is left out there."""

    span: tuple[str, str]
    on: str
    ours: str
    theirs: str
    their_step: str
    apart: str
    status: str
    note: str
    our_step: str = ""
    given: str = ""
    rounds: str = "Round"
    """The head of the column that counts them."""

    @property
    def numbers(self) -> tuple[tuple[str, bool], ...]:
        """The letters of its prices, each with whether it is a step."""
        prices = (self.ours, self.theirs, self.given, self.apart)
        steps = (self.our_step, self.their_step)
        return tuple((letter, letter in steps) for letter in (*prices, *steps) if letter)


ON_TALKS = Places(("B", "M"), "C", "D", "E", "G", "I", "J", "K:M", "F", "H")
ON_START = Places(("B", "K"), "F", "D", "E", "J", "K", "I", "C", rounds="#")
SPAN = ON_TALKS.span


@dataclass(frozen=True)
class Part:
    """One part of an offer: a value of an issue, a base salary."""

    key: str
    head: str
    kind: inputs.Kind
    prompt: str
    number_format: str | None = None


@dataclass(frozen=True)
class Basis:
    """What a price may mean: in the first of two meanings prices are compared, the second is converted."""

    words: WordList
    asked: str
    """What stands before the choice: "prices are"."""
    question: str
    """The same where it stands alone."""
    quantity: str = ""
    """The input by which a price of the second meaning is divided; without one it cannot be compared."""
    unknown: str = ""
    """What to do while a price of the second meaning cannot be compared."""

    @property
    def kind(self) -> inputs.Kind:
        """What a cell that asks for it accepts."""
        first, second = self.words.words
        return inputs.choice(self.words.column, f"{first}, or {second}.")

    @property
    def usual(self) -> str:
        """The cell with the word for the first meaning."""
        return self.words[self.words.words[0]]

    def as_compared(self, price: str, meant: str, quantity: str) -> str:
        """Formula for a price in the first meaning; blank where it cannot be worked out."""
        other = f"({meant}={self.words[self.words.words[1]]})"
        usable, converted = (f"(N({quantity})>0)", f"{price}/{quantity}") if quantity else ("0", '""')
        return f'CHOOSE(1+(COUNT({price})>0)*(1+{other}*(1+{usable})),"",{price},"",{converted})'


@dataclass(frozen=True)
class Parts:
    """The parts of one side's offers: as typed, and as they stand after each round."""

    sheet: Worksheet
    first_row: int
    heads_row: int
    in_effect: Sequence[Ref]
    """For each round the parts, one below the other; a part that is not typed stays as it was."""

    @property
    def latest(self) -> Ref:
        """The parts after the last round."""
        return self.in_effect[-1]

    @property
    def words(self) -> Ref:
        """What is said beside each round."""
        return reference(self.sheet, f"K{self.first_row}:K{self.first_row + ROUNDS - 1}")


@dataclass(frozen=True)
class Log:
    """References to the offers and what follows from them."""

    ours: Ref
    theirs: Ref
    dates: str
    latest_ours: str
    latest_theirs: str
    first_theirs: str
    first_date: str
    first_row: int
    next_row: int
    places: Places
    unjudged: str
    """Formula: how many logged offers cannot be compared, for something is missing."""
    our_parts: Parts | None = None
    their_parts: Parts | None = None


def write(
    context: Context,
    sheet: Worksheet,
    row: int,
    places: Places,
    *,
    our_offer: str,
    their_offer: str,
    parts: Sequence[Part] = (),
    basis: Basis | None = None,
    quantity: str = "",
) -> Log:
    """Write the table of rounds from a row on.

    Until the log holds one, `our_offer` and `their_offer` on the first screen are the latest. Offers that
    have `parts` are logged part by part below the table, and `write_worth` says what they come to.
    """
    placed = _rounds(context, places, parts, basis, {}).at(sheet, row)
    compared = _compared(context, placed, basis, quantity) if basis and not parts else {}
    table = _rounds(context, places, parts, basis if compared else None, compared).write(
        context.draft, sheet, row
    )
    ours, theirs, dates = table["ours"], table["theirs"], table["on"]
    unjudged = "0"
    their_parts = our_parts = None
    if parts:
        top = table.next_row + 1
        their_parts = _write_parts(context, sheet, top, "theirs", "What they offer, part by part", parts)
        our_parts = _write_parts(
            context, sheet, top + PARTS_HEIGHT, "ours", "What we offer, part by part", parts
        )
        unjudged = "+".join(
            f'SUMPRODUCT(({side.words}<>"")*({offers}=""))'
            for side, offers in ((their_parts, theirs), (our_parts, ours))
        )
    elif compared:
        typed_offers, (ours, theirs) = (ours, theirs), (compared["ours"], compared["theirs"])
        unjudged = "+".join(
            f'SUMPRODUCT(({typed}<>"")*({offers}=""))'
            for typed, offers in zip(typed_offers, (ours, theirs), strict=True)
        )

    def latest(offers: str, on_start: str) -> str:
        last = f'SUMPRODUCT(MAX(({offers}<>"")*{table["round"]}))'
        logged = f"INDEX({offers},MAX(1,{last}))"
        return f'CHOOSE(1+(COUNT({offers})>0),IF(COUNT({on_start})=0,"",{on_start}),{logged})'

    rounds = f"(ROWS({theirs})+1-{table['round']})"  # counted from the last one, so that the first is highest
    first = f'ROWS({theirs})+1-MAX(1,SUMPRODUCT(MAX(({theirs}<>"")*{rounds})))'
    opened = f"INDEX({theirs},{first})"
    lines = (
        Line(
            "opened",
            "Their first offer",
            f'CHOOSE(1+(COUNT({theirs})>0),IF(COUNT({their_offer})=0,"",{their_offer}),{opened})',
        ),
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
    figures = context.worked_out("Latest offers", lines, {})
    return Log(
        ours,
        theirs,
        dates,
        figures["ours"],
        figures["theirs"],
        figures["opened"],
        figures["first"],
        first_row=table.first,
        next_row=table.next_row,
        places=places,
        unjudged=unjudged,
        our_parts=our_parts,
        their_parts=their_parts,
    )


def _rounds(
    context: Context,
    places: Places,
    parts: Sequence[Part],
    basis: Basis | None,
    compared: Mapping[str, Ref],
) -> Table:
    """The rounds: what is typed of each, and how far both sides moved.

    What moved is the offers as they are compared; with parts, `write_worth` fills in the offers.
    """

    def offer(key: str, row: Row, number: int) -> str:
        return compared[key].nth(number) if compared else f"{row.letters[key]}{row.first + number}"

    def step(key: str) -> Callable[[Row], str | None]:
        def moved(row: Row) -> str | None:
            if not row.number:
                return None
            now, before = offer(key, row, row.number), offer(key, row, row.number - 1)
            return if_known((now, before), f"{now}-{before}")

        return moved

    def given(row: Row) -> str:
        now = offer("ours", row, row.number)
        start = compared["ours"].nth(0) if compared else row.top("ours")
        return if_known((start, now), context.side.better_by(start, now))

    def apart(row: Row) -> str:
        ours, theirs = (offer(key, row, row.number) for key in ("ours", "theirs"))
        return if_known((ours, theirs), context.side.better_by(ours, theirs))

    count = {"number_format": "0", "horizontal": "left", "indent": 1}
    delta = {"number_format": style.PRICE_DELTA}
    fill_in = "Fill the rounds from the top, without gaps. Leave blank what was not offered yet."
    offers = (
        tuple(
            Column(key, letter, head, style_name="wx Calc")
            for key, letter, head in (
                ("ours", places.ours, "Our offer"),
                ("theirs", places.theirs, "Their offer"),
            )
        )
        if parts
        else (
            Column("ours", places.ours, "Our offer", inputs.PRICE, fill_in, "Offer", "Our offer"),
            Column("theirs", places.theirs, "Their offer", inputs.PRICE, fill_in, "Offer", "Their offer"),
        )
    )
    meant = (
        (
            Column(
                "meant",
                "K",
                "Prices are",
                basis.kind,
                "What the prices of this round are. Blank: as in the round before.",
                words=[basis.words.words[0]],
            ),
            Column(
                "quantity",
                "L",
                "For units",
                inputs.QUANTITY,
                "For how many units. Blank: as in the round before, and first as on Prepare.",
            ),
        )
        if basis
        else ()
    )
    columns = (
        Column("round", "B", places.rounds, words=range(1, ROUNDS + 1), style_name="wx Calc", look=count),
        Column("on", places.on, "Date", inputs.DATE, "The day the offer was made.", look={"shrink": True}),
        *offers,
        *meant,
        Column(
            "note",
            "M" if basis else places.note,
            "Note: what was said, what was traded",
            inputs.TEXT,
            "What was said, what was traded, who was in the room.",
            "Note",
        ),
        Column("", places.our_step, "Our step", formula=step("ours"), look=delta),
        Column("", places.their_step, "Their step", formula=step("theirs"), look=delta),
        Column("", places.given, "Given so far", formula=given),
        Column("", places.apart, "Still apart", formula=apart),
        Column("", places.status, "Their offer is"),
    )
    present = tuple(column for column in columns if column.place)
    return Table("rounds", present, ROUNDS, places.span, numbered=False, head_height=34, lines=2)


def _compared(context: Context, rounds: Placed, basis: Basis | None, quantity: str) -> dict[str, Ref]:
    """The offers of both sides as they are compared, whatever the prices of a round were meant as."""
    assert basis is not None
    area = context.data
    area.title("Offers as they are compared")
    area.columns("Round", "Prices are", "For units", "Our offer", "Their offer")
    top = area.row
    for number in range(ROUNDS):
        row = area.row
        typed = {key: rounds[key].nth(number) for key in ("ours", "theirs", "meant", "quantity")}
        meant, units = area.reference(f"C{row}"), area.reference(f"D{row}")
        before = area.reference(f"C{row - 1}") if number else basis.usual
        units_before = area.reference(f"D{row - 1}") if number else quantity
        area.write(
            str(number + 1),
            Formula(f'IF({typed["meant"]}="",{before},{typed["meant"]})'),
            Formula(f"IF(COUNT({typed['quantity']})=0,N({units_before}),{typed['quantity']})"),
            *(Formula(basis.as_compared(typed[key], meant, units)) for key in ("ours", "theirs")),
            number_format=style.PRICE,
        )
    return {
        key: area.reference(f"{letter}{top}:{letter}{top + ROUNDS - 1}")
        for key, letter in (("ours", "E"), ("theirs", "F"))
    }


def _write_parts(
    context: Context, sheet: Worksheet, row: int, name: str, title: str, parts: Sequence[Part]
) -> Parts:
    """The table of one side's offers, part by part, and the parts as they stand after each round."""
    count = {"number_format": "0", "horizontal": "left", "indent": 1}
    blocks.section(sheet, f"B{row}", title, 26)
    blocks.note(sheet, f"M{row}", "Blank: as in the offer before.", right=True)
    letters = PART_LETTERS[: len(parts)]
    columns = (
        Column("round", "B", "Round", words=range(1, ROUNDS + 1), style_name="wx Calc", look=count),
        *(
            Column(
                part.key,
                letter,
                part.head,
                part.kind,
                part.prompt,
                look={"number_format": part.number_format} if part.number_format else {},
            )
            for part, letter in zip(parts, letters, strict=True)
        ),
    )
    table = Table(name, columns, ROUNDS, SPAN, numbered=False, head_height=46)
    placed = table.write(context.draft, sheet, row + 1)
    area = context.data
    area.title(f"{title}, as it stands after each round")
    area.columns("Part", *(str(number + 1) for number in range(ROUNDS)))
    top, rounds = area.row, AREA_LETTERS[:ROUNDS]
    for part in parts:
        typed, row = placed[part.key], area.row
        stands = []
        for number in range(ROUNDS):
            now = typed.nth(number)
            before = area.reference(f"{rounds[number - 1]}{row}") if number else '""'
            stands.append(Formula(f'IF({now}="",{before},{now})'))
        area.write(part.head, *stands, number_format="General")
    in_effect = [area.reference(f"{letter}{top}:{letter}{area.row - 1}") for letter in rounds]
    return Parts(sheet, placed.first, placed.first - 1, in_effect)


def write_worth(
    context: Context,
    sheet: Worksheet,
    log: Log,
    worth: Callable[[Parts, str], Sequence[str]],
    heads: Sequence[str] = (),
) -> None:
    """Write what the offers come to that are logged part by part.

    `worth` gives a formula for each round, which is blank while something is missing; `heads` are references
    to what the parts are called, if that is typed.
    """
    for side, letter, title in (
        (log.our_parts, log.places.ours, "Our offers"),
        (log.their_parts, log.places.theirs, "Their offers"),
    ):
        assert side is not None
        for number, formula in enumerate(worth(side, title)):
            row, typed_in = log.first_row + number, side.first_row + number
            made = f"COUNT(${PART_LETTERS[0]}${typed_in}:${PART_LETTERS[-1]}${typed_in})"
            put(sheet, f"{letter}{row}", Formula(f'CHOOSE(1+({made}>0),"",{formula})'), "wx Calc", bold=True)
            comes_to = f'"= "&{context.words(f"{letter}{row}")}'
            shown = f'CHOOSE(1+({made}>0)*(1+COUNT({letter}{row})),"","{INCOMPLETE}",{comes_to})'
            put(sheet, f"K{typed_in}", Formula(shown), "wx Words", bold=True)
        for part_letter, head in zip(PART_LETTERS, heads, strict=False):
            put(sheet, f"{part_letter}{side.heads_row}", Formula(f'{head}&""'), wrap=True)


def write_statuses(context: Context, sheet: Worksheet, log: Log, figures: dict[str, str]) -> None:
    """Write the status of each of their offers, once the walk-away is known."""
    lists = context.lists
    first, last, shown = log.first_row, log.next_row - 1, log.places.status
    for number, row in enumerate(range(first, last + 1)):
        offer = log.theirs.nth(number)
        wish, target = (context.reaches(offer, figures[f"{key}_counted"]) for key in ("wish", "want"))
        limit = context.reaches(offer, figures["walkaway"])
        gap = context.side.better_by(offer, figures["walkaway"])
        clear = f"--({gap}>{figures['buffer_applied']}+{context.same(offer, figures['walkaway'])})"
        level = f"1+{limit}*(1+MAX({clear},{target},{wish})+MAX({target},{wish})+{wish})"
        status = f"INDEX({lists.status_labels},{level})"
        put(sheet, f"{shown}{row}", Formula(if_known((offer, figures["walkaway"]), status)), "wx Status")
    blocks.tint_by_status(sheet, f"{shown}{first}:{shown}{last}", f"${shown}{first}", style.PRICE_STATUSES)


def write_turns(context: Context, log: Log) -> dict[str, str]:
    """Work out how the talks are going: the first state that applies, as CONCESSION_STATUS has it."""
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
    results = context.worked_out("How the talks are going, the first that applies", lines, figures)
    first, last = (Ref(results[key]).first_row for key in ("is_agreed", keys[-1]))
    names, flags = (
        context.data.reference(f"{letter}{first}:{letter}{last}")
        for letter in (MACHINERY.label, MACHINERY.value)
    )
    results["state"] = f"INDEX({names},MATCH(1,{flags},0))"
    return results


def write_advice(
    context: Context, log: Log, signs: Mapping[str, str], walkaway: str, going_on: str
) -> dict[str, str]:
    """What the pattern of the offers means and asks for, the first that applies; and whether it is urgent."""
    area, lists = context.data, context.lists
    move = f"MATCH({signs['state']},{lists.moves},0)"
    both = (f"N({signs['implied']})", f"N({walkaway})")
    room, rounding = context.side.better_by(*both), context.same(*both)
    over = f"({signs['is_agreed']}=1)"
    beyond = f"COUNT({signs['implied']})*COUNT({walkaway})*({room}<-{rounding})"
    opened = f"AND(COUNT({log.theirs})=1,COUNT({log.ours})<=1)"
    is_moving = f"(INDEX({lists.moves},{move})={MOVES['MOVING']})"
    area.title("What the pattern of the offers asks for, the first that applies")
    area.columns("What it means", "Applies", "Urgent", "What to do")
    top = area.row
    for meaning, applies, urgent, advice in (
        (
            quoted("Their steps shrink towards a limit beyond your walk-away."),
            f"--({beyond}*(1-{over})>0)",
            "1",
            quoted("Say that this leads nowhere and ask what would change it. If nothing does, leave."),
        ),
        (
            quoted("Going on costs more than it may bring."),
            f"COUNT({going_on})*(N({going_on})<0)*(1-{over})",
            "1",
            quoted("Leave now, and politely. What you have spent so far does not count."),
        ),
        (
            quoted("They have made one offer."),
            f"--({opened}*{is_moving})",
            "0",
            quoted("Answer with your own number, set by what you hope for and not by theirs."),
        ),
        (
            f"INDEX({lists.move_meanings},{move})",
            "1",
            f"--OR({signs['is_self_bid']}*(1-{over})=1,{signs['is_stalled']}*(1-{over})=1,"
            f"{signs['is_waiting']}*(1-{over})=1)",
            f"INDEX({lists.move_advice},{move})",
        ),
    ):
        area.write(
            Formula(meaning), Formula(applies), Formula(urgent), Formula(advice), number_format=style.WHOLE
        )
    meanings, applies, urgent, advice = (
        area.reference(f"{letter}{top}:{letter}{area.row - 1}") for letter in "BCDE"
    )
    first = f"MATCH(1,{applies},0)"
    return {
        "talks_meaning": f"INDEX({meanings},{first})",
        "talks_advice": f"INDEX({advice},{first})",
        "talks_urgent": f"INDEX({urgent},{first})",
    }


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
