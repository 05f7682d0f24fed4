"""`placedex network`: who works with whom, who bridges, and what a cluster has and lacks."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.cli.printed import Sheet
    from placedex.ledger import BlockFound, Ledger, NetworkReport
    from placedex.workspace import Workspace

Format = Literal["table", "json", "csv"]
MOST, FEW = 15, 4


def network(
    workspace: Path = Path(),
    *,
    place: Annotated[str | None, Parameter(name="--place")] = None,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print the network of the organisations and programmes in the ledger of WORKSPACE.

    Who stands between others, who alone links whom, communities, and which building blocks of a
    cluster the ledger shows. WORKSPACE need not be built.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    place
        A code or a name: only what lies in the place, and what that is tied to directly.
    format
        table to read; json for everything, with every tie and what it rests on; csv for the nodes.
    output
        Write to this file instead of standard output.
    """
    from placedex.cli.printed import as_json, put, rows_as_csv
    from placedex.ledger import find_building_blocks, make_network, report_on
    from placedex.workspace import open_workspace

    opened = open_workspace(workspace)
    ledger = _ledger(opened)
    name, inside, around = _where(opened, place)
    whole = make_network(ledger)
    report = report_on(whole if inside is None else whole.within(inside))
    blocks = find_building_blocks(ledger, inside=inside, around=around)
    if format == "csv":
        put(rows_as_csv(report.node_rows()), output)
    elif format == "json":
        put(as_json(_content(report, blocks, name)), output)
    else:
        put(_sheet(report, blocks, name), output)


def _ledger(opened: "Workspace") -> "Ledger":
    """The workspace's ledger, if there is something to tie in it."""
    from placedex.errors import BadUsage
    from placedex.workspace.ledger import FOLDER, workspace_ledger

    folder = opened.folder / FOLDER
    ledger = workspace_ledger(opened)
    if not (ledger.organisations or ledger.programmes):
        raise BadUsage(
            f"{folder} holds no organisation and no programme. Wanted YAML files of a ledger. "
            "Write organisations.yaml and programmes.yaml there."
        )
    return ledger


def _where(opened: "Workspace", place: str | None) -> tuple[str, set[str] | None, set[str]]:
    """What to call the place, the codes in it, and those of the places that hold it."""
    if place is None:
        return "the whole ledger", None, set()
    register = opened.register
    found = register.find(place)
    inside = {found.code, *(one.code for one in register.within(found.code))}
    return found.name, inside, {one.code for one in register.parents(found)}


def _content(
    report: "NetworkReport", blocks: "tuple[BlockFound, ...]", name: str
) -> dict[str, object]:
    found = report.communities
    return {
        "place": name,
        "notes": report.notes(),
        "nodes": report.node_rows(),
        "ties": report.tie_rows(),
        "bridges": [
            {"node": one.node, "parts": one.parts, "words": words}
            for one, words in zip(report.bridges, report.bridge_words(), strict=True)
        ],
        "groups": [
            {"one": one.one, "other": one.other, "ties": one.ties, "between": one.between}
            for one in report.pairs
        ],
        "communities": None
        if found is None
        else {
            "members": found.members,
            "agreement": found.agreement,
            "modularity": found.modularity,
            "least_modularity": found.least,
            "most_modularity": found.most,
            "runs": found.runs,
            "resolution_limit": found.limit,
        },
        "building_blocks": [_block(one, name) for one in blocks],
    }


def _block(one: "BlockFound", name: str) -> dict[str, object]:
    return {
        "block": one.block.code,
        "name": one.block.name,
        "state": one.state,
        "words": one.words(name),
        "signs": [
            {
                "entry": sign.entry,
                "name": sign.name,
                "why": sign.why,
                "here": sign.here,
                "cites": [str(cited) for cited in sign.cites],
            }
            for sign in one.signs
        ],
    }


def _sheet(report: "NetworkReport", blocks: "tuple[BlockFound, ...]", name: str) -> str:
    from placedex.cli.printed import Sheet

    sheet = Sheet()
    count = len(report.network.nodes), len(report.network.ties)
    sheet.say(f"Network of {name}: {count[0]} entries, {count[1]} ties.")
    for note in report.notes():
        sheet.say(f"- {note}")
    sheet.say()
    if report.alone:
        _between(sheet, report)
    for title, words in (
        ("Communities", _communities(report)),
        ("Who alone links whom", report.bridge_words()),
        ("Groups of organisations", report.group_words()),
        (f"Building blocks of a cluster: {name}", [one.words(name) for one in blocks]),
    ):
        if words:
            sheet.say(title)
            for line in words[:MOST]:
                sheet.say(f"- {line}")
            if len(words) > MOST:
                sheet.say(f"- and {len(words) - MOST} more: --format json has every one.")
            sheet.say()
    return sheet.text().rstrip("\n") + "\n"


def _communities(report: "NetworkReport") -> list[str]:
    """Each community by its organisations of most ties."""
    names = report.network.names()
    lines = []
    for number, part in enumerate(report.communities.members if report.communities else (), 1):
        first = sorted(part, key=lambda node: -report.alone[node].degree)[:FEW]
        more = f" and {len(part) - len(first)} more" if len(part) > len(first) else ""
        lines.append(f"{number}: {', '.join(names[node] for node in first)}{more}")
    return lines


def _between(sheet: "Sheet", report: "NetworkReport") -> None:
    """The organisations that most stand between others."""
    from placedex.cli.printed import number

    columns = {"organisation": False, "group": False, "with": True, "betweenness": True,
               "constraint": True, "effective size": True, "core": True, "liaison": True,
               "community": True, "of runs": True}  # fmt: skip
    rows = [row for row in report.node_rows() if row["organisations"] is not None]
    rows.sort(key=lambda row: -float(str(row["organisations_betweenness"])))
    sheet.table(
        "Organisations, tied by what they share",
        columns,
        [
            (
                str(row["name"]),
                str(row["group"]),
                number(row["organisations"], 0),
                number(row["organisations_betweenness"], 3),
                number(row["constraint"], 2),
                number(row["effective_size"], 1),
                number(row["organisations_core"], 0),
                number(row["liaison"], 0),
                number(row["community"], 0),
                number(row["share_of_runs"], 2),
            )
            for row in rows[:MOST]
        ],
    )
    if len(rows) > MOST:
        sheet.say(f"{len(rows) - MOST} more: --format csv has every one.\n")
