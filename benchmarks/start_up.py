"""Start-up: `import walkaway_xl` against `import numpy`, each in a fresh interpreter, turn by turn.

python benchmarks/start_up.py
"""

import compileall
import subprocess
import sys
from pathlib import Path

from measuring import best_of, table

import walkaway_xl

TURNS = 25


def fresh(statement: str) -> float:
    """Seconds that a fresh interpreter takes for a statement, without the interpreter's own start."""
    script = f"import time; t = time.perf_counter(); {statement}; print(time.perf_counter() - t)"
    return float(
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout
    )


def main() -> None:
    """Take turns, so that a busy machine disturbs both alike, and keep the best of each."""
    # NumPy was compiled when it was installed; so is this package, unless it runs from its source.
    compileall.compile_dir(Path(walkaway_xl.__file__).parent, quiet=1)
    turns = [(fresh("import walkaway_xl"), fresh("import numpy")) for _ in range(TURNS)]
    ours, numpy = min(a for a, _ in turns), min(b for _, b in turns)
    table("start-up", [("import walkaway_xl", ours, 1.0), ("import numpy", numpy, ours / numpy)])
    commands = {"walkaway-xl --version": "--version", "walkaway-xl functions": "functions"}
    for name, arguments in commands.items():
        command = [sys.executable, "-m", "walkaway_xl", arguments]
        seconds = best_of(
            lambda command=command: subprocess.run(command, capture_output=True, check=True), times=5
        )
        print(f"  {name:<36}{seconds * 1e3:>12,.1f} ms with the interpreter")
    print(f"  at most 1.3 × import numpy: {ours / numpy:.2f} ×")


if __name__ == "__main__":
    main()
