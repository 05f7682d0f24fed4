"""Plan: a spec and a panel made into arrays once, so that an index is built in milliseconds."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.build import refuse_infinite_figures
from placedex.index.chain import apply_steps, rank_nodes, run_block, run_once
from placedex.index.codes import FILL_GIVEN, FINE, NOTHING_LEFT
from placedex.index.faults import fault_words
from placedex.index.hierarchy import Hierarchy
from placedex.index.lines import Lines
from placedex.index.program import (
    WIDTH,
    Block,
    BoolArray,
    Figures,
    FloatArray,
    IntArray,
    Programs,
    Work,
    make_work,
)
from placedex.index.rebuild import changes, same_step, with_changes
from placedex.index.scale import Scale
from placedex.index.screen import Screen
from placedex.index.spec import Spec
from placedex.index.step import State
from placedex.index.writing import write_lines
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

    def under(self, spec: Spec, other: Spec) -> "Frame | None":
        """The frame of another spec for the same panel, if places and indicators stay."""
        changed = changes(spec.hierarchy, other.hierarchy)
        heads = zip(spec.steps[: self.head], other.steps, strict=False)
        if changed is None or not all(same_step(*pair) for pair in heads):
            return None
        hierarchy = with_changes(self.hierarchy, other.hierarchy, changed)
        return dataclasses.replace(self, state=State(self.state.panel, hierarchy))


def make_frame(spec: Spec, panel: Panel, *, shared: int | None = None) -> Frame:
    """The panel after the steps at the head of a spec that choose what is compared.

    `shared` is how many steps at most belong to the head: those that all methods have alike.
    Errors: BadSpec as `build`; NotImplementedError if a step that moves figures precedes `scale`.
    """
    if not panel.places:
        raise BadSpec(f"The index '{spec.code}' was given no place. Wanted at least one.")
    state, head = State(panel, spec.hierarchy), 0
    for step in spec.steps:
        if type(step) not in (Scale, Screen) or head == shared:
            break
        state, head = step.apply(state), head + 1
        refuse_infinite_figures(step, state.panel)
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

    def work_out(self, figures: Figures, block: Block, *, numbers: FloatArray, work: Work) -> Block:
        """The block with scores and ranks, by kernels; what is drawn of methods is in it."""
        run_block(figures, block, self.programs, work)
        return block


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
    return _compiled(written, frame)


def _compiled(written: list[Lines], frame: Frame) -> Compiled:
    return Compiled(_stack(written, frame), np.stack([lines.weights for lines in written]))


def _stack(written: list[Lines], frame: Frame) -> Programs:
    most = max(len(lines.lines) for lines in written)
    count, leaves = len(written), len(frame.leaves)
    codes = np.zeros((count, most), dtype=np.int64)
    numbers = np.zeros((count, most, WIDTH))
    applies = np.zeros((count, most, leaves), dtype=np.bool_)
    ends = np.full((2, count, most, leaves), np.nan)
    tables: list[FloatArray] = []
    for method, lines in enumerate(written):
        for step, line in enumerate(lines.lines):
            codes[method, step] = line.code
            numbers[method, step, : len(line.numbers)] = line.numbers
            numbers[method, step, 0] += len(tables) if line.code == FILL_GIVEN else 0
            applies[method, step] = line.applies
            ends[:, method, step] = line.ends
        tables += lines.tables
    starts, children = _tree(frame)
    return Programs(
        codes,
        numbers,
        applies,
        ends[0],
        ends[1],
        _groups(written, len(frame.places)),
        np.stack(tables) if tables else np.empty((0, 2, leaves, len(frame.places))),
        np.stack([lines.kept for lines in written]),
        np.stack([lines.means for lines in written]),
        np.stack([lines.mean_numbers for lines in written]),
        _orders(written),
        np.stack([lines.anew for lines in written]),
        np.stack([lines.anew_numbers for lines in written]),
        np.array([lines.decimals for lines in written], dtype=np.int64),
        np.stack([lines.enough for lines in written]),
        starts,
        children,
        np.array([1.0 if frame.hierarchy[code].direction > 0 else -1.0 for code in frame.leaves]),
        _parents(frame),
    )


def _groups(written: list[Lines], places: int) -> IntArray:
    """The groups that gaps are filled from, as many sets for each method as any has."""
    most = max(1, *(len(lines.groups) for lines in written))
    found = np.full((len(written), most, places), -1, dtype=np.int64)
    for method, lines in enumerate(written):
        for number, groups in enumerate(lines.groups):
            found[method, number] = groups
    return found


def _orders(written: list[Lines]) -> FloatArray:
    """The weights of an order for each component, as long for each as any is."""
    longest = max(order.size for lines in written for order in lines.orders)
    found = np.zeros((len(written), len(written[0].orders), longest))
    for method, lines in enumerate(written):
        for number, order in enumerate(lines.orders):
            found[method, number, : order.size] = order
    return found


def _tree(frame: Frame) -> tuple[IntArray, IntArray]:
    number = {code: at for at, code in enumerate(frame.nodes)}
    families = [
        [number[child.code] for child in frame.hierarchy.children(node.code)]
        for node in frame.hierarchy.components
    ]
    starts = np.cumsum([0, *(len(family) for family in families)]).astype(np.int64)
    children = np.array([child for family in families for child in family], dtype=np.int64)
    return starts, children


def _parents(frame: Frame) -> IntArray:
    """The number of the component that each leaf is in."""
    number = {node.code: at for at, node in enumerate(frame.hierarchy.components)}
    parents = (frame.hierarchy[code].parent for code in frame.leaves)
    return np.array([number.get(parent or "", 0) for parent in parents], dtype=np.int64)


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
class Reached:
    """The figures (leaves, places) as the first line that is not yet done finds them."""

    line: int
    values: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """An index as arrays: `run` builds it again and again, in machine code.

    `begun` is where a run begins, and `reached` what the steps make of the panel's figures, one
    after the other; a plan that was `changed` begins where the change does.
    """

    spec: Spec
    panel: Panel
    frame: Frame
    compiled: Compiled
    bounds: tuple[int, ...]
    begun: Reached
    reached: tuple[Reached, ...]

    @property
    def values(self) -> FloatArray:
        """The panel's figures, a row for each leaf."""
        return self.reached[0].values

    @property
    def kept(self) -> BoolArray:
        """Which places are kept."""
        return np.asarray(self.compiled.programs.kept[0])

    @property
    def there(self) -> BoolArray:
        """Which nodes are there."""
        return np.asarray(~np.isnan(self.compiled.weights[0]))

    @property
    def redone(self) -> tuple[str, ...]:
        """The verbs of the steps that a run does: all but those that `changed` found alike."""
        steps = self.spec.steps[self.frame.head :]
        before = (0, *self.bounds)
        pairs = zip(steps, before, strict=False)
        return tuple(step.verb for step, bound in pairs if bound >= self.begun.line)

    def run(self, values: FloatArray | None = None) -> Built:
        """Scores and ranks of every node, from the panel's figures or others of the same shape.

        Shape:  values (leaves, places), which are carried through every step.
        Errors: BadSpec naming the step and the node if the figures do not suffer what it asks.
        """
        begun = self.begun if values is None else Reached(0, values)
        work = make_work(len(self.frame.nodes), begun.values.shape[1])
        work.nodes[: len(self.frame.leaves)] = begun.values
        weights = self.compiled.weights[0].copy()
        fault, node = run_once(begun.line, self.compiled.programs, weights, work)
        if fault not in (FINE, NOTHING_LEFT):
            raise BadSpec(fault_words(fault, self.frame.nodes[node]))
        scores = work.nodes.copy()
        self._refuse_infinite(scores)
        rank_nodes(work.nodes, self.compiled.programs.decimals[0], work)
        return Built(
            tuple(code for code, kept in zip(self.frame.places, self.kept, strict=True) if kept),
            tuple(code for code, kept in zip(self.frame.nodes, self.there, strict=True) if kept),
            self._used(scores),
            self._used(work.nodes),
        )

    def changed(self, spec: Spec) -> "Plan":
        """The plan of another spec for the same panel; a run redoes only what follows the change.

        Where another place, indicator or direction comes in, everything is redone. A change of
        weights alone redoes the means and the ranks.
        Errors: as `compile_plan`.
        """
        frame = self.frame.under(self.spec, spec)
        if frame is None:
            return compile_plan(spec, self.panel)
        written = write_lines(spec.steps[frame.head :], frame.state)
        compiled = _compiled([written], frame)
        alike = _alike(self.compiled, compiled)
        reached = tuple(one for one in self.reached if one.line <= alike)
        plan = Plan(spec, self.panel, frame, compiled, tuple(written.bounds), reached[-1], reached)
        return plan._carried()

    def _carried(self) -> "Plan":
        """The plan with what each further step makes of the figures, up to one that fails."""
        work = make_work(len(self.frame.nodes), len(self.frame.places))
        leaves, weights = len(self.frame.leaves), self.compiled.weights[0]
        reached = list(self.reached)
        work.nodes[:leaves] = reached[-1].values
        for bound in self.bounds:
            first = reached[-1].line
            if bound <= first:
                continue
            run = (0, first, bound)
            if apply_steps(run, self.compiled.programs, weights, work)[0] != FINE:
                break
            reached.append(Reached(bound, work.nodes[:leaves].copy()))
        return dataclasses.replace(self, reached=tuple(reached))

    def _refuse_infinite(self, scores: FloatArray) -> None:
        if np.isinf(scores).any():
            node = self.frame.nodes[int(np.argwhere(np.isinf(scores))[0][0])]
            raise BadSpec(
                f"Step aggregate or normalise, node '{node}': a score is infinite. Wanted another. "
                "Look for a division by nought, or for an infinite figure."
            )

    def _used(self, nodes: FloatArray) -> FloatArray:
        if self.kept.all() and self.there.all():
            return nodes.T
        return nodes[np.ix_(self.there, self.kept)].T


