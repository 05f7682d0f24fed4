"""The audit: every part on an index whose answer is known beforehand."""

from dataclasses import dataclass

import numpy as np
import pytest

from placedex.index.audit import Audit, Thresholds, Verdict, audit
from placedex.index.audit_checks import Check
from placedex.index.audit_importance import correlation_ratio, rank_distance
from placedex.index.audit_recommendations import RULES
from placedex.index.hierarchy import Node
from placedex.observations.panel import FloatArray
from tests.index.audited import COUNT, audited_index, noise

LINE = np.arange(COUNT, dtype=float)
NAN = float("nan")


def verdicts(found: Audit, test: str) -> dict[str, Verdict]:
    """The verdict of each node, or pair, on one test."""
    return {
        f"{one.node}/{one.other}" if one.other else one.node: one.verdict
        for one in found.checks
        if one.test == test
    }


def check(found: Audit, test: str, node: str) -> Check:
    return next(one for one in found.checks if (one.test, one.node) == (test, node))


def test_parts_that_go_together_pass_and_those_that_pull_apart_are_flagged() -> None:
    found = audit(
        audited_index(
            {
                "a": LINE + noise(1),
                "b": LINE + 4 * noise(2),
                "c": LINE + noise(3),
                "d": -LINE + noise(4),
            },
            {"first": "ab", "second": "cd"},
        )
    )

    told = verdicts(found, "correlation within components")
    assert told["a/b"] is Verdict.PASS
    assert told["c/d"] is Verdict.FLAG
    assert check(found, "correlation within components", "c").words.startswith(
        "C and D pull against each other: r = −0.9"
    )
    assert verdicts(found, "one dimension")["first"] is Verdict.PASS
    assert verdicts(found, "one dimension")["second"] is Verdict.FLAG
    assert check(found, "one dimension", "second").words.endswith("D pulls against it.")
    assert verdicts(found, "reliability")["second"] is Verdict.FLAG


def test_an_indicator_that_goes_with_another_component_is_flagged() -> None:
    other = noise(5)
    found = audit(
        audited_index(
            {"a": LINE, "b": LINE + noise(1), "c": other, "d": other + noise(2) / 9, "e": LINE},
            {"first": "ab", "second": "cde"},
        )
    )

    told = check(found, "own component", "e")
    assert told.verdict is Verdict.FLAG
    assert told.other == "first"
    assert check(found, "own component", "a").verdict is Verdict.PASS


def test_two_parts_that_say_the_same_are_redundant() -> None:
    found = audit(
        audited_index({"a": LINE, "b": 2 * LINE + 1, "c": noise(1)}, {"first": "ab", "second": "c"})
    )

    assert verdicts(found, "redundancy")["a/b"] is Verdict.FLAG
    assert check(found, "redundancy", "a").found == pytest.approx(1)


def test_the_correlation_ratio_of_a_straight_line_is_one_and_of_a_bow_is_more_than_r() -> None:
    bow = (LINE - LINE.mean()) ** 2

    assert correlation_ratio(LINE, 3 * LINE - 2) == pytest.approx(1)
    assert np.corrcoef(LINE, bow)[0, 1] == pytest.approx(0, abs=1e-12)
    assert correlation_ratio(LINE, bow) > 0.9


def test_there_is_no_correlation_ratio_of_few_places_or_of_one_value() -> None:
    assert np.isnan(correlation_ratio(LINE[:19], LINE[:19]))
    assert np.isnan(correlation_ratio(LINE, 0 * LINE))
    assert correlation_ratio(np.append(LINE, NAN), np.append(LINE, 5.0)) == pytest.approx(1)


def test_a_part_that_weighs_and_does_not_matter_is_flagged() -> None:
    """The second part hardly varies, so that half of the weight moves nothing."""
    columns, ends = {"a": LINE, "b": 10 + LINE % 2 / 9}, (0.0, 23.0)
    parts, posts = {"first": "a", "second": "b"}, {"a": ends, "b": ends}
    found = audit(audited_index(columns, parts, goalposts=posts))

    (first, second) = (one for one in found.importance.parts if one.parent == "index")
    assert (first.weight, second.weight) == (0.5, 0.5)
    assert first.share > 0.5 > second.share
    assert first.share + second.share == pytest.approx(1)
    assert first.effective == 0.5
    assert verdicts(found, "importance against weight")["second/index"] is Verdict.FLAG


