"""An indicator's page: what it measures, why it counts and what stands against it, every place."""

from typing import Any

from markupsafe import Markup

from placedex.index import Node
from placedex.observations import Indicator, not_comparable
from placedex.publish.cells import explained, link
from placedex.publish.links import Links, anchor, indicator_path
from placedex.publish.material import Material
from placedex.publish.pages.constant_prices import constant_prices
from placedex.publish.pages.made_of import share
from placedex.publish.pages.page import Page, links_from
from placedex.publish.pages.spread import Spread, spreads
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import amount, capital, listed, number, plural, unit_words

PATH = "indicators/index.html"
WAYS = {1: "higher is better", -1: "lower is better", 0: "neither higher nor lower is better"}


def indicators_page(material: Material) -> Page:
    """The page that lists every indicator: those of each index, those beside it, the rest."""
    links = links_from(PATH)
    catalogue = material.figures.catalogue
    used: set[str] = set()
    groups: list[dict[str, Any]] = []
    for published in material.edition.indexes:
        hierarchy = published.spec.hierarchy
        for node in hierarchy.children(hierarchy.root.code):
            leaves = [
                one for one in hierarchy.upwards(node.code) if not hierarchy.children(one.code)
            ]
            codes = [leaf.code for leaf in leaves]
            groups.append(_group(node.name, [catalogue[code] for code in codes], links=links))
            used |= set(codes)
        beside = [catalogue[code] for code in published.spec.beside if code not in used]
        groups.append(_group("Beside the index", beside, links=links))
        used |= {one.code for one in beside}
    rest = [one for one in material.indicators if one.code not in used]
    groups.append(_group("Parts of reckoned figures, and others", rest, links=links))
    return Page(
        path=PATH,
        title="Indicators",
        template="indicators.html",
        section="indicators",
        content={"groups": [group for group in groups if group["indicators"]]},
    )


def _group(name: str, indicators: list[Indicator], *, links: Links) -> dict[str, Any]:
    return {
        "name": name,
        "indicators": [
            {
                "link": link(links.indicator(one.code), one.name),
                "unit": unit_words(one.unit),
                "way": WAYS[one.better],
                "definition": one.definition,
            }
            for one in indicators
        ],
    }


def indicator_page(indicator: Indicator, material: Material) -> Page:
    """The page of one indicator."""
    path = indicator_path(indicator.code)
    links = links_from(path)
    found = spreads(indicator, material)
    return Page(
        path=path,
        title=indicator.name,
        template="indicator.html",
        section="indicators",
        content={
            "indicator": indicator,
            "facts": _facts(indicator, found),
            "reckoned": _reckoned(indicator, material, links=links),
            "part_of": [
                link(links.indicator(one.code), one.name)
                for one in material.indicators
                if one.ratio and indicator.code in (one.ratio.numerator, one.ratio.denominator)
            ],
            "uses": _uses(indicator, material, links=links),
            "unlike": _unlike(indicator, material, links=links),
            "constant": constant_prices(indicator, material),
            "spreads": found,
            "statuses": explained(status for one in found for status in one.statuses),
            "sources": _sources(indicator, material, links=links),
        },
    )


def _facts(indicator: Indicator, found: list[Spread]) -> list[tuple[str, str]]:
    """What is measured, as pairs of a name and words; what is not said is left out."""
    measure = indicator.measure
    facts = [
        ("Counted", measure.counted),
        ("Of", measure.of),
        ("Where", measure.where),
        ("Known by", measure.how),
        ("Unit", unit_words(indicator.unit)),
        ("Prices", measure.price_words),
        ("Which way is better", WAYS[indicator.better]),
        ("Period", listed(dict.fromkeys(one.period for one in found if one.period))),
        ("Published for each", indicator.period or ""),
    ]
    return [(name, capital(said)) for name, said in facts if said]


