"""The figures of the bundled West Midlands workspace against the files that they were taken from.

The files are read anew here, by code that shares nothing with the tool that made the figures.
"""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from placedex.observations.catalogue import bundled_catalogue
from placedex.observations.origins_file import read_origins
from placedex.observations.period import parse_period
from placedex.observations.status import WORDS
from placedex.places import bundled_register

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "src/placedex/examples/west-midlands/figures"
SHARED = PROJECT.parent / "shared" / "data"
Published = dict[tuple[str, str], tuple[float | None, float | None, float | None, str]]

NAMES = {
    "Gigabit capable broadband": "gigabit-premises",
    "Premises with gigabit capable broadband": "gigabit-premises",
    "Premises below 30Mbps": "below-30-premises",
    "Premises below 30Mbits": "below-30-premises",
    "4G coverage": "4g-area",
    "4G coverage provided by at least one mobile network provider": "4g-area",
    "5G coverage": "5g-area",
    "5G coverage provided by at least one mobile network provider": "5g-area",
    "Level 3 or above qualifications (Great Britain)": "level-3",
    "No qualifications": "no-qualifications",
    "Apprenticeship starts (England)": "apprenticeship-starts",
    "Further education and skills participation": "further-education-participation",
    "GCSEs in English and Maths": "gcse-english-maths",
    "Business expenditure on research and development": "business-r-and-d",
    "Business births": "business-births",
    "High growth businesses": "high-growth-businesses",
    "Inward foreign direct investment": "inward-fdi",
    "Value of UK exports": "exports",
    "Gross value added per hour worked": "gva-per-hour",
    "Gross median weekly pay": "median-weekly-pay",
    "Gross disposable household income": "gdhi-per-head",
    "Employment rate": "employment-rate",
}
# Codes under which the files publish a place that bears another one here.
ALSO = {
    "E92000001": "TLB",
    "E12000001": "TLC",
    "E12000002": "TLD",
    "E12000003": "TLE",
    "E12000004": "TLF",
    "E12000005": "TLG",
    "E12000006": "TLH",
    "E12000007": "TLI",
    "E12000008": "TLJ",
    "E12000009": "TLK",
    "W92000004": "TLL",
    "S92000003": "TLM",
    "N92000002": "TLN",
    "E08000038": "E08000016",
    "E08000039": "E08000019",
}
MARKS = {"c": "suppressed", "u": "suppressed", "x": "not collected"}

needs_files = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published files are not beside the project"
)


