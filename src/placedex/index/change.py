"""Change: why a score or a rank is other than it was, exactly, in causes that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from placedex.errors import BadSpec
from placedex.index.edition import Edition, Scoring, WeightedMean
from placedex.index.rows import Row
from placedex.index.shapley import MOST_PLAYERS, Shapley, coalitions, shapley, shapley_of_values
from placedex.observations.panel import FloatArray
from placedex.places import Place
from placedex.stats.resampling import BoolArray

OWN, RIVALS, DATA = "own", "rivals", "data"
WEIGHTS, METHOD, MEMBERSHIP = "weights", "method", "membership"
REASONS = {
    OWN: "its own figures changed",
    RIVALS: "its rivals' figures changed",
    DATA: "figures changed",
    WEIGHTS: "the weights changed",
    METHOD: "the method changed",
    MEMBERSHIP: "places joined or left",
}
PULLS = {
    OWN: "its own figures",
    RIVALS: "its rivals' figures",
    DATA: "figures",
    WEIGHTS: "the weights",
    METHOD: "the method",
    MEMBERSHIP: "places that joined or left",
}
LEVEL = 1e-9
SMALL = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """Why the score or the rank of a place changed: what each cause adds, adding up to the change.

    A rank's causes are in places: above nought is a fall.
    """

    place: str
    of_rank: bool
    causes: Shapley

    @property
    def before(self) -> float:
        """The score or rank of the earlier edition."""
        return float(self.causes.before)

    @property
    def after(self) -> float:
        """The score or rank of the later edition."""
        return float(self.causes.after)

    def of(self, cause: str) -> float:
        """What one cause adds."""
        return float(self.causes.of(cause))

    @property
    def words(self) -> str:
        """The change and its causes in a sentence, the greatest first; tiny ones are left out."""
        change = self.after - self.before
        worse = 1.0 if self.of_rank else -1.0
        lead = self._lead(change, worse)
        amounts = sorted(
            zip(self.causes.players, self.causes.contributions.tolist(), strict=True),
            key=lambda pair: (-abs(pair[1]), pair[0]),
        )
        with_it = _reasons([pair for pair in amounts if pair[1] * (change or worse) > 0])
        against = _reasons([pair for pair in amounts if pair[1] * (change or worse) < 0])
        if abs(change) <= LEVEL and with_it and against:
            down, up = ([one for one in amounts if one[1] * worse * side > 0] for side in (1, -1))
            return f"{lead}: {_pulls(down, 'down')}, and {_pulls(up, 'up')}."
        if not with_it or abs(change) <= LEVEL:
            return f"{lead}."
        return f"{lead}: {with_it}" + (f"; against that, {against}." if against else ".")

    def _lead(self, change: float, worse: float) -> str:
        begin, end = _number(self.before), _number(self.after)
        if abs(change) <= LEVEL:
            kind = "rank" if self.of_rank else "score"
            return f"{self.place} kept its {kind} of {end}"
        verb = "fell" if change * worse > 0 else "rose"
        unit = "place" if self.of_rank else "point"
        many = "" if abs(abs(change) - 1) <= LEVEL else "s"
        return f"{self.place} {verb} {_number(abs(change))} {unit}{many}, from {begin} to {end}"

    def to_rows(self) -> tuple[Row, ...]:
        """Rows of a waterfall: where it begins, a step for each cause, where it ends."""
        rows: list[Row] = []
        for row in self.causes.to_rows():
            cause = str(row["step"])
            rows.append(
                {
                    "place": self.place,
                    "of": "rank" if self.of_rank else "score",
                    "step": cause,
                    "reason": REASONS.get(cause, ""),
                    "from": row["from"],
                    "change": row["change"],
                    "to": row["to"],
                }
            )
        return tuple(rows)


def account_for_score(
    before: Edition,
    after: Edition,
    place: str,
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Account:
    """Why the score of a place changed: each indicator's figures, the weights, the method.

    Where the method compares places (floating goalposts, ranks) its rivals' figures and membership
    are causes too. `groups` names causes that are several indicators, such as a component; those
    in no group are causes by themselves. Entrants have the later figures throughout, and leavers
    the earlier ones. Exact for any number of indicators under a weighted mean with fixed goalposts
    where the place has every figure, since each indicator is then a game of its own.
    Errors: BadSpec if the editions do not match, or there are more than 12 causes.
    """
    game = _Game(before, after)
    row = game.row(place)
    parts = game.groups(groups)
    taken = {WEIGHTS, METHOD, RIVALS, MEMBERSHIP} & set(parts)
    if taken:
        raise BadSpec(
            f"Account for a score: an indicator or group is called '{min(taken)}', as another "
            "cause is. Wanted another name. Give `groups`."
        )
    if game.separable(row):
        return Account(game.places[row].name, False, game.separate_accounts(row, parts))
    players = [*parts, WEIGHTS, METHOD, *([] if game.alone else [RIVALS, MEMBERSHIP])]
    if len(players) > MOST_PLAYERS:
        raise BadSpec(
            f"Account for the score of {game.places[row].name}: there are {len(players)} causes. "
            f"Wanted {MOST_PLAYERS} or fewer. Give `groups`, such as the components of the index."
        )

    def value(chosen: frozenset[str]) -> float:
        columns = [column for name in chosen & set(parts) for column in parts[name]]
        return float(game.scores(row, columns, chosen)[row])

    return Account(game.places[row].name, False, _known(shapley(players, value), game.places[row]))


def account_for_rank(
    before: Edition, after: Edition, place: str, *, rivals_apart: bool = True
) -> Account:
    """Why the rank of a place changed: own figures, rivals', weights, method and membership.

    A tie counts as half a place. With `rivals_apart` false all figures are one cause; the answer
    for the others then differs a little, since it hangs on who is counted as one.
    Errors: BadSpec if the editions do not match, or the place has no score in some mixture.
    """
    game = _Game(before, after)
    row = game.row(place)
    everything = range(len(before.indicators))
    figures = [OWN, RIVALS] if rivals_apart else [DATA]
    players = [*figures, WEIGHTS, METHOD, MEMBERSHIP]

    def value(chosen: frozenset[str]) -> float:
        both = chosen | {OWN, RIVALS} if DATA in chosen else chosen
        scores = game.scores(row, everything if OWN in both else (), both)
        return rank_among(scores, row)

    return Account(game.places[row].name, True, _known(shapley(players, value), game.places[row]))


def rank_among(scores: FloatArray, row: int) -> float:
    """The rank of one place: 1, those above, and half of those level with it.

    Gaps:   a place without a score has no rank and is nobody's rival.
    """
    own = scores[row]
    near = LEVEL * max(1.0, abs(own))
    above = np.sum(scores > own + near)
    level = np.sum(np.abs(scores - own) <= near) - 1
    return float("nan") if np.isnan(own) else float(1 + above + 0.5 * level)


class _Game:
    """Two editions of an index over the places of both, to be mixed cause by cause."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self.editions = (before, after)
        _check_alike(before, after)
        by_code = {place.code: place for edition in self.editions for place in edition.places}
        self.places = [by_code[code] for code in sorted(by_code)]
        rows = [{one.code: n for n, one in enumerate(edition.places)} for edition in self.editions]
        self.members = [np.array([place.code in found for place in self.places]) for found in rows]
        self.figures = [self._figures(rows, first) for first in (0, 1)]
        self._tables: dict[tuple[int, bool, bool], FloatArray] = {}

    @property
    def alone(self) -> bool:
        """Whether no score hangs on other places."""
        return all(edition.scoring.alone for edition in self.editions)

    def _figures(self, rows: list[dict[str, int]], first: int) -> FloatArray:
        """The figures of an edition, and of the other for a place that it lacks."""
        found = []
        for place in self.places:
            edition = first if place.code in rows[first] else 1 - first
            found.append(self.editions[edition].figures[rows[edition][place.code]])
        return np.array(found, dtype=np.float64)

    def row(self, place: str) -> int:
        """The number of a place that both editions have."""
        for number, one in enumerate(self.places):
            if one.code == place and all(member[number] for member in self.members):
                return number
        raise BadSpec(
            f"Account for {place}: it is not in both editions, so it has no change. Wanted the "
            "code of a place that both compare."
        )

    def groups(self, groups: Mapping[str, Sequence[str]] | None) -> dict[str, list[int]]:
        """The columns of each cause that is an indicator or a group of them."""
        codes = [one.code for one in self.editions[0].indicators]
        given = {} if groups is None else groups
        grouped = [code for members in given.values() for code in members]
        strange = [code for code in grouped if code not in codes or grouped.count(code) > 1]
        if strange:
            raise BadSpec(
                f"Account for a score: '{strange[0]}' in `groups` is no indicator or is there "
                f"twice. Wanted each once, of {', '.join(codes)}."
            )
        named = {name: [codes.index(code) for code in members] for name, members in given.items()}
        return named | {code: [column] for column, code in enumerate(codes) if code not in grouped}

    def scores(self, row: int, columns: Sequence[int], chosen: frozenset[str]) -> FloatArray:
        """The score of every place in a mixture; missing for places that are not in it.

        `columns` are the indicators for which the place itself has its later figures.
        """
        rivals, weights, method = (one in chosen for one in (RIVALS, WEIGHTS, METHOD))
        member = self.members[MEMBERSHIP in chosen]
        own = self.figures[0][row].copy()
        own[list(columns)] = self.figures[1][row, list(columns)]
        scoring = self.editions[method].scoring
        if self.alone:
            table = self._table(int(rivals), weights, method).copy()
            given = self.editions[weights].weights
            table[row] = scoring.scores([self.places[row]], own[np.newaxis], given)[0]
            return np.where(member, table, np.nan)
        figures = self.figures[rivals].copy()
        figures[row] = own
        return self._scored(scoring, figures, self.editions[weights].weights, member)

    def _table(self, edition: int, weights: bool, method: bool) -> FloatArray:
        """The scores of all places with one edition's figures, where each is scored alone."""
        key = (edition, weights, method)
        if key not in self._tables:
            everyone = np.ones(len(self.places), dtype=bool)
            self._tables[key] = self._scored(
                self.editions[method].scoring,
                self.figures[edition],
                self.editions[weights].weights,
                everyone,
            )
        return self._tables[key]

    def _scored(
        self, scoring: Scoring, figures: FloatArray, weights: FloatArray, member: BoolArray
    ) -> FloatArray:
        places = [place for place, there in zip(self.places, member, strict=True) if there]
        found = np.full(len(self.places), np.nan)
        found[member] = scoring.scores(places, figures[member], weights)
        return found

    def separable(self, row: int) -> bool:
        """Whether the score of a place is a sum of what each indicator gives by itself."""
        plain = all(isinstance(edition.scoring, WeightedMean) for edition in self.editions)
        return plain and not any(np.isnan(figures[row]).any() for figures in self.figures)

    def separate_accounts(self, row: int, parts: dict[str, list[int]]) -> Shapley:
        """The account of a sum: a game of three for each indicator (figures, weights, method)."""
        players = (DATA, WEIGHTS, METHOD)
        values = []
        for chosen in coalitions(players):
            scoring = cast(WeightedMean, self.editions[METHOD in chosen].scoring)
            weights = self.editions[WEIGHTS in chosen].weights
            points = scoring.points(self.figures[DATA in chosen][row])
            values.append(points * weights / weights.sum())
        each = shapley_of_values(players, np.array(values))
        own = [each.of(DATA)[columns].sum() for columns in parts.values()]
        shared = [each.of(one).sum() for one in (WEIGHTS, METHOD)]
        return Shapley(
            (*parts, WEIGHTS, METHOD),
            np.asarray(each.before.sum()),
            np.asarray(each.after.sum()),
            np.array([*own, *shared]),
        )


