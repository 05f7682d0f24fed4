"""The site as a whole: links, sources, alternatives, weight, sameness and safety."""

import dataclasses
import gzip
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest

from placedex.index import Aggregate, build
from placedex.publish import Edition, Published, Ranked, write_site
from tests.publish.conftest import HOME, HOSTILE, NAMES, small_spec
from tests.publish.document import Element, read

HEAVIEST = 60_000
FIRST_VIEW = 100_000


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Element]:
    """Every page by its path."""
    return {path.relative_to(site).as_posix(): read(path) for path in sorted(site.rglob("*.html"))}


def ids(page: Element) -> list[str]:
    return [one.attributes["id"] for one in page.all() if "id" in one.attributes]


def test_every_kind_of_page_is_there(pages: dict[str, Element]) -> None:
    expected = {
        "index.html", "places/index.html", "indicators/index.html", "sources.html", "method.html",
        "data.html", "accessibility.html", "404.html", "places/e47000007.html",
        "places/k02000001.html", "indicators/gigabit.html", "indicators/all-jobs.html",
    }  # fmt: skip

    assert expected <= set(pages)
    assert sum(path.startswith("places/e08") for path in pages) == 7


def test_every_link_within_the_site_leads_somewhere(site: Path, pages: dict[str, Element]) -> None:
    anchors = {path: set(ids(page)) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in page.all("a", "link"):
            address = link.attributes["href"]
            if address.startswith(("http:", "https:")):
                continue
            assert not address.startswith(("/", "file:")), address
            head, _, anchor = address.partition("#")
            target = (site / path).parent / unquote(head) if head else site / path
            found = target.resolve().relative_to(site.resolve()).as_posix()
            if not target.is_file() or (anchor and anchor not in anchors[found]):
                broken.append((path, address))

    assert broken == []


def test_no_id_is_there_twice_on_a_page(pages: dict[str, Element]) -> None:
    twice = {
        path: [one for one, count in Counter(ids(page)).items() if count > 1]
        for path, page in pages.items()
    }

    assert not any(twice.values()), twice


def test_every_published_figure_leads_to_its_origin(pages: dict[str, Element]) -> None:
    """Dunmere's 60% is in the table of its own page, and leads to the table that it came from."""
    page = pages["places/e08000004.html"]
    links = [link for link in page.all("a") if link.attributes.get("class") == "v"]

    assert "../sources.html#lines" in [
        link.attributes["href"] for link in links if link.text == "60.0%"
    ]
    for link in links:
        assert re.search(r"sources\.html#(lines|work)$|#reckoned$", link.attributes["href"])


def test_a_value_in_any_table_of_figures_is_a_link(pages: dict[str, Element]) -> None:
    """Points, ranks and intervals are no published figures; per cents and pounds in cells are."""
    for path, page in pages.items():
        if not path.startswith(("places/", "indicators/")):
            continue
        for cell in page.all("td"):
            if re.fullmatch(r"£?[\d,.]+%?", cell.text) and re.search("[%£]", cell.text):
                assert list(cell.all("a")), (path, cell.text)


def test_a_reckoned_figure_shows_both_parts_each_with_its_origin(
    pages: dict[str, Element],
) -> None:
    page = pages["places/e08000001.html"]
    whole = next(one for one in page.all("small") if one.text.startswith("worked out as"))

    assert whole.text == "worked out as 1,200 ÷ 10,000"
    assert [link.attributes["href"] for link in whole.all("a")] == ["../sources.html#work"] * 2


def test_every_drawing_has_a_name_a_description_and_a_table(pages: dict[str, Element]) -> None:
    drawings = 0
    for path, page in pages.items():
        tables = {one.attributes.get("id"): one for one in page.all("table")}
        for svg in page.all("svg"):
            drawings += 1
            key = svg.attributes["aria-labelledby"].removesuffix("-d").rpartition(" ")[2]
            names = {one.attributes.get("id"): one.text for one in svg.all("title", "desc")}
            assert svg.attributes["role"] in ("img", "group"), path
            assert names[f"{key}-t"], path
            assert names[f"{key}-d"], path
            assert svg.attributes["aria-details"] in tables, (path, key)

    assert drawings > 10


def test_the_table_of_a_drawing_has_the_same_figures(pages: dict[str, Element]) -> None:
    """Every score and rank that the ranking draws stands in its table, and each history value."""
    page = pages["index.html"]
    svg = next(one for one in page.all("svg") if one.attributes["class"] == "bars")
    table = next(
        one for one in page.all("table")
        if one.attributes.get("id") == svg.attributes["aria-details"]
    )  # fmt: skip
    cells = [cell.text for cell in table.all("td", "th")]
    for text in svg.all("text"):
        if text.attributes["class"].startswith("end"):
            score, rank, span = re.fullmatch(r"([\d.]+), (\w+) \((.+)\)", text.text).groups()  # type: ignore[union-attr]
            assert {score, rank, span} <= set(cells)

    place = pages["places/e08000001.html"]
    values = next(one for one in place.all("table") if one.attributes["id"] == "history-pay-table")
    drawn = next(one for one in place.all("svg") if one.attributes["class"] == "history")
    for text in drawn.all("text"):
        assert text.text.split()[-1] in values.text


def test_a_history_breaks_at_the_years_that_were_not_published(pages: dict[str, Element]) -> None:
    """Pay of Ashby is there for 2020, 2021 and 2024."""
    drawn = next(
        one for one in pages["places/e08000001.html"].all("svg")
        if one.attributes["class"] == "history"
    )  # fmt: skip

    lines = [one for one in drawn.all("path") if one.attributes["class"] == "line"]

    assert len(lines) == 1
    assert lines[0].attributes["d"].count("L") == 1


def test_a_place_that_is_not_scored_says_why(pages: dict[str, Element]) -> None:
    assert (
        "No score: Unmeasured has 0% of the indicators used" in pages["places/e08000009.html"].text
    )
    assert "Unmeasured has 0%" in pages["index.html"].text


def test_a_missing_figure_is_said_in_words(pages: dict[str, Element]) -> None:
    page = pages["places/e08000009.html"]
    cells = [cell.text for cell in page.all("td")]

    assert "not published" in cells
    assert "" not in cells
    assert "0.0%" not in cells


def test_a_place_of_a_kind_that_is_not_ranked_shows_its_figures(pages: dict[str, Element]) -> None:
    page = pages["places/k02000001.html"]

    assert "has figures only" in page.text
    assert "75.0%" in page.text


def test_the_home_page_says_how_to_read_it(pages: dict[str, Element]) -> None:
    text = pages["index.html"].text

    assert "These are not official statistics." in text
    assert "A rank compares places of one kind only" in text
    assert "A difference of a few points is no difference" in text
    assert "Three of the 6 districts are in Middle Lands" in text
    assert "is not ranked itself" in text


def test_the_home_districts_are_bold_in_the_ranking(pages: dict[str, Element]) -> None:
    svg = next(one for one in pages["index.html"].all("svg") if one.attributes["class"] == "bars")
    strong = {one.text for one in svg.all("text") if one.attributes["class"] == "name strong"}

    assert strong == {NAMES["E08000001"], NAMES["E08000002"], HOSTILE}


def test_the_worked_example_can_be_reckoned_again(pages: dict[str, Element]) -> None:
    """Ashby: 90% between 50 and 90 is 100 points; 1% of 5 is 80; 12% is the best of all, 100.

    Lines are (100 + 80) / 2 = 90; the whole is (1 x 90 + 2 x 100) / 3 = 96.6667.
    """
    text = pages["method.html"].text

    assert "(90 − 50) ÷ (90 − 50) × 100 = 100.0000 points" in text
    assert "each by its weight: 90.0000 points" in text
    assert "96.6667 points, 1st of 6 districts" in text


def test_the_method_page_gives_weights_reasons_and_scenarios(pages: dict[str, Element]) -> None:
    text = pages["method.html"].text

    assert "weight 2 within its parent" in text
    assert "Work 66.7% Gigabit broadband 16.7%" in text
    assert "Against: Predicted." in text
    assert "Every component counts the same" in text
    assert "Someone (2008), A Handbook." in text
    assert "no place of the register, 3" in text


def test_the_indicator_page_says_what_it_measures_and_what_stands_against_it(
    pages: dict[str, Element],
) -> None:
    text = pages["indicators/gigabit.html"].text

    assert "It is a prediction." in text
    assert "What stands against it. Predicted." in text
    assert "worst at 50.0%, best at 90.0% (given by the spec)" in text
    assert "Higher is better" in text
    assert "weight 1 within it" in text
    assert "Districts 16.7%" in text


def test_strengths_name_the_number_of_peers(pages: dict[str, Element]) -> None:
    assert "Gigabit broadband : 90.0% , 2nd of 6 districts" in pages["places/e08000001.html"].text


def test_hostile_names_are_escaped_everywhere(site: Path, pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        assert not list(page.all("script")), path
        assert "<script" not in (site / path).read_text(encoding="utf-8")

    assert HOSTILE in next(pages["places/e08000003.html"].all("h1")).text


def test_every_page_has_one_heading_and_its_landmarks(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        assert len(list(page.all("h1"))) == 1, path
        assert next(page.all("html")).attributes["lang"] == "en-GB"
        assert next(next(page.all("body")).all("a")).attributes["href"] == "#content"
        for name in ("header", "main", "footer", "nav"):
            assert list(page.all(name)), (path, name)


def test_every_table_has_a_caption_scopes_and_a_region_to_scroll(
    pages: dict[str, Element],
) -> None:
    for page in pages.values():
        for table in page.all("table"):
            assert next(table.all("caption")).text
            assert all("scope" in one.attributes for one in table.all("th"))
            region = table.parent
            assert region is not None
            assert region.attributes["role"] == "region"
            assert region.attributes["tabindex"] == "0"


def test_pages_are_light(site: Path) -> None:
    weights = {
        path.name: len(gzip.compress(path.read_bytes())) for path in sorted(site.rglob("*.html"))
    }

    assert max(weights.values()) < HEAVIEST
    style = len(gzip.compress((site / "site.css").read_bytes()))
    assert weights["index.html"] + style < FIRST_VIEW


def test_the_bundled_site_is_light_too(built: Path) -> None:
    site = built / "build" / "site"
    heaviest = max(
        (len(gzip.compress(path.read_bytes())), path.name) for path in site.rglob("*.html")
    )

    assert heaviest[0] < HEAVIEST, heaviest


def test_the_same_edition_gives_the_same_bytes(
    edition: Edition, site: Path, tmp_path: Path
) -> None:
    write_site(edition, tmp_path)

    first = {
        path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }
    again = {
        path.relative_to(tmp_path): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert first == again


def test_progress_is_told_for_every_page(edition: Edition, site: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    write_site(edition, tmp_path, progress=lambda done, total: told.append((done, total)))

    count = len(list(site.rglob("*.html")))
    assert told == [(number, count) for number in range(1, count + 1)]


def test_home_is_known_by_its_code(pages: dict[str, Element]) -> None:
    links = [link.attributes["href"] for link in pages["index.html"].all("a")]

    assert f"places/{HOME.lower()}.html" in links


def test_a_kind_without_any_score_is_said_to_have_none(edition: Edition, tmp_path: Path) -> None:
    """Three districts lack one component, the others the other one: none has the whole."""
    ranked = edition.indexes[0].by_kind["district"]
    raw = ranked.index.raw
    values = raw.values.copy()
    values[:3, raw.column("gigabit")] = np.nan
    values[3:, raw.column("jobs")] = np.nan
    spec = small_spec(Aggregate(at_least=1.0))
    index = build(spec, raw.with_values(values))
    scoreless = Published(spec, {"district": Ranked("district", index, ranked.beside, {})})

    write_site(dataclasses.replace(edition, indexes=(scoreless,)), tmp_path)

    assert "No place of this kind has a score" in read(tmp_path / "index.html").text
    assert (
        "No score: Ashby has no score on Lines" in read(tmp_path / "places" / "e08000001.html").text
    )


def test_a_figure_of_the_region_is_shown_where_the_place_itself_has_none(built: Path) -> None:
    """Business births are not published for combined authorities; those of the region are."""
    page = (built / "build" / "site" / "places" / "e47000007.html").read_text(encoding="utf-8")
    start = page.index("Business births")
    row = page[start : page.index("</tr>", start)]

    assert ">2024<" in row
    assert row.count("not published") == 1
    assert "11.8%" in row


def test_an_interval_leads_to_the_origin_as_the_value_does(pages: dict[str, Element]) -> None:
    page = pages["places/e08000001.html"]
    links = {link.text: link.attributes["href"] for link in page.all("a")}

    assert links["490.50 to 510.50"] == "../sources.html#work"


def test_a_name_in_the_ranking_leads_to_the_scores_on_the_page_of_the_place(
    pages: dict[str, Element],
) -> None:
    table = next(
        one
        for one in pages["index.html"].all("table")
        if one.attributes["id"] == "test-district-table"
    )
    links = {link.text: link.attributes["href"] for link in table.all("a")}

    assert links["Ashby"] == "places/e08000001.html#test-district"


def test_the_heading_of_a_chart_says_how_many_share_an_end(pages: dict[str, Element]) -> None:
    """Every district has 10,000 jobs."""
    assert "10,000 in 6 districts" in pages["indicators/all-jobs.html"].text
    assert "From 50.0% in Elmstead to 95.0% in Farwick" in pages["indicators/gigabit.html"].text


def test_no_page_says_that_a_derived_figure_is_published(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        assert "Every figure is published, or derived from published figures" in page.text, path

    assert "the figure as published, or as derived" in pages["data.html"].text


def test_a_long_ranking_is_drawn_in_two_columns_each_with_a_name(built: Path) -> None:
    page = read(built / "build" / "site" / "index.html")
    halves = [one for one in page.all("div") if one.attributes.get("class") == "pair halves"]

    assert [len(list(one.all("svg"))) for one in halves] == [2] * len(halves)
    assert halves
