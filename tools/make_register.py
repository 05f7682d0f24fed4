"""Make the register of places, its changes of code and its description from the published tables.

Run it from the project's folder: python -m tools.make_register SHARED_DATA [FOLDER]
"""

import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tools.boundaries import hexagons, neighbours
from tools.make_registers_names import other_names
from tools.register_facts import (
    BOUNDARY_MOVED,
    CHANGES,
    CITY_REGION_DISTRICTS,
    CITY_REGIONS,
    COMBINED_AUTHORITIES,
    COUNTRY_GROUPS,
    DESCRIPTION,
    ENDED_AUTHORITIES,
    ENDED_COUNTIES,
    INNER_LONDON,
    LONDON,
    METROPOLITAN_COUNTIES,
    MORE_CHANGES,
    NORTHERN_IRELAND_DISTRICTS,
    UNITARIES_OF_2009,
    UNITED_KINGDOM,
)

from placedex.places.cartogram import Effort, share_touching
from placedex.places.place import Hexagon

REGISTERS = Path(__file__).parent.parent / "src" / "placedex" / "places" / "registers"
KINDS = (
    "country",
    "country group",
    "nation",
    "region",
    "combined authority",
    "city region",
    "county",
    "district",
)
PLACE = ("code", "name", "kind", "started", "ended", "parents")
HEADER = [*PLACE, "longitude", "latitude", "column", "row", "also"]


@dataclass(frozen=True, slots=True)
class Point:
    """The middle of a district in degrees and in metres of the National Grid, and its area."""

    longitude: float
    latitude: float
    east: float = 0.0
    north: float = 0.0
    area: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the register."""

    code: str
    name: str
    kind: str
    started: str = ""
    ended: str = ""
    parents: tuple[str, ...] = ()
    point: Point | None = None
    hexagon: Hexagon | None = None
    also: tuple[str, ...] = ()

    def cells(self) -> tuple[object, ...]:
        """The row as it stands in the file."""
        point, hexagon = self.point, self.hexagon
        return (
            *(self.code, self.name, self.kind, self.started, self.ended, ";".join(self.parents)),
            *((f"{point.longitude:.4f}", f"{point.latitude:.4f}") if point else ("", "")),
            *((hexagon.column, hexagon.row) if hexagon else ("", "")),
            ";".join(self.also),
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """The published tables that the register is made of."""

    districts: tuple[dict[str, str], ...]
    authorities: dict[str, str]
    counties_2014: dict[str, str]
    counties: dict[str, tuple[str, int | None]]
    changes: tuple[tuple[str, str, str], ...]
    points: dict[str, Point]


def main(arguments: list[str]) -> None:
    """Write the four files of the register."""
    folder = Path(arguments[1]) if len(arguments) > 1 else REGISTERS
    content = make(Path(arguments[0]) / "geography")
    for name, text in content.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def make(geography: Path, *, effort: Effort | None = None) -> dict[str, str]:
    """The four files of the register as texts, by name."""
    tables = read_tables(geography)
    districts = _districts(tables)
    live = {row.code: row for row in districts if not row.ended}
    pairs = neighbours(geography / "uk-topojson" / "topo.json.gz", frozenset(live))
    metres = {code: (row.point.east, row.point.north) for code, row in live.items() if row.point}
    parents = {code: row.parents for code, row in live.items()}
    cells = hexagons(metres, pairs, parents=parents, effort=effort)
    print(f"{share_touching(cells, pairs):.1%} of {len(pairs)} neighbours touch", file=sys.stderr)
    rows = [replace(row, hexagon=cells.get(row.code)) for row in districts]
    rows += _larger_places(tables, live)
    also = other_names(geography, {row.code: row.name for row in rows})
    rows = [replace(row, also=also.get(row.code, ())) for row in rows]
    rows.sort(key=lambda row: (KINDS.index(row.kind), row.code))
    return {
        "uk-2025.csv": _table(HEADER, [row.cells() for row in rows]),
        "uk-2025-changes.csv": _table(["old", "new", "on", "kind"], _with_kinds(tables.changes)),
        "uk-2025-neighbours.csv": _table(["one", "other"], list(pairs)),
        "uk-2025.yaml": DESCRIPTION,
    }


def read_tables(geography: Path) -> Tables:
    """The published tables, read."""
    lookups = geography / "lookups"
    authorities = lookups / (
        "Local_Authority_District_to_Combined_Authority_(May_2025)_Lookup_in_EN.csv"
    )
    districts = tuple(_read(geography / "geo-lookups" / "la_all_codes.csv"))
    published = _read(geography / "uk-topojson" / "changes.csv")
    counties_2014 = _read(geography / "uk-topojson" / "ltla14-lookup.csv")
    counties = _counties(districts, counties_2014, published)
    return Tables(
        districts=districts,
        authorities={row["LAD25CD"]: row["CAUTH25CD"] for row in _read(authorities)},
        counties_2014={row["ltlacd"]: row["ctycd"] for row in counties_2014},
        counties=counties,
        changes=_changes(districts, published),
        points=_points(geography, districts),
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _table(header: list[str], rows: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _changes(
    districts: tuple[dict[str, str], ...], published: list[dict[str, str]]
) -> tuple[tuple[str, str, str], ...]:
    """Old code, new code and day: one row for each district or authority that ended."""
    successors = {
        row["LADCD"]: row["LADCD_ACTIVE"]
        for row in districts
        if row["LADCD"] != row["LADCD_ACTIVE"]
    }
    days = dict.fromkeys(successors, "")
    for row in published:
        old = row["oldcd"]
        # "new_geo" also marks a district that joined an authority: no change of code.
        if old in successors or (old[:3] == "E47" == row["newcd"][:3]):
            successors[old] = row["newcd"]
            days[old] = f"{row['start']}-04-01"
    days.update(CHANGES)
    found = [(old, new, days[old]) for old, new in successors.items()]
    return tuple(sorted([*found, *MORE_CHANGES]))


def _with_kinds(changes: tuple[tuple[str, str, str], ...]) -> list[tuple[object, ...]]:
    """Each change with what it was: merged, split, renumbered, or a boundary moved."""
    olds = Counter((old, day) for old, _, day in changes)
    news = Counter((new, day) for _, new, day in changes)

    def kind(old: str, new: str, day: str) -> str:
        if old in BOUNDARY_MOVED:
            return "boundary moved"
        if olds[old, day] > 1:
            return "split"
        return "merged" if news[new, day] > 1 else "renumbered"

    return [(old, new, day, kind(old, new, day)) for old, new, day in changes]


def _counties(
    districts: tuple[dict[str, str], ...],
    counties_2014: list[dict[str, str]],
    published: list[dict[str, str]],
) -> dict[str, tuple[str, int | None]]:
    """Each county's name, and the year in which it ended if it did."""
    ended = {row["oldcd"]: int(row["start"]) for row in published if row["type"] == "termination"}
    names: dict[str, str] = {}
    for row in counties_2014:
        names[row["ctycd"] or row["mctycd"]] = row["ctynm"] or row["mctynm"]
    names |= {row["UTLACD"]: row["UTLANM"] for row in districts if row["UTLACD"][:3] == "E10"}
    names.pop("", None)
    return {code: (name, ended.get(code)) for code, name in sorted((names | LONDON).items())}


