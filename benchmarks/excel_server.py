"""Excel's COM server in a Windows Python under Wine: ours against xlwings' ordinary way, in one run.

The cold start is the time from nothing to the first answer, started through xlwings' library as the add-in
does it, and as xlwings' own add-in does. Our VBA hands over the values of cells, and xlwings' wrapper an
object for each cell, which Python asks back. Excel's Range is not to be had here, so an object of the caller
stands for it, which is asked for what xlwings' reader asks a Range for (`ordinary_udf.py`); Excel's own may
answer more quickly. Between the two stands an ordinary function that is handed values.

python benchmarks/excel_server.py, after tests/hosts/wine/build.py
"""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from measuring import table

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.hosts.stand_ins.wine import python
from tests.hosts.wine import build

WAYS = {"ours": "", "values": "an ordinary function, values", "objects": "an ordinary function, objects"}
TURNS, CALLS = 3, 300
LIMIT = 1.0  # of the time of the ordinary way
CLIENT = Path(__file__).with_name("excel_server_client.py")


def measured(way: str) -> dict[str, float]:
    """Seconds of one way: from nothing to the first answer, and of a call."""
    library = build.HOME / f"xlwings64-{version('xlwings')}.dll"
    places = map(build.windows, (CLIENT, library, build.HOME / "python.exe"))
    done = subprocess.run(
        python(*places, way, str(CALLS)), env=build.environment(), capture_output=True, text=True, timeout=600
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds


def main() -> int:
    """Time both ways in turns; 1 if a call takes ours longer than the ordinary one."""
    turns = [{way: measured(way) for way in WAYS} for _ in range(TURNS)]
    for what, title in (("start", "from nothing to the first answer"), ("call", "a call of four cells")):
        best = {way: min(turn[way][what] for turn in turns) for way in WAYS}
        ours = best.pop("ours")
        table(
            f"{title}: {ours * 1e3:,.2f} ms",
            [(WAYS[way], seconds, ours / seconds) for way, seconds in best.items()],
        )
    ratio = ours / best["objects"]
    print(f"at most {LIMIT} of a call is wanted")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
