"""What a person types to mend an installation."""

import importlib.util
import sys

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase


class MissingExtraError(WalkawayError):
    """Packages that are missing, and the command that installs them."""


def reinstall(package: str, python: str | None = None) -> str:
    """The command that installs a package anew; a path with spaces can be pasted, too.

    Wherever it is pasted, pip is the one that is installed and not what the folder calls so.

    Parameters
    ----------
    package : str
        Its name for pip.
    python : str, optional
        The Python that lacks it; this one, if none is named.
    """
    return f'"{python or sys.executable}" -P -m pip install --force-reinstall {package}'


def need_extra(extra: str, *modules: str) -> None:
    """Refuse to begin without the packages of an extra.

    Parameters
    ----------
    extra : str
        What pip calls it.
    modules : str
        What it brings that is needed now.
    """
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        raise MissingExtraError(
            phrase(
                'this needs {missing}: python -P -m pip install "walkaway-xl[{extra}]" installs it',
                missing=" and ".join(missing),
                extra=extra,
            )
        )
