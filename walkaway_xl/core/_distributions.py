"""What we believe about a limit that we do not know: four distributions, in closed form and without SciPy.

A belief looks the seller's way, so that more is always better; for a buyer it is mirrored. In it every price
is told in standard units, z = (x − origin) / scale, so that the size of a price makes no difference.

The normal distribution stands on `math.erfc`: it is exact to the last digits in both tails, where 1 − erf
would have lost them all, and one call a cell is still a hundred thousand cells in a few milliseconds.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from walkaway_xl.core._answers import Rule, malformed, outside
from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import at_least, below
from walkaway_xl.core.choices import DISTRIBUTIONS
from walkaway_xl.core.kinds import DISTRIBUTION, PRICE, Kind

BELIEF: Mapping[str, Kind] = {"p1": PRICE, "p2": PRICE, "p3": PRICE, "dist": DISTRIBUTION}

UNIFORM, TRIANGULAR, NORMAL, LOGISTIC = DISTRIBUTIONS.values()

FAR_OUT = 5.0  # standard deviations from which the tail is a continued fraction
FRACTION_TERMS = 60  # of it, for all digits at FAR_OUT
CLOSE_ENOUGH = 1e-11  # relative: the last step of Newton; what it leaves is the square of it
MOST_STEPS = 200  # halving alone needs fewer; Newton's steps need about six


class Belief(NamedTuple):
    """A distribution of an unknown limit, in the seller's direction and standard units."""

    family: Floats
    sign: Floats
    origin: Floats
    scale: Floats
    mode: Floats

    def standard(self, price: Floats) -> Floats:
        """A price in standard units; more is better for us."""
        return (self.sign * price - self.origin) / self.scale

    def price(self, z: Floats) -> Floats:
        """Standard units as a price."""
        return self.sign * (self.origin + self.scale * z)

    def chance_above(self, z: Floats) -> Floats:
        """Chance that the limit lies at z or above."""
        return self._of_its_family(
            {
                UNIFORM: lambda: 1 - np.clip(z, 0, 1),
                TRIANGULAR: lambda: _triangular_above(np.clip(z, 0, 1), self.mode),
                NORMAL: lambda: normal_above(z),
                LOGISTIC: lambda: 1 / (1 + np.exp(z)),
            }
        )

    def best_offer(self, walkaway: Floats) -> Floats:
        """Where (z − walk-away) · chance_above(z) is greatest."""
        return self._of_its_family(
            {
                UNIFORM: lambda: np.maximum(0, (1 + walkaway) / 2),
                TRIANGULAR: lambda: _triangular_best(walkaway, self.mode),
                NORMAL: lambda: _normal_best(walkaway),
                LOGISTIC: lambda: _logistic_best(walkaway),
            }
        )

    def mean(self) -> Floats:
        """The expected limit."""
        return self._of_its_family(
            {
                UNIFORM: lambda: 0.5,
                TRIANGULAR: lambda: (1 + self.mode) / 3,
                NORMAL: lambda: 0.0,
                LOGISTIC: lambda: 0.0,
            }
        )

    def expected_excess(self, z: Floats) -> Floats:
        """What one more draw brings beyond z on average: E[(X − z)⁺]."""
        return self._of_its_family(
            {
                UNIFORM: lambda: np.where(z < 0, 0.5 - z, (1 - np.clip(z, 0, 1)) ** 2 / 2),
                TRIANGULAR: lambda: _triangular_excess(z, self.mode),
                NORMAL: lambda: _normal_excess(z),
                LOGISTIC: lambda: np.logaddexp(0, -z),
            }
        )

    def excess_is(self, cost: Floats) -> Floats:
        """The z beyond which one more draw brings just its cost."""
        return self._of_its_family(
            {
                UNIFORM: lambda: np.where(cost <= 0.5, 1 - np.sqrt(2 * cost), 0.5 - cost),
                TRIANGULAR: lambda: _triangular_excess_is(cost, self.mode),
                NORMAL: lambda: _normal_excess_is(cost),
                LOGISTIC: lambda: -(cost + np.log(-np.expm1(-cost))),
            }
        )

    def ends_at_best(self) -> Floats:
        """The best limit there can be, in standard units; infinite for the two with tails."""
        return np.where(self.family <= TRIANGULAR, 1.0, np.inf)

    def _of_its_family(self, formulas: Mapping[int, Callable[[], Any]]) -> Floats:
        values: Floats = np.full(np.shape(self.family), np.nan)
        for family, formula in formulas.items():
            members = self.family == family
            if members.any():
                values = np.where(members, formula(), values)
        return values


