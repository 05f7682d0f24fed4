"""Money: each pound once, and nothing shared out or merged that the ledger does not say."""

from itertools import permutations

import pytest

from placedex.errors import BadUsage
from placedex.ledger import Account, Deflator, Ledger, account
from tests.ledger.small_ledgers import award, ledger, money, organisation, programme


def by(made: Ledger, what: str = "programme") -> dict[str, float]:
    return {row.of: row.amount for row in account(made, by=what).rows}


def total(made: Ledger) -> float:
    (row,) = account(made).totals
    return row.amount


def doubts(done: Account) -> list[str]:
    return [one.kind for one in done.doubts]


def test_the_same_amount_announced_by_two_documents_is_one() -> None:
    made = ledger(
        programme(
            "fund",
            money("first", 10, "announced", payer="treasury"),
            money("second", 10, "announced", payer="treasury"),
        )
    )

    done = account(made, by="programme")

    assert [(row.amount, len(row.pots)) for row in done.rows] == [(10, 1)]
    assert done.counted.pots[0].codes == ("first", "second")
    assert done.doubts == ()


def test_the_furthest_state_counts_and_the_others_stay_beside_it() -> None:
    made = ledger(
        programme(
            "fund",
            money("hoped", 12, "expected", head="grant"),
            money("said", 10, "announced", head="grant"),
            money("spent", 8, "reported", head="grant"),
        )
    )

    done = account(made)

    assert done.totals[0].amount == 8
    assert done.totals[0].by_state == {"reported": 8}
    assert [one.amount for one in done.counted.pots[0].stated] == [8, 10, 12]


def test_two_amounts_in_one_state_are_both_counted_and_doubted() -> None:
    """One deal is told as 1.35 and as 1.3 million: the ledger does not say which is right."""
    made = ledger(
        programme("deal", money("one", 1.35e6, "announced"), money("other", 1.3e6, "announced"))
    )

    done = account(made)

    assert done.totals[0].amount == 2.65e6
    assert doubts(done) == ["same money"]
    assert "1,350,000 and 1,300,000 GBP, both announced" in str(done.doubts[0])


@pytest.mark.parametrize(
    "differing", [{"head": "match"}, {"year": "2024"}, {"payer": "b"}, {"place": "E08000030"}]
)
def test_money_that_differs_in_what_tells_it_apart_is_two(differing: dict[str, str]) -> None:
    told = {"head": "grant", "year": "2023", "payer": "a", "place": "E08000025"}
    made = ledger(programme("fund", money("one", 5, **told), money("two", 5, **told | differing)))

    assert total(made) == 10


def test_a_sum_that_may_be_one_of_two_is_not_merged_with_either() -> None:
    made = ledger(
        programme(
            "fund",
            money("a", 5, "announced", year="2023"),
            money("b", 5, "announced", year="2024"),
            money("c", 5, "reported"),
        )
    )

    done = account(made)

    assert done.totals[0].amount == 15
    assert doubts(done) == ["same money"]
    assert done.doubts[0].pots[0] == "fund/c"


def test_a_part_counts_within_its_whole_and_with_its_own_place() -> None:
    made = ledger(
        programme(
            "zone",
            money("all", 160, payer="treasury"),
            money("coventry", 60, part_of="all", place="E08000026", head="site"),
            money("walsall", 30, part_of="all", place="E08000030", head="site"),
            places=("E08000026", "E08000030"),
        )
    )

    assert by(made, "place") == {"E08000026": 60, "E08000030": 30, "not shared out": 70}
    assert total(made) == 160


def test_money_of_a_programme_within_another_is_not_added_twice() -> None:
    made = ledger(
        programme("strategy", money("all", 100)),
        programme("fund", money("some", 30), part_of="strategy"),
        programme("scheme", money("little", 5), part_of="fund"),
    )

    assert by(made) == {"strategy": 70, "fund": 25, "scheme": 5}
    assert total(made) == 100


