"""Many runs at once, and runs that are killed, each in a process of its own.

`python -m tests.files.races` prints a line for each command as JSON, or for those that are named; `--many`
tries more, for hours if asked to: `--rounds 1000`. One process loads everything once, and its children begin
where a run would.
"""

import argparse
import json
import os
import random
import signal
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.files import faults, stage
from tests.files.stage import COMMANDS, Command
from walkaway_xl.files import replacement

RUNS = 20
MOST_WAITING = 20  # seconds until those that wait for each other go on
MOST_STEPS = {"check .xlsx": 60}  # between two kills, where a run has many steps; 8 elsewhere
KILLED = -signal.SIGKILL


def child(work: Callable[[], None]) -> int:
    """A process that does something and ends; its number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads, which this process has none of
        number = os.fork()
    if number:
        return number
    try:
        work()
    finally:
        os._exit(70)  # of a fault in here: nobody else ends so


def ended(numbers: list[int]) -> Counter[int]:
    """How processes ended: exit code, or the signal as a negative number, by count."""
    return Counter(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in numbers)


def race(command: Command, folder: Path, *, at_the_last_step: bool) -> Counter[str]:
    """Run a command many times at once, and say how often it wrote and how often it was refused.

    Parameters
    ----------
    command : Command
        What is run.
    folder : Path
        Where; it is made.
    at_the_last_step : bool
        Whether all wait for each other until every one has found its place free and written its file.
    """
    stage.prepare(folder)
    before = stage.files_in(folder)
    told = folder.with_name("told")
    told.mkdir()
    take_names = replacement.Writing._take_names

    def waits(self: replacement.Writing) -> None:
        (told / f"waits_{os.getpid()}").touch()
        limit = time.monotonic() + MOST_WAITING
        while len(list(told.glob("waits_*"))) < RUNS and time.monotonic() < limit:
            time.sleep(0.002)
        take_names(self)

    def work() -> None:
        if at_the_last_step:
            replacement.Writing._take_names = waits  # type: ignore[method-assign]
        outcome = stage.run(command, folder)
        refused = "walkaway-xl: " in outcome.err
        fault = "Traceback" in outcome.err or (refused and outcome.code != 2)
        os._exit(3 if fault else 1 if refused else 0)

    codes = ended([child(work) for _ in range(RUNS)])
    names = {0: "wrote", 1: "refused"}
    counts = Counter({names.get(code, f"ended with {code}"): count for code, count in codes.items()})
    if (state := state_after(command, folder, before)) != "new":
        counts[state] = 1
    return counts


def killed(command: Command, folder: Path, at: int, more: tuple[str, ...] = ()) -> bool:
    """Kill a run at its n-th step; whether it came so far."""

    def work() -> None:
        with faults.Steps(at, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            stage.run(command, folder, *more)
        os._exit(0)

    return ended([child(work)])[KILLED] == 1


def killed_some_time(command: Command, folder: Path, seconds: float) -> bool:
    """Kill a run after some time; whether it was still running."""

    def work() -> None:
        stage.run(command, folder)
        os._exit(0)

    number = child(work)
    time.sleep(seconds)
    os.kill(number, signal.SIGKILL)
    return ended([number])[KILLED] == 1


def state_after(command: Command, folder: Path, before: dict[str, bytes]) -> str:
    """What a killed run has left once the next run has been: all old, all new, or what is wrong."""
    stage.begin_next_run(folder)
    left = [name for name in stage.files_in(folder) if Path(name).name.startswith(".")]
    left += list(stage.files_in(stage.scratch(folder)))
    if left:
        return f"left over: {left}"
    after = stage.files_in(folder)
    for name, data in before.items():
        if name not in command.written and after.get(name) != data:
            return f"changed: {name}"
    present = {
        name: "old" if name in before and after.get(name) == before[name] else "new"
        for name in command.written
        if name in before or name in after
    }
    missing = [name for name in command.written if name not in before and name not in after]
    if not present or set(present.values()) == {"old"}:
        return "old"
    if set(present.values()) == {"new"} and not missing and all(after[name] for name in command.written):
        return "new"
    return f"half: {present}, missing {missing}"


def kills(name: str, *, most: int | None) -> Counter[str]:
    """Kill runs of a command at every step, or at some; over nothing, and over files that exist."""
    command, counts = COMMANDS[name], Counter[str]()
    for more in ((),) if command.in_place else ((), ("--force",)):
        at = 0
        while True:
            at += 1 if most is None else random.randint(1, most)
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place) / "stage"
                stage.prepare(folder)
                if more:
                    for file in command.written:
                        (folder / file).parent.mkdir(exist_ok=True)
                        (folder / file).write_bytes(stage.OLD)
                before = stage.files_in(folder)
                was_killed = killed(command, folder, at, more)
                counts[state_after(command, folder, before)] += 1
            if not was_killed:
                break
    return counts


def kills_some_time(name: str, rounds: int) -> Counter[str]:
    """Kill runs of a command whenever it comes."""
    command, counts = COMMANDS[name], Counter[str]()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "stage"
            stage.prepare(folder)
            before = stage.files_in(folder)
            killed_some_time(command, folder, random.uniform(0, 0.3))
            counts[state_after(command, folder, before)] += 1
    return counts


def main() -> None:
    """Race and kill, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", action="store_true", help="kill at every step, and whenever it comes")
    parser.add_argument("--rounds", type=int, default=1, help="how often everything is done")
    parser.add_argument("names", nargs="*", metavar="COMMAND", help="only these commands")
    options = parser.parse_args()
    with stage.made_once():
        for _ in range(options.rounds):
            for name in options.names or COMMANDS:
                command = COMMANDS[name]
                result: dict[str, Counter[str]] = {}
                for last in (True, False) if options.many else (True,):
                    with tempfile.TemporaryDirectory() as place:
                        raced = race(command, Path(place) / "stage", at_the_last_step=last)
                        result["race" if last else "race from the start"] = raced
                if command.written:
                    result["kills"] = kills(name, most=None if options.many else MOST_STEPS.get(name, 8))
                    if options.many:
                        result["kills whenever it comes"] = kills_some_time(name, 10)
                print(json.dumps({"command": name, **result}), flush=True)


if __name__ == "__main__":
    main()
