"""Make the figures of the bundled West Midlands workspace from the published files.

Run it from the project's folder: python -m tools.make_west_midlands SHARED_DATA [FOLDER]
"""

import csv
import gzip
import hashlib
import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook
from tools.west_midlands_sources import (
    COMMIT_DAY,
    CORE_CITIES,
    ELS,
    HISTORY,
    LICENCE,
    MEETING,
    OFCOM_PAGE,
    OTHER,
    TERRITORIES,
)

from placedex.places import Register, bundled_register

FIGURES = Path(__file__).parent.parent / "src/placedex/examples/west-midlands/figures"
HEADER = ("place", "indicator", "period", "value", "low", "high", "status", "origin")
AUTHORITY, REGION, KINGDOM = "E47000007", "E12000005", "K02000001"
MARKS = {"c": "suppressed", "u": "suppressed", "x": "not collected"}
ALIKE = TERRITORIES | {"K99000002": KINGDOM}


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A row of the figures."""

    indicator: str
    place: str
    period: str
    value: str
    low: str = ""
    high: str = ""
    status: str = "published"
    origin: str = ""

    def cells(self) -> tuple[str, ...]:
        """The row as it stands in the file."""
        return tuple(getattr(self, name) for name in HEADER)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the workspace, and how codes in the files lead to them."""

    all: frozenset[str]
    with_history: frozenset[str]
    recodes: dict[str, str]
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, code: str) -> str:
        """The place that a published code means here, or nothing."""
        place = self.recodes.get(code) or ALIKE.get(code) or code
        return place if place in self.all else ""


def main(arguments: list[str]) -> None:
    """Write the figures and their origins."""
    shared = Path(arguments[0])
    folder = Path(arguments[1]) if len(arguments) > 1 else FIGURES
    places = workspace_places(bundled_register())
    figures = make(shared, places)
    folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(figure.cells() for figure in figures)
    (folder / "figures.csv").write_text(text.getvalue(), encoding="utf-8", newline="\n")
    used = {figure.origin for figure in figures}
    origins = _describe(shared, used)
    (folder / "origins.yaml").write_text(origins, encoding="utf-8", newline="\n")


def workspace_places(register: Register) -> Places:
    """The country, nations, regions, combined authorities, the region's districts, core cities."""
    kinds = ("country", "nation", "region", "combined authority")
    larger = {place.code for kind in kinds for place in register.of_kind(kind)}
    members = {
        place.code: _districts(register, place.code)
        for place in register.of_kind("combined authority")
    }
    districts = {*_districts(register, REGION), *CORE_CITIES}
    history = {AUTHORITY, REGION, KINGDOM, *members[AUTHORITY]}
    return Places(frozenset(larger | districts), frozenset(history), register.recodes(), members)


def _districts(register: Register, code: str) -> tuple[str, ...]:
    return tuple(place.code for place in register.within(code) if place.kind == "district")


def make(shared: Path, places: Places) -> list[Figure]:
    """Every figure of the workspace, in order of indicator, place and period."""
    figures = [
        *_statistics(shared, places),
        *_older_connectivity(shared, places),
        *_ofcom(shared, places),
        *_gross_value_added(shared, places),
        *_enterprises(shared, places),
    ]
    figures.sort()
    keys = [(figure.indicator, figure.place, figure.period) for figure in figures]
    twice = next((one for one, other in pairwise(keys) if one == other), None)
    if twice:
        raise ValueError(f"{twice} is there twice. Wanted one figure of each place and period.")
    return figures


def _statistics(shared: Path, places: Places) -> Iterator[Figure]:
    """The latest figures of ONS Explore Local Statistics, and all periods where history is kept."""
    for name, about in ELS.items():
        path = _els_file(shared, name)
        found: dict[tuple[str, str, str], tuple[bool, Figure]] = {}
        latest: dict[str, str] = defaultdict(str)
        for row in _rows(path):
            indicator = about.indicators.get(row["indicator"])
            place = places.of(row["areacd"])
            if indicator is None:
                continue
            period = _period(row["period"], monthly=indicator in _monthly())
            latest[indicator] = max(latest[indicator], period)
            if not place:
                continue
            figure = _figure(row, indicator=indicator, place=place, period=period, name=name)
            key = (indicator, place, period)
            own = row["areacd"] == place
            # A place's own code wins over an old one or one of a territorial level.
            if key not in found or (own and not found[key][0]):
                found[key] = (own, figure)
        for (indicator, place, period), (_, figure) in found.items():
            wanted = (latest[indicator], MEETING.get(indicator))
            if place in places.with_history or period in wanted:
                yield figure


