"""The functions that discount money, against numpy-financial, which another project keeps."""

import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import money, share
from walkaway_xl import batna_value, comp_match, comp_total, deal_lifetime, terms_rate

rates = st.integers(1, 300).map(lambda mills: mills / 1000)
vestings = st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(sum)


@given(money, share, money, money, vestings, money, share, rates)
def test_a_package_is_worth_the_payment_of_its_present_value(
    base, bonus, signing, equity, parts, benefits, haircut, rate
):
    vesting = [part / sum(parts) for part in parts]
    cash = [base * (1 + bonus) + benefits + equity * (1 - haircut) * part for part in vesting]
    cash[0] += signing
    level = -numpy_financial.pmt(rate, len(cash), numpy_financial.npv(rate, [0, *cash]))
    package = (bonus, signing, equity, len(cash), vesting, benefits, haircut, rate)

    assert level == pytest.approx(comp_total(base, *package))
    assert base == pytest.approx(comp_match(level, *package), abs=1e-6 * level)


@given(money, share, rates, st.integers(1, 40))
def test_a_customer_is_worth_the_present_value_of_the_margins(margin, retention, rate, periods):
    later = [margin * retention**period for period in range(1, periods + 1)]
    now = [margin * retention**period for period in range(periods)]

    assert numpy_financial.npv(rate, [0, *later]) == pytest.approx(
        deal_lifetime(margin, retention, rate, periods)
    )
    assert numpy_financial.npv(rate, now) == pytest.approx(
        deal_lifetime(margin, retention, rate, periods, True)
    )


@given(st.integers(1, 200), st.integers(0, 30), st.integers(1, 90))
def test_a_cash_discount_not_taken_costs_the_rate_of_the_loan(mills, discount_days, later):
    discount, basis = mills / 1000, 365
    a_period = numpy_financial.rate(1, 0, -(1 - discount), 1)
    compound = (1 + a_period) ** (basis / later) - 1

    assert a_period * basis / later == pytest.approx(
        terms_rate(discount, discount_days, discount_days + later)
    )
    assert compound == pytest.approx(terms_rate(discount, discount_days, discount_days + later, basis, True))


@given(money, money, rates, st.integers(0, 40))
def test_an_alternative_that_pays_later_is_worth_its_present_value(payoff, cost, rate, delay):
    worth = -numpy_financial.pv(rate, delay, 0, payoff) - cost

    assert worth == pytest.approx(batna_value(payoff, 1, 0, cost, delay, rate), abs=1e-6 * (payoff + cost))
