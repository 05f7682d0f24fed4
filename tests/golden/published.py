"""Published indices made again from their published parts: section C of the golden cases."""

from collections.abc import Callable

import numpy as np

from placedex.index.means import arithmetic, geometric
from placedex.index.points import between, exponential_of_ranks
from placedex.stats import rank_descending
from placedex.stats.ties import Ties, rank_with_ties
from tests.golden.case import Case, FloatArray, Rows, number

INFINITE = float("inf")


def _column(rows: Rows, name: str) -> FloatArray:
    return np.array([number(row[name]) for row in rows])


def _aligned(case: Case, inputs: str, answers: str, key: str) -> tuple[Rows, Rows]:
    """Both tables in the order of the answers."""
    rows = {row[key]: row for row in case.table(inputs)}
    expected = case.table(answers)
    return [rows[row[key]] for row in expected], expected


def _worst(ours: FloatArray, theirs: FloatArray) -> float:
    if np.any(np.isnan(ours) != np.isnan(theirs)):
        return INFINITE
    return float(np.nanmax(np.abs(ours - theirs)))


def _points_of_ranks(published: FloatArray, constant: float) -> FloatArray:
    """Points from ranks that are published as minima and enter as averages."""
    return exponential_of_ranks(rank_with_ties(-published, Ties.AVERAGE), constant=constant)


def deprivation(case: Case) -> float:
    """The English index: ranks of domains to a score, its rank and its tenth, all exact."""
    key = next(iter(case.table("exp_imd")[0]))
    rows, expected = _aligned(case, "in_ranks", "exp_imd", key)
    weights = case.params["weights"]
    # The published weights add up to 0.999 and are not scaled to one.
    score = sum(
        weight * _points_of_ranks(_column(rows, f"{name}_rank"), float(case.params["c"]))
        for name, weight in weights.items()
    )
    published = _column(expected, "IMD_score")
    ranks = rank_descending(published)
    tenths = np.ceil(10 * _column(expected, "IMD_rank") / len(rows))
    # The index of 2019 was ranked from scores held in fewer digits: 30 of its ranks differ by one.
    allowed = int(number(case.expected.get("rank_mismatches", 0)))
    apart = np.abs(rank_descending(np.asarray(score)) - _column(expected, "IMD_rank"))
    if np.count_nonzero(apart) > allowed or np.max(apart) > 1:
        return INFINITE
    if np.any(tenths != _column(expected, "IMD_decile")) or np.any(ranks < 1):
        return INFINITE
    return _worst(np.asarray(score), published)


def deprivation_subdomains(case: Case) -> float:
    """Domains of the English index from the ranks of their sub-domains."""
    key = next(iter(case.table("exp_dom")[0]))
    rows, expected = _aligned(case, "in_sub", "exp_dom", key)
    parts = [name for name in rows[0] if name != key]
    domains = [name for name in expected[0] if name != key]
    worst = 0.0
    for number_of, (domain, weights) in enumerate(
        zip(domains, case.params["weights"].values(), strict=True)
    ):
        names = parts[2 * number_of : 2 * number_of + 2]
        score = sum(
            weight * _points_of_ranks(_column(rows, name), float(case.params.get("c", 23)))
            for name, weight in zip(names, weights, strict=True)
        )
        worst = max(worst, _worst(np.asarray(score), _column(expected, domain)))
    return worst


def human_development(case: Case) -> float:
    """Health, education and income between goalposts, capped at one; their geometric mean."""
    key = next(iter(case.table("exp_hdi")[0]))
    rows, expected = _aligned(case, "in_dims", "exp_hdi", key)
    year = next(name for name in rows[0] if name.startswith("le_")).removeprefix("le_")
    posts = case.params["goalposts"]

    def capped(values: FloatArray, ends: list[float]) -> FloatArray:
        low, high = np.asarray(ends[0], dtype=float), np.asarray(ends[1], dtype=float)
        return np.minimum(between(values, low, high), 1.0)

    schooling = np.stack(
        [capped(_column(rows, f"{name}_{year}"), posts[name]) for name in ("eys", "mys")], axis=-1
    )
    income = capped(
        np.log(_column(rows, f"gnipc_{year}")), [float(np.log(end)) for end in posts["gnipc_log"]]
    )
    parts = [
        capped(_column(rows, f"le_{year}"), posts["le"]),
        arithmetic(schooling, np.ones(2)),
        income,
    ]
    score = geometric(np.stack(parts, axis=-1), np.ones(3))
    published = _column(expected, f"hdi_{year}")
    ranks = _column(expected, f"hdi_rank_{year}")
    if np.any(rank_descending(published) != ranks):
        return INFINITE
    return _worst(score, published)


