"""The command line's own parser in the reader's language: its helps, and what argparse itself says."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from walkaway_xl.core.phrasing import phrase, spoken

# What argparse says by itself. It asks gettext for these texts, so they belong to the catalogue.
ARGPARSE_TEXTS = (
    "usage: ",
    "commands",  # titles that ours give it
    "actions",
    "positional arguments",
    "options",
    "show this help message and exit",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "one of the arguments %s is required",
    "unrecognized arguments: %s",
    "not allowed with argument %s",
    "ignored explicit argument %r",
    "ambiguous option: %(option)s could match %(matches)s",
    "expected one argument",
    "expected at most one argument",
    "expected at least one argument",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
)
ARGPARSE_COUNTS = (("expected %s argument", "expected %s arguments"),)


@contextmanager
def argparse_spoken() -> Iterator[None]:
    """Let argparse say its own texts in the language that is spoken, while this is open."""
    translation, own = spoken(), vars(argparse)
    before = {name: own[name] for name in ("_", "ngettext")}
    if translation is not None:  # its names are the usual ones of gettext, and it offers no other way in
        own.update({"_": lambda text: phrase(text) if text else text, "ngettext": translation.ngettext})
    try:
        yield
    finally:
        own.update(before)


def translate(parser: argparse.ArgumentParser) -> None:
    """Say the helps of a parser and of its commands in the language that is spoken."""
    for holder, attribute in _helps(parser):
        setattr(holder, attribute, phrase(getattr(holder, attribute)))


def texts(parser: argparse.ArgumentParser) -> list[str]:
    """The helps of a parser and of its commands, as the source has them."""
    return [getattr(holder, attribute) for holder, attribute in _helps(parser)]


def _helps(parser: argparse.ArgumentParser) -> Iterator[tuple[Any, str]]:
    """What has a help, and the attribute that holds it."""
    yield from ((parser, name) for name in ("description", "epilog") if getattr(parser, name))
    actions: list[Any] = parser._actions
    for action in actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _helps(command)
            yield from ((listed, "help") for listed in action._choices_actions if listed.help)
        elif action.help and not isinstance(action, argparse._HelpAction):  # argparse has said that
            yield action, "help"
