"""Expected beside reported beside official, and what an output cost or why that is not said."""

import pytest

from placedex.ledger import CostPerOutput, NoCost, cost_per_output, expected_and_reported
from tests.ledger.small_ledgers import award, ledger, money, organisation, output, programme


def test_money_and_outputs_stand_in_every_state_that_was_published() -> None:
    made = ledger(
        programme(
            "fund",
            money("a", 10, "announced", head="grant"),
            money("b", 9, "reported", head="grant"),
            output("x", 400, "expected"),
            output("y", 300, "reported"),
            output("z", 250, "official"),
        )
    )

    of_money, of_output = expected_and_reported(made)

    assert {state: said[0].value for state, said in of_money.states.items()} == {
        "announced": 10,
        "reported": 9,
    }
    assert of_money.share == pytest.approx(0.9)
    assert {state: said[0].value for state, said in of_output.states.items()} == {
        "expected": 400,
        "reported": 300,
        "official": 250,
    }
    assert of_output.share == pytest.approx(250 / 400)


def test_two_reports_that_differ_stay_beside_each_other_without_a_share() -> None:
    made = ledger(
        programme(
            "fund",
            output("a", 3000, "expected"),
            output("b", 2400, "reported"),
            output("c", 2600, "reported"),
        )
    )

    (row,) = expected_and_reported(made)

    assert [one.value for one in row.states["reported"]] == [2400, 2600]
    assert row.share is None


def test_outputs_of_other_units_or_places_are_not_held_against_each_other() -> None:
    made = ledger(
        programme(
            "fund",
            output("a", 10, "expected"),
            output("b", 5, "reported", place="E08000030"),
            output("c", 5, "reported", unit="people"),
        )
    )

    rows = expected_and_reported(made, "fund")

    assert [row.share for row in rows] == [None, None, None]


def test_what_one_output_cost_comes_with_its_caveats() -> None:
    made = ledger(
        programme("fund", money("a", 1000, "reported"), output("x", 50, "reported")),
    )

    (cost,) = cost_per_output(made)

    assert isinstance(cost, CostPerOutput)
    assert (cost.low, cost.high, cost.plan) == (20, 20, False)
    said = " ".join(cost.caveats)
    assert "nobody has audited it" in said
    assert "other money" in said
    assert "deadweight" in said


def test_a_plan_is_held_against_a_plan_and_a_range_gives_a_range() -> None:
    made = ledger(
        programme(
            "fund",
            money("a", 1000, "announced", high=1200),
            output("x", 50, "expected", high=100, bound="more than"),
        )
    )

    (cost,) = cost_per_output(made)

    assert isinstance(cost, CostPerOutput)
    assert (cost.low, cost.high, cost.plan, cost.bound) == (10, 24, True, "at most")


@pytest.mark.parametrize(
    ("of_money", "of_output", "bound"),
    [
        ("", "", ""),
        ("around", "around", ""),
        ("", "more than", "at most"),
        ("", "up to", "at least"),
        ("more than", "", "at least"),
        ("up to", "", "at most"),
        ("up to", "more than", "at most"),
        ("more than", "more than", "near"),
    ],
)
def test_a_bound_of_money_or_output_is_one_of_the_cost(
    of_money: str, of_output: str, bound: str
) -> None:
    made = ledger(
        programme(
            "fund",
            money("a", 100, "reported", bound=of_money),
            output("x", 5, "reported", bound=of_output),
        ),
    )

    (cost,) = cost_per_output(made)

    assert isinstance(cost, CostPerOutput)
    assert cost.bound == bound


def test_the_bound_of_a_whole_that_its_parts_make_up_is_one_of_the_cost() -> None:
    made = ledger(
        programme(
            "zone",
            money("all", 55, "expected", bound="more than"),
            money("new", 20, "expected", part_of="all", head="new"),
            money("old", 35, "expected", part_of="all", head="old"),
            output("x", 5, "expected", bound="more than"),
        ),
    )

    (cost,) = cost_per_output(made)

    assert isinstance(cost, CostPerOutput)
    assert (cost.low, cost.bound) == (11, "near")


def test_the_money_of_a_programme_within_counts_with_it() -> None:
    made = ledger(
        programme("fund", money("a", 1000, "reported"), output("x", 50, "official")),
        programme("scheme", money("b", 300, "reported"), part_of="fund"),
    )

    (cost,) = cost_per_output(made)

    assert isinstance(cost, CostPerOutput)
    assert cost.low == 20
    assert set(cost.money) == {"fund/a", "scheme/b"}


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((output("x", 50, "reported"),), "no money of the programme"),
        ((money("a", 9, "announced"), output("x", 5, "reported")), "its money is planned, and the"),
        ((money("a", 9, "reported"), output("x", 5, "expected")), "its money is reported, and the"),
        (
            (
                money("a", 9, "reported", head="a"),
                money("b", 9, "announced", head="b"),
                output("x", 5, "reported"),
            ),
            "some of its money is planned",
        ),
        (
            (
                money("a", 9, "reported", head="a"),
                money("b", 9, "reported", head="b", prices="2022 prices"),
                output("x", 5, "reported"),
            ),
            "several currencies or price bases",
        ),
        ((money("a", 9, "reported"), output("x", 0, "reported")), "nought or less"),
        ((money("a", 9, "reported"), output("x", 5, "reported", unit="percent")), "in percent"),
        ((money("a", 9, "reported"), output("x", 5, "reported", unit="GBP")), "in GBP, and is no"),
        (
            (money("a", 9, "reported"), output("x", 5, "reported"), output("y", 6, "reported")),
            "several values",
        ),
    ],
)
def test_what_cannot_be_held_against_each_other_is_refused(parts: tuple, why: str) -> None:  # type: ignore[type-arg]
    (cost,) = cost_per_output(ledger(programme("fund", *parts)))

    assert isinstance(cost, NoCost)
    assert why in cost.why


def test_an_award_is_a_plan_until_it_is_reported() -> None:
    made = ledger(
        organisation("firm"),
        programme("fund", output("x", 5, "reported")),
        award("one", "firm", 100, "2024-05-01", programme="fund"),
    )

    (cost,) = cost_per_output(made)

    assert isinstance(cost, NoCost)
