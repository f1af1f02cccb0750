"""The names under which LibreOffice knows the functions, and stores them in files."""

MODULE = "walkaway.xl"  # of the interface and the services
ADDIN = f"{MODULE}.AddIn"


def uno_name(name: str) -> str:
    """A name as LibreOffice takes it, without underscores: WALKAWAY_CHECK becomes walkawayCheck."""
    first, *others = name.lower().split("_")
    return first + "".join(part.capitalize() for part in others)


def long_name(name: str) -> str:
    """A name as Calc 7.4 writes it into an .xlsx file: WALKAWAY.XL.ADDIN.WALKAWAYCHECK."""
    return f"{ADDIN}.{uno_name(name)}".upper()
