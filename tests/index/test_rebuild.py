"""Rebuilding redoes what follows a change, and nothing before it."""

import dataclasses
from dataclasses import dataclass, field

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Equal,
    Geometric,
    Impute,
    Index,
    Logarithm,
    Mean,
    Median,
    MinMax,
    Normalise,
    Rank,
    Screen,
    Spec,
    State,
    Step,
    Treat,
    Weights,
    build,
)
from placedex.index.fillings import RowMean
from placedex.index.normalisations import ZScore
from placedex.index.rebuild import rebuild
from placedex.index.weighting import Ahp
from placedex.observations import Panel
from tests.index.test_monte_carlo import random_figures
from tests.index.test_plan import made, panel_of

NAN = float("nan")


@dataclass(frozen=True)
class Noted:
    """A step that notes down that it was applied."""

    step: Step
    notes: list[str] = field(compare=False)

    @property
    def verb(self) -> str:
        return self.step.verb

    @property
    def words(self) -> str:
        return self.step.words

    def apply(self, state: State) -> State:
        self.notes.append(self.verb)
        return self.step.apply(state)


def noted(spec: Spec, notes: list[str]) -> Spec:
    return dataclasses.replace(spec, steps=tuple(Noted(step, notes) for step in spec.steps))


def gappy() -> Panel:
    values = random_figures()
    values[3, 1] = values[7, 4] = NAN
    return panel_of(values)


PANEL = gappy()
SPEC = made(PANEL.values, Screen(places=0.5), Impute(Mean()), Treat(2), MinMax((1, 90)))


def exchanged(step: Step) -> Spec:
    steps = tuple(step if one.verb == step.verb else one for one in SPEC.steps)
    return dataclasses.replace(SPEC, steps=steps)


def assert_same(ours: Index, wanted: Index) -> None:
    """Every stage is the same to the last byte."""
    assert ours.spec == wanted.spec
    assert [stage.step for stage in ours.stages] == [stage.step for stage in wanted.stages]
    for mine, other in zip(ours.stages, wanted.stages, strict=True):
        assert mine.state.panel.values.tobytes() == other.state.panel.values.tobytes()
        assert mine.state.panel.errors.tobytes() == other.state.panel.errors.tobytes()
        assert mine.state.hierarchy == other.state.hierarchy
        assert mine.state.flags == other.state.flags


def changed_nodes(**named: dict[str, object]) -> Spec:
    nodes = {
        code: dataclasses.replace(SPEC.hierarchy[code], **what)  # type: ignore[arg-type]
        for code, what in named.items()
    }
    return SPEC.with_hierarchy(SPEC.hierarchy.replace(nodes))


@pytest.mark.parametrize(
    ("step", "redone"),
    [
        (Impute(Median()), ["impute", "treat", "normalise", "weight", "aggregate", "rank"]),
        (Treat(3), ["treat", "normalise", "weight", "aggregate", "rank"]),
        (MinMax((1, 100)), ["normalise", "weight", "aggregate", "rank"]),
        (Aggregate(at_least=0.5), ["aggregate", "rank"]),
        (Rank(decimals=2), ["rank"]),
        (Rank(), []),
    ],
    ids=str,
)
def test_a_change_of_one_step_redoes_only_what_follows_it(step: Step, redone: list[str]) -> None:
    notes: list[str] = []
    index = build(noted(SPEC, notes), PANEL)
    notes.clear()

    again = rebuild(index, noted(exchanged(step), notes))

    assert notes == redone
    plain = rebuild(build(SPEC, PANEL), exchanged(step))
    assert_same(plain, build(exchanged(step), PANEL))
    assert again.ranks.values.tobytes() == plain.ranks.values.tobytes()


@pytest.mark.parametrize(
    ("spec", "first"),
    [
        (changed_nodes(i0={"weight": 3.0}, a={"weight": 9.0}), "aggregate"),
        (changed_nodes(i1={"goalposts": (0.0, 50.0)}), "normalise"),
        (changed_nodes(i1={"direction": 1}), "impute"),
        (changed_nodes(i1={"why": "because", "against": "it is late"}), None),
        (changed_nodes(i1={"name": "Another name"}), "scale"),
        (changed_nodes(i1={"parent": "a"}), "scale"),
        (SPEC.with_hierarchy(SPEC.hierarchy.without(["i3"])), "scale"),
        (dataclasses.replace(SPEC, title="Another title"), None),
    ],
    ids=["weights", "goalposts", "direction", "reasons", "name", "parent", "left out", "title"],
)
def test_a_change_of_the_hierarchy_redoes_the_first_step_that_reads_it(
    spec: Spec, first: str | None
) -> None:
    """A stage that is taken over holds the very panel that it held before."""
    index = build(SPEC, PANEL)

    again = rebuild(index, spec)

    pairs = zip(again.stages, index.stages, strict=False)
    taken = [one.state.panel is other.state.panel for one, other in pairs]
    verbs = [step.verb for step in spec.steps]
    count = len(verbs) if first is None else verbs.index(first)
    assert taken == [True] * count + [False] * (len(verbs) - count)
    assert_same(again, build(spec, PANEL))


@pytest.mark.parametrize(
    "step", [Equal(), Weights(nodes={"index": Ahp(("a", "b"), ((1, 2), (0.5, 1)))})]
)
def test_a_change_of_weights_reaches_a_step_that_sets_them(step: Step) -> None:
    before = exchanged(step)
    after = before.with_hierarchy(changed_nodes(i0={"weight": 3.0}).hierarchy)

    assert_same(rebuild(build(before, PANEL), after), build(after, PANEL))


