"""Payment terms: what waiting for the money costs, and what paying early earns."""

import numpy as np

from walkaway_xl.core._answers import answer, outside
from walkaway_xl.core._arrays import Argument, Numbers
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import at_least
from walkaway_xl.core.kinds import CASH_DISCOUNT, DAYS, FLAG, RATE, YEAR_DAYS

YEAR = 365.0  # days, unless the contract counts 360


@takes(days=DAYS, annual_rate=RATE, base_days=DAYS, basis=YEAR_DAYS)
def terms_cost(
    days: Argument, annual_rate: Argument, base_days: Argument = 0.0, basis: Argument = YEAR
) -> Numbers:
    """Cost of granting payment terms, as a share of the price.

    Parameters
    ----------
    days : array_like
        Days until the customer pays.
    annual_rate : array_like
        What money costs you in a year, as a share.
    base_days : array_like, optional
        Days that the price already allows for.
    basis : array_like, optional
        Days of a year: 365 or 360.

    Returns
    -------
    float or ndarray
        A share of the price; negative where the customer pays before the base days. NaN where the days are
        negative, the rate is no share from above −1 to 4, or the year has not 360 to 366 days.

    See Also
    --------
    terms_rate, price_floor

    Notes
    -----
    `annual_rate` · (`days` − `base_days`) / `basis`.

    Examples
    --------
    Money costs 9 % a year. What does it cost to wait 60 days for it?

    >>> round(terms_cost(60, 0.09), 6)
    0.014795
    """
    return answer(annual_rate * (days - base_days) / basis)


@takes(discount=CASH_DISCOUNT, discount_days=DAYS, net_days=DAYS, basis=YEAR_DAYS, compound=FLAG)
def terms_rate(
    discount: Argument,
    discount_days: Argument,
    net_days: Argument,
    basis: Argument = YEAR,
    compound: Argument = False,
) -> Numbers:
    """Annual rate that you pay for not taking a cash discount.

    Parameters
    ----------
    discount : array_like
        Discount for paying early, as a share.
    discount_days : array_like
        Days within which the discount is given.
    net_days : array_like
        Days after which the full price is due.
    basis : array_like, optional
        Days of a year: 365 or 360.
    compound : array_like of bool, optional
        TRUE for the effective rate, interest upon interest; FALSE for the nominal one.

    Returns
    -------
    float or ndarray
        A share a year. NaN where the discount is not between 0 and 1, the days are negative, the year has
        not 360 to 366 days, or the full price is not due later than the discount ends.

    Notes
    -----
    `discount` / (1 − `discount`) · `basis` / (`net_days` − `discount_days`); compounded: `compound`.

    Nominal: d / (1 − d) · basis / (n₂ − n₁). Compounded: (1 / (1 − d))^(basis / (n₂ − n₁)) − 1.

    References
    ----------
    HP 10bII+ Financial Calculator, user's guide, page 138, on 2/10 net 30.

    Examples
    --------
    2 % off within 10 days, else the full price within 30. What does waiting cost, in a year of 360 days?

    >>> round(terms_rate(0.02, 10, 30, 360), 6)
    0.367347
    """
    periods = basis / (net_days - discount_days)
    nominal = discount / (1 - discount) * periods
    effective = np.expm1(-np.log1p(-discount) * periods)
    return answer(
        np.where(compound, effective, nominal),
        outside(
            "net_days",
            at_least(discount_days, net_days),
            "be later than discount_days",
            "Count both from the invoice.",
        ),
    )
