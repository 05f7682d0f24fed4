"""Compiled plans against `build`, on ASEM and on made-up panels with gaps and ties."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Arithmetic,
    Equal,
    Geometric,
    Given,
    GroupMean,
    Hierarchy,
    Impute,
    Limits,
    Logarithm,
    Mean,
    Median,
    MinMax,
    Node,
    Rank,
    Scale,
    Screen,
    Spec,
    Step,
    Treat,
    build,
)
from placedex.index.fillings import NoFilling, RowMean
from placedex.index.kemeny import KemenyYoung
from placedex.index.means import Harmonic
from placedex.index.normalisations import AscendingRank, Unchanged, ZScore
from placedex.index.normalise import Normalise
from placedex.observations import Indicator, Panel, make_panel
from placedex.places import Place
from placedex.stats import Ties
from tests.index.asem import Golden, asem, number

pytest.importorskip("numba")

from placedex.index.lines import Known, known, writer
from placedex.index.plan import Built, compile_plan

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]


@pytest.fixture(scope="module")
def golden(shared: Path) -> Golden:
    return Golden(shared / "golden" / "coinr")


def made(values: FloatArray, *steps: Step, goalposts: tuple[float, float] | None = None) -> Spec:
    """A spec of three levels for a panel of so many columns, with some steps exchanged."""
    columns = values.shape[1]
    parents = [
        Node("index", "Index", None),
        Node("a", "A", "index", 2.0),
        Node("b", "B", "index", 1.0),
    ]
    leaves = [
        Node(
            f"i{column}",
            f"I{column}",
            "ab"[column % 2],
            1.0 + column,
            -1 if column % 3 == 1 else 1,
            goalposts if column == 0 else None,
        )
        for column in range(columns)
    ]
    usual: tuple[Step, ...] = (Scale(indicators(columns)), MinMax(), Given(), Aggregate(), Rank())
    exchanged = {step.verb: step for step in steps}
    extra = tuple(step for step in steps if step.verb not in {one.verb for one in usual})
    chosen = tuple(exchanged.get(step.verb, step) for step in usual)
    return Spec("made", "Made up", Hierarchy((*parents, *leaves)), (chosen[0], *extra, *chosen[1:]))


def indicators(columns: int) -> tuple[Indicator, ...]:
    return tuple(Indicator(f"i{column}", f"I{column}", "%") for column in range(columns))


def panel_of(values: FloatArray) -> Panel:
    places = [Place(f"P{row}", f"P{row}", "d", "R") for row in range(len(values))]
    return make_panel(places, indicators(values.shape[1]), values)


def assert_same(ours: Built, spec: Spec, panel: Panel) -> None:
    """The same places, nodes, scores and ranks as `build` gives."""
    wanted = build(spec, panel)
    assert ours.places == tuple(place.code for place in wanted.scores.places)
    assert ours.nodes == wanted.scores.codes
    np.testing.assert_allclose(ours.scores, wanted.scores.values, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(ours.ranks, wanted.ranks.values)


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (MinMax((1, 100)), Aggregate(Geometric())),
        (MinMax((1, 100)), Aggregate(Harmonic(), nodes={"Index": Arithmetic()})),
        (Treat(most=1), Impute(Mean())),
        (Treat(most=None, second=None), Impute(Median())),
        (Treat(3, Limits(1, 1), combined=True), Screen(places=0.95)),
        (Normalise(ZScore(10, 2)), Equal()),
        (Normalise(AscendingRank(Ties.AVERAGE), {"LPI": MinMax(), "CO2": Unchanged()}),),
        (Normalise(AscendingRank()), Treat(individually={"LPI": None})),
        (Impute(Mean()), Screen(places=0.9, indicators=0.95)),
        (Impute(NoFilling()), Screen(places=0.9), MinMax((0, 10))),
    ],
    ids=str,
)
def test_a_plan_of_asem_gives_what_build_gives(golden: Golden, steps: tuple[Step, ...]) -> None:
    spec, panel = asem(golden, *steps)

    assert_same(compile_plan(spec, panel).run(), spec, panel)


def test_every_score_and_rank_of_asem_agrees_with_coinr(golden: Golden) -> None:
    built = compile_plan(*asem(golden)).run()
    scores, ranks = golden.rows("chain_aggregated.csv"), golden.rows("results_full_ranks.csv")

    rows = {code: row for row, code in enumerate(built.places)}
    columns = [code for code in scores[0] if code in built.nodes]
    order = [built.nodes.index(code) for code in columns]
    for theirs, ours in ((scores, built.scores), (ranks, built.ranks)):
        found = ours[np.ix_([rows[row["uCode"]] for row in theirs], order)]
        wanted = np.array([[number(row[code]) for code in columns] for row in theirs])
        np.testing.assert_allclose(found, wanted, rtol=1e-10)
    assert len(columns) == 60


def test_places_that_a_screen_within_the_chain_drops_are_dropped(golden: Golden) -> None:
    """What they say of the mean by which gaps are filled before the screen still counts."""
    spec, panel = asem(golden)
    values = panel.values.copy()
    values[3, :30] = values[5, 0] = values[6, 2] = NAN
    codes = [place.code for place in panel.places]
    groups = {code: "east" if code == codes[5] else "west" for code in codes if code != codes[6]}
    steps = (spec.steps[0], Impute(GroupMean(groups)), Screen(places=1.0), Impute(Mean()))
    holed = dataclasses.replace(panel, values=values)
    changed = dataclasses.replace(spec, steps=(*steps, *spec.steps[3:]))

    built = compile_plan(changed, holed).run()

    assert set(codes) - set(built.places) == {codes[5], codes[6]}
    assert_same(built, changed, holed)


@st.composite
def panels(draw: st.DrawFn) -> FloatArray:
    shape = draw(st.integers(4, 12)), draw(st.integers(3, 6))
    one = st.one_of(
        st.integers(0, 4).map(float),
        st.floats(0.125, 1e3).map(lambda value: round(value, 3)),
        st.sampled_from([NAN, 5e4]),
    )
    flat = draw(st.lists(one, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    values = np.array(flat).reshape(shape)
    values[0], values[1] = np.arange(shape[1]), np.arange(shape[1]) + 2.5
    return values


@settings(max_examples=150, deadline=None)
@given(
    panels(),
    st.sampled_from([None, Impute(Mean()), Impute(GroupMean({"P0": "x", "P3": "x", "P2": "y"}))]),
    st.sampled_from([Aggregate(), Aggregate(at_least=0.6), Aggregate(complete=("index", "b"))]),
    st.sampled_from([MinMax(), MinMax((1, 100), clip=False, floating=True)]),
    st.booleans(),
)
def test_a_plan_gives_what_build_gives_whatever_the_gaps_and_ties(
    values: FloatArray, impute: Step | None, aggregate: Aggregate, points: Step, drop: bool
) -> None:
    mean = Geometric() if points == MinMax((1, 100), clip=False, floating=True) else Arithmetic()
    wanted = dataclasses.replace(aggregate, mean=mean)
    head = [Screen(places=0.6)] if drop else []
    extra = [*head, *([impute] if impute else []), Treat(2, Limits(1.5, 0.3))]
    spec, panel = made(values, *extra, points, wanted, goalposts=(0, 40)), panel_of(values)
    try:
        build(spec, panel)
    except BadSpec:
        with pytest.raises(BadSpec):
            compile_plan(spec, panel).run()
        return

    assert_same(compile_plan(spec, panel).run(), spec, panel)


def test_the_order_of_places_is_nothing() -> None:
    values = np.random.default_rng(4).lognormal(size=(40, 5))
    order = np.random.default_rng(5).permutation(40)
    spec = made(values, Treat())

    first = compile_plan(spec, panel_of(values)).run()
    second = compile_plan(spec, panel_of(values[order])).run()

    np.testing.assert_allclose(first.scores[order], second.scores, rtol=1e-12)
    np.testing.assert_array_equal(first.ranks[order], second.ranks)


def test_logarithms_are_taken_of_figures_and_of_goalposts() -> None:
    values = np.array([[1.0, 2, 3], [10, 3, 4], [100, 5, 9]])
    spec = made(values, Logarithm(("i0",)), goalposts=(1, 100))

    built = compile_plan(spec, panel_of(values)).run()

    assert built.scores[:, 0].tolist() == pytest.approx([0, 50, 100])
    assert_same(built, spec, panel_of(values))


def test_a_plan_can_be_run_on_other_figures() -> None:
    values = np.random.default_rng(4).lognormal(size=(9, 4))
    spec = made(values)

    ours = compile_plan(spec, panel_of(values)).run(np.ascontiguousarray(values.T) ** 2)

    assert_same(ours, spec, panel_of(values**2))


def test_a_step_without_a_kernel_is_refused_by_name() -> None:
    values = np.random.default_rng(4).lognormal(size=(9, 4))
    spec = made(values, Aggregate(nodes={"a": KemenyYoung()}))

    with pytest.raises(NotImplementedError, match="node 'a': 'kemeny-young' has no compiled"):
        compile_plan(spec, panel_of(values))


def test_a_reference_edition_for_ranks_is_refused_by_name() -> None:
    values = np.random.default_rng(4).lognormal(size=(9, 4))
    other = Normalise(AscendingRank(), reference=panel_of(values))

    with pytest.raises(NotImplementedError, match="Step normalise: 'rank' has no"):
        compile_plan(made(values, other), panel_of(values))


@dataclasses.dataclass(frozen=True)
class Half:
    """A mean of which the writer below understands one field of two."""

    known: int = 1
    new: int = 0


def test_a_field_that_a_kernel_does_not_know_is_refused() -> None:
    """So that a step that learns something new is never compiled as if it had not."""
    table: dict[type, Known] = {Half: known(float, "known")}

    assert writer(table, Half(known=7), step=Aggregate()) is float
    with pytest.raises(NotImplementedError, match="Step aggregate: Half with new has no compiled"):
        writer(table, Half(new=7), step=Aggregate())
    with pytest.raises(NotImplementedError, match="Step aggregate: 'geometric' has no"):
        writer(table, Geometric(), step=Aggregate())


def test_a_screen_after_indicators_have_served_to_fill_others_is_refused() -> None:
    values = np.random.default_rng(4).lognormal(size=(9, 4))
    values[3:, 1], values[0, 0] = 5.0, NAN
    late = Screen(drop_saturated=True)
    spec = made(values, Impute(RowMean(by_component=False)), late)

    with pytest.raises(NotImplementedError, match="A screen drops i1 after they have served"):
        compile_plan(spec, panel_of(values))


def test_figures_that_are_all_alike_are_refused_with_their_name() -> None:
    values = np.array([[1.0, 2, 3], [1, 3, 4], [1, 5, 9]])

    with pytest.raises(BadSpec, match="indicator 'i0'"):
        compile_plan(made(values), panel_of(values)).run()


def test_a_value_at_nought_stops_a_geometric_mean_with_its_name() -> None:
    values = np.random.default_rng(4).lognormal(size=(9, 4))

    with pytest.raises(BadSpec, match="node 'a'"):
        compile_plan(made(values, Aggregate(Geometric())), panel_of(values)).run()


def test_one_place_and_no_place_are_handled() -> None:
    spec = made(np.ones((1, 3)), Normalise(Unchanged()))

    assert compile_plan(spec, panel_of(np.ones((1, 3)))).run().ranks[0, -1] == 1
    with pytest.raises(BadSpec, match="no place"):
        compile_plan(spec, panel_of(np.ones((0, 3))))


def test_the_room_does_not_load_numba_until_an_engine_is_wanted() -> None:
    words = "import sys, placedex, placedex.index, placedex.cli; print('numba' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
