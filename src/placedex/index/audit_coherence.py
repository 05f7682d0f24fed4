"""The statistical coherence of an index: correlations, principal components and reliability."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.alpha import Gaps, cronbach_alpha
from placedex.index.audit_checks import (
    Check,
    Thresholds,
    Verdict,
    counted,
    listed,
    number,
    p_words,
    too_few,
    verdict_of,
    why_unrelated,
)
from placedex.index.build import Index
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.principal_components import principal_components
from placedex.index.rows import Row, cell
from placedex.observations.panel import FloatArray
from placedex.stats.correlation import Related, pearson, spearman

PART = "coherence"


@dataclass(frozen=True, slots=True, eq=False)
class Correlated:
    """The correlations of every two nodes of an index, on their scores."""

    nodes: tuple[str, ...]
    parents: tuple[str, ...]
    pearson: Related
    spearman: Related

    def of(self, one: str, other: str) -> tuple[float, float, int]:
        """Pearson's correlation of two nodes, its p-value, and the number of places."""
        row, column = self.nodes.index(one), self.nodes.index(other)
        found = self.pearson
        return (
            float(found.coefficients[row, column]),
            float(found.p_values[row, column]),
            int(found.counts[row, column]),
        )

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each two nodes; `together` says that they are parts of one component."""
        return tuple(
            {
                "node": one,
                "other": other,
                "together": self.parents[row] == self.parents[column],
                "pearson": cell(self.pearson.coefficients[row, column]),
                "p_value": cell(self.pearson.p_values[row, column]),
                "spearman": cell(self.spearman.coefficients[row, column]),
                "places": int(self.pearson.counts[row, column]),
            }
            for row, one in enumerate(self.nodes)
            for column, other in enumerate(self.nodes[:row])
        )


@dataclass(frozen=True, slots=True)
class OneDimension:
    """The principal components and Cronbach's alpha of the parts of a component.

    All of it is on the `places` that have every part.
    `share` is the variance that the first component explains, `above_one` how many have an
    eigenvalue above the limit, `against` the parts that pull against the first; all are missing
    where nothing can be said.
    """

    node: str
    name: str
    parts: int
    places: int
    share: float
    above_one: int
    eigenvalues: tuple[float, ...]
    loadings: tuple[float, ...]
    against: tuple[str, ...]
    alpha: float
    alpha_standardised: float
    why_not: str = ""

    def to_row(self) -> Row:
        """The component as a row."""
        return {
            "node": self.node,
            "name": self.name,
            "parts": self.parts,
            "places": self.places,
            "first_eigenvalue": cell(self.eigenvalues[0]) if self.eigenvalues else None,
            "share_of_variance": cell(self.share),
            "components_above_one": self.above_one if self.eigenvalues else None,
            "against": "; ".join(self.against),
            "alpha": cell(self.alpha),
            "alpha_standardised": cell(self.alpha_standardised),
            "why_not": self.why_not,
        }


@dataclass(frozen=True, slots=True)
class Coherence:
    """Correlations, principal components and reliability, with the checks of them."""

    correlations: Correlated
    dimensions: tuple[OneDimension, ...]
    checks: tuple[Check, ...]

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each component."""
        return tuple(one.to_row() for one in self.dimensions)


def audit_coherence(index: Index, thresholds: Thresholds) -> Coherence:
    """Whether the parts of each component go together, and with their own component most.

    All of it is on scores, so that a higher number is always better.
    """
    found = correlated(index, thresholds)
    dimensions = tuple(
        _dimension(index, node, thresholds) for node in reversed(index.hierarchy.components)
    )
    checks = (
        *_siblings(index.hierarchy, found, thresholds),
        *_with_parents(index.hierarchy, found, thresholds),
        *_own_components(index.hierarchy, found, thresholds),
        *(_one_dimension(one, thresholds) for one in dimensions),
        *(_reliable(one, thresholds) for one in dimensions),
    )
    return Coherence(found, dimensions, checks)