def figures() -> list[dict[str, str]]:
    with (FOLDER / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sought(row: dict[str, str]) -> Iterator[str]:
    """The codes under which a figure may be published, its own first."""
    yield row["place"]
    yield ALSO.get(row["place"], "")
    if row["place"] == "K02000001":
        yield "K99000002" if row["indicator"] == "gva-per-hour" else "UK"


@cache
def published(name: str, indicator: str) -> Published:
    """Every value that a file publishes of an indicator, by code and period as written there."""
    path = SHARED / name
    if name.startswith("ons-els"):
        return statistics(path, indicator)
    if path.suffix == ".parquet":
        return value_added(path, indicator)
    if path.suffix == ".xlsx":
        return workbook(path, indicator)
    if path.suffix == ".json":
        return coverage(path, indicator)
    return take_up(path)


def statistics(path: Path, indicator: str) -> Published:
    table = duckdb.read_csv(str(path), all_varchar=True, header=True)
    at = {column.lower(): number for number, column in enumerate(table.columns)}
    value = at.get("observation", at.get("value", -1))
    low = at.get("lci_95", at.get("lower confidence interval (95%)", -1))
    high = at.get("uci_95", at.get("upper confidence interval (95%)", -1))
    notes = at["notes"]
    mark = at.get("status", at.get("observation status", -1))
    found: Published = {}
    for row in table.fetchall():
        if NAMES.get(row[at["indicator"]]) == indicator:
            numbers = [None if row[n] is None else float(row[n]) for n in (value, low, high)]
            doubted = row[notes] is not None and "unreliable" in row[notes]
            status = "unreliable" if doubted and row[value] is not None else "published"
            status = MARKS[row[mark]] if row[mark] else status
            found[row[at["areacd"]], row[at["period"]]] = (*numbers, status)  # type: ignore[assignment]
    return found


def value_added(path: Path, indicator: str) -> Published:
    table = duckdb.read_parquet(str(path))
    industry = {"gva": "Total", "ict-gva": "J (58-63)"}[indicator]
    rows = table.filter(
        f"\"industry.code\" = '{industry}' and \"variable.name\" like '%urrent%rices%'"
    ).project('"geography.code", "dates.date", value')
    return {(code, str(day.year)): (value, None, None, "") for code, day, value in rows.fetchall()}


def workbook(path: Path, indicator: str) -> Published:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Table 1").to_python()
    column = {"enterprises": 18, "ict-enterprises": 9}[indicator]
    assert [sheet[3][18], sheet[3][9]] == ["Total", "58-63 : Information & communication"]
    return {
        (str(row[0])[:9], "2024-03"): (float(str(row[column])), None, None, "")
        for row in sheet[4:]
        if row[0]
    }


def coverage(path: Path, indicator: str) -> Published:
    key, month = {
        "4g-indoor-all-operators": ("fourGAll", "2024-09"),
        "full-fibre-premises": ("fullFibre", "2024-07"),
    }[indicator]
    content = json.loads(path.read_text(encoding="utf-8"))
    return {(code, month): (float(row[key]), None, None, "") for code, row in content.items()}


def take_up(path: Path) -> Published:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    found: Published = {}
    for line in lines[1:]:
        cells = line.rsplit(",", 2)
        found[line[:9], "2025-07"] = (float(cells[1]), None, None, "")
    return found


def written(period: str) -> tuple[str, ...]:
    """The ways in which the files write a period."""
    if len(period) == 4:
        return (f"{period}-01-01/P1Y", period)
    if period.endswith("/P1Y"):
        return (f"{period[:7]}-01/P1Y",)
    if len(period) == 7:
        return (f"{period}-01", f"{period}-15", period)
    return (period,)


def look_up(row: dict[str, str], *, file: str) -> tuple[float | None, ...] | None:
    """Value, low, high and status as published for a figure, or nothing if the file has none."""
    values = published(file, row["indicator"])
    for code in sought(row):
        for period in written(row["period"]):
            if (code, period) in values:
                value, low, high, status = values[code, period]
                wanted = status or "published"
                assert wanted == row["status"], row
                return value, low, high
    return None


def summed(row: dict[str, str], *, file: str) -> tuple[float | None, ...] | None:
    """The sum over the districts that the publisher's lookup puts in a combined authority."""
    lookup = duckdb.read_csv(
        str(next((SHARED / "geography/lookups").glob("*Combined_Authority_(May_2025)*"))),
        all_varchar=True,
    ).fetchall()
    districts = [code for code, _, authority, *_ in lookup if authority == row["place"]]
    values = published(file, row["indicator"])
    parts = [
        values.get((code, row["period"])) or values[ALSO[code], row["period"]] for code in districts
    ]
    assert row["status"] == "derived"
    return sum(part[0] or 0.0 for part in parts), None, None


@needs_files
def test_every_bundled_figure_is_the_published_one() -> None:
    files = {origin.code: origin.file for origin in read_origins(FOLDER / "origins.yaml")}
    compared, wrong = 0, []

    for row in figures():
        answer = summed if row["origin"].endswith("-summed") else look_up
        expected = answer(row, file=files[row["origin"]])
        kept = tuple(float(row[key]) if row[key] else None for key in ("value", "low", "high"))
        compared += expected is not None
        if expected != kept:
            wrong.append((row, expected))

    assert wrong == []
    assert compared == len(figures())


@needs_files
def test_every_origin_bears_the_hash_of_the_file_that_it_names() -> None:
    for origin in read_origins(FOLDER / "origins.yaml"):
        content = (SHARED / origin.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == origin.sha256, origin.code


@needs_files
def test_every_core_place_has_the_latest_figure_that_its_file_publishes() -> None:
    """A figure left out would go unseen if only the kept ones were compared."""
    files = {origin.code: origin.file for origin in read_origins(FOLDER / "origins.yaml")}
    kept = {(row["indicator"], row["place"], row["period"]) for row in figures()}
    for row in figures():
        if "-20" in row["origin"] or row["origin"].endswith("-summed"):
            continue
        values = published(files[row["origin"]], row["indicator"])
        latest = max(period for _, period in values)
        for code in ("E47000007", "E12000005", "K02000001", "E08000025", "E06000023"):
            if (code, latest) in values:
                period = next(p for p in periods(row["indicator"]) if latest in written(p))
                assert (row["indicator"], code, period) in kept


@cache
def periods(indicator: str) -> tuple[str, ...]:
    return tuple({row["period"] for row in figures() if row["indicator"] == indicator})


def test_the_figures_stand_in_order_and_never_twice() -> None:
    keys = [(row["indicator"], row["place"], row["period"]) for row in figures()]

    assert keys == sorted(keys)
    assert Counter(keys).most_common(1)[0][1] == 1


def test_every_figure_speaks_of_a_known_place_indicator_status_and_origin() -> None:
    register, catalogue = bundled_register(), bundled_catalogue()
    origins = {origin.code for origin in read_origins(FOLDER / "origins.yaml")}

    for row in figures():
        assert register[row["place"]].live(register.day)
        assert catalogue[row["indicator"]].ratio is None, "reckoned figures are never stored"
        assert row["origin"] in origins
        assert WORDS[row["status"]].has_value == bool(row["value"])
    assert origins == {row["origin"] for row in figures()}


def test_every_period_is_of_the_kind_that_its_indicator_is_published_for() -> None:
    catalogue = bundled_catalogue()

    for row in figures():
        period = parse_period(row["period"])
        assert str(period) == row["period"]
        assert period.kind == catalogue[row["indicator"]].period


def test_an_interval_holds_its_value() -> None:
    for row in figures():
        if row["low"]:
            assert float(row["low"]) <= float(row["value"]) <= float(row["high"])


def test_no_origin_is_a_file_in_a_repository() -> None:
    """A reader is led to the publisher's page."""
    for origin in read_origins(FOLDER / "origins.yaml"):
        assert origin.url.startswith("https://")
        assert "github" not in origin.url


@pytest.mark.parametrize(
    ("indicator", "place", "period", "value"),
    [
        ("gigabit-premises", "E47000007", "2026-01", "95.9"),
        ("gigabit-premises", "E12000005", "2026-01", "90.2"),
        ("gigabit-premises", "K02000001", "2026-01", "87.8"),
        ("gva", "E08000025", "2023", "35427"),
        ("exports", "E47000007", "2023", "28575"),
        ("enterprises", "E47000007", "2024-03", "91940"),
    ],
)
def test_known_figures_of_the_west_midlands_are_kept(
    indicator: str, place: str, period: str, value: str
) -> None:
    rows = [row for row in figures() if (row["indicator"], row["place"]) == (indicator, place)]

    assert [row["value"] for row in rows if row["period"] == period] == [value]