def _unlike(indicator: Indicator, material: Material, *, links: Links) -> list[Markup]:
    """What looks like the indicator and may not be compared with it, each with the reasons."""
    catalogue = material.figures.catalogue
    shown = {one.code for one in material.indicators}
    found = []
    for code, answer in not_comparable(indicator, catalogue).items():
        name = catalogue[code].name
        who = link(links.indicator(code), name) if code in shown else name
        found.append(Markup("Not comparable with {}: {}.").format(who, "; ".join(answer.reasons)))
    return found


def _reckoned(indicator: Indicator, material: Material, *, links: Links) -> Markup | None:
    ratio = indicator.ratio
    if ratio is None:
        return None
    catalogue = material.figures.catalogue
    times = "" if ratio.times == 1 else f", times {number(ratio.times)}"
    return Markup("{} ÷ {}{}, both for the same place and period").format(
        link(links.indicator(ratio.numerator), catalogue[ratio.numerator].name),
        link(links.indicator(ratio.denominator), catalogue[ratio.denominator].name),
        times,
    )


def _uses(indicator: Indicator, material: Material, *, links: Links) -> list[dict[str, Any]]:
    """How each index uses the indicator: its reasons, its weight, its goalposts, its flags."""
    uses = []
    for published in material.edition.indexes:
        spec = published.spec
        node = next((one for one in spec.hierarchy.leaves if one.code == indicator.code), None)
        standings = [one for one in material.standings if one.spec is spec]
        uses.append(
            {
                "title": spec.title,
                "node": node,
                "beside": indicator.code in spec.beside,
                "component": spec.hierarchy[node.parent].name if node and node.parent else "",
                "weight": number(node.weight, 2).rstrip("0").rstrip(".") if node else "",
                "shares": _shares(node, standings, links=links) if node and standings else None,
                "goalposts": [_goalposts(indicator, one) for one in standings] if node else [],
                "flags": _flags(indicator, standings),
                "method": links.method("hierarchy"),
            }
        )
    return [use for use in uses if use["node"] or use["beside"]]


def _shares(node: Node, standings: list[Standings], *, links: Links) -> Markup:
    """What the indicator weighs in the whole, for each kind of place."""
    rows = [
        [
            capital(plural(one.kind)),
            link(links.method("hierarchy"), share(one.hierarchy.effective_weights(), node.code)),
        ]
        for one in standings
    ]
    return draw_table(
        f"{anchor(standings[0].spec.code)}-shares",
        "Share of the whole, by kind of place, where a place lacks nothing",
        columns=[words("Kind of place"), figures("Share")],
        rows=rows,
    )


def _goalposts(indicator: Indicator, standings: Standings) -> str:
    kinds = capital(plural(standings.kind))
    used = {one.code: one for one in standings.hierarchy.leaves}.get(indicator.code)
    if used is None or used.goalposts is None:
        return f"{kinds}: set aside"
    given = standings.spec.hierarchy[indicator.code].goalposts
    ends = given or used.goalposts
    worst, best = ends if used.direction > 0 else ends[::-1]
    how = "given by the spec" if given else "the lowest and highest found"
    if used.goalposts != ends:
        how += ", and then treated as the figures are"
    return (
        f"{kinds}: worst at {amount(worst, indicator)}, best at {amount(best, indicator)} ({how})"
    )


def _flags(indicator: Indicator, standings: list[Standings]) -> list[str]:
    return [
        f"{capital(plural(one.kind))}: {flag.words}"
        for one in standings
        for flag in one.flags_of[""]
        if flag.node == indicator.code
    ]


def _sources(indicator: Indicator, material: Material, *, links: Links) -> list[Markup]:
    """Every origin of the indicator, or of its parts, each leading to the page of sources."""
    ratio = indicator.ratio
    codes = (indicator.code,) if ratio is None else (ratio.numerator, ratio.denominator)
    origins = {one.code: one for code in codes for one in material.origins.get(code, ())}
    return [
        Markup("{}, {} ({}; {})").format(
            origin.publisher, link(links.origin(code), origin.title), origin.edition, code
        )
        for code, origin in sorted(origins.items())
    ]
