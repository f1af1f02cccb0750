"""What a verdict on a price rests on, in one line: the option, going without, or a limit of our own."""

from collections.abc import Mapping

from walkaway_xl.sheets import style
from walkaway_xl.sheets.cell_writing import Formula, quoted
from walkaway_xl.workbooks.price_book.book import Prepared
from walkaway_xl.workbooks.sections.context import Context
from walkaway_xl.workbooks.sections.lists import KINDS
from walkaway_xl.workbooks.sections.questions import Wording


def write(
    context: Context, wording: Wording, figures: Mapping[str, str], prepared: Prepared, note: str
) -> str:
    """Write the line on the sheet of lists, with a note behind it; returns where it is."""
    area, words, options = context.data, context.words, prepared.options
    area.title("Reason of a verdict on the price")

    def cell(label: str, formula: str, number_format: str = style.GENERAL) -> str:
        return area.reference(f"C{area.write(label, Formula(formula), number_format=number_format)}")

    walkaway, floor = figures["walkaway"], figures["batna_floor"]
    best = f"MATCH(1,{options.ranks},0)"
    is_option = cell("An alternative binds", f"COUNT({floor})*(N({floor})=N({walkaway}))", style.WHOLE)
    is_nothing = cell(
        "It is going without",
        f"IFERROR(--(INDEX({options.kinds},{best})={KINDS['do nothing']}),0)",
        style.WHOLE,
    )
    cost, extra = figures["walk_cost"], figures["advantage"]
    restart = cell("Starting again", f'IF(N({cost})=0,"",", "&{quoted(wording.restart + " ")}&{words(cost)})')
    this_one, by = '", and this one is worth "', words(f"ABS(N({extra}))")
    worth = cell(
        "What this deal is better by",
        f'CHOOSE(1+1+SIGN(N({extra})),{this_one}&{by}&" less","",{this_one}&{by}&" more")',
    )
    chance = f"INDEX({options.chances},{best})"
    doubt = cell(
        "Doubt", f'IFERROR(IF(COUNT({chance})*({chance}<1)=0,""," ("&FIXED(100*{chance},0)&" % sure)"),"")'
    )
    end = f"INDEX({options.worsts},{best})"
    is_worse = f"({context.side.better_by(figures['batna'], end)}>0)"
    at_worst = f'CHOOSE(1+(COUNT({end})>0)*{is_worse},"",", at worst "&{words(end)})'
    worst = cell("Its worst case", f'IFERROR({at_worst},"")')
    name = f"INDEX({options.descriptions},{best})"
    named = cell("Name of the best alternative", f'IFERROR(IF({name}="","your other option",{name}),"")')
    priced = f"{quoted(wording.instead + ' ')}&{words(figures['batna'])}"
    option = f'"◆  Instead: "&{named}&", "&{priced}&{doubt}&{worst}&{restart}&{worth}&"."'
    without = f'"◆  "&{quoted(wording.without_reason)}&{restart}&{worth}&"."'
    limit = f'"◆  "&{quoted(wording.limit_reason + " ")}&{words(walkaway)}&"."'
    unknown = '""'
    chosen = f"1+COUNT({walkaway})*(1+{is_option}*(1+{is_nothing}))"
    reason = cell("Reason", f"CHOOSE({chosen},{unknown},{limit},{option},{without})")
    beside = cell("What stands beside it", note)
    return cell("Reason and note", f'CHOOSE(1+({reason}<>""),"",{reason}&{beside})')
