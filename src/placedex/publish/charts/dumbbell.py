"""Dumbbells: two shares of each row on one scale, an open ring and a full dot, with a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.publish.charts.scale import round_axis
from placedex.publish.charts.svg import Words, scaling, short, text

ROW, LABEL, WIDTH, RIGHT = 26.0, 210.0, 620.0, 24.0
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: a name, the value of the ring and that of the dot, in per cent."""

    name: str
    ring: float
    dot: float


def draw_dumbbells(pairs: Sequence[Pair], words: Words) -> Markup:
    """The rows as SVG on an axis from nought."""
    values = [0.0, *(value for pair in pairs for value in (pair.ring, pair.dot))]
    axis, ticks = round_axis(values)
    height = ROW * len(pairs)

    def across(value: float) -> float:
        return LABEL + axis.share(value) * (WIDTH - LABEL - RIGHT)

    body = [
        f'<line class="track" x1="{short(across(tick))}" x2="{short(across(tick))}" y1="0" '
        f'y2="{short(height)}"/><text class="tick middle" x="{short(across(tick))}" '
        f'y="{short(height + 15)}">{short(tick)}%</text>'
        for tick in ticks
    ]
    for number, pair in enumerate(pairs):
        y = short(ROW * (number + 0.5))
        ring, dot = short(across(pair.ring)), short(across(pair.dot))
        name = pair.name if len(pair.name) <= LONGEST else f"{pair.name[: LONGEST - 1].rstrip()}…"
        body.append(
            f'<text class="tick end" x="{short(LABEL - 10)}" y="{short(ROW * (number + 0.5) + 4)}">'
            f'{text(name)}</text><line class="range" x1="{ring}" x2="{dot}" y1="{y}" y2="{y}"/>'
            f'<circle class="hollow" cx="{ring}" cy="{y}" r="5"/>'
            f'<circle class="own" cx="{dot}" cy="{y}" r="5.5"/>'
        )
    return scaling(words, "".join(body), box=(WIDTH, height + 20), kind="dumbbells")
