"""Why scores and ranks changed: B10 and B11 of the golden cases."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index.change import account_for_rank, account_for_score
from placedex.index.edition import Edition, WeightedMean
from placedex.index.means import geometric
from placedex.index.points import between
from placedex.index.shapley import log_mean_divisia, shapley
from placedex.observations import Indicator
from placedex.places import Place
from tests.golden.case import Case, FloatArray, difference
from tests.golden.kinds import Kind


def _edition(content: Mapping[str, Any], clip: bool) -> Edition:
    places = tuple(Place(code, code, "place", "x") for code in content["data"])
    posts = np.array(content["goalposts"], dtype=np.float64)
    return Edition(
        places,
        tuple(Indicator(f"x{number_of}", f"x{number_of}", "") for number_of in range(len(posts))),
        np.array([content["data"][place.code] for place in places], dtype=np.float64),
        np.array(content["weights"], dtype=np.float64),
        WeightedMean(posts[:, 0], posts[:, 1], clip=clip),
    )


def account_of_change(case: Case) -> float:
    """Why scores and ranks changed, each cause by its Shapley value."""
    clip = bool(case.params.get("clip", False))
    before, after = (_edition(case.inputs[name], clip) for name in ("edition0", "edition1"))
    whole = {"data": [one.code for one in before.indicators]}
    accounts = {
        "score": lambda place: account_for_score(before, after, place, groups=whole),
        "score_by_indicator": lambda place: account_for_score(before, after, place),
        "rank_data_as_one": lambda place: account_for_rank(
            before, after, place, rivals_apart=False
        ),
        "rank_own_vs_rivals": lambda place: account_for_rank(before, after, place),
    }
    worst = 0.0
    for name, wanted in case.expected.items():
        for place, causes in wanted.items():
            found = accounts[name](place)
            ends = {
                "score0": found.before,
                "score1": found.after,
                "rank0": found.before,
                "rank1": found.after,
            }
            mine = ends | dict(zip(found.causes.players, found.causes.contributions, strict=True))
            worst = max(worst, difference(mine, causes))
    return worst


def _dimensions(figures: Mapping[str, float], year: str, posts: Mapping[str, Any]) -> FloatArray:
    """Health, education and income of the Human Development Index, each capped at 1."""

    def part(value: float, ends: list[float]) -> float:
        return float(np.minimum(between(np.array(value), *np.array(ends, dtype=float)), 1.0))

    schooling = [part(figures[f"{name}_{year}"], posts[name]) for name in ("eys", "mys")]
    ends = [float(np.log(end)) for end in posts[_income(posts)]]
    income = part(float(np.log(figures[f"gnipc_{year}"])), ends)
    return np.array([part(figures[f"le_{year}"], posts["le"]), sum(schooling) / 2, income])


def _income(posts: Mapping[str, Any]) -> str:
    return next(name for name in posts if name.startswith("gni"))


def human_development_change(case: Case) -> float:
    """The change of the Human Development Index by dimension: Shapley and LMDI-I."""
    players, worst = ("health", "education", "income"), 0.0
    for place, wanted in case.expected.items():
        figures = case.inputs[place]
        years = sorted({name.rpartition("_")[2] for name in figures})
        first, last = (
            _dimensions(figures, year, case.params["goalposts"]) for year in (years[0], years[-1])
        )

        def value(chosen: frozenset[str], first: Any = first, last: Any = last) -> float:
            later = np.array([player in chosen for player in players])
            return float(geometric(np.where(later, last, first), np.ones(3)))

        exact = shapley(players, value)
        logs = log_mean_divisia(players, first, last, weights=np.full(3, 1 / 3))
        mine = {
            "h0": exact.before,
            "h1": exact.after,
            "shapley": dict(zip(players, exact.contributions, strict=True)),
            "lmdi": dict(zip(players, logs.contributions, strict=True)),
        }
        worst = max(worst, difference(mine, wanted))
    return worst


KINDS: tuple[Kind, ...] = (
    Kind("B10", account_of_change, inputs=("edition0", "edition1")),
    Kind("B11", human_development_change, params=("goalposts",)),
)
