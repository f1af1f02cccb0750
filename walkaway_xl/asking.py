"""A question that has two meanings: asked in a terminal, refused with the options elsewhere."""

import re
import sys
from collections.abc import Callable, Sequence
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
    listed = "\n".join(f"  {number}  {words}" for number, words in enumerate(choices, 1))
    while True:
        typed = answer(f"{question}\n{listed}\n{phrase('Number (1): ')}").strip() or "1"
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
            return int(typed) - 1
        question = phrase("Please type a number from 1 to {count}.", count=len(choices))


def ask(question: str) -> str:
    """Show a question and give back what is typed; `input` would show it on standard error, as C does."""
    print(question, end="", flush=True)
    return input()


def decided(run: Callable[[Sequence[str]], int], arguments: Sequence[str], answer: Ask = ask) -> int:
    """Run a command, and again with what is answered wherever it meets two meanings in a terminal.

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
        What `run` gives back. Without a terminal the `AmbiguityError` is raised, and names the options.
    """
    while True:
        try:
            return run(arguments)
        except AmbiguityError as open_question:
            if not is_terminal():
                raise
            choices = [f"{meaning.words} ({meaning.option})" for meaning in open_question.meanings]
            number = choose(
                answer, phrase("{question}. Which is meant?", question=open_question.question), choices
            )
            arguments = [*arguments, *open_question.meanings[number].arguments]


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[\w.=-]{2,}", text) else f'"{text}"'
