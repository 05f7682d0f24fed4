"""How sure a rank is: small indexes whose answers can be worked by hand."""

import dataclasses
import subprocess
import sys
from math import erf, isnan, sqrt

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    LeftOpen,
    MinMax,
    Screen,
    Uncertainty,
    build,
    find_uncertainty,
)
from placedex.index.choices import Alternative, Choice, Choices, DropOne, NoisyWeights, Sampling
from placedex.index.rows import Row
from placedex.observations import Panel
from tests.index.uncertain_specs import MEAN, panel, spec

NAN = float("nan")
# A is first by the arithmetic mean, 50 to 47.5, and second by the geometric, 40 to 47.4.
TURNED = [[80.0, 20.0], [45.0, 50.0]]


def drawn(
    values: Panel, choices: Choices, *, draws: int = 2_000, top: int = 1, seed: int = 7
) -> Uncertainty:
    left_open = LeftOpen(choices, draws=draws, seed=seed, top=top, points=200)
    found = find_uncertainty(spec(len(values.indicators), left_open), values)
    assert found is not None
    return found


def by_place(found: Uncertainty) -> dict[str, Row]:
    return {str(row["place"]): row for row in found.to_rows()}


def test_a_choice_that_turns_two_places_round_gives_each_rank_half_the_draws() -> None:
    found = by_place(drawn(panel(TURNED), Choices((MEAN,))))

    assert (found["A"]["rank"], found["B"]["rank"]) == (1, 2)
    for name in ("share_in_top", "beats_next"):
        assert found["A"][name] == pytest.approx(0.5, abs=4 * 0.5 / sqrt(2000))
    assert found["A"]["mean_rank"] == pytest.approx(1.5, abs=0.05)
    assert found["A"]["next_place"] == "B"
    assert (found["B"]["beats_next"], found["B"]["next_place"]) == (None, None)


def test_the_one_choice_that_is_open_explains_all_of_the_spread() -> None:
    [row] = drawn(panel(TURNED), Choices((MEAN,))).share_rows()

    assert row["choice"] == "mean"
    # Two values as likely as each other: an estimate from 200 points strays by some hundredths.
    assert row["first"] == pytest.approx(1, abs=0.25)
    assert row["total"] == pytest.approx(1, abs=0.25)


def test_weights_cannot_reverse_a_lead_on_everything() -> None:
    found = drawn(panel([[90.0, 80.0], [50.0, 40.0]]), Choices(weights=NoisyWeights(0.5)))

    assert by_place(found)["A"]["beats_next"] == 1
    assert by_place(found)["A"]["robustness_over_next"] == 1
    assert by_place(found)["B"]["attainable_best_rank"] == 2
    [row] = found.share_rows()
    assert row["first"] is None


def test_errors_of_figures_alone_are_worked_by_hand() -> None:
    """Two points of error each, 3 points apart: the difference has an error of 2.83."""
    found = drawn(
        panel([[50.0], [47.0]], [[2.0], [2.0]]), Choices(sampling=Sampling()), draws=20_000
    )
    row = by_place(found)["A"]
    chance = (1 + erf(3 / sqrt(8) / sqrt(2))) / 2

    assert row["score_error"] == pytest.approx(2, rel=0.03)
    assert row["survey_beats_next"] == pytest.approx(chance, abs=0.01)
    assert row["beats_next"] == pytest.approx(chance, abs=0.015)
    assert (row["survey_best_rank"], row["survey_worst_rank"]) == (1, 2)


def test_far_apart_the_errors_allow_one_rank_alone() -> None:
    found = drawn(panel([[80.0], [20.0]], [[2.0], [2.0]]), Choices(sampling=Sampling()))

    row = by_place(found)["A"]
    assert (row["survey_best_rank"], row["survey_worst_rank"]) == (1, 1)
    assert found.survey is not None
    assert found.survey.with_error == ("i0",)


def test_without_any_interval_sampling_is_said_to_be_absent_and_not_shown_as_nought() -> None:
    found = drawn(panel(TURNED), Choices((MEAN,), sampling=Sampling()))

    assert [row["choice"] for row in found.share_rows()] == ["mean"]
    assert found.survey is None
    assert "No publisher gives an interval" in found.not_reckoned["sampling"]
    assert by_place(found)["A"]["score_error"] is None
    assert ("not reckoned: sampling", found.not_reckoned["sampling"]) in found.notes()


def test_if_only_sampling_is_open_and_no_figure_has_an_error_nothing_is_open() -> None:
    made = spec(2, LeftOpen(Choices(sampling=Sampling())))

    assert find_uncertainty(made, panel(TURNED)) is None


