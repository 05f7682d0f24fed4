"""The page of changes: an earlier edition where the figures hold one, and why where they do not."""

from pathlib import Path

import pytest

from tests.publish.document import Element, read


@pytest.fixture(scope="module")
def page(built: Path) -> Element:
    return read(built / "build" / "site" / "change.html")


def cells(page: Element, ending: str) -> list[list[str]]:
    """The rows of the table whose id ends so."""
    table = next(one for one in page.all("table") if one.attributes["id"].endswith(ending))
    return [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")][1:]


def value(text: str) -> float:
    return float(text.replace("−", "-"))


def test_the_districts_of_the_example_have_an_edition_of_2023(page: Element) -> None:
    assert "between the end of 2023 and the latest figures" in page.text
    assert len(cells(page, "-places")) == 7


def test_the_printed_causes_add_up_to_the_printed_end(page: Element) -> None:
    for ending in ("change-score", "change-rank"):
        first, *causes, last = cells(page, ending)
        total = value(first[1]) + sum(value(row[1]) for row in causes)
        assert total == pytest.approx(value(last[1]), abs=1e-9)


def test_what_was_left_out_is_said(page: Element) -> None:
    assert "34 places: without figures enough in all of the editions." in page.text
    assert "No figure for these places in 2023: Premises without 30 Mbit/s" in page.text
    assert "scores and ranks here are not those of the other pages" in page.text


def test_kinds_without_earlier_figures_say_so(page: Element) -> None:
    for kind in ("combined authorities", "regions", "nations"):
        assert f"No earlier edition can be shown for {kind}" in page.text


def test_a_site_without_any_earlier_figures_says_so(site: Path) -> None:
    assert "No earlier edition can be shown for districts" in read(site / "change.html").text


def test_the_waterfall_has_a_description_in_words(page: Element) -> None:
    (drawing,) = (one for one in page.all("svg") if one.attributes.get("class") == "waterfall")
    (title,), (words,) = list(drawing.all("title")), list(drawing.all("desc"))

    assert title.text.startswith("Why the score of")
    assert "points, from" in words.text
    assert "because" in words.text
