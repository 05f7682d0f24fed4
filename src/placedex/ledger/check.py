"""Checks of a ledger: what is named is there, nothing ends before it begins or goes in a circle."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from placedex.errors import Fault
from placedex.ledger.cited import Citation, Cites
from placedex.ledger.ledger import Ledger
from placedex.ledger.money_links import is_currency, money_links
from placedex.observations import parse_period

Where = Callable[[str, str], tuple[str, int]]

# Which fields of which entries name which others.
NAMES: Mapping[str, Mapping[str, str]] = {
    "organisations": {"part_of": "organisations", "place": "places"},
    "programmes": {
        "lead": "organisations",
        "partners": "organisations",
        "part_of": "programmes",
        "places": "places",
    },
    "targets": {"promised_by": "organisations", "programme": "programmes", "place": "places"},
    "partnerships": {"members": "organisations", "programme": "programmes"},
    "sites": {
        "host": "organisations",
        "partners": "organisations",
        "programme": "programmes",
        "place": "places",
    },
    "events": {"held_by": "organisations", "programme": "programmes", "place": "places"},
    "support": {
        "by": "organisations",
        "ask": "organisations",
        "programme": "programmes",
        "places": "places",
    },
    "awards": {
        "recipient": "organisations",
        "payer": "organisations",
        "programme": "programmes",
        "place": "places",
        "places": "places",
    },
}
MONEY = {"payer": "organisations", "payee": "organisations", "place": "places"}
# Fields of which the first must not come after the second.
SPANS = (("starts", "ends"), ("opens", "closes"))


@dataclass(frozen=True, slots=True)
class Known:
    """What a workspace has that entries may name; what is not given is not held against them.

    has_observation: whether a figure INDICATOR/PLACE/PERIOD was published.
    """

    places: Collection[str] | None = None
    indicators: Collection[str] | None = None
    claims: Collection[str] | None = None
    documents: Mapping[str, int] | None = None
    sources: Collection[str] | None = None
    has_observation: Callable[[str], bool] | None = None


def find_faults(ledger: Ledger, where: Where, known: Known | None) -> Iterator[Fault]:
    """Every fault of a ledger whose entries were each read without one."""
    wanted = known or Known()
    there: dict[str, Collection[str] | None] = {
        "organisations": ledger.organisations,
        "programmes": ledger.programmes,
        "places": wanted.places,
    }
    for kind, fields in NAMES.items():
        for code, entry in getattr(ledger, kind).items():
            at = where(kind, code)
            yield from _strangers(entry, fields, there, at)
            yield from _backwards(entry, at)
            yield from _unfounded(entry.cites, wanted, at)
    for code, programme in ledger.programmes.items():
        yield from _parts(programme, there, wanted, at=where("programmes", code))
    yield from _award_faults(ledger, where)
    yield from _money_faults(ledger, where)
    yield from _target_faults(ledger, wanted, where)
    for kind in ("organisations", "programmes"):
        parents = {code: one.part_of for code, one in getattr(ledger, kind).items()}
        yield from _circles(parents, lambda code, kind=kind: where(kind, code))  # type: ignore[misc]


def _strangers(
    entry: Any, fields: Mapping[str, str], there: Mapping[str, Any], at: tuple[str, int]
) -> Iterator[Fault]:
    """A fault for each name of what is not there."""
    for name, kind in fields.items():
        given = getattr(entry, name)
        for code in (given,) if isinstance(given, str) else given:
            if code and there[kind] is not None and code not in there[kind]:
                what = {"organisations": "organisation", "programmes": "programme"}
                yield Fault(
                    *at, name, f"'{code}' is no {what.get(kind, 'place')}",
                    "the code of one that is there", "Mend the code, or write the entry.",
                )  # fmt: skip


def _backwards(entry: Any, at: tuple[str, int]) -> Iterator[Fault]:
    """A fault for what ends before it begins."""
    for first, last in SPANS:
        begun, ended = getattr(entry, first, ""), getattr(entry, last, "")
        if begun and ended and parse_period(ended).end < parse_period(begun).start:
            yield Fault(
                *at, last, f"{ended} comes before its start, {begun}", "an end after the start",
                "Mend one of the two.",
            )  # fmt: skip


def _unfounded(cites: Cites, known: Known, at: tuple[str, int]) -> Iterator[Fault]:
    """A fault for each citation of what is not there."""
    for listed in cites.by_field.values():
        for one in listed:
            if not _founded(one, known):
                yield Fault(
                    *at, "cites", f"{one} is not there", f"a {one.kind} of the workspace",
                    "Mend the citation, or put in what it names.",
                )  # fmt: skip


def _founded(one: Citation, known: Known) -> bool:
    if one.kind == "claim":
        return known.claims is None or one.code in known.claims
    if one.kind == "source":
        return known.sources is None or one.code in known.sources
    if one.kind == "observation":
        return known.has_observation is None or known.has_observation(one.code)
    if known.documents is None:
        return True
    # A document whose text is not at hand has the length 0, and any place in it may be named.
    length = known.documents.get(one.code)
    return length is not None and (one.end is None or length == 0 or one.end <= length)


def _parts(
    programme: Any, there: Mapping[str, Any], known: Known, *, at: tuple[str, int]
) -> Iterator[Fault]:
    """The faults of a programme's money and outputs."""
    codes = [one.code for one in (*programme.money, *programme.outputs)]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Fault(*at, "code", f"'{code}' stands twice", "each code once", "Give one another.")
    for one in programme.money:
        yield from _strangers(one, MONEY, there, at)
        yield from _unfounded(one.cites, known, at)
        if not is_currency(one.currency):
            yield Fault(
                *at, "currency", f"the currency of {one.code} is '{one.currency}'",
                "its three letters, as in GBP", "Write them.",
            )  # fmt: skip
    for one in programme.outputs:
        yield from _strangers(one, {"place": "places"}, there, at)
        yield from _unfounded(one.cites, known, at)