def test_a_place_whose_figure_lacks_an_error_that_others_have_has_no_set() -> None:
    values = panel([[50.0, 1.0], [47.0, 1.0], [40.0, 1.0]], [[2.0, NAN], [NAN, NAN], [2.0, NAN]])
    found = drawn(values, Choices(sampling=Sampling()))

    assert found.survey is not None
    assert found.survey.unsure == ("B",)
    assert (found.survey.with_error, found.survey.without_error) == (("i0",), ("i1",))
    assert by_place(found)["B"]["survey_best_rank"] is None
    assert by_place(found)["A"]["survey_best_rank"] == 1


def test_a_draw_that_cannot_be_worked_out_is_counted_and_left_out() -> None:
    found = drawn(panel([[80.0, 0.0], [45.0, 50.0]]), Choices((MEAN,)))

    [(why, count)] = found.simulation.failed.items()
    assert "not above nought" in why
    assert count == pytest.approx(1000, abs=100)
    assert f"{count:,} could not be worked out" in found.draw_words
    assert by_place(found)["B"]["mean_rank"] == 1


def test_a_place_that_is_not_ranked_is_nobodys_rival_in_any_draw() -> None:
    """C lacks i1 and would be first wherever i1 is left out."""
    values = panel([[60.0, 60.0], [50.0, 50.0], [90.0, NAN]])
    found = drawn(values, Choices(inclusion=DropOne()))

    rows = by_place(found)
    assert set(rows) == {"A", "B"}
    assert (rows["A"]["rank_5_percent"], rows["A"]["rank_95_percent"]) == (1, 1)
    assert "no rank" not in found.draw_words


def test_a_screen_may_be_left_open() -> None:
    """i0 is 50 in three of four places: set aside, or kept and then B comes before A."""
    values = panel([[50.0, 70.0], [90.0, 60.0], [50.0, 20.0], [50.0, 10.0]])
    kept = Screen(saturated=0.75)
    choice = Choice("saturated", (Alternative("set aside"), Alternative("kept", (kept,))))
    aside = Screen(saturated=0.75, drop_saturated=True)
    made = spec(2, LeftOpen(Choices((choice,)), draws=200, top=1, points=20), aside)
    found = find_uncertainty(made, values)
    assert found is not None
    ranks = [build(spec(2, None, screen), values).result("A")[1] for screen in (aside, kept)]

    assert ranks == [1, 2]
    assert [found.simulation.quantile(end)[0] for end in (0, 1)] == ranks
    assert 0.4 < (by_place(found)["A"]["share_in_top"] or 0) < 0.6  # type: ignore[operator]


def test_a_place_that_the_screen_sets_aside_leaves_every_other_row_its_own() -> None:
    """With the screen left open every place is in the draws; the errors of figures know two."""
    values = panel([[NAN, NAN], [50.0, 60.0], [47.0, 40.0]], [[NAN, NAN], [2.0, 1.0], [2.0, 1.0]])
    screen = Screen(places=0.5)
    choice = Choice("screen", (Alternative("half"), Alternative("all", (Screen(places=1.0),))))
    choices = Choices((choice,), sampling=Sampling())
    found = find_uncertainty(
        spec(2, LeftOpen(choices, draws=200, top=1, points=20), screen), values
    )
    assert found is not None
    rows = by_place(found)

    assert found.survey is not None
    assert (found.places, found.survey.places) == (("A", "B", "C"), ("B", "C"))
    assert "A" not in rows
    assert (rows["B"]["score"], rows["C"]["score"]) == (55, 43.5)
    assert (rows["B"]["survey_best_rank"], rows["C"]["survey_best_rank"]) == (1, 2)


def test_the_same_seed_gives_the_same_rows_on_one_thread_or_two() -> None:
    values = panel([[80.0, 20.0], [45.0, 50.0], [44.0, 51.0]], [[4.0, NAN]] * 3)
    choices = Choices((MEAN,), NoisyWeights(), DropOne(), Sampling())
    made = spec(2, LeftOpen(choices, draws=3_000, seed=5, points=64))

    one = find_uncertainty(made, values, threads=1)
    two = find_uncertainty(made, values, threads=2)
    other = find_uncertainty(made, values, seed=6)

    assert one is not None
    assert two is not None
    assert other is not None
    assert one.to_rows() == two.to_rows()
    assert one.share_rows() == two.share_rows()
    assert one.to_rows() != other.to_rows()


def test_the_order_of_rows_is_nothing_where_nothing_but_methods_is_open() -> None:
    rows = [[80.0, 20.0], [45.0, 50.0], [30.0, 10.0]]
    found = by_place(drawn(panel(rows), Choices((MEAN,), NoisyWeights())))
    turned = panel(rows[::-1])
    places = tuple(reversed(panel(rows).places))
    again = by_place(
        drawn(dataclasses.replace(turned, places=places), Choices((MEAN,), NoisyWeights()))
    )

    assert found == again


