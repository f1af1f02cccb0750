"""Lines against a policy: the worksheet functions of the core asked for whole columns, and why, in words.

It knows NumPy and the core, so that the same code runs on a laptop, on the workers of a cluster, and where
nothing but the base package is installed.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.asking import AmbiguityError, Meaning
from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._takes import refusal
from walkaway_xl.core._tolerance import TOLERANCE, round_down, round_up, share_below
from walkaway_xl.core.errors import NO_STATUS, NOT_FINITE, reason_of
from walkaway_xl.core.kinds import DAYS, NUMBER, QUANTITY
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.core.pricing import (
    DiscountStatus,
    discount_answers,
    discount_stack,
    earned_margin,
    price_floor,
    signer_place,
)
from walkaway_xl.core.terms import terms_cost
from walkaway_xl.core.tiers import discount_tier
from walkaway_xl.policy import Policy, Tier
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.quotes.exact import LARGEST, MILLION
from walkaway_xl.quotes.quote_error import QuoteError

STATUSES = tuple(sorted(DiscountStatus, reverse=True))

SIGNS = later("Give --negative-discounts if discounts are written so, --surcharges if it is a surcharge.")
IN_PERCENT = later("The column is in percent: correct the cell, or read it with --discounts-in share.")

VERDICTS = {
    DiscountStatus.OK: later("It keeps the minimum margin of {minimum}"),
    DiscountStatus.NEAR_FLOOR: later("It keeps the minimum margin of {minimum}, barely"),
    DiscountStatus.BELOW_FLOOR: later("It misses the minimum margin of {minimum}"),
    DiscountStatus.BELOW_COST: later("It earns less than nothing, and should earn {minimum}"),
}

BECAUSE = {  # by the limit that asks for the signer of a line
    "discount": later("a discount of {value}"),
    "margin": later("a margin of {value}"),
    "price": later("a price of {value} of list"),
    "below_points": later("{value} points below the minimum margin"),
    "below_money": later("{value} below the floor"),
    "terms_days": later("payment terms of {value} days"),
}

Codes = NDArray[np.int16]


def status_word(status: DiscountStatus) -> str:
    """The status as people read it: BELOW FLOOR."""
    return status.word


class Lines(NamedTuple):
    """Lines of a quote, a column each; NaN where a cell is blank."""

    list_price: Floats
    discount: Floats
    cost: Floats
    quantity: Floats
    entry: NDArray[np.integer]  # place in the policy's classes and rules; −1 where none is for the line
    terms_days: Floats | None = None  # NaN for the usual ones; None where no line names any
    rates: Floats | None = (
        None  # what one of its currency is in that of the policy; None where it is the same
    )


class Checked(NamedTuple):
    """What the policy says to each line."""

    net_price: Floats
    price_share: Floats  # the net price as a share of the list price
    floor: Floats
    max_discount: Floats
    headroom: Floats
    margin: Floats
    status: Codes  # a DiscountStatus; NO_STATUS or below where the line cannot be checked
    signer: Codes  # place in the policy's signers; one beyond the last for nobody
    tier_discount: Floats | None
    target: Floats | None  # the price to aim at; None where the policy states none
    stretch: Floats | None
    minimum: Floats  # the margin that the floor stands for
    loss_leader: NDArray[np.bool_] | None  # below cost, as its class may be; None where no class may
    list_value: Floats  # of the whole line, as are the next two; 0 where it cannot be checked
    revenue: Floats
    earned: Floats
    # What the line is short of its floor as it is shown, in whole millionths, so that lines as they are
    # written add up to their total to the last digit; 0 where it keeps it.
    shortfall: Floats
    asked: tuple[Codes, ...]  # place of the signer that each limit of the policy asks for
    lowest: Floats  # the floor before it is rounded
    leakage: Floats
    unit_cost: Floats
    terms_days: Floats  # its own or the usual ones
    factor: Floats | None = None  # by which the money of the line was multiplied
    excepted: NDArray[np.bool_] | None = None  # lines below floor with a valid exception; None without any

    @property
    def rejected(self) -> NDArray[np.bool_]:
        """Lines that cannot be checked."""
        return self.status <= NO_STATUS


class Range(NamedTuple):
    """What a column of discounts holds."""

    lowest: float
    highest: float
    within: int  # how many lie above 0 and up to 1
    above: int  # how many lie above 1

    def with_that_of(self, other: "Range") -> "Range":
        """What both columns hold."""
        return Range(
            min(self.lowest, other.lowest),
            max(self.highest, other.highest),
            self.within + other.within,
            self.above + other.above,
        )


class DiscountOptions(NamedTuple):
    """What the options say of the sign and the unit of discounts."""

    negative: bool = False  # −0.1 is 10 % off
    surcharges: bool = False  # −0.1 is 10 % on top
    unit: str | None = None  # whether 15 is 15 %; None where nobody has said it

    def signed(self, columns: Sequence[Floats]) -> list[Floats]:
        """Columns of discounts in which a positive one is taken off."""
        return [0.0 - column for column in columns] if self.negative else list(columns)

    def combined(self, columns: Sequence[Floats]) -> Floats:
        """Several discounts as the one that they make, taken one after the other; NaN where all are blank.

        Where one of them cannot be, it stands for all, so that it is refused as itself.
        """
        if len(columns) == 1:
            return columns[0]
        table = np.column_stack(columns)
        blank = np.isnan(table)
        filled = np.where(blank, 0.0, table)
        largest = np.take_along_axis(filled, np.abs(filled).argmax(axis=1, keepdims=True), axis=1)[:, 0]
        made = np.asarray(discount_stack(table, byrow=True, surcharges=True))
        made = np.where(np.isnan(made), largest, made)
        if not self.surcharges:
            lowest = filled.min(axis=1)
            made = np.where((lowest < 0) & (np.abs(largest) <= 1 + TOLERANCE), lowest, made)
        return np.where(blank.all(axis=1), np.nan, made)

    def refuse_unclear(
        self, ranges: Mapping[str, Range], source: str, percents: Collection[str] = ()
    ) -> None:
        """Refuse a file with a column of discounts that is hardly meant as it would be read.

        Parameters
        ----------
        ranges : mapping
            What each column holds.
        source : str
            The file, for messages.
        percents : collection of str, optional
            The columns that are read as percents.
        """
        for name, (lowest, highest, within, above) in ranges.items():
            if self.unit is None and above > within and name not in percents:
                raise AmbiguityError(
                    phrase(
                        "{source}: most discounts of column {name} are above 1, up to {highest}",
                        source=source,
                        name=name,
                        highest=f"{highest:.6g}",
                    ),
                    [
                        Meaning(
                            phrase("{highest} is {highest} %", highest=f"{highest:.6g}"),
                            ("--discounts-in", "percent"),
                        ),
                        Meaning(phrase("shares; what is above 1 is a mistake"), ("--discounts-in", "share")),
                        Meaning(
                            phrase("{highest} is taken off the price of one unit", highest=f"{highest:.6g}"),
                            ("--column", f"unit_discount={name}"),
                        ),
                    ],
                )
            if self.unit is None and within > above and name in percents:
                raise AmbiguityError(
                    phrase(
                        (
                            "{source}: column {name} begins with percents, and most of its discounts "
                            "are at most 1"
                        ),
                        source=source,
                        name=name,
                    ),
                    [
                        Meaning("0.5 is 50 %", ("--discounts-in", "share")),
                        Meaning(phrase("0.5 is half of a percent"), ("--discounts-in", "percent")),
                    ],
                )
            if self.surcharges or lowest >= -TOLERANCE or highest > 0:
                continue
            share = f"{-lowest:.6g}"
            if self.negative:
                raise QuoteError(
                    phrase(
                        (
                            "{source}: with --negative-discounts a discount must be zero or less; "
                            "column {name} has positive ones only, up to {share}. Leave the option "
                            "out"
                        ),
                        source=source,
                        name=name,
                        share=share,
                    )
                )
            raise AmbiguityError(
                phrase(
                    (
                        "{source}: discount must be zero or more; column {name} has negative "
                        "ones only, down to −{share}"
                    ),
                    source=source,
                    name=name,
                    share=share,
                ),
                [
                    Meaning(phrase("{share} is taken off", share=share), ("--negative-discounts",)),
                    Meaning(phrase("{share} is put on top", share=share), ("--surcharges",)),
                ],
            )


def range_of(column: Floats) -> Range:
    """What a column of discounts holds, blanks left out."""
    lowest = float(np.fmin.reduce(column, initial=np.inf))
    highest = float(np.fmax.reduce(column, initial=-np.inf))
    above = int(np.count_nonzero(column > 1 + TOLERANCE)) if highest > 1 else 0
    return Range(lowest, highest, int(np.count_nonzero(column > 0)) - above, above)


@np.errstate(all="ignore")
def check(lines: Lines, compiled: CompiledPolicy, *, surcharges: bool = False) -> Checked:
    """What a policy says to lines.

    Parameters
    ----------
    lines : Lines
        Columns of one length.
    compiled : CompiledPolicy
        The policy.
    surcharges : bool, optional
        Whether a discount may be negative.

    Returns
    -------
    Checked
        Columns of the same length. A line that cannot be checked has NaN and a status of NO_STATUS or below;
        `reasons` says why.
    """
    policy = compiled.policy
    list_price, discount, cost, quantity = lines[:4]
    terms_days = _terms_days(lines, compiled)
    leakage, fixed_cost = _leakage(lines, compiled, terms_days), _fixed_cost(lines, compiled)
    minimum = _margin(lines, compiled, "min", leakage)
    answers = discount_answers(
        list_price,
        discount,
        cost,
        minimum,
        leakage,
        fixed_cost,
        policy.warn,
        policy.margin_basis,
        surcharges,
    )
    status = answers.status
    list_value, revenue = list_price * quantity, answers.price * quantity
    earned = revenue * (1 - leakage) - (cost + fixed_cost) * quantity
    amounts = (list_value, revenue, earned)
    # In the currency of the line or in that of the sums, whichever comes to more.
    shown = amounts if lines.rates is None else [amount * np.fmax(lines.rates, 1.0) for amount in amounts]
    # The usual column has amounts only, and its ends say so in a tenth of the time.
    if not all(_ends_within(amount, -LARGEST, LARGEST) for amount in shown) or not (
        quantity.min(initial=0) >= QUANTITY.lowest
    ):
        largest = np.max(np.abs(shown), axis=0)
        # A leakage that is not known leaves no amount here.
        refused = ~(largest < LARGEST) | ~(quantity >= QUANTITY.lowest)
        status[refused & (status > NO_STATUS)] = NO_STATUS
    floor = _rounded(round_up, answers.floor, policy.price_step)
    shortfall = _shortfall(status, floor, answers.price, quantity, lines.rates)
    good = status > NO_STATUS
    if not good.all():
        list_value, revenue, earned = (np.where(good, amount, 0.0) for amount in amounts)
    loses = compiled.has_loss_leaders
    share = answers.price / list_price
    tier_discount = _tier_discount(compiled, lines)
    asked = _asked(
        compiled,
        _Signed(discount, answers.margin, share, minimum, status, shortfall, terms_days),
        lines,
        tier_discount,
    )
    return Checked(
        net_price=answers.price,
        price_share=share,
        floor=floor,
        max_discount=_rounded(round_down, answers.deepest, policy.discount_step),
        headroom=answers.headroom,
        margin=answers.margin,
        status=status,
        signer=_most_senior(asked, len(status)),
        tier_discount=tier_discount,
        target=_price_of(lines, compiled, "target", leakage),
        stretch=_price_of(lines, compiled, "stretch", leakage),
        minimum=minimum,
        loss_leader=(status >= DiscountStatus.NEAR_FLOOR) & share_below(answers.margin, 0) if loses else None,
        list_value=list_value,
        revenue=revenue,
        earned=earned,
        shortfall=shortfall,
        asked=asked,
        lowest=answers.floor,
        leakage=leakage,
        unit_cost=cost + fixed_cost,
        terms_days=terms_days,
    )


def _ends_within(amounts: Floats, low: float, high: float) -> bool:
    """Whether all amounts lie between two numbers; False where one is NaN."""
    return bool(amounts.min(initial=0.0) > low and amounts.max(initial=0.0) < high)


def is_below(status: Codes) -> NDArray[np.bool_]:
    """Lines below their floor, those below cost among them."""
    return (status <= DiscountStatus.BELOW_FLOOR) & (status > NO_STATUS)


def _shortfall(status: Codes, floor: Floats, price: Floats, quantity: Floats, rates: Floats | None) -> Floats:
    """What lines are short of their floor, in millionths; one that comes to too much gets NO_STATUS."""
    missed = floor - price
    missed *= quantity
    missed *= MILLION
    np.rint(missed, out=missed)
    below = is_below(status)
    missed *= below  # a tenth of the time that a choice takes; what is above its floor becomes −0
    np.abs(missed, out=missed)
    shown = missed if rates is None else missed * np.fmax(rates, 1.0)  # in the currency of the sums
    if not shown.max(initial=0.0) < LARGEST:  # NaN where there is one
        status[below & ~(shown < LARGEST)] = NO_STATUS
        missed[~(shown < LARGEST)] = 0.0
    return missed


def class_places(names: Sequence[str], compiled: CompiledPolicy) -> NDArray[np.integer]:
    """Places of the entries that hold for some classes; −1 for a class without one."""
    places = [compiled.places.get(name.strip().casefold(), compiled.place_of_others) for name in names]
    return np.array(places, np.intp)


def _of_lines(values: Floats, entry: NDArray[np.integer]) -> Floats:
    """One number for all lines, or for each that of its entry."""
    own: Floats = values[entry] if values.ndim else values
    return own


def _fixed_cost(lines: Lines, compiled: CompiledPolicy) -> Floats:
    """The order cost of a unit, in the currency of the line."""
    return in_own_currency(_of_lines(compiled.terms["fixed_cost"], lines.entry), lines.rates)


def in_own_currency(money: Floats, rates: Floats | None) -> Floats:
    """Money of the policy in the currency of each line."""
    return money if rates is None else money / rates


def _terms_days(lines: Lines, compiled: CompiledPolicy) -> Floats:
    """Days of payment: those of the line, or the usual ones."""
    usual = _of_lines(compiled.terms["terms_days"], lines.entry)
    return (
        usual if lines.terms_days is None else np.where(np.isnan(lines.terms_days), usual, lines.terms_days)
    )


def _leakage(lines: Lines, compiled: CompiledPolicy, terms_days: Floats) -> Floats:
    """Share of the invoice that a line loses; NaN with a reason where its days make no sense."""
    if lines.terms_days is None:
        return _of_lines(compiled.usual_leakage, lines.entry)
    rebate, freight = (_of_lines(compiled.terms[key], lines.entry) for key in ("rebate", "freight"))
    leakage: Floats = rebate + freight + np.asarray(terms_cost(terms_days, compiled.policy.rate))
    return leakage


def _margin(lines: Lines, compiled: CompiledPolicy, band: str, leakage: Floats) -> Floats:
    """The margin that a line must earn: that of its class, or what is left at the price of its class."""
    stated, entry = compiled.bands[band], lines.entry
    margins: Floats = stated.margins[entry]
    if not compiled.of_prices[band]:
        return margins
    costs = lines.cost + _fixed_cost(lines, compiled)
    nets = in_own_currency(stated.nets[entry], lines.rates)
    price = np.fmax(lines.list_price * stated.prices[entry], nets)
    price = np.fmax(price, costs * (1 + stated.markups[entry]))
    left = earned_margin(price, costs, leakage, compiled.policy.margin_basis)
    higher: Floats = np.fmax(margins, left)
    return higher


def _rounded(rounding: Callable[[Floats, Floats], Floats], values: Floats, step: float | None) -> Floats:
    if step is None:
        return values
    return rounding(values, np.float64(step))  # type: ignore[arg-type]


def _price_of(lines: Lines, compiled: CompiledPolicy, band: str, leakage: Floats) -> Floats | None:
    if not compiled.is_stated[band]:
        return None
    policy, margin = compiled.policy, _margin(lines, compiled, band, leakage)
    fixed_cost = _fixed_cost(lines, compiled)
    floor = price_floor(lines.cost, margin, leakage, fixed_cost, policy.price_step, policy.margin_basis)
    return np.asarray(floor)


class _Signed(NamedTuple):
    """What signers are asked about."""

    discount: Floats
    margin: Floats
    price: Floats
    minimum: Floats
    status: Codes
    shortfall: Floats
    terms_days: Floats

    def of(self, key: str) -> Floats:
        """What is compared with a limit; a share, days, or money in the currency of the line."""
        if key == "below_points":
            missed = np.where(np.isnan(self.margin), np.inf, self.minimum - self.margin)
            return np.where(is_below(self.status), missed, 0.0)
        if key == "below_money":
            return self.shortfall / MILLION
        values: Floats = getattr(self, key)
        return values if values.ndim else np.broadcast_to(values, self.discount.shape)


def _asked(
    compiled: CompiledPolicy, signed: _Signed, lines: Lines, tier_discount: Floats | None
) -> tuple[Codes, ...]:
    """Place of the signer that each limit asks for."""
    if compiled.beyond_tier.any() and tier_discount is not None:
        signed = _beyond_tier(signed, np.where(compiled.beyond_tier[lines.entry], tier_discount, 0.0))
    places = []
    for limit in compiled.limits:
        values = signed.of(limit.of)
        if limit.of == "below_money" and lines.rates is not None:
            values = values * lines.rates
        places.append(signer_place(values, limit.values, limit.sign))
    return tuple(places)


def _beyond_tier(signed: _Signed, tier_discount: Floats) -> _Signed:
    """Discount and price against the list price less what the quantity earns by itself."""
    left = 1 - tier_discount
    price = np.where(left > 0, signed.price / np.where(left > 0, left, 1.0), 1.0)
    price = np.minimum(price, np.maximum(signed.price, 1.0))  # a surcharge stays one
    return signed._replace(discount=1 - price, price=price)


def _most_senior(asked: Sequence[Codes], lines: int) -> Codes:
    """The most senior of those whom the limits ask for; the first where there is no limit."""
    senior = np.zeros(lines, np.int16)
    for places in asked:
        senior = np.maximum(senior, places)
    return senior


def asked_in_words(of: Sequence[str], code: int, signers: Sequence[str]) -> str | None:
    """Who is asked for, and why, but for what the most junior may sign; None where nothing is left.

    Parameters
    ----------
    of : sequence of str
        What asks.
    code : int
        The places of those whom each asks for, as digits of a number, the first of them the least.
    signers : sequence of str
        All who may sign, and nobody.
    """
    words = []
    for name in of:
        code, place = divmod(code, len(signers))
        if place:
            words.append(f"{name}: {signers[place]}")
    return "; ".join(words) or None


def _tier_discount(compiled: CompiledPolicy, lines: Lines) -> Floats | None:
    """The discount that the quantity earns by itself; None where the policy has no tiers."""
    if not compiled.has_tiers:
        return None
    if len(compiled.tiers) == 1:
        return _earned(lines.quantity, compiled.tiers[0])
    earned = np.zeros(len(lines.quantity))
    of_lines = compiled.tiers_of_entry[lines.entry]
    for place in np.unique(of_lines).tolist():
        among = np.flatnonzero(of_lines == place)
        if compiled.tiers[place]:
            earned[among] = _earned(lines.quantity[among], compiled.tiers[place])
    return earned


def _earned(quantity: Floats, tiers: Sequence[Tier]) -> Floats:
    quantities, discounts = [tier.quantity for tier in tiers], [tier.discount for tier in tiers]
    return np.asarray(discount_tier(quantity, quantities, discounts))


def _unnamed(place: int) -> None:
    """The class of a line of which only its place in the policy is at hand."""


def reasons(
    lines: Lines,
    checked: Checked,
    compiled: CompiledPolicy,
    class_of: Callable[[int], str | None] = _unnamed,
    *,
    in_percent: bool = False,
) -> Iterator[tuple[int, str]]:
    """Place and reason of each line that cannot be checked.

    `class_of` is the name of its class, and `in_percent` whether discounts were written so.
    """
    for place in np.flatnonzero(checked.rejected).tolist():
        yield place, _reason(lines, checked, compiled, place, class_of(place), in_percent)


def _reason(
    lines: Lines,
    checked: Checked,
    compiled: CompiledPolicy,
    place: int,
    class_name: str | None,
    in_percent: bool,
) -> str:
    for name in ("list_price", "discount", "cost", "quantity"):
        value = getattr(lines, name)[place]
        if np.isnan(value):
            if name == "discount":
                return phrase("{name} is blank; write 0 for no discount", name=name)
            return phrase("{name} is blank", name=name)
        if np.isinf(value) and (infinite := refusal(name, NUMBER, float(value))):
            return infinite.said(float(value))
    entry = lines.entry[place]
    fixed_cost = _of_lines(compiled.terms["fixed_cost"], entry)  # 0 in any currency or in none
    by_price = not all(np.isnan(column[entry]) for column in compiled.bands["min"][1:])
    if by_price and lines.cost[place] + fixed_cost == 0:  # all of any price is margin
        return phrase("cost must be above 0 where a floor is stated as a price; it is 0.")
    if lines.entry[place] < 0:
        return _no_rule(class_name, compiled.policy)
    reason = reason_of(int(checked.status[place]))
    if checked.status[place] < NO_STATUS and reason is not None and reason != NOT_FINITE:
        column = checked.minimum if reason.subject == "min_margin" else getattr(lines, reason.subject, None)
        got = None if column is None else float(column[place])
        if reason.subject == "discount" and got is not None:
            if got < 0:
                reason = reason._replace(remedy=SIGNS)
            elif in_percent:
                reason = reason._replace(remedy=IN_PERCENT)
        return reason.said(got)
    for name, kind in (("quantity", QUANTITY), ("terms_days", DAYS)):
        column = getattr(lines, name)
        value = float("nan") if column is None else float(column[place])
        if not np.isnan(value) and (refused := refusal(name, kind, value)):
            return refused.said(value)
    return phrase(
        "the line must come to less than {largest}; it is more. Are its numbers in the right columns?",
        largest=f"{LARGEST:g}",
    )


def _no_rule(name: str | None, policy: Policy) -> str:
    """Why a line cannot be checked whose class is none of the policy's."""
    if name is None:
        return phrase(
            'its class has no rule in {policy}; add one, or "*" for all others', policy=policy.source
        )
    if name:
        return phrase(
            'class {name} has no rule in {policy}; add one, or "*" for all others',
            name=f"{name!r}",
            policy=policy.source,
        )
    return phrase(
        'a line without a class has no rule in {policy}; add one, or "*" for all others', policy=policy.source
    )


