"""The kin of a place: what holds it, what it holds, what is beside it and what is like it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from placedex.errors import BadUsage
from placedex.places import (
    DISTRICT,
    Place,
    Profiles,
    Register,
    Similar,
    bundled_neighbours,
    similar,
)
from placedex.workspace.found import Atlas

# Registers of which a district is told how many areas it holds.
WITHIN_DISTRICTS = ("wards-2025", "middle-areas-2021", "small-areas-2021")
# Scotland has no areas of 2021.
WITHIN_SCOTLAND = ("middle-areas-2011", "small-areas-2011")
SCOTLAND = "S"
# The register that holds the parts of the places of another.
SMALLER = {"middle-areas-2011": "small-areas-2011", "middle-areas-2021": "small-areas-2021"}
FIRST_STAGE = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """Places like one, on the figures of an index, and what its indicators are called."""

    index: str
    found: Similar
    names: Mapping[str, str]


def parents_of(atlas: Atlas, place: Place) -> tuple[Place, ...]:
    """The places that hold a place, and for a small area those that hold its district too."""
    register = atlas.workspace.register
    if place.code in register:
        return register.parents(place)
    if atlas.registers is None:
        return ()
    found = list(atlas.registers.parents(place))
    for parent in tuple(found):
        if parent.code in register:
            found += [one for one in register.parents(parent) if one not in found]
    return tuple(found)


def district_above(atlas: Atlas, place: Place) -> Place | None:
    """The district that holds a small place, if one does."""
    found = (one for one in parents_of(atlas, place) if one.kind == DISTRICT)
    return next(found, None)


def children_of(atlas: Atlas, place: Place) -> tuple[Place, ...]:
    """The live places of the same register that a place holds; of a middle area its small ones.

    A district holds none there: `areas_within` counts what it holds.
    """
    found: list[Place] = []
    for code, register in _registers_of(atlas, place)[:1]:
        holding = register
        if code in SMALLER and atlas.registers is not None:
            holding = atlas.registers[SMALLER[code]]
        found += [one for one in holding if place.code in one.parents and one.live(holding.day)]
    return tuple(found)


def areas_within(atlas: Atlas, place: Place) -> Mapping[str, int]:
    """How many wards and small areas a district holds, by kind and register."""
    counts: Counter[str] = Counter()
    if place.kind != DISTRICT or atlas.registers is None:
        return counts
    for code in WITHIN_SCOTLAND if place.code.startswith(SCOTLAND) else WITHIN_DISTRICTS:
        register = atlas.registers[code]
        counts.update(
            f"{one.kind} ({register.name})" for one in register if place.code in one.parents
        )
    return counts


def neighbours_of(atlas: Atlas, place: Place) -> tuple[Place, ...] | None:
    """The places of its kind that share a piece of boundary; nothing if no boundary is known."""
    boundaries = atlas.boundaries
    for _, register in _registers_of(atlas, place):
        if boundaries is not None and place.code in boundaries.codes:
            touching = (register.get(code) for code in boundaries.beside(place.code))
            return tuple(one for one in touching if one is not None and one.kind == place.kind)
        if register is bundled_neighbours().register:
            return bundled_neighbours().of(place.code)
    return None


def alike(connection: duckdb.DuckDBPyConnection, place: Place, *, most: int = 5) -> Alike | None:
    """The places of its kind nearest to a place, on the figures that the first index scores.

    Nothing if no index has figures of it, or of too few other places of its kind.
    """
    rows = connection.execute(
        """
        SELECT index_code, place, node, value FROM stage
        WHERE kind = ? AND number = ? AND index_code = (
            SELECT min(index_code) FROM stage WHERE place = ?
        )
        """,
        [place.kind, FIRST_STAGE, place.code],
    ).fetchall()
    codes = {code: at for at, code in enumerate(sorted({row[1] for row in rows}))}
    indicators = {code: at for at, code in enumerate(sorted({row[2] for row in rows}))}
    if len(codes) < 3:
        return None
    values = np.full((len(codes), len(indicators)), np.nan)
    for _, code, indicator, value in rows:
        if value is not None:
            values[codes[code], indicators[indicator]] = value
    try:
        found = similar(place.code, Profiles(tuple(codes), tuple(indicators), values), most=most)
    except BadUsage:
        # It has no figure on which it can be compared, which the scores say already.
        return None
    names = connection.execute("SELECT node, name FROM node WHERE index_code = ?", [rows[0][0]])
    return Alike(rows[0][0], found, dict(names.fetchall()))


def _registers_of(atlas: Atlas, place: Place) -> tuple[tuple[str, Register], ...]:
    """The registers that a place is in with their codes, the newest first; the main has none."""
    if place.code in atlas.workspace.register:
        return (("", atlas.workspace.register),)
    if atlas.registers is None:
        return ()
    codes = atlas.registers.find_code(place.code).registers
    return tuple((code, atlas.registers[code]) for code in codes)
