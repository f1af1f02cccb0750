"""What a person types to mend an installation."""

import sys


def reinstall(package: str, python: str | None = None) -> str:
    """The command that installs a package anew; a path with spaces can be pasted, too.

    Parameters
    ----------
    package : str
        Its name for pip.
    python : str, optional
        The Python that lacks it; this one, if none is named.
    """
    return f'"{python or sys.executable}" -m pip install --force-reinstall {package}'
