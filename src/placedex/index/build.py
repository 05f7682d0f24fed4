"""Build: an index is a fold of its steps over a panel, and every stage is kept."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec, BadUsage
from placedex.index.hierarchy import Goalposts, Hierarchy, Node
from placedex.index.rank import Rank
from placedex.index.scale import reckon
from placedex.index.spec import Spec
from placedex.index.step import Flag, State, Step
from placedex.index.treat import Logarithm
from placedex.observations import Indicator, Panel, refuse_mixed
from placedex.observations.panel import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A step and the state that it gave."""

    step: Step
    state: State


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An index that was built: the spec, the figures it was given, and every stage."""

    spec: Spec
    raw: Panel
    stages: tuple[Stage, ...]

    def stage(self, verb: str) -> State:
        """The state after a step; BadUsage if the index has no step of that name."""
        for stage in reversed(self.stages):
            if stage.step.verb == verb:
                return stage.state
        verbs = ", ".join(stage.step.verb for stage in self.stages)
        raise BadUsage(f"The index has no step '{verb}'. Wanted one of {verbs}.")

    @property
    def figures(self) -> Panel:
        """The indicators of the hierarchy, in their own units, before anything changed them."""
        return self.stage("scale").panel

    @property
    def points(self) -> Panel:
        """The indicators on one scale."""
        return self.stage("normalise").panel

    @property
    def scores(self) -> Panel:
        """A score for each node: indicators, components and the index itself."""
        return self.stage("aggregate").panel

    @property
    def ranks(self) -> Panel:
        """A rank for each node, 1 for the highest score."""
        return self.stage("rank").panel

    @property
    def hierarchy(self) -> Hierarchy:
        """The hierarchy as it stood at the end: without what was set aside, with goalposts."""
        return self.stages[-1].state.hierarchy

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What a reader should know, in the order of the steps."""
        return self.stages[-1].state.flags

    def count_ranked(self) -> int:
        """How many places have a rank on the whole index."""
        return int((~np.isnan(self.ranks.of(self.hierarchy.root.code))).sum())

    def result(self, place: str) -> tuple[float, float]:
        """The score and the rank of a place on the whole index."""
        root = self.hierarchy.root.code
        row = self.scores.row(place)
        return float(self.scores.of(root)[row]), float(self.ranks.of(root)[row])


def build(spec: Spec, panel: Panel) -> Index:
    """The index that a spec makes of a panel's places.

    Errors: BadSpec naming the step and the node if the figures do not suffer what a step asks, or
            if one is infinite; MixedMeasures if one code stands for different things.
    """
    refuse_mixed([panel])
    if not panel.places:
        raise BadSpec(
            f"The index '{spec.code}' was given no place. Wanted at least one. Look at the places "
            "in placedex.toml and at the kinds in the spec."
        )
    return Index(spec, panel, follow(spec.steps, State(panel, spec.hierarchy)))


def follow(steps: Iterable[Step], state: State) -> tuple[Stage, ...]:
    """The stages that steps make of a state, one after the other.

    Errors: as in `build`.
    """
    stages = []
    for step in steps:
        state = step.apply(state)
        refuse_infinite_figures(step, state.panel)
        stages.append(Stage(step, state))
    return tuple(stages)


def refuse_infinite_figures(step: Step, panel: Panel) -> None:
    """Refuse a number that no further step could do anything with."""
    if np.isinf(panel.values).any():
        row, column = np.argwhere(np.isinf(panel.values))[0]
        raise BadSpec(
            f"Step {step.verb}, node '{panel.codes[column]}': it is infinite for "
            f"{panel.places[row].code}. Wanted a number, or a missing one where there is none. "
            "Look for a division by nought in the figures."
        )


def beside(panel: Panel, indicators: tuple[Indicator, ...]) -> Panel:
    """Figures shown beside an index and not in it, in proportion where they say so."""
    return reckon(panel, indicators)


def freeze(index: Index) -> Spec:
    """The spec with the goalposts that a build found, so that later builds use the same.

    Goalposts that the spec gave stay as they are; an indicator that was set aside gets none. Those
    of an indicator whose logarithm is taken are given in its own unit, as the spec wants them.
    Errors: BadSpec if a treatment that hangs on the figures found put one on another scale.
    """
    used = {leaf.code: leaf for leaf in index.stage("normalise").hierarchy.leaves}
    wanting = [leaf for leaf in index.spec.hierarchy.leaves if leaf.goalposts is None]
    frozen = {
        leaf.code: dataclasses.replace(leaf, goalposts=_in_own_unit(index, used[leaf.code]))
        for leaf in wanting
        if leaf.code in used
    }
    return index.spec.with_hierarchy(index.spec.hierarchy.replace(frozen))


def _in_own_unit(index: Index, leaf: Node) -> Goalposts:
    if leaf.goalposts is None:
        raise BadSpec(
            f"The goalposts of '{leaf.code}' cannot be frozen: the method of normalising has none. "
            "Wanted min-max. Freeze an index that is normalised so."
        )
    low, high = leaf.goalposts
    logged = [step for step in index.spec.steps if isinstance(step, Logarithm)]
    if any(leaf.code in step.indicators for step in logged):
        return float(np.exp(low)), float(np.exp(high))
    figures = index.figures.of(leaf.code)
    if low not in figures or high not in figures:
        raise BadSpec(
            f"The goalposts of '{leaf.code}' cannot be frozen: a treatment put it on another "
            "scale, which hangs on the figures found. Wanted goalposts in its own unit. Give them "
            "in the spec, or name it under treat: {logarithm: [...]}."
        )
    return low, high


def rank_under_scenarios(index: Index) -> dict[str, FloatArray]:
    """The rank of each place on the whole index under each scenario that changes something.

    A scenario that only leaves out what is not in the index of these places is none for them.
    Shape:  for each scenario a number for each place of `index.raw`.
    Gaps:   a place that the spec itself does not rank has no rank under a scenario either, and is
            nobody's rival there; nor has one that the scenario does not score.
    """
    rows = {place.code: number for number, place in enumerate(index.raw.places)}
    base = index.ranks.of(index.hierarchy.root.code)
    ranked = {
        place.code
        for place, rank in zip(index.ranks.places, base, strict=True)
        if not np.isnan(rank)
    }
    found: dict[str, FloatArray] = {}
    there = {node.code for node in index.hierarchy}
    for scenario in index.spec.scenarios:
        if not scenario.replaced and not there.intersection(scenario.without):
            continue
        other = build(index.spec.under(scenario), index.raw)
        scores = np.full(len(rows), np.nan)
        values = other.scores.of(other.hierarchy.root.code)
        for place, value in zip(other.scores.places, values, strict=True):
            if place.code in ranked:
                scores[rows[place.code]] = value
        (rank,) = (step for step in other.spec.steps if isinstance(step, Rank))
        found[scenario.code] = rank.ranks(scores)
    return found
