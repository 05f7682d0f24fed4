"""Charts: where things stand in them, reckoned by hand."""

from datetime import date
from math import sqrt

import pytest

from placedex.observations import Period
from placedex.places import Place
from placedex.places.place import Hexagon
from placedex.publish.charts import (
    Bar,
    DotRow,
    HexMap,
    Mark,
    Words,
    draw_bars,
    draw_dots,
    draw_hexmap,
    draw_history,
    draw_strip,
)
from placedex.publish.charts.bars import widths
from placedex.publish.charts.hexmap import MARGIN, SIZE, corners, middle, outline
from placedex.publish.charts.history import Moment, runs
from placedex.publish.charts.scale import Axis, class_of, classes, round_axis
from placedex.publish.charts.strip import stacks
from placedex.publish.charts.svg import short
from tests.publish.document import parse

WORDS = Words("chart", "A <title>", "What it shows", "chart-table")


def year(number: int) -> Period:
    return Period(date(number, 1, 1), 12)


def moments(*values: tuple[int, float | None]) -> list[Moment]:
    return [Moment(year(number), value) for number, value in values]


def test_an_odd_row_of_hexagons_stands_half_a_hexagon_to_the_right() -> None:
    wide = sqrt(3) * SIZE

    assert middle(Hexagon(0, 0)) == pytest.approx((MARGIN + wide / 2, MARGIN + SIZE))
    assert middle(Hexagon(2, 1)) == pytest.approx((MARGIN + 3 * wide, MARGIN + 2.5 * SIZE))


def test_neighbours_share_two_corners() -> None:
    """Odd row 1, column 0 lies below and between columns 0 and 1 of row 0."""
    upper, lower = (
        {(round(x, 6), round(y, 6)) for x, y in corners(one)}
        for one in (Hexagon(1, 0), Hexagon(0, 1))
    )

    assert len(upper & lower) == 2


@pytest.mark.parametrize(
    ("hexagons", "edges"),
    [
        ([Hexagon(3, 3)], 6),
        ([Hexagon(3, 3), Hexagon(4, 3)], 10),
        ([Hexagon(3, 3), Hexagon(4, 3), Hexagon(4, 4)], 12),
        ([Hexagon(3, 2), Hexagon(4, 2), Hexagon(3, 3)], 12),
        ([Hexagon(0, 0), Hexagon(9, 9)], 12),
    ],
)
def test_the_outline_leaves_out_edges_between_two_of_its_places(
    hexagons: list[Hexagon], edges: int
) -> None:
    assert outline(hexagons).count("M") == edges


def test_the_outline_of_a_pair_does_not_pass_between_them() -> None:
    pair = [Hexagon(0, 0), Hexagon(1, 0)]
    shared = sorted({(short(x), short(y)) for x, y in corners(pair[0])}
                    & {(short(x), short(y)) for x, y in corners(pair[1])})  # fmt: skip

    (a, b), (c, d) = shared

    assert f"M{a} {b}L{c} {d}" not in outline(pair)
    assert f"M{c} {d}L{a} {b}" not in outline(pair)


def test_the_map_links_and_names_scored_places_and_outlines_the_rest() -> None:
    places = [
        Place("A", "Ayton & <b>", "district", "test", hexagon=Hexagon(0, 0)),
        Place("B", "Bee", "district", "test", hexagon=Hexagon(1, 0)),
        Place("C", "No hexagon", "district", "test"),
    ]
    shown = HexMap(places, {"A": 4}, {"A": "Ayton & <b>: 61.2"}, {"A": "a.html"}, frozenset("A"))

    svg = next(parse(str(draw_hexmap(shown, WORDS))).all("svg"))

    assert [link.attributes["href"] for link in svg.all("a")] == ["a.html"]
    assert [use.attributes["class"] for use in svg.all("use")] == ["k5"]
    assert "Ayton & <b>: 61.2" in [title.text for title in svg.all("title")]
    assert [path.attributes.get("class") for path in svg.all("path")] == [None, "pale", "strong"]


def test_segments_follow_each_other_and_take_their_share_of_the_row() -> None:
    assert widths([10, 30, 20], top=100) == [(0, 10), (10, 30), (40, 20)]
    assert widths([1, 1], top=4) == [(0, 25), (25, 25)]


def test_a_bar_draws_a_segment_for_each_part_that_adds_something() -> None:
    bar = Bar(
        "Ayton", "60.0, 1st", "(always 1st)", (("Lines", 40.0), ("Skills", 0.0), ("Work", 20.0))
    )

    svg = next(parse(str(draw_bars([bar], WORDS))).all("svg"))
    rects = [rect.attributes for rect in svg.all("rect") if rect.attributes["class"] != "track"]

    assert [(rect["class"], rect["x"], rect["width"]) for rect in rects] == [
        ("s1", "0%", "39.85%"),
        ("s3", "40%", "19.85%"),
    ]