def _points(geography: Path, districts: tuple[dict[str, str], ...]) -> dict[str, Point]:
    """The middle of each district: as published in 2022, else by its predecessors or successor."""
    path = geography / "lookups" / "Local_Authority_Districts_December_2022_UK.csv"
    points = {
        row["LAD22CD"]: Point(
            *(float(row[name]) for name in ("LONG", "LAT", "BNG_E", "BNG_N", "Shape__Area"))
        )
        for row in _read(path)
    }
    older: dict[str, list[Point]] = defaultdict(list)
    for row in districts:
        if row["LADCD"] in points:
            older[row["LADCD_ACTIVE"]].append(points[row["LADCD"]])
    for code, parts in older.items():
        points.setdefault(code, mean(parts))
    for row in districts:
        if row["LADCD"] not in points and row["LADNM"] == row["LADNM_ACTIVE"]:
            points[row["LADCD"]] = points[row["LADCD_ACTIVE"]]
    return points


def mean(points: list[Point]) -> Point:
    """The middle of several districts, each weighing as much as its area."""
    area = sum(point.area for point in points)

    def of(part: Callable[[Point], float]) -> float:
        return sum(part(point) * point.area for point in points) / area

    return Point(
        longitude=of(lambda point: point.longitude),
        latitude=of(lambda point: point.latitude),
        east=of(lambda point: point.east),
        north=of(lambda point: point.north),
        area=area,
    )


def _districts(tables: Tables) -> list[Row]:
    """Every district, live or ended."""
    ended = {old: day for old, _, day in tables.changes}
    started: dict[str, str] = {new: day for _, new, day in tables.changes}
    rows = []
    for row in tables.districts:
        code = row["LADCD"]
        begun = started.get(code, "")
        if code in UNITARIES_OF_2009:
            begun = "2009-04-01"
        if code.startswith("N09"):
            begun = NORTHERN_IRELAND_DISTRICTS
        rows.append(
            Row(
                code=code,
                name=row["LADNM"],
                kind="district",
                started=begun,
                ended=ended.get(code, ""),
                parents=_parents(row, tables),
                point=tables.points.get(code),
            )
        )
    return rows