def test_money_within_a_programme_without_money_is_looked_for_further_out() -> None:
    made = ledger(
        programme("strategy", money("all", 100)),
        programme("group", part_of="strategy"),
        programme("scheme", money("little", 5), part_of="group"),
    )

    assert by(made) == {"strategy": 95, "scheme": 5}


def test_money_for_another_head_or_by_another_payer_is_no_part() -> None:
    made = ledger(
        programme("zone", money("grant", 160, head="grant", payer="treasury")),
        programme("site", money("private", 300, head="private investment"), part_of="zone"),
        programme("hub", money("own", 40, payer="council"), part_of="zone"),
    )

    assert total(made) == 500


def test_a_part_of_one_of_two_wholes_is_not_added_and_doubted() -> None:
    made = ledger(
        programme("strategy", money("a", 100, year="2023"), money("b", 50, year="2024")),
        programme("fund", money("some", 30), part_of="strategy"),
    )

    done = account(made)

    assert done.totals[0].amount == 150
    assert doubts(done) == ["which whole"]


def test_parts_that_exceed_their_whole_count_in_its_stead() -> None:
    made = ledger(
        programme(
            "fund",
            money("all", 100),
            money("a", 70, part_of="all", head="a"),
            money("b", 50, part_of="all", head="b"),
        )
    )

    done = account(made, by="head")

    assert {row.of: row.amount for row in done.rows} == {"a": 70, "b": 50}
    assert "come to 120 GBP, and it to 100" in str(done.doubts[0])


def test_an_award_counts_within_its_programme() -> None:
    made = ledger(
        organisation("firm"),
        programme("fund", money("all", 100, head="grant")),
        award("one", "firm", 20, "2024-05-01", programme="fund", place="E08000030"),
        award("two", "firm", 7, "2024-06-01"),
    )

    assert by(made) == {"fund": 100, "no programme": 7}
    assert by(made, "place") == {"E08000030": 20, "no place": 87}


def test_what_looks_like_one_and_is_not_linked_is_said() -> None:
    made = ledger(
        programme("fund", money("a", 9e6, payer="treasury", year="2023")),
        programme("scheme", money("b", 9e6, payer="treasury", year="2023-04/P1Y")),
        programme("other", money("c", 9e6, payer="treasury", year="2025")),
    )

    done = account(made)

    assert done.totals[0].amount == 27e6
    assert [one.pots for one in done.doubts] == [("fund/a", "scheme/b")]
    assert "may be the same money: both are 9,000,000 GBP of treasury" in str(done.doubts[0])


def test_a_part_and_its_whole_of_one_amount_are_in_no_doubt() -> None:
    made = ledger(
        programme("fund", money("a", 9, payer="treasury")),
        programme("scheme", money("b", 9, payer="treasury", part_of="a")),
    )

    done = account(made)

    assert (done.totals[0].amount, done.doubts) == (9, ())


def test_several_places_and_themes_stay_together() -> None:
    made = ledger(
        programme(
            "fund",
            money("all", 40),
            places=("E08000025", "E08000030"),
            themes=("skills", "devices"),
        ),
        programme("small", money("all", 2), places=("E08000030",), themes=("skills",)),
        programme("nowhere", money("all", 1)),
    )

    assert by(made, "place") == {"E08000030": 2, "no place": 1, "not shared out": 40}
    assert by(made, "theme") == {"skills": 2, "no theme": 1, "not shared out": 40}


def test_currencies_and_price_bases_are_never_added() -> None:
    made = ledger(
        programme(
            "fund",
            money("a", 1, head="a"),
            money("b", 2, head="b", currency="EUR"),
            money("c", 4, head="c", prices="2022 prices"),
        )
    )

    rows = {(row.currency, row.prices): row.amount for row in account(made).totals}

    assert rows == {("GBP", "nominal"): 1, ("EUR", "nominal"): 2, ("GBP", "2022 prices"): 4}


def test_a_part_in_another_currency_is_not_taken_off_and_it_is_said() -> None:
    made = ledger(
        programme("fund", money("all", 100), money("some", 30, part_of="all", currency="EUR"))
    )

    done = account(made)

    assert [(row.currency, row.amount) for row in done.totals] == [("GBP", 100)]
    assert doubts(done) == ["other currency"]


