"""Total compensation. Worked numbers: sections B.29, E.7 and E.9 of the function reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import money, share, why
from walkaway_xl import InputError, comp_match, comp_total
from walkaway_xl.core.errors import Unanswered

BACK_LOADED = [0.05, 0.15, 0.4, 0.4]

vestings = st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(sum)


def _year_by_year(base, bonus, signing, equity, vesting, benefits, haircut, rate):
    """Present value of the years' cash, as a level amount of the same value."""
    cash = [base * (1 + bonus) + benefits + equity * (1 - haircut) * part for part in vesting]
    cash[0] += signing
    value = sum(amount / (1 + rate) ** year for year, amount in enumerate(cash, 1))
    return value / sum(1 / (1 + rate) ** year for year in range(1, len(cash) + 1))


class TestCompTotal:
    @pytest.mark.parametrize(
        ("expected", "arguments"),
        [
            (264500, (180000, 0.15, 30000, 200000)),  # calcmark.org
            (265386.69, (180000, 0.15, 30000, 200000, 4, None, 0, 0, 0.08)),
            (215000, (150000, 0.1, 0, 400000, 4, None, None, 0.5)),
            (50000, (0, 0, 0, 200000, 4, BACK_LOADED)),
            (20000, (0, 0, 0, 200000, 2, BACK_LOADED)),  # a fifth of it vests within two years
            (100000, (100000,)),
        ],
    )
    def test_worked_numbers(self, expected, arguments):
        assert expected == pytest.approx(comp_total(*arguments), abs=0.005)

    def test_late_vesting_is_worth_less(self):
        annuity = (1 - 1.08**-4) / 0.08
        late, even = (comp_total(0, 0, 0, 200000, 4, shares, rate=0.08) for shares in (BACK_LOADED, None))

        assert [157288.39, 165606.34] == pytest.approx([late * annuity, even * annuity], abs=0.005)

    def test_an_offer_a_row(self):
        assert [264500, 215000] == pytest.approx(
            comp_total([180000, 150000], [0.15, 0.1], [30000, 0], [200000, 400000], haircut=[0, 0.5]).tolist()
        )

    @pytest.mark.parametrize(
        "changed",
        [
            {"base": -1},
            {"bonus": -0.1},
            {"bonus": 15},  # for 15 %
            {"years": 0},
            {"years": 2.5},
            {"haircut": 50},
            {"haircut": -0.1},
            {"rate": -1},
            {"rate": 8},
            {"vesting": [0.25, 0.25, 0.25, 0.2]},
            {"vesting": [0.25, 0.25, 0.25, 0.24999]},
            {"vesting": [1.5, -0.5, 0, 0]},
            {"vesting": [25, 25, 25, 25]},
            {"vesting": [float("inf"), 0, 0, 0]},
        ],
        ids=str,
    )
    def test_outside_the_domain_has_no_answer(self, changed):
        assert why(comp_total(**{"base": 100000, "equity": 1000} | changed)) is Unanswered.OUTSIDE_DOMAIN

    def test_a_share_for_each_year(self):
        with pytest.raises(InputError, match="vesting"):
            comp_total(100000, equity=1000, years=5, vesting=BACK_LOADED)
        answers = comp_total(100000, equity=1000, years=[4, 5], vesting=BACK_LOADED)
        assert 100250 == pytest.approx(answers[0])
        assert why(answers[1]) is Unanswered.MALFORMED

    @given(money, money, vestings, share, share, st.integers(1, 6))
    def test_what_vests_after_the_years_does_not_count(self, base, equity, parts, haircut, rate, years):
        vesting = [part / sum(parts) for part in parts]
        years = min(years, len(parts))
        expected = _year_by_year(base, 0, 0, equity, vesting[:years], 0, haircut, rate)
        total = comp_total(base, 0, 0, equity, years, vesting, 0, haircut, rate)

        assert expected == pytest.approx(total, rel=1e-9)
        assert base == pytest.approx(
            comp_match(total, 0, 0, equity, years, vesting, 0, haircut, rate), rel=1e-6, abs=1e-9 * total
        )

    def test_the_schedule_must_be_whole_however_few_years_count(self):
        assert why(comp_total(1, equity=3, years=1, vesting=[1, 1])) is Unanswered.OUTSIDE_DOMAIN
        assert why(comp_total(1, equity=3, years=1, vesting=[0.5, 0.4])) is Unanswered.OUTSIDE_DOMAIN

    def test_blank_cells_after_the_last_year_are_none_and_before_it_nothing(self):
        expected = comp_total(0, equity=1000, years=3, vesting=[0.5, 0, 0.5], rate=0.1)

        assert expected == comp_total(0, equity=1000, years=3, vesting=[0.5, None, 0.5, None, None], rate=0.1)

    def test_a_vesting_typed_in_three_digits_counts_as_whole(self):
        assert why(comp_total(1, equity=3, years=3, vesting=[0.3333333, 0.3333333, 0.3333333])) is None

    @given(money, share, money, money, vestings, money, share, share)
    def test_year_by_year(self, base, bonus, signing, equity, parts, benefits, haircut, rate):
        vesting = [part / sum(parts) for part in parts]
        package = (base, bonus, signing, equity, vesting, benefits, haircut, rate)
        total = comp_total(base, bonus, signing, equity, len(parts), vesting, benefits, haircut, rate)

        assert _year_by_year(*package) == pytest.approx(total, rel=1e-9)

    @given(money, money, st.integers(1, 10), share)
    def test_even_vesting_is_the_default(self, base, equity, years, rate):
        spelled = comp_total(base, 0, 0, equity, years, [1 / years] * years, 0, 0, rate)

        assert comp_total(base, equity=equity, years=years, rate=rate) == pytest.approx(spelled)


class TestCompMatch:
    def test_worked_numbers(self):
        assert 195000 == pytest.approx(comp_match(264500, 0.1, 0, 200000))
        assert -10000 == pytest.approx(comp_match(40000, 0, 0, 200000))

    @pytest.mark.parametrize(
        "changed", [{"bonus": -0.1}, {"years": 0}, {"rate": -2}, {"vesting": [0.5, 0.4, 0, 0]}]
    )
    def test_outside_the_domain_has_no_answer(self, changed):
        assert why(comp_match(**{"target_total": 100000} | changed)) is Unanswered.OUTSIDE_DOMAIN

    @given(money, share, money, money, vestings, money, share, share)
    def test_the_base_that_makes_the_total_is_the_one_it_has(
        self, base, bonus, signing, equity, parts, benefits, haircut, rate
    ):
        vesting = [part / sum(parts) for part in parts]
        package = (bonus, signing, equity, len(parts), vesting, benefits, haircut, rate)
        total = comp_total(base, *package)

        assert base == pytest.approx(comp_match(total, *package), rel=1e-6, abs=1e-9 * total)
