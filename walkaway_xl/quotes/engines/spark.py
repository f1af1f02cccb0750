"""Lines checked on a cluster: Spark shares them out, and its workers ask the same rules as everybody."""

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
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

from walkaway_xl.asking import AmbiguityError
from walkaway_xl.core._arrays import Floats
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase, spoken, spoken_in
from walkaway_xl.core.pricing import FEWEST_PRICES
from walkaway_xl.quotes.checked_batch import CheckOptions, Piece, free_name, put_together, worst_line
from walkaway_xl.quotes.columns import Columns, mapped, plain
from walkaway_xl.quotes.engines import Learnt, Outcome, OutputOptions, Progress
from walkaway_xl.quotes.guidance import Guide, Realised, Segment
from walkaway_xl.quotes.history import VALUE, values
from walkaway_xl.quotes.opening import sorted_by
from walkaway_xl.quotes.quote_counts import COUNTED, SHOWN, WORST, QuoteCounts
from walkaway_xl.quotes.quote_counts import counted as quote_counts
from walkaway_xl.quotes.quote_error import QuoteError
from walkaway_xl.quotes.quote_files import (
    FILE,
    READ,
    ROW,
    TEXTS,
    Batch,
    Notation,
    Reading,
    Sorting,
    as_numbers,
    floats,
)
from walkaway_xl.quotes.quote_sources import PACKED, kept, kind_of, unpacked
from walkaway_xl.quotes.sifting import RETURN, Sifted
from walkaway_xl.quotes.tallies import Tallies
from walkaway_xl.quotes.tally import Reject
from walkaway_xl.quotes.telling_apart import checked_pieces, lines_of, refuse_unlike
from walkaway_xl.quotes.text_files import CsvTable
from walkaway_xl.quotes.totals_by_quote import TOTALS, part, totals
from walkaway_xl.quotes.units import LOOKED_AT, with_percents

WHY, RUN = "why", "__run"  # beside the columns of lines, on their way through the workers

BEGINNING = 1 << 22  # bytes of a file of text that show how all are written
MOST_PARTITIONS = 2_000  # of files of text
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
    """Checks lines of Parquet and text files with the workers of a cluster; Spark says how far it is."""

    def __init__(self, master: str | None):
        self.master = master

    def open(self, source: str, reading: Reading) -> "SparkQuotes":
        """The lines of a file or a folder, in any place that Spark reads."""
        return SparkQuotes(session(self.master), source, reading)

    def check(
        self, quotes: "SparkQuotes", options: CheckOptions, outputs: OutputOptions, progress: Progress
    ) -> Outcome:
        """Check all lines. Folders are written when all have been checked; totals stay on the workers."""
        job = quotes.job(options)
        tallies, under = _tallied(quotes, job)
        if not tallies.lines and not tallies.rejects.count:
            raise QuoteError(phrase("{path}: there is no line in it", path=quotes.path))
        options.discounts.refuse_unclear(tallies.remarks.discounts, quotes.path, options.columns.percents)
        columns = options.columns
        if tallies.currencies and columns.currency is None and columns.in_heads is None:
            job = job._replace(currency=free_name("currency", quotes.names))
        totalled = None
        if options.by_quote is not None:
            several = tallies.only is None
            totalled = _totals(quotes, job, options.by_quote.key, under, several=several)
            for currency, tally in tallies.by_currency.items():
                rows = totalled.where(F.col("currency").eqNullSafe(currency)) if several else totalled
                tally.quotes = _counted(rows, quotes.path)
        folders: dict[str, DataFrame] = {}
        if outputs.out is not None:
            folders[outputs.out] = _checked(quotes, job)
            if tallies.rejects.count:
                folders[f"{outputs.out}_rejects"] = _apart(quotes, job, rejects=True)
            if tallies.left_out.count or tallies.returns:
                folders[f"{outputs.out}_left_out"] = _apart(quotes, job, rejects=False)
            if totalled is not None and options.by_quote is not None:
                folders[f"{outputs.out}_by_{plain(options.by_quote.key)}"] = totalled
        for folder, frame in folders.items():
            with _explained(
                phrase("{folder}: --force replaces a folder that exists, --out names another", folder=folder)
            ):
                frame.write.mode("overwrite" if outputs.force else "errorifexists").parquet(folder)
        for picture in outputs.pictures:
            picture.place.write(picture.draw(tallies))
        pictures = [str(picture.place.path) for picture in outputs.pictures]
        return Outcome(tallies, None, [*folders, *pictures])

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
            for _, _, pieces in job.pieces(batches, Tallies(options.policy)):
                for piece in pieces:
                    lines = values(piece.checked, by, guide.of)
                    yield from lines.to_arrow().cast(arrow).to_batches()

        job = quotes.job(options)
        tallies, _ = _tallied(quotes, job)  # which says what cannot be read
        options.discounts.refuse_unclear(tallies.remarks.discounts, quotes.path, options.columns.percents)
        lines = quotes.rows([*job.names_read, *by]).mapInArrow(_speaking(worth), schema)
        bands = F.percentile(F.col(VALUE), F.array(*map(F.lit, guide.percentiles)))
        segments: dict[Segment, Realised] = {}
        with _explained(phrase("{path}: the lines cannot be read", path=quotes.path)):
            rows = lines.rollup(*by).agg(F.count("*").alias("lines"), bands.alias("bands")).collect()
        for row in rows:
            segment = tuple(name for name in row[: len(by)] if name is not None)  # a blank one has a name
            enough = row["lines"] >= FEWEST_PRICES
            segments[segment] = Realised(row["lines"], tuple(row["bands"]) if enough else None)
        return Learnt(segments, tallies)


