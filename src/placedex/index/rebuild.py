"""Rebuild: an index built again after a change, from the first step that the change reaches."""

import dataclasses
from collections.abc import Mapping

import numpy as np

from placedex.index.aggregate import Aggregate
from placedex.index.build import Index, Stage, build, follow
from placedex.index.hierarchy import Hierarchy
from placedex.index.impute import Impute
from placedex.index.normalise import MinMax, Normalise
from placedex.index.rank import Rank
from placedex.index.scale import Scale
from placedex.index.screen import Screen
from placedex.index.spec import Spec
from placedex.index.step import Step
from placedex.index.treat import Logarithm, Treat
from placedex.index.weight import Equal, Given, Weights
from placedex.observations import Panel

# What may be otherwise in a hierarchy of the same nodes, and who reads or writes it. The reasons
# (why, against) nobody reads. A step that is not named here may read anything.
CHANGEABLE = frozenset({"weight", "goalposts", "direction", "why", "against"})
READS: Mapping[type, frozenset[str]] = {
    Scale: frozenset(),
    Screen: frozenset(),
    Impute: frozenset({"direction"}),
    Treat: frozenset(),
    Logarithm: frozenset({"goalposts"}),
    MinMax: frozenset({"goalposts", "direction"}),
    Normalise: frozenset({"goalposts", "direction"}),
    Given: frozenset(),
    Equal: frozenset({"weight"}),
    Weights: frozenset({"weight"}),
    Aggregate: frozenset({"weight", "goalposts", "direction"}),
    Rank: frozenset(),
}


def rebuild(index: Index, spec: Spec, panel: Panel | None = None) -> Index:
    """The index that a spec makes, of which only what follows the first change is done again.

    A stage is taken over if all steps up to it are the same, the figures are the same, and the
    hierarchy differs at most in what none of these steps reads: weights before the step weight or
    aggregate, goalposts before a logarithm or normalise, directions before impute or normalise, and
    reasons everywhere. The answer is that of `build`.
    Errors: as `build`.
    """
    figures = index.raw if panel is None else panel
    if figures is not index.raw and not same_figures(figures, index.raw):
        return build(spec, figures)
    taken = _taken_over(index, spec)
    if not taken:
        return build(spec, figures)
    rest = follow(spec.steps[len(taken) :], taken[-1].state)
    return Index(spec, figures, (*taken, *rest))


def _taken_over(index: Index, spec: Spec) -> list[Stage]:
    """The stages that a change of the spec does not reach, with the new hierarchy's numbers."""
    changed = changes(index.spec.hierarchy, spec.hierarchy)
    stages: list[Stage] = []
    if changed is None:
        return stages
    for stage, step in zip(index.stages, spec.steps, strict=False):
        if not same_step(stage.step, step) or changed & READS.get(type(step), CHANGEABLE):
            break
        state = stage.state
        if changed:
            hierarchy = with_changes(state.hierarchy, spec.hierarchy, changed)
            state = dataclasses.replace(state, hierarchy=hierarchy)
        stages.append(Stage(step, state))
    return stages


def changes(one: Hierarchy, other: Hierarchy) -> frozenset[str] | None:
    """What is otherwise in a hierarchy of the same nodes; none if the nodes are not the same."""
    names = [field.name for field in dataclasses.fields(one.nodes[0])]
    if len(one.nodes) != len(other.nodes):
        return None
    found = frozenset(
        name
        for first, second in zip(one.nodes, other.nodes, strict=True)
        for name in names
        if getattr(first, name) != getattr(second, name)
    )
    return found if found <= CHANGEABLE else None


def with_changes(hierarchy: Hierarchy, other: Hierarchy, names: frozenset[str]) -> Hierarchy:
    """A hierarchy in which each node has what another says of it under these names."""
    said = {node.code: {name: getattr(node, name) for name in names} for node in other}
    return hierarchy.replace(
        {node.code: dataclasses.replace(node, **said[node.code]) for node in hierarchy}
    )


def same_step(one: Step, other: Step) -> bool:
    """Whether two steps are the same; those that cannot be compared are not."""
    try:
        return one is other or bool(one == other)
    except ValueError:
        return False


def same_figures(one: Panel, other: Panel) -> bool:
    """Whether two panels hold the same figures, errors, statuses and origins of the same places."""
    labels = ("places", "indicators", "sources", "periods")
    if any(getattr(one, name) != getattr(other, name) for name in labels):
        return False
    numbers = all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in ("values", "errors")
    )
    return numbers and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("statuses", "origins")
    )
