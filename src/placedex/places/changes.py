"""Changes of code: which places became which, and on what day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Change:
    """One place became another; a merger is one Change for each old place."""

    old: str
    new: str
    on: date


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
        if olds[change.old] == 1 and news[change.new] == 1
    }
