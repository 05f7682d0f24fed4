"""A claim held against published figures: as they were known when it was said, and as they are."""

from dataclasses import dataclass
from datetime import date

from placedex.errors import BadPeriod
from placedex.evidence import Claim, Modality
from placedex.ledger.verdict import Against, Finding, Told, Word
from placedex.ledger.verdict_agreement import Agreement, agreement
from placedex.ledger.verdict_figures import Figures, factor_to
from placedex.ledger.verdict_places import around, places_of
from placedex.ledger.verdict_terms import Meaning
from placedex.ledger.verdict_words import amount, place_words
from placedex.observations import Observation, Period, comparable, parse_period
from placedex.places import DISTRICT, Register

# An older figure that happens to agree tells nothing of what was meant.
YEARS_BACK = 3
PROMISES = (Modality.TARGET, Modality.COMMITMENT, Modality.POTENTIAL, Modality.FORECAST)


@dataclass(frozen=True, slots=True)
class Known:
    """What was published of one measure for one place: when the claim was said, and now."""

    told: Told
    place: str
    meaning: Meaning
    figures: Figures
    then: tuple[Observation, ...]
    now: tuple[Observation, ...]

    def agreement(self, observation: Observation) -> Agreement:
        """How the claim stands to one of the figures."""
        factor = factor_to(self.told.claim, self.meaning.indicator) or 1.0
        # A product of binary numbers has dust at its end that no publisher wrote.
        return agreement(self.told.claim, float(f"{(observation.value or 0.0) * factor:.12g}"))

    def found(self, word: Word, working: str, *held: Observation) -> Finding:
        """A finding against some of the figures."""
        against = tuple(self.figures.against(one, self.told.claim) for one in dict.fromkeys(held))
        return Finding(word, f"{_lead(self.meaning, self.place, self.figures)}: {working}.",
                       against=against)  # fmt: skip


def held_against_published(told: Told, meanings: tuple[Meaning, ...], figures: Figures) -> Finding:
    """What published figures say of a claim, or why none of them can.

    Where two measures or two places could be meant, none is preferred: the claim cannot be compared
    until somebody says which, unless every one of the places gives the same answer.
    """
    claim = told.claim
    if claim.modality in PROMISES:
        return Finding(
            Word.NOT_COMPARABLE,
            f"It is told as a {claim.modality.value}, not as a fact: what came of it is progress.",
            (f"it is a {claim.modality.value}",),
        )
    if not meanings:
        return Finding(
            Word.UNKNOWN,
            f"No term says which published measure '{claim.measure or claim.words}' is.",
            ("no measure is known by these words",),
        )
    if len(meanings) > 1:
        return _which_measure(told, meanings, figures)
    meaning = meanings[0]
    if not meaning.in_catalogue:
        return _another_measure(told, meaning, figures)
    places = resolved(places_of(told), figures.register)
    if not places:
        name = claim.place.name if claim.place else ""
        named = f"'{name}' is no place with a code" if name else "no place is named"
        return Finding(Word.NOT_COMPARABLE, f"{meaning.name}: {named}.", (f"place: {named}",))
    return _of_places([_of_place(told, place, meaning, figures) for place in places], places, told)


def resolved(places: tuple[str, ...], register: Register) -> tuple[str, ...]:
    """Places without a county that has the same districts as a combined authority beside it."""
    return tuple(
        code
        for code in places
        if not any(
            other != code
            and (place := register.get(code)) is not None
            and other in place.parents
            and _districts(other, register) == _districts(code, register)
            for other in places
        )
    )


def _districts(code: str, register: Register) -> set[str]:
    return {one.code for one in register.within(code) if one.kind == DISTRICT}


def _which_measure(told: Told, meanings: tuple[Meaning, ...], figures: Figures) -> Finding:
    names = "; ".join(one.name for one in meanings)
    return Finding(
        Word.NOT_COMPARABLE,
        f"Which? It could be {len(meanings)} measures: {names}.",
        (f"which measure is meant: {names}",),
        _latest(told, [one.code for one in meanings if one.in_catalogue], figures),
    )


