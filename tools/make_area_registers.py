"""Make the registers beside the main one: territorial levels, partnerships and small areas.

Run it from the project's folder: python -m tools.make_area_registers SHARED_DATA [FOLDER]
"""

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tools.area_registers import ABOUT, SOURCES
from tools.register_facts import ITL_2021_RENUMBERED, LEP_DAY, PARTNERSHIPS_OF_2017

from placedex.store import write_bytes, write_text

REGISTERS = Path(__file__).parent.parent / "src" / "placedex" / "places" / "registers"
HEADER = "code,name,kind,started,ended,parents,longitude,latitude,column,row"


@dataclass(frozen=True, slots=True)
class Area:
    """A row of a register."""

    code: str
    name: str
    kind: str
    parents: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    ended: str = ""


def main(arguments: list[str]) -> None:
    """Write every register into the folder of registers."""
    shared = Path(arguments[0])
    folder = Path(arguments[1]) if len(arguments) > 1 else REGISTERS
    geography = shared / "geography"
    write_table(folder, "itl-2025", itl_2025(geography))
    write_table(folder, "itl-2021", itl_2021(shared / "regional-accounts" / "itl2021-tables"))
    for code, file, columns in NUTS:
        write_table(folder, code, nuts(geography / "lookups" / file, columns))
    write_table(folder, "lep-2020", partnerships(geography / "lookups"))
    write_table(folder, "ttwa-2011", travel_to_work_areas(geography / "lookups"))
    write_table(folder, "lsip-2023", skills_areas(geography / "lookups" / "LSIP_lookup.xlsx"))
    small = SmallAreas(shared)
    write_small(folder, "small-areas-2011", small.of_2011())
    write_small(folder, "small-areas-2021", small.of_2021())
    write_small(folder, "middle-areas-2011", small.middle("MSOA11CD", "MSOA11NM"))
    write_small(folder, "middle-areas-2021", small.middle("MSOA21CD", "MSOANM"))


NUTS = (
    ("nuts-2013", "LAD13_to_NUTS3-2-1_2015_UK__ons-lookups-158.csv", ("315", "215", "115")),
    ("nuts-2016", "LAD16_to_NUTS3-2-1_2018_UK__ons-lookups-175.csv", ("318", "218", "118")),
)


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a published table, packed or not, with or without a byte-order mark."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def itl_2025(geography: Path) -> Iterable[Area]:
    """International territorial levels of 2025, each with the levels above it."""
    found: dict[str, Area] = {}
    [path] = (geography / "lookups").glob("LAD25_ITL3_ITL2_ITL1_2025__*.csv")
    for row in rows(path):
        one, two, three = row["ITL125CD"], row["ITL225CD"], row["ITL325CD"]
        found.setdefault(one, Area(one, plain(row["ITL125NM"]), "ITL 1"))
        found.setdefault(two, Area(two, row["ITL225NM"], "ITL 2", (one,)))
        found.setdefault(three, Area(three, row["ITL325NM"], "ITL 3", (two, one)))
    return in_order(found.values())


def itl_2021(folder: Path) -> Iterable[Area]:
    """International territorial levels of 2021, as the accounts of April 2024 list them."""
    found: dict[str, Area] = {}
    for pattern, kind, name in (
        ("Table 1c*", "ITL 1", "ITL region name"),
        ("Table 2c*", "ITL 2", "Region name"),
        ("Table 3c*", "ITL 3", "Region name"),
    ):
        [path] = folder.glob(pattern)
        for row in rows(path):
            code = row.get("ITL code") or row.get("ITL region code") or ""
            if re.fullmatch(r"TL[C-N]\w{0,2}", code):
                above = tuple(code[:end] for end in range(len(code) - 1, 2, -1))
                found.setdefault(code, Area(code, plain(row[name]), kind, above))
    for old, new in ITL_2021_RENUMBERED.items():
        found[old] = replace(found[new], code=old, ended="2021-01-01")
    return in_order(found.values())


def nuts(path: Path, columns: tuple[str, str, str]) -> Iterable[Area]:
    """Territorial units for statistics, from the districts' lookup of their time."""
    found: dict[str, Area] = {}
    for row in rows(path):
        above: tuple[str, ...] = ()
        for level, digits in enumerate(reversed(columns), start=1):
            # One file writes NUT115CD beside NUTS115NM.
            code = row.get(f"NUTS{digits}CD") or row[f"NUT{digits}CD"]
            name = plain(row[f"NUTS{digits}NM"])
            found.setdefault(code, Area(code, name, f"NUTS {level}", above))
            above = (code, *above)
    return in_order(found.values())


