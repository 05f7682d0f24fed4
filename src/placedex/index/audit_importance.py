"""Importance against weight, redundancy, and what the index adds to its components."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from placedex.index.audit_checks import (
    Check,
    Thresholds,
    Verdict,
    number,
    too_few,
    verdict_of,
    why_unrelated,
)
from placedex.index.audit_coherence import Correlated
from placedex.index.build import Index
from placedex.index.hierarchy import Node
from placedex.index.optimised_weights import CorrelationRatio
from placedex.index.rows import Row, cell
from placedex.observations.panel import FloatArray

PART, ADDED = "importance", "added value"


@dataclass(frozen=True, slots=True)
class Important:
    """How much a part matters to its parent and to the index, against the weight that it has.

    `weight` is its share of its parent's weights, `effective` its share of the whole. `ratio` is
    its correlation ratio with the parent (missing with few places), `squared` the squared
    correlation, `share` its share of its siblings' sum of the one used; `ratio_index` and
    `squared_index` are those with the index.
    """

    node: str
    name: str
    parent: str
    places: int
    weight: float
    effective: float
    ratio: float
    squared: float
    share: float
    ratio_index: float
    squared_index: float

    def to_row(self) -> Row:
        """The part as a row."""
        names = tuple(Important.__dataclass_fields__)
        return {name: cell(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True)
class Importance:
    """Importance of every part, and the checks of importance and redundancy."""

    parts: tuple[Important, ...]
    checks: tuple[Check, ...]

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each part."""
        return tuple(one.to_row() for one in self.parts)


@dataclass(frozen=True, slots=True)
class Apart:
    """How far the ranks of a component are from those of the index.

    `ten` is the share of places at least ten positions apart, `tenth` at least a tenth of all.
    """

    node: str
    name: str
    places: int
    ten: float
    tenth: float

    def to_row(self) -> Row:
        """The component as a row."""
        return {
            "node": self.node,
            "name": self.name,
            "places": self.places,
            "ten_positions": cell(self.ten),
            "tenth_of_places": cell(self.tenth),
        }


