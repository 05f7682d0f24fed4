"""Standings: how the places of one kind stand in an index, laid out so that pages read fast."""

import dataclasses
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import isnan

import numpy as np

from placedex.errors import BadSpec
from placedex.index import Flag, Index, Node, Spec, beside
from placedex.index.rows import Row
from placedex.index.standing import IndexStanding, standing_of
from placedex.observations import Catalogue, Panel, Status
from placedex.places import Place
from placedex.publish.edition import Published, Ranked
from placedex.publish.words import listed, said
from placedex.stats import rank_descending

Columns = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Placing:
    """A rank, among how many, and whether another place shares it."""

    rank: float
    count: int
    tied: bool


class Standings:
    """One index for one kind of place: scores, ranks and figures by the code of node and place.

    Attributes:
        figures: every indicator of the spec for every place of the kind, scored or not.
        absent: the components of the spec that this kind of place has no score on.
        placings: for each indicator, in the index or beside it, how each place stands by the
            figure itself; for each component and the whole, how it stands by its score.
        drawn: how sure the rank of each place is, by its code; empty where nothing was drawn.
        movable: the index laid out so that one place's figures can be moved; nothing where a move
            of one figure has no rank to be found at once.
    """

    def __init__(self, published: Published, ranked: Ranked, *, catalogue: Catalogue) -> None:
        built = ranked.index
        self.spec: Spec = published.spec
        self.kind = ranked.kind
        self.ranked = ranked
        self.hierarchy = built.hierarchy
        self.root = built.hierarchy.root
        self.components: tuple[Node, ...] = built.hierarchy.children(self.root.code)
        there = {node.code for node in self.components}
        parts = self.spec.hierarchy.children(self.spec.hierarchy.root.code)
        self.absent: tuple[Node, ...] = tuple(one for one in parts if one.code not in there)
        self.movable = _movable(built)
        self.drawn = _drawn(ranked)
        self.places = built.raw.places
        scored = tuple(catalogue[leaf.code] for leaf in self.spec.hierarchy.leaves)
        self.figures = beside(built.raw, scored)
        self.rows = {place.code: row for row, place in enumerate(built.scores.places)}
        self._scores = _columns(built.scores)
        self._ranks = _columns(built.ranks)
        self._spans = _spans(built.raw.places, self._root_ranks(), ranked=ranked)
        self.placings = {
            **{
                node.code: _placed(built.ranks.places, self._ranks[node.code])
                for node in built.hierarchy.components
            },
            **_placings(ranked.beside),
            **_placings(self.figures),
        }
        self.medians = {code: _median(values) for code, values in self._scores.items()}
        self.flags_of: dict[str, list[Flag]] = defaultdict(list)
        names = {place.code: place.name for place in self.places}
        for flag in built.flags:
            self.flags_of[flag.place or ""].append(_said(flag, names.get(flag.place or "", "")))
        self.order = tuple(
            sorted(
                (place for place in built.scores.places if self.is_scored(place.code)),
                key=lambda place: (self.rank(place.code), place.name, place.code),
            )
        )
        self.unscored = tuple(place for place in self.places if not self.is_scored(place.code))

    def score(self, place: str, node: str | None = None) -> float:
        """The score of a place on a node, or on the whole index; not-a-number if it has none."""
        return self._cell(self._scores, place, node=node)

    def rank(self, place: str, node: str | None = None) -> float:
        """The rank of a place on a node, or on the whole index; not-a-number if it has none."""
        return self._cell(self._ranks, place, node=node)

    def placing(self, place: str, code: str | None = None) -> Placing | None:
        """How a place stands on an indicator or a component, or on the whole; or nothing."""
        return self.placings.get(code or self.root.code, {}).get(place)

    def is_scored(self, place: str) -> bool:
        """Whether a place has a score on the whole index."""
        return not isnan(self.score(place))

    def span(self, place: str) -> tuple[float, float]:
        """The best and the worst rank of a place across the scenarios and the index as it is."""
        return self._spans[place]

    def contributions(self, place: str) -> list[tuple[Node, float]]:
        """What each component adds to a place's score; together they make the score."""
        parts = [(node, self.score(place, node.code)) for node in self.components]
        shares = [(node, 0.0 if isnan(value) else node.weight * value) for node, value in parts]
        total = sum(share for _, share in shares)
        whole = self.score(place)
        return [(node, share / total * whole if total > 0 else 0.0) for node, share in shares]

    def column(self, node: str) -> list[float]:
        """The scores of every scored place on a node."""
        return self._scores[node]

    def is_published(self, code: str) -> bool:
        """Whether an indicator of the spec has a figure for any place of the kind."""
        return not np.isnan(self.figures.of(code)).all()

    def without(self, place: str, node: str) -> list[str]:
        """What a component of a place, or the whole, is made without, in words."""
        below = {node}
        if node != self.root.code:
            below |= {one.code for one in self.hierarchy.upwards(node)}
        return [flag.words for flag in self._parts_missing(place) if flag.node in below]

    def lacks_part(self, place: str) -> bool:
        """Whether a component of a place, or the whole, is made without one of its parts."""
        return bool(self._parts_missing(place))

    def _parts_missing(self, place: str) -> list[Flag]:
        return [flag for flag in self.flags_of.get(place, []) if flag.kind == "part missing"]

    def why_not(self, place: Place) -> str:
        """Why a place has no score, in words."""
        for flag in self.flags_of[place.code]:
            if flag.kind == "thin coverage":
                return flag.words
        lacking = [
            node.name for node in self.components if isnan(self.score(place.code, node.code))
        ]
        return (
            f"{said(place.name)} has no score on {listed(lacking)}, without which it is not ranked."
        )

    def _cell(self, columns: Columns, place: str, *, node: str | None) -> float:
        row = self.rows.get(place)
        values = columns.get(node or self.root.code)
        return float("nan") if row is None or values is None else values[row]

    def _root_ranks(self) -> dict[str, float]:
        ranks = self._ranks[self.root.code]
        return {place: ranks[row] for place, row in self.rows.items()}


