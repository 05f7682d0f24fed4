"""A table moved to the places of another day: by sums, by weighted means, or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import fsum, isclose

import numpy as np
from numpy.typing import ArrayLike, NDArray

from placedex.errors import BadUsage, CannotRecode
from placedex.places.changes import (
    MERGED,
    SPLIT,
    Change,
    Succession,
    kind_of,
    successions,
)
from placedex.places.place import Place
from placedex.places.register import Register
from placedex.places.rules import Part, Rule

Floats = NDArray[np.float64]
Cells = float | Sequence[float | None] | None
Lines = Mapping[str, tuple[Succession, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one measure, a row for each place.

    Shape:  codes (places,); values and errors (places,) or (places, anything).
    Gaps:   NaN is missing.

    day: the day on which these codes held, if one day is known; a table to be moved back needs it.
    """

    codes: tuple[str, ...]
    values: Floats
    errors: Floats | None = None
    day: date | None = None

    def __post_init__(self) -> None:
        shapes = [one.shape for one in (self.values, self.errors) if one is not None]
        if any(shape != shapes[0] or shape[:1] != (len(self.codes),) for shape in shapes):
            raise BadUsage(
                f"{len(self.codes)} codes have figures of the shapes "
                f"{', '.join(map(str, shapes))}. Wanted a row for each code, and as many errors as "
                "values. Mend the table."
            )


@dataclass(frozen=True, slots=True)
class Recoding:
    """What was done for one row of a recoded table.

    parts:   the rows that it came from, each with its share and its weight in the result.
    kinds:   the kinds of change on the way; empty if the place stayed as it was.
    rule:    the rule in words, or `as it was`.
    missing: parts of the place that the table lacks, so that the row is missing.
    """

    code: str
    parts: tuple[Part, ...]
    kinds: tuple[str, ...] = ()
    rule: str = "as it was"
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.kinds and len(self.parts) == 1 and self.parts[0].code == self.code:
            return f"{self.code}: as it was"
        came = ", ".join(part.code for part in self.parts)
        lacking = f"; {', '.join(self.missing)} not in the table" if self.missing else ""
        kinds = f" ({', '.join(self.kinds)})" if self.kinds else ""
        return f"{self.code}: {self.rule} of {came}{kinds}{lacking}"


@dataclass(frozen=True, slots=True)
class Recoded:
    """A table with other codes, and for each row what was done."""

    codes: tuple[str, ...]
    values: Floats
    errors: Floats | None
    how: tuple[Recoding, ...]
    _row: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_row", {code: row for row, code in enumerate(self.codes)})

    def __getitem__(self, code: str) -> Floats:
        """The values of one place.

        Errors: BadUsage if the table has no such row.
        """
        if code not in self._row:
            raise BadUsage(
                f"{code} is not a row of the recoded table. Wanted one of its {len(self.codes)} "
                "codes. Look among its codes."
            )
        found: Floats = self.values[self._row[code]]
        return found


def make_table(
    values: Mapping[str, Cells], *, day: date | None = None, errors: ArrayLike | None = None
) -> Table:
    """A table from figures by code; nothing (None) is missing."""
    rows = [np.asarray(one, dtype=float) for one in values.values()]
    if len({row.shape for row in rows}) > 1:
        raise BadUsage(
            "The places have different numbers of figures. Wanted as many for each. Put in None "
            "where a figure is missing."
        )
    array = np.array(rows, dtype=float)
    spread = None if errors is None else np.asarray(errors, dtype=float)
    return Table(tuple(values), array, spread, day)


