"""A network drawn: who is tied to whom, by shape and colour, the size by who stands between."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np
from markupsafe import Markup

from placedex.ledger import NetworkReport, Node
from placedex.ledger.network import EVENT, ORGANISATION, PARTNERSHIP, PROGRAMME, SITE
from placedex.ledger.organisation_groups import (
    BODY,
    FUNDER,
    OTHER,
    PRIVATE,
    PUBLIC,
    THIRD,
    UNIVERSITY,
)
from placedex.publish.charts.spread_out import spread_out
from placedex.publish.charts.svg import Words, scaling, text

WIDTH, EDGE = 1100.0, 6.0
LEAST, MOST = 4.5, 15.0
# A letter of a label is about this wide; a label has at most two lines of so many letters.
LETTER, LINE, LETTERS = 6.5, 12.0, 20
KEY, KEY_LINE = 180.0, 20.0


@dataclass(frozen=True, slots=True)
class Sign:
    """How a sort of node is drawn: corners on a circle from an angle, a round one without any."""

    name: str
    style: str
    corners: int = 0
    turned: float = -90.0
    inner: float = 1.0


# Shape and colour both tell the group; what is no organisation is hollow.
SIGNS: Mapping[str, Sign] = {
    PUBLIC: Sign("public body", "s1", 4, 45),
    PRIVATE: Sign("private firm", "s2"),
    UNIVERSITY: Sign("university or college", "s3", 4),
    THIRD: Sign("third sector", "s4", 3),
    FUNDER: Sign("funder", "s5", 6),
    BODY: Sign("network body", "s6", 5),
    OTHER: Sign("other organisation", "s7", 8, -90, 0.45),
    PROGRAMME: Sign("programme", "open", 3, 90),
    SITE: Sign("site", "open", 4, 45),
    PARTNERSHIP: Sign("partnership", "open"),
    EVENT: Sign("event", "open", 4),
}
# How a kind of tie is drawn, and what it is called in the key; all else is a thin line.
LINES: Mapping[str, str] = {"lead": "lead", "funder": "paid", "paid": "paid", "award": "paid",
                            "part of": "part"}  # fmt: skip
LINE_NAMES: Mapping[str, str] = {
    "lead": "leads", "paid": "pays or is paid", "part": "is part of", "joint": "takes part, hosts"
}  # fmt: skip


def draw_network(report: NetworkReport, words: Words) -> Markup:
    """The network as SVG: every node with its name, every tie as a line, and a key to both.

    A node is the larger, the more shortest paths go through it. The report's `node_rows` and
    `tie_rows` are the table that belongs beside it.
    """
    nodes = report.network.nodes
    at = {node.code: place for place, node in enumerate(nodes)}
    most = max((one.betweenness for one in report.whole.values()), default=0.0) or 1.0
    sizes = [
        LEAST + (MOST - LEAST) * sqrt(report.whole[node.code].betweenness / most) for node in nodes
    ]
    labels = [_lines(node.name) for node in nodes]
    boxes = np.array(
        [_box(size, lines) for size, lines in zip(sizes, labels, strict=True)]
    ).reshape(-1, 2)
    pairs = sorted({(at[tie.one], at[tie.other]) for tie in report.network.ties})
    middles = spread_out(pairs, boxes, width=WIDTH - 2 * EDGE)
    key, top = _key(report)
    low = (middles[:, 1] + boxes[:, 1] / 2).max() if len(nodes) else 0.0
    # A node's sign stands at the top of its box, its name below.
    spots = [
        (EDGE + x, top + EDGE + y - box[1] / 2 + size + 1)
        for (x, y), box, size in zip(middles.tolist(), boxes, sizes, strict=True)
    ]
    body = [
        key,
        *_tie_paths(report, [spots[at[node.code]] for node in nodes], at),
        *(_node(*one) for one in zip(nodes, spots, sizes, labels, strict=True)),
    ]
    if not nodes:
        body.append(f'<text x="{EDGE:.0f}" y="{top + 16:.0f}">Nothing to draw.</text>')
    height = top + low + 2 * EDGE + (20 if not nodes else 0)
    return scaling(words, "".join(body), box=(WIDTH, height), kind="network")


def network_rows(report: NetworkReport) -> dict[str, list[dict[str, object]]]:
    """The table beside the picture: its nodes and its ties."""
    return {"nodes": report.node_rows(), "ties": report.tie_rows()}


def sign_of(node: Node) -> Sign:
    """How a node is drawn."""
    return SIGNS[node.group if node.what == ORGANISATION else node.what]


def _lines(name: str) -> tuple[str, ...]:
    """A name in one or two lines, cut with a sign where it is longer."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LETTERS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = lines[:2]
    if len(lines) > 2:
        shown[1] = f"{shown[1][: LETTERS - 1]}…"
    return tuple(line if len(line) <= LETTERS else f"{line[: LETTERS - 1]}…" for line in shown)