def partnerships(lookups: Path) -> Iterable[Area]:
    """Local enterprise partnerships: those of 2020, and earlier ones that were gone by then."""
    found: dict[str, Area] = {}
    kind = "local enterprise partnership"
    [now] = lookups.glob("LEP20_*.csv")
    for row in rows(now):
        found[row["LEP20CD"]] = Area(row["LEP20CD"], row["LEP20NM"], kind)
    [then] = lookups.glob("LSOA11_to_LEP14_*.csv.gz")
    for row in rows(then):
        for number in ("1", "2"):
            code = row[f"LEP14CD{number}"]
            if code and code not in found:
                found[code] = Area(code, row[f"LEP14NM{number}"], kind, ended=LEP_DAY)
    for code, name in PARTNERSHIPS_OF_2017.items():
        found[code] = Area(code, name, kind, ended=LEP_DAY)
    return in_order(found.values())


def skills_areas(path: Path) -> Iterable[Area]:
    """Areas of the local skills improvement plans of 2023."""
    from python_calamine import CalamineWorkbook

    header, *lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    code, name = header.index("LSIP23CD"), header.index("LSIP23NM")
    found = {
        str(line[code]): Area(str(line[code]), str(line[name]).strip(), "skills improvement area")
        for line in lines
        if line[code]
    }
    return in_order(found.values())


def travel_to_work_areas(lookups: Path) -> Iterable[Area]:
    """Travel to work areas of 2011."""
    [path] = lookups.glob("LSOA11_to_TTWA11_*.csv.gz")
    found = {
        row["TTWA11CD"]: Area(row["TTWA11CD"], row["TTWA11NM"], "travel to work area")
        for row in rows(path)
        if row["TTWA11CD"]
    }
    return in_order(found.values())


