"""The claims of one sentence: its figures with place, period, modality and measure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from placedex.evidence.claim import Claim, Modality, Span
from placedex.evidence.extracting.around import comparator_of, population_of, prices_of
from placedex.evidence.extracting.figures import Figure
from placedex.evidence.extracting.layout import Sentence
from placedex.evidence.extracting.measure import measure_of
from placedex.evidence.extracting.modality import Setting, modality_of
from placedex.evidence.extracting.periods import PeriodNamed
from placedex.evidence.extracting.reading_of import Reading
from placedex.evidence.extracting.spans import widened_left, widened_right
from placedex.evidence.extracting.units import MONEY, SHARE
from placedex.evidence.extracting.verbs import separate
from placedex.evidence.extracting.whose_period import Periods, end_of

_TO = re.compile(r"[^,;]{0,30}\s+to\s+(?:just |over |around )?")
_FROM = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}$")
# So many figures may stand before a deadline that they share.
_SHARING = 2
_UP_FROM = re.compile(r"\b(?:up|down) from\s+(?:\w+\s+){0,2}$")
_BRACKET = re.compile(r"\([^)]{0,60}$")


def claims_of(reading: Reading, number: int, figures: Sequence[Figure]) -> Iterator[Claim]:
    """The claims of a sentence, in order."""
    sentence = reading.layout.sentences[number]
    within = (sentence.start, sentence.end)
    periods = Periods(reading.text, reading.periods_in(sentence), sentence=within)
    before: Claim | None = None
    measure = ""
    for place, words in enumerate(_words(reading.text, figures, within)):
        figure = figures[place]
        claim = _claim(reading, figures, place, words=words, measure=measure, periods=periods)
        if before is not None and _BRACKET.search(reading.text, before.figure.end, figure.start):
            # What stands in brackets behind a figure is the same thing told otherwise.
            same = claim.unit == before.unit and claim.modality is Modality.ACTUAL
            claim = replace(
                claim,
                place=before.place,
                period=claim.period or before.period,
                modality=before.modality if same else claim.modality,
            )
        before = claim
        measure = claim.measure
        yield claim


def _words(text: str, figures: Sequence[Figure], within: tuple[int, int]) -> list[tuple[int, int]]:
    """Where the words of each claim begin and end; none takes what leads up to the next."""
    floors = [within[0], *(max(figure.last, figure.end) for figure in figures)]
    starts = [
        widened_left(text, figure.first, floor=floor)
        for figure, floor in zip(figures, floors, strict=False)
    ]
    stops = [*starts[1:], within[1]]
    return [
        (start, min(widened_right(text, max(figure.last, figure.end), stop=stop), stop))
        for figure, start, stop in zip(figures, starts, stops, strict=True)
    ]


def _claim(
    reading: Reading,
    figures: Sequence[Figure],
    place: int,
    *,
    words: tuple[int, int],
    measure: str,
    periods: Periods,
) -> Claim:
    text, figure = reading.text, figures[place]
    own = (figure.start, figure.end)
    sentence = reading.layout.sentences[figure.sentence]
    within = (sentence.start, sentence.end)
    modality = _modality(reading, figures, place, words=words)
    found = measure_of(text, figure=own, words=words, clause=figure.clause)
    return Claim(
        document=reading.document.file,
        span=Span(*words),
        words=text[words[0] : words[1]],
        figure=Span(*own),
        measure=found or measure,
        value=figure.value,
        high=figure.high,
        unit=figure.unit,
        modality=modality,
        prices=prices_of(text, clause=figure.clause),
        place=reading.placed.of(
            words,
            clause=figure.clause,
            sentence=within,
            before=reading.earlier(figure.sentence),
            money=figure.kind == MONEY,
        ),
        period=_period(reading, figures, place, modality=modality, periods=periods),
        comparator=comparator_of(text, figure=own, stop=within[1]),
        population=population_of(
            text, figure=own, clause=figure.clause, share=figure.kind == SHARE
        ),
        bound=figure.bound,
    )


def _modality(
    reading: Reading, figures: Sequence[Figure], place: int, *, words: tuple[int, int]
) -> Modality:
    text, figure = reading.text, figures[place]
    sentence = reading.layout.sentences[figure.sentence]
    # What something rises or falls from is there already.
    if _two_ends(text, figures)[:1] == [place] and _FROM.search(
        text, max(0, figure.start - 24), figure.start
    ):
        return Modality.ACTUAL
    lead = reading.lead_of(figure.sentence)
    setting = Setting(
        text,
        (figure.start, figure.end),
        words=words,
        clause=figure.clause,
        sentence=(sentence.start, sentence.end),
        money=figure.kind == MONEY,
        deadline=any(
            one.deadline and _reaches(text, one.start, figures, place)
            for one in reading.periods_in(sentence)
        ),
        bound=figure.bound,
        quoted=reading.quoted(figure.sentence),
        lead=text[lead.start : lead.end] if lead else "",
    )
    return modality_of(setting)


def _period(
    reading: Reading,
    figures: Sequence[Figure],
    place: int,
    *,
    modality: Modality,
    periods: Periods,
) -> str | None:
    figure = figures[place]
    own = (figure.start, figure.end)
    others = [(one.start, one.end) for one in figures if one is not figure]
    period = periods.of(own, others=others, clause=figure.clause, modality=modality)
    ends = _two_ends(reading.text, figures)
    first = ends[:1] == [place]
    if period is not None and not _elsewhere(
        reading.text, figures, place, period=period, first=first
    ):
        position = ends.index(place) if place in ends else 0
        return end_of(period, place=position, of=len(ends) if place in ends else 1)
    lead = reading.lead_of(figure.sentence)
    return _of_lead(reading, lead) if lead is not None else None


def _elsewhere(
    text: str, figures: Sequence[Figure], place: int, *, period: PeriodNamed, first: bool
) -> bool:
    """Whether a period is of the figure that this one is set against, not of this one."""
    figure = figures[place]
    if first and period.ends is None:
        return period.start > figures[place + 1].start
    before = text[max(0, figure.start - 40) : figure.start]
    return period.start < figure.start and _UP_FROM.search(before) is not None


def _of_lead(reading: Reading, lead: Sentence) -> str | None:
    """The period that the head of a list tells for all of it."""
    named = [one for one in reading.periods_in(lead) if not one.named]
    headed = reading.text[lead.start : lead.end].rstrip(" *_").endswith(":")
    return named[0].period if headed and len(named) == 1 else None


def _two_ends(text: str, figures: Sequence[Figure]) -> list[int]:
    """The numbers of the two figures that `from ... to ...` parts, if there are two."""
    for place, (one, other) in enumerate(pairwise(figures)):
        if one.unit == other.unit and _TO.fullmatch(text, one.end, other.first):
            return [place, place + 1]
    return []


def _reaches(text: str, period: int, figures: Sequence[Figure], place: int) -> bool:
    """Whether a deadline is of a figure: none stands between, or only such as share it."""
    figure = figures[place]
    low, high = sorted((period, figure.start))
    if ";" in text[low:high]:
        return False
    if period < figure.start:
        return not any(period < one.start < figure.start for one in figures)
    between = [one for one in figures if figure.start < one.start < period]
    within = figure.clause[0] <= period < figure.clause[1]
    return len(between) <= _SHARING and (within or not separate(text, figure.end, period))
