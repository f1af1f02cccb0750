"""What a package is worth a year: offers side by side, what is sure of them, and how long one can say no."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.core import kinds
from walkaway_xl.core.kinds import Range, narrowed
from walkaway_xl.sheets import blocks, inputs, style
from walkaway_xl.sheets.blocks import Line
from walkaway_xl.sheets.cell_writing import Formula, put, reference
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.workbooks.function_formulas import excel_formula
from walkaway_xl.workbooks.price_book import shared_checks
from walkaway_xl.workbooks.price_book.book import Figures
from walkaway_xl.workbooks.price_book.layout import PREPARE_GRID
from walkaway_xl.workbooks.sections.checks import Check
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.offer_log import Part, Parts
from walkaway_xl.workbooks.sections.price_columns import PriceColumn
from walkaway_xl.workbooks.sections.start_page import FloorCard

OFFERS = {"E": "Now", "F": "This offer", "G": "Other offer"}
INDEX = inputs.measured(
    "wx Input",
    narrowed(kinds.NUMBER, Range(0, above_least=True), "1 is the same; 1.03 is 3 % dearer to live there."),
)
YEARS = inputs.measured("wx Input qty", kinds.counted("Compare over whole years."))
ROWS = (
    ("base", "Base salary", inputs.COST, style.MONEY, "A year, before tax."),
    ("bonus", "Bonus", inputs.BONUS, style.SHARE, "Of the base, if all goals are met."),
    (
        "payout",
        "Usual payout",
        inputs.PART,
        style.SHARE_WHOLE,
        "Blank counts as the whole bonus.",
    ),
    ("signing", "Signing bonus, once", inputs.WORTH, style.MONEY, "Blank counts as zero."),
    (
        "clawback",
        "Repayment period (months)",
        inputs.WHOLE,
        style.WHOLE,
        "If you leave earlier you pay it back.",
    ),
    ("equity", "Equity, in all", inputs.WORTH, style.MONEY, "At today's value."),
    ("years", "Years until it is fully yours", YEARS, style.WHOLE, "Blank counts as one."),
    (
        "haircut",
        "Equity discount",
        inputs.PART,
        style.SHARE_WHOLE,
        "How much of it you do not count on.",
    ),
    ("vest_1", "Of the equity in year 1", inputs.PART, style.SHARE_WHOLE, "The four years make 100 %."),
    ("vest_2", "in year 2", inputs.PART, style.SHARE_WHOLE, ""),
    ("vest_3", "in year 3", inputs.PART, style.SHARE_WHOLE, ""),
    ("vest_4", "in year 4 and later", inputs.PART, style.SHARE_WHOLE, ""),
    ("benefits", "Benefits", inputs.WORTH, style.MONEY, "Pension, car, health: what they are worth a year."),
    ("commute", "Commute and other costs", inputs.COST, style.MONEY, "What the job costs you a year."),
    ("index", "Cost of living there", INDEX, "0.00", "1 is as here. Blank counts as 1."),
)


LOGGED = ("base", "bonus", "signing", "equity", "benefits")
"""What is talked about: it stands on Talks, offer by offer, and here their latest."""
PARTS = tuple(
    Part(key, label, kind, prompt, pattern) for key, label, kind, pattern, prompt in ROWS if key in LOGGED
)


def write_packages(
    context: Context, sheet: Worksheet, top: int, figures: Figures
) -> tuple[dict[str, str], int]:
    """The packages side by side and what each is worth a year."""
    blocks.section(sheet, f"B{top}", "What the packages are worth a year", 28)
    blocks.table_head(
        sheet, top + 1, {"B": "Part", **OFFERS, "H": "What it means"}, numbers="EFG", span=("B", "M")
    )
    places: dict[str, int] = {}
    for row, (key, label, kind, pattern, prompt) in enumerate(ROWS, top + 2):
        places[key] = row
        sheet.row_dimensions[row].height = 21
        blocks.band(sheet, "B", "M", row, "wx Label")
        put(sheet, f"B{row}", label, "wx Label")
        put(sheet, f"H{row}", prompt, "wx Words")
        typed = [column for column in OFFERS if column != "F" or key not in LOGGED]
        for column in typed:
            cell = put(sheet, f"{column}{row}", None, kind.style_name, number_format=pattern)
            name = f"{OFFERS[column].split()[0].lower()}.{key}"
            context.draft.take(name, reference(sheet, cell.coordinate), kind, label)
        if "F" not in typed:
            logged = figures[f"theirs.{key}"]
            link = Formula(if_known((logged,), logged))
            put(sheet, f"F{row}", link, kind.style_name.replace("Input", "Link"), number_format=pattern)
        inputs.validate(sheet, " ".join(f"{column}{row}" for column in typed), kind, label, prompt)
    row = top + 2 + len(ROWS)
    results = (
        (
            "extras",
            "On top of base pay",
            "wx Calc",
            "Benefits, and a year's part of signing bonus and equity.",
        ),
        (
            "rate",
            "Of the base, with the bonus",
            "wx Calc",
            "Times the base: the usual payout.",
        ),
        ("sure", "Guaranteed", "wx Calc", "Base and benefits, less what the job costs you."),
        ("total", "In all, a year", "wx Output", "Less what the job costs you, at the cost of living here."),
    )
    for offset, (key, label, style_name, words) in enumerate(results):
        places[key] = row + offset
        sheet.row_dimensions[row + offset].height = 21
        blocks.band(sheet, "B", "M", row + offset, "wx Label")
        put(sheet, f"B{row + offset}", label, "wx Label", bold=key == "total")
        put(sheet, f"H{row + offset}", words, "wx Words")
        for column in OFFERS:
            formula = _result(key, {name: f"{column}{place}" for name, place in places.items()})
            pattern = "0.000" if key == "rate" else style.MONEY
            put(sheet, f"{column}{row + offset}", Formula(formula), style_name, number_format=pattern)

    def this(key: str, column: str = "F") -> str:
        return reference(sheet, f"{column}{places[key]}")

    total = places["total"]
    packages = {
        "this_total": this("total"),
        "this_extras": this("extras"),
        "this_rate": this("rate"),
        "this_index": this("index"),
        "this_commute": this("commute"),
        "this_sure": this("sure"),
        "this_signing": this("signing"),
        "this_clawback": this("clawback"),
        "now_total": this("total", "E"),
        "other_total": this("total", "G"),
        "totals": reference(sheet, f"E{total}:G{total}"),
        "vest_sums": "+".join(
            f"(COUNT({span})>0)*(ABS(SUM({span})-1)>{context.lists.own[0]})"
            for column in OFFERS
            for span in [reference(sheet, f"{column}{places['vest_1']}:{column}{places['vest_4']}")]
        ),
    }
    packages |= {f"this_{key}_in": this(key) for key in TERMS}
    packages["market_sourced"] = _sourced(context, "market_low")
    packages |= {f"this_{key}_in": this(key) for key in ("equity", "benefits")}
    return packages, row + len(results)


def _sourced(context: Context, key: str) -> str:
    """Formula: 1 when it is noted where a figure comes from, and since when it holds."""
    source, day = (context.draft.inputs[f"{of}.{key}"].reference for of in ("source", "as_of"))
    return f'--(({source}<>"")*COUNT({day})>0)'


TERMS = ("payout", "years", "haircut", "commute", "index")
"""What an offer comes to depends on these, too; they hold for all offers of the same job."""


def worth(context: Context, figures: Figures, parts: Parts, title: str) -> Sequence[str]:
    """What the offers of the log come to a year; the base must be known."""
    terms = {key: figures[f"this_{key}_in"] for key in TERMS}

    def total(stands: Ref) -> str:
        cells = {part.key: stands.nth(number) for number, part in enumerate(PARTS)}
        return if_known((cells["base"],), _total({**terms, **cells}))

    return [total(stands) for stands in parts.in_effect]


def _result(key: str, cell: dict[str, str]) -> str:
    return if_known((cell["base"],), _results(cell)[key] if key != "total" else _total(cell))


def _total(cell: dict[str, str]) -> str:
    """A year in all, of the parts of an offer and its terms."""
    results = _results(cell)
    index = f"MAX(N({cell['index']}),1-COUNT({cell['index']}))"
    return f"({cell['base']}*({results['rate']})+{results['extras']}-N({cell['commute']}))/{index}"


def _results(cell: dict[str, str]) -> dict[str, str]:
    years = f"MAX(1,N({cell['years']}))"
    index = f"MAX(N({cell['index']}),1-COUNT({cell['index']}))"
    payout = f"MAX(N({cell['payout']}),1-COUNT({cell['payout']}))"
    costs = f"N({cell['commute']})"
    return {
        "extras": excel_formula(
            "COMP_TOTAL",
            base="0",
            benefits=f"N({cell['benefits']})",
            signing=f"N({cell['signing']})",
            equity=f"N({cell['equity']})",
            haircut=f"N({cell['haircut']})",
            years=years,
        ),
        "rate": f"1+N({cell['bonus']})*{payout}",
        "sure": f"({cell['base']}+N({cell['benefits']})-{costs})/{index}",
    }


def limit_lines(context: Context) -> tuple[Line, ...]:
    """What the candidate needs, and how long they can say no."""
    return (
        Line(
            "runway",
            "Months you can hold out",
            'IF(OR(COUNT({liquid})*COUNT({need})=0,{need}<={income}),"",'
            + excel_formula(
                "WALKAWAY_RUNWAY", liquid="{liquid}", monthly_need="{need}", monthly_income="{income}"
            )
            + ")",
            unit="months",
            words="Savings ÷ what is missing each month. Desperation is a short runway.",
            number_format=style.ONE_DECIMAL,
        ),
        Line(
            "hard_limit",
            "The least you accept",
            if_known(("{least}",), "{least}"),
            "wx Output",
            words="Below it you say no, whatever the alternatives.",
        ),
    )


def _is_short(figures: Figures) -> str:
    """Formula: 1 where the money is gone before another job is found."""
    runway, search = figures["runway"], figures["search"]
    return f"IF(COUNT({runway},{search})<=1,0,--({runway}<{search}))"


def _months(context: Context, ref: str) -> str:
    return f'FIXED({ref},{context.lists.share_decimals})&" months"'


def note(context: Context, figures: Figures) -> str:
    """How long one can say no, beside the reason of the verdict."""
    runway, search = figures["runway"], figures["search"]
    takes = f'"; finding another job takes "&{_months(context, search)}'
    shown = f'" You can say no for "&{_months(context, runway)}&CHOOSE(1+{_is_short(figures)},"",{takes})&"."'
    return if_known((runway,), shown)


def warning(context: Context, figures: Figures) -> tuple[str, str]:
    """What to do first while the money is gone before another job is found."""
    missing = f"({figures['search']}-{figures['runway']})"
    sentence = (
        f'"Find money for another "&{_months(context, missing)}&" before you say no: save, or ask for time."'
    )
    return if_known((figures["runway"], figures["search"]), sentence), _is_short(figures)


RUNWAY_CHECK = Check(
    "Money is gone before another job is found",
    _is_short({"runway": "{runway}", "search": "{search}"}),
    shared_checks.NONE,
    "Whoever must say yes has no walk-away: find money or time before you talk.",
)


def columns(figures: Figures) -> tuple[PriceColumn, ...]:
    """Beside each total: the base that makes it, where the market puts it, and against now."""

    def base(context: Context, figures: Figures, price: str) -> str:
        return if_known((price, figures["this_rate"]), base_for(figures, price))

    def market(context: Context, figures: Figures, price: str) -> str:
        low, high = figures["market_low"], figures["market_high"]
        place = f'CHOOSE(1+({price}>={low})+({price}>{high}),"below the market","in the market","above it")'
        return if_known((price, low, high), place)

    def against_now(context: Context, figures: Figures, price: str) -> str:
        return if_known((price, figures["now_total"]), f"{price}/{figures['now_total']}-1")

    return (
        PriceColumn("Base for it", base),
        PriceColumn("In the market", market, "wx Calc text"),
        PriceColumn("Against now", against_now, "wx Calc %"),
    )


def base_for(figures: Figures, total: str) -> str:
    """The base at which this offer comes to a total."""
    index = f"MAX(N({figures['this_index']}),1-COUNT({figures['this_index']}))"
    return f"({total}*{index}+N({figures['this_commute']})-{figures['this_extras']})/{figures['this_rate']}"


def cards(context: Context, figures: Figures) -> tuple[FloorCard, ...]:
    """BATNA, what is needed, and what this offer is worth."""
    words, total, limit = context.words, figures["this_total"], figures["hard_limit"]
    now = figures["now_total"]
    percent = f"FIXED(100*({total}/{now}-1),{context.lists.share_decimals})"
    more = f'SUBSTITUTE({percent},"-","−")'
    months = f'FIXED({figures["runway"]},{context.lists.share_decimals})&" months you can hold out"'
    return (
        shared_checks.batna_card(context, figures),
        FloorCard(
            "The least you accept",
            limit,
            if_known((figures["runway"],), months, '"What you need, whatever the alternatives"'),
            shared_checks.binding(context, figures, "hard_limit", "batna_floor"),
        ),
        FloorCard(
            "This offer as a package",
            total,
            if_known(
                (total,), f'"Guaranteed: "&{words(figures["this_sure"])}', '"Fill in the packages on Prepare"'
            ),
            if_known((total, now), f'{more}&" % against now"', '"Not known yet"'),
        ),
    )


def write_comparison(
    context: Context, sheet: Worksheet, top: int, figures: Figures
) -> tuple[dict[str, str], int]:
    """Part 4: the base that would make this offer equal to others, and words for the first number."""
    blocks.section(sheet, f"B{top}", "4   Which base would do it")
    targets = (
        (
            "match_other",
            "Base that equals the other offer",
            figures["other_total"],
            "Then the two are worth the same.",
        ),
        (
            "match_now",
            "Base that equals what you have",
            figures["now_total"],
            "Below it the change costs you money.",
        ),
        ("match_want", "Base that gives what you want", figures["want"], "A number to ask for."),
        ("match_walk", "Base at your walk-away", figures["walkaway"], "Below it, the alternative is better."),
    )
    lines = tuple(
        Line(
            key,
            label,
            if_known((of, "{this_rate}"), base_for(figures, of)),
            "wx Calc",
            words=words,
            number_format=style.MONEY,
        )
        for key, label, of, words in targets
    )
    results = blocks.result_rows(sheet, top + 1, lines, PREPARE_GRID, figures)
    row = top + 1 + len(lines)
    blocks.note(
        sheet,
        f"B{row}",
        "Asked what you earn: “I would rather talk about what the role is worth. The survey says …”. "
        "Asked for a number: name the range of the market, your want in its lower half.",
    )
    return results, row + 1
