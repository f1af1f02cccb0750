"""Books filled in at random, few answers or many: embedded engine, LibreOffice and the core say the same.

    python -m tests.workbooks.drawn [--sets 200] [BOOK …]

Asks each book so many sets of quick answers, those of its first screen alone, and as many of deep ones. The
tests draw few. What differs is listed; LibreOffice is left out where it is not.
"""

import argparse
import functools
import math
import random
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import walkaway_xl as wx
from tests.workbooks.calculated import agree, find
from tests.workbooks.deals import facts_of, rows
from tests.workbooks.varied import Filling, Place, has_uno, in_libreoffice, in_the_engine, named_places, place
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import template
from walkaway_xl.workbooks.price_book import layout

SETS = 200
LOGGED = {"said": "theirs", "meant": "meant", "quantity": "quantity"}
"""The cells of the last round of the log, by what is drawn for them."""
Given = Mapping[str, Any]
Expected = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A template: what its inputs are drawn from, and what the core answers."""

    side: str
    spans: Mapping[str, tuple[float, float]]
    """Inputs by the key the draft knows them by; a limit that is whole makes them whole numbers."""
    offers: tuple[float, float] | None
    """Where offers are one number; those that are logged part by part are among the inputs."""
    prices: tuple[float, float]
    """Of the alternatives."""
    own: Callable[[Given], Expected]
    """The answers of this template by name or label, among them "hard limit"."""
    limit: str
    """Name of the cell with the limit that no alternative moves."""


# ---------------------------------------------------------------- what the templates say of themselves


def _seller(given: Given) -> Expected:
    terms = wx.terms_cost(given["terms_days"], given["annual_rate"])
    leakage = given["rebate"] + given["freight"] + terms
    costs = (given["cost"], given["min_margin"], leakage, given["fixed_cost"])
    return {
        "hard limit": wx.price_floor(*costs),
        "Cost of the payment terms": terms,
        "Deepest discount at that floor": wx.discount_max(given["list_price"], *costs),
    }


def _buyer(given: Given) -> Expected:
    terms = wx.terms_cost(given["terms_days"], given["annual_rate"])
    on_top = sum(given[key] for key in ("freight", "quality", "inventory"))
    on_top += given["switching"] / given["volume"]
    tiers = rows(facts_of("procurement_buyer"), "tiers", "from", "discount")
    return {
        "hard limit": (given["budget"] - on_top) / (1 + given["duty"] - terms),
        "What paying later is worth": terms,
        "Discount at your volume": wx.discount_tier(given["volume"], *map(list, zip(*tiers, strict=True))),
        "Their offer, everything included": given["offer"] * (1 + given["duty"] - terms) + on_top,
    }


def _candidate(given: Given) -> Expected:
    months = wx.walkaway_runway(given["liquid"], given["need"], given["income"])
    last = "theirs.2" if "theirs.2.base" in given else "theirs.3"
    this = {key: given[f"{last}.{key}"] for key in ("base", "signing", "equity", "benefits")}
    this |= {key: given[f"this.{key}"] for key in ("years", "haircut")}
    total = wx.comp_total(bonus=given[f"{last}.bonus"] * given["this.payout"], **this)
    package = (total - given["this.commute"]) / given["this.index"]
    return {
        "hard limit": given["least"],
        "Months you can hold out": months,
        "wx_package": package,
        "wx_offer": package,
    }


CAR = facts_of("used_goods")
REPAIRS = sum(cost for (cost,) in rows(CAR, "repairs", "cost"))


def _used(given: Given) -> Expected:
    alike = [
        price + (age - given["age"]) * given["per_year"] + (use - given["use"]) * given["per_use"] - extras
        for price, age, use, extras in rows(CAR, "comparables", "price", "age", "use", "extras")
    ]
    return {"hard limit": given["budget"] - REPAIRS, "wx_market_value": sum(alike) / len(alike)}


CONTRACT = facts_of("multi_issue_contract")
ISSUES = rows(CONTRACT, "issues", "worst", "best")
RED_LINES = [limit if red == "yes" else None for limit, red in rows(CONTRACT, "issues", "limit", "red_line")]
THEIR_POINTS = [points for (points,) in rows(CONTRACT, "issues", "their_points")]


def _contract(given: Given) -> Expected:
    offered, points = (
        [given[key.format(number)] for number in range(1, len(ISSUES) + 1)]
        for key in ("theirs.4.issue_{}", "issues.{}.points")
    )
    worst, best = zip(*ISSUES, strict=True)
    limits = [math.nan if limit is None else limit for limit in RED_LINES]
    score = float(wx.issue_score(offered, worst, best, points, limits))
    theirs = wx.issue_score(offered, best, worst, THEIR_POINTS)
    said = wx.walkaway_issues(offered, limits, [np.sign(b - w) for w, b in zip(worst, best, strict=True)])
    packages = rows(CONTRACT, "alternatives", *(f"issue_{number}" for number in range(1, len(ISSUES) + 1)))
    return {
        **{
            f"alternative.{number}.price": float(wx.issue_score(package, worst, best, points))
            for number, package in enumerate(packages)
            if None not in package  # else its value is typed
        },
        "hard limit": given["least"],
        "wx_score": "" if math.isnan(score) else score,
        "wx_offer": float(wx.issue_score(offered, worst, best, points)),
        "Their score of it, as you guess": theirs,
        "wx_red_lines": said.count("issue") if isinstance(said, str) else 0,
    }


TEMPLATES = {
    "seller_price": Drawn(
        "seller",
        {
            "list_price": (60.0, 90.0),
            "cost": (20.0, 45.0),
            "fixed_cost": (0.0, 3.0),
            "min_margin": (0.05, 0.4),
            "volume": (1, 900),
            "rebate": (0.0, 0.05),
            "freight": (0.0, 0.05),
            "terms_days": (0, 120),
            "annual_rate": (0.0, 0.15),
            "advantage": (-2.0, 2.0),
            "walk_cost": (0.0, 2.0),
            "want": (66.0, 70.0),
            "wish": (70.0, 75.0),
        },
        (40.0, 76.0),
        (40.0, 65.0),
        _seller,
        "wx_economic_floor",
    ),
    "procurement_buyer": Drawn(
        "buyer",
        {
            "volume": (1, 900),
            "budget": (380.0, 480.0),
            "duty": (0.0, 0.1),
            "freight": (0.0, 20.0),
            "quality": (0.0, 9.0),
            "inventory": (0.0, 9.0),
            "switching": (0.0, 9000.0),
            "terms_days": (0, 120),
            "annual_rate": (0.0, 0.15),
            "advantage": (-9.0, 9.0),
            "walk_cost": (0.0, 5.0),
            "want": (340.0, 352.0),
            "wish": (330.0, 340.0),
        },
        (330.0, 430.0),
        (370.0, 420.0),
        _buyer,
        "wx_budget_ceiling",
    ),
    "salary_candidate": Drawn(
        "candidate",
        {
            "liquid": (5000, 60000),
            "need": (2500, 4500),
            "income": (0, 2400),
            "least": (70000, 110000),
            "advantage": (-4000, 4000),
            "walk_cost": (0, 3000),
            "want": (125000, 130000),
            "wish": (130000, 140000),
            "theirs.3.base": (70000, 120000),
            "theirs.3.bonus": (0.0, 0.3),
            "this.payout": (0.1, 1.0),
            "theirs.3.signing": (0, 20000),
            "theirs.3.equity": (0, 90000),
            "this.years": (1, 5),
            "this.haircut": (0.0, 1.0),
            "theirs.3.benefits": (0, 9000),
            "this.commute": (0, 5000),
            "this.index": (0.8, 1.3),
        },
        None,
        (80000, 115000),
        _candidate,
        "wx_least",
    ),
    "salary_employee": Drawn(
        "candidate",
        {
            "liquid": (5000, 60000),
            "need": (2500, 4500),
            "income": (0, 2400),
            "least": (40000, 70000),
            "advantage": (-4000, 4000),
            "walk_cost": (0, 9000),
            "want": (75000, 80000),
            "wish": (80000, 90000),
            "theirs.2.base": (35000, 78000),
            "theirs.2.bonus": (0.0, 0.3),
            "this.payout": (0.1, 1.0),
            "theirs.2.signing": (0, 9000),
            "theirs.2.equity": (0, 9000),
            "this.years": (1, 5),
            "this.haircut": (0.0, 1.0),
            "theirs.2.benefits": (0, 9000),
            "this.commute": (0, 5000),
            "this.index": (0.8, 1.3),
        },
        None,
        (40000, 70000),
        _candidate,
        "wx_least",
    ),
    "used_goods": Drawn(
        "buyer",
        {
            "age": (1, 12),
            "use": (10, 200),
            "per_year": (0.0, 600.0),
            "per_use": (0.0, 30.0),
            "budget": (6500.0, 9000.0),
            "walk_cost": (0.0, 300.0),
            "want": (5600.0, 5700.0),
            "wish": (5000.0, 5600.0),
        },
        (4900.0, 9000.0),
        (6200.0, 8000.0),
        _used,
        "wx_budget_ceiling",
    ),
    "multi_issue_contract": Drawn(
        "seller",
        {
            "least": (10.0, 60.0),
            "advantage": (-2.0, 2.0),
            "walk_cost": (0.0, 2.0),
            "want": (66.0, 70.0),
            "wish": (70.0, 75.0),
            **{
                f"theirs.4.issue_{number}": (float(min(worst, best)), float(max(worst, best)))
                for number, (worst, best) in enumerate(ISSUES, 1)
            },
            **{f"issues.{number}.points": (10.0, 100.0) for number in range(1, len(ISSUES) + 1)},
        },
        None,
        (20.0, 65.0),
        _contract,
        "wx_least",
    ),
}


# ---------------------------------------------------------------- filling in, and what the core answers


@functools.cache
def drafted(name: str) -> tuple[Draft, dict[str, Place]]:
    """The example of a template, and where its inputs and answers are."""
    draft, facts = template(name).example(), facts_of(name)
    prepare, checks = draft.sheet(layout.PREPARE), draft.sheet(layout.CHECKS)
    places = {key: place(found.reference) for key, found in draft.inputs.items()}
    last = len(rows(facts, "rounds"))
    if TEMPLATES[name].offers:
        places |= {
            key: places[f"rounds.{last}.{of}"] for key, of in LOGGED.items() if f"rounds.1.{of}" in places
        }
    first = draft.inputs["alternatives.1.price"].reference.first_row
    for number in range(len(rows(facts, "alternatives"))):
        for key, column in (("price", "E"), ("adjustment", "F"), ("chance", "G"), ("fallback", "H")):
            places[f"alternative.{number}.{key}"] = (prepare.title, f"{column}{first + number}")
    places |= named_places(draft)
    places["Status of their offer"] = (checks.title, f"E{find(checks, 'Status of their offer')}")
    plan = draft.sheet(layout.PREPARE if name == "used_goods" else layout.PLAN)
    opening = find(plan, "Offer") + 1
    for number in range(facts["moves.offers"]):
        places[f"plan.{number}"] = (plan.title, f"E{opening + number}")
        places[f"rounded.{number}"] = (plan.title, f"F{opening + number}")
    return draft, places


@functools.cache
def fillings(name: str, sets: int) -> tuple[tuple[dict[str, Any], Expected], ...]:
    """Drawn inputs, the same in every run, with what the core answers."""
    chosen, chance = TEMPLATES[name], random.Random(name)

    def drawn(span: tuple[float, float]) -> float:
        return chance.randint(*span) if all(isinstance(end, int) for end in span) else chance.uniform(*span)

    found = []
    for _ in range(sets):
        given = {key: drawn(span) for key, span in chosen.spans.items()}
        if chosen.offers:
            given |= _logged(drawn(chosen.offers), chance, given.get("volume"))
        low, high = chosen.prices
        for number in range(len(rows(facts_of(name), "alternatives"))):
            of = f"alternative.{number}"
            given[f"{of}.price"] = chance.uniform(low, high)
            given[f"{of}.adjustment"] = chance.uniform(-1, 1) * (high - low) / 9
            given[f"{of}.chance"] = chance.choice((1.0, chance.random()))
            given[f"{of}.fallback"] = chance.uniform(low, high)
        found.append((given, _expected(name, given)))
    return tuple(found)


def _logged(offer: float, chance: random.Random, volume: float | None) -> dict[str, Any]:
    """An offer as it is said: of one unit, of so many, or of the whole volume."""
    if volume is None:
        return {"offer": offer, "said": offer}
    meant, units = chance.choice(
        (("each", 7), ("each", None), ("in all", chance.randint(2, 900)), ("in all", None))
    )
    said = offer * (units or volume) if meant == "in all" else offer
    return {"offer": offer, "said": said, "meant": meant, "quantity": units}


def _expected(name: str, given: Given) -> Expected:
    chosen, facts = TEMPLATES[name], facts_of(name)
    own = dict(chosen.own(given))
    limit = own.pop("hard limit")
    given = {**given, **{key: own.pop(key) for key in [*own] if key.startswith("alternative.")}}
    columns = [
        [given[f"alternative.{number}.{key}"] for number in range(len(rows(facts, "alternatives")))]
        for key in ("price", "adjustment", "chance", "fallback")
    ]
    walk_cost = given["walk_cost"]
    if name == "salary_employee":  # only who goes elsewhere pays for it
        kinds = [kind for (kind,) in rows(facts, "alternatives", "kind")]
        columns[1] = [
            better - walk_cost * (kind != "do nothing")
            for better, kind in zip(columns[1], kinds, strict=True)
        ]
        walk_cost = 0
    prices, *others = columns
    batna = wx.batna_best(prices, chosen.side, None, *others)
    advantage = given.get("advantage")
    if advantage is None:  # what used goods are better by is worked out: options less repairs
        options = sum(worth for worth, has in rows(CAR, "options", "worth", "has") if has == "yes")
        advantage = options - REPAIRS
    walkaway = wx.walkaway_price(batna, chosen.side, advantage, walk_cost, limit)
    want, wish = given["want"], given["wish"]
    offer = own.get("wx_offer", given.get("offer"))
    status = wx.walkaway_check(offer, walkaway, chosen.side, want, wish)
    moves = {key: facts[f"moves.{key}"] for key in ("opening", "offers", "firmness", "reserve", "round_to")}
    planned = (moves["opening"], walkaway, moves["offers"], moves["firmness"], moves["reserve"])
    plan, rounded = wx.concession_plan(*planned), wx.concession_plan(*planned, moves["round_to"])
    answers = {
        **own,
        chosen.limit: limit,
        "wx_offer": offer,
        "wx_batna": batna,
        "wx_walkaway": walkaway,
        **{f"plan.{number}": offer for number, offer in enumerate(plan)},
        **{f"rounded.{number}": offer for number, offer in enumerate(rounded)},
    }
    if not isinstance(status, float):  # else want is worse than the walk-away: a check of its own says so
        answers["Status of their offer"] = status.name.replace("_", " ")
    return answers


@dataclass(frozen=True)
class Asked:
    """A book, the ways to fill it in, and what the core answers to each."""

    draft: Draft
    filled: Sequence[Filling]
    expected: Sequence[Mapping[Place, Any]]

    @property
    def read(self) -> list[Place]:
        """The cells that answer."""
        return list(dict.fromkeys(at for answers in self.expected for at in answers))

    def wrong(self, shown: Sequence[Mapping[Place, Any]]) -> list[tuple[int, Place, Any, Any]]:
        """Set, cell, what the core says and what is shown, wherever the two differ."""
        return [
            (number, at, answer, cells[at])
            for number, (answers, cells) in enumerate(zip(self.expected, shown, strict=True))
            for at, answer in answers.items()
            if not agree(answer, cells[at])
        ]


def deep_answers(name: str, sets: int) -> Asked:
    """The example with drawn numbers on every sheet."""
    draft, places = drafted(name)
    prepare = draft.sheet(layout.PREPARE)
    found = fillings(name, sets)
    at = {
        key: places.get(key) or (prepare.title, f"E{find(prepare, key)}")
        for key in {key: None for _, answers in found for key in answers}
    }
    filled = [{places[key]: value for key, value in given.items() if key != "offer"} for given, _ in found]
    return Asked(draft, filled, [{at[key]: value for key, value in answers.items()} for _, answers in found])


# ---------------------------------------------------------------- few answers


SIDES: dict[str, tuple[Any, str]] = {
    "seller_price": ("seller", "least"),
    "procurement_buyer": ("buyer", "most"),
    "salary_candidate": ("candidate", "least"),
    "salary_employee": ("candidate", "least"),
    "used_goods": ("buyer", "budget"),
    "multi_issue_contract": ("seller", "least"),
}


def answers_of(name: str, sets: int) -> list[dict[str, float]]:
    """Answers, some of them missing."""
    chance, limit = random.Random(name), SIDES[name][1]
    found = []
    for _ in range(sets):
        given = {
            key: round(chance.uniform(20, 80), 2)
            for key in ("offer_now", "instead", "without", "want", limit)
            if chance.random() < 0.8
        }
        if chance.random() < 0.5:
            given["walk_cost"] = round(chance.uniform(0, 5), 2)
        if chance.random() < 0.5:
            given["instead_chance"] = round(chance.random(), 2)
        found.append(given)
    return found


def quickly_expected(name: str, given: dict[str, float]) -> tuple[Any, str]:
    """Walk-away and verdict by the core."""
    side, limit = SIDES[name]
    without, sure = given.get("without"), given.get("instead_chance", 1.0)
    options = [(without, 1.0, 0.0)] if without is not None else []
    # Of an option that may fail nothing is known while nobody says what is left then.
    if "instead" in given and (sure == 1 or without is not None):
        options.append((given["instead"], sure, without or 0.0))
    hard, cost = given.get(limit), given.get("walk_cost", 0)
    if not options and hard is None:
        return "", "NOT READY"
    best: Any = None
    if options:
        prices, chances, fallbacks = (list(column) for column in zip(*options, strict=True))
        # Only who leaves the job pays for leaving; elsewhere, starting again costs whoever does not agree.
        leaving = [cost * (number > 0 or without is None) for number in range(len(prices))]
        better = [-part for part in leaving] if name == "salary_employee" else [0.0] * len(prices)
        best = float(wx.batna_best(prices, side, None, better, chances, fallbacks))
    cost = 0 if name == "salary_employee" else cost
    walkaway: Any = hard if best is None else wx.walkaway_price(best, side, 0, cost, hard)
    offer, want = given.get("offer_now"), given.get("want")
    if offer is None:
        return walkaway, "NO OFFER YET"
    buffer = None
    if want is not None and (want - walkaway) * (1 if side != "buyer" else -1) <= 0:
        want, buffer = None, 0
    status: Any = wx.walkaway_check(offer, walkaway, side, want, None, buffer)
    return walkaway, status.name.replace("_", " ")


def quick_answers(name: str, sets: int) -> Asked:
    """The blank book with drawn answers on its first screen, some of them missing."""
    draft, given = template(name).build(), answers_of(name, sets)
    places = {key: place(found.reference) for key, found in draft.inputs.items()}
    names = named_places(draft)
    read = names["wx_walkaway"], names["wx_verdict"]
    keys = {key for answers in given for key in answers}
    filled = [{places[key]: answers.get(key) for key in keys} for answers in given]
    expected = [dict(zip(read, quickly_expected(name, answers), strict=True)) for answers in given]
    return Asked(draft, filled, expected)


# ---------------------------------------------------------------- the command


def by_the_engine(asked: Asked) -> list[dict[Place, Any]]:
    """What the embedded engine shows."""
    return in_the_engine(asked.draft, asked.filled, asked.read)


def by_libreoffice(asked: Asked) -> list[dict[Place, Any]]:
    """What LibreOffice shows."""
    with tempfile.TemporaryDirectory() as folder:
        return in_libreoffice(asked.draft, asked.filled, asked.read, Path(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask the books; 1 if anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.workbooks.drawn", description=__doc__)
    parser.add_argument("books", nargs="*", metavar="BOOK", help="; ".join(TEMPLATES))
    parser.add_argument("--sets", type=int, default=SETS, help="how many ways to fill in each (%(default)s)")
    options = parser.parse_args(arguments)
    if unknown := set(options.books) - set(TEMPLATES):
        parser.error(f"no such book: {', '.join(sorted(unknown))}")
    programs = {"embedded engine": by_the_engine}
    if has_uno():
        programs["LibreOffice"] = by_libreoffice
    differing = 0
    for name in options.books or TEMPLATES:
        for kind, drawn in (("quick", quick_answers), ("deep", deep_answers)):
            asked = drawn(name, options.sets)
            for program, answer in programs.items():
                wrong = asked.wrong(answer(asked))
                differing += len(wrong)
                compared = sum(map(len, asked.expected))
                print(
                    f"{name}, {kind} answers, {program}: {len(asked.filled)} sets, "
                    f"{compared - len(wrong)} of {compared} answers are the core's",
                    flush=True,
                )
                for number, (sheet, cell), ours, theirs in wrong:
                    print(f"  set {number}, {sheet}!{cell}: the core says {ours}, it shows {theirs}")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
