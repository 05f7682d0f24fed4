"""Multivariate: missing values from the other indicators, by regression or a joint normal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray

BoolArray = NDArray[np.bool_]
Pattern = tuple[BoolArray, NDArray[np.intp]]
SMALLEST_EIGENVALUE = 1e-10
# What determines one another is found in the first rounds, before it is divided by.
EARLY = 10


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    """A normal distribution of several indicators together.

    Shape:  mean (..., indicators), covariance (..., indicators, indicators); its divisor is the
            number of places, as maximum likelihood has it.
    """

    mean: FloatArray
    covariance: FloatArray
    iterations: int = 0


def _name(names: tuple[str, ...], column: int) -> str:
    return f"'{names[column]}'" if names else f"number {column + 1}"


def _named(names: tuple[str, ...], columns: int) -> str:
    return ", ".join(_name(names, column) for column in range(columns))


def _patterns(values: FloatArray) -> list[Pattern]:
    """The ways in which rows have gaps, and the rows of each; rows without any value are none's."""
    known = ~np.isnan(values)
    kinds, belongs = np.unique(known, axis=0, return_inverse=True)
    return [
        (kind, np.flatnonzero(belongs.ravel() == number))
        for number, kind in enumerate(kinds)
        if kind.any()
    ]


def _check_figures(values: FloatArray, names: tuple[str, ...]) -> None:
    """Refuse figures from which no joint normal can be found."""
    known = ~np.isnan(values)
    places, indicators = int(known.any(axis=1).sum()), values.shape[1]
    if places <= indicators:
        raise BadSpec(
            f"{places} places have figures of {indicators} indicators. Wanted at least "
            f"{indicators + 1} places for a joint normal of {_named(names, indicators)}. Fill by "
            "component, or by another method."
        )
    for column in range(indicators):
        found = values[known[:, column], column]
        if found.size < 2 or found.min() == found.max():
            raise BadSpec(
                f"The indicator {_name(names, column)} has {found.size} figures and no two that "
                "differ. Wanted two. Take it out, or fill by another method."
            )
    together = known.T.astype(np.intp) @ known
    if together.min() < 2:
        one, other = np.unravel_index(int(together.argmin()), together.shape)
        raise BadSpec(
            f"The indicators {_name(names, int(one))} and {_name(names, int(other))} are known "
            f"together in {together.min()} places. Wanted at least 2 to find how they go "
            "together. Take one out, or fill by another method."
        )


def _check_covariance(covariance: FloatArray, names: tuple[str, ...]) -> None:
    """Refuse a covariance of which some indicators follow from the others."""
    spread = np.sqrt(np.clip(np.diagonal(covariance), np.finfo(np.float64).tiny, None))
    if np.linalg.eigvalsh(covariance / np.outer(spread, spread))[0] < SMALLEST_EIGENVALUE:
        raise _singular(covariance, names)


def _singular(covariance: FloatArray, names: tuple[str, ...]) -> BadSpec:
    """The error for indicators that determine one another, naming those that do so most."""
    spread = np.sqrt(np.clip(np.diagonal(covariance), np.finfo(np.float64).tiny, None))
    _, directions = np.linalg.eigh(covariance / np.outer(spread, spread))
    loads = np.abs(directions[:, 0])
    tied = np.flatnonzero(loads > 0.1 * loads.max())
    return BadSpec(
        f"The indicators {', '.join(_name(names, int(one)) for one in tied)} determine one "
        "another, so that their covariance is singular. Wanted none that follows from the "
        "others. Take one of them out, or fill by another method."
    )


def fit_normal(
    values: FloatArray,
    *,
    names: tuple[str, ...] = (),
    tolerance: float = 1e-12,
    most: int = 20_000,
) -> Normal:
    """The joint normal under which figures with gaps are likeliest, found by the EM algorithm.

    It holds that a gap may hang on what is known of a place, not on the missing figure itself.
    Shape:  (places, indicators) in.
    Gaps:   a place without any figure is left out.
    Errors: BadSpec if there are no more places than indicators, if two indicators are not known
            together in two places, or if some determine one another; if it does not settle.
    Source: Dempster, Laird and Rubin (1977), JRSS B 39, 1-38; Little and Rubin (2002), ch. 11.
    """
    _check_figures(values, names)
    values = values[np.lexsort(values.T)]
    centre, spread = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    scaled = (values - centre) / spread
    patterns = _patterns(scaled)
    normal = Normal(np.zeros(len(centre)), np.eye(len(centre)))
    for number in range(1, most + 1):
        later = _one_step(scaled, normal, patterns, names=names)
        moved = max(
            float(np.abs(later.mean - normal.mean).max()),
            float(np.abs(later.covariance - normal.covariance).max()),
        )
        normal = later
        settled = moved < tolerance
        if settled or number <= EARLY or number % 10 == 0:
            _check_covariance(normal.covariance, names)
        if settled:
            covariance = normal.covariance * np.outer(spread, spread)
            return Normal(normal.mean * spread + centre, covariance, number)
    raise BadSpec(
        f"The joint normal has not settled after {most} rounds. Wanted changes below {tolerance:g}."
        " Too much is missing: take out the indicators with most gaps, or fill by another method."
    )


