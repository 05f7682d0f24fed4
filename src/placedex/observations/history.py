"""History: every figure that was ever kept of some places, with the days between which it stood."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from placedex.observations.observations import Observation, Observations
from placedex.observations.period import Period
from placedex.observations.status import Status


@dataclass(frozen=True, slots=True)
class Stood:
    """A figure, and from when until when it stood; no `since` if it counts as always known."""

    observation: Observation
    since: date | None
    until: date | None

    def on(self, day: date | None) -> bool:
        """Whether it stood on a day; without a day, whether it stands now."""
        if day is None:
            return self.until is None
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or self.until > day)


def history(
    observations: Observations, *, places: Collection[str], codes: Collection[str]
) -> dict[tuple[str, str], tuple[Stood, ...]]:
    """Every figure ever kept of some indicators for some places, the oldest period first.

    By place and indicator, wholes only, in one reading.
    """
    rows = observations.connection.execute(
        "SELECT place, indicator, starts, months, value, low, high, status, origin, since, until "
        "FROM observation WHERE part = '' AND place IN (SELECT unnest(?)) "
        "AND indicator IN (SELECT unnest(?)) "
        "ORDER BY place, indicator, starts, months, since NULLS FIRST",
        [sorted(places), sorted(codes)],
    ).fetchall()
    found: dict[tuple[str, str], list[Stood]] = {}
    for place, code, starts, months, value, low, high, status, origin, since, until in rows:
        observation = Observation(
            place=place,
            indicator=code,
            period=Period(starts, months),
            value=value,
            low=low,
            high=high,
            status=Status(status),
            origin=observations.origins[origin],
        )
        found.setdefault((place, code), []).append(Stood(observation, since, until))
    return {key: tuple(stood) for key, stood in found.items()}
