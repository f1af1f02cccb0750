"""What a policy file may state: one table, for the reader, the JSON schema and the writer."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from walkaway_xl import formats
from walkaway_xl.core.kinds import Holds, Kind
from walkaway_xl.core.phrasing import later
from walkaway_xl.policy.model import (
    KINDS,
    CostVersion,
    LineException,
    ListVersion,
    PriceRule,
    ProductClass,
    QuoteRule,
    Signer,
    Tier,
)


class Form(Enum):
    """What a key holds that is no number and no word."""

    WHEN = later('by column: a word, a list of words, a number, or a comparison as ">= 100 and < 500"')
    DAY = later("a day, as 2026-01-31")
    TIERS = later("pairs of quantity and discount: [[10, 0.02], [25, 0.04]]")


class Field(NamedTuple):
    """One key of a table: its kind, what it means, and the name of the attribute if that is another."""

    key: str
    kind: Kind | Form
    words: str
    attribute: str = ""


Row = ProductClass | PriceRule | CostVersion | ListVersion | QuoteRule | Signer | Tier | LineException


class Table(NamedTuple):
    """A table of the file, and whether it comes once or once a row."""

    key: str
    words: str
    fields: tuple[Field, ...]
    attribute: str = ""

    @property
    def row(self) -> Callable[..., Row]:
        """What a row of it makes."""
        return ROW_OF[self.key]


ROW_OF: Mapping[str, Callable[..., Row]] = {
    "rule": PriceRule,
    "class": ProductClass,
    "cost_version": CostVersion,
    "list_version": ListVersion,
    "quote": QuoteRule,
    "exception": LineException,
    "signer": Signer,
    "tier": Tier,
}


FORMS = {
    "tiers": Form.TIERS,
    "when": Form.WHEN,
    "of": Form.WHEN,
    "line": Form.WHEN,
    "from": Form.DAY,
    "on": Form.DAY,
    "until": Form.DAY,
}  # by the key


def _table(key: str, about: str, attribute: str = "", /, **words: str | tuple[str, str]) -> Table:
    """A table by the words of its keys; a pair has the name of the attribute behind them."""
    meanings = {name: (text, "") if isinstance(text, str) else text for name, text in words.items()}
    return Table(
        key,
        about,
        tuple(
            Field(name, FORMS[name] if name in FORMS else KINDS[key][name], *meaning)
            for name, meaning in meanings.items()
        ),
        attribute,
    )


DAYS_OF_LINES = {
    "from": ("the first day on which it holds, by the date of the line", "start"),
    "until": ("the last day", "end"),
}
TOP = _table(
    "",
    "What every line must earn, and who may sign for less.",
    warn="NEAR FLOOR from the minimum margin up to this much above it, in margin points",
    fixed_cost="order cost per unit, in money",
    margin_basis="margins are shares of the invoice price, or net of what leaks off it",
    quote_status="a quote is judged by its worst line, or by all lines together",
    signed_discount="who signs is asked about the whole discount, or what goes beyond the tier's",
)
LEAKAGE = _table(
    "leakage",
    "What leaks off the invoice.",
    rebate="year-end rebate, as a share of the invoice",
    freight="freight you pay, as a share of the invoice",
    rate="cost of money, per year; a day of payment terms costs this ÷ 365",
    terms_days="usual payment terms in days, for lines that name none",
)
ROUNDING = _table(
    "rounding",
    "How floors and maximum discounts are shown; no status depends on it.",
    price=("floors are rounded up to it, in money", "price_step"),
    discount=("maximum discounts are rounded down to it, as a share", "discount_step"),
)
CLASS = _table(
    "class",
    'The minimum margin of a class of products; "*" is every class without a rule of its own.',
    "classes",
    name="the class, as the lines name it",
    min_margin="share of the price that must remain after cost and leakage",
    target_margin="what to aim at, from guidance",
    stretch_margin="what the best deals reach, from guidance",
    min_price="share of the list price below which a line is below floor, too",
    target_price="what to aim at, as a share of the list price",
    stretch_price="what the best deals reach, as a share of the list price",
)
RULE = _table(
    "rule",
    "What lines must earn that fulfil all its conditions. It goes before every class, and the rule that asks "
    "most decides; two that ask as much must not meet in a line.",
    "rules",
    name="what a line says that it decides",
    when="columns of the book, or what check knows them as, and what must stand there",
    **DAYS_OF_LINES,
    min_margin="share of the price that must remain after cost and leakage",
    min_markup="the least that is put on the cost, as a share of it",
    min_price="share of the list price below which a line is below floor",
    min_net="net price of a unit below which a line is below floor, as a contract has it",
    target_margin="what to aim at, in the same four ways",
    target_markup="on the cost",
    target_price="of the list price",
    target_net="in money",
    stretch_margin="what the best deals reach, in the same four ways",
    stretch_markup="on the cost",
    stretch_price="of the list price",
    stretch_net="in money",
    rebate="in place of the policy's",
    freight="in place of the policy's",
    terms_days="in place of the policy's",
    fixed_cost="in place of the policy's",
    tiers="in place of the policy's",
    signed_discount="in place of the policy's",
    note="what somebody should know of it, as guide says how many lines it has learned from",
)
COST_VERSION = _table(
    "cost_version",
    "What lines cost that fulfil all its conditions, in place of their own; the one that asks most decides.",
    "cost_versions",
    name="what it is called",
    when="as of a rule",
    **DAYS_OF_LINES,
    cost="of one unit, in money",
    change="of the line's own cost, as a share of it: 0.03 is 3 % more",
)
LIST_VERSION = _table(
    "list_version",
    "What lines list at that fulfil all its conditions, in place of their own list price; the one that asks "
    "most decides.",
    "list_versions",
    name="what it is called",
    when="as of a rule",
    **DAYS_OF_LINES,
    list_price="of one unit, in money",
    change="of the line's own list price, as a share of it: 0.03 is 3 % more",
)
QUOTE = _table(
    "quote",
    "What a quote as a whole must keep that fulfils all its conditions; check --group-by names the quote. Of "
    "each of its keys the rule that asks most decides. A quote that does not keep one is below floor.",
    "quotes",
    name="what a quote says that it does not keep",
    when="lines, quantity, list_value, revenue, blended_discount, margin or terms_days of the quote, or "
    "columns in which all its lines are the same",
    **{
        "from": ("the first day on which it holds, by the date of its lines", "start"),
        "until": ("the last day", "end"),
    },
    min_margin="of all lines together",
    max_discount="of all lines together, weighted by list value",
    min_revenue="in money",
    max_terms_days="of the line with the longest",
    of="lines of which the shares are meant, by column as in when",
    min_share="of the revenue that they must have",
    max_share="of the revenue that they may have",
    signer="who may sign a quote that does not keep it; the most senior, if left out",
)
SIGNER = _table(
    "signer",
    "Who may sign, the most junior first. The first who meets all limits signs; who has none signs anything.",
    "signers",
    name="a role or a name",
    discount="up to this discount, rising from signer to signer",
    margin="down to this margin, falling",
    price="down to this share of the list price, falling",
    below_points="up to so many points below the minimum margin, rising",
    below_money="up to so much money below the floor, of a line and of a quote, rising",
    terms_days="up to these payment terms, rising",
    size="up to this revenue of a quote, rising",
)
TIER = _table(
    "tier",
    "The discount that a quantity earns by itself, for all units of the line.",
    "tiers",
    quantity="the first quantity that earns it, rising from tier to tier",
    discount="the discount, rising",
)
EXCEPTION = _table(
    "exception",
    "What somebody has decided about a line as it then stood. check --ask FILE writes those that need one.",
    "exceptions",
    line="which line it is: columns of the book, with a word each",
    fingerprint="of its numbers, its class and its product, as --ask writes it; a changed line needs another",
    as_it_stood="its numbers, for people",
    needs="who must sign it",
    requested_by="who asks",
    decided_by="who has decided; one who may sign the line",
    decision="if left out, approved",
    reason="why",
    in_return="what the customer gives for it",
    on=("the day of the decision, and the first on which it holds", "start"),
    until=("the last day", "end"),
)
ONCE = (LEAKAGE, ROUNDING)
ROWS = (CLASS, RULE, COST_VERSION, LIST_VERSION, QUOTE, SIGNER, TIER, EXCEPTION)


FORMAT = "format"
"""The key of the format, which stands before all others."""
FORMAT_WORDS = "the format of this file; walkaway-xl upgrade brings an older one up to date"


def current_format() -> int:
    """The number of today's format."""
    return formats.number(formats.POLICY, asked())


