"""Money counted once: parts within their wholes, and what may be the same money and is not said."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from placedex.ledger.ledger import Ledger
from placedex.ledger.money_links import ancestors, money_links
from placedex.ledger.pot import Doubt, Pot, make_pots
from placedex.observations import parse_period

# By how much the parts may be more than the whole, as a share, before it is said.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """Money as it counts: all of a pot, or what is left of it beside its parts."""

    pot: Pot
    amount: float
    high: float
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A ledger's money, each pound once; what was in doubt; which pots are parts of which."""

    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    within: Mapping[str, str]
    pots: tuple[Pot, ...]


def count_once(ledger: Ledger) -> Counted:
    """All of a ledger's money, so that no pound is added twice.

    Money that is part of other money counts within it: the parts stand with their own places,
    themes and years, and what is left of the whole with those of the whole. The money of a
    programme, and an award, are part of the money of the programme around them for the same head,
    unless they say otherwise. Parts that are more than their whole count in its stead, and it is
    said.
    """
    pots, doubts = make_pots(ledger)
    within, unclear = _within(ledger, pots)
    parts: dict[str, list[Pot]] = defaultdict(list)
    for pot in pots:
        if pot.code in within:
            parts[within[pot.code]].append(pot)
    found = [*doubts, *unclear]
    lines = [line for pot in pots if pot.code not in within for line in _lines(pot, parts, found)]
    found += _may_be_same(ledger, pots, within)
    return Counted(tuple(lines), tuple(found), within, pots)


def _within(ledger: Ledger, pots: Sequence[Pot]) -> tuple[dict[str, str], list[Doubt]]:
    """For each pot that is a part the pot that is its whole."""
    links, _ = money_links(ledger)
    by_entry = {(pot.programme, code): pot for pot in pots if not pot.award for code in pot.codes}
    of_programme: dict[str, list[Pot]] = defaultdict(list)
    for pot in pots:
        if not pot.award:
            of_programme[pot.programme].append(pot)
    within: dict[str, str] = {}
    doubts: list[Doubt] = []
    for pot in pots:
        codes = () if pot.award else pot.codes
        said = [links[pot.programme, one] for one in codes if (pot.programme, one) in links]
        if said:
            within[pot.code] = by_entry[said[0]].code
    for pot in pots:
        if pot.code in within:
            continue
        around: tuple[str, ...] = (pot.programme,) if pot.award else ()
        around += tuple(ancestors(ledger, pot.programme))
        wholes = next((of_programme[code] for code in around if of_programme[code]), [])
        # Money that is said to be part of this one cannot be its whole.
        whole = _whole(pot, [one for one in wholes if not _in(one, pot, within)], doubts)
        if whole is not None:
            within[pot.code] = whole.code
    return within, doubts


def _whole(pot: Pot, wholes: Sequence[Pot], doubts: list[Doubt]) -> Pot | None:
    """The pot, of those of the programme around, in which a pot is contained."""
    fitting = [one for one in wholes if _holds(one, pot)]
    if not fitting:
        return None
    if len(fitting) > 1:
        exact = [one for one in fitting if one.head == pot.head]
        fitting = exact or fitting
    largest = max(fitting, key=lambda one: one.amount)
    if len(fitting) > 1:
        listed = ", ".join(one.code for one in fitting)
        doubts.append(
            Doubt(
                "which whole",
                (pot.code, *(one.code for one in fitting)),
                f"{pot.code} is part of one of {listed}: it does not say which. It is counted "
                f"within the largest, {largest.code}.",
            )
        )
    return largest


def _holds(whole: Pot, part: Pot) -> bool:
    if (whole.currency, whole.prices) != (part.currency, part.prices):
        return False
    heads = part.award or not whole.head or not part.head or whole.head == part.head
    payers = not whole.payer or not part.payer or whole.payer == part.payer
    return heads and payers


def _lines(pot: Pot, parts: Mapping[str, list[Pot]], doubts: list[Doubt]) -> Iterator[Line]:
    """The lines of a pot: those of its parts, and what is left of it."""
    same = []
    for one in parts.get(pot.code, ()):
        if (one.currency, one.prices) == (pot.currency, pot.prices):
            same.append(one)
        else:
            doubts.append(_otherwise(one, pot))
    if not same:
        yield Line(pot, pot.amount, pot.high)
        return
    below = [line for one in same for line in _lines(one, parts, doubts)]
    low, high = sum(one.amount for one in below), sum(one.high for one in below)
    if low > pot.high * (1 + ROUNDING):
        doubts.append(
            Doubt(
                "parts exceed whole",
                (pot.code, *(one.code for one in same)),
                f"The parts of {pot.code} come to {low:,.0f} {pot.currency}, and it to "
                f"{pot.high:,.0f}. The parts are counted, and it is not.",
            )
        )
        yield from below
        return
    yield from below
    left, most = max(pot.amount - low, 0.0), max(pot.high - high, 0.0)
    if left > pot.amount * ROUNDING or most > pot.high * ROUNDING:
        yield Line(pot, left, max(left, most), rest=True)


def _otherwise(part: Pot, whole: Pot) -> Doubt:
    return Doubt(
        "other currency",
        (part.code, whole.code),
        f"{part.code} ({part.currency}, {part.prices}) is part of {whole.code} ({whole.currency}, "
        f"{whole.prices}): it cannot be taken off. Only the whole is counted.",
    )


def _may_be_same(ledger: Ledger, pots: Sequence[Pot], within: Mapping[str, str]) -> Iterator[Doubt]:
    """Pots of one payer and one amount in years that overlap, which nothing links."""
    groups: dict[tuple[str, str, float], list[Pot]] = defaultdict(list)
    for pot in pots:
        if pot.payer:
            groups[pot.payer, pot.currency, pot.amount].append(pot)
    for (payer, currency, amount), listed in groups.items():
        for one, other in combinations(listed, 2):
            if one.award and other.award and (one.payee, one.title) != (other.payee, other.title):
                continue
            if _linked(one, other, within) or not _overlap(ledger, one, other):
                continue
            yield Doubt(
                "same money",
                (one.code, other.code),
                f"{one.code} and {other.code} may be the same money: both are {amount:,.0f} "
                f"{currency} of {payer} in years that overlap. Both are counted; say part_of, or "
                "leave one out, if they are one.",
            )


def _linked(one: Pot, other: Pot, within: Mapping[str, str]) -> bool:
    """Whether one of two is a part of the other, or of a part of it."""
    return _in(one, other, within) or _in(other, one, within)


def _in(part: Pot, whole: Pot, within: Mapping[str, str]) -> bool:
    code = part.code
    while code in within:
        code = within[code]
        if code == whole.code:
            return True
    return False


def _overlap(ledger: Ledger, one: Pot, other: Pot) -> bool:
    """Whether the years of two pots overlap; what has no year may be of any."""
    spans = []
    for pot in (one, other):
        if pot.year:
            period = parse_period(pot.year)
            spans.append((period.start, period.end))
            continue
        programme = ledger.programmes.get(pot.programme)
        if programme is None or not programme.starts or not programme.ends:
            return True
        spans.append((parse_period(programme.starts).start, parse_period(programme.ends).end))
    (begins, ends), (starts, stops) = spans
    return begins <= stops and starts <= ends