class Job(NamedTuple):
    """What a worker is to do with the rows that it is handed."""

    options: CheckOptions
    sorting: Sorting
    texts: Reading | None  # how files of text are read; None where rows are those of Parquet
    names: list[str]  # of all columns
    currency: str | None = None  # the column that is added for the currencies of amounts

    @property
    def names_read(self) -> list[str]:
        """The columns that a check asks for."""
        columns = self.options.columns
        more = filter(None, [columns.currency, columns.kind, columns.date])
        return list(dict.fromkeys([*self.options.names, *more]))

    def pieces(
        self, batches: Batches, tallies: Tallies
    ) -> Iterator[tuple[Batch, Sifted | None, list[Piece]]]:
        """The rows batch by batch: the lines, what else was in them, and the lines after their check."""
        held = self._of_parquet(batches) if self.texts is None else self._of_texts(batches)
        for batch, sifted in lines_of(held, self.sorting):
            yield batch, sifted, checked_pieces(batch, sifted, tallies, self.sorting, self.options)

    def _of_parquet(self, batches: Batches) -> Iterator[Batch]:
        for rows in batches:
            frame = pl.from_arrow(rows)
            assert isinstance(frame, pl.DataFrame)
            runs = frame.with_columns(pl.col(FILE).rle_id().alias(RUN))
            for of_file in runs.partition_by(RUN, include_key=False):
                lines = of_file.drop(FILE, ROW)
                numbers = {
                    role: [floats(lines[name]) for name in names]
                    for role, names in self.options.columns.numbers.items()
                }
                yield Batch(lines, numbers, {}, of_file[FILE][0], of_file[ROW].to_list())

    def _of_texts(self, batches: Batches) -> Iterator[Batch]:
        for rows in batches:
            for path, content in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                with _text_table(path, content, self.texts or Reading()) as table:
                    if table.names != self.names:
                        raise QuoteError(
                            phrase(
                                "{path}: its columns are not those of {first}",
                                path=path,
                                first=self.sorting.source,
                            )
                        )
                    yield from table.batches(self.options.columns)


@contextmanager
def _text_table(path: str, content: bytes, reading: Reading) -> Iterator[CsvTable]:
    """A file of text that Spark has read, for the reader of this machine."""
    place = kept(Path(path).name, content)
    copies = [place]
    try:
        copies.append(unpacked(place))
        table = CsvTable(place, reading, copies[-1])
        yield table
        copies += [table.copy] if table.copy else []
    except AmbiguityError as error:
        raise AmbiguityError(error.question.replace(str(place), path), error.meanings) from None
    except WalkawayError as error:
        raise QuoteError(str(error).replace(str(place), path)) from None
    finally:
        for copy in copies:  # a worker goes on with many others
            copy.unlink(missing_ok=True)


