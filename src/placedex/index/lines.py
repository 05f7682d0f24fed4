"""Lines: what the steps of a spec come to, as codes and numbers for the kernels."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from placedex.index.hierarchy import Hierarchy
from placedex.index.program import WIDTH, BoolArray, FloatArray, IntArray
from placedex.index.step import State, Step

# What a step or a method says of itself is no parameter.
SAID = frozenset({"verb", "words", "wants", "looks", "_"})
# The way out for who asks for a plan; who builds has taken it already.
USE_BUILD = " Use `build`, which does every step."


@dataclass(frozen=True, slots=True)
class Known:
    """A step or a method that has a kernel: the fields that are understood, and how to write it."""

    write: Callable[..., Any]
    fields: frozenset[str] = frozenset()


def known(write: Callable[..., Any], *fields: str) -> Known:
    """A step or a method of which these fields, and no others, are understood."""
    return Known(write, frozenset(fields))


def writer(
    table: Mapping[type, Known], thing: object, *, step: Step, node: str = ""
) -> Callable[..., Any]:
    """How to write a step or a method down; `node` is where the method serves.

    Errors: NotImplementedError naming the step if there is no kernel for it, or if it says more
            than the kernel understands: never another answer.
    """
    found = table.get(type(thing))
    if found is None:
        raise no_kernel(step, None if thing is step else thing, node=node)
    for field in dataclasses.fields(thing):  # type: ignore[arg-type]
        if field.name in found.fields or field.name in SAID:
            continue
        usual = field.default
        if field.default_factory is not dataclasses.MISSING:
            usual = field.default_factory()
        if getattr(thing, field.name) != usual:
            raise NotImplementedError(
                f"{_where(step, node)}: {method_name(thing)} with {field.name} has no compiled "
                f"kernel. Wanted it as usual.{USE_BUILD}"
            )
    return found.write


def no_kernel(step: Step, what: object = None, *, node: str = "") -> NotImplementedError:
    """The error for a step, or a method of it at a node, that has no kernel."""
    named = method_name(step if what is None else what)
    return NotImplementedError(
        f"{_where(step, node)}: {named} has no compiled kernel, or not in this place. Wanted a "
        f"step that has one.{USE_BUILD}"
    )


def _where(step: Step, node: str) -> str:
    return f"Step {step.verb}, node '{node}'" if node else f"Step {step.verb}"


def method_name(thing: object) -> str:
    """The name by which a spec calls a method; that of its class if it has none."""
    # Not above: these load the methods of every step.
    from placedex.index.aggregate import AGGREGATIONS
    from placedex.index.impute import IMPUTATIONS
    from placedex.index.normalise import NORMALISATIONS
    from placedex.index.treat import TREATMENTS
    from placedex.index.weight import WEIGHTINGS

    for registry in (IMPUTATIONS, TREATMENTS, NORMALISATIONS, WEIGHTINGS, AGGREGATIONS):
        for name, kind in registry.items():
            if kind is type(thing):
                return f"'{name}'"
    return type(thing).__name__


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One step for some leaves: a code, its numbers, and two ends (low and high, leaves)."""

    code: int
    numbers: tuple[float, ...]
    applies: BoolArray
    ends: FloatArray


@dataclass(slots=True, eq=False)
class Lines:
    """The steps of a spec as they are written down, with the hierarchy as it stands.

    `state` is what the head of the spec gave. A node that a later screen drops has a missing
    weight. `bounds` says after how many lines each step of the spec ends.
    """

    state: State
    nodes: tuple[str, ...]
    hierarchy: Hierarchy
    lines: list[Line]
    groups: list[IntArray]
    tables: list[FloatArray]
    kept: BoolArray
    means: IntArray
    mean_numbers: FloatArray
    orders: list[FloatArray]
    anew: IntArray
    anew_numbers: FloatArray
    enough: FloatArray
    bounds: list[int]
    decimals: int = -1
    ended: bool = False

    @classmethod
    def empty(cls, state: State) -> "Lines":
        """No line yet, for the hierarchy and the places of a state."""
        components = state.hierarchy.components
        nodes = (*state.panel.codes, *(node.code for node in components))
        count = len(components)
        return cls(
            state=state,
            nodes=nodes,
            hierarchy=state.hierarchy,
            lines=[],
            groups=[],
            tables=[],
            kept=np.ones(len(state.panel.places), dtype=np.bool_),
            means=np.zeros(count, dtype=np.int64),
            mean_numbers=np.zeros((count, 3)),
            orders=[np.zeros(1) for _ in components],
            anew=np.zeros(count, dtype=np.int64),
            anew_numbers=np.zeros((count, WIDTH + 3)),
            enough=np.zeros(count),
            bounds=[],
        )

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

    def has(self, *codes: int) -> bool:
        """Whether a line with one of these codes is there already."""
        return any(line.code in codes for line in self.lines)
