"""A workspace's corrections reach figures, reports and site; `check` shows what is odd."""

import json
from pathlib import Path

import pytest

from placedex.errors import Faults
from placedex.workspace import (
    build_workspace,
    check_workspace,
    note_workspace,
    open_build,
    open_workspace,
    site_folder,
)
from tests.conftest import Run

CORRECTION = """\
- code: walsall-2013
  dated: 2026-11-22
  origin: ons-regional-gva-2025
  edition: EDITION
  places: [E08000030]
  indicator: ict-gva
  periods: [2013]
  found: 217
  wrong: The figure of Walsall for 2013 was typed in wrongly.
  instead: {value: 137}
  why: The years around it are 132 and 140.
  truth: {title: The sheet, url: "https://example.org/sheet"}
"""


@pytest.fixture
def corrected(example: Path) -> Path:
    """The example with one correction of a figure that it has."""
    with open_workspace(example).observations() as observations:
        [origin] = {
            one.origin.code: one.origin
            for one in observations.series("E08000030", "ict-gva")
            if str(one.period) == "2013" and one.value == 217
        }.values()
    (example / "corrections").mkdir()
    (example / "corrections" / "ons.yaml").write_text(
        CORRECTION.replace("ons-regional-gva-2025", origin.code).replace(
            "EDITION", json.dumps(origin.edition)
        ),
        encoding="utf-8",
    )
    return example


def test_a_build_uses_the_corrected_figure_and_says_so_on_the_site(corrected: Path) -> None:
    report = build_workspace(open_workspace(corrected), version="test")

    [outcome] = report.corrected
    assert outcome.words.startswith("walsall-2013 corrected 1 figure of ict-gva: The figure of")
    with open_build(corrected) as connection:
        [(value, status)] = connection.execute(
            "SELECT value, words FROM current_observation JOIN status ON status.number = status "
            "WHERE place = 'E08000030' AND indicator = 'ict-gva' AND period = '2013'"
        ).fetchall()
        [(state,)] = connection.execute("SELECT state FROM correction").fetchall()
    assert (value, status, state) == (137, "derived", "applied")
    page = (site_folder(corrected) / "quality.html").read_text(encoding="utf-8")
    assert "walsall-2013 (applied)" in page
    assert "The years around it are 132 and 140." in page
    sources = (site_folder(corrected) / "sources.html").read_text(encoding="utf-8")
    assert "Corrected here on 2026-11-22 (walsall-2013)" in sources


def test_a_correction_that_matches_nothing_is_a_fault_of_check_and_stops_a_build(
    corrected: Path,
) -> None:
    path = corrected / "corrections" / "ons.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[2013]", "[1913]"), encoding="utf-8")

    [fault] = check_workspace(corrected)

    assert "corrections/ons.yaml: the correction 'walsall-2013', key periods" in fault
    with pytest.raises(Faults, match="key periods"):
        build_workspace(open_workspace(corrected), version="test")


def test_a_correction_that_cannot_be_read_is_a_fault_of_check(corrected: Path) -> None:
    path = corrected / "corrections" / "ons.yaml"
    path.write_text("- {code: a}\n", encoding="utf-8")

    assert all("ons.yaml, line 1: the key" in fault for fault in check_workspace(corrected))


def test_a_correction_takes_the_oddity_away_that_it_puts_right(
    corrected: Path, example: Path
) -> None:
    def steps() -> list[str]:
        return [
            f"{one.place} {one.period}"
            for one in note_workspace(example).findings
            if one.kind == "outlier of its past"
        ]

    with_it = steps()
    (corrected / "corrections" / "ons.yaml").unlink()

    assert "E08000030 2013" not in with_it
    assert "E08000030 2013" in steps()


def test_check_prints_what_is_odd_and_still_finds_no_fault(run: Run, corrected: Path) -> None:
    done = run("check", corrected)

    assert done.returncode == 0
    assert "correction: walsall-2013 corrected 1 figure of ict-gva" in done.stdout
    assert "note: Figures far from those of all others of the kind (" in done.stdout
    assert done.stdout.endswith("no fault found\n")


def test_check_as_json_has_every_note_and_correction(run: Run, corrected: Path) -> None:
    done = run("check", corrected, "--format", "json")

    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["faults"] == []
    assert {one["kind"] for one in told["notes"]} >= {"saturated", "outlier of its kind"}
    assert [(one["code"], one["state"]) for one in told["corrections"]] == [
        ("walsall-2013", "applied")
    ]
    assert len(told["notes"]) == len(note_workspace(corrected).findings)


def test_check_as_json_gives_the_faults_and_exits_with_1(run: Run, corrected: Path) -> None:
    (corrected / "corrections" / "ons.yaml").write_text("- {code: a}\n", encoding="utf-8")

    done = run("check", corrected, "--format", "json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["faults"]
