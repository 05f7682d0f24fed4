"""Citations as links: each fact of the ledger leads to its claim, document, figure or source."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from placedex.ledger import Citation, Cites
from placedex.publish.cells import link
from placedex.publish.evidence_rows import Kind
from placedex.publish.markup import trusted
from placedex.publish.pages.said_by import figure_words
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words


def every_citation(*cites: Cites) -> tuple[Citation, ...]:
    """All citations of an entry and its parts, each once, in their order."""
    return tuple(
        dict.fromkeys(one for each in cites for listed in each.by_field.values() for one in listed)
    )


def cited(citations: Iterable[Citation], view: View) -> Markup:
    """Citations in a row, each leading to what it names."""
    return Markup("; ").join(_one(citation, view) for citation in citations)


def _one(citation: Citation, view: View) -> Markup:
    if citation.kind in (Kind.CLAIM, Kind.SOURCE):
        return _claim(Kind(citation.kind), citation.code, view=view)
    if citation.kind == "document":
        return _document(citation, view)
    return _observation(citation.code, view)


def _claim(kind: Kind, code: str, *, view: View) -> Markup:
    row = view.record.by_key.get((kind, code))
    if row is None:
        return escape(f"{kind.value} {code}")
    said = link(view.links.claim(kind, code), figure_words(row))
    return trusted(f"{said}, {escape(row.publisher or row.title)}")


def _document(citation: Citation, view: View) -> Markup:
    document = view.record.by_document.get(citation.code)
    if document is None:
        return escape(f"document {citation.code}")
    said = link(view.links.document(document.code), document.title)
    if citation.start is None or citation.end is None:
        return said
    return trusted(f"{said}, characters {citation.start:,} to {citation.end:,}")


def _observation(code: str, view: View) -> Markup:
    """A published figure, leading to its indicator if the site has it."""
    indicator, place, period = (*code.split("/", 2), "", "")[:3]
    known = next((one for one in view.material.indicators if one.code == indicator), None)
    where = view.material.places.get(place)
    said = ", ".join(filter(None, (where.name if where else place, period_words(period))))
    if known is None:
        return escape(f"{indicator}, {said}")
    return trusted(f"{link(view.links.indicator(indicator), known.name)}, {escape(said)}")
