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

QUOTES_EXAMPLE = """quote_status = "lines"   # or "blended": all lines together

[[quote]]
name = "Every quote"
min_margin = 0.05

[[quote]]
name = "Large quotes of the West"
when = {region = "West", revenue = ">= 10000"}
min_margin = 0.10
max_terms_days = 60
of = {category = "Tables"}
max_share = 0.30
signer = "Sales director"
"""

SIGNERS_EXAMPLE = """[[signer]]
name = "Account manager"
discount = 0.10
below_points = 0
below_money = 0
size = 5000

[[signer]]
name = "Sales manager"
discount = 0.20
below_points = 0.05
below_money = 200
size = 25000

[[signer]]
name = "Chief executive"
"""

EXCEPTIONS_EXAMPLE = """[[exception]]
line = {order = "Q-1077", product = "Desk 120"}
fingerprint = "b1d97d25f3a6"
requested_by = "Key account team"
decided_by = "Chief executive"
reason = "Matches a written offer"
in_return = "Signs for two years"
on = 2026-03-01
until = 2026-06-30
"""

COSTS_EXAMPLE = """[[cost_version]]
name = "Steel from April"
when = {category = ["Chairs", "Shelves"]}
from = 2026-04-01
change = 0.03

[[cost_version]]
name = "Desk 120 from May"
when = {product = "Desk 120"}
from = 2026-05-01
cost = 71.20
"""

LISTS_EXAMPLE = """[[list_version]]
name = "List of July"
when = {category = ["Chairs", "Shelves"]}
from = 2026-07-01
change = 0.05

[[list_version]]
name = "Desk 120 from July"
when = {product = "Desk 120"}
from = 2026-07-01
list_price = 149.00
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
        "`fixed_cost` take the place of the policy's for its lines, and so do `tiers`, as pairs of "
        "quantity and "
        "discount, and `signed_discount`. `from` and `until` are compared with the date of the line, or with "
        "`check --as-of`, never with the clock."
    )
    yield "## Costs and list prices by date"
    yield f"```toml\n{COSTS_EXAMPLE}```"
    yield (
        "A `[[cost_version]]` says what lines cost in place of their own cost, by the same conditions and "
        "with "
        "the same order: the one that asks most decides. The column `cost_used` shows it. Money of a policy "
        "is in the currency of the sums, where `check --rates` adds up several."
    )
    yield f"```toml\n{LISTS_EXAMPLE}```"
    yield (
        "A `[[list_version]]` says what lines list at, alike. What a line states of its price stays: where "
        "the book has discounts as shares, the discount does, and the price follows the list; where it has "
        "net prices, or discounts in money, they do, and the discount follows. The columns `list_price_used` "
        "and `discount_used` show both. Versions are asked by what the line states, rules by what it "
        "costs and lists at then. Lint finds versions that overlap, and days between two on which neither "
        "holds."
    )
    yield "## Quotes as a whole"
    yield f"```toml\n{QUOTES_EXAMPLE}```"
    yield (
        "`check --group-by order` totals each quote and says how it stands: `status_by_lines` is that of "
        "its worst "
        "line, `status_blended` that of all lines together, whose blended discount is compared with those at "
        "which each line stood at its floor, its warning and its cost. `quote_status` says which of the "
        "two is "
        "its `status`, `decided_by` which it was. The quote of a `discount_floor_sheet` is judged alike, by "
        "the same word on its Policy sheet."
    )
    yield (
        "A `[[quote]]` asks of the quotes that fulfil its conditions: `when` names what they come to "
        "(`lines`, "
        "`quantity`, `list_value`, `revenue`, `blended_discount`, `margin`, `terms_days`, the longest), or "
        "columns in which all of its lines are the same; numbers and days must hold for every line. Each of "
        "its limits is decided by itself: of the rules that state it the one that asks most. `of` names "
        "lines, and `min_share` and `max_share` the part of the revenue that they must and may have. A quote "
        "that does not keep one is BELOW FLOOR, `not_kept` says what, and its `signer` may sign it, or else "
        "the most senior."
    )
    yield "## Who signs"
    yield f"```toml\n{SIGNERS_EXAMPLE}```"
    yield (
        "Every limit is optional, and whoever has none of a kind is not bound by it; those behind have none "
        "either. `discount`, `margin` and `price` are absolute, `below_points` and `below_money` are "
        "measured "
        "from the floor of the line, so that classes of different margins need no limits of their own. "
        "`below_money` and `size` ask of a quote, too. The most senior of those whom the limits ask for "
        "signs, and "
        "the column `asked` says what asked for more than the most junior. With a `signed_discount` of "
        "`beyond_tier` what the quantity earns by itself is taken off the list price before discount and "
        "price are asked about."
    )
    yield "## Exceptions"
    yield f"```toml\n{EXCEPTIONS_EXAMPLE}```"
    yield (
        "`check --group-by order --ask register.csv` writes a row for each line below floor that has no "
        "valid "
        "exception: what names it (its quote, its product, its day), its fingerprint, how it stood and who "
        "must sign. Fill in who asked, who decided, why, and from when until when, and give it to `check "
        "--exceptions register.csv`; a `.toml` file of `[[exception]]`s and the policy itself hold them "
        "as well. "
        "An exception changes no status: the line says VALID in the column `exception`, and exit code and "
        "`open` of its quote no longer mind it."
    )
    yield table(
        ("an exception is", "if"),
        [
            ("INCOMPLETE", "somebody, a reason or a day is missing"),
            ("DECLINED", "that was the decision"),
            ("STALE", "the line has another fingerprint: its numbers, class or product have changed"),
            ("EXPIRED", "the day of the line, or `--as-of`, lies outside of its days"),
            ("TOO JUNIOR", "whoever decided may not sign the line"),
            ("VALID", "none of this holds"),
            ("NO LINE", "no line of the book is meant"),
        ],
    )
    yield "## What a sheet holds"
    yield (
        "The Policy sheet of a `discount_floor_sheet` has classes, three limits of signers, tiers and "
        "`quote_status`. It has no rules for lines or quotes, no versions of costs or of list prices, no "
        "other limits and no price floors, and `guide --out book.xlsx` refuses what it cannot hold. Its "
        "Exceptions sheet has fingerprints "
        "of its own, which are those of its cells."
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
