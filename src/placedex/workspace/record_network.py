"""The network of a ledger, with who bridges and what a cluster lacks, to be shown."""

from collections.abc import Iterator, Mapping

from placedex.ledger import (
    BlockFound,
    Ledger,
    NetworkReport,
    Organisation,
    make_network,
    report_on,
)
from placedex.ledger import find_building_blocks as find_blocks
from placedex.publish import BlockRow, BridgeRow, CommunityRow, NetworkRow, TieRow
from placedex.publish.charts import Words, draw_network
from placedex.workspace.workspace import Workspace


def network_row(ledger: Ledger, workspace: Workspace) -> NetworkRow | None:
    """The network of the whole ledger, with the building blocks of the home place.

    Nothing if no two entries are tied.
    """
    report = report_on(make_network(ledger))
    if not report.network.ties:
        return None
    home = workspace.home
    register = workspace.register
    inside = {home.code, *(one.code for one in register.within(home.code))}
    around = {one.code for one in register.parents(home)}
    found = report.communities
    return NetworkRow(
        entries=len(report.network.nodes),
        ties=tuple(_ties(report)),
        notes=report.notes(),
        bridges=tuple(_bridges(report)),
        alone=report.bridge_words(),
        communities=tuple(
            CommunityRow(number, tuple(map(_entry, members)))
            for number, members in enumerate(found.members if found is not None else (), start=1)
        ),
        stability=found.words() if found is not None else "",
        blocks=tuple(_block(one) for one in find_blocks(ledger, inside=inside, around=around)),
        place=home.name,
        drawing=draw_network(report, _words(report, ledger.organisations)),
    )


def _words(report: NetworkReport, organisations: Mapping[str, Organisation]) -> Words:
    first = next(_bridges(report), None)
    most = (
        f" Most stands between others: {organisations[first.organisation].name}." if first else ""
    )
    return Words(
        key="network-picture",
        title="Who is tied to whom",
        shows=(
            f"{len(report.network.nodes)} entries and {len(report.network.ties)} ties.{most} "
            "The table below has every tie."
        ),
        table="ties",
    )


def _ties(report: NetworkReport) -> Iterator[TieRow]:
    names = report.network.names()
    for tie in report.network.ties:
        yield TieRow(names[tie.one], tie.kind, names[tie.other])


def _bridges(report: NetworkReport) -> Iterator[BridgeRow]:
    """The organisations that stand between others, the most so first."""
    groups = {node.code: node.group for node in report.network.nodes}
    found = report.communities
    ordered = sorted(report.alone.items(), key=lambda one: (-round(one[1].betweenness, 9), one[0]))
    for code, measures in ordered:
        if measures.betweenness <= 0:
            return
        number = found.of(code) if found is not None else None
        yield BridgeRow(
            organisation=_entry(code),
            group=groups[code],
            ties=measures.degree,
            betweenness=measures.betweenness,
            constraint=measures.constraint,
            community=None if number is None else number + 1,
            share_of_runs=found.share[code] if found is not None and number is not None else None,
        )


def _block(one: BlockFound) -> BlockRow:
    signs = []
    for sign in one.signs:
        kind, _, code = sign.entry.partition("/")
        signs.append((kind, code, sign.name, sign.why))
    return BlockRow(one.block.name, one.block.about, one.state, tuple(signs))


def _entry(node: str) -> str:
    """The code of the entry that a node is: a node's own tells its kind before it."""
    return node.partition(":")[2]
