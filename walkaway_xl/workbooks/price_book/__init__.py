"""The workbook of a price negotiation, for either side; a template states only what is its own."""
