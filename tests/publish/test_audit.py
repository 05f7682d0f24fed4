"""The audit on the site and in print: the same words and numbers, and nothing by colour alone."""

import dataclasses
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from placedex.errors import MissingLibrary
from placedex.index.audit import audit
from placedex.publish import Audited, Edition, audit_report, write_site
from placedex.publish.audit_parts import correlation_matrix, limits, parts, summary
from placedex.publish.audit_pictures import heatmap, matrix_grid, printable, weights_and_importance
from placedex.publish.charts import Words
from placedex.publish.charts.heatmap import draw_heatmap
from tests.index.audited import COUNT, audited_index, noise
from tests.publish.document import Element, read

LINE = np.arange(COUNT, dtype=float)
DAY = date(2026, 6, 26)
WORDS = Words("key", "Title", "What it shows", "table")


@pytest.fixture(scope="module")
def audited() -> Audited:
    columns = {"a": LINE + noise(1), "b": LINE + noise(2), "c": -LINE + noise(3), "d": LINE}
    index = audited_index(columns, {"first": "ab", "second": "cd"})
    return Audited("small", "Small <Index>", "district", audit(index).tables())


@pytest.fixture(scope="module")
def page(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Element:
    """The audit page of the small edition, whose index is audited."""
    folder = tmp_path_factory.mktemp("audited")
    write_site(with_audit(edition), folder)
    return read(folder / "audit.html")


def with_audit(edition: Edition) -> Edition:
    """The edition with every index audited."""
    indexes = tuple(
        dataclasses.replace(
            one,
            by_kind={
                kind: dataclasses.replace(ranked, audit=audit(ranked.index))
                for kind, ranked in one.by_kind.items()
            },
        )
        for one in edition.indexes
    )
    return dataclasses.replace(edition, indexes=indexes)


def test_a_site_without_an_audit_has_no_audit_page(site: Path) -> None:
    assert not (site / "audit.html").exists()
    assert "audit.html" not in (site / "method.html").read_text("utf-8")
    assert not (site / "data" / "audit.csv").exists()


def test_the_method_page_leads_to_the_audit_and_the_checks_can_be_taken_away(
    edition: Edition, tmp_path: Path
) -> None:
    done: list[tuple[int, int]] = []

    write_site(with_audit(edition), tmp_path, progress=lambda *counts: done.append(counts))

    assert done[-1][0] == done[-1][1]
    assert 'href="audit.html"' in (tmp_path / "method.html").read_text("utf-8")
    lines = (tmp_path / "data" / "audit.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("index,kind,part,test,node,name,other,verdict,found,limit,places")
    assert len(lines) > 20


def test_the_page_says_of_six_places_what_cannot_be_said(page: Element) -> None:
    text = page.text

    assert "Nothing can be said of: Statistical coherence, Importance and redundancy" in text
    assert "– cannot be said" in text
    assert [one.text for one in page.all("h1")] == ["Audit"]


def test_every_id_of_the_page_is_there_once(page: Element) -> None:
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]

    assert len(ids) == len(set(ids))


def test_a_heat_map_says_its_numbers_and_its_words_are_escaped() -> None:
    values: list[list[float | None]] = [[None, None], [-0.5, None]]

    drawn = str(draw_heatmap(["<b>One</b>", "Two"], values, WORDS))

    assert drawn.count("<rect") == 2
    assert "−.50" in drawn
    assert "Two and &lt;b&gt;One&lt;/b&gt;: −0.50" in drawn
    assert "<b>" not in drawn
    assert 'role="img"' in drawn


def test_a_heat_map_wraps_a_long_name_and_holds_a_longer_one_whole_in_its_title() -> None:
    long = "Premises with gigabit broadband indoors"
    longer = f"{long} of any supplier whatever that is"
    values: list[list[float | None]] = [[None, None], [0.5, None]]

    drawn = str(draw_heatmap([long, longer], values, WORDS))

    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", drawn)
    assert " ".join(lines[:2]) == f"{long} 1"
    assert lines[3].endswith("… 2")
    assert all(len(line) <= 27 for line in lines)
    assert f"<title>{longer}</title>" in drawn


def test_a_heat_map_of_many_nodes_has_no_numbers_in_its_squares() -> None:
    names = [str(one) for one in range(40)]
    values = [[0.5] * 40 for _ in range(40)]

    assert 'class="r' not in str(draw_heatmap(names, values, WORDS))


def test_a_missing_correlation_is_an_empty_square() -> None:
    drawn = str(draw_heatmap(["One", "Two"], [[None, None], [None, None]], WORDS))

    assert "no correlation" in drawn
    assert "fill-opacity" not in drawn


def test_the_matrix_holds_every_pair_of_the_heat_map(audited: Audited) -> None:
    nodes, found = correlation_matrix(audited.tables)

    assert nodes == ("a", "b", "first", "c", "d", "second", "index")
    assert len(found) == 21
    grid = matrix_grid(audited)
    assert [row[0] for row in grid.rows][:3] == ["1 A", "2 B", "3 First"]
    assert re.fullmatch(r"0\.9\d", grid.rows[1][1])
    assert grid.rows[0][1] == ""


def test_every_part_comes_in_the_order_of_the_reports(audited: Audited) -> None:
    said = parts(audited)

    assert [one.key for one in said] == [
        "data",
        "coherence",
        "importance",
        "added-value",
        "robustness",
        "frontier",
    ]
    assert said[4].empty
    assert any("pull against each other" in words for words in said[1].flagged)
    assert {row[2] for row in summary(audited).rows} == {"✓ pass", "▲ flag", "– cannot be said"}
    assert len(limits(audited).rows) > 15


def test_the_report_is_a_tagged_pdf_and_the_same_each_time(audited: Audited) -> None:
    """PDF/UA-1 refuses a picture without a text alternative, so that it is a check in itself."""
    pytest.importorskip("typst", reason="typst is not installed")

    one, other = (
        audit_report((audited,), title="A <title> #with marks", day=DAY, version="test")
        for _ in range(2)
    )

    assert one.startswith(b"%PDF")
    assert one == other
    assert b"pdfuaid:part" in one
    assert b"2026" in one


def test_a_report_without_any_day_can_be_printed(audited: Audited) -> None:
    pytest.importorskip("typst", reason="typst is not installed")

    assert audit_report((audited,), title="T", day=None, version="test").startswith(b"%PDF")


def test_without_typst_the_report_says_what_to_install(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)

    with pytest.raises(MissingLibrary, match=r"pip install 'placedex\[report\]'"):
        audit_report((audited,), title="T", day=DAY, version="test")


def test_a_picture_stands_by_itself_in_print(audited: Audited) -> None:
    drawing = heatmap(audited, "key")
    weights = weights_and_importance(audited, "key")

    assert drawing is not None
    assert weights is not None
    assert printable(drawing).startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "<style>" in printable(weights)
    assert "First 50%" in str(weights)
