"""Draws that make no sense are refused before anything is drawn."""

import pytest

from placedex.errors import BadSpec
from placedex.index.choices import Choices, NoisyWeights
from placedex.index.draws import make_engine
from placedex.index.monte_carlo import simulate
from tests.index.uncertain_specs import panel, spec

pytest.importorskip("numba")
VALUES = [[80.0, 20.0], [45.0, 50.0]]


def test_a_seed_below_nought_is_refused() -> None:
    with pytest.raises(BadSpec, match="-1 as a seed were asked for. Wanted 0 or more"):
        make_engine(spec(2), panel(VALUES), Choices(weights=NoisyWeights()), seed=-1)


@pytest.mark.parametrize("draws", [0, -3])
def test_no_draws_are_refused(draws: int) -> None:
    engine = make_engine(spec(2), panel(VALUES), Choices(weights=NoisyWeights()), seed=1)

    with pytest.raises(BadSpec, match=f"{draws} draws were asked for. Wanted 1 or more"):
        simulate(engine, draws)


def test_a_top_without_a_place_is_refused() -> None:
    engine = make_engine(spec(2), panel(VALUES), Choices(weights=NoisyWeights()), seed=1)

    with pytest.raises(BadSpec, match="0 places at the top were asked for"):
        simulate(engine, 10, top=0)
