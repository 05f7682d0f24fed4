"""One indicator's figures: A01 to A03 of the golden cases."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index import Node
from placedex.index.normalisations import (
    DistanceToMaximum,
    DistanceToReference,
    DistanceToTarget,
    Figures,
    FixedGoalposts,
    Normalisation,
    Scaled,
    ShareOfMaximum,
    Unchanged,
    ZScore,
)
from placedex.index.points import ascending_rank, between, highest, lowest, percentile_rank
from placedex.index.points import borda as borda_points
from placedex.index.transform import (
    Limits,
    box_cox,
    log_above_lowest,
    log_gii,
    shifted_log,
    winsorise,
)
from placedex.stats import Quantiles, Ties, kurtosis, percentile, skewness
from tests.golden.case import Case, FloatArray, difference, sample
from tests.golden.kinds import Kind

TIES = {"min": Ties.WORSE, "average": Ties.AVERAGE, "max": Ties.BETTER}


def moments(case: Case) -> float:
    """Skewness, kurtosis, percentiles of several conventions, and the flag for outliers."""
    values = sample(case)
    found: dict[str, Any] = {
        "skew_g1_adj": skewness(values),
        "kurt_g2_adj": kurtosis(values),
    }
    for name in case.expected:
        if flag := re.fullmatch(r"flag_outlier_(\d+(?:p\d+)?)_(\d+(?:p\d+)?)", name):
            lean, tails = (float(text.replace("p", ".")) for text in flag.groups())
            found[name] = not Limits(lean, tails).passed_by(values)
        if kind := re.fullmatch(r"percentiles_type(\d)", name):
            convention = Quantiles(int(kind[1]))
            found[name] = {
                share: percentile(values, float(share[1:].replace("p", ".")), convention)
                for share in case.expected[name]
            }
    return difference(found, case.expected)


def normalise(case: Case) -> float:
    """Each normalisation that is asked for, of one indicator with ties and gaps."""
    values = sample(case)
    found = {name: _points(case, name, values) for name in case.expected}
    return difference(found, case.expected)


def _points(case: Case, name: str, values: FloatArray) -> FloatArray | None:
    """The points by one method: its own parameters, or those of the method that it begins with."""
    params = case.params
    about = params.get(name, params.get(name.partition("_")[0]))
    if name.startswith("minmax"):
        return between(values, lowest(values), highest(values), scale=tuple(about or (0, 100)))
    if name.split("_", maxsplit=1)[0] in {"rank", "prank", "borda"}:
        ties = TIES[params.get(f"{name}_ties", "min")]
        ranked = {"rank": ascending_rank, "prank": percentile_rank, "borda": borda_points}
        return ranked[name.split("_", maxsplit=1)[0]](values, ties=ties)
    if reference := re.fullmatch(r"dist2ref(\d*)", name):
        row = int(reference[1] or params["dist2ref_index_1based"])
        names = tuple(str(number_of + 1) for number_of in range(values.size))
        return _of(values, DistanceToReference(str(row)), places=names)
    method = _method(name, about)
    if method is None:
        return None
    direction = about.get("direction", 1) if isinstance(about, Mapping) else 1
    return _of(values, method, direction=int(direction))


def _method(name: str, about: Any) -> Normalisation | None:
    if name.startswith("zscore"):
        mean, spread = about or (0.0, 1.0)
        return ZScore(float(mean), float(spread))
    if name.startswith("dist2targ"):
        return DistanceToTarget({"x": float(about["target"])}, bool(about.get("cap", False)))
    if name.startswith("goalposts"):
        scale = (0.0, float(about.get("scale", 1)))
        return FixedGoalposts(about["lo"], about["hi"], scale, bool(about.get("clip", True)))
    if name.startswith("scaled"):
        low, high = about
        return Scaled(float(low), float(high))
    plain: dict[str, type[Normalisation]] = {
        "dist2max": DistanceToMaximum,
        "fracmax": ShareOfMaximum,
        "none": Unchanged,
    }
    return plain[name]() if name in plain else None


def _of(
    values: FloatArray, method: Normalisation, *, direction: int = 1, places: tuple[str, ...] = ()
) -> FloatArray:
    leaf = Node("x", "x", "index", direction=direction)
    return method.points(Figures(values, leaf, None, places))


def logarithms(case: Case) -> float:
    """The transforms of a long tail; that of the GII by its formula, which COINr does not do."""
    values = sample(case)
    found: dict[str, FloatArray] = {
        "log_CT": shifted_log(values),
        "log_min1": log_above_lowest(values),
        "log_CT_orig": log_above_lowest(values),
        "log_GII": log_gii(values),
    }
    for name in case.expected:
        if power_of := re.fullmatch(r"boxcox_(-?[\d.]+?)(_shifted)?", name):
            found[name] = box_cox(values, float(power_of[1]), shift=bool(power_of[2]))
    return difference(found, case.expected)


def extremes_drawn_in(case: Case) -> float:
    """Winsorising up to a number of points, with the moments before and after."""
    values, params = sample(case), case.params
    most = params.get("winmax")
    limits = Limits(float(params.get("skew", 2.0)), float(params.get("kurt", 3.5)))
    drawn, moved = winsorise(values, limits=limits, most=None if most is None else int(most))
    found = {
        "x": drawn,
        "n_winsorised": moved,
        "skew_before": skewness(values),
        "kurt_before": kurtosis(values),
        "skew_after": skewness(drawn),
        "kurt_after": kurtosis(drawn),
        "passes_after": limits.passed_by(np.asarray(drawn)),
    }
    return difference(found, case.expected)


KINDS: tuple[Kind, ...] = (
    Kind("A01", moments, inputs=("x",), expected=("skew_*|kurt_*|percentiles_*|flag_*",)),
    Kind("A02", normalise, inputs=("x",)),
    Kind("A03", extremes_drawn_in, inputs=("x",), expected=("n_winsorised|x",)),
    Kind("A03", logarithms, inputs=("x",), expected=("log_*|boxcox_*",)),
)
