"""Where lines are checked: on this machine or on a cluster; what both do, and where they differ."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from walkaway_xl.core.phrasing import later

if TYPE_CHECKING:  # what can be said of an engine before its packages are there
    import polars as pl

    from walkaway_xl.files import Target
    from walkaway_xl.quotes.audiences import Audience
    from walkaway_xl.quotes.checked_batch import CheckOptions
    from walkaway_xl.quotes.columns import Columns
    from walkaway_xl.quotes.guidance import Guide, Realised, Segment
    from walkaway_xl.quotes.quote_files import Reading
    from walkaway_xl.quotes.tallies import Tallies

Progress = Callable[[str], None]  # is told how far a run is, if its engine says so


class Picture(NamedTuple):
    """A picture or a page of what was counted: where it goes, and how it is drawn."""

    place: "Target"
    draw: Callable[["Tallies"], bytes]


class OutputOptions(NamedTuple):
    """What a run is to leave behind."""

    out: str | None = None  # a file, or on a cluster a folder; beside it come the rejects and the totals
    strict: bool = False  # whether the first line that cannot be checked ends the run
    force: bool = False  # whether what is there may be replaced
    policy: Path | None = None  # its file, which nothing is written over
    audience: "Audience | None" = None  # who may see less than all of it
    pictures: tuple[Picture, ...] = ()
    ask: "Target | None" = None  # where lines that need an exception go


class Outcome(NamedTuple):
    """What a run counted and wrote."""

    tallies: "Tallies"
    totals: "pl.DataFrame | None"  # of the quotes; None where they were not asked for, or stay on the workers
    written: list[str]


class Learnt(NamedTuple):
    """What the lines of a history realised by segment, and the lines that could not be read."""

    segments: "dict[Segment, Realised]"
    tallies: "Tallies"


class OpenedQuotes(Protocol):
    """Lines whose columns are known, and of which nothing else is read yet."""

    @property
    def names(self) -> list[str]:
        """All columns of the lines."""

    @property
    def columns(self) -> "Columns":
        """Which of them hold what."""

    @property
    def written(self) -> str:
        """How the file is written, in words."""

    @property
    def paths(self) -> list[str]:
        """The files, or where they are."""


Opened = TypeVar("Opened", bound=OpenedQuotes)


class Engine(Protocol[Opened]):
    """Checks quotes, and learns from them. QuoteError says what cannot be read, checked or written."""

    def open(self, source: str, reading: "Reading") -> Opened:
        """The lines of a file or a folder."""

    def check(
        self, quotes: Opened, options: "CheckOptions", outputs: OutputOptions, progress: Progress
    ) -> Outcome:
        """Check all lines, and write what is asked for when all have been checked."""

    def learn(
        self, quotes: Opened, options: "CheckOptions", by: Sequence[str], guide: "Guide", progress: Progress
    ) -> Learnt:
        """What lines realised by the segments of some columns, the widest first."""


class Difference(NamedTuple):
    """An option of the command line that an engine cannot do, and what helps."""

    option: str
    usual: object  # the value that asks for nothing
    why: str

    @property
    def refusal(self) -> str:
        """What is said when somebody asks for it."""
        return f"--{self.option} {self.why}"


class EngineFacts(NamedTuple):
    """What an engine needs, and what it cannot do."""

    extra: str  # of the package, whose modules it needs
    modules: tuple[str, ...]
    differences: tuple[Difference, ...]
    start: Callable[[str | None], Engine[Any]]  # takes the address of a cluster


def _polars(_: str | None) -> Engine[Any]:
    from walkaway_xl.quotes.engines.local import PolarsEngine

    return PolarsEngine()


def _spark(master: str | None) -> Engine[Any]:
    from walkaway_xl.quotes.engines.spark import SparkEngine

    return SparkEngine(master)


ENGINES: Mapping[str, EngineFacts] = {
    "polars": EngineFacts(
        "quotes",
        ("polars", "python_calamine", "xlsxwriter"),
        (Difference("master", None, later("says where Spark runs; add --engine spark")),),
        _polars,
    ),
    "spark": EngineFacts(
        "spark",
        ("pyspark", "pyarrow", "polars"),
        (
            Difference(
                "strict",
                False,
                "stops at the first line, and workers have none; leave it out with --engine spark",
            ),
            Difference(
                "ask", None, "begins a register as lines come, and workers have their own; leave it out"
            ),
            Difference("sheet", None, "is for workbooks, and Spark reads Parquet and text; leave it out"),
            Difference("audience", "finance", "is not for Spark, which writes every column; leave it out"),
        ),
        _spark,
    ),
}
