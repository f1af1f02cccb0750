"""The sheets of a price negotiation, put together from the shared sections and what the template states."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core.kinds import Unit
from walkaway_xl.sheets import blocks, charts, inputs, style
from walkaway_xl.sheets.cell_writing import Formula, put, quoted, reference, set_heights, set_widths
from walkaway_xl.sheets.draft import KNOWN_NAME, Draft
from walkaway_xl.sheets.form import Field, Form
from walkaway_xl.sheets.page import Privacy, protect, set_up_page
from walkaway_xl.sheets.ref import Ref, joined
from walkaway_xl.workbooks.price_book import price_decimals, price_reason, private_inputs, shared_checks
from walkaway_xl.workbooks.price_book.book import Figures, Prepared, PriceBook
from walkaway_xl.workbooks.price_book.layout import (
    BRIEF,
    CARD,
    CHECKS,
    CHECKS_WIDTHS,
    PLAN,
    PLAN_ROW,
    PREPARE,
    PREPARE_GRID,
    PREPARE_WIDTHS,
    START,
    START_LOG_ROW,
    STOPS_ROW,
    TALKS,
    TALKS_CHART_ROWS,
    TALKS_LOG_ROW,
    TALKS_WIDTHS,
    TRADES_ROW,
    chart_row,
)
from walkaway_xl.workbooks.sections import (
    alternatives,
    break_even,
    brief,
    checklist,
    checks,
    first_screen,
    leave_behind,
    lists,
    messages,
    offer_log,
    plan_sheet,
    questions,
    start_page,
    walk_away,
)
from walkaway_xl.workbooks.sections.checklist import Checklist, Flags
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context, if_known

PRIVATE = (
    *("walkaway", "want", "wish", "buffer_applied", "batna", "batna_floor", "hard_limit"),
    *("instead", "without"),
)
"""What no copy for the other side may repeat or be calculated from."""


HEADLINES = {
    "wx_offer": "offer",
    "wx_our_offer": "our_offer",
    "wx_target": "want",
    "wx_wish": "wish",
    "wx_buffer": "buffer_applied",
    "wx_walkaway": "walkaway",
    "wx_batna": "batna",
    "wx_batna_floor": "batna_floor",
    "wx_verdict": "verdict",
    "wx_zone": "zone",
    "wx_power": "power",
    "wx_counter": "counter",
    "wx_going_on": "going_on",
}
"""Names of the cells that every book shows first, by what they hold."""
MORE_NAMES = ("wx_prep", "wx_checks", "wx_side")

LINKS = (
    (PREPARE, "Prepare in depth"),
    (PLAN, "Plan your moves"),
    (TALKS, "Log the talks"),
    (CARD, "Page for them"),
    (BRIEF, "Brief to take along"),
)
"""Where the foot of the first screen leads, as far as it has room."""

PEOPLE = Form("B:M", "E:G")
DEAL = Form("B:F", "E", unit="F", source="G:L", dated="M")


def build(book: PriceBook) -> Draft:
    """Build the workbook, blank."""
    draft = Draft.new(book.title, book.name, book.sheets)
    answers = questions.write_answers(draft, draft.sheet(START), book.wording, book.basis)
    context = _foundation(book, draft, answers)
    deal, next_row = _prepare_inputs(book, context, answers)
    offers = _offers(book, context, {**answers, **deal})
    figures = {
        **answers,
        **deal,
        **_latest_parts(book, offers),
        "offer": offers.latest_theirs,
        "first_offer": offers.first_date,
        "their_first": offers.first_theirs,
        "our_offer": offers.latest_ours,
        "year": context.lists.days_in_year,
    }
    prepared = _prepare_walk_away(book, context, figures, answers, next_row)
    figures |= prepared.results
    figures |= shared_checks.prepared_figures(context, prepared, figures["walkaway"])
    if book.parts:
        heads = (
            [Ref(figures[book.part_names]).nth(number) for number, _ in enumerate(book.parts)]
            if book.part_names
            else []
        )
        offer_log.write_worth(
            context, draft.sheet(TALKS), offers, partial(book.worth, context, figures), heads
        )
    end = prepared.next_row + 3  # of the verdict on Prepare
    top = end if book.is_lean else PLAN_ROW
    figures |= _moves(book, context, figures, offers, top)
    ready, flags, wording, end_of_plan = _stops(book, context, figures, top)
    figures |= {
        **wording,
        "run_flags": flags.runs,
        "run_flag": flags.first_run,
        "walk_flags": flags.walks,
        "walk_flag": flags.first_walk,
        "broken_lines": figures[book.broken] if book.broken else "0",
        "preparation_verdict": ready.verdict,
    }
    figures["price_reason"] = price_reason.write(
        context, book.wording, figures, prepared, book.note(context, figures)
    )
    figures |= _verdict(book, context, figures, prepared)
    figures |= _plan(book, context, figures, prepared, top, end_of_plan)
    figures |= _talks(book, context, figures, offers)
    leave_behind.write(
        context,
        draft.sheet(CARD),
        figures,
        _known(book, figures),
        wording=book.wording,
        is_short=book.is_lean,
    )
    figures |= _their_rung(book, context, figures)
    screen = _start(book, context, figures, answers, prepared, ready, offers)
    brief.write(context, draft.sheet(BRIEF), book.wording, {**figures, "banner": screen.banner}, flags)
    _checks(book, context, figures, prepared, offers, ready)
    _name_for_review(book, draft, figures, screen, ready, flags)
    draft.name("wx_our_offers", offers.ours)
    draft.name("wx_their_offers", offers.theirs)
    _follow_decimals(book, context)
    for sheet in draft.workbook:
        protect(sheet)
        sheet.sheet_properties.tabColor = style.AXIS if sheet is draft.sheet(CARD) else style.ACCENT
    return draft


def _follow_decimals(book: PriceBook, context: Context) -> None:
    """On every sheet but Checks prices have the decimals that the currency and their size ask for."""
    for title in dict.fromkeys((PREPARE, book.plan_sheet, book.talks_sheet, START)):
        sheet = context.draft.sheet(title)
        cell = first_screen.DECIMALS if title == START else price_decimals.CELL
        if sheet[cell].value is None:
            blocks.hidden_decimals(sheet, price_decimals.COLUMN, Formula(context.lists.decimals))
        price_decimals.follow(sheet, cell)


# ---------------------------------------------------------------- what everything else looks up


def _lists_row(book: PriceBook) -> int:
    """Where the lists begin, below the register of formulas and names and a gap."""
    names = len(HEADLINES) + len(book.names) + len(MORE_NAMES)
    return _register_row(book) + checks.register_rows(len(_all_entries(book)), names) + 1


def _register_row(book: PriceBook) -> int:
    """Where the register begins, below the checks and the one that compares with the add-in."""
    return checks.FIRST_ROW + len(_all_checks(book)) + 2


def _all_checks(book: PriceBook) -> tuple[Check, ...]:
    return (*shared_checks.common_checks(book.side, book.limit_word), *book.checks)


def _all_entries(book: PriceBook) -> tuple[Entry, ...]:
    return (*shared_checks.common_entries(book.side, book.limit_word), *book.register)


def _foundation(book: PriceBook, draft: Draft, answers: Mapping[str, str]) -> Context:
    """Lists and constants first: all other sections refer to them."""
    sheet = draft.sheet(CHECKS)
    set_widths(sheet, CHECKS_WIDTHS)
    area = charts.DataArea(sheet, _lists_row(book))
    amounts = ("offer_now", "our_offer_now", "instead", "without", "want", book.wording.limit[0])
    book_lists = lists.write(
        draft,
        area,
        book.constants,
        own_kinds=book.own_kinds,
        currency=answers["currency"],
        amounts=[answers[key] for key in amounts],
        worded=book.wording.meanings,
        own_words=book.word_lists,
    )
    area.title("This workbook")
    area.write("Side", book.side.word)
    draft.name("wx_side", area.reference(f"C{area.row - 1}"))
    rules = charts.scale_rules(area, book_lists.decimals)
    blocks.section(sheet, f"B{area.row + 1}", "Chart data")
    blocks.note(
        sheet, f"C{area.row + 1}", "Positions and live labels of the charts. Nothing here needs typing."
    )
    area.row += 2
    return Context(
        draft, book.side, book_lists, area, rules, checks.master(sheet), book.is_alone, book.is_lean
    )


def _offers(book: PriceBook, context: Context, figures: Figures) -> offer_log.Log:
    """The log on Talks; the offers of the first screen count until it holds one."""
    quick = {key: figures[key] for key in ("our_offer_now", "offer_now")}
    basis, quantity = book.basis, ""
    if basis:
        quantity = figures[basis.quantity] if basis.quantity else ""
        area = context.data
        area.title("Offers of the first screen, as they are compared")
        for key, ref in quick.items():
            compared = Formula(basis.as_compared(ref, figures["basis"], quantity))
            row = area.write(key.replace("_", " ").capitalize(), compared, number_format=style.PRICE)
            quick[key] = area.reference(f"C{row}")
    return offer_log.write(
        context,
        context.draft.sheet(book.talks_sheet),
        START_LOG_ROW if book.is_lean else TALKS_LOG_ROW,
        offer_log.ON_START if book.is_lean else offer_log.ON_TALKS,
        our_offer=quick["our_offer_now"],
        their_offer=quick["offer_now"],
        parts=book.parts,
        basis=basis,
        quantity=quantity,
    )


def _latest_parts(book: PriceBook, offers: offer_log.Log) -> dict[str, str]:
    """The parts of both latest offers, as theirs.base and ours.base."""
    sides = (("theirs", offers.their_parts), ("ours", offers.our_parts))
    return {
        f"{name}.{part.key}": side.latest.nth(number)
        for name, side in sides
        if side is not None
        for number, part in enumerate(book.parts)
    }


def _known(book: PriceBook, figures: Figures) -> list[leave_behind.Known]:
    """What both sides have offered part by part, where an offer is no single price."""
    return [
        leave_behind.Known(
            Formula(f'{Ref(figures[book.part_names]).nth(number)}&""') if book.part_names else part.head,
            figures[f"theirs.{part.key}"],
            figures[f"ours.{part.key}"],
            _pattern(part),
        )
        for number, part in enumerate(book.parts)
    ]


def _pattern(part: offer_log.Part) -> str:
    """How the other side reads a part of an offer."""
    number = part.kind.number
    if number is not None and number.unit is Unit.SHARE:
        return style.SHARE_BARE
    return "#,##0" if number is not None and number.unit is Unit.MONEY else style.GENERAL


# ---------------------------------------------------------------- Prepare


def _prepare_inputs(
    book: PriceBook, context: Context, answers: Mapping[str, str]
) -> tuple[dict[str, str], int]:
    """Part 1: the references of what is typed, and the next row."""
    draft = context.draft
    sheet = draft.sheet(PREPARE)
    set_widths(sheet, PREPARE_WIDTHS)
    sheet.freeze_panes = "A2"
    blocks.header(
        sheet,
        "Prepare",
        "Start asks what is needed first. Work out here what you want to know more exactly.",
        "B",
        "M",
        Privacy.PRIVATE,
        checks=context.master,
    )
    blocks.section(sheet, "B6", "1   The deal")
    heads = {"B": "Input", "E": "Value", "F": "Unit"}
    people = tuple(
        entry
        for entry in (
            Field("us", book.us, inputs.TEXT, prompt="Who you are, as your papers name you."),
            Field("owner", "Prepared by", inputs.TEXT, prompt="Who is responsible for these numbers."),
        )
        if not (book.is_alone and entry.key == "owner")
    )
    figures = PEOPLE.write(draft, sheet, 8, people)
    row = 8 + len(people)
    general = tuple(
        entry
        for entry in (
            Field("meeting", "Date of the meeting", inputs.DATE, is_sourced=False),
            Field(
                "unit",
                "One unit is",
                inputs.TEXT,
                "",
                "A piece, a tonne, a year … Blank: the whole.",
                is_sourced=False,
            ),
        )
        if not (book.unit is not None and entry.key == "unit")
    )
    figures |= DEAL.write(draft, sheet, row, general)
    row += len(general)
    if book.unit is None:
        unit = figures["unit"]
        per_unit = Formula(f'{answers["currency"]}&IF({unit}="",""," / "&{unit})')
        units = Formula(f'IF({unit}="","units",{unit}&"s")')
    else:
        per_unit = Formula(f"{answers['currency']}&{quoted(book.unit and f' / {book.unit}')}")
        units = Formula(quoted("units"))
    figures["per_unit"] = per_unit
    groups = book.fields(per_unit, units)
    if any(field.is_sourced for _, fields in groups for field in fields):
        heads |= {"G": "Source or assumption", "M": "As of"}
    blocks.table_head(sheet, 7, heads, numbers="EM", span=("B", "M"))
    for title, fields in groups:
        blocks.section(sheet, f"B{row}", title, 28)
        figures |= DEAL.write(draft, sheet, row + 1, fields)
        row += 1 + len(fields)
    return figures, row


def _prepare_walk_away(
    book: PriceBook, context: Context, figures: Figures, answers: Mapping[str, str], row: int
) -> Prepared:
    """What comes before the alternatives, then alternatives, limits and history."""
    sheet = context.draft.sheet(PREPARE)
    before, row = book.before_alternatives(context, sheet, row, figures)
    figures = {**figures, **before}
    row += 1
    blocks.section(sheet, f"B{row}", "2   Your alternatives")
    options = alternatives.write(
        context,
        sheet,
        row + 1,
        offer=figures["offer"],
        answers=answers,
        going_without=book.wording.going_without,
        kinds=book.kinds,
        cost=figures["walk_cost"] if book.is_cost_of_option else "",
        worth=figures.get("alternative_scores", ""),
        prices_elsewhere=figures.get("adjusted", ""),
    )
    picture = options.next_row + 1
    blocks.section(sheet, f"B{picture}", f"Effective {context.side.measure} of each alternative")
    blocks.note(
        sheet,
        f"M{picture}",
        "At the right of the dashed line: better for you than their latest offer."
        if book.side.best == "MAX"
        else "At the left of the dashed line: cheaper than their latest offer.",
        right=True,
    )
    for picture_row in range(picture + 1, picture + 15):
        sheet.row_dimensions[picture_row].height = 21
    drawn = f"B{picture + 1}:M{picture + 14}"
    ranked = alternatives.draw(context, sheet, drawn, options, figures["offer"])
    row = picture + 16
    blocks.section(sheet, f"B{row}", "3   Your walk-away")
    blocks.note(
        sheet,
        f"D{row}",
        f"The {context.side.measure} at which you are better off without the deal. "
        "Set it before the first offer.",
    )
    heads = {"B": "How the number is built", "E": "Value", "F": "Unit", "G": "In words"}
    blocks.table_head(sheet, row + 1, heads, numbers="E", span=("B", "M"))
    row += 2
    results: dict[str, str] = {**before, **ranked}
    results["alternative_ranks"] = Ref(options.ranks).without(first=alternatives.LINKED)
    if book.is_cost_of_option:
        results["walk_cost"] = "0"  # it counts among the alternatives
    batna = walk_away.batna_lines(
        context,
        options.effective,
        options.ranks,
        options.descriptions,
        worsts=options.worsts,
        has_cost=not book.is_cost_of_option,
    )
    for title, lines in (
        (f"BATNA {book.side.limit}: what the best alternative is worth", batna),
        (book.limit_title, book.limit_lines(context)),
        ("Your limits", walk_away.limit_lines(context, book.limit_word, has_buffer="buffer" in figures)),
    ):
        put(sheet, f"B{row}", title, "wx Overline", indent=1)
        sheet.row_dimensions[row].height = 26
        priced = tuple(
            line if line.unit else replace(line, unit=Formula(figures["per_unit"])) for line in lines
        )
        results |= blocks.result_rows(sheet, row + 1, priced, PREPARE_GRID, {**figures, **results})
        row += 1 + len(lines)
    after, row = book.after_limits(context, sheet, row, {**figures, **results})
    results |= after
    row += 1
    put(sheet, f"B{row}", "WALK-AWAYS AS YOU SET THEM", "wx Overline")
    history = walk_away.write_history(context, sheet, row + 1, figures["first_offer"])
    results["loosened"] = history.loosened
    return Prepared(results, options, history, history.next_row)


def _verdict(book: PriceBook, context: Context, figures: Figures, prepared: Prepared) -> dict[str, str]:
    """Work the verdict out, show it on Prepare, and below it what the template makes of the price."""
    sheet = context.draft.sheet(PREPARE)
    results = walk_away.write_verdict(context, figures)
    row = prepared.next_row + 1
    line = blocks.Line(
        "",
        "Verdict on their latest offer",
        results["verdict"],
        "wx Output text",
    )
    blocks.result_rows(sheet, row, (line,), PREPARE_GRID)
    words, words_end = f"{PREPARE_GRID.words}{row}", f"{PREPARE_GRID.dated}{row}"
    put(sheet, words, Formula(results["reason"]), "wx Words", shrink=True)
    sheet.merge_cells(f"{words}:{words_end}")
    blocks.tint_by_status(sheet, f"{PREPARE_GRID.value}{row}", f"${PREPARE_GRID.value}${row}")
    last = row + 1
    after, last = book.after_verdict(context, sheet, last + 1, {**figures, **results})
    if not book.is_lean:
        set_up_page(sheet, f"A1:N{last}", Privacy.PRIVATE, one_page=False)
    return {**results, **after, "results": reference(sheet, f"E8:E{row}")}


# ---------------------------------------------------------------- Plan: what they can accept, how you move


def _moves(
    book: PriceBook, context: Context, figures: Figures, offers: offer_log.Log, top: int
) -> dict[str, str]:
    """What you believe about them, how you open, move and trade: all that is typed of it."""
    sheet = context.draft.sheet(book.plan_sheet)
    if book.is_lean:
        blocks.section(sheet, f"B{top - 1}", "4   Your plan")
    else:
        set_widths(sheet, PREPARE_WIDTHS)
        sheet.freeze_panes = "A2"
        them = f'IF({figures["them"]}="","they",{figures["them"]})'
        subtitle = Formula(f'"What "&{them}&" can accept, how you move, what you trade."')
        blocks.header(sheet, "Plan", subtitle, "B", "M", Privacy.PRIVATE, checks=context.master)
    heights = {
        **{top + row: 15.5 for row in range(5, 17)},
        **dict.fromkeys((top + 3, top + 17), 10),
        **dict.fromkeys((top + 31, top + 42), 6),
    }
    set_heights(sheet, heights)
    for row, title, note in (
        (4, "Where the two ranges overlap", "Each bar runs from a walk-away to a target.   ●  latest offer"),
        (18, "What you believe about them", ""),
        (24, "How you open and move", ""),
        (
            32,
            "Your concessions, planned before the first one",
            "A concession is a step towards them. Make each one in return for something.",
        ),
        (
            TRADES_ROW,
            "Give and get",
            f"Say it in these words: “If you …, then we …”. Values {book.wording.value_unit}.",
        ),
    ):
        blocks.section(sheet, f"B{top + row}", title)
        if note:
            blocks.note(sheet, f"M{top + row}", note, right=True)
    beliefs = plan_sheet.write_beliefs(context, sheet, top + 19, offers.first_theirs)
    moves = plan_sheet.write_moves(context, sheet, top + 25)
    trades = plan_sheet.write_trades(context, sheet, top + TRADES_ROW + 1, book.wording.value_unit)
    return {**beliefs, **moves, "trades_get": trades["get"], "trades_give": trades["give"]}


def _plan(
    book: PriceBook, context: Context, figures: Figures, prepared: Prepared, top: int, last: int
) -> dict[str, str]:
    """What follows from it: the zone, the planned offers, and what would change the verdict."""
    sheet = context.draft.sheet(book.plan_sheet)
    figures = {**figures, "ours": figures["our_offer"], "theirs": figures["offer"]}
    offers = plan_sheet.write_plan(context, sheet, top + 33, figures, book.columns(figures))
    last, change = break_even.write(context, sheet, last + 1, figures, prepared.options, book.limit_word)
    plan_sheet.write_single_offer(context, sheet, top + 28, figures)
    tiles = plan_sheet.write_tiles(context, sheet, top, figures)
    counter = plan_sheet.write_counter(context, sheet, top + 29, figures)
    going_on = plan_sheet.write_going_on(context, sheet, top + 30, {**figures, **tiles})
    decimals = blocks.hidden_decimals(sheet, price_decimals.COLUMN, Formula(context.lists.decimals))
    for tile in (tiles["zone"], tiles["midpoint"]):
        blocks.follow_decimals(sheet, Ref(tile).cells, decimals, bare=True)
    plan_sheet.draw_zone(context, sheet, f"B{top + 5}:M{top + 16}", figures)
    set_up_page(sheet, f"A1:N{last}", Privacy.PRIVATE, one_page=False)
    return {"plan": offers, "change": change, **tiles, "counter": counter, "going_on": going_on}


def _stops(
    book: PriceBook, context: Context, figures: Figures, top: int
) -> tuple[Checklist, Flags, dict[str, str], int]:
    """Know when to stop and what to say then, and see whether you are ready; and the last row of it."""
    sheet = context.draft.sheet(book.plan_sheet)
    row = top + STOPS_ROW
    blocks.section(sheet, f"B{row}", "Red flags")
    flags = checklist.write_flags(context, sheet, row + 1, book.flags)
    row = flags.next_row + 1
    blocks.section(sheet, f"B{row}", "Three gates: relationship, risk, value")
    blocks.note(sheet, f"M{row}", "A failed gate cannot be made up for by a later one.", right=True)
    row, gates = checklist.write_gates(context, sheet, row + 1, book.gates)
    row += 1
    blocks.section(sheet, f"B{row}", "Find out early")
    inquiries = checklist.write_inquiries(context, sheet, row + 1, book.inquiries)
    row = inquiries.next_row + 2
    blocks.section(sheet, f"B{row}", "Signals between you")
    signals = checklist.write_signals(context, sheet, row + 1, book.signals)
    row = signals.next_row + 1
    blocks.section(sheet, f"B{row}", "Words for leaving")
    blocks.note(
        sheet,
        f"M{row}",
        "Fill in the parts; the messages follow. None of them gives away a number.",
        right=True,
    )
    row, words = messages.write(context, sheet, row + 1, figures["them"], book.wording)
    listed = {
        "signs": signals["sign"],
        "sign_meanings": signals["meaning"],
        "inquiries": inquiries["question"],
        "inquiry_order": inquiries["order"],
    }
    written = {**gates, **words, **listed}
    row += 1
    blocks.section(sheet, f"B{row}", "Are you ready?")
    written_down = {**figures, **written}
    written_down |= shared_checks.said_figures(context, written_down)
    items = [item.at(written_down) for item in shared_checks.all_items(book.limit_known, book.items)]
    ready = checklist.write_items(context, sheet, row + 1, items)
    return ready, flags, written, ready.next_row


# ---------------------------------------------------------------- Talks


def _talks(book: PriceBook, context: Context, figures: Figures, offers: offer_log.Log) -> dict[str, str]:
    """The log, what the pattern of the offers says, and its picture."""
    sheet = context.draft.sheet(book.talks_sheet)
    offer_log.write_statuses(context, sheet, offers, dict(figures))
    signs = offer_log.write_turns(context, offers)
    advice = offer_log.write_advice(context, offers, signs, figures["walkaway"], figures["going_on"])
    if book.is_lean:
        last, decimals = offers.next_row - 1, first_screen.DECIMALS
        next_step, tiles = offers.next_row + 1, offers.next_row + 3
        columns, chart = ("B:D", "E:I", "", "J:K"), (tiles + 4, 12)
        answer, label_to = ("D", "K"), "C"
        title = START_LOG_ROW - 1
    else:
        last, decimals = (
            TALKS_LOG_ROW + offer_log.ROUNDS,
            blocks.hidden_decimals(sheet, price_decimals.COLUMN, Formula(context.lists.decimals)),
        )
        next_step, tiles = 10, 6
        columns, chart = ("B:F", "G:I", "J:J", "K:M"), (chart_row(bool(book.parts)), TALKS_CHART_ROWS)
        answer, label_to = ("E", "M"), "D"
        title = TALKS_LOG_ROW - 1
        _head_talks(book, context, sheet)
    places = _talks_tiles(context, sheet, tiles, columns, figures, signs, advice)
    put(sheet, f"B{next_step}", "Your next step", "wx Label", bold=True)
    blocks.band(sheet, "C", label_to, next_step, "wx Label")
    prompt = "What you do next, and what you ask for in return."
    step = blocks.text_input(sheet, *answer, next_step, "Your next step", prompt)
    context.draft.take("next_step", step, inputs.TEXT, "Your next step")
    blocks.section(sheet, f"B{title}", "Log of offers", 26)
    first = offers.first_row
    for letter, is_step in offers.places.numbers:
        blocks.follow_decimals(sheet, f"{letter}{first}:{letter}{last}", decimals, signed=is_step)
    top, rows = chart
    blocks.section(sheet, f"B{top - 1}", "How the offers move", 26)
    set_heights(sheet, {next_step - 1: 12.0, next_step: 24.0, next_step + 1: 12.0})
    set_heights(sheet, dict.fromkeys(range(top, top + rows), 16.5))
    cells = f"{offers.places.span[0]}{top}:{offers.places.span[1]}{top + rows - 1}"
    offer_log.draw(context, sheet, cells, offers, dict(figures), figures["plan"])
    if not book.is_lean:
        set_up_page(sheet, f"A1:N{top + rows}", Privacy.PRIVATE, one_page=not book.parts)
    return {**advice, **places, "next_step": step, "end_of_talks": str(top + rows)}


def _head_talks(book: PriceBook, context: Context, sheet: Worksheet) -> None:
    set_widths(sheet, TALKS_WIDTHS)
    sheet.freeze_panes = "A2"
    subtitle = "Log every offer on the day it is made. The verdict on Start is about their latest one."
    blocks.header(sheet, "Talks", subtitle, "B", "M", Privacy.PRIVATE, checks=context.master)
    set_heights(sheet, {12: 8, 13: 26})
    if book.parts:
        blocks.note(
            sheet,
            f"M{TALKS_LOG_ROW - 1}",
            "Type the parts of each offer in the tables below; this one follows.",
            right=True,
        )


def _talks_tiles(
    context: Context,
    sheet: Worksheet,
    row: int,
    columns: Sequence[str],
    figures: Figures,
    signs: Mapping[str, str],
    advice: Mapping[str, str],
) -> dict[str, str]:
    """How the talks are going, in tiles; one without columns is left out. Returns where they are."""
    implied, share = signs["implied"], signs["given_share"]
    room = context.side.better_by(implied, figures["walkaway"])
    heading = f'IF({room}<0,"✖  worse than your walk-away","✔  better than your walk-away")'
    waiting = '"where their shrinking steps point to"'
    places: dict[str, str] = {}
    for place, (key, title, value, caption, pattern, size) in zip(
        columns,
        (
            (
                "talks_state",
                "How the talks are going",
                signs["state"],
                Formula(advice["talks_meaning"]),
                style.GENERAL,
                20,
            ),
            (
                "talks_implied",
                "Their implied limit",
                f'IF(COUNT({implied})=0,"–",{implied})',
                Formula(if_known((implied, figures["walkaway"]), heading, waiting)),
                style.PRICE_BARE,
                20,
            ),
            (
                "talks_given",
                "We gave",
                f'IF(COUNT({share})=0,"–",{share})',
                "of all steps so far",
                style.SHARE_WHOLE_BARE,
                20,
            ),
            (
                "talks_do",
                "What to do",
                advice["talks_advice"],
                "a hint from the pattern of the offers, not a rule",
                style.GENERAL,
                13,
            ),
        ),
        strict=True,
    ):
        if not place:
            continue
        first, _, until = place.partition(":")
        places[key] = blocks.tile(
            sheet,
            f"{first}{row}:{until}{row + 2}",
            title,
            Formula(value),
            caption,
            number_format=pattern,
            size=size,
            gutter=first != columns[0][0],
        )
    sheet[Ref(places["talks_do"]).cells].alignment = style.placed(indent=1, wrap=True)
    return places


# ---------------------------------------------------------------- Start


def _their_rung(book: PriceBook, context: Context, figures: Figures) -> dict[str, Ref]:
    """Where Start will say what their offer means."""
    top = start_page.floors_end(first_screen.BELOW, book.cards(context, figures))
    ladder = start_page.ladder(context, figures, book.columns(figures))
    return start_page.their_rung(ladder.at(context.draft.sheet(START), top + 1))


def _start(
    book: PriceBook,
    context: Context,
    figures: Figures,
    answers: Mapping[str, str],
    prepared: Prepared,
    ready: Checklist,
    offers: offer_log.Log,
) -> first_screen.Screen:
    sheet = context.draft.sheet(START)
    options, words = prepared.options, context.words
    below = int(figures["end_of_talks"]) + 1 if book.is_lean else first_screen.BELOW
    ladder = start_page.ladder(context, figures, book.columns(figures))
    theirs = f'"log: "&{words(figures["offer"])}'
    deeper = {
        questions.THEIRS: (f"COUNT({offers.theirs})", theirs),
        questions.OPTION: (options.option_replaced, '"Prepare, 2"'),
        questions.WITHOUT: (options.nothing_replaced, '"replaced by Prepare, part 2"'),
    }
    if book.deep_limit:
        limit = figures[book.deep_limit]
        deeper[questions.LIMIT] = (f"COUNT({limit})", f'"Prepare: "&{words(limit)}')
    warning, warned = book.warning(context, figures)
    screen_figures = {
        **figures,
        "signs": book.advice(context, figures),
        "unknown_basis": f"COUNT({answers['offer_now']})*(COUNT({figures['offer']})=0)",
        "warning": warning,
        "warned": warned,
        "ask_basis": quoted(book.basis.unknown if book.basis else ""),
    }
    first_screen.write_left(context, sheet, book.wording, book.basis)
    screen = first_screen.write(
        context,
        sheet,
        book.wording,
        answers,
        screen_figures,
        deeper,
        (ready.verdict, ready.open_essentials, prepared.history.warning),
        [first_screen.Link(title, way) for title, way in LINKS if title in book.sheets],
    )
    row = start_page.write_floors(context, sheet, below, book.cards(context, figures), first_screen.DECIMALS)
    last = start_page.write_ladder(context, sheet, row, ladder, first_screen.DECIMALS)
    first = sheet[f"D{questions.WHAT}"].coordinate
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = first
    set_up_page(sheet, f"A1:L{last}", Privacy.PRIVATE, one_page=not book.is_lean)
    return screen


def _name_for_review(
    book: PriceBook,
    draft: Draft,
    figures: Figures,
    screen: first_screen.Screen,
    ready: Checklist,
    flags: Flags,
) -> None:
    """Name what a reading of the workbook looks for, beside its headline numbers."""
    state = Ref(figures["talks_state"])
    for name, ref in (
        ("wx_title", screen.titles),
        ("wx_banner", screen.banner),
        ("wx_binding", screen.reason),
        ("wx_preparation_list", ready.items),
        ("wx_flag_list", flags.listed),
        ("wx_talks", state.longer(1)),
        ("wx_talks_advice", figures["talks_do"]),
        ("wx_next_step", figures["next_step"]),
        ("wx_meeting", figures["meeting"]),
    ):
        draft.name(name, ref)


# ---------------------------------------------------------------- Checks


def _checks(
    book: PriceBook,
    context: Context,
    figures: Figures,
    prepared: Prepared,
    offers: offer_log.Log,
    ready: Checklist,
) -> None:
    sheet = context.draft.sheet(CHECKS)
    blocks.header(
        sheet,
        "Checks",
        "Every check must pass before you rely on the verdict. Below: formulas, names, lists.",
        "B",
        "H",
        Privacy.PRIVATE,
    )
    sheet.freeze_panes = "A2"
    top = _register_row(book)
    figures = {**figures, **shared_checks.talks_figures(context, figures, offers)}
    entries = [entry.at(figures) for entry in _all_entries(book)]
    rows = [check.at(figures) for check in _all_checks(book)]
    rows.append(checks.agreement(sheet, top, entries, context.lists.tolerance))
    checks.write_checks(context.draft, sheet, rows, context.lists.tolerance)
    names = {
        **{name: figures[key] for name, key in HEADLINES.items()},
        "wx_prep": ready.score,
        "wx_checks": context.master,
        **{name: figures[key] for name, key in book.names.items()},
    }
    for name, ref in names.items():
        context.draft.name(name, ref)
    own_limit = book.wording.limit[0]
    private = dict.fromkeys(figures[key] for key in (*PRIVATE, own_limit, *book.private))
    # Both know what is offered, part by part; the score that a package has for us is ours.
    priced = [figures["offer"], figures["our_offer"], offers.ours, offers.theirs]
    issues = [ref for part in _known(book, figures) for ref in (part.theirs, part.ours)]
    listed = [figures[key] for key in book.public]
    draft, options = context.draft, prepared.options
    is_scored = book.side.measure == "score"
    draft.name(KNOWN_NAME, ",".join(joined([*issues, *([] if is_scored else priced), *listed])))
    scores = priced if is_scored else []
    draft.keep_private(
        [
            *private,
            *scores,
            options.table,
            options.effective,
            figures["plan"],
            *private_inputs.of_inputs(draft),
        ]
    )
    side = context.draft.workbook.defined_names["wx_side"].attr_text
    lists_from = _lists_row(book)
    end = checks.write_register(
        context.draft, sheet, top, entries, {"wx_side": side, **names}, context.lists.tolerance
    )
    assert end + 1 == lists_from, (end, lists_from)
    set_up_page(sheet, f"A1:I{context.lists.last_row}", Privacy.PRIVATE, one_page=False)