def _monthly() -> set[str]:
    return {indicator for indicator, _ in HISTORY.values()}


def _figure(row: dict[str, str], *, indicator: str, place: str, period: str, name: str) -> Figure:
    """A row of a file of ONS Explore Local Statistics as a figure."""
    status = MARKS.get(row["status"], "published" if row["observation"] else "not collected")
    if row["observation"] and "unreliable" in (row.get("notes") or ""):
        status = "unreliable"
    value, low, high = (_number(row[key]) for key in ("observation", "lci_95", "uci_95"))
    return Figure(indicator, place, period, value, low, high, status, f"ons-els-{name}")


def _els_file(shared: Path, name: str) -> Path:
    path = shared / "ons-els" / name / f"{name}.csv"
    return path if path.exists() else path.with_suffix(".csv.gz")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, its column names in small letters."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        yield {key.lower(): value for key, value in row.items()}


def _period(text: str, *, monthly: bool) -> str:
    """A period in its one written form: 2023, 2026-01, 2025-04-30, 2024-08/P1Y."""
    if monthly:
        return text[:7]
    start, _, length = text.partition("/")
    if not length:
        return start
    if length != "P1Y" or not start.endswith("-01"):
        raise ValueError(f"'{text}' is not a period. Wanted a year from the first of a month.")
    return start[:4] if start[5:7] == "01" else f"{start[:7]}/P1Y"


def _number(text: str | float) -> str:
    """A number with all its digits in the shortest form, or nothing."""
    if text == "":
        return ""
    number = float(text)
    return str(int(number)) if number.is_integer() else repr(number)


def _older_connectivity(shared: Path, places: Places) -> Iterator[Figure]:
    """Older editions of the four connectivity statistics, for the places whose history is kept."""
    for path in sorted((shared / "ons-els-history" / "connectivity").glob("*.csv")):
        kind, month = path.stem.split("__")[0].split("_")
        for row in _rows(path):
            place = places.of(row["areacd"])
            if place not in places.with_history:
                continue
            if row["period"][:7] != month:
                raise ValueError(f"{path.name}: the period is {row['period']}. Wanted {month}.")
            value = _number(row.get("observation") or row["value"])
            origin = f"ons-els-{kind}-{month}"
            yield Figure(HISTORY[kind][0], place, month, value, origin=origin)


def _ofcom(shared: Path, places: Places) -> Iterator[Figure]:
    """Ofcom's tables of districts."""
    tables = (
        ("ofcom-mobile-2024", "fourGAll", "4g-indoor-all-operators", "2024-09"),
        ("ofcom-broadband-2024", "fullFibre", "full-fibre-premises", "2024-07"),
    )
    for origin, key, indicator, month in tables:
        content = json.loads((shared / OTHER[origin]["file"]).read_text(encoding="utf-8"))
        for code, row in content.items():
            place = places.of(code)
            if place:
                yield Figure(indicator, place, month, _number(row[key]), origin=origin)
    origin = "ofcom-full-fibre-take-up-2025"
    for row in _rows(shared / OTHER[origin]["file"]):
        place = places.of(row["laua"])
        if place:
            value = _number(row["full-fibre take-up (% of full-fibre coverage)"])
            yield Figure("full-fibre-take-up", place, "2025-07", value, origin=origin)


def _gross_value_added(shared: Path, places: Places) -> Iterator[Figure]:
    """Gross value added of all industries and of information and communication."""
    asked = (
        'SELECT "geography.code", year("dates.date"), "industry.code", value FROM read_parquet(?) '
        "WHERE \"industry.code\" IN ('Total', 'J (58-63)') AND \"variable.name\" = ?"
    )
    codes = {"Total": "gva", "J (58-63)": "ict-gva"}
    tables = (
        ("ons-gva-regions", "Current prices"),
        ("ons-gva-districts", "GVA Current Prices £m"),
    )
    for origin, variable in tables:
        path = str(shared / OTHER[origin]["file"])
        rows = duckdb.execute(asked, [path, variable]).fetchall()
        values = {(codes[industry], code, year): value for code, year, industry, value in rows}
        latest = max(year for _, _, year in values)
        for (indicator, code, year), value in values.items():
            place = places.of(code)
            if place and (year == latest or place in places.with_history):
                yield Figure(indicator, place, str(year), _number(value), origin=origin)
        if origin == "ons-gva-districts":
            yield from _summed_value_added(values, places, latest=latest)


