"""What is taken away from the last build: figures and results, written in a form for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placedex.observations import Observations
from placedex.publish.export import (
    ExportTable,
    Extract,
    Field,
    choose,
    figure_tables,
    write_extract,
)
from placedex.workspace.built import open_build
from placedex.workspace.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class Choice:
    """Which part of a build is wanted: all of it, if nothing is said.

    Attributes:
        indicators: codes; one that is reckoned from two others stands for these.
        places: codes or names.
        results: whether scores, ranks and what is to be known of them are wanted too.
        known_on: the figures as they were known on a day, instead of those that stand.
    """

    indicators: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    results: bool = False
    known_on: date | None = None


def export_build(
    folder: Path, *, form: str, output: Path, version: str, choice: Choice | None = None
) -> dict[str, int]:
    """Write the last build of a workspace, or a part of it, to a file or folder.

    Gives the number of rows of each table.
    Errors: UnreadableStore if the workspace has not been built; UnknownPlace or AmbiguousPlace;
            BadUsage for an unknown indicator or form, if there is no figure of what was chosen, or
            if something is at the output that no export wrote.
    """
    choice = choice or Choice()
    workspace = open_workspace(folder)
    codes = tuple(workspace.register.find(one).code for one in choice.places)
    with open_build(folder) as connection:
        observations = Observations(
            connection, workspace.register, workspace.catalogue, (), choice.known_on
        )
        choose(observations, codes=choice.indicators, places=codes)
        tables: Sequence[ExportTable] = figure_tables(
            observations, also=_SCORED if choice.results else ""
        )
        if choice.results:
            tables = (*tables, *_RESULTS)
        settings = workspace.settings
        about = " ".join(settings.about.split())
        extract = Extract(settings.title, about, version, connection, tuple(tables))
        write_extract(extract, form, output)
        return {table.name: table.count(connection) for table in tables}


# Of the places that were chosen, or of all.
_CHOSEN = "(NOT EXISTS (SELECT 1 FROM export_places) OR place IN (SELECT code FROM export_places))"
_SCORED = f"SELECT place FROM score WHERE {_CHOSEN}"
_RESULTS = (
    ExportTable(
        "scores",
        "Scores",
        "One row for each place and each node of an index: an indicator, a component or the whole.",
        (
            Field("index", "code of the index", needed=True),
            Field("kind", "kind of place: ranks compare places of one kind only", needed=True),
            Field("place", "code of the place", needed=True, among="places"),
            Field("name", "name of the place", needed=True),
            Field("node", "code of the indicator, the component or the whole index", needed=True),
            Field("node_name", "its name", needed=True),
            Field("score", "points of 100, unrounded; empty if there is none", "number"),
            Field("rank", "1 for the highest score; empty if there is none", "integer"),
            Field("best_rank", "best rank across the scenarios, index only", "integer"),
            Field("worst_rank", "worst rank across the scenarios, index only", "integer"),
            Field("why", "why there is no score; empty if there is one"),
        ),
        ("index", "place", "node"),
        f"""
        SELECT score.index_code AS "index", score.kind, score.place, place.name, score.node,
            node.name AS node_name, score, rank, best_rank, worst_rank,
            CASE WHEN score IS NULL THEN coalesce((
                SELECT string_agg(words, ' ' ORDER BY words) FROM flag
                WHERE flag.index_code = score.index_code AND flag.place = score.place
                    AND flag.node = score.node
            ), 'There is no figure for it.') END AS why
        FROM (SELECT * FROM score WHERE {_CHOSEN}) AS score
        JOIN place ON place.code = score.place
        JOIN node ON node.index_code = score.index_code AND node.node = score.node
        ORDER BY score.index_code, score.place, node.number
        """,
    ),
    ExportTable(
        "nodes",
        "Nodes",
        "One row for each indicator and component of an index, and for the index itself.",
        (
            Field("index", "code of the index", needed=True),
            Field("node", "code of the indicator, the component or the whole index", needed=True),
            Field("name", "its name", needed=True),
            Field("parent", "code of the node that it is a part of; empty for the whole index"),
            Field("weight", "its weight beside the other parts of its parent", "number",
                  needed=True),
            Field("effective_weight", "its share of the whole index", "number", needed=True),
        ),
        ("index", "node"),
        'SELECT index_code AS "index", node, name, parent, weight, effective_weight FROM node '
        "ORDER BY index_code, number",
    ),
    ExportTable(
        "flags",
        "Flags",
        "One row for each thing that a reader of the results should know.",
        (
            Field("index", "code of the index", needed=True),
            Field("kind", "kind of place", needed=True),
            Field("flag", "what kind of thing it is", needed=True),
            Field("node", "the node that it is about; empty if none"),
            Field("place", "code of the place that it is about; empty if none"),
            Field("words", "the thing itself", needed=True),
        ),
        (),
        f'SELECT index_code AS "index", kind, flag, node, place, words FROM flag '
        f"WHERE place IS NULL OR {_CHOSEN} ORDER BY ALL",
    ),
)  # fmt: skip
