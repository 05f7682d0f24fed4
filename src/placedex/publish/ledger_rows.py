"""Rows of the ledger's answers: progress of targets, money, the network, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How a target stands.

    Attributes:
        state: reached, on track, at risk, off track, cannot be measured.
        reasons: why it stands so; sentences: the whole answer, sentence by sentence.
        required, remaining: the growth that it asks for, from its baseline and from now, in words.
        levels, logs: the chance of arriving if growth adds, and if it compounds, in words.
        indicator: the series that it is held against, if there is one.
        last: the last figure of that series, in words.
        drawing, table: the picture, and the same as rows of words.
    """

    target: str
    state: str
    reasons: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    required: str = ""
    required_real: str = ""
    remaining: str = ""
    levels: str = ""
    logs: str = ""
    indicator: str = ""
    last: str = ""
    drawing: Markup | None = None
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money of one place, theme, year or head, in one currency at one price basis.

    Attributes:
        of: the code or word that it is of; name: as it is printed.
        by_state: how much of it is expected, announced, committed, reported, official.
        sums: the programme and the code of each sum of money in it, by which it is found.
        why: why it is not at the prices that were asked for.
    """

    of: str
    name: str
    currency: str
    prices: str
    amount: float
    high: float
    by_state: Mapping[str, float]
    sums: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The money of a ledger by one thing, each pound once, as published and at one year's prices.

    by: place, theme, year, head.
    """

    by: str
    nominal: tuple[MoneyLine, ...]
    deflated: tuple[MoneyLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """All that the page of money shows.

    Attributes:
        totals: of everything, one for each currency and price basis.
        doubts: what may be the same money, in sentences.
        base: the year to whose prices the deflated amounts are taken, and by what.
    """

    totals: tuple[MoneyLine, ...]
    accounts: tuple[AccountRow, ...]
    doubts: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class BridgeRow:
    """An organisation and how much it stands between others."""

    organisation: str
    group: str
    ties: int
    betweenness: float
    constraint: float | None = None
    community: int | None = None
    share_of_runs: float | None = None


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """Organisations that work together more than with others, by their codes."""

    number: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A building block of a cluster: here, around or missing, and the entries that show it.

    signs: the kind of the entry, its code, its name, and why it is a sign.
    """

    name: str
    about: str
    state: str
    signs: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TieRow:
    """Two entries that are tied, how, and by which entry."""

    one: str
    kind: str
    other: str


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """All that the page of the network shows.

    Attributes:
        notes: what to know of the whole; stability: how sure the communities are, in a sentence.
        alone: who alone links whom, in sentences.
        place: the place of which the building blocks are told.
    """

    entries: int
    ties: tuple[TieRow, ...]
    notes: tuple[str, ...]
    bridges: tuple[BridgeRow, ...]
    alone: tuple[str, ...]
    communities: tuple[CommunityRow, ...]
    stability: str
    blocks: tuple[BlockRow, ...]
    place: str
    drawing: Markup | None = None
