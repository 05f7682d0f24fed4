"""A waterfall: where something began, what each cause added, and where it ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.publish.charts.scale import Axis, round_axis
from placedex.publish.charts.svg import Words, flowing, short, text

ROW, TOP, BAR = 40.0, 6.0, 11.0
STYLE = (
    "svg{font:14px system-ui,sans-serif;background:#fff;padding:12px}text{fill:#1a1f24}"
    ".strong{font-weight:650}"
    ".end{text-anchor:end}.middle{text-anchor:middle}.tick{font-size:12px;fill:#565c63}"
    ".track,.link{stroke:#d8d5cd}.link{stroke-dasharray:2 3;stroke:#565c63}.gain{fill:#0b5568}"
    ".loss{fill:#c2622d}.own{fill:#1a1f24}"
)


@dataclass(frozen=True, slots=True)
class Cause:
    """One step: what it is and by how much it moves the value."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a waterfall begins and ends, with what the two are called."""

    before: float
    after: float
    names: tuple[str, str]


def draw_waterfall(
    causes: Sequence[Cause],
    ends: Ends,
    words: Words,
    *,
    label: Callable[[float], str],
    lower_is_better: bool = False,
) -> Markup:
    """The causes as SVG, one below the other, from the beginning to the end.

    Amounts stand in words at the end of each row, with their sign, so that nothing hangs on colour.
    Where lower is better, as with ranks, the axis runs the other way: right is always better.
    """
    reached = [ends.before]
    for cause in causes:
        reached.append(reached[-1] + cause.amount)
    axis, ticks = round_axis([*reached, ends.after])
    drawn = _Drawn(axis, -1 if lower_is_better else 1, label)
    count = len(causes)
    body = [drawn.mark(ends.names[0], ends.before, row=0)]
    for row, cause in enumerate(causes, start=1):
        body.append(drawn.link(reached[row - 1], row=row))
        body.append(drawn.step(cause, reached[row - 1], row=row))
    body.append(drawn.link(reached[-1], row=count + 1))
    body.append(drawn.mark(ends.names[1], ends.after, row=count + 1))
    foot = TOP + ROW * (count + 2)
    body += [drawn.tick(value, ticks, y=foot + 14) for value in ticks]
    return flowing(words, "".join(body), height=foot + 20, kind="waterfall")


def as_file(drawing: Markup, *, width: int = 640) -> str:
    """A drawing as a file of its own, with its colours and without the page around it."""
    head, _, rest = str(drawing).partition(">")
    before, _, after = head.partition(' aria-details="')
    head = before + after.partition('"')[2]
    head = head.replace('width="100%"', f'width="{width}"')
    opening = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" lang="en-GB" ', 1)
    begin, end, drawn = rest.partition("</desc>")
    return f"{opening}>{begin}{end}<style>{STYLE}</style>{drawn}\n"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The parts of a waterfall on one axis."""

    axis: Axis
    way: int
    label: Callable[[float], str]

    def across(self, value: float) -> float:
        """How far to the right a value stands, in per cent."""
        share = self.axis.share(value)
        return 100 * (share if self.way > 0 else 1 - share)

    def mark(self, name: str, value: float, *, row: int) -> str:
        """The beginning or the end: its value as a bold line across the row."""
        y, x, said = TOP + ROW * row, short(self.across(value)), text(self.label(value))
        return (
            f'<text class="name strong" y="{short(y + 13)}">{text(name)}</text>'
            f'<text class="end strong" x="100%" y="{short(y + 13)}">{said}</text>'
            f'<line class="track" x1="0" x2="100%" y1="{short(y + 25)}" y2="{short(y + 25)}"/>'
            f'<rect class="own" x="{x}%" y="{short(y + 18)}" width="4" height="14" '
            'transform="translate(-2)"/>'
        )

    def step(self, cause: Cause, begin: float, *, row: int) -> str:
        """One cause: a bar from what was reached to what it leads to."""
        y = TOP + ROW * row
        left, right = sorted((self.across(begin), self.across(begin + cause.amount)))
        kind = "gain" if cause.amount * self.way >= 0 else "loss"
        amount = self.label(abs(cause.amount))
        sign = "" if not cause.amount else "+" if cause.amount > 0 else "−"
        return (
            f'<text class="name" y="{short(y + 13)}">{text(cause.name)}</text>'
            f'<text class="end" x="100%" y="{short(y + 13)}">{sign}{text(amount)}</text>'
            f'<line class="track" x1="0" x2="100%" y1="{short(y + 25)}" y2="{short(y + 25)}"/>'
            f'<rect class="{kind}" x="{short(left)}%" y="{short(y + 25 - BAR / 2)}" '
            f'width="{short(max(right - left, 0.3))}%" height="{short(BAR)}"/>'
        )

    def link(self, value: float, *, row: int) -> str:
        """A line from one row's end down to where the next begins."""
        x, y = short(self.across(value)), TOP + ROW * row
        return f'<line class="link" x1="{x}%" x2="{x}%" y1="{short(y - 8)}" y2="{short(y + 18)}"/>'

    def tick(self, value: float, ticks: Sequence[float], *, y: float) -> str:
        """A value on the axis below."""
        across = self.across(value)
        ends = {0: "start", 100: "end"}
        anchor = ends.get(round(across), "middle") if value in (ticks[0], ticks[-1]) else "middle"
        return (
            f'<text class="tick {anchor}" x="{short(across)}%" y="{short(y)}">{short(value)}</text>'
        )
