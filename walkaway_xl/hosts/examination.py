"""Says for each host whether the functions answer there: it asks them."""

import subprocess
from collections.abc import Iterator

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.hosts.contract import Finding, Host, State, trouble
from walkaway_xl.hosts.listed import HOSTS


def examine() -> Iterator[tuple[Host, Finding]]:
    """Ask every host, one after the other; each takes up to a few seconds."""
    for host in HOSTS:
        yield host, ask(host)


def ask(host: Host) -> Finding:
    """Ask one host."""
    try:
        return host.ask()
    except (WalkawayError, OSError, subprocess.SubprocessError) as error:
        return trouble(str(error))
    except Exception as error:  # something of the installation is broken, and the others can still be asked
        words = f"{type(error).__name__}: {error}"
        return Finding(State.TROUBLE, words, phrase("python install.py, in the folder of walkaway_xl"))
