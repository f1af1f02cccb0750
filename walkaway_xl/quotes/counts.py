"""Counts in words: one has its noun in the singular."""

from walkaway_xl.core.phrasing import phrase_count


def counted(count: int, noun: str = "line", plural: str = "") -> str:
    """A count and what is counted: 1 line, 2,000 lines; with the plural, if it takes more than an s."""
    return phrase_count(f"{{count}} {noun}", f"{{count}} {plural or f'{noun}s'}", count)
