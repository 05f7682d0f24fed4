"""Published indices made again from their published parts: C08 to C10 of the golden cases."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index.means import arithmetic
from placedex.index.points import between
from placedex.index.sums import weighted_sum
from placedex.stats import rank_descending
from tests.golden.case import Case, FloatArray, Rows, number
from tests.golden.kinds import Kind

INFINITE = float("inf")


def column(rows: Rows, name: str) -> FloatArray:
    """One column as numbers."""
    return np.array([number(row[name]) for row in rows])


def aligned(case: Case) -> tuple[Rows, Rows, str]:
    """The inputs and the answers, both in the order of the answers, and the name of their key."""
    rows, expected = case.table("in_"), case.table("exp_")
    key = next(name for name in expected[0] if name in rows[0])
    by_place = {row[key]: row for row in rows}
    return [by_place[row[key]] for row in expected], expected, key


def worst_of(ours: FloatArray, theirs: FloatArray) -> float:
    """The largest difference of two columns; a gap on one side only is infinite."""
    if np.any(np.isnan(ours) != np.isnan(theirs)):
        return INFINITE
    apart = np.abs(ours - theirs)[~np.isnan(theirs)]
    return float(np.max(apart)) if apart.size else 0.0


def e_government(case: Case) -> float:
    """The mean of three published sub-indices; a published nought is a missing index.

    Which weight is whose stands in the name of the parameter: weights_osi_hci_tii.
    """
    rows, expected, _ = aligned(case)
    name, given = next(
        (name, value) for name, value in case.params.items() if name.startswith("weights")
    )
    if not isinstance(given, Mapping):
        given = dict(zip(name.split("_")[1:], given, strict=True))
    parts = np.stack([column(rows, one) for one in given], axis=-1)
    score = weighted_sum(parts, np.array(list(given.values()), dtype=float))
    named = next(one for one in expected[0] if one.endswith("index") or "score" in one)
    published = column(expected, named)
    known = published != 0
    ranks = next((one for one in expected[0] if one.endswith("rank")), None)
    if ranks is not None:
        wanted = column(expected, ranks)
        if np.any((rank_descending(published) != wanted)[known & ~np.isnan(wanted)]):
            return INFINITE
    return worst_of(score[known], published[known])


def digital_economy(case: Case) -> float:
    """DESI: fixed goalposts, not clipped; indicators to sub-dimensions to dimensions to index.

    Where figures are missing their weight goes to the rest, and the index is not the published one,
    for which the Commission filled them: then it is held against what the case recomputed.
    """
    rows, expected, key = _desi_rows(case)
    scores = _desi_scores(case, rows)
    gaps = any(not text for row in rows for name, text in row.items() if name in scores["codes"])
    worst, held = 0.0, 0
    for name in expected[0]:
        if name == key or (gaps and name.lower().endswith("published")):
            continue
        wanted = column(expected, name)
        if "rank" in name.lower():
            ours = rank_descending(scores["index"])
        else:
            ours = scores["nodes"].get(re.sub(r"^(sub|dim)", "", name), scores["index"])
        # The Union's own score is not published; it is recomputed by the case.
        known = ~np.isnan(wanted) if name.lower().endswith("published") else slice(None)
        worst, held = max(worst, worst_of(ours[known], wanted[known])), held + 1
    return worst if held else INFINITE


def _desi_rows(case: Case) -> tuple[Rows, Rows, str]:
    rows, expected = case.table("in_indicators"), case.table("exp_")
    key = next(name for name in expected[0] if name in rows[0])
    by_place = {row[key]: row for row in rows}
    return [by_place[row[key]] for row in expected], expected, key


def _desi_scores(case: Case, rows: Rows) -> dict[str, Any]:
    """The score of every node, and of the index; codes say what is whose: 1a1 of 1a of 1."""
    within: dict[str, list[tuple[FloatArray, float]]] = {}
    codes = [one["code"] for one in case.table("in_meta")]
    for one in case.table("in_meta"):
        ends = (np.asarray(number(one[name])) for name in ("Min", "Max"))
        points = 100 * between(column(rows, one["code"]), *ends)
        within.setdefault(one["code"][:2], []).append((points, float(one["Weight"])))
    nodes: dict[str, FloatArray] = {}
    dimensions: dict[str, list[tuple[FloatArray, float]]] = {}
    for code, parts in within.items():
        nodes[code] = _mean(parts)
        weight = float(case.params["subdim_weights"][code])
        dimensions.setdefault(code[0], []).append((nodes[code], weight))
    for code, parts in dimensions.items():
        nodes[code] = _mean(parts)
    index = _mean([(nodes[code], float(case.params["dim_weights"][code])) for code in dimensions])
    return {"nodes": nodes, "index": index, "codes": codes}


def _mean(parts: list[tuple[FloatArray, float]]) -> FloatArray:
    values = np.stack([points for points, _ in parts], axis=-1)
    return arithmetic(values, np.array([weight for _, weight in parts]))


# What a case's words call an indicator that is better when lower.
CALLED = {"speed": "download speed"}


def _reversed(case: Case) -> set[str]:
    """The indicators of which more is less risk: those that the case names."""
    given = case.params.get("reversed")
    if given is not None:
        return set(given)
    told = re.search(r"reversed for ([^);]*)", case.said)
    words = told[1] if told else ""
    named = {name for parts in case.params["weights"].values() for name in parts}
    return {name for name in named if CALLED.get(name, name) in words}


def _risk(values: FloatArray, case: Case, *, turned: bool) -> FloatArray:
    """Points from 0 to 10 within one district; what is alike everywhere by the case's own rule."""
    low, high = np.asarray(np.nanmin(values)), np.asarray(np.nanmax(values))
    if low == high:
        rule = re.fullmatch(r"score (\d+(?:\.\d+)?)", case.params.get("zero_range_rule", "score 0"))
        alike = float(rule[1]) if rule else np.nan
        return np.where(np.isnan(values), np.nan, alike)
    ends = (high, low) if turned else (low, high)
    return between(values, *ends, scale=(0.0, 10.0))


