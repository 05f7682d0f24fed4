"""A place's page: how it stands among its peers, every figure with its origin, and its history."""

from math import isnan
from typing import Any

from markupsafe import Markup

from placedex.index import Node
from placedex.observations import Indicator
from placedex.places import Place
from placedex.publish.cells import link, place_link, ranked
from placedex.publish.links import Links, anchor, place_path
from placedex.publish.material import Material
from placedex.publish.pages.figures_table import figures_table, has_row, statuses_met
from placedex.publish.pages.history import histories
from placedex.publish.pages.made_of import (
    absences,
    aside_words,
    components_counted,
    unpublished_words,
    why_aside,
)
from placedex.publish.pages.page import Page, links_from
from placedex.publish.pages.place_uncertainty import sureness
from placedex.publish.pages.profile import profile_chart, profile_table
from placedex.publish.pages.ranking import key_of, range_words
from placedex.publish.pages.said_here import said_here
from placedex.publish.pages.strengths import strengths
from placedex.publish.standings import Standings
from placedex.publish.words import capital, counted, plural, points


def place_page(place: Place, material: Material) -> Page:
    """The page of one place."""
    path = place_path(place)
    links = links_from(path)
    sections = [_section(one, place, material=material) for one in material.standings_of(place)]
    in_sections = {code for section in sections for code in section["codes"]}
    others = [
        one
        for one in material.indicators
        if one.code not in in_sections and material.figures.latest(place.code, one.code)
    ]
    return Page(
        path=path,
        title=f"{place.name} ({place.kind})",
        template="place.html",
        section="places",
        content={
            "place": place,
            "kind": capital(place.kind),
            "kinds": capital(plural(place.kind)),
            "kind_anchor": anchor(place.kind),
            "parents": [
                (place_link(one, links, known=material.places, short=True), one.kind)
                for one in material.ancestors(place)
                if one.kind != "country group" or one.code in material.places
            ],
            "members": _members(place, material, links=links),
            "sections": sections,
            "others": figures_table(
                others, place, material=material, key="other-figures", caption="Other figures"
            ),
            "other_histories": histories(others, place, material=material),
            "ranked_kind": bool(material.standings_of(place)),
            "statuses": statuses_met(place, material),
            "said_here": said_here(place, material),
        },
    )


def _section(standings: Standings, place: Place, *, material: Material) -> dict[str, Any]:
    """What the page says of a place in one index."""
    links = links_from(place_path(place))
    spec = standings.spec
    scored = standings.is_scored(place.code)
    used = list(standings.figures.indicators)
    aside = list(standings.ranked.beside.indicators)
    shown = [one for one in aside if has_row(one, place, material=material)]
    bare = [
        one
        for one in aside
        if one not in shown and not material.periods.get((place.kind, one.code))
    ]
    key = key_of(standings)
    return {
        "key": key,
        "title": spec.title,
        "codes": {one.code for one in (*used, *aside)},
        "scored": scored,
        "why_not": "" if scored else standings.why_not(place),
        "lead": _lead(standings, place, links=links) if scored else Markup(""),
        "chart": profile_chart(standings, place, links=links) if scored else None,
        "table": profile_table(standings, place, links=links) if scored else None,
        "strengths": strengths(standings, place, material=material) if scored else None,
        "sureness": sureness(standings, place, material=material, links=links),
        "without": standings.without(place.code, standings.root.code),
        "groups": _groups(standings, place, material=material),
        "histories": histories(used, place, material=material),
        "beside": figures_table(
            [one for one in aside if one not in bare],
            place,
            material=material,
            key=f"{key}-beside",
            caption="Figures beside the index",
        ),
        "beside_notes": unpublished_words(standings, bare),
        "beside_histories": histories(aside, place, material=material),
        "flags": [flag.words for flag in standings.flags_of[place.code]],
        "kind_flags": [flag.words for flag in standings.flags_of[""]],
    }


def _lead(standings: Standings, place: Place, *, links: Links) -> Markup:
    """One sentence: score, rank, how the rank moves across the scenarios, and on what parts."""
    number = len(standings.ranked.scenario_ranks)
    moves = ""
    if number:
        moves = f" ({range_words(standings, place.code)} across {counted(number, 'scenario')})"
    without = absences(standings)
    return Markup("{} of 100 points, {}{}, on {}{}.").format(
        link(links.method("aggregate"), points(standings.score(place.code))),
        link(links.to(f"index.html#{key_of(standings)}"), _rank_words(standings, place)),
        moves,
        components_counted(standings),
        f"; {without}" if without else "",
    )


def _rank_words(standings: Standings, place: Place) -> str:
    placing = standings.placing(place.code)
    count = placing.count if placing else 0
    return f"{ranked(placing)} {counted(count, standings.kind).partition(' ')[2]}"


def _groups(standings: Standings, place: Place, *, material: Material) -> list[dict[str, Any]]:
    """The figures in the index, by component, each with its score where there is one."""
    spec = standings.spec.hierarchy
    return [
        _group(node, standings, place, material=material) for node in spec.children(spec.root.code)
    ]


def _group(node: Node, standings: Standings, place: Place, *, material: Material) -> dict[str, Any]:
    """A component's figures; those set aside for the kind only where there is one to show."""
    leaves = standings.spec.hierarchy.leaves_under(node.code)
    used = {leaf.code for leaf in standings.hierarchy.leaves}
    shown = [
        leaf
        for leaf in leaves
        if leaf.code in used or has_row(_indicator(standings, leaf.code), place, material=material)
    ]
    hidden = [leaf.code for leaf in leaves if leaf not in shown]
    is_absent = node in standings.absent
    notes = aside_words(standings, hidden)
    if is_absent:
        notes = [f"{capital(why_aside(standings, node))}."]
    key = f"{key_of(standings)}-{node.code}"
    return {
        "name": node.name,
        "standing": _standing(node, standings, place),
        "notes": [*standings.without(place.code, node.code), *notes] if not is_absent else notes,
        "table": figures_table(
            [_indicator(standings, leaf.code) for leaf in shown],
            place,
            material=material,
            key=f"{key}-figures",
            caption=f"{node.name}: figures",
            standings=standings,
        ),
    }


def _standing(node: Node, standings: Standings, place: Place) -> str:
    score = standings.score(place.code, node.code)
    if isnan(score):
        return "no score"
    return f"{points(score)} points, {ranked(standings.placing(place.code, node.code))}"


def _indicator(standings: Standings, code: str) -> Indicator:
    return standings.figures.indicators[standings.figures.column(code)]


def _members(place: Place, material: Material, *, links: Links) -> list[tuple[Markup, str]]:
    """The places of the edition that lie right in a place, with their kinds."""
    inside = [one for one in material.edition.places if place.code in one.parents]
    inside.sort(key=lambda one: (one.kind, one.name, one.code))
    return [(place_link(one, links, known=material.places), one.kind) for one in inside]
