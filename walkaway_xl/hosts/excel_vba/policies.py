"""What a company's rules forbid the add-in, read from the registry and the file, in words for a person.

The keys are those that Microsoft documents for Defender's attack surface reduction and for the administrative
templates of Office 2016 and later.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.installation.registry import Registry

SOFTWARE, PRODUCT = r"HKEY_LOCAL_MACHINE\SOFTWARE", r"Microsoft\Windows Defender"
DEFENDER = (
    rf"{SOFTWARE}\Policies\{PRODUCT}\Windows Defender Exploit Guard\ASR\Rules",
    rf"{SOFTWARE}\{PRODUCT}\Windows Defender Exploit Guard\ASR\Rules",
)
MANAGED = rf"{SOFTWARE}\Policies\{PRODUCT}\Policy Manager"  # its ASRRules: id=1|id=2
CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
WIN32_CALLS = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"
BLOCKS = 1  # 0 is off, 2 only writes it down, 6 lets the user go on
OFFICES = (  # a policy outranks what the user has set
    r"HKEY_LOCAL_MACHINE\Software\Policies\Microsoft\Office\16.0",
    r"HKEY_CURRENT_USER\Software\Policies\Microsoft\Office\16.0",
    r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0",
)
SIGNED_ONLY, WITHOUT_NOTICE = 3, 4  # of VBAWarnings
INTERNET = 3  # the zone of a file that was downloaded


def forbidden(
    registry: Registry, addin: Path, *, is_trusted_place: bool, is_signed: bool = False
) -> Iterator[str]:
    """Say what keeps the add-in from working.

    Parameters
    ----------
    registry : Registry
        The registry of the machine.
    addin : Path
        The add-in's file.
    is_trusted_place : bool
        Whether it lies where Excel trusts files by default, as in XLSTART.
    is_signed : bool
        Whether it carries a signature; whether its publisher is trusted, nobody can tell from here.
    """
    rules = dict(_defender(registry))
    if rules.get(CHILD_PROCESSES) == BLOCKS:
        yield phrase(
            'Defender\'s rule "Block all Office applications from creating child processes" ({rule}) keeps '
            "Excel from starting Python",
            rule=CHILD_PROCESSES,
        )
    if rules.get(WIN32_CALLS) == BLOCKS:
        yield phrase(
            'Defender\'s rule "Block Win32 API calls from Office macros" ({rule}) keeps the add-in from '
            "loading the library that starts Python",
            rule=WIN32_CALLS,
        )
    if _office(registry, r"Common", "VBAOff"):
        yield phrase("a policy switches VBA off in Office (VBAOff)")
    if _office(registry, r"Excel\Security", "DisableAllAddins"):
        yield phrase("a policy switches off every add-in of Excel (DisableAllAddins)")
    if _office(registry, r"Excel\Security", "RequireAddinSig") and not is_signed:
        yield phrase(
            "Excel opens signed add-ins only (RequireAddinSig); IT can sign it, by walkaway-xl install excel "
            "--sign CERT"
        )
    trusts_places = not _office(registry, r"Excel\Security\Trusted Locations", "AllLocationsDisabled")
    if not (is_trusted_place and trusts_places):
        place = (
            phrase("trusted locations are switched off")
            if is_trusted_place
            else phrase("the folder AddIns is no trusted location")
        )
        warnings = _office(registry, r"Excel\Security", "VBAWarnings")
        if warnings == WITHOUT_NOTICE:
            yield phrase("Excel runs no macros (VBAWarnings 4), and {place}", place=place)
        if warnings == SIGNED_ONLY and not is_signed:
            yield phrase("Excel runs signed macros only (VBAWarnings 3), and {place}", place=place)
    if _zone(addin) >= INTERNET:
        yield phrase(
            "{addin} carries the mark of a download; in its properties, choose Unblock, or install it here",
            addin=addin,
        )


def _defender(registry: Registry) -> Iterator[tuple[str, int]]:
    """Defender's rules and what each does; a policy comes last, as it outranks what is set on the machine."""
    for key in reversed(DEFENDER):
        for name in registry.names(key):
            value = registry.read(key, name)
            if value is not None and str(value.data).isdecimal():
                yield name.strip("{}").lower(), int(value.data)
    managed = registry.read(MANAGED, "ASRRules")
    for rule, state in re.findall(r"([0-9a-fA-F-]{36})=(\d)", str(managed.data) if managed else ""):
        yield rule.lower(), int(state)


def _office(registry: Registry, key: str, name: str) -> int:
    """A setting of Office as a number, 0 where nobody has set it."""
    for office in OFFICES:
        value = registry.read(rf"{office}\{key}", name)
        if value is not None and str(value.data).isdecimal():
            return int(value.data)
    return 0


def _zone(path: Path) -> int:
    """Where Windows says that a file comes from: 0 is this machine, 3 the internet."""
    try:
        stream = Path(f"{path}:Zone.Identifier").read_text("ascii", "replace")
    except OSError:
        return 0
    match = re.search(r"ZoneId=(\d)", stream)
    return int(match[1]) if match else 0
