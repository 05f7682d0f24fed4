"""A map of hexagons: each place the same size, its neighbours beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from markupsafe import Markup

from placedex.places import Place
from placedex.places.place import Hexagon
from placedex.publish.charts.svg import Words, scaling, short, text

SIZE = 14.0
WIDTH = sqrt(3) * SIZE
CORNERS = ((0.0, -1.0), (0.5, -0.5), (0.5, 0.5), (0.0, 1.0), (-0.5, 0.5), (-0.5, -0.5))
MARGIN = 3.0
EVEN = ((0, -1), (1, 0), (0, 1), (-1, 1), (-1, 0), (-1, -1))
ODD = ((1, -1), (1, 0), (1, 1), (0, 1), (-1, 0), (0, -1))


@dataclass(frozen=True, slots=True)
class HexMap:
    """What a map shows.

    Attributes:
        places: every place that has a hexagon, scored or not.
        classes: the class of each place that is coloured, the lowest 0, by its code.
        names: what is said of a place as a pointer rests on it, by its code.
        links: the address of a place's page, by its code.
        outlined: the codes of the places round which a strong line is drawn.
    """

    places: Sequence[Place]
    classes: Mapping[str, int]
    names: Mapping[str, str]
    links: Mapping[str, str]
    outlined: frozenset[str] = field(default_factory=frozenset)


def middle(hexagon: Hexagon) -> tuple[float, float]:
    """The middle of a hexagon in pixels from the left and the top; odd rows stand to the right."""
    across = hexagon.column + 0.5 + 0.5 * (hexagon.row % 2)
    return MARGIN + across * WIDTH, MARGIN + SIZE + 1.5 * SIZE * hexagon.row


def corners(hexagon: Hexagon) -> tuple[tuple[float, float], ...]:
    """The six corners of a hexagon, from the top and with the clock."""
    x, y = middle(hexagon)
    return tuple((x + WIDTH * right, y + SIZE * down) for right, down in CORNERS)


def outline(hexagons: Sequence[Hexagon]) -> str:
    """The path round some hexagons: every edge that only one of them has."""
    cells = {(one.column, one.row) for one in hexagons}
    edges = []
    for one in sorted(hexagons, key=lambda one: (one.row, one.column)):
        points = corners(one)
        for side, (across, down) in enumerate(ODD if one.row % 2 else EVEN):
            if (one.column + across, one.row + down) not in cells:
                # Sides are counted with the clock from the upper right: corner 0 to corner 1.
                (x, y), (u, v) = points[side], points[(side + 1) % 6]
                edges.append(f"M{short(x)} {short(y)}L{short(u)} {short(v)}")
    return "".join(edges)


def draw_hexmap(shown: HexMap, words: Words) -> Markup:
    """The map as SVG. Hexagons are links for a pointer; the table has the same links for all."""
    placed = [(place, place.hexagon) for place in shown.places if place.hexagon is not None]
    if not placed:
        return Markup("")
    pale = "".join(_path(spot) for place, spot in placed if place.code not in shown.classes)
    body = [_shape(), f'<path class="pale" d="{pale}"/>' if pale else ""]
    body += [
        _coloured(place, spot, shown=shown) for place, spot in placed if place.code in shown.classes
    ]
    strong = [spot for place, spot in placed if place.code in shown.outlined]
    if strong:
        body.append(f'<path class="strong" d="{outline(strong)}"/>')
    right = max(corners(spot)[1][0] for _, spot in placed)
    bottom = max(corners(spot)[3][1] for _, spot in placed)
    return scaling(
        words, "".join(body), box=(right + MARGIN, bottom + MARGIN), kind="hexmap", role="group"
    )


def _shape() -> str:
    return f'<defs><path id="hex" d="m0 0{_steps()}"/></defs>'


def _coloured(place: Place, spot: Hexagon, *, shown: HexMap) -> str:
    x, y = middle(spot)
    return (
        f'<a href="{text(shown.links[place.code])}" tabindex="-1">'
        f"<title>{text(shown.names[place.code])}</title>"
        f'<use href="#hex" class="k{shown.classes[place.code] + 1}" '
        f'x="{short(x)}" y="{short(y - SIZE)}"/></a>'
    )


def _path(spot: Hexagon) -> str:
    x, y = middle(spot)
    return f"M{short(x)} {short(y - SIZE)}{_steps()}"


def _steps() -> str:
    half, down = short(WIDTH / 2), short(SIZE / 2)
    tall = short(SIZE)
    return f"l{half} {down}v{tall}l-{half} {down}l-{half} -{down}v-{tall}z"
