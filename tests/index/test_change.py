"""Why a score or a rank changed between two editions of an index."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index import Aggregate, Given, Hierarchy, MinMax, Node, Rank, Scale, Spec, build
from placedex.index.change import Account, account_for_rank, account_for_score, rank_among
from placedex.index.edition import (
    Edition,
    FloatingMean,
    Scoring,
    WeightedMean,
    edition_of,
)
from placedex.observations import Indicator, make_panel
from placedex.places import Place
from tests.golden.case import difference, read_case

FloatArray = NDArray[np.float64]


def places(codes: Sequence[str]) -> tuple[Place, ...]:
    return tuple(Place(code, f"Place {code}", "district", "R") for code in codes)


Numbers = Sequence[float] | FloatArray


def edition(data: Mapping[str, Numbers], weights: Numbers, scoring: Scoring) -> Edition:
    figures = np.array(list(data.values()), dtype=float)
    indicators = tuple(Indicator(f"x{n}", f"X{n}", "%") for n in range(figures.shape[1]))
    return Edition(places(list(data)), indicators, figures, np.array(weights), scoring)


def between(posts: Sequence[Sequence[float]]) -> WeightedMean:
    ends = np.array(posts, dtype=float)
    return WeightedMean(ends[:, 0], ends[:, 1])


def of_case(given: Mapping[str, Any]) -> Edition:
    return edition(given["data"], given["weights"], between(given["goalposts"]))


def causes(account: Account) -> dict[str, float]:
    return {name: account.of(name) for name in account.causes.players}


def test_changes_are_accounted_for_as_in_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B10_shapley_change.json")
    before, after = (of_case(case.inputs[name]) for name in ("edition0", "edition1"))

    for place in "ABC":
        by_indicator = account_for_score(before, after, place)
        together = account_for_score(before, after, place, groups={"data": ["x0", "x1"]})
        rank = account_for_rank(before, after, place)
        as_one = account_for_rank(before, after, place, rivals_apart=False)

        for found, name in (
            (by_indicator, "score_by_indicator"),
            (together, "score"),
            (rank, "rank_own_vs_rivals"),
            (as_one, "rank_data_as_one"),
        ):
            kind = "rank" if found.of_rank else "score"
            ours = causes(found) | {f"{kind}0": found.before, f"{kind}1": found.after}
            assert difference(ours, case.expected[name][place]) <= case.tolerance
            assert abs(found.causes.remainder) <= 1e-12


BEFORE = edition({"A": [10, 10], "B": [20, 10], "C": [30, 30]}, [1, 1], between([[0, 100]] * 2))
AFTER = edition({"A": [10, 10], "B": [5, 5], "C": [30, 30]}, [1, 1], between([[0, 100]] * 2))


def test_a_rank_gained_because_a_rival_fell_is_said_so() -> None:
    found = account_for_rank(BEFORE, AFTER, "A")

    assert causes(found) == {"own": 0, "rivals": -1, "weights": 0, "method": 0, "membership": 0}
    assert (
        found.words == "Place A rose 1 place, from 3 to 2: 1 because its rivals' figures changed."
    )


def test_a_score_lost_is_shared_by_the_indicators_that_fell() -> None:
    found = account_for_score(BEFORE, AFTER, "B")

    assert causes(found) == {"x0": -7.5, "x1": -2.5, "weights": 0, "method": 0}
    assert found.words == (
        "Place B fell 10 points, from 15 to 5: 7.5 because x0 changed, 2.5 because x1 changed."
    )
    assert [row["to"] for row in found.to_rows()] == [15, 7.5, 5, 5, 5, 5]
    assert {row["of"] for row in found.to_rows()} == {"score"}


def test_a_score_that_did_not_change_is_said_to_be_kept() -> None:
    assert account_for_score(BEFORE, AFTER, "A").words == "Place A kept its score of 10."
    assert account_for_rank(BEFORE, AFTER, "C").words == "Place C kept its rank of 1."


def test_causes_that_cancel_out_are_both_told() -> None:
    after = edition({"A": [30, 0], "B": [20, 10], "C": [9, 9]}, [1, 2], between([[0, 100]] * 2))

    words = account_for_score(BEFORE, after, "A").words

    assert "kept its score of 10" in words
    assert words == (
        "Place A kept its score of 10: x1 pulled it down by 5.83, the weights pulled it down by "
        "2.5, and x0 pulled it up by 8.33."
    )


def test_under_floating_goalposts_rivals_and_membership_move_an_unchanged_score() -> None:
    """The highest rises from 30 to 50 while A stands still: 50 of 100 points become 25."""
    floating = FloatingMean(np.ones(1))
    before = edition({"A": [20], "B": [10], "C": [30]}, [1], floating)
    after = edition({"A": [20], "B": [10], "C": [50]}, [1], floating)
    joined = edition({"A": [20], "B": [10], "C": [30], "D": [50]}, [1], floating)

    by_rival, by_entrant = (account_for_score(before, one, "A") for one in (after, joined))

    assert causes(by_rival) == {"x0": 0, "weights": 0, "method": 0, "rivals": -25, "membership": 0}
    assert causes(by_entrant)["membership"] == -25
    assert "because places joined or left" in by_entrant.words


def test_an_account_of_many_indicators_is_that_of_all_sets_of_causes() -> None:
    """Thirty causes are too many for all sets; a game for each indicator is exact all the same."""
    rng = np.random.default_rng(1)
    posts = [np.stack([rng.random(30), rng.random(30) + 2], axis=1).tolist() for _ in range(2)]
    many = [
        edition({"A": rng.random(30), "B": rng.random(30)}, rng.random(30), between(posts[one]))
        for one in range(2)
    ]
    few = [
        Edition(
            one.places,
            one.indicators[:3],
            one.figures[:, :3],
            one.weights[:3],
            _Hidden(WeightedMean(one.scoring.worst[:3], one.scoring.best[:3])),  # type: ignore[attr-defined]
        )
        for one in many
    ]
    plain = [
        Edition(one.places, one.indicators, one.figures, one.weights, one.scoring.inner)  # type: ignore[attr-defined]
        for one in few
    ]

    thirty = account_for_score(many[0], many[1], "A")
    slow, quick = (account_for_score(pair[0], pair[1], "A") for pair in (few, plain))

    assert len(thirty.causes.players) == 32
    assert abs(thirty.causes.remainder) <= 1e-12
    np.testing.assert_allclose(slow.causes.contributions, quick.causes.contributions, atol=1e-12)


class _Hidden:
    """A method of which nothing is known but that it scores each place alone."""

    alone = True

    def __init__(self, inner: WeightedMean) -> None:
        self.inner = inner

    def scores(
        self, places: Sequence[Place], figures: FloatArray, weights: FloatArray
    ) -> FloatArray:
        return self.inner.scores(places, figures, weights)


def test_rival_tables_kept_for_places_scored_alone_give_what_a_full_run_gives() -> None:
    rng = np.random.default_rng(2)
    first: dict[str, Numbers] = {code: rng.random(3) for code in "ABCDEF"}
    last: dict[str, Numbers] = {code: rng.random(3) for code in "ABCEGH"}
    posts = [[0.0, 1.0]] * 3
    alone = [edition(data, rng.random(3), between(posts)) for data in (first, last)]
    whole = [
        Edition(one.places, one.indicators, one.figures, one.weights, _Together(one.scoring))
        for one in alone
    ]

    for place in "ABC":
        quick, slow = (account_for_rank(pair[0], pair[1], place) for pair in (alone, whole))
        np.testing.assert_allclose(
            quick.causes.contributions, slow.causes.contributions, atol=1e-12
        )


class _Together(_Hidden):
    """The same, said to hang on rivals."""

    alone = False

    def __init__(self, inner: Scoring) -> None:
        self.inner = inner  # type: ignore[assignment]


def test_the_order_of_places_is_nothing() -> None:
    turned = Edition(
        AFTER.places[::-1], AFTER.indicators, AFTER.figures[::-1], AFTER.weights, AFTER.scoring
    )

    one, other = account_for_rank(BEFORE, AFTER, "B"), account_for_rank(BEFORE, turned, "B")

    np.testing.assert_array_equal(one.causes.contributions, other.causes.contributions)


def test_a_tie_is_half_a_place_and_a_missing_rival_none() -> None:
    scores = np.array([3.0, 0.1 + 0.2, 0.3, np.nan])

    assert rank_among(scores, 1) == 2.5
    assert np.isnan(rank_among(scores, 3))


def test_a_missing_figure_shares_its_weight_and_is_accounted_for() -> None:
    """A's x1 is first published in the second edition: 20 becomes (20 + 60) / 2."""
    before = edition({"A": [20, np.nan], "B": [10, 10]}, [1, 1], between([[0, 100]] * 2))
    after = edition({"A": [20, 60], "B": [10, 10]}, [1, 1], between([[0, 100]] * 2))

    found = account_for_score(before, after, "A")

    expected = {"x0": 0, "x1": 20, "weights": 0, "method": 0}
    assert causes(found) == pytest.approx(expected, abs=1e-12)


