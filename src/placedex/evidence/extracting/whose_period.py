"""Which of the periods that a sentence names a figure is of."""

import re
from collections.abc import Sequence

from placedex.evidence.claim import Modality
from placedex.evidence.extracting.periods import PeriodNamed
from placedex.evidence.extracting.verbs import separate

_AHEAD = {Modality.TARGET, Modality.FORECAST, Modality.POTENTIAL}
_LEADING = re.compile(
    r"^\W*(?:(?:and|but|while|whilst),?\s+)?(?:in|during|by|since|between|from|for|throughout|at"
    r"|until|over|as of|as at|on"
    r"|before|within|last|this|across|after|following|of)\b[^,;.]{0,50}$",
    re.IGNORECASE,
)
_AT_ONCE = 3
# What hangs on the figure before it shares its period: `was 33,911, with 20% of them digital`.
_HANGS = re.compile(
    r"\s*[,(]?\s*(?:with|including|of which|of these|of whom|among|representing|\()", re.I
)


class Periods:
    """The periods that a sentence names, ready to be given to its figures in order."""

    def __init__(
        self, text: str, named: Sequence[PeriodNamed], *, sentence: tuple[int, int]
    ) -> None:
        self._text = text
        self._named = [one for one in named if not one.named]
        self._sentence = sentence
        self._last: tuple[int, PeriodNamed | None] = (-1, None)

    def of(
        self,
        figure: tuple[int, int],
        *,
        others: Sequence[tuple[int, int]],
        clause: tuple[int, int],
        modality: Modality,
    ) -> PeriodNamed | None:
        """The period of a figure; nothing if the sentence tells none that is its own.

        In its clause first, then the nearest with no other figure between, then the nearest.
        others: where the other figures of the sentence stand.
        """

        def cost(one: PeriodNamed) -> tuple[int, int]:
            low, high = sorted((figure, (one.start, one.end)))
            between = any(low[1] <= other[0] < high[0] for other in others)
            outside = not clause[0] <= one.start < clause[1]
            # A figure's own period mostly follows it.
            return 2 * between + outside, high[0] - low[1] + 3 * (one.start < figure[0])

        usable = [
            one
            for one in self._named
            if not (one.past and modality in _AHEAD)
            and self._reaches(one, figure, clause=clause, others=others)
        ]
        found = min(usable, key=cost, default=None)
        end, before = self._last
        free = (found is None or found.lead_in) and modality not in _AHEAD
        if free and before is not None and _HANGS.match(self._text, end):
            found = before
        self._last = (figure[1], found)
        return found

    def _reaches(
        self,
        one: PeriodNamed,
        figure: tuple[int, int],
        *,
        clause: tuple[int, int],
        others: Sequence[tuple[int, int]],
    ) -> bool:
        between = any(figure[1] <= other[0] < one.start for other in others)
        if between and not one.deadline and separate(self._text, figure[1], one.start):
            return False
        if clause[0] <= one.start < clause[1] or one.lead_in:
            return True
        if one.start > figure[1]:
            if self._text[one.start - 1] == "(":
                return not between
            return not separate(self._text, figure[1], one.start)
        if ";" in self._text[one.end : figure[0]]:
            return False
        head = self._text[self._sentence[0] : one.start]
        leading = len(head) <= _AT_ONCE or _LEADING.match(head) is not None
        return leading or not separate(self._text, one.end, figure[0])


def end_of(named: PeriodNamed, *, place: int, of: int) -> str:
    """The period of one of the figures that a span of two ends is of.

    The first of two figures is of its beginning, the last of its end; a single one is of it all.
    """
    if named.ends is None or of < 2:
        return named.period
    return named.ends[0] if place == 0 else named.ends[1]
