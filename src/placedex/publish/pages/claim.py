"""A claim's page: the figure, its verdict, what can be said, and all that it was held against."""

from typing import Any

from markupsafe import Markup, escape

from placedex.publish.cells import link
from placedex.publish.evidence_rows import ClaimRow, FindingRow, HeldRow, Kind
from placedex.publish.links import claim_path
from placedex.publish.markup import trusted
from placedex.publish.material import Material
from placedex.publish.pages.page import Page
from placedex.publish.pages.said_by import (
    claim_place,
    claims_table,
    figure_words,
    outward,
    stands_in,
)
from placedex.publish.pages.sides import (
    NOT_COMPARABLE,
    pairs_table,
    reasons_of,
    sentence,
    side_by_side,
)
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words, quantity
from placedex.publish.tables import draw_table, words
from placedex.publish.verdicts import MEANINGS, badge
from placedex.publish.words import capital

SAYS = {
    "programmes": "programme",
    "targets": "target",
    "organisations": "organisation",
    "support": "offer of support",
    "partnerships": "partnership",
    "sites": "site",
    "events": "event",
}


def claim_page(row: ClaimRow, material: Material) -> Page:
    """The page of one claim."""
    path = claim_path(row.kind, row.code)
    view = View(path, material)
    verdict = row.verdict
    pairs = [one for one in view.record.conflicts if row.key in (one.one, one.other)]
    apart = [one for one in pairs if one.kind == NOT_COMPARABLE]
    return Page(
        path=path,
        title=f"{figure_words(row)}: {row.claim.measure}",
        template="claim.html",
        section="evidence",
        content={
            "row": row,
            "figure": figure_words(row),
            "measure": capital(row.claim.measure),
            "badge": badge(row.word),
            "meaning": MEANINGS.get(row.word, ""),
            "verdict": verdict,
            "findings": [_finding(one) for one in (verdict.findings if verdict else ())],
            "facts": _facts(row, view),
            "where": where_words(row),
            "parent": _parent(row, view),
            "held": _held(row, view),
            "conflicts": [side_by_side(one, view) for one in pairs if one.kind != NOT_COMPARABLE],
            "apart": pairs_table("apart", apart, view=view) if apart else None,
            "others": _others(row, view),
            "entries": [
                (SAYS[kind], view.entry(kind, code))
                for kind, code in view.record.cited_by.get(row.key, ())
            ],
        },
    )


def _finding(one: FindingRow) -> dict[str, Any]:
    return {
        "badge": badge(one.word) if one.word else Markup(""),
        "working": sentence(one.working),
        "reasons": [each for each in reasons_of(one.reasons) if each != sentence(one.working)],
    }


def where_words(row: ClaimRow) -> str:
    """Where in its document a claim stands, in words."""
    if row.kind is Kind.SOURCE:
        return ""
    figure = row.claim.figure
    page = f"page {row.page}, " if row.page is not None else ""
    return f"{page}characters {figure.start:,} to {figure.end:,}"


def _parent(row: ClaimRow, view: View) -> Markup:
    if row.kind is Kind.CLAIM:
        return link(view.links.document(row.document), row.title)
    return link(view.links.to("evidence/elsewhere/index.html"), "Figures from elsewhere")


def _facts(row: ClaimRow, view: View) -> list[tuple[str, str | Markup]]:
    claim = row.claim
    value = quantity(claim.value, claim.unit, high=claim.high, bound=claim.bound or "")
    facts: list[tuple[str, str | Markup]] = [
        ("Figure", value if value != row.figure else ""),
        ("What it is of", capital(claim.measure)),
        ("Place", _place(row, view)),
        ("Period", period_words(claim.period) or "not said"),
        ("Meant as", claim.modality.value),
        ("Prices", claim.prices),
        ("Compared with", claim.comparator),
        ("Of whom or what", claim.population),
        ("Said by", row.publisher),
        ("Stands in", stands_in(row, view)),
        ("Where", where_words(row)),
        ("Published", row.published),
        ("Address", outward(row.address, row.address) if row.address else ""),
        ("Note", row.note),
    ]
    return [(name, said) for name, said in facts if said]


def _place(row: ClaimRow, view: View) -> Markup:
    """The place, or those that the name could mean."""
    named = row.claim.place
    if named is None or not named.ambiguous:
        return claim_place(row, view)
    places = Markup(", ").join(view.place(code) for code in named.candidates)
    return trusted(f"{escape(named.name)}, which could be {places}")


def _held(row: ClaimRow, view: View) -> Markup | None:
    """What the claim was held against, each with its indicator and place, or its claim."""
    held = row.verdict.held if row.verdict else ()
    if not held:
        return None
    return draw_table(
        "held-against",
        "What it was held against",
        columns=[words("Figure"), words("Series or claim"), words("Place"), words("Source")],
        rows=[
            [capital(one.words), _series(one, view), view.place(one.place) if one.place else "",
             outward(one.address, one.source)]
            for one in held
        ],
        quiet=True,
    )  # fmt: skip


def _series(one: HeldRow, view: View) -> Markup:
    if one.claim is not None and one.claim in view.record.by_key:
        return link(view.links.claim(*one.claim), "claim")
    known = {each.code: each for each in view.material.indicators}
    if one.indicator in known:
        return link(view.links.indicator(one.indicator), known[one.indicator].name)
    return escape(one.indicator)


def _others(row: ClaimRow, view: View) -> Markup | None:
    """Other claims of the same measure: in the same words, or held against the same series."""
    others = [one for one in view.record.claims if one is not row and _same_measure(one, row)]
    if not others:
        return None
    return claims_table("others", "Other figures of this", rows=others, view=view)


def _same_measure(one: ClaimRow, other: ClaimRow) -> bool:
    if one.claim.measure.casefold() == other.claim.measure.casefold():
        return True
    return bool(_series_of(one) & _series_of(other))


def _series_of(row: ClaimRow) -> set[str]:
    return {held.indicator for held in (row.verdict.held if row.verdict else ())} - {""}