def indexed(
    values: Sequence[Sequence[float]], weight: float, posts: tuple[float, float]
) -> Edition:
    """Three places in an index of two indicators, built step by step."""
    indicators = (Indicator("a", "A", "%"), Indicator("b", "B", "%"))
    nodes = (
        Node("index", "Index", None),
        Node("a", "A", "index", weight=weight, goalposts=posts),
        Node("b", "B", "index", direction=-1, goalposts=(0, 10)),
    )
    steps = (Scale(indicators), MinMax(), Given(), Aggregate(), Rank())
    panel = make_panel(places("ABC"), indicators, np.array(values, dtype=float))
    return edition_of(build(Spec("t", "T", Hierarchy(nodes), steps), panel))


def test_two_built_indices_are_accounted_for_like_their_formula() -> None:
    first, last = [[5, 2], [6, 8], [1, 1]], [[7, 2], [6, 3], [1, 4]]
    built = indexed(first, 1, (0, 10)), indexed(last, 3, (0, 20))

    plain = []
    for figures, weight, top in ((first, 1, 10.0), (last, 3, 20.0)):
        data = dict(zip("ABC", figures, strict=True))
        method = WeightedMean(np.array([0.0, 10.0]), np.array([top, 0.0]), clip=True)
        plain.append(edition(data, [weight, 1], method))

    for place in "ABC":
        by_steps, by_formula = (
            account_for_score(pair[0], pair[1], place) for pair in (built, tuple(plain))
        )
        np.testing.assert_allclose(
            by_steps.causes.contributions[:4], by_formula.causes.contributions, atol=1e-12
        )
        np.testing.assert_allclose(by_steps.causes.contributions[4:], 0, atol=1e-12)
        rank = account_for_rank(built[0], built[1], place)
        assert abs(rank.causes.remainder) <= 1e-12


