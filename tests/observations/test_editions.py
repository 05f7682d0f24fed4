"""Editions: later origins supersede earlier ones, and what was known on a day can be asked."""

from datetime import date
from pathlib import Path

import pytest

from placedex.errors import Faults
from placedex.observations import (
    MIGRATIONS,
    Observations,
    bundled_catalogue,
    keep_observations,
    known_between,
    read_figures,
    revisions,
)
from placedex.observations.origin import Origin, edition_day
from placedex.places import bundled_register
from placedex.store import connect_memory, migrate

HEADER = "place,indicator,period,value,low,high,status,origin"
ORIGINS = """\
- {code: old, publisher: P, title: T, edition: E, url: u, licence: L, published: 2023-05-01}
- {code: new, publisher: P, title: T, edition: E, url: u, licence: L, published: 2024-05-01}
- {code: undated, publisher: P, title: T, edition: E, url: u, licence: L}
"""


def kept(folder: Path, *rows: str, origins: str = ORIGINS) -> Observations:
    (folder / "origins.yaml").write_text(origins, encoding="utf-8")
    (folder / "table.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    reading = read_figures(folder)
    connection = connect_memory()
    migrate(connection, MIGRATIONS)
    register, catalogue = bundled_register(), bundled_catalogue()
    keep_observations(connection, [reading], register=register, catalogue=catalogue)
    return Observations(connection, register, catalogue, reading.origins)


def row(place: str, value: object, origin: str, period: str = "2022") -> str:
    return f"{place},gva,{period},{value},,,published,{origin}"


def values(observations: Observations, place: str = "E08000025") -> list[float | None]:
    return [one.value for one in observations.series(place, "gva")]


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_the_later_origin_stands_whatever_the_order_of_rows(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    worth = {"old": 5, "new": 6}
    observations = kept(tmp_path, *(row("E08000025", worth[one], one) for one in order))

    assert values(observations) == [6]
    assert observations.count() == 1
    assert values(observations.known_on(date(2024, 4, 30))) == [5]
    assert values(observations.known_on(date(2024, 5, 1))) == [6]
    assert values(observations.known_on(date(2023, 4, 30))) == []


def test_an_origin_without_a_day_counts_as_always_known(tmp_path: Path) -> None:
    observations = kept(tmp_path, row("E08000025", 6, "old"), row("E08000025", 4, "undated"))

    assert values(observations) == [6]
    assert values(observations.known_on(date(1999, 1, 1))) == [4]


def test_the_same_value_from_two_origins_stands_once_and_is_no_revision(tmp_path: Path) -> None:
    observations = kept(tmp_path, row("E08000025", 5, "old"), row("E08000025", 5, "new"))

    assert values(observations) == [5]
    assert known_between(observations, date(2024, 1, 1)).revised == ()


def test_a_figure_that_was_withdrawn_is_missing_now(tmp_path: Path) -> None:
    """A later edition that suppresses a value supersedes it as one that gives another does."""
    observations = kept(
        tmp_path, row("E08000025", 5, "old"), "E08000025,gva,2022,,,,suppressed,new"
    )

    assert values(observations) == [None]
    assert values(observations.known_on(date(2024, 1, 1))) == [5]


def test_a_panel_is_of_what_was_known_on_the_day(tmp_path: Path) -> None:
    observations = kept(
        tmp_path, row("E08000025", 5, "old"), row("E08000025", 6, "new"),
        row("E08000025", 7, "new", "2023"),
    )  # fmt: skip
    places = (bundled_register()["E08000025"],)

    then = observations.known_on(date(2023, 12, 31)).panel(places, ["gva"])

    assert then.values.tolist() == [[5]]
    assert observations.panel(places, ["gva"]).values.tolist() == [[7]]


def test_revisions_are_new_revised_and_gone_the_largest_first(tmp_path: Path) -> None:
    observations = kept(
        tmp_path,
        row("E08000025", 100, "old"), row("E08000025", 101, "new"),
        row("E08000026", 10, "old"), row("E08000026", 15, "new"),
        row("E08000027", 3, "old"),
        row("E08000028", 8, "new"),
    )  # fmt: skip

    found = known_between(observations, date(2024, 1, 1))

    assert [(one.place, one.change, one.share) for one in found.revised] == [
        ("E08000026", 5, 0.5),
        ("E08000025", 1, 0.01),
    ]
    assert [one.place for one in found.new] == ["E08000028"]
    assert [(one.place, one.before, one.after) for one in found.gone] == [("E08000027", 3, None)]
    assert revisions(observations, observations).revised == ()


def test_one_origin_that_has_a_figure_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Faults, match=r"row 3, .*gva of E08000025 for 2022 is there already"):
        kept(tmp_path, row("E08000025", 5, "old"), row("E08000025", 6, "old"))


def test_an_edition_that_holds_anothers_figures_is_named(tmp_path: Path) -> None:
    """Of two editions of one period each, the earlier one cannot have had the later figures."""
    codes = [place.code for place in bundled_register().of_kind("district")][:60]
    rows = [
        f"{code},5g-area,{period},{30 + number},,,published,{origin}"
        for origin, period in (("old", "2023-09"), ("new", "2024-01"))
        for number, code in enumerate(codes)
    ]

    with pytest.raises(
        Faults, match=r"old, column period: of '5g-area' nearly all 60 figures for 2"
    ):
        kept(tmp_path, *rows)


def test_a_series_near_its_ceiling_is_not_taken_for_a_copy(tmp_path: Path) -> None:
    codes = [place.code for place in bundled_register().of_kind("district")][:60]
    rows = [
        f"{code},4g-area,{period},{99 + number % 2},,,published,{origin}"
        for origin, period in (("old", "2023-09"), ("new", "2024-01"))
        for number, code in enumerate(codes)
    ]

    assert kept(tmp_path, *rows).count() == 120


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("gigabit_2022-09__1c167bec.csv", "2022-09-01"),
        ("202507_full_fibre_take-up_laua_r01.csv", "2025-07-01"),
        ("figures-2024-05-13.csv", "2024-05-13"),
        ("apprenticeships_201718-202223__ef50e146.csv.gz", "2023-12-31"),
        ("gdp-per-head_1998-2023__95b7ade6.csv.gz", "2023-12-31"),
        ("folder-2019/table.csv", None),
        ("12345678.csv", None),
    ],
)
def test_the_day_of_an_edition_is_told_by_its_files_name(name: str, day: str | None) -> None:
    assert edition_day(name) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("published", "accessed", "file", "known"),
    [
        (date(2024, 5, 1), date(2025, 1, 2), "x_2024-01.csv", date(2024, 5, 1)),
        (None, date(2025, 1, 2), "x_2024-01.csv", date(2024, 1, 1)),
        (None, date(2024, 6, 3), "x_2024.csv", date(2024, 6, 3)),
        (None, date(2025, 1, 2), "x.csv", date(2025, 1, 2)),
        (date(2024, 5, 1), date(2025, 1, 2), "s/edition-2024-12-15/x.csv", date(2024, 12, 15)),
        (None, date(2025, 1, 2), "s/edition-2024-12-15-2/x_2023.csv", date(2024, 12, 15)),
    ],
)
def test_figures_are_known_from_publication_else_by_the_name_and_no_later_than_fetched(
    published: date | None, accessed: date, file: str, known: date
) -> None:
    """Old editions that were fetched on one day keep their order."""
    origin = Origin("a", "P", "T", "E", "u", "L", published, accessed, file)

    assert origin.known == known


def test_a_part_needs_an_indicator_that_has_parts(tmp_path: Path) -> None:
    (tmp_path / "origins.yaml").write_text(ORIGINS, encoding="utf-8")
    (tmp_path / "table.csv").write_text(
        f"{HEADER},part\nE08000025,gva,2022,5,,,published,old,J\n"
        "E08000025,level-3,2022,5,,,published,old,J\n",
        encoding="utf-8",
    )
    connection = connect_memory()
    migrate(connection, MIGRATIONS)

    with pytest.raises(
        Faults, match=r"row 3, column part: the part is 'J'\. Wanted no part"
    ) as all_:
        keep_observations(
            connection, [read_figures(tmp_path)],
            register=bundled_register(), catalogue=bundled_catalogue(),
        )  # fmt: skip

    assert len(all_.value.faults) == 1
