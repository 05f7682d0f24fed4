"""Facts of the bundled ledger stand where they are cited: names, figures, who works with whom."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from placedex.evidence import OnDesk, read_about, read_document
from placedex.ledger import Cites, Ledger, Organisation, Programme
from placedex.workspace import Said, open_workspace, read_said
from tests.conftest import EXAMPLE

# Who offers it is not said anywhere; the entry says so.
INFERRED = {("investment-zone-offer", "wmca")}
MILLION = 1e6
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def said() -> Said:
    return read_said(open_workspace(EXAMPLE))


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    """The text of each document by its code, from the file whose hash the workspace tells."""
    folder = shared / "documents"
    return {
        about.code: read_document(folder / name, about=about).text
        for name, about in read_about(EXAMPLE / "documents").items()
    }


@pytest.fixture(scope="module")
def words(said: Said, texts: dict[str, str]) -> Callable[[Iterable[Cites]], str]:
    """The words on which some entries rest, spaces evened out, in small letters."""
    claims: dict[str, OnDesk] = {code: one for code, (one, _) in said.claims.items()}
    elsewhere = {one.code: one for one in said.elsewhere}

    def found(cites: Iterable[Cites]) -> str:
        parts = []
        for one in (one for each in cites for listed in each.by_field.values() for one in listed):
            if one.kind == "document":
                parts.append(texts[one.code][one.start : one.end])
            elif one.kind == "claim":
                span = said.claims[one.code][1].claim.span
                parts.append(texts[claims[one.code].about.code][span.start : span.end])
            else:
                row = elsewhere[one.code]
                place = row.claim.place.name if row.claim.place else ""
                parts += [row.claim.measure, row.title, row.publisher, row.note, place]
        return " ".join(" ".join(parts).replace("*", "").split()).lower()

    return found


def is_named(code: str, ledger: Ledger, cited: str) -> bool:
    one = ledger.organisations[code]
    return any(name.lower() in cited for name in (one.name, *one.also))


def test_the_ledger_holds_what_the_five_documents_say(said: Said) -> None:
    """At least what the documents name; each of these is looked for by its code."""
    ledger = said.ledger

    assert len(ledger.organisations) >= 70
    assert len(ledger.programmes) >= 50
    assert {
        "digital-west-midlands", "rural-broadband-access", "ict-specialist-advisory",
        "e-business-programme", "ict-cluster-programme", "digital-roadmap",
        "digital-roadmap-refresh", "digital-devices", "bespoke-training", "5g-testbed",
        "wm5g-programme", "digital-economy-playbook", "plan-for-growth", "innovation-accelerator",
        "investment-zone", "one-to-win", "ai-adoption-accelerator", "global-innovation-challenge",
        "global-growth-programme", "grow-global", "digital-skills-consortium",
        "local-digital-fund", "local-digital-declaration", "gds-academy", "hmcts-digital-hub",
        "pwc-scale",
    } <= set(ledger.programmes)  # fmt: skip
    zone = [site.code for site in ledger.sites.values() if site.programme == "investment-zone"]
    assert len(zone) == 3


def test_every_claim_has_its_figure_where_it_says(said: Said, texts: dict[str, str]) -> None:
    assert len(said.claims) == 65
    for one, reviewed in said.claims.values():
        figure = reviewed.claim.figure
        assert texts[one.about.code][figure.start : figure.end] == reviewed.figure


def test_no_sentence_of_a_document_is_in_the_workspace(said: Said, texts: dict[str, str]) -> None:
    """Figures and names may be kept; eight other words in a row are somebody else's sentence."""
    own = " ".join(
        path.read_text(encoding="utf-8")
        for folder in ("ledger", "documents", "documents/claims")
        for path in sorted((EXAMPLE / folder).glob("*.*"))
    )
    kept = _rows_of_words(own)
    for name in _names(said):
        kept -= _rows_of_words(name)
    for text in texts.values():
        assert not _rows_of_words(text) & kept


def _names(said: Said) -> Iterator[str]:
    """What things, places and documents are called."""
    for kind in fields(said.ledger):
        for one in getattr(said.ledger, kind.name).values():
            yield one.name
    for document in said.documents:
        yield document.title
    for row in said.elsewhere:
        yield row.claim.place.name if row.claim.place is not None else ""


