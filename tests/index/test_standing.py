"""An index laid out so that figures can be moved: a move leads to the rank that `build` gives."""

import dataclasses

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Aggregate, Impute, Index, Logarithm, Mean, MinMax, build
from placedex.index.means import Geometric
from placedex.index.standing import IndexStanding, standing_of
from placedex.observations import Panel
from tests.index.test_plan import made, panel_of
from tests.index.uncertain_specs import panel, spec

NAN = float("nan")
ROWS = [[80.0, 20.0], [45.0, 50.0], [30.0, 10.0]]


def moved(values: Panel, place: str, code: str, figure: float) -> Panel:
    array = values.values.copy()
    array[values.row(place), values.column(code)] = figure
    return dataclasses.replace(values, values=array)


def test_a_single_move_is_worked_by_hand() -> None:
    """C has 20 points and B 47.5: 55 more on i0, or on i1, draw level with B."""
    standing = standing_of(build(spec(2), panel(ROWS)))
    found = standing.moves("C", most=1)

    assert (found.score, found.rank) == (20, 3)
    assert [one.indicator for one in found.moves] == [0, 1]
    assert [one.new_figure for one in found.moves] == pytest.approx([85, 65])
    assert all(one.gained == 1 for one in found.moves)


def test_every_move_leads_to_the_rank_and_the_score_that_build_gives() -> None:
    rng = np.random.default_rng(3)
    values = panel_of(np.round(rng.uniform(5, 95, (8, 5)), 1))
    whole = made(values.values, MinMax((0, 100), clip=True))
    hierarchy = whole.hierarchy.replace(
        {leaf.code: dataclasses.replace(leaf, goalposts=(0.0, 100.0)) for leaf in
         whole.hierarchy.leaves}
    )  # fmt: skip
    whole = whole.with_hierarchy(hierarchy)
    standing = standing_of(build(whole, values))

    for place in ("P1", "P5"):
        for one in standing.moves(place).moves:
            # A hair beyond, since level scores may differ in the last digit.
            beyond = 1e-7 if one.new_figure > one.figure else -1e-7
            code = standing.codes[one.indicator]
            after = build(whole, moved(values, place, code, one.new_figure + beyond))
            assert after.result(place)[1] == one.rank
            assert after.result(place)[0] == pytest.approx(one.score, abs=1e-5)


def test_a_missing_figure_leaves_its_weight_to_its_siblings_and_cannot_be_moved() -> None:
    values = panel([[80.0, 20.0], [40.0, NAN], [30.0, 10.0]])
    index = build(spec(2, None, Aggregate()), values)
    found = standing_of(index).moves("B")

    assert (found.score, found.rank) == (40, 2)
    assert {one.indicator for one in found.moves} == {0}
    assert found.moves[0].new_figure == pytest.approx(50)


def test_a_logged_figure_is_moved_in_its_own_unit() -> None:
    """Between 1 and 100 in logarithms: 10 is 50 points, and 75 points are 31.6."""
    values = panel([[10.0], [100.0**0.75]])
    plain = spec(1, None, Logarithm(("i0",)))
    leaf = dataclasses.replace(plain.hierarchy["i0"], goalposts=(1.0, 100.0))
    whole = plain.with_hierarchy(plain.hierarchy.replace({"i0": leaf}))
    [move] = standing_of(build(whole, values)).moves("A").moves

    assert move.figure == pytest.approx(10)
    assert move.new_figure == pytest.approx(31.6227766)
    assert move.points == pytest.approx(25)


def test_the_fewest_moves_to_a_rank_lead_there() -> None:
    """C can gain 35 points on i0 and 45 on i1: first place, at 50 points, wants one; D is last."""
    values = panel([*ROWS, [0.0, 0.0]])
    standing = standing_of(build(spec(2), values))
    plan = standing.plan("C", rank=1)

    assert plan is not None
    assert [(one.indicator, one.rank) for one in plan.moves] == [(0, 1)]
    assert plan.moves[0].new_figure == pytest.approx(90)
    assert [move.rank for move in standing.furthest("D", most=2)] == [2, 2]


def test_a_rank_that_no_figures_reach_has_no_plan() -> None:
    """B is at the goalpost of i0, and lacks i1 of which A has all."""
    index = build(spec(2, None, Aggregate()), panel([[100.0, 100.0], [99.0, NAN], [50.0, 50.0]]))
    standing = standing_of(index)

    assert standing.plan("B", rank=1) is not None
    worse = build(spec(2), panel([[100.0, 100.0], [50.0, 100.0]]))
    assert standing_of(worse).plan("B", rank=1) is not None
    with pytest.raises(BadSpec, match="rank 4"):
        standing.plan("B", rank=4)


def refused(index: Index) -> str:
    with pytest.raises(BadSpec) as caught:
        standing_of(index)
    return str(caught.value)


def test_methods_by_which_one_figure_moves_others_are_refused_by_name() -> None:
    values, gaps = panel(ROWS), panel([[80.0, 20.0], [45.0, NAN], [30.0, 10.0]])

    floating = spec(2, None, MinMax((0, 100), floating=True, clip=True))
    assert "a scale other than fixed goalposts" in refused(build(floating, values))
    geometric = spec(2, None, Aggregate(Geometric()), MinMax((1, 100), clip=True))
    assert "a mean other than the arithmetic" in refused(build(geometric, values))
    assert "filled in" in refused(build(spec(2, None, Impute(Mean())), gaps))
    assert isinstance(standing_of(build(spec(2, None, Impute(Mean())), values)), IndexStanding)


def test_a_place_that_is_not_scored_is_refused() -> None:
    standing = standing_of(build(spec(2), panel(ROWS)))

    with pytest.raises(BadSpec, match="does not score Z"):
        standing.moves("Z")


def test_goalposts_that_are_found_in_the_figures_are_refused_by_the_name_of_the_indicator() -> None:
    """A better figure of C would move them, and with them the points of everybody."""
    given = spec(2)
    leaf = dataclasses.replace(given.hierarchy["i1"], goalposts=None)
    found = given.with_hierarchy(given.hierarchy.replace({"i1": leaf}))

    words = refused(build(found, panel(ROWS)))

    assert "'i1' has no goalposts in the spec" in words
    assert "Give them in the spec." in words


def test_a_move_put_back_as_it_is_draws_level_and_stops_at_the_goalpost() -> None:
    """With weights alike, 0.1 more on one of three indicators is what the last digits of sums miss.

    B can reach A only with all that there is of i2.
    """
    rows = [[0.3, 0.3, 0.3], [0.1, 0.3, 0.4], [90.0, 100.0, 50.0], [100.0, 100.0, 40.0]]
    whole, values = spec(3), panel(rows)
    standing = standing_of(build(whole, values))

    for place in "ABD":
        for one in standing.moves(place).moves:
            code = standing.codes[one.indicator]
            after = build(whole, moved(values, place, code, one.new_figure))
            assert after.result(place)[1] <= one.rank
            assert one.new_figure <= 100
