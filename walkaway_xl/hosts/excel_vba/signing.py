"""Signs the add-in with Microsoft's own tools: no other program writes a signature of a VBA project.

osslsigncode signs programs, scripts and packages of Windows, and no Office file. SignTool does, once the
Office Subject Interface Packages are registered, which are 32-bit libraries; so its 32-bit form comes first.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.files.zips import DAMAGED, names_of
from walkaway_xl.installation.steps import InstallationError, RunProgram

PROGRAM = "signtool.exe"
SIGNATURE = "vbaProjectSignature"  # how the parts begin that hold one, of each of three kinds
THUMBPRINT = re.compile(r"[0-9A-Fa-f]{40}")
KITS = ("ProgramFiles(x86)", "ProgramFiles")  # where Windows' development kits are, by the environment
REMEDIES = {
    "not recognized": later(
        "SignTool knows no Office files here; install Microsoft Office Subject Interface Packages, and "
        "register msosip.dll and msosipx.dll with regsvr32"
    ),
    "No certificates were found": later(
        "no certificate for signing code in your store has this thumbprint or subject; import it, with its "
        "key"
    ),
}


def signing(addin: Path, certificate: str) -> RunProgram:
    """The step that signs an add-in.

    Parameters
    ----------
    addin : Path
        The file, as it will stay: whoever saves it takes the signature away.
    certificate : str
        The thumbprint of a certificate in the user's store, or its subject.

    Raises
    ------
    InstallationError
        SignTool is not here.
    """
    program = next(_programs(), None)
    if program is None:
        raise InstallationError(
            phrase(
                "{program} was not found; install the signing tools of the Windows SDK, and Microsoft Office "
                "Subject Interface Packages",
                program=PROGRAM,
            )
        )
    bare = re.sub(r"[\s:\u200e]", "", certificate)  # what Windows' own dialog puts into a thumbprint
    chosen = ("/sha1", bare.upper()) if THUMBPRINT.fullmatch(bare) else ("/n", certificate)
    return RunProgram(
        phrase("sign {path} with the certificate {certificate}", path=addin, certificate=chosen[1]),
        (str(program), "sign", *chosen, "/fd", "SHA256", str(addin)),
        remedies=REMEDIES,
    )


def is_signed(addin: Path) -> bool:
    """Whether the VBA of an add-in carries a signature, of whomever."""
    try:
        return any(SIGNATURE in name for name in names_of(addin))
    except (*DAMAGED, OSError):
        return False


def _programs() -> Iterator[Path]:
    """Where SignTool is, the newest first, and of one kit its 32-bit form."""
    for name in KITS:
        kits = Path(os.environ.get(name, "")) / "Windows Kits" / "10" / "bin"
        for bits in ("x86", "x64"):
            yield from sorted(kits.glob(f"*/{bits}/{PROGRAM}"), reverse=True)
    if path := shutil.which(PROGRAM):
        yield Path(path)
