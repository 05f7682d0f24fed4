"""Bad input: each is refused in words that name the step and the node, and none slips through."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Geometric,
    Given,
    Hierarchy,
    Impute,
    Limits,
    Logarithm,
    MinMax,
    Node,
    Rank,
    Scale,
    Screen,
    Spec,
    State,
    Step,
    Treat,
    Weights,
    build,
)
from placedex.index.aggregate import AGGREGATIONS, aggregations
from placedex.index.fillings import NoFilling
from placedex.index.impute import IMPUTATIONS
from placedex.index.means import Harmonic, Power
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.multivariate import draw_imputations
from placedex.index.normalisations import (
    AscendingRank,
    Borda,
    ExponentialRanks,
    PercentileRank,
    ShareOfMaximum,
    Unchanged,
    ZScore,
)
from placedex.index.normalise import NORMALISATIONS, Normalise
from placedex.index.stated_normalisations import ExponentialOfGivenRanks
from placedex.index.steps_file import read_step
from placedex.index.treat import TREATMENTS
from placedex.index.treatments import AtPercentiles, BoxCox, Winsorise
from placedex.index.weight import WEIGHTINGS
from placedex.index.weighting import Budget, Critic, Entropy, PrincipalComponent, ToTarget
from placedex.observations import Indicator
from placedex.stats import Ties
from tests.index.drawn_specs import TOLD, drawn
from tests.index.tables import nodes, state

NAN, INF = float("nan"), float("inf")
INDICATORS = (Indicator("a", "A", "%"), Indicator("b", "B", "%"))
PATH = Path("index.yaml")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"normalise": "min-mx"}, r"step normalise: .*'min-mx' is not known.*mean 'min-max'"),
        ({"weight": "entropi"}, r"step weight: .*'entropi' is not known.*mean 'entropy'"),
        ({"impute": "medain"}, r"step impute: .*'medain' is not known.*mean 'median'"),
        ({"treat": {"second": "log_GI"}}, r"step treat: .*'log_GI' is not known.*mean 'log_GII'"),
        ({"aggregate": {"mean": "geometrical"}}, r"step aggregate: .*mean 'geometric'"),
        ({"aggregate": {"nodes": {"a": "harmonik"}}}, r"step aggregate: .*mean 'harmonic'"),
        ({"normalisation": "min-max"}, r"step 'normalisation' is not known.*mean 'normalise'"),
        ({"aggregate": {"mean": {"power": {"exponant": 2}}}}, r"'exponant'.*mean 'exponent'"),
    ],
)
def test_an_unknown_method_is_refused_with_the_nearest_name(entry: Any, words: str) -> None:
    with pytest.raises(BadSpec, match=f"(?s)index.yaml.*{words}"):
        read_step(entry, INDICATORS, path=PATH)


@pytest.mark.parametrize(
    "steps",
    [
        (MinMax(), Scale(INDICATORS), Aggregate(), Rank()),
        (Scale(INDICATORS), Aggregate(), MinMax(), Rank()),
        (Scale(INDICATORS), MinMax(), Rank(), Aggregate()),
        (Scale(INDICATORS), MinMax(), Aggregate(), Given(), Rank()),
    ],
)
def test_a_step_out_of_place_is_refused_with_the_order_that_was_met(steps: tuple[Any, ...]) -> None:
    with pytest.raises(BadSpec, match=rf"spec 's' has its steps in the order {steps[0].verb}, "):
        Spec("s", "S", nodes(("a", "b")), steps)


@pytest.mark.parametrize("mean", [Geometric(), Harmonic(), Power(-1)], ids=str)
@pytest.mark.parametrize("worst", [-2.0, 0.0])
def test_a_mean_that_wants_points_above_nought_names_its_node(mean: Any, worst: float) -> None:
    with pytest.raises(
        BadSpec, match=rf"Step aggregate, node 'index': a value is {worst:g}\. Wanted all above"
    ):
        Aggregate(mean).apply(state({"a": [1, worst, 3], "b": [1, 2, 3]}))


LINE = {"a": [NAN, 2, 3, 4, 5, 6], "b": [2, 4, 6, 8, 10, 12]}


@pytest.mark.parametrize(
    ("step", "columns", "words"),
    [
        pytest.param(
            Impute(JointNormal()),
            {"a": [NAN, 1, 2], "b": [3, 4, 5], "c": [1, 5, NAN]},
            "Step impute: 3 places have figures of 3 indicators. Wanted at least 4",
            id="too few places for EM",
        ),
        pytest.param(
            Impute(JointNormal()),
            LINE,
            "Step impute: The indicators 'a', 'b' determine one another.* covariance is singular",
            id="EM of columns on one line",
        ),
        pytest.param(
            Impute(JointNormal()),
            {"a": [NAN, 2, 2, 2], "b": [5, 5, 5, 6]},
            "Step impute: The indicator 'a' has 3 figures and no two that differ",
            id="EM of a column that is the same everywhere",
        ),
        pytest.param(
            Impute(Regression()),
            {"a": [NAN, 2, 3, 7, 9], "b": [1, 2, 3, 4, 6], "c": [2, 4, 6, 8, 12]},
            "Step impute: The indicators from which 'a' is to be filled determine one another",
            id="regression on columns on one line",
        ),
        pytest.param(
            Weights(PrincipalComponent()),
            {"a": [2, 2, 2, 2], "b": [1, 2, 3, 4]},
            r"Step weight, node 'index': child 1 \('a'\) has no correlation",
            id="principal components of ties",
        ),
        pytest.param(
            Weights(PrincipalComponent()),
            {"a": [1, 2, 3], "b": [3, 2, 1]},
            "Step weight, node 'index': the loadings .* have both signs: a .*, b ",
            id="principal components that pull apart",
        ),
        pytest.param(
            Weights(Entropy()),
            {"a": [2, 2, 2], "b": [3, 3, 3]},
            "Step weight, node 'index': every child is the same in all places",
            id="entropy of ties",
        ),
        pytest.param(
            Weights(Critic()),
            {"a": [1, 2, 3], "b": [3, 3, 3]},
            r"Step weight, node 'index': child 2 \('b'\) is the same in every place",
            id="CRITIC of ties",
        ),
        pytest.param(
            Weights(Critic()),
            {"a": [1, 2, 3], "b": [2, 4, 6]},
            "Step weight, node 'index': the children all say the same",
            id="CRITIC of columns on one line",
        ),
        pytest.param(
            Weights(ToTarget()),
            {"a": [1, 2, 3], "b": [3, 3, 3]},
            r"Step weight, node 'index': component 2 \('b'\) is the same",
            id="targets of ties",
        ),
        pytest.param(
            Weights(Budget(("a", "b"), ((INF, 1.0),))),
            {"a": [1, 2], "b": [1, 3]},
            "Step weight, node 'index': the points are not a table of numbers",
            id="infinite points of an expert",
        ),
        pytest.param(
            MinMax(),
            {"a": [2, 2, 2], "b": [1, 2, 3]},
            "Step normalise, indicator 'a': it is 2 in",
            id="min-max of ties",
        ),
        pytest.param(
            Normalise(ZScore()),
            {"a": [2, 2, 2], "b": [1, 2, 3]},
            "Step normalise, indicator 'a': it is 2 in every place",
            id="z-scores of ties",
        ),
        pytest.param(
            Aggregate(AGGREGATIONS["mazziotta-pareto"]()),
            {"a": [2, 2, 2], "b": [1, 2, 3]},
            "Step aggregate, node 'index': child 1 is the same in every place",
            id="Mazziotta-Pareto of ties",
        ),
        pytest.param(
            Aggregate(AGGREGATIONS["benefit of the doubt"]()),
            {"a": [0, 0], "b": [0, 0]},
            "Step aggregate, node 'index': every value is nought",
            id="benefit of the doubt of noughts",
        ),
        pytest.param(
            Logarithm(("a",)),
            {"a": [1, 0], "b": [1, 2]},
            "Step treat, indicator 'a': a value or a goalpost is nought",
            id="logarithm of nought",
        ),
        pytest.param(
            Screen(leave_out=("A", "B")),
            {"a": [1, 0], "b": [1, 2]},
            "Step screen: no place is left .* not left out by choice",
            id="every place left out",
        ),
    ],
)
def test_figures_that_a_step_cannot_use_are_refused_by_node(
    step: Step, columns: dict[str, list[float]], words: str
) -> None:
    with pytest.raises(BadSpec, match=words):
        step.apply(state(columns))


def test_ties_everywhere_share_one_rank() -> None:
    """Of methods by rank, and of orders: nobody is above anybody."""
    alike = state({"a": [2, 2, 2], "b": [5, 5, 5]})
    for method, points in (
        (AscendingRank(), 1.0),
        (AscendingRank(Ties.AVERAGE), 2.0),
        (Borda(), 0.0),
        (PercentileRank(), 0.0),
        (ShareOfMaximum(), 1.0),
    ):
        assert (Normalise(method).apply(alike).panel.values == points).all()
    for name in ("copeland", "kemeny-young", "benefit of the doubt"):
        made = Aggregate(AGGREGATIONS[name]()).apply(alike)
        assert np.ptp(made.panel.of("index")) == 0
        assert (Rank().apply(made).panel.of("index") == 1).all()


ONE = {"a": [3.0], "b": [4.0]}


def every_step() -> list[Any]:
    """Each step with each method of its registry."""
    made: list[tuple[str, Step]] = [("screen", Screen()), ("rank", Rank()), ("treat", Treat())]
    for name in NORMALISATIONS:
        method = NORMALISATIONS[name](**TOLD.get(name, {}))
        made.append((name, method if isinstance(method, MinMax) else Normalise(method)))
    made += [(name, Impute(IMPUTATIONS[name](**TOLD.get(name, {})))) for name in IMPUTATIONS]
    made += [(name, Treat(individually={"a": TREATMENTS[name]()})) for name in TREATMENTS]
    told: dict[str, dict[str, Any]] = {
        "pairwise comparison": {"codes": ("a", "b"), "matrix": ((1.0, 2.0), (0.5, 1.0))},
        "budget allocation": {"codes": ("a", "b"), "points": ((1.0, 2.0),)},
    }
    made += [(name, Weights(WEIGHTINGS[name](**told.get(name, {})))) for name in WEIGHTINGS]
    made += [(name, Aggregate(one(**TOLD.get(name, {})))) for name, one in aggregations().items()]
    return [pytest.param(step, id=f"{step.verb} {name}") for name, step in made]


@pytest.mark.parametrize("step", every_step())
@pytest.mark.parametrize(
    "columns",
    [ONE, {"a": [2.0] * 4, "b": [5.0] * 4}, {"a": [3.0]}, {"a": [NAN] * 3, "b": [1.0, 2.0, 3.0]}],
    ids=["one place", "all ties", "one child", "an empty column"],
)
def test_one_place_ties_one_child_and_nothing_are_worked_out_or_refused_by_step(
    step: Step, columns: dict[str, list[float]]
) -> None:
    """No warning, no error of a library, and nothing missing that was not missing before."""
    given = state({code: list(values) for code, values in columns.items()})

    made, refusal = tried(step, given)

    if made is None:
        assert refusal.startswith(f"Step {step.verb}")
        return
    for code in given.panel.codes:
        if not np.isnan(given.panel.of(code)).all():
            assert not np.isnan(made.panel.of(code)).any()


def tried(step: Step, given: State) -> tuple[State | None, str]:
    """What a step makes of a state, or the words in which it refuses."""
    try:
        return step.apply(given), ""
    except BadSpec as error:
        return None, str(error)


@pytest.mark.parametrize("value", [INF, -INF])
def test_an_infinite_figure_is_refused_by_node_and_place(value: float) -> None:
    values = np.array([[1.0, 2.0, 3.0, 4.0], [2.0, value, 1.0, 2.0], [3.0, 3.0, 2.0, 1.0]])
    leaves = [Node(f"i{column}", f"I{column}", "index") for column in range(4)]
    one = drawn(
        values,
        Hierarchy((Node("index", "Index", None), *leaves)),
        (Impute(NoFilling()), MinMax(), Aggregate()),
    )

    with pytest.raises(BadSpec, match="Step scale, node 'i1': it is infinite for P1"):
        build(one.spec, one.panel)


def test_a_step_whose_answer_is_infinite_is_refused_by_name() -> None:
    huge = np.array([[1e308, 1e308, 2.0, 3.0], [1.0, 2.0, 1.0, 2.0]])
    leaves = [Node(f"i{column}", f"I{column}", "index", 1.0) for column in range(4)]
    hierarchy = Hierarchy((Node("index", "Index", None), *leaves))
    sums = AGGREGATIONS["weighted sum"]()
    one = drawn(huge, hierarchy, (Normalise(Unchanged()), Aggregate(sums)))

    with np.errstate(over="ignore"), pytest.raises(BadSpec, match="Step aggregate, node 'index'"):
        build(one.spec, one.panel)


def tree(**changed: Any) -> Hierarchy:
    """An index of two indicators, the first of them changed."""
    leaf = {"code": "a", "name": "A", "parent": "index"} | changed
    return Hierarchy((Node("index", "Index", None), Node(**leaf), Node("b", "B", "index", 0.0)))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"weight": NAN}, "node 'a' has the weight nan"),
        ({"weight": -1.0}, "node 'a' has the weight -1"),
        ({"weight": INF}, "node 'a' has the weight inf"),
        ({"weight": 0.0}, "children of 'index' all have the weight 0"),
        ({"direction": 0}, "node 'a' has the direction 0"),
        ({"goalposts": (NAN, 1.0)}, "node 'a' has the goalposts nan and 1"),
        ({"goalposts": (-INF, 1.0)}, "node 'a' has the goalposts -inf and 1"),
    ],
)
def test_a_node_that_means_nothing_is_refused_by_code(changed: Any, words: str) -> None:
    with pytest.raises(BadSpec, match=words):
        tree(**changed)


def test_a_hierarchy_of_one_child_passes_it_on() -> None:
    hierarchy = Hierarchy((Node("index", "I", None), Node("p", "P", "index"), Node("a", "A", "p")))
    given = state({"a": [1.0, 3.0, 2.0]}, hierarchy=hierarchy)

    made = Aggregate().apply(Weights(Entropy()).apply(given))

    assert made.panel.of("index").tolist() == [1, 3, 2]
    assert hierarchy.effective_weights() == {"index": 1, "p": 1, "a": 1}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: MinMax((NAN, 1)), "Step normalise: the scale runs from nan"),
        (lambda: MinMax(alike=NAN), "Step normalise: figures that are the same .* score nan"),
        (lambda: Aggregate(at_least=NAN), "Step aggregate: a share of nan"),
        (lambda: Aggregate(least={"index": 2.0}), "Step aggregate: a share of 2"),
        (lambda: Screen(places=60), "Step screen: a share of 60"),
        (lambda: Winsorise(-1), "Step treat: up to -1 extreme values"),
        (lambda: AtPercentiles(97.5, 2.5), "Step treat: .* percentiles 97.5 and 2.5"),
        (lambda: BoxCox(NAN), "Step treat: the exponent of the Box-Cox transform is nan"),
        (lambda: Limits(NAN, 1), "Step treat: the limits are nan"),
        (lambda: Rank(decimals=-1), "Step rank: .* -1 decimals"),
        (lambda: Normalise(ZScore(0, 0)).apply(state(ONE)), "Step normalise: z-scores .* 0"),
        (lambda: Normalise(ExponentialRanks(0)).apply(state(ONE)), "Step normalise: the constant"),
        (
            lambda: Normalise(AscendingRank(Ties.DENSE)).apply(state(ONE)),
            "Step normalise: dense ranks make no points",
        ),
        (
            lambda: Normalise(ExponentialOfGivenRanks()).apply(state({"a": [1, 9], "b": [1, 2]})),
            "Step normalise, indicator 'a': .* Wanted ranks from 1",
        ),
        (
            lambda: draw_imputations(
                np.array([[1.0, 2], [2, 3], [3, 6], [4, NAN]]), np.random.default_rng(1), draws=0
            ),
            "0 imputations of 50 rounds",
        ),
    ],
)
def test_a_parameter_that_means_nothing_is_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(BadSpec, match=words):
        make()
