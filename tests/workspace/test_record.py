"""The record of a workspace: what its pages show of documents and ledger."""

import shutil
from pathlib import Path

import pytest

from placedex.publish import Kind, Record
from placedex.workspace import open_workspace, read_said
from placedex.workspace.record import make_record
from tests.conftest import EXAMPLE

TEXTS = ("001_950c6112935347f7.txt", "004_13dd5515d3c4d052.txt")


def record_of(folder: Path) -> Record:
    workspace = open_workspace(folder)
    with workspace.observations() as observations:
        return make_record(workspace, read_said(workspace), observations)


@pytest.fixture(scope="module")
def bundled() -> Record:
    """The record of the bundled workspace."""
    return record_of(EXAMPLE)


def test_every_accepted_claim_and_every_figure_from_elsewhere_is_judged(bundled: Record) -> None:
    said = read_said(open_workspace(EXAMPLE))

    assert len(bundled.claims) == len(said.claims) + len(said.elsewhere)
    assert all(one.verdict is not None and one.verdict.safe for one in bundled.claims)
    assert {one.document for one in bundled.claims if one.kind is Kind.CLAIM} <= {
        one.code for one in bundled.documents
    }


def test_both_sides_of_every_pair_and_all_that_a_claim_is_held_against_have_pages(
    bundled: Record,
) -> None:
    for pair in bundled.conflicts:
        assert {pair.one, pair.other} <= set(bundled.by_key)
    for one in bundled.claims:
        for held in one.verdict.held if one.verdict else ():
            assert held.indicator or held.claim in bundled.by_key, (one.code, held)


def test_94_per_cent_of_the_combined_authority_is_contradicted_by_the_figure_of_its_day(
    bundled: Record,
) -> None:
    """Ofcom gives 92.3% of its premises for January 2024, the newest known on 19 February 2024."""
    found = [
        one for one in bundled.claims
        if one.document == "wmca-digital-plan" and one.claim.value == 94
    ]  # fmt: skip

    assert [one.word for one in found] == ["contradicted"]
    assert "92.3%" in found[0].working


def test_100_billion_by_2030_asks_for_26_per_cent_a_year(bundled: Record) -> None:
    """From 15.3 in 2022: (100 / 15.3) ** (1 / 8) is 1.264."""
    row = bundled.progress["tech-valuation-2030"]

    assert row.state == "cannot be measured"
    assert row.required == "26.4 % a year"
    assert row.drawing is not None
    assert [line[1] for line in row.table] == ["path needed, beginning", "target"]


def test_money_is_counted_alike_by_everything(bundled: Record) -> None:
    """Whatever it is told by, the same pounds make the same total."""
    assert bundled.money is not None
    (total,) = bundled.money.totals

    for account in bundled.money.accounts:
        assert sum(line.amount for line in account.nominal) == pytest.approx(total.amount)


def test_whoever_bridges_and_every_sign_of_a_block_is_an_entry_of_the_ledger(
    bundled: Record,
) -> None:
    network = bundled.network
    assert network is not None

    assert {one.organisation for one in network.bridges} <= set(bundled.ledger.organisations)
    for community in network.communities:
        assert set(community.members) <= set(bundled.ledger.organisations)
    for block in network.blocks:
        for kind, code, _, _ in block.signs:
            assert code in getattr(bundled.ledger, kind)


def test_a_text_at_hand_shows_its_sentences_and_changes_no_verdict(
    bundled: Record, shared: Path, example: Path
) -> None:
    for name in TEXTS:
        shutil.copy(shared / "documents" / name, example / "documents")

    record = record_of(example)

    claims = record.of_document("techuk-case-study")
    assert all(one.passage is not None and one.passage.figure == one.figure for one in claims)
    assert [one.word for one in record.claims] == [one.word for one in bundled.claims]
    assert record.by_document["techuk-case-study"].has_text
    launched = record.by_key[Kind.CLAIM, "hub-local-digital-fund"].passage
    assert launched is not None
    assert "[name]" in launched.before


def test_a_workspace_without_documents_and_ledger_has_nothing_to_show(example: Path) -> None:
    shutil.rmtree(example / "documents")
    shutil.rmtree(example / "ledger")

    record = record_of(example)

    assert not record.has_evidence
    assert not record.has_programmes
    assert record.money is None
    assert record.network is None
