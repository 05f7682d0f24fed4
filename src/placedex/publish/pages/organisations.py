"""The page of organisations: what each is, what it leads, takes part in, and belongs to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from placedex.ledger import Ledger, Organisation
from placedex.publish.links import slug
from placedex.publish.material import Material
from placedex.publish.pages.citations import cited, every_citation
from placedex.publish.pages.page import Page
from placedex.publish.pages.said_by import outward
from placedex.publish.pages.view import View
from placedex.publish.words import capital, counted, listed, titled

PATH = "organisations/index.html"
Roles = Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]


def organisations_page(material: Material) -> Page:
    """The page of all organisations, by name."""
    view = View(PATH, material)
    roles = roles_of(view.record.ledger)
    every = sorted(
        view.record.ledger.organisations.values(), key=lambda one: (one.name.casefold(), one.code)
    )
    return Page(
        path=PATH,
        title="Organisations",
        template="organisations.html",
        section="programmes",
        content={
            "count": counted(len(every), "organisation"),
            "kinds": _kinds(every, view),
            "organisations": [_organisation(one, view, roles=roles) for one in every],
        },
    )


def roles_of(ledger: Ledger) -> Roles:
    """For each organisation the entries that it leads, takes part in, offers or promised."""
    found: dict[str, dict[str, dict[tuple[str, str], None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for code, role, kind, entry in _every_role(ledger):
        if code:
            found[code][role][kind, entry] = None
    return {
        code: {role: tuple(entries) for role, entries in roles.items()}
        for code, roles in found.items()
    }


def _every_role(ledger: Ledger) -> Iterator[tuple[str, str, str, str]]:
    """Organisation, role, kind of entry and entry; an organisation that is not told is empty."""
    yield from _roles_in_programmes(ledger)
    for target in ledger.targets.values():
        yield target.promised_by, "Promised", "targets", target.code
    for offer in ledger.support.values():
        yield offer.by, "Offers", "support", offer.code
        yield offer.ask, "To be asked for", "support", offer.code
    several: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
        *((x.members, "Member of", "partnerships", x.code) for x in ledger.partnerships.values()),
        *((x.partners, "Partner of", "sites", x.code) for x in ledger.sites.values()),
        *(((x.host,), "Hosts", "sites", x.code) for x in ledger.sites.values()),
        *((x.held_by, "Holds", "events", x.code) for x in ledger.events.values()),
    )
    for codes, role, kind, entry in several:
        for code in codes:
            yield code, role, kind, entry


def _roles_in_programmes(ledger: Ledger) -> Iterator[tuple[str, str, str, str]]:
    for one in ledger.programmes.values():
        yield one.lead, "Leads", "programmes", one.code
        for partner in one.partners:
            yield partner, "Partner of", "programmes", one.code
        for money in one.money:
            yield money.payer, "Pays for", "programmes", one.code
            yield money.payee, "Is paid by", "programmes", one.code


def _kinds(every: list[Organisation], view: View) -> list[tuple[str, Markup]]:
    """The organisations of each kind, each leading to its part of the page."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in every:
        found[one.kind].append(one.code)
    return [
        (capital(kind), view.entries("organisations", tuple(found[kind]))) for kind in sorted(found)
    ]


def _organisation(one: Organisation, view: View, *, roles: Roles) -> dict[str, Any]:
    facts: list[tuple[str, str | Markup]] = [
        ("Kind", one.kind),
        ("Also called", ", ".join(one.also)),
        ("Role", listed(one.roles)),
        ("Place", view.place(one.place) if one.place else ""),
        ("Part of", view.entry("organisations", one.part_of) if one.part_of else ""),
        *(
            (role, Markup(", ").join(view.entry(kind, code) for kind, code in entries))
            for role, entries in roles.get(one.code, {}).items()
        ),
        ("Known as", ", ".join(f"{scheme} {number}" for scheme, number in one.identifiers.items())),
        ("Website", outward(one.website, one.website) if one.website else ""),
        ("Rests on", cited(every_citation(one.cites), view)),
    ]
    return {
        "anchor": f"organisation-{slug(one.code)}",
        "name": titled(one.name),
        "facts": [(name, said) for name, said in facts if said],
    }
