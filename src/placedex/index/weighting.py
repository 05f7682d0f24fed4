"""Weighting: the ways to find how much each child of a node counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from placedex.errors import BadSpec
from placedex.index.judgement import allocation, compare_pairs
from placedex.index.means import ARITHMETIC, AnyMean
from placedex.index.optimised_weights import CORRELATION, Importance, optimised_weights
from placedex.index.principal_components import correlations, principal_components
from placedex.observations.panel import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Children:
    """The children of a node: codes, scores (places, children) and the weights of the spec.

    The scores are empty for a method that does not look at them.
    """

    codes: tuple[str, ...]
    values: FloatArray
    given: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The weights that a method found, what to say of them, and what to warn of."""

    weights: FloatArray
    words: str = ""
    warning: str = ""


class Weighting(Protocol):
    """A way to find the weights of a node's children."""

    @property
    def words(self) -> str:
        """What the method does, in a sentence."""
        ...

    @property
    def looks(self) -> bool:
        """Whether the method looks at the scores of the children."""
        ...

    def of(self, children: Children) -> Weighed:
        """The weight of each child, in the order of the children."""
        ...


def entropy(values: FloatArray) -> FloatArray:
    """How evenly each indicator is spread over the places: 1 if all places are alike.

    Shape:  (..., places, indicators) in, (..., indicators) out.
    Units:  a ratio scale, on which nought is none: the answer hangs on where nought is. Figures
            that were standardised are refused, since some are below nought.
    Gaps:   the places that have the indicator are all there are; a nought adds nothing.
    Errors: BadSpec if a value is below nought, or an indicator is nought in every place.
    Source: Shannon (1948); Zeleny (1982), Multiple Criteria Decision Making.
    """
    if np.any(values < 0):
        raise BadSpec(
            f"a value is {np.nanmin(values):g}. Wanted none below nought for entropy weights, "
            "which need a scale with a true nought. Use figures that are not standardised."
        )
    known = ~np.isnan(values)
    count, total = known.sum(axis=-2), np.nansum(values, axis=-2)
    if np.any(total <= 0) or np.any(count < 2):
        column = int(np.argwhere((total <= 0) | (count < 2))[0][-1])
        raise BadSpec(
            f"child {column + 1} is nought in every place, or fewer than two places have it. "
            "Wanted two places and a value above nought for entropy weights. Take it out."
        )
    shares = np.where(known, values, 0.0) / total[..., np.newaxis, :]
    logs = np.log(np.where(shares > 0, shares, 1.0))
    return np.asarray(-(shares * logs).sum(axis=-2) / np.log(count))


def entropy_weights(values: FloatArray) -> FloatArray:
    """Weights in proportion to how unevenly each indicator is spread over the places.

    Shape:  (..., places, indicators) in, (..., indicators) out.
    Gaps:   as in `entropy`.
    Errors: BadSpec as in `entropy`, and if every indicator is the same in all places.
    Source: Zeleny (1982).
    """
    spread = np.maximum(1 - entropy(values), 0.0)
    total = spread.sum(axis=-1, keepdims=True)
    if np.any(total <= 1e-12):
        raise BadSpec(
            "every child is the same in all places, so entropy tells none from another. Wanted "
            "two places that differ. Use equal weights."
        )
    return np.asarray(spread / total)


def critic(values: FloatArray, *, polarity: FloatArray | int = 1) -> tuple[FloatArray, FloatArray]:
    """The spread of each indicator between its extremes, and what it says that others do not.

    The second is its spread times the sum of 1 less its correlation with each other.
    Shape:  (places, indicators) in, twice (indicators,) out; polarity is 1 or -1.
    Gaps:   each pair of indicators is compared on the places that have both.
    Errors: BadSpec for an indicator that is the same in every place.
    Source: Diakoulaki, Mavrotas and Papayannakis (1995), Computers and Operations Research 22;
            the standard deviation has one less than the number of places for divisor, which cancels
            if none is missing.
    """
    low, high = np.fmin.reduce(values, axis=0), np.fmax.reduce(values, axis=0)
    if not np.all(high > low):
        column = int(np.argmin(high > low))
        raise BadSpec(
            f"child {column + 1} is the same in every place. Wanted two places that differ for "
            "CRITIC weights. Take it out."
        )
    rising = np.asarray(polarity) > 0
    scaled = np.where(rising, values - low, high - values) / (high - low)
    spread = np.nanstd(scaled, axis=0, ddof=1)
    related = correlations(scaled, complete=False)
    return spread, spread * np.nansum(1 - related, axis=0)


