"""Which of a document's numbers are figures that it states, with what each counts."""

from dataclasses import dataclass

from placedex.evidence.extracting import durations
from placedex.evidence.extracting.bounds import bound_after, bound_before
from placedex.evidence.extracting.clauses import clause
from placedex.evidence.extracting.noun_lists import STOP
from placedex.evidence.extracting.nouns import counted, counts, tokens
from placedex.evidence.extracting.quantities import Quantity, quantities
from placedex.evidence.extracting.ranks import ranks
from placedex.evidence.extracting.reading_of import Reading
from placedex.evidence.extracting.uncounted import uncounted
from placedex.evidence.extracting.units import MEASURE, MONEY, SHARE, TIME

_MOST_NOUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit that a text states.

    Attributes:
        start, end: of the number with its unit.
        first, last: of the words that belong to it at least: its bound and its noun.
        sentence: the number of its sentence; clause: where its clause stands.
    """

    start: int
    end: int
    first: int
    last: int
    value: float
    high: float | None
    unit: str
    kind: str
    bound: str | None
    sentence: int
    clause: tuple[int, int]


def figures(reading: Reading) -> list[Figure]:
    """Every figure of a document, in order."""
    found = _ranked(reading)
    taken = [(one.first, one.last) for one in found]
    units: dict[int, str] = {}
    for quantity in quantities(reading.text, hidden=reading.hidden):
        if any(start <= quantity.start < end for start, end in taken):
            continue
        number = reading.layout.at(quantity.start)
        figure = _figure(
            reading,
            quantity,
            number,
            before=units.get(number, ""),
            earlier=units.get(number - 1, ""),
        )
        if figure is not None:
            found.append(figure)
            if not figure.kind:
                units[number] = figure.unit
    return sorted(found, key=lambda one: one.start)


def _figure(
    reading: Reading, one: Quantity, number: int, *, before: str, earlier: str
) -> Figure | None:
    text = reading.text
    sentence = reading.layout.sentences[number]
    within = (sentence.start, sentence.end)
    here = clause(reading.breaks_in(number), (one.start, one.end), within=within)
    ahead = bound_before(text, one.start, floor=sentence.start)
    behind = bound_after(text, one.end, plus=one.plus)
    bound = ahead or behind
    first = ahead[1] if ahead else one.start
    last = behind[1] if behind else one.end
    unit, kind = one.unit, one.kind
    if kind in {SHARE, MONEY, MEASURE}:
        last = _noun_end(text, last, sentence.end) if kind != MEASURE else last
    elif kind == TIME:
        decimal = one.value != int(one.value)
        if not durations.is_figure(text, (one.start, one.end), clause=here, decimal=decimal):
            return None
    else:
        noun = counted(text, last, sentence.end)
        if noun is not None and counts(noun.head, one.high or one.value, scale=one.scale):
            unit, last = noun.unit, noun.end
        elif noun is None and not (one.in_words and one.scale == 1.0):
            unit = uncounted(text, (first, last), sentence=within, before=before, earlier=earlier)
        if not unit:
            return None
    return Figure(
        one.start, one.end, first, last, one.value, one.high, unit, kind,
        bound[0] if bound else None, number, here,
    )  # fmt: skip


def _noun_end(text: str, end: int, stop: int) -> int:
    """Where the nouns end that follow an amount or a share directly: `£3 million programme`."""
    last = end
    for word, _, finish in tokens(text, end, stop)[:_MOST_NOUNS]:
        if word.lower() in STOP or word.lower() == "and" or word == "&":
            break
        last = finish
    return last


def _ranked(reading: Reading) -> list[Figure]:
    found = []
    for one in ranks(reading.text):
        number = reading.layout.at(one.start)
        sentence = reading.layout.sentences[number]
        within = (sentence.start, sentence.end)
        here = clause(reading.breaks_in(number), (one.start, one.end), within=within)
        found.append(
            Figure(
                one.start,
                one.end,
                one.words[0],
                one.words[1],
                float(one.value),
                None,
                f"rank of {one.among}",
                "rank",
                None,
                number,
                here,
            )
        )
    return found
