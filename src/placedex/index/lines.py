"""Lines: the steps of a spec written down as codes and numbers for the kernels."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import kernels
from placedex.index.aggregate import Aggregate
from placedex.index.fillings import GroupMean, Mean, Median, NoFilling
from placedex.index.hierarchy import Goalposts, Hierarchy
from placedex.index.impute import Impute
from placedex.index.means import Arithmetic, Geometric, Harmonic
from placedex.index.normalisations import AscendingRank, FixedGoalposts, Unchanged, ZScore
from placedex.index.normalise import MinMax, Normalise
from placedex.index.program import BoolArray, FloatArray, IntArray
from placedex.index.rank import Rank
from placedex.index.screen import Screen
from placedex.index.step import State, Step
from placedex.index.treat import Logarithm, Treat
from placedex.index.treatments import InTurn, ShiftedLog, Winsorise
from placedex.index.weight import Equal, Given, Weights
from placedex.stats import Ties

MEANS: Mapping[type, int] = {
    Arithmetic: kernels.ARITHMETIC,
    Geometric: kernels.GEOMETRIC,
    Harmonic: kernels.HARMONIC,
}
NO_BOUND = 1e18


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One step for some leaves: a code, its numbers, and the goalposts (low and high, leaves)."""

    code: int
    numbers: tuple[float, ...]
    applies: BoolArray
    ends: FloatArray


@dataclass(slots=True, eq=False)
class Lines:
    """The steps of a spec as they are written down, with the hierarchy as it stands.

    A node that a later screen drops has a missing weight.
    """

    state: State
    nodes: tuple[str, ...]
    hierarchy: Hierarchy
    lines: list[Line]
    groups: IntArray
    kept: BoolArray
    means: IntArray
    enough: FloatArray
    ended: bool = False

    @property
    def leaves(self) -> tuple[str, ...]:
        """The codes of the indicators."""
        return self.state.panel.codes

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of the places."""
        return tuple(place.code for place in self.state.panel.places)

    @property
    def weights(self) -> FloatArray:
        """The weight of each node; missing where the node was dropped."""
        there = {node.code: node.weight for node in self.hierarchy}
        return np.array([there.get(code, np.nan) for code in self.nodes])

    def add(self, code: int, *numbers: float, only: tuple[str, ...] | None = None) -> Line:
        """Write one line, for all leaves or only some."""
        chosen = self.leaves if only is None else only
        applies = np.array([leaf in chosen for leaf in self.leaves], dtype=np.bool_)
        line = Line(code, numbers, applies, np.full((2, len(self.leaves)), np.nan))
        self.lines.append(line)
        return line


def write_lines(steps: tuple[Step, ...], state: State) -> Lines:
    """The steps that follow the head of a spec as lines; `state` is what the head gave.

    Errors: NotImplementedError naming a step that has no kernel, never another answer.
    """
    components = state.hierarchy.components
    nodes = (*state.panel.codes, *(node.code for node in components))
    count = len(state.panel.places)
    written = Lines(
        state=state,
        nodes=nodes,
        hierarchy=state.hierarchy,
        lines=[],
        groups=np.zeros(count, dtype=np.int64),
        kept=np.ones(count, dtype=np.bool_),
        means=np.zeros(len(components), dtype=np.int64),
        enough=np.zeros(len(components)),
    )
    screens = [number for number, step in enumerate(steps) if isinstance(step, Screen)]
    last = screens[-1] if screens else -1
    now = state
    for number, step in enumerate(steps):
        after = step.apply(now) if number <= last else now
        if type(step) is Screen:
            _write_screen(written, after)
        else:
            _write(written, step)
        now = after
    return written


def _write(lines: Lines, step: Step) -> None:
    write = _WRITERS.get(type(step))
    if write is None or (lines.ended and type(step) is not Rank):
        raise _no_kernel(step)
    write(lines, step)


def _no_kernel(step: Step, what: object = None) -> NotImplementedError:
    named = type(step).__name__ if what is None else f"{type(step).__name__} with {what!r}"
    return NotImplementedError(
        f"Step {step.verb}: {named} has no compiled kernel, or not in this place. Wanted a step "
        "that has one. Use `build`, which does every step."
    )


def _write_screen(lines: Lines, after: State) -> None:
    """What a screen within the chain keeps; decided on the published figures."""
    still = {place.code for place in after.panel.places}
    kept = np.array([code in still for code in lines.places], dtype=np.bool_)
    if (kept != lines.kept).any():
        if not lines.kept.all():
            raise NotImplementedError(
                "Two screens within the chain drop places. Wanted one, or screens right after "
                "scale. Use `build`, which does every step."
            )
        lines.kept = kept
        lines.add(kernels.KEEP)
    there = {node.code for node in after.hierarchy}
    gone = [node.code for node in lines.hierarchy.leaves if node.code not in there]
    lines.hierarchy = lines.hierarchy.without(gone) if gone else lines.hierarchy


def _write_impute(lines: Lines, step: Any) -> None:
    filling = step.filling
    _only(step, {"filling"})
    if type(filling) is GroupMean:
        _only(filling, {"groups"})
        if any(line.code == kernels.FILL_GROUPS for line in lines.lines):
            raise _no_kernel(step, filling)
        lines.groups = _groups(filling.groups, lines.places)
        lines.add(kernels.FILL_GROUPS)
    elif type(filling) in (Mean, Median):
        _only(filling, set())
        lines.add(kernels.FILL_MEAN if type(filling) is Mean else kernels.FILL_MEDIAN)
    elif type(filling) is not NoFilling:
        raise _no_kernel(step, filling)


def _groups(groups: Mapping[str, str], places: tuple[str, ...]) -> IntArray:
    """The number of each place's group, -1 for none."""
    labels = [groups.get(code, "") for code in places]
    numbers = {label: number for number, label in enumerate(sorted({*labels} - {""}))}
    if not numbers:
        raise BadSpec(
            "Step impute: no place has a group. Wanted a group for each place that is to be filled "
            "from others. Add `groups`: {code: group}, or use another method."
        )
    return np.array([numbers.get(label, -1) for label in labels], dtype=np.int64)


