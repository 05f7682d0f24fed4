"""Shares of the spread that single choices have: B06 and B07 of the golden cases."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index.sobol import (
    COINR,
    JansenFirst,
    JansenTotal,
    Outputs,
    Saltelli2010,
    SobolMethod,
    SobolTotal,
    design,
    sobol_indices,
)
from tests.golden.case import Case, FloatArray, columns, difference
from tests.golden.kinds import Kind


def _ishigami(points: FloatArray, about: Mapping[str, Any]) -> FloatArray:
    x = np.sin(np.pi * (2 * points - 1))
    third = np.pi * (2 * points[:, 2] - 1)
    return np.asarray(
        x[:, 0] + about["a"] * x[:, 1] ** 2 + about["b"] * third**4 * x[:, 0], dtype=np.float64
    )


def _g_function(points: FloatArray, about: Mapping[str, Any]) -> FloatArray:
    a = np.array(about["a"], dtype=np.float64)
    return np.asarray(np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1))


def sobol_of_functions(case: Case) -> float:
    """Sobol indices of two functions whose indices are known, from 2^14 quasi-random points."""
    from scipy.stats import qmc

    functions = {"ishigami": _ishigami, "gfunction": _g_function, "g": _g_function}
    ours: dict[str, Any] = {}
    for name, about in case.params.items():
        if name not in functions:
            continue
        factors = len(about["a"]) if name != "ishigami" else 3
        source = qmc.Sobol(2 * factors, scramble=True, rng=np.random.default_rng(20_240_501))
        points = design(factors, 2**14, source=source)
        results = functions[name](points.stacked, about)
        found = sobol_indices(Outputs.of_stacked(results, factors=factors))
        ours[name if name in case.expected else name[:1]] = {
            "V": float(found.variance),
            "S1": found.first,
            "ST": found.total,
        }
    return difference(ours, case.expected)


def sobol_estimators(case: Case) -> float:
    """Each estimator on a fixed design, as published: not centred."""
    rows = case.table("in_")
    names, values = columns(rows)
    factors = len(names) - 2
    order = ["yA", "yB", *(f"yAB{number_of + 1}" for number_of in range(factors))]
    stacked = np.concatenate([values[:, names.index(name)] for name in order])
    outputs = Outputs.of_stacked(stacked, factors=factors)
    plain = SobolMethod(Saltelli2010(centred=False), JansenTotal())
    other = SobolMethod(JansenFirst(), SobolTotal(centred=False))
    first, second, coinr = (
        sobol_indices(outputs, method=method) for method in (plain, other, COINR)
    )
    found = {
        "S1_saltelli2010": first.first,
        "ST_jansen": first.total,
        "S1_jansen": second.first,
        "ST_sobol": second.total,
        "S1_coinr": coinr.first,
        "ST_coinr": coinr.total,
    }
    return difference(found, case.expected)


KINDS: tuple[Kind, ...] = (
    Kind("B06", sobol_of_functions, params=("ishigami|gfunction|g",)),
    Kind("B07", sobol_estimators, tables=("in_",), expected=("S1_*|ST_*",)),
)
