"""Lines checked on a cluster: Spark shares them out, and its workers ask the same rules as everybody."""

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute
from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 (as everybody who writes Spark calls it)
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import (
    BinaryType,
    BooleanType,
    DoubleType,
    LongType,
    NumericType,
    StringType,
    StructField,
    StructType,
)

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.phrasing import phrase, spoken, spoken_in
from walkaway_xl.core.pricing import FEWEST_PRICES
from walkaway_xl.quotes.checked_batch import CheckedBatch, CheckOptions, check_batch, worst_line
from walkaway_xl.quotes.columns import Columns, mapped, plain
from walkaway_xl.quotes.engines import Learnt, Outcome, OutputOptions, Progress
from walkaway_xl.quotes.guidance import Guide, Realised, Segment
from walkaway_xl.quotes.history import VALUE, values
from walkaway_xl.quotes.quote_counts import COUNTED, SHOWN, WORST, QuoteCounts
from walkaway_xl.quotes.quote_counts import counted as quote_counts
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import FILE, ROW, Batch, Reading, floats
from walkaway_xl.quotes.tally import Reject, Tally
from walkaway_xl.quotes.totals_by_quote import TOTALS, part, totals
from walkaway_xl.quotes.units import LOOKED_AT, with_percents

WHY = "why"  # beside the columns of a line that cannot be checked

LINES_AT_ONCE = 1 << 16  # that a worker is handed; Spark's own ten thousand leave it waiting

Batches = Iterator[pa.RecordBatch]


def session(master: str | None) -> SparkSession:
    """The session that is there, or a new one.

    Parameters
    ----------
    master : str or None
        Where Spark runs, as "local[2]" or "spark://host:7077". None leaves it to spark-submit or Databricks.
    """
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(LINES_AT_ONCE),
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    builder = SparkSession.builder.appName("walkaway-xl")
    if master is not None:
        builder = builder.master(master)
    environment = {}
    if master is not None and master.startswith("local"):
        environment = {
            "PYSPARK_PYTHON": sys.executable,  # else the first python3 on the path
            "PYTHONSAFEPATH": "1",  # else the workers run what lies in the current folder
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.log.level": "FATAL",  # what goes wrong is said by us
        }
    for name, value in settings.items():
        builder = builder.config(name, value)
    with (
        _defaults_of_environment(environment),
        _explained(phrase("Spark does not start; it needs Java 17 and a --master that it knows")),
    ):
        return builder.getOrCreate()


@contextmanager
def _defaults_of_environment(values: dict[str, str]) -> Iterator[None]:
    """What a process that starts meanwhile is given; what this process starts later does without."""
    added = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


class SparkEngine:
    """Checks the lines of Parquet files with the workers of a cluster; Spark itself says how far it is."""

    def __init__(self, master: str | None):
        self.master = master

    def open(self, source: str, reading: Reading) -> "SparkQuotes":
        """The lines of a file or a folder, in any place that Spark reads."""
        return SparkQuotes(session(self.master), source, reading)

    def check(
        self, quotes: "SparkQuotes", options: CheckOptions, outputs: OutputOptions, progress: Progress
    ) -> Outcome:
        """Check all lines. Folders are written when all have been checked; totals stay on the workers."""
        tally = _tallied(quotes, options)
        if not tally.total().lines and not tally.rejected:
            raise QuoteError(phrase("{path}: there is no line in it", path=quotes.path))
        options.discounts.refuse_unclear(tally.remarks.discounts, quotes.path, options.columns.percents)
        totalled = None if options.by_quote is None else _totals(quotes, options, options.by_quote.key)
        if totalled is not None:
            tally.quotes = _counted(totalled, quotes.path)
        folders: dict[str, DataFrame] = {}
        if outputs.out is not None:
            folders[outputs.out] = _checked(quotes, options, rejects=False)
            if tally.rejected:
                folders[f"{outputs.out}_rejects"] = _checked(quotes, options, rejects=True)
            if totalled is not None and options.by_quote is not None:
                folders[f"{outputs.out}_by_{plain(options.by_quote.key)}"] = totalled
        for folder, frame in folders.items():
            with _explained(
                phrase("{folder}: --force replaces a folder that exists, --out names another", folder=folder)
            ):
                frame.write.mode("overwrite" if outputs.force else "errorifexists").parquet(folder)
        for picture in outputs.pictures:
            picture.place.write(picture.draw(tally))
        return Outcome(tally, None, list(folders))

    def learn(
        self,
        quotes: "SparkQuotes",
        options: CheckOptions,
        by: Sequence[str],
        guide: Guide,
        progress: Progress,
    ) -> Learnt:
        """What lines realised by the segments of some columns, by Spark's own percentiles."""
        schema = StructType(
            [*(StructField(name, StringType()) for name in by), StructField(VALUE, DoubleType())]
        )
        arrow = to_arrow_schema(schema)

        def worth(batches: Batches) -> Batches:
            for batch in batches:
                lines = values(_checked_batch(batch, options), by, guide.of)
                yield from lines.to_arrow().cast(arrow).to_batches()

        needed = [name for names in options.columns.numbers.values() for name in names]
        lines = quotes.lines.select(*dict.fromkeys([*needed, *by])).mapInArrow(worth, schema)
        bands = F.percentile(F.col(VALUE), F.array(*map(F.lit, guide.percentiles)))
        segments: dict[Segment, Realised] = {}
        with _explained(phrase("{path}: the lines cannot be read", path=quotes.path)):
            rows = lines.rollup(*by).agg(F.count("*").alias("lines"), bands.alias("bands")).collect()
        for row in rows:
            segment = tuple(name for name in row[: len(by)] if name is not None)  # a blank one has a name
            enough = row["lines"] >= FEWEST_PRICES
            segments[segment] = Realised(row["lines"], tuple(row["bands"]) if enough else None)
        tally = _tallied(quotes, options)
        options.discounts.refuse_unclear(tally.remarks.discounts, quotes.path, options.columns.percents)
        return Learnt(segments, tally)


