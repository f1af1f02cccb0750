"""The page of the budget: what a file from somebody else may hold, written from its declaration."""

from collections.abc import Iterator

from walkaway_xl.files.budget import LIMITS, MB, MEMORY, SECONDS, Allowance
from walkaway_xl.pages.markdown import joined, table

PATH = "docs/budget.md"
ENFORCED = (
    ("what is counted", "yes", "yes", "yes", "yes"),
    ("memory", "yes", "yes", "yes, not tried", "no"),
    ("processor time", "yes", "yes", "yes, not tried", "no"),
    ("native code that breaks off", "one sentence", "one sentence", "one sentence", "ends the program"),
)


def page() -> str:
    """The page as Markdown."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield "# The budget of a file"
    yield (
        "Workbooks and quote books come by mail, and a small file can ask for all memory there is. So what a "
        "file holds is counted before anything makes objects of it. A file with more than a limit is refused "
        "in one sentence, with exit code 2, and nothing is written. `--budget 4` allows four times of "
        "everything, for a file that you trust."
    )
    yield "## What is counted"
    yield (
        "Up to the first number always passes, more than the second never. In between, each takes a byte of "
        "the file, which in real files it does; where a byte may become more, it is said. Where there is one "
        "number, the size of the file does not matter."
    )
    yield table(
        ("what", "always", "at most", "why"),
        [
            (limit.words, f"{limit.free:,}", f"{limit.most:,}" if limit.most > limit.free else "", limit.why)
            for limit in LIMITS.values()
        ],
    )
    yield "## What stops native code that runs away"
    yield (
        "The counts decide, the same on a slow computer as on a quick one. Should compiled code run away all "
        "the same, these limits end it. They grow with what was counted. On Linux the system itself refuses "
        "the engine that calculates workbooks what is beyond them; elsewhere a watcher looks at least ten "
        "times a second."
    )
    yield table(("what", "to begin with", "and for each", "why"), [_row(MEMORY), _row(SECONDS)])
    yield "## Who keeps to it"
    yield (
        "Every command that reads a file of somebody else takes `--budget`: `calc`, `review`, `share`, "
        "`links`, `log`, `upgrade`, `check`, `guide`, `policy lint` and `new --from`. Each works in a "
        "process of its own, so that code which breaks off ends with a sentence. Where Python calls a "
        "function, as `embedded.calculate_file`, in the buttons of Excel and in xlwings Lite there is one "
        "process; the counts hold there, too, and `walkaway_xl.files.budget.within(4)` allows four times."
    )
    yield table(("", "Linux", "Windows", "macOS", "one process (Excel's buttons, Lite, Python)"), ENFORCED)


def _row(allowance: Allowance) -> tuple[str, str, str, str]:
    is_memory = allowance is MEMORY
    base = f"{allowance.base / MB:,.0f} MB" if is_memory else f"{allowance.base:,.0f}"
    more = "; ".join(f"{amount:,g} × {LIMITS[name].words}" for name, amount in allowance.by.items())
    return allowance.words, base, more, allowance.why
