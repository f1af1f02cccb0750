"""Fetches axe, for the tests of pages in a browser: python tests/hosts/axe/build.py"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MADE = HERE.parents[2] / ".hosts" / "axe"
SCRIPT = MADE / "node_modules" / "axe-core" / "axe.min.js"


def main() -> int:
    """Fetch what is not there yet."""
    if shutil.which("npm") is None:
        sys.exit("npm is missing; on Debian: apt install npm")
    MADE.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", MADE)
    quiet = ("--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run(["npm", "install", *quiet], cwd=MADE, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
