"""The picture of a target: every part in words, nothing told by colour alone."""

from dataclasses import replace

import pytest

from placedex.ledger import progress
from placedex.observations import parse_period
from placedex.publish.charts import Course, Words, course_of, course_rows, draw_target, shown
from placedex.publish.charts.history import Moment
from tests.ledger.held import base, held, observations, target
from tests.publish.document import parse

WORDS = Words("aim", "The <aim>", "It rises.", "aim-table")
COURSE = Course(
    (Moment(parse_period("2020"), 10.0, 9.0, 11.0), Moment(parse_period("2021"), 20.0)),
    (Moment(parse_period("2020"), 10.0), Moment(parse_period("2024"), 40.0)),
    (Moment(parse_period("2022"), 25.0, 20.0, 30.0),),
    Moment(parse_period("2024"), 40.0),
)


def label(value: float) -> str:
    return f"{value:.0f} jobs"


def test_the_picture_is_named_described_and_escaped() -> None:
    svg = str(draw_target(COURSE, WORDS, label=label))

    root = parse(svg)
    assert next(iter(root.all("svg"))).attributes["role"] == "img"
    assert "The &lt;aim&gt;" in svg
    assert 'aria-details="aim-table"' in svg


def test_each_part_has_its_own_form_and_its_name() -> None:
    svg = str(draw_target(COURSE, WORDS, label=label))

    for kind in ("line", "needed", "expected", "band", "hollow", "whisker"):
        assert f'class="{kind}"' in svg
    for words in ("figures", "path needed", "forecast", "target", "target 40 jobs", "20 jobs"):
        assert f">{words}<" in svg
    assert ">2020<" in svg
    assert ">2024<" in svg


def test_parts_that_are_not_there_are_not_named() -> None:
    svg = str(draw_target(replace(COURSE, path=None, expected=()), WORDS, label=label))

    assert "path needed" not in svg
    assert ">forecast<" not in svg


def test_a_range_is_drawn_as_a_bar_and_told() -> None:
    svg = str(draw_target(replace(COURSE, far=50.0), WORDS, label=label))

    assert ">target 40 jobs to 50 jobs<" in svg


def test_a_goal_alone_is_no_picture() -> None:
    assert draw_target(replace(COURSE, figures=(), path=None), WORDS, label=label) == ""


def test_the_table_has_every_part_of_the_picture() -> None:
    assert course_rows(COURSE, label=label) == [
        ("2020", "figure", "10 jobs", "9 jobs to 11 jobs"),
        ("2021", "figure", "20 jobs", ""),
        ("2020", "path needed, beginning", "10 jobs", ""),
        ("2022", "forecast", "25 jobs", "20 jobs to 30 jobs"),
        ("2024", "target", "40 jobs", ""),
    ]


def test_a_missing_figure_is_said_to_be() -> None:
    gap = replace(COURSE, figures=(*COURSE.figures, Moment(parse_period("2022"), None)))

    assert ("2022", "figure", "missing", "") in course_rows(gap, label=label)
    assert "20 jobs in 2021" in shown(gap, label=label)


def test_what_is_shown_is_said_in_a_sentence() -> None:
    assert shown(COURSE, label=label) == (
        "It was 20 jobs in 2021; a forecast leads to 25 jobs, between 20 jobs and 30 jobs in 19 "
        "of 20 cases; the target is 40 jobs by 2024."
    )


def test_the_course_of_a_target_comes_from_its_progress() -> None:
    series = observations("jobs", [100, 104, 103, 109, 115, 118, 126])
    found = course_of(progress(target(160, baseline=base(90, "2017")), held(series)))

    assert found is not None
    assert [one.value for one in found.figures][-1] == 126
    assert found.path is not None
    assert found.path[0].value == 90
    assert [str(one.period) for one in found.expected] == [
        "2025", "2026", "2027", "2028", "2029", "2030",
    ]  # fmt: skip
    assert found.expected[-1].value == pytest.approx(152)


def test_without_a_baseline_the_path_begins_at_the_last_figure() -> None:
    series = observations("jobs", [100, 104, 126])
    found = course_of(progress(target(160), held(series)))

    assert found is not None
    assert found.path is not None
    assert found.path[0].value == 126
    assert found.expected == ()


@pytest.mark.parametrize("more", [{"by": ""}, {"value": None}])
def test_a_target_without_date_or_number_has_no_picture(more: dict[str, object]) -> None:
    assert course_of(progress(target(**more), held())) is None  # type: ignore[arg-type]
