"""Parameters of methods in a file: of the right kind, or refused by name."""

from pathlib import Path
from typing import Any

import pytest

from placedex.errors import BadSpec
from placedex.index import Impute
from placedex.index.fillings import GroupMedian
from placedex.index.means import Geometric, Power
from placedex.index.normalise import MinMax, Normalise
from placedex.index.optimised_weights import SquaredCorrelation
from placedex.index.parameters import parameters_of
from placedex.index.steps_file import read_step
from placedex.index.treat import Treat
from placedex.index.treatments import AtPercentiles, Winsorise
from placedex.index.weight import Weights
from placedex.index.weighting import PrincipalComponent, ToTarget
from placedex.observations import Indicator
from placedex.stats import Quantiles

INDICATORS = (Indicator("a", "A", "%"), Indicator("b", "B", "%"))
PATH = Path("index.yaml")


def read(entry: Any) -> Any:
    return read_step(entry, INDICATORS, path=PATH)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"aggregate": {"mean": {"power": {"exponent": "two"}}}},
         "step aggregate, 'power', 'exponent': it is 'two'. Wanted a number."),
        ({"aggregate": {"mean": {"power": {"exponent": None}}}},
         "'exponent': it is null. Wanted a number."),
        ({"aggregate": {"mean": {"power": 2}}},
         "step aggregate, 'power': '2' stands for its parameters. Wanted them by name, of exp"),
        ({"aggregate": "power"}, "step aggregate, 'power': it lacks exponent."),
        ({"aggregate": {"mean": {"best of": {"count": 1.5}}}},
         "'count': it is '1.5'. Wanted a whole number."),
        ({"aggregate": {"mean": {"ordered": {"order": 3}}}},
         "'order': it is '3'. Wanted a list, each a number."),
        ({"aggregate": {"nodes": {"index": {"ordered": {"order": [1, "x"]}}}}},
         "'order', '2': it is 'x'. Wanted a number."),
        ({"aggregate": {"mean": {"mazziotta-pareto": {"penalty": 5}}}},
         "Step aggregate: a penalty of 5 .* Wanted the penalty -1"),
        ({"aggregate": {"mean": {"adjusted mazziotta-pareto": {"divisor": 7}}}},
         "Step aggregate: .* with the divisor 7"),
        ({"normalise": {"method": "min-max", "clip": "maybe"}},
         "step normalise, 'min-max', 'clip': it is 'maybe'. Wanted true or false."),
        ({"normalise": {"scale": [0, 1, 2]}},
         "'scale': it is a list of 3. Wanted a list of 2, each a number."),
        ({"normalise": {"method": "distance to target", "targets": {"a": "x"}}},
         "'targets', 'a': it is 'x'. Wanted a number."),
        ({"normalise": {"method": {"z-score": {"mean": 0}}, "clip": True}},
         "step normalise: clip stands beside the method .* in one place."),
        ({"normalise": {"method": "rank", "ties": "best"}},
         "'ties': 'best' is not known. Wanted one of better, worse, average, dense."),
        ({"weight": {"method": "principal component", "complete": "x"}},
         "step weight, 'principal component', 'complete': it is 'x'. Wanted true or false."),
        ({"weight": {"method": "pairwise comparison", "codes": ["a", "b"],
                     "matrix": [[1, 2], ["1/2", 1]]}}, "'matrix', '2', '1': it is '1/2'."),
        ({"weight": {"method": "pairwise comparison", "codes": ["a", "b"], "matrix": [[1, 2]]}},
         "Step weight: the comparisons are 1 rows for 2 parts"),
        ({"weight": {"method": "budget allocation", "codes": ["a", "b"], "points": [[1, 2], [3]]}},
         "Step weight: row 2 of the points of the experts has 1 numbers. Wanted one for each of"),
        ({"weight": {"method": "target importance", "importance": "squared corelation"}},
         "step weight: .* Did you mean 'squared correlation'?"),
        ({"treat": {"individually": {"a": {"winsorise": {"most": 1.5}}}}},
         "'most': it is '1.5'. Wanted a whole number or null."),
        ({"treat": {"logarithm": ["a"], "winsorise": 2}},
         "step treat: 'winsorise' stands beside 'logarithm', which does nothing else."),
        ({"impute": {"method": "row mean", "groups": {"A": "x"}}},
         "step impute: 'groups' stands beside the method 'row mean'."),
        ({"impute": {"method": {"row mean": {"block": 3}}}},
         "the parameter 'block' is not known. Wanted one of by_component."),
        ({"impute": {"method": {"regression": {"on": "b"}}}},
         "'on': it is 'b'. Wanted a list, each a text."),
        ({"impute": {"method": "last observation"}}, "write - scale: {carry: 2}"),
        ({"impute": {"method": {"linear": {"now": 2}}}}, "'linear' takes panels of other times"),
        ({"impute": {"method": "group mean"}}, "step impute, 'group mean': it lacks groups."),
    ],
)  # fmt: skip
def test_a_parameter_of_the_wrong_kind_is_refused_by_name(entry: Any, words: str) -> None:
    with pytest.raises(BadSpec, match=words.replace("[", r"\[")):
        read(entry)