class SparkQuotes:
    """Lines in Parquet or text files that Spark reads: on a disk, in a cloud store, or in a cluster."""

    def __init__(self, spark: SparkSession, path: str, reading: Reading):
        self.path, self.reading = path, reading
        self.notation: Notation | None = None  # of Parquet files, which hold numbers
        self.texts = _text_files(spark, path)
        if self.texts is None:
            with _explained(phrase("{path}: Spark finds no Parquet files here", path=path)):
                self.lines = spark.read.parquet(path)
            self.names: list[str] = self.lines.columns
            self.schema = self.lines.schema
        else:
            self.first_file, content = self._beginning(self.texts)
            with _text_table(self.first_file, content, reading) as table:
                self.names, self.written, self.notation = table.names, table.written, table.notation
            self.schema = StructType([StructField(name, StringType()) for name in self.names])
        columns = mapped(self.names, reading.columns, path)
        if self.texts is None:
            self._refuse_others(columns)
            self.columns: Columns = with_percents(columns, reading, self._first, path)
            held = False
        else:
            with _text_table(self.first_file, content, reading) as table:
                batch = next(table.batches(columns), None)
            held = batch is not None and batch.currency is not None
            first = {
                name: values[:LOOKED_AT]
                for role, names in columns.numbers.items()
                for name, values in zip(names, batch.numbers[role] if batch else (), strict=False)
            }
            self.columns = with_percents(
                columns, reading, lambda names: {name: first[name] for name in names if name in first}, path
            )
        self.sorting = replace(
            sorted_by(self.columns, reading, path, lambda: held), in_order=self.texts is not None
        )
        if self.sorting.rates is not None:
            self.written = f"{self.written}; {self.sorting.rates.words}"

    def _beginning(self, texts: DataFrame) -> tuple[str, bytes]:
        """The first file, and as much of it as shows how all are written."""
        with _explained(phrase("{path}: the files cannot be read", path=self.path)):
            first = texts.agg(F.min("path")).collect()[0][0]
            is_packed = Path(first).suffix.lower() in PACKED
            content = F.col("content") if is_packed else F.substring("content", 1, BEGINNING)
            data = bytes(texts.where(F.col("path") == first).select(content).collect()[0][0])
        return first, data if is_packed or len(data) < BEGINNING else data.rpartition(b"\n")[0] + b"\n"

    def _refuse_others(self, columns: Columns) -> None:
        """Refuse numbers that are not stored as such."""
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
                            path=self.path,
                            role=role,
                            name=name,
                            kind=kind.simpleString(),
                        )
                    )

    def _first(self, names: Sequence[str]) -> dict[str, Floats]:
        """Some lines of columns."""
        with _explained(phrase("{path}: the lines cannot be read", path=self.path)):
            rows = self.lines.select(*names).limit(LOOKED_AT).collect()
        return {name: np.array([row[name] for row in rows], float) for name in names}

    written = "Parquet"

    @property
    def _words(self) -> list[str]:
        """Columns in which a total may say what it is."""
        return [field.name for field in self.schema.fields if isinstance(field.dataType, StringType)]

    @property
    def paths(self) -> list[str]:
        """Where the files are."""
        return [self.path]

    def job(self, options: CheckOptions) -> Job:
        """What workers are to do."""
        return Job(options, self.sorting, self.reading if self.texts is not None else None, self.names)

    def rows(self, names: Sequence[str] | None = None) -> DataFrame:
        """What workers are handed: whole files of text, or lines with their file and their number there."""
        if self.texts is not None:
            return self.texts
        return self.lines.select(
            *(["*"] if names is None else dict.fromkeys([*names, *self._words])),
            F.col("_metadata.file_name").alias(FILE),
            (F.col("_metadata.row_index") + 1).alias(ROW),
        )


