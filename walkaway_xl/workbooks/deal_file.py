"""A deal written down in a TOML file, as values by the names of a workbook's inputs."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from walkaway_xl.core.errors import WalkawayError

MOST_BYTES = 1 << 20  # a filled-in workbook is a few kB


class DealFileError(WalkawayError):
    """A deal file that cannot be read, and why."""


def read(path: Path) -> dict[str, Any]:
    """Values by name: the second table of ``[[alternatives]]`` holds ``alternatives.2.price`` and so on.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        Numbers, dates, texts and yes or no, as the file states them.
    """
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise DealFileError(f"{path}: a deal file has at most {MOST_BYTES >> 20} MB; this is none")
    try:
        return dict(_flat("", tomllib.loads(data.decode("utf-8-sig"))))
    except UnicodeDecodeError:
        raise DealFileError(f"{path}: this is no UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise DealFileError(
            f'{path}: {error}; write each value as name = value, and text between "quotes"'
        ) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, tables without end
        raise DealFileError(f"{path}: {error}; this is no deal file") from None


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else key, inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _flat(f"{name}.{number}", inner)
    else:
        yield name, value