def belief(side: Floats, p1: Floats, p2: Floats, p3: Floats, dist: Floats) -> tuple[Belief, list[Rule]]:
    """The belief that four arguments state, and the rules between them."""
    three = ~np.isnan(p3)
    family = np.where(np.isnan(dist), np.where(three, TRIANGULAR, UNIFORM), dist)
    triangular, bounded = family == TRIANGULAR, family <= TRIANGULAR
    high = np.where(triangular & three, p3, p2)
    scale = np.where(bounded, high - p1, p2)
    mode = np.clip((p2 - p1) / scale, 0, 1)
    stated = Belief(
        family=family,
        sign=side,
        origin=np.where(bounded & (side < 0), -high, side * p1),
        scale=np.where(np.isfinite(scale), scale, np.nan),
        mode=np.where(side < 0, 1 - mode, mode),
    )
    given = ~np.isnan(p1) & ~np.isnan(p2)
    rules = [
        malformed("p3", triangular & ~three & given, "be given where dist is triangular", _HIGHEST),
        malformed("p3", ~triangular & three & given, "be left out unless dist is triangular", _HIGHEST),
        outside("p2", (family == UNIFORM) & at_least(p1, p2), "be above p1", "It is the highest value."),
        outside("p3", triangular & at_least(p1, p3), "be above p1", _HIGHEST),
        outside(
            "p2",
            ~bounded & (p2 <= 0),
            "be above 0 where dist is normal or logistic",
            "It is the spread there.",
        ),
        outside(
            "p2",
            triangular & (below(p2, p1) | below(p3, p2)),
            "lie from p1 to p3",
            "It is the most likely value.",
        ),
    ]
    return stated, rules


_HIGHEST = "It is the highest value of a triangular distribution."


# --- triangular: from 0 over the mode to 1 -----------------------------------------------------------------


def _triangular_above(z: Floats, mode: Floats) -> Any:
    return np.where(z <= mode, 1 - z * z / np.where(mode > 0, mode, 1.0), (1 - z) ** 2 / (1 - mode))


def _triangular_best(walkaway: Floats, mode: Floats) -> Any:
    # The gain has one peak, so where the upper branch peaks beyond the mode, that is the peak.
    upper = (1 + 2 * walkaway) / 3
    root = np.hypot(walkaway, np.sqrt(3 * mode))
    lower = np.where(walkaway < 0, mode / (root - walkaway), (walkaway + root) / 3)
    return np.where(upper > mode, upper, lower)


def _triangular_excess(z: Floats, mode: Floats) -> Any:
    inside = np.clip(z, 0, 1)
    below_mode = (1 + mode) / 3 - z + inside**3 / (3 * np.where(mode > 0, mode, 1.0))
    return np.where(z <= mode, below_mode, (1 - inside) ** 3 / (3 * (1 - mode)))


def _triangular_excess_is(cost: Floats, mode: Floats) -> Any:
    above_mode = 1 - np.cbrt(3 * cost * (1 - mode))
    left = (1 + mode) / 3 - cost  # the cubic z³ − 3·mode·z + 3·mode·left = 0, by its sine
    root = np.sqrt(mode)
    sine = np.clip(1.5 * left / np.where(mode > 0, root, 1.0), -1, 1)
    below_mode = 2 * root * np.sin(np.arcsin(sine) / 3)
    return np.where(3 * cost <= (1 - mode) ** 2, above_mode, np.where(left <= 0, left, below_mode))


# --- normal: mean 0, standard deviation 1 ------------------------------------------------------------------

_erfc = np.frompyfunc(math.erfc, 1, 1)


def normal_above(z: Any) -> Floats:
    """Chance that a standard normal number is z or more."""
    chance: Floats = np.multiply(_erfc(z / math.sqrt(2)), 0.5, dtype=np.float64, casting="unsafe")
    return chance


def normal_density(z: Any) -> Floats:
    """Density of the standard normal distribution."""
    density: Floats = np.exp(-np.square(z) / 2) / math.sqrt(2 * math.pi)
    return density


