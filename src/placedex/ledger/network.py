"""The network of a ledger: who is tied to what, how, by which entry, and on what this rests."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from placedex.errors import BadWorkspace
from placedex.ledger.cited import Citation
from placedex.ledger.ledger import Ledger
from placedex.ledger.organisation_groups import OTHER, group_of

ORGANISATION, PROGRAMME = "organisation", "programme"
SITE, PARTNERSHIP, EVENT = "site", "partnership", "event"
WHATS = (ORGANISATION, PROGRAMME, SITE, PARTNERSHIP, EVENT)

# For each list of the ledger its fields that tie: what they name, and what the tie is called.
TIES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "organisations": (("part_of", ORGANISATION, "part of"),),
    "programmes": (
        ("lead", ORGANISATION, "lead"),
        ("partners", ORGANISATION, "partner"),
        ("part_of", PROGRAMME, "part of"),
    ),
    "sites": (
        ("host", ORGANISATION, "host"),
        ("partners", ORGANISATION, "partner"),
        ("programme", PROGRAMME, "part of"),
    ),
    "partnerships": (("members", ORGANISATION, "member"), ("programme", PROGRAMME, "part of")),
    "events": (("held_by", ORGANISATION, "held by"), ("programme", PROGRAMME, "part of")),
}
LISTS = dict(zip(WHATS, ("organisations", "programmes", "sites", "partnerships", "events"),
                 strict=True))  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """One entry of the ledger in the network.

    Attributes:
        code: what it is and its code, as in `organisation:wmca`: no two nodes share it.
        what: organisation, programme, site, partnership or event.
        kind: its kind, as the ledger has it. group: of an organisation, the group of its kind,
            or of what it is part of if its kind has none.
        places: the codes of the places that it is in or for.
    """

    code: str
    what: str
    name: str
    kind: str
    group: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie: between which nodes, of what kind, from which entry, resting on what."""

    one: str
    other: str
    kind: str
    entry: str
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by their codes, and the ties between them, both in order."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]

    def of(self, what: str) -> tuple[Node, ...]:
        """The nodes of one sort."""
        return tuple(node for node in self.nodes if node.what == what)

    def names(self) -> Mapping[str, str]:
        """The name of each node by its code."""
        return {node.code: node.name for node in self.nodes}

    def within(self, places: Collection[str]) -> "Network":
        """What lies in some places, and what that is tied to directly, with the ties among them."""
        inside = {node.code for node in self.nodes if set(node.places) & set(places)}
        kept = set(inside)
        for tie in self.ties:
            if tie.one in inside or tie.other in inside:
                kept |= {tie.one, tie.other}
        return Network(
            tuple(node for node in self.nodes if node.code in kept),
            tuple(tie for tie in self.ties if tie.one in kept and tie.other in kept),
        )


def make_network(ledger: Ledger) -> Network:
    """The network of a ledger; the order in which entries were written is nothing.

    Two nodes may have several ties, of several kinds or from several entries.
    Errors: BadWorkspace for an entry that names what the ledger lacks.
    """
    nodes = tuple(sorted(_nodes(ledger)))
    codes = {node.code for node in nodes}
    found = {}
    for tie in (*_ties(ledger), *_money(ledger), *_awards(ledger), *_offers(ledger)):
        for end in (tie.one, tie.other):
            if end not in codes:
                raise BadWorkspace(
                    f"{tie.entry} names {end.replace(':', ' ', 1)}. Wanted an entry of the ledger. "
                    "Mend the code, or write the entry."
                )
        if tie.one != tie.other:
            found[tie.one, tie.other, tie.kind, tie.entry] = tie
    return Network(nodes, tuple(found[key] for key in sorted(found)))


def _nodes(ledger: Ledger) -> Iterator[Node]:
    for what, listed in LISTS.items():
        for code, entry in getattr(ledger, listed).items():
            place = getattr(entry, "places", None) or (getattr(entry, "place", ""),)
            yield Node(
                _node(what, code), what, entry.name, entry.kind,
                _group(ledger, code) if what == ORGANISATION else "",
                tuple(sorted({one for one in place if one})),
            )  # fmt: skip


def _group(ledger: Ledger, code: str) -> str:
    """The group of an organisation's kind, or else that of the first it is part of that has one."""
    met: set[str] = set()
    while code in ledger.organisations and code not in met:
        met.add(code)
        organisation = ledger.organisations[code]
        if (group := group_of(organisation.kind)) != OTHER:
            return group
        code = organisation.part_of
    return OTHER


def _ties(ledger: Ledger) -> Iterator[Tie]:
    """The ties that the fields of entries say outright."""
    for what, listed in LISTS.items():
        for code, entry in getattr(ledger, listed).items():
            for name, other, kind in TIES[listed]:
                given: Any = getattr(entry, name)
                for end in (given,) if isinstance(given, str) else given:
                    if end:
                        ends = _node(other, end), _node(what, code)
                        yield Tie(*ends, kind, f"{listed}/{code}", entry.cites.of(name))


def _money(ledger: Ledger) -> Iterator[Tie]:
    """Who pays for a programme, and who is paid."""
    for code, programme in ledger.programmes.items():
        for money in programme.money:
            for name, kind in (("payer", "funder"), ("payee", "paid")):
                if end := getattr(money, name):
                    yield Tie(
                        _node(ORGANISATION, end), _node(PROGRAMME, code), kind,
                        f"programmes/{code}", money.cites.of(name) or programme.cites.of("money"),
                    )  # fmt: skip


def _awards(ledger: Ledger) -> Iterator[Tie]:
    """Who got an award, from whom, of which programme."""
    for code, award in ledger.awards.items():
        entry, recipient = f"awards/{code}", _node(ORGANISATION, award.recipient)
        if award.payer:
            payer = _node(ORGANISATION, award.payer)
            yield Tie(payer, recipient, "award", entry, award.cites.of("payer"))
        if award.programme:
            programme = _node(PROGRAMME, award.programme)
            yield Tie(recipient, programme, "paid", entry, award.cites.of("programme"))


def _offers(ledger: Ledger) -> Iterator[Tie]:
    """Who offers support that is a part of a programme."""
    for code, offer in ledger.support.items():
        if offer.programme:
            ends = _node(ORGANISATION, offer.by), _node(PROGRAMME, offer.programme)
            yield Tie(*ends, "offers", f"support/{code}", offer.cites.of("by"))


def _node(what: str, code: str) -> str:
    return f"{what}:{code}"
