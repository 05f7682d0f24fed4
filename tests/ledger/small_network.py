"""Small graphs and ledgers for the tests of networks, to be reckoned by hand."""

from placedex.ledger import (
    Citation,
    Cites,
    Event,
    Ledger,
    Money,
    Organisation,
    Partnership,
    Programme,
    Site,
    SupportOffer,
)
from placedex.ledger.graph import Graph, make_graph

CITES = Cites({"all": (Citation("source", "a-page"),)})


def graph(*ties: str, alone: str = "") -> Graph:
    """A graph of ties of two letters each, and of nodes without any."""
    return make_graph([*dict.fromkeys("".join(ties)), *alone], [(one[0], one[1]) for one in ties])


STAR = graph("ha", "hb", "hc")
CHAIN = graph("ab", "bc", "cd")
# The triangles a, b, c and x, y, z, with a tie from a to x.
TRIANGLES = graph("ab", "bc", "ca", "xy", "yz", "zx", "ax")


def organisation(code: str, kind: str, **more: object) -> Organisation:
    return Organisation(code, code.title(), kind, CITES, **more)  # type: ignore[arg-type]


def programme(code: str, kind: str = "programme", **more: object) -> Programme:
    return Programme(code, code.title(), kind, CITES, **more)  # type: ignore[arg-type]


def ledger(*entries: object) -> Ledger:
    """The ledger of some entries, whatever they are, in their order."""
    lists = {
        Organisation: "organisations",
        Programme: "programmes",
        Partnership: "partnerships",
        Site: "sites",
        Event: "events",
        SupportOffer: "support",
    }
    found: dict[str, dict[str, object]] = {name: {} for name in lists.values()}
    for entry in entries:
        found[lists[type(entry)]][entry.code] = entry  # type: ignore[attr-defined]
    return Ledger(**found)  # type: ignore[arg-type]


CITY = (
    organisation("council", "council", place="E08000025"),
    organisation("ministry", "government department", place="K02000001"),
    organisation("university", "university", place="E08000025"),
    organisation("maker", "company", place="E08000026"),
    organisation("lender", "investor", place="E08000026"),
    organisation("hermit", "company"),
    programme(
        "roadmap",
        "strategy",
        lead="council",
        partners=("university",),
        places=("E08000025",),
        money=(Money("grant", 1e6, "GBP", "announced", CITES, payer="ministry"),),
    ),
    programme("lab-fund", "fund", lead="university", partners=("maker",), part_of="roadmap"),
    Site("lab", "Lab", "testbed", "E08000025", CITES, host="university", programme="roadmap"),
    Partnership("pact", "Pact", "memorandum", ("maker", "lender"), CITES),
    Event("fair", "Fair", "festival", CITES, held_by=("council",), place="E08000025"),
)
