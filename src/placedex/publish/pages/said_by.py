"""Claims in cells and lists: each leads to its page, its place and its document."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from placedex.publish.cells import link
from placedex.publish.evidence_rows import ClaimRow, Kind
from placedex.publish.markup import trusted
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words, quantity
from placedex.publish.tables import draw_table, words
from placedex.publish.verdicts import badge
from placedex.publish.words import capital


def figure_words(row: ClaimRow) -> str:
    """A claim's figure: as published, or from its value where the words are not known."""
    claim = row.claim
    return row.figure or quantity(claim.value, claim.unit, high=claim.high, bound=claim.bound or "")


def claim_link(row: ClaimRow, view: View) -> Markup:
    """A claim's figure, leading to its page."""
    return link(view.links.claim(row.kind, row.code), figure_words(row))


def claim_place(row: ClaimRow, view: View) -> Markup:
    """The name of a claim's place, leading to its page if there is one."""
    named = row.claim.place
    if named is None:
        return escape("no place named")
    place = view.material.places.get(named.code or "")
    if place is None:
        return escape(row.place)
    return link(view.links.place(place), row.place) + view.kind(place.code)


def stands_in(row: ClaimRow, view: View) -> Markup:
    """Where a claim stands: its document, or the address elsewhere."""
    return _who(row, view, said=row.title)


def said_by(row: ClaimRow, view: View) -> Markup:
    """Who says it, leading to where it stands."""
    return _who(row, view, said=row.publisher or row.title)


def _who(row: ClaimRow, view: View, *, said: str) -> Markup:
    if row.kind is Kind.CLAIM:
        return link(view.links.document(row.document), said)
    return outward(row.address, said)


def outward(address: str, said: str) -> Markup:
    """Words that lead out of the site, if the address is one of the web."""
    if address.startswith(("https://", "http://")):
        return link(address, said)
    return escape(said)


def claims_table(
    key: str, caption: str, *, rows: Sequence[ClaimRow], view: View, safe: bool = True
) -> Markup:
    """Claims as a table: the figure, what it is of, where and when, who says it, the verdict.

    What can be said instead is the last column, unless it is not wanted.
    """
    columns = ["Figure", "What it is of", "Place", "Period", "Who says it", "Verdict"]
    if safe:
        columns.append("What can be said")
    return draw_table(
        key,
        caption,
        columns=[words(name) for name in columns],
        rows=[_cells(row, view)[: len(columns)] for row in rows],
        quiet=True,
    )


def _cells(row: ClaimRow, view: View) -> list[Markup]:
    modality = row.claim.modality.value
    of = escape(capital(row.claim.measure))
    if modality != "actual":
        of = trusted(f"{of} <small>{escape(modality)}</small>")
    return [
        claim_link(row, view),
        of,
        claim_place(row, view),
        escape(period_words(row.claim.period) or "not said"),
        said_by(row, view),
        badge(row.word),
        escape(row.verdict.safe if row.verdict else ""),
    ]
