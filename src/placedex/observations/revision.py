"""Revisions: what later editions changed in what was known before."""

from dataclasses import dataclass
from datetime import date

from placedex.observations.observations import Observations


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
    old, new = before.table, after.table
    changed = before.connection.execute(
        f"""
        WITH old AS (SELECT * FROM {old}), new AS (SELECT * FROM {new})
        SELECT place, indicator, part, period, old.value, new.value,
            old.origin IS NULL AS is_new
        FROM new LEFT JOIN old USING (place, indicator, part, period)
        WHERE old.origin IS NULL OR old.value IS DISTINCT FROM new.value
        ORDER BY abs(new.value - old.value) / abs(nullif(old.value, 0)) DESC NULLS LAST,
            indicator, place, part, period
        """
    ).fetchall()
    return Revisions(
        new=tuple(Revision(*row[:6]) for row in changed if row[6]),
        revised=tuple(Revision(*row[:6]) for row in changed if not row[6]),
        gone=_gone(before, after),
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


def known_between(observations: Observations, since: date) -> Revisions:
    """What changed from what was known on a day to what stands now."""
    return revisions(observations.known_on(since), observations)
