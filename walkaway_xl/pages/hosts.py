"""The page of the spreadsheet programs: how each calls the functions, and what it lacks."""

from collections.abc import Iterator

from walkaway_xl.hosts.listed import HOSTS
from walkaway_xl.pages.markdown import joined, table

PATH = "docs/hosts.md"


def page() -> str:
    """The page as Markdown."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield "# The spreadsheet programs"
    yield (
        "The same functions give the same answers everywhere: every example of the "
        "[reference](functions/README.md) and every row of the two tables in "
        "[ARCHITECTURE.md](../ARCHITECTURE.md) is tried in each program. Where one cannot do what the tables "
        "say, it stands here. [installing.md](installing.md) says how they are installed, and "
        "`walkaway-xl doctor` asks the programs of your machine."
    )
    for host in HOSTS:
        yield f"## {host.TITLE}"
        yield host.HOW
        yield f"Tried with {host.TRIED_WITH}."
        yield table(
            ("otherwise here", "because", "what helps"),
            [(difference.what, difference.why, difference.remedy) for difference in host.DIFFERENCES],
        )
