"""Total compensation: what a package is worth a year, and which base matches it."""

import numpy as np

from walkaway_xl.core._answers import Rule, answer, malformed, outside
from walkaway_xl.core._arrays import Argument, Floats, Numbers
from walkaway_xl.core._takes import takes
from walkaway_xl.core.kinds import BONUS, COST, MONEY, PART, RATE, column, counted

VESTS_WHOLE = 1e-6  # how near 1 the shares of a vesting schedule must come: they are typed with few digits

YEARS = 4.0  # the usual vesting period


_PACKAGE = {
    "bonus": BONUS,
    "signing": MONEY,
    "equity": MONEY,
    "years": counted("Compare over whole years."),
    "vesting": column(PART),
    "benefits": MONEY,
    "haircut": PART,
    "rate": RATE,
}


@takes(base=COST, **_PACKAGE)
def comp_total(
    base: Argument,
    bonus: Argument = 0.0,
    signing: Argument = 0.0,
    equity: Argument = 0.0,
    years: Argument = YEARS,
    vesting: Argument = None,
    benefits: Argument = 0.0,
    haircut: Argument = 0.0,
    rate: Argument = 0.0,
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
        Value of the equity granted, over its whole vesting schedule, in money.
    years : array_like, optional
        Years over which the package is compared, a whole number; what vests later does not count.
    vesting : array_like, optional
        Share of the equity that vests in each year of the schedule, together 1. Left out: the same in each of
        the years compared, as of a grant that is as long.
    benefits : array_like, optional
        What the benefits are worth a year, in money.
    haircut : array_like, optional
        Share of the equity's value that you do not count on.
    rate : array_like, optional
        Cost of money a year, as a share. At 0 the answer is the plain average.

    Returns
    -------
    float or ndarray
        Money a year, before tax. NaN where the base is negative, the bonus does not lie from 0 to 400 %, the
        years are not a whole number from 1 on, the vesting does not make 1, the haircut does not lie from 0
        to 1, or the rate lies beyond −1 to 4.

    Raises
    ------
    InputError
        If the vesting is shorter than the years.

    Notes
    -----
    `base` · (1 + `bonus`) + `benefits`, and a year's part of `signing` and of `equity` · (1 − `haircut`)
    over `years` at a `rate`; `vesting`.

    With rate i and n years a payment of year y is worth 1 / (1 + i)^y today, and one unit of money today i /
    (1 − (1 + i)^−n) a year; 1/n at a rate of 0. All is paid at the end of its year, the signing bonus at the
    end of the first. Of a schedule that is longer than the years compared, the first years count. There is no
    tax in it.

    Examples
    --------
    180,000 with 15 % bonus, 30,000 to sign and 200,000 in equity over four years. What is that a year?

    >>> round(comp_total(180000, 0.15, 30000, 200000), 2)
    264500.0
    >>> round(comp_total(180000, 0.15, 30000, 200000, rate=0.08), 2)
    265386.69
    """
    besides, *rules = _besides(signing, equity, years, vesting, benefits, haircut, rate)
    return answer(base * (1 + bonus) + besides, *rules)


@takes(target_total=MONEY, **_PACKAGE)
def comp_match(
    target_total: Argument,
    bonus: Argument = 0.0,
    signing: Argument = 0.0,
    equity: Argument = 0.0,
    years: Argument = YEARS,
    vesting: Argument = None,
    benefits: Argument = 0.0,
    haircut: Argument = 0.0,
    rate: Argument = 0.0,
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
        Value of the equity granted, over its whole vesting schedule, in money.
    years : array_like, optional
        Years over which the package is compared, a whole number; what vests later does not count.
    vesting : array_like, optional
        Share of the equity that vests in each year of the schedule, together 1. Left out: the same in each of
        the years compared, as of a grant that is as long.
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
        If the vesting is shorter than the years.

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
    besides, *rules = _besides(signing, equity, years, vesting, benefits, haircut, rate)
    return answer((target_total - besides) / (1 + bonus), *rules)


def _besides(
    signing: Floats,
    equity: Floats,
    years: Floats,
    vesting: Floats | None,
    benefits: Floats,
    haircut: Floats,
    rate: Floats,
) -> tuple[Floats, Rule, Rule]:
    """What a package is worth a year besides base and bonus, and what its schedule must be."""
    tiny = np.abs(rate) < 1e-12
    payment = np.where(tiny, 1 / years, rate / -np.expm1(-years * np.log1p(rate)))
    kept = equity * (1 - haircut)
    shares = np.empty(0) if vesting is None else vesting
    places = np.flatnonzero(~np.isnan(shares))
    if places.size:
        shares = np.nan_to_num(shares[: places[-1] + 1])  # a year between without a share vests nothing
        in_time = (
            np.where(years >= year, part / (1 + rate) ** year, 0.0) for year, part in enumerate(shares, 1)
        )
        vested = payment * kept * sum(in_time)
    else:
        vested = kept / years  # a level stream is its own yearly amount
    besides: Floats = benefits + vested + payment * signing / (1 + rate)
    return (
        besides,
        malformed(
            "vesting",
            (years > shares.size) if places.size else np.zeros(np.shape(years), bool)[()],
            "have a share for each of the years",
            "Write 0 for a year in which nothing vests.",
        ),
        outside(
            "vesting",
            bool(places.size and abs(shares.sum() - 1) > VESTS_WHOLE),
            "make 1 over the whole schedule",
            "Write the share of each year, as 25% four times.",
        ),
    )
