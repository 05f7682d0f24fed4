"""Figures that their publisher calls unreliable: shown, said to be so, and not scored."""

from datetime import date
from pathlib import Path

import pytest

from placedex.observations import EXPLAINED, Observation, Period, Ratio, Status
from placedex.publish import write_site
from placedex.publish.charts import Mark, Words, draw_history, draw_strip
from placedex.publish.charts.history import Moment
from placedex.publish.figures import in_proportion
from placedex.publish.material import gather
from tests.publish.conftest import CATALOGUE, ORIGINS, observations, small_edition
from tests.publish.document import Element, parse, read

FARWICK, ASHBY = "E08000006", "E08000001"
SAID = "unreliable: small sample"
SHAKY = {(FARWICK, "gigabit"): "unreliable", (ASHBY, "pay"): "unreliable"}
CHART = Words("key", "Title", "Shows", "table")


@pytest.fixture(scope="module")
def shaky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Farwick has the highest share of gigabit premises, from a small sample."""
    folder = tmp_path_factory.mktemp("shaky")
    write_site(small_edition(observations(SHAKY)), folder)
    return folder


def row_of(page: Element, name: str, *, table: str) -> Element:
    found = next(one for one in page.all("table") if one.attributes["id"] == table)
    return next(row for row in found.all("tr") if row.text.startswith(name))


def test_an_unreliable_figure_is_marked_in_words_and_not_scored(shaky: Path) -> None:
    page = read(shaky / "indicators" / "gigabit.html")
    row = row_of(page, "Farwick", table="district-table")

    assert f"95.0% {SAID}" in row.text
    assert "no rank" in row.text
    assert "not scored: unreliable" in row.text
    assert EXPLAINED[Status.UNRELIABLE] in page.text


def test_it_is_marked_on_the_page_of_its_place_too_and_explained_there(shaky: Path) -> None:
    page = read(shaky / "places" / "e08000006.html")
    row = row_of(page, "Gigabit broadband", table="test-district-lines-figures")

    assert f"95.0% {SAID}" in row.text
    assert "not scored: unreliable not ranked" in row.text
    assert EXPLAINED[Status.UNRELIABLE] in page.text


def test_it_is_never_a_strength_and_takes_no_rank_from_others(shaky: Path) -> None:
    """Ashby is first with 90% where Farwick's 95% does not count."""
    farwick = read(shaky / "places" / "e08000006.html").text
    ashby = read(shaky / "places" / "e08000001.html").text

    assert "Gigabit broadband : 95.0%" not in farwick
    assert "Gigabit broadband : 90.0% , 1st of 5 districts" in ashby


def test_the_heading_of_a_chart_leaves_it_out_and_its_dot_is_hollow(shaky: Path) -> None:
    page = read(shaky / "indicators" / "gigabit.html")
    drawn = next(one for one in page.all("svg") if one.attributes["class"] == "strip")
    hollow = [one for one in drawn.all("circle") if one.attributes["class"] == "hollow"]

    assert "From 50.0% in Elmstead to 90.0% in Ashby" in page.text
    assert "Hollow: unreliable" in page.text
    assert [one.text for one in hollow] == ["Farwick, 95.0%, unreliable"]


def test_a_history_draws_it_hollow_and_says_so(shaky: Path) -> None:
    page = read(shaky / "places" / "e08000001.html")
    row = row_of(page, "2024", table="history-pay-table")

    assert f"£640.50 {SAID}" in row.text
    assert "2020 to 2024; hollow: unreliable, the sample is small" in page.text


def test_hollow_marks_are_drawn_below_the_line_and_on_a_line() -> None:
    marks = [Mark("A", 1.0, True, True), Mark("B", 2.0, True), Mark("C", 3.0)]
    strip = parse(str(draw_strip(marks, CHART, label=str, tick=str)))
    years = [
        Moment(Period(date(year, 1, 1), 12), float(year), unreliable=year == 2021)
        for year in (2020, 2021, 2022)
    ]
    line = parse(str(draw_history(years, CHART, label=str)))

    kinds = [one.attributes["class"] for one in strip.all("rect")]
    assert kinds == ["hollow", "own"]
    assert [one.attributes["class"] for one in line.all("circle")].count("hollow") == 1


def test_a_ratio_with_an_unreliable_part_is_unreliable() -> None:
    material = gather(small_edition(observations({(FARWICK, "jobs"): "unreliable"})))
    period = material.periods["district", "job-share"]

    figure = material.figures.at(FARWICK, "job-share", period=period)

    assert figure is not None
    assert (figure.value, figure.status) == (4.0, Status.UNRELIABLE)


def test_a_ratio_with_one_part_missing_says_why_and_not_that_the_other_is_unreliable() -> None:
    period = Period(date(2024, 1, 1), 12)
    above = Observation("A", "jobs", period, 4.0, None, None, Status.UNRELIABLE, ORIGINS[0])
    below = Observation("A", "all-jobs", period, None, None, None, Status.SUPPRESSED, ORIGINS[0])

    figure = in_proportion(
        CATALOGUE["job-share"], Ratio("jobs", "all-jobs", 100), parts=(above, below)
    )

    assert (figure.value, figure.status) == (None, Status.SUPPRESSED)
