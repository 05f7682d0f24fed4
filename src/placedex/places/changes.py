"""Changes of code: which places became which, on what day, and what kind of change it was."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

RENUMBERED = "renumbered"
MERGED = "merged"
SPLIT = "split"
BOUNDARY_MOVED = "boundary moved"
KINDS = (RENUMBERED, MERGED, SPLIT, BOUNDARY_MOVED)
ONE_TO_ONE = (RENUMBERED, BOUNDARY_MOVED)


@dataclass(frozen=True, slots=True)
class Change:
    """One place became another; a merger is one Change for each old place.

    kind:  renumbered, merged, split or boundary moved; empty means as the other changes show.
    share: how much of the old place went to the new one, from 0 to 1, if it was published.
    """

    old: str
    new: str
    on: date
    kind: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """A place that one code became on a day, by which kinds of change, and its share of the old.

    The share is None where a split on the way was published without one.
    """

    code: str
    kinds: tuple[str, ...] = ()
    share: float | None = 1.0


def kind_of(change: Change, changes: Iterable[Change]) -> str:
    """What a change was: as it says itself, else as the other changes of its day show."""
    if change.kind:
        return change.kind
    same_day = [other for other in changes if other.on == change.on]
    if sum(other.old == change.old for other in same_day) > 1:
        return SPLIT
    return MERGED if sum(other.new == change.new for other in same_day) > 1 else RENUMBERED


def successor(code: str, changes: tuple[Change, ...], day: date) -> str:
    """The code that a place bears on a day, after every change up to then."""
    for change in sorted(changes, key=lambda change: change.on):
        if change.old == code and change.on <= day:
            code = change.new
    return code


def renumbered(changes: tuple[Change, ...], day: date) -> dict[str, str]:
    """Old code to new for places that only changed their number, up to a day.

    A place that was merged or split is not in it: its figures are not its successor's.
    """
    known = tuple(change for change in changes if change.on <= day)
    olds = Counter(change.old for change in known)
    news = Counter(change.new for change in known)
    return {
        change.old: change.new
        for change in known
        if olds[change.old] == 1 and news[change.new] == 1 and change.kind not in (SPLIT, MERGED)
    }


def successions(
    changes: tuple[Change, ...], day: date, *, since: date = date.min
) -> Mapping[str, tuple[Succession, ...]]:
    """For every code that changed after a day up to another: what it became, with shares.

    The parts of a split that meet again in one place have its whole share, published or not.
    """
    steps: dict[str, list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda change: (change.on, change.new)):
        if since < change.on <= day:
            steps[change.old].append(change)
    kinds = {change: kind_of(change, changes) for listed in steps.values() for change in listed}
    return {old: _follow(Succession(old), steps, kinds, date.min) for old in steps}


def _follow(
    now: Succession, steps: Mapping[str, list[Change]], kinds: Mapping[Change, str], after: date
) -> tuple[Succession, ...]:
    """Where a place that stood as it is now after a day went in the end, one entry for each."""
    later = [change for change in steps.get(now.code, ()) if change.on > after]
    if not later:
        return (now,)
    first = later[0].on
    ends: dict[str, list[Succession]] = defaultdict(list)
    parts = [change for change in later if change.on == first]
    for change in parts:
        share = change.share
        if share is None and kinds[change] != SPLIT:
            share = 1.0
        reached = Succession(change.new, (kinds[change],), share)
        for end in _follow(reached, steps, kinds, first):
            ends[end.code].append(end)
    whole = len(ends) == 1 and len(parts) > 1
    return tuple(
        Succession(
            code,
            tuple(dict.fromkeys((*now.kinds, *(kind for end in found for kind in end.kinds)))),
            now.share if whole else _product(now.share, _sum(end.share for end in found)),
        )
        for code, found in ends.items()
    )


def _product(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other


def _sum(shares: Iterable[float | None]) -> float | None:
    listed = list(shares)
    known = [share for share in listed if share is not None]
    return sum(known) if len(known) == len(listed) else None
