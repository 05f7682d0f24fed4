"""Corrections: a wrong figure is put right while it is there, and left alone once it is mended."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, Faults
from placedex.observations import (
    CORRECTION_MIGRATIONS,
    MIGRATIONS,
    Corrected,
    Observations,
    bundled_catalogue,
    correct,
    keep_corrections,
    keep_observations,
    read_corrections,
    read_figures,
)
from placedex.places import bundled_register
from placedex.store import connect_memory, migrate
from tests.observations.desk import desk_of, kept, read_with

HEADER = "place,indicator,period,value,low,high,status,origin"
SHA256 = "0123456789abcdef" * 4
ORIGINS = f"""\
- {{code: a, publisher: P, title: T, edition: May, url: u, licence: L, sha256: {SHA256}, note: N.}}
- {{code: b, publisher: P, title: T, edition: May, url: u, licence: L}}
"""
ENTRY = """\
- code: one
  dated: 2026-11-22
  origin: a
  edition: May
  places: [E08000025]
  indicator: gva
  periods: [2022]
  found: 0
  wrong: The blank was read as nought.
  instead: {status: not collected}
  why: The cell of the sheet is empty.
  truth: {title: The sheet, url: "https://example.org/sheet"}
"""
ROWS = (
    "E08000025,gva,2022,0,,,published,a",
    "E08000025,gva,2023,7,,,published,a",
    "E08000026,gva,2022,0,,,published,a",
)


def put_right(
    folder: Path, corrections: str, rows: Sequence[str] = ROWS, *, origins: str = ORIGINS
) -> tuple[Observations, tuple[Corrected, ...]]:
    (folder / "corrections").mkdir(exist_ok=True)
    (folder / "corrections" / "all.yaml").write_text(corrections, encoding="utf-8")
    (folder / "origins.yaml").write_text(origins, encoding="utf-8")
    (folder / "table.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    connection = connect_memory()
    migrate(connection, (*MIGRATIONS, *CORRECTION_MIGRATIONS))
    readings, outcomes = correct(
        connection, [read_figures(folder)], corrections=read_corrections(folder / "corrections")
    )
    register, catalogue = bundled_register(), bundled_catalogue()
    keep_observations(connection, readings, register=register, catalogue=catalogue)
    keep_corrections(connection, outcomes)
    return Observations(connection, register, catalogue, readings[0].origins), outcomes


def series(observations: Observations, place: str = "E08000025") -> list[tuple[object, ...]]:
    found = observations.series(place, "gva")
    return [(str(one.period), one.value, one.status.words) for one in found]


def instead(words: str) -> str:
    return ENTRY.replace("{status: not collected}", words)


def test_a_nought_that_stands_for_a_blank_becomes_missing_for_that_place_and_period_alone(
    tmp_path: Path,
) -> None:
    observations, [outcome] = put_right(tmp_path, ENTRY)

    assert series(observations) == [("2022", None, "not collected"), ("2023", 7, "published")]
    assert series(observations, "E08000026") == [("2022", 0, "published")]
    assert (outcome.state, outcome.figures, outcome.origin) == ("applied", 1, "a")


def test_a_corrected_figure_keeps_its_origin_whose_note_says_so(tmp_path: Path) -> None:
    observations, _ = put_right(tmp_path, instead("{value: 5, low: 4, high: 6}"))

    one = observations.series("E08000025", "gva")[0]
    assert (one.value, one.low, one.high, one.status.words) == (5, 4, 6, "derived")
    assert one.origin.code == "a"
    assert one.origin.note == (
        "N. Corrected here on 2026-11-22 (one): The blank was read as nought."
    )


def test_pounds_under_a_header_of_millions_are_taken_a_millionth_times(tmp_path: Path) -> None:
    every = ENTRY.replace("  places: [E08000025]\n", "").replace("  periods: [2022]\n", "")
    every = every.replace("  found: 0\n", "")
    rows = ["E08000025,gva,2022,2000000,1000000,3000000,published,a",
            "E08000026,gva,2022,,,,suppressed,a"]  # fmt: skip
    observations, [outcome] = put_right(
        tmp_path, every.replace("{status: not collected}", "{times: 0.000001}"), rows
    )

    one = observations.series("E08000025", "gva")[0]
    assert (one.value, one.low, one.high) == (2, 1, 3)
    assert series(observations, "E08000026") == [("2022", None, "suppressed")]
    assert outcome.figures == 1


def test_values_dated_wrongly_are_given_their_period(tmp_path: Path) -> None:
    text = instead("{period: 2021}").replace("  found: 0\n", "")
    observations, _ = put_right(tmp_path, text)

    assert series(observations) == [("2021", 0, "derived"), ("2023", 7, "published")]


def test_a_correction_expires_when_the_value_is_no_longer_the_wrong_one(tmp_path: Path) -> None:
    rows = ["E08000025,gva,2022,12,,,published,a"]
    observations, [outcome] = put_right(tmp_path, ENTRY, rows)

    assert outcome.state == "expired"
    assert "no longer has the wrong figure (0.0)" in outcome.words
    assert series(observations) == [("2022", 12, "published")]


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("edition: April", "is the edition 'May' now, not 'April'"),
        (f"sha256: {'f' * 64}", "is another file now"),
    ],
)
def test_a_correction_expires_when_the_file_changed(tmp_path: Path, mark: str, words: str) -> None:
    observations, [outcome] = put_right(tmp_path, ENTRY.replace("edition: May", mark))

    assert (outcome.state, outcome.figures) == ("expired", 0)
    assert words in outcome.reason
    assert series(observations)[0] == ("2022", 0, "published")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("E08000025", "E08000099", "key places: a has no such figure of E08000099"),
        ("[2022]", "[2019]", "key periods: a has no figure of gva for 2019"),
        ("indicator: gva", "indicator: ict-gva", "key indicator: a has no ict-gva"),
        ("origin: a", "origin: c", "key origin: 'c' was not read"),
    ],
)
def test_a_correction_that_matches_nothing_is_an_error_with_file_and_key(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(Faults) as caught:
        put_right(tmp_path, ENTRY.replace(old, new))

    assert f"corrections/all.yaml: the correction 'one', {words}" in str(caught.value)


def test_two_corrections_of_one_figure_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Faults, match="gva of E08000025 for 2022 is corrected by another one too"):
        put_right(tmp_path, ENTRY + ENTRY.replace("code: one", "code: two"))


def test_a_missing_figure_can_be_given_its_value(tmp_path: Path) -> None:
    text = instead("{value: 5}").replace("found: 0", "found: missing")
    rows = ["E08000025,gva,2022,,,,suppressed,a"]

    assert series(put_right(tmp_path, text, rows)[0]) == [("2022", 5, "derived")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  edition: May\n", "", "sha256 or edition"),
        ("  origin: a\n", "", "origin (its code) or file (its name)"),
        ("{status: not collected}", "{value: 1, times: 2}", "one of value, status, period"),
        ("{status: not collected}", "{status: gone}", "one of published, estimated"),
        ("[2022]", "[Q1 2022]", "a year (2023), a month"),
        ("  why: The cell of the sheet is empty.\n", "", "line 1: the key '0.why' is missing"),
        ("  found: 0\n", "  fuond: 0\n", "Did you mean 'found'?"),
    ],
)
def test_a_correction_that_cannot_be_read_names_the_file_and_what_was_wanted(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in ENTRY
    with pytest.raises(BadWorkspace) as caught:
        put_right(tmp_path, ENTRY.replace(old, new))

    assert "all.yaml" in str(caught.value)
    assert words in str(caught.value)


def test_a_code_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="the correction 'one' is there already"):
        put_right(tmp_path, ENTRY + ENTRY)


def test_what_became_of_each_correction_is_kept(tmp_path: Path) -> None:
    observations, _ = put_right(tmp_path, ENTRY)

    rows = observations.connection.execute(
        "SELECT code, origin, places, periods, state, figures FROM correction"
    ).fetchall()
    assert rows == [("one", "a", ["E08000025"], ["2022"], "applied", 1)]


def test_the_blank_of_the_isles_of_scilly_in_ofcoms_table_is_put_right(
    shared: Path, tmp_path: Path
) -> None:
    """The reuse of Ofcom's table reads the blank for four operators as 0."""
    (tmp_path / "c.yaml").write_text(
        ENTRY.replace("origin: a", "file: mobile-by-laua.json")
        .replace("edition: May", "sha256: 803b696245d6a374")
        .replace("E08000025", "E06000053")
        .replace("indicator: gva", "indicator: 4g-indoor-all-operators")
        .replace("[2022]", "[2024-09]"),
        encoding="utf-8",
    )
    reading = read_with("ofcom-coverage", shared / "data" / "ofcom")
    desk = desk_of(reading)

    readings, [outcome] = correct(
        desk.connection, [reading], corrections=read_corrections(tmp_path)
    )

    assert (outcome.state, outcome.figures) == ("applied", 1)
    [one] = kept(*readings, desk=desk).series("E06000053", "4g-indoor-all-operators")
    assert (one.value, one.status.words) == (None, "not collected")


def test_a_correction_of_a_published_file_waits_when_only_own_figures_are_read(
    tmp_path: Path,
) -> None:
    _, [outcome] = put_right(tmp_path, ENTRY.replace("origin: a", "file: mobile-by-laua.json"))

    assert outcome.state == "waiting"
    assert outcome.words == (
        "one is waiting and was not applied: mobile-by-laua.json was not read this time."
    )


def test_a_correction_of_a_published_file_waits_when_own_figures_have_only_others_of_it(
    tmp_path: Path,
) -> None:
    text = ENTRY.replace("origin: a", "file: sheet.csv").replace("E08000025", "E06000053")
    origins = ORIGINS.replace("note:", "file: sheet.csv, note:")

    _, [outcome] = put_right(tmp_path, text, origins=origins)

    assert (outcome.state, outcome.reason) == ("waiting", "a has only other figures of the file.")