def _write_treat(lines: Lines, step: Any) -> None:
    _only(step, {"most", "limits", "second", "combined", "individually"})
    for code in lines.leaves:
        way = step.individually.get(code, step.treatment)
        if way is not None and (type(way) is not InTurn or type(way.first) is not Winsorise):
            raise _no_kernel(step, way)
    common = tuple(code for code in lines.leaves if code not in step.individually)
    for way, leaves in ((step.treatment, common), *_by_treatment(step)):
        if way.second is not None and type(way.second) is not ShiftedLog:
            raise _no_kernel(step, way.second)
        if way.first.limits != way.limits:
            raise _no_kernel(step, way)
        second = kernels.LOG_OF_DRAWN_IN if way.combined else kernels.LOG_OF_FIGURES
        second = kernels.NO_SECOND if way.second is None else second
        most = NO_BOUND if way.first.most is None else float(way.first.most)
        numbers = (way.limits.skewness, way.limits.kurtosis, most, float(second))
        if leaves:
            lines.add(kernels.TREAT, *numbers, only=leaves)


def _by_treatment(step: Treat) -> list[tuple[InTurn, tuple[str, ...]]]:
    return [(way, (code,)) for code, way in step.individually.items() if isinstance(way, InTurn)]


def _write_logarithm(lines: Lines, step: Any) -> None:
    _only(step, {"indicators"})
    named = tuple(code for code in step.indicators if code in lines.leaves)
    changed = {}
    for leaf in lines.hierarchy.leaves:
        if leaf.code in named and leaf.goalposts is not None:
            if min(leaf.goalposts) <= 0:
                raise BadSpec(
                    f"Step treat, indicator '{leaf.code}': a goalpost is nought or below. Wanted "
                    "all above nought for a logarithm. Take the indicator out of the step."
                )
            low, high = (float(np.log(end)) for end in leaf.goalposts)
            changed[leaf.code] = dataclasses.replace(leaf, goalposts=(low, high))
    lines.hierarchy = lines.hierarchy.replace(changed)
    lines.add(kernels.LOG, only=named)


