"""A table moved to the places of another day: by sums, by weighted means, or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from placedex.places.sharing import SplitBy, with_shares

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
    split:   by which weight a place that was split was shared out; empty if none was.
    """

    code: str
    parts: tuple[Part, ...]
    kinds: tuple[str, ...] = ()
    rule: str = "as it was"
    missing: tuple[str, ...] = ()
    split: str = ""

    def __str__(self) -> str:
        if not self.kinds and len(self.parts) == 1 and self.parts[0].code == self.code:
            return f"{self.code}: as it was"
        came = ", ".join(part.code for part in self.parts)
        lacking = f"; {', '.join(self.missing)} not in the table" if self.missing else ""
        kinds = f" ({', '.join(self.kinds)})" if self.kinds else ""
        if self.split:
            came = ", ".join(f"{part.share:.4g} of {part.code}" for part in self.parts)
            kinds += f", shared out by {self.split}"
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


def recode(
    table: Table,
    *,
    register: Register,
    rule: Rule,
    to: date | None = None,
    split_by: SplitBy | None = None,
) -> Recoded:
    """The table with the places of a register on a day (its own day, unless told otherwise).

    split_by: a weight of the parts of places that were split, where no shares were published.

    Shape:  rows stand in the order in which their first part stood in the table.
    Gaps:   a missing part leaves the whole missing, as does one that the table lacks.
    Errors: UnknownPlace for a code that the register never knew; CannotRecode for a place that
            was split and has neither published shares nor a weight of each part, for one that
            ended without a successor, for a table that holds a place and its own parts, and for
            what the rule cannot merge.
    """
    _refuse_twice(table)
    _refuse_unknown(table, register)
    changes, since, day = _in_direction(table, register.changes, to or register.day)
    bare = successions(changes, day, since=since)
    lines = bare
    if split_by is not None:
        lines = successions(with_shares(changes, split_by), day, since=since)
    for code in table.codes:
        _refuse_ended(register, code, day=to or register.day, lines=lines)
        _refuse_loose(code, lines.get(code, (Succession(code),)), split_by=split_by)
    stayed = _stayed(register, changes)
    followed = [change for change in changes if since < change.on <= day]
    lacking = _lacking_in(table, followed, stayed)
    done = combine(table, lines=lines, rule=rule, lacking=lacking, stayed=stayed)
    return done if split_by is None else _with_split(done, bare, split_by)


def _with_split(done: Recoded, bare: Lines, split_by: SplitBy) -> Recoded:
    """The table, with the weight said on each row that had a part of a split without a share."""

    def loose(code: str) -> bool:
        return any(end.share is None for end in bare.get(code, ()))

    how = tuple(
        replace(one, split=split_by.of) if any(loose(part.code) for part in one.parts) else one
        for one in done.how
    )
    return Recoded(done.codes, done.values, done.errors, how)


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
    return replace(recoding, missing=missing)


def _weigh(rows: Floats, weights: Floats) -> Floats:
    """The weighted sum of rows; a row of weight 0 adds nothing, even a missing one."""
    counted = weights != 0
    shaped = weights[counted].reshape((-1,) + (1,) * (rows.ndim - 1))
    found: Floats = (rows[counted] * shaped).sum(axis=0)
    return found


def _in_direction(
    table: Table, changes: tuple[Change, ...], day: date
) -> tuple[tuple[Change, ...], date, date]:
    """The changes to follow, the day after which and the last day on which; undone to go back."""
    if table.day is None or day >= table.day:
        return changes, table.day or date.min, day
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
    return undone, date.min, date.max


def _stayed(register: Register, changes: tuple[Change, ...]) -> frozenset[str]:
    """Places that were there before others became part of them."""
    return frozenset(
        change.new
        for change in changes
        if (place := register.get(change.new)) is not None
        and place.started is not None
        and place.started < change.on
    )


def _lacking_in(
    table: Table, changes: Iterable[Change], stayed: frozenset[str]
) -> Callable[[str], Iterable[str]]:
    """Says which parts of a place a table lacks, by the changes that were followed."""
    before: dict[str, list[str]] = {code: [code] for code in stayed}
    for change in changes:
        before.setdefault(change.new, []).append(change.old)
    there = frozenset(table.codes)
    return lambda code: _lacking(code, there, before)


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


def _refuse_unknown(table: Table, register: Register) -> None:
    olds = {change.old for change in register.changes}
    for code in table.codes:
        if code not in register and code not in olds:
            raise register.refusal(code)


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


def _refuse_loose(code: str, ends: tuple[Succession, ...], *, split_by: SplitBy | None) -> None:
    shares = [end.share for end in ends]
    known = [share for share in shares if share is not None]
    if len(known) < len(shares):
        parts = ", ".join(end.code for end in ends)
        parts += " and others that are not known" if len(ends) == 1 else ""
        weights = "" if split_by is None else f", nor is there a weight ({split_by.of}) of each"
        raise CannotRecode(
            f"{code} was split ({parts}), and the shares of its parts are not published{weights}",
            "a share or a weight for every part",
            "Give weights of the parts (split_by=SplitBy(...)), or take the figures of the parts "
            "from the publisher.",
        )
    if not isclose(fsum(known), 1.0, abs_tol=1e-6):
        raise CannotRecode(
            f"The shares of the parts of {code} add up to {fsum(known):g}",
            "shares that add up to 1",
            "Mend the shares in the table of changes.",
        )
