"""Progress of targets: every class, every bound, and what is refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from placedex.ledger import Progress, State, Target, TargetMeasure, progress
from placedex.ledger.inflation import assumed
from placedex.ledger.like_for_like import Figure
from placedex.ledger.outlook import class_of
from placedex.ledger.progress import even_run
from placedex.observations import parse_period
from tests.ledger.held import PLACE, base, held, observations, target

SHORT = [100.0, 104, 103, 109, 115, 118, 126]


def of(one: Target, values: Sequence[float | None] = SHORT, **more: object) -> Progress:
    return progress(one, held(observations("jobs", values, **more)))  # type: ignore[arg-type]


def test_the_golden_series_is_off_track_in_levels_and_at_risk_in_logs() -> None:
    found = of(target(160))

    assert found.state is State.OFF_TRACK
    assert found.outlook is not None
    assert found.outlook.logs is not None
    assert found.outlook.levels.chance == pytest.approx(0.23110439762105184)
    assert found.outlook.logs.chance == pytest.approx(0.46741738150564305)
    assert found.remaining is not None
    assert found.remaining.rate == pytest.approx(0.04061857297456184)
    words = " ".join(found.words)
    assert "0.23 if growth adds (levels), 0.47 if it compounds (logs)" in words
    assert "Levels say off track and logarithms at risk" in words


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (126, State.REACHED),
        (140, State.ON_TRACK),
        (152, State.AT_RISK),
        (170, State.OFF_TRACK),
    ],
)
def test_the_class_follows_the_chance_in_levels(value: float, state: State) -> None:
    # Drift leads to 152 with an error of 10.9: 140 is 1.1 errors below, 170 is 1.7 above.
    assert of(target(value)).state is state


@pytest.mark.parametrize(
    ("chance", "state"),
    [
        (0.67, State.ON_TRACK),
        (0.6699, State.AT_RISK),
        (0.33, State.AT_RISK),
        (0.3299, State.OFF_TRACK),
    ],
)
def test_classes_begin_at_their_limits(chance: float, state: State) -> None:
    assert class_of(chance) is state


def test_the_sampling_error_of_the_last_figure_widens_every_interval() -> None:
    sure, unsure = of(target(160)), of(target(160), half=19.6)

    assert sure.outlook is not None
    assert unsure.outlook is not None
    assert unsure.outlook.levels.error == pytest.approx((118.4 + 100) ** 0.5, rel=1e-4)
    for one, other in zip(sure.outlook.ahead, unsure.outlook.ahead, strict=True):
        assert other.high[-1] - other.low[-1] > one.high[-1] - one.low[-1]


def test_fewer_than_five_figures_are_not_forecast() -> None:
    found = of(target(160), [100, 104, 103, 109])

    assert found.state is State.UNMEASURED
    assert found.outlook is None
    assert found.reasons[0].startswith("no forecast: the series has 4 figures")
    assert found.remaining is not None
    assert found.remaining.each_year == pytest.approx(51 / 9)


def test_few_figures_can_still_be_at_the_goal() -> None:
    assert of(target(109), [100, 104, 103, 109]).state is State.REACHED


def test_a_date_that_has_passed_unreached_is_off_track() -> None:
    found = of(target(120, by="2023"))

    assert found.state is State.OFF_TRACK
    assert found.reasons == (
        "its date has passed: the last figure by then is that of 2023",
        "it was reached later, by 2024",
    )


def test_a_date_that_has_passed_is_judged_by_its_own_figure() -> None:
    # 118 in 2023 was enough, though the series might have fallen since.
    assert of(target(118, by="2023"), [*SHORT[:6], 90]).state is State.REACHED


def test_a_date_before_every_figure_cannot_be_measured() -> None:
    found = of(target(160, by="2010"))

    assert found.state is State.UNMEASURED
    assert found.reasons == ("there is no figure of its date or before",)


def test_no_further_figure_before_the_date_is_off_track() -> None:
    found = of(target(160, by="2025-06"))

    assert found.state is State.OFF_TRACK
    assert found.reasons == ("no further figure comes before its date: the last is of 2024",)


def test_figures_that_end_before_a_date_that_has_passed_are_said_to() -> None:
    found = progress(
        target(160, by="2026"), held(observations("jobs", SHORT)), day=date(2028, 1, 1)
    )

    assert "its date has passed, and the figures end at 2024" in found.notes


def test_a_target_with_no_date_is_reached_or_cannot_be_measured() -> None:
    assert of(target(120, by="")).state is State.REACHED
    found = of(target(160, by=""))
    assert found.state is State.UNMEASURED
    assert found.reasons == ("it has no date",)


def test_a_target_with_no_number_cannot_be_measured() -> None:
    found = of(target(None))

    assert found.state is State.UNMEASURED
    assert found.reasons == ("the promise names no number",)


def test_a_baseline_after_the_date_is_refused_in_words() -> None:
    found = of(target(160, baseline=base(100, "2031")))

    assert found.state is State.UNMEASURED
    assert found.reasons == ("its date, 2030, is not after its baseline, 2031",)


@pytest.mark.parametrize(
    ("bound", "value", "state"),
    [
        ("at least", 126, State.REACHED),
        ("more than", 126, State.ON_TRACK),
        ("less than", 127, State.REACHED),
        ("less than", 126, State.OFF_TRACK),
        ("up to", 126, State.REACHED),
    ],
)
def test_bounds_say_which_side_is_kept(bound: str, value: float, state: State) -> None:
    assert of(target(value, bound=bound)).state is state


def test_up_to_is_said_to_promise_no_least_value() -> None:
    assert any("promises no least value" in note for note in of(target(160, bound="up to")).notes)


def test_a_target_below_the_baseline_is_reached_from_above() -> None:
    falling = [50.0, 48, 47, 44, 43, 40, 39]

    found = of(target(28, baseline=base(50, "2018")), falling)

    # The mean change is -11/6; six years on 39 - 11 = 28, so it is as likely as not.
    assert found.goal is not None
    assert not found.goal.rising
    assert found.outlook is not None
    assert found.outlook.levels.chance == pytest.approx(0.5)
    assert found.state is State.AT_RISK


def test_a_range_is_reached_at_its_nearer_end_and_both_are_told() -> None:
    found = of(target(140, high=170.0))

    assert found.goal is not None
    assert (found.goal.level, found.goal.far) == (140, 170)
    assert found.state is State.ON_TRACK
    assert found.far is not None
    assert found.far.levels.chance < 0.1
    assert "For the further end of the range" in " ".join(found.words)


def test_a_change_is_added_to_the_baseline() -> None:
    found = of(target(40, change=True, baseline=base(100, "2018")))

    assert found.goal is not None
    assert found.goal.level == 140


def test_a_change_in_per_cent_is_a_share_of_the_baseline() -> None:
    found = of(target(40, unit="%", change=True, baseline=base(110, "2018")))

    assert found.goal is not None
    assert found.goal.level == pytest.approx(154)


def test_a_change_without_a_baseline_cannot_be_measured() -> None:
    found = of(target(40, change=True))

    assert found.state is State.UNMEASURED
    assert "does not say from which baseline" in found.reasons[0]


def test_a_change_in_per_cent_of_a_share_is_not_guessed() -> None:
    measure = TargetMeasure("area with 5G", "%", indicator="5g-area")
    one = replace(target(10), measure=measure, change=True, baseline=base(50, "2018"))

    found = progress(one, held(observations("5g-area", [50.0, 52])))

    assert found.state is State.UNMEASURED
    assert "percentage points" in found.reasons[0]


def test_a_hundred_billion_without_a_series_still_says_what_is_needed() -> None:
    measure = TargetMeasure("worth of the technology economy", "GBP", prices="nominal")
    one = replace(target(100e9), measure=measure, baseline=base(15.3e9, "2022"))

    found = progress(one, held())

    assert found.state is State.UNMEASURED
    words = " ".join(found.words)
    assert "From £15.3 billion in 2022 that is 26.4 % a year, nominal" in words
    assert "In real terms that is 24.0 % a year if prices rise by 2 % a year" in words


def test_inflation_that_is_given_is_used_and_said() -> None:
    measure = TargetMeasure("worth", "GBP", prices="nominal")
    one = replace(target(100e9), measure=measure, baseline=base(15.3e9, "2022"))

    found = progress(one, held(), inflation=assumed(0.03))

    assert "22.8 % a year if prices rise by 3 % a year" in " ".join(found.words)


def test_a_real_target_is_not_deflated_again() -> None:
    measure = TargetMeasure("worth", "GBP", prices="chained 2022")
    one = replace(target(100e9), measure=measure, baseline=base(15.3e9, "2022"))

    assert progress(one, held()).inflation is None


def test_a_baseline_that_the_series_does_not_have_is_noted() -> None:
    found = of(target(160, baseline=base(90, "2018")))

    assert any("the series has 100 jobs for the baseline's period" in x for x in found.notes)


def test_values_of_nought_are_told_in_levels_alone() -> None:
    found = of(target(10), [0.0, 1, 2, 2, 4, 5])

    assert found.outlook is not None
    assert found.outlook.logs is None
    assert "logs" not in " ".join(found.words)


def test_negative_values_have_steps_and_no_rates() -> None:
    found = of(target(10), [-3.0, -2, -2, 0, 1, 1])

    assert found.observed is not None
    assert found.to_row()["observed_rate"] is None
    assert found.to_row()["observed_each_year"] == pytest.approx(0.8)


def test_a_series_with_a_gap_is_forecast_from_what_is_evenly_spaced() -> None:
    found = of(target(160), [100, 104, None, 109, 115, 118, 126, 127])

    assert found.outlook is not None
    assert any("the 5 that are 12 months apart" in note for note in found.notes)


def test_the_longest_even_run_may_skip_figures_between() -> None:
    periods = ["2018", "2019", "2020", "2022", "2024", "2026"]
    figures = [Figure(parse_period(one), 1.0, "") for one in periods]

    kept, notes = even_run(figures)

    assert [str(one.period) for one in kept] == ["2018", "2020", "2022", "2024", "2026"]
    assert "24 months" in notes[0]


def test_figures_every_second_year_are_stepped_so() -> None:
    found = of(target(160), [100, 104, 103, 109, 115], every=2)

    # From 2026 to 2030 are two steps of two years.
    assert found.outlook is not None
    assert found.outlook.steps == 2
    assert [row["period"] for row in found.to_rows() if row["what"] == "forecast, drift"] == [
        "2028", "2030",
    ]  # fmt: skip


def test_forecasts_are_for_the_periods_of_the_even_run() -> None:
    values = [100, None, 103, None, 109, None, 115, 117, 126]

    found = of(target(160), values, first=2016)

    # 2016, 2018 ... 2024 are five; 2022, 2023, 2024 are three.
    assert [row["period"] for row in found.to_rows() if row["what"] == "forecast, drift"] == [
        "2026", "2028", "2030",
    ]  # fmt: skip


def test_forecasts_of_a_share_stay_within_a_hundred() -> None:
    measure = TargetMeasure("area with 5G", "%", indicator="5g-area")
    one = replace(target(99), measure=measure)

    found = progress(one, held(observations("5g-area", [60.0, 70, 78, 85, 93])))

    assert max(float(str(row["high"])) for row in found.to_rows() if row["high"]) == 100
    assert "more than can be, which is 100 %" in " ".join(found.words)


def test_every_figure_of_a_row_is_named_with_what_it_rests_on() -> None:
    rows = of(target(160, baseline=base(100, "2018"))).to_rows()

    assert {row["what"] for row in rows} == {
        "baseline", "figure", "target", "forecast, naive", "forecast, drift",
        "forecast, ETS(A,N,N)", "forecast, theta",
    }  # fmt: skip
    figures = [row for row in rows if row["what"] == "figure"]
    assert figures[-1]["cites"] == f"observation:jobs/{PLACE}/2024"
