"""Uncertainty: how sure every rank of an index is, and what that hangs on."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from placedex.errors import BadSpec
from placedex.index.build import Index, build
from placedex.index.faults import reason_apart_from_numbers
from placedex.index.left_open import LeftOpen
from placedex.index.lines import USE_BUILD
from placedex.index.rank_ranges import whole_ranks
from placedex.index.rows import Cell, Row, cell
from placedex.index.spec import Spec
from placedex.index.survey_error import COLUMNS as SURVEY_COLUMNS
from placedex.index.survey_error import SurveyError, in_order
from placedex.index.weight_robustness import WeightRobustness, find_weight_robustness
from placedex.observations import Panel
from placedex.observations.panel import FloatArray

if TYPE_CHECKING:
    from placedex.index.drawn import Told
    from placedex.index.monte_carlo import Shares, Simulation

NO_INTERVALS = (
    "No publisher gives an interval for any figure of these places, so nothing is said of errors "
    "of the figures. That is not to say that there are none."
)
MANY_FAILED = 0.05
# What a note is of that belongs right beside the ranks.
FAILED_DRAWS = "draws that failed"


@dataclass(frozen=True, slots=True, eq=False)
class Uncertainty:
    """How sure each rank is: what was left open, what came of it, and what it hangs on.

    Attributes:
        left_open: what was open for these places, with words for each choice.
        simulation: the ranks of each place over all draws, in the order of `places`.
        shares: how much of the spread each choice, and sampling, is to blame for.
        survey: the ranks that errors of the figures alone allow; nothing if no figure has one.
        beats_next: in what share of the draws each place stands before the one ranked after it.
        robustness: what other weights can make of the ranks, exactly.
        not_reckoned: what was not reckoned, and why, by the name of the part.
    """

    left_open: LeftOpen
    simulation: "Simulation"
    shares: "Shares | None"
    survey: SurveyError | None
    beats_next: FloatArray
    robustness: WeightRobustness | None
    not_reckoned: Mapping[str, str]

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of the places, in the order of every column."""
        return self.simulation.places

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each place that has a rank in the index or in any draw."""
        columns = self._columns()
        drawn = self.simulation.counts.sum(axis=1) > 0
        following = self._following()
        return tuple(
            {
                "place": code,
                **{name: _plain(name, column[row]) for name, column in columns.items()},
                "next_place": following.get(row),
                "top_of": self.simulation.top_of,
                "draws": self.simulation.draws,
            }
            for row, code in enumerate(self.places)
            if drawn[row] or not np.isnan(self.simulation.ranks[row])
        )

    def share_rows(self) -> tuple[Row, ...]:
        """A row for each choice, weights, inclusion and sampling: its share of the variance."""
        if self.shares is None:
            return ()
        found = self.shares.overall.to_rows(self.shares.groups)
        return tuple(
            {
                "choice": group,
                "title": self.left_open.title(group),
                "words": self.left_open.words(group),
                **{name: row[name] for name in row if name not in {"factor", "result"}},
            }
            for group, row in zip(self.shares.groups, found, strict=True)
        )

    @property
    def draw_words(self) -> str:
        """How many draws there were, how many of them failed, and how far ranks moved in them."""
        simulation = self.simulation
        draws = "1 draw" if simulation.draws == 1 else f"{simulation.draws:,} draws"
        words = f"{draws} from the seed {simulation.seed}."
        if simulation.failed_draws:
            reasons = "; ".join(_because(why, count) for why, count in self._failed())
            words += f" {simulation.failed_draws:,} could not be worked out: {reasons}."
        if not np.isnan(simulation.mean_shift):
            words += f" On average a rank differs by {simulation.mean_shift:.1f} places."
        some = int(((simulation.unranked > 0) & ~np.isnan(simulation.ranks)).sum())
        if some:
            one = "place has" if some == 1 else "places have"
            words += f" {some:,} {one} no rank in some of the draws."
        return words

    @property
    def failed_words(self) -> str:
        """What to bear in mind where more than one draw in twenty failed; else nothing."""
        simulation = self.simulation
        failed, draws = simulation.failed_draws, simulation.draws
        if failed <= MANY_FAILED * draws:
            return ""
        if failed == draws:
            return f"None of the {draws:,} draws could be worked out, so nothing is said of ranks."
        return (
            f"{failed:,} of {draws:,} draws ({failed / draws:.0%}) could not be worked out. All "
            "that is said of medians and ranges of ranks rests on the others alone."
        )

    def _failed(self) -> list[tuple[str, int]]:
        return sorted(self.simulation.failed.items())

    def notes(self) -> tuple[tuple[str, str], ...]:
        """What was done and what was not, each part with a sentence or more."""
        found = [(FAILED_DRAWS, self.failed_words)] if self.failed_words else []
        found.append(("draws", self.draw_words))
        if self.survey is not None:
            found.append(("errors of the figures", self.survey.words))
        if self.robustness is not None:
            found.append(("weights", self.robustness.words))
        found += [(f"not reckoned: {part}", why) for part, why in self.not_reckoned.items()]
        return tuple(found)

    def place_shares(self, place: str) -> tuple[tuple[str, float], ...]:
        """What the rank of a place hangs on, the most first: the share with others of each choice.

        None where its rank never moves, or there are too many places to keep all draws.
        """
        shares = None if self.shares is None else self.shares.by_place
        if shares is None or self.shares is None:
            return ()
        column = shares.total[:, self.places.index(place)]
        if np.isnan(column).any():
            return ()
        order = np.argsort(-column, kind="stable")
        return tuple((self.shares.groups[group], float(column[group])) for group in order)

    def _following(self) -> dict[int, str]:
        """The place ranked right after each, by its row."""
        order = in_order(-self.simulation.ranks)
        return {row: self.places[after] for row, after in pairwise(order)}

    def _columns(self) -> dict[str, "np.typing.NDArray[np.generic]"]:
        simulation = self.simulation
        low, high = whole_ranks(*simulation.interval())
        return {
            "rank": simulation.ranks,
            "median_rank": simulation.median,
            "rank_5_percent": low,
            "rank_95_percent": high,
            "mean_rank": simulation.mean_rank,
            "share_in_top": simulation.top,
            "draws_without_rank": simulation.unranked,
            "beats_next": self.beats_next,
            **self._survey_columns(),
            **self._aligned(),
        }

    def _survey_columns(self) -> dict[str, "np.typing.NDArray[np.generic]"]:
        """What errors of the figures allow, for each place of the simulation.

        Without open choices a screen may set places aside that some draw takes in.
        """
        aligned: dict[str, np.typing.NDArray[np.generic]] = {
            name: np.full(len(self.places), empty) for name, empty in SURVEY_COLUMNS.items()
        }
        if self.survey is not None:
            row = {code: number for number, code in enumerate(self.places)}
            rows = [row[code] for code in self.survey.places]
            for name, found in self.survey.columns().items():
                aligned[name][rows] = found
        return aligned

    def _aligned(self) -> dict[str, FloatArray]:
        """What other weights make of the ranks, a number for each place of the simulation."""
        columns = np.full((3, len(self.places)), np.nan)
        robust = self.robustness
        if robust is not None:
            row = {code: number for number, code in enumerate(self.places)}
            rows = [row[code] for code in robust.places]
            columns[0, rows] = robust.over_next
            if robust.attainable is not None:
                columns[1, rows] = robust.attainable.best
                columns[2, rows] = robust.attainable.worst
        names = ("robustness_over_next", "attainable_best_rank", "attainable_worst_rank")
        return dict(zip(names, columns, strict=True))


def _because(why: str, count: int) -> str:
    """How many draws failed, and why; what a step met may have other numbers in each."""
    one_of_many = count > 1 and reason_apart_from_numbers(why) != why
    return f"{count:,} because {why}{' (in the first of them)' if one_of_many else ''}"


def _plain(name: str, value: float) -> Cell:
    """A plain value; a rank that cannot lie between two others is a whole number."""
    found = cell(value)
    whole = name == "rank" or name.startswith(("survey_", "attainable_"))
    return int(found) if whole and name.endswith("rank") and isinstance(found, float) else found


def find_uncertainty(
    spec: Spec,
    panel: Panel,
    *,
    index: Index | None = None,
    draws: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
) -> Uncertainty | None:
    """How sure each rank is that a spec gives the places of a panel.

    Nothing if nothing of what the spec leaves open is open for these places.
    `index` spares building it again; `draws` and `seed` stand before those of the spec.
    Errors: BadSpec if the spec leaves nothing open, or has a step that cannot be drawn.
    """
    wanted = left_open_of(spec, draws=draws, seed=seed)
    built = build(spec, panel) if index is None else index
    found = uncertainty_or_why_not(built, wanted, threads=threads)
    if isinstance(found, str):
        raise BadSpec(f"{found} Exchange it, or take the section `uncertainty` out of the spec.")
    return found


def left_open_of(spec: Spec, *, draws: int | None = None, seed: int | None = None) -> LeftOpen:
    """What a spec leaves open, with other draws or another seed.

    Errors: BadSpec if the spec leaves nothing open.
    """
    if spec.uncertainty is None:
        raise BadSpec(
            f"The spec '{spec.code}' leaves nothing open. Wanted a section `uncertainty` with what "
            "is to be drawn. Add one."
        )
    return dataclasses.replace(
        spec.uncertainty,
        draws=spec.uncertainty.draws if draws is None else draws,
        seed=spec.uncertainty.seed if seed is None else seed,
    )


def uncertainty_or_why_not(
    index: Index,
    wanted: LeftOpen,
    *,
    threads: int | None = None,
    told: "Told | None" = None,
) -> Uncertainty | str | None:
    """How sure the ranks of an index are; where a step cannot be drawn, the reason why in words.

    `told` is told, again and again, how many runs are done and of how many.
    """
    try:
        return _found(index, wanted, threads=threads, told=told)
    except NotImplementedError as error:
        return _undrawable(index.spec, error)


def why_not_drawn(index: Index) -> str:
    """Why what a spec leaves open cannot be drawn, found without drawing; nothing if it can.

    Errors: BadSpec for choices that do not fit.
    """
    if index.spec.uncertainty is None:
        return ""
    from placedex.index.drawn import lay_out_open

    try:
        lay_out_open(index, index.spec.uncertainty, carries=carries_errors(index))
    except NotImplementedError as error:
        return _undrawable(index.spec, error)
    return ""


def _undrawable(spec: Spec, error: NotImplementedError) -> str:
    found = str(error).removesuffix(USE_BUILD)
    return f"The uncertainty of '{spec.code}' cannot be drawn. {found}"


def _found(
    index: Index, wanted: LeftOpen, *, threads: int | None, told: "Told | None"
) -> Uncertainty | None:
    from placedex.index.drawn import Progress, draw_ranks, draw_survey_error, open_for

    not_reckoned: dict[str, str] = {}
    carries = carries_errors(index)
    if not carries:
        not_reckoned["sampling"] = NO_INTERVALS
    open_here = open_for(index, wanted, carries=carries)
    if open_here is None:
        return None
    if wanted.choices.inclusion is not None and open_here.choices.inclusion is None:
        not_reckoned["inclusion"] = "The index of these places has one indicator only."
    robustness = find_weight_robustness(index)
    if isinstance(robustness, str):
        not_reckoned["weights"] = robustness
    elif robustness.why_not:
        not_reckoned["attainable ranks"] = robustness.why_not
    progress = Progress.of(open_here, told, carries=carries)
    simulation, shares, beats_next = draw_ranks(
        index, open_here, threads=threads, progress=progress
    )
    survey = None
    if carries:
        survey = draw_survey_error(index, open_here, threads=threads, progress=progress)
    return Uncertainty(
        left_open=open_here,
        simulation=simulation,
        shares=shares,
        survey=survey,
        beats_next=beats_next,
        robustness=None if isinstance(robustness, str) else robustness,
        not_reckoned=not_reckoned,
    )


def carries_errors(index: Index) -> bool:
    """Whether any figure that the index uses has a standard error."""
    figures = index.figures.select(leaf.code for leaf in index.hierarchy.leaves)
    return bool((~np.isnan(figures.values) & (figures.errors > 0)).any())
