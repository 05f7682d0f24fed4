"""Building blocks of a cluster: which of them the ledger shows in a place, and which not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from placedex.ledger.cited import Citation
from placedex.ledger.ledger import Ledger
from placedex.ledger.organisation_groups import PUBLIC, group_of, has_word


@dataclass(frozen=True, slots=True)
class BuildingBlock:
    """One thing that a cluster is built of, beyond firms of one sector, and what shows it.

    Attributes:
        kinds: words in the kind of an entry, for each list of the ledger; `*` is any kind.
        roles: words in the roles of an organisation.
        themes: words in the themes of a programme, or in what a site offers.
        needs: needs that an offer of support meets.
    """

    code: str
    name: str
    about: str
    kinds: Mapping[str, tuple[str, ...]]
    roles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


# The reading of Advantage West Midlands (about 2005): a cluster is wider than a sector, for it
# takes in whom firms share local resources with. What counts as a sign of each is ours.
BLOCKS = (
    BuildingBlock(
        "skills", "A skilled workforce", "training, courses, and who gives them",
        {
            "organisations": ("college", "training provider", "skills provider", "academy",
                              "school", "bootcamp"),
            "programmes": ("skills", "training", "apprenticeship", "bootcamp"),
            "sites": ("academy", "training centre"),
        },
        ("skills", "training"),
        ("skills", "digital skills", "training", "workforce", "apprenticeships", "bootcamps"),
        ("skills",),
    ),
    BuildingBlock(
        "universities", "Universities", "universities and research institutes",
        {"organisations": ("university", "research institute")},
    ),
    BuildingBlock(
        "locations", "Good locations", "sites, testbeds, workspace and zones",
        {
            "organisations": ("science park", "incubator", "landlord", "property developer"),
            "programmes": ("zone", "testbed"),
            "sites": ("*",),
        },
        ("landlord", "incubator"),
        ("sites", "premises", "workspace", "property"),
        ("space", "testbed"),
    ),
    BuildingBlock(
        "capital", "Investment capital", "investors, and money that firms can have",
        {
            "organisations": ("investor", "bank", "venture capital", "angel network", "lender"),
            "programmes": ("investment fund", "loan", "loan fund", "equity fund"),
        },
        ("investor", "lender"),
        ("finance", "access to finance", "investment capital", "venture capital", "loans"),
        ("finance",),
    ),
    BuildingBlock(
        "supporting firms", "Supporting firms",
        "suppliers, customers, and specialist services such as lawyers of intellectual property",
        {
            "organisations": ("law firm", "accountancy", "consultancy", "professional services",
                              "specialist services", "supplier", "patent attorney"),
            "programmes": ("supply chain", "advisory service", "procurement"),
        },
        ("supplier", "customer", "adviser", "legal", "procurement", "professional services",
         "specialist services", "intellectual property", "consultancy", "advisory"),
        ("supply chain", "procurement", "intellectual property", "specialist advice",
         "professional services", "advisory"),
        ("advice",),
    ),
    BuildingBlock(
        "networks", "Networks and alliances",
        "bodies, partnerships and events that bring firms together",
        {
            "organisations": ("partnership", "trade body", "cluster body", "cluster", "network",
                              "consortium", "chamber", "alliance", "membership body",
                              "association"),
            "programmes": ("network", "cluster", "consortium"),
            "partnerships": ("*",),
            "events": ("festival", "conference", "networking", "meeting", "convention", "summit"),
        },
        ("network", "convener", "cluster"),
        ("networking", "networks", "clusters", "collaboration", "alliances"),
    ),
    BuildingBlock(
        "leadership", "Public leadership", "public bodies that lead, and strategies that they set",
        {
            "organisations": ("council", "combined authority", "regional development agency",
                              "local enterprise partnership", "development agency"),
            "programmes": ("strategy", "plan", "roadmap"),
        },
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """An entry that shows a building block, why, and whether it lies in the place or around it."""

    entry: str
    name: str
    why: str
    here: bool
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockFound:
    """A building block in a place, with the entries that show it: those in the place first."""

    block: BuildingBlock
    signs: tuple[Sign, ...]

    @property
    def state(self) -> str:
        """`here`, `around` if only wider places have it, or `missing`."""
        if any(sign.here for sign in self.signs):
            return "here"
        return "around" if self.signs else "missing"

    def words(self, place: str) -> str:
        """What the ledger shows of the block, in a sentence."""
        about = f"{self.block.name} ({self.block.about})"
        if not self.signs:
            return (
                f"{about}: no entry of the ledger shows it for {place}: that is not proof that "
                "there is none."
            )
        first = self.signs[0]
        more = f" and {len(self.signs) - 1} more" if len(self.signs) > 1 else ""
        where = "" if first.here else ", for a wider place alone"
        return f"{about}: {first.name} ({first.why}){more}{where}."


def find_building_blocks(
    ledger: Ledger, *, inside: Collection[str] | None = None, around: Collection[str] = ()
) -> tuple[BlockFound, ...]:
    """Each building block with the entries that show it, in the document's order.

    `inside` are the codes of a place and of all within it, `around` those of the places that hold
    it: an entry for a region serves its districts, and is told apart. Without `inside` every entry
    counts. An entry that names no place lies where those are that lead, hold or offer it or are
    members of it; if they name none either, it shows nothing for a place.
    """
    return tuple(
        BlockFound(block, tuple(sorted(_signs(ledger, block, inside, around), key=_order)))
        for block in BLOCKS
    )


def _order(sign: Sign) -> tuple[bool, bool, Sign]:
    """Those in the place first, and among them those whose very kind it is."""
    return not sign.here, ":" in sign.why, sign


def _signs(
    ledger: Ledger, block: BuildingBlock, inside: Collection[str] | None, around: Collection[str]
) -> Iterator[Sign]:
    for listed in ("organisations", "programmes", "sites", "partnerships", "events", "support"):
        for code, entry in getattr(ledger, listed).items():
            why = _why(ledger, block, listed, entry)
            places = _places(ledger, entry)
            here = inside is None or bool(places & set(inside))
            if why and (here or places & set(around)):
                yield Sign(f"{listed}/{code}", entry.name, why, here, entry.cites.of("name"))


def _why(ledger: Ledger, block: BuildingBlock, listed: str, entry: Any) -> str:
    """Why an entry shows a block; empty if it does not."""
    kind = getattr(entry, "kind", "")
    words = block.kinds.get(listed, ())
    led = block.code != "leadership" or listed != "programmes" or _led_by_public(ledger, entry)
    if led and ("*" in words or any(has_word(kind, word) for word in words)):
        return kind
    for name, wanted in (
        ("roles", block.roles),
        ("themes", block.themes),
        ("offers", block.themes),
    ):
        for given in getattr(entry, name, ()):
            if any(has_word(given, word) for word in wanted):
                return f"{name}: {given}"
    met = [need for need in getattr(entry, "needs", ()) if need in block.needs]
    return f"needs: {', '.join(met)}" if met else ""


def _led_by_public(ledger: Ledger, entry: Any) -> bool:
    lead = ledger.organisations.get(entry.lead)
    return lead is not None and group_of(lead.kind) == PUBLIC


def _places(ledger: Ledger, entry: Any) -> set[str]:
    """The places of an entry; those of whose it is, if it names none."""
    own = set(getattr(entry, "places", ())) | {getattr(entry, "place", "")}
    if own - {""}:
        return own - {""}
    whose = [
        code
        for name in ("lead", "by", "held_by", "members")
        for code in _listed(getattr(entry, name, ()))
    ]
    there = (ledger.organisations[code].place for code in whose if code in ledger.organisations)
    return set(there) - {""}


def _listed(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else given
