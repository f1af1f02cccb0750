"""How large a workbook from a stranger may be: a hand-made archive can ask for all memory there is."""

# No workbook comes near these: Excel's largest sheet of numbers, a million rows by twenty columns, is about
# 1 GB of XML.
MOST_BYTES = 2 << 30
MOST_TIMES_LARGER = 400  # of the whole package; sheets of one repeated row reach about 100
SMALL_ENOUGH = 64 << 20  # below this, how well the package is compressed does not matter
OLE_HEADER = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, and every encrypted .xlsx


def most_unpacked(packed: int) -> int:
    """Bytes that a workbook of so many bytes may unpack to."""
    return max(SMALL_ENOUGH, min(MOST_BYTES, packed * MOST_TIMES_LARGER))