def _parents(row: dict[str, str], tables: Tables) -> tuple[str, ...]:
    """A district's county, combined authority, city region and region or nation, if it has them."""
    code, number = row["LADCD"], int(row["LADCD"][-3:])
    active = row["LADCD_ACTIVE"]
    county = tables.counties_2014.get(code, "")
    if code == active:
        county = row["UTLACD"] if row["UTLACD"].startswith("E10") else ""
    elif not county and row["UTLACD"].startswith("E10"):
        county = row["UTLACD"]
    elif code == "E07000246":
        county = "E10000027"
    if code.startswith("E08"):
        held = [key for key, numbers in METROPOLITAN_COUNTIES.items() if number in numbers]
        county = held[0] if held else ""
    if code.startswith("E09"):
        county = "E13000001" if number in INNER_LONDON else "E13000002"
    authority = tables.authorities.get(code, "")
    if not authority and code in ("E08000016", "E08000019"):
        authority = tables.authorities[active]
    return tuple(
        parent
        for parent in (county, authority, _city_region(code), row["RGNCD"] or row["CTRYCD"])
        if parent
    )


def _city_region(code: str) -> str:
    """The city region of a district of London, Wales or Northern Ireland, if it has one."""
    if code.startswith("E09"):
        return "E61000001"
    for region, numbers in CITY_REGION_DISTRICTS.items():
        if region[0] == code[0] and int(code[-3:]) in numbers:
            return region
    return ""


def _larger_places(tables: Tables, live: dict[str, Row]) -> list[Row]:
    """Every place above the districts, its point the mean of its live districts'."""
    regions = {row["RGNCD"]: row["RGNNM"] for row in tables.districts if row["RGNCD"]}
    nations = {row["CTRYCD"]: row["CTRYNM"] for row in tables.districts}
    kingdom, name = UNITED_KINGDOM
    rows = [Row(kingdom, name, "country")]
    rows += [
        Row(code, name, "country group", parents=(kingdom,))
        for code, (name, _) in COUNTRY_GROUPS.items()
    ]
    for code, name in nations.items():
        groups = [group for group, (_, held) in COUNTRY_GROUPS.items() if code in held]
        rows.append(Row(code, name, "nation", parents=(*reversed(groups), kingdom)))
    rows += [Row(code, name, "region", parents=("E92000001",)) for code, name in regions.items()]
    for code, (name, started, ended) in COMBINED_AUTHORITIES.items():
        parent = ENDED_AUTHORITIES.get(code) or _common(live, code, prefix="E12") or "E92000001"
        rows.append(Row(code, name, "combined authority", started, ended, (parent,)))
    rows += [
        Row(code, name, "city region", started=started, parents=(parent,))
        for code, (name, parent, started) in CITY_REGIONS.items()
    ]
    rows += _county_rows(tables, live)
    return [replace(row, point=_middle(row, live)) for row in rows]


def _county_rows(tables: Tables, live: dict[str, Row]) -> list[Row]:
    """The counties, live and ended: an ended one has the region of the districts that it had."""
    regions = {row["LADCD"]: row["RGNCD"] for row in tables.districts}
    was_in = {county: regions[code] for code, county in tables.counties_2014.items() if county}
    was_in |= {code: region for code, (_, region, _) in ENDED_COUNTIES.items()}
    gone: dict[str, tuple[str, int | None]] = {
        code: (name, year) for code, (name, _, year) in ENDED_COUNTIES.items()
    }
    rows = []
    for code, (name, year) in (tables.counties | gone).items():
        authority = "" if year else _common(live, code, prefix="E47")
        city_region = "E61000001" if code in LONDON else ""
        region = was_in[code] if year else _common(live, code, prefix="E12")
        parents = tuple(parent for parent in (authority, city_region, region) if parent)
        rows.append(Row(code, name, "county", "", f"{year}-04-01" if year else "", parents))
    return rows


def _common(live: dict[str, Row], place: str, *, prefix: str) -> str:
    """The one parent of a kind that all districts of a place share, or nothing."""
    found = {
        next((parent for parent in row.parents if parent.startswith(prefix)), "")
        for row in live.values()
        if place in row.parents
    }
    return found.pop() if len(found) == 1 else ""


def _middle(row: Row, live: dict[str, Row]) -> Point | None:
    """The mean of the live districts in a place, or nothing if it has none."""
    held = [district.point for district in live.values() if _holds(row, district)]
    points = [point for point in held if point]
    return mean(points) if points else None


def _holds(place: Row, district: Row) -> bool:
    if place.kind == "country":
        return True
    if place.kind == "country group":
        return any(district.code[0] == nation[0] for nation in COUNTRY_GROUPS[place.code][1])
    if place.kind == "nation":
        return district.code[0] == place.code[0]
    return place.code in district.parents


if __name__ == "__main__":
    main(sys.argv[1:])
