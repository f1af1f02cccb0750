"""Lines for the benchmarks of quote books: prices spread as prices are, discounts mostly small."""

from pathlib import Path

import numpy as np
import polars as pl

CLASSES = ("Furniture", "Office Supplies", "Technology")


def lines(count: int, seed: int = 0) -> pl.DataFrame:
    """So many lines, four to an order."""
    rng = np.random.default_rng(seed)
    price = np.round(rng.lognormal(3.5, 1.2, count) + 0.01, 2)
    return pl.DataFrame(
        {
            "order": pl.Series(np.sort(rng.integers(0, count // 4, count))).cast(pl.String) + "-Q",
            "class": rng.choice(CLASSES, count),
            "segment": rng.choice(["Consumer", "Corporate", "Home Office"], count),
            "quantity": rng.integers(1, 60, count),
            "list_price": price,
            "discount": np.round(rng.beta(1.2, 6, count), 2),
            "cost": np.round(price * rng.uniform(0.4, 0.9, count), 4),
        }
    )


def parquet(folder: Path, count: int) -> Path:
    """A file of so many lines."""
    path = folder / f"lines_{count}.parquet"
    lines(count).write_parquet(path)
    return path
