"""What all tests share: how long Hypothesis looks, and that no reason is missing from the table."""

import pytest
from hypothesis import settings

from walkaway_xl.core.errors import reasons

settings.register_profile("walkaway", max_examples=30, deadline=None)
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


def _is_thorough(config: pytest.Config) -> bool:
    return config.getoption("--hypothesis-profile") == "thorough"


@pytest.fixture(scope="session")
def is_thorough(pytestconfig: pytest.Config) -> bool:
    """Whether tests that ask many like questions of a slow host ask all of them."""
    return _is_thorough(pytestconfig)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what only a thorough run asks out of the others."""
    if not _is_thorough(config):
        items[:] = [item for item in items if item.get_closest_marker("thorough") is None]
