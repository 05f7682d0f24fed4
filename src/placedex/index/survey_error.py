"""Survey error: which ranks the errors of the figures alone allow, under the index as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from placedex.index.rank_probabilities import probability_beats
from placedex.index.rank_sets import (
    MANY_PLACES,
    RankSets,
    joint_interval_sets,
    rank_sets,
)
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import BoolArray

# The indicators that carry an error, those that do not, and who lacks one that others have.
Carried = tuple[tuple[str, ...], tuple[str, ...], BoolArray]
# Two places hang together if their drawn scores do so more than chance leaves room for.
CHANCE = 5.0
# A standard deviation wants two values.
LEAST_DRAWS = 2
# The columns of the results, each with what stands where nothing is known of a place.
COLUMNS: Mapping[str, float | bool] = {
    "score": np.nan,
    "score_error": np.nan,
    "survey_best_rank": np.nan,
    "survey_worst_rank": np.nan,
    "survey_best_boundary": False,
    "survey_worst_boundary": False,
    "survey_beats_next": np.nan,
}


@dataclass(frozen=True, slots=True, eq=False)
class SurveyError:
    """The standard error of each score, and the ranks that it allows.

    A score's error is its standard deviation over draws of the figures, each by its own error and
    independently of all others; the method is that of the spec. `sets` are confidence sets for
    ranks. `unsure` are places of which a figure lacks an error that others have: how sure their
    score is, is not known, so that they have no set and are nobody's rival.
    Shape:  scores, errors and beats_next (places,).
    """

    places: tuple[str, ...]
    scores: FloatArray
    errors: FloatArray
    sets: RankSets
    beats_next: FloatArray
    with_error: tuple[str, ...]
    without_error: tuple[str, ...]
    unsure: tuple[str, ...]
    independent: bool
    draws: int
    failed: int

    def columns(self) -> Mapping[str, "np.typing.NDArray[np.generic]"]:
        """The columns of `COLUMNS`, a number or a mark for each place."""
        found = (
            self.scores,
            self.errors,
            self.sets.best,
            self.sets.worst,
            self.sets.best_boundary,
            self.sets.worst_boundary,
            self.beats_next,
        )
        return dict(zip(COLUMNS, found, strict=True))

    @property
    def words(self) -> str:
        """What was done and what it leaves out."""
        boundary = int((self.sets.best_boundary | self.sets.worst_boundary).sum())
        near = (
            f" {boundary:,} places have a bound on the boundary: more simulation could move it."
            if boundary
            else ""
        )
        failed = f" {self.failed:,} draws could not be worked out." if self.failed else ""
        hang = (
            ""
            if self.independent
            else " The places' errors hang together, since the scale hangs on who is compared."
        )
        return (
            f"{self.sets.words}{near} The error of a score is its standard deviation over "
            f"{self.draws:,} draws of its own of the figures that have an error; never are fewer "
            f"than 1,000 made.{failed}{hang} Errors of unlike figures are taken as independent; "
            "figures without a published interval as exact, which they are not."
        )


@dataclass(slots=True, eq=False)
class Spread:
    """Sums over draws of scores about those published.

    Shape:  centre (places,); sums and squares (places,); products (places, places), or none of
            them where there are too many places.
    """

    centre: FloatArray
    sums: FloatArray
    squares: FloatArray
    products: FloatArray
    draws: int = 0
    failed: int = 0

    @classmethod
    def about(cls, scores: FloatArray) -> "Spread":
        """Nothing drawn yet."""
        count = len(scores)
        side = count if count <= MANY_PLACES else 0
        return cls(scores, np.zeros(count), np.zeros(count), np.zeros((side, side)))

    def add(self, scores: FloatArray) -> None:
        """Add draws, (draws, places); one that gave nobody a score is counted as failed."""
        worked = ~np.isnan(scores).all(axis=1)
        apart = scores[worked] - self.centre
        self.draws += len(apart)
        self.failed += int((~worked).sum())
        self.sums += apart.sum(axis=0)
        self.squares += (apart**2).sum(axis=0)
        if self.products.size:
            # Not by BLAS, whose sums hang on how many threads it has.
            self.products += np.einsum("dj,dk->jk", apart, apart)

    @property
    def errors(self) -> FloatArray:
        """The standard deviation of each place's score; divisor one less than the draws.

        Gaps:   missing with fewer than two draws, which say nothing of it.
        """
        if self.draws < LEAST_DRAWS:
            return np.full(len(self.sums), np.nan)
        squares = self.squares - self.sums**2 / max(self.draws, 1)
        return np.sqrt(np.clip(squares / max(self.draws - 1, 1), 0.0, None))

    @property
    def covariances(self) -> FloatArray:
        """The covariances of scores; (0, 0) where there are too many places.

        Gaps:   missing with fewer than two draws, which say nothing of them.
        """
        if not self.products.size:
            return self.products
        if self.draws < LEAST_DRAWS:
            return np.full(self.products.shape, np.nan)
        centred = self.products - np.outer(self.sums, self.sums) / max(self.draws, 1)
        return np.asarray(centred / max(self.draws - 1, 1))

    @property
    def independent(self) -> bool:
        """Whether no two places' scores hang together more than chance would have them."""
        if not self.products.size or self.draws < LEAST_DRAWS:
            return True
        errors = self.errors
        with np.errstate(divide="ignore", invalid="ignore"):
            together = self.covariances / np.outer(errors, errors)
        np.fill_diagonal(together, 0.0)
        largest = float(np.nanmax(np.abs(together), initial=0.0))
        return bool(largest < CHANCE / np.sqrt(max(self.draws, 1)))


