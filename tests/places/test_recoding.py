"""A table moved to other places: totals agree, published answers are met, guesses are refused."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placedex.errors import BadUsage, CannotRecode, UnknownPlace
from placedex.places import (
    Change,
    NotMerged,
    Place,
    Register,
    SplitBy,
    Sums,
    Table,
    WeightedMeans,
    bundled_register,
    make_table,
    recode,
)
from placedex.places.changes import BOUNDARY_MOVED, RENUMBERED, SPLIT

DAY = date(2025, 4, 1)
PEOPLE_2018 = {
    "E07000026": 97_527,
    "E07000028": 108_387,
    "E07000029": 68_424,
    "E07000027": 67_137,
    "E07000030": 52_881,
    "E07000031": 104_532,
    "E07000187": 114_881,
    "E07000188": 122_791,
    "E07000189": 167_861,
    "E07000246": 153_866,
    "E08000016": 245_199,
    "E08000019": 582_506,
}
"""Mid-2018 population by district (ONS, mid-year estimates)."""


def register(*changes: Change, codes: str = "ABCDE") -> Register:
    places = tuple(Place(code, f"Place {code}", "district", "Test") for code in codes)
    return Register("Test", DAY, places, changes)


def change(
    old: str, new: str, year: int = 2023, kind: str = "", share: float | None = None
) -> Change:
    return Change(old, new, date(year, 4, 1), kind, share)


def test_people_of_merged_districts_are_the_people_of_the_new_one() -> None:
    done = recode(make_table(PEOPLE_2018), register=bundled_register(), rule=Sums())

    assert done["E06000063"] == 97_527 + 108_387 + 68_424
    assert done["E06000064"] == 67_137 + 52_881 + 104_532
    assert done["E06000066"] == 114_881 + 122_791 + 167_861 + 153_866
    assert done["E08000038"] == 245_199
    assert done.values.sum() == sum(PEOPLE_2018.values())


def test_what_was_done_is_kept_on_each_value() -> None:
    done = recode(make_table(PEOPLE_2018), register=bundled_register(), rule=Sums())

    said = {one.code: str(one) for one in done.how}
    assert said["E06000063"] == "E06000063: sum of E07000026, E07000028, E07000029 (merged)"
    assert said["E08000039"] == "E08000039: carried by sum of E08000019 (boundary moved)"


def test_a_median_of_a_merged_place_is_refused() -> None:
    with pytest.raises(CannotRecode, match="median weekly pay of parts does not give that of"):
        recode(
            make_table({"E07000026": 580, "E07000028": 560, "E07000029": 800}),
            register=bundled_register(),
            rule=NotMerged("median weekly pay"),
        )


def test_a_median_of_a_renumbered_place_is_carried() -> None:
    done = recode(
        make_table({"E08000019": 612.5}),
        register=bundled_register(),
        rule=NotMerged("median weekly pay"),
    )

    assert done["E08000039"] == 612.5


def test_a_split_without_shares_is_refused_and_one_with_shares_is_shared_out() -> None:
    loose = register(change("A", "B", kind=SPLIT), change("A", "C", kind=SPLIT))
    known = register(change("A", "B", share=0.25), change("A", "C", share=0.75))
    table = make_table({"A": 100})

    with pytest.raises(CannotRecode, match=r"A was split \(B, C\), and the shares"):
        recode(table, register=loose, rule=Sums())
    done = recode(table, register=known, rule=Sums())
    assert done.values.tolist() == [25, 75]
    rate = recode(table, register=known, rule=WeightedMeans({"A": 7}, of="people"))
    assert rate.values.tolist() == [100, 100]


HOUSEHOLDS = SplitBy({"B": 30, "C": 10}, of="households in 2021")


def test_a_split_is_shared_out_by_a_stated_weight_of_its_parts() -> None:
    """100 people over 30 and 10 households are 75 and 25; a rate is the same in both parts."""
    areas = register(change("A", "B", kind=SPLIT), change("A", "C", kind=SPLIT))
    table = make_table({"A": 100}, errors=[8])

    people = recode(table, register=areas, rule=Sums(), split_by=HOUSEHOLDS)
    rate = recode(
        table, register=areas, rule=WeightedMeans({"A": 7}, of="people"), split_by=HOUSEHOLDS
    )

    assert people.values.tolist() == [75, 25]
    assert people.errors is not None
    assert people.errors.tolist() == [6, 2]
    assert rate.values.tolist() == [100, 100]
    assert str(people.how[0]) == ("B: sum of 0.75 of A (split), shared out by households in 2021")
    assert (people.how[1].parts[0].share, people.how[1].split) == (0.25, "households in 2021")


def test_a_part_that_merged_later_gets_its_share_of_the_split() -> None:
    """A quarter of A's 100 went to C, and C and D became E: 25 + 8."""
    areas = register(
        change("A", "B", 2021, SPLIT), change("A", "C", 2021, SPLIT),
        change("C", "E"), change("D", "E"),
    )  # fmt: skip

    done = recode(make_table({"A": 100, "D": 8}), register=areas, rule=Sums(), split_by=HOUSEHOLDS)

    assert dict(zip(done.codes, done.values.tolist(), strict=True)) == {"B": 75, "E": 33}
    assert str(done.how[1]) == (
        "E: sum of 0.25 of A, 1 of D (split, merged), shared out by households in 2021"
    )


