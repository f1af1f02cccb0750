"""python -m tests.requirements [--upgrade] pins versions for pyproject.toml and writes the bill of materials.

It needs the extra `lock`. Read what has changed in the versions, and give each new package its licence in
licences.toml.
"""

import argparse

from tests.requirements import bill, lock

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--upgrade", action="store_true", help="to the newest versions that fit")
    lock.write(upgrade=parser.parse_args().upgrade)
    bill.PATH.write_text(bill.bill(), "utf-8")
