"""The arithmetic of `walkaway-xl check` under the example policy, written by hand as Polars expressions.

python benchmarks/quote_expressions.py LINES.parquet OUT.parquet

It leaves out what check promises: reasons, blanks, domain checks, rejects, the summary, other policies.
"""

import sys

import polars as pl

TOLERANCE = 1e-9
MARGINS = {"Furniture": 0.10, "Office Supplies": 0.15, "Technology": 0.12}
LEAKAGE = 0.01 + 0.01 + 0.08 * 30 / 365
WARN = 0.05
SIGNERS = ("Account manager", "Sales manager", "Sales director", "Chief executive", "Nobody may sign")


def added() -> dict[str, pl.Expr]:
    """The columns that a check adds."""
    price, discount, cost = pl.col("list_price"), pl.col("discount"), pl.col("cost")
    minimum = pl.col("class").replace_strict(MARGINS, return_dtype=pl.Float64)
    net = price * (1 - discount)
    floor = cost / (1 - minimum - LEAKAGE)
    deepest = 1 - floor / price
    near = 1 - cost / (1 - minimum - WARN - LEAKAGE) / price
    loss = 1 - cost / (1 - LEAKAGE) / price
    margin = 1 - LEAKAGE - cost / net

    def deeper(limit: pl.Expr) -> pl.Expr:
        return discount > limit + TOLERANCE * pl.max_horizontal(1, limit.abs(), discount.abs())

    status = (
        pl.when(deeper(loss)).then(pl.lit("BELOW COST"))
        .when(deeper(deepest)).then(pl.lit("BELOW FLOOR"))
        .when(deeper(near)).then(pl.lit("NEAR FLOOR"))
        .otherwise(pl.lit("OK"))
    )  # fmt: skip
    places = [
        pl.sum_horizontal((discount > limit + TOLERANCE).cast(pl.Int8) for limit in (0.1, 0.2, 0.3, 0.6)),
        pl.sum_horizontal((margin < limit - TOLERANCE).cast(pl.Int8) for limit in (0.25, 0.2, 0.15, -0.5)),
        pl.sum_horizontal(
            (net / price < limit - TOLERANCE).cast(pl.Int8) for limit in (0.9, 0.8, 0.65, 0.35)
        ),
    ]
    quantity = pl.col("quantity")
    return {
        "net_price": net,
        "floor": (floor * 100 - 1e-9).ceil() / 100,
        "max_discount": deepest,
        "headroom": deepest - discount,
        "margin": margin,
        "status": status,
        "signer": pl.max_horizontal(places).replace_strict(dict(enumerate(SIGNERS)), return_dtype=pl.String),
        "tier_discount": pl.when(quantity >= 25).then(0.04).when(quantity >= 10).then(0.02).otherwise(0.0),
    }


if __name__ == "__main__":
    pl.scan_parquet(sys.argv[1]).with_columns(**added()).sink_parquet(sys.argv[2])