def recode(table: Table, *, register: Register, rule: Rule, to: date | None = None) -> Recoded:
    """The table with the places of a register on a day (its own day, unless told otherwise).

    Shape:  rows stand in the order in which their first part stood in the table.
    Gaps:   a missing part leaves the whole missing, as does one that the table lacks.
    Errors: UnknownPlace for a code that the register never knew; CannotRecode for a place that
            was split without published shares, for one that ended without a successor, for a
            table that holds a place and its own parts, and for what the rule cannot merge.
    """
    day = register.day if to is None else to
    _refuse_twice(table)
    olds = {change.old for change in register.changes}
    for code in table.codes:
        if code not in register and code not in olds:
            raise register.refusal(code)
    changes, day = _in_direction(table, register.changes, day)
    since = table.day if table.day and changes is register.changes else date.min
    lines = successions(changes, day, since=since)
    for code in table.codes:
        _refuse_ended(register, code, day=to or register.day, lines=lines)
    stayed = _stayed(register, changes)
    before: dict[str, list[str]] = {code: [code] for code in stayed}
    for change in changes:
        if since < change.on <= day:
            before.setdefault(change.new, []).append(change.old)
    there = frozenset(table.codes)
    return combine(
        table,
        lines=lines,
        rule=rule,
        lacking=lambda code: _lacking(code, there, before),
        stayed=stayed,
    )


def gather(
    table: Table, *, places: Iterable[Place], parents: Mapping[str, str], rule: Rule
) -> Recoded:
    """The table of small areas as one of the places that hold them.

    places:  every small area there is, so that one which the table lacks is noticed.
    parents: for each small area the code of the place that holds it.
    Gaps:    as `recode`.
    Errors:  CannotRecode for a row without a parent, or what the rule cannot merge.
    """
    _refuse_twice(table)
    for code in table.codes:
        if not parents.get(code):
            raise CannotRecode(
                f"{code} has no place above it that is wanted",
                "a code of which the holding place is known",
                "Leave the row out, or use the register that the codes are of.",
            )
    lines = {code: (Succession(parents[code], (MERGED,)),) for code in table.codes}
    held: dict[str, list[str]] = {}
    for place in places:
        if place.code in parents:
            held.setdefault(parents[place.code], []).append(place.code)
    there = set(table.codes)
    return combine(
        table,
        lines=lines,
        rule=rule,
        lacking=lambda code: (part for part in held.get(code, ()) if part not in there),
    )


def combine(
    table: Table,
    *,
    lines: Lines,
    rule: Rule,
    lacking: Callable[[str], Iterable[str]],
    stayed: frozenset[str] = frozenset(),
) -> Recoded:
    """The rows of a table put together along lines from old codes to new ones.

    lacking: the parts of a new place that the table does not have.
    stayed:  places that took others in and kept their code, so that they may stand beside them.
    """
    groups: dict[str, list[tuple[int, Succession]]] = {}
    for row, code in enumerate(table.codes):
        ends = lines.get(code, (Succession(code),))
        _refuse_loose(code, ends)
        for end in ends:
            groups.setdefault(end.code, []).append((row, end))
    values = np.full((len(groups), *table.values.shape[1:]), np.nan)
    errors = None if table.errors is None else values.copy()
    how = []
    for place, (new, found) in enumerate(groups.items()):
        if new not in stayed:
            _refuse_both(new, [table.codes[row] for row, _ in found])
        recoding = _recoding(new, found, table.codes, rule=rule)
        missing = tuple(dict.fromkeys(lacking(new))) if recoding.kinds else ()
        how.append(_with_missing(recoding, missing))
        if missing:
            continue
        rows = [row for row, _ in found]
        weights = np.array([part.weight for part in recoding.parts])
        values[place] = _weigh(table.values[rows], weights)
        if errors is not None and table.errors is not None:
            errors[place] = np.sqrt(_weigh(table.errors[rows] ** 2, weights**2))
    return Recoded(tuple(groups), values, errors, tuple(how))


def _recoding(
    new: str, found: list[tuple[int, Succession]], codes: tuple[str, ...], *, rule: Rule
) -> Recoding:
    kinds = tuple(dict.fromkeys(kind for _, end in found for kind in end.kinds))
    olds = [codes[row] for row, _ in found]
    shares = [end.share if end.share is not None else np.nan for _, end in found]
    if len(found) > 1 and not {MERGED, SPLIT} & set(kinds):
        kinds = (*kinds, MERGED)
    if not {MERGED, SPLIT} & set(kinds):
        words = f"carried by {rule.words}" if kinds else "as it was"
        return Recoding(new, (Part(olds[0], 1.0, 1.0),), kinds, words)
    weights = rule.weigh(new, olds, shares)
    parts = tuple(
        Part(old, share, weight) for old, share, weight in zip(olds, shares, weights, strict=True)
    )
    return Recoding(new, parts, kinds, rule.words)