def critic_weights(values: FloatArray, *, polarity: FloatArray | int = 1) -> FloatArray:
    """Weights in proportion to what each indicator says that the others do not.

    Shape:  (places, indicators) in, (indicators,) out.
    Gaps:   as in `critic`.
    Errors: BadSpec as in `critic`, and if all say the same.
    Source: Diakoulaki, Mavrotas and Papayannakis (1995).
    """
    _, says = critic(values, polarity=polarity)
    if not says.sum() > 1e-12:
        raise BadSpec(
            "the children all say the same: each goes wholly with the others. Wanted two that "
            "differ for CRITIC weights. Use equal weights."
        )
    return np.asarray(says / says.sum())


@dataclass(frozen=True, slots=True)
class Entropy:
    """Weights by entropy."""

    words: str = "A part counts by how unevenly it is spread over the places (entropy)."
    looks: bool = True

    def of(self, children: Children) -> Weighed:
        """The weight of each child."""
        if len(children.codes) == 1:
            return Weighed(np.ones(1))
        return Weighed(entropy_weights(children.values))


@dataclass(frozen=True, slots=True)
class Critic:
    """Weights by CRITIC: what a part says that the others do not."""

    words: str = (
        "A part counts by how far it spreads and how little it goes with the other parts (CRITIC)."
    )
    looks: bool = True

    def of(self, children: Children) -> Weighed:
        """The weight of each child."""
        if len(children.codes) == 1:
            return Weighed(np.ones(1))
        return Weighed(critic_weights(children.values))


@dataclass(frozen=True, slots=True)
class PrincipalComponent:
    """Weights by the squared loadings of the first principal component."""

    complete: bool = True
    looks: bool = True

    @property
    def words(self) -> str:
        """What the method does."""
        return (
            "A part counts by its squared loading on the first principal component of the parts, "
            "which is refused if the loadings have both signs."
        )

    def of(self, children: Children) -> Weighed:
        """The weight of each child.

        Errors: BadSpec if the loadings have both signs: the weights would hide that parts pull
                against each other. COINr (get_PCA) gives negative weights.
        """
        if len(children.codes) == 1:
            return Weighed(np.ones(1))
        found = principal_components(children.values, complete=self.complete)
        listed = _listed(children.codes, found.first, "+.3f")
        if not found.one_sign:
            raise BadSpec(
                f"the loadings of the first principal component have both signs: {listed}. Wanted "
                "one sign. Turn round or take out a part that pulls against the rest, or choose "
                "other weights."
            )
        return Weighed(
            found.squared,
            f"the first principal component explains {found.explained[0]:.1%}, with the loadings "
            f"{listed}",
        )