def mills_ratio(z: Floats) -> Floats:
    """chance above z / density at z, also where both are too small to hold."""
    far = np.maximum(z, FAR_OUT)
    fraction = far
    for term in range(FRACTION_TERMS, 0, -1):
        fraction = far + term / fraction
    return np.where(z >= FAR_OUT, 1 / fraction, normal_above(z) / normal_density(z))


def _normal_best(walkaway: Floats) -> Any:
    # The first-order condition z − w = mills_ratio(z) in logarithms, which are concave: Newton's steps hold.
    def condition(z: Floats) -> tuple[Floats, Floats]:
        mills, gain = mills_ratio(z), z - walkaway
        return np.log(gain / mills), 1 / gain + 1 / mills - z

    at_zero = math.sqrt(math.pi / 2)  # the Mills ratio at 0, and the most it can be above
    lowest = -np.sqrt(2 * np.log(np.maximum(-walkaway / at_zero, 1.0)))
    return rising_root(condition, np.maximum(walkaway, lowest), np.maximum(walkaway, 0.0) + 1.01 * at_zero)


def _normal_excess(z: Floats) -> Any:
    near = normal_density(z) - z * normal_above(z)
    return np.where(z < FAR_OUT, near, normal_density(z) * (1 - z * mills_ratio(z)))


def _normal_excess_is(cost: Floats) -> Any:
    def condition(z: Floats) -> tuple[Floats, Floats]:
        excess = _normal_excess(z)
        return np.log(cost / excess), normal_above(z) / excess

    at_zero = 1 / math.sqrt(2 * math.pi)
    highest = np.sqrt(2 * np.log(np.maximum(at_zero / cost, 1.0)))
    return rising_root(condition, np.where(cost < at_zero, -1e-9, -cost - 1e-9), highest + 1e-9)


# --- logistic: mean 0, scale 1 -----------------------------------------------------------------------------


def _logistic_best(walkaway: Floats) -> Any:
    # z − w = 1 + exp(−z). With u = −z this is exp(u) + u = −(w + 1), Lambert's equation in logarithms. It is
    # convex and the start lies at or above the root, so Newton's steps only come nearer.
    height = -(walkaway + 1)
    start = np.where(height > 1, np.log(np.maximum(height, 1.0)), height)
    return -settled(lambda u: u - (np.exp(u) + u - height) / (np.exp(u) + 1), start)


# --- roots -------------------------------------------------------------------------------------------------


def settled(step: Callable[[Any], Any], start: Floats) -> Floats:
    """Where a step that is taken again and again comes to rest, each element by itself."""
    value, going = start, np.full(np.shape(start), True)
    for _ in range(MOST_STEPS):
        nearer = step(value)
        moved, value = np.abs(nearer - value), np.where(going, nearer, value)
        going = going & (moved > CLOSE_ENOUGH * np.abs(value))
        if not going.any():
            break
    return value


def repeated(step: Callable[[Any], Any], start: Floats, times: Floats, most: int) -> Floats:
    """A step that each element takes a number of times of its own."""
    value = start
    for taken in range(1, min(most, int(np.max(times, initial=0))) + 1):
        value = np.where(times >= taken, step(value), value)
    return value


def rising_root(
    condition: Callable[[Floats], tuple[Floats, Floats]], low: ArrayLike, high: ArrayLike
) -> Floats:
    """Where a rising function is 0, between two bounds: Newton's steps, halved where they leave the bounds.

    The condition gives the function and its slope.
    """
    lower, upper = (np.array(bound, np.float64) for bound in np.broadcast_arrays(low, high))
    z = (lower + upper) / 2
    going = np.full(z.shape, True)  # an element stops by itself, whatever its neighbours do
    for _ in range(MOST_STEPS):
        value, slope = condition(z)
        lower, upper = np.where(value < 0, z, lower), np.where(value < 0, upper, z)
        step = z - value / slope
        nearer = np.where((step >= lower) & (step <= upper), step, (lower + upper) / 2)
        moved, z = np.abs(nearer - z), np.where(going, nearer, z)
        going = going & (moved > CLOSE_ENOUGH * (1 + np.abs(z)))
        if not going.any():
            break
    return z
