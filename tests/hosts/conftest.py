"""The hosts that take a while to start: once for all tests."""

from collections.abc import Iterator

import pytest

from tests.hosts.stand_ins.pyodide import Pyodide
from tests.hosts.stand_ins.wine import Server
from walkaway_xl.hosts.lite import lite_code


@pytest.fixture(scope="session")
def pyodide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pyodide]:
    """What Lite runs, where it runs."""
    with Pyodide.with_main(lite_code.main(), tmp_path_factory.mktemp("lite")) as session:
        yield session


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """What the add-in starts on Windows."""
    with Server() as started:
        yield started
