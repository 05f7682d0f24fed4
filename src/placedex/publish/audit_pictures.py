"""The pictures of an audit: correlations as a heat map, importance beside weight as dumbbells."""

from markupsafe import Markup

from placedex.publish.audit_parts import Audited, Grid, correlation_matrix
from placedex.publish.charts import Words
from placedex.publish.charts.dumbbell import Pair, draw_dumbbells
from placedex.publish.charts.heatmap import draw_heatmap
from placedex.publish.words import number, plural

# Colours of print, where no style sheet of a site is at hand.
PRINT = (
    "text{font-family:'Libertinus Serif';font-size:12px;fill:#1a1f24}.end{text-anchor:end}"
    ".middle,.r{text-anchor:middle}.r{font-size:11px}.r.dark{fill:#fff}.pale{fill:#f3f1eb}"
    ".pos{fill:#0b5568}.neg{fill:#b4501c}.track{stroke:#d8d5cd}.range{stroke:#b9b5aa;stroke-width:3}"
    ".hollow{fill:#fff;stroke:#0b5568;stroke-width:1.5}.own{fill:#0b5568}"
)


def heatmap(audited: Audited, key: str) -> Markup | None:
    """The correlations of every two nodes; nothing if there is none."""
    names, rows = _matrix(audited)
    if not any(value is not None for row in rows for value in row):
        return None
    words = Words(
        f"{key}-heat",
        f"Correlations of scores: {plural(audited.kind)}",
        f"A triangle of squares for {len(names)} components and indicators. {_strongest(audited)}",
        f"{key}-correlations",
    )
    return draw_heatmap(names, rows, words)


def matrix_grid(audited: Audited) -> Grid:
    """The same correlations as a table, a column for each number of a row."""
    names, rows = _matrix(audited)
    columns = (("Component or indicator", False), *((str(n + 1), True) for n in range(len(names))))
    cells = tuple(
        (
            f"{at + 1} {name}",
            *(
                ""
                if other >= at
                else "–"
                if (value := rows[at][other]) is None
                else number(value, 2)
                for other in range(len(names))
            ),
        )
        for at, name in enumerate(names)
    )
    caption = "Pearson's correlation of the scores of every two components and indicators"
    return Grid("correlations", caption, columns, cells, folded=True)


def weights_and_importance(audited: Audited, key: str) -> Markup | None:
    """The weight and the importance of each part of the index; nothing if that is not known."""
    shown = of_the_index(audited)
    if not shown:
        return None
    told = "; ".join(f"{one.name} {one.ring:.0f}% and {one.dot:.0f}%" for one in shown)
    words = Words(
        f"{key}-weights",
        f"Weight and importance of each component: {plural(audited.kind)}",
        f"A row for each component, weight first: {told}.",
        f"{key}-importance",
    )
    return draw_dumbbells(shown, words)


def of_the_index(audited: Audited) -> tuple[Pair, ...]:
    """The components of the index with weight and importance in per cent, where known."""
    rows = audited.tables["importance"]
    root = str(rows[0]["parent"]) if rows else ""
    return tuple(
        Pair(str(one["name"]), 100 * one["weight"], 100 * one["share"])
        for one in rows
        if one["parent"] == root and one["share"] is not None
    )


def printable(drawing: Markup) -> str:
    """A drawing that stands by itself, with the colours of print."""
    head, _, rest = str(drawing).partition(">")
    head = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{head}><style>{PRINT}</style>{rest}"


def _matrix(audited: Audited) -> tuple[list[str], list[list[float | None]]]:
    nodes, found = correlation_matrix(audited.tables)
    known = {str(one["node"]): str(one["name"]) for one in audited.tables["checks"]}
    rows = [[found.get((one, other)) for other in nodes] for one in nodes]
    return [known.get(one, one) for one in nodes], rows


def _strongest(audited: Audited) -> str:
    """The strongest and the weakest correlation within components, in words."""
    known = {str(one["node"]): str(one["name"]) for one in audited.tables["checks"]}
    pairs = [
        one
        for one in audited.tables["correlations"]
        if one["together"] and one["pearson"] is not None
    ]
    if not pairs:
        return ""
    told = []
    for how, one in (
        ("strongest", max(pairs, key=lambda one: float(one["pearson"]))),
        ("weakest", min(pairs, key=lambda one: float(one["pearson"]))),
    ):
        names = " and ".join(known.get(str(one[end]), str(one[end])) for end in ("other", "node"))
        told.append(f"Within components the {how} is that of {names}, {number(one['pearson'], 2)}.")
    return " ".join(told)