def test_how_far_ranks_are_apart_is_counted_by_hand() -> None:
    """Of twenty places two have changed ends: two of twenty, by ten positions or by two."""
    ranks = np.arange(1, 21, dtype=float)
    swapped = ranks.copy()
    swapped[[0, 19]] = swapped[[19, 0]]

    found = rank_distance(Node("a", "A", "index"), swapped, ranks)

    assert (found.places, found.ten, found.tenth) == (20, 0.1, 0.1)


def test_a_component_that_ranks_like_the_index_is_flagged() -> None:
    found = audit(
        audited_index(
            {"a": LINE, "b": LINE + noise(1) / 9, "c": noise(2)},
            {"first": "a", "second": "b", "third": "c"},
            weights={"third": 0.01},
        )
    )

    told = verdicts(found, "ranks apart from a component")
    assert told == {"first": Verdict.FLAG, "second": Verdict.FLAG, "third": Verdict.PASS}


def test_an_outlier_is_flagged_unless_treatment_draws_it_in() -> None:
    far = LINE.copy()
    far[-1] = 1e4
    columns, parts = {"a": far, "b": LINE}, {"first": "ab"}

    plain = audit(audited_index(columns, parts))
    treated = audit(audited_index(columns, parts, treat=True))

    assert verdicts(plain, "outliers") == {"a": Verdict.FLAG, "b": Verdict.PASS}
    assert verdicts(treated, "outliers")["a"] is Verdict.PASS
    assert "treatment drew them in" in check(treated, "outliers", "a").words


def test_the_limit_of_the_global_innovation_index_is_an_option() -> None:
    assert Thresholds().skewness == 2
    assert Thresholds.of_the_gii().skewness == 2.25


def test_a_place_and_an_indicator_that_lack_much_are_flagged() -> None:
    gappy = LINE.copy()
    gappy[:10] = NAN
    found = audit(audited_index({"a": LINE, "b": gappy, "c": LINE}, {"first": "ab", "second": "c"}))

    assert check(found, "coverage of places", "first").words == (
        "10 of 24 places have less than 67% of the indicators of First: Place 0, Place 1, Place 2, "
        "Place 3, Place 4 and 5 more."
    )
    assert check(found, "coverage of places", "second").verdict is Verdict.PASS
    assert verdicts(found, "coverage of indicators") == {
        "a": Verdict.PASS,
        "b": Verdict.FLAG,
        "c": Verdict.PASS,
    }


def test_of_three_places_nothing_is_said_of_correlations() -> None:
    found = audit(
        audited_index({"a": [1, 2, 3], "b": [1, 3, 2], "c": [3, 1, 2]}, {"x": "ab", "y": "c"})
    )

    told = {one.test for one in found.checks if one.verdict is not Verdict.CANNOT_SAY}
    assert told == {"coverage of places", "coverage of indicators"}
    assert (
        "only 3 places have figures, and at least 10 are needed"
        in check(found, "correlation within components", "a").words
    )
    assert all(row["pearson"] is None for row in found.coherence.correlations.to_rows())
    assert found.frontier.places == ()
    assert found.recommendations == ()


def test_an_indicator_that_is_the_same_everywhere_cannot_be_said() -> None:
    columns = {"a": LINE, "b": 0 * LINE + 5, "c": LINE}
    found = audit(audited_index(columns, {"x": "ac", "y": "b"}, goalposts={"b": (0.0, 10.0)}))

    assert "the same in every place" in check(found, "outliers", "b").words
    assert verdicts(found, "correlation within components")["x/y"] is Verdict.CANNOT_SAY


@dataclass(frozen=True)
class Drawn:
    """Ranks that were drawn elsewhere."""

    places: tuple[str, ...]
    ranks: FloatArray
    median: FloatArray
    words: str = "100 draws."

    def interval(self, coverage: float = 0.9) -> tuple[FloatArray, FloatArray]:
        assert coverage == 0.9
        return self.median - 1, self.median + 1

    @property
    def simulation(self) -> "Drawn":
        return self


def test_robustness_is_taken_from_the_draws_and_without_them_it_is_not_reckoned() -> None:
    index = audited_index({"a": LINE, "b": LINE}, {"first": "a", "second": "b"})
    codes = tuple(place.code for place in index.scores.places)
    ranks = index.ranks.of("index")
    moved = ranks.copy()
    moved[:3] += 5

    without, found = audit(index), audit(index, uncertainty=Drawn(codes, ranks, moved))

    assert "not reckoned" in check(without, "median rank", "index").words
    assert check(found, "median rank", "index").found == pytest.approx(3 / 24)
    assert check(found, "median rank", "index").verdict is Verdict.FLAG
    assert check(found, "width of intervals", "index").found == pytest.approx(2)
    assert check(found, "one choice rules", "index").verdict is Verdict.CANNOT_SAY
    assert found.robustness.to_rows()[0]["median_rank"] == 29


