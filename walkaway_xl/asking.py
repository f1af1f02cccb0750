"""What has two meanings or is not said: asked in a terminal, refused with the options elsewhere."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from walkaway_xl.core.errors import WalkawayError
from walkaway_xl.core.phrasing import phrase

Ask = Callable[[str], str]


class Meaning(NamedTuple):
    """One way to understand what was given, and the words of a command line that say so."""

    words: str
    arguments: tuple[str, ...]

    @property
    def option(self) -> str:
        """The words as somebody types them."""
        return " ".join(_quoted(argument) for argument in self.arguments)


class AmbiguityError(WalkawayError):
    """What was given can be read in more ways than one.

    Parameters
    ----------
    question : str
        What is open, in a sentence without its full stop.
    meanings : sequence of Meaning
        The ways to read it, the likeliest first.
    """

    def __init__(self, question: str, meanings: Sequence[Meaning]):
        self.question, self.meanings = question, tuple(meanings)
        options = "; ".join(f"{meaning.option}: {meaning.words}" for meaning in self.meanings)
        super().__init__(phrase("{question}. Say which: {options}", question=question, options=options))

    def __reduce__(self) -> tuple[type["AmbiguityError"], tuple[str, tuple[Meaning, ...]]]:
        """As it is made, so that a worker of a cluster can hand it on."""
        return AmbiguityError, (self.question, self.meanings)


class MissingError(WalkawayError):
    """Something is needed that nothing says; somebody may know which of several things says it.

    Parameters
    ----------
    refusal : str
        What is said where nobody can be asked: the fact and the options that help.
    question : str
        What is asked where somebody can.
    candidates : mapping
        What could say it, each with what it would mean then, the likeliest first.
    """

    keeping: str | None = None
    """The option of the command that keeps how its file is read; None where it has no such option."""

    def __init__(self, refusal: str, question: str, candidates: Mapping[str, Sequence[Meaning]]):
        self.question, self.candidates = question, candidates
        super().__init__(refusal)


def is_terminal() -> bool:
    """Whether somebody is there who can answer: what is asked is seen, and what is typed is read."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def choose(answer: Ask, question: str, choices: Sequence[str]) -> int:
    """Place of the choice whose number is typed; Enter alone takes the first.

    Parameters
    ----------
    answer : callable
        Shows a question and gives back what was typed, as `input` does.
    question : str
        What is asked.
    choices : sequence of str
        What can be answered.
    """
    number = _number(answer, question, choices, phrase("Number (1): "))
    return 0 if number is None else number


def _number(answer: Ask, question: str, choices: Sequence[str], prompt: str) -> int | None:
    """Place of the choice whose number is typed; None for Enter alone."""
    listed = "\n".join(f"  {number}  {words}" for number, words in enumerate(choices, 1))
    while typed := answer(f"{question}\n{listed}\n{prompt}").strip():
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
            return int(typed) - 1
        question = phrase("Please type a number from 1 to {count}.", count=len(choices))
    return None


def ask(question: str) -> str:
    """Show a question and give back what is typed; `input` would show it on standard error, as C does."""
    print(question, end="", flush=True)
    return input()


def decided(run: Callable[[Sequence[str]], int], arguments: Sequence[str], answer: Ask = ask) -> int:
    """Run a command, and again with what is answered wherever a terminal can say what it does not know.

    Parameters
    ----------
    run : callable
        Runs the command that its arguments say.
    arguments : sequence of str
        The words of the command line.
    answer : callable, optional
        Shows a question and gives back what was typed.

    Returns
    -------
    int
        What `run` gives back. Without a terminal the `AmbiguityError` or `MissingError` is raised, and names
        the options; so is the second where somebody gives up.
    """
    is_offered = False
    while True:
        try:
            return run(arguments)
        except AmbiguityError as open_question:
            if not is_terminal():
                raise
            question = phrase("{question}. Which is meant?", question=open_question.question)
            arguments = [*arguments, *_meant(answer, question, open_question.meanings).arguments]
        except MissingError as gap:
            candidates = list(gap.candidates)
            number = (
                _number(answer, gap.question, candidates, phrase("Number (Enter gives up): "))
                if is_terminal()
                else None
            )
            if number is None:
                raise
            question = phrase("What does {name} hold?", name=candidates[number])
            arguments = [*arguments, *_meant(answer, question, gap.candidates[candidates[number]]).arguments]
            if gap.keeping is not None and not is_offered:
                is_offered = True
                arguments = [*arguments, *_keeping(answer, gap.keeping)]


def _meant(answer: Ask, question: str, meanings: Sequence[Meaning]) -> Meaning:
    """The meaning that is chosen; one alone is not asked about."""
    if len(meanings) == 1:
        return meanings[0]
    return meanings[choose(answer, question, [f"{meaning.words} ({meaning.option})" for meaning in meanings])]


def _keeping(answer: Ask, option: str) -> list[str]:
    """The option that keeps how a file is read, with the name that is typed; nothing for Enter alone."""
    prompt = phrase("File name, as quotes.toml (Enter keeps nothing): ")
    question = phrase("Keep how this file is read, for the next one?")
    while typed := answer(f"{question}\n{prompt}").strip():
        if not Path(typed).exists():
            return [f"{option}={typed}"]
        question = phrase("{typed} exists; please type another name.", typed=typed)
    return []


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[\w.=-]{2,}", text) else f'"{text}"'
