"""Write a finished preparation workbook into the deal log."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from walkaway_xl.asking import AmbiguityError, Ask, Meaning, ask, choose, is_terminal
from walkaway_xl.commands.console import DONE, budget_option, progress, refuse, say, warn_of_kept
from walkaway_xl.core.phrasing import phrase

if TYPE_CHECKING:
    from walkaway_xl.deal_logging import Ending, Logging
    from walkaway_xl.workbooks.finished_deal import FinishedDeal

HELP = "write a finished workbook into the deal log"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = (
        "Offers, walk-away, target, dates, rounds and red flags come from the workbook. What only you know "
        "is asked in a terminal, or said here: how it ended, who signed, and what you learn from it."
    )
    parser.add_argument("book", type=Path, metavar="BOOK.xlsx", help="the workbook of the talks that ended")
    parser.add_argument(
        "--into", type=Path, metavar="LOG.xlsx", help="the deal log (deal_log.xlsx beside BOOK.xlsx)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the log here and leave LOG.xlsx as it is"
    )
    ends = parser.add_mutually_exclusive_group()
    ends.add_argument(
        "--agreed",
        metavar="PRICE",
        help="what was agreed: a price as the workbook counts, or theirs or ours for a latest offer",
    )
    ends.add_argument("--no-deal", action="store_true", help="you left without a deal")
    parser.add_argument(
        "--ended", metavar="DAY", help="the day of the end, as 2026-11-30 (the last one of the talks)"
    )
    parser.add_argument("--signed", metavar="LEVEL", help="whose signature it took, as the log names it")
    parser.add_argument("--lesson", metavar="TEXT", help="one sentence: what you do differently next time")
    parser.add_argument(
        "--rate", metavar="NUMBER", help="what 1 of the workbook's currency is in the log's, if they differ"
    )
    parser.add_argument("--again", action="store_true", help="log it although it stands there already")
    budget_option(parser)
    parser.add_argument("--force", action="store_true", help="replace a file that exists")


def run(options: argparse.Namespace) -> int:
    """Write it into its row, and say what the log makes of it."""
    from walkaway_xl import deal_logging, files

    log: Path = options.into or options.book.with_name(deal_logging.FILE)
    is_new = not log.exists()
    place = files.target(
        options.out or log,
        force=options.force or options.out is None,
        option="--into" if options.out is None else "--out",
        inputs=[options.book] if options.out is None else [options.book, log],
        like=options.book if is_new else log,
    )
    rate = None if options.rate is None else _number("rate", options.rate)
    if rate == 0:
        return refuse(phrase("rate must be above 0; it is what 1 of the workbook's currency is in the log's"))
    with progress() as tell:
        logging = deal_logging.Logging(options.book, log, is_new=is_new, tell=tell)
    warn_of_kept(logging.calculated)
    logging.refuse(rate, again=options.again)
    if not (options.agreed or options.no_deal or is_terminal()):
        return refuse(
            phrase(
                "log needs to know how it ended: --agreed theirs, --agreed ours, --agreed PRICE or --no-deal"
            )
        )
    ending = _ending(options, logging)
    with progress() as tell:
        logged = logging.finish(ending, rate, again=options.again)
    place.write(logged.data)
    if is_new:
        say(phrase("A new deal log: {path}", path=place.path))
    for line in deal_logging.result_lines(logged, logging.log.currency or logging.deal.currency):
        say(line)
    return DONE


def _ending(options: argparse.Namespace, logging: "Logging") -> "Ending":
    """How it ended: as the options say, and as is answered for what they leave open."""
    from walkaway_xl.deal_logging import Ending, price_of

    deal, asks = logging.deal, is_terminal()
    if options.agreed or options.no_deal:
        price = price_of(deal, options.agreed, _agreed) if options.agreed else None
    else:
        price = _price_asked(ask, deal)
    ended, signed, lesson = options.ended or "", options.signed or "", options.lesson or ""
    if asks and not ended:
        usual = phrase("the last day of the talks, {day}", day=deal.latest_day) if deal.latest_day else ""
        ended = _asked(ask, "ended", phrase("When did it end?"), usual)
    if asks and not signed and price is not None and logging.log.levels:
        levels = ("", *logging.log.levels)
        shown = [phrase("nobody has been named"), *levels[1:]]
        signed = levels[choose(ask, phrase("Whose signature did it take?"), shown)]
    if asks and not lesson:
        lesson = _asked(ask, "lesson", phrase("What do you do differently next time, in one sentence?"))
    day, words = (
        _taken(key, typed) if typed else None for key, typed in (("ended", ended), ("lesson", lesson))
    )
    assert day is None or isinstance(day, date)
    return Ending(price, day, signed, str(words or ""))


def _price_asked(answer: Ask, deal: "FinishedDeal") -> float | None:
    """What was agreed, chosen from what the workbook allows; None for no deal."""
    from walkaway_xl.core.number_style import figure
    from walkaway_xl.deal_logging import OURS, THEIRS, price_of

    theirs = phrase("a deal at their latest offer, {price}", price=figure(deal.theirs or 0.0))
    ours = phrase("a deal at our latest offer, {price}", price=figure(deal.ours or 0.0))
    choices = {
        THEIRS: theirs if deal.theirs is not None else "",
        OURS: ours if deal.ours is not None and deal.ours != deal.theirs else "",
        "agreed": "" if deal.has_parts else phrase("a deal at another price"),
        "no deal": "" if deal.is_met else phrase("no deal"),
    }
    open_ways = {way: words for way, words in choices.items() if words}
    chosen = list(open_ways)[choose(answer, phrase("How did it end?"), list(open_ways.values()))]
    if chosen == "no deal":
        return None
    if chosen == "agreed":
        while not (typed := _asked(answer, "agreed", phrase("At what price did you agree?"))):
            pass
        chosen = typed
    return price_of(deal, chosen, _agreed)


def _asked(answer: Ask, column: str, question: str, usual: str = "") -> str:
    """What is typed, once the column of the log takes it."""
    from walkaway_xl import deal_logging, interview

    blank = phrase("(Enter: {usual}) ", usual=usual) if usual else phrase("(Enter leaves it blank) ")
    return interview.accepted(
        answer, deal_logging.blank_log(), f"{deal_logging.ROW}{column}", f"{question} {blank}"
    )


def _taken(key: str, typed: str, column: str = "") -> object:
    """What an option says, as the log holds it; one with two readings names its own option."""
    from walkaway_xl import deal_logging

    try:
        return deal_logging.taken(column or key, typed, key)
    except AmbiguityError as error:
        meanings = [
            Meaning(meaning.words, (f"--{key}", meaning.arguments[-1].partition("=")[2]))
            for meaning in error.meanings
        ]
        raise AmbiguityError(error.question, meanings) from None


def _agreed(typed: str) -> float:
    return _number("agreed", typed)


def _number(key: str, typed: str) -> float:
    number = _taken(key, typed, "agreed")
    assert isinstance(number, int | float)
    return float(number)
