"""The table of contents: every worksheet function, in reading order."""

from collections.abc import Mapping

from walkaway_xl.catalogue import Family, Function
from walkaway_xl.functions import (
    batna_entries,
    compensation_entries,
    concession_entries,
    deal_entries,
    issue_entries,
    offer_entries,
    preparation_entries,
    pricing_entries,
    terms_entries,
    tiers_entries,
    walkaway_entries,
    zone_entries,
)

FAMILIES: tuple[Family, ...] = (
    walkaway_entries.FAMILY,
    batna_entries.FAMILY,
    zone_entries.FAMILY,
    offer_entries.FAMILY,
    concession_entries.FAMILY,
    issue_entries.FAMILY,
    pricing_entries.FAMILY,
    tiers_entries.FAMILY,
    terms_entries.FAMILY,
    deal_entries.FAMILY,
    compensation_entries.FAMILY,
    preparation_entries.FAMILY,
)

CATALOGUE: Mapping[str, Function] = {
    function.name: function for family in FAMILIES for function in family.functions
}
