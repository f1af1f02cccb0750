"""Kinds that several families share."""

from walkaway_xl.catalogue import choice
from walkaway_xl.core.choices import DIRECTIONS, DISTRIBUTIONS, SIDES

side = choice("side", SIDES)
direction = choice("direction", DIRECTIONS)
dist = choice("dist", DISTRIBUTIONS)