def _rows_of_words(text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+", text.lower())
    return {" ".join(found[number : number + 8]) for number in range(len(found) - 7)}


def test_organisations_and_programmes_are_named_where_they_are_cited(
    said: Said, words: Callable[[Iterable[Cites]], str]
) -> None:
    listed: list[Organisation | Programme] = [*said.ledger.organisations.values()]
    listed += said.ledger.programmes.values()
    for one in listed:
        cited = words([one.cites])
        assert any(name.lower() in cited for name in (one.name, *one.also)), one.code


def test_those_who_work_together_are_named_together(
    said: Said, words: Callable[[Iterable[Cites]], str]
) -> None:
    missing = {
        (where, code)
        for where, codes, cites in _together(said.ledger)
        for code in codes
        if code and not is_named(code, said.ledger, words([cites]))
    }

    assert missing == INFERRED


def _together(ledger: Ledger) -> Iterator[tuple[str, tuple[str, ...], Cites]]:
    for programme in ledger.programmes.values():
        yield programme.code, (programme.lead, *programme.partners), programme.cites
    for partnership in ledger.partnerships.values():
        yield partnership.code, partnership.members, partnership.cites
    for site in ledger.sites.values():
        yield site.code, (site.host, *site.partners), site.cites
    for event in ledger.events.values():
        yield event.code, event.held_by, event.cites
    for target in ledger.targets.values():
        yield target.code, (target.promised_by,), target.cites
    for offer in ledger.support.values():
        yield offer.code, (offer.by, offer.ask), offer.cites


def test_amounts_outputs_and_targets_have_the_figures_that_they_cite(said: Said) -> None:
    cited = {code: reviewed.claim for code, (_, reviewed) in said.claims.items()}
    cited |= {one.code: one.claim for one in said.elsewhere}
    for code, value, high, cites in _figures(said.ledger):
        claims = [cited[one.code] for one in cites.of("value") if one.kind in ("claim", "source")]
        assert claims, code
        if code == "accelerator-third":
            assert "a third" in said.elsewhere[_row(said, "accelerator-money")].note
            assert value == pytest.approx(claims[0].value / 3, abs=1)
            continue
        for claim in claims:
            assert (value, high) == (claim.value, claim.high), code


def _figures(ledger: Ledger) -> Iterator[tuple[str, float, float | None, Cites]]:
    for programme in ledger.programmes.values():
        for money in programme.money:
            yield money.code, money.amount, money.high, money.cites
        for output in programme.outputs:
            yield output.code, output.value, output.high, output.cites
    for target in ledger.targets.values():
        if target.value is not None:
            yield target.code, target.value, target.high, target.cites


def _row(said: Said, code: str) -> int:
    return [one.code for one in said.elsewhere].index(code)


def test_no_telephone_number_address_of_mail_or_person_is_kept(texts: dict[str, str]) -> None:
    own = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((EXAMPLE / "ledger").glob("*.yaml"))
    )
    for person in ("Stuart", "Wells", "Musson", "Licari", "Maos", "Neil", "Rami", "Victoria",
                   "Street", "Bicknell", "Raybone", "Harley", "Ward", "Franks", "Maltby",
                   "Khaled", "Meredith", "Rollinson", "Reid"):  # fmt: skip
        assert any(person in text for text in texts.values()), person
        assert not re.search(rf"\b{person}\b", own), person
    assert "@techuk" not in own.lower()
    assert "0121" not in own


def test_every_row_of_the_figures_from_elsewhere_is_kept(said: Said, shared: Path) -> None:
    """Each number of a row is there with the row's address, in plain units."""
    kept: dict[str, set[float]] = {}
    for one in said.elsewhere:
        kept.setdefault(one.address, set()).update(
            value for value in (one.claim.value, one.claim.high) if value is not None
        )
    with (shared / "documents" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    lost = [
        (number, row["measure"], value)
        for number, row in enumerate(rows, start=2)
        for value in _values(row)
        if not any(value == pytest.approx(there) for there in kept[row["source_address"]])
    ]

    assert len(rows) == 158
    assert lost == []


def _values(row: dict[str, str]) -> Iterator[float]:
    if row["value"] == "1/5":
        yield 20.0
        return
    times = 1.0
    if row["unit"].startswith(("£ billion",)):
        times = 1e9
    elif "million" in row["unit"] and "?" not in row["unit"]:
        times = MILLION
    sign = -1 if row["value"].startswith("-") else 1
    for text in NUMBER.findall(row["value"]):
        yield sign * float(text.replace(",", "")) * times