def correlated(index: Index, thresholds: Thresholds) -> Correlated:
    """The correlations of every two nodes: the indicators of a component, it, then the next.

    Gaps:   none on fewer places than the fewest of which something can be said.
    """
    nodes = index.hierarchy.upwards()
    scores = index.scores.select(node.code for node in nodes).values
    return Correlated(
        tuple(node.code for node in nodes),
        tuple(node.parent or "" for node in nodes),
        _on_enough(pearson(scores), thresholds.fewest),
        _on_enough(spearman(scores), thresholds.fewest),
    )


def _on_enough(found: Related, fewest: int) -> Related:
    few = found.counts < fewest
    coefficients = np.where(few, np.nan, found.coefficients)
    return Related(coefficients, found.counts, np.where(few, np.nan, found.p_values))


def _siblings(hierarchy: Hierarchy, found: Correlated, thresholds: Thresholds) -> Iterator[Check]:
    """Whether each two parts of a component go together, neither too little nor backwards."""
    for node in reversed(hierarchy.components):
        parts = hierarchy.children(node.code)
        for place, one in enumerate(parts):
            for other in parts[place + 1 :]:
                yield _pair(one, other, found, thresholds)


def _pair(one: Node, other: Node, found: Correlated, thresholds: Thresholds) -> Check:
    r, p, places = found.of(one.code, other.code)
    test = "correlation within components"
    if why := why_unrelated(places, r, thresholds.fewest):
        words = f"Whether {one.name} goes with {other.name} cannot be said: {why}."
        return Check(
            PART, test, one.code, one.name, Verdict.CANNOT_SAY, words, places=places,
            other=other.code,
        )  # fmt: skip
    how = f"r = {number(r)}, {p_words(p)}"
    if r < 0 and p < 0.05:
        words = f"{one.name} and {other.name} pull against each other: {how}."
    elif r <= thresholds.low:
        words = f"{one.name} and {other.name} hardly go together: {how}."
    else:
        words = f"{one.name} and {other.name} go together: {how}."
    verdict = verdict_of(r <= thresholds.low)
    return Check(
        PART, test, one.code, one.name, verdict, words, r, thresholds.low, places, other.code
    )


def _with_parents(
    hierarchy: Hierarchy, found: Correlated, thresholds: Thresholds
) -> Iterator[Check]:
    """Whether each part bears on the component that it is a part of."""
    for node in hierarchy:
        if node.parent is None:
            continue
        parent = hierarchy[node.parent]
        r, p, places = found.of(node.code, parent.code)
        why = why_unrelated(places, r, thresholds.fewest)
        if len(hierarchy.children(parent.code)) == 1:
            why = "it is its only part"
        verdict = Verdict.CANNOT_SAY if why else verdict_of(r <= thresholds.low)
        words = f"Whether {node.name} bears on {parent.name} cannot be said: {why}."
        if not why:
            much = "hardly bears" if r <= thresholds.low else "bears"
            words = f"{node.name} {much} on {parent.name}: r = {number(r)}, {p_words(p)}."
        yield Check(
            PART, "correlation with the component", node.code, node.name, verdict, words,
            r, thresholds.low, places, parent.code,
        )  # fmt: skip


def _own_components(
    hierarchy: Hierarchy, found: Correlated, thresholds: Thresholds
) -> Iterator[Check]:
    """Whether each part goes with its own component more than with any other beside it."""
    for node in hierarchy:
        parent = hierarchy[node.parent] if node.parent is not None else None
        if parent is None or parent.parent is None:
            continue
        rivals = [one for one in hierarchy.children(parent.parent) if one.code != parent.code]
        known = [
            (r, rival)
            for rival in rivals
            for r, _, places in [found.of(node.code, rival.code)]
            if not why_unrelated(places, r, thresholds.fewest)
        ]
        own, _, places = found.of(node.code, parent.code)
        why = why_unrelated(places, own, thresholds.fewest)
        if not rivals:
            continue
        yield _placed(node, (own, parent), known, why=why, places=places)


