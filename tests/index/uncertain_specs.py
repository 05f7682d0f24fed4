"""Small specs with something left open, on panels whose errors are known."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from placedex.index import Aggregate, Given, Hierarchy, LeftOpen, MinMax, Node, Rank, Scale, Spec
from placedex.index.choices import Alternative, Choice
from placedex.index.means import Geometric
from placedex.index.step import Step
from placedex.observations import Indicator, Panel, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place

Rows = Sequence[Sequence[float]]
MEAN = Choice(
    "mean",
    (Alternative("arithmetic mean"), Alternative("geometric mean", (Aggregate(Geometric()),))),
)


def indicators(columns: int) -> tuple[Indicator, ...]:
    return tuple(Indicator(f"i{column}", f"I{column}", "%") for column in range(columns))


def panel(values: Rows, errors: Rows | None = None) -> Panel:
    """Places A, B, C ... with indicators i0, i1 ... in per cent."""
    array = np.array(values, dtype=np.float64)
    places = [Place(chr(65 + row), f"Place {chr(65 + row)}", "d", "R") for row in range(len(array))]
    found = make_panel(places, indicators(array.shape[1]), array)
    if errors is None:
        return found
    return dataclasses.replace(found, errors=np.array(errors, dtype=np.float64))


def panel_of_many(values: FloatArray, errors: FloatArray | None = None) -> Panel:
    """Places P000, P001 ... with indicators in per cent."""
    places = [Place(f"P{row:03}", f"Place {row}", "d", "R") for row in range(len(values))]
    found = make_panel(places, indicators(values.shape[1]), values)
    return found if errors is None else dataclasses.replace(found, errors=errors)


def spec(columns: int, left_open: LeftOpen | None = None, *steps: Step) -> Spec:
    """An index of indicators from 0 to 100 right under it, alike in weight."""
    nodes = [Node("index", "Index", None)]
    nodes += [
        Node(f"i{column}", f"I{column}", "index", goalposts=(0.0, 100.0))
        for column in range(columns)
    ]
    usual: tuple[Step, ...] = (
        Scale(indicators(columns)),
        MinMax((0, 100), clip=True),
        Given(),
        Aggregate(complete=("index",)),
        Rank(),
    )
    exchanged = {step.verb: step for step in steps}
    extra = tuple(step for step in steps if step.verb not in {one.verb for one in usual})
    chosen = tuple(exchanged.get(step.verb, step) for step in usual)
    return Spec(
        "made",
        "Made up",
        Hierarchy(tuple(nodes)),
        (chosen[0], *extra, *chosen[1:]),
        uncertainty=left_open,
    )
