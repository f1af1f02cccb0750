"""What a policy file may state: one table, for the reader, the JSON schema and the writer."""

import json
from typing import Any, NamedTuple

MOST = 1e12  # of anything that a policy states


class Kind(NamedTuple):
    """What a value must be, in the words of a message and in those of a JSON schema."""

    words: str
    schema: dict[str, Any]
    remedy: str = ""

    @property
    def meaning(self) -> str:
        """What a value must be, and how it is written."""
        return f"{self.words}; {self.remedy}" if self.remedy else self.words

    def refusal(self, key: str, value: object) -> str:
        """What is said of a value that is not of this kind."""
        remedy = f". {self.remedy[0].upper()}{self.remedy[1:]}" if self.remedy else ""
        return (
            f"{key} must be {self.words}; it is {json.dumps(value, default=str, ensure_ascii=False)}{remedy}"
        )

    def holds(self, value: object) -> bool:
        """Whether a value is of this kind."""
        if "enum" in self.schema:
            return value in self.schema["enum"]
        if "minLength" in self.schema:
            return isinstance(value, str) and bool(value.strip())
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if not abs(value) <= MOST:
            return False
        within = self.schema.get("minimum", value) <= value <= self.schema.get("maximum", value)
        return bool(within and value > self.schema.get("exclusiveMinimum", float("-inf")))


TEXT = Kind("a text", {"type": "string", "minLength": 1})
PERCENT = "write 0.15 for 15 %"
SHARE = Kind("a share between 0 and 1", {"type": "number", "minimum": 0, "maximum": 1}, PERCENT)
MARGIN = Kind(
    "a share of the price between −10 and 1", {"type": "number", "minimum": -10, "maximum": 1}, PERCENT
)
AMOUNT = Kind("a number, zero or more", {"type": "number", "minimum": 0})
STEP = Kind("a number above 0", {"type": "number", "exclusiveMinimum": 0})


BASIS = Kind('"invoice" or "net"', {"type": "string", "enum": ["invoice", "net"]})


class Field(NamedTuple):
    """One key of a table: its kind, what it means, and the name of the attribute if that is another."""

    key: str
    kind: Kind
    words: str
    attribute: str = ""


class Table(NamedTuple):
    """A table of the file, and whether it comes once or once a row."""

    key: str
    words: str
    fields: tuple[Field, ...]
    attribute: str = ""


TOP = Table(
    "",
    "What every line must earn, and who may sign for less.",
    (
        Field("warn", SHARE, "NEAR FLOOR from the minimum margin up to this much above it, in margin points"),
        Field("fixed_cost", AMOUNT, "order cost per unit, in money"),
        Field("margin_basis", BASIS, "margins are shares of the invoice price, or net of what leaks off it"),
    ),
)
LEAKAGE = Table(
    "leakage",
    "What leaks off the invoice.",
    (
        Field("rebate", SHARE, "year-end rebate, as a share of the invoice"),
        Field("freight", SHARE, "freight you pay, as a share of the invoice"),
        Field("rate", SHARE, "cost of money, per year; a day of payment terms costs this ÷ 365"),
        Field("terms_days", AMOUNT, "usual payment terms in days, for lines that name none"),
    ),
)
ROUNDING = Table(
    "rounding",
    "How floors and maximum discounts are shown; no status depends on it.",
    (
        Field("price", STEP, "floors are rounded up to it, in money", "price_step"),
        Field("discount", STEP, "maximum discounts are rounded down to it, as a share", "discount_step"),
    ),
)
CLASS = Table(
    "class",
    'The minimum margin of a class of products; "*" is every class without a rule of its own.',
    (
        Field("name", TEXT, "the class, as the lines name it"),
        Field("min_margin", MARGIN, "share of the price that must remain after cost and leakage"),
        Field("target_margin", MARGIN, "what to aim at, from guidance"),
        Field("stretch_margin", MARGIN, "what the best deals reach, from guidance"),
        Field("min_price", SHARE, "share of the list price below which a line is below floor, too"),
        Field("target_price", SHARE, "what to aim at, as a share of the list price"),
        Field("stretch_price", SHARE, "what the best deals reach, as a share of the list price"),
    ),
    "classes",
)
SIGNER = Table(
    "signer",
    "Who may sign, the most junior first. The first who meets all three limits signs.",
    (
        Field("name", TEXT, "a role or a name"),
        Field("discount", SHARE, "up to this discount, rising from signer to signer"),
        Field("margin", MARGIN, "down to this margin, falling"),
        Field("price", SHARE, "down to this share of the list price, falling"),
    ),
    "signers",
)
TIER = Table(
    "tier",
    "The discount that a quantity earns by itself, for all units of the line.",
    (
        Field("quantity", AMOUNT, "the first quantity that earns it, rising from tier to tier"),
        Field("discount", SHARE, "the discount, rising"),
    ),
    "tiers",
)
ONCE = (LEAKAGE, ROUNDING)
ROWS = (CLASS, SIGNER, TIER)


def schema() -> dict[str, Any]:
    """The JSON schema of a policy file, for editors."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "walkaway_xl policy",
        "description": TOP.words,
        "type": "object",
        "additionalProperties": False,
        "required": [CLASS.key, SIGNER.key],
        "properties": {
            **_properties(TOP),
            **{table.key: _object(table) for table in ONCE},
            **{
                table.key: {
                    "type": "array",
                    "description": table.words,
                    "items": {**_object(table), "required": list(_needed(table))},
                }
                for table in ROWS
            },
        },
    }


def _needed(table: Table) -> tuple[str, ...]:
    return tuple(field.key for field in table.fields[: 2 if table is CLASS else None])


def _object(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.words,
        "additionalProperties": False,
        "properties": _properties(table),
    }


def _properties(table: Table) -> dict[str, Any]:
    return {field.key: {**field.kind.schema, "description": field.words} for field in table.fields}