def test_editions_that_do_not_match_are_refused() -> None:
    other = edition({"A": [1], "B": [2]}, [1], between([[0, 1]]))
    with pytest.raises(BadSpec, match="weight of 0"):
        account_for_score(BEFORE, other, "A")
    joined = edition({"A": [1, 1], "E": [2, 2]}, [1, 1], between([[0, 1]] * 2))
    with pytest.raises(BadSpec, match="not in both editions"):
        account_for_rank(BEFORE, joined, "E")
    with pytest.raises(BadSpec, match="'x9' in `groups`"):
        account_for_score(BEFORE, AFTER, "A", groups={"all": ["x9"]})
    with pytest.raises(BadSpec, match="called 'weights'"):
        account_for_score(BEFORE, AFTER, "A", groups={"weights": ["x0"]})
    with pytest.raises(BadSpec, match="shape"):
        edition({"A": [1, 2]}, [1], between([[0, 1]] * 2))
    none = edition({"A": [np.nan] * 2, "B": [1, 1]}, [1, 1], between([[0, 1]] * 2))
    with pytest.raises(BadSpec, match="no score in some mixture"):
        account_for_rank(BEFORE, none, "A")


def test_a_rank_that_is_kept_says_who_pulled_it_which_way() -> None:
    """A rises by 20 where its one rival rises by 20 too."""
    before = edition({"A": [20], "B": [30], "C": [5]}, [1], between([[0, 100]]))
    after = edition({"A": [40], "B": [50], "C": [35]}, [1], between([[0, 100]]))

    words = account_for_rank(before, after, "A").words

    assert words.startswith("Place A kept its rank of 2: ")
    assert "its rivals' figures pulled it down by 1" in words
    assert "its own figures pulled it up by 1" in words
    assert "because" not in words
