"""One reading of a document: its sentences, places and periods, found once for all figures."""

from bisect import bisect_left
from functools import cached_property

from placedex.evidence.document import Document
from placedex.evidence.extracting.clauses import breaks
from placedex.evidence.extracting.gazetteer import Gazetteer
from placedex.evidence.extracting.layout import Layout, Sentence
from placedex.evidence.extracting.leads import lead_of
from placedex.evidence.extracting.meanings import Meanings
from placedex.evidence.extracting.not_claims import NotClaims
from placedex.evidence.extracting.periods import PeriodNamed, periods, published_in
from placedex.evidence.extracting.places_named import mentions
from placedex.evidence.extracting.quoting import set_apart
from placedex.evidence.extracting.whose_place import Placed

_NEAR = 4


class Reading:
    """A document with all that its figures are read by."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document = document
        self.text = document.text
        self.layout = Layout(document.text)
        self.hidden = NotClaims(document.text)
        self.published = document.published or published_in(document.text)
        self._gazetteer = gazetteer
        self._breaks: dict[int, list[int]] = {}

    @cached_property
    def placed(self) -> Placed:
        """The places that the document names."""
        found = mentions(self.text, self._gazetteer)
        meanings = Meanings(
            self.text,
            found,
            gazetteer=self._gazetteer,
            document=self.document,
            published=self.published,
        )
        return Placed(self.text, found, meanings=meanings)

    @cached_property
    def _periods(self) -> list[PeriodNamed]:
        return periods(self.text, published=self.published)

    def periods_in(self, sentence: Sentence) -> list[PeriodNamed]:
        """The periods that a sentence names."""
        begin = bisect_left(self._periods, sentence.start, key=_start)
        end = bisect_left(self._periods, sentence.end, key=_start)
        return self._periods[begin:end]

    def breaks_in(self, number: int) -> list[int]:
        """Where the clauses of a sentence end."""
        if number not in self._breaks:
            sentence = self.layout.sentences[number]
            self._breaks[number] = [
                mark
                for mark in breaks(self.text, sentence.start, sentence.end)
                if not self.placed.inside(mark)
            ]
        return self._breaks[number]

    def earlier(self, number: int) -> list[tuple[int, int]]:
        """The sentences before one in its paragraph, the last first."""
        sentences = self.layout.sentences
        paragraph = sentences[number].paragraph
        return [
            (one.start, one.end)
            for one in reversed(sentences[max(0, number - _NEAR) : number])
            if one.paragraph == paragraph
        ]

    def lead_of(self, number: int) -> Sentence | None:
        """The sentence that leads up to the list in which a sentence stands."""
        return lead_of(self.text, self.layout.sentences, number)

    def quoted(self, number: int) -> bool:
        """Whether a sentence is of a speech that is set apart from the text."""
        paragraph = self.layout.paragraphs[self.layout.sentences[number].paragraph]
        return set_apart(self.text, paragraph)


def _start(named: PeriodNamed) -> int:
    return named.start