def _alike(one: Compiled, other: Compiled) -> int:
    """How many lines at the beginning are the same in two plans on the same figures."""
    mine, theirs = one.programs, other.programs
    whole = (
        (np.isnan(one.weights[0]), np.isnan(other.weights[0])),
        (mine.directions, theirs.directions),
        (mine.groups, theirs.groups),
        (mine.tables, theirs.tables),
        (mine.kept, theirs.kept),
    )
    if not all(_same(first, second) for first, second in whole):
        return 0
    lines = ("codes", "numbers", "applies", "low", "high")
    count = int(min(mine.codes.shape[1], theirs.codes.shape[1]))
    for line in range(count):
        pairs = ((getattr(mine, name)[0, line], getattr(theirs, name)[0, line]) for name in lines)
        if not all(_same(first, second) for first, second in pairs):
            return line
    return count


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    missing = one.dtype.kind == "f"
    return bool(np.array_equal(one, other, equal_nan=missing))


def compile_plan(spec: Spec, panel: Panel) -> Plan:
    """A spec and a panel as arrays; `run` gives the scores and ranks of `build`.

    Errors: BadSpec as `build`; NotImplementedError naming a step that has no kernel.
    """
    frame = make_frame(spec, panel)
    written = write_lines(spec.steps[frame.head :], frame.state)
    begun = Reached(0, frame.values)
    compiled = _compiled([written], frame)
    bounds = tuple(written.bounds)
    return Plan(spec, panel, frame, compiled, bounds, begun, (begun,))._carried()