def in_words(lines: Lines, checked: Checked, compiled: CompiledPolicy) -> list[str]:
    """A sentence for each line: its price and floor, its margin and minimum, and what asks for its signer."""
    return list(_sentences(lines, checked, compiled))


def _sentences(lines: Lines, checked: Checked, compiled: CompiledPolicy) -> Iterator[str]:
    asked = list(zip(compiled.limits, checked.asked, strict=True))
    minimum = checked.minimum
    # Once for all lines: a book has a million of them.
    verdicts = {int(status): phrase(text) for status, text in VERDICTS.items()}
    with_margin = phrase("{verdict}: the price is {price}, the margin {margin}, the floor {floor}.")
    without_margin = phrase("{verdict}: the price is {price}, the floor {floor}.")
    joined = phrase(" and ")
    words = {limit.of: phrase(BECAUSE[limit.of]) for limit in compiled.limits}
    signed = {  # by whether it is nobody, and whether there is a reason
        (False, False): phrase("{signer} signs."),
        (False, True): phrase("{signer} signs, because of {reasons}."),
        (True, False): phrase("{signer}."),
        (True, True): phrase("{signer}, because of {reasons}."),
    }
    for place, rejected in enumerate(checked.rejected.tolist()):
        if rejected:
            yield ""
            continue
        price, floor = checked.net_price[place], checked.floor[place]
        verdict = verdicts[int(checked.status[place])].format(minimum=f"{minimum[place]:.1%}")
        if checked.loss_leader is not None and checked.loss_leader[place]:
            verdict = phrase("{verdict}, as a loss leader", verdict=verdict)
        margin = checked.margin[place]
        numbers = (with_margin if margin == margin else without_margin).format(
            verdict=verdict, price=f"{price:,.2f}", margin=f"{margin:.1%}", floor=f"{floor:,.2f}"
        )
        signer = int(checked.signer[place])
        because = [
            words[limit.of].format(value=_value(limit.of, lines, checked, place))
            for limit, places in asked
            if places[place] == signer
        ]
        is_nobody = signer == len(compiled.policy.signers)
        signs = signed[is_nobody, signer > 0].format(
            signer=compiled.signer_names[signer], reasons=joined.join(because)
        )
        yield _minus(f"{numbers} {signs}")


def _value(key: str, lines: Lines, checked: Checked, place: int) -> str:
    """What a limit was compared with, as people read it."""
    if key == "discount":
        return f"{lines.discount[place]:.1%}"
    if key == "below_points":
        return f"{100 * (checked.minimum[place] - checked.margin[place]):.1f}"
    if key == "below_money":
        return f"{checked.shortfall[place] / MILLION:,.2f}"
    if key == "terms_days":
        return f"{checked.terms_days[place]:g}" if checked.terms_days.ndim else f"{checked.terms_days:g}"
    return f"{checked.margin[place]:.1%}" if key == "margin" else f"{checked.price_share[place]:.1%}"


def _minus(text: str) -> str:
    return text.replace(" -", " −")