class SparkQuotes:
    """Lines in Parquet files that Spark reads: on a disk, in a cloud store, or in a cluster's file system."""

    def __init__(self, spark: SparkSession, path: str, reading: Reading):
        self.path = path
        with _explained(phrase("{path}: Spark finds no Parquet files here", path=path)):
            self.lines = spark.read.parquet(path)
        self.names: list[str] = self.lines.columns
        columns = mapped(self.names, reading.columns, path)
        for role, names in columns.numbers.items():
            for name in names:
                kind = self.lines.schema[name].dataType
                if not isinstance(kind, NumericType):
                    raise QuoteError(
                        phrase(
                            (
                                "{path}: {role} must be a number; column {name} holds {kind}. Store it "
                                "as numbers"
                            ),
                            path=path,
                            role=role,
                            name=name,
                            kind=kind.simpleString(),
                        )
                    )
        self.columns: Columns = with_percents(columns, reading, self._first, path)

    def _first(self, names: Sequence[str]) -> dict[str, Floats]:
        """Some lines of columns."""
        with _explained(phrase("{path}: the lines cannot be read", path=self.path)):
            rows = self.lines.select(*names).limit(LOOKED_AT).collect()
        return {name: np.array([row[name] for row in rows], float) for name in names}

    written = "Parquet"

    @property
    def paths(self) -> list[str]:
        """Where the files are."""
        return [self.path]

    def placed(self) -> DataFrame:
        """The lines, each with its file and its number there."""
        return self.lines.select(
            "*",
            F.col("_metadata.file_name").alias(FILE),
            (F.col("_metadata.row_index") + 1).alias(ROW),
        )


