"""What a person types to mend an installation."""

import sys


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
