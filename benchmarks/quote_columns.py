"""What Polars itself needs to read lines, add five plain columns of numbers, and write them.

python benchmarks/quote_columns.py LINES.parquet OUT.parquet
"""

import sys

import polars as pl


def added() -> dict[str, pl.Expr]:
    """Five columns of products and differences."""
    price, discount, cost = pl.col("list_price"), pl.col("discount"), pl.col("cost")
    quantity = pl.col("quantity")
    net = price * (1 - discount)
    return {
        "net_price": net,
        "list_value": price * quantity,
        "revenue": net * quantity,
        "unit_margin": net - cost,
        "earned": (net - cost) * quantity,
    }


if __name__ == "__main__":
    pl.scan_parquet(sys.argv[1]).with_columns(**added()).sink_parquet(sys.argv[2])