def _text_files(spark: SparkSession, path: str) -> DataFrame | None:
    """The files of text in a place, about one a partition; None where it holds others."""
    kind = kind_of(Path(path))
    if kind and kind not in (*TEXTS, ".parquet") and kind in READ:
        raise QuoteError(
            phrase(
                "{path}: Spark reads {kinds} files; check a workbook without --engine spark",
                path=path,
                kinds=", ".join((".parquet", *TEXTS)),
            )
        )
    if kind == ".parquet":
        return None
    with _explained(phrase("{path}: Spark finds no Parquet or text files here", path=path)):
        files = spark.read.format("binaryFile").load(path)
        paths = [row[0] for row in files.select("path").collect()]
    data = [file for file in paths if not Path(file).name.startswith(("_", "."))]
    kinds = {kind_of(Path(file)) for file in data}
    if not kinds & {*TEXTS}:
        return None
    if not kinds <= {*TEXTS} or len(kinds) > 1:
        raise QuoteError(
            phrase(
                "{path}: this folder holds files of several kinds ({kinds}); check one kind",
                path=path,
                kinds=", ".join(sorted(kinds)),
            )
        )
    # A file each, in the order of their names, as far as Spark can part them.
    return files.select("path", "content").repartitionByRange(min(len(data), MOST_PARTITIONS), "path")


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


def _tallied(quotes: SparkQuotes, job: Job) -> tuple[Tallies, dict[str | None, str]]:
    """Each partition counts for itself, and the counts are merged; they are exact, so in any order.

    What stops a worker comes back as what it is, so that it is said, or asked, as on this machine.
    """

    def count(batches: Batches) -> Batches:
        tallies = Tallies(job.options.policy)
        answer: Tallies | WalkawayError = tallies
        try:
            for _, _, pieces in job.pieces(batches, tallies):
                for piece in pieces:
                    checked, batch = piece.checked, piece.batch
                    tallies.of(piece.currency).add(
                        checked.checked,
                        checked.segments,
                        checked.segment_names,
                        lambda place, c=checked, b=batch: worst_line(  # type: ignore[misc]
                            c, place, job.options, b.file, b.rows[place]
                        ),
                    )
        except WalkawayError as error:
            answer = error
        yield pa.RecordBatch.from_pydict({"tallies": [pickle.dumps(answer)]})

    whole = Tallies(job.options.policy)
    with _explained(phrase("{path}: the lines cannot be checked", path=quotes.path)):
        rows = (
            quotes.rows(job.names_read)
            .mapInArrow(_speaking(count), StructType([StructField("tallies", BinaryType())]))
            .collect()
        )
    for row in rows:
        answer = pickle.loads(bytes(row["tallies"]))
        if isinstance(answer, WalkawayError):
            raise answer
        whole.merge(answer)
    refuse_unlike(whole, job.options, job.sorting)
    return whole, whole.settle()


def _checked(quotes: SparkQuotes, job: Job) -> DataFrame:
    """The lines with what a check adds."""
    schema = _with_added(quotes, job)
    arrow = to_arrow_schema(schema)

    def add(batches: Batches) -> Batches:
        for batch, _, pieces in job.pieces(batches, Tallies(job.options.policy)):
            frame, rejects, _ = put_together(pieces)
            frame = frame.with_columns(
                pl.col(pl.Enum).cast(pl.String), **as_numbers(batch, job.options.columns)
            )
            if job.currency is not None:
                held = pl.lit(None, pl.String) if batch.currency is None else batch.currency
                frame = frame.with_columns(held.alias(job.currency))
            good = np.ones(len(frame), bool)
            good[rejects] = False
            yield from frame.filter(pl.Series(good)).to_arrow().cast(arrow).to_batches()

    return quotes.rows().mapInArrow(_speaking(add), schema)


def _apart(quotes: SparkQuotes, job: Job, *, rejects: bool) -> DataFrame:
    """Lines that cannot be checked; or returns, and rows that are no lines: with place and reason."""
    schema = StructType(
        [
            *quotes.schema.fields,
            StructField(FILE, StringType()),
            StructField(ROW, LongType()),
            StructField(WHY, StringType()),
        ]
    )
    arrow = to_arrow_schema(schema)

    def parted(batches: Batches) -> Iterator[tuple[pl.DataFrame, list[Reject]]]:
        for batch, sifted, pieces in job.pieces(batches, Tallies(job.options.policy)):
            if rejects:
                _, places, why = put_together(pieces)
                yield batch.frame[places], why
            elif sifted is not None:
                yield sifted.frame_left_out, sifted.left_out
                if (back := sifted.returned) is not None:
                    yield back.frame, [Reject(back.file, row, phrase(RETURN)) for row in back.rows]

    def keep(batches: Batches) -> Batches:
        for frame, rows in parted(batches):
            if rows:
                places = [
                    pl.Series(name, values)
                    for name, values in zip((FILE, ROW, WHY), zip(*rows, strict=True), strict=True)
                ]
                yield from frame.hstack(places).to_arrow().cast(arrow).to_batches()

    return quotes.rows().mapInArrow(_speaking(keep), schema)