def test_a_median_of_a_split_place_is_refused_whatever_the_weight() -> None:
    areas = register(change("A", "B", kind=SPLIT), change("A", "C", kind=SPLIT))

    with pytest.raises(CannotRecode, match="median pay of parts does not give that of"):
        recode(
            make_table({"A": 100}),
            register=areas,
            rule=NotMerged("median pay"),
            split_by=HOUSEHOLDS,
        )


def test_a_split_with_a_part_of_no_known_weight_is_refused() -> None:
    areas = register(change("A", "B", kind=SPLIT), change("A", "E", kind=SPLIT))

    with pytest.raises(CannotRecode, match=r"nor is there a weight \(households in 2021\) of each"):
        recode(make_table({"A": 1}), register=areas, rule=Sums(), split_by=HOUSEHOLDS)


def test_a_split_of_which_one_part_alone_is_known_is_refused() -> None:
    areas = register(change("A", "B", kind=SPLIT))

    with pytest.raises(CannotRecode, match=r"A was split \(B and others that are not known\)"):
        recode(make_table({"A": 1}), register=areas, rule=Sums(), split_by=HOUSEHOLDS)


def test_a_part_that_took_in_two_places_needs_a_weight_for_each() -> None:
    """A went to B and C, and D to C alone: C's households are not all of what A lost to it."""
    areas = register(
        change("A", "B", kind=SPLIT), change("A", "C", kind=SPLIT), change("D", "C", kind=SPLIT),
        change("D", "E", kind=SPLIT),
    )  # fmt: skip
    table = make_table({"A": 100, "D": 10})
    both = SplitBy({"B": 30, "E": 8}, of="households", pairs={("A", "C"): 10, ("D", "C"): 2})

    with pytest.raises(CannotRecode, match="A was split"):
        recode(table, register=areas, rule=Sums(), split_by=SplitBy({"B": 30, "C": 12}, of="h"))
    done = recode(table, register=areas, rule=Sums(), split_by=both)

    assert dict(zip(done.codes, done.values.tolist(), strict=True)) == {"B": 75, "C": 27, "E": 8}