def _another_measure(told: Told, meaning: Meaning, figures: Figures) -> Finding:
    """Not comparable with the series near it, for the reasons that their measures give."""
    settled = meaning.settled_by or "a published series of this measure"
    held = _latest(told, meaning.near, figures)
    if not held:
        return Finding(
            Word.UNKNOWN,
            f"{meaning.name}: no published figure is here. It would be settled by {settled}.",
            (f"settled by: {settled}",),
        )
    reasons = []
    for code in meaning.near:
        other = figures.catalogue[code]
        # The first differences tell enough: what is counted, and of what.
        differs = comparable(meaning.indicator, other).reasons[:2]
        reasons.append(f"another measure than '{other.name}': {'; '.join(differs)}")
    return Finding(
        Word.NOT_COMPARABLE,
        f"{meaning.name} is another measure than what is published. It would be settled by "
        f"{settled}.",
        (*reasons, f"settled by: {settled}"),
        held,
    )


def _latest(
    told: Told, codes: list[str] | tuple[str, ...], figures: Figures
) -> tuple[Against, ...]:
    """The newest figures of some indicators for the places that a claim could mean."""
    return tuple(
        figures.against(series[-1], told.claim)
        for code in codes
        for place in resolved(places_of(told), figures.register)
        if (series := figures.of(place, code))
    )


def _of_places(findings: list[Finding], places: tuple[str, ...], told: Told) -> Finding:
    """One answer for all the places that a name could mean, if they agree; else which is asked."""
    words = {one.word for one in findings}
    against = tuple(dict.fromkeys(held for one in findings for held in one.against))
    working = " ".join(one.working for one in findings)
    reasons = tuple(dict.fromkeys(reason for one in findings for reason in one.reasons))
    if len(findings) == 1:
        return findings[0]
    name = told.claim.place.name if told.claim.place else places[0]
    if len(words) == 1:
        return Finding(words.pop(), f"Whichever '{name}' is meant: {working}", reasons, against)
    return Finding(
        Word.NOT_COMPARABLE,
        f"Which '{name}'? {working}",
        (f"which place is meant by '{name}': {', '.join(places)}", *reasons),
        against,
    )


def _of_place(told: Told, place: str, meaning: Meaning, figures: Figures) -> Finding:
    claim, indicator = told.claim, meaning.indicator
    now = figures.of(place, meaning.code)
    lead = _lead(meaning, place, figures)
    if not now:
        return _another_place(told, place, meaning, figures)
    if factor_to(claim, indicator) is None:
        why = f"the claim is in {claim.unit}, the figure in {indicator.unit}"
        return Finding(Word.NOT_COMPARABLE, f"{lead}: {why}.", (f"another unit: {why}",))
    if claim.prices and indicator.measure.prices and claim.prices != indicator.measure.prices:
        why = f"the claim is at {claim.prices} prices, the figure at {indicator.measure.prices}"
        return Finding(Word.NOT_COMPARABLE, f"{lead}: {why}.", (f"another price basis: {why}",))
    then = figures.of(place, meaning.code, day=told.published) if told.published else now
    known = Known(told, place, meaning, figures, then, now)
    period = period_of(claim)
    return _of_period(known, period) if period is not None else _of_day(known, told.published)


def _another_place(told: Told, place: str, meaning: Meaning, figures: Figures) -> Finding:
    lead = _lead(meaning, place, figures)
    held = tuple(
        figures.against(series[-1], told.claim)
        for other in around(place, figures.register)
        if (series := figures.of(other, meaning.code))
    )
    if not held:
        return Finding(
            Word.UNKNOWN,
            f"{lead}: no figure is here. It would be settled by this series for this place.",
            (f"settled by: {meaning.name} for {place}",),
        )
    return Finding(
        Word.NOT_COMPARABLE,
        f"{lead}: no figure of this place is published here, only of others.",
        (f"another place: {'; '.join(one.words for one in held)}",),
        held,
    )


def period_of(claim: Claim) -> Period | None:
    """The period of a claim, or nothing if it tells none that can be read."""
    try:
        return parse_period(claim.period) if claim.period else None
    except BadPeriod:
        return None


