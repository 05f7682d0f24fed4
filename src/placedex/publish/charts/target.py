"""A target: the figures so far, the path it needs, where a forecast leads, and the goal itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.observations import Period
from placedex.publish.charts.history import Moment, ordinal_day
from placedex.publish.charts.scale import Axis, round_axis
from placedex.publish.charts.svg import Words, scaling, short, text

WIDTH, HEIGHT = 420.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 8.0, 412.0, 26.0, 178.0
STEPS = 24

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Course:
    """What the picture of a target shows.

    Attributes:
        figures: the series, with its intervals where they are known.
        path: what the target needs: from where, and on to the goal; nothing without a beginning.
        expected: the forecast, with the ends of its interval.
        goal: the period and the value that are to be reached; `far` the end of a range.
    """

    figures: Sequence[Moment]
    path: tuple[Moment, Moment] | None
    expected: Sequence[Moment]
    goal: Moment
    far: float | None = None


def draw_target(course: Course, words: Words, *, label: Callable[[float], str]) -> Markup:
    """The course as SVG, or nothing if there is only the goal; no part is told by colour alone.

    Figures are a line with dots, the path needed is dashed, the forecast a band about a dotted
    line, and the goal a ring with its value.
    """
    if course.path is None and not course.figures:
        return Markup("")
    drawn = _Drawn(*_axes(course), label)
    parts = [drawn.band(_with_last(course)), drawn.path(course.path), drawn.figures(course.figures)]
    parts += [drawn.goal(course.goal, course.far), drawn.ends(course), drawn.legend(course)]
    return scaling(words, "".join(parts), box=(WIDTH, HEIGHT), kind="target")


def course_rows(course: Course, *, label: Callable[[float], str]) -> list[tuple[str, ...]]:
    """The same as rows of words for the table beside it: period, what it is, value, interval."""
    parts: list[tuple[str, Moment]] = [("figure", one) for one in course.figures]
    if course.path is not None:
        parts.append(("path needed, beginning", course.path[0]))
    parts += [("forecast", one) for one in course.expected]
    parts.append(("target", course.goal))
    return [
        (
            one.period.words,
            what,
            label(one.value) if one.value is not None else "missing",
            f"{label(one.low)} to {label(one.high)}"
            if one.low is not None and one.high is not None
            else "",
        )
        for what, one in parts
    ]


def shown(course: Course, *, label: Callable[[float], str]) -> str:
    """What the picture shows, in a sentence for who cannot see it."""
    known = [one for one in course.figures if one.value is not None]
    said = []
    if known:
        last = known[-1]
        said.append(f"It was {label(last.value or 0.0)} in {last.period.words}")
    if course.expected:
        end = course.expected[-1]
        reach = ""
        if end.low is not None and end.high is not None:
            reach = f", between {label(end.low)} and {label(end.high)} in 19 of 20 cases"
        said.append(f"a forecast leads to {label(end.value or 0.0)}{reach}")
    goal = course.goal
    said.append(f"the target is {label(goal.value or 0.0)} by {goal.period.words}")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}."


def _with_last(course: Course) -> list[Moment]:
    """The forecast, begun at the last figure."""
    known = [one for one in course.figures if one.value is not None]
    return [*known[-1:], *course.expected] if course.expected else []


def _axes(course: Course) -> tuple[Axis, Axis, tuple[float, ...]]:
    parts = [*course.figures, *(course.path or ()), *course.expected, course.goal]
    days = [ordinal_day(one.period) for one in parts]
    reach = [end for one in parts for end in (one.value, one.low, one.high) if end is not None]
    up, ticks = round_axis([*reach, *([] if course.far is None else [course.far])], ticks=4)
    return Axis(min(days), max(days)), up, ticks


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The parts of the picture on its two axes."""

    across: Axis
    up: Axis
    ticks: tuple[float, ...]
    label: Callable[[float], str]

    def x(self, period: Period) -> float:
        return LEFT + (RIGHT - LEFT) * self.across.share(ordinal_day(period))

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * self.up.share(value)

    def spot(self, one: Moment) -> Spot:
        return self.x(one.period), self.y(one.value or 0.0)

    def figures(self, moments: Sequence[Moment]) -> str:
        """The series: a line through dots, and a whisker for each interval."""
        known = [one for one in moments if one.value is not None]
        parts = [
            f'<path class="whisker" d="M{short(self.x(one.period))} {short(self.y(one.low))}'
            f'V{short(self.y(one.high))}"/>'
            for one in known
            if one.low is not None and one.high is not None
        ]
        if len(known) > 1:
            parts.append(f'<path class="line" d="M{_joined(map(self.spot, known))}"/>')
        for one in known:
            x, y = self.spot(one)
            parts.append(
                f'<circle class="dot" cx="{short(x)}" cy="{short(y)}" r="2.5"><title>'
                f"{text(one.period.words)}: {text(self.label(one.value or 0.0))}</title></circle>"
            )
        return "".join(parts)

    def path(self, ends: tuple[Moment, Moment] | None) -> str:
        """The path needed: the same share each year where that can be, and else a straight line."""
        if ends is None or ends[0].value is None or ends[1].value is None:
            return ""
        (x, _), (u, _) = self.spot(ends[0]), self.spot(ends[1])
        first, last = ends[0].value, ends[1].value
        spots = []
        for step in range(STEPS + 1):
            share = step / STEPS
            even = first > 0 and last > 0
            value = first * (last / first) ** share if even else first + (last - first) * share
            spots.append((x + (u - x) * share, self.y(value)))
        return f'<path class="needed" d="M{_joined(spots)}"/>'

    def band(self, moments: Sequence[Moment]) -> str:
        """The forecast: its interval as a band from the last figure on, its middle dotted."""
        if len(moments) < 2:
            return ""
        high = [(self.x(one.period), self.y(_or(one.high, one))) for one in moments]
        low = [(self.x(one.period), self.y(_or(one.low, one))) for one in moments]
        return (
            f'<path class="band" d="M{_joined([*high, *reversed(low)])}z"/>'
            f'<path class="expected" d="M{_joined(map(self.spot, moments))}"/>'
        )

    def goal(self, goal: Moment, far: float | None) -> str:
        """The goal: a ring, its value beside it, and a bar up to the end of a range."""
        x, y = self.spot(goal)
        said = self.label(goal.value or 0.0)
        bar, top = "", y
        if far is not None:
            top = min(y, self.y(far))
            bar = f'<path class="whisker" d="M{short(x)} {short(y)}V{short(self.y(far))}"/>'
            said = f"{said} to {self.label(far)}"
        return (
            f'{bar}<circle class="hollow" cx="{short(x)}" cy="{short(y)}" r="5"/>'
            f'<text class="tick end" x="{short(x)}" y="{short(top - 10)}">'
            f"target {text(said)}</text>"
        )

    def ends(self, course: Course) -> str:
        """The first and last period below, and the last figure beside its dot."""
        parts = [
            f'<line class="track" x1="{short(LEFT)}" x2="{short(RIGHT)}" y1="{short(BOTTOM)}" '
            f'y2="{short(BOTTOM)}"/>'
        ]
        first, last = self.across.low, self.across.high
        for day, anchor, x in ((first, "start", LEFT), (last, "end", RIGHT)):
            found = next(
                one.period
                for one in (*course.figures, *(course.path or ()), *course.expected, course.goal)
                if ordinal_day(one.period) == day
            )
            parts.append(
                f'<text class="tick {anchor}" x="{short(x)}" y="{short(BOTTOM + 15)}">'
                f"{text(str(found.start.year))}</text>"
            )
        known = [one for one in course.figures if one.value is not None]
        rises = bool(known) and (known[-1].value or 0.0) >= (known[0].value or 0.0)
        for one in known[-1:]:
            x, y = self.spot(one)
            parts.append(self.value(one, (max(x - 6, LEFT + 60), y - 10), "end"))
        for one in known[:-1][:1]:
            x, y = self.spot(one)
            # Beside the way that the line takes from here.
            parts.append(self.value(one, (x, y + 18 if rises else y - 10), "start"))
        return "".join(parts)

    def value(self, one: Moment, spot: Spot, anchor: str) -> str:
        """The value of a moment, in words beside it."""
        return (
            f'<text class="tick {anchor}" x="{short(spot[0])}" y="{short(spot[1])}">'
            f"{text(self.label(one.value or 0.0))}</text>"
        )

    def legend(self, course: Course) -> str:
        """What each form of line means, in a row below."""
        line = '<path class="{kind}" d="M{x} {y}h22"/>'
        entries = [
            (line.replace("{kind}", kind), word)
            for there, kind, word in (
                (course.figures, "line", "figures"),
                (course.path, "needed", "path needed"),
                (course.expected, "expected", "forecast"),
            )
            if there
        ]
        entries.append(('<circle class="hollow" cx="{c}" cy="{y}" r="5"/>', "target"))
        parts, x = [], LEFT
        for mark, word in entries:
            drawn = mark.format(x=short(x), c=short(x + 11), y=short(HEIGHT - 10))
            parts.append(
                f'{drawn}<text class="tick start" x="{short(x + 28)}" y="{short(HEIGHT - 6)}">'
                f"{word}</text>"
            )
            x += 52 + 6.5 * len(word)
        return "".join(parts)


def _or(end: float | None, one: Moment) -> float:
    """An end of an interval, or the value itself where there is none."""
    return end if end is not None else one.value or 0.0


def _joined(spots: object) -> str:
    return "L".join(f"{short(x)} {short(y)}" for x, y in spots)  # type: ignore[attr-defined]
