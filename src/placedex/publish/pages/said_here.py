"""What was said and promised of one place: claims, targets, programmes and offers, as links."""

from typing import Any

from markupsafe import Markup

from placedex.places import Place
from placedex.publish.cells import link
from placedex.publish.evidence_rows import Kind
from placedex.publish.links import place_path
from placedex.publish.material import Material
from placedex.publish.pages.roadmap import UNMEASURED, asked_words, state_badge
from placedex.publish.pages.said_by import claims_table
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words
from placedex.publish.verdicts import GROUPS, group_of

# So many claims stand on a place's page, those with a verdict that settles something first.
MOST = 10


def said_here(place: Place, material: Material) -> dict[str, Any] | None:
    """What a place's page tells of documents and the ledger; nothing if they never name it."""
    view = View(place_path(place), material)
    ledger = view.record.ledger
    claims = _claims(place, view)
    found = {
        "claims": claims,
        "targets": _targets(place, view),
        "programmes": [
            view.entry("programmes", one.code)
            for one in ledger.programmes.values()
            if place.code in one.places
        ],
        "sites": [
            view.entry("sites", one.code)
            for one in ledger.sites.values()
            if one.place == place.code
        ],
        "offers": [
            view.entry("support", one.code)
            for one in ledger.support.values()
            if place.code in one.places
        ],
    }
    return found if any(found.values()) else None


def _claims(place: Place, view: View) -> Markup | None:
    """The claims of documents about a place; those from elsewhere only if there are no others."""
    about = [
        one
        for one in view.record.claims
        if one.claim.place is not None and one.claim.place.code == place.code
    ]
    shown = [one for one in about if one.kind is Kind.CLAIM] or about
    if not shown:
        return None
    order = {group.key: number for number, group in enumerate(GROUPS)}
    shown.sort(key=lambda one: order[group_of(one.word).key])
    more = Markup("")
    if len(shown) > MOST:
        words = f"{len(shown) - MOST:,} more figures"
        to = link(view.links.to("evidence/index.html"), words)
        more = Markup("<p>{} of it are on the page of evidence.</p>").format(to)
    table = claims_table("said-here", "What was said here", rows=shown[:MOST], view=view)
    return table + more


def _targets(place: Place, view: View) -> list[Markup]:
    found = []
    for one in view.record.ledger.targets.values():
        if one.place == place.code:
            row = view.record.progress.get(one.code, UNMEASURED)
            by = period_words(one.by)
            found.append(
                Markup("{}: {}{} {}").format(
                    view.entry("targets", one.code),
                    asked_words(one),
                    f" by {by}" if by else "",
                    state_badge(row.state),
                )
            )
    return found
