"""Quality: what is odd in the figures that are kept, each with an explanation. None is a fault."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from placedex.observations import quality_queries as queries
from placedex.observations.observations import Observations
from placedex.observations.period import Period
from placedex.store import insert_rows

KINDS_OF_FINDING = {
    "coverage": "Places that lack a figure which the others of their kind have",
    "out of range": "Percentages below 0 or above 100",
    "ended place": "Figures of a place for a time when it was no longer there",
    "parents and children": "Places whose figure their parts cannot make",
    "parts": "Industries that are not the sum of those within them",
    "revised throughout": "Figures of which a later edition changed nearly every one",
    "zero": "Nought where the others of the kind have more",
    "outlier of its kind": "Figures far from those of all others of the kind",
    "outlier of neighbours": "Figures far from those of the places around",
    "outlier of its past": "Steps far from those that the place took before",
    "flat": "Figures that do not move",
    "saturated": "Indicators that hardly tell places apart any more",
}
Names = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a figure is called odd.

    Attributes:
        z: robust z, the distance from the median in median absolute deviations times 1.4826.
        point: in shares of a hundred, the least that counts as the usual distance.
        places: the fewest places of a kind that are compared with each other.
        neighbours: the fewest neighbours that a place is compared with.
        steps: the fewest steps from period to period that make a past.
        share: how far a sum may be from the figure of the whole, as a share of it.
        saturated: the share of the places that have the one highest or lowest figure.
        flat: the number of periods without a change.
        revised: the share of a period's figures that a later edition changed.
    """

    z: float = 6.0
    point: float = 1.0
    places: int = 10
    neighbours: int = 3
    steps: int = 8
    share: float = 0.02
    saturated: float = 0.5
    flat: int = 5
    revised: float = 0.9


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many places of a kind have an indicator for a period.

    Attributes:
        have: places with a value.
        ever: places with a value for any period.
        places: places of the kind that any figure is kept of.
    """

    indicator: str
    kind: str
    period: Period
    have: int
    ever: int
    places: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is odd, in words that say against what it was held.

    `place` is empty where it is about all places of a kind.
    """

    kind: str
    indicator: str
    place: str
    period: Period
    value: float | None
    words: str


def coverage(observations: Observations) -> tuple[Coverage, ...]:
    """How many places have each indicator, by kind and period.

    Gaps:   a figure that is missing with a status does not count as had.
    """
    rows = observations.connection.execute(
        queries.COVERAGE.format(table=observations.table)
    ).fetchall()
    return tuple(
        Coverage(code, kind, Period(starts, months), have, ever, places)
        for code, kind, starts, months, have, ever, places in rows
    )


def find_oddities(
    observations: Observations, *, neighbours: Names = (), limits: Limits | None = None
) -> tuple[Finding, ...]:
    """What is odd in the figures, by kind of finding, indicator, period and place.

    Only figures of wholes are looked at, and sums of their industries. A size is not held against
    other places' sizes: that an indicator adds up (`adds`) exempts it from the outliers of its
    kind and of neighbours.
    Gaps:   a missing figure is never odd but for coverage; a place whose children lack one is not
            held against their sum.
    Source: Iglewicz and Hoaglin (1993), How to detect and handle outliers, for the robust z.
    """
    connection = observations.connection
    limits = limits or Limits()
    _lay_out(observations, tuple(neighbours), limits=limits)
    found = [
        Finding(kind, code, place, Period(starts, months), value, words)
        for kind, query in queries.ODDITIES
        for code, place, starts, months, value, words in connection.execute(
            query.format(table=observations.table, **asdict(limits))
        ).fetchall()
    ]
    return tuple(found)


def by_kind(findings: Sequence[Finding]) -> dict[str, tuple[Finding, ...]]:
    """The findings under each kind that has any, in the order of the kinds."""
    return {
        kind: chosen
        for kind in KINDS_OF_FINDING
        if (chosen := tuple(one for one in findings if one.kind == kind))
    }


def _lay_out(
    observations: Observations, neighbours: Sequence[tuple[str, str]], *, limits: Limits
) -> None:
    """The tables that the questions are asked of: wholes with a value, and who is beside whom."""
    connection, told = observations.connection, "CREATE OR REPLACE TEMP TABLE"
    connection.execute(queries.SAID)
    connection.execute(f"{told} trait (indicator VARCHAR, adds BOOLEAN, half DOUBLE)")
    traits = [
        (one.code, one.adds, 0.5 * 10.0**-one.decimals) for one in observations.catalogue.values()
    ]
    insert_rows(connection, "trait", traits)
    connection.execute(f"{told} beside (place VARCHAR, other VARCHAR)")
    both = {pair for one, other in neighbours for pair in ((one, other), (other, one))}
    insert_rows(connection, "beside", sorted(both))
    given = {
        "table": observations.table,
        "day": observations.register.day.isoformat(),
        "point": limits.point / 1.4826,
    }
    for name, query in queries.TABLES:
        connection.execute(f"{told} {name} AS {query.format(**given)}")
