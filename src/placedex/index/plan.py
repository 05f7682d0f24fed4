"""Plan: a spec and a panel made into arrays once, so that an index is built in milliseconds."""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.chain import rank_nodes, run_once
from placedex.index.hierarchy import Hierarchy
from placedex.index.kernels import ALL_ALIKE, FINE, NOT_ABOVE_NOUGHT, NOTHING_LEFT
from placedex.index.lines import Lines, write_lines
from placedex.index.program import BoolArray, FloatArray, Programs, make_work
from placedex.index.scale import Scale
from placedex.index.screen import Screen
from placedex.index.spec import Spec
from placedex.index.step import State
from placedex.observations import Panel


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What all methods of an index have in common: figures, places and nodes.

    The steps `scale` and `screen` at the head of the spec are done already: which places and
    indicators are used is decided once, on the published figures. `nodes` are the leaves in the
    order of the panel's columns, then the components upwards.
    """

    state: State
    head: int
    places: tuple[str, ...]
    leaves: tuple[str, ...]
    nodes: tuple[str, ...]

    @property
    def hierarchy(self) -> Hierarchy:
        """The hierarchy after the head of the spec."""
        return self.state.hierarchy

    @property
    def values(self) -> FloatArray:
        """The figures, a row for each leaf."""
        return np.ascontiguousarray(self.state.panel.values.T)

    @property
    def errors(self) -> FloatArray:
        """The standard errors of the figures, a row for each leaf."""
        return np.ascontiguousarray(self.state.panel.errors.T)


def make_frame(spec: Spec, panel: Panel) -> Frame:
    """The panel after the steps at the head of a spec that choose what is compared.

    Errors: BadSpec as `build`; NotImplementedError if a step that moves figures precedes `scale`.
    """
    if not panel.places:
        raise BadSpec(f"The index '{spec.code}' was given no place. Wanted at least one.")
    state, head = State(panel, spec.hierarchy), 0
    for step in spec.steps:
        if type(step) not in (Scale, Screen):
            break
        state, head = step.apply(state), head + 1
    verbs = [step.verb for step in spec.steps]
    if verbs.index("scale") >= head:
        raise NotImplementedError(
            f"Step {verbs[head]} stands before scale. Wanted scale, and any screen, first of all "
            "for a compiled plan. Move it, or use `build`."
        )
    places = tuple(place.code for place in state.panel.places)
    leaves = state.panel.codes
    components = tuple(node.code for node in state.hierarchy.components)
    return Frame(state, head, places, leaves, (*leaves, *components))


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """Methods as arrays: their steps, and the weights of their nodes (methods, nodes)."""

    programs: Programs
    weights: FloatArray


def compile_methods(specs: tuple[Spec, ...], frame: Frame) -> Compiled:
    """The steps of one or many specs on the same frame as arrays.

    Errors: NotImplementedError naming a step that has no kernel.
    """
    head = specs[0].steps[: frame.head]
    for spec in specs:
        if spec.steps[: frame.head] != head:
            raise NotImplementedError(
                "The steps scale and screen at the head of a spec differ between methods. Wanted "
                "them alike: which places and indicators are used is decided once."
            )
    written = [write_lines(spec.steps[frame.head :], frame.state) for spec in specs]
    return Compiled(_stack(written, frame), np.stack([lines.weights for lines in written]))


def _stack(written: list[Lines], frame: Frame) -> Programs:
    most = max(len(lines.lines) for lines in written)
    count, leaves = len(written), len(frame.leaves)
    codes = np.zeros((count, most), dtype=np.int64)
    numbers = np.zeros((count, most, 4))
    applies = np.zeros((count, most, leaves), dtype=np.bool_)
    ends = np.full((2, count, most, leaves), np.nan)
    for method, lines in enumerate(written):
        for step, line in enumerate(lines.lines):
            codes[method, step] = line.code
            numbers[method, step, : len(line.numbers)] = line.numbers
            applies[method, step] = line.applies
            ends[:, method, step] = line.ends
    starts, children = _tree(frame)
    return Programs(
        codes,
        numbers,
        applies,
        ends[0],
        ends[1],
        np.stack([lines.groups for lines in written]),
        np.stack([lines.kept for lines in written]),
        np.stack([lines.means for lines in written]),
        np.stack([lines.enough for lines in written]),
        starts,
        children,
        np.array([1.0 if frame.hierarchy[code].direction > 0 else -1.0 for code in frame.leaves]),
    )


def _tree(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    number = {code: at for at, code in enumerate(frame.nodes)}
    families = [
        [number[child.code] for child in frame.hierarchy.children(node.code)]
        for node in frame.hierarchy.components
    ]
    starts = np.cumsum([0, *(len(family) for family in families)]).astype(np.int64)
    children = np.array([child for family in families for child in family], dtype=np.int64)
    return starts, children


def fault_words(fault: int, code: str) -> str:
    """What a kernel found wrong with a node, in words."""
    if fault == ALL_ALIKE:
        return (
            f"Step normalise, indicator '{code}': it is the same in every place, or has no value. "
            "Wanted two places that differ. Give it goalposts in the spec, or take it out."
        )
    if fault == NOT_ABOVE_NOUGHT:
        return (
            f"Step aggregate or treat, node '{code}': a value is nought or below. Wanted all above "
            "nought for a logarithm, a geometric or a harmonic mean. Normalise to a scale that "
            "begins above nought, for example 1 to 100."
        )
    return f"Step aggregate, node '{code}': no place has a score. Wanted at least one."


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """What a plan built: a score and a rank for each place and node.

    Shape:  scores and ranks (places, nodes), in the order of `places` and `nodes`.
    """

    places: tuple[str, ...]
    nodes: tuple[str, ...]
    scores: FloatArray
    ranks: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """An index as arrays: `run` builds it again and again, in machine code."""

    frame: Frame
    compiled: Compiled
    values: FloatArray
    kept: BoolArray
    there: BoolArray

    def run(self, values: FloatArray | None = None) -> Built:
        """Scores and ranks of every node, from the panel's figures or others of the same shape.

        Shape:  values (leaves, places).
        Errors: BadSpec naming the step and the node if the figures do not suffer what it asks.
        """
        figures = self.values if values is None else values
        nodes = len(self.frame.nodes)
        work = make_work(nodes, figures.shape[1])
        weights = self.compiled.weights[0].copy()
        fault, node = run_once(figures, self.compiled.programs, weights, work)
        if fault not in (FINE, NOTHING_LEFT):
            raise BadSpec(fault_words(fault, self.frame.nodes[node]))
        scores = work.nodes.copy()
        rank_nodes(work.nodes, work)
        return Built(
            tuple(code for code, kept in zip(self.frame.places, self.kept, strict=True) if kept),
            tuple(code for code, kept in zip(self.frame.nodes, self.there, strict=True) if kept),
            self._used(scores),
            self._used(work.nodes),
        )

    def _used(self, nodes: FloatArray) -> FloatArray:
        if self.kept.all() and self.there.all():
            return nodes.T
        return nodes[np.ix_(self.there, self.kept)].T


def compile_plan(spec: Spec, panel: Panel) -> Plan:
    """A spec and a panel as arrays; `run` gives the scores and ranks of `build`.

    Errors: BadSpec as `build`; NotImplementedError naming a step that has no kernel.
    """
    frame = make_frame(spec, panel)
    compiled = compile_methods((spec,), frame)
    there = ~np.isnan(compiled.weights[0])
    return Plan(frame, compiled, frame.values, compiled.programs.kept[0], there)