def asked() -> Iterator[str]:
    """What a policy may state, an entry for each key."""
    for table in (TOP, *ONCE, *ROWS):
        for field in table.fields:
            yield f"{table.key}.{field.key} {json.dumps(_allowed(field.kind))}"


def schema() -> dict[str, Any]:
    """The JSON schema of a policy file, for editors."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "walkaway_xl policy",
        "description": TOP.words,
        "type": "object",
        "additionalProperties": False,
        "required": [SIGNER.key],
        "properties": {
            FORMAT: {"type": "integer", "minimum": 1, "description": FORMAT_WORDS},
            **_properties(TOP),
            **{table.key: _object(table) for table in ONCE},
            **{
                table.key: {
                    "type": "array",
                    "description": table.words,
                    "items": {**_object(table), **_required(_needed(table))},
                }
                for table in ROWS
            },
        },
    }


def _required(keys: Sequence[str]) -> dict[str, list[str]]:
    return {"required": list(keys)} if keys else {}


def _needed(table: Table) -> tuple[str, ...]:
    if table is EXCEPTION:
        return ("line", "fingerprint")
    if table in (RULE, QUOTE, SIGNER):
        return (table.fields[1 if table is RULE else 0].key,)
    if table in (COST_VERSION, LIST_VERSION):
        return ()
    return tuple(field.key for field in table.fields[: 2 if table is CLASS else None])


def _object(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.words,
        "additionalProperties": False,
        "properties": _properties(table),
    }


def _properties(table: Table) -> dict[str, Any]:
    return {field.key: {**_allowed(field.kind), "description": field.words} for field in table.fields}


def _allowed(kind: Kind | Form) -> dict[str, Any]:
    """A kind in the words of a JSON schema."""
    if kind is Form.WHEN:
        words = {"type": "array", "minItems": 1, "items": {"type": ["string", "integer"]}}
        return {"type": "object", "additionalProperties": {"anyOf": [{"type": ["string", "number"]}, words]}}
    if kind is Form.TIERS:
        pair = {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number", "minimum": 0}}
        return {"type": "array", "minItems": 1, "items": pair}
    if kind is Form.DAY:
        return {"type": "string", "format": "date"}
    assert isinstance(kind, Kind)
    if kind.only_words:
        return {"type": "string", "enum": list(kind.words)}
    if kind.holds is Holds.TEXT:
        return {"type": "string", "minLength": 1}
    least, most, above_least, below_most, whole = kind.range
    ends = {
        "exclusiveMinimum" if above_least else "minimum": least,
        "exclusiveMaximum" if below_most else "maximum": most,
    }
    return {
        "type": "integer" if whole else "number",
        **{word: end for word, end in ends.items() if math.isfinite(end)},
    }
