"""The page of the package index: README for those who have the package and not its repository."""

import re

PATH = "docs/package_index.md"

INSTALLING = """\
## Install it

```
pip install "walkaway-xl[quotes]"
walkaway-xl install
walkaway-xl start
```

You need Python 3.11 or newer. The second line puts the worksheet functions into LibreOffice, or Excel for
Windows, where they are found. The third writes the preparation workbooks to `walkaway-workbooks/` and checks
314 real order lines against their discount floors. `walkaway-xl doctor` says where the functions answer and
what helps elsewhere. The pages and files named below lie in the repository.

"""


def page(readme: str) -> str:
    """README as the index shows it: its own way to install, no pictures, and names for links to files."""
    before, after = readme.split("## Two commands\n"), readme.split("## Five formulas to try\n")
    text = f"{before[0]}{INSTALLING}## Five formulas to try\n{after[1]}"
    text = re.sub(r"^!\[.*?\]\(.*?\)\n\n?", "", text, flags=re.MULTILINE)
    return re.sub(r"\[(.+?)\]\((?!https?:).*?\)", r"\1", text)
