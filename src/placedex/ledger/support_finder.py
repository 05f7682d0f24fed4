"""The support finder: which offers fit a firm, why, why not the others, until when, whom to ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from placedex.errors import BadQuestion
from placedex.ledger.ledger import Ledger
from placedex.ledger.support import NEEDS, SIZES, SupportOffer
from placedex.observations import Period, parse_period
from placedex.places import Place, Register

# The most people that a firm of each size has; the largest has no end.
MOST_PEOPLE = (("micro", 9), ("small", 49), ("medium", 249))
COMES_FROM = ("inland", "abroad")
OPEN, ENDED, NOT_YET = "open", "ended", "not open yet"


@dataclass(frozen=True, slots=True)
class Firm:
    """What is known of a firm that looks for help; what is empty is not known.

    Attributes:
        place: where it is.
        size: micro, small, medium or large.
        age: in years.
        industry: its industry code (SIC 2007), digits only.
        comes_from: inland or abroad.
    """

    place: Place
    size: str = ""
    need: str = ""
    age: float | None = None
    industry: str = ""
    comes_from: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An offer held against a firm.

    Attributes:
        fits: whether no rule is against it and it is open.
        met: each rule that was met, in words.
        not_met: the first rule that was not met, in words; empty if none.
        ask_first: rules that nothing is known about, in words.
        state: open, ended or not open yet.
        until: until when, in words; empty if no end is published.
        ask: the name of the organisation to ask.
    """

    offer: SupportOffer
    fits: bool
    met: tuple[str, ...]
    not_met: str
    ask_first: tuple[str, ...]
    state: str
    until: str
    ask: str
    by: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What offers are held against: the ledger, the places around the firm, the day."""

    ledger: Ledger
    register: Register
    on: date
    around: dict[str, Place]

    def names(self, codes: Sequence[str]) -> list[str]:
        """The names of places."""
        found = ((code, self.register.get(code)) for code in codes)
        return [code if place is None else place.name for code, place in found]


def make_firm(
    place: Place,
    *,
    size: str = "",
    need: str = "",
    age: float | None = None,
    industry: str = "",
    comes_from: str = "",
) -> Firm:
    """A firm, its words checked; its size may be given as the number of its people.

    Errors: BadQuestion for a size, need or origin that there is not, an age below nought, or an
            industry code that is not two to five digits.
    """
    size = _size(size.strip().casefold())
    need, comes_from = need.strip().casefold(), comes_from.strip().casefold()
    _one_of("need", need, NEEDS)
    _one_of("size", size, SIZES)
    _one_of("origin", comes_from, COMES_FROM)
    if age is not None and not age >= 0:
        raise BadQuestion(f"The age is {age:g}", "years, nought or more", "Give it so.")
    digits = industry.replace(".", "").replace("/", "").strip()
    if digits and not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 5):
        raise BadQuestion(
            f"'{industry}' is no industry", "a code of SIC 2007, two to five digits",
            "Look it up, as in 62012 for software.",
        )  # fmt: skip
    return Firm(place, size, need, age, digits, comes_from)


def find_support(ledger: Ledger, firm: Firm, *, on: date, register: Register) -> tuple[Answer, ...]:
    """Every offer held against a firm: those that fit first, then those that would but are closed.

    An offer fits if no rule of it speaks against the firm. A rule about which nothing is known of
    the firm is not counted against it; it is named, to be asked.
    """
    look = _Look(ledger, register, on, _around(firm.place, register))
    answers = [_answer(offer, firm, look) for offer in ledger.support.values()]
    return tuple(sorted(answers, key=_order))


def to_rows(answers: Sequence[Answer]) -> Iterator[dict[str, object]]:
    """Answers as rows for a table, a program or a page."""
    for one in answers:
        yield {
            "code": one.offer.code,
            "name": one.offer.name,
            "by": one.by,
            "gives": one.offer.gives,
            "fits": one.fits,
            "why": list(one.met),
            "why_not": one.not_met,
            "ask_first": list(one.ask_first),
            "state": one.state,
            "until": one.until,
            "ask": one.ask,
            "website": one.offer.website,
        }


def _size(given: str) -> str:
    if not given.isdigit():
        return given
    people = int(given)
    return next((size for size, most in MOST_PEOPLE if people <= most), SIZES[-1])


def _one_of(what: str, given: str, known: Sequence[str]) -> None:
    if given and given not in known:
        raise BadQuestion(f"'{given}' is no {what}", f"one of {', '.join(known)}", "Choose one.")


def _around(place: Place, register: Register) -> dict[str, Place]:
    """A place and all that hold it, by code."""
    found = {place.code: place}
    waiting = list(place.parents)
    while waiting:
        parent = register.get(waiting.pop())
        if parent is not None and parent.code not in found:
            found[parent.code] = parent
            waiting += parent.parents
    return found


def _answer(offer: SupportOffer, firm: Firm, look: _Look) -> Answer:
    met: list[str] = []
    unknown: list[str] = []
    not_met = ""
    for held, words in _rules(offer, firm, look):
        if held is None:
            unknown.append(words)
        elif held:
            met.append(words)
        elif not not_met:
            not_met = words
    state, until = _when(offer, look)
    if not not_met and state != OPEN:
        not_met = until
    names = {code: one.name for code, one in look.ledger.organisations.items()}
    asked = offer.ask or offer.by
    return Answer(
        offer=offer,
        fits=not not_met,
        met=tuple(met),
        not_met=not_met,
        ask_first=() if not_met else tuple(unknown),
        state=state,
        until=until,
        ask=names.get(asked, asked),
        by=names.get(offer.by, offer.by),
    )


def _rules(offer: SupportOffer, firm: Firm, look: _Look) -> Iterator[tuple[bool | None, str]]:
    """Each rule of an offer: whether the firm meets it (nothing if that is not known), in words."""
    needs = ", ".join(offer.needs)
    if firm.need:
        held = firm.need in offer.needs
        yield held, f"It is for {needs}" + ("" if held else f", not for {firm.need}")
    yield _place_rule(offer, firm, look)
    if offer.sizes:
        yield _rule(firm.size, firm.size in offer.sizes, f"It is for {_or(offer.sizes)} firms")
    if offer.least_age is not None:
        words = f"It is for firms that are at least {_years(offer.least_age)} old"
        yield _rule(firm.age, (firm.age or 0) >= offer.least_age, words)
    if offer.most_age is not None:
        words = f"It is for firms that are at most {_years(offer.most_age)} old"
        yield _rule(firm.age, (firm.age or 0) <= offer.most_age, words)
    if offer.industries:
        words = f"It is for firms of the industries {_or(offer.industries)}"
        yield _industry_rule(offer, firm, words)
    if offer.comes_from:
        yield _rule(
            firm.comes_from,
            firm.comes_from == offer.comes_from,
            f"It is for firms that come from {offer.comes_from}"
            if offer.comes_from == "abroad"
            else f"It is for {offer.comes_from} firms",
        )


def _rule(known: object, held: bool, words: str) -> tuple[bool | None, str]:
    return (None if known in ("", None) else held), words


def _place_rule(offer: SupportOffer, firm: Firm, look: _Look) -> tuple[bool | None, str]:
    """Whether the firm's place lies in one of the offer's; a wider place may or may not."""
    if not offer.places:
        return True, "It is for firms everywhere"
    inside = next((look.around[code] for code in offer.places if code in look.around), None)
    if inside is None:
        words = f"It is for firms in {_or(look.names(offer.places))}"
        wider = (look.register.get(code) for code in offer.places)
        if any(one and firm.place.code in _around(one, look.register) for one in wider):
            return None, words
        return False, f"{words}, not in {firm.place.name}"
    if inside.code == firm.place.code:
        return True, f"It is for firms in {inside.name}"
    return True, f"It is for firms in {inside.name} ({inside.kind}), which holds {firm.place.name}"


def _industry_rule(offer: SupportOffer, firm: Firm, words: str) -> tuple[bool | None, str]:
    """Whether the firm's code begins as one of the offer's does; a shorter code may or may not."""
    wanted = [one.replace(".", "").replace("/", "") for one in offer.industries]
    if not firm.industry:
        return None, words
    if any(firm.industry.startswith(one) for one in wanted):
        return True, words
    if any(one.startswith(firm.industry) for one in wanted):
        return None, words
    return False, f"{words}, not {firm.industry}"


def _when(offer: SupportOffer, look: _Look) -> tuple[str, str]:
    """Whether an offer is open on a day, and until when, in words.

    An offer that names no end ends with its programme.
    """
    on = look.on
    programme = look.ledger.programmes.get(offer.programme)
    if offer.opens and parse_period(offer.opens).start > on:
        return NOT_YET, f"It is not open yet: it opens {_at(parse_period(offer.opens))}"
    closes = offer.closes or (programme.ends if programme is not None else "")
    if not closes:
        return OPEN, ""
    period = parse_period(closes)
    whose = "it" if offer.closes else "its programme"
    if period.end < on:
        return ENDED, f"It is over: {whose} ended {_at(period)}"
    until = f"Until {'' if period.kind == 'day' else 'the end of '}{period.words}"
    return OPEN, until + ("" if offer.closes else " (its programme)")


def _at(period: Period) -> str:
    return f"{'on' if period.kind == 'day' else 'in'} {period.words}"


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _years(count: float) -> str:
    return f"{count:g} year" if count == 1 else f"{count:g} years"


def _order(one: Answer) -> tuple[bool, bool, int, str]:
    """Offers that fit first, then those that are only closed, then the others."""
    only_closed = one.not_met != "" and one.not_met == one.until
    return not one.fits, not only_closed, -len(one.met), one.offer.name
