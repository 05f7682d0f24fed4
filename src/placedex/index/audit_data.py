"""The data of an index under audit: coverage, outliers, dates and denominators."""

from dataclasses import dataclass

import numpy as np

from placedex.index.audit_checks import Check, Thresholds, Verdict, listed, number, verdict_of
from placedex.index.build import Index
from placedex.index.hierarchy import Node
from placedex.index.rows import Row, cell
from placedex.observations import Indicator, Period, Status
from placedex.observations.panel import FloatArray
from placedex.stats import kurtosis, skewness

PART = "data"


@dataclass(frozen=True, slots=True)
class Covered:
    """The share of the indicators of a component that a place has figures of."""

    place: str
    name: str
    node: str
    coverage: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Examined:
    """One indicator: coverage, shape before and after treatment, date and denominator.

    `filled` is the share of scored places whose gap was imputed; `behind` the years between the
    end of its period and that of the newest.
    """

    node: str
    name: str
    component: str
    coverage: float
    filled: float
    skewness: float
    kurtosis: float
    skewness_treated: float
    kurtosis_treated: float
    period: str
    behind: float
    unit: str
    denominator: str


@dataclass(frozen=True, slots=True)
class DataQuality:
    """The data under audit: each place by component, each indicator, and the checks of both."""

    places: tuple[Covered, ...]
    indicators: tuple[Examined, ...]
    checks: tuple[Check, ...]

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each indicator."""
        names = tuple(Examined.__dataclass_fields__)
        return tuple({name: cell(getattr(one, name)) for name in names} for one in self.indicators)

    def coverage_rows(self) -> tuple[Row, ...]:
        """A row for each place and component, the index among them."""
        return tuple(
            {
                "place": one.place,
                "name": one.name,
                "node": one.node,
                "coverage": cell(one.coverage),
                "verdict": one.verdict.value,
            }
            for one in self.places
        )


def audit_data(index: Index, thresholds: Thresholds) -> DataQuality:
    """How complete, how even and how recent the figures are, before anything changed them.

    Only scored places and indicators that are used count. Outliers are looked for after treatment,
    since treatment is what the index does about them.
    """
    used = tuple(leaf.code for leaf in index.hierarchy.leaves)
    figures = index.figures.select(used)
    scored = {place.code for place in index.scores.places}
    rows = np.array([place.code in scored for place in figures.places])
    kept = figures.keep(rows)
    places, by_component = _places(index, kept.values, thresholds)
    indicators = _indicators(index, thresholds)
    checks = [
        *by_component,
        *(_covered(one, thresholds) for one in indicators),
        *(_outliers(one, len(kept.places), thresholds) for one in indicators),
        *(_age(one, thresholds) for one in indicators),
    ]
    return DataQuality(places, indicators, tuple(checks))


def treated_values(index: Index) -> FloatArray:
    """The figures of used indicators as they come to be normalised, (places, indicators)."""
    verbs = [stage.step.verb for stage in index.stages]
    before = index.stages[verbs.index("normalise") - 1].state.panel
    return before.select(leaf.code for leaf in index.hierarchy.leaves).values


def _places(
    index: Index, values: FloatArray, thresholds: Thresholds
) -> tuple[tuple[Covered, ...], list[Check]]:
    leaves = [leaf.code for leaf in index.hierarchy.leaves]
    found: list[Covered] = []
    checks = []
    for node in reversed(index.hierarchy.components):
        below = [leaves.index(leaf.code) for leaf in index.hierarchy.leaves_under(node.code)]
        shares = np.mean(~np.isnan(values[:, below]), axis=1)
        thin = []
        for place, share in zip(index.scores.places, shares, strict=True):
            bad = bool(share < thresholds.coverage)
            thin += [place.name] if bad else []
            found.append(Covered(place.code, place.name, node.code, float(share), verdict_of(bad)))
        checks.append(_thin(node, shares, thin, thresholds=thresholds))
    return tuple(found), checks


def _thin(node: Node, shares: FloatArray, thin: list[str], *, thresholds: Thresholds) -> Check:
    words = f"Every scored place has at least {thresholds.coverage:.0%} of {node.name}."
    if thin:
        words = (
            f"{len(thin)} of {len(shares)} places {'has' if len(thin) == 1 else 'have'} less than "
            f"{thresholds.coverage:.0%} of the indicators of {node.name}: {listed(thin)}."
        )
    return Check(
        PART,
        "coverage of places",
        node.code,
        node.name,
        verdict_of(bool(thin)),
        words,
        float(np.min(shares)),
        thresholds.coverage,
        len(shares),
    )


def _indicators(index: Index, thresholds: Thresholds) -> tuple[Examined, ...]:
    used = tuple(leaf.code for leaf in index.hierarchy.leaves)
    figures = index.figures.select(used)
    scored = {place.code for place in index.scores.places}
    figures = figures.keep(np.array([place.code in scored for place in figures.places]))
    treated = treated_values(index)
    before, after = (_shape(values, thresholds.fewest) for values in (figures.values, treated))
    imputed = index.scores.select(used).statuses == Status.IMPUTED
    ends = [None if one is None else _end(one) for one in figures.periods]
    newest = max((end for end in ends if end is not None), default=0.0)
    return tuple(
        Examined(
            node=leaf.code,
            name=leaf.name,
            component=leaf.parent or "",
            coverage=float(np.mean(~np.isnan(figures.values[:, at]))),
            filled=float(np.mean(imputed[:, at])),
            skewness=float(before[0][at]),
            kurtosis=float(before[1][at]),
            skewness_treated=float(after[0][at]),
            kurtosis_treated=float(after[1][at]),
            period=str(figures.periods[at] or ""),
            behind=_behind(ends[at], newest),
            unit=figures.indicators[at].unit,
            denominator=denominator_of(figures.indicators[at]),
        )
        for at, leaf in enumerate(index.hierarchy.leaves)
    )


def _shape(values: FloatArray, fewest: int) -> tuple[FloatArray, FloatArray]:
    """Skewness and kurtosis of each column that has enough values."""
    few = np.sum(~np.isnan(values), axis=0) < fewest
    lean, tails = skewness(values.T), kurtosis(values.T)
    return np.where(few, np.nan, lean), np.where(few, np.nan, tails)


def _end(period: Period) -> float:
    """The end of a period in years."""
    start = period.start
    return start.year + (start.month - 1 + period.months) / 12


def _behind(end: float | None, newest: float) -> float:
    return float("nan") if end is None else newest - end


def denominator_of(indicator: Indicator) -> str:
    """What an indicator is in proportion to, as far as it is said; nothing for a bare count."""
    if indicator.ratio is not None:
        return indicator.ratio.denominator
    for start in ("% of ", "per "):
        if indicator.unit.startswith(start):
            return indicator.unit.removeprefix(start)
    return indicator.measure.of


def _covered(one: Examined, thresholds: Thresholds) -> Check:
    words = f"{one.name} is known for {one.coverage:.0%} of the scored places."
    return Check(
        PART,
        "coverage of indicators",
        one.node,
        one.name,
        verdict_of(one.coverage < thresholds.coverage),
        words,
        one.coverage,
        thresholds.coverage,
    )


def _outliers(one: Examined, places: int, thresholds: Thresholds) -> Check:
    told = round(one.coverage * places)
    test = "outliers"
    if np.isnan(one.skewness_treated) or told < thresholds.fewest:
        why = (
            "it is the same in every place"
            if told >= thresholds.fewest
            else f"only {told} of the places have a figure, and {thresholds.fewest} are needed"
        )
        words = f"Outliers of {one.name} cannot be looked for: {why}."
        return Check(PART, test, one.node, one.name, Verdict.CANNOT_SAY, words, places=told)
    bad = _beyond(one.skewness_treated, one.kurtosis_treated, thresholds)
    shape = f"skewness {number(one.skewness_treated)} and kurtosis {number(one.kurtosis_treated)}"
    if bad:
        words = f"{one.name} has outliers: {shape}, beyond the limits."
    elif _beyond(one.skewness, one.kurtosis, thresholds):
        words = f"{one.name} had outliers, and treatment drew them in: {shape}."
    else:
        words = f"{one.name} has no outliers: {shape}."
    return Check(
        PART,
        test,
        one.node,
        one.name,
        verdict_of(bad),
        words,
        one.skewness_treated,
        thresholds.skewness,
        told,
    )


def _beyond(lean: float, tails: float, thresholds: Thresholds) -> bool:
    return abs(lean) > thresholds.skewness and tails > thresholds.kurtosis


def _age(one: Examined, thresholds: Thresholds) -> Check:
    test = "age"
    if np.isnan(one.behind):
        words = f"Nothing says of what date the figures of {one.name} are."
        return Check(PART, test, one.node, one.name, Verdict.CANNOT_SAY, words)
    bad = one.behind >= thresholds.years_behind
    words = f"{one.name} is of {one.period}, {number(one.behind, 1)} years behind the newest."
    limit = thresholds.years_behind
    return Check(PART, test, one.node, one.name, verdict_of(bad), words, one.behind, limit)
