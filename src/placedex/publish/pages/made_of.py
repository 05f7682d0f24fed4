"""What an index is made of for one kind of place, and what it is made without, in words."""

from collections.abc import Sequence

from markupsafe import Markup

from placedex.index import Node
from placedex.observations import Indicator
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import capital, named, number, plural, small

ASIDE = "set aside"


def components_counted(standings: Standings) -> str:
    """How many of the components count, with their names: 3 of the 6 components (a, b and c)."""
    count = len(standings.components)
    names = named(node.name for node in standings.components)
    if not standings.absent:
        return (
            f"all {small(count)} components ({names})" if count > 1 else f"one component ({names})"
        )
    return f"{count} of the {count + len(standings.absent)} components ({names})"


def absences(standings: Standings) -> str:
    """Which components do not count and why, as a clause; nothing if all count."""
    return "; ".join(
        f"{named(names)} {'is' if len(names) == 1 else 'are'} {why}"
        for why, names in _grouped(standings, standings.absent).items()
    )


def made_of(standings: Standings, *, others: bool) -> str:
    """What the index of a kind of place is made of, in a sentence or two for its ranking.

    With `others`, that the scores of other kinds are made of other parts.
    """
    found = f"Made of {components_counted(standings)}"
    without = absences(standings)
    found += f"; {without}." if without else "."
    if others:
        found += (
            " Scores of other kinds of place are made of other parts: do not compare them with "
            "these."
        )
    return found


def why_aside(standings: Standings, node: Node) -> str:
    """Why an indicator, or a component with all that is in it, does not count for a kind."""
    kinds = plural(standings.kind)
    codes = [leaf.code for leaf in standings.spec.hierarchy.leaves_under(node.code)]
    known = {code for code in codes if standings.is_published(code)}
    if not known:
        return f"not published for {kinds}"
    reasons = {flag.kind for flag in standings.flags_of[""] if flag.node in known}
    if reasons == {"few places"}:
        return f"published for too few {kinds}"
    return f"{ASIDE} for {kinds}"


def aside_words(standings: Standings, codes: Sequence[str]) -> list[str]:
    """A sentence for each reason for which indicators do not count for a kind of place."""
    nodes = [standings.spec.hierarchy[code] for code in codes]
    return [f"{capital(why)}: {named(names)}." for why, names in _grouped(standings, nodes).items()]


def unpublished_words(standings: Standings, indicators: Sequence[Indicator]) -> list[str]:
    """That figures beside the index are not published for a kind of place, in a sentence."""
    if not indicators:
        return []
    names = named(one.name for one in indicators)
    return [f"Not published for {plural(standings.kind)}: {names}."]


def shares_table(
    key: str,
    caption: str,
    *,
    nodes: Sequence[tuple[Node, str | Markup]],
    kinds: Sequence[Standings],
) -> Markup:
    """The share of the whole that each node carries, in a column for each kind of place."""
    columns = [words("Part"), *(figures(capital(plural(one.kind))) for one in kinds)]
    weights = [one.hierarchy.effective_weights() for one in kinds]
    rows = [[name, *(share(shares, node.code) for shares in weights)] for node, name in nodes]
    return draw_table(key, caption, columns=columns, rows=rows)


def share(shares: dict[str, float], code: str) -> str:
    """The share of the whole that a node carries, or that it is set aside."""
    return f"{number(100 * shares[code], 1)}%" if code in shares else ASIDE


def _grouped(standings: Standings, nodes: Sequence[Node]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in nodes:
        found.setdefault(why_aside(standings, node), []).append(node.name)
    return found
