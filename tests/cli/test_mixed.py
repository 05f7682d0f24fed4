"""Figures of different measures are never put together, whichever command would do it."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.workspace.regions import workspace

GROWTH = "scale: {growth: {INDICATOR: {years: 2, form: relative}}}"


@pytest.mark.parametrize("words", [("compare",), ("why", "E12000005")])
def test_volumes_at_the_prices_of_two_editions_are_not_compared(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = workspace(tmp_path / "mixed", {"2020": "first", "2022": "second"})
    (command, *place) = words

    done = run(command, folder, *place, "--before", "2020", "--after", "2022")

    assert (done.returncode, done.stdout) == (1, "")
    assert (
        "'gva-constant': the prices are those of a year that each edition names, and the figures "
        "are of 2 editions: Office, first and Office, second. Wanted one measure"
    ) in done.stderr


def test_volumes_of_one_edition_are_compared(run: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "plain", {"2020": "second", "2022": "second"})

    done = run("compare", folder, "--before", "2020", "--after", "2022")

    assert (done.returncode, done.stderr) == (0, "")


def test_current_prices_of_two_editions_are_compared(run: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "plain", {"2020": "first", "2022": "second"}, code="gva")

    done = run("compare", folder, "--before", "2020", "--after", "2022")

    assert (done.returncode, done.stderr) == (0, "")


def test_growth_from_one_edition_to_another_is_a_fault_of_check_and_stops_a_build(
    run: Run, tmp_path: Path
) -> None:
    folder = workspace(tmp_path / "mixed", {"2020": "first", "2022": "second"}, scale=GROWTH)

    checked, built = run("check", folder), run("build", folder)

    assert (checked.returncode, built.returncode) == (1, 1)
    for said in (checked.stdout, built.stderr):
        assert "'gva-constant': the prices are those of a year that each edition names" in said
    assert not (folder / "build").exists()


def test_growth_from_a_calendar_year_to_a_year_from_april_is_a_fault(
    run: Run, tmp_path: Path
) -> None:
    """The two lie within three months of a span of whole years, and are not of one kind."""
    folder = workspace(
        tmp_path / "mixed", {"2020-04/P1Y": "second", "2022": "second"}, code="odd", scale=GROWTH
    )
    (folder / "indicators.yaml").write_text(
        "- {code: odd, name: Odd, unit: people, measure: {counted: people}}\n", encoding="utf-8"
    )

    done = run("check", folder)

    assert done.returncode == 1
    assert "'odd': the kind of period is 'year' in one and 'year from April' in" in done.stdout


def test_the_page_of_changes_says_why_it_shows_no_earlier_edition(run: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "mixed", {"2020": "first", "2022": "second"})

    done = run("build", folder)

    assert done.returncode == 0, done.stderr
    page = (folder / "build" / "site" / "change.html").read_text(encoding="utf-8")
    assert "No earlier edition can be shown for regions. Figures mix measures" in page
