"""Make the registers of areas that ended, of wards and of groupings, and the changes between areas.

Run it from the project's folder after tools.make_area_registers:
python -m tools.make_registers_more SHARED_DATA [FOLDER]
"""

import csv
import gzip
import io
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.make_area_registers import (
    NUTS,
    REGISTERS,
    Area,
    in_order,
    nuts,
    plain,
    rows,
    write_small,
    write_table,
)
from tools.register_facts import (
    GROUPINGS,
    ITL_2021_RENUMBERED,
    NUTS_ENDED_2010,
    NUTS_ENDED_2013,
)

from placedex.places import read_register
from placedex.store import write_text

CENSUS = "2021-03-21"
Ended = Mapping[str, tuple[str, tuple[str, ...]]]


def main(arguments: list[str]) -> None:
    """Write every one of these registers into the folder of registers."""
    geography = Path(arguments[0]) / "geography"
    folder = Path(arguments[1]) if len(arguments) > 1 else REGISTERS
    code, file, columns = NUTS[0]
    of_2013 = list(nuts(geography / "lookups" / file, columns))
    of_2010 = before(of_2013, NUTS_ENDED_2013)
    write_table(folder, "nuts-2010", of_2010)
    write_table(folder, "nuts-2006", before(of_2010, NUTS_ENDED_2010))
    write_changes(folder, code, of_units(NUTS_ENDED_2013, day="2015-01-01"))
    write_changes(folder, "nuts-2010", of_units(NUTS_ENDED_2010, day="2012-01-01"))
    renumbered = [(old, new, "2021-01-01") for old, new in ITL_2021_RENUMBERED.items()]
    write_changes(folder, "itl-2021", renumbered)
    write_table(folder, "lau-1", local_units(geography / "lookups"))
    write_table(
        folder, "groupings", [Area(code, name, "grouping") for code, name in GROUPINGS.items()]
    )
    write_small(folder, "wards-2025", wards(geography / "ons-els-app" / "areas-list.json.gz"))
    # The lookup gives each area of 2011 one successor; what is not merged there was split.
    changed = of_small_areas(geography / "lookups")
    write_changes(folder, "small-areas-2021", changed, alone="split")
    middle = of_middle_areas(folder, changed)
    # A middle area got another code because its boundary moved, be it by little.
    write_changes(folder, "middle-areas-2021", middle, alone="boundary moved")


def before(areas: Iterable[Area], ended: Ended) -> list[Area]:
    """The areas as they were before some of them came in place of others."""
    begun = {new for _, news in ended.values() for new in news}
    kept = [area for area in areas if area.code not in begun]
    old = [
        Area(
            code,
            name,
            f"NUTS {len(code) - 2}",
            tuple(code[:end] for end in range(len(code) - 1, 2, -1)),
        )
        for code, (name, _) in ended.items()
    ]
    return in_order([*kept, *old])


def of_units(ended: Ended, *, day: str) -> list[tuple[str, str, str]]:
    """Old code, new code and day of territorial units."""
    return [(old, new, day) for old, (_, news) in ended.items() for new in news]


def of_small_areas(lookups: Path) -> list[tuple[str, str, str]]:
    """Old code, new code and day of the small areas that the census of 2021 changed.

    The lookup gives each area of 2011 one successor. The other parts of an area that was split are
    those to which no area leads, in the same middle layer area, if no other was split there and
    their codes follow on the successor's, as the codes of the parts of one area do.
    """
    [path] = lookups.glob("LSOA_(2011)_to_LSOA_(2021)*.csv.gz")
    names = {row["LSOA11CD"]: row["LSOA21NM"] for row in rows(path)}
    pairs = {row["LSOA11CD"]: row["LSOA21CD"] for row in rows(path)}
    led = Counter(pairs.values())
    [path] = lookups.glob("Lower_Layer_Super_Output_Area_(2021)*.csv.gz")
    loose: dict[str, list[str]] = defaultdict(list)
    for row in rows(path):
        if row["LSOA21CD"] not in led:
            loose[row["LSOA21NM"][:-1]].append(row["LSOA21CD"])
    split: dict[str, list[str]] = defaultdict(list)
    for old, new in pairs.items():
        if old != new and led[new] == 1:
            split[names[old][:-1]].append(old)
    found = [(old, new) for old, new in pairs.items() if old != new]
    for middle, olds in split.items():
        parts = sorted([pairs[olds[0]], *loose[middle]])
        if len(olds) == 1 and int(parts[-1][1:]) - int(parts[0][1:]) == len(parts) - 1:
            found += [(olds[0], part) for part in loose[middle]]
    return [(old, new, CENSUS) for old, new in sorted(found)]