def _summed_value_added(
    values: dict[tuple[str, str, int], float], places: Places, *, latest: int
) -> Iterator[Figure]:
    """Gross value added of the combined authorities: their districts' in sum."""
    sums: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    homes = {code: home for home, codes in places.members.items() for code in codes}
    for (indicator, code, year), value in values.items():
        home = homes.get(places.recodes.get(code, code))
        if home and (year == latest or home in places.with_history):
            sums[indicator, home, year].append(value)
    for (indicator, home, year), parts in sums.items():
        _check_whole(parts, places.members[home], home=home)
        total = _number(sum(parts))
        origin = "ons-gva-districts-summed"
        yield Figure(indicator, home, str(year), total, status="derived", origin=origin)


def _check_whole(parts: list[float], districts: tuple[str, ...], *, home: str) -> None:
    if len(parts) != len(districts):
        raise ValueError(
            f"{home}: {len(parts)} districts have a figure. Wanted all {len(districts)}."
        )


def _enterprises(shared: Path, places: Places) -> Iterator[Figure]:
    """Enterprises of all industries and of information and communication, from the workbook."""
    origin, month = "ons-uk-business-2024", "2024-03"
    book = CalamineWorkbook.from_path(shared / OTHER[origin]["file"])
    rows = book.get_sheet_by_name("Table 1").to_python()
    header = next(row for row in rows if row[-1] == "Total")
    columns = {
        "enterprises": len(header) - 1,
        "ict-enterprises": header.index("58-63 : Information & communication"),
    }
    homes = {code: home for home, codes in places.members.items() for code in codes}
    sums: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows[rows.index(header) + 1 :]:
        code = str(row[0]).split(" : ")[0]
        home = homes.get(places.recodes.get(code, code))
        for indicator, column in columns.items():
            if places.of(code):
                value = _number(str(row[column]))
                yield Figure(indicator, places.of(code), month, value, origin=origin)
            if home:
                sums[indicator, home].append(float(str(row[column])))
    for (indicator, home), parts in sums.items():
        _check_whole(parts, places.members[home], home=home)
        value = _number(sum(parts))
        yield Figure(indicator, home, month, value, status="derived", origin=f"{origin}-summed")


def _describe(shared: Path, used: set[str]) -> str:
    """The origins in use as YAML, in order of code."""
    origins = dict(OTHER)
    for name, about in ELS.items():
        path = _els_file(shared, name)
        origins[f"ons-els-{name}"] = _els_origin(path, title=about.title, note=about.note)
    for path in sorted((shared / "ons-els-history" / "connectivity").glob("*.csv")):
        (kind, month), commit = path.stem.split("__")[0].split("_"), path.stem.split("__")[1]
        origins[f"ons-els-{kind}-{month}"] = {
            "publisher": "Ofcom, through ONS Explore Local Statistics",
            "title": HISTORY[kind][1],
            "edition": f"{month}, an older edition (commit {commit} of the publisher's repository)",
            "url": OFCOM_PAGE,
            "licence": LICENCE,
            "file": path.relative_to(shared).as_posix(),
        }
    lines = []
    for code in sorted(used):
        entry = {"code": code, **origins[code]}
        note = entry.pop("note", "")
        entry["sha256"] = hashlib.sha256((shared / entry["file"]).read_bytes()).hexdigest()
        lines.append(_yaml_entry(entry | ({"note": note} if note else {})))
    return "\n".join(lines)


def _els_origin(path: Path, *, title: str, note: str) -> dict[str, str]:
    """Where a file of ONS Explore Local Statistics comes from, by the JSON file beside it."""
    described = path.parent / f"{path.parent.name}.json"
    about = json.loads(described.read_text(encoding="utf-8"))
    metadata = about["ess-beta-metadata"]
    shared = metadata.get("shared", metadata)
    day, month, year = shared["sourceDate"].split("|")[0].split("/")
    publishers = " and ".join(dict.fromkeys(shared["sourceOrg"].split("|")))
    edition = about["_note"].removeprefix("This file was last modified on ").split(" at ")[0]
    return {
        "publisher": f"{publishers}, through ONS Explore Local Statistics",
        "title": title,
        "edition": "-".join(reversed(edition.split("/"))),
        "url": shared["sourceURL"].split("|")[0],
        "licence": LICENCE,
        "published": f"{year}-{month}-{day}",
        "accessed": COMMIT_DAY,
        "file": path.relative_to(path.parents[2]).as_posix(),
        "note": note,
    }


def _yaml_entry(about: dict[str, str]) -> str:
    """One origin as an entry of a YAML list; JSON strings are YAML strings."""
    bare = ("published", "accessed")
    cells = [
        f"{key}: {value if key in bare else json.dumps(value, ensure_ascii=False)}"
        for key, value in about.items()
    ]
    return "- " + "\n  ".join(cells) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
