"""Safe sentences: what can be said of a claim, with figure, place, period, source and caveat."""

import calendar
import itertools
from datetime import date
from statistics import median

from placedex.ledger.verdict import Safe, Told
from placedex.ledger.verdict_figures import Figures, factor_to
from placedex.ledger.verdict_places import places_of
from placedex.ledger.verdict_published import PROMISES, resolved
from placedex.ledger.verdict_terms import Meaning
from placedex.ledger.verdict_words import amount
from placedex.observations import Observation

_MOST_FAULTS = 2
_KINDS_SAID = ("region", "combined authority", "county", "city region")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def safe_words(told: Told, meanings: tuple[Meaning, ...], figures: Figures) -> Safe:
    """What is safe to say: the newest published figure of the claim's measure and place.

    Where the place could be several, the sentence says each by its kind; where the measure could be
    several, or nothing is published, it gives the figure to the one who said it.
    """
    if told.claim.modality in PROMISES or len(meanings) != 1:
        return _as_said(told, meanings)
    meaning = meanings[0]
    newest = [
        series[-1]
        for place in resolved(places_of(told), figures.register)
        if meaning.in_catalogue and (series := figures.of(place, meaning.code))
    ]
    if not newest or factor_to(told.claim, meaning.indicator) is None:
        return _as_said(told, meanings)
    origin = newest[0].origin
    return Safe(
        sentence=" ".join(f"{_sentence(one, told, meaning, figures)}." for one in newest),
        source=f"{origin.publisher}, {origin.title}, {origin.edition}, {origin.url}",
        caveat=" ".join(meaning.indicator.faults[:_MOST_FAULTS]),
        until=_until(newest[0], figures, told.published),
    )


def _sentence(one: Observation, told: Told, meaning: Meaning, figures: Figures) -> str:
    kind = _named(one.place, figures)
    factor = factor_to(told.claim, meaning.indicator) or 1.0
    value = amount(round((one.value or 0.0) * factor, 6), told.claim.unit)
    if meaning.sentence:
        return meaning.sentence.format(place=kind, period=one.period.words, value=value)
    return f"{meaning.name} in {kind}: {value}, {one.period.words}"


def _named(code: str, figures: Figures) -> str:
    """A place as a sentence names it, with its kind where its name alone may be two."""
    place = figures.register.get(code)
    if place is None:
        return code
    if place.kind in _KINDS_SAID:
        return f"the {place.name} {place.kind}"
    return f"the {place.name}" if place.name.startswith("United ") else place.name


def _until(one: Observation, figures: Figures, day: date | None) -> str:
    """Until when a figure is the newest, told by how often its series has come."""
    starts = [each.period.start for each in figures.of(one.place, one.indicator)][-4:]
    months = [
        12 * (later.year - earlier.year) + later.month - earlier.month
        for earlier, later in itertools.pairwise(starts)
    ]
    if not months:
        return "Good until the next edition is published."
    gap = max(1, round(median(months)))
    years, month = divmod(one.period.start.month - 1 + gap, 12)
    year = one.period.start.year + years
    when = f"{calendar.month_name[month + 1]} {year}"
    if day is not None and date(year, month + 1, 1) < day:
        return f"By the rhythm of its series that of {when} may be out already: look for it."
    return f"Good until the next edition, by the rhythm of its series that of {when}."


def _as_said(told: Told, meanings: tuple[Meaning, ...]) -> Safe:
    """The figure given to the one who said it, with what would have to be known first."""
    claim = told.claim
    high = "" if claim.high is None else f" to {amount(claim.high, claim.unit)}"
    bound = f"{claim.bound} " if claim.bound else ""
    figure = f"{bound}{amount(claim.value, claim.unit)}{high}"
    measure = claim.measure or "the figure"
    who = told.publisher or told.title or "the document"
    year = f" ({told.published.year})" if told.published else ""
    promised = claim.modality in PROMISES
    verb = f"gives as a {claim.modality.value}" if promised else "gives"
    where = "" if claim.place is None else f", {claim.place.name}"
    sentence = f"{who}{year} {verb} {figure}: {measure}{where}."
    sentence = sentence[0].upper() + sentence[1:]
    return Safe(sentence, told.source, _first(meanings), "")


def _first(meanings: tuple[Meaning, ...]) -> str:
    if len(meanings) > 1:
        names = "; ".join(meaning.name for meaning in meanings)
        return f"Say first which is meant: {names}."
    if meanings and meanings[0].settled_by:
        return f"No published series here settles it; {meanings[0].settled_by} would."
    return "No published series here settles it: give it as theirs, not as a fact."