def _with_missing(recoding: Recoding, missing: tuple[str, ...]) -> Recoding:
    return Recoding(recoding.code, recoding.parts, recoding.kinds, recoding.rule, missing)


def _weigh(rows: Floats, weights: Floats) -> Floats:
    """The weighted sum of rows; a row of weight 0 adds nothing, even a missing one."""
    counted = weights != 0
    shaped = weights[counted].reshape((-1,) + (1,) * (rows.ndim - 1))
    found: Floats = (rows[counted] * shaped).sum(axis=0)
    return found


def _in_direction(
    table: Table, changes: tuple[Change, ...], day: date
) -> tuple[tuple[Change, ...], date]:
    """The changes to follow and the day to stop: undone, in backward order, for an earlier day."""
    if table.day is None or day >= table.day:
        return changes, day
    turned = {MERGED: SPLIT, SPLIT: MERGED}
    last = date.max.toordinal()
    undone = tuple(
        Change(
            change.new,
            change.old,
            date.fromordinal(last - change.on.toordinal()),
            turned.get(kind := kind_of(change, changes), kind),
        )
        for change in changes
        if day < change.on <= table.day
    )
    return undone, date.max


def _stayed(register: Register, changes: tuple[Change, ...]) -> frozenset[str]:
    """Places that were there before others became part of them."""
    return frozenset(
        change.new
        for change in changes
        if (place := register.get(change.new)) is not None
        and place.started is not None
        and place.started < change.on
    )


def _lacking(code: str, there: frozenset[str], before: Mapping[str, list[str]]) -> Iterable[str]:
    """The parts of a place that a table lacks, whole and in parts."""
    parts = before.get(code, [])
    if code in there and code not in parts:
        return
    if not [old for old in parts if old != code]:
        yield from () if code in there else (code,)
        return
    for old in parts:
        if old != code:
            yield from _lacking(old, there, before)
        elif code not in there:
            yield code


def _refuse_both(new: str, olds: list[str]) -> None:
    if new in olds and len(olds) > 1:
        other = next(code for code in olds if code != new)
        raise CannotRecode(
            f"The table has {new} and {other}, which became part of it: it is of two days",
            "a table of the places of one day",
            "Take one of them out, or recode the two parts apart.",
        )


def _refuse_twice(table: Table) -> None:
    seen: set[str] = set()
    for row, code in enumerate(table.codes, start=1):
        if code in seen:
            raise CannotRecode(
                f"{code} is there twice (the second time in row {row})",
                "each place once",
                "Take one of the rows out, or split the table by period or part first.",
            )
        seen.add(code)


def _refuse_ended(register: Register, code: str, *, day: date, lines: Lines) -> None:
    place = register.get(code)
    if place is None or code in lines or place.ended is None or day < place.ended:
        return
    raise CannotRecode(
        f"{code} ({place.name}) ended on {place.ended.isoformat()} and no place took its code",
        f"a place that was there on {day.isoformat()}, or became one",
        "Leave its row out.",
    )


def _refuse_loose(code: str, ends: tuple[Succession, ...]) -> None:
    shares = [end.share for end in ends]
    known = [share for share in shares if share is not None]
    if len(known) < len(shares):
        parts = ", ".join(end.code for end in ends)
        raise CannotRecode(
            f"{code} was split ({parts}), and the shares of its parts are not published",
            "a share for every part",
            "Give the changes their shares, or take the figures of the parts from the publisher.",
        )
    if not isclose(fsum(known), 1.0, abs_tol=1e-6):
        raise CannotRecode(
            f"The shares of the parts of {code} add up to {fsum(known):g}",
            "shares that add up to 1",
            "Mend the shares in the table of changes.",
        )
