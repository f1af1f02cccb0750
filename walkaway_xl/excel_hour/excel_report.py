"""What was seen in Excel, as JSON and as a page: without the paths, the names and the machine of its user."""

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.quotes.markup import Html, element

FORMAT = 1  # of the JSON; one more where a reader would misunderstand it
NAMES = ("USERNAME", "USER", "COMPUTERNAME", "USERDOMAIN", "USERDNSDOMAIN", "LOGNAME")
HIDDEN = "…"
# A path from a drive, a share, a folder of Unix or an address, up to the name of its file.
PATH = re.compile(
    r"""(?:file:///?|https?://|[A-Za-z]:[\\/]|\\\\|(?<![\w.])/(?=[\w.~-]+/))[^"'<>|*?\r\n\[\](),;]*[\\/]"""
)
STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.4rem .6rem;"
    "text-align:left;vertical-align:top}.failed{color:#9b1c1c}.passed{color:#14632b}.never{color:#6b5900}"
    "small{color:#555}@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#eee}"
    ".failed{color:#ff9b9b}.passed{color:#8fdca5}.never{color:#e6cf6b}small{color:#bbb}}"
)


class State(Enum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    NEVER_RUN = "never run"


STATES = {
    State.PASSED: later("✔ passed"),
    State.FAILED: later("✖ failed"),
    State.NEVER_RUN: later("– never run"),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one step."""

    key: str
    title: str
    state: State
    words: str
    seconds: float = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    dialogs: Sequence[str] = ()
    """What Excel asked meanwhile."""


@dataclass(frozen=True)
class Report:
    """The whole of it."""

    versions: Mapping[str, str]
    outcomes: Sequence[Outcome]

    @property
    def is_clean(self) -> bool:
        """Whether every step has passed."""
        return all(outcome.state is State.PASSED for outcome in self.outcomes)

    def json(self) -> str:
        """The report for a program."""
        steps = [{**asdict(outcome), "state": outcome.state.value} for outcome in self.outcomes]
        whole = {"format": FORMAT, "versions": dict(self.versions), "steps": steps}
        return json.dumps(scrubbed(whole), ensure_ascii=False, indent=1) + "\n"

    def html(self) -> str:
        """The report for a person."""
        clean = [
            Outcome(**{**scrubbed(asdict(outcome)), "state": outcome.state}) for outcome in self.outcomes
        ]
        head = [phrase("Step"), phrase("Outcome"), phrase("What was seen"), phrase("Seconds")]
        versions = ", ".join(f"{name} {version}" for name, version in scrubbed(dict(self.versions)).items())
        body = (
            element("h1", phrase("What Excel shows")),
            element("p", versions),
            element("p", self.summary()),
            element(
                "table",
                element("thead", element("tr", *(element("th", title, scope="col") for title in head))),
                element("tbody", *(_row(outcome) for outcome in clean)),
            ),
        )
        page = element(
            "html",
            element(
                "head",
                element("meta", charset="utf-8"),
                element("title", phrase("What Excel shows")),
                element("style", Html(STYLE)),
            ),
            element("body", *body),
            lang="en",
        )
        return f"<!doctype html>\n{page}\n"

    def summary(self) -> str:
        """How many steps ended how."""
        counts = {state: sum(outcome.state is state for outcome in self.outcomes) for state in State}
        return phrase(
            "{passed} steps passed, {failed} failed, {never} were never run.",
            passed=counts[State.PASSED],
            failed=counts[State.FAILED],
            never=counts[State.NEVER_RUN],
        )


def _row(outcome: Outcome) -> Html:
    seen = [element("div", outcome.words)]
    seen += [
        element("div", element("small", f"{name}: {_shown(fact)}"))
        for name, fact in outcome.facts.items()
        if fact not in ("", [])
    ]
    seen += [
        element("div", phrase("Excel asked: {words}", words=dialog), class_="failed")
        for dialog in outcome.dialogs
    ]
    return element(
        "tr",
        element("th", outcome.title, scope="row"),
        element("td", phrase(STATES[outcome.state]), class_=outcome.state.value.split()[0]),
        element("td", *seen),
        element("td", f"{outcome.seconds:,.1f}"),
    )


def _shown(fact: Any) -> str:
    return "; ".join(map(str, fact)) if isinstance(fact, list | tuple) else str(fact)


def scrubbed(value: Any, names: Iterable[str] | None = None) -> Any:
    """A value without what says whose machine it comes from.

    Parameters
    ----------
    value : object
        Texts, and what holds them.
    names : iterable of str, optional
        Names of the user and the machine; those of this one by default.
    """
    own = tuple(_own_names() if names is None else names)
    if isinstance(value, str):
        text = PATH.sub(f"{HIDDEN}/", value)
        for name in own:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
        return text
    if isinstance(value, Mapping):
        return {scrubbed(key, own): scrubbed(held, own) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [scrubbed(held, own) for held in value]
    return value


def _own_names() -> list[str]:
    """The longest first, so that none is left in pieces."""
    names = {os.environ.get(name, "") for name in NAMES} | {Path.home().name}
    return sorted((name for name in names if name), key=len, reverse=True)
