"""Indices of the Human Development Reports: C06 and C07 of the golden cases."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index.means import arithmetic, geometric, harmonic
from placedex.index.points import between
from placedex.stats import rank_descending
from tests.golden.case import Case, FloatArray, Rows
from tests.golden.kinds import Kind
from tests.golden.published import INFINITE, aligned, column, worst_of

# Technical notes of the reports: dimensions between these ends, whatever the year.
POSTS = {"le": [20, 85], "eys": [0, 18], "mys": [0, 15], "gnipc": [100, 75000]}
BEST_MORTALITY, WORST_MORTALITY, LEAST_SEATS = 10.0, 1000.0, 0.1


def _of_year(rows: Rows, name: str) -> FloatArray:
    """The column of an indicator, with the year at the end of its name or without."""
    found = [one for one in rows[0] if re.fullmatch(rf"{name}(_\d{{4}})?", one)]
    if len(found) != 1:
        raise NotImplementedError(f"no one column of {name}")
    return column(rows, found[0])


def _has(rows: Rows, name: str) -> bool:
    return any(re.fullmatch(rf"{name}(_\d{{4}})?", one) for one in rows[0])


def _ends(given: Mapping[str, Any], name: str) -> list[float]:
    """The goalposts of an indicator, under its name or one that begins so."""
    found = next((given[one] for one in given if one.startswith(name[:3])), POSTS[name])
    return [float(end) for end in found]


def dimensions(rows: Rows, given: Mapping[str, Any]) -> FloatArray:
    """Health, education and income between goalposts, each capped at one: (places, 3)."""

    def capped(values: FloatArray, ends: list[float]) -> FloatArray:
        return np.minimum(between(values, *np.array(ends)[:, np.newaxis]), 1.0)

    schooling = np.stack(
        [capped(_of_year(rows, name), _ends(given, name)) for name in ("eys", "mys")], axis=-1
    )
    income = [float(np.log(end)) for end in _ends(given, "gnipc")]
    parts = [
        capped(_of_year(rows, "le"), _ends(given, "le")),
        arithmetic(schooling, np.ones(2)),
        capped(np.log(_of_year(rows, "gnipc")), income),
    ]
    return np.stack(parts, axis=-1)


def _held(score: FloatArray, expected: Rows, name: str, *, highest_first: bool = True) -> float:
    """The difference of a score; ranks are those of the published score as it is printed."""
    published = _of_year(expected, name)
    if _has(expected, f"{name}_rank"):
        ranks = rank_descending(published if highest_first else -published)
        wanted = _of_year(expected, f"{name}_rank")
        if np.any((ranks != wanted)[~np.isnan(wanted)]):
            return INFINITE
    return worst_of(score, published)


def human_development(case: Case) -> float:
    """The geometric mean of health, education and income."""
    rows, expected, _ = aligned(case)
    parts = dimensions(rows, case.params.get("goalposts", POSTS))
    return _held(geometric(parts, np.ones(3)), expected, "hdi")


def adjusted_for_inequality(case: Case) -> float:
    """The same of dimensions less what inequality takes from each, in per cent."""
    rows, expected, _ = aligned(case)
    left = 1 - np.stack([_of_year(rows, f"ineq_{one}") for one in ("le", "edu", "inc")], -1) / 100
    if _has(rows, "le"):
        parts = dimensions(rows, case.params.get("goalposts", POSTS))
        score = geometric(parts * left, np.ones(3))
    else:
        score = _of_year(rows, "hdi") * geometric(left, np.ones(3))
    return _held(score, expected, "ihdi")


def gender_inequality(case: Case) -> float:
    """One less the harmonic mean of women and men over the geometric mean of both together.

    Maternal mortality is held between 10 and 1000, and a parliament without women counts as one
    with 0.1 per cent.
    """
    rows, expected, _ = aligned(case)
    low, high = case.params.get("mmr_clip", [BEST_MORTALITY, WORST_MORTALITY])
    mortality = np.clip(_of_year(rows, "mmr"), low, high)
    births = _of_year(rows, "abr")
    health = np.sqrt(BEST_MORTALITY / mortality / births)
    seats, school, work = (
        np.stack([_of_year(rows, f"{name}_{sex}") for sex in ("f", "m")], axis=-1) / 100
        for name in ("pr", "se", "lfpr")
    )
    least = float(case.params.get("parliament_zero", LEAST_SEATS)) / 100
    power = geometric(np.stack([np.where(seats == 0, least, seats), school], axis=-1), np.ones(2))
    women_men = np.stack([health, np.ones_like(health)], axis=-1)
    each = geometric(np.stack([women_men, power, work], axis=-1), np.ones(3))
    both = [arithmetic(part, np.ones(2)) for part in (women_men, power, work)]
    together = geometric(np.stack(both, axis=-1), np.ones(3))
    score = 1 - harmonic(each, np.ones(2)) / together
    return _held(score, expected, "gii", highest_first=False)


def with_inequality(case: Case) -> float:
    """Either index of inequality, told apart by what the places are measured by."""
    rows = case.table("in_")
    if _has(rows, "mmr"):
        return gender_inequality(case)
    if _has(rows, "ineq_le"):
        return adjusted_for_inequality(case)
    raise NotImplementedError("neither the figures of the IHDI nor those of the GII")


KINDS: tuple[Kind, ...] = (
    Kind("C06", human_development, tables=("in_", "exp_")),
    Kind("C07", with_inequality, tables=("in_", "exp_")),
)
