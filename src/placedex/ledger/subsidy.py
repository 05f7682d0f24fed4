"""Subsidies of one enterprise: what it was given, against a limit, and what may still be given."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from placedex.errors import BadUsage
from placedex.ledger.funding import Award
from placedex.ledger.ledger import Ledger
from placedex.ledger.organisation import Organisation
from placedex.ledger.subsidy_limits import WARN_AT, Limit
from placedex.observations import parse_period

WITHIN, NEAR, REACHED, OVER = "within", "near", "reached", "over"


@dataclass(frozen=True, slots=True)
class CountedAward:
    """An award that counts, in the currency of the limit."""

    award: Award
    amount: float


@dataclass(frozen=True, slots=True)
class SubsidyCheck:
    """What one enterprise was given in the years that count, against a limit.

    Attributes:
        enterprise: the organisation that was asked for; one_with: those that are one with it.
        first, last: the days between which awards count.
        left: what may still be given on the last day; never below nought.
        word: within, near (from the share on at which it warns), reached or over the limit.
        not_counted: awards to it that do not count, and why.
    """

    enterprise: Organisation
    one_with: tuple[Organisation, ...]
    limit: Limit
    first: date
    last: date
    counted: tuple[CountedAward, ...]
    given: float
    left: float
    share: float
    word: str
    not_counted: tuple[tuple[Award, str], ...] = field(default=())
    notes: tuple[str, ...] = ()


def check_subsidy(
    ledger: Ledger,
    enterprise: str,
    *,
    limit: Limit,
    on: date,
    warn_at: float = WARN_AT,
    rates: Mapping[str, float] | None = None,
) -> SubsidyCheck:
    """What an enterprise, by code or name, was given by a day, and what may still be given then.

    Awards count if the ledger marks them as subsidies. All that are part of one body are one
    enterprise. `rates` says how much of the limit's currency one of another is worth.
    Units:  the limit's currency.
    Errors: BadUsage for an enterprise that the ledger lacks, an award in another currency without
            a rate, one whose day is not known and may or may not count, a share to warn at that
            is none.
    """
    if not 0 < warn_at <= 1:
        raise BadUsage(f"The share to warn at is {warn_at}. Wanted one above 0, at most 1.")
    found = find_organisation(ledger, enterprise)
    together = _one_enterprise(ledger, found)
    first, last = limit.window(on)
    codes = {one.code for one in together}
    counted, others = _sorted_out(ledger, codes, window=(first, last), limit=limit, rates=rates)
    given = sum(one.amount for one in counted)
    return SubsidyCheck(
        enterprise=found,
        one_with=tuple(one for one in together if one.code != found.code),
        limit=limit,
        first=first,
        last=last,
        counted=counted,
        given=given,
        left=max(limit.amount - given, 0.0),
        share=given / limit.amount,
        word=_word(given, limit.amount, warn_at),
        not_counted=others,
        notes=_notes(limit, on),
    )


def _sorted_out(
    ledger: Ledger,
    codes: Collection[str],
    *,
    window: tuple[date, date],
    limit: Limit,
    rates: Mapping[str, float] | None,
) -> tuple[tuple[CountedAward, ...], tuple[tuple[Award, str], ...]]:
    """The awards to some organisations that count, and those that do not, with the reason."""
    counted: list[CountedAward] = []
    others: list[tuple[Award, str]] = []
    for award in sorted(ledger.awards.values(), key=lambda one: (one.period, one.code)):
        if award.recipient not in codes:
            continue
        why = _left_out(award, *window)
        if why:
            others.append((award, why))
        else:
            counted.append(CountedAward(award, _amount(award, limit, rates or {})))
    return tuple(counted), tuple(others)


def find_organisation(ledger: Ledger, words: str) -> Organisation:
    """The organisation that a code, a name or an identifier means; BadUsage if it is not one."""
    wanted = words.strip()
    if wanted in ledger.organisations:
        return ledger.organisations[wanted]
    folded = wanted.casefold()
    found = [
        one
        for one in ledger.organisations.values()
        if folded in (name.casefold() for name in (one.name, *one.also))
        or wanted in one.identifiers.values()
        or wanted in (f"{scheme}-{number}" for scheme, number in one.identifiers.items())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{one.code} ({one.name})" for one in found)
        raise BadUsage(f"'{wanted}' could be {choices}. Wanted one of them. Give its code.")
    names = {one.name.casefold(): one for one in ledger.organisations.values()}
    near = difflib.get_close_matches(folded, names, n=3, cutoff=0.6)
    listed = "; ".join(f"{names[name].name} ({names[name].code})" for name in near)
    hint = f"Did you mean {listed}?" if near else "Look it up in the ledger's organisations."
    raise BadUsage(
        f"The ledger has no organisation '{wanted}'. Wanted a code, a name or an identifier. {hint}"
    )


def _one_enterprise(ledger: Ledger, found: Organisation) -> tuple[Organisation, ...]:
    """All organisations that belong to the same whole, that one first."""
    whole, seen = found, {found.code}
    while whole.part_of in ledger.organisations and whole.part_of not in seen:
        whole = ledger.organisations[whole.part_of]
        seen.add(whole.code)
    together = [whole.code]
    for code in together:
        together += [
            one.code
            for one in ledger.organisations.values()
            if one.part_of == code and one.code not in together
        ]
    return tuple(ledger.organisations[code] for code in together)


def _left_out(award: Award, first: date, last: date) -> str:
    """Why an award does not count; empty if it does."""
    if not award.subsidy:
        return "it is not marked as a subsidy"
    period = parse_period(award.period)
    if period.end < first:
        return f"it was given before {first.isoformat()}"
    if period.start > last:
        return f"it is given after {last.isoformat()}"
    if period.start < first or period.end > last:
        raise BadUsage(
            f"The award '{award.code}' was given in {period.words}: it may fall before or after "
            f"{first.isoformat()} to {last.isoformat()}. Wanted its day. Write it in the ledger."
        )
    return ""


def _amount(award: Award, limit: Limit, rates: Mapping[str, float]) -> float:
    if award.currency == limit.currency:
        return award.amount
    rate = rates.get(award.currency)
    if rate is None or not rate > 0:
        raise BadUsage(
            f"The award '{award.code}' is in {award.currency}, and the limit in {limit.currency}. "
            f"Wanted how many {limit.currency} one {award.currency} was worth on the day of the "
            f"award. Give it: --rate {award.currency}=..."
        )
    return award.amount * rate


def _word(given: float, limit: float, warn_at: float) -> str:
    if given > limit:
        return OVER
    if given == limit:
        return REACHED
    return NEAR if given >= warn_at * limit else WITHIN


def _notes(limit: Limit, on: date) -> tuple[str, ...]:
    """What must be said beside a check."""
    notes = [limit.note] if limit.note else []
    if on < limit.since or (limit.until is not None and on > limit.until):
        until = f" to {limit.until.isoformat()}" if limit.until else " on"
        notes.append(f"This limit holds from {limit.since.isoformat()}{until}, not on that day.")
    notes.append("Only awards that are in the ledger are counted: ask the enterprise for all.")
    return tuple(notes)
