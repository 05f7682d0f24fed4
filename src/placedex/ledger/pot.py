"""A pot of money: one sum, in the state that it furthest reached, with the other states beside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from placedex.ledger.funding import STATES, Award, Money, State
from placedex.ledger.ledger import Ledger
from placedex.ledger.programme import Programme

# What must not differ between two entries that are one money; one of them may leave it out.
TELLING = ("head", "payer", "payee", "place", "year", "part_of")
AWARDS = "awards"
Wholes = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Stated:
    """What one entry says of a pot: its code, the state, and the amount."""

    code: str
    state: State
    amount: float
    high: float | None
    bound: str


@dataclass(frozen=True, slots=True)
class Pot:
    """One sum of money of a programme, or one award.

    Attributes:
        programme: its programme; empty for an award of none.
        stated: every entry that speaks of it, the furthest state first; the first one counts.
        places: where it goes; several places have it together.
        title: that of an award.
    """

    programme: str
    stated: tuple[Stated, ...]
    currency: str
    prices: str = "nominal"
    head: str = ""
    payer: str = ""
    payee: str = ""
    year: str = ""
    places: tuple[str, ...] = ()
    title: str = ""
    award: bool = False

    @property
    def code(self) -> str:
        """The programme and the entry that counts; for an award `awards` and its code."""
        return f"{AWARDS if self.award else self.programme}/{self.stated[0].code}"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all of its entries."""
        return tuple(one.code for one in self.stated)

    @property
    def amount(self) -> float:
        """The amount in the furthest state; the lower end of a range."""
        return self.stated[0].amount

    @property
    def high(self) -> float:
        """The upper end of a range, or else the amount."""
        high = self.stated[0].high
        return self.amount if high is None else high

    @property
    def state(self) -> State:
        """The furthest state."""
        return self.stated[0].state


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be the same money, or does not add up, and is left as it is for a person to say."""

    kind: str
    pots: tuple[str, ...]
    words: str

    def __str__(self) -> str:
        return self.words


def make_pots(ledger: Ledger) -> tuple[tuple[Pot, ...], tuple[Doubt, ...]]:
    """Every pot of a ledger, and what cannot be told apart within one programme.

    Entries of one programme are one pot if nothing that tells money apart differs between them
    and they either give the same amount or speak of different states.
    """
    pots: list[Pot] = []
    doubts: list[Doubt] = []
    for programme in ledger.programmes.values():
        groups, unclear = _groups(programme)
        doubts += unclear
        pots += [_pot(programme, group) for group in groups]
    pots += [_of_award(award) for award in ledger.awards.values()]
    return tuple(pots), tuple(doubts)


def _groups(programme: Programme) -> tuple[list[list[Money]], list[Doubt]]:
    """The entries of a programme in groups that are one money each, and what is in doubt."""
    groups: list[list[Money]] = []
    doubts: list[Doubt] = []
    wholes = _wholes(programme)
    # Those that say most come first, so that those that say less can join them.
    for one in sorted(programme.money, key=_blanks):
        fitting = [group for group in groups if _is_one(one, group, wholes)]
        if len(fitting) == 1:
            fitting[0].append(one)
            continue
        if fitting:
            doubts.append(_unclear(programme, one, fitting))
        doubts += _rivals(programme, one, groups=groups, wholes=wholes)
        groups.append([one])
    return groups, doubts


def _unclear(programme: Programme, one: Money, fitting: Sequence[list[Money]]) -> Doubt:
    code = f"{programme.code}/{one.code}"
    codes = tuple(f"{programme.code}/{group[0].code}" for group in fitting)
    return Doubt(
        "same money",
        (code, *codes),
        f"{code} may be the same money as one of {', '.join(codes)}: it does not say which. "
        "All are counted.",
    )


def _rivals(
    programme: Programme, one: Money, *, groups: Sequence[list[Money]], wholes: Wholes
) -> Iterator[Doubt]:
    """A doubt for each group that gives another amount for the same thing in the same state."""
    for group in groups:
        other = next((two for two in group if two.state == one.state), None)
        if other is None or not _alike(one, other, wholes) or _blanks(one) != _blanks(other):
            continue
        if one.amount != other.amount:
            codes = (f"{programme.code}/{other.code}", f"{programme.code}/{one.code}")
            yield Doubt(
                "same money",
                codes,
                f"{codes[0]} and {codes[1]} give {other.amount:,.0f} and {one.amount:,.0f} "
                f"{one.currency}, both {one.state}, for what may be the same money. "
                "Both are counted.",
            )


def _blanks(one: Money) -> int:
    return sum(not getattr(one, name) for name in TELLING)


def _wholes(programme: Programme) -> Wholes:
    """For each money the codes of what it is a part of, and of what that is a part of."""
    parents = {one.code: one.part_of for one in programme.money}
    found = {}
    for code, whole in parents.items():
        chain: list[str] = []
        parent = whole
        while parent and parent not in chain:
            chain.append(parent)
            parent = parents.get(parent, "")
        found[code] = frozenset(chain)
    return found


def _alike(one: Money, other: Money, wholes: Wholes) -> bool:
    """Whether nothing that tells money apart differs, and neither is a part of the other."""
    if (one.currency, one.prices) != (other.currency, other.prices):
        return False
    if one.code in wholes[other.code] or other.code in wholes[one.code]:
        return False
    pairs = ((getattr(one, name), getattr(other, name)) for name in TELLING)
    return all(a == b or not a or not b for a, b in pairs)


def _is_one(one: Money, group: Sequence[Money], wholes: Wholes) -> bool:
    if not all(_alike(one, other, wholes) for other in group):
        return False
    same = any((one.amount, one.high) == (other.amount, other.high) for other in group)
    return same or all(one.state != other.state for other in group)


def _pot(programme: Programme, group: Sequence[Money]) -> Pot:
    furthest = sorted(group, key=lambda one: -STATES.index(one.state))

    def said(name: str) -> str:
        return next((str(getattr(one, name)) for one in furthest if getattr(one, name)), "")

    place = said("place")
    return Pot(
        programme=programme.code,
        stated=tuple(
            Stated(one.code, one.state, one.amount, one.high, one.bound) for one in furthest
        ),
        currency=furthest[0].currency,
        prices=furthest[0].prices,
        head=said("head"),
        payer=said("payer"),
        payee=said("payee"),
        year=said("year"),
        places=(place,) if place else programme.places,
    )


def _of_award(award: Award) -> Pot:
    return Pot(
        programme=award.programme,
        stated=(Stated(award.code, "committed", award.amount, None, ""),),
        currency=award.currency,
        head="award",
        payer=award.payer,
        payee=award.recipient,
        year=award.period,
        places=(award.place,) if award.place else award.places,
        title=award.title,
        award=True,
    )