def _box(size: float, lines: tuple[str, ...]) -> tuple[float, float]:
    """How much room a node takes with its name, and a little around it."""
    widest = max(map(len, lines)) * LETTER
    return max(widest, 2 * size) + 8, 2 * size + len(lines) * LINE + 10


def _tie_paths(
    report: NetworkReport, spots: list[tuple[float, float]], at: Mapping[str, int]
) -> Iterator[str]:
    """One path for each style of line: a tie costs a few letters."""
    drawn: dict[str, dict[tuple[int, int], None]] = {style: {} for style in LINE_NAMES}
    for tie in report.network.ties:
        style = LINES.get(tie.kind, "joint")
        drawn[style][at[tie.one], at[tie.other]] = None
    for style in ("joint", "part", "paid", "lead"):
        if drawn[style]:
            path = "".join(_line(spots[one], spots[other]) for one, other in drawn[style])
            yield f'<path class="tie {style}" d="{path}"/>'


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}"


def _node(node: Node, spot: tuple[float, float], size: float, lines: tuple[str, ...]) -> str:
    sign = sign_of(node)
    kind = f"{node.kind}, {sign.name}" if node.what == ORGANISATION else f"{sign.name}: {node.kind}"
    first = spot[1] + size + LINE
    rows = "".join(
        f'<tspan x="{spot[0]:.0f}" y="{first + number * LINE:.0f}">{text(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return (
        f"<g><title>{text(node.name)} ({text(kind)})</title>{_shape(sign, spot, size)}"
        f"<text>{rows}</text></g>"
    )


def _shape(sign: Sign, spot: tuple[float, float], size: float) -> str:
    x, y = spot
    if not sign.corners:
        return f'<circle class="{sign.style}" cx="{x:.0f}" cy="{y:.0f}" r="{size:.1f}"/>'
    points = []
    for number in range(sign.corners):
        angle = (sign.turned + 360 * number / sign.corners) * pi / 180
        reach = size * 1.15 * (sign.inner if number % 2 else 1.0)
        points.append(f"{x + reach * cos(angle):.1f},{y + reach * sin(angle):.1f}")
    return f'<polygon class="{sign.style}" points="{" ".join(points)}"/>'


def _key(report: NetworkReport) -> tuple[str, float]:
    """What the signs and the lines that are there mean, and how high that is."""
    there = {sign_of(node).name for node in report.network.nodes}
    signs = [sign for sign in SIGNS.values() if sign.name in there]
    styles = {LINES.get(tie.kind, "joint") for tie in report.network.ties}
    parts = []
    per_row = int(WIDTH // KEY)
    items: list[Sign | str] = [*signs, *(style for style in LINE_NAMES if style in styles)]
    for number, item in enumerate(items):
        x, y = EDGE + KEY * (number % per_row), 12 + KEY_LINE * (number // per_row)
        if isinstance(item, Sign):
            name, drawn = item.name, _shape(item, (x + 8, y), 6)
        else:
            name = LINE_NAMES[item]
            drawn = f'<path class="tie {item}" d="M{x:.0f} {y:.0f}h22"/>'
        parts.append(f'{drawn}<text class="key" x="{x + 27:.0f}" y="{y + 4:.0f}">{name}</text>')
    rows = -(-len(items) // per_row)
    return f"<g>{''.join(parts)}</g>", KEY_LINE * rows + 10
