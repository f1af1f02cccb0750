"""Total compensation: what a package is worth a year, and which base matches it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from walkaway_xl.core._answers import Rule, answer, malformed, outside
from walkaway_xl.core._arrays import Floats, Numbers, flattened, float_array, floats
from walkaway_xl.core._elementwise import elementwise
from walkaway_xl.core._tolerance import below

VESTS_WHOLE = 1e-6  # how near 1 the shares of a vesting schedule must come: they are typed with few digits

YEARS = 4.0  # the usual vesting period


def comp_total(
    base: ArrayLike,
    bonus: ArrayLike = 0.0,
    signing: ArrayLike = 0.0,
    equity: ArrayLike = 0.0,
    years: ArrayLike = YEARS,
    vesting: ArrayLike | None = None,
    benefits: ArrayLike = 0.0,
    haircut: ArrayLike = 0.0,
    rate: ArrayLike = 0.0,
) -> Numbers:
    """Total compensation as a yearly amount: base, bonus, signing, equity and benefits on one scale.

    Parameters
    ----------
    base : array_like
        Base salary of a year, in money.
    bonus : array_like, optional
        Bonus that you expect, as a share of the base.
    signing : array_like, optional
        Signing bonus, paid in the first year, in money.
    equity : array_like, optional
        Value of the equity granted, over all years, in money.
    years : array_like, optional
        Years over which the package is compared, a whole number.
    vesting : array_like, optional
        Share of the equity that vests in each year, together 1. Left out: the same every year.
    benefits : array_like, optional
        What the benefits are worth a year, in money.
    haircut : array_like, optional
        Share of the equity's value that you do not count on.
    rate : array_like, optional
        Cost of money a year, as a share. At 0 the answer is the plain average.

    Returns
    -------
    float or ndarray
        Money a year. NaN where base or bonus is negative, the years are no whole number from 1, the vesting
        does not make 1, the haircut is not between 0 and 1, or the rate is −1 or less.

    Raises
    ------
    InputError
        If the vesting has not one share for each year.

    Notes
    -----
    `base` · (1 + `bonus`) + `benefits`, and a year's part of `signing` and of `equity` · (1 − `haircut`)
    over `years` at a `rate`; `vesting`.

    With rate i and n years a payment of year y is worth 1 / (1 + i)^y today, and one unit of money today i
    / (1 − (1 + i)^−n) a year; 1/n at a rate of 0. All is paid at the end of the year.

    Examples
    --------
    180,000 with 15 % bonus, 30,000 to sign and 200,000 in equity over four years. What is that a year?

    >>> round(comp_total(180000, 0.15, 30000, 200000), 2)
    264500.0
    >>> round(comp_total(180000, 0.15, 30000, 200000, rate=0.08), 2)
    265386.69
    """
    vested, count, rules = _vesting(vesting, rate)
    return _total(base, bonus, signing, equity, years, benefits, haircut, rate, vested, count, *rules)


def comp_match(
    target_total: ArrayLike,
    bonus: ArrayLike = 0.0,
    signing: ArrayLike = 0.0,
    equity: ArrayLike = 0.0,
    years: ArrayLike = YEARS,
    vesting: ArrayLike | None = None,
    benefits: ArrayLike = 0.0,
    haircut: ArrayLike = 0.0,
    rate: ArrayLike = 0.0,
) -> Numbers:
    """Base salary at which a package is worth a total: what to ask for to match another offer.

    Parameters
    ----------
    target_total : array_like
        Total compensation to match, in money a year (see `comp_total`).
    bonus : array_like, optional
        Bonus that you expect, as a share of the base.
    signing : array_like, optional
        Signing bonus, paid in the first year, in money.
    equity : array_like, optional
        Value of the equity granted, over all years, in money.
    years : array_like, optional
        Years over which the package is compared, a whole number.
    vesting : array_like, optional
        Share of the equity that vests in each year, together 1. Left out: the same every year.
    benefits : array_like, optional
        What the benefits are worth a year, in money.
    haircut : array_like, optional
        Share of the equity's value that you do not count on.
    rate : array_like, optional
        Cost of money a year, as a share.

    Returns
    -------
    float or ndarray
        Money a year; negative where the rest of the package alone is worth more than the total. NaN where
        `comp_total` is.

    Raises
    ------
    InputError
        If the vesting has not one share for each year.

    Notes
    -----
    (`target_total` − `benefits` − a year's part of `signing` and of `equity` · (1 − `haircut`) over `years`
    at a `rate`) / (1 + `bonus`); `vesting`.

    The base in the equation of `comp_total`.

    Examples
    --------
    The other offer is worth 264,500 a year. With 10 % bonus and 200,000 in equity, which base matches it?

    >>> round(comp_match(264500, 0.1, 0, 200000), 2)
    195000.0
    """
    vested, count, rules = _vesting(vesting, rate)
    return _match(target_total, bonus, signing, equity, years, benefits, haircut, rate, vested, count, *rules)


def _vesting(vesting: ArrayLike | None, rate: ArrayLike) -> tuple[Floats | float, float, tuple[bool, bool]]:
    """Present value of the vesting shares at the rate, their count, and what is wrong with them."""
    given = flattened("vesting", float_array("vesting", vesting))
    places = np.flatnonzero(~np.isnan(given))
    if not places.size:
        return np.nan, np.nan, (False, False)
    shares = np.nan_to_num(given[: places[-1] + 1], nan=0.0, posinf=np.inf, neginf=-np.inf)
    if np.isinf(shares).any():
        return 0.0, float(shares.size), (True, False)
    rates = float_array("rate", rate)
    growth = 1 + np.where(np.isfinite(rates), rates, 0.0)
    with np.errstate(all="ignore"):
        vested = sum(part / growth**year for year, part in enumerate(shares.tolist(), 1))
    whole = abs(shares.sum() - 1) <= VESTS_WHOLE and not (shares < 0).any()
    return np.asarray(vested)[()], float(shares.size), (False, not whole)


@elementwise
def _total(
    base: ArrayLike,
    bonus: ArrayLike = 0.0,
    signing: ArrayLike = 0.0,
    equity: ArrayLike = 0.0,
    years: ArrayLike = YEARS,
    benefits: ArrayLike = 0.0,
    haircut: ArrayLike = 0.0,
    rate: ArrayLike = 0.0,
    vested: ArrayLike | None = None,
    vests: float | None = None,
    infinite: bool = False,
    partial: bool = False,
) -> Numbers:
    base, bonus, *rest = floats(
        base=base, bonus=bonus, signing=signing, equity=equity, years=years, benefits=benefits,
        haircut=haircut, rate=rate, vested=vested,
    )  # fmt: skip
    return answer(
        base * (1 + bonus) + _besides(rest),
        outside("base", below(base, 0), "is zero or more"),
        *_rules(bonus, rest, vests, infinite, partial),
    )


@elementwise
def _match(
    target_total: ArrayLike,
    bonus: ArrayLike = 0.0,
    signing: ArrayLike = 0.0,
    equity: ArrayLike = 0.0,
    years: ArrayLike = YEARS,
    benefits: ArrayLike = 0.0,
    haircut: ArrayLike = 0.0,
    rate: ArrayLike = 0.0,
    vested: ArrayLike | None = None,
    vests: float | None = None,
    infinite: bool = False,
    partial: bool = False,
) -> Numbers:
    total, bonus, *rest = floats(
        target_total=target_total, bonus=bonus, signing=signing, equity=equity, years=years,
        benefits=benefits, haircut=haircut, rate=rate, vested=vested,
    )  # fmt: skip
    return answer((total - _besides(rest)) / (1 + bonus), *_rules(bonus, rest, vests, infinite, partial))


def _besides(rest: Sequence[Floats]) -> Floats:
    """What a package is worth a year besides base and bonus."""
    signing, equity, years, benefits, haircut, rate, vested = rest
    tiny = np.abs(rate) < 1e-12
    payment = np.where(tiny, 1 / years, rate / -np.expm1(-years * np.log1p(rate)))
    kept = equity * (1 - haircut)
    even = np.isnan(vested)
    level = np.where(even, kept / years, 0.0)  # a level stream is its own yearly amount
    uneven = np.where(even, 0.0, kept * vested)
    besides: Floats = benefits + level + payment * (signing / (1 + rate) + uneven)
    return besides


def _rules(
    bonus: Floats, rest: Sequence[Floats], vests: float | None, infinite: bool, partial: bool
) -> tuple[Rule, ...]:
    _, _, years, _, haircut, rate, _ = rest
    uneven = vests is not None and vests == vests
    counted = ~np.isnan(years) & (years != vests) if uneven else np.bool_(False)
    return (
        outside("bonus", below(bonus, 0), "is zero or more; write 0.15 for 15 %"),
        outside("years", (years < 1) | (years % 1 != 0) & ~np.isnan(years), "is a whole number from 1"),
        outside("haircut", below(haircut, 0) | below(1, haircut), "is a share; write 0.5 for 50 %"),
        outside("rate", rate <= -1, "is above −1; write 0.08 for 8 %"),
        outside("vesting", infinite, "is finite"),
        malformed(
            "vesting", counted & (years != vests) & ~np.isnan(years), "has a share for each of the years"
        ),
        outside("vesting", partial, "makes 1 over the years"),
    )
