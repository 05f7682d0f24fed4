"""Working together: organisations tied by what they share, weighted by how few share it."""

from collections import defaultdict
from itertools import combinations

from placedex.ledger.graph import Graph, make_graph
from placedex.ledger.network import ORGANISATION, Network


def project(memberships: dict[str, set[str]]) -> dict[tuple[str, str], float]:
    """The weight of each two members that share something: 1/(k - 1) for each thing that k share.

    A thing that two share ties them with weight 1; one that eleven share ties each two with 0.1.
    Source: Newman (2001), Physical Review E 64, 016132.
    """
    found: dict[tuple[str, str], float] = defaultdict(float)
    for _, members in sorted(memberships.items()):
        for pair in combinations(sorted(members), 2):
            found[pair] += 1 / (len(members) - 1)
    return dict(found)


def organisations_together(network: Network) -> Graph:
    """The organisations of a network, tied where they share an entry or are tied outright.

    Shared entries are programmes, sites, partnerships and events. A tie of two organisations with
    nothing between (part of, award) adds 1 to its weight, however often it is said.
    """
    listed = [node.code for node in network.of(ORGANISATION)]
    known = set(listed)
    shared: dict[str, set[str]] = defaultdict(set)
    outright = set()
    for tie in network.ties:
        ends = {tie.one, tie.other}
        if ends <= known:
            outright.add((min(ends), max(ends)))
        elif ends & known:
            (member,), (thing,) = ends & known, ends - known
            shared[thing].add(member)
    weights = project(shared)
    for pair in sorted(outright):
        weights[pair] = weights.get(pair, 0.0) + 1
    return make_graph(listed, weights)
