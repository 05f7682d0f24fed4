"""Standing: an index that was built, laid out so that one place's figures can be moved."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.aggregate import Aggregate
from placedex.index.build import Index
from placedex.index.edition import WeightedMean
from placedex.index.hierarchy import Goalposts
from placedex.index.means import Arithmetic
from placedex.index.normalise import MinMax
from placedex.index.treat import Logarithm
from placedex.index.what_if import Move, Moves, Plan, Standing, plan, what_if
from placedex.observations.panel import FloatArray

ALIKE = 1e-8
# The share of the way between goalposts by which a move goes beyond what draws level.
HAIR = 1e-10
SETTLED = ("scale", "screen", "impute", "treat", "normalise", "weight", "aggregate", "rank")


@dataclass(frozen=True, slots=True, eq=False)
class IndexStanding:
    """An index of fixed goalposts and weighted means, of which figures can be moved one by one.

    `logged` are the indicators whose logarithm is taken; moves are given in their own unit.
    """

    places: tuple[str, ...]
    codes: tuple[str, ...]
    standing: Standing
    logged: frozenset[str]

    def row(self, place: str) -> int:
        """The row of a place; BadSpec if the index does not score it."""
        if place not in self.places:
            raise BadSpec(
                f"Step what if: the index does not score {place}. Wanted a place that it scores."
            )
        return self.places.index(place)

    def moves(self, place: str, *, most: int | None = None) -> Moves:
        """Each single move that gains a place ranks; see `what_if`.

        Errors: BadSpec if the place has no score.
        """
        found = what_if(self.standing, self.row(place), most=most)
        return dataclasses.replace(found, moves=tuple(self._own(one) for one in found.moves))

    def furthest(self, place: str, *, most: int) -> tuple[Move, ...]:
        """For each indicator the move that gains the place most ranks, up to so many."""
        best: dict[int, Move] = {}
        for move in self.moves(place, most=most).moves if most > 0 else ():
            best.setdefault(move.indicator, move)
        return tuple(best.values())

    def plan(self, place: str, *, rank: int) -> Plan | None:
        """The smallest set of moves that reaches a rank, or nothing if none does; see `plan`."""
        found = plan(self.standing, self.row(place), rank=rank)
        if found is None:
            return None
        return dataclasses.replace(found, moves=tuple(self._own(one) for one in found.moves))

    def _own(self, move: Move) -> Move:
        """A move with its figures in the indicator's own unit, and a hair beyond where it can.

        So the last digits of a sum do not decide whether the place draws level with a rival.
        """
        method, at = self.standing.method, move.indicator
        worst, best = float(method.worst[at]), float(method.best[at])
        beyond = move.new_figure + HAIR * (best - worst)
        figure, new_figure = move.figure, (min if best > worst else max)(beyond, best)
        if self.codes[at] in self.logged:
            figure, new_figure = float(np.exp(figure)), float(np.exp(new_figure))
        return dataclasses.replace(move, figure=figure, new_figure=new_figure)


def standing_of(index: Index) -> IndexStanding:
    """An index laid out so that figures can be moved.

    Only where a score rises in a straight line with a figure until its goalpost and moves nobody
    else's: fixed goalposts that hold points, weighted arithmetic means, logarithms at most.
    Errors: BadSpec naming the step that is otherwise.
    """
    _refuse_others(index)
    leaves = tuple(leaf for leaf in index.hierarchy.leaves)
    low, high = np.array(_given_goalposts(index), dtype=np.float64).T
    up = np.array([leaf.direction > 0 for leaf in leaves])
    codes = tuple(leaf.code for leaf in leaves)
    step = next(one.step for one in index.stages if one.step.verb == "normalise")
    scale = step.scale if isinstance(step, MinMax) else (0.0, 100.0)
    method = WeightedMean(np.where(up, low, high), np.where(up, high, low), scale, clip=True)
    places = tuple(place.code for place in index.scores.places)
    standing = Standing(_before_points(index, codes), _shares(index, codes), method)
    scores = index.scores.of(index.hierarchy.root.code)
    if not np.allclose(standing.scores, scores, atol=ALIKE, equal_nan=True):
        raise BadSpec(
            "Step what if: the scores are not the weighted means of points that were looked for. "
            "Wanted an index without further steps between figures and scores."
        )
    return IndexStanding(places, codes, standing, _logged(index))


def _given_goalposts(index: Index) -> list[Goalposts]:
    """The goalposts that the spec gives each indicator, as they were when points were made.

    After the step normalise the hierarchy holds those found too, which every figure can move.
    """
    used = index.stage("normalise").hierarchy
    found: list[Goalposts] = []
    for leaf in index.hierarchy.leaves:
        post = used[leaf.code].goalposts
        if index.spec.hierarchy[leaf.code].goalposts is None or post is None:
            raise BadSpec(
                f"Step what if: '{leaf.code}' has no goalposts in the spec, so that its scale "
                "hangs on who is compared. Wanted fixed goalposts. Give them in the spec."
            )
        found.append(post)
    return found


def _before_points(index: Index, codes: tuple[str, ...]) -> FloatArray:
    """The figures as they were right before they were put on the scale, for the scored places."""
    at = next(number for number, one in enumerate(index.stages) if one.step.verb == "normalise")
    panel = index.stages[at - 1].state.panel
    rows = [panel.row(place.code) for place in index.scores.places]
    return np.asarray(panel.select(codes).values[rows])


def _shares(index: Index, codes: tuple[str, ...]) -> FloatArray:
    """The share of the whole that each indicator carries for each place.

    A missing part leaves its weight to its siblings; a place without a score carries none.
    """
    scores, hierarchy = index.scores, index.hierarchy
    shares = {hierarchy.root.code: (~np.isnan(scores.of(hierarchy.root.code))).astype(np.float64)}
    for node in reversed(hierarchy.upwards()):
        children = hierarchy.children(node.code)
        there = [np.where(np.isnan(scores.of(one.code)), 0.0, one.weight) for one in children]
        total = np.sum(there, axis=0) if children else np.zeros(0)
        for child, weight in zip(children, there, strict=True):
            carried = np.where(total > 0, weight / np.where(total > 0, total, 1.0), 0.0)
            shares[child.code] = shares[node.code] * carried
    return np.stack([shares[code] for code in codes], axis=1)


def _logged(index: Index) -> frozenset[str]:
    steps = (one.step for one in index.stages)
    return frozenset(code for one in steps if isinstance(one, Logarithm) for code in one.indicators)


def _refuse_others(index: Index) -> None:
    """Refuse steps by which one figure moves other places, or a score in no straight line."""
    for stage in index.stages:
        step = stage.step
        wrong = ""
        if step.verb not in SETTLED:
            wrong = f"the step '{step.verb}'"
        elif step.verb == "impute" and _fills(index):
            wrong = "figures that are filled in from others"
        elif step.verb == "treat" and not isinstance(step, Logarithm):
            wrong = "a treatment that hangs on the figures found"
        elif step.verb == "normalise" and (
            not isinstance(step, MinMax) or step.floating or not step.clip
        ):
            wrong = "a scale other than fixed goalposts that hold points (clip)"
        elif isinstance(step, Aggregate) and not _straight(step, index):
            wrong = "a mean other than the arithmetic"
        if wrong:
            raise BadSpec(
                f"Step what if: the index has {wrong}, so that a move of one figure has no rank to "
                "be found at once. Wanted fixed goalposts, arithmetic means and logarithms at "
                "most. Set figures one by one instead, or give the spec such steps."
            )


def _fills(index: Index) -> bool:
    """Whether any figure that is used was filled in."""
    codes = [leaf.code for leaf in index.hierarchy.leaves]
    before, after = index.figures.select(codes), _before_points(index, tuple(codes))
    rows = [before.row(place.code) for place in index.scores.places]
    return bool((np.isnan(before.values[rows]) & ~np.isnan(after)).any())


def _straight(step: Aggregate, index: Index) -> bool:
    means = (step.nodes.get(node.code, step.mean) for node in index.hierarchy.components)
    return all(type(mean) is Arithmetic for mean in means)
