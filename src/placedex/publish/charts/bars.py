"""Bars in rows, each made of segments that add up to it: a ranking with what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.publish.charts.svg import Words, flowing, short, text

ROW, BAR = 38.0, 12.0
GAP = 0.15


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a name, what stands at its end, and segments as (what it is, value).

    `more` is added to the end where the page is wide enough for it.
    """

    name: str
    end: str
    more: str
    segments: tuple[tuple[str, float], ...]
    strong: bool = False


def widths(segments: Sequence[float], *, top: float) -> list[tuple[float, float]]:
    """Where each segment begins and how wide it is, in per cent of the row."""
    found = []
    start = 0.0
    for value in segments:
        wide = max(0.0, value) / top * 100
        found.append((start, wide))
        start += wide
    return found


def draw_bars(bars: Sequence[Bar], words: Words, *, top: float = 100.0) -> Markup:
    """The bars as SVG; a whole row stands for `top`."""
    body = "".join(_row(bar, number * ROW, top=top) for number, bar in enumerate(bars))
    return flowing(words, body, height=ROW * len(bars), kind="bars")


def _row(bar: Bar, y: float, *, top: float) -> str:
    strong = " strong" if bar.strong else ""
    parts = [
        f'<text class="name{strong}" y="{short(y + 15)}">{text(bar.name)}</text>',
        f'<text class="end{strong}" x="100%" y="{short(y + 15)}">{text(bar.end)}'
        f'<tspan class="more"> {text(bar.more)}</tspan></text>',
        f'<rect class="track" y="{short(y + 21)}" width="100%" height="{short(BAR)}"/>',
    ]
    places = widths([value for _, value in bar.segments], top=top)
    for number, ((what, value), (start, wide)) in enumerate(
        zip(bar.segments, places, strict=True), start=1
    ):
        if value > 0:
            parts.append(
                f'<rect class="s{(number - 1) % 8 + 1}" x="{short(start)}%" y="{short(y + 21)}" '
                f'width="{short(max(wide - GAP, 0.05))}%" height="{short(BAR)}">'
                f"<title>{text(what)}</title></rect>"
            )
    return "".join(parts)
