"""The claims of the bundled workspace's documents, each held against all that it knows."""

import importlib.util
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE

if importlib.util.find_spec("placedex.evidence.review_file") is None:
    pytest.skip("no reviewed claims can be read here", allow_module_level=True)
if not (EXAMPLE / "documents" / "claims").is_dir():
    pytest.skip("the bundled workspace holds no reviewed claims", allow_module_level=True)

from placedex.ledger.verdict import Verdict, Word
from placedex.ledger.verdict_documents import Kind
from placedex.ledger.verdict_judge import Judged
from placedex.workspace import open_workspace
from placedex.workspace.claims_checked import judge_documents, observations_at_hand


@pytest.fixture(scope="module")
def judged(built: Path) -> Judged:
    """Every claim of the bundled workspace with its verdict."""
    workspace = open_workspace(built)
    with observations_at_hand(workspace) as observations:
        return judge_documents(workspace, observations)


def of(judged: Judged, document: str, value: float) -> Verdict:
    return next(
        one for one in judged.verdicts if one.told.document == document and one.claim.value == value
    )


@pytest.mark.parametrize(
    ("document", "value", "word"),
    [
        ("wmca-digital-plan", 94, Word.CONTRADICTED),
        ("wmca-digital-plan", 79, Word.SUPERSEDED),
        ("wmca-digital-plan", 65, Word.CONFIRMED),
        ("wmca-digital-plan", 46, Word.ROUNDED),
        ("wmca-digital-plan", 15.3e9, Word.NOT_COMPARABLE),
        ("wmca-digital-plan", 2400, Word.NOT_COMPARABLE),
        ("wmca-digital-plan", 144_000, Word.NOT_COMPARABLE),
        ("awm-ict", 3000, Word.NOT_COMPARABLE),
        ("awm-ict", 57_000, Word.CONFLICTS),
        ("techuk-case-study", 97.1, Word.NOT_COMPARABLE),
        ("techuk-case-study", 92.1, Word.SUPERSEDED),
        ("techuk-case-study", 1.35e6, Word.ROUNDED),
        ("techuk-case-study", 1.3e6, Word.ROUNDED),
    ],
)
def test_a_claim_of_the_documents_has_its_verdict(
    document: str, value: float, word: Word, judged: Judged
) -> None:
    assert of(judged, document, value).word is word


def test_no_document_of_the_workspace_is_said_to_contradict_itself(judged: Judged) -> None:
    assert [one.working for one in judged.verdicts if one.word is Word.INCONSISTENT] == []


def test_research_adds_up_and_the_rise_of_projects_is_from_a_whole_number(judged: Judged) -> None:
    for value, words in ((4.9e9, "= £4.871 billion"), (72, "consistent with 74")):
        findings = of(judged, "techuk-case-study", value).findings
        assert any(one.word is None and words in one.working for one in findings)


def test_each_conflict_has_both_sides_with_their_addresses(judged: Judged) -> None:
    conflicts = [one for one in judged.pairs if one.kind is Kind.CONFLICT]
    values = {frozenset({one.one.claim.value, one.other.claim.value}) for one in conflicts}

    assert {frozenset({57_000, 41_000}), frozenset({9.3, 10}), frozenset({358e6, 390e6})} <= values
    assert all(one.one.source and one.other.source for one in conflicts)