def carriers(values: FloatArray, errors: FloatArray, codes: Iterable[str]) -> Carried:
    """The indicators that carry an error, those that do not, and who lacks one that others have.

    Shape:  values and errors (places, indicators); the last answer is (places,), of truth values.
    """
    known, sure = ~np.isnan(values), ~np.isnan(values) & ~(errors > 0)
    carry: BoolArray = np.asarray((known & (errors > 0)).any(axis=0))
    there: BoolArray = np.asarray(known.any(axis=0))
    named = tuple(codes)
    with_error = tuple(code for code, one in zip(named, carry, strict=True) if one)
    without = tuple(
        code for code, one, used in zip(named, carry, there, strict=True) if used and not one
    )
    return with_error, without, np.asarray((sure & np.isnan(errors))[:, carry].any(axis=1))


def survey_error(
    spread: Spread,
    *,
    places: tuple[str, ...],
    carried: Carried,
    rng: np.random.Generator,
) -> SurveyError:
    """The ranks that errors of the figures allow, from the scores drawn with nothing else open.

    Up to 200 places by simulated pairwise tests, above that by joint intervals.
    Gaps:   a place without a score, or whose error is not known, has no set.
    Source: Mogstad, Romano, Shaikh and Wilhelm (2024), Review of Economic Studies 91, 476; Klein,
            Wright and Wieczorek (2020), JRSS C 69, 589.
    """
    with_error, without_error, lacking = carried
    unknown = lacking
    scores = spread.centre
    errors = np.where(unknown, np.nan, spread.errors)
    independent = spread.independent
    if len(scores) > MANY_PLACES:
        sets = joint_interval_sets(scores, errors)
    elif independent:
        sets = rank_sets(scores, errors, rng=rng)
    else:
        sets = rank_sets(scores, _known(spread.covariances, errors), rng=rng)
    return SurveyError(
        places=places,
        scores=scores,
        errors=errors,
        sets=sets,
        beats_next=_beats_next(scores, errors, spread if not independent else None),
        with_error=with_error,
        without_error=without_error,
        unsure=tuple(places[row] for row in np.flatnonzero(unknown & ~np.isnan(scores)).tolist()),
        independent=independent,
        draws=spread.draws,
        failed=spread.failed,
    )


def _known(covariances: FloatArray, errors: FloatArray) -> FloatArray:
    """The covariances, missing for a place whose error is not known."""
    missing = np.isnan(errors)
    return np.where(missing[:, np.newaxis] | missing, np.nan, covariances)


def in_order(scores: FloatArray) -> list[int]:
    """The places that have a score, the highest first; level ones in the order of rows."""
    order = np.argsort(-scores, kind="stable")
    return [int(row) for row in order if not np.isnan(scores[row])]


def _beats_next(scores: FloatArray, errors: FloatArray, spread: Spread | None) -> FloatArray:
    """How likely each place is truly above the one whose score comes next."""
    found = np.full(len(scores), np.nan)
    order = in_order(scores)
    for row, following in pairwise(order):
        pair = [row, following]
        own = errors[pair]
        if spread is not None and not np.isnan(own).any():
            own = spread.covariances[np.ix_(pair, pair)]
        found[row] = probability_beats(scores[pair], own)[0, 1]
    return found
