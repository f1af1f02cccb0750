"""A pricing policy: what it states, how it is written, the rules that it can break, and made ready."""

from walkaway_xl.policy.model import (
    EVERY_CLASS,
    EXAMPLE,
    KINDS,
    NOBODY,
    WARN_DEFAULT,
    CostVersion,
    LineException,
    ListVersion,
    Policy,
    PriceRule,
    ProductClass,
    QuoteRule,
    Signer,
    Tier,
)

__all__ = [
    "EVERY_CLASS",
    "EXAMPLE",
    "KINDS",
    "NOBODY",
    "WARN_DEFAULT",
    "CostVersion",
    "LineException",
    "ListVersion",
    "Policy",
    "PriceRule",
    "ProductClass",
    "QuoteRule",
    "Signer",
    "Tier",
]