class SmallAreas:
    """Output areas, data zones and super output areas, with their districts and middles."""

    def __init__(self, shared: Path) -> None:
        self._geography = shared / "geography"
        self._deprivation = shared / "deprivation"
        lookups = self._geography / "geo-lookups"
        self._middles = list(rows(lookups / "msoa_la.csv.gz"))
        self._points = {
            row["LSOACD"]: (float(row["longitude"]), float(row["latitude"]))
            for row in rows(lookups / "lsoa_latlong.csv.gz")
            if row["longitude"]
        }
        self._active = {
            row["LADCD"]: row["LADCD_ACTIVE"] for row in rows(lookups / "la_all_codes.csv")
        }

    def of_2011(self) -> Iterable[Area]:
        """Lower layer areas and data zones of 2011, and Northern Ireland's areas of 2001."""
        by_name = self._by_name("MSOA11CD", "MSOA11NM")
        of_2021 = self._by_name("MSOA21CD", "MSOANM")
        [path] = (self._geography / "lookups").glob("LSOA_(2011)_to_LSOA_(2021)*.csv.gz")
        found = {}
        for row in rows(path):
            name = row["LSOA11NM"]
            # Where a district was renamed since, the middle area is the same, under the new name.
            middle = of_2021.get(row["LSOA21NM"][:-1].strip(), "")
            if name[:-1].strip() not in by_name and middle in by_name.values():
                by_name[name[:-1].strip()] = middle
            found[row["LSOA11CD"]] = self._area(
                row["LSOA11CD"], name, "LSOA", district=row["LAD22CD"], middles=by_name
            )
        found |= {one.code: one for one in self._scotland()}
        found |= {one.code: one for one in self._northern_ireland()}
        return in_order(found.values())

    def of_2021(self) -> Iterable[Area]:
        """Lower layer areas of 2021, and Northern Ireland's data zones of 2021."""
        by_name = self._by_name("MSOA21CD", "MSOANM")
        [path] = (self._geography / "lookups").glob("Lower_Layer_Super_Output_Area_(2021)*.csv.gz")
        found = {
            row["LSOA21CD"]: self._area(
                row["LSOA21CD"], row["LSOA21NM"], "LSOA", district=row["LAD23CD"], middles=by_name
            )
            for row in rows(path)
        }
        found |= {
            code: self._area(code, "", "data zone", district="", middles={})
            for code in self._points
            if code.startswith("N20")
        }
        return in_order(found.values())

    def middle(self, code: str, name: str) -> Iterable[Area]:
        """Middle layer areas, intermediate zones and super data zones of one census."""
        found = {
            row[code]: Area(row[code], row[name] or row["MSOANM"], "MSOA", self._within(row))
            for row in self._middles
            if row[code] and not row[code].startswith("95")
        }
        return in_order(found.values())

    def _within(self, row: dict[str, str]) -> tuple[str, ...]:
        district = self._active.get(row["LADCD_ACTIVE"], row["LADCD_ACTIVE"])
        return (district,) if district else ()

    def _by_name(self, code: str, name: str) -> dict[str, str]:
        return {row[name]: row[code] for row in self._middles if row[code] and row[name]}

    def _area(
        self, code: str, name: str, kind: str, *, district: str, middles: dict[str, str]
    ) -> Area:
        middle = middles.get(name[:-1].strip(), "")
        above = tuple(one for one in (middle, self._active.get(district, district)) if one)
        longitude, latitude = self._points.get(code, (None, None))
        return Area(code, name or code, kind, above, longitude, latitude)

    def _scotland(self) -> Iterator[Area]:
        councils = {
            row["LADNM"]: row["LADCD"]
            for row in rows(self._geography / "geo-lookups" / "la_all_codes.csv")
            if row["LADCD"].startswith("S12") and row["LADCD"] == row["LADCD_ACTIVE"]
        }
        zones = {
            (row["MSOANM"], row["LADCD_ACTIVE"]): row["MSOACD"]
            for row in self._middles
            if row["MSOACD"].startswith("S02")
        }
        [path] = (self._deprivation / "simd2020").glob("*indicators*")
        for row in rows(path):
            name = row["Council_area"].replace("&", "and").replace("an Iar", "Siar")
            council = councils[name]
            zone = zones.get((row["Intermediate_Zone"], council), "")
            above = tuple(one for one in (zone, council) if one)
            point = self._points.get(row["Data_Zone"], (None, None))
            yield Area(row["Data_Zone"], row["Data_Zone"], "data zone", above, *point)

    def _northern_ireland(self) -> Iterator[Area]:
        for row in rows(self._deprivation / "nimdm2017" / "nimdm2017-soa.csv"):
            point = self._points.get(row["SOA2001"], (None, None))
            name = row["SOA2001name"].replace("_", " ")
            yield Area(row["SOA2001"], name, "super output area", (row["LGD2014code"],), *point)


def plain(name: str) -> str:
    """A name without what a table adds to it."""
    return name.replace(" (England)", "").strip()


def in_order(areas: Iterable[Area]) -> list[Area]:
    """The areas by kind and code."""
    return sorted(areas, key=lambda area: (area.kind, area.code))


def write_table(folder: Path, code: str, areas: Iterable[Area]) -> None:
    """A register as CSV, with its description beside it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER.split(","))
    for area in areas:
        writer.writerow(
            [
                area.code,
                area.name,
                area.kind,
                "",
                area.ended,
                ";".join(area.parents),
                "",
                "",
                "",
                "",
            ]
        )
    write_text(folder / f"{code}.csv", buffer.getvalue())
    write_text(folder / f"{code}.yaml", ABOUT[code] + SOURCES[code])


def write_small(folder: Path, code: str, areas: Iterable[Area]) -> None:
    """A large register as Parquet, with its description beside it."""
    listed = list(areas)
    table = pa.table(
        {
            "code": [area.code for area in listed],
            "name": [area.name for area in listed],
            "kind": pa.array([area.kind for area in listed]).dictionary_encode(),
            "parents": [";".join(area.parents) for area in listed],
            "longitude": pa.array([_short(area.longitude) for area in listed], pa.float32()),
            "latitude": pa.array([_short(area.latitude) for area in listed], pa.float32()),
        }
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", compression_level=19, write_statistics=False)
    write_bytes(folder / f"{code}.parquet", sink.getvalue())
    write_text(folder / f"{code}.yaml", ABOUT[code] + SOURCES[code])


def _short(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, 4)


if __name__ == "__main__":
    main(sys.argv[1:])