def digital_exclusion(case: Case) -> float:
    """DERI as documented: min-max from 0 to 10 within each district, means of means."""
    rows, expected, _ = aligned(case)
    weights, backwards = case.params["weights"], _reversed(case)
    districts = np.array([row.get("district", "") for row in rows])
    points: dict[str, FloatArray] = {}
    for name in (name for parts in weights.values() for name in parts):
        values = column(rows, name)
        points[name] = np.full(values.shape, np.nan)
        for district in np.unique(districts):
            inside = districts == district
            points[name][inside] = _risk(values[inside], case, turned=name in backwards)
    components = {
        code: _mean([(points[name], float(weight)) for name, weight in parts.items()])
        for code, parts in weights.items()
    }
    shares = map(float, case.params["component_weights"])
    whole = _mean(list(zip(components.values(), shares, strict=True)))
    ours = {f"score_{name}": one for name, one in points.items()} | components | {"deri": whole}
    worst = max(worst_of(one, column(expected, name)) for name, one in ours.items())
    literal = case.expected.get("demography_as_literally_documented_v1_4")
    if literal is not None:
        worst = max(worst, worst_of(_as_printed(points, weights["demography"]), np.array(literal)))
    return worst


def _as_printed(points: dict[str, FloatArray], weights: Mapping[str, float]) -> FloatArray:
    """Demography with the weights that the notes print, which add up to more than one.

    The ages are divided by the sum of the ages, and the rest by the sum of all.
    """
    ages = sum(weight for name, weight in weights.items() if name.startswith("p"))
    every = sum(weights.values())
    printed = [
        weight / (ages if name.startswith("p") else every) for name, weight in weights.items()
    ]
    return weighted_sum(np.stack([points[name] for name in weights], -1), np.array(printed))


KINDS: tuple[Kind, ...] = (
    Kind("C08", e_government, tables=("in_", "exp_"), params=("weights*",)),
    Kind("C09", digital_economy, tables=("in_indicators", "in_meta", "exp_")),
    Kind("C10", digital_exclusion, tables=("in_", "exp_"), params=("weights", "component_weights")),
)
