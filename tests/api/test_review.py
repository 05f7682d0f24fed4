"""The pages of reviews over a real HTTP server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from placedex.evidence import State
from tests.api.reviewed import Served, served, workspace_of

HOSTILE = 'Sold for £15.3 billion <script>alert(1)</script> & "more" by Jane Doe of 0121 496 0000.'


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Iterator[Served]:
    """The plan of the tests with five claims."""
    with served(workspace_of(built, tmp_path)) as one:
        yield one


def address(site: Served, number: int = 0) -> str:
    return f"/review/plan/{site.review.claims[number].code}"


def test_documents_and_claims_are_listed_with_masked_sentences(site: Served) -> None:
    status, headers, text = site.ask("/review/")
    assert status == 200
    assert "5 claims: 5 not answered" in text
    assert "form-action 'self'" in headers["Content-Security-Policy"]

    status, _, text = site.ask("/review/plan")

    assert status == 200
    assert "[name], chief executive, said the sector is <mark>worth £15.3 billion</mark>" in text
    assert "Jane" not in text
    assert "0121" not in text
    assert text.count("<mark>") == 5


def test_a_claim_has_an_address_of_its_own(site: Served) -> None:
    status, _, text = site.ask(address(site))

    assert status == 200
    assert "<mark>worth £15.3 billion</mark>" in text
    assert "ambiguous: E11000005, E12000005, E47000007" in text
    assert "<script" not in text


def test_an_accepted_claim_is_kept_and_leads_to_the_next(site: Served) -> None:
    here = address(site)
    form = site.form(here) | {"answer": "accepted", "note": "Yes.\r\nSure", "by": "JB"}

    status, headers, _ = site.ask(here, form)

    assert status == 303
    assert headers["Location"] == f"{address(site, 1)}?said=accepted&by=JB"
    kept = site.review.claims[0]
    assert (kept.state, kept.note, kept.by) == (State.ACCEPTED, "Yes.\nSure", "JB")
    assert kept.on is not None
    following = site.ask(headers["Location"])[2]
    assert "The claim was accepted." in following
    assert 'name="by" value="JB"' in following


def test_a_claim_is_mended_or_the_page_says_what_is_wrong(site: Served) -> None:
    here = address(site, 1)
    form = site.form(here) | {"answer": "mended", "value": "lots", "place": "Walsall"}

    status, _, text = site.ask(here, form)

    assert status == 422
    assert "&#39;lots&#39; is no number" in text
    assert 'value="lots"' in text
    assert site.review.claims[1].state is State.OPEN

    status, _, _ = site.ask(here, form | {"value": "2,500"})

    kept = site.review.claims[1]
    assert status == 303
    assert (kept.state, kept.claim.value) == (State.MENDED, 2500)
    assert kept.claim.place is not None
    assert kept.claim.place.code == "E08000030"


def test_a_note_alone_leaves_the_claim_as_it_is(site: Served) -> None:
    here = address(site)

    status, headers, _ = site.ask(here, site.form(here) | {"answer": "note", "note": "Ask."})

    assert (status, headers["Location"]) == (303, f"{here}?said=note")
    assert (site.review.claims[0].state, site.review.claims[0].note) == (State.OPEN, "Ask.")


def test_of_two_people_at_once_the_second_is_refused_with_words(site: Served) -> None:
    here = address(site)
    mine, theirs = site.form(here), site.form(here)
    site.ask(here, theirs | {"answer": "rejected", "note": "No."})

    status, _, text = site.ask(here, mine | {"answer": "accepted"})

    assert status == 409
    assert "Somebody else changed the claim" in text
    assert f'href="{here}"' in text
    assert site.review.claims[0].state is State.REJECTED


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"token": "guess"}, {}),
        ({"token": ""}, {}),
        ({"token": "é"}, {}),
        ({}, {"Sec_Fetch_Site": "cross-site"}),
        ({}, {"Host": "evil.example"}),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(
    site: Served, changes: dict[str, str], headers: dict[str, str]
) -> None:
    here = address(site)

    status, _, text = site.ask(here, site.form(here) | {"answer": "accepted"} | changes, **headers)

    assert status == 403
    assert "not from this page" in text or "cannot be reviewed here" in text
    assert site.review.claims[0].state is State.OPEN


def test_under_a_foreign_name_nothing_is_shown(site: Served) -> None:
    """Else a page elsewhere could read this one by naming its own server after this machine."""
    for name in ("evil.example", "", "127.0.0.1.evil.example"):
        assert site.ask("/review/plan", Host=name)[0] == 403
    assert site.ask("/review/plan", Host="localhost:99")[0] == 200


def test_to_other_machines_the_pages_are_refused(built: Path, tmp_path: Path) -> None:
    with served(workspace_of(built, tmp_path), host="0.0.0.0") as site:  # noqa: S104
        for path in ("/review/", "/review/plan", address(site)):
            status, _, text = site.ask(path)
            assert status == 403
            assert "--host 127.0.0.1" in text
            assert "£15.3" not in text
        assert site.ask(address(site), {"answer": "accepted"})[0] == 403
        assert site.ask("/")[0] == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/review/none", 404, "No document &#39;none&#39;"),
        ("/review/plan/plan-0", 404, "has no claim &#39;plan-0&#39;"),
        ("/review/plan/a/b", 404, "Nothing stands at"),
        ("/review/%3Cscript%3E", 404, "No document &#39;%3Cscript%3E&#39;"),
        ("/review/../placedex.toml", 404, ""),
    ],
)
def test_what_is_not_there_is_said_so(site: Served, path: str, status: int, words: str) -> None:
    got, _, text = site.ask(path)

    assert got == status
    assert words in text
    assert "<script" not in text


def test_what_is_no_form_is_refused(site: Served) -> None:
    here = address(site)
    form = site.form(here)

    assert site.ask(here, form | {"answer": "perhaps"})[0] == 422
    assert site.ask(here, form | {"answer": "accepted", "note": "x" * 3000})[0] == 422
    assert site.ask(here, {"note": "x" * 70_000})[0] == 413
    assert site.ask("/index.html", form)[0] == 405
    assert site.ask("/review/", form)[0] == 404
    assert site.review.claims[0].state is State.OPEN


def test_nothing_of_a_document_is_shown_unescaped(built: Path, tmp_path: Path) -> None:
    with served(workspace_of(built, tmp_path, HOSTILE)) as site:
        for path in ("/review/", "/review/plan", address(site)):
            text = site.ask(path)[2]
            assert "<script" not in text
            assert "Jane" not in text
        assert "&lt;script&gt;" in text


def test_without_the_documents_file_claims_are_shown_by_their_figures(site: Served) -> None:
    (site.workspace / "documents" / "plan.txt").unlink()

    text = site.ask("/review/plan")[2]

    assert "file is not here" in text
    assert text.count("<mark>") == 5
    here = address(site)
    assert site.ask(here, site.form(here) | {"answer": "accepted"})[0] == 303
    assert site.review.claims[0].state is State.ACCEPTED


def test_a_document_that_cannot_be_read_does_not_hide_the_others(site: Served) -> None:
    (site.workspace / "documents" / "other.txt").write_bytes(b"")

    status, _, text = site.ask("/review/")

    assert status == 200
    assert "other.txt is empty" in text
    assert "5 claims" in text


def test_lost_claims_are_told(site: Served) -> None:
    path = site.workspace / "documents" / "plan.txt"
    lost = site.review.claims[1].code
    path.write_text(path.read_text(encoding="utf-8").replace("2,400", "many"), encoding="utf-8")

    assert "1 lost" in site.ask("/review/")[2]
    assert "&#39;2,400&#39; are no longer in the document" in site.ask("/review/plan")[2]
    status, _, text = site.ask(f"/review/plan/{lost}")
    assert status == 404
    assert "are no longer in the document" in text
