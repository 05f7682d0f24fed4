"""The method page: an index in words, so that an analyst can reckon it again."""

from math import isnan
from typing import Any

import numpy as np
from markupsafe import Markup

from placedex.index import Node, Scenario
from placedex.observations import Panel
from placedex.publish.cells import link, place_link
from placedex.publish.edition import Published
from placedex.publish.links import Links, anchor
from placedex.publish.material import Material
from placedex.publish.pages.example import worked_example
from placedex.publish.pages.made_of import shares_table
from placedex.publish.pages.page import Page, links_from
from placedex.publish.pages.ranking import key_of, range_words
from placedex.publish.pages.step_words import step_words
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import amount, capital, counted, listed, ordinal, plural

PATH = "method.html"


def method_page(material: Material) -> Page:
    """The method page, with a part for each index."""
    links = links_from(PATH)
    return Page(
        path=PATH,
        title="Method",
        template="method.html",
        section="method",
        content={
            "indexes": [_part(one, material, links=links) for one in material.edition.indexes],
            "left_out": sorted(material.edition.left_out.items()),
        },
    )


def _part(published: Published, material: Material, *, links: Links) -> dict[str, Any]:
    spec = published.spec
    standings = [one for one in material.standings if one.spec is spec]
    names = {place.code: place.name for place in material.edition.places}
    names |= {node.code: node.name for node in spec.hierarchy}
    return {
        "spec": spec,
        "tree": _tree(spec.hierarchy.root, published, material=material),
        "shares": _shares(published, standings, links=links),
        "steps": [
            (step.verb, capital(step.verb), step_words(step.words, names)) for step in spec.steps
        ],
        "stages": [_stages(one) for one in standings],
        "flags": [_flags(one) for one in standings],
        "scenarios": [(_short(one.code), one.name) for one in spec.scenarios],
        "scenario_notes": [_scenario_note(one) for one in standings],
        "scenario_tables": [
            _scenario_table(one, material, links=links)
            for one in standings
            if one.ranked.scenario_ranks
        ],
        "drawn": any(one.ranked.uncertainty is not None for one in standings),
        "not_drawn": any(one.ranked.not_drawn for one in standings),
        "audited": any(one.ranked.audit is not None for one in standings),
        "example": worked_example(standings, material, links=links),
        "beside": [
            link(links.indicator(code), material.figures.catalogue[code].name)
            for code in spec.beside
        ],
    }


def _shares(published: Published, standings: list[Standings], *, links: Links) -> Markup:
    """The share of the whole that every component and indicator carries for each kind."""
    spec = published.spec
    nodes = [
        (node, node.name if spec.hierarchy.children(node.code) else _to(node, links))
        for node in spec.hierarchy
        if node.parent is not None
    ]
    caption = "Share of the whole for each kind of place, where a place lacks nothing"
    return shares_table(f"{anchor(spec.code)}-shares", caption, nodes=nodes, kinds=standings)


def _to(node: Node, links: Links) -> Markup:
    return link(links.indicator(node.code), node.name)


def _tree(node: Node, published: Published, *, material: Material) -> dict[str, Any]:
    """A node with what is below it, for a nested list."""
    hierarchy = published.spec.hierarchy
    children = hierarchy.children(node.code)
    links = links_from(PATH)
    indicator = material.figures.catalogue.get(node.code) if not children else None
    name: str | Markup = node.name
    posts = ""
    if indicator is not None:
        name = link(links.indicator(node.code), node.name)
        if node.goalposts is not None:
            low, high = (amount(end, indicator) for end in node.goalposts)
            posts = f"goalposts {low} and {high}"
        else:
            posts = "goalposts: the lowest and highest figure found"
    return {
        "name": name,
        "weight": f"{node.weight:g}",
        "way": ("higher is better" if node.direction > 0 else "lower is better")
        if indicator
        else "",
        "posts": posts,
        "why": node.why,
        "against": node.against,
        "children": [_tree(one, published, material=material) for one in children],
    }


def _stages(standings: Standings) -> Markup:
    """How many places, of them ranked, and indicators each step left."""
    key = f"{key_of(standings)}-stages"
    raw = standings.ranked.index.raw
    root = standings.root.code
    rows = [["before the first step", f"{len(raw.places):,}", "not yet", "as published"]]
    rows += [
        [
            stage.step.verb,
            f"{len(stage.state.panel.places):,}",
            _ranked(stage.state.panel, root) if stage.step.verb == "rank" else "not yet",
            f"{len(stage.state.hierarchy.leaves):,}",
        ]
        for stage in standings.ranked.index.stages
    ]
    caption = f"{capital(plural(standings.kind))}: what each step left"
    columns = [words("Step"), figures("Places scored"), figures("Places ranked")]
    columns.append(figures("Indicators"))
    return draw_table(key, caption, columns=columns, rows=rows)


def _ranked(panel: Panel, root: str) -> str:
    """How many places have a rank on the whole."""
    return f"{int((~np.isnan(panel.of(root))).sum()):,}"


def _flags(standings: Standings) -> dict[str, Any]:
    """What was flagged for a kind of place: whole sentences, and counts of those for one place."""
    singles: dict[str, int] = {}
    for place, found in standings.flags_of.items():
        if place:
            for flag in found:
                singles[flag.kind] = singles.get(flag.kind, 0) + 1
    return {
        "heading": capital(plural(standings.kind)),
        "general": [flag.words for flag in standings.flags_of[""]],
        "counts": [(kind, counted(count, "time")) for kind, count in sorted(singles.items())],
        "unscored": [standings.why_not(place) for place in standings.unscored],
    }


def _scenario_table(standings: Standings, material: Material, *, links: Links) -> dict[str, Any]:
    """The rank of every place under every scenario."""
    scenarios = _telling(standings)
    ranks = standings.ranked.scenario_ranks
    rows_of = {place.code: row for row, place in enumerate(standings.places)}
    columns = [words("Place"), figures("As published")]
    columns += [figures(_short(one.code)) for one in scenarios]
    columns += [words("Range")]
    rows = [
        [
            place_link(place, links, known=material.places),
            ordinal(standings.rank(place.code)),
            *(_rank(float(ranks[one.code][rows_of[place.code]])) for one in scenarios),
            range_words(standings, place.code),
        ]
        for place in standings.order
    ]
    caption = f"{capital(plural(standings.kind))}: rank under each scenario"
    return {
        "table": draw_table(f"{key_of(standings)}-scenarios", caption, columns=columns, rows=rows),
        "heading": capital(plural(standings.kind)),
        "folded": len(rows) > 20,
        "count": counted(len(rows), "place"),
    }


def _telling(standings: Standings) -> list[Scenario]:
    """The scenarios that change something for a kind of place."""
    return [one for one in standings.spec.scenarios if one.code in standings.ranked.scenario_ranks]


def _scenario_note(standings: Standings) -> str:
    """How many scenarios change something for a kind of place, and which do not."""
    telling = _telling(standings)
    idle = [_short(one.code) for one in standings.spec.scenarios if one not in telling]
    words = f"{capital(plural(standings.kind))}: {counted(len(telling), 'scenario')} counted."
    if idle:
        words += f" Left out, as they change nothing here: {listed(idle)}."
    return words


def _short(code: str) -> str:
    """A scenario's code as the head of a column."""
    return capital(code.replace("-", " "))


def _rank(rank: float) -> str:
    return "no rank" if isnan(rank) else ordinal(rank)
