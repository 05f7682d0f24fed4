"""Robustness of an index under audit: simulated ranks, what they hang on, and the frontier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.audit_checks import Check, Thresholds, Verdict, number, too_few, verdict_of
from placedex.index.build import Index
from placedex.index.frontier import Doubt, benefit_of_the_doubt
from placedex.index.rank_ranges import usual_width, whole_ranks
from placedex.index.rows import Row, cell
from placedex.observations.panel import FloatArray
from placedex.stats.correlation import spearman

PART, FRONTIER = "robustness", "frontier"
MOST_PLACES = 1000
NOT_RECKONED = "not reckoned, since no draws were made for this index"


class Simulated(Protocol):
    """Ranks of places over many draws of method and figures."""

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of the places."""
        ...

    @property
    def ranks(self) -> FloatArray:
        """The published ranks."""
        ...

    @property
    def median(self) -> FloatArray:
        """The median rank of each place."""
        ...

    @property
    def words(self) -> str:
        """How many draws there were and how many of them failed."""
        ...

    def interval(self, coverage: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """The ranks between which each place lies in so much of its draws."""
        ...


@dataclass(frozen=True, slots=True)
class SimulatedRank:
    """A place's published rank, its median rank over the draws, and its 90 % interval."""

    place: str
    name: str
    rank: float
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The share of the mean shift in rank that a choice explains, alone and with others."""

    choice: str
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class Robustness:
    """Simulated ranks and what they hang on; `words` say how they were drawn, or why not."""

    ranks: tuple[SimulatedRank, ...]
    sensitivity: tuple[Sensitivity, ...]
    words: str
    checks: tuple[Check, ...]

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each place."""
        return tuple(
            {
                "place": one.place,
                "name": one.name,
                "rank": cell(one.rank),
                "median_rank": cell(one.median),
                "rank_5_percent": cell(one.low),
                "rank_95_percent": cell(one.high),
            }
            for one in self.ranks
        )

    def sensitivity_rows(self) -> tuple[Row, ...]:
        """A row for each choice."""
        return tuple(
            {"choice": one.choice, "first": cell(one.first), "total": cell(one.total)}
            for one in self.sensitivity
        )


@dataclass(frozen=True, slots=True)
class FromFrontier:
    """A place's score under the weights that suit it best, and its distance from the frontier.

    `score` is 1 where no other place does better under those weights; `best` is the component that
    brings most to it.
    """

    place: str
    name: str
    rank: float
    score: float
    distance: float
    best: str


@dataclass(frozen=True, slots=True)
class Frontier:
    """The distance of each place to the frontier, with the checks."""

    places: tuple[FromFrontier, ...]
    words: str
    checks: tuple[Check, ...]

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each place."""
        names = tuple(FromFrontier.__dataclass_fields__)
        return tuple({name: cell(getattr(one, name)) for name in names} for one in self.places)


def audit_robustness(
    index: Index,
    thresholds: Thresholds,
    *,
    simulation: Simulated | None = None,
    shares: Mapping[str, tuple[float, float]] | None = None,
) -> Robustness:
    """How far ranks move when the choices and the figures are drawn again.

    `shares` gives for each choice its first-order and total Sobol index. Without a simulation
    nothing is said.
    """
    tests = ("median rank", "width of intervals", "one choice rules")
    if simulation is None:
        return Robustness((), (), NOT_RECKONED, tuple(_unsaid(index, test) for test in tests))
    names = {place.code: place.name for place in index.raw.places}
    low, high = whole_ranks(*simulation.interval(0.9))
    ranks = tuple(
        SimulatedRank(code, names.get(code, code), *map(float, row))
        for code, *row in zip(
            simulation.places, simulation.ranks, simulation.median, low, high, strict=True
        )
        if not np.isnan(row[0])
    )
    found = tuple(Sensitivity(name, *both) for name, both in (shares or {}).items())
    checks = (
        _medians(index, ranks, thresholds),
        _widths(index, ranks, thresholds),
        _ruling(index, found, len(ranks), thresholds=thresholds),
    )
    return Robustness(ranks, found, simulation.words, checks)


def _unsaid(index: Index, test: str, why: str = NOT_RECKONED, part: str = PART) -> Check:
    root = index.hierarchy.root
    words = f"The test '{test}' of {root.name} cannot be said: {why}."
    return Check(part, test, root.code, root.name, Verdict.CANNOT_SAY, words)


def _medians(index: Index, ranks: tuple[SimulatedRank, ...], thresholds: Thresholds) -> Check:
    test, root = "median rank", index.hierarchy.root
    if why := too_few(len(ranks), thresholds.fewest):
        return _unsaid(index, test, why)
    reach = thresholds.reach(len(ranks))
    far = sum(1 for one in ranks if abs(one.rank - one.median) >= reach)
    limit = thresholds.share_of_places
    words = (
        f"{far} of {len(ranks)} places have a median simulated rank at least {number(reach, 1)} "
        "positions from the published one."
    )
    share = far / len(ranks)
    return Check(
        PART, test, root.code, root.name, verdict_of(share > limit), words, share, limit, len(ranks)
    )


def _widths(index: Index, ranks: tuple[SimulatedRank, ...], thresholds: Thresholds) -> Check:
    test, root = "width of intervals", index.hierarchy.root
    if why := too_few(len(ranks), thresholds.fewest):
        return _unsaid(index, test, why)
    low, high = np.array([[one.low, one.high] for one in ranks]).T
    middle, limit = usual_width(low, high), thresholds.wide * len(ranks)
    words = (
        f"Half of the places have a 90 % interval of ranks no wider than {middle:g} of "
        f"{len(ranks)} positions."
    )
    return Check(
        PART, test, root.code, root.name, verdict_of(middle > limit), words, middle, limit,
        len(ranks),
    )  # fmt: skip


def _ruling(
    index: Index, found: tuple[Sensitivity, ...], places: int, *, thresholds: Thresholds
) -> Check:
    test, root = "one choice rules", index.hierarchy.root
    known = [one for one in found if not np.isnan(one.total)]
    why = too_few(places, thresholds.fewest)
    if why or not known:
        return _unsaid(index, test, why or "no share of variance was reckoned")
    most = max(known, key=lambda one: one.total)
    words = (
        f"{most.choice.capitalize()} explains most of how ranks move: {most.first:.0%} alone, "
        f"{most.total:.0%} with the others."
    )
    return Check(
        PART,
        test,
        root.code,
        root.name,
        verdict_of(most.first > thresholds.ruling),
        words,
        most.first,
        thresholds.ruling,
    )


def audit_frontier(index: Index, thresholds: Thresholds) -> Frontier:
    """How far each place is from the best that its own components allow.

    Each place is scored under the weights that suit it best, no component bringing more to the
    score than `pie` times its share of weight. There is no least share, since a place with a
    component at nought could not keep one.
    Gaps:   a place without a rank on the index is left out.
    Source: as `frontier.benefit_of_the_doubt`.
    """
    hierarchy = index.hierarchy
    parts = hierarchy.children(hierarchy.root.code)
    ranks = index.ranks.of(hierarchy.root.code)
    rows = np.flatnonzero(~np.isnan(ranks))
    values = index.scores.select(part.code for part in parts).values[rows]
    weights = np.array([part.weight for part in parts]) / sum(part.weight for part in parts)
    tests = ("places at the frontier", "frontier and index agree")
    why = too_few(rows.size, thresholds.fewest)
    if rows.size > MOST_PLACES:
        why = f"not reckoned for more than {MOST_PLACES:,} places"
    if not why:
        high = np.minimum(1, weights * thresholds.pie)
        try:
            found = benefit_of_the_doubt(values, high=high.tolist())
        except BadSpec as error:
            why = str(error).partition(". ")[0]
    if why:
        return Frontier((), why, tuple(_unsaid(index, test, why, FRONTIER) for test in tests))
    places = _distances(index, rows, found)
    words = (
        "Each place under the weights that suit it best, no component bringing more than "
        f"{thresholds.pie:g} times its share of weight."
    )
    return Frontier(places, words, _of_frontier(index, places, thresholds))


def _distances(index: Index, rows: NDArray[np.intp], found: Doubt) -> tuple[FromFrontier, ...]:
    """Each ranked place with its score, its distance, and the component that brings most."""
    hierarchy = index.hierarchy
    parts = hierarchy.children(hierarchy.root.code)
    ranks = index.ranks.of(hierarchy.root.code)
    return tuple(
        FromFrontier(
            index.scores.places[row].code,
            index.scores.places[row].name,
            float(ranks[row]),
            float(found.scores[at]),
            float(1 - found.scores[at]),
            parts[int(np.nanargmax(found.shares[at]))].name if found.scores[at] > 0 else "",
        )
        for at, row in enumerate(rows)
    )


def _of_frontier(
    index: Index, places: tuple[FromFrontier, ...], thresholds: Thresholds
) -> tuple[Check, Check]:
    root, count = index.hierarchy.root, len(places)
    reached = sum(1 for one in places if one.score >= 1)
    share, limit = reached / count, thresholds.frontier
    first = Check(
        FRONTIER, "places at the frontier", root.code, root.name, verdict_of(share > limit),
        f"{reached} of {count} places stand at the frontier.", share, limit, count,
    )  # fmt: skip
    both = np.array([[-one.rank, one.score] for one in places])
    r = float(spearman(both).coefficients[0, 1])
    if np.isnan(r):
        why = "every place has the same rank or the same distance"
        return first, _unsaid(index, "frontier and index agree", why, FRONTIER)
    words = f"Ranks from the frontier and ranks of {root.name} correlate by {number(r)}."
    second = Check(
        FRONTIER, "frontier and index agree", root.code, root.name,
        verdict_of(r < thresholds.agreement), words, r, thresholds.agreement, count,
    )  # fmt: skip
    return first, second
