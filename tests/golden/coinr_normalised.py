"""COINr's normalisations: what placedex does for each, compared with the table that COINr gave."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from placedex.index import MinMax
from placedex.index.normalisations import (
    AscendingRank,
    Borda,
    DistanceToMaximum,
    DistanceToReference,
    DistanceToTarget,
    Figures,
    FixedGoalposts,
    Normalisation,
    PercentileRank,
    Scaled,
    ShareOfMaximum,
    Unchanged,
    ZScore,
)
from tests.golden.case import FloatArray, number
from tests.golden.coinr_tables import Folder, Row, Table, differ
from tests.golden.normalised import TIES

# Fixed ends that hold for every indicator are met by figures that were already turned round.
TURNED_FIRST = {"n_goalposts", "n_scaled", "n_dist2targ"}
Options = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a specification asks of one indicator: options of the call, or those of its own row."""

    found: Options
    about: dict[str, str]

    @property
    def own(self) -> bool:
        """Whether the parameters are those of the indicator's row."""
        return bool(self.found.get("f_n_para") == "use_iMeta")

    @property
    def options(self) -> Options:
        """The parameters of the call."""
        return {} if self.own else self.found.get("f_n_para") or {}

    def pair(self, one: str, two: str, given: Any) -> tuple[float, float]:
        """Two numbers: from the indicator's row, or from the call."""
        low, high = (number(self.about[one]), number(self.about[two])) if self.own else given[:2]
        return float(low), float(high)

    def ties(self) -> Any:
        """How equal figures are ranked."""
        return TIES[self.options.get("ties.method", "min")]

    def min_max(self) -> Normalisation:
        """Between the lowest and the highest figure."""
        ends = self.pair("minmax_lower", "minmax_upper", self.options.get("l_u", [0, 100]))
        return MinMax(ends, clip=False)

    def z_score(self) -> Normalisation:
        """By mean and standard deviation."""
        return ZScore(*self.pair("zscore_mean", "zscore_sd", self.options.get("m_sd", [0, 1])))

    def scaled(self) -> Normalisation:
        """Between two stated ends."""
        low, high = self.pair("scaled_lower", "scaled_upper", self.options.get("npara", [0, 100]))
        return Scaled(low, high, number(self.about.get("scale_factor", 100)) if self.own else 100.0)

    def goalposts(self) -> Normalisation:
        """Between goalposts, held at them or not."""
        posts: Any = self.options.get("gposts")
        ends = self.pair("goalpost_lower", "goalpost_upper", posts)
        factor = number(self.about["goalpost_scale"]) if self.own else float(posts[2])
        held = self.about.get("goalpost_trunc2posts", "TRUE") == "TRUE"
        held = held if self.own else bool(self.options.get("trunc2posts", True))
        return FixedGoalposts(*ends, (0.0, factor), held)

    def target(self) -> Normalisation:
        """Towards a target, held at it or not."""
        aim = number(self.about["Target"]) if self.own else float(self.options["targ"])
        cap = self.about.get("dist2targ_cap_max") == "TRUE"
        cap = cap if self.own else bool(self.options.get("cap_max", False))
        return DistanceToTarget({self.about["iCode"]: aim}, cap)


def method_of(found: Options, about: dict[str, str], places: tuple[str, ...]) -> Normalisation:
    """The normalisation that a specification names."""
    asked = Asked(found, about)
    makers: dict[str, Callable[[], Normalisation]] = {
        "n_minmax": asked.min_max,
        "n_zscore": asked.z_score,
        "n_rank": lambda: AscendingRank(asked.ties()),
        "n_prank": lambda: PercentileRank(asked.ties()),
        "n_borda": lambda: Borda(asked.ties()),
        "n_fracmax": ShareOfMaximum,
        "n_dist2max": DistanceToMaximum,
        "n_dist2ref": lambda: DistanceToReference(places[int(asked.options["iref"]) - 1]),
        "n_dist2targ": asked.target,
        "n_goalposts": asked.goalposts,
        "n_scaled": asked.scaled,
        "none": Unchanged,
    }
    name = found.get("f_n", "n_minmax")
    if name not in makers:
        raise NotImplementedError(f"a normalisation that is not known here: {name}")
    return makers[name]()


def points_of(found: Options, given: Table, name: str, folder: Folder, about: Any) -> FloatArray:
    """The points of one indicator as COINr's specification has them."""
    options = found.get("f_n_para") or {}
    leaf, values = folder.hierarchy[name], given.of(name)[:, 0]
    if found.get("f_n") in TURNED_FIRST and options != "use_iMeta":
        values = values * leaf.direction
        leaf = replace(leaf, direction=int(options.get("direction", 1)))
    method = method_of(found, about.get(name, {"iCode": name}), given.keys)
    points = method.points(Figures(values, leaf, None, given.keys))
    if found.get("f_n") == "n_dist2ref" and options.get("cap_max"):
        points = np.minimum(points, 1.0)
    return points


def normalise(folder: Folder, row: Row) -> float:
    """Indicators put on one scale.

    COINr's share of the maximum of an indicator of which less is better divides the negatives by
    the negative of the lowest figure, so that more scores more again: those are left out. So are
    indicators whose highest figure is not above nought, which have no such share. Where COINr gives
    infinity, as it does for a reference that is the worst, placedex gives nothing.
    """
    return _compared(folder.chosen(row), folder, row)


def _compared(given: Table, folder: Folder, row: Row) -> float:
    usual = row.option("global_specs", default={})
    if str(row.option(2)).startswith("n_"):
        usual = {"f_n": row.option(2), "f_n_para": row.options}
    each = row.option("indiv_specs", default={})
    named = [one for one in re.split(r",\s*", row.input)[1:] if "Meta" in one]
    rows = folder.rows(named[0]) if named else folder.about
    about = {one["iCode"]: one for one in rows}
    made = {}
    for name in given.names:
        found = each.get(name, usual)
        direction, values = folder.hierarchy[name].direction, given.of(name)
        if found.get("f_n") == "n_fracmax" and (direction < 0 or not np.nanmax(values) > 0):
            continue
        made[name] = points_of(found, given, name, folder, about)
    theirs = folder.table(row.file).select(tuple(made))
    return differ(Table(given.keys, tuple(made), np.column_stack(list(made.values()))), theirs)


def normalise_years(folder: Folder, row: Row) -> float:
    """Every year normalised: all of them together, or each by itself."""
    given = folder.table(folder.years_of(row))
    if row.option("global", default=True):
        return _compared(given, folder, row)
    worst, theirs = 0.0, folder.table(row.file)
    for year in sorted({key.partition("/")[2] for key in given.keys}):
        part, whole = folder.of_year(given, year), folder.of_year(theirs, year)
        found = row.option("global_specs", default={})
        made = [points_of(found, part, name, folder, {}) for name in part.names]
        worst = max(worst, differ(part.with_values(np.column_stack(made)), whole))
    return worst
