"""A line of history: its ends and extremes in words, intervals as a band, gaps as gaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.observations import Period
from placedex.publish.charts.scale import Axis
from placedex.publish.charts.svg import Words, scaling, short, text

WIDTH, HEIGHT = 288.0, 118.0
LEFT, RIGHT, TOP, BOTTOM = 6.0, 282.0, 22.0, 84.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A value for a period, with its interval where one is known; no value is a gap.

    An unreliable one is drawn hollow.
    """

    period: Period
    value: float | None
    low: float | None = None
    high: float | None = None
    unreliable: bool = False


Spot = tuple[float, float]


def ordinal_day(period: Period) -> int:
    """The middle of a period as a number of days."""
    return period.start.toordinal() + period.months * 15


def runs(moments: Sequence[Moment]) -> list[list[Moment]]:
    """The moments in unbroken runs: a gap is a missing value, or a year that is not there.

    Months and days are taken now and then, so the time between two of them is no gap.
    """
    found: list[list[Moment]] = [[]]
    for number, one in enumerate(moments):
        if number and _apart(moments[number - 1].period, one.period):
            found.append([])
        if one.value is None:
            found.append([])
        else:
            found[-1].append(one)
    return [run for run in found if run]


def _apart(earlier: Period, later: Period) -> bool:
    """Whether a span of years begins after the one before it has ended."""
    if earlier.months < 12:
        return False
    months = 12 * (later.start.year - earlier.start.year) + later.start.month - earlier.start.month
    return months > earlier.months


def draw_history(
    moments: Sequence[Moment], words: Words, *, label: Callable[[float], str]
) -> Markup:
    """The line as SVG, or nothing if fewer than two values are known."""
    known = [one for one in moments if one.value is not None]
    if len(known) < 2:
        return Markup("")
    reach = [one.value for one in known if one.value is not None]
    reach += [end for one in known for end in (one.low, one.high) if end is not None]
    across = Axis(ordinal_day(moments[0].period), ordinal_day(moments[-1].period))
    up = Axis(min(reach), max(reach))

    def spot(one: Moment, value: float | None) -> Spot:
        share = up.share(value if value is not None else up.low)
        x = LEFT + (RIGHT - LEFT) * across.share(ordinal_day(one.period))
        return x, BOTTOM - (BOTTOM - TOP) * share

    parts = []
    for run in runs(moments):
        parts += [_band([one for one in run if one.low is not None and one.high is not None], spot)]
        parts += [_line([spot(one, one.value) for one in run])]
    parts += _labels(known, spot, label=label)
    for one in known:
        if one.unreliable:
            x, y = spot(one, one.value)
            parts.append(
                f'<circle class="hollow" cx="{short(x)}" cy="{short(y)}" r="3">'
                f"<title>{text(one.period.words)}: {text(label(one.value or 0.0))}, unreliable"
                "</title></circle>"
            )
    return scaling(words, "".join(parts), box=(WIDTH, HEIGHT), kind="history")


def _band(run: list[Moment], spot: Callable[[Moment, float | None], Spot]) -> str:
    if not run:
        return ""
    if len(run) == 1:
        (x, y), (_, v) = spot(run[0], run[0].low), spot(run[0], run[0].high)
        return f'<path class="whisker" d="M{short(x)} {short(y)}V{short(v)}"/>'
    points = [spot(one, one.high) for one in run] + [spot(one, one.low) for one in reversed(run)]
    return f'<path class="band" d="M{_joined(points)}z"/>'


def _line(points: list[Spot]) -> str:
    if len(points) == 1:
        x, y = points[0]
        return f'<circle class="dot" cx="{short(x)}" cy="{short(y)}" r="2.5"/>'
    return f'<path class="line" d="M{_joined(points)}"/>'


def _joined(points: list[Spot]) -> str:
    return "L".join(f"{short(x)} {short(y)}" for x, y in points)


def _labels(
    known: list[Moment],
    spot: Callable[[Moment, float | None], Spot],
    *,
    label: Callable[[float], str],
) -> list[str]:
    """First and last below the line with their values; lowest and highest where they stand."""
    first, last = known[0], known[-1]
    ends = [(first, "start", LEFT), (last, "end", RIGHT)]
    parts = []
    for one, anchor, x in ends:
        at, y = spot(one, one.value)
        parts.append(f'<circle class="dot" cx="{short(at)}" cy="{short(y)}" r="3"/>')
        parts.append(
            f'<text class="tick {anchor}" x="{short(x)}" y="{short(HEIGHT - 4)}">'
            f"{text(str(one.period.start.year))}: {text(label(one.value or 0.0))}</text>"
        )
    sure = [one for one in known if not one.unreliable] or known
    lowest = min(sure, key=lambda one: one.value or 0.0)
    highest = max(sure, key=lambda one: one.value or 0.0)
    for one, above in ((highest, True), (lowest, False)):
        if one is first or one is last or lowest.value == highest.value:
            continue
        at, y = spot(one, one.value)
        word = "highest" if above else "lowest"
        anchor = "start" if at < 90 else "end" if at > 200 else "middle"
        parts.append(f'<circle class="dot" cx="{short(at)}" cy="{short(y)}" r="2.5"/>')
        parts.append(
            f'<text class="tick {anchor}" x="{short(at)}" '
            f'y="{short(y - 7 if above else y + 14)}">{word} {text(label(one.value or 0.0))}</text>'
        )
    return parts