def _placed(
    node: Node, own: tuple[float, Node], rivals: list[tuple[float, Node]], *, why: str, places: int
) -> Check:
    test, (r, parent) = "own component", own
    if why or not rivals:
        why = why or "no other component has enough places"
        words = f"Whether {node.name} is in the right component cannot be said: {why}."
        return Check(PART, test, node.code, node.name, Verdict.CANNOT_SAY, words, places=places)
    most, rival = max(rivals, key=lambda one: one[0])
    bad = most > r
    words = (
        f"{node.name} goes with {rival.name} (r = {number(most)}) more than with its own "
        f"component, {parent.name} (r = {number(r)})."
        if bad
        else f"{node.name} goes with its own component, {parent.name}, most (r = {number(r)})."
    )
    return Check(
        PART, test, node.code, node.name, verdict_of(bad), words, r, most, places,
        rival.code if bad else parent.code,
    )  # fmt: skip


def _dimension(index: Index, node: Node, thresholds: Thresholds) -> OneDimension:
    parts = index.hierarchy.children(node.code)
    values = index.scores.select(part.code for part in parts).values
    places = counted(values)
    why = too_few(places, thresholds.fewest)
    if len(parts) < 2:
        why = "it has one part alone"
    nothing: FloatArray = np.empty(0)
    share, above, against = np.nan, 0, []
    eigenvalues, loadings, alpha, standardised = nothing, nothing, np.nan, np.nan
    if not why:
        try:
            found = principal_components(values)
            told = cronbach_alpha(values, gaps=Gaps.COMPLETE)
            alpha, standardised = told.raw, told.standardised
            share, eigenvalues, loadings = float(found.explained[0]), found.eigenvalues, found.first
            above = int(np.sum(eigenvalues > thresholds.eigenvalue + 1e-9))
            against = [part.name for part, one in zip(parts, loadings, strict=True) if one < -1e-9]
        except BadSpec:
            why = "a part is the same in every place, or in those that have the others"
    return OneDimension(
        node.code, node.name, len(parts), places, share, above, tuple(eigenvalues.tolist()),
        tuple(loadings.tolist()), tuple(against), alpha, standardised, why,
    )  # fmt: skip


def _one_dimension(one: OneDimension, thresholds: Thresholds) -> Check:
    test = "one dimension"
    if one.why_not:
        words = f"Whether {one.name} has one dimension cannot be said: {one.why_not}."
        return Check(PART, test, one.node, one.name, Verdict.CANNOT_SAY, words, places=one.places)
    bad = one.above_one != 1 or bool(one.against)
    pull = f", and {listed(one.against)} pull{'s' * (len(one.against) == 1)} against it"
    many = "component has" if one.above_one == 1 else "components have"
    words = (
        f"Of {one.name}, the first principal component explains {one.share:.0%}; {one.above_one} "
        f"{many} an eigenvalue above {thresholds.eigenvalue:g}{pull if one.against else ''}."
    )
    return Check(
        PART, test, one.node, one.name, verdict_of(bad), words, float(one.above_one), 1.0,
        one.places,
    )  # fmt: skip


def _reliable(one: OneDimension, thresholds: Thresholds) -> Check:
    test = "reliability"
    if one.why_not:
        words = f"Cronbach's alpha of {one.name} cannot be said: {one.why_not}."
        return Check(PART, test, one.node, one.name, Verdict.CANNOT_SAY, words, places=one.places)
    bad = one.alpha < thresholds.alpha
    words = f"Cronbach's alpha of {one.name} is {number(one.alpha)}."
    return Check(
        PART, test, one.node, one.name, verdict_of(bad), words, one.alpha, thresholds.alpha,
        one.places,
    )  # fmt: skip
