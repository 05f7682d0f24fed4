"""The parts of an audit in the order of the JRC's reports, as words and tables for any page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from placedex.publish.words import capital, counted, number, ordinal

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
Show = Callable[[Any], str]
MARKS = {"pass": "✓ pass", "flag": "▲ flag", "cannot be said": "– cannot be said"}

HEADINGS: Mapping[str, tuple[str, str]] = {
    "data": (
        "Data",
        "How complete, how even and how recent the figures are. Outliers are looked for after "
        "treatment.",
    ),
    "coherence": (
        "Statistical coherence",
        "Whether the parts of a component go together: Pearson's correlations of scores, the "
        "principal components of the parts, and Cronbach's alpha.",
    ),
    "importance": (
        "Importance and redundancy",
        "How much each part matters to its component, by the correlation ratio or, with few "
        "places, by the squared correlation, beside the weight that it was given.",
    ),
    "added value": (
        "Added value",
        "Whether the index ranks places otherwise than each component alone does.",
    ),
    "robustness": (
        "Robustness",
        "How far ranks move when choices and figures are drawn again.",
    ),
    "frontier": ("Distance to the frontier", "The benefit of the doubt."),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its key and caption, its columns as (name, whether figures), and its cells."""

    key: str
    caption: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an audit: what was asked, what was flagged, what cannot be said, and tables."""

    key: str
    heading: str
    about: str
    flagged: tuple[str, ...]
    passed: int
    unsaid: tuple[str, ...]
    grids: tuple[Grid, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing but what cannot be said."""
        return not self.flagged and not self.passed


@dataclass(frozen=True, slots=True)
class Audited:
    """The audit of one index for the places of one kind: its tables by name."""

    index: str
    title: str
    kind: str
    tables: Tables

    @property
    def words(self) -> str:
        """How many checks passed, raised a flag, or could not be said."""
        return note(self.tables, "audit")

    @property
    def recommendations(self) -> tuple[tuple[str, str], ...]:
        """Each finding with what to consider."""
        return tuple((one["finding"], one["consider"]) for one in self.tables["recommendations"])


def note(tables: Tables, part: str) -> str:
    """What is said of a part as a whole."""
    return next((str(one["words"]) for one in tables["notes"] if one["part"] == part), "")


def summary(audited: Audited) -> Grid:
    """Every test with its verdict."""
    words, figures = ("Test", "Part", "Verdict"), ("Passed", "Flagged", "Cannot be said")
    columns = (*((name, False) for name in words), *((name, True) for name in figures))
    rows = tuple(
        (
            capital(str(one["test"])),
            capital(str(one["part"])),
            MARKS[str(one["verdict"])],
            str(one["passed"]),
            str(one["flagged"]),
            str(one["cannot_be_said"]),
        )
        for one in audited.tables["summary"]
    )
    return Grid("summary", "Every test with its verdict", columns, rows)


def parts(audited: Audited) -> tuple[Part, ...]:
    """The parts of an audit."""
    tables = audited.tables
    names = {str(one["node"]): str(one["name"]) for one in tables["checks"]}
    robust, frontier = (note(tables, part) for part in ("robustness", "frontier"))
    robust = f"{capital(robust)}{'' if robust.endswith('.') else '.'}"
    grids: Mapping[str, tuple[Grid, ...]] = {
        "data": (_indicators(tables), _gaps(tables, names)),
        "coherence": (_components(tables),),
        "importance": (_importance(tables, names),),
        "added value": (_added(tables),),
        "robustness": (_ranks(tables), _sensitivity(tables)),
        "frontier": (_frontier(tables),),
    }
    notes = {"robustness": f" {robust}", "frontier": f" {frontier}".rstrip()}
    return tuple(
        _part(tables, key, heading, f"{about}{notes.get(key, '')}", *grids[key])
        for key, (heading, about) in HEADINGS.items()
    )


def limits(audited: Audited) -> Grid:
    """Every limit with where it comes from."""
    columns = (("Limit", False), ("Value", True), ("What it limits", False), ("Source", False))
    rows = tuple(
        (capital(str(one["threshold"])), f"{one['value']:.3g}", one["meaning"], one["source"])
        for one in audited.tables["thresholds"]
    )
    return Grid("limits", "The limits of every test", columns, rows, folded=True)


def correlation_matrix(
    tables: Tables,
) -> tuple[tuple[str, ...], Mapping[tuple[str, str], float | None]]:
    """The nodes of an audit in the order of its heat map, and the correlation of each two."""
    rows = tables["correlations"]
    found = {(str(one["node"]), str(one["other"])): one["pearson"] for one in rows}
    first = [str(one["other"]) for one in rows[:1]]
    nodes = tuple(dict.fromkeys([*first, *(str(one["node"]) for one in rows)]))
    return nodes, found


def _part(tables: Tables, key: str, heading: str, about: str, *grids: Grid) -> Part:
    checks = [one for one in tables["checks"] if one["part"] == key]
    flagged = tuple(str(one["words"]) for one in checks if one["verdict"] == "flag")
    passed = sum(1 for one in checks if one["verdict"] == "pass")
    unsaid = tuple(str(one["words"]) for one in checks if one["verdict"] == "cannot be said")
    kept = tuple(grid for grid in grids if grid.rows)
    return Part(key.replace(" ", "-"), heading, about, flagged, passed, unsaid, kept)


def _share(value: Any) -> str:
    return "–" if value is None else f"{number(100 * float(value))}%"


def _figure(value: Any, decimals: int = 2) -> str:
    return "–" if value is None else number(float(value), decimals)


def _place(value: Any) -> str:
    return "–" if value is None else number(float(value), 0 if float(value).is_integer() else 1)


