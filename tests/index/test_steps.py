"""Each step on tables that a reader can work out by hand."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Equal,
    Geometric,
    Given,
    Hierarchy,
    Index,
    Logarithm,
    MinMax,
    Node,
    Rank,
    Scale,
    Scenario,
    Screen,
    Spec,
    Step,
    build,
    freeze,
    rank_under_scenarios,
)
from placedex.index.step import State
from placedex.observations import Indicator, Panel, Ratio, Status, make_panel
from placedex.places import Place

NAN = float("nan")


def table(columns: dict[str, Sequence[float]]) -> Panel:
    """A panel of places A, B, C ... from columns of figures."""
    count = len(next(iter(columns.values())))
    places = [Place("ABCDEFGH"[row], f"Place {'ABCDEFGH'[row]}", "d", "R") for row in range(count)]
    indicators = [Indicator(code, code, "%") for code in columns]
    return make_panel(places, indicators, np.array(list(columns.values()), dtype=float).T)


PLAIN: tuple[Step, ...] = (MinMax(), Given(), Aggregate(), Rank())


def made(panel: Panel, nodes: Sequence[Node], *extra: Step, before: Sequence[Step] = ()) -> Index:
    """An index of some nodes under `index`, with plain steps and some extra ones."""
    hierarchy = Hierarchy((Node("index", "Index", None), *nodes))
    by_verb: dict[str, Step] = {step.verb: step for step in (*PLAIN, *extra)}
    steps = (Scale(panel.indicators), *before, *by_verb.values())
    return build(Spec("test", "Test", hierarchy, steps), panel)


def test_a_score_is_the_weighted_mean_of_points_between_goalposts() -> None:
    panel = table({"gigabit": [50, 75, 100], "slow": [10, 5, 0]})
    nodes = [
        Node("gigabit", "Gigabit", "index", weight=3, goalposts=(50, 100)),
        Node("slow", "Slow", "index", weight=1, direction=-1, goalposts=(0, 20)),
    ]

    index = made(panel, nodes)

    assert index.points.of("gigabit").tolist() == [0, 50, 100]
    assert index.points.of("slow").tolist() == [50, 75, 100]
    assert index.scores.of("index").tolist() == [12.5, 56.25, 100]
    assert index.ranks.of("index").tolist() == [3, 2, 1]


def test_a_score_under_fixed_goalposts_does_not_hang_on_the_other_places() -> None:
    nodes = [Node("a", "A", "index", goalposts=(0, 10))]

    few = made(table({"a": [4, 8]}), nodes)
    more = made(table({"a": [4, 8, 1, 9]}), nodes)

    assert few.result("A")[0] == more.result("A")[0] == 40


def test_a_figure_beyond_a_goalpost_is_held_and_flagged() -> None:
    index = made(table({"a": [-5, 5, 12]}), [Node("a", "A", "index", goalposts=(0, 10))])

    assert index.points.of("a").tolist() == [0, 50, 100]
    flagged = {flag.place: flag.words for flag in index.flags if flag.kind == "at a goalpost"}
    assert set(flagged) == {"A", "C"}
    assert "worst goalpost" in flagged["A"]
    assert "best goalpost" in flagged["C"]


def test_goalposts_that_were_found_can_be_frozen() -> None:
    nodes = [Node("a", "A", "index")]
    index = made(table({"a": [2, 6, 4]}), nodes)

    frozen = freeze(index)
    later = build(frozen, table({"a": [2, 8, 4]}))

    assert frozen.hierarchy["a"].goalposts == (2, 6)
    assert later.points.of("a").tolist() == [0, 100, 50]


def test_goalposts_of_an_indicator_in_logarithms_are_frozen_in_its_own_unit() -> None:
    """Else the next build would take the logarithm of a logarithm."""
    index = made(table({"a": [1, 10, 100]}), [Node("a", "A", "index")], before=[Logarithm(("a",))])

    frozen = freeze(index)

    assert frozen.hierarchy["a"].goalposts == pytest.approx((1, 100))
    assert build(frozen, table({"a": [1, 10, 100]})).points.of("a").tolist() == pytest.approx(
        [0, 50, 100]
    )


def test_a_missing_part_shares_its_weight_among_the_rest() -> None:
    panel = table({"a": [NAN, 40], "b": [60, 80], "c": [20, 100]})
    nodes = [
        Node(code, code, "index", weight=weight, goalposts=(0, 100))
        for code, weight in (("a", 2), ("b", 1), ("c", 3))
    ]

    index = made(panel, nodes)

    assert index.scores.of("index").tolist() == [(60 + 3 * 20) / 4, (2 * 40 + 80 + 300) / 6]


def test_a_component_with_too_few_parts_is_missing_and_said_to_be() -> None:
    panel = table({"a": [NAN, 40], "b": [60, 80]})
    nodes = [Node(code, code, "index", goalposts=(0, 100)) for code in "ab"]

    index = made(panel, nodes, Aggregate(at_least=0.6))

    assert np.isnan(index.scores.of("index")[0])
    assert np.isnan(index.ranks.of("index")[0])
    assert index.ranks.of("index")[1] == 1
    assert [flag.words for flag in index.flags if flag.kind == "not ranked"] == [
        "Place A is not ranked: it has too few figures."
    ]


def test_a_complete_index_does_not_rank_a_place_that_lacks_a_component() -> None:
    """Else a place would gain by lacking what is low for everybody."""
    panel = table({"a": [90, 80], "low": [NAN, 10]})
    nodes = [
        Node("good", "Good", "index"),
        Node("bad", "Bad", "index"),
        Node("a", "A", "good", goalposts=(0, 100)),
        Node("low", "Low", "bad", goalposts=(0, 100)),
    ]

    index = made(panel, nodes, Aggregate(complete=("index",)))

    assert np.isnan(index.scores.of("index")[0])
    assert index.scores.of("good")[0] == 90
    assert "Place A is not ranked: it has no score for Bad." in [one.words for one in index.flags]


def test_a_geometric_mean_pulls_an_uneven_place_down() -> None:
    nodes = [Node(code, code, "index", goalposts=(0, 100)) for code in "ab"]
    index = made(table({"a": [25, 50], "b": [100, 50]}), nodes, Aggregate(mean=Geometric()))

    assert index.scores.of("index").tolist() == pytest.approx([50, 50])


def test_a_geometric_mean_refuses_a_point_of_nought() -> None:
    nodes = [Node(code, code, "index", goalposts=(0, 100)) for code in "ab"]

    with pytest.raises(BadSpec, match=r"Step aggregate, node 'index': a value is 0"):
        made(table({"a": [0, 50], "b": [9, 50]}), nodes, Aggregate(mean=Geometric()))


def test_a_constant_indicator_without_goalposts_is_refused_by_name() -> None:
    nodes = [Node("a", "A", "index"), Node("b", "B", "index")]

    with pytest.raises(BadSpec, match="Step normalise, indicator 'b': it is 7 in every place"):
        made(table({"a": [1, 2], "b": [7, 7]}), nodes)


def test_goalposts_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadSpec, match="'a': the goalposts are 10 and 2"):
        made(table({"a": [1, 2]}), [Node("a", "A", "index", goalposts=(10, 2))])


def test_an_indicator_that_is_the_same_in_half_of_the_places_is_flagged_and_set_aside() -> None:
    panel = table({"4g": [100, 100, 98, 97], "gigabit": [50, 60, 70, 80]})
    nodes = [Node("4g", "4G", "index"), Node("gigabit", "Gigabit", "index")]

    index = made(panel, nodes, before=[Screen(drop_saturated=True)])

    assert index.points.codes == ("gigabit",)
    assert [flag.words for flag in index.flags if flag.kind == "saturated"] == [
        "4G is 100 in 50% of these places, so it no longer tells them apart: set aside."
    ]


def test_an_indicator_that_few_places_have_is_set_aside_and_its_empty_component_named() -> None:
    panel = table({"a": [1, 2, 3, 4], "exports": [NAN, NAN, NAN, 5]})
    nodes = [
        Node("main", "Main", "index"),
        Node("trade", "Trade", "index"),
        Node("a", "A", "main"),
        Node("exports", "Exports", "trade"),
    ]

    index = made(panel, nodes, before=[Screen(indicators=0.5)])

    assert {(flag.kind, flag.node) for flag in index.flags if flag.node != "a"} >= {
        ("few places", "exports"),
        ("missing component", "trade"),
    }
    assert "trade" not in index.scores.codes


def test_a_place_below_the_coverage_asked_for_is_not_scored_and_said_to_be() -> None:
    panel = table({"a": [1, 2, NAN], "b": [3, 4, 5], "c": [6, 7, NAN]})
    nodes = [Node(code, code, "index") for code in "abc"]

    index = made(panel, nodes, before=[Screen(places=0.5)])

    assert [place.code for place in index.scores.places] == ["A", "B"]
    assert [flag.place for flag in index.flags if flag.kind == "thin coverage"] == ["C"]


def test_a_ratio_is_reckoned_and_a_denominator_of_nought_has_no_meaning() -> None:
    panel = table({"firms": [50, 10, NAN], "all": [200, 0, 100]})
    share = Indicator("share", "Share", "%", ratio=Ratio("firms", "all", 100))
    hierarchy = Hierarchy((Node("index", "Index", None), Node("share", "Share", "index")))
    steps = (Scale((share,)), MinMax(), Aggregate(), Rank())
    spec = Spec("t", "T", hierarchy, steps)

    figures = steps[0].apply(_state(panel, spec)).panel

    assert figures.values[0, 0] == 25
    assert np.isnan(figures.values[1:, 0]).all()
    assert figures.statuses[:, 0].tolist() == [
        Status.DERIVED,
        Status.NOT_APPLICABLE,
        Status.NOT_COLLECTED,
    ]


def test_the_error_of_a_ratio_is_that_of_both_parts_even_where_the_upper_is_nought() -> None:
    """A: 30 with error 3 over 100 with error 10, so 0.3 * hypot(0.1, 0.1). B: 0 with error 2."""
    panel = table({"firms": [30, 0, 5], "all": [100, 50, 10]})
    errors = np.array([[3.0, 10.0], [2.0, 5.0], [NAN, NAN]])
    share = Indicator("share", "Share", "%", ratio=Ratio("firms", "all", 100))
    hierarchy = Hierarchy((Node("index", "Index", None), Node("share", "Share", "index")))
    panel = dataclasses.replace(panel, errors=errors)

    figures = Scale((share,)).apply(State(panel, hierarchy)).panel

    assert figures.errors[0, 0] == pytest.approx(100 * 0.3 * np.hypot(0.1, 0.1))
    assert figures.errors[1, 0] == pytest.approx(100 * 2 / 50)
    assert np.isnan(figures.errors[2, 0])


def _state(panel: Panel, spec: Spec) -> State:
    return State(panel, spec.hierarchy)


def test_a_figure_that_is_called_unreliable_is_not_scored() -> None:
    panel = table({"a": [10, 20, 30]})
    statuses = panel.statuses.copy()
    statuses[1, 0] = Status.UNRELIABLE
    panel = dataclasses.replace(panel, statuses=statuses)

    index = made(panel, [Node("a", "A", "index", goalposts=(0, 100))])

    np.testing.assert_equal(index.scores.of("index"), [10, np.nan, 30])
    assert index.figures.statuses[1, 0] == Status.UNRELIABLE


def test_a_component_made_without_a_part_is_said_to_be() -> None:
    panel = table({"a": [90, 80], "b": [NAN, 10]})
    nodes = [Node(code, code.upper(), "index", goalposts=(0, 100)) for code in "ab"]

    flags = [flag for flag in made(panel, nodes).flags if flag.kind == "part missing"]

    assert [(flag.place, flag.words) for flag in flags] == [
        ("A", "Index of Place A is made without B.")
    ]


def test_logarithms_are_taken_of_goalposts_too() -> None:
    nodes = [Node("a", "A", "index", goalposts=(1, 100))]
    index = made(table({"a": [1, 10, 100]}), nodes, before=[Logarithm(("a",))])

    assert index.points.of("a").tolist() == pytest.approx([0, 50, 100])


def test_a_logarithm_of_nought_is_refused() -> None:
    with pytest.raises(BadSpec, match="Step treat, indicator 'a': a value or a goalpost"):
        made(table({"a": [0, 10]}), [Node("a", "A", "index")], before=[Logarithm(("a",))])


def test_a_scenario_is_the_same_spec_with_one_step_exchanged() -> None:
    panel = table({"a": [90, 60], "b": [30, 50]})
    nodes = [
        Node("a", "A", "index", weight=1, goalposts=(0, 100)),
        Node("b", "B", "index", weight=3, goalposts=(0, 100)),
    ]
    hierarchy = Hierarchy((Node("index", "Index", None), *nodes))
    spec = Spec(
        "t", "T", hierarchy,
        (Scale(panel.indicators), MinMax(), Given(), Aggregate(), Rank()),
        scenarios=(
            Scenario("equal", "Equal", (Equal(),)),
            Scenario("without-b", "Without b", without=("b",)),
        ),
    )  # fmt: skip

    ranks = rank_under_scenarios(build(spec, panel))

    assert build(spec, panel).ranks.of("index").tolist() == [2, 1]
    assert ranks["equal"].tolist() == [1, 2]
    assert ranks["without-b"].tolist() == [1, 2]


def test_a_place_that_is_not_ranked_is_no_rival_under_a_scenario() -> None:
    """Else the range of a place could reach past the number of places that are ranked."""
    panel = table({"a": [90, 80, 70], "b": [NAN, 10, 20]})
    nodes = [Node(code, code, "index", goalposts=(0, 100)) for code in "ab"]
    hierarchy = Hierarchy((Node("index", "Index", None), *nodes))
    spec = Spec(
        "t", "T", hierarchy,
        (Scale(panel.indicators), MinMax(), Aggregate(complete=("index",)), Rank()),
        scenarios=(Scenario("without-b", "Without b", without=("b",)),),
    )  # fmt: skip

    ranks = rank_under_scenarios(build(spec, panel))

    np.testing.assert_equal(ranks["without-b"], [np.nan, 1, 2])


def test_equal_scores_share_the_better_rank() -> None:
    index = made(table({"a": [5, 9, 5, 1]}), [Node("a", "A", "index", goalposts=(0, 10))])

    assert index.ranks.of("index").tolist() == [2, 1, 2, 4]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((MinMax(), Aggregate(), Rank()), "the step 'scale' 0 times"),
        ((Scale(()), Aggregate(), MinMax(), Rank()), "Move the step that is out of place"),
        ((Scale(()), MinMax(), Aggregate(), Rank(), Given()), "Move the step"),
        ((Scale(()), MinMax(), MinMax(), Aggregate(), Rank()), "'normalise' 2 times"),
    ],
)
def test_steps_in_the_wrong_order_are_refused(steps: tuple[Step, ...], words: str) -> None:
    hierarchy = Hierarchy((Node("index", "Index", None), Node("a", "A", "index")))

    with pytest.raises(BadSpec, match=words):
        Spec("t", "T", hierarchy, steps)


def test_an_empty_panel_is_refused() -> None:
    panel = make_panel([], [Indicator("a", "A", "")], np.empty((0, 1)))

    with pytest.raises(BadSpec, match="was given no place"):
        made(panel, [Node("a", "A", "index")])
