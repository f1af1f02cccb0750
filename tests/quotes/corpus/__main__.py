"""Writes the table of messy books into docs/quotes.md: python -m tests.quotes.corpus."""

from pathlib import Path

from tests.quotes.corpus import books

PAGE = Path(__file__).parents[3] / "docs" / "quotes.md"
BEGIN, END = "<!-- messy books: python -m tests.quotes.corpus -->\n", "<!-- end of the messy books -->\n"


def written(page: str) -> str:
    """The page with the table as it is now."""
    rows = [
        f"| {book.name} | {' '.join(book.options)} | "
        + (f"“{book.expected.rstrip(': ')} …”" if book.expected else "the verdicts of the clean book")
        + " |"
        for book in books()
    ]
    before, _, rest = page.partition(BEGIN)
    table = "\n".join(["", "| a book with | options | gives |", "|---|---|---|", *rows, "", ""])
    return before + BEGIN + table + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
