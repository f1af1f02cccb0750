"""A Windows Python under Wine, in which the tests run what Excel starts."""
