"""Pages of documents, claims and the ledger, from a record made by hand."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from placedex.errors import BadWorkspace
from placedex.evidence.masking import emails, telephones
from placedex.publish import Edition, Kind, Record, write_site
from tests.publish.conftest import HOSTILE
from tests.publish.document import Element, read
from tests.publish.recorded import CLAIMS, LEDGER, small_record

HEAVIEST = 100_000
TABLES = ("claims", "targets", "programmes", "money", "organisations")


@pytest.fixture(scope="module")
def told(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small edition's site with the record by hand."""
    folder = tmp_path_factory.mktemp("told")
    write_site(replace(edition, record=small_record()), folder)
    return folder


@pytest.fixture(scope="module")
def pages(told: Path) -> dict[str, Element]:
    """Every page by its path."""
    return {path.relative_to(told).as_posix(): read(path) for path in sorted(told.rglob("*.html"))}


def entries(page: Element) -> list[str]:
    """The words of the main navigation."""
    return [link.text for link in next(page.all("nav")).all("a")]


def part(page: Element, key: str) -> Element:
    """The element of a page with an id."""
    return next(one for one in page.all() if one.attributes.get("id") == key)


def test_every_page_of_the_record_is_there(pages: dict[str, Element]) -> None:
    assert {
        "evidence/index.html", "evidence/plan.html", "evidence/note.html",
        "evidence/gigabit-90.html", "evidence/firms-3000.html", "evidence/firms-2400.html",
        "evidence/elsewhere/index.html", "evidence/elsewhere/worth.html", "roadmap.html",
        "programmes/index.html", "programmes/roadmap.html", "programmes/fund.html",
        "programmes/together.html", "money.html", "network.html", "support.html",
        "organisations/index.html",
    } <= set(pages)  # fmt: skip


def test_a_workspace_without_documents_and_ledger_has_none_of_them(site: Path) -> None:
    there = {path.relative_to(site).parts[0] for path in site.rglob("*.html")}

    assert not there & {"evidence", "programmes", "organisations", "roadmap.html", "support.html"}
    assert entries(read(site / "index.html")) == [
        "Home", "Places", "Indicators", "What changed", "Method", "Sources", "Quality", "Data",
    ]  # fmt: skip
    assert not (site / "data" / "claims.csv").exists()
    assert "said and promised" not in (site / "places" / "e08000001.html").read_text("utf-8")


def test_the_navigation_names_what_there_is(pages: dict[str, Element]) -> None:
    assert entries(pages["money.html"])[4:8] == ["Evidence", "Roadmap", "Programmes", "Support"]


def test_a_record_with_documents_alone_has_no_page_of_the_ledger(
    edition: Edition, tmp_path: Path
) -> None:
    full = small_record()
    write_site(replace(edition, record=Record(full.documents, full.claims)), tmp_path)

    assert (tmp_path / "evidence" / "index.html").is_file()
    assert not (tmp_path / "programmes").exists()
    assert entries(read(tmp_path / "index.html"))[4:6] == ["Evidence", "Method"]


def test_every_link_of_the_record_leads_somewhere(told: Path, pages: dict[str, Element]) -> None:
    anchors = {
        path: {one.attributes["id"] for one in page.all() if "id" in one.attributes}
        for path, page in pages.items()
    }
    broken = []
    for path, page in pages.items():
        for link in page.all("a", "link"):
            address = link.attributes["href"]
            if address.startswith(("http:", "https:")):
                continue
            head, _, anchor = address.partition("#")
            target = (told / path).parent / unquote(head) if head else told / path
            found = target.resolve().relative_to(told.resolve()).as_posix()
            if not target.is_file() or (anchor and anchor not in anchors[found]):
                broken.append((path, address))

    assert broken == []


