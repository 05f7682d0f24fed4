"""Small indexes to audit: twenty-four places, components of indicators that are made for a test."""

from collections.abc import Mapping, Sequence

import numpy as np

from placedex.index import (
    Aggregate,
    Given,
    Hierarchy,
    Index,
    MinMax,
    Node,
    Rank,
    Scale,
    Spec,
    build,
)
from placedex.index.treat import Treat
from placedex.observations import Indicator, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place

COUNT = 24


def audited_index(
    columns: Mapping[str, Sequence[float] | FloatArray],
    components: Mapping[str, Sequence[str]],
    *,
    weights: Mapping[str, float] | None = None,
    goalposts: Mapping[str, tuple[float, float]] | None = None,
    treat: bool = False,
) -> Index:
    """An index of components of columns; every column is higher when better."""
    given, posts = weights or {}, goalposts or {}
    nodes = [Node("index", "Index", None)]
    for component, parts in components.items():
        nodes.append(
            Node(component, component.capitalize(), "index", weight=given.get(component, 1.0))
        )
        nodes += [
            Node(
                part,
                part.upper(),
                component,
                weight=given.get(part, 1.0),
                goalposts=posts.get(part),
            )
            for part in parts
        ]
    values = np.array([list(column) for column in columns.values()], dtype=np.float64).T
    indicators = tuple(Indicator(code, code, "% of people") for code in columns)
    places = [Place(f"P{row:02d}", f"Place {row}", "d", "R") for row in range(len(values))]
    steps = (Scale(indicators), *((Treat(),) if treat else ()), MinMax(), Given(), Aggregate())
    spec = Spec("small", "Small", Hierarchy(tuple(nodes)), (*steps, Rank()))
    return build(spec, make_panel(places, indicators, values))


def noise(seed: int, count: int = COUNT) -> FloatArray:
    """Numbers that go with nothing."""
    return np.random.default_rng(seed).normal(size=count)
