"""The method page: an index in words, so that an analyst can reckon it again."""

from math import isnan
from typing import Any

from markupsafe import Markup

from placedex.index import Node
from placedex.publish.cells import link, place_link
from placedex.publish.edition import Published
from placedex.publish.links import Links
from placedex.publish.material import Material
from placedex.publish.pages.example import worked_example
from placedex.publish.pages.page import Page, links_from
from placedex.publish.pages.ranking import key_of, range_words
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import amount, capital, counted, number, ordinal, plural

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
    shares = spec.hierarchy.effective_weights()
    return {
        "spec": spec,
        "tree": _tree(spec.hierarchy.root, published, material=material, shares=shares),
        "steps": [(step.verb, capital(step.verb), step.words) for step in spec.steps],
        "stages": [_stages(one) for one in standings],
        "flags": [_flags(one) for one in standings],
        "scenarios": [(_short(one.code), one.name) for one in spec.scenarios],
        "scenario_tables": [
            _scenario_table(one, material, links=links) for one in standings if spec.scenarios
        ],
        "example": worked_example(standings, material, links=links),
        "beside": [
            link(links.indicator(code), material.figures.catalogue[code].name)
            for code in spec.beside
        ],
    }


def _tree(
    node: Node, published: Published, *, material: Material, shares: dict[str, float]
) -> dict[str, Any]:
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
        "share": f"{number(100 * shares[node.code], 1)}%",
        "way": ("higher is better" if node.direction > 0 else "lower is better")
        if indicator
        else "",
        "posts": posts,
        "why": node.why,
        "against": node.against,
        "children": [_tree(one, published, material=material, shares=shares) for one in children],
    }


def _stages(standings: Standings) -> Markup:
    """How many places and indicators each step left."""
    key = f"{key_of(standings)}-stages"
    raw = standings.ranked.index.raw
    rows = [["before the first step", f"{len(raw.places):,}", "as published"]]
    rows += [
        [
            stage.step.verb,
            f"{len(stage.state.panel.places):,}",
            f"{len(stage.state.hierarchy.leaves):,}",
        ]
        for stage in standings.ranked.index.stages
    ]
    caption = f"{capital(plural(standings.kind))}: what each step left"
    columns = [words("Step"), figures("Places"), figures("Indicators")]
    return draw_table(key, caption, columns=columns, rows=rows)


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
    scenarios = standings.spec.scenarios
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


def _short(code: str) -> str:
    """A scenario's code as the head of a column."""
    return capital(code.replace("-", " "))


def _rank(rank: float) -> str:
    return "no rank" if isnan(rank) else ordinal(rank)
