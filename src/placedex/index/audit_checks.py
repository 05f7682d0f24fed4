"""Checks of an audit: a verdict each, the figure found, the limit, and where the limit is from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import Enum

import numpy as np

from placedex.index.rows import Row, cell
from placedex.observations.panel import FloatArray

GII = "Practice of the JRC's audits of the Global Innovation Index."
OWN = "A choice of placedex: the JRC's audits name no number."


class Verdict(Enum):
    """What a check comes to."""

    PASS = "pass"  # noqa: S105
    FLAG = "flag"
    CANNOT_SAY = "cannot be said"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one node, or of a node against another.

    `found` is the figure that was held against `limit`; `places` are those on which it stands;
    `words` say what was found, and of a check that cannot be said, why.
    """

    part: str
    test: str
    node: str
    name: str
    verdict: Verdict
    words: str
    found: float = np.nan
    limit: float = np.nan
    places: int = 0
    other: str = ""

    def to_row(self) -> Row:
        """The check as a row of plain values."""
        return {
            "part": self.part,
            "test": self.test,
            "node": self.node,
            "name": self.name,
            "other": self.other,
            "verdict": self.verdict.value,
            "found": cell(self.found),
            "limit": cell(self.limit),
            "places": self.places,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits of an audit; `to_rows` says of each where it comes from."""

    skewness: float = 2.0
    kurtosis: float = 3.5
    coverage: float = 2 / 3
    years_behind: float = 5.0
    low: float = 0.3
    high: float = 0.92
    with_index: float = 0.95
    eigenvalue: float = 1.0
    alpha: float = 0.7
    importance: float = 2.0
    positions: float = 10.0
    share_of_places: float = 0.1
    added: float = 0.2
    wide: float = 0.2
    ruling: float = 0.5
    agreement: float = 0.7
    frontier: float = 0.25
    pie: float = 2.0
    fewest: int = 10
    fewest_for_curve: int = 20

    @classmethod
    def of_the_gii(cls) -> "Thresholds":
        """The limits with the Global Innovation Index's own limit of skewness, 2.25."""
        return cls(skewness=2.25)

    def reach(self, places: int) -> float:
        """How many positions are far among so many places: ten, or a tenth where that is fewer."""
        return min(self.positions, self.share_of_places * places)

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each limit: its name, its number, what it limits and where it comes from."""
        return tuple(
            {
                "threshold": one.name.replace("_", " "),
                "value": cell(getattr(self, one.name)),
                "meaning": MEANINGS[one.name][0],
                "source": MEANINGS[one.name][1],
            }
            for one in fields(self)
        )


MEANINGS: dict[str, tuple[str, str]] = {
    "skewness": (
        "An indicator has outliers if its skewness goes beyond this, either way, and its kurtosis "
        "is above its own limit.",
        "OECD and JRC Handbook (2008); COINr. The Global Innovation Index takes 2.25.",
    ),
    "kurtosis": ("The limit of kurtosis that goes with the limit of skewness.", GII),
    "coverage": ("The least share of figures that a place, or an indicator, should have.", GII),
    "years_behind": (
        "An indicator is old if its figures are this many years behind the newest.",
        OWN,
    ),
    "low": ("Two parts of a component should correlate by more than this.", GII),
    "high": ("Two parts of a component that correlate by this or more say the same.", GII),
    "with_index": ("A component that correlates with the index by this or more rules it.", OWN),
    "eigenvalue": (
        "A principal component counts if its eigenvalue is above this; one is expected.",
        "Kaiser (1960); " + GII,
    ),
    "alpha": ("Cronbach's alpha should be at least this.", "Nunnally (1978), for first research."),
    "importance": (
        "A part's share of importance should be within its share of weight divided and multiplied "
        "by this.",
        OWN,
    ),
    "positions": ("So many positions between two ranks of a place are far.", GII),
    "share_of_places": (
        "Among fewer than a hundred places, so large a share of them is far instead.",
        OWN,
    ),
    "added": (
        "The index adds to a component if at least this share of places stand far apart on the "
        "two.",
        OWN,
    ),
    "wide": ("A 90 % interval of ranks is wide if it spans more than this share of places.", OWN),
    "ruling": ("A choice that alone explains more of how ranks move than this rules them.", OWN),
    "agreement": ("Ranks from the frontier and of the index should correlate by this.", OWN),
    "frontier": ("No more than this share of places should stand at the frontier.", OWN),
    "pie": (
        "For the frontier, no component brings more to a place's score than this many times its "
        "share of weight.",
        OWN,
    ),
    "fewest": ("With fewer places nothing is said of correlations.", OWN),
    "fewest_for_curve": ("With fewer places no curve is fitted for the correlation ratio.", OWN),
}


def verdict_of(bad: bool) -> Verdict:
    """Flag if something is bad, else pass."""
    return Verdict.FLAG if bad else Verdict.PASS


def too_few(places: int, fewest: int) -> str:
    """Why nothing can be said of so few places, or nothing if there are enough."""
    if places >= fewest:
        return ""
    noun = "place has" if places == 1 else "places have"
    return f"only {places} {noun} figures, and at least {fewest} are needed"


def why_unrelated(places: int, coefficient: float, fewest: int) -> str:
    """Why nothing can be said of a correlation, or nothing if it can."""
    if few := too_few(places, fewest):
        return few
    return "one of the two is the same in every place" if np.isnan(coefficient) else ""


def counted(values: FloatArray) -> int:
    """How many rows have every column."""
    return int((~np.isnan(values).any(axis=1)).sum())


def number(value: float, digits: int = 2) -> str:
    """A figure within a sentence, with a minus sign as print has it."""
    text = f"{value:.{digits}f}"
    bare = text.removeprefix("-")
    return bare if not text.startswith("-") or not bare.strip("0.") else f"−{bare}"


def p_words(p_value: float) -> str:
    """A p-value within a sentence."""
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names in a row; beyond some, how many more there are."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def summarised(checks: Iterable[Check]) -> tuple[Row, ...]:
    """A row for each test, in the order of the parts: counts of verdicts and the verdict on all.

    A test is flagged if one of its checks is, and cannot be said only if none of them can.
    """
    by_test: dict[tuple[str, str], list[Verdict]] = {}
    for one in checks:
        by_test.setdefault((one.part, one.test), []).append(one.verdict)
    rows: list[Row] = []
    for (part, test), verdicts in by_test.items():
        flagged, passed = verdicts.count(Verdict.FLAG), verdicts.count(Verdict.PASS)
        whole = verdict_of(flagged > 0) if flagged + passed else Verdict.CANNOT_SAY
        rows.append(
            {
                "part": part,
                "test": test,
                "verdict": whole.value,
                "passed": passed,
                "flagged": flagged,
                "cannot_be_said": len(verdicts) - flagged - passed,
            }
        )
    return tuple(rows)