def _with_added(quotes: SparkQuotes, job: Job) -> StructType:
    numbers = {name for names in job.options.columns.numbers.values() for name in names}
    texts = quotes.texts is not None
    fields = [
        StructField(field.name, DoubleType() if texts and field.name in numbers else field.dataType)
        for field in quotes.schema.fields
    ]
    words = ("status", "signer", "asked", "exception", "rule", "reason", "status_what_if", "signer_what_if")
    kinds = dict.fromkeys(words, StringType()) | {"loss_leader": BooleanType()}
    added = job.options.added(quotes.names).items()
    currency = [StructField(job.currency, StringType())] if job.currency else []
    return StructType(
        [*fields, *(StructField(name, kinds.get(key, DoubleType())) for key, name in added), *currency]
    )


def _totals(
    quotes: SparkQuotes, job: Job, key: str, under: Mapping[str | None, str], *, several: bool
) -> DataFrame:
    """Totals of each quote: Spark adds up whole numbers, and what they mean is said by the same code."""
    kind = quotes.schema[key].dataType
    policy = job.options.policy
    parts = StructType(
        [
            StructField("key", kind),
            StructField("currency", StringType()),
            StructField("what", StringType()),  # the name of a column of `totals_by_quote.part`
            StructField("units", LongType()),
        ]
    )
    parts_arrow = to_arrow_schema(parts)

    def counted(batches: Batches) -> Batches:
        for _, _, pieces in job.pieces(batches, Tallies(policy)):
            for piece in pieces:
                columns = part(piece.checked, key, policy)
                whole = columns.with_columns(pl.exclude("key").cast(pl.Int64))
                long = whole.unpivot(index="key", variable_name="what", value_name="units")
                code = under.get(piece.currency, piece.currency)
                named = long.with_columns(pl.lit(code, pl.String).alias("currency")).select(parts.names)
                yield from named.to_arrow().cast(parts_arrow).to_batches()

    sums = (
        quotes.rows([*job.names_read, key])
        .mapInArrow(_speaking(counted), parts)
        .groupBy("key", "currency", "what")
        .agg(*(made("units").alias(way) for way, made in WAYS.items()))
        .groupBy("key", "currency")
        .agg(F.collect_list(F.struct("what", *WAYS)).alias("sums"))
        .orderBy("key", "currency")
    )
    texts = ("not_kept", "asked", "decided_by", "signer", "status", "status_by_lines", "status_blended")
    names = [name for name in TOTALS if name not in ("currency", "lines")]
    whole = {"lines": LongType(), "lines_below": LongType(), "open": BooleanType()} | dict.fromkeys(
        texts, StringType()
    )
    schema = StructType(
        [
            StructField(f"{key}_of_quote" if key in TOTALS else key, kind),
            *([StructField("currency", StringType())] if several else []),
            *(StructField(name, whole.get(name, DoubleType())) for name in ("lines", *names)),
        ]
    )
    arrow = to_arrow_schema(schema)

    def finish(batches: Batches) -> Batches:
        for batch in batches:
            frame = pl.from_arrow(batch)
            assert isinstance(frame, pl.DataFrame)
            for (currency,), held in frame.group_by(["currency"], maintain_order=True):
                by_name = held.explode("sums").unnest("sums")
                names = by_name["what"].unique(maintain_order=True).to_list()
                units = pl.coalesce(pl.when(pl.col("what").str.starts_with(way)).then(way) for way in WAYS)
                together = by_name.select(
                    "key", *(pl.when(what=name).then(units).alias(name) for name in names)
                )
                sums = together.group_by("key").agg(pl.all().sum())  # one of each, and nothing beside it
                finished = totals(sums, key, policy).with_columns(
                    pl.col(pl.Enum).cast(pl.String), pl.lit(currency, pl.String).alias("currency")
                )
                yield from finished.select(schema.names).to_arrow().cast(arrow).to_batches()

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
