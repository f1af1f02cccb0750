"""Files: written beside their target until they take its name, and packages of parts, read within limits.

`replacement` knows how files take their places, `claims` what becomes of unfinished ones, `moves` what a file
system can do in one step; `scratch` is the private folder of a run, and `memory_writer` saves workbooks
without one. `zips` knows how parts become an archive, and how large one from a stranger may be; `packages`
how the parts of a workbook hang together; `spills` how a formula says that it spills.
"""

from walkaway_xl.files.replacement import (
    FileError,
    Target,
    Writing,
    cannot_write,
    in_folder,
    make_folder,
    remove_folders,
    target,
)
from walkaway_xl.files.scratch import no_scratch, remove_scratch, scratch_folder, sweep_scratch

__all__ = [
    "FileError",
    "Target",
    "Writing",
    "cannot_write",
    "in_folder",
    "make_folder",
    "no_scratch",
    "remove_folders",
    "remove_scratch",
    "scratch_folder",
    "sweep_scratch",
    "target",
]
