"""The table of contents: every worksheet function, in reading order."""

from collections.abc import Mapping

from walkaway_xl.catalogue import Family, Function
from walkaway_xl.functions import (
    batna,
    compensation,
    concession,
    deal,
    issue,
    offer,
    preparation,
    pricing,
    terms,
    tiers,
    walkaway,
    zone,
)

FAMILIES: tuple[Family, ...] = (
    walkaway.FAMILY,
    batna.FAMILY,
    zone.FAMILY,
    offer.FAMILY,
    concession.FAMILY,
    issue.FAMILY,
    pricing.FAMILY,
    tiers.FAMILY,
    terms.FAMILY,
    deal.FAMILY,
    compensation.FAMILY,
    preparation.FAMILY,
)

CATALOGUE: Mapping[str, Function] = {
    function.name: function for family in FAMILIES for function in family.functions
}
