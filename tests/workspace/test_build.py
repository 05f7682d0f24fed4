"""The main job: it ends with an index and a site, or it leaves the last good build as it was."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import placedex
from placedex.errors import PlacedexError, UnreadableStore
from placedex.index import read_spec
from placedex.observations import bundled_catalogue
from placedex.workspace import build_workspace, open_build, open_workspace, results, site_folder
from placedex.workspace.build import Ranking

SPEC = Path("indexes") / "local-digital-index.yaml"


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(folder: Path) -> None:
    build_workspace(open_workspace(folder), version=placedex.__version__)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_example_is_built_with_every_place_scored_or_said_not_to_be(built: Path) -> None:
    with open_build(built) as connection:
        found = results(connection)
        flags = connection.execute("SELECT place FROM flag WHERE flag = 'not ranked'").fetchall()

    index = [one for one in found if one.node == "index"]
    counts = {kind: sum(one.kind == kind for one in index) for kind in {one.kind for one in index}}
    assert counts == {"district": 41, "combined authority": 15, "region": 9, "nation": 4}
    unranked = {one.place for one in index if one.rank is None}
    assert unranked == {place for (place,) in flags}


def test_the_score_of_coventry_can_be_worked_out_by_hand_from_its_figures(built: Path) -> None:
    """Coventry, adoption: 55 % take-up between the goalposts 15 and 70 is 72.7 points."""
    with open_build(built) as connection:
        found = {(one.place, one.node): one for one in results(connection)}
        [(published,)] = connection.execute(
            "SELECT value FROM observation WHERE place = 'E08000026' "
            "AND indicator = 'full-fibre-take-up'"
        ).fetchall()

    assert published == 55
    assert found["E08000026", "adoption"].score == pytest.approx(100 * (55 - 15) / (70 - 15))
    parts = [
        found["E08000026", part].score or 0
        for part in ("infrastructure", "skills", "adoption", "innovation", "finance")
    ]
    assert min(parts) > 0
    assert found["E08000026", "index"].score == pytest.approx(sum(parts) / 5)


def test_ranks_within_a_kind_are_a_permutation_and_lie_in_their_range(built: Path) -> None:
    with open_build(built) as connection:
        index = [one for one in results(connection) if one.node == "index"]

    for kind in {one.kind for one in index}:
        ranked = [one for one in index if one.kind == kind and one.rank is not None]
        assert sorted(one.rank or 0 for one in ranked) == list(range(1, len(ranked) + 1))
        assert all(
            (one.best_rank or 0) <= (one.rank or 0) <= (one.worst_rank or 0) for one in ranked
        )


def test_every_kept_figure_has_an_origin_with_address_and_licence(built: Path) -> None:
    with open_build(built) as connection:
        [(count,)] = connection.execute(
            "SELECT count(*) FROM observation "
            "LEFT JOIN origin ON origin.number = observation.origin "
            "WHERE origin.url IS NULL OR origin.licence = '' OR origin.publisher = ''"
        ).fetchall()

    assert count == 0


def test_a_build_twice_gives_the_same_site_byte_for_byte(example: Path) -> None:
    build(example)
    first = digest(site_folder(example))
    build(example)

    assert first
    assert digest(site_folder(example)) == first


def add_row(row: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        with (folder / "figures" / "figures.csv").open("a", encoding="utf-8") as file:
            file.write(row + "\n")

    return spoil


def in_spec(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: replace(folder / SPEC, old, new)


def in_settings(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: replace(folder / "placedex.toml", old, new)


def copy_spec(folder: Path) -> None:
    shutil.copy(folder / SPEC, folder / "indexes" / "second.yaml")


ORIGIN = "ons-els-gigabit-capable-broadband"
FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "an unknown place code": (
        add_row(f"E08000999,gigabit-premises,2026-01,90,,,published,{ORIGIN}"),
        "figures.csv, row 3265, column place: E08000999 is not a place",
    ),
    "a name that could be two places": (
        add_row(f"West Midlands,gigabit-premises,2026-01,90,,,published,{ORIGIN}"),
        "could be 3 places",
    ),
    "a duplicate observation": (
        add_row(f"E08000025,gigabit-premises,2026-01,90,,,published,{ORIGIN}"),
        "row 3265, column place: gigabit-premises of E08000025 for 2026-01 is there already",
    ),
    "a value that is not a number": (
        add_row(f"E08000025,gigabit-premises,2021-01,ninety,,,published,{ORIGIN}"),
        "row 3265, column value: 'ninety' is not a number",
    ),
    "an interval that excludes its value": (
        add_row(f"E08000025,gigabit-premises,2021-01,90,91,92,published,{ORIGIN}"),
        "row 3265, column value: the interval 91 to 92 excludes its value 90",
    ),
    "a period that cannot be read": (
        add_row(f"E08000025,gigabit-premises,Q1 2021,90,,,published,{ORIGIN}"),
        "row 3265, column period: 'Q1 2021' is not a period",
    ),
    "a figure with no origin": (
        add_row("E08000025,gigabit-premises,2021-01,90,,,published,"),
        "row 3265, column origin: the figure has no origin",
    ),
    "a weight below nought": (
        in_spec("    weight: 0.5\n", "    weight: -0.5\n"),
        "local-digital-index.yaml: The node '4g-area' has the weight -0.5",
    ),
    "a cycle in the hierarchy": (
        in_spec("parent: index\n    name: Skills", "parent: skills\n    name: Skills"),
        "skills, level-3, no-qualifications are each other's parents: a cycle",
    ),
    "an empty component": (
        in_spec("    parent: adoption\n", "    parent: skills\n"),
        "The component 'adoption' is empty",
    ),
    "an indicator that is in no catalogue": (
        in_spec("indicator: 5g-area", "indicator: 6g-area"),
        "The indicator '6g-area' is in no catalogue",
    ),
    "a step that is not known": (
        in_spec("- normalise: {method: min-max, scale: [0, 100], clip", "- normalize: {clip"),
        "the step 'normalize' is not known. Wanted one of scale, screen, impute, treat, "
        "normalise, weight, aggregate, rank. Did you mean 'normalise'?",
    ),
    "a key that is not known": (
        in_spec("goalposts: [40, 100]", "goalpost: [40, 100]"),
        "is not known. Did you mean 'goalposts'?",
    ),
    "a home that is no place": (
        in_settings('home = "E47000007"', 'home = "E47000077"'),
        "placedex.toml, key home: 'E47000077' is not a place in 'UK 2025'",
    ),
    "a home that could be three places": (
        in_settings('home = "E47000007"', 'home = "West Midlands"'),
        "key home: 'West Midlands' could be 3 places",
    ),
    "a place that has ended": (
        in_settings('"E08000039"', '"E08000019"'),
        "key places.codes: E08000019 (Sheffield) ended on 2025-04-01. Wanted a place that is "
        "there. Write E08000039, which it became.",
    ),
    "two specs with one code": (
        copy_spec,
        "another spec has the code 'local-digital-index' too",
    ),
    "a workspace from a newer version": (
        in_settings("placedex = 1", "placedex = 2"),
        "the workspace has the form 2, which a newer version of placedex made",
    ),
    "settings that are not known": (
        in_settings("title =", "titel ="),
        "placedex.toml, line 3: the key 'titel' is not known. Did you mean 'title'?",
    ),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Path:
    folder = tmp_path_factory.mktemp("good") / "west-midlands"
    shutil.copytree(built, folder, symlinks=True)
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_input_gives_one_clear_error_and_the_last_good_build_stands(
    good: Path, tmp_path: Path, fault: str
) -> None:
    folder = tmp_path / "west-midlands"
    shutil.copytree(good, folder, symlinks=True)
    before = digest(folder / "build" / "site")
    spoil, words = FAULTS[fault]
    spoil(folder)

    with pytest.raises(PlacedexError) as caught:
        build(folder)

    assert words in str(caught.value)
    assert digest(folder / "build" / "site") == before
    with open_build(folder) as connection:
        assert results(connection)


def test_a_constant_indicator_without_goalposts_is_refused_by_name(example: Path) -> None:
    """Every combined authority of a small workspace gets the same figure."""
    text = (example / SPEC).read_text(encoding="utf-8")
    text = text.replace("    goalposts: [45, 86]\n", "", 1)
    (example / SPEC).write_text(text, encoding="utf-8")
    path = example / "figures" / "figures.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    flat = [
        ",".join([*row.split(",")[:3], "60", "", "", *row.split(",")[6:]])
        if ",level-3,2023," in row
        else row
        for row in rows
    ]
    path.write_text("\n".join(flat) + "\n", encoding="utf-8")
    replace(example / SPEC, "drop_saturated: true", "drop_saturated: false")

    with pytest.raises(PlacedexError, match="indicator 'level-3': it is 60 in every place"):
        build(example)


@pytest.mark.parametrize("spoilt", ["cut short", "foreign"])
def test_a_spoilt_database_is_refused_and_a_new_build_mends_it(example: Path, spoilt: str) -> None:
    build(example)
    path = (example / "build").resolve() / "placedex.duckdb"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3] if spoilt == "cut short" else b"SQLite format 3")

    with pytest.raises(UnreadableStore), open_build(example) as connection:
        results(connection)

    build(example)
    with open_build(example) as connection:
        assert results(connection)


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "placedex", "build", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def whole(folder: Path) -> str:
    """The present build, if it is whole: its database answers and its site is complete."""
    present = (folder / "build").resolve()
    assert (present / "site" / "index.html").stat().st_size > 0
    assert (present / "site" / "data.html").exists()
    with open_build(folder) as connection:
        assert len([one for one in results(connection) if one.node == "index"]) == 69
    return present.name


def test_a_build_that_is_killed_at_any_moment_leaves_the_last_good_one(example: Path) -> None:
    build(example)
    began = time.perf_counter()
    assert start(example).wait() == 0
    length = time.perf_counter() - began
    site = digest(site_folder(example))
    chance = random.Random(20261122)

    for part in range(8):
        process = start(example)
        time.sleep(length * (part + chance.random()) / 8)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

        whole(example)
        assert digest(site_folder(example)) == site

    build(example)
    assert not list((example / ".placedex" / "builds").glob("*.part"))
    assert digest(site_folder(example)) == site


def test_a_reader_during_builds_sees_one_whole_state(example: Path) -> None:
    build(example)
    seen: set[str] = set()
    faults: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add(whole(example))
            except BaseException as error:  # noqa: BLE001
                faults.append(error)
                return

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2):
        assert start(example).wait() == 0
    stop.set()
    reader.join()

    assert faults == []
    assert len(seen) >= 2


def test_the_spec_of_the_example_gives_a_reason_for_every_choice() -> None:
    spec = read_spec(
        Path(__file__).resolve().parents[2] / "src/placedex/examples/west-midlands" / SPEC,
        bundled_catalogue(),
    )

    assert all(node.why for node in spec.hierarchy)
    assert all(leaf.against and leaf.goalposts for leaf in spec.hierarchy.leaves)
    assert {"infrastructure", "skills", "adoption", "innovation", "finance", "trade"} == {
        node.code for node in spec.hierarchy.children("index")
    }
    assert spec.references


def test_published_files_are_built_into_the_index_for_every_district(
    shared: Path, example: Path
) -> None:
    report = build_workspace(
        open_workspace(example), version="test", figures=shared / "data" / "ons-els"
    )

    with open_build(example) as connection:
        districts = [
            one for one in results(connection) if one.kind == "district" and one.node == "index"
        ]
        pages = list((site_folder(example) / "places").glob("*.html"))
    assert report.places == 390
    assert len(districts) == 361
    assert sum(one.rank is not None for one in districts) == 348
    assert len(pages) >= 390
    assert report.unclaimed == ()
    [(name, why)] = report.explained
    assert (name, why) == ("LICENSE.md", "words about the files beside them, or the licence")
    assert report.left_out == {
        "city regions without a code": 60,
        "the United Kingdom with or without its continental shelf: not in the register": 42,
    }


def test_an_index_without_components_is_said_to_be_on_its_indicators() -> None:
    assert Ranking(4, 5, 0, 0, 3).words == "4 of 5 ranked, on 3 indicators"
    assert Ranking(4, 5, 2, 3, 7).words == "4 of 5 ranked, on 2 of 3 components"
