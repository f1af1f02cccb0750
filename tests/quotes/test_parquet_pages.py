"""What the pages of a Parquet file unpack to, as their heads say, whoever has written them."""

import numpy as np
import polars as pl
import pytest

from walkaway_xl.files import budget
from walkaway_xl.files.intake import ReadError
from walkaway_xl.quotes.parquet_pages import refuse_large_groups

LINES, GROUP = 20_000, 5_000
FRAME = pl.DataFrame(
    {
        "cost": np.random.default_rng(1).random(LINES),
        "quantity": np.arange(LINES),
        "flag": [True, False] * (LINES // 2),
        "product": [f"product {n}" for n in range(LINES)],
        "class": ["office", None] * (LINES // 2),
    }
)


def limit(monkeypatch, most):
    changed = budget.LIMITS["group"]._replace(free=most, most=most)
    monkeypatch.setattr(budget, "LIMITS", {**budget.LIMITS, "group": changed})


@pytest.mark.parametrize("compression", ["zstd", "snappy", "uncompressed", "lz4", "gzip"])
def test_a_group_counts_as_many_bytes_as_it_has(compression, tmp_path, monkeypatch):
    path = tmp_path / "lines.parquet"
    FRAME.write_parquet(path, compression=compression, row_group_size=GROUP, data_page_size=1 << 12)
    least = GROUP * (8 + 8) + sum(len(f"product {n}") + 4 for n in range(GROUP))
    limit(monkeypatch, least)
    with pytest.raises(ReadError, match="unpacked, of a group of lines; the limit is"):
        refuse_large_groups(path)
    limit(monkeypatch, round(1.2 * least))
    refuse_large_groups(path)


def test_a_footer_that_is_damaged_anywhere_is_refused_or_read(tmp_path):
    path = tmp_path / "lines.parquet"
    FRAME.head(9).write_parquet(path)
    whole, refused = path.read_bytes(), 0
    begin = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    for place in range(begin, len(whole)):
        for value in (0, 0x19, 0xFF):
            path.write_bytes(whole[:place] + bytes([value]) + whole[place + 1 :])
            try:
                refuse_large_groups(path)
            except (ValueError, ReadError):
                refused += 1
    assert refused > 100