def _award_faults(ledger: Ledger, where: Where) -> Iterator[Fault]:
    """A fault for each award without a currency."""
    for code, award in ledger.awards.items():
        if not is_currency(award.currency):
            yield Fault(
                *where("awards", code), "currency", f"the currency is '{award.currency}'",
                "its three letters, as in GBP", "Write them.",
            )  # fmt: skip


def _money_faults(ledger: Ledger, where: Where) -> Iterator[Fault]:
    """A fault for money that is part of what is not there, or in the end of itself."""
    links, lost = money_links(ledger)
    for programme, code, whole in lost:
        yield Fault(
            *where("programmes", programme), "money.part_of", f"{code} is part of '{whole}', which "
            "is no money, or that of several", "the code of one money", "Mend the code.",
        )  # fmt: skip
    named = {f"{one}/{two}": f"{whole[0]}/{whole[1]}" for (one, two), whole in links.items()}
    yield from _circles(named, lambda key: where("programmes", key.partition("/")[0]))


def _target_faults(ledger: Ledger, known: Known, where: Where) -> Iterator[Fault]:
    """The faults of targets: strange indicators, and baselines after the date."""
    for code, target in ledger.targets.items():
        at = where("targets", code)
        indicator = target.measure.indicator if target.measure is not None else ""
        if indicator and known.indicators is not None and indicator not in known.indicators:
            yield Fault(
                *at, "measure.indicator", f"'{indicator}' is no indicator", "the code of one",
                "Mend the code, or leave it out.",
            )  # fmt: skip
        named = target.measure.series if target.measure is not None else ()
        for claim in named:
            if known.claims is not None and claim not in (*known.claims, *(known.sources or ())):
                yield Fault(
                    *at, "measure.series", f"'{claim}' is no claim", "the code of a claim",
                    "Mend the code, or put in the claim.",
                )  # fmt: skip
        base = target.baseline
        if base is None or not target.by:
            continue
        if parse_period(target.by).end < parse_period(base.period).start:
            yield Fault(
                *at, "by", f"{target.by} comes before the baseline, {base.period}",
                "a date after the baseline", "Mend one of the two.",
            )  # fmt: skip


def _circles(
    parents: Mapping[str, str], where: Callable[[str], tuple[str, int]]
) -> Iterator[Fault]:
    """A fault for each circle of entries of which each is a part of the next."""
    told: set[str] = set()
    for code in parents:
        path = [code]
        while (parent := parents.get(path[-1], "")) and parent not in path:
            path.append(parent)
        if parent == code and code not in told:
            told |= set(path)
            yield Fault(
                *where(code), "part_of", f"{' is part of '.join([*path, code])}",
                "parts that end at a whole", "Take one of them out.",
            )  # fmt: skip
