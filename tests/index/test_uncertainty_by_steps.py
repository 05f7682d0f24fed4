"""How sure a rank is where a step has no kernel: drawn step by step, or refused by name."""

import dataclasses

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Aggregate, LeftOpen, build, find_uncertainty
from placedex.index.choices import Alternative, Choice, Choices, NoisyWeights, Sampling
from placedex.index.kemeny import KemenyYoung
from placedex.index.normalisations import ZScore
from placedex.index.normalise import Normalise
from placedex.index.step import State
from placedex.index.uncertainty import uncertainty_or_why_not, why_not_drawn
from placedex.index.weight import Weights
from placedex.index.weighting import Entropy
from tests.index.test_uncertainty import TURNED, by_place, drawn
from tests.index.uncertain_specs import MEAN, panel, panel_of_many, spec


@dataclasses.dataclass(frozen=True)
class Odd:
    """A treatment that nobody compiled: every figure less by its place's number."""

    verb: str = "treat"
    words: str = "Something odd is done."

    def apply(self, state: State) -> State:
        less = np.arange(len(state.panel.places))[:, np.newaxis]
        return state.with_panel(state.panel.with_values(state.panel.values - less))


def test_a_step_that_nobody_compiled_is_drawn_as_it_is_built() -> None:
    """B is less by 1 on both: 44 and 49. The rest is as without the step."""
    made = spec(2, LeftOpen(Choices((MEAN,)), draws=200, points=20), Odd())
    found = find_uncertainty(made, panel(TURNED))

    assert found is not None
    assert by_place(found)["B"]["rank"] == 2
    assert by_place(found)["B"]["mean_rank"] == pytest.approx(1.5, abs=0.15)
    assert why_not_drawn(build(made, panel(TURNED))) == ""


def test_how_many_runs_are_done_is_told_up_to_the_last() -> None:
    """30 draws, 20 points of 3 designs each, and 1,000 draws of the figures alone."""
    told: list[tuple[int, int]] = []
    wanted = LeftOpen(Choices(sampling=Sampling()), draws=30, points=20)
    made = build(spec(1, wanted), panel([[50.0], [47.0]], [[2.0], [2.0]]))

    uncertainty_or_why_not(made, wanted, told=lambda done, total: told.append((done, total)))

    assert told[-1] == (30 + 20 * 3 + 1_000, 1_090)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_draws_that_steps_refused_are_said_with_the_reason_and_the_first_of_them() -> None:
    """Weights by entropy want a scale with a true nought, which z-scores are not."""
    refusing = Choice(
        "weights by",
        (
            Alternative("given"),
            Alternative(
                "entropy",
                (
                    Normalise(ZScore()),
                    Weights(Entropy()),
                ),
            ),
        ),
    )
    found = drawn(panel(TURNED), Choices((refusing,)), draws=100)

    failed = found.simulation.failed_draws
    assert 30 < failed < 70
    assert found.draw_words.startswith(
        f"100 draws from the seed 7. {failed} could not be worked out: {failed} because step "
        "weight, node 'index': a value is -0.707107 (in the first of them)."
    )
    assert found.notes()[0][0] == "draws that failed"


def test_a_method_that_would_take_too_long_is_named_as_the_spec_names_it_with_its_node() -> None:
    rng = np.random.default_rng(1)
    many = panel_of_many(np.round(rng.uniform(1, 99, (100, 1)), 1))
    wanted = LeftOpen(Choices(weights=NoisyWeights()))
    made = build(spec(1, wanted, Aggregate(nodes={"index": KemenyYoung()})), many)
    found = uncertainty_or_why_not(made, wanted)

    assert isinstance(found, str)
    assert found.startswith(
        "The uncertainty of 'made' cannot be drawn. Step aggregate, node 'index': a Kemeny-Young "
        "order of 100 places takes about 6 s, so that 1,000 draws take some 2 hours. Wanted at most"
    )
    assert why_not_drawn(made) == found
    assert why_not_drawn(build(spec(2), panel(TURNED))) == ""
    with pytest.raises(BadSpec, match="Exchange it, or take the section"):
        find_uncertainty(made.spec, many)
