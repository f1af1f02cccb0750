"""Files: written beside their target and renamed, and packages of parts, read within limits.

`writing` knows how a file takes its place; `zips` how parts become an archive, and how large one from a
stranger may be; `packages` how the parts of a workbook hang together; `spills` how a formula says that it
spills.
"""

from walkaway_xl.files.replacement import (
    FileError,
    make_folder,
    refuse_existing,
    refuse_input,
    refuse_unwritable,
    replace_file,
    replacing,
)

__all__ = [
    "FileError",
    "make_folder",
    "refuse_existing",
    "refuse_input",
    "refuse_unwritable",
    "replace_file",
    "replacing",
]
