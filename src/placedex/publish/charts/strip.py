"""A strip of dots: how the places of one kind are spread on one indicator."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.publish.charts.scale import round_axis
from placedex.publish.charts.svg import Words, flowing, short, text

BINS = 90
STEP, MOST = 6.5, 130.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the strip; hollow if its figure is unreliable."""

    name: str
    value: float
    strong: bool = False
    hollow: bool = False


def stacks(shares: Sequence[float], *, bins: int = BINS) -> list[tuple[float, int]]:
    """For each share of the axis the middle of its bin in per cent and its height in the stack."""
    heights: dict[int, int] = defaultdict(int)
    found = []
    for share in shares:
        number = min(int(share * bins), bins - 1)
        found.append(((number + 0.5) / bins * 100, heights[number]))
        heights[number] += 1
    return found


def draw_strip(
    marks: Sequence[Mark],
    words: Words,
    *,
    label: Callable[[float], str],
    tick: Callable[[float], str],
) -> Markup:
    """The places as SVG, piled up where they are alike; the strong ones are squares below.

    `label` writes a value, `tick` a round value on the axis.
    """
    axis, ticks = round_axis([mark.value for mark in marks])
    plain = sorted((mark for mark in marks if not mark.strong), key=_place)
    strong = sorted((mark for mark in marks if mark.strong), key=_place)
    spots = stacks([axis.share(mark.value) for mark in plain])
    tallest = max((height for _, height in spots), default=0) + 1
    step = min(STEP, MOST / tallest)
    base = 10 + step * tallest
    parts = [
        _dot(mark, x, y=base - 5 - step * height, label=label)
        for mark, (x, height) in zip(plain, spots, strict=True)
    ]
    parts.append(f'<line class="rule" x1="0" x2="100%" y1="{short(base)}" y2="{short(base)}"/>')
    below = stacks([axis.share(mark.value) for mark in strong], bins=30)
    exact = [axis.share(mark.value) * 100 for mark in strong]
    for mark, x, (_, height) in zip(strong, exact, below, strict=True):
        parts.append(_square(mark, x, y=base + 8 + 12 * height, label=label))
    deepest = max((height for _, height in below), default=-1) + 1
    foot = base + 12 * deepest + 20
    for number, value in enumerate(ticks):
        anchor = "start" if number == 0 else "end" if number == len(ticks) - 1 else "middle"
        parts.append(
            f'<text class="tick {anchor}" x="{short(axis.share(value) * 100)}%" y="{short(foot)}">'
            f"{text(tick(value))}</text>"
        )
    return flowing(words, "".join(parts), height=foot + 6, kind="strip")


def _dot(mark: Mark, x: float, *, y: float, label: Callable[[float], str]) -> str:
    if not mark.hollow:
        return f'<circle class="peer" cx="{short(x)}%" cy="{short(y)}" r="3"/>'
    return (
        f'<circle class="hollow" cx="{short(x)}%" cy="{short(y)}" r="3">'
        f"<title>{text(mark.name)}, {text(label(mark.value))}, unreliable</title></circle>"
    )


def _square(mark: Mark, x: float, *, y: float, label: Callable[[float], str]) -> str:
    kind, more = ("hollow", ", unreliable") if mark.hollow else ("own", "")
    return (
        f'<rect class="{kind}" x="{short(x)}%" y="{short(y - 5)}" width="10" height="10" '
        f'transform="translate(-5)"><title>{text(mark.name)}, {text(label(mark.value))}{more}'
        "</title></rect>"
    )


def _place(mark: Mark) -> tuple[float, str]:
    return mark.value, mark.name