def _drawn(ranked: Ranked) -> dict[str, Row]:
    rows = ranked.uncertainty.to_rows() if ranked.uncertainty is not None else ()
    return {str(row["place"]): row for row in rows}


def _movable(index: Index) -> IndexStanding | None:
    try:
        return standing_of(index)
    except BadSpec:
        return None


def _columns(panel: Panel) -> Columns:
    return {code: panel.values[:, number].tolist() for number, code in enumerate(panel.codes)}


def _placings(panel: Panel) -> dict[str, dict[str, Placing]]:
    """Places by indicator and place, the best first.

    None where neither way is better, nor for a figure that its publisher calls unreliable.
    """
    found: dict[str, dict[str, Placing]] = {}
    for column, indicator in enumerate(panel.indicators):
        if indicator.better:
            usable = panel.statuses[:, column] != Status.UNRELIABLE
            values = np.where(usable, panel.values[:, column], np.nan)
            ranks = rank_descending(values * indicator.better)
            found[indicator.code] = _placed(panel.places, ranks.tolist())
    return found


def _placed(places: tuple[Place, ...], ranks: list[float]) -> dict[str, Placing]:
    known = Counter(rank for rank in ranks if not isnan(rank))
    return {
        place.code: Placing(rank, known.total(), known[rank] > 1)
        for place, rank in zip(places, ranks, strict=True)
        if not isnan(rank)
    }


def _spans(
    places: tuple[Place, ...], ranks: dict[str, float], *, ranked: Ranked
) -> dict[str, tuple[float, float]]:
    spans = {}
    for row, place in enumerate(places):
        found = [ranks.get(place.code, float("nan"))]
        found += [float(scenario[row]) for scenario in ranked.scenario_ranks.values()]
        known = [rank for rank in found if not isnan(rank)]
        spans[place.code] = (min(known), max(known)) if known else (float("nan"), float("nan"))
    return spans


def _said(flag: Flag, name: str) -> Flag:
    """A flag with the name of its place as people say it."""
    return dataclasses.replace(flag, words=flag.words.replace(name, said(name))) if name else flag


def _median(values: list[float]) -> float:
    known = [value for value in values if not isnan(value)]
    return float(np.median(known)) if known else float("nan")
