"""Checks, register entries, cards, inputs and preparation items that every price negotiation has."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from walkaway_xl.sheets import inputs, style
from walkaway_xl.sheets.cell_writing import Formula, quoted
from walkaway_xl.sheets.form import Field
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.workbooks.function_formulas import addin_formula, addin_status
from walkaway_xl.workbooks.price_book.book import Figures, Prepared
from walkaway_xl.workbooks.sections import lists, offer_log
from walkaway_xl.workbooks.sections.checklist import Item
from walkaway_xl.workbooks.sections.checks import Check, Entry
from walkaway_xl.workbooks.sections.context import Context, if_known
from walkaway_xl.workbooks.sections.start_page import FloorCard
from walkaway_xl.workbooks.sides import Side

AT_LEAST_ZERO = "IF(COUNT({value})=0,0,--({value}>=-{tolerance}*MAX(1,ABS({value}))))"
OR_NOT_YET = "IF(COUNT({value})=0,1,--({value}>=-{tolerance}*MAX(1,ABS({value}))))"
ABOVE_ZERO = "IF(COUNT({value})=0,0,--({value}>{tolerance}))"
NONE = "--({value}=0)"


def less(one: str, other: str) -> str:
    """Formula for a difference that is blank until both are known."""
    return if_known((one, other), f"{one}-{other}")


def _gaps(ref: str) -> str:
    column = Ref(ref)
    return f'SUMPRODUCT(({column.without(first=1)}<>"")*({column.without(last=1)}=""))'


def prepared_figures(context: Context, prepared: Prepared, walkaway: str) -> dict[str, str]:
    """References of parts 2 and 3 of Prepare, by what they hold."""
    options, history = prepared.options, prepared.history
    return {
        "answered": lists.answered(context.lists, options.answer),
        "prices": options.prices,
        "adjustments": options.adjustments,
        "chances": options.chances,
        "fallbacks": options.fallbacks,
        "typed_prices": options.typed_prices,
        "nothing_known": options.nothing_known,
        "linked_option": options.linked_option,
        "set_walkaways": history.values,
        "set_on": history.dates,
        "set_reasons": history.reasons,
        "set_last": f"INDEX({history.values},MAX(1,COUNT({history.values})))",
        "rounded": f"ROUND({walkaway},MAX({context.lists.decimals},{context.lists.set_decimals}))",
    }


def talks_figures(context: Context, figures: Figures, offers: offer_log.Log) -> dict[str, str]:
    """References of Plan and Talks that checks and the register of formulas need, by what they hold."""
    return {
        "our_offers": offers.ours,
        "their_offers": offers.theirs,
        "gaps": f"{_gaps(offers.ours)}+{_gaps(offers.theirs)}",
        "unjudged": offers.unjudged,
        "planned": f"INDEX({figures['plan']},{figures['offers']})",
        "state": figures["talks_state"],
        "implied": figures["talks_implied"],
        "stall_share": context.lists.stall_share,
    }


def common_checks(side: Side, limit_word: str) -> tuple[Check, ...]:
    """The checks of any price negotiation."""
    return (
        Check(
            "Required inputs that are blank",
            "(COUNT({hard_limit})=0)+(COUNT({want})=0)",
            NONE,
            "Answer the questions on Start: the limit (7) and what you hope for (6).",
        ),
        Check(
            "“If you don't agree” has an answer",
            "{answered}",
            "{value}",
            "Write one honest sentence on Start, question 2.",
        ),
        Check(
            f"Alternatives with a {side.measure}",
            "COUNT({prices})",
            "--({value}>1)",
            "Find at least two: questions 3 and 4, or part 2 of Prepare. One is easily talked away.",
        ),
        Check(
            "What you have without any deal is known",
            "{nothing_known}",
            "--({value}>0)",
            "Say on Start, question 4, what having nothing is worth to you.",
        ),
        Check(
            f"Uncertain alternatives without a {side.measure} if they fail",
            'SUMPRODUCT(({chances}<>"")*({chances}<1)*({fallbacks}=""))',
            NONE,
            "Below 100 %, say what you get when the alternative falls through.",
        ),
        Check(
            "Best case is at least as good as what you hope for",
            if_known(("{wish}", "{want}"), side.better_by("{wish}", "{want}")),
            OR_NOT_YET,
            "Make the best case on Prepare better, or hope for less.",
            style.PRICE_DELTA,
        ),
        Check(
            "What you hope for is better than the walk-away",
            if_known(("{want}", "{walkaway}"), side.better_by("{want}", "{walkaway}")),
            ABOVE_ZERO,
            "If you want less than your alternative gives, take the alternative.",
            style.PRICE_DELTA,
        ),
        Check(
            f"Walk-away is not beyond the {limit_word}",
            if_known(("{walkaway}", "{hard_limit}"), side.better_by("{walkaway}", "{hard_limit}")),
            OR_NOT_YET,
            "The walk-away is a formula. Undo what was typed over it.",
            style.PRICE_DELTA,
        ),
        Check(
            "Walk-away was set before the first offer, days",
            if_known(("{set_on}", "{first_offer}"), "{first_offer}-MIN({set_on})"),
            "(COUNT({set_on})>0)*" + OR_NOT_YET,
            "A walk-away that is set during the talks is set by them. Note the day you set it.",
        ),
        Check(
            "Walk-away is not looser than the last one set",
            if_known(("{set_walkaways}", "{walkaway}"), side.better_by("{rounded}", "{set_last}")),
            OR_NOT_YET,
            "It gave way. If that is right, set it again with a reason; if not, find what changed.",
            style.PRICE_DELTA,
        ),
        Check(
            "Walk-aways loosened after their first offer",
            "SUM({loosened})",
            NONE,
            "It gave way under pressure. Go back to the one before, or improve an alternative first.",
        ),
        Check(
            "Walk-aways set without a reason",
            'SUMPRODUCT(({set_walkaways}<>"")*({set_reasons}=""))',
            NONE,
            "Say why: the reason protects you when the pressure comes.",
        ),
        Check("Gaps in the log of offers", "{gaps}", NONE, "Fill the rounds of the log from the top."),
        Check(
            "Their walk-away: low ≤ likely ≤ high",
            "(COUNT({low},{likely})>1)*({low}>{likely})+(COUNT({likely},{high})>1)*({likely}>{high})",
            NONE,
            "Put the three estimates of their walk-away in order.",
        ),
        Check(
            "Digits in the words for leaving",
            "{words_digits}",
            NONE,
            "Say it without a number: they hear these words. Take the number out of “Words for leaving”.",
        ),
        Check(
            "An error among the results on Prepare",
            "--ISERROR(SUM({results}))",
            NONE,
            "A formula cannot work with what was typed. Look for the cell with #.",
        ),
    )


def common_entries(side: Side, limit_word: str) -> tuple[Entry, ...]:
    """The formulas that carry the verdict of any price negotiation, with their worksheet functions."""
    word = quoted(side.word)
    best = "Highest" if side.best == "MAX" else "Lowest"
    ours_first = ("{walkaway}", "{likely}")
    seller, buyer = ours_first if side.best == "MAX" else ours_first[::-1]
    return (
        Entry(
            "BATNA",
            "{batna}",
            "BATNA_BEST",
            f"{best} of ({side.measure} {'+' if side.best == 'MAX' else '−'} adjustment) × chance "
            f"+ {side.measure} if it fails × (1 − chance)",
            "Fisher, Ury 1981",
            addin_formula=addin_formula(
                "BATNA_BEST", "{prices}", word, "", "{adjustments}", "{chances}", "{fallbacks}"
            ),
        ),
        Entry(
            "Walk-away",
            "{walkaway}",
            "WALKAWAY_PRICE",
            f"The tighter of what the best alternative is worth and the {limit_word}",
            "Raiffa 1982",
            addin_formula=addin_formula(
                "WALKAWAY_PRICE", "{batna}", word, "{advantage}", "{walk_cost}", "{hard_limit}"
            ),
        ),
        Entry(
            "Status of their offer",
            "{price_status}",
            "WALKAWAY_CHECK",
            "Each threshold that the offer passes is one step up",
            "this workbook",
            style.GENERAL,
            addin_formula=addin_status(
                "WALKAWAY_CHECK",
                style.status_words(style.VERDICTS),
                "{offer}",
                "{walkaway}",
                word,
                "{want_counted}",
                "{wish_counted}",
                "{buffer_applied}",
            ),
        ),
        Entry(
            "Verdict",
            "{verdict}",
            "WALKAWAY_CHECK",
            "First that applies of RUN, red flag, relationship, risk, red line, value, status of the offer",
            "this workbook",
            style.GENERAL,
        ),
        Entry(
            "Zone of agreement",
            "{zone}",
            "ZOPA",
            "Their likely walk-away less yours, in the direction that is good; negative is a gap",
            "Raiffa 1982",
            addin_formula=addin_formula("ZOPA", seller, buyer),
        ),
        Entry(
            "Concession plan, last offer",
            if_known(("{planned}",), "{planned}"),
            "CONCESSION_PLAN",
            "Opening + (end − opening) × ((k − 1) ÷ (n − 1)) ^ firmness",
            "Faratin et al. 1998",
            addin_formula=addin_formula(
                "CONCESSION_PLAN",
                *("{opening}", "{walkaway}", "{offers}", "{firmness}", "{reserve}", "{round_to}"),
                place="{offers}",
            ),
        ),
        Entry(
            "Counter to their first number",
            "{counter}",
            "OFFER_BRACKET",
            "2 × hope − their first offer, not beyond the best case; the hope where they beat it",
            "Dawson",
            addin_formula=addin_formula("OFFER_BRACKET", "{their_first}", "{want}", word, "{wish}"),
        ),
        Entry(
            "Your power to walk away",
            "{power}",
            "WALKAWAY_POWER",
            "Their gain ÷ (our gain + their gain) of their latest offer",
            "this workbook",
            style.SHARE,
        ),
        Entry(
            "Worth going on",
            "{going_on}",
            "WALKAWAY_EXIT",
            "Chance of a zone × gain at the midpoint − what going on costs",
            "this workbook",
            style.PRICE_DELTA,
        ),
        Entry(
            "State of the talks",
            "{state}",
            "CONCESSION_STATUS",
            "First that applies of AGREED, SELF-BID, STALLED, WAIT, MOVING",
            "this workbook",
            style.GENERAL,
            addin_formula=addin_status(
                "CONCESSION_STATUS",
                lists.MOVES,
                *("{our_offers}", "{their_offers}", "{stall_share}", "", word),
            ),
        ),
        Entry(
            "Their implied limit",
            "{implied}",
            "CONCESSION_LIMIT",
            "Last offer + last step² ÷ (step before − last step), where steps at least halve",
            "Aitken 1926",
            addin_formula=addin_formula("CONCESSION_LIMIT", "{their_offers}"),
        ),
        Entry(
            "Preparation",
            "{preparation_verdict}",
            "PREP_SCORE",
            "Points reached ÷ points that apply",
            "this workbook",
            style.GENERAL,
        ),
    )


EACH_OR_ALL = offer_log.Basis(
    WordList("basis", ("each", "in all")),
    "prices are",
    "Are prices for each unit, or in all?",
    "volume",
    "Their price is for all of it: say on Prepare how many units that is.",
)
"""A price of one unit, or of all units together."""


BETTER_BY = "This deal is better than the alternative by"
SAY_THE_UNITS = "Say for how many units a price in all is: on Talks, or as the volume on Prepare."


def unjudged(remedy: str) -> Check:
    """The check that every logged offer can be compared."""
    return Check("Logged offers that cannot be judged yet", "{unjudged}", NONE, remedy)


def binding(context: Context, figures: Figures, mine: str, other: str) -> str:
    """The foot of a card: whether this limit is the one that binds."""
    ours, theirs = figures[mine], figures[other]
    binds = '"◆  BINDS: this is your walk-away"'
    tighter = context.side.better_by(ours, theirs)
    slack = context.words(f"ABS({ours}-{theirs})")
    sentence = f'IF({tighter}>=0,{binds},{slack}&" {context.side.past} the binding {context.side.limit}")'
    return if_known((ours, theirs), sentence, f'IF(COUNT({ours})=0,"Not known yet",{binds})')


def batna_card(context: Context, figures: Figures) -> FloorCard:
    """What the best alternative is worth."""
    batna, floor = figures["batna"], figures["batna_floor"]
    counted = "less" if context.side.worse == "-" else "plus"
    taken = context.words(f"ABS({batna}-{floor})")
    return FloorCard(
        f"BATNA {context.side.limit}",
        floor,
        if_known(
            (floor,),
            f'"Best alternative "&{context.words(batna)}&", {counted} "&{taken}',
            '"What your best alternative is worth"',
        ),
        binding(context, figures, "batna_floor", "hard_limit"),
    )


def best_case(
    title: str,
    unit: Formula | str,
    side: Side,
    wish: str,
    advantage: tuple[str, str] | None = None,
    kind: inputs.Kind = inputs.PRICE,
    *,
    has_buffer: bool = True,
) -> tuple[str, tuple[Field, ...]]:
    """What every book asks last, under its title: best case, what the deal is better by, and the buffer.

    Parameters
    ----------
    title : str
        What stands above them.
    unit : Formula or str
        What they are measured in.
    side : Side
        Ours.
    wish : str
        What is said to who types the best case.
    advantage : tuple of str, optional
        Question and prompt of what the deal is better by, where that is asked.
    kind : Kind
        What a best case may be.
    has_buffer : bool
        Whether the buffer is asked; else it is the usual one.
    """
    where = "above" if side.best == "MAX" else "below"
    hint = "Blank: a tenth of the way from walk-away to want."
    better = (Field("advantage", advantage[0], inputs.SIGNED_PRICE, unit, advantage[1]),) if advantage else ()
    buffer = Field("buffer", f"Buffer {where} the walk-away", inputs.DISTANCE, unit, hint, is_sourced=False)
    wished = Field("wish", "Best case", kind, unit, wish)
    return title, (wished, *better, *((buffer,) if has_buffer else ()))


def unsourced(
    *groups: tuple[str, tuple[Field, ...]], but: Collection[str] = ()
) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """Inputs that speak for themselves: nobody asks where they come from, but for those of some keys."""
    return tuple(
        (title, tuple(replace(field, is_sourced=field.key in but) for field in fields))
        for title, fields in groups
    )


ALTERNATIVES_RESEARCHED = Item("Their alternatives are researched", 2, False, "{knows_alternatives}")
DECIDER_KNOWN = Item("You know who decides on their side", 2, False, "{knows_decider}")
REASON_READY = Item("Opening number has a reason they can repeat", 2, True, "{has_reason}")
TRADES_READY = Item("Give and get list is ready", 2, False, "{has_trades}")
SIGNALS_AGREED = Item("Roles and signals are agreed in the team", 1, False, "{has_signals}")


def said_figures(context: Context, figures: Figures) -> dict[str, str]:
    """Formulas for what other cells answer already, so that nobody ticks it again."""
    both = f'({figures["trades_get"]}<>"")*({figures["trades_give"]}<>"")'
    return {
        **{
            name: lists.answered(context.lists, figures[key])
            for name, key in (
                ("knows_alternatives", "their_alternatives"),
                ("knows_interests", "their_interests"),
                ("knows_decider", "their_decider"),
                ("has_reason", "opening_reason"),
                ("has_words", "words_unmet"),
            )
        },
        "has_trades": f"--(SUMPRODUCT({both})>0)",
        "has_signals": f'--(SUMPRODUCT(--({figures["signs"]}<>""))>0)',
    }


def all_items(limit: str, own: Iterable[Item]) -> tuple[Item, ...]:
    """What the workbook can tick itself, from the alternatives to the want, and what the template adds."""
    return (
        Item("You know what you do without this deal", 3, True, "{answered}"),
        Item("Alternatives are valued; the best is your BATNA", 3, True, "--(COUNT({batna})>0)"),
        Item(limit, 3, True, "--(COUNT({hard_limit})>0)"),
        Item("Walk-away is set, signed and dated", 3, True, "--(COUNT({set_walkaways})*COUNT({set_on})>0)"),
        Item("What you hope for is set", 2, True, "--(COUNT({want})>0)"),
        *own,
        Item("Words for leaving are written down", 1, False, "{has_words}"),
    )
