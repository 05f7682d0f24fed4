"""Intervals in rows: between which ranks each place lies, its median, and its published rank."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.publish.charts.scale import Axis, round_step
from placedex.publish.charts.svg import Words, flowing, short, text

ROW, TOP, LINE = 38.0, 4.0, 25


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One row: a place with its published rank, and the low, median and high of what was drawn."""

    name: str
    end: str
    value: float | None
    median: float
    low: float
    high: float
    strong: bool = False


def rank_ticks(last: int) -> tuple[int, ...]:
    """Round ranks from the first to the last, with the first itself."""
    if last < 3:
        return tuple(range(1, last + 1))
    step = max(1, int(round_step(last, ticks=4)))
    return (1, *range(step if step > 1 else 2, last + 1, step))


def draw_intervals(rows: Sequence[IntervalRow], words: Words, *, last: int) -> Markup:
    """The rows as SVG on one axis of ranks, the first at the left, `last` at the right."""
    axis = Axis(1, max(last, 2))
    height = TOP + ROW * len(rows)
    body = [_row(row, TOP + number * ROW, axis=axis) for number, row in enumerate(rows)]
    for rank in rank_ticks(last):
        at = axis.share(rank) * 100
        anchor = "start" if at == 0 else "end" if at == 100 else "middle"
        body.append(
            f'<text class="tick {anchor}" x="{short(at)}%" y="{short(height + 15)}">{rank}</text>'
        )
    return flowing(words, "".join(body), height=height + 22, kind="dots")


def _row(row: IntervalRow, y: float, *, axis: Axis) -> str:
    strong = " strong" if row.strong else ""
    low, median, high = (_across(axis, rank) for rank in (row.low, row.median, row.high))
    parts = [
        f'<g transform="translate(0 {short(y)})">',
        f'<text class="name{strong}" y="14">{text(row.name)}</text>',
        f'<text class="end{strong}" x="100%" y="14">{text(row.end)}</text>',
        f'<line class="track" x1="0" x2="100%" y1="{LINE}" y2="{LINE}"/>',
        f'<line class="range" x1="{low}%" x2="{high}%" y1="{LINE}" y2="{LINE}"/>',
        f'<line class="median" x1="{median}%" x2="{median}%" y1="{LINE - 6}" y2="{LINE + 6}"/>',
    ]
    if row.value is not None:
        parts.append(f'<circle class="own" cx="{_across(axis, row.value)}%" cy="{LINE}" r="5"/>')
    return "".join((*parts, "</g>"))


def _across(axis: Axis, rank: float) -> str:
    return short(axis.share(rank) * 100)