def e_government(case: Case) -> float:
    """The mean of three published sub-indices; a published nought is a missing index."""
    key = "country-code"
    rows, expected = _aligned(case, "in_sub", "exp_egdi", key)
    weights = np.array(case.params["weights_osi_hci_tii"])
    parts = np.stack([_column(rows, name) for name in ("osi", "hci", "tii")], axis=-1)
    published = _column(expected, "e-gov-index")
    known = published != 0
    ranks = np.array([number(row.get("e-gov-rank")) for row in expected])
    if np.any((rank_descending(published) != ranks)[known & ~np.isnan(ranks)]):
        return INFINITE
    return _worst((parts @ weights)[known], published[known])


def digital_economy(case: Case) -> float:
    """DESI: fixed goalposts, not clipped; indicators to sub-dimensions to dimensions to index."""
    rows, expected = _aligned(case, "in_indicators", "exp_desi", "Country")
    about = case.table("in_meta")
    within: dict[str, list[tuple[FloatArray, float]]] = {}
    for one in about:
        low, high = number(one["Min"]), number(one["Max"])
        points = between(_column(rows, one["code"]), np.asarray(low), np.asarray(high))
        within.setdefault(one["code"][:2], []).append((100 * points, float(one["Weight"])))
    worst = 0.0
    dimensions: dict[str, list[tuple[FloatArray, float]]] = {}
    for code, parts in within.items():
        score = _mean(parts)
        worst = max(worst, _worst(score, _column(expected, f"sub{code}")))
        weight = float(case.params["subdim_weights"][code])
        dimensions.setdefault(code[0], []).append((score, weight))
    whole: list[tuple[FloatArray, float]] = []
    for code, parts in dimensions.items():
        score = _mean(parts)
        worst = max(worst, _worst(score, _column(expected, f"dim{code}")))
        whole.append((score, float(case.params["dim_weights"][code])))
    score = _mean(whole)
    published = _column(expected, "DESI_2022_published")
    # The Union's own score is not published; it is recomputed by the case.
    known = ~np.isnan(published)
    worst = max(worst, _worst(score, _column(expected, "DESI_recomputed")))
    return max(worst, _worst(score[known], published[known]))


def _mean(parts: list[tuple[FloatArray, float]]) -> FloatArray:
    values = np.stack([points for points, _ in parts], axis=-1)
    return arithmetic(values, np.array([weight for _, weight in parts]))


def digital_exclusion(case: Case) -> float:
    """DERI as documented: min-max from 0 to 10 within a district, a range of nought scores 0."""
    rows, expected = _aligned(case, "in_rows", "exp_scores", "lsoa")
    weights = case.params["weights"]
    reversed_names = {"speed"}
    points: dict[str, FloatArray] = {}
    worst = 0.0
    for name in (name for parts in weights.values() for name in parts):
        values = _column(rows, name)
        low, high = np.asarray(np.nanmin(values)), np.asarray(np.nanmax(values))
        if low == high:
            points[name] = np.zeros_like(values)
        elif name in reversed_names:
            points[name] = between(values, high, low, scale=(0.0, 10.0))
        else:
            points[name] = between(values, low, high, scale=(0.0, 10.0))
        worst = max(worst, _worst(points[name], _column(expected, f"score_{name}")))
    components = []
    for code, parts in weights.items():
        score = _mean([(points[name], float(weight)) for name, weight in parts.items()])
        worst = max(worst, _worst(score, _column(expected, code)))
        components.append(score)
    whole = _mean(list(zip(components, map(float, case.params["component_weights"]), strict=True)))
    return max(worst, _worst(whole, _column(expected, "deri")))


KINDS: dict[str, Callable[[Case], float]] = {
    "C01_iod": deprivation,
    "C03_iod": deprivation,
    "C02_iod2025_subdomains": deprivation_subdomains,
    "C06_hdi": human_development,
    "C08_egdi": e_government,
    "C09_desi": digital_economy,
    "C10_deri_formula": digital_exclusion,
}
