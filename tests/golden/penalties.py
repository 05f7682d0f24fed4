"""Means with a penalty for imbalance: A10 and A11 of the golden cases."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index.means import arithmetic
from placedex.index.penalty import (
    SAMPLE,
    adjusted_goalposts,
    adjusted_scale,
    penalised,
    standardised,
)
from tests.golden.case import (
    Case,
    FloatArray,
    Rows,
    answers,
    by_key,
    columns,
    difference,
    number,
    of_columns,
)
from tests.golden.kinds import Kind


def _indicators(case: Case, rows: Rows, keys: tuple[str, ...]) -> list[str]:
    """The indicators: those that are named, or else every column of numbers that is no key."""
    named, polarity = case.params.get("indicators"), case.params.get("polarity")
    if named:
        return list(named)
    if isinstance(polarity, Mapping):
        return list(polarity)
    return columns(rows, without=keys)[0]


def _values(rows: Rows, names: list[str]) -> FloatArray:
    return np.array([[number(row[name]) for name in names] for row in rows])


def mazziotta_pareto(case: Case) -> float:
    """The Mazziotta-Pareto index with either divisor and either penalty."""
    rows = case.table("in_")
    names = _indicators(case, rows, (next(iter(rows[0])),))
    values, even = _values(rows, names), np.ones(len(names))
    signs = of_columns(case.params.get("polarity"), names)
    scores = standardised(values, polarity=signs)
    sample = standardised(values, polarity=signs, divisor=SAMPLE)
    mean = arithmetic(scores, even)
    ours = answers(
        rows,
        mean=mean,
        sd=np.sqrt(arithmetic((scores - mean[:, np.newaxis]) ** 2, even)),
        mpi_minus=penalised(scores, even),
        mpi_plus=penalised(scores, even, penalty=1),
        compind_mpi_minus_sample_sd=penalised(sample, even, divisor=SAMPLE),
        compind_mpi_plus_sample_sd=penalised(sample, even, penalty=1, divisor=SAMPLE),
    )
    return difference(ours, by_key(case.table("exp_")))


def adjusted_mazziotta_pareto(case: Case) -> float:
    """The adjusted index between goalposts that hold for all years."""
    rows, theirs, params = case.table("in_"), case.table("exp_"), case.params
    keys = tuple(name for name in theirs[0] if name in rows[0])
    names = _indicators(case, rows, keys)
    values, even = _values(rows, names), np.ones(len(names))
    low, high = adjusted_goalposts(values, of_columns(params["goalposts_reference"], names))
    scores = adjusted_scale(values, low, high, polarity=of_columns(params.get("polarity"), names))
    mean = arithmetic(scores, even)
    ours: dict[str, Any] = {
        "mean": mean,
        "sd": np.sqrt(arithmetic((scores - mean[:, np.newaxis]) ** 2, even)),
        "ampi_minus": penalised(scores, even),
        "ampi_plus": penalised(scores, even, penalty=1),
    }
    place = {tuple(row[key] for key in keys): number_of for number_of, row in enumerate(rows)}
    order = [place[tuple(row[key] for key in keys)] for row in theirs]
    wanted = {name: [number(row[name]) for row in theirs] for name in theirs[0] if name not in keys}
    return difference({name: found[order] for name, found in ours.items()}, wanted)


KINDS: tuple[Kind, ...] = (
    Kind("A10", mazziotta_pareto, tables=("in_", "exp_")),
    Kind("A11", adjusted_mazziotta_pareto, tables=("in_", "exp_"), params=("goalposts_reference",)),
)