def _one_step(
    values: FloatArray, normal: Normal, patterns: list[Pattern], *, names: tuple[str, ...]
) -> Normal:
    """The mean and covariance from the expected figures, given those of the round before."""
    count = sum(rows.size for _, rows in patterns)
    indicators = values.shape[1]
    sums, products = np.zeros(indicators), np.zeros((indicators, indicators))
    for known, rows in patterns:
        try:
            expected, spread = _given(values[rows], normal, known)
        except np.linalg.LinAlgError:
            raise _singular(normal.covariance, names) from None
        sums += expected.sum(axis=0)
        products += expected.T @ expected
        missing = np.flatnonzero(~known)
        products[np.ix_(missing, missing)] += rows.size * spread
    mean = sums / count
    return Normal(mean, products / count - np.outer(mean, mean))


def _given(rows: FloatArray, normal: Normal, known: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Rows of one pattern with gaps filled by what the rest leads to, and how sure that is.

    Shape:  rows (places, indicators); a normal with leading axes gives as many fillings. The
            spread is (..., missing, missing).
    """
    leading = normal.mean.shape[:-1]
    filled = np.broadcast_to(rows, (*leading, *rows.shape)).copy()
    missing = ~known
    slopes = np.linalg.solve(
        normal.covariance[..., known, :][..., known], normal.covariance[..., known, :][..., missing]
    )
    apart = rows[:, known] - normal.mean[..., np.newaxis, known]
    filled[..., missing] = normal.mean[..., np.newaxis, missing] + apart @ slopes
    inner = normal.covariance[..., missing, :]
    spread = inner[..., missing] - inner[..., known] @ slopes
    return filled, spread


def conditional_means(values: FloatArray, normal: Normal) -> tuple[FloatArray, FloatArray]:
    """The values with each gap filled by what the place's other figures lead to, and variances.

    Shape:  (places, indicators) in and twice out; a variance is missing where nothing was filled.
    Gaps:   a place without any figure stays missing.
    Source: Little and Rubin (2002), Statistical Analysis with Missing Data, ch. 11.
    """
    order = np.lexsort(values.T)
    values = values[order]
    filled, variances = values.copy(), np.full(values.shape, np.nan)
    for known, rows in _patterns(values):
        missing = np.flatnonzero(~known)
        expected, spread = _given(values[rows], normal, known)
        filled[rows] = expected
        variances[np.ix_(rows, missing)] = np.diagonal(spread)
    back = np.argsort(order)
    return filled[back], variances[back]


def conditional_moves(values: FloatArray, normal: Normal, noise: FloatArray) -> FloatArray:
    """How far gaps move from what the rest leads to, those of one place together.

    Shape:  values and noise (places, indicators), the noise in standard normal numbers; nought
            where nothing is missing.
    Source: Little and Rubin (2002), Statistical Analysis with Missing Data, ch. 11.
    """
    by = np.zeros(values.shape)
    for known, rows in _patterns(values):
        missing = np.flatnonzero(~known)
        if missing.size:
            _, spread = _given(values[rows], normal, known)
            root = np.linalg.cholesky(np.linalg.inv(spread))
            at = np.ix_(rows, missing)
            by[at] = np.linalg.solve(root.T, noise[at].T).T
    return by


def draw_imputations(
    values: FloatArray,
    generator: np.random.Generator,
    *,
    draws: int,
    rounds: int = 50,
    names: tuple[str, ...] = (),
) -> FloatArray:
    """The values with gaps filled at random from the posterior predictive of a joint normal.

    Each draw is a chain of its own that begins at the EM estimate and takes turns, `rounds` times,
    between gaps given the mean and covariance and these given the filled figures, under the prior
    |covariance| ^ -(indicators + 1) / 2. So it carries what is not known of the normal itself.
    Shape:  (places, indicators) in, (draws, places, indicators) out.
    Gaps:   a place without any figure stays missing.
    Errors: as in `fit_normal`, or for fewer than one draw or round.
    Source: Schafer (1997), Analysis of Incomplete Multivariate Data, ch. 5; Rubin (1987).
    """
    if draws < 1 or rounds < 1:
        raise BadSpec(
            f"{draws} imputations of {rounds} rounds each were asked for. Wanted at least 1 of "
            "each."
        )
    start = fit_normal(values, names=names)
    scale = np.sqrt(np.diagonal(start.covariance))
    scaled = (values - start.mean) / scale
    patterns = _patterns(scaled)
    used = np.concatenate([rows for _, rows in patterns])
    indicators = values.shape[1]
    covariance = start.covariance / np.outer(scale, scale)
    normal = Normal(
        np.zeros((draws, indicators)),
        np.broadcast_to(covariance, (draws, indicators, indicators)),
    )
    filled = _draw_gaps(scaled, normal, patterns, generator=generator)
    for _ in range(rounds):
        normal = _draw_normal(filled[:, used], generator)
        filled = _draw_gaps(scaled, normal, patterns, generator=generator)
    return np.where(np.isnan(values), filled * scale + start.mean, values)


def _draw_gaps(
    values: FloatArray,
    normal: Normal,
    patterns: list[Pattern],
    *,
    generator: np.random.Generator,
) -> FloatArray:
    """Gaps drawn given the mean and covariance of each draw."""
    draws = normal.mean.shape[0]
    filled = np.broadcast_to(values, (draws, *values.shape)).copy()
    for known, rows in patterns:
        missing = np.flatnonzero(~known)
        if missing.size == 0:
            continue
        expected, spread = _given(values[rows], normal, known)
        noise = generator.standard_normal((draws, rows.size, missing.size))
        noise = noise @ np.swapaxes(np.linalg.cholesky(spread), -1, -2)
        expected[..., missing] += noise
        filled[:, rows] = expected
    return filled


def _draw_normal(filled: FloatArray, generator: np.random.Generator) -> Normal:
    """A mean and covariance for each draw, given its filled figures, by Bartlett's decomposition.

    The covariance is inverse Wishart with n - 1 degrees and the scatter; the mean is normal.
    """
    draws, count, indicators = filled.shape
    mean = filled.mean(axis=1)
    apart = filled - mean[:, np.newaxis]
    root = np.linalg.cholesky(np.swapaxes(apart, -1, -2) @ apart)
    degrees = count - 1 - np.arange(indicators)
    wishart = np.tril(generator.standard_normal((draws, indicators, indicators)), -1)
    diagonal = np.sqrt(generator.chisquare(degrees, size=(draws, indicators)))
    wishart += diagonal[:, :, np.newaxis] * np.eye(indicators)
    half = np.swapaxes(np.linalg.solve(wishart, np.swapaxes(root, -1, -2)), -1, -2)
    noise = generator.standard_normal((draws, indicators, 1))
    return Normal(mean + (half @ noise)[..., 0] / np.sqrt(count), half @ np.swapaxes(half, -1, -2))


def regress_gaps(
    values: FloatArray, predictors: BoolArray, *, names: tuple[str, ...] = ()
) -> tuple[FloatArray, FloatArray]:
    """The values with gaps filled by least squares on complete indicators, and their variances.

    A variance is that of a prediction: s^2 (1 + x' (X'X)^-1 x).
    Shape:  values (places, indicators) in and twice out; predictors (indicators,) says which serve.
            A variance is missing where nothing was filled.
    Errors: BadSpec if a predictor has a gap, if none serves, if too few places know an indicator,
            or if predictors determine one another.
    Source: Little and Rubin (2002), Statistical Analysis with Missing Data, ch. 4.
    """
    # In an order of their own, so that that of places is nothing to the last digit.
    order = np.lexsort(values.T)
    values = values[order]
    gaps = np.isnan(values)
    for column in np.flatnonzero(predictors & gaps.any(axis=0)):
        raise BadSpec(
            f"The indicator {_name(names, int(column))} has gaps itself. Wanted complete "
            "indicators to fill others from. Take it out of those that serve."
        )
    design = values[:, predictors]
    design = design[:, design.min(axis=0) < design.max(axis=0)]
    if design.shape[1] == 0:
        raise BadSpec(
            "No indicator is complete and differs between places. Wanted one to fill the others "
            "from. Fill by another method."
        )
    design = (design - design.mean(axis=0)) / design.std(axis=0)
    design = np.column_stack([np.ones(len(values)), design])
    filled, variances = values.copy(), np.full(values.shape, np.nan)
    for column in np.flatnonzero(gaps.any(axis=0)):
        gap = gaps[:, column]
        name = _name(names, int(column))
        predicted, spread = _predict(design[~gap], values[~gap, column], design[gap], name=name)
        filled[gap, column], variances[gap, column] = predicted, spread
    back = np.argsort(order)
    return filled[back], variances[back]


def _predict(
    design: FloatArray, outcome: FloatArray, wanted: FloatArray, *, name: str
) -> tuple[FloatArray, FloatArray]:
    """Least-squares predictions and their variances."""
    count, terms = design.shape
    if count <= terms:
        raise BadSpec(
            f"{count} places know the indicator {name}, to be filled from {terms - 1} others. "
            f"Wanted at least {terms + 1} places. Name fewer indicators to fill from."
        )
    orthogonal, triangle = np.linalg.qr(design)
    if np.linalg.cond(triangle) > 1 / SMALLEST_EIGENVALUE:
        raise BadSpec(
            f"The indicators from which {name} is to be filled determine one another. Wanted none "
            "that follows from the others. Name fewer indicators to fill from."
        )
    slopes = np.linalg.solve(triangle, orthogonal.T @ outcome)
    residual = outcome - design @ slopes
    variance = residual @ residual / (count - terms)
    leverage = np.sum(np.linalg.solve(triangle.T, wanted.T) ** 2, axis=0)
    return wanted @ slopes, variance * (1.0 + leverage)