@contextmanager
def _explained(words: str) -> Iterator[None]:
    """What goes wrong in Spark as a sentence, without the hundred lines that Java adds."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        message = error.java_exception.getMessage() if isinstance(error, Py4JJavaError) else str(error)
        first = next(iter(str(message).strip().splitlines()), phrase("no reason given"))
        raise QuoteError(phrase("{words} (Spark says: {first})", words=words, first=first)) from None


def _speaking(work: Callable[[Batches], Batches]) -> Callable[[Batches], Batches]:
    """What a worker does, in the language of who asked for it."""
    translation = spoken()

    def speaking(batches: Batches) -> Batches:
        with spoken_in(translation):
            yield from work(batches)

    return speaking


def _checked_batch(batch: pa.RecordBatch, options: CheckOptions) -> CheckedBatch:
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)
    numbers = {
        role: [floats(frame[name]) for name in names] for role, names in options.columns.numbers.items()
    }
    return check_batch(Batch(frame, numbers, {}, "", range(len(frame))), options)


def _tallied(quotes: SparkQuotes, options: CheckOptions) -> Tally:
    """Each partition counts for itself, and the counts are merged; they are exact, so in any order."""

    def count(batches: Batches) -> Batches:
        tally = Tally(options.policy)
        for batch in batches:
            checked = _checked_batch(batch, options)
            files, rows = batch.column(FILE).to_pylist(), batch.column(ROW).to_pylist()
            tally.remark(checked.remarks)
            tally.reject([Reject(files[place], rows[place], why) for place, why in checked.rejects.items()])
            tally.add(
                checked.checked,
                checked.segments,
                checked.segment_names,
                lambda place, c=checked, f=files, r=rows: worst_line(c, place, options, f[place], r[place]),  # type: ignore[misc]
            )
        yield pa.RecordBatch.from_pydict({"tally": [pickle.dumps(tally)]})

    lines = quotes.placed().select(*options.names, FILE, ROW)
    whole = Tally(options.policy)
    with _explained(phrase("{path}: the lines cannot be checked", path=quotes.path)):
        rows = lines.mapInArrow(_speaking(count), StructType([StructField("tally", BinaryType())])).collect()
    for row in rows:
        whole.merge(pickle.loads(bytes(row["tally"])))
    return whole


def _checked(quotes: SparkQuotes, options: CheckOptions, *, rejects: bool) -> DataFrame:
    """The lines with what a check adds; or those that cannot be checked, with their place and the reason."""
    lines = quotes.placed() if rejects else quotes.lines
    schema = _with_added(lines, options, rejects=rejects)
    arrow = to_arrow_schema(schema)
    names = options.added(quotes.names)

    def add(batches: Batches) -> Batches:
        for batch in batches:
            checked = _checked_batch(batch, options)
            good = pa.array(~checked.checked.rejected)
            if rejects:
                why = [checked.rejects.get(place) for place in range(batch.num_rows)]
                added: list[Any] = [pa.array(why, pa.string())]
            else:
                table = checked.frame.select(
                    pl.col(name).cast(pl.String) if checked.frame[name].dtype == pl.Enum else pl.col(name)
                    for name in names.values()
                ).to_arrow()
                added = [column.combine_chunks() for column in table.columns]
            whole = pa.table([*batch.columns, *added], names=arrow.names).cast(arrow)
            keep = pa.compute.invert(good) if rejects else good
            yield from whole.filter(keep).to_batches()

    return lines.mapInArrow(_speaking(add), schema)


def _with_added(lines: DataFrame, options: CheckOptions, *, rejects: bool) -> StructType:
    fields = [StructField(field.name, field.dataType) for field in lines.schema.fields]
    if rejects:
        return StructType([*fields, StructField(WHY, StringType())])
    words = ("status", "signer", "asked", "exception", "rule", "reason", "status_what_if", "signer_what_if")
    kinds = dict.fromkeys(words, StringType()) | {"loss_leader": BooleanType()}
    return StructType(
        fields
        + [
            StructField(name, kinds.get(key, DoubleType()))
            for key, name in options.added(lines.columns).items()
        ]
    )


def _totals(quotes: SparkQuotes, options: CheckOptions, key: str) -> DataFrame:
    """Totals of each quote: Spark adds up whole numbers, and what they mean is said by the same code."""
    kind = quotes.lines.schema[key].dataType
    parts = StructType(
        [
            StructField("key", kind),
            StructField("what", StringType()),  # the name of a column of `totals_by_quote.part`
            StructField("units", LongType()),
        ]
    )
    parts_arrow = to_arrow_schema(parts)

    def counted(batches: Batches) -> Batches:
        for batch in batches:
            columns = part(_checked_batch(batch, options), key, options.policy)
            whole = columns.with_columns(pl.exclude("key").cast(pl.Int64))
            long = whole.unpivot(index="key", variable_name="what", value_name="units")
            yield from long.to_arrow().cast(parts_arrow).to_batches()

    lines = quotes.lines.select(*options.names)
    sums = (
        lines.mapInArrow(_speaking(counted), parts)
        .groupBy("key", "what")
        .agg(*(made("units").alias(way) for way, made in WAYS.items()))
        .groupBy("key")
        .agg(F.collect_list(F.struct("what", *WAYS)).alias("sums"))
        .orderBy("key")
    )
    texts = ("not_kept", "asked", "decided_by", "signer", "status", "status_by_lines", "status_blended")
    names = [name for name in TOTALS if name != "lines"]
    whole = {"lines": LongType(), "lines_below": LongType(), "open": BooleanType()} | dict.fromkeys(
        texts, StringType()
    )
    schema = StructType(
        [
            StructField(f"{key}_of_quote" if key in TOTALS else key, kind),
            *(StructField(name, whole.get(name, DoubleType())) for name in ("lines", *names)),
        ]
    )
    arrow = to_arrow_schema(schema)

    def finish(batches: Batches) -> Batches:
        for batch in batches:
            frame = pl.from_arrow(batch)
            assert isinstance(frame, pl.DataFrame)
            if frame.is_empty():
                continue
            by_name = frame.explode("sums").unnest("sums")
            names = by_name["what"].unique(maintain_order=True).to_list()
            units = pl.coalesce(pl.when(pl.col("what").str.starts_with(way)).then(way) for way in WAYS)
            together = by_name.select("key", *(pl.when(what=name).then(units).alias(name) for name in names))
            sums = together.group_by("key").agg(pl.all().sum())  # one of each, and nothing beside it
            finished = totals(sums, key, options.policy).with_columns(pl.col(pl.Enum).cast(pl.String))
            yield from finished.to_arrow().cast(arrow).to_batches()

    return sums.mapInArrow(_speaking(finish), schema)


WAYS = {"sum": F.sum, "min": F.min, "max": F.max}  # how parts of a quote go together


def _counted(totalled: DataFrame, path: str) -> QuoteCounts:
    """How many quotes stand how, and the worst of them."""
    column = totalled.columns[0]
    with _explained(phrase("{path}: the lines cannot be checked", path=path)):
        rows = totalled.groupBy(*(F.col(name).cast("string") for name in COUNTED)).count().collect()
        worst = (
            totalled.where(F.col("shortfall") > 0)
            .orderBy(F.desc("shortfall"), F.asc_nulls_first(column))
            .limit(WORST)
            .select(F.col(column).cast("string").alias("quote"), *SHOWN)
            .collect()
        )
    return quote_counts(column, ((tuple(row)[:-1], row[-1]) for row in rows), [row.asDict() for row in worst])