def test_goalposts_are_read_by_a_logarithm() -> None:
    before = exchanged(Logarithm(("i0",)))
    after = before.with_hierarchy(changed_nodes(i0={"goalposts": (1.0, 99.0)}).hierarchy)

    assert_same(rebuild(build(before, PANEL), after), build(after, PANEL))


def test_a_step_that_is_not_known_may_read_anything() -> None:
    notes: list[str] = []
    index = build(noted(SPEC, notes), PANEL)
    other = noted(changed_nodes(i0={"weight": 3.0}), notes)
    notes.clear()

    again = rebuild(index, other)

    assert notes == [step.verb for step in SPEC.steps]
    assert again.ranks.values.tobytes() == build(other, PANEL).ranks.values.tobytes()


def test_other_figures_redo_everything_and_the_same_ones_nothing() -> None:
    notes: list[str] = []
    spec = noted(SPEC, notes)
    index = build(spec, PANEL)
    values = PANEL.values.copy()
    values[0, 0] += 1
    notes.clear()

    alike = rebuild(index, spec, gappy())

    assert notes == []
    assert alike.ranks.values.tobytes() == index.ranks.values.tobytes()
    rebuild(index, spec, dataclasses.replace(PANEL, values=values))
    assert len(notes) == len(SPEC.steps)


def test_weights_that_leave_a_screened_component_without_any_are_refused_as_by_build() -> None:
    values = PANEL.values.copy()
    values[:, 0] = NAN
    panel = panel_of(values)
    spec = made(values, Screen(indicators=0.5))
    nodes = {code: dataclasses.replace(spec.hierarchy[code], weight=0.0) for code in ("i2", "i4")}
    other = spec.with_hierarchy(spec.hierarchy.replace(nodes))
    index = build(spec, panel)

    with pytest.raises(BadSpec, match="all have the weight 0"):
        build(other, panel)
    with pytest.raises(BadSpec, match="all have the weight 0"):
        rebuild(index, other)


numba = pytest.importorskip("numba")

from placedex.index.plan import Plan, compile_plan  # noqa: E402

DIALS: tuple[tuple[Spec, tuple[str, ...]], ...] = (
    (changed_nodes(i0={"weight": 3.0}), ("weight", "aggregate", "rank")),
    (exchanged(Aggregate(Geometric(), {"index": Geometric()})), ("weight", "aggregate", "rank")),
    (exchanged(MinMax((1, 100))), ("normalise", "weight", "aggregate", "rank")),
    (exchanged(Normalise(ZScore())), ("normalise", "weight", "aggregate", "rank")),
    (exchanged(Treat(5)), ("treat", "normalise", "weight", "aggregate", "rank")),
    (
        exchanged(Impute(RowMean())),
        ("impute", "treat", "normalise", "weight", "aggregate", "rank"),
    ),
    (changed_nodes(i1={"goalposts": (0.0, 50.0)}), ("normalise", "weight", "aggregate", "rank")),
)


@pytest.mark.parametrize(("spec", "redone"), DIALS)
def test_a_plan_that_is_changed_redoes_only_what_follows(
    spec: Spec, redone: tuple[str, ...]
) -> None:
    plan = compile_plan(SPEC, PANEL)

    changed = plan.changed(spec)

    assert changed.redone == redone
    same(changed, spec)
    same(changed.changed(SPEC), SPEC)
    same(changed.changed(exchanged(Treat(1))), exchanged(Treat(1)))


def same(plan: Plan, spec: Spec) -> None:
    """A plan gives to the last byte what one does that is compiled anew."""
    ours, wanted = plan.run(), compile_plan(spec, PANEL).run()
    assert (ours.places, ours.nodes) == (wanted.places, wanted.nodes)
    assert ours.scores.tobytes() == wanted.scores.tobytes()
    assert ours.ranks.tobytes() == wanted.ranks.tobytes()


def test_a_plan_that_loses_an_indicator_is_compiled_anew() -> None:
    spec = SPEC.with_hierarchy(SPEC.hierarchy.without(["i3"]))

    changed = compile_plan(SPEC, PANEL).changed(spec)

    assert changed.redone == ("impute", "treat", "normalise", "weight", "aggregate", "rank")
    same(changed, spec)


def test_a_changed_plan_carries_other_figures_through_every_step() -> None:
    spec = changed_nodes(i0={"weight": 3.0})
    figures = np.ascontiguousarray(PANEL.values.T) ** 2

    ours = compile_plan(SPEC, PANEL).changed(spec).run(figures)

    assert ours.scores.tobytes() == compile_plan(spec, PANEL).run(figures).scores.tobytes()


def test_places_that_a_screen_dropped_stay_dropped_in_a_changed_plan() -> None:
    values = PANEL.values.copy()
    values[4, :3] = NAN
    panel = panel_of(values)
    steps = (SPEC.steps[0], Impute(Mean()), Screen(places=0.8), *SPEC.steps[3:])
    spec = dataclasses.replace(made(values, Impute(Mean())), steps=steps)
    late = dataclasses.replace(spec, steps=(*steps[:1], Impute(RowMean()), *steps[1:]))
    other = dataclasses.replace(late, steps=(*late.steps[:-2], Aggregate(at_least=0.7), Rank()))

    ours = compile_plan(late, panel).changed(other).run()

    assert ours.scores.tobytes() == compile_plan(other, panel).run().scores.tobytes()
