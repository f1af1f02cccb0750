"""The page of the policy: every key of its file and every fault, written from their tables."""

import json
from collections.abc import Iterator

from walkaway_xl.core.choices import choices
from walkaway_xl.core.kinds import Kind
from walkaway_xl.pages.markdown import joined, table
from walkaway_xl.policy import WARN_DEFAULT
from walkaway_xl.policy.fields import FORMAT, FORMAT_WORDS, ONCE, ROWS, TOP, Form, Table, schema
from walkaway_xl.policy.rules import RULES
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes.book_faults import BOOK_RULES

RULES_EXAMPLE = """[[rule]]
name = "West chairs by the hundred"
when = {region = "West", category = ["Chairs", "Tables"], quantity = ">= 100"}
min_margin = 0.08
target_margin = 0.15

[[rule]]
name = "Contract with Miller"
when = {customer = "Miller Ltd", product = "Desk 120"}
from = 2026-01-01
until = 2026-12-31
min_net = 84.50
"""

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
    yield (f"`{FORMAT}` is {FORMAT_WORDS}. Without it the file is read as one of today's.")
    yield "## Rules of several columns"
    yield (
        "A `[[rule]]` is for the lines that fulfil all its conditions: `when` names columns of the book, "
        "or what `check` knows them as (`quantity`, `list_price`, `discount` as a share, `cost`, `class`), "
        "each with a word, a list of words, a number or a comparison. Case and spaces around a word do not "
        "matter."
    )
    yield f"```toml\n{RULES_EXAMPLE}```"
    yield (
        "**Who decides.** A rule goes before every class. Of several rules that a line fulfils the one "
        "that asks for most decides: each column counts one, and `from` or `until` together one. Two that "
        "ask as much and can meet in a line are a tie, which lint finds and `check` refuses. The column "
        "`rule` of the checked lines names the rule or the class, and the summary the rules that decide no "
        "line."
    )
    yield (
        "**What it states** is a floor: `min_margin`, `min_markup` on the cost, `min_price` as a share of "
        "the list price, or `min_net` in money, as a contract has it. Of several the highest price counts. "
        "Targets and stretches are stated in the same ways; `rebate`, `freight`, `terms_days` and "
        "`fixed_cost` take the place of the policy's for its lines. `from` and `until` are compared with "
        "the date of the line, never with the clock. The Policy sheet knows no rules."
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
    yield "`walkaway-xl policy lint policy.toml --book lines.csv` finds also what a book has no use for:"
    yield table(("fault", "what helps"), [(rule.title, rule.remedy) for rule in BOOK_RULES])


def _meant(kind: Kind | Form) -> str:
    """What a value must be, as the reference of the functions says it."""
    if isinstance(kind, Form):
        return kind.value
    return choices(kind.words) if kind.only_words else f"{kind.word}{kind.reach and f', {kind.reach}'}"


def _title(toml_table: Table) -> str:
    if not toml_table.key:
        return "At the top"
    return f"`[{toml_table.key}]`" if toml_table in ONCE else f"`[[{toml_table.key}]]`, once for each"
