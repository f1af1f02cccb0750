"""Kinds that several families share."""

from walkaway_xl.catalogue import choice
from walkaway_xl.core.choices import DIRECTIONS, SIDES

side = choice("side", SIDES)
direction = choice("direction", DIRECTIONS)