def test_a_merged_place_is_moved_back_by_the_weights_of_its_parts() -> None:
    """Cumberland in 2024, shared out as its districts' people were in 2018."""
    weights = SplitBy(PEOPLE_2018, of="people in mid-2018")

    done = recode(
        make_table({"E06000063": 274_338}, day=DAY),
        register=bundled_register(),
        rule=Sums(),
        to=date(2022, 4, 1),
        split_by=weights,
    )

    assert dict(zip(done.codes, done.values.tolist(), strict=True)) == pytest.approx(
        {"E07000026": 97_527, "E07000028": 108_387, "E07000029": 68_424}
    )


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf")])
def test_a_weight_of_a_part_that_is_none_is_refused(weight: float) -> None:
    with pytest.raises(BadUsage, match="Wanted a number from 0 up"):
        SplitBy({"B": weight}, of="households")


def test_weights_of_nothing_are_refused() -> None:
    with pytest.raises(BadUsage, match="Wanted what they are, in words"):
        SplitBy({"B": 1}, of=" ")


@given(
    st.dictionaries(st.sampled_from("BCDE"), st.floats(0.001, 1e6), min_size=4, max_size=4),
    st.floats(-1e6, 1e6),
)
def test_a_split_loses_nothing(weights: dict[str, float], value: float) -> None:
    areas = register(*(change("A", part, kind=SPLIT) for part in "BCDE"))

    done = recode(
        make_table({"A": value}),
        register=areas,
        rule=Sums(),
        split_by=SplitBy(weights, of="people"),
    )

    assert float(done.values.sum()) == pytest.approx(value, rel=1e-9, abs=1e-9)


def test_shares_that_do_not_add_up_are_refused() -> None:
    wrong = register(change("A", "B", share=0.25), change("A", "C", share=0.5))

    with pytest.raises(CannotRecode, match="add up to 0.75"):
        recode(make_table({"A": 100}), register=wrong, rule=Sums())


def test_parts_of_a_split_that_meet_again_need_no_shares() -> None:
    """The combined authority of 2014 was split in 2018 and is whole again since 2024."""
    done = recode(make_table({"E47000005": 1_957_000}), register=bundled_register(), rule=Sums())

    assert done.codes == ("E47000014",)
    assert done["E47000014"] == 1_957_000


def test_a_part_that_the_table_lacks_leaves_the_whole_missing() -> None:
    done = recode(
        make_table({"E07000026": 97_527, "E07000028": 108_387}),
        register=bundled_register(),
        rule=Sums(),
    )

    assert np.isnan(done["E06000063"])
    assert done.how[0].missing == ("E07000029",)


def test_a_missing_part_leaves_the_whole_missing() -> None:
    areas = register(change("A", "C"), change("B", "C"))

    done = recode(make_table({"A": [1, 2], "B": [None, 3]}), register=areas, rule=Sums())

    assert np.isnan(done["C"][0])
    assert done["C"][1] == 5


def test_a_missing_part_of_no_weight_does_not_count() -> None:
    areas = register(change("A", "C"), change("B", "C"))
    rule = WeightedMeans({"A": 10, "B": 0}, of="premises")

    done = recode(make_table({"A": 40, "B": None}), register=areas, rule=rule)

    assert done["C"] == 40


def test_a_table_with_a_place_and_its_own_part_is_refused() -> None:
    with pytest.raises(CannotRecode, match="E06000063 and E07000026, which became part of it"):
        recode(
            make_table({"E06000063": 274_338, "E07000026": 97_527}),
            register=bundled_register(),
            rule=Sums(),
        )


def test_a_code_twice_is_refused() -> None:
    table = Table(("A", "A"), np.array([1.0, 2.0]))

    with pytest.raises(CannotRecode, match="A is there twice"):
        recode(table, register=register(), rule=Sums())


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownPlace, match="X is not a place in 'Test'"):
        recode(make_table({"X": 1}), register=register(), rule=Sums())


def test_a_county_that_ended_without_a_successor_is_refused() -> None:
    with pytest.raises(CannotRecode, match=r"E10000006 \(Cumbria\) ended on 2023-04-01"):
        recode(make_table({"E10000006": 1}), register=bundled_register(), rule=Sums())


