"""Every host, in the order in which they are shown."""

from walkaway_xl.core.errors import InputError
from walkaway_xl.hosts.contract import Carried, Host, Installable
from walkaway_xl.hosts.embedded import host as embedded
from walkaway_xl.hosts.excel_vba import host as excel
from walkaway_xl.hosts.formulas import host as formulas
from walkaway_xl.hosts.libreoffice import host as libreoffice
from walkaway_xl.hosts.lite import host as lite

HOSTS: tuple[Host, ...] = (
    embedded,
    libreoffice,
    excel,
    lite,
    formulas,
)

INSTALLABLE = {host.KEY: host for host in HOSTS if isinstance(host, Installable)}
CARRIED = {host.KEY: host for host in HOSTS if isinstance(host, Carried)}


def chosen(key: str | None) -> list[Installable]:
    """The program of that name, or all that are here.

    Raises
    ------
    InputError
        There is no program of that name.
    """
    if key is None:
        return [host for host in INSTALLABLE.values() if host.is_here()]
    if key not in INSTALLABLE:
        raise InputError("program", "be {programs}", got=key, programs=" or ".join(INSTALLABLE))
    return [INSTALLABLE[key]]
