"""The waterfall: every cause in words, better to the right, and a file of its own."""

import xml.etree.ElementTree as ET

import pytest

from placedex.publish.charts import Words
from placedex.publish.charts.waterfall import Cause, Ends, as_file, draw_waterfall
from tests.publish.document import Element, parse

WORDS = Words("fall", "Why <it> changed", "It rose.", "fall-table")
CAUSES = [Cause("Gains & more", 4.0), Cause("Losses", -1.0), Cause("Nothing", 0.0)]


def drawn(*, lower_is_better: bool = False) -> str:
    return str(
        draw_waterfall(
            CAUSES,
            Ends(10.0, 13.0, ("2023", "Now")),
            WORDS,
            label=lambda value: f"{value:.1f}",
            lower_is_better=lower_is_better,
        )
    )


def lefts(svg: str, kind: str) -> list[float]:
    root: Element = parse(svg)
    return [
        float(str(one.attributes["x"]).rstrip("%"))
        for one in root.all("rect")
        if one.attributes.get("class") == kind
    ]


def test_every_cause_stands_in_words_with_its_sign() -> None:
    svg = drawn()

    for words in ("2023", "10.0", "Gains &amp; more", "+4.0", "Losses", "−1.0", "Now", "13.0"):
        assert f">{words}<" in svg
    assert "Why &lt;it&gt; changed" in svg


def test_the_way_to_the_right_is_better_for_ranks_too() -> None:
    scores, ranks = drawn(), drawn(lower_is_better=True)

    assert len(lefts(scores, "gain")) == 2
    assert len(lefts(scores, "loss")) == 1
    # Four places more is a fall: it leads to the left.
    assert len(lefts(ranks, "loss")) == 1
    begin = lefts(ranks, "own")[0]
    assert lefts(ranks, "loss")[0] < begin


def test_each_bar_begins_where_the_one_before_ended() -> None:
    gain, loss = lefts(drawn(), "gain")[0], lefts(drawn(), "loss")[0]
    begin, end = lefts(drawn(), "own")

    assert gain == pytest.approx(begin)
    assert loss == pytest.approx(end)


def test_a_waterfall_is_a_file_of_its_own_with_title_and_description() -> None:
    drawing = draw_waterfall(CAUSES, Ends(10, 13, ("a", "b")), WORDS, label=str)
    root = ET.fromstring(as_file(drawing))  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"

    assert root.tag == f"{space}svg"
    assert root.find(f"{space}title") is not None
    assert root.find(f"{space}desc") is not None
    assert "aria-details" not in root.attrib
    assert root.find(f"{space}style") is not None
