"""Communities: what clusters together in a graph, how sure that is, and what it cannot show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from placedex.ledger.graph import Graph, as_networkx, modularity

RUNS = 100
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Communities:
    """The communities of one run, the one that agrees most with all others, and how far it holds.

    Attributes:
        members: each community, the largest first; a node without ties is in none.
        share: for each node the share of runs in which it is in its community, 0 to 1.
        agreement: the mean normalised mutual information of every two runs; 1 if all are alike.
        modularity: of these communities. least, most: of all runs.
        limit: the weight of inner ties below which modularity cannot tell two communities apart.
        below_limit: the numbers, from 0, of the communities with less than that.
    """

    members: tuple[tuple[Any, ...], ...]
    share: Mapping[Any, float]
    agreement: float
    modularity: float
    least: float
    most: float
    runs: int
    limit: float
    below_limit: tuple[int, ...]

    def of(self, node: Any) -> int | None:
        """The number of a node's community, from 0; nothing for one without ties."""
        found = (number for number, part in enumerate(self.members) if node in part)
        return next(found, None)

    def words(self) -> str:
        """What was found, and what it cannot show."""
        small, count = len(self.below_limit), len(self.members)
        many = "1 community" if count == 1 else f"{count} communities"
        return (
            f"{many} (modularity {self.modularity:.2f}; Louvain, {self.runs} runs, of which every "
            f"two agree to {self.agreement:.2f} on average, 1 being alike). Modularity has a "
            "resolution limit: it may take for one what are two or more communities if their inner "
            f"ties weigh less than about {self.limit:.1f}: {small or 'none'} of these "
            f"{'is' if small == 1 else 'are'} that small."
        )


def find_communities(graph: Graph, *, runs: int = RUNS) -> Communities | None:
    """The communities of a graph by Louvain, over so many seeds; nothing for a graph without ties.

    Source: Blondel et al. (2008), Journal of Statistical Mechanics P10008; for the limit, the
            root of twice the weight of all ties, Fortunato and Barthélemy (2007), PNAS 104, 36-41.
    """
    tied = graph.tied()
    if not tied.weights:
        return None
    found = [_louvain(tied, seed) for seed in range(runs)]
    likeness = _likeness(found)
    # The first of those that agree most; the rest of the digits are noise of summing.
    chosen = found[int(np.argmax(np.round(likeness.mean(axis=1), 9)))]
    parts = _parts(chosen, tied)
    scores = [modularity(tied, [set(part) for part in _parts(one, tied)]) or 0.0 for one in found]
    limit = float(np.sqrt(2 * sum(tied.weights.values())))
    inner = [
        sum(weight for pair, weight in tied.weights.items() if set(pair) <= set(part))
        for part in parts
    ]
    return Communities(
        parts,
        _shares(chosen, found, tied),
        float(likeness[~np.eye(runs, dtype=bool)].mean()) if runs > 1 else 1.0,
        modularity(tied, [set(part) for part in parts]) or 0.0,
        min(scores),
        max(scores),
        runs,
        limit,
        tuple(number for number, weight in enumerate(inner) if weight < limit),
    )


def normalised_mutual_information(one: ArrayLike, other: ArrayLike) -> float:
    """How far two partitions of the same things agree: 1 alike, 0 if one says nothing of the other.

    The information that they share over the mean of their own; two that part nothing are alike.
    Source: Danon et al. (2005), Journal of Statistical Mechanics P09008.
    """
    _, first = np.unique(np.asarray(one), return_inverse=True)
    _, second = np.unique(np.asarray(other), return_inverse=True)
    rows, columns = first.max() + 1, second.max() + 1
    table = np.bincount(first * columns + second, minlength=rows * columns).reshape(rows, columns)
    joint = table / table.sum()
    across, down = joint.sum(axis=1), joint.sum(axis=0)
    own = _information(across) + _information(down)
    shared = own - _information(joint.ravel())
    return float(np.clip(2 * shared / own, 0.0, 1.0)) if own > 0 else 1.0


def _information(shares: NDArray[np.float64]) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())


def _louvain(graph: Graph, seed: int) -> Labels:
    import networkx as nx

    labels = np.empty(len(graph.nodes), dtype=np.int64)
    for number, part in enumerate(nx.community.louvain_communities(as_networkx(graph), seed=seed)):
        labels[list(part)] = number
    return labels


def _likeness(found: Sequence[Labels]) -> NDArray[np.float64]:
    """The normalised mutual information of every two runs: (runs, runs)."""
    likeness = np.eye(len(found))
    for row, one in enumerate(found):
        for column in range(row):
            likeness[row, column] = normalised_mutual_information(one, found[column])
            likeness[column, row] = likeness[row, column]
    return likeness


def _parts(labels: Labels, graph: Graph) -> tuple[tuple[Any, ...], ...]:
    """The nodes of each label, the largest part first, then by its first node."""
    parts = [
        tuple(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels).tolist()
    ]
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    return tuple(tuple(graph.nodes[place] for place in part) for part in ordered)


def _shares(chosen: Labels, found: Sequence[Labels], graph: Graph) -> dict[Any, float]:
    """For each node the share of runs in which it is in the part that is most like its own."""
    together = np.zeros(len(graph.nodes))
    for labels in found:
        for label in np.unique(chosen):
            own = chosen == label
            like = [
                ((own & there).sum() / (own | there).sum(), there)
                for there in (labels == one for one in np.unique(labels[own]))
            ]
            best = max(like, key=lambda pair: pair[0])[1]
            together += own & best
    return dict(zip(graph.nodes, (together / len(found)).tolist(), strict=True))