def test_no_id_of_the_record_is_there_twice_on_a_page(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        listed = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
        assert len(listed) == len(set(listed)), path


def test_hostile_words_of_documents_and_ledger_are_escaped(
    told: Path, pages: dict[str, Element]
) -> None:
    """Titles, sentences, verdicts, names and notes all hold a script that must stay text."""
    for path, page in pages.items():
        assert not list(page.all("script")), path
        assert "<script" not in (told / path).read_text(encoding="utf-8")
        for link in page.all("a"):
            assert not link.attributes["href"].startswith("javascript:"), path

    for path in ("evidence/index.html", "evidence/gigabit-90.html", "evidence/plan.html",
                 "evidence/elsewhere/worth.html", "roadmap.html", "programmes/roadmap.html",
                 "money.html", "network.html", "support.html", "organisations/index.html",
                 "programmes/together.html", "places/e08000001.html"):  # fmt: skip
        assert HOSTILE in pages[path].text, path


def test_the_page_of_evidence_counts_by_verdict_and_leads_to_the_safe_figures(
    pages: dict[str, Element],
) -> None:
    page = pages["evidence/index.html"]

    assert "Of 3 figures in 2 documents, 1 can be said as published" in page.text
    safe = part(page, "safe-claims")
    first = next(safe.all("a"))
    assert first.attributes["href"] == "../evidence/gigabit-90.html"
    assert [row.text.split()[:2] for row in safe.all("tr")][1] == ["90%", "Gigabit"]


def test_both_sides_of_a_conflict_are_shown_with_why_they_differ(
    pages: dict[str, Element],
) -> None:
    sides = next(
        one for one in pages["evidence/index.html"].all("article")
        if one.attributes.get("class") == "sides"
    )  # fmt: skip

    figures = [one for one in sides.all("p") if one.attributes.get("class") == "figure"]
    assert [one.text for one in figures] == ["3,000", "2,400 companies"]
    assert "The place may be another." in sides.text


def test_a_claim_leads_to_its_document_its_series_its_place_and_what_rests_on_it(
    pages: dict[str, Element],
) -> None:
    page = pages["evidence/gigabit-90.html"]
    links = {link.attributes["href"] for link in next(page.all("main")).all("a")}

    assert next(page.all("h1")).text == "90% Gigabit coverage"
    assert {
        "../evidence/plan.html", "../indicators/gigabit.html", "../places/e08000001.html",
        "../programmes/roadmap.html", "../roadmap.html#target-all-gigabit",
    } <= links  # fmt: skip


def test_the_figure_is_marked_in_its_sentence_where_the_text_is_at_hand(
    pages: dict[str, Element],
) -> None:
    assert [one.text for one in pages["evidence/gigabit-90.html"].all("mark")] == ["90%"]
    assert "says [name]." in pages["evidence/plan.html"].text
    assert not list(pages["evidence/note.html"].all("mark"))
    assert "characters 7 to 12" in pages["evidence/note.html"].text.lower()


def test_a_name_that_could_be_several_places_leads_to_each(pages: dict[str, Element]) -> None:
    facts = pages["evidence/firms-2400.html"].text

    assert "Middle, which could be Middle Lands , Ashby" in facts


def test_a_claim_lists_the_others_of_its_measure(pages: dict[str, Element]) -> None:
    others = part(pages["evidence/firms-2400.html"], "others")

    assert next(others.all("a")).attributes["href"] == "../evidence/firms-3000.html"


def test_the_roadmap_says_how_each_target_stands_and_why(pages: dict[str, Element]) -> None:
    page = pages["roadmap.html"]
    measured, other = part(page, "target-all-gigabit"), part(page, "target-better")

    assert "at risk" in measured.text
    assert "It grew too slowly" in measured.text
    assert "80% in 2022" in measured.text
    assert "at least 95%" in measured.text
    assert "0.5 if growth adds (levels), 0.6 if it compounds (logs)" in measured.text
    assert "cannot be measured" in other.text
    assert "2.2%" in part(page, "targets").text


def test_a_programme_shows_its_money_outputs_targets_parts_and_what_it_rests_on(
    pages: dict[str, Element],
) -> None:
    page = pages["programmes/roadmap.html"]

    assert "more than £15.3 billion" in part(page, "money").text
    assert "more than £15.3 billion of Digital Roadmap" in part(page, "money").text
    assert "1,200 premises" in part(page, "outputs").text
    hrefs = {link.attributes["href"] for link in page.all("a")}
    assert {
        "../programmes/fund.html", "../organisations/index.html#organisation-council",
        "../roadmap.html#target-all-gigabit", "../evidence/elsewhere/worth.html",
    } <= hrefs  # fmt: skip


def test_an_offer_of_an_ended_programme_is_said_to_have_ended(pages: dict[str, Element]) -> None:
    offer = part(pages["support.html"], "offer-help")

    assert "ended" in next(offer.all("h2")).text
    assert "micro or small firms, at most 3 years old" in offer.text


def test_an_organisation_lists_what_it_leads_promised_and_is_asked_for(
    pages: dict[str, Element],
) -> None:
    council = part(pages["organisations/index.html"], "organisation-council")
    words = [one.text for one in council.all("dt")]

    assert {"Leads", "Promised", "Member of", "To be asked for", "Pays for"} <= set(words)


def test_a_place_tells_what_was_said_and_promised_there(pages: dict[str, Element]) -> None:
    page = pages["places/e08000001.html"]
    here = next(
        one for one in page.all("section")
        if one.attributes.get("aria-labelledby") == "said-and-promised"
    )  # fmt: skip

    hrefs = {link.attributes["href"] for link in here.all("a")}
    assert {"../evidence/gigabit-90.html", "../roadmap.html#target-all-gigabit",
            "../programmes/roadmap.html", "../support.html#offer-help"} <= hrefs  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_the_three_forms_of_a_table_of_the_record_hold_the_same(told: Path, name: str) -> None:
    text = (told / "data" / f"{name}.csv").read_bytes().decode("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    objects = json.loads((told / "data" / f"{name}.json").read_text(encoding="utf-8"))

    assert objects == pq.read_table(told / "data" / f"{name}.parquet").to_pylist()
    assert rows == [
        {key: "" if value is None else str(value) for key, value in one.items()} for one in objects
    ]
    assert rows


def test_a_claim_that_would_have_the_address_of_a_document_is_refused(
    edition: Edition, tmp_path: Path
) -> None:
    twin = replace(CLAIMS[2], code="Plan")
    record = replace(small_record(), claims=(*CLAIMS[:2], twin), conflicts=())

    with pytest.raises(BadWorkspace, match=r"The claim 'Plan' would have the address evidence/"):
        write_site(replace(edition, record=record), tmp_path)


def test_a_programme_that_is_called_index_is_refused(edition: Edition, tmp_path: Path) -> None:
    programmes = {"index": replace(LEDGER.programmes["fund"], code="index")}
    record = Record(ledger=replace(LEDGER, programmes=programmes))

    with pytest.raises(BadWorkspace, match="the page of programmes has"):
        write_site(replace(edition, record=record), tmp_path)


def test_the_bundled_pages_are_light_and_name_no_person_to_be_reached(built: Path) -> None:
    site = built / "build" / "site"
    found = [
        *site.glob("evidence/**/*.html"), *site.glob("programmes/*.html"),
        *site.glob("organisations/*.html"),
        *(site / name for name in ("roadmap.html", "money.html", "network.html", "support.html")),
    ]  # fmt: skip
    # Neither marks nor hashes, in which digits may stand like a number to call.
    beside = re.compile(r"<[^>]*>|\S*[0-9a-f]{16,64}\S*")

    assert len(found) > 100
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert len(text.encode()) < HEAVIEST, path.name
        shown = beside.sub(" ", text)
        assert not list(emails(shown)), path.name
        assert not list(telephones(shown)), path.name


def test_every_claim_of_the_bundled_ledger_has_its_page(built: Path) -> None:
    site = built / "build" / "site"
    rows = json.loads((site / "data" / "claims.json").read_text(encoding="utf-8"))
    folders = {Kind.CLAIM: "evidence", Kind.SOURCE: "evidence/elsewhere"}

    assert len(rows) > 200
    for row in rows:
        assert (site / folders[Kind(row["kind"])] / f"{row['claim']}.html").is_file(), row["claim"]
