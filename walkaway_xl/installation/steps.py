"""A plan: steps that can be told, done and undone. It is carried out whole or not at all."""

import contextlib
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from walkaway_xl import files
from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase

Undo = Callable[[], None]
PATIENCE = 120  # seconds that a program may take
# LibreOffice's unopkg says last that it failed, whatever the reason; a place in its source follows that.
UNOPKG_EXCEPTION = re.compile(r"Exception occurred: (.*?)(?: at \./\S+)?$", re.MULTILINE)


class InstallationError(WalkawayError):
    """Something that could not be installed or removed, and what helps."""


class Step(Protocol):
    """One thing to do."""

    @property
    def words(self) -> str:
        """What is done, for a person."""

    def carry_out(self) -> Undo:
        """Do it, and say how it is undone."""


@dataclass(frozen=True)
class WriteFile:
    """Write a file, in place of what was there."""

    path: Path
    content: bytes

    @property
    def words(self) -> str:
        return phrase("write {path} ({count} kB)", path=self.path, count=f"{len(self.content) / 1000:,.0f}")

    def carry_out(self) -> Undo:
        made = files.make_folder(self.path.parent)
        before = None

        def undo() -> None:
            if before is None:
                self.path.unlink(missing_ok=True)
                files.remove_folders(made)
            else:
                files.target(self.path, force=True).write(before)

        try:
            place = files.target(self.path, force=True)
            before = self.path.read_bytes() if self.path.exists() else None
            place.write(self.content)
        except BaseException:  # which leaves what was there as it was
            files.remove_folders(made)
            raise
        return undo


@dataclass(frozen=True)
class DeleteFile:
    """Delete a file that an installation wrote, and its folder if nothing else is in it."""

    path: Path

    @property
    def words(self) -> str:
        return f"delete {self.path}"

    def carry_out(self) -> Undo:
        if not self.path.exists():
            return lambda: None
        before = self.path.read_bytes()
        self.path.unlink()
        with contextlib.suppress(OSError):  # something else is in it
            self.path.parent.rmdir()

        def undo() -> None:
            files.make_folder(self.path.parent)
            files.target(self.path, force=True).write(before)

        return undo


@dataclass(frozen=True)
class Note:
    """Say what is worth knowing; nothing is done."""

    words: str

    def carry_out(self) -> Undo:
        return lambda: None


@dataclass(frozen=True)
class RunProgram:
    """Run a program of the machine; another call takes back what it did.

    `remedies` are words for a person by what the program says when it fails.
    """

    words: str
    command: tuple[str, ...]
    back: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None
    remedies: Mapping[str, str] = field(default_factory=dict)

    def carry_out(self) -> Undo:
        def undo() -> None:
            if self.back:
                run(self.back, self.environment)

        try:
            run(self.command, self.environment, self.remedies)
        except BaseException:  # a program can fail when half of its work is done
            with contextlib.suppress(WalkawayError):
                undo()
            raise
        return undo


def run(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    remedies: Mapping[str, str] | None = None,
) -> str:
    """Run a program and give back what it said; if it fails, say that, or the words for a person.

    Who interrupts us does not interrupt the program: cut off, it would leave its work half done and locked.
    """
    # An interruption reaches the main thread alone: the program is started and waited for in another one.
    with tempfile.TemporaryFile() as output, ThreadPoolExecutor(1) as other:
        code = other.submit(_completed, command, environment, output).result()
        output.seek(0)
        message = output.read().decode(errors="replace").strip().replace("\r\n", "\n")
    if code:
        for sign, remedy in (remedies or {}).items():
            if sign in message:
                raise InstallationError(phrase(remedy))
        raise InstallationError(f"{Path(command[0]).name}: {_reason(message) or code}")
    return message


def _completed(command: Sequence[str], environment: Mapping[str, str] | None, output: IO[bytes]) -> int:
    """The exit code of a program that writes into a file: a pipe stays open as long as whatever it starts."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            timeout=PATIENCE,
            process_group=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        ).returncode
    except OSError as error:
        raise InstallationError(f"{command[0]}: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise InstallationError(
            phrase("{command}: no answer within {seconds} seconds", command=command[0], seconds=PATIENCE)
        ) from error


def _reason(message: str) -> str:
    """The line that tells most of what a failed program said."""
    exceptions: list[str] = UNOPKG_EXCEPTION.findall(message)
    return (exceptions or message.splitlines() or [""])[-1].rstrip(".")


def carry_out(steps: Iterable[Step], tell: Callable[[str], None]) -> None:
    """Carry a plan out; if a step fails, take back those before it, the last one first.

    Parameters
    ----------
    steps : iterable of Step
        The plan.
    tell : callable
        Is told each step before it is done.

    Raises
    ------
    InstallationError
        If a step failed. Nothing of the plan is left then.
    """
    undone: list[Undo] = []
    for step in list(steps):  # what keeps the plan from being made is found before its first step is done
        tell(step.words)
        try:
            undone.append(step.carry_out())
        except BaseException as error:  # also where somebody loses patience
            for undo in reversed(undone):
                with contextlib.suppress(WalkawayError, OSError):  # as much as can be taken back
                    undo()
            if isinstance(error, WalkawayError | OSError):
                raise InstallationError(
                    phrase("{step}. Nothing was changed.", step=_failure(step, error))
                ) from error
            raise


def _failure(step: Step, error: WalkawayError | OSError) -> str:
    """What failed and why; what it is about is named once."""
    if isinstance(error, OSError):
        return f"{step.words}: {error.strerror or error}"
    if isinstance(error, files.FileError):  # which names the file
        return str(error).removesuffix("; nothing was changed")
    return f"{step.words}: {error}"
