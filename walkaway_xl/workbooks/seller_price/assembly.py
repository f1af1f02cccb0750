"""The sheets of the seller's workbook, put together from the shared sections."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from walkaway_xl.workbooks import charts, inputs, parts, style
from walkaway_xl.workbooks.cells import Formula, local, put, reference, set_heights, set_widths
from walkaway_xl.workbooks.draft import Draft
from walkaway_xl.workbooks.page import Privacy, protect, set_up_page
from walkaway_xl.workbooks.parts import Field
from walkaway_xl.workbooks.sections import (
    alternatives,
    checklist,
    checks,
    lists,
    log,
    messages,
    plan,
    price_steps,
    start,
    table_card,
    walk_away,
)
from walkaway_xl.workbooks.sections.checklist import Checklist, Flags
from walkaway_xl.workbooks.sections.context import SELLER, Context, if_known
from walkaway_xl.workbooks.seller_price import example, questions, review
from walkaway_xl.workbooks.seller_price.layout import (
    CARD,
    CARD_WIDTHS,
    CHECK_COUNT,
    CHECKS,
    CHECKS_WIDTHS,
    LISTS_ROW,
    PLAN,
    PLAN_WIDTHS,
    PREPARE,
    PREPARE_GRID,
    PREPARE_WIDTHS,
    SHEETS,
    STAMP,
    START,
    TALKS,
    TALKS_LATEST_ROW,
    TALKS_LOG_ROW,
    TALKS_WIDTHS,
    WORDS,
    WORDS_WIDTHS,
    Prepared,
)


def build(filled: bool) -> Draft:
    """Build the workbook, blank or with its worked example."""
    draft = Draft.new("Selling at a price: preparation", "seller_price", SHEETS)
    context = _foundation(draft, filled)
    deal, next_row = _prepare_inputs(context)
    offers = log.write(context, draft.sheet(TALKS), TALKS_LOG_ROW, example.ROUNDS, TALKS_LATEST_ROW)
    known = {
        **deal,
        "offer": offers.latest_theirs,
        "our_offer": offers.latest_ours,
        "year": context.lists.days_in_year,
    }
    prepared = _prepare_walk_away(context, known, next_row)
    known |= prepared.results
    ready, flags = _words(context, known, prepared, offers)
    known |= {"run_flags": flags.runs, "walk_flags": flags.walks, "preparation_verdict": ready.verdict}
    known |= _prepare_verdict(context, known, prepared)
    known |= _plan(context, known, prepared.ladder)
    _talks(context, known, offers)
    _card(context, known)
    _start(context, known, prepared, ready)
    _checks(context, known, prepared, offers, ready)
    for sheet in draft.workbook:
        protect(sheet)
        sheet.sheet_properties.tabColor = style.AXIS if sheet.title == CARD else style.ACCENT
    return draft


# ---------------------------------------------------------------- what everything else looks up


def _foundation(draft: Draft, filled: bool) -> Context:
    """Lists and constants first: all other sections refer to them."""
    sheet = draft.sheet(CHECKS)
    set_widths(sheet, CHECKS_WIDTHS)
    area = charts.DataArea(sheet, LISTS_ROW)
    found = lists.write(area)
    area.title("This workbook")
    area.write("Side", SELLER.word)
    draft.name("wx_side", area.reference(f"C{area.row - 1}"))
    rules = charts.scale_rules(area, found.decimals)
    parts.section(sheet, f"B{area.row + 1}", "Chart data")
    parts.note(
        sheet, f"C{area.row + 1}", "Positions and live labels of the charts. Nothing here needs typing."
    )
    area.row += 2
    return Context(draft, filled, SELLER, found, area, rules, checks.master(sheet))


# ---------------------------------------------------------------- Prepare


def _prepare_inputs(context: Context) -> tuple[dict[str, str], int]:
    """Part 1: the references of what is typed, and the next row."""
    sheet = context.draft.sheet(PREPARE)
    set_widths(sheet, PREPARE_WIDTHS)
    sheet.freeze_panes = "A2"
    parts.header(
        sheet,
        "Prepare",
        "Fill in the yellow cells from top to bottom. Half an hour is enough for a first round.",
        "B",
        "M",
        Privacy.PRIVATE,
        checks=context.master,
    )
    parts.section(sheet, "B6", "1   The deal")
    heads = {"B": "Input", "E": "Value", "F": "Unit", "G": "Source or assumption", "M": "As of"}
    parts.table_head(sheet, 7, heads, numbers="EM", span=("B", "M"))
    found: dict[str, str] = {}
    row = 8
    for key, label, value, prompt in (
        ("us", "Our company", "Brightmoor Castings", "Who sells."),
        ("them", "Counterpart", "Lakeside Hydraulics", "Who buys. It appears in the titles."),
        ("item", "What you sell", "PH-7 pump housing", "The product or service."),
        ("owner", "Prepared by", "Ruth Amery", "Who is responsible for these numbers."),
    ):
        sheet.row_dimensions[row].height = 21
        parts.band(sheet, "B", "M", row, "wx Label")
        put(sheet, f"B{row}", label, "wx Label")
        found[key] = parts.text_input(sheet, "E", "G", row, value if context.filled else None, label, prompt)
        row += 1
    general = (
        Field(
            "meeting", "Date of the meeting", inputs.DATE, "", "", date(2026, 2, 26), source="Agreed by mail"
        ),
        Field("currency", "Currency", inputs.TEXT, "", "One currency for the whole workbook.", "GBP"),
        Field("unit", "One unit is", inputs.TEXT, "", "A piece, a tonne, an hour …", "piece", default="unit"),
    )
    found |= parts.input_rows(sheet, row, general, PREPARE_GRID, filled=context.filled)
    row += len(general)
    per_unit = Formula(f'{found["currency"]}&" / "&{found["unit"]}')
    found["per_unit"] = per_unit
    for title, fields in questions.fields(per_unit, Formula(f'{found["unit"]}&"s"')):
        parts.section(sheet, f"B{row}", title, 28)
        found |= parts.input_rows(sheet, row + 1, fields, PREPARE_GRID, filled=context.filled)
        row += 1 + len(fields)
    return found, row


def _prepare_walk_away(context: Context, known: Mapping[str, str], row: int) -> Prepared:
    """Ladder, alternatives, floors and history."""
    sheet = context.draft.sheet(PREPARE)
    parts.section(sheet, f"B{row}", "Who may sign", 28)
    parts.note(
        sheet,
        f"D{row}",
        "The first row is you. It does not decide whether the deal makes sense, only who signs.",
    )
    ladder = price_steps.write_ladder(context, sheet, row + 1, example.LADDER)
    row = ladder.next_row + 1
    alternatives_row = row
    parts.section(sheet, f"B{row}", "2   Your alternatives")
    options = alternatives.write(
        context, sheet, row + 1, offer=known["offer"], answer=example.ANSWER, rows=example.ALTERNATIVES
    )
    picture = options.next_row + 1
    parts.section(sheet, f"B{picture}", "Effective price of each alternative")
    parts.note(
        sheet, f"M{picture}", "Left of the dashed line: worse than signing their latest offer.", right=True
    )
    for at in range(picture + 1, picture + 15):
        sheet.row_dimensions[at].height = 21
    alternatives.draw(context, sheet, f"B{picture + 1}:M{picture + 14}", options, known["offer"])
    row = picture + 16
    walk_away_row = row
    parts.section(sheet, f"B{row}", "3   Your walk-away")
    parts.note(
        sheet,
        f"D{row}",
        "The price at which you are better off without the deal. Set it before the first offer.",
    )
    heads = {"B": "How the number is built", "E": "Value", "F": "Unit", "G": "In words"}
    parts.table_head(sheet, row + 1, heads, numbers="E", span=("B", "M"))
    row += 2
    limits: dict[str, str] = {}
    for title, lines in (
        (
            "BATNA floor: what the best alternative is worth",
            walk_away.batna_lines(context, options.effective, options.ranks, options.descriptions),
        ),
        ("Economic floor: what cost and margin allow", price_steps.economic_lines()),
        ("Your limits", walk_away.limit_lines(context)),
    ):
        put(sheet, f"B{row}", title, "wx Overline", indent=1)
        sheet.row_dimensions[row].height = 26
        priced = tuple(
            line if line.unit else replace(line, unit=Formula(known["per_unit"])) for line in lines
        )
        limits |= parts.result_rows(sheet, row + 1, priced, PREPARE_GRID, {**known, **limits})
        row += 1 + len(lines)
    authority = parts.Line(
        "authority_floor",
        "Authority floor",
        if_known(("{list}", "{own}"), "{list}*(1-{own})"),
        "wx Output",
        Formula(known["per_unit"]),
        "The lowest price you may sign yourself. Below it, the next person signs.",
    )
    limits |= parts.result_rows(sheet, row, (authority,), PREPARE_GRID, {**known, "own": ladder.own_limit})
    price_steps.write_ladder_prices(context, sheet, ladder, {**known, **limits})
    row += 2
    put(sheet, f"B{row}", "WALK-AWAYS AS YOU SET THEM", "wx Overline")
    history = walk_away.write_history(context, sheet, row + 1, example.SETTINGS)
    return Prepared(limits, options, ladder, history, alternatives_row, walk_away_row, history.next_row)


def _prepare_verdict(context: Context, known: Mapping[str, str], prepared: Prepared) -> dict[str, str]:
    """The verdict, then what is left of the price and what a cut must win."""
    sheet = context.draft.sheet(PREPARE)
    row = prepared.next_row
    put(sheet, f"B{row + 1}", "VERDICT ON THEIR LATEST OFFER", "wx Overline")
    sheet.row_dimensions[row + 1].height = 26
    found = walk_away.write_verdict(context, sheet, row + 2, PREPARE_GRID, known)
    row = int(local(found["verdict"]).rsplit("$", 1)[1]) + 2
    parts.section(sheet, f"B{row}", "4   What is left of the price")
    price = parts.Line(
        "price",
        "Price looked at",
        if_known(("{list}",), "IF(COUNT({offer})=0,{list},{offer})"),
        unit=Formula(known["per_unit"]),
        words=Formula('IF(COUNT({offer})=0,"There is no offer yet: the list price.","Their latest offer.")'),
    )
    found |= parts.result_rows(sheet, row + 1, (price,), PREPARE_GRID, known)
    here = {**known, **found}
    row = price_steps.write_waterfall(context, sheet, row + 3, here)
    found["pocket"] = reference(sheet, f"E{row - 3}")
    found["units_needed"] = reference(sheet, f"H{row + 2}")
    row = price_steps.write_cuts(context, sheet, row + 1, here)
    breaks = (prepared.alternatives_row, prepared.walk_away_row)
    set_up_page(sheet, f"A1:N{row}", Privacy.PRIVATE, one_page=False, breaks_before=breaks)
    found["results"] = reference(sheet, f"E8:E{row}")
    return found


# ---------------------------------------------------------------- Words & checklist


def _words(
    context: Context,
    known: Mapping[str, str],
    prepared: Prepared,
    offers: log.Log,
) -> tuple[Checklist, Flags]:
    sheet = context.draft.sheet(WORDS)
    set_widths(sheet, WORDS_WIDTHS)
    sheet.freeze_panes = "A2"
    parts.header(
        sheet,
        "Words & checklist",
        "Be ready before you talk price, know when to stop, and know what to say then.",
        "B",
        "G",
        Privacy.PRIVATE,
        checks=context.master,
    )
    parts.section(sheet, "B6", "Are you ready?")
    ready = checklist.write_items(context, sheet, 7, questions.items(context, known, prepared))
    row = ready.next_row + 1
    parts.section(sheet, f"B{row}", "Red flags")
    flags = checklist.write_flags(context, sheet, row + 1, questions.FLAGS)
    row = flags.next_row + 1
    parts.section(sheet, f"B{row}", "Three gates: relationship, risk, value")
    parts.note(sheet, f"F{row}", "A failed gate cannot be made up for by a later one.")
    row = checklist.write_gates(context, sheet, row + 1, example.GATES) + 1
    parts.section(sheet, f"B{row}", "Find out early")
    row = checklist.write_inquiries(context, sheet, row + 1, example.INQUIRIES) + 1
    parts.section(sheet, f"B{row}", "Team signals")
    parts.note(sheet, f"F{row}", "Only the bare marks appear on the table card.")
    row = checklist.write_signals(context, sheet, row + 1, example.SIGNALS) + 1
    parts.section(sheet, f"B{row}", "Words for leaving")
    parts.note(sheet, f"F{row}", "Fill in the parts; the messages follow. None of them gives away a number.")
    row = messages.write(context, sheet, row + 1, known["them"], example.BUILDING)
    set_up_page(sheet, f"A1:H{row}", Privacy.PRIVATE, one_page=False)
    return ready, flags


# ---------------------------------------------------------------- Plan, Table card, Talks


def _plan(context: Context, known: Mapping[str, str], ladder: price_steps.Ladder) -> dict[str, str]:
    sheet = context.draft.sheet(PLAN)
    set_widths(sheet, PLAN_WIDTHS)
    sheet.freeze_panes = "A2"
    subtitle = Formula(
        f'"What "&IF({known["them"]}="","they",{known["them"]})&" can accept, how you move, what you trade."'
    )
    parts.header(sheet, "Plan", subtitle, "B", "J", Privacy.PRIVATE, checks=context.master)
    parts.section(sheet, "B10", "Where the two ranges overlap")
    parts.note(sheet, "J10", "Each bar runs from a walk-away to a target.   ●  latest offer", right=True)
    set_heights(sheet, {**dict.fromkeys(range(11, 23), 15.5), 9: 10, 23: 10, 36: 6, 47: 6})
    parts.section(sheet, "B24", "What you believe about them")
    beliefs = plan.write_beliefs(context, sheet, 25, example.COUNTERPART)
    parts.section(sheet, "B30", "How you open and move")
    moves = plan.write_moves(context, sheet, 31, example.MOVES)
    here = {**known, **beliefs, **moves, "ours": known["our_offer"], "theirs": known["offer"]}
    parts.section(sheet, "B37", "Your concessions, planned before the first one")
    parts.note(
        sheet,
        "J37",
        "A concession is a step towards them. Make each one in return for something.",
        right=True,
    )
    offers = plan.write_plan(context, sheet, 38, here, ladder)
    parts.section(sheet, "B48", "Give and get")
    parts.note(sheet, "J48", "Say it in these words: “If you …, then we …”. Values per unit.", right=True)
    last = plan.write_trades(context, sheet, 49, example.TRADES)
    plan.write_single_offer(context, sheet, 34, here)
    plan.write_tiles(context, sheet, 6, here)
    plan.draw_zone(context, sheet, "B11:J22", here)
    set_up_page(sheet, f"A1:K{last}", Privacy.PRIVATE, one_page=False)
    return {**beliefs, **moves, "plan": offers}


def _talks(context: Context, known: Mapping[str, str], offers: log.Log) -> None:
    sheet = context.draft.sheet(TALKS)
    set_widths(sheet, TALKS_WIDTHS)
    sheet.freeze_panes = "A2"
    lists_ = context.lists
    parts.header(
        sheet,
        "Talks",
        "Log every offer on the day it is made. The verdict on Start is about their latest one.",
        "B",
        "L",
        Privacy.PRIVATE,
        checks=context.master,
    )
    log.write_statuses(context, sheet, offers, dict(known))
    signs = log.write_turns(context, sheet, TALKS_LATEST_ROW + 3, offers)
    state = signs["state"]
    moves = f"MATCH({state},{lists_.moves},0)"
    parts.tile(
        sheet,
        "B6:F8",
        "How the talks are going",
        Formula(state),
        Formula(f"INDEX({lists_.move_meanings},{moves})"),
        number_format=style.GENERAL,
        size=20,
    )
    parts.tile(
        sheet,
        "G6:I8",
        "Their implied limit",
        Formula(f'IF(COUNT({signs["implied"]})=0,"–",{signs["implied"]})'),
        "where their shrinking steps point to",
        size=20,
        gutter=True,
    )
    parts.tile(
        sheet,
        "J6:J8",
        "We gave",
        Formula(f'IF(COUNT({signs["given_share"]})=0,"–",{signs["given_share"]})'),
        "of all steps so far",
        number_format=style.SHARE_WHOLE_BARE,
        size=20,
        gutter=True,
    )
    parts.tile(
        sheet,
        "K6:L8",
        "What to do",
        Formula(f"INDEX({lists_.move_advice},{moves})"),
        "a hint from the pattern of the offers, not a rule",
        number_format=style.GENERAL,
        size=13,
        gutter=True,
    )
    sheet["K7"].alignment = style.placed(indent=1, wrap=True)
    set_heights(sheet, {9: 12, 10: 24, 12: 8, 13: 26})
    put(sheet, "B10", "Your next step", "wx Label", bold=True)
    parts.band(sheet, "C", "D", 10, "wx Label")
    parts.text_input(
        sheet,
        "E",
        "L",
        10,
        example.NEXT_STEP if context.filled else None,
        "Your next step",
        "What you do next, and what you ask for in return.",
    )
    parts.section(sheet, "B13", "Log of offers", 26)
    parts.section(sheet, "B26", "How the offers move", 26)
    set_heights(sheet, dict.fromkeys(range(27, 42), 16.5))
    parts.section(sheet, "B43", "Behind the signs", 30)
    log.draw(context, sheet, "B27:L41", offers, dict(known), known["plan"])
    set_up_page(sheet, f"A1:M{TALKS_LATEST_ROW + 18}", Privacy.PRIVATE, one_page=False)


def _card(context: Context, known: Mapping[str, str]) -> None:
    sheet = context.draft.sheet(CARD)
    set_widths(sheet, CARD_WIDTHS)
    sheet.freeze_panes = "A2"
    title = Formula(f'"Our meeting"&IF({known["them"]}="",""," with "&{known["them"]})')
    subtitle = Formula(f'IF({known["item"]}="","Agenda and proposals for both sides",{known["item"]})')
    parts.header(sheet, title, subtitle, "B", "F", Privacy.SHARE_SAFE)
    put(sheet, "C1", "Type in the rows below. This bar is not printed.", "wx Bar")
    put(
        sheet,
        "F3",
        Formula(f'IF({known["meeting"]}="","",{known["meeting"]})'),
        "wx Body",
        bold=True,
        colour=style.SLATE,
        horizontal="right",
        number_format=style.DATE,
    )
    last = table_card.write(
        context,
        sheet,
        6,
        agenda=example.AGENDA,
        positions=example.POSITIONS,
        our_offer=known["our_offer"],
        their_offer=known["offer"],
        marks=[signal.mark for signal in example.SIGNALS],
    )
    set_up_page(sheet, f"A2:G{last}", Privacy.SHARE_SAFE)


# ---------------------------------------------------------------- Start


def _start(context: Context, known: Mapping[str, str], prepared: Prepared, ready: Checklist) -> None:
    sheet = context.draft.sheet(START)
    ladder = prepared.ladder
    words = context.words
    facts = start.Facts(
        them=known["them"],
        item=known["item"],
        unit=f"({known['per_unit']})",
        volume=known["volume"],
        owner=known["owner"],
        meeting=known["meeting"],
        next_step=reference(context.draft.sheet(TALKS), "E10"),
    )
    start.write_masthead(context, sheet, STAMP, facts)
    signer = f"{reference(sheet, 'H29')}"
    beyond = (
        f"AND(COUNT({known['authority_floor']})*COUNT({known['offer']})=1,{known['offer']}<"
        f"{known['authority_floor']},SUM({known['runs']},{known['walks']},{known['gaps']})=0)"
    )
    signs = f'IF({beyond}," At this price the "&{signer}&" signs.","")'
    start.write_verdict(context, sheet, 6, known, signs)
    binding = '"◆  BINDS: this is your walk-away"'

    def foot(mine: str, other: str) -> str:
        below = words(f"{known[other]}-{known[mine]}")
        said = f'IF({known[mine]}>={known[other]},{binding},{below}&" below the binding floor")'
        return if_known(
            (known[mine], known[other]), said, f'IF(COUNT({known[mine]})=0,"Not known yet",{binding})'
        )

    full, margin, leak = known["full_cost"], known["margin"], known["leakage"]
    batna, taken = known["batna"], f"{known['batna']}-{known['batna_floor']}"
    start.write_floors(
        sheet,
        11,
        (
            start.FloorCard(
                "BATNA floor",
                known["batna_floor"],
                if_known(
                    (known["batna_floor"],),
                    f'"Best alternative "&{words(batna)}&", less "&{words(taken)}',
                    '"What your best alternative is worth"',
                ),
                foot("batna_floor", "economic_floor"),
            ),
            start.FloorCard(
                "Economic floor",
                known["economic_floor"],
                if_known(
                    (known["economic_floor"],),
                    f'"Cost "&{words(full)}&" at "&FIXED(100*{margin},0)&'
                    f'" % margin, "&{context.share_words(leak)}&" leakage"',
                    '"What cost and margin allow"',
                ),
                foot("economic_floor", "batna_floor"),
            ),
            start.FloorCard(
                "Authority floor",
                known["authority_floor"],
                if_known(
                    (known["authority_floor"],),
                    f'"You may sign up to "&FIXED(100*{ladder.own_limit},0)&" % off list"',
                    '"What you may sign yourself"',
                ),
                if_known(
                    (known["authority_floor"],),
                    f'"Below it the "&INDEX({ladder.signers},1+1)&" signs"',
                    '"Not known yet"',
                ),
            ),
        ),
    )
    start.section_title(sheet, "B16", "Where the offers stand")
    set_heights(sheet, {16: 26, 17: 26, 18: 26, 19: 24, 20: 30, 21: 24, 22: 24, 23: 12})
    start.draw_scale(context, sheet, "B17:J22", known)
    start.write_next_step(context, sheet, 16, facts)
    start.write_readiness(context, sheet, 20, ready.score, ready.verdict, ready.open_essentials)
    set_heights(sheet, {24: 26})
    start.write_ladder(context, sheet, 24, known, ladder)
    start.write_steps(
        sheet,
        24,
        (
            start.StepLink(PREPARE, "B6", "The deal", "Cost, leakage, wish and want"),
            start.StepLink(
                PREPARE, f"B{prepared.alternatives_row}", "Alternatives", "What you do without this deal"
            ),
            start.StepLink(
                PREPARE, f"B{prepared.walk_away_row}", "Walk-away", "Set it before the first offer"
            ),
            start.StepLink(PLAN, "B6", "Plan", "Their limits, your concessions"),
            start.StepLink(WORDS, "B6", "Get ready", "Checklist, red flags, words"),
            start.StepLink(TALKS, "B6", "Talk", "Log offers, read the signs"),
        ),
    )
    start.write_legend(sheet, 32)
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = "C7"
    set_up_page(sheet, "A1:P33", Privacy.PRIVATE)


# ---------------------------------------------------------------- Checks


def _checks(
    context: Context,
    known: Mapping[str, str],
    prepared: Prepared,
    offers: log.Log,
    ready: Checklist,
) -> None:
    sheet = context.draft.sheet(CHECKS)
    parts.header(
        sheet,
        "Checks",
        "Every check must pass before you rely on the verdict. Below: formulas, names, lists.",
        "B",
        "H",
        Privacy.PRIVATE,
    )
    sheet.freeze_panes = "A2"
    rows = review.check_rows(context, known, prepared, offers)
    assert len(rows) == CHECK_COUNT
    checks.write_checks(sheet, rows, context.lists.tolerance)
    names = {
        "wx_list": known["list"],
        "wx_offer": known["offer"],
        "wx_our_offer": known["our_offer"],
        "wx_target": known["want"],
        "wx_wish": known["wish"],
        "wx_walkaway": known["walkaway"],
        "wx_batna": known["batna"],
        "wx_batna_floor": known["batna_floor"],
        "wx_economic_floor": known["economic_floor"],
        "wx_authority_floor": known["authority_floor"],
        "wx_verdict": known["verdict"],
        "wx_prep": ready.score,
        "wx_checks": context.master,
    }
    for name, ref in names.items():
        context.draft.name(name, ref)
    side = context.draft.workbook.defined_names["wx_side"].attr_text
    end = checks.write_register(
        sheet, checks.FIRST_ROW + len(rows) + 1, review.register(context, known), {"wx_side": side, **names}
    )
    assert end <= LISTS_ROW, end
    set_up_page(
        sheet,
        f"A1:I{context.lists.last_row}",
        Privacy.PRIVATE,
        one_page=False,
        breaks_before=(checks.FIRST_ROW + len(rows) + 1, LISTS_ROW),
    )
