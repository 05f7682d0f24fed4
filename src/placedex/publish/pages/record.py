"""The pages of what was said and promised: only those of which there is something to show."""

from collections.abc import Iterator

from placedex.publish.material import Material
from placedex.publish.pages.claim import claim_page
from placedex.publish.pages.document import document_page
from placedex.publish.pages.evidence import evidence_pages
from placedex.publish.pages.money import money_page
from placedex.publish.pages.network import network_page
from placedex.publish.pages.organisations import organisations_page
from placedex.publish.pages.page import Page
from placedex.publish.pages.programmes import programme_page, programmes_page
from placedex.publish.pages.roadmap import roadmap_page
from placedex.publish.pages.support import support_page
from placedex.publish.pages.together import together_page
from placedex.publish.record import check_addresses


def record_pages(material: Material) -> tuple[Page, ...]:
    """Every page of documents, claims and the ledger; none without them.

    Errors: BadWorkspace if two of them would stand at one address.
    """
    check_addresses(material.record)
    return (*_evidence(material), *_ledger(material))


def _evidence(material: Material) -> Iterator[Page]:
    record = material.record
    if not record.has_evidence:
        return
    yield from evidence_pages(material)
    for document in record.documents:
        yield document_page(document, material)
    for claim in record.claims:
        yield claim_page(claim, material)


def _ledger(material: Material) -> Iterator[Page]:
    record, ledger = material.record, material.record.ledger
    if ledger.targets:
        yield roadmap_page(material)
    if record.has_programmes:
        yield programmes_page(material)
    for programme in ledger.programmes.values():
        yield programme_page(programme, material)
    if ledger.organisations:
        yield organisations_page(material)
    if ledger.partnerships or ledger.sites or ledger.events:
        yield together_page(material)
    if ledger.support:
        yield support_page(material)
    yield from filter(None, (money_page(material), network_page(material)))
