"""A zip file whose bytes depend on its parts alone."""

import io
import zipfile
from collections.abc import Mapping

EARLIEST_IN_A_ZIP = (1980, 1, 1, 0, 0, 0)


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Parts by their path, in their order, as a zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EARLIEST_IN_A_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return target.getvalue()
