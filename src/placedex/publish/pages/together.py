"""The page of partnerships, sites and events that the documents name."""

from typing import Any

from markupsafe import Markup

from placedex.ledger import Cites, Event, Partnership, Site
from placedex.publish.links import slug
from placedex.publish.material import Material
from placedex.publish.pages.citations import cited, every_citation
from placedex.publish.pages.page import Page
from placedex.publish.pages.programmes import span_words
from placedex.publish.pages.said_by import outward
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words
from placedex.publish.words import titled

PATH = "programmes/together.html"
Facts = list[tuple[str, str | Markup]]


def together_page(material: Material) -> Page:
    """The page of partnerships, sites and events."""
    view = View(PATH, material)
    ledger = view.record.ledger
    groups = [
        {
            "key": "partnerships",
            "title": "Partnerships",
            "entries": [_partnership(one, view) for one in ledger.partnerships.values()],
        },
        {
            "key": "sites",
            "title": "Sites",
            "entries": [_site(one, view) for one in ledger.sites.values()],
        },
        {
            "key": "events",
            "title": "Events",
            "entries": [_event(one, view) for one in ledger.events.values()],
        },
    ]
    return Page(
        path=PATH,
        title="Partnerships, sites and events",
        template="together.html",
        section="programmes",
        content={"groups": [one for one in groups if one["entries"]]},
    )


def _partnership(one: Partnership, view: View) -> dict[str, Any]:
    facts: Facts = [
        ("Kind", one.kind),
        ("Members", view.entries("organisations", one.members)),
        ("When", span_words(one.starts, one.ends)),
        *_of_programme(one.programme, view),
    ]
    return _entry(("partnerships", one.code), one.name, facts=facts, cites=one.cites, view=view)


def _site(one: Site, view: View) -> dict[str, Any]:
    facts: Facts = [
        ("Kind", one.kind),
        ("Place", view.place(one.place)),
        ("Host", view.entry("organisations", one.host) if one.host else ""),
        ("Partners", view.entries("organisations", one.partners)),
        ("Offers", ", ".join(one.offers)),
        ("Website", outward(one.website, one.website) if one.website else ""),
        *_of_programme(one.programme, view),
    ]
    return _entry(("sites", one.code), one.name, facts=facts, cites=one.cites, view=view)


def _event(one: Event, view: View) -> dict[str, Any]:
    facts: Facts = [
        ("Kind", one.kind),
        ("When", period_words(one.when)),
        ("Repeats", one.repeats),
        ("Place", view.place(one.place) if one.place else ""),
        ("Held by", view.entries("organisations", one.held_by)),
        *_of_programme(one.programme, view),
    ]
    return _entry(("events", one.code), one.name, facts=facts, cites=one.cites, view=view)


def _of_programme(code: str, view: View) -> Facts:
    return [("Programme", view.entry("programmes", code))] if code else []


def _entry(
    key: tuple[str, str], name: str, *, facts: Facts, cites: Cites, view: View
) -> dict[str, Any]:
    every: Facts = [*facts, ("Rests on", cited(every_citation(cites), view))]
    return {
        "anchor": f"{key[0]}-{slug(key[1])}",
        "name": titled(name),
        "facts": [(word, said) for word, said in every if said],
    }
