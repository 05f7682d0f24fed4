"""The page of the network: who works with whom, who bridges, and what a cluster has and lacks."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from placedex.publish.ledger_rows import BlockRow, BridgeRow, NetworkRow
from placedex.publish.material import Material
from placedex.publish.pages.page import Page
from placedex.publish.pages.sides import sentence
from placedex.publish.pages.view import View
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import counted, number

PATH = "network.html"
TABLE = "ties"
BLOCK_STATES = {
    "here": ("safe", "✓", "here"),
    "around": ("care", "~", "only around"),
    "missing": ("open", "?", "not shown"),
}
# So many organisations that bridge are in the table, and so many signs of a block are named.
MOST_BRIDGES, MOST_SIGNS = 20, 6


def network_page(material: Material) -> Page | None:
    """The page of the network; nothing if there is none."""
    view = View(PATH, material)
    row = view.record.network
    if row is None:
        return None
    return Page(
        path=PATH,
        title="Network",
        template="network.html",
        section="programmes",
        content={
            "lead": f"{counted(row.entries, 'entry')} and {counted(len(row.ties), 'tie')}.",
            "notes": [sentence(one) for one in row.notes],
            "drawing": row.drawing,
            "bridges": _bridges(row.bridges[:MOST_BRIDGES], view),
            "alone": [sentence(one) for one in row.alone],
            "communities": [
                (one.number, view.entries("organisations", one.members)) for one in row.communities
            ],
            "stability": row.stability,
            "blocks": [_block(one, view) for one in row.blocks],
            "place": row.place,
            "ties": _ties(row),
        },
    )


def _bridges(rows: Sequence[BridgeRow], view: View) -> Markup | None:
    """The organisations that most shortest paths between others go through."""
    if not rows:
        return None
    cells = [
        [
            view.entry("organisations", one.organisation),
            one.group,
            f"{one.ties:,}",
            number(one.betweenness, 3),
            "none" if one.constraint is None else number(one.constraint, 2),
            "none" if one.community is None else str(one.community),
            "none" if one.share_of_runs is None else f"{number(100 * one.share_of_runs)}%",
        ]
        for one in rows
    ]
    columns = [
        words("Organisation"), words("Group"), figures("Works with"), figures("Betweenness"),
        figures("Constraint"), figures("Community"), figures("Of runs"),
    ]  # fmt: skip
    return draw_table("bridges", "Who stands between others", columns=columns, rows=cells,
                      quiet=True)  # fmt: skip


def _block(one: BlockRow, view: View) -> dict[str, Any]:
    key, mark, word = BLOCK_STATES.get(one.state, BLOCK_STATES["missing"])
    return {
        "name": one.name,
        "about": one.about,
        "badge": Markup(
            '<span class="verdict {}"><span aria-hidden="true">{}</span> {}</span>'
        ).format(key, mark, word),
        "signs": [(view.entry(kind, code), why) for kind, code, _, why in one.signs[:MOST_SIGNS]],
        "more": max(0, len(one.signs) - MOST_SIGNS),
    }


def _ties(row: NetworkRow) -> Markup:
    """Each entry that is tied, with those that it is tied to by each kind of tie."""
    found: dict[tuple[str, str], list[str]] = {}
    for tie in row.ties:
        found.setdefault((tie.one, tie.kind), []).append(tie.other)
    cells = [
        [one, kind, ", ".join(sorted(dict.fromkeys(others)))]
        for (one, kind), others in sorted(found.items())
    ]
    return draw_table(
        TABLE,
        "Ties",
        columns=[words("Entry"), words("Is tied as"), words("To")],
        rows=cells,
        quiet=True,
    )
