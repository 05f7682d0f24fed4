"""Which of the places that a text names a figure is about."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from placedex.evidence.claim import PlaceNamed
from placedex.evidence.extracting.meanings import Meanings
from placedex.evidence.extracting.places_named import (
    ASIDE,
    BESIDE_A_NOUN,
    IN_A_NAME,
    PLAIN,
    Mention,
)
from placedex.evidence.extracting.verbs import separate

_PART_OF = re.compile(r"\s+of\s+(?:all\s+)?(?:the\s+)?$")
_WHOLE = re.compile(
    r"['’]?s?\s+(?:\w+\s+){0,3}?(?:output|GVA|GDP|economy|total|exports?|imports?|workforce"
    r"|employment|jobs"
    r"|investment|spend(?:ing)?|population|production|emissions|revenue|turnover|market"
    r"|businesses|companies)\b"
)
_ANAPHORA = re.compile(
    r"\b(?:it|its|this|these|they|their|there|here|the city|the borough|the town|the county"
    r"|the district|the council)\b",
    re.IGNORECASE,
)
_NATIONAL_BODY = re.compile(
    r"\b(?:(?:Government|Ministry|Department (?:for|of)|Treasury|Chancellor|Secretary of State"
    r"|Minister|Whitehall"
    r"|DSIT|DCMS|DLUHC|MHCLG|BEIS|DfE|DfT|Innovate UK|UKRI|UK Research and Innovation"
    r"|Arts Council England)\b)"
)
_LIST = re.compile(
    r"(?: (?:[Cc]ity )?[Rr]egion)?(?:\s*[,&]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?:the\s+|in\s+"
    r"|in\s+the\s+)?"
)
_PARTICIPLE = re.compile(r"\W*(?:\w+ly\s+)?\w+ing\b")
_SEVERAL = 3
_NEAREST = 3


class Placed:
    """Places of a text, ready to be given to the figures of its sentences."""

    def __init__(self, text: str, found: list[Mention], *, meanings: Meanings) -> None:
        self._text = text
        self._found = found
        self._meanings = meanings
        self._starts = [one.start for one in found]

    def inside(self, offset: int) -> bool:
        """Whether a place's name runs over an offset, as over the `and` of `Tyne and Wear`."""
        place = bisect_left(self._starts, offset)
        return any(offset < one.end for one in self._found[max(0, place - _NEAREST) : place])

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two offsets."""
        return self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def of(
        self,
        claim: tuple[int, int],
        *,
        clause: tuple[int, int],
        sentence: tuple[int, int],
        before: Sequence[tuple[int, int]],
        money: bool,
    ) -> PlaceNamed | None:
        """The place of a figure: the nearest in its clause, else its sentence's, else the text's.

        claim: where its words stand; before: earlier sentences of the paragraph, the last first.
        """
        here = self._usable(sentence, claim)
        inside = [one for one in here if clause[0] <= one.start < clause[1]]
        near = self._beside(inside, claim) or self._nearest(inside, claim)
        if near is not None:
            return self._listed(near) or self._named(near, claim[0])
        if self._several(sentence):
            return self._together(self.within(*sentence))
        rest = [one for one in here if not one.based]
        if (near := self._of_sentence(rest, claim, clause=clause)) is not None:
            return self._listed(near) or self._named(near, claim[0])
        if (near := self._referred(claim, sentence, before)) is not None:
            return self._named(near, claim[0])
        if money and self._of_the_nation(sentence, before):
            return None
        return self._meanings.subject

    def _referred(
        self,
        claim: tuple[int, int],
        sentence: tuple[int, int],
        before: Sequence[tuple[int, int]],
    ) -> Mention | None:
        """The place of the sentence before, where this one refers to it: it, its, these."""
        if not before or _ANAPHORA.search(self._text, *sentence) is None:
            return None
        earlier = (one for one in self._usable(before[0], claim) if not one.wide)
        return next(earlier, None)

    def _listed(self, mention: Mention) -> PlaceNamed | None:
        """For a place that stands in a list of places, the one that the text means by them all."""
        run = self._run(mention)
        if len(run) < 2 or self._nested(run):
            return None
        return self._together(run) or PlaceNamed(", ".join(one.words for one in run), None)

    def _nested(self, run: list[Mention]) -> bool:
        """Whether one of several places holds another, so that they are no list of equals."""
        places = [one.places[0] for one in run]
        return any(self._meanings.holds(one.code, other) for one in places for other in places)

    def _run(self, mention: Mention) -> list[Mention]:
        """The places that stand in one list with a place."""
        place = bisect_left(self._starts, mention.start)
        run = [mention]
        for step in (-1, 1):
            at = place
            while 0 <= at + step < len(self._found):
                low, high = sorted((at, at + step))
                between = self._text[self._found[low].end : self._found[high].start]
                if not _LIST.fullmatch(between) or not self._may_list(at, at + step):
                    break
                at += step
                run.append(self._found[at])
        return sorted(run, key=lambda one: one.start)

    def _may_list(self, *places: int) -> bool:
        return all(
            self._found[at].places and not self._found[at].words.lower().startswith("national")
            for at in places
        )

    def _together(self, several: list[Mention]) -> PlaceNamed | None:
        """The text's subject if it holds every one of several places; else nothing."""
        subject = self._meanings.subject
        if subject is None or subject.code is None:
            return None
        named = [one for one in several if one.places and one.firmness > IN_A_NAME]
        held = all(
            place.code == subject.code or self._meanings.holds(subject.code, place)
            for one in named
            for place in one.places[:1]
        )
        return subject if held else None

    def _usable(self, sentence: tuple[int, int], claim: tuple[int, int]) -> list[Mention]:
        """The mentions of a sentence that may place a figure, not those it is only a part of."""
        found = [one for one in self.within(*sentence) if one.firmness not in {ASIDE, IN_A_NAME}]
        return [
            one
            for one in found
            if not self._is_whole(one, claim, sentence) and not (one.tied and one.start >= claim[1])
        ]

    def _is_whole(
        self, mention: Mention, claim: tuple[int, int], sentence: tuple[int, int]
    ) -> bool:
        """Whether a place is only the whole that a figure is a part of: `3% of the UK's output`."""
        if not claim[0] <= mention.start < claim[1] + 40 or mention.start < claim[0]:
            return False
        lead = self._text[max(0, mention.start - 14) : mention.start]
        return (
            _PART_OF.search(lead) is not None
            and not mention.kind
            and (
                _WHOLE.match(self._text, mention.end) is not None
                or (
                    mention.wide and any(not one.wide for one in self.within(sentence[0], claim[0]))
                )
            )
        )

    def _beside(self, inside: list[Mention], claim: tuple[int, int]) -> Mention | None:
        """A place within the claim's own words: `300 UK towns`, `UK average of 79%`."""
        own = [one for one in inside if claim[0] <= one.start < claim[1] and one.places]
        return own[0] if own else None

    def _nearest(self, inside: list[Mention], claim: tuple[int, int]) -> Mention | None:
        for firmness in (PLAIN, BESIDE_A_NOUN):
            firm = [one for one in inside if one.firmness == firmness]
            if firm:
                return min(firm, key=lambda one: _distance(one, claim))
        return None

    def _of_sentence(
        self, here: list[Mention], claim: tuple[int, int], *, clause: tuple[int, int]
    ) -> Mention | None:
        """The place ahead of a figure; of a participle, that of the subject it belongs to."""
        named = [one for one in here if not one.words.lower().startswith("national")]
        ranked = [
            [one for one in named if one.firmness == firmness]
            for firmness in (PLAIN, BESIDE_A_NOUN)
        ]
        participle = _PARTICIPLE.match(self._text, clause[0]) is not None
        for firm in ranked:
            ahead = [one for one in firm if one.start < claim[0]]
            if ahead := [one for one in ahead if one.places] or ahead:
                return ahead[0] if participle else ahead[-1]
        for firm in ranked:
            if firm and not separate(self._text, claim[1], firm[0].start):
                return firm[0]
        return None

    def _several(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence lists several places, so that its figures are of none of them."""
        listed = [one for one in self.within(*sentence) if one.places and one.firmness > ASIDE]
        names = {one.places[0].code for one in listed}
        run = 1
        for one, other in pairwise(listed):
            between = self._text[one.end : other.start]
            run = run + 1 if _LIST.fullmatch(between) else 1
            if run >= _SEVERAL and len(names) >= _SEVERAL:
                return True
        return False

    def _of_the_nation(self, sentence: tuple[int, int], before: Sequence[tuple[int, int]]) -> bool:
        """Whether a national body's money stands where no place is in sight."""
        if _NATIONAL_BODY.search(self._text, *sentence) is None:
            return False
        return not any(self._usable(one, (-1, -1)) for one in (sentence, *before))

    def _named(self, mention: Mention, at: int) -> PlaceNamed | None:
        if not mention.kind:
            return self._meanings.of(mention)
        return self._meanings.this(mention, self._found, at)


def _distance(one: Mention, claim: tuple[int, int]) -> int:
    return claim[0] - one.end if one.start < claim[0] else one.start - claim[1] + 1
