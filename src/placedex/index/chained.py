"""Chained: replicates worked out by the steps as `build` does them, where one has no kernel.

Which places and indicators a screen keeps is decided once, on the published figures, and so are
weights that do not look at figures; those that do are found anew in each replicate.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.build import refuse_infinite_figures
from placedex.index.chain import shake
from placedex.index.codes import FINE, NOT_BUILT, NOTHING_LEFT
from placedex.index.drawn_fillings import Noise, fill_drawn
from placedex.index.faults import reason_of
from placedex.index.hierarchy import Hierarchy
from placedex.index.impute import Impute
from placedex.index.moves import Moves
from placedex.index.plan import Frame
from placedex.index.program import Block, Figures, FloatArray, Work
from placedex.index.screen import Screen
from placedex.index.spec import Spec
from placedex.index.step import NamesNodes, State, Step
from placedex.index.weight import Equal, Given, Weights


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What a screen within the chain keeps, as it was decided on the published figures."""

    places: frozenset[str]
    leaves: frozenset[str]
    verb: str = "screen"
    words: str = "What the published figures let pass is kept."

    def hierarchy(self, hierarchy: Hierarchy) -> Hierarchy:
        """A hierarchy without the indicators that are not kept."""
        gone = [leaf.code for leaf in hierarchy.leaves if leaf.code not in self.leaves]
        return hierarchy.without(gone) if gone else hierarchy

    def apply(self, state: State) -> State:
        """The state with these places and indicators alone."""
        hierarchy = self.hierarchy(state.hierarchy)
        panel = state.panel.select(leaf.code for leaf in hierarchy.leaves)
        kept = np.array([place.code in self.places for place in panel.places], dtype=np.bool_)
        return State(panel.keep(kept), hierarchy)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Weights that do not look at figures, as they are for the whole index; others are found."""

    weights: Mapping[str, float]
    found: Weights | None
    verb: str = "weight"
    words: str = "Weights are as for the whole index; those that look at figures are found."

    def apply(self, state: State) -> State:
        """The state with the weights, of which some may look at its figures."""
        state = State(state.panel, with_weights(state.hierarchy, self.weights))
        return state if self.found is None else self.found.within(state.hierarchy).apply(state)


def with_weights(hierarchy: Hierarchy, weights: Mapping[str, float]) -> Hierarchy:
    """A hierarchy with other weights for the nodes that it has."""
    return hierarchy.replace(
        {node.code: dataclasses.replace(node, weight=weights[node.code]) for node in hierarchy}
    )


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """The steps up to the weights, those after them, and the weights of the nodes (nodes,)."""

    steps: tuple[Step, ...]
    last: tuple[Step, ...]
    weights: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Methods as steps: each replicate is built as `build` builds an index."""

    frame: Frame
    moves: Moves
    methods: tuple[Method, ...]

    @property
    def weights(self) -> FloatArray:
        """The weights of each method's nodes; missing where a node was dropped."""
        return np.stack([method.weights for method in self.methods])

    def work_out(self, figures: Figures, block: Block, *, numbers: FloatArray, work: Work) -> Block:
        """The block with scores and ranks; the reason of each run that failed is among `words`."""
        words = []
        for one in range(len(block.methods)):
            values = work.nodes[: len(self.frame.leaves)]
            values[:] = figures.values[0]
            if block.noise.shape[1] > 0:
                shake(figures, block.noise[one], values, work.chance)
            block.scores[one], block.ranks[one] = np.nan, 0
            block.faults[one] = FINE, 0
            try:
                self._run(block, one, numbers=numbers[one : one + 1], work=work)
            except (BadSpec, np.linalg.LinAlgError) as error:
                block.faults[one] = NOT_BUILT, 0
                words.append(reason_of(error))
        return block._replace(words=tuple(words))

    def _run(self, block: Block, one: int, *, numbers: FloatArray, work: Work) -> None:
        method = self.methods[block.methods[one]]
        noise = Noise(work.chance, self.frame.leaves, self.frame.places)
        state = self._begun(numbers, work.nodes)
        if state is not None:
            state = _carried(state, method.steps, noise)
            state = State(state.panel, self._weighed(state.hierarchy, numbers))
            root = state.hierarchy.root.code
            aggregated = _carried(state, method.last[:1], noise)
            ranked = _carried(aggregated, method.last[1:], noise)
            row = {code: number for number, code in enumerate(self.frame.places)}
            rows = [row[place.code] for place in ranked.panel.places]
            block.scores[one, rows] = aggregated.panel.of(root)
            block.ranks[one, rows] = np.nan_to_num(ranked.panel.of(root)).astype(np.int32)
        if np.isnan(block.scores[one]).all():
            block.faults[one] = NOTHING_LEFT, len(self.frame.nodes) - 1

    def _begun(self, numbers: FloatArray, nodes: FloatArray) -> State | None:
        """The figures of the indicators that are used; nothing if none is."""
        leaves, begun = self.frame.leaves, self.frame.state
        used = np.ones((1, len(leaves)))
        self.moves.leave_out(used, numbers)
        there = np.flatnonzero(~np.isnan(used[0])).tolist()
        if not there:
            return None
        panel, hierarchy = begun.panel, begun.hierarchy
        if len(there) < len(leaves):
            panel = panel.select(leaves[leaf] for leaf in there)
            hierarchy = hierarchy.without(set(leaves) - set(panel.codes))
        return State(panel.with_values(nodes[there].T.copy()), hierarchy)

    def _weighed(self, hierarchy: Hierarchy, numbers: FloatArray) -> Hierarchy:
        """The hierarchy with weights moved as the draw has it."""
        found = {node.code: node.weight for node in hierarchy}
        moved = np.array([[found.get(code, np.nan) for code in self.frame.nodes]])
        self.moves.weigh(moved, numbers)
        return with_weights(hierarchy, dict(zip(self.frame.nodes, moved[0].tolist(), strict=True)))


