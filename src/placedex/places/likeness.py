"""Places like a place: nearest by chosen indicators, each made comparable first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadUsage, UnknownPlace

Floats = NDArray[np.float64]
# How many indicators a reason names, and the fewest standard deviations that are worth a word.
REASONS, SAME, MIDDLING = 2, 0.05, 0.25


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far a place is from another, and on which indicators that is measured.

    distance: 0 is alike in all of them; standard deviations, as if every indicator were known.
    apart:    for each indicator how many standard deviations this place is above the other.
    """

    code: str
    distance: float
    indicators: tuple[str, ...]
    apart: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """The places most like one, nearest first.

    indicators: those that it was compared on.
    standing:   for each of them how many standard deviations the place is above the mean.
    left_out:   those of which it has no figure, and those that are the same everywhere.
    too_few:    places that lack too many of the indicators to be compared.
    """

    code: str
    nearest: tuple[Likeness, ...]
    indicators: tuple[str, ...]
    standing: tuple[float, ...]
    left_out: tuple[str, ...] = ()
    too_few: tuple[str, ...] = ()

    def reason(self, other: Likeness, names: Mapping[str, str] | None = None) -> str:
        """In words why another place is near: what sets both apart, and where they differ most.

        names: what to call an indicator, by its code.
        """
        own = dict(zip(self.indicators, self.standing, strict=True))
        apart = dict(zip(other.indicators, other.apart, strict=True))
        order = sorted(apart, key=lambda one: (abs(apart[one]) - abs(own[one]), one))
        called = {one: (names or {}).get(one, one) for one in order}
        alike = [f"{_level(own[one])} in {called[one]}" for one in order[:REASONS]]
        far = max(order, key=lambda one: abs(apart[one]))
        if abs(apart[far]) < SAME or far in order[:REASONS]:
            return f"both {' and '.join(alike)}"
        way = "above" if apart[far] > 0 else "below"
        return f"both {' and '.join(alike)}; {abs(apart[far]):.1f} {way} in {called[far]}"


@dataclass(frozen=True, slots=True)
class Profiles:
    """Figures of places of one kind, which are compared with each other.

    Shape:  values (places, indicators), for `codes` and `indicators`.
    Gaps:   NaN is missing.
    """

    codes: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Floats

    def __post_init__(self) -> None:
        wanted = (len(self.codes), len(self.indicators))
        if self.values.shape != wanted:
            raise BadUsage(
                f"The figures have the shape {self.values.shape}. Wanted {wanted}: a row for each "
                "place and a column for each indicator. Turn or mend the table."
            )


def similar(
    code: str,
    profiles: Profiles,
    *,
    most: int = 10,
    least_share: float = 0.75,
    weights: Sequence[float] | None = None,
) -> Similar:
    """The places nearest to one: Euclidean distance between standardised indicators.

    Each indicator has the mean 0 and the standard deviation 1 over the places that have it. Where a
    place lacks one, the squared distance on the others is raised in proportion. A place that has
    less than `least_share` of them is not compared.

    Shape:  weights (indicators,), equal unless given.
    Gaps:   indicators that the place itself lacks are left out, and said to be.
    Errors: UnknownPlace if there is no such row; BadUsage if nothing is left to compare on.
    """
    if code not in profiles.codes:
        raise UnknownPlace(
            f"{code} is not among the {len(profiles.codes)} places compared",
            "one of them",
            "Give the figures of places of its kind, its own among them.",
        )
    row = profiles.codes.index(code)
    kept, weight = _kept(profiles, row, weights)
    standard = _standardised(profiles.values[:, kept])
    above = standard - standard[row]
    apart = above**2 * weight[kept]
    known = np.isfinite(apart)
    share = (known * weight[kept]).sum(axis=1) / weight[kept].sum()
    compared = (share >= max(least_share, 1e-9)) & (np.arange(len(share)) != row)
    distance = np.where(known, apart, 0.0).sum(axis=1) / np.where(compared, share, np.nan)
    names = tuple(profiles.indicators[at] for at in np.flatnonzero(kept))
    near = _nearest(profiles.codes, np.sqrt(distance), above=above, names=names)[:most]
    left_out = tuple(name for name in profiles.indicators if name not in names)
    few = tuple(
        code for code, part in zip(profiles.codes, share, strict=True) if part < least_share
    )
    return Similar(code, near, names, tuple(standard[row].tolist()), left_out, few)


def _nearest(
    codes: tuple[str, ...], distance: Floats, *, above: Floats, names: tuple[str, ...]
) -> tuple[Likeness, ...]:
    """The places that have a distance, nearest first, each with what it was measured on."""
    known = np.isfinite(above)
    order = sorted(np.flatnonzero(np.isfinite(distance)), key=lambda at: (distance[at], codes[at]))
    return tuple(
        Likeness(
            codes[at],
            float(distance[at]),
            tuple(name for name, there in zip(names, known[at], strict=True) if there),
            tuple(above[at][known[at]].tolist()),
        )
        for at in order
    )


def _level(standing: float) -> str:
    """How a place stands in words: high, low or near the mean."""
    if abs(standing) < MIDDLING:
        return "near the mean"
    return "high" if standing > 0 else "low"


def _kept(
    profiles: Profiles, row: int, weights: Sequence[float] | None
) -> tuple[NDArray[np.bool_], Floats]:
    """Which indicators can be compared on, and every indicator's weight."""
    weight = np.ones(len(profiles.indicators)) if weights is None else np.array(weights, float)
    if weight.shape != (len(profiles.indicators),) or not (weight >= 0).all():
        raise BadUsage(
            f"There are {weight.size} weights for {len(profiles.indicators)} indicators, or one is "
            "below 0. Wanted a weight from 0 up for each. Mend the weights."
        )
    known = np.isfinite(profiles.values)
    enough = known.sum(axis=0) > 1
    high = np.where(known, profiles.values, -np.inf).max(axis=0)
    low = np.where(known, profiles.values, np.inf).min(axis=0)
    kept = known[row] & enough & (high > low) & (weight > 0)
    if not kept.any():
        raise BadUsage(
            f"{profiles.codes[row]} has no indicator on which it can be compared. Wanted one that "
            "it has, and that is not the same everywhere. Choose other indicators."
        )
    return kept, weight


def _standardised(values: Floats) -> Floats:
    """Each column with the mean 0 and the standard deviation 1 (over n - 1), gaps kept."""
    found: Floats = (values - np.nanmean(values, axis=0)) / np.nanstd(values, axis=0, ddof=1)
    return found
