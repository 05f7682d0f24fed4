"""A heat map of correlations: a triangle of squares, the sign in the colour and the number."""

from collections.abc import Sequence
from textwrap import wrap

from markupsafe import Markup

from placedex.publish.charts.svg import Words, scaling, short, text

CELL, LABEL, WIDEST, LINE = 30.0, 210.0, 1000.0, 13.0
# Beyond so many nodes a number no longer fits into its square.
NUMBERED = 24
LONGEST = 27


def draw_heatmap(
    names: Sequence[str], values: Sequence[Sequence[float | None]], words: Words
) -> Markup:
    """The correlation of each two names, a row for each, columns by the numbers of the rows.

    Only what stands before a name's own column counts; none is drawn as an empty square.
    """
    size = CELL if len(names) <= NUMBERED else max(8.0, (WIDEST - LABEL) / len(names))
    body = [_row(number, names, values[number], size=size) for number in range(len(names))]
    width = LABEL + size * len(names)
    return scaling(words, "".join(body), box=(width, size * len(names) + 4), kind="heat")


def _row(number: int, names: Sequence[str], values: Sequence[float | None], *, size: float) -> str:
    y = number * size
    name = names[number]
    parts = [_label(number, name, y=y, size=size)]
    parts += [
        _square(f"{name} and {names[at]}", values[at], x=LABEL + at * size, y=y, size=size)
        for at in range(number)
    ]
    if size >= CELL:
        parts.append(
            f'<text class="tick middle" x="{short(LABEL + (number + 0.5) * size)}" '
            f'y="{short(y + size / 2 + 4)}">{number + 1}</text>'
        )
    return "".join(parts)


def _label(number: int, name: str, *, y: float, size: float) -> str:
    """The name of a row: in two lines if one is too short, and whole in its title if both are."""
    lines = wrap(f"{name} {number + 1}", LONGEST)
    most = 2 if size >= CELL else 1
    cut = len(lines) > most
    if cut:
        ending = f"… {number + 1}"
        room = LONGEST - len(ending)
        lines = [*lines[: most - 1], lines[most - 1][:room].rstrip() + ending]
    first = y + size / 2 + 4 - LINE / 2 * (len(lines) - 1)
    x = short(LABEL - 8)
    told = "".join(
        f'<tspan x="{x}" y="{short(first + at * LINE)}">{text(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    whole = f"<title>{text(name)}</title>" if cut else ""
    return f'<text class="tick end">{whole}{told}</text>'


def _square(what: str, value: float | None, *, x: float, y: float, size: float) -> str:
    said = "no correlation" if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", "−")
    side = short(size - 1)
    spot = f'x="{short(x)}" y="{short(y)}" width="{side}" height="{side}"'
    title = f"<title>{text(f'{what}: {said}')}</title>"
    if value is None:
        return f'<rect class="pale" {spot}>{title}</rect>'
    kind = "neg" if value < 0 else "pos"
    parts = [
        f'<rect class="pale" {spot}/>'
        f'<rect class="{kind}" {spot} fill-opacity="{short(abs(value))}">{title}</rect>'
    ]
    if size >= CELL:
        dark = " dark" if abs(value) > 0.65 else ""
        number = said.replace("0.", ".") if abs(value) < 1 else said.split(".", maxsplit=1)[0]
        parts.append(
            f'<text class="r{dark}" x="{short(x + size / 2)}" y="{short(y + size / 2 + 4)}">'
            f"{number}</text>"
        )
    return "".join(parts)
