"""Counts in words: one has its noun in the singular."""


def counted(count: int, noun: str = "line", plural: str = "") -> str:
    """A count and what is counted: 1 line, 2,000 lines; with the plural, if it takes more than an s."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
