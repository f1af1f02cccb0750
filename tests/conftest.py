"""What all tests share: how long Hypothesis looks, and that no reason is missing from the table."""

import pytest
from hypothesis import settings

from walkaway_xl.core.errors import reasons

settings.register_profile("walkaway", deadline=None)
settings.register_profile(
    "thorough", max_examples=2000, deadline=None
)  # pytest --hypothesis-profile thorough
settings.load_profile("walkaway")


@pytest.fixture(autouse=True)
def every_reason_is_in_the_table():
    """A reason that is not there would have another number in another process."""
    before = len(reasons().listed)
    yield
    missing = reasons().listed[before:]
    assert not missing, f"walkaway-xl generate does not see {missing}"


@pytest.fixture(scope="session")
def is_thorough(pytestconfig: pytest.Config) -> bool:
    """Whether tests that ask many like questions of a slow host ask all of them."""
    return pytestconfig.getoption("--hypothesis-profile") == "thorough"