def of_middle_areas(folder: Path, small: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Old code, new code and day of the middle layer areas that the census of 2021 changed.

    A middle area became those in which its small areas, or their parts, now are. Districts with a
    middle area to which none leads are left out.
    """
    registers = {
        f"{size}-{year}": read_register(folder, f"{size}-areas-{year}")
        for size in ("small", "middle")
        for year in ("2011", "2021")
    }
    old, new = (
        {
            area.code: above.code
            for area in registers[f"small-{year}"]
            for above in map(registers[f"middle-{year}"].get, area.parents)
            if above is not None
        }
        for year in ("2011", "2021")
    )
    changed = {one for one, _, _ in small}
    pairs = [(one, other) for one, other, _ in small] + [
        (code, code) for code in old if code not in changed
    ]
    gone = {one.code for one in registers["middle-2011"]} - {
        one.code for one in registers["middle-2021"]
    }
    found = {
        (old[one], new[other])
        for one, other in pairs
        if one in old and other in new and old[one] in gone
    }
    led = {other for _, other in found} | {one.code for one in registers["middle-2011"]}
    apart = {area.parents for area in registers["middle-2021"] if area.code not in led}
    kept = [pair for pair in found if registers["middle-2021"][pair[1]].parents not in apart]
    return [(one, other, CENSUS) for one, other in sorted(kept)]


def local_units(lookups: Path) -> list[Area]:
    """Local administrative units of Scotland that are no councils, or bear another code."""
    found: dict[str, Area] = {}
    active = {
        row["LADCD"]: row["LADCD_ACTIVE"]
        for row in rows(lookups.parent / "geo-lookups" / "la_all_codes.csv")
    }
    for pattern, unit, district, above in (
        ("LAD25_ITL3_*.csv", "LAU125", "LAD25", ("ITL325CD", "ITL225CD", "ITL125CD")),
        ("LAD18_to_NUTS3*.csv", "LAU118", "LAD18", ("NUTS318CD", "NUTS218CD", "NUTS118CD")),
        ("LAD16_to_NUTS3*.csv", "LAU118", "LAD16", ("NUTS318CD", "NUTS218CD", "NUTS118CD")),
    ):
        [path] = lookups.glob(pattern)
        for row in rows(path):
            code, council = row[f"{unit}CD"], row[f"{district}CD"]
            if code.startswith("S30"):
                parents = (active.get(council, council), *(row[one] for one in above))
                found.setdefault(code, Area(code, plain(row[f"{unit}NM"]), "LAU 1", parents))
    return in_order(found.values())


def wards(path: Path) -> list[Area]:
    """Wards of England and Wales, each in its district."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        listed = json.load(file)
    places = zip(listed["areacd"], listed["areanm"], listed["parentcd"], strict=True)
    active = {
        row["LADCD"]: row["LADCD_ACTIVE"]
        for row in rows(path.parent.parent / "geo-lookups" / "la_all_codes.csv")
    }
    return in_order(
        Area(code, name, "ward", (active.get(parent, parent),) if parent else ())
        for code, name, parent in places
        if code[:3] in ("E05", "W05")
    )


def write_changes(
    folder: Path, code: str, changes: list[tuple[str, str, str]], *, alone: str = "renumbered"
) -> None:
    """The changes that led to a register, each with what it was; one to one is as `alone` says."""
    olds = Counter(old for old, _, _ in changes)
    news = Counter(new for _, new, _ in changes)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("old", "new", "on", "kind"))
    for old, new, day in changes:
        kind = "split" if olds[old] > 1 else "merged" if news[new] > 1 else alone
        writer.writerow((old, new, day, kind))
    write_text(folder / f"{code}-changes.csv", buffer.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