def _check_alike(before: Edition, after: Edition) -> None:
    first, last = ([one.code for one in edition.indicators] for edition in (before, after))
    if first != last or before.nodes != after.nodes:
        raise BadSpec(
            f"Account for a change: the editions have the indicators {', '.join(first)} and "
            f"{', '.join(last)}. Wanted the same in the same order, under the same components. "
            "Give an indicator that one edition lacks a weight of 0 there."
        )


def _known(causes: Shapley, place: Place) -> Shapley:
    if np.isnan(causes.contributions).any():
        raise BadSpec(
            f"Account for {place.name}: it has no score in some mixture of the two editions. "
            "Wanted figures enough in both. Fill its gaps or leave it out."
        )
    return causes


def _reasons(amounts: Sequence[tuple[str, float]]) -> str:
    told = [pair for pair in amounts if abs(pair[1]) >= SMALL]
    return ", ".join(
        f"{_number(abs(amount))} because {REASONS.get(cause, _changed(cause))}"
        for cause, amount in told
    )


def _pulls(amounts: Sequence[tuple[str, float]], way: str) -> str:
    """What pulled a score or rank one way, by how much: `its rivals' figures pulled it down by 2`.

    What is too small to be told is left out.
    """
    told = [pair for pair in amounts if abs(pair[1]) >= SMALL]
    return ", ".join(
        f"{PULLS.get(cause, _marked(cause))} pulled it {way} by {_number(abs(amount))}"
        for cause, amount in told
    )


def _changed(cause: str) -> str:
    return f"{_marked(cause)} changed"


def _marked(cause: str) -> str:
    """A cause by its name; one of several words stands in marks, to read as a name."""
    return f"'{cause}'" if " " in cause else cause


def _number(value: float) -> str:
    return f"{round(value, 2):g}"
