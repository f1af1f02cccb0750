"""`python -m walkaway_xl`: the command line."""

import sys

from walkaway_xl.cli import main

if __name__ == "__main__":
    sys.exit(main())