@dataclass(frozen=True, slots=True)
class Ahp:
    """Weights by comparing the parts two by two (the analytic hierarchy process)."""

    codes: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]
    geometric: bool = False
    looks: bool = False

    def __post_init__(self) -> None:
        _refuse_ragged(self.matrix, self.codes, what="the comparisons")
        if len(self.matrix) != len(self.codes):
            raise BadSpec(
                f"Step weight: the comparisons are {len(self.matrix)} rows for {len(self.codes)} "
                "parts. Wanted a row for each part. Mend the table."
            )

    @property
    def words(self) -> str:
        """What the method does."""
        how = "geometric means of the rows" if self.geometric else "the principal eigenvector"
        return f"A part counts as comparisons two by two say ({how}; analytic hierarchy process)."

    def of(self, children: Children) -> Weighed:
        """The weight of each child; a warning if the comparisons contradict each other."""
        rows = _places_of(children.codes, self.codes)
        found = compare_pairs(np.array(self.matrix)[np.ix_(rows, rows)])
        ratio = f"consistency ratio {found.consistency_ratio:.3f}"
        return Weighed(
            found.geometric if self.geometric else found.weights,
            ratio,
            ""
            if found.consistent
            else f"the comparisons contradict each other: {ratio}, above "
            "0.10. Ask again, or use a mean of several people's",
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """Weights by the points that experts gave: a row for each expert, the mean counts.

    `names` says whose each row is.
    """

    codes: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]
    names: tuple[str, ...] = ()
    looks: bool = False

    def __post_init__(self) -> None:
        _refuse_ragged(self.points, self.codes, what="the points of the experts")
        if self.names and len(self.names) != len(self.points):
            raise BadSpec(
                f"Step weight: {len(self.points)} experts gave points, and there are "
                f"{len(self.names)} names. Wanted a name for each row, or none at all."
            )

    @property
    def words(self) -> str:
        """What the method does."""
        named = f" ({', '.join(self.names)})" if self.names else ""
        return (
            f"A part counts by the mean share of the points that {len(self.points)} experts{named} "
            "gave it (budget allocation)."
        )

    def of(self, children: Children) -> Weighed:
        """The weight of each child."""
        rows = _places_of(children.codes, self.codes)
        found = allocation(np.array(self.points)[:, rows])
        spread = _listed(children.codes, found.spread, ".3f")
        whose = [f"{name} " for name in self.names] or [""] * len(self.points)
        experts = "; ".join(
            f"{name}{_listed(children.codes, row, '.3f')}"
            for name, row in zip(whose, found.experts, strict=True)
        )
        return Weighed(
            found.weights, f"spread over the experts: {spread}; expert by expert: {experts}"
        )


@dataclass(frozen=True, slots=True)
class ToTarget:
    """Weights under which each part matters as much as it is meant to; equally if none is said."""

    targets: Mapping[str, float] = field(default_factory=dict)
    importance: Importance = CORRELATION
    mean: AnyMean = ARITHMETIC
    looks: bool = True

    @property
    def words(self) -> str:
        """What the method does."""
        aim = "in proportion to its target" if self.targets else "as much as the others"
        return f"Weights are such that each part matters {aim}, by its {self.importance.words}."

    def of(self, children: Children) -> Weighed:
        """The weight of each child; a warning if the target cannot be reached."""
        if len(children.codes) == 1:
            return Weighed(np.ones(1))
        targets = None
        if self.targets:
            rows = _places_of(children.codes, tuple(self.targets))
            targets = np.array(list(self.targets.values()))[rows]
        found = optimised_weights(
            children.values, targets, importance=self.importance, mean=self.mean
        )
        given = _listed(children.codes, found.given, ".3f")
        far = bool(np.max(np.abs(found.given - found.wanted)) > 0.005)
        return Weighed(
            found.weights,
            f"importance that the weights give, as shares: {given}",
            f"no weights from nought upwards give what was wanted; the nearest give {given}"
            if far
            else "",
        )


def _refuse_ragged(
    rows: tuple[tuple[float, ...], ...], codes: tuple[str, ...], *, what: str
) -> None:
    """Refuse a table of which a row has not one number for each code."""
    for number, row in enumerate(rows, 1):
        if len(row) != len(codes):
            raise BadSpec(
                f"Step weight: row {number} of {what} has {len(row)} numbers. Wanted one for each "
                f"of {', '.join(codes)}. Mend the row."
            )


def _places_of(wanted: tuple[str, ...], said: tuple[str, ...]) -> list[int]:
    lacking = [code for code in wanted if code not in said]
    if lacking:
        raise BadSpec(
            f"nothing is said of {', '.join(lacking)}. Wanted every part: {', '.join(wanted)}. "
            f"It says {', '.join(said) or 'nothing'}. Add what is lacking."
        )
    return [said.index(code) for code in wanted]


def _listed(codes: tuple[str, ...], numbers: FloatArray, form: str) -> str:
    return ", ".join(f"{code} {number:{form}}" for code, number in zip(codes, numbers, strict=True))
