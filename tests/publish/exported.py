"""A small store to export, with everything that is hard to carry over, and what it holds."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa

from placedex.observations import (
    MIGRATIONS,
    Indicator,
    Measure,
    Observations,
    Origin,
    Ratio,
    Reading,
    keep_indicators,
    keep_observations,
    keep_places,
)
from placedex.observations.reading import COLUMNS
from placedex.places import Place, Register
from placedex.publish.export import Extract, choose, figure_tables, write_extract
from placedex.store import connect_memory, migrate

HOSTILE = '=cmd("x"),<b> & "Sons"'
DAY = date(2025, 4, 1)
PLACES = (
    Place("E08000001", "Ashby", "district", "test", ("K02000001",), -1.5, 52.25),
    Place("E08000002", HOSTILE, "district", "test", ("K02000001",)),
    Place("K02000001", "United Kingdom", "country", "test"),
    Place("E08000009", "Unmeasured", "district", "test"),
)
CATALOGUE = {
    one.code: one
    for one in (
        Indicator("gigabit", "Gigabit broadband", "% of premises", faults=("It is predicted.",),
                  measure=Measure("premises", "all", "where they stand", "by operators")),
        Indicator("jobs", "Digital jobs", "people", parts="sic-2007"),
        Indicator("all-jobs", "All jobs", "people"),
        Indicator("job-share", "Share of digital jobs", "% of jobs",
                  ratio=Ratio("jobs", "all-jobs", 100)),
        Indicator("pay", "Weekly pay", "£", alike=("pay",),
                  measure=Measure("pay of the week", prices="current", deflator="pay-deflator")),
        Indicator("pay-before", "Weekly pay at the prices of 2022", "£", alike=("pay",),
                  measure=Measure("pay of the week", prices="deflated 2022",
                                  deflator="pay-deflator")),
        Indicator("pay-deflator", "Prices of pay", "index",
                  measure=Measure("prices", prices="deflator")),
    )
}  # fmt: skip
ORIGINS = (
    Origin("lines", "Office of Lines", "Lines, by place", "2025", "https://example.org/lines",
           "Open Government Licence v3.0", date(2025, 3, 1), None, "lines.csv", "0" * 64),
    Origin("lines-before", "Office of Lines", "Lines, by place", "2024",
           "https://example.org/lines", "Open Government Licence v3.0", date(2024, 3, 1)),
    Origin("work", "Bureau of Work", 'Work "in" places', "2025", "https://example.org/work",
           "Ask first"),
)  # fmt: skip

Cells = tuple[str, str, str, str, float | None, float | None, float | None, str, str]
# Place, indicator, part, period, value, low, high, status and origin, in the order of an export.
FIGURES: tuple[Cells, ...] = (
    ("E08000001", "all-jobs", "", "2024", 1e4, None, None, "estimated", "work"),
    ("E08000001", "gigabit", "", "2024", 0.1 + 0.2, None, None, "published", "lines"),
    ("E08000001", "gigabit", "", "2026-01", 99.5, None, None, "imputed", "lines"),
    ("E08000001", "jobs", "", "2024", 1200.0, None, None, "published", "work"),
    ("E08000001", "jobs", "62", "2024", 0.0, None, None, "published", "work"),
    ("E08000001", "jobs", "62.01+", "2024", None, None, None, "suppressed", "work"),
    ("E08000001", "pay", "", "2024-08/P1Y", 640.5, 600.25, 680.75, "unreliable", "work"),
    ("E08000001", "pay", "", "2025-04-30", 1 / 3, None, None, "derived", "work"),
    ("E08000002", "gigabit", "", "2024", None, None, None, "not collected", "lines"),
    ("E08000002", "pay", "", "2019/P3Y", None, None, None, "not applicable", "work"),
    ("K02000001", "gigabit", "", "2024", 75.0, None, None, "published", "lines"),
)
FIGURES = tuple(
    (*one[:3], "2019-01/P3Y" if one[3] == "2019/P3Y" else one[3], *one[4:]) for one in FIGURES
)
BEFORE: Cells = ("E08000001", "gigabit", "", "2024", 0.25, None, None, "published", "lines-before")


def kept(figures: Iterable[Cells] = (*FIGURES, BEFORE)) -> Observations:
    """A store in memory with some figures."""
    columns: dict[str, list[str | int | float | None]] = {name: [] for name in (*COLUMNS, "part")}
    for number, cells in enumerate(figures, start=2):
        place, indicator, part, period, value, low, high, status, origin = cells
        row = (
            place,
            indicator,
            period,
            value,
            low,
            high,
            status,
            origin,
            None,
            "t.csv",
            number,
            part,
        )
        for name, cell in zip(columns, row, strict=True):
            columns[name].append(cell)
    types = dict.fromkeys(("value", "low", "high"), pa.float64()) | {"row": pa.int64()}
    table = {name: pa.array(one, types.get(name, pa.string())) for name, one in columns.items()}
    register = Register("test", DAY, PLACES)
    connection = connect_memory()
    migrate(connection, MIGRATIONS)
    keep_places(connection, register)
    keep_indicators(connection, CATALOGUE)
    reading = Reading(pa.table(table), ORIGINS)
    keep_observations(connection, [reading], register=register, catalogue=CATALOGUE)
    return Observations(connection, register, CATALOGUE, ORIGINS)


def export(
    observations: Observations,
    form: str,
    output: Path,
    *,
    codes: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
) -> Path:
    """Write what is kept, or a part of it, and give the path."""
    choose(observations, codes=codes, places=places)
    tables = figure_tables(observations)
    extract = Extract("Figures & more", "Made up.", "test", observations.connection, tables)
    write_extract(extract, form, output)
    return output
