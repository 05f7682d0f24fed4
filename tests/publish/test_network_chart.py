"""The picture of a network: what a screen reader is told, and that no name lies on another."""

import gzip

import numpy as np
import pytest

from placedex.ledger import make_network, report_on
from placedex.publish.charts import Words, draw_network, network_rows
from placedex.publish.charts.spread_out import spread_out
from tests.ledger.small_network import CITY, ledger, organisation, programme
from tests.publish.document import parse

WORDS = Words("net", "Who works with whom", "What it shows", "net-table")
REPORT = report_on(make_network(ledger(*CITY)))


def test_the_picture_is_named_described_and_leads_to_its_table() -> None:
    page = parse(str(draw_network(REPORT, WORDS)))
    (svg,) = page.all("svg")

    assert svg.attributes["role"] == "img"
    assert svg.attributes["aria-labelledby"] == "net-t net-d"
    assert svg.attributes["aria-details"] == "net-table"
    assert [one.text for one in svg.children[:2]] == ["Who works with whom", "What it shows"]  # type: ignore[union-attr]


def test_every_node_is_drawn_with_its_name_and_every_style_is_in_the_key() -> None:
    page = parse(str(draw_network(REPORT, WORDS)))
    titles = [one.text for one in page.all("title")][1:]
    key = [one.text for one in page.all("text") if one.attributes.get("class") == "key"]

    assert titles == [f"{node.name} ({_kind(node.name)})" for node in REPORT.network.nodes]
    assert key == [
        "public body", "private firm", "university or college", "funder", "programme", "site",
        "partnership", "event", "leads", "pays or is paid", "is part of", "takes part, hosts",
    ]  # fmt: skip


def _kind(name: str) -> str:
    return {
        "Council": "council, public body",
        "Hermit": "company, private firm",
        "Lender": "investor, funder",
        "Maker": "company, private firm",
        "Ministry": "government department, public body",
        "University": "university, university or college",
        "Roadmap": "programme: strategy",
        "Lab-Fund": "programme: fund",
        "Lab": "site: testbed",
        "Pact": "partnership: memorandum",
        "Fair": "event: festival",
    }[name]


def test_groups_differ_in_shape_and_not_in_colour_alone() -> None:
    page = parse(str(draw_network(REPORT, WORDS)))
    shapes = {
        (one.name, one.attributes["class"], one.attributes.get("points", "").count(","))
        for one in page.all("circle", "polygon")
    }

    assert len({(name, corners) for name, style, corners in shapes if style != "open"}) == 3
    assert {("polygon", "s1", 4), ("circle", "s2", 0), ("polygon", "s5", 6)} <= shapes


def test_a_name_from_outside_cannot_write_markup() -> None:
    report = report_on(make_network(ledger(organisation("<b>x", "council"))))

    assert "<b" not in str(draw_network(report, WORDS)).lower()


def test_nothing_is_drawn_as_nothing() -> None:
    page = parse(str(draw_network(report_on(make_network(ledger())), WORDS)))

    assert [one.text for one in page.all("text")] == ["Nothing to draw."]


def test_the_table_has_every_node_and_every_tie() -> None:
    rows = network_rows(REPORT)

    assert len(rows["nodes"]) == len(REPORT.network.nodes)
    assert {row["entry"] for row in rows["ties"]} == {tie.entry for tie in REPORT.network.ties}
    assert rows["ties"][0]["cites"] == "source:a-page"


@pytest.mark.parametrize("count", [1, 2, 40, 140])
def test_no_two_boxes_lie_on_each_other(count: int) -> None:
    """Every third node is tied to nothing, the others in a tree with some ties across."""
    drawn = [node for node in range(count) if node % 3]
    ties = [(drawn[place // 2], drawn[place]) for place in range(1, len(drawn))]
    ties += list(zip(drawn[::5], drawn[2::7], strict=False))
    boxes = np.array([(60.0 + 7 * (node % 10), 30.0 + node % 4 * 5) for node in range(count)])

    places = spread_out(ties, boxes, width=1000.0)

    for one in range(count):
        for other in range(one):
            reach = (boxes[one] + boxes[other]) / 2
            assert (np.abs(places[one] - places[other]) >= reach - 1e-6).any(), (one, other)
    assert (places - boxes / 2 >= -1e-6).all()
    assert (places[:, 0] + boxes[:, 0] / 2 <= 1000 + 1e-6).all()


def test_tied_nodes_are_drawn_nearer_than_others() -> None:
    boxes = np.full((5, 2), 20.0)
    places = spread_out([(0, 1), (1, 2), (2, 3), (3, 4)], boxes, width=1000.0)
    apart = np.linalg.norm(places[:, np.newaxis] - places, axis=2)

    assert apart[0, 1] < apart[0, 2] < apart[0, 3] < apart[0, 4]


def test_a_ledger_of_a_region_is_a_small_picture_and_the_same_each_time() -> None:
    organisations = [organisation(f"organisation-{number}", "company") for number in range(90)]
    programmes = [
        programme(
            f"programme-{number}",
            lead=f"organisation-{number}",
            partners=tuple(f"organisation-{number * times % 90}" for times in range(2, 6)),
        )
        for number in range(1, 41)
    ]
    report = report_on(make_network(ledger(*organisations, *programmes)))
    svg = str(draw_network(report, WORDS))

    assert len(gzip.compress(svg.encode())) < 40_000
    assert svg == str(draw_network(report, WORDS))
