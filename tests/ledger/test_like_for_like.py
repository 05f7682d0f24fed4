"""A target is held against the series of its own measure, and refused any other by name."""

from dataclasses import replace

import pytest

from placedex.evidence import Modality, PlaceNamed
from placedex.ledger import NoSeries, Series, TargetMeasure, like_for_like
from placedex.ledger.nearest_series import nearest_series
from placedex.ledger.units import unit_times
from placedex.observations import bundled_catalogue
from tests.ledger.held import CATALOGUE, PLACE, claim, held, observations, target

WITH_JOBS = observations("jobs", [100, 104])


def refused(found: Series | NoSeries) -> str:
    assert isinstance(found, NoSeries)
    return "; ".join(found.reasons)


def taken(found: Series | NoSeries) -> Series:
    assert isinstance(found, Series)
    return found


def test_the_series_that_a_target_names_is_taken_with_its_citations() -> None:
    found = taken(like_for_like(target(), held(WITH_JOBS)))

    assert [one.value for one in found.figures] == [100, 104]
    assert found.figures[0].cites == f"observation:jobs/{PLACE}/2018"


def test_5g_for_people_is_neither_5g_by_area_nor_by_premises() -> None:
    measure = TargetMeasure("people with 5G", "%", of="the population")
    one = replace(target(98), measure=measure)

    found = like_for_like(one, held(observations("5g-area", [97.1])))

    assert isinstance(found, NoSeries)
    assert {near.indicator for near in found.nearest} == {"5g-area", "5g-premises"}
    area = next(near for near in found.nearest if near.indicator == "5g-area")
    assert (
        "what is counted is 'people with 5G' in the target and 'area with 5G' in the series"
        in area.differences
    )
    assert (
        "of what is 'the population' in the target and 'the place's area' in the series"
        in area.differences
    )
    assert (area.value, area.period) == (97.1, "2018")


def test_gigabit_is_near_full_fibre_and_another_measure() -> None:
    measure = TargetMeasure("premises with gigabit broadband", "%", of="all premises")

    codes = [one.indicator for one in nearest_series(measure, bundled_catalogue())]

    assert codes[:2] == ["gigabit-premises", "full-fibre-premises"]


def test_4g_is_not_near_5g() -> None:
    measure = TargetMeasure("area with 5G outdoors", "%")

    codes = [one.indicator for one in nearest_series(measure, bundled_catalogue())]

    assert "5g-area" in codes
    assert not any(code.startswith("4g") for code in codes)


def test_what_nothing_is_published_about_has_no_nearest_series() -> None:
    assert nearest_series(TargetMeasure("zebras striped", "zebras"), CATALOGUE) == ()


def test_money_is_taken_to_the_unit_of_the_target() -> None:
    one = replace(target(1e9), measure=TargetMeasure("gva", "GBP", indicator="output"))

    found = taken(like_for_like(one, held(observations("output", [500.0]))))

    assert found.figures[0].value == 500e6


def test_a_nominal_target_is_never_held_against_a_real_series() -> None:
    measure = TargetMeasure("gva", "GBP", prices="nominal", indicator="volume")

    found = like_for_like(replace(target(1e9), measure=measure), held())

    assert refused(found) == ("the prices are nominal in the target and chained 2022 in the series")


def test_a_real_target_is_not_held_against_prices_of_the_day() -> None:
    measure = TargetMeasure("gva", "GBP", prices="chained 2019", indicator="output")

    found = like_for_like(replace(target(1e9), measure=measure), held())

    assert "chained 2019 in the target and current in the series" in refused(found)


def test_another_unit_is_a_difference() -> None:
    one = target(unit="people")

    assert refused(like_for_like(one, held(WITH_JOBS))) == (
        "the unit is people in the target and jobs in the series"
    )


@pytest.mark.parametrize(
    ("unit", "wanted", "times"),
    [
        ("£ million", "GBP", 1e6),
        ("GBP", "£ billion", 1e-9),
        ("% of premises", "%", 1.0),
        ("percent", "%", 1.0),
        ("Jobs", "jobs", 1.0),
        ("% of area", "% of premises", None),
        ("jobs", "people", None),
        ("£ per head", "GBP", None),
    ],
)
def test_units_are_the_same_or_a_known_number_of_times(
    unit: str, wanted: str, times: float | None
) -> None:
    assert unit_times(unit, wanted) == times


def test_a_place_without_a_figure_has_no_series() -> None:
    assert refused(like_for_like(target(), held())) == f"'jobs' has no figure for {PLACE}"


def test_a_target_without_a_measure_says_so() -> None:
    assert "does not say what is counted" in refused(
        like_for_like(replace(target(), measure=None), held())
    )


def test_a_ratio_is_reckoned_where_both_parts_have_a_figure() -> None:
    firms = observations("firms", [10, None, 8])
    one = target(indicator="per-firm")

    found = taken(like_for_like(one, held(observations("jobs", [100, 104, 120]), firms)))

    assert [(str(x.period), x.value) for x in found.figures] == [("2018", 10), ("2020", 15)]


def series_of(*codes: str) -> TargetMeasure:
    return TargetMeasure("jobs", "jobs", series=codes)


def test_claims_of_the_same_measure_can_be_the_series() -> None:
    one = replace(target(), measure=series_of("b", "a"))
    claims = {"a": claim(100, "2018"), "b": claim(120, "2020", bound="more than")}

    found = taken(like_for_like(one, held(claims=claims)))

    assert [(str(x.period), x.value, x.cites) for x in found.figures] == [
        ("2018", 100, "claim:a"), ("2020", 120, "claim:b"),
    ]  # fmt: skip
    assert "claim b says 'more than' and is read as the number it names" in found.notes
    assert "its figures are claims of documents, not a published series" in found.notes


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"period": None}, "it is of no known period"),
        ({"high": 130.0}, "it is a range"),
        ({"modality": Modality.FORECAST}, "it is a forecast, not what was"),
        ({"place": PlaceNamed("Dudley", "E08000027")}, "its place is E08000027"),
        ({"place": None}, "its place is not said"),
        ({"unit": "people"}, "its unit is people, and the target's is jobs"),
    ],
)
def test_a_claim_of_anything_else_is_refused_by_name(more: dict[str, object], said: str) -> None:
    one = replace(target(), measure=series_of("a"))
    given: dict[str, object] = {"period": "2018", **more}
    period = given.pop("period")
    claims = {"a": claim(100, period, **given)}  # type: ignore[arg-type]

    assert said in refused(like_for_like(one, held(claims=claims)))


def test_two_claims_of_one_period_are_both_named() -> None:
    one = replace(target(), measure=series_of("a", "b"))
    claims = {"a": claim(3000, "2018"), "b": claim(2400, "2018")}

    assert "claim b and claim:a give two values for 2018" in refused(
        like_for_like(one, held(claims=claims))
    )


def test_a_claim_that_is_not_there_is_named() -> None:
    one = replace(target(), measure=series_of("a"))

    assert refused(like_for_like(one, held())) == "claim a is not at hand"
