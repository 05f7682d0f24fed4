"""Neighbours and the hex cartogram of the districts, from the published boundaries."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from tools.register_facts import ISLANDS, NORTHERN_IRELAND

from placedex.places.cartogram import Cells, Effort, arrange, as_rows, centre, lone_cell, moved
from placedex.places.place import Hexagon

SEED = 5
REGION, AUTHORITY = 0.25, 0.8


def neighbours(topology: Path, districts: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Every two districts that share a piece of boundary, each pair once, in order of code."""
    with gzip.open(topology, "rt", encoding="utf-8") as file:
        objects = json.load(file)["objects"]
    shapes = {
        shape["properties"]["areacd"]: shape["arcs"]
        # Glasgow and North Lanarkshire of 2019 lie among the combined authorities there.
        for layer in ("cauth", "ltla")
        for shape in objects[layer]["geometries"]
    }
    owners: dict[int, set[str]] = defaultdict(set)
    for code in districts:
        for arc in _arcs(shapes[code]):
            owners[arc].add(code)
    pairs = {pair for codes in owners.values() for pair in combinations(sorted(codes), 2)}
    return tuple(sorted(pairs))


def _arcs(nested: list[Any]) -> Iterator[int]:
    """The numbers of the arcs in rings of rings; a negative one is the same arc run backwards."""
    for item in nested:
        if isinstance(item, list):
            yield from _arcs(item)
        else:
            yield item if item >= 0 else ~item


def hexagons(
    points: Mapping[str, tuple[float, float]],
    pairs: tuple[tuple[str, str], ...],
    *,
    parents: Mapping[str, tuple[str, ...]],
    effort: Effort | None = None,
) -> dict[str, Hexagon]:
    """A hexagon for each district: the mainland, Northern Ireland to its left, six islands around.

    A pair is worth more if it shares a region, and more again if it shares a combined
    authority, or London.
    """
    rng = np.random.default_rng(SEED)
    worth = {pair: _worth(pair, parents) for pair in pairs}
    groups: list[Cells] = []
    for northern in (False, True):
        part = {
            code: point
            for code, point in points.items()
            if code.startswith("N") == northern and code not in ISLANDS
        }
        within = {pair: value for pair, value in worth.items() if pair[0] in part}
        groups.append(arrange(part, within, rng=rng, effort=effort))
    mainland, northern_ireland = groups
    anchor, east, north = NORTHERN_IRELAND
    x, y = centre(mainland[anchor])
    cells = mainland | moved(northern_ireland, to=(x + east, y + north))
    for island, (anchor, east, north) in sorted(ISLANDS.items()):
        x, y = centre(mainland[anchor])
        cells[island] = lone_cell((x + east, y + north), cells.values())
    return as_rows(cells)


def _worth(pair: tuple[str, str], parents: Mapping[str, tuple[str, ...]]) -> float:
    shared = set(parents[pair[0]]) & set(parents[pair[1]])
    region = any(code[1:3] in ("12", "92") for code in shared)
    authority = any(code.startswith(("E47", "E61")) for code in shared)
    return 1.0 + REGION * region + AUTHORITY * authority
