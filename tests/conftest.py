"""What all tests share: how long Hypothesis looks."""

from hypothesis import settings

settings.register_profile("walkaway", max_examples=200, deadline=None)
settings.load_profile("walkaway")