def chain_of(specs: tuple[Spec, ...], frame: Frame, moves: Moves) -> Chain:
    """The methods of an index as steps.

    Errors: BadSpec as `build`, where a screen stands within the chain.
    """
    return Chain(frame, moves, tuple(_method(spec, frame) for spec in specs))


def _method(spec: Spec, frame: Frame) -> Method:
    steps = spec.steps[frame.head : -2]
    screens = [number for number, step in enumerate(steps) if isinstance(step, Screen)]
    last = screens[-1] if screens else -1
    now, hierarchy = frame.state, frame.state.hierarchy
    done: list[Step] = []
    for number, step in enumerate(steps):
        now = step.apply(now) if number <= last else now
        if isinstance(step, Screen):
            places = frozenset(place.code for place in now.panel.places)
            kept = Kept(places, frozenset(now.panel.codes))
            hierarchy = kept.hierarchy(hierarchy)
            done.append(kept)
        elif isinstance(step, Weights | Equal | Given):
            hierarchy = _blind(step).apply(State(frame.state.panel, hierarchy)).hierarchy
            weights = {node.code: node.weight for node in hierarchy}
            done.append(Settled(weights, _seeing(step)))
        else:
            done.append(step)
    there = {node.code: node.weight for node in hierarchy}
    weights_of_nodes = np.array([there.get(code, np.nan) for code in frame.nodes])
    return Method(tuple(done), spec.steps[-2:], weights_of_nodes)


def _blind(step: Weights | Equal | Given) -> Weights | Equal | Given:
    """The step without what looks at figures."""
    if not isinstance(step, Weights):
        return step
    return _only(step, looks=False)


def _seeing(step: Weights | Equal | Given) -> Weights | None:
    """What looks at figures of a step, the rest of the weights as they stand; none if none does."""
    if not isinstance(step, Weights):
        return None
    ways = (step.method, *step.nodes.values())
    return _only(step, looks=True) if any(way.looks for way in ways) else None


def _only(step: Weights, *, looks: bool) -> Weights:
    nodes = {code: way if way.looks == looks else Given() for code, way in step.nodes.items()}
    method = step.method if step.method.looks == looks else Given()
    return dataclasses.replace(step, method=method, nodes=nodes)


def _carried(state: State, steps: tuple[Step, ...], noise: Noise) -> State:
    """The state after some steps, what they fill being drawn."""
    for step in steps:
        own = step.within(state.hierarchy) if isinstance(step, NamesNodes) else step
        state = fill_drawn(own, state, noise) if isinstance(own, Impute) else own.apply(state)
        refuse_infinite_figures(own, state.panel)
    return state
