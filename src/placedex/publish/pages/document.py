"""A document's page: every claim in reading order, with its verdict and how that was reached."""

from collections import Counter
from typing import Any

from markupsafe import Markup

from placedex.publish.evidence_rows import ClaimRow, DocumentRow
from placedex.publish.links import document_path, slug
from placedex.publish.material import Material
from placedex.publish.pages.claim import where_words
from placedex.publish.pages.page import Page
from placedex.publish.pages.said_by import claim_link, claim_place, outward
from placedex.publish.pages.sides import sentence
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words
from placedex.publish.verdicts import GROUPS, badge, group_of
from placedex.publish.words import capital, counted


def document_page(document: DocumentRow, material: Material) -> Page:
    """The page of one document."""
    path = document_path(document.code)
    view = View(path, material)
    rows = view.record.of_document(document.code)
    count = Counter(group_of(one.word) for one in rows)
    return Page(
        path=path,
        title=document.title,
        template="document.html",
        section="evidence",
        content={
            "document": document,
            "facts": _facts(document, view),
            "count": counted(len(rows), "figure"),
            "groups": [(one.mark, one.short, count[one]) for one in GROUPS if count[one]],
            "claims": [_claim(one, view) for one in rows],
        },
    )


def _facts(document: DocumentRow, view: View) -> list[tuple[str, str | Markup]]:
    facts: list[tuple[str, str | Markup]] = [
        ("Publisher", document.publisher),
        ("Published", document.published or "no day known"),
        ("Speaks of", view.place(document.place) if document.place else ""),
        ("Address", outward(document.address, document.address) if document.address else ""),
        ("File", document.file),
        ("SHA-256", document.sha256),
    ]
    return [(name, said) for name, said in facts if said]


def _claim(row: ClaimRow, view: View) -> dict[str, Any]:
    verdict = row.verdict
    return {
        "anchor": slug(row.code),
        "link": claim_link(row, view),
        "measure": capital(row.claim.measure),
        "place": claim_place(row, view),
        "period": period_words(row.claim.period),
        "modality": row.claim.modality.value,
        "badge": badge(row.word),
        "passage": row.passage,
        "where": capital(where_words(row)),
        "working": sentence(row.working),
        "safe": verdict.safe if verdict else "",
    }