@dataclass(frozen=True, slots=True)
class AddedValue:
    """What the index says beyond each component, with the checks."""

    components: tuple[Apart, ...]
    checks: tuple[Check, ...]

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each component."""
        return tuple(one.to_row() for one in self.components)


def correlation_ratio(part: FloatArray, whole: FloatArray, *, fewest: int = 20) -> float:
    """The share of the whole's variance that a part explains along a smooth curve, S_i.

    Gaps:   places that lack either are left out; with fewer than `fewest`, or if either is the
            same everywhere, there is no number, since a curve through few points explains them all.
    Source: Paruolo, Saisana and Saltelli (2013), JRSS A 176, 609.
    """
    both = ~np.isnan(part) & ~np.isnan(whole)
    one, other = part[both], whole[both]
    if both.sum() < fewest or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(CorrelationRatio().of(one[:, np.newaxis])(other)[0])


def audit_importance(index: Index, found: Correlated, thresholds: Thresholds) -> Importance:
    """How much every part matters, whether that is as its weight says, and what is redundant."""
    parts = tuple(
        one
        for node in reversed(index.hierarchy.components)
        for one in _parts_of(index, node, found, thresholds=thresholds)
    )
    checks = (
        *(_as_weighted(one, index, thresholds) for one in parts),
        *_pairs(index, found, thresholds),
        *_rulers(index, found, thresholds),
    )
    return Importance(parts, checks)


def _parts_of(
    index: Index, parent: Node, found: Correlated, *, thresholds: Thresholds
) -> Iterator[Important]:
    hierarchy, scores = index.hierarchy, index.scores
    effective, root = hierarchy.effective_weights(), hierarchy.root.code
    children = hierarchy.children(parent.code)
    fewest = thresholds.fewest_for_curve
    ratios, squares = {}, {}
    for node in children:
        r, _, places = found.of(node.code, parent.code)
        told = not why_unrelated(places, r, thresholds.fewest)
        squares[node.code] = r**2 if told else np.nan
        ratios[node.code] = correlation_ratio(
            scores.of(node.code), scores.of(parent.code), fewest=fewest
        )
    used = squares if np.isnan(list(ratios.values())).any() else ratios
    total, weights = sum(used.values()), sum(node.weight for node in children)
    for node in children:
        r, _, places = found.of(node.code, root)
        told = not why_unrelated(places, r, thresholds.fewest)
        yield Important(
            node=node.code,
            name=node.name,
            parent=parent.code,
            places=found.of(node.code, parent.code)[2],
            weight=node.weight / weights,
            effective=effective[node.code],
            ratio=ratios[node.code],
            squared=squares[node.code],
            share=used[node.code] / total if total > 0 else np.nan,
            ratio_index=correlation_ratio(scores.of(node.code), scores.of(root), fewest=fewest),
            squared_index=r**2 if told else np.nan,
        )


def _as_weighted(one: Important, index: Index, thresholds: Thresholds) -> Check:
    test, parent = "importance against weight", index.hierarchy[one.parent].name
    only = len(index.hierarchy.children(one.parent)) == 1
    if np.isnan(one.share) or only:
        why = too_few(one.places, thresholds.fewest) or "a part is the same in every place"
        why = f"it is the only part of {parent}" if only else why
        words = f"How much {one.name} matters to {parent} cannot be said: {why}."
        return Check(PART, test, one.node, one.name, Verdict.CANNOT_SAY, words, places=one.places)
    times = one.share / one.weight if one.weight > 0 else np.inf
    bad = not 1 / thresholds.importance <= times <= thresholds.importance
    words = (
        f"{one.name} has {one.weight:.0%} of the weight in {parent} and {one.share:.0%} of the "
        "importance."
    )
    return Check(
        PART, test, one.node, one.name, verdict_of(bad), words, times, thresholds.importance,
        one.places, one.parent,
    )  # fmt: skip


def _pairs(index: Index, found: Correlated, thresholds: Thresholds) -> Iterator[Check]:
    """Whether two parts of a component say the same."""
    for node in reversed(index.hierarchy.components):
        parts = index.hierarchy.children(node.code)
        for at, one in enumerate(parts):
            for other in parts[at + 1 :]:
                yield _same(one, other, found, thresholds=thresholds, limit=thresholds.high)


def _rulers(index: Index, found: Correlated, thresholds: Thresholds) -> Iterator[Check]:
    """Whether a component says the same as the index."""
    root = index.hierarchy.root
    for node in index.hierarchy.children(root.code):
        yield _same(node, root, found, thresholds=thresholds, limit=thresholds.with_index)


def _same(
    one: Node, other: Node, found: Correlated, *, thresholds: Thresholds, limit: float
) -> Check:
    r, _, places = found.of(one.code, other.code)
    why = why_unrelated(places, r, thresholds.fewest)
    if why:
        verdict, words = Verdict.CANNOT_SAY, f"cannot be said: {why}."
        words = f"Whether {one.name} says the same as {other.name} {words}"
    else:
        verdict = verdict_of(r >= limit)
        much = "says almost the same as" if r >= limit else "is not redundant with"
        words = f"{one.name} {much} {other.name}: r = {number(r)}."
    return Check(
        PART, "redundancy", one.code, one.name, verdict, words, r, limit, places, other.code
    )


def audit_added_value(index: Index, thresholds: Thresholds) -> AddedValue:
    """Whether the ranks of the index say more than those of each component alone.

    Shares are of the places that have both ranks.
    Source: the JRC's audits of the Global Innovation Index count ten positions or more.
    """
    root = index.hierarchy.root
    overall = index.ranks.of(root.code)
    found = tuple(
        rank_distance(node, index.ranks.of(node.code), overall, fewest=thresholds.fewest)
        for node in index.hierarchy.children(root.code)
    )
    return AddedValue(found, tuple(_adds(one, thresholds) for one in found))


def rank_distance(node: Node, ranks: FloatArray, overall: FloatArray, *, fewest: int = 1) -> Apart:
    """The share of places that stand far apart on a component and on the index.

    Gaps:   places that lack one of the ranks are left out; of fewer than `fewest` nothing is said.
    """
    both = ~np.isnan(ranks) & ~np.isnan(overall)
    places = int(both.sum())
    if places < max(fewest, 1):
        return Apart(node.code, node.name, 0, np.nan, np.nan)
    distance = np.abs(ranks[both] - overall[both])
    ten, tenth = (float(np.mean(distance >= far)) for far in (10.0, 0.1 * places))
    return Apart(node.code, node.name, places, ten, tenth)


def _adds(one: Apart, thresholds: Thresholds) -> Check:
    test = "ranks apart from a component"
    if why := too_few(one.places, thresholds.fewest):
        words = f"What the index adds to {one.name} cannot be said: {why}."
        return Check(ADDED, test, one.node, one.name, Verdict.CANNOT_SAY, words, places=one.places)
    ten = thresholds.positions <= thresholds.share_of_places * one.places
    share = one.ten if ten else one.tenth
    far = "ten positions" if ten else "a tenth of all positions"
    words = f"{share:.0%} of the places rank at least {far} apart on the index and on {one.name}."
    verdict = verdict_of(share < thresholds.added)
    return Check(
        ADDED, test, one.node, one.name, verdict, words, share, thresholds.added, one.places
    )
