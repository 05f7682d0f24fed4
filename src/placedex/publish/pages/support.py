"""The page of support: every offer by need, for whom, until when, and whom to ask."""

from typing import Any

from markupsafe import Markup

from placedex.ledger import SupportOffer
from placedex.ledger.support import NEEDS
from placedex.publish.cells import link
from placedex.publish.links import slug
from placedex.publish.material import Material
from placedex.publish.pages.citations import cited, every_citation
from placedex.publish.pages.page import Page
from placedex.publish.pages.programmes import span_words
from placedex.publish.pages.said_by import outward
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words
from placedex.publish.words import capital, counted, listed, number, titled

PATH = "support.html"
TITLES = {"testbed": "A testbed", "space": "Space to work"}


def support_page(material: Material) -> Page:
    """The page of support offers."""
    view = View(PATH, material)
    offers = sorted(
        view.record.ledger.support.values(), key=lambda one: _stage(one, view) == "ended"
    )
    return Page(
        path=PATH,
        title="Support",
        template="support.html",
        section="support",
        content={
            "count": counted(len(offers), "offer"),
            "needs": [
                {
                    "key": f"need-{need}",
                    "title": TITLES.get(need, capital(need)),
                    "offers": [
                        (link(f"#offer-{slug(one.code)}", titled(one.name)), _stage(one, view))
                        for one in offers
                        if need in one.needs
                    ],
                }
                for need in NEEDS
            ],
            "offers": [_offer(one, view) for one in offers],
        },
    )


def _offer(one: SupportOffer, view: View) -> dict[str, Any]:
    asked = one.ask or one.by
    facts: list[tuple[str, str | Markup]] = [
        ("For", for_whom(one)),
        ("Where", Markup(", ").join(view.place(code) for code in one.places) or "everywhere"),
        ("Helps with", listed(one.needs)),
        ("Until", period_words(one.closes) or "no end is published"),
        ("Open", span_words(one.opens, one.closes) if one.opens else ""),
        ("Offered by", view.entry("organisations", one.by)),
        ("Ask", view.entry("organisations", asked)),
        ("Part of", view.entry("programmes", one.programme) if one.programme else ""),
        ("Website", outward(one.website, one.website) if one.website else ""),
        ("Rests on", cited(every_citation(one.cites), view)),
    ]
    return {
        "anchor": f"offer-{slug(one.code)}",
        "name": titled(one.name),
        "gives": capital(one.gives),
        "stage": _stage(one, view),
        "facts": [(name, said) for name, said in facts if said],
    }


def _stage(one: SupportOffer, view: View) -> str:
    """That the offer's programme has ended, if it has: nobody should ask for it in vain."""
    programme = view.record.ledger.programmes.get(one.programme)
    return "ended" if programme is not None and programme.stage == "ended" else ""


def for_whom(one: SupportOffer) -> str:
    """For which firms an offer is, in words; every firm if no rule is published."""
    said = []
    if one.sizes:
        said.append(f"{listed(one.sizes, last='or')} firms")
    if one.least_age is not None:
        said.append(f"at least {_years(one.least_age)} old")
    if one.most_age is not None:
        said.append(f"at most {_years(one.most_age)} old")
    if one.industries:
        said.append(f"of the industries {listed(one.industries, last='or')} (SIC 2007)")
    if one.comes_from:
        said.append("from abroad" if one.comes_from == "abroad" else "from this country")
    if not said:
        return "every firm: no rule is published"
    return ", ".join(said if one.sizes else ["firms", *said])


def _years(age: float) -> str:
    whole = number(age, 0 if age == int(age) else 1)
    return f"{whole} year" if age == 1 else f"{whole} years"
