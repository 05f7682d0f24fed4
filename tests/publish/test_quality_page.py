"""The page of quality: what was corrected, what is odd, and which places have which figures."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from placedex.observations import Corrected, Correction
from placedex.observations.corrections_file import Instead
from placedex.publish import Edition, write_site
from tests.publish.conftest import HOSTILE

CORRECTION = Correction(
    code="<b>gigabit</b>",
    written="corrections/all.yaml",
    dated=date(2025, 5, 3),
    indicator="gigabit",
    wrong="The blank was read as nought.",
    instead=Instead(value=90.0),
    why="It is in the sheet.",
    truth="The sheet",
    address="https://example.org/sheet",
    origin="lines",
)


def page(folder: Path) -> str:
    return (folder / "quality.html").read_text(encoding="utf-8")


def test_a_correction_is_shown_with_its_reason_its_source_and_its_origin(
    edition: Edition, tmp_path: Path
) -> None:
    outcome = Corrected(CORRECTION, "applied", 1, origin="lines")

    write_site(replace(edition, corrected=(outcome,)), tmp_path)

    found = page(tmp_path)
    assert "&lt;b&gt;gigabit&lt;/b&gt; (applied)" in found
    assert "90 stands instead" in found
    assert '<a href="https://example.org/sheet">The sheet</a>' in found
    assert '<a href="sources.html#lines">' in found


def test_an_expired_correction_says_why_it_was_not_applied(
    edition: Edition, tmp_path: Path
) -> None:
    outcome = Corrected(CORRECTION, "expired", reason="It is another file now.", origin="lines")

    write_site(replace(edition, corrected=(outcome,)), tmp_path)

    assert "(expired)" in page(tmp_path)
    assert "It is another file now." in page(tmp_path)


def test_coverage_says_how_many_places_of_a_kind_have_a_figure(site: Path) -> None:
    covered = page(site).partition('id="covered"')[2]
    row = covered.partition('indicators/gigabit.html">Gigabit broadband</a></th>')[2]

    assert "<td>2024</td>" in row.partition("</tr>")[0]
    assert HOSTILE not in page(site)


def test_without_anything_odd_the_page_says_so(site: Path) -> None:
    assert "Nothing odd was found." in page(site)


def test_a_note_names_its_place_by_a_link_to_the_page_of_the_place(built: Path) -> None:
    found = (built / "build" / "site" / "quality.html").read_text(encoding="utf-8")

    assert '<a href="places/e07000235.html">Malvern Hills</a> has 78.57 % of area' in found