def test_a_whole_number_serves_where_a_number_is_wanted() -> None:
    step = read({"aggregate": {"mean": {"power": {"exponent": 2}}}})

    assert step.mean == Power(2.0)
    assert isinstance(step.mean.exponent, float)


def test_a_choice_is_given_by_its_word_or_its_number() -> None:
    """Percentiles by the convention of SPSS: 6 is not read as anything else."""
    for given in (6, "6"):
        step = read({"treat": {"individually": {"a": {"percentiles": {"convention": given}}}}})

        assert step == Treat(individually={"a": AtPercentiles(convention=Quantiles.SIX)})


def test_methods_within_methods_are_read_by_their_own_names() -> None:
    turned = read(
        {"treat": {"individually": {"a": {"in turn": {"first": {"winsorise": {"most": 1}}}}}}}
    )
    aimed = read({"weight": {"method": "target importance", "importance": "squared correlation"}})

    assert turned.individually["a"].first == Winsorise(1)
    assert aimed.method.importance == SquaredCorrelation()


def test_the_mean_of_a_weight_step_serves_its_scores_and_its_targets() -> None:
    """Weights that look at components must see what the index makes of them."""
    plain = read({"weight": {"method": "principal component", "mean": "geometric"}})
    aimed = read({"weight": {"method": "target importance", "mean": {"power": {"exponent": 2}}}})
    own = read({"weight": {"method": {"target importance": {"mean": "geometric"}}}})

    assert plain == Weights(PrincipalComponent(), mean=Geometric())
    assert aimed == Weights(ToTarget(mean=Power(2.0)), mean=Power(2.0))
    assert own == Weights(ToTarget(mean=Geometric()))


def test_groups_serve_means_and_medians_alike() -> None:
    groups = {"A": "x", "B": "y"}

    assert read({"impute": {"method": "group median", "groups": groups}}) == Impute(
        GroupMedian(groups)
    )
    assert read({"impute": {"method": {"group median": {"groups": groups}}}}) == Impute(
        GroupMedian(groups)
    )


def test_parameters_beside_a_name_and_within_it_are_the_same() -> None:
    beside = read({"normalise": {"method": "min-max", "scale": [1, 10]}})
    within = read({"normalise": {"method": {"min-max": {"scale": [1, 10]}}}})

    assert beside == within == MinMax((1.0, 10.0))
    assert isinstance(read({"normalise": "rank"}), Normalise)


def test_what_a_step_finds_out_by_itself_is_no_parameter() -> None:
    assert "block" not in parameters_of(type(read({"impute": "row mean"}).filling))
    assert parameters_of(SquaredCorrelation) == ()
