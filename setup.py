"""What pyproject.toml has no word for: the bill of materials goes into the wheel, where PEP 770 has it."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel

BILL = Path(__file__).parent / "requirements" / "walkaway_xl.cdx.json"


class Wheel(bdist_wheel):
    """A wheel whose metadata hold the bill of materials."""

    def egg2dist(self, egginfo_path: str, distinfo_path: str) -> None:
        """Make the metadata of a wheel."""
        super().egg2dist(egginfo_path, distinfo_path)
        bills = Path(distinfo_path) / "sboms"
        bills.mkdir()
        shutil.copy(BILL, bills)


setup(cmdclass={"bdist_wheel": Wheel})
