"""Series and targets for tests: made in a line, so that a reader can check them by hand."""

from collections.abc import Mapping, Sequence

from placedex.evidence import Claim, Modality, PlaceNamed, Span
from placedex.ledger import Cites, Held, Point, Target, TargetMeasure
from placedex.observations import (
    Catalogue,
    Indicator,
    Measure,
    Observation,
    Origin,
    Ratio,
    Status,
    parse_period,
)

PLACE = "E08000025"
ORIGIN = Origin("made", "Nobody", "Made for a test", "1", "", "none")
JOBS = Indicator("jobs", "Jobs in technology", "jobs", measure=Measure("jobs", "technology firms"))
OUTPUT = Indicator(
    "output", "Output", "£ million", measure=Measure("gross value added", prices="current")
)
VOLUME = Indicator(
    "volume", "Output at constant prices", "£ million",
    measure=Measure("gross value added", prices="chained 2022"),
)  # fmt: skip
AREA = Indicator(
    "5g-area", "Area with 5G", "% of area", measure=Measure("area with 5G", "the place's area")
)
PREMISES = Indicator(
    "5g-premises", "Premises with 5G", "% of premises",
    measure=Measure("premises with 5G", "all premises"),
)  # fmt: skip
PER_FIRM = Indicator("per-firm", "Jobs a firm", "jobs", ratio=Ratio("jobs", "firms"))
FIRMS = Indicator("firms", "Firms", "firms", measure=Measure("firms"))
CATALOGUE: Catalogue = {
    one.code: one for one in (JOBS, OUTPUT, VOLUME, AREA, PREMISES, PER_FIRM, FIRMS)
}


def observations(
    code: str,
    values: Sequence[float | None],
    *,
    first: int = 2018,
    half: float | None = None,
    every: int = 1,
) -> tuple[Observation, ...]:
    """A yearly series, with an interval of some half width."""
    return tuple(
        Observation(
            PLACE,
            code,
            parse_period(str(first + every * at)),
            value,
            None if value is None or half is None else value - half,
            None if value is None or half is None else value + half,
            Status.PUBLISHED if value is not None else Status.SUPPRESSED,
            ORIGIN,
        )
        for at, value in enumerate(values)
    )


def held(*series: Sequence[Observation], claims: Mapping[str, Claim] | None = None) -> Held:
    """What targets are held against: some series, and claims."""
    by_key = {(one[0].place, one[0].indicator): tuple(one) for one in series}
    return Held(CATALOGUE, lambda place, code: by_key.get((place, code), ()), claims or {})


def target(value: float | None = 160, *, indicator: str = "jobs", unit: str = "jobs",
           by: str = "2030", **more: object) -> Target:  # fmt: skip
    """A target of 160 jobs by 2030, unless it is said otherwise."""
    measure = TargetMeasure("jobs", unit, indicator=indicator)
    given: dict[str, object] = {"measure": measure, "value": value, "by": by, **more}
    return Target("aim", "The aim", PLACE, Cites({}), **given)  # type: ignore[arg-type]


def claim(value: float, period: str | None, **more: object) -> Claim:
    """A claim of some jobs in the place."""
    given: dict[str, object] = {
        "unit": "jobs",
        "modality": Modality.ACTUAL,
        "place": PlaceNamed("Birmingham", PLACE),
        "period": period,
        **more,
    }
    return Claim("a.txt", Span(0, 9), "some jobs", Span(0, 4), "jobs", value, **given)  # type: ignore[arg-type]


def base(value: float, period: str) -> Point:
    """A baseline."""
    return Point(value, period)
