"""Normalise: figures in unlike units put on one scale, on which higher is better."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Goalposts, Node
from placedex.index.step import Flag, State
from placedex.observations.panel import FloatArray


def min_max(
    values: FloatArray, low: FloatArray, high: FloatArray, *, scale: Goalposts = (0.0, 100.0)
) -> FloatArray:
    """The values on a scale whose ends stand for two goalposts.

    Shape:  values (..., places, indicators), low and high broadcast to it; returns values' shape.
    Units:  any in, points of the scale out; a value beyond a goalpost falls outside it.
            Where `low` is above `high`, lower values score higher.
    Gaps:   a missing value stays missing.
    """
    bottom, top = scale
    return np.asarray((values - low) / (high - low) * (top - bottom) + bottom)


@dataclass(frozen=True, slots=True)
class MinMax:
    """Put each indicator between its goalposts: those of the spec, or else the extremes found.

    A value beyond a goalpost is held at the end of the scale if `clip`, and flagged either way.
    With `floating`, the extremes found serve even where the spec gives goalposts.
    """

    scale: Goalposts = (0.0, 100.0)
    clip: bool = True
    floating: bool = False
    verb: str = "normalise"

    @property
    def words(self) -> str:
        """What the step does."""
        held = "is held at the end" if self.clip else "scores beyond the end"
        if self.floating:
            return (
                f"Each figure is put on a scale from {self.scale[0]:g} to {self.scale[1]:g} "
                "between the lowest and the highest figure of the places that are compared."
            )
        return (
            f"Each figure is put on a scale from {self.scale[0]:g} to {self.scale[1]:g} between "
            "its two goalposts. Goalposts given in the spec stay the same whichever places are "
            "compared and from edition to edition; where none is given, the lowest and highest "
            f"figure found serve. A figure beyond a goalpost {held}."
        )

    def apply(self, state: State) -> State:
        """The state with points, and a hierarchy that holds the goalposts that were used.

        Errors: BadSpec if an indicator without goalposts is the same in every place, has too few
                values to find them, or if its goalposts are one and the same.
        """
        leaves = [state.hierarchy[code] for code in state.panel.codes]
        if self.floating:
            leaves = [dataclasses.replace(leaf, goalposts=None) for leaf in leaves]
        posts = [
            _goalposts(leaf, values)
            for leaf, values in zip(leaves, state.panel.values.T, strict=True)
        ]
        ends = np.array(
            [
                post if leaf.direction > 0 else post[::-1]
                for post, leaf in zip(posts, leaves, strict=True)
            ]
        )
        points = min_max(state.panel.values, ends[:, 0], ends[:, 1], scale=self.scale)
        flags = self._at_goalposts(state, points, posts)
        if self.clip:
            points = np.clip(points, min(self.scale), max(self.scale))
        found = {
            leaf.code: dataclasses.replace(leaf, goalposts=post)
            for leaf, post in zip(leaves, posts, strict=True)
        }
        return State(
            state.panel.with_values(points),
            state.hierarchy.replace(found),
            (*state.flags, *flags),
        )

    def _at_goalposts(self, state: State, points: FloatArray, posts: list[Goalposts]) -> list[Flag]:
        """A flag for each value at or beyond a goalpost that the spec gave."""
        flags = []
        low, high = self.scale
        for column, (indicator, post) in enumerate(zip(state.panel.indicators, posts, strict=True)):
            if self.floating or state.hierarchy[indicator.code].goalposts is None:
                continue
            for row in np.flatnonzero((points[:, column] <= low) | (points[:, column] >= high)):
                end = "best" if points[row, column] >= high else "worst"
                flags.append(
                    Flag(
                        "at a goalpost",
                        f"{indicator.name} of {state.panel.places[row].name} is at or beyond the "
                        f"{end} goalpost ({post[0]:g} to {post[1]:g}).",
                        indicator.code,
                        state.panel.places[row].code,
                    )
                )
        return flags


def _goalposts(leaf: Node, values: FloatArray) -> Goalposts:
    if leaf.goalposts is not None:
        low, high = leaf.goalposts
        if low >= high:
            raise BadSpec(
                f"Step normalise, indicator '{leaf.code}': the goalposts are {low:g} and {high:g}. "
                "Wanted the lower first and the higher after it; direction says which is better."
            )
        return low, high
    known = values[~np.isnan(values)]
    if known.size == 0 or known.min() == known.max():
        met = "has no value" if known.size == 0 else f"is {known.min():g} in every place"
        raise BadSpec(
            f"Step normalise, indicator '{leaf.code}': it {met}, so no goalposts can be found. "
            "Wanted two places that differ. Give it goalposts in the spec, or take it out."
        )
    return float(known.min()), float(known.max())