def test_draws_and_seed_may_be_others_than_the_specs() -> None:
    made = spec(2, LeftOpen(Choices((MEAN,)), draws=500, points=10))
    found = find_uncertainty(made, panel(TURNED), draws=30, seed=9)

    assert found is not None
    assert (found.simulation.draws, found.simulation.seed) == (30, 9)


def test_an_index_of_one_indicator_says_that_none_can_be_left_out() -> None:
    found = drawn(panel([[50.0], [40.0]]), Choices(weights=NoisyWeights(), inclusion=DropOne()))

    assert found.left_open.choices.inclusion is None
    assert "one indicator" in found.not_reckoned["inclusion"]
    assert "one component" in found.not_reckoned["weights"]


def test_what_a_places_rank_hangs_on_is_named_the_most_first() -> None:
    found = drawn(panel(TURNED), Choices((MEAN,), NoisyWeights(0.01)))

    [(first, share), (second, little)] = found.place_shares("A")
    assert (first, second) == ("mean", "weights")
    assert share > 0.7
    assert little < 0.3


def test_the_ends_of_nine_of_ten_draws_are_whole_ranks_at_or_outside_them() -> None:
    """First in one draw and second in the other: the 5th percentile is 1.05, which nobody is."""
    found = drawn(panel(TURNED), Choices((MEAN,)), draws=2, seed=2)
    [row, _] = found.to_rows()
    simulated = found.simulation.to_rows()[0]

    assert found.simulation.quantile(0.05)[0] == pytest.approx(1.05)
    assert found.simulation.quantile(0.95)[0] == pytest.approx(1.95)
    for one in (row, simulated):
        assert (one["rank_5_percent"], one["rank_95_percent"]) == (1, 2)
        assert one["median_rank"] == 1.5


def test_where_many_draws_failed_that_is_said_first_of_all() -> None:
    many = drawn(panel([[80.0, 0.0], [45.0, 50.0]]), Choices((MEAN,)))
    none = drawn(panel(TURNED), Choices((MEAN,)))
    failed = many.simulation.failed_draws

    assert many.notes()[0] == ("draws that failed", many.failed_words)
    assert many.failed_words.startswith(f"{failed:,} of 2,000 draws ({failed / 2000:.0%}) could")
    assert "rests on the others alone" in many.failed_words
    assert none.failed_words == ""
    assert none.notes()[0][0] == "draws"


def test_one_draw_gives_ranks_and_errors_of_figures_that_rest_on_a_thousand() -> None:
    found = drawn(panel([[50.0], [47.0]], [[2.0], [2.0]]), Choices(sampling=Sampling()), draws=1)

    assert found.draw_words.startswith("1 draw from the seed 7.")
    assert found.survey is not None
    assert found.survey.draws == 1_000
    assert "1,000 draws of its own" in found.survey.words
    assert by_place(found)["A"]["score_error"] == pytest.approx(2, rel=0.1)


def test_a_spec_that_leaves_nothing_open_is_told_so() -> None:
    with pytest.raises(BadSpec, match="section `uncertainty`"):
        find_uncertainty(spec(2), panel(TURNED))


def test_a_first_alternative_that_is_not_the_spec_is_refused() -> None:
    turned = Choice("mean", tuple(reversed(MEAN.alternatives)))

    with pytest.raises(BadSpec, match=r"'mean': its first alternative, 'geometric mean'"):
        spec(2, LeftOpen(Choices((turned,))))


def test_a_choice_of_a_step_that_is_not_there_is_refused() -> None:
    screen = Choice("screen", (Alternative("as it is"), Alternative("x", (Screen(),))))

    with pytest.raises(BadSpec, match="'screen'"):
        spec(2, LeftOpen(Choices((screen,))))


def test_names_that_are_not_in_the_hierarchy_are_refused() -> None:
    for choices in (
        Choices(weights=NoisyWeights(nodes={"x": 0.1})),
        Choices(inclusion=DropOne(("x",))),
        Choices(inclusion=DropOne(("index",))),
    ):
        with pytest.raises(BadSpec, match="not in the spec"):
            spec(2, LeftOpen(choices))


def test_importing_the_index_does_not_load_numba() -> None:
    script = (
        "import sys, placedex.index, placedex.index.uncertainty; sys.exit('numba' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_other_methods_than_a_mean_have_no_robustness_to_weights() -> None:
    from placedex.index.means import Geometric

    left_open = LeftOpen(Choices(weights=NoisyWeights()), draws=20, points=10)
    made = spec(2, left_open, MinMax((1, 100), clip=True), Aggregate(Geometric()))
    found = find_uncertainty(made, panel(TURNED))

    assert found is not None
    assert found.robustness is None
    assert "not a weighted arithmetic mean" in found.not_reckoned["weights"]
    assert isnan(float(found.to_rows()[0]["robustness_over_next"] or NAN))
    assert np.isfinite(found.simulation.mean_rank).all()
