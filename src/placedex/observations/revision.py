"""Revisions: what later editions changed in what was known before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from placedex.observations.observations import Observations

_NEW = "old.origin IS NULL"
_REVISED = "old.origin IS NOT NULL AND old.value IS DISTINCT FROM new.value"


@dataclass(frozen=True, slots=True)
class Revision:
    """One figure as it was known on two days; None where there was none, or none any more."""

    place: str
    indicator: str
    part: str
    period: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """By how much the figure was changed."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def share(self) -> float | None:
        """The change as a share of the figure before, without its sign; None if that was nought."""
        if self.change is None or not self.before:
            return None
        return abs(self.change / self.before)


@dataclass(frozen=True, slots=True)
class Revisions:
    """What was changed between two days.

    Attributes:
        new: figures that were not known before.
        revised: figures that are others now, the largest change first, as a share of what it was.
        gone: figures that a later edition of the indicator lacks, though it has their period for
            other places or parts. They stand until another supersedes them.
    """

    new: tuple[Revision, ...]
    revised: tuple[Revision, ...]
    gone: tuple[Revision, ...]


def revisions(before: Observations, after: Observations) -> Revisions:
    """What changed between the observations of one day and of a later one, of one database.

    Gaps:   a figure that was missing and is given, or the other way round, is revised too.
    """
    return Revisions(
        new=_pairs(before, after, which=_NEW),
        revised=_pairs(before, after, which=_REVISED),
        gone=_gone(before, after),
    )


def _pairs(before: Observations, after: Observations, *, which: str) -> tuple[Revision, ...]:
    rows = before.connection.execute(
        f"""
        SELECT place, indicator, part, period, old.value, new.value {_joined(before, after)}
        WHERE {which}
        ORDER BY abs(new.value - old.value) / abs(nullif(old.value, 0)) DESC NULLS LAST,
            indicator, place, part, period
        """
    ).fetchall()
    return tuple(Revision(*row) for row in rows)


def _joined(before: Observations, after: Observations) -> str:
    # Only what came since that day can be other than what stood on it.
    came = "" if before.day is None else f" WHERE since > DATE '{before.day.isoformat()}'"
    return (
        f"FROM (SELECT * FROM {after.table}{came}) AS new "
        f"LEFT JOIN (SELECT * FROM {before.table}) AS old "
        "USING (place, indicator, part, period)"
    )


def _gone(before: Observations, after: Observations) -> tuple[Revision, ...]:
    since = "" if before.day is None else f"AND since > DATE '{before.day.isoformat()}'"
    rows = before.connection.execute(
        f"""
        WITH edition AS (
            SELECT DISTINCT indicator, period, origin, since FROM {after.table}
            WHERE since IS NOT NULL {since}
        )
        SELECT DISTINCT old.place, old.indicator, old.part, old.period, old.value
        FROM (SELECT * FROM {before.table}) AS old
        JOIN edition ON edition.indicator = old.indicator AND edition.period = old.period
        WHERE edition.since > coalesce(old.since, DATE '0001-01-01') AND EXISTS (
            SELECT 1 FROM {after.table} WHERE observation.place = old.place
            AND observation.indicator = old.indicator AND observation.part = old.part
            AND observation.period = old.period AND observation.origin = old.origin
        ) ORDER BY ALL
        """
    ).fetchall()
    return tuple(
        Revision(place, indicator, part, period, value, None)
        for place, indicator, part, period, value in rows
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """How much of an indicator later editions changed: figures that are new, revised or gone."""

    indicator: str
    new: int
    revised: int
    gone: int


@dataclass(frozen=True, slots=True)
class LastChange:
    """What the last edition changed.

    Attributes:
        since: the day before it came.
        counts: how much it changed of each indicator.
        revised: the figures that are others now, the largest change first.
    """

    since: date
    counts: tuple[Changed, ...]
    revised: tuple[Revision, ...]


def last_change(observations: Observations) -> LastChange | None:
    """What the last edition changed, counted by indicator; nothing if no origin has a day."""
    since = day_before_last(observations)
    if since is None:
        return None
    before = observations.known_on(since)
    fresh = dict(
        observations.connection.execute(
            f"SELECT indicator, count(*) {_joined(before, observations)} WHERE {_NEW} GROUP BY ALL"
        ).fetchall()
    )
    revised = _pairs(before, observations, which=_REVISED)
    others = Counter(one.indicator for one in revised)
    gone = Counter(one.indicator for one in _gone(before, observations))
    counts = tuple(
        Changed(code, fresh.get(code, 0), others[code], gone[code])
        for code in sorted({*fresh, *others, *gone})
    )
    return LastChange(since, counts, revised)


def day_before_last(observations: Observations) -> date | None:
    """The day before the last edition that superseded something, or came new; None without one."""
    row = observations.connection.execute(
        "SELECT coalesce((SELECT max(until) FROM observation WHERE until > DATE '0001-01-01'), "
        "(SELECT max(since) FROM observation))"
    ).fetchone()
    return row[0] - timedelta(days=1) if row and row[0] else None


def known_between(observations: Observations, since: date) -> Revisions:
    """What changed from what was known on a day to what stands now."""
    return revisions(observations.known_on(since), observations)
