"""Each test of a large table runs on every engine."""

from collections.abc import Iterator

import pytest

from placedex.store import Engine
from tests.engines import ENGINES, opened


@pytest.fixture(scope="package", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    pytest.importorskip("ibis")
    with opened(request.param, tmp_path_factory.mktemp("engine")) as one:
        yield one
