"""Reproductions: a published index made again from its published inputs, and held against it."""

from dataclasses import dataclass

import numpy as np

from placedex.index.build import Index
from placedex.index.rank import Rank
from placedex.index.spec import Spec
from placedex.observations import Catalogue
from placedex.observations.panel import FloatArray

# Scores published to some decimals may differ by half of the last one, and by what a float holds.
ROUNDING, FLOAT = 0.5, 1e-9


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: an index, by whom, where, and under which licence."""

    title: str
    publisher: str
    address: str
    licence: str
    page: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published file and the indicator that its figures are of."""

    column: str
    indicator: str


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A published table: its name and hash, and how its rows and cells are to be read.

    `missing` are the words for a missing figure. Rows are used if `keep` lists what stands in its
    columns and `leave_out` does not. `rename` gives other codes for some of the keys.
    """

    file: str
    sha256: str
    key: str
    get: str = ""
    name: str | None = None
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    thousands: str = ""
    missing: tuple[str, ...] = ("", "NA")
    keep: tuple[tuple[str, tuple[str, ...]], ...] = ()
    leave_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedScores:
    """Which published columns the scores and ranks of a node are held against, and how closely.

    `tolerance` is how far a score may be off, half of the last of `decimals` if it is not given.
    `wrong_ranks` and `unpublished` say how many ranks are known to differ, and how many places have
    a score here and none published; `why` is the reason.
    """

    node: str
    file: str
    score: str | None = None
    rank: str | None = None
    rank_of_score: bool = False
    decimals: int | None = None
    tolerance: float | None = None
    missing: tuple[str, ...] = ()
    wrong_ranks: int = 0
    unpublished: int = 0
    why: str = ""

    @property
    def allowed(self) -> float:
        """How far a score may be off."""
        if self.tolerance is not None:
            return self.tolerance
        return np.inf if self.decimals is None else ROUNDING * 10.0**-self.decimals + FLOAT


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A published index, the files it was published in, a spec to make it again, and the tests."""

    publication: Publication
    files: tuple[PublishedFile, ...]
    catalogue: Catalogue
    spec: Spec
    comparisons: tuple[PublishedScores, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """How far the scores and ranks of a node are from the published ones.

    `places` are those that have both; `lacking` of the published ones have none here. The largest
    difference is missing if no score was published, and wrong ranks if no rank was.
    """

    comparison: PublishedScores
    places: int
    lacking: int
    unpublished: int
    largest_difference: float | None = None
    farthest: str | None = None
    wrong_ranks: int | None = None
    largest_rank_difference: int | None = None

    @property
    def reproduced(self) -> bool:
        """Whether scores are within their tolerance and no more ranks differ than is known."""
        wanted = self.comparison
        return (
            self.places > 0
            and self.lacking == 0
            and self.unpublished <= wanted.unpublished
            and (self.largest_difference or 0.0) <= wanted.allowed
            and (self.wrong_ranks or 0) <= wanted.wrong_ranks
        )


def compare_published(
    comparison: PublishedScores,
    index: Index,
    *,
    scores: FloatArray | None = None,
    ranks: FloatArray | None = None,
) -> Compared:
    """How far the scores and ranks of a node are from published ones.

    Ranks are those among the places of which anything is published, by the step `rank` of the spec.
    Shape:  scores and ranks have a number for each place of `index.raw`.
    Gaps:   a published gap is not compared; a gap here alone is counted as lacking.
    """
    ours = _for_every_place(index, comparison.node)
    given = [one for one in (scores, ranks) if one is not None]
    published = ~np.isnan(np.stack(given)).all(axis=0)
    both = published & ~np.isnan(ours)
    far, where = (None, None) if scores is None else _farthest(ours, scores, index)
    if comparison.rank_of_score and scores is not None:
        ranks = _rank_step(index).ranks(scores)
    wrong, most = (None, None)
    if ranks is not None:
        apart = np.abs(_rank_step(index).ranks(np.where(published, ours, np.nan)) - ranks)
        known = apart[~np.isnan(apart)]
        wrong, most = int((known > 0).sum()), int(np.ceil(known.max(initial=0.0)))
    return Compared(
        comparison,
        places=int(both.sum()),
        lacking=int((published & ~both).sum()),
        unpublished=int((~published & ~np.isnan(ours)).sum()),
        largest_difference=far,
        farthest=where,
        wrong_ranks=wrong,
        largest_rank_difference=most,
    )


def _rank_step(index: Index) -> Rank:
    return next(step for step in index.spec.steps if isinstance(step, Rank))


def _for_every_place(index: Index, node: str) -> FloatArray:
    """The scores of a node for the places of the raw panel; missing where a step set one aside."""
    made = dict(
        zip((place.code for place in index.scores.places), index.scores.of(node), strict=True)
    )
    return np.array([made.get(place.code, np.nan) for place in index.raw.places])


def _farthest(
    ours: FloatArray, theirs: FloatArray, index: Index
) -> tuple[float | None, str | None]:
    apart = np.abs(ours - theirs)
    if np.isnan(apart).all():
        return None, None
    row = int(np.nanargmax(apart))
    return float(apart[row]), index.raw.places[row].code
