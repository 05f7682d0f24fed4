"""Postcodes: where each is, and in which place."""

import re
from collections.abc import Sequence
from math import radians, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import UnreadableSource
from placedex.store import Engine, csv_header

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Column, Table

# The names that the postcode directories of ONS have borne: NSPL, ONSPD, and since 2025.
POSTCODE = re.compile(r"pcds|pcd8|pcd7|pcd|postcode", re.IGNORECASE)
DISTRICT = re.compile(r"oslaua|laua|lad\d\dcd", re.IGNORECASE)
LATITUDE, LONGITUDE = re.compile("lat", re.IGNORECASE), re.compile("long", re.IGNORECASE)
# The side of a cell in degrees, and no less than how far its corners are from its middle: on a
# globe of radius 1 the straight way to a corner is at most that along a meridian and a parallel.
CELL = 0.1
REACH = radians(CELL / 2) * sqrt(2)


def read_directory(engine: Engine, files: Sequence[Path]) -> "Table":
    """Each postcode of a postcode directory of ONS (ONSPD or NSPL) and the code of its district.

    Errors: UnreadableSource if a column is missing; it names the file and the words found.
    """
    header = csv_header(files[0])
    postcode, district = (_find(header, form, where=files[0]) for form in (POSTCODE, DISTRICT))
    table = engine.read_csv(files, names=[f"c{number}" for number in range(len(header))])
    table = table.select(postcode=together(table[postcode]), district=table[district])
    return table.filter(table.postcode.notnull() & table.district.notnull())


def read_points(engine: Engine, files: Sequence[Path]) -> "Table":
    """Each postcode with its latitude and longitude in degrees, from CSV files of one form.

    Gaps:   a postcode without a position is left out.
    Errors: UnreadableSource if a column is missing or a position is no number.
    """
    header = csv_header(files[0])
    found = [_find(header, form, where=files[0]) for form in (POSTCODE, LATITUDE, LONGITUDE)]
    table = engine.read_csv(files, names=[f"c{number}" for number in range(len(header))])
    table = table.filter(table[found[1]].notnull() & table[found[2]].notnull())
    return table.select(
        postcode=together(table[found[0]]),
        latitude=table[found[1]].cast("float64"),
        longitude=table[found[2]].cast("float64"),
    )


def together(postcode: "Column") -> "Column":
    """Postcodes in capitals without spaces, as they can be compared."""
    return postcode.upper().replace(" ", "")


def _find(header: Sequence[str], form: re.Pattern[str], *, where: Path) -> str:
    for number, name in enumerate(header):
        if form.fullmatch(name):
            return f"c{number}"
    raise UnreadableSource(
        f"{where.name}, row 1: the columns are {', '.join(header)}. Wanted also one of the form "
        f"{form.pattern}. Look whether it is a postcode file of ONS."
    )


def nearest_places(engine: Engine, points: "Table", places: "pa.Table") -> "Table":
    """Each point with the place whose centre is nearest, which is not always the place it is in.

    Of places equally near, the one whose code comes first. Only those places are tried that can
    be nearest to some point of the same cell of a tenth of a degree, so that no answer is lost.
    Shape:  points (postcode, latitude, longitude); places (code, latitude, longitude); returns
            postcode and place.
    """
    corner = points.mutate(north=_cell(points.latitude), east=_cell(points.longitude))
    cells = corner.select("north", "east").distinct()
    cells = cells.mutate(_on_globe(cells.north * CELL, cells.east * CELL, "middle"))
    centres = engine.lay_out(places)
    centres = centres.mutate(_on_globe(centres.latitude, centres.longitude, "centre"))
    centres = centres.select("code", *(f"centre_{axis}" for axis in "xyz"))
    pairs = cells.cross_join(centres)
    pairs = pairs.mutate(apart=_squared(pairs, "middle", "centre").sqrt())
    least = pairs.group_by("north", "east").agg(least=pairs.apart.min())
    pairs = pairs.inner_join(least, ["north", "east"])
    pairs = pairs.filter(pairs.apart <= pairs.least + 2 * REACH + 1e-9)
    tried = engine.keep(pairs.select("north", "east", "code", *(f"centre_{a}" for a in "xyz")))
    found = corner.inner_join(tried, ["north", "east"])
    found = found.mutate(_on_globe(found.latitude, found.longitude, "point"))
    found = found.select("postcode", "code", apart=_squared(found, "point", "centre"))
    return _first_of_nearest(found)


def _first_of_nearest(found: "Table") -> "Table":
    import ibis

    order = ibis.row_number().over(group_by=found.postcode, order_by=[found.apart, found.code])
    ranked = found.mutate(order=order)
    return ranked.filter(ranked.order == 0).select("postcode", place="code")


def _cell(degrees: "Column") -> "Column":
    return (degrees / CELL).round().cast("int64")


def _on_globe(latitude: "Column", longitude: "Column", name: str) -> "dict[str, Column]":
    """Where a position is on a globe of radius 1, as three columns."""
    flat = latitude.radians().cos()
    return {
        f"{name}_x": flat * longitude.radians().cos(),
        f"{name}_y": flat * longitude.radians().sin(),
        f"{name}_z": latitude.radians().sin(),
    }


def _squared(table: "Table", one: str, other: str) -> "Column":
    ways = [table[f"{one}_{axis}"] - table[f"{other}_{axis}"] for axis in "xyz"]
    return ways[0] * ways[0] + ways[1] * ways[1] + ways[2] * ways[2]


def count_postcodes(engine: Engine, directory: "Table", *, codes: "pa.Table") -> "Table":
    """How many postcodes each place has: the columns place and postcodes.

    Shape:  directory (postcode, district); codes (published, place).
    Gaps:   postcodes of a district that `codes` lacks are counted under a null place.
    """
    known = engine.lay_out(codes)
    found = directory.left_join(known, directory.district == known.published)
    return found.group_by("place").agg(postcodes=found.count())
