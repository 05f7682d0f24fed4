"""The published figures of the bundled workspace, read once for all tests of verdicts."""

from collections.abc import Iterator

import pytest

from placedex.observations import Observations
from placedex.workspace import open_workspace
from tests.conftest import EXAMPLE


@pytest.fixture(scope="session")
def figures() -> Iterator[Observations]:
    """Every figure of the bundled workspace, with the older editions of connectivity."""
    with open_workspace(EXAMPLE).observations() as observations:
        yield observations