def test_classes_hold_about_a_fifth_each_and_never_part_equal_values() -> None:
    assert classes([5, 1, 4, 2, 3]) == ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5))
    assert classes([1, 1, 1, 1, 2]) == ((1, 1), (2, 2))
    assert classes([7.0]) == ((7.0, 7.0),)


def test_a_value_is_in_the_class_that_holds_it() -> None:
    groups = ((1.0, 2.0), (3.0, 4.0))

    assert [class_of(value, groups) for value in (1.0, 2.0, 3.5, 4.0)] == [0, 0, 1, 1]


def test_an_axis_has_round_ends_that_hold_every_value() -> None:
    axis, ticks = round_axis([71.7, 98.2])

    assert (axis.low, axis.high) == (70, 100)
    assert ticks == (70, 80, 90, 100)


def test_an_axis_of_values_that_are_all_alike_has_room_on_both_sides() -> None:
    axis, _ = round_axis([100.0, 100.0])

    assert axis.low < 100 < axis.high


def test_a_value_stands_as_far_along_as_it_lies_between_the_ends() -> None:
    axis = Axis(50, 100)

    assert [axis.share(value) for value in (50, 75, 100, 120)] == [0, 0.5, 1, 1]


def test_places_that_are_alike_are_piled_up() -> None:
    assert stacks([0.0, 0.01, 0.5, 1.0], bins=4) == [(12.5, 0), (12.5, 1), (62.5, 0), (87.5, 0)]


def test_a_strip_marks_chosen_places_by_shape() -> None:
    marks = [Mark("Ayton", 1), Mark("Bee", 2), Mark("Home", 3, strong=True)]

    svg = next(parse(str(draw_strip(marks, WORDS, label=str, tick=str))).all("svg"))

    assert len(list(svg.all("circle"))) == 2
    assert [title.text for one in svg.all("rect") for title in one.all("title")] == ["Home, 3"]


def test_a_profile_has_a_large_dot_for_the_place_alone() -> None:
    row = DotRow("Lines", "75.0, 1st of 3", 75.0, (25.0, 50.0, 75.0), 50.0)

    svg = next(parse(str(draw_dots([row], WORDS, ends=(0, 100)))).all("svg"))
    dots = [(one.attributes["class"], one.attributes["cx"]) for one in svg.all("circle")]

    assert dots == [("peer", "25%"), ("peer", "50%"), ("peer", "75%"), ("own", "75%")]
    assert [
        one.attributes["x1"] for one in svg.all("line") if one.attributes["class"] == "median"
    ] == ["50%"]


def test_a_line_breaks_where_a_value_is_missing_and_where_a_year_is() -> None:
    found = runs(moments((2018, 1), (2019, 2), (2020, None), (2021, 3), (2023, 4)))

    assert [[one.value for one in run] for run in found] == [[1, 2], [3], [4]]


def test_months_that_are_far_apart_are_no_gap() -> None:
    found = runs([Moment(Period(date(number, 1, 1), 1), 1.0) for number in (2022, 2023, 2026)])

    assert len(found) == 1


def test_a_history_says_its_ends_and_extremes_in_words() -> None:
    drawing = draw_history(moments((2020, 5), (2021, 9), (2022, 2), (2023, 6)), WORDS, label=str)

    svg = next(parse(str(drawing)).all("svg"))

    assert [text.text for text in svg.all("text")] == [
        "2020: 5",
        "2023: 6",
        "highest 9",
        "lowest 2",
    ]


def test_a_history_shows_an_interval_as_a_band_and_a_lone_one_as_a_whisker() -> None:
    with_interval = [
        Moment(year(2020), 5.0, 4.0, 6.0),
        Moment(year(2021), 6.0, 5.0, 7.0),
        Moment(year(2023), 7.0, 6.0, 8.0),
    ]

    drawing = str(draw_history(with_interval, WORDS, label=str))

    assert drawing.count('class="band"') == 1
    assert drawing.count('class="whisker"') == 1


def test_one_value_makes_no_history() -> None:
    assert draw_history(moments((2020, 5), (2021, None)), WORDS, label=str) == ""


def test_every_chart_is_named_described_and_escaped() -> None:
    bar = Bar("<b>", "1", "", (("<i>", 1.0),))

    svg = next(parse(str(draw_bars([bar], WORDS))).all("svg"))

    assert svg.attributes["role"] == "img"
    assert svg.attributes["aria-labelledby"] == "chart-t chart-d"
    assert next(one.text for one in svg.all("title")) == "A <title>"
    assert [one.attributes.get("id") for one in svg.all("title", "desc")][:2] == [
        "chart-t",
        "chart-d",
    ]
    assert not list(svg.all("b", "i"))
