"""How sure a rank is, on the site: the picture, the page, the part of a place's page, the data."""

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from placedex.index.what_if import Move
from placedex.observations import Indicator
from placedex.publish.charts import IntervalRow, Words, draw_intervals
from placedex.publish.charts.intervals import rank_ticks
from placedex.publish.pages.place_uncertainty import enough, share_words

WORDS = Words("key", "Title", "What it shows.", "table")


def read(built: Path, path: str) -> str:
    return (built / "build" / "site" / path).read_text(encoding="utf-8")


def test_an_interval_begins_and_ends_where_its_ranks_are() -> None:
    """Of ranks 1 to 5, the 2nd is at a quarter and the 3rd in the middle."""
    row = IntervalRow("A & B", "2nd (1 to 3)", 2, 2.5, 1, 3)
    drawing = str(draw_intervals([row], WORDS, last=5))

    assert 'class="range" x1="0%" x2="50%"' in drawing
    assert 'class="median" x1="37.5%"' in drawing
    assert 'class="own" cx="25%"' in drawing
    assert "A &amp; B" in drawing


def test_a_place_without_a_published_rank_has_no_dot() -> None:
    drawing = str(draw_intervals([IntervalRow("A", "", None, 2, 1, 3)], WORDS, last=5))

    assert "circle" not in drawing


@pytest.mark.parametrize(
    ("last", "ticks"), [(1, (1,)), (4, (1, 2, 3, 4)), (40, (1, 10, 20, 30, 40))]
)
def test_ticks_are_the_first_rank_and_round_ones(last: int, ticks: tuple[int, ...]) -> None:
    assert rank_ticks(last) == ticks


def test_a_figure_to_reach_is_rounded_so_that_it_suffices() -> None:
    high = Indicator("a", "A", "%", decimals=1)
    low = Indicator("a", "A", "%", decimals=1, better=-1)
    move = Move(0, 50.0, 60.04, 10.0, 60.0, 1.0, 1.0)

    assert (enough(move, high), enough(move, low)) == (60.1, 60.0)
    exact = Move(0, 50.0, 60.1, 10.0, 60.0, 1.0, 1.0)
    assert (enough(exact, high), enough(exact, low)) == (60.1, 60.1)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.001, "fewer than 1%"), (0.5, "50%"), (0.9999, "more than 99%"), (1, "100%"),
     (None, "none")],
)  # fmt: skip
def test_a_share_never_says_all_or_none_where_it_is_not_quite(share: object, said: str) -> None:
    assert share_words(share) == said


def test_the_page_has_a_picture_a_table_and_the_words_for_every_kind(built: Path) -> None:
    page = read(built, "uncertainty.html")

    for kind in ("district", "combined-authority", "region", "nation"):
        key = f"local-digital-index-{kind}"
        assert f'<h2 id="{key}"' in page
        assert f'<table id="{key}-intervals-table"' in page
        assert f'<table id="{key}-shares-table"' in page
    assert "10,000 draws from the seed 2026." in page
    assert "Published without one, and so taken as exact" in page
    assert 'id="limits">What is not in it' in page
    assert page.count("equal weights within each component") == 4
    assert "nan" not in re.sub(r"<[^>]+>", " ", page).lower().split()


def test_page_and_audit_state_the_same_width_of_intervals(built: Path) -> None:
    page, audit = read(built, "uncertainty.html"), read(built, "audit.html")
    wide = re.findall(r"draws lie no more than ([\d.]+) positions? apart", page)

    assert len(wide) == 4
    # Of nine regions and four nations an audit says nothing.
    said = set(re.findall(r"interval of ranks no wider than ([\d.]+) of", audit))
    assert said
    assert said <= set(wide)


def test_ranges_of_ranks_on_the_page_and_in_the_data_are_whole(built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(read(built, "data/uncertainty.csv"))))

    for name in ("rank_5_percent", "rank_95_percent"):
        assert all(float(row[name]).is_integer() for row in rows)
    assert not re.search(
        r"\d\.\d+ to \d|\d to \d+\.\d", read(built, "uncertainty.html").split("shares-table")[0]
    )


def test_the_method_page_leads_to_it(built: Path) -> None:
    assert 'href="uncertainty.html"' in read(built, "method.html")


def test_a_places_page_says_how_sure_its_rank_is_and_what_would_change_it(built: Path) -> None:
    page = read(built, "places/e08000026.html")

    assert "How sure is this rank?" in page
    assert "In 10,000 draws of" in page
    assert "Errors of the figures alone" in page
    assert "each moved by up to a quarter, allow" in page
    assert "What would change it?" in page
    assert '<table id="local-digital-index-district-moves"' in page
    assert "across 10 scenarios" in page


def test_the_first_place_is_not_told_how_to_rise(built: Path) -> None:
    assert "What would change it?" not in read(built, "places/s12000036.html")


def test_a_place_without_a_rank_has_no_such_part(built: Path) -> None:
    assert "How sure is this rank?" not in read(built, "places/n09000003.html")


def test_places_pages_stay_light(built: Path) -> None:
    folder = built / "build" / "site" / "places"
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in folder.glob("*.html")}

    assert max(sizes.values()) <= 28_000


def test_the_data_have_every_ranked_place_and_every_choice(built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(read(built, "data/uncertainty.csv"))))
    shares = list(csv.DictReader(io.StringIO(read(built, "data/uncertainty-shares.csv"))))
    folder = built / "build" / "site" / "data"

    assert len(rows) == 68
    assert len(shares) == 4 * 8
    assert all(float(row["rank_5_percent"]) <= float(row["rank_95_percent"]) for row in rows)
    for ending in ("json", "parquet", "csv-metadata.json"):
        assert (folder / f"uncertainty.{ending}").is_file()


def test_a_site_of_an_index_that_leaves_nothing_open_has_no_such_page(site: Path) -> None:
    assert not (site / "uncertainty.html").exists()
    assert "How sure is this rank?" not in (site / "places" / "e08000001.html").read_text()
