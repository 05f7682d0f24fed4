"""Verdicts of claims: each held against published figures, other documents, and itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from placedex.ledger.verdict import Told, Verdict, weigh
from placedex.ledger.verdict_documents import Pair, findings_of, pairs
from placedex.ledger.verdict_figures import Figures, published_figures
from placedex.ledger.verdict_inside import inside
from placedex.ledger.verdict_meant import meanings_of
from placedex.ledger.verdict_places import around, places_of
from placedex.ledger.verdict_published import held_against_published
from placedex.ledger.verdict_safe import safe_words
from placedex.ledger.verdict_sentence import within_sentences
from placedex.ledger.verdict_terms import Meaning, Terms, bundled_terms
from placedex.observations import Observations


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict of each claim, in the order given, and every pair of claims told side by side."""

    verdicts: tuple[Verdict, ...]
    pairs: tuple[Pair, ...]


def judge(
    told: Sequence[Told],
    observations: Observations,
    *,
    beside: Sequence[Told] = (),
    terms: Terms | None = None,
) -> Judged:
    """What is true of each claim, by published figures, by the other claims, and in itself.

    Claims `beside` are held against and not judged themselves; of their pairs only those with a
    claim that is judged are told. The store is read once for all of them. Every figure that a claim
    was held against is kept; nothing is chosen between two documents that conflict.
    """
    terms = bundled_terms() if terms is None else terms
    every = (*told, *beside)
    meanings = meanings_of(every, terms)
    figures = _figures(told, meanings[: len(told)], observations)
    within = inside(every, _single(meanings))
    in_sentences = within_sentences(told)
    # Documents conflict by what claims say themselves, never by what words around them suggest.
    own = {number: terms.meanings(one.claim) for number, one in enumerate(every)}
    side_by_side = pairs(every, own, judged=len(told))
    verdicts = tuple(
        Verdict(
            one,
            weigh(
                (
                    held_against_published(one, meanings[number], figures),
                    *within.get(number, ()),
                    *in_sentences.get(number, ()),
                    *findings_of(one, side_by_side),
                )
            ),
            safe_words(one, meanings[number], figures),
        )
        for number, one in enumerate(told)
    )
    return Judged(verdicts, side_by_side)


def _figures(
    told: Sequence[Told], meanings: Sequence[tuple[Meaning, ...]], observations: Observations
) -> Figures:
    """Every published figure that the claims, and what is near to them, may be held against."""
    places = {code for one in told for code in places_of(one)}
    places |= {near for code in tuple(places) for near in around(code, observations.register)}
    codes = {one.code for each in meanings for one in each if one.in_catalogue}
    codes |= {code for each in meanings for one in each for code in one.near}
    return published_figures(observations, places=places, codes=codes)


def _single(meanings: Sequence[tuple[Meaning, ...]]) -> dict[int, Meaning]:
    """The measure of each claim that means one and no other."""
    return {number: each[0] for number, each in enumerate(meanings) if len(each) == 1}