def _of_period(known: Known, period: Period) -> Finding:
    """The claim against the figures of the period that it names."""
    now = [one for one in known.now if _inside(one.period, period)]
    then = [one for one in known.then if _inside(one.period, period)]
    if not now:
        first, last = known.now[0], known.now[-1]
        span = f"{first.period.words} to {last.period.words}" if first != last else (
            first.period.words)  # fmt: skip
        nearest = min(known.now, key=lambda one: abs((one.period.start - period.start).days))
        why = f"it is of {period.words}; figures of this kind are of {span}"
        found = known.found(Word.NOT_COMPARABLE, why, nearest)
        return Finding(found.word, found.working, (f"another period: {why}",), found.against)
    new = known.agreement(now[-1])
    told = f"{now[-1].period.words}: {new.words}"
    if new:
        return known.found(Word.CONFIRMED, told, now[-1])
    for one in reversed(then):
        if known.agreement(one):
            return known.found(
                Word.SUPERSEDED,
                f"true of {one.period.words} as it was known when it was said; since then {told}",
                one,
                now[-1],
            )
    return known.found(new.word, told, now[-1])


def _of_day(known: Known, day: date | None) -> Finding:
    """The claim, which names no period, against the newest figure of its day and of now."""
    then, late = known.then, ""
    if day is not None and not then:
        then = tuple(one for one in known.now if one.period.end <= day)
        late = ", as published later"
    if not then or (day is not None and _years(then[-1].period.end, day) > YEARS_BACK):
        first = (then or known.now)[-1] if then else known.now[0]
        why = f"it was said on {day and day.isoformat()}; the nearest figure is of " + (
            first.period.words)  # fmt: skip
        found = known.found(Word.NOT_COMPARABLE, why, first)
        return Finding(found.word, found.working, (f"another period: {why}",), found.against)
    last, newest = then[-1], known.now[-1]
    told = known.agreement(last)
    when = f"{last.period.words}{late}" if day is None else (
        f"{last.period.words}, the newest known on {day.isoformat()}{late}")  # fmt: skip
    if told:
        later = known.agreement(newest)
        if later:
            still = "" if newest.period == last.period else f", and still: {later.words} (" + (
                f"{newest.period.words})")  # fmt: skip
            return known.found(Word.CONFIRMED, f"{when}: {told.words}{still}", last, newest)
        return known.found(
            Word.SUPERSEDED,
            f"{when}: {told.words}; newer: {newest.period.words}: {_figure(known, newest)}",
            last,
            newest,
        )
    return _of_other_editions(known, then, f"{when}: {told.words}", told)


def _of_other_editions(
    known: Known, then: tuple[Observation, ...], working: str, told: Agreement
) -> Finding:
    """A claim that the newest figure does not bear out: older ones may, or later ones."""
    last, newest = then[-1], known.now[-1]
    for one in reversed(then[:-1]):
        if _years(one.period.end, last.period.end) <= YEARS_BACK and known.agreement(one):
            return known.found(
                Word.SUPERSEDED,
                f"true of {one.period.words} ({known.agreement(one).words}); newer: {working}",
                one,
                last,
                newest,
            )
    since = [one for one in known.now if one.period.start > last.period.start]
    true = next((one for one in since if known.agreement(one)), None)
    if true is not None:
        working += f". It became true of {true.period.words} ({_figure(known, true)})"
    if newest.period != last.period:
        working += f"; the newest is {_figure(known, newest)}, {newest.period.words}"
    return known.found(told.word, working, last, newest)


def _figure(known: Known, observation: Observation) -> str:
    factor = factor_to(known.told.claim, known.meaning.indicator) or 1.0
    return amount((observation.value or 0.0) * factor, known.told.claim.unit)


def _inside(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _years(earlier: date, later: date) -> float:
    return (later - earlier).days / 365.25


def _lead(meaning: Meaning, place: str, figures: Figures) -> str:
    return f"{meaning.name}, {place_words(place, figures.register)}"