def test_a_part_of_a_part_of_the_same_amount_counts_once() -> None:
    made = ledger(
        programme(
            "fund",
            money("all", 100),
            money("half", 100, part_of="all"),
            money("quarter", 100, part_of="half"),
        )
    )

    assert total(made) == 100


def test_money_around_that_is_said_to_be_part_of_money_within_counts_once() -> None:
    made = ledger(
        programme("strategy", money("all", 100, part_of="some")),
        programme("fund", money("some", 130), part_of="strategy"),
    )

    assert by(made) == {"fund": 30, "strategy": 100}


def test_the_upper_ends_of_ranges_are_added_beside() -> None:
    made = ledger(
        programme("fund", money("a", 10, head="a", high=15), money("b", 1, head="b")),
    )

    (row,) = account(made).totals

    assert (row.amount, row.high) == (11, 16)


def test_the_order_of_the_entries_is_nothing() -> None:
    listed = (
        programme("strategy", money("all", 100, payer="t")),
        programme("fund", money("some", 30), part_of="strategy"),
        programme("scheme", money("x", 5), money("y", 4, "reported"), part_of="fund"),
    )

    found = {tuple(sorted(by(ledger(*order)).items())) for order in permutations(listed)}

    assert len(found) == 1
    assert dict(next(iter(found))) == {"strategy": 70, "fund": 26, "scheme": 4}


@pytest.mark.parametrize("what", ["place", "theme", "year", "head", "programme"])
def test_the_rows_add_up_to_the_total_by_whatever(what: str) -> None:
    made = ledger(
        organisation("firm"),
        programme("strategy", money("all", 100), places=("E08000025", "E08000030")),
        programme("fund", money("some", 30, year="2023"), part_of="strategy", themes=("skills",)),
        award("one", "firm", 20, "2024-05-01", programme="fund", place="E08000030"),
    )

    assert sum(by(made, what).values()) == pytest.approx(100)


LEVELS = Deflator("gva-deflator", "K02000001", {2020: 80.0, 2021: 90.0, 2022: 100.0})


def at_2022(**more: str) -> tuple[str, float, str]:
    made = ledger(programme("fund", money("a", 80, **more)))
    (row,) = account(made, base=2022, deflator=LEVELS).totals
    return row.prices, row.amount, row.why


def test_eighty_pounds_of_2020_are_a_hundred_of_2022() -> None:
    assert at_2022(year="2020") == ("2022 prices", 100, "")
    assert at_2022(year="2020-06") == ("2022 prices", 100, "")
    assert at_2022(prices="2020 prices") == ("2022 prices", 100, "")


def test_a_financial_year_is_deflated_by_the_months_of_its_two_years() -> None:
    """Nine months at 80 and three at 90 are 82.5 on average."""
    prices, amount, _ = at_2022(year="2020-04/P1Y")

    assert prices == "2022 prices"
    assert amount == pytest.approx(80 * 100 / 82.5)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "it has no year"),
        ({"year": "2019"}, "no figure for 2019"),
        ({"year": "2020-01/P2Y"}, "which year of 2020 to 2021 is not said"),
        ({"prices": "2019 prices"}, "no figure for 2019"),
        ({"prices": "constant prices"}, "'constant prices', are not those of a year"),
        ({"year": "2020", "currency": "EUR"}, "the deflator is of pounds"),
    ],
)
def test_what_cannot_be_deflated_stands_apart_with_the_reason(
    more: dict[str, str], why: str
) -> None:
    prices, amount, said = at_2022(**more)

    assert why in said
    assert amount == 80
    assert prices == more.get("prices", "nominal")


def test_a_base_year_that_the_deflator_lacks_is_refused() -> None:
    made = ledger(programme("fund", money("a", 80, year="2020")))

    with pytest.raises(BadUsage, match="no figure for 2030. Wanted a year that it has, of 2020 to"):
        account(made, base=2030, deflator=LEVELS)
