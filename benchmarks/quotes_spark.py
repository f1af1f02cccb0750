"""walkaway-xl check on Spark with two local workers against Polars on the same files, and how time grows.

python benchmarks/quotes_spark.py    (a few minutes; needs the extra spark, and Java 17)
"""

import tempfile
from pathlib import Path

from measuring import run
from quote_lines import parquet
from quotes import FEW, MANY, check, say

SPARK = ["--engine", "spark", "--master", "local[2]"]


def main() -> None:
    """Measure each once, in one run: a session of Spark takes its time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds = {}
        for count in (FEW, MANY):
            source = parquet(folder, count)
            polars, _ = run(check(folder, source, "polars.parquet"))
            spark, _ = run([*check(folder, source, "spark"), *SPARK])
            seconds[count] = spark
            say(f"Polars, {count:,} lines", polars)
            say(f"Spark local[2], {count:,} lines", spark)
            print(f"  Spark takes {spark / polars:.1f} × the time of Polars on one machine", flush=True)
        line = (seconds[MANY] - seconds[FEW]) / (MANY - FEW)
        begin = seconds[FEW] - FEW * line
        print(f"  {begin:.0f} s to begin with, then {1e6 * line:.1f} s for each million lines")
        print(f"  ten times the lines: {seconds[MANY] / seconds[FEW]:.1f} × the time")


if __name__ == "__main__":
    main()
