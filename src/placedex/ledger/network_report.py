"""A report on a network: its measures, its communities, who bridges, and its tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from placedex.ledger.bridges import Bridge, GroupPair, between_groups, find_bridges
from placedex.ledger.brokerage import Brokerage, brokers
from placedex.ledger.communities import Communities, find_communities
from placedex.ledger.graph import Graph, Measures, components, make_graph, measure
from placedex.ledger.network import ORGANISATION, Network
from placedex.ledger.organisation_groups import OTHER
from placedex.ledger.working_together import organisations_together

Row = dict[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class NetworkReport:
    """What can be said of a network.

    Attributes:
        whole: the measures of every node among all nodes, every tie alike.
        together: the organisations alone, tied by what they share.
        alone: the measures of the organisations among themselves.
        roles: their Gould-Fernandez roles, each two that they stand between counted once.
        bridges, pairs: who alone links what, and how groups of organisations are tied.
    """

    network: Network
    whole: Mapping[str, Measures]
    together: Graph
    alone: Mapping[str, Measures]
    roles: Mapping[Any, Brokerage]
    communities: Communities | None
    bridges: tuple[Bridge, ...]
    pairs: tuple[GroupPair, ...]

    def bridge_words(self) -> tuple[str, ...]:
        """Who alone links whom, the weightiest first."""
        degree = {node: one.degree for node, one in self.alone.items()}
        return tuple(one.words(self.network.names(), degree) for one in self.bridges)

    def group_words(self) -> tuple[str, ...]:
        """How each two groups are tied; those without a tie first."""
        ordered = sorted(self.pairs, key=lambda one: one.ties > 0)
        return tuple(one.words(self.network.names()) for one in ordered)

    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the whole, in sentences."""
        organisations = self.network.of(ORGANISATION)
        if not organisations:
            return ("The ledger has no organisation here: there is no network to read.",)
        apart = components(self.together)
        alone = [part[0] for part in apart if len(part) == 1]
        if len(alone) == len(organisations):
            return (
                f"No two of the {len(organisations)} organisations share an entry: there are no "
                "ties to measure." if len(alone) > 1 else
                "There is one organisation: it can have no ties to others.",
            )  # fmt: skip
        strange = sorted({node.kind for node in organisations if node.group == OTHER})
        found = [_apart(len(apart) - len(alone), len(alone))]
        if self.communities is not None:
            found.append(self.communities.words())
        if strange:
            found.append(f"Of no group, and counted as 'other': {', '.join(strange)}.")
        return tuple(found)

    def node_rows(self) -> list[Row]:
        """A row for each node, those that most paths go through first.

        The measures are those among all nodes; those of `organisations` are of organisations
        tied by what they share, and empty for all else.
        """
        ordered = sorted(
            self.network.nodes, key=lambda one: (-round(self.whole[one.code].betweenness, 9), one)
        )
        return [self._row(node.code) for node in ordered]

    def tie_rows(self) -> list[Row]:
        """A row for each tie: both ends, its kind, the entry that says so, and what it rests on."""
        names = self.network.names()
        return [
            {
                "one": tie.one,
                "one_name": names[tie.one],
                "kind": tie.kind,
                "other": tie.other,
                "other_name": names[tie.other],
                "entry": tie.entry,
                "cites": "; ".join(map(str, tie.cites)),
            }
            for tie in self.network.ties
        ]

    def _row(self, code: str) -> Row:
        node = next(one for one in self.network.nodes if one.code == code)
        whole, alone = self.whole[code], self.alone.get(code)
        roles, found = self.roles.get(code), self.communities
        community = found.of(code) if found is not None and alone is not None else None
        return {
            "node": code,
            "name": node.name,
            "what": node.what,
            "kind": node.kind,
            "group": node.group or None,
            "degree": whole.degree,
            "betweenness": whole.betweenness,
            "core": whole.core,
            "organisations": alone.degree if alone else None,
            "organisations_betweenness": alone.betweenness if alone else None,
            "constraint": alone.constraint if alone else None,
            "effective_size": alone.effective_size if alone else None,
            "organisations_core": alone.core if alone else None,
            "coordinator": roles.coordinator if roles else None,
            "itinerant": roles.itinerant if roles else None,
            "gatekeeper_or_representative": roles.gatekeeper if roles else None,
            "liaison": roles.liaison if roles else None,
            "community": None if community is None else community + 1,
            "share_of_runs": found.share[code] if found is not None and community is not None
            else None,
        }  # fmt: skip


def _apart(parts: int, alone: int) -> str:
    """How far a network hangs together."""
    hang = "one part hangs" if parts == 1 else f"{parts} parts hang"
    none = "no organisation has" if not alone else (
        "one organisation has" if alone == 1 else f"{alone} organisations have"
    )  # fmt: skip
    return (
        f"Of organisations, {hang} together, and {none} no tie. A tie that no document speaks of "
        "is not in it."
    )


def report_on(network: Network) -> NetworkReport:
    """The report on a network; the same for the same ledger."""
    pairs = dict.fromkeys((tie.one, tie.other) for tie in network.ties)
    together = organisations_together(network)
    groups = {node.code: node.group for node in network.of(ORGANISATION)}
    return NetworkReport(
        network,
        measure(make_graph((node.code for node in network.nodes), list(pairs))),
        together,
        measure(together),
        brokers(together, groups),
        find_communities(together),
        find_bridges(together),
        between_groups(together, groups),
    )