@pytest.mark.parametrize(
    ("weights", "words"),
    [({"A": 1}, "B, a part of C, has no weight"), ({"A": 1, "B": -1}, "the weight -1"),
     ({"A": 0, "B": 0}, "add up to 0"), ({"A": 1, "B": float("nan")}, "the weight nan")],
)  # fmt: skip
def test_a_weight_that_is_none_is_refused(weights: dict[str, float], words: str) -> None:
    areas = register(change("A", "C"), change("B", "C"))

    with pytest.raises(CannotRecode, match=words):
        recode(
            make_table({"A": 1, "B": 2}),
            register=areas,
            rule=WeightedMeans(weights, of="people"),
        )


def test_errors_of_independent_parts_add_in_squares() -> None:
    areas = register(change("A", "C"), change("B", "C"))

    done = recode(make_table({"A": 1, "B": 2}, errors=[3, 4]), register=areas, rule=Sums())

    assert done.errors is not None
    assert done.errors.tolist() == [5]


def test_a_table_of_a_later_day_is_moved_back_where_no_place_was_merged() -> None:
    areas = register(change("A", "B", 2025, BOUNDARY_MOVED), change("C", "E"), change("D", "E"))
    table = make_table({"B": 7}, day=DAY)

    assert recode(table, register=areas, rule=Sums(), to=date(2022, 1, 1))["A"] == 7
    with pytest.raises(CannotRecode, match="E was split"):
        recode(make_table({"E": 7}, day=DAY), register=areas, rule=Sums(), to=date(2022, 1, 1))


def test_a_table_is_not_moved_beyond_the_day_that_is_asked_for() -> None:
    done = recode(
        make_table({"E07000190": 5, "E07000191": 6}),
        register=bundled_register(),
        rule=Sums(),
        to=date(2022, 4, 1),
    )

    assert done.codes == ("E07000246",)


def test_a_chain_of_mergers_is_one_merger() -> None:
    done = recode(
        make_table(
            {"E07000187": 1, "E07000188": 2, "E07000189": 3, "E07000190": 4, "E07000191": 5}
        ),
        register=bundled_register(),
        rule=Sums(),
    )

    assert done["E06000066"] == 15
    assert done.how[0].missing == ()


def test_a_place_that_took_another_in_and_kept_its_code_stands_beside_it() -> None:
    places = (Place("B", "Bee", "district", "Test", started=date(1974, 4, 1)),)
    areas = Register("Test", DAY, places, (change("A", "B"),))

    whole = recode(make_table({"A": 1, "B": 2}, day=date(2022, 4, 1)), register=areas, rule=Sums())
    part = recode(make_table({"A": 1}, day=date(2022, 4, 1)), register=areas, rule=Sums())

    assert whole["B"] == 3
    assert np.isnan(part["B"])
    assert part.how[0].missing == ("B",)


def test_a_table_whose_rows_do_not_fit_is_refused() -> None:
    with pytest.raises(BadUsage, match="different numbers of figures"):
        make_table({"A": [1, 2], "B": [1]})
    with pytest.raises(BadUsage, match="Wanted a row for each code"):
        Table(("A", "B"), np.array([1.0]))


@given(
    st.lists(st.integers(0, 10**6), min_size=6, max_size=6),
    st.floats(0, 1),
    st.permutations(range(6)),
)
def test_totals_before_and_after_agree_in_any_order(
    values: list[int], share: float, order: list[int]
) -> None:
    areas = register(
        change("A", "G"), change("B", "G"),
        change("C", "H", share=share), change("C", "G", share=1 - share),
        change("G", "I", 2024), change("D", "I", 2024), change("E", "J", 2024, RENUMBERED),
        codes="FHIJ",
    )  # fmt: skip
    rows = list(zip("ABCDEF", values, strict=True))

    done = recode(make_table(dict(rows[at] for at in order)), register=areas, rule=Sums())

    assert set(done.codes) == set("FHIJ")
    assert float(done.values.sum()) == pytest.approx(sum(values), abs=1e-6)