def _grid(
    key: str,
    caption: str,
    rows: Sequence[Row],
    columns: Sequence[tuple[str, str, Show | None]],
    *,
    folded: bool = False,
) -> Grid:
    """A table of rows: each column is (name, key of the cell, how a figure is shown)."""
    columns = [
        one
        for number, one in enumerate(columns)
        if not number or any(row[one[1]] not in {None, ""} for row in rows)
    ]
    heads = tuple((name, show is not None) for name, _, show in columns)
    cells = tuple(
        tuple(str(row[at] or "–") if show is None else show(row[at]) for _, at, show in columns)
        for row in rows
    )
    return Grid(key, caption, heads, cells, folded)


def _indicators(tables: Tables) -> Grid:
    rows = [
        {**one, "shape": _shape(one, ""), "treated": _shape(one, "_treated")}
        for one in tables["indicators"]
    ]
    return _grid(
        "indicators",
        "Every indicator: the share of scored places that have it, the share imputed, skewness and "
        "kurtosis before and after treatment, its period and what it is in proportion to",
        rows,
        (
            ("Indicator", "name", None),
            ("Known", "coverage", _share),
            ("Imputed", "filled", _share),
            ("Skewness, kurtosis", "shape", str),
            ("After treatment", "treated", str),
            ("Period", "period", None),
            ("Per", "denominator", None),
        ),
    )


def _shape(one: Row, ending: str) -> str:
    return f"{_figure(one[f'skewness{ending}'])}, {_figure(one[f'kurtosis{ending}'])}"


def _gaps(tables: Tables, names: Mapping[str, str]) -> Grid:
    """The places that lack something, with what they have of each component."""
    rows = tables["coverage"]
    nodes = tuple(dict.fromkeys(str(one["node"]) for one in rows))
    by_place: dict[str, dict[str, Any]] = {}
    for one in rows:
        by_place.setdefault(str(one["place"]), {"name": one["name"]})[str(one["node"])] = one[
            "coverage"
        ]
    short = [one for one in by_place.values() if any(one[node] < 1 for node in nodes)]
    short.sort(key=lambda one: (one[nodes[0]], str(one["name"])))
    columns: list[tuple[str, str, Show | None]] = [("Place", "name", None)]
    columns += [(names.get(node, node), node, _share) for node in nodes]
    caption = (
        f"The {counted(len(short), 'place')} without some figure: the share of the indicators that "
        "each has"
    )
    return _grid("gaps", caption, short, columns, folded=len(short) > 10)


def _components(tables: Tables) -> Grid:
    return _grid(
        "components",
        "The parts of each component: variance explained by the first principal component, how "
        "many components have an eigenvalue above 1, and Cronbach's alpha",
        tables["components"],
        (
            ("Component", "name", None),
            ("Parts", "parts", _place),
            ("Places", "places", _place),
            ("First explains", "share_of_variance", _share),
            ("Above 1", "components_above_one", _place),
            ("Alpha", "alpha", _figure),
            ("Alpha, standardised", "alpha_standardised", _figure),
            ("Why not", "why_not", None),
        ),
    )


def _importance(tables: Tables, names: Mapping[str, str]) -> Grid:
    rows = [
        {**one, "parent": names.get(str(one["parent"]), one["parent"])}
        for one in tables["importance"]
    ]
    return _grid(
        "importance",
        "The weight of each part within its component and within the index, and its importance: "
        "its share of it, the correlation ratio and the squared correlation with the component, "
        "and that with the index",
        rows,
        (
            ("Part", "name", None),
            ("Of", "parent", None),
            ("Weight", "weight", _share),
            ("Importance", "share", _share),
            ("Ratio", "ratio", _figure),
            ("Squared", "squared", _figure),
            ("Weight in index", "effective", _share),
            ("Ratio with index", "ratio_index", _figure),
            ("Squared with index", "squared_index", _figure),
        ),
    )


def _added(tables: Tables) -> Grid:
    return _grid(
        "added",
        "The share of places whose ranks on a component and on the index are far apart",
        tables["added_value"],
        (
            ("Component", "name", None),
            ("Places", "places", _place),
            ("Ten positions or more", "ten_positions", _share),
            ("A tenth of places or more", "tenth_of_places", _share),
        ),
    )


def _ordinal(value: Any) -> str:
    return "–" if value is None else ordinal(value)


def _ranks(tables: Tables) -> Grid:
    rows = sorted(tables["robustness"], key=lambda one: (one["rank"], str(one["name"])))
    return _grid(
        "ranks",
        "Each place's rank, its median rank over the draws, and the ranks between which it lies in "
        "90 % of them",
        rows,
        (
            ("Place", "name", None),
            ("Rank", "rank", _ordinal),
            ("Median", "median_rank", _place),
            ("From", "rank_5_percent", _place),
            ("To", "rank_95_percent", _place),
        ),
        folded=len(rows) > 20,
    )


def _sensitivity(tables: Tables) -> Grid:
    return _grid(
        "sensitivity",
        "The share of the mean shift in rank that each choice explains, alone and with others",
        tables["sensitivity"],
        (("Choice", "choice", None), ("Alone", "first", _share), ("With others", "total", _share)),
    )


def _frontier(tables: Tables) -> Grid:
    rows = sorted(tables["frontier"], key=lambda one: (-one["score"], one["rank"]))
    return _grid(
        "frontier",
        "Each place's score under the weights that suit it best, 1 where none does better, its "
        "distance to that, and the component that brings most",
        rows,
        (
            ("Place", "name", None),
            ("Rank", "rank", _ordinal),
            ("Score", "score", lambda value: _figure(value, 3)),
            ("Distance", "distance", lambda value: _figure(value, 3)),
            ("Best component", "best", None),
        ),
        folded=len(rows) > 20,
    )
