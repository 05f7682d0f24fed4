"""Goal: the level that a target asks for, and which way leads there."""

from dataclasses import dataclass

from placedex.ledger.like_for_like import Series
from placedex.ledger.target import Target
from placedex.ledger.units import PERCENT, is_share
from placedex.observations import LOWER

UPWARD = frozenset({"at least", "more than", "over"})
DOWNWARD = frozenset({"less than", "at most", "below", "under"})
STRICT = frozenset({"more than", "over", "less than", "below", "under"})


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: a level, or the nearer end of a range of levels.

    Attributes:
        far: the further end of a range; nothing if there is none.
        rising: whether it is reached from below.
        strict: whether the level itself is not enough, as in "more than".
        notes: what was read into the target's words.
    """

    level: float
    rising: bool
    far: float | None = None
    strict: bool = False
    notes: tuple[str, ...] = ()

    def met(self, value: float) -> bool:
        """Whether a value is at the level or past it."""
        way = 1 if self.rising else -1
        apart = way * (value - self.level)
        return apart > 0 if self.strict else apart >= 0


def goal_of(target: Target, series: Series | None) -> Goal | str:
    """The level that a target asks for, or why it asks for none, in words."""
    if target.value is None:
        return "the promise names no number"
    ends = [target.value] if target.high is None else sorted((target.value, target.high))
    if target.change:
        raised = [_raised(target, one, series) for one in ends]
        if refused := [one for one in raised if isinstance(one, str)]:
            return refused[0]
        ends = sorted(one for one in raised if not isinstance(one, str))
    rising, notes = _way(target, ends, series)
    if target.change and target.baseline is not None:
        notes = (*notes, f"its value is a change, from the baseline of {target.baseline.period}")
    if len(ends) > 1:
        notes = (*notes, "it is a range: its nearer end is what must be reached")
    near, far = (ends[0], ends[-1]) if rising else (ends[-1], ends[0])
    strict = target.bound in STRICT
    return Goal(near, rising, far if len(ends) > 1 else None, strict, notes)


def _raised(target: Target, change: float, series: Series | None) -> float | str:
    """The level that a change from the baseline leads to, or why that is not clear."""
    base, measure = target.baseline, target.measure
    if base is None or measure is None:
        return "it is a change, and the promise does not say from which baseline"
    unit = measure.unit.strip().lower()
    if unit in PERCENT:
        if series is not None and is_share(series.unit):
            return (
                f"a change by {change:g} % of a share could be one in percentage points or in "
                "proportion: write its unit as 'percentage points', or give the level"
            )
        return base.value * (1 + change / 100)
    return base.value + change


def _way(target: Target, ends: list[float], series: Series | None) -> tuple[bool, tuple[str, ...]]:
    """Whether the goal is reached from below, and what of the words led to that."""
    notes: tuple[str, ...] = ()
    if target.bound == "up to":
        notes = ("'up to' promises no least value; it is held against the whole of it",)
    if target.bound in UPWARD:
        return True, notes
    if target.bound in DOWNWARD:
        return False, notes
    begun = target.baseline.value if target.baseline is not None else None
    if begun is None and series is not None:
        begun = series.figures[0].value
    if begun is not None and begun != ends[0]:
        return begun < ends[0], notes
    return series is None or series.better != LOWER, notes