@dataclass(frozen=True)
class Sobol:
    """First-order and total indices of two choices."""

    first: tuple[float, ...] = (0.6, 0.1)
    total: tuple[float, ...] = (0.8, 0.2)


@dataclass(frozen=True)
class Shares:
    """Shares of variance that were reckoned elsewhere."""

    groups: tuple[str, ...] = ("mean", "sampling")
    overall: Sobol = Sobol()


@dataclass(frozen=True)
class DrawnWithShares(Drawn):
    """Drawn ranks, and what they hang on."""

    shares: Shares = Shares()


def test_a_choice_that_explains_most_of_how_ranks_move_is_flagged() -> None:
    index = audited_index({"a": LINE, "b": LINE}, {"first": "a", "second": "b"})
    codes = tuple(place.code for place in index.scores.places)
    ranks = index.ranks.of("index")

    found = audit(index, uncertainty=DrawnWithShares(codes, ranks, ranks))

    told = check(found, "one choice rules", "index")
    assert told.verdict is Verdict.FLAG
    assert told.words.startswith("Mean explains most of how ranks move: 60% alone, 80% with")
    assert [row["choice"] for row in found.robustness.sensitivity_rows()] == ["mean", "sampling"]


def test_the_best_place_on_everything_stands_alone_at_the_frontier() -> None:
    found = audit(audited_index({"a": LINE, "b": LINE}, {"first": "a", "second": "b"}))

    best = [one.place for one in found.frontier.places if one.distance == 0]
    assert best == ["P23"]
    half = next(one for one in found.frontier.places if one.place == "P12")
    assert half.score == pytest.approx(12 / 23)
    assert check(found, "frontier and index agree", "index").found == pytest.approx(1)


def test_every_flag_gives_a_recommendation_with_its_node_and_figure() -> None:
    found = audit(audited_index({"a": LINE, "b": -LINE + noise(1)}, {"first": "ab"}))

    flags = [one for one in found.checks if one.verdict is Verdict.FLAG]
    assert len(found.recommendations) == len(flags) > 0
    assert found.recommendations[0].words.startswith("A and B pull against each other: r = −")
    assert {one.test for one in found.checks} <= set(RULES)


def test_the_order_of_places_is_nothing() -> None:
    columns = {"a": LINE + noise(1), "b": LINE + noise(2), "c": noise(3)}
    turned = {code: values[::-1] for code, values in columns.items()}
    parts = {"first": "ab", "second": "c"}

    one, other = (audit(audited_index(given, parts)) for given in (columns, turned))

    assert [each.verdict for each in one.checks] == [each.verdict for each in other.checks]
    np.testing.assert_allclose(
        [each.found for each in one.checks if "coverage" not in each.test],
        [each.found for each in other.checks if "coverage" not in each.test],
        rtol=1e-6,
    )


def test_every_limit_says_where_it_comes_from() -> None:
    rows = Thresholds().to_rows()

    assert len(rows) == len(Thresholds.__dataclass_fields__)
    assert all(row["source"] and row["meaning"] for row in rows)


def test_alpha_stands_on_the_places_that_the_row_names() -> None:
    """Two places lack a part: both the alpha and the count are of the other twenty-two."""
    gaps = LINE + 8 * noise(2)
    gaps[:2] = NAN
    columns = {"a": LINE + 8 * noise(1), "b": gaps, "c": LINE, "d": LINE + noise(3)}

    found = audit(audited_index(columns, {"first": "ab", "second": "cd"}))
    row = next(one for one in found.coherence.dimensions if one.node == "first")
    whole = np.column_stack([columns["a"], columns["b"]])[2:]
    low, high = np.nanmin(columns["a"]), np.nanmax(columns["a"])
    points = np.column_stack(
        [
            (whole[:, 0] - low) / (high - low),
            (whole[:, 1] - whole[:, 1].min()) / np.ptp(whole[:, 1]),
        ]
    )
    shared = np.cov(points.T)

    assert row.places == COUNT - 2
    assert row.alpha == pytest.approx(4 * shared[0, 1] / shared.sum())


def test_two_nodes_that_differ_are_said_not_to_be_redundant() -> None:
    columns = {"a": LINE + 8 * noise(1), "b": noise(2), "c": noise(3), "d": noise(4)}
    found = audit(audited_index(columns, {"first": "ab", "second": "cd"}))

    words = check(found, "redundancy", "a").words
    assert words.startswith("A is not redundant with B: r = ")