def _write_min_max(lines: Lines, step: Any) -> None:
    _only(step, {"scale", "clip", "floating"})
    _between(lines, step, lines.leaves)


def _between(
    lines: Lines, method: MinMax, leaves: tuple[str, ...], *, posts: Goalposts | None = None
) -> None:
    line = lines.add(kernels.MIN_MAX, *method.scale, float(method.clip), only=leaves)
    for leaf in lines.hierarchy.leaves:
        given = leaf.goalposts if posts is None else posts
        if given is None or method.floating or leaf.code not in leaves:
            continue
        if given[0] >= given[1]:
            raise BadSpec(
                f"Step normalise, indicator '{leaf.code}': the goalposts are {given[0]:g} and "
                f"{given[1]:g}. Wanted the lower first and the higher after it."
            )
        line.ends[:, lines.leaves.index(leaf.code)] = given


def _write_normalise(lines: Lines, step: Any) -> None:
    _only(step, {"method", "individually"})
    common = tuple(code for code in lines.leaves if code not in step.individually)
    each = [(way, (code,)) for code, way in step.individually.items() if code in lines.leaves]
    for way, leaves in ((step.method, common), *each):
        if leaves:
            _write_points(lines, step, way, leaves)


def _write_points(lines: Lines, step: Normalise, way: Any, leaves: tuple[str, ...]) -> None:
    if type(way) is MinMax:
        _between(lines, way, leaves)
    elif type(way) is FixedGoalposts:
        _between(lines, MinMax(way.scale, way.clip), leaves, posts=(way.low, way.high))
    elif type(way) is ZScore:
        lines.add(kernels.Z_SCORE, way.mean, way.spread, only=leaves)
    elif type(way) is AscendingRank and way.ties in (Ties.WORSE, Ties.AVERAGE):
        lines.add(kernels.RANKS, float(way.ties is Ties.AVERAGE), only=leaves)
    elif type(way) is Unchanged:
        lines.add(kernels.TURN, only=leaves)
    else:
        raise _no_kernel(step, way)


def _write_given(lines: Lines, step: Any) -> None:
    """The hierarchy carries the weights already."""


def _write_equal(lines: Lines, step: Any) -> None:
    lines.hierarchy = step.apply(State(lines.state.panel, lines.hierarchy)).hierarchy


def _write_weights(lines: Lines, step: Any) -> None:
    for way in (step.method, *step.nodes.values()):
        if way.looks:
            raise _no_kernel(step, way)
    _write_equal(lines, step)


def _write_aggregate(lines: Lines, step: Any) -> None:
    _only(step, {"mean", "nodes", "at_least", "complete", "least"})
    there = {node.code for node in lines.hierarchy}
    for number, code in enumerate(lines.nodes[len(lines.leaves) :]):
        mean = step.nodes.get(code, step.mean)
        if code in there and type(mean) not in MEANS:
            raise _no_kernel(step, mean)
        lines.means[number] = MEANS.get(type(mean), kernels.ARITHMETIC)
        least = step.least.get(code, step.at_least)
        lines.enough[number] = 1.0 if code in step.complete else least
    lines.ended = True


def _write_rank(_: Lines, step: Any) -> None:
    """Every node is ranked at the end, in any case."""
    _only(step, set())


def _only(thing: Any, known: set[str]) -> None:
    """Refuse a step that says more than its kernel knows of."""
    for field in dataclasses.fields(thing):
        if field.name in known or field.name in {"verb", "words", "wants", "looks"}:
            continue
        usual = field.default
        if field.default_factory is not dataclasses.MISSING:
            usual = field.default_factory()
        if getattr(thing, field.name) != usual:
            raise NotImplementedError(
                f"{type(thing).__name__} with {field.name} has no compiled kernel. Wanted it as "
                "usual. Use `build`, which does every step."
            )


_WRITERS: Mapping[type, Callable[[Lines, Any], None]] = {
    Impute: _write_impute,
    Treat: _write_treat,
    Logarithm: _write_logarithm,
    MinMax: _write_min_max,
    Normalise: _write_normalise,
    Given: _write_given,
    Equal: _write_equal,
    Weights: _write_weights,
    Aggregate: _write_aggregate,
    Rank: _write_rank,
}
