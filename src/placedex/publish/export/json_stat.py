"""JSON-stat 2.0: figures as a cube of place, indicator and period, with a status for each value."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from placedex.observations import EXPLAINED
from placedex.publish.export.cube import Cube, Dimension, make_cube
from placedex.publish.export.figures import WHOLE

if TYPE_CHECKING:
    from placedex.publish.export.extract import Extract

_INTERVAL = ("low", "high", "origin")


def write_json_stat(extract: "Extract", path: Path) -> None:
    """Write the figures as one dataset; with scores, both datasets as a collection.

    Cells that no figure has are left out; a figure without a value has a status and no value. The
    ends of intervals and the origins, for which JSON-stat has no room, stand under `extension` by
    the same positions.
    Source: Badosa (2023), JSON-stat 2.0.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if "scores" not in extract:
            _write_figures(extract, file)
        else:
            label = json.dumps(extract.title, ensure_ascii=False)
            file.write(
                f'{{"version":"2.0","class":"collection","label":{label},"link":{{"item":[\n'
            )
            _write_figures(extract, file)
            file.write(",\n")
            _write_scores(extract, file)
            file.write("]}}")
        file.write("\n")


def _write_figures(extract: "Extract", file: IO[str]) -> None:
    figures = extract["figures"].query
    dimensions = [
        Dimension("place", "Place", f"SELECT place, name FROM ({extract['places'].query}) "
                  f"WHERE place IN (SELECT place FROM ({figures})) ORDER BY place", "geo",
                  {"coordinates": _coordinates(extract)}),
        Dimension("indicator", "Indicator", "SELECT DISTINCT indicator, indicator_name FROM "
                  f"({figures}) ORDER BY indicator", "metric",
                  {"unit": _units(extract), "note": _notes(extract)}),
        Dimension("part", "Part", f"SELECT DISTINCT part, part FROM ({figures}) "
                  f"ORDER BY part <> '{WHOLE}', part"),
        Dimension("period", "Period", "SELECT period, period FROM (SELECT DISTINCT period, starts, "
                  f"months FROM ({figures})) ORDER BY starts, months", "time"),
    ]  # fmt: skip
    cube = make_cube(extract.connection, figures, tuple(dimensions))
    if cube.codes[2] == ((WHOLE, WHOLE),):
        del dimensions[2]
        cube = make_cube(extract.connection, figures, tuple(dimensions))
    head = {
        "label": f"{extract.title}: figures",
        "source": "; ".join(_publishers(extract)),
        "note": [extract.about] if extract.about else [],
    }
    _write_cube(cube, head, file)
    _write_members(file, "status", cube.cells("status"))
    file.write(',\n"extension":{"status":{"label":')
    file.write(_text({status.words: words for status, words in EXPLAINED.items()}))
    file.write(f'}},\n"origins":{_text(_origins(extract))}')
    for name in _INTERVAL:
        _write_members(file, name, cube.cells(name))
    file.write("}}")


def _write_scores(extract: "Extract", file: IO[str]) -> None:
    scores = extract["scores"].query
    measured = ("score", "rank", "best_rank", "worst_rank")
    long = " UNION ALL ".join(
        f"SELECT index, place, node, '{one}' AS measured, CAST({one} AS DOUBLE) AS value "
        f"FROM ({scores})"
        for one in measured
    )
    listed = ", ".join(f"('{one}', '{one.replace('_', ' ')}')" for one in measured)
    cube = make_cube(
        extract.connection,
        long,
        (
            Dimension("index", "Index", f"SELECT DISTINCT index, index FROM ({scores}) ORDER BY 1"),
            Dimension("place", "Place", f"SELECT DISTINCT place, name FROM ({scores}) ORDER BY 1",
                      "geo"),
            Dimension("node", "Indicator, component or index",
                      f"SELECT node, min(node_name) FROM ({scores}) GROUP BY node ORDER BY 1"),
            Dimension("measured", "Score or rank", f"SELECT * FROM (VALUES {listed})", "metric"),
        ),
    )  # fmt: skip
    note = "A score has points of 100. A rank compares places of one kind; 1 is the highest score."
    _write_cube(cube, {"label": f"{extract.title}: scores and ranks", "note": [note]}, file)
    file.write("}")


def _write_cube(cube: Cube, head: dict[str, Any], file: IO[str]) -> None:
    """Everything of a dataset up to its values, and these; its last brace is left to the caller."""
    roles: dict[str, list[str]] = {}
    for one in cube.dimensions:
        if one.role:
            roles.setdefault(one.role, []).append(one.column)
    file.write('{"version":"2.0","class":"dataset"')
    for name, content in (
        *head.items(),
        ("id", [one.column for one in cube.dimensions]),
        ("size", list(cube.sizes)),
        ("role", roles),
    ):
        file.write(f",\n{_text(name)}:{_text(content)}")
    file.write(',\n"dimension":{')
    for number, (one, codes) in enumerate(zip(cube.dimensions, cube.codes, strict=True)):
        category = {
            "index": [code for code, _ in codes],
            "label": dict(codes),
            **one.about,
        }
        comma = "," if number else ""
        file.write(
            f"{comma}\n{_text(one.column)}:{_text({'label': one.title, 'category': category})}"
        )
    file.write("}")
    _write_members(file, "value", cube.cells("value"))


def _write_members(file: IO[str], name: str, cells: Iterable[tuple[int, Any]]) -> None:
    """One object of a dataset whose members are cells by their position."""
    file.write(f",\n{_text(name)}:{{")
    for number, (position, content) in enumerate(cells):
        comma = "," if number else ""
        file.write(f'{comma}"{position}":{_text(content)}')
    file.write("}")


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _publishers(extract: "Extract") -> list[str]:
    rows = extract.connection.execute(
        f"SELECT DISTINCT publisher FROM ({extract['origins'].query}) ORDER BY ALL"
    ).fetchall()
    return [name for (name,) in rows]


def _origins(extract: "Extract") -> dict[str, dict[str, str]]:
    """Each origin by its code, with what is known of it."""
    table = extract["origins"]
    return {
        row[0]: {
            name: str(cell)
            for name, cell in zip(table.names[1:], row[1:], strict=True)
            if cell is not None
        }
        for row in table.rows(extract.connection)
    }


def _units(extract: "Extract") -> dict[str, dict[str, str]]:
    rows = extract.connection.execute(
        f"SELECT DISTINCT indicator, unit FROM ({extract['figures'].query}) ORDER BY ALL"
    ).fetchall()
    return {code: {"label": unit} for code, unit in rows}


def _notes(extract: "Extract") -> dict[str, list[str]]:
    """Of each indicator its price basis and what it may not be compared with, if there are any."""
    rows = extract.connection.execute(
        "SELECT indicator, 'Price basis: ' || prices || '.', 'Deflator: ' || deflator || '.', "
        f"not_comparable FROM ({extract['indicators'].query}) "
        f"WHERE indicator IN (SELECT indicator FROM ({extract['figures'].query}))"
    ).fetchall()
    notes = {code: [words for words in said if words] for code, *said in rows}
    return {code: said for code, said in notes.items() if said}


def _coordinates(extract: "Extract") -> dict[str, list[float]]:
    rows = extract.connection.execute(
        f"SELECT place, longitude, latitude FROM ({extract['places'].query}) "
        f"WHERE longitude IS NOT NULL AND latitude IS NOT NULL AND place IN "
        f"(SELECT place FROM ({extract['figures'].query})) ORDER BY place"
    ).fetchall()
    return {code: [longitude, latitude] for code, longitude, latitude in rows}
