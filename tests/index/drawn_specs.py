"""Specs and figures drawn at random from the registries, for what must hold of any index."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Hierarchy,
    Impute,
    Index,
    MinMax,
    Node,
    Rank,
    Scale,
    Spec,
    Step,
    Treat,
    Weights,
    build,
)
from placedex.index.aggregate import AGGREGATIONS
from placedex.index.impute import IMPUTATIONS
from placedex.index.means import AnyMean
from placedex.index.normalise import NORMALISATIONS, Normalise
from placedex.index.treat import TREATMENTS
from placedex.index.weight import WEIGHTINGS
from placedex.observations import Indicator, Panel, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place

NAN = float("nan")
MOST = 6
CODES = tuple(f"i{column}" for column in range(MOST))
NODES = ("index", "a", "b", *CODES)
EVEN = tuple(tuple(1.0 for _ in NODES) for _ in NODES)
GROUPS = {f"P{row}": "xy"[row % 2] for row in range(12)}
EARLIER: Panel = make_panel(
    [Place(f"P{row}", f"P{row}", "d", "R") for row in range(12)],
    [Indicator(code, code, "%") for code in CODES],
    np.random.default_rng(9).integers(1, 40, (12, MOST)).astype(float),
)
# What a method must be told: every other one is drawn as it comes.
TOLD: dict[str, dict[str, Any]] = {
    "distance to reference": {"place": "P1"},
    "distance to target": {"targets": dict.fromkeys(CODES, 45.0)},
    "goalposts": {"low": 0.0, "high": 50.0},
    "scaled": {"low": 0.0, "high": 50.0},
    "stated z-score": {"mean": 20.0, "deviation": 8.0},
    "ratio to best": {"best": 45.0},
    "power": {"exponent": 0.5},
    "ordered": {"order": (3.0, 2.0)},
    "best of": {"count": 1},
    "worst of": {"count": 1},
    "group mean": {"groups": GROUPS},
    "group median": {"groups": GROUPS},
    "last observation": {"now": 2.0, "earlier": ((1.0, EARLIER),)},
    "linear": {"now": 2.0, "others": ((1.0, EARLIER), (3.0, EARLIER))},
    "pairwise comparison": {"codes": NODES, "matrix": EVEN},
    "budget allocation": {"codes": NODES, "points": (tuple(range(1, len(NODES) + 1)),)},
}


def methods(registry: Mapping[str, type], *without: str) -> st.SearchStrategy[Any]:
    """Any method of a registry."""
    names = [name for name in registry if name not in without]
    return st.sampled_from(names).map(lambda name: registry[name](**TOLD.get(name, {})))


class Drawn:
    """A spec and the figures for it."""

    def __init__(self, spec: Spec, panel: Panel) -> None:
        self.spec, self.panel = spec, panel

    def __repr__(self) -> str:
        """Short enough to read when a property does not hold."""
        leaves = [
            (leaf.parent, leaf.weight, leaf.direction, leaf.goalposts)
            for leaf in self.spec.hierarchy.nodes[1:]
        ]
        return f"{self.spec.steps[1:-1]}\n{leaves}\n{self.values.tolist()}"

    @property
    def values(self) -> FloatArray:
        """The figures."""
        return self.panel.values

    def with_values(self, values: FloatArray) -> "Drawn":
        """The same spec for other figures."""
        return Drawn(self.spec, self.panel.with_values(values))

    def with_nodes(self, changed: Mapping[str, Node]) -> "Drawn":
        """The same figures for a spec with some nodes exchanged."""
        hierarchy = self.spec.hierarchy.replace(changed)
        return Drawn(self.spec.with_hierarchy(hierarchy), self.panel)

    def in_order(self, rows: list[int], columns: list[int]) -> "Drawn":
        """The same with places and indicators in another order."""
        panel = self.panel
        moved = make_panel(
            [panel.places[row] for row in rows],
            [panel.indicators[column] for column in columns],
            panel.values[np.ix_(rows, columns)],
        )
        nodes = self.spec.hierarchy.nodes
        leaves = [nodes[len(nodes) - panel.values.shape[1] + column] for column in columns]
        hierarchy = Hierarchy((*nodes[: len(nodes) - len(leaves)], *leaves))
        steps = (Scale(moved.indicators), *self.spec.steps[1:])
        return Drawn(dataclasses.replace(self.spec, hierarchy=hierarchy, steps=steps), moved)

    def built(self) -> Index | None:
        """The index, or nothing if the figures do not suffer what the spec asks."""
        try:
            return build(self.spec, self.panel)
        except BadSpec:
            return None


@st.composite
def figures(draw: st.DrawFn, *, gaps: bool = False) -> FloatArray:
    """Figures from 1 to 40, with ties, of 6 to 10 places on 4 to 6 indicators."""
    places, indicators = draw(st.integers(6, 10)), draw(st.integers(4, MOST))
    one = st.integers(4, 160).map(lambda whole: whole / 4)
    chosen = st.one_of(one, one, one, st.just(NAN)) if gaps else one
    flat = draw(st.lists(chosen, min_size=places * indicators, max_size=places * indicators))
    return np.array(flat).reshape(places, indicators)


@st.composite
def hierarchies(draw: st.DrawFn, *, indicators: int) -> Hierarchy:
    """Two components under an index, with indicators in turn, weights and directions."""
    weight = st.sampled_from([0.5, 1.0, 2.0, 3.0])
    direction = st.sampled_from([1, 1, -1])
    leaves = [
        Node(CODES[column], CODES[column], "ab"[column % 2], draw(weight), draw(direction))
        for column in range(indicators)
    ]
    components = (Node("a", "A", "index", draw(weight)), Node("b", "B", "index", draw(weight)))
    return Hierarchy((Node("index", "Index", None), *components, *leaves))


def drawn(values: FloatArray, hierarchy: Hierarchy, steps: tuple[Step, ...]) -> Drawn:
    """A spec of some steps between scale and rank, for some figures."""
    indicators = tuple(Indicator(code, code, "%") for code in CODES[: values.shape[1]])
    places = [Place(f"P{row}", f"P{row}", "d", "R") for row in range(len(values))]
    whole = (Scale(indicators), *steps, Rank())
    return Drawn(Spec("drawn", "Drawn", hierarchy, whole), make_panel(places, indicators, values))


@st.composite
def specs(draw: st.DrawFn, *, gaps: bool = True) -> Drawn:
    """Any spec: a method of each registry for each step, and figures for it."""
    values = draw(figures(gaps=gaps))
    hierarchy = draw(hierarchies(indicators=values.shape[1]))
    points = draw(st.one_of(st.just(MinMax((1, 100))), methods(NORMALISATIONS)))
    mean: AnyMean = draw(methods(AGGREGATIONS, "ordered"))
    nodes = draw(st.dictionaries(st.sampled_from(["index", "a"]), methods(AGGREGATIONS)))
    steps = (
        *([Impute(draw(methods(IMPUTATIONS)))] if draw(st.booleans()) else []),
        *([draw(treatments())] if draw(st.booleans()) else []),
        points if isinstance(points, MinMax) else Normalise(points),
        Weights(draw(methods(WEIGHTINGS, "target importance"))),
        Aggregate(mean, nodes),
    )
    return drawn(values, hierarchy, steps)


@st.composite
def treatments(draw: st.DrawFn) -> Treat:
    """Any treatment of the first indicator, and winsorising with a second step for the others."""
    second = draw(methods(TREATMENTS, "in turn"))
    return Treat(1, second=second, individually={CODES[0]: draw(methods(TREATMENTS))})
