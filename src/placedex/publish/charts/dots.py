"""Dots in rows: where one place stands between the lowest and the highest of its peers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from placedex.publish.charts.scale import Axis
from placedex.publish.charts.svg import Words, flowing, short, text

ROW, TOP, LINE = 46.0, 4.0, 30
TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True)
class DotRow:
    """One row: the place's own value, or none, among those of its peers, its own with them."""

    name: str
    end: str
    value: float | None
    peers: tuple[float, ...]
    median: float
    strong: bool = False


def draw_dots(rows: Sequence[DotRow], words: Words, *, ends: tuple[float, float]) -> Markup:
    """The rows as SVG on one axis, its ends and quarters marked below."""
    axis = Axis(*ends)
    height = TOP + ROW * len(rows)
    body = [_row(row, TOP + number * ROW, axis=axis) for number, row in enumerate(rows)]
    body.append(_axis(axis, height))
    return flowing(words, "".join(body), height=height + 22, kind="dots")


def _row(row: DotRow, y: float, *, axis: Axis) -> str:
    strong = " strong" if row.strong else ""
    parts = [
        f'<g transform="translate(0 {short(y)})">',
        f'<text class="name{strong}" y="14">{text(row.name)}</text>',
        f'<text class="end{strong}" x="100%" y="14">{text(row.end)}</text>',
        f'<line class="track" x1="0" x2="100%" y1="{LINE}" y2="{LINE}"/>',
    ]
    if row.peers:
        at = _across(axis, row.median)
        parts.append(_peers(row.peers, axis))
        parts.append(
            f'<line class="median" x1="{at}%" x2="{at}%" y1="{LINE - 8}" y2="{LINE + 8}"/>'
        )
    if row.value is not None:
        parts.append(f'<circle class="own" cx="{_across(axis, row.value)}%" cy="{LINE}" r="6.5"/>')
    return "".join((*parts, "</g>"))


@lru_cache(maxsize=256)
def _peers(peers: tuple[float, ...], axis: Axis) -> str:
    """The range of the peers and a dot for each, those that are as good as alike drawn once."""
    low, high = (_across(axis, value) for value in (min(peers), max(peers)))
    spots = sorted({round(axis.share(value) * 200) / 2 for value in peers})
    return f'<line class="range" x1="{low}%" x2="{high}%" y1="{LINE}" y2="{LINE}"/>' + "".join(
        f'<circle class="peer" cx="{short(spot)}%" cy="{LINE}" r="2.5"/>' for spot in spots
    )


def _axis(axis: Axis, y: float) -> str:
    parts = []
    for share in TICKS:
        value = axis.low + (axis.high - axis.low) * share / 100
        anchor = {0.0: "start", 100.0: "end"}.get(share, "middle")
        parts.append(
            f'<text class="tick {anchor}" x="{short(share)}%" y="{short(y + 15)}">'
            f"{short(value)}</text>"
        )
    return "".join(parts)


def _across(axis: Axis, value: float) -> str:
    return short(axis.share(value) * 100)
