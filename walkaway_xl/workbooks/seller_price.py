"""The seller's price negotiation."""

from walkaway_xl.workbooks.draft import Draft


def build(filled: bool) -> Draft:
    """Build the workbook, blank or with its worked example."""
    return Draft.new("Selling at a price", "seller_price", ("Start",))
