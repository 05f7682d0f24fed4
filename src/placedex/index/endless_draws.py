"""Endless draws: a method that would take too long to be drawn, refused with what it would take."""

from placedex.index.aggregate import Aggregate
from placedex.index.kemeny import KemenyYoung
from placedex.index.spec import Spec

# One Kemeny order of 41 places by the integer programme, as measured, and how it grows: 0.25 s for
# 41 places, 0.9 s for 60 (five parts that go together by one half, one core).
SECONDS, PLACES, POWER = 0.25, 41, 3.5
HOUR = 3600.0


def seconds_of_kemeny(places: int) -> float:
    """About how long one Kemeny order of so many places takes that beat each other in circles."""
    return float(SECONDS * (places / PLACES) ** POWER)


def refuse_endless(spec: Spec, places: int) -> None:
    """Refuse a Kemeny order of more places than it can be found of: each draw would fail or last.

    Errors: NotImplementedError naming the step, the node and what it would take.
    """
    for step in spec.steps:
        if not isinstance(step, Aggregate):
            continue
        means = {"": step.mean, **step.nodes}
        for node, mean in means.items():
            if isinstance(mean, KemenyYoung) and places > mean.largest:
                where = f"Step aggregate, node '{node}'" if node else "Step aggregate"
                one = seconds_of_kemeny(places)
                raise NotImplementedError(
                    f"{where}: a Kemeny-Young order of {places} places takes about {one:,.0f} s, "
                    f"so that 1,000 draws take some {1000 * one / HOUR:,.0f} hours. Wanted at most "
                    f"{mean.largest} places. Draw the Copeland score instead, or compare fewer."
                )
