"""A small edition made of real parts: nine places, five indicators, one spec."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pytest

from placedex.index import (
    Aggregate,
    Equal,
    Given,
    Hierarchy,
    MinMax,
    Node,
    Rank,
    Scale,
    Scenario,
    Screen,
    Spec,
    beside,
    build,
    rank_under_scenarios,
)
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
from placedex.places.place import Hexagon
from placedex.publish import Edition, Published, Ranked, write_site
from placedex.store import connect_memory, migrate

Row = tuple[str, str, str, str, str | None, str | None]
HOSTILE = '<script>alert("x")</script> & Sons'
DAY = date(2025, 4, 1)
KINGDOM, HOME = "K02000001", "E47000007"
NAMES = {
    "E08000001": "Ashby",
    "E08000002": "Birchley",
    "E08000003": HOSTILE,
    "E08000004": "Dunmere",
    "E08000005": "Elmstead",
    "E08000006": "Farwick",
}


def district(number: int, code: str) -> Place:
    parents = (HOME, KINGDOM) if number < 3 else (KINGDOM,)
    return Place(code, NAMES[code], "district", "test", parents, hexagon=Hexagon(number, 0))


PLACES = (
    Place(KINGDOM, "United Kingdom", "country", "test"),
    Place(HOME, "Middle Lands", "combined authority", "test", (KINGDOM,)),
    *(district(number, code) for number, code in enumerate(NAMES)),
    Place("E08000009", "Unmeasured", "district", "test", (KINGDOM,), hexagon=Hexagon(7, 0)),
)
CATALOGUE = {
    one.code: one
    for one in (
        Indicator(
            "gigabit", "Gigabit broadband", "% of premises", measure=Measure("premises", "all"),
            definition="Premises that can have it.", faults=("It is a prediction.",),
        ),
        Indicator("slow", "Slow premises", "% of premises", better=-1),
        Indicator("jobs", "Digital jobs", "people", decimals=0),
        Indicator("all-jobs", "All jobs", "people", decimals=0),
        Indicator("job-share", "Share of digital jobs", "% of jobs",
                  ratio=Ratio("jobs", "all-jobs", 100)),
        Indicator("pay", "Weekly pay", "£", decimals=2),
    )
}  # fmt: skip
# Gigabit, slow premises, digital jobs, all jobs and pay, in the order of NAMES.
LATEST: Mapping[str, tuple[float, ...]] = {
    "gigabit": (90, 80, 70, 60, 50, 95),
    "slow": (1, 2, 3, 4, 5, 0.5),
    "jobs": (1200, 900, 800, 700, 600, 400),
    "all-jobs": (10000, 10000, 10000, 10000, 10000, 10000),
    "pay": (640.5, 600, 580, 560, 555, 700),
}
ORIGINS = tuple(
    Origin(
        code, "Office of Figures", f"Table {code}", "2025", f"https://example.org/{code}",
        "Open Government Licence v3.0", DAY, DAY, f"{code}.csv", "0" * 64,
    )
    for code in ("lines", "work")
)  # fmt: skip


def rows() -> list[Row]:
    """Place, indicator, period, value, low and high: the latest, and pay of one place before."""
    found: list[Row] = [
        (code, indicator, "2024", str(value), None, None)
        for indicator, values in LATEST.items()
        for code, value in zip(NAMES, values, strict=True)
    ]
    found += [
        ("E08000001", "pay", "2020", "500.5", "490.5", "510.5"),
        ("E08000001", "pay", "2021", "520.5", "510.5", "530.5"),
        (KINGDOM, "gigabit", "2024", "75", None, None),
        (HOME, "gigabit", "2024", "85", None, None),
    ]
    return found


def reading(statuses: Mapping[tuple[str, str], str]) -> Reading:
    """The rows as a table; published, but where `statuses` says otherwise of a 2024 figure."""
    table: dict[str, list[str | int | None]] = {name: [] for name in COLUMNS}
    for number, (place, indicator, period, value, low, high) in enumerate(rows(), start=2):
        origin = "work" if indicator in ("jobs", "all-jobs", "pay") else "lines"
        status = statuses.get((place, indicator), "published") if period == "2024" else "published"
        cells: tuple[str | int | None, ...] = (
            place, indicator, period, value, low, high, status, origin, None, "t.csv", number,
        )  # fmt: skip
        for name, cell in zip(COLUMNS, cells, strict=True):
            table[name].append(cell)
    types = {name: pa.int64() if name == "row" else pa.string() for name in COLUMNS}
    return Reading(
        pa.table({name: pa.array(table[name], type=types[name]) for name in COLUMNS}), ORIGINS
    )


def observations(statuses: Mapping[tuple[str, str], str] = MappingProxyType({})) -> Observations:
    register = Register("test", DAY, PLACES)
    connection = connect_memory()
    migrate(connection, MIGRATIONS)
    keep_places(connection, register)
    keep_indicators(connection, CATALOGUE)
    keep_observations(connection, [reading(statuses)], register=register, catalogue=CATALOGUE)
    return Observations(connection, register, CATALOGUE, ORIGINS)


def small_spec(aggregate: Aggregate = Aggregate()) -> Spec:  # noqa: B008
    hierarchy = Hierarchy(
        (
            Node("index", "Test Index", None),
            Node("lines", "Lines", "index", why="Nothing works without."),
            Node("work", "Work", "index", weight=2),
            Node("gigabit", "Gigabit broadband", "lines", goalposts=(50, 90), why="It lasts.",
                 against="Predicted."),
            Node("slow", "Slow premises", "lines", direction=-1, goalposts=(0, 5)),
            Node("job-share", "Share of digital jobs", "work"),
        )
    )  # fmt: skip
    indicators = tuple(CATALOGUE[leaf.code] for leaf in hierarchy.leaves)
    steps = (Scale(indicators), Screen(places=0.5), MinMax(), Given(), aggregate, Rank())
    return Spec(
        "test", "Test Index", hierarchy, steps, ("district",), ("pay",),
        (Scenario("equal", "Every component counts the same", (Equal(),)),),
        "An index for tests.", ("Someone (2008), A Handbook.",),
    )  # fmt: skip


def small_edition(kept: Observations) -> Edition:
    """Six scored districts, one without figures, a home that is not ranked, and a country."""
    spec = small_spec()
    chosen = tuple(place for place in PLACES if place.kind == "district")
    panel = kept.panel(chosen, [leaf.code for leaf in spec.hierarchy.leaves])
    shown = beside(kept.panel(chosen, spec.beside), (CATALOGUE["pay"],))
    index = build(spec, panel)
    ranked = Ranked("district", index, shown, rank_under_scenarios(index))
    return Edition(
        title="Test Index of the Middle Lands",
        about="Made up.",
        home=kept.register[HOME],
        places=PLACES,
        observations=kept,
        indexes=(Published(spec, {"district": ranked}),),
        left_out={"no place of the register": 3},
        version="test",
    )


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The small edition, every figure of it published."""
    return small_edition(observations())


@pytest.fixture(scope="session")
def site(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small edition's site; tests read it and do not change it."""
    folder = tmp_path_factory.mktemp("site")
    write_site(edition, folder)
    return folder
