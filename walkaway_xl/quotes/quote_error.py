"""What is said when a policy or a quote file cannot be used."""

from walkaway_xl.core.errors import WalkawayError


class QuoteError(WalkawayError):
    """A policy or a quote file that cannot be used, and what helps."""
