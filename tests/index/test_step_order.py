"""The order of steps: what a step would read on another scale than it takes it for is refused."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Hierarchy,
    Impute,
    Mean,
    MinMax,
    Node,
    Rank,
    Scale,
    Scenario,
    Spec,
    Step,
    Treat,
    Weights,
    build,
)
from placedex.index.fillings import RowMean
from placedex.index.time_fillings import CarriedForward
from placedex.index.treat import Logarithm
from placedex.index.weight import Given
from placedex.index.weighting import Critic, Entropy, PrincipalComponent, ToTarget, Weighting
from placedex.observations import Indicator, make_panel
from placedex.places import Place

NAN = float("nan")
PANEL = make_panel(
    [Place(code, code, "d", "R") for code in "ABCD"],
    [Indicator(code, code, "") for code in "ab"],
    np.array([[1.0, 9], [4, 5], [NAN, 0], [9, 1]]),
)


def spec(*steps: Step, falling: int = -1, inner: bool = False) -> Spec:
    """An index of two indicators of which the second is better when `falling` says so."""
    parent = "c" if inner else "index"
    components = (Node("c", "C", "index"),) if inner else ()
    hierarchy = Hierarchy(
        (
            Node("index", "Index", None),
            *components,
            Node("a", "A", parent),
            Node("b", "B", "index", direction=falling),
        )
    )
    scale = Scale(tuple(Indicator(code, code, "") for code in "ab"))
    return Spec("s", "S", hierarchy, (scale, *steps, Aggregate(), Rank()))


def test_a_row_is_filled_before_directions_are_applied_and_not_after() -> None:
    """C is best on b, of which less is better: so it is put at the best figure of a."""
    found = build(spec(Impute(RowMean()), MinMax()), PANEL)

    assert found.points.of("a").tolist() == [0, 37.5, 100, 100]
    with pytest.raises(BadSpec, match="Step impute, indicator 'b': lower is better.*before norm"):
        spec(MinMax(), Impute(RowMean()))
    assert spec(MinMax(), Impute(RowMean()), falling=1)
    assert spec(MinMax(), Impute(Mean()))


@pytest.mark.parametrize("method", [Critic(), PrincipalComponent(), ToTarget()], ids=str)
def test_weights_that_look_at_directions_stand_after_normalise(method: Weighting) -> None:
    with pytest.raises(BadSpec, match="Step weight, node 'index': .* lower is better in .* 'b'"):
        spec(Weights(method), MinMax())
    assert spec(MinMax(), Weights(method))
    assert spec(Weights(method), MinMax(), falling=1)


def test_entropy_may_look_at_figures_as_they_are_but_not_at_means_of_unlike_ones() -> None:
    assert spec(Weights(Entropy()), MinMax())
    with pytest.raises(BadSpec, match="Step weight, node 'index': .* 'c' is a component"):
        spec(Weights(Entropy()), MinMax(), inner=True)
    assert spec(Weights(Given(), {"c": Entropy()}), MinMax(), inner=True)


@pytest.mark.parametrize("step", [MinMax(), Logarithm(("a",)), Treat()], ids=lambda one: one.verb)
def test_figures_of_other_times_fill_gaps_before_any_change_of_scale(step: Step) -> None:
    fill = Impute(CarriedForward(2.0, ((1.0, PANEL),)))
    after = () if step.verb == "normalise" else (MinMax(),)

    with pytest.raises(BadSpec, match=f"after the step {step.verb}, which .* Wanted it before"):
        spec(step, fill, *after)


def test_a_scenario_that_could_mean_either_of_two_steps_is_refused() -> None:
    """It was put in the place of both, or the last of two was taken without a word."""
    twice = spec(Logarithm(("a",)), Treat(), MinMax())
    once = spec(Treat(), MinMax())

    for base, steps, words in (
        (twice, (Treat(1),), "the spec has 2 times and the scenario 1 times"),
        (once, (Treat(1), Treat(2)), "the spec has 1 times and the scenario 2 times"),
    ):
        with pytest.raises(BadSpec, match=f"scenario 'x' replaces the step 'treat', which {words}"):
            Spec("s", "S", base.hierarchy, base.steps, scenarios=(Scenario("x", "X", steps),))


def test_the_example_says_where_a_step_stands_wrongly(tmp_path: Path) -> None:
    from placedex.index import read_spec
    from placedex.observations import bundled_catalogue
    from tests.conftest import EXAMPLE

    text = (EXAMPLE / "indexes" / "local-digital-index.yaml").read_text(encoding="utf-8")
    path = tmp_path / "spec.yaml"
    path.write_text(text.replace("\n  - scale\n", "\n  - scale\n  - weight: critic\n"))

    with pytest.raises(BadSpec, match="spec.yaml: Step weight, node '.*': .* before the step"):
        read_spec(path, bundled_catalogue())
