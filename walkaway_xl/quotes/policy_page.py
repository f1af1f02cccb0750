"""The page of the policy: every key of its file and every fault, written from their tables."""

import json
from collections.abc import Iterator

from walkaway_xl.core.choices import choices
from walkaway_xl.core.kinds import Kind
from walkaway_xl.pages.markdown import joined, table
from walkaway_xl.policy import WARN_DEFAULT
from walkaway_xl.policy.fields import ONCE, ROWS, TOP, Table, schema
from walkaway_xl.policy.rules import RULES
from walkaway_xl.policy.toml import example

PATH, SCHEMA_PATH = "docs/policy.md", "docs/policy.schema.json"


def page() -> str:
    """The page as Markdown."""
    return joined(_blocks())


def schema_text() -> str:
    """The JSON schema as a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _blocks() -> Iterator[str]:
    yield "# The policy"
    yield (
        "A policy says what every line must earn, and who may sign for less. It is a file, `policy.toml`, "
        "or the Policy sheet of a `discount_floor_sheet` workbook; both have the same words and the same "
        "checks. `walkaway-xl policy new` writes this example to change, `walkaway-xl policy lint "
        "policy.toml` says whether it is sound, and [check](quotes.md) checks whole quote books by it."
    )
    yield f"```toml\n{example()}```"
    yield (
        f"Shares are fractions: 0.15 is 15 %. What is left out is 0, and `warn` is {WARN_DEFAULT}. "
        "[policy.schema.json](policy.schema.json), which `walkaway-xl policy schema` prints, too, makes an "
        "editor complete and check the file."
    )
    yield "## What it states"
    for toml_table in (TOP, *ONCE, *ROWS):
        yield f"### {_title(toml_table)}"
        yield toml_table.words
        yield table(
            ("key", "what it means", "value"),
            [(f"`{field.key}`", field.words, _meant(field.kind)) for field in toml_table.fields],
        )
    yield "## What lint finds"
    yield (
        "Each fault is told with its line and what helps. `check` refuses a policy with a fault that is "
        "marked here, and mentions the others. Exit code 0: sound; 1: there are faults; 2: it cannot be read."
    )
    yield table(
        ("fault", "what helps", "check refuses"),
        [(rule.title, rule.remedy, "yes" if rule.stops else "") for rule in RULES],
    )


def _meant(kind: Kind) -> str:
    """What a value must be, as the reference of the functions says it."""
    return choices(kind.words) if kind.only_words else f"{kind.word}{kind.reach and f', {kind.reach}'}"


def _title(toml_table: Table) -> str:
    if not toml_table.key:
        return "At the top"
    return f"`[{toml_table.key}]`" if toml_table in ONCE else f"`[[{toml_table.key}]]`, once for each"
