"""Small subsidies add up over the years that count, against a limit with its source."""

from datetime import date

import pytest

from placedex.errors import BadUsage
from placedex.ledger import LIMITS, SubsidyCheck, check_subsidy, find_limit
from tests.ledger.small_ledgers import award, ledger, organisation

MFA = find_limit("minimal-financial-assistance")
DAY = date(2025, 6, 1)


def given(*awards: tuple[float, str], on: date = DAY, **more: object) -> SubsidyCheck:
    made = ledger(
        organisation("firm", "Firm Ltd"),
        *(
            award(f"a{number}", "firm", amount, day, subsidy=True)
            for number, (amount, day) in enumerate(awards)
        ),
    )
    return check_subsidy(made, "firm", limit=MFA, on=on, **more)  # type: ignore[arg-type]


def test_the_limit_is_that_of_section_36() -> None:
    assert (MFA.amount, MFA.currency) == (315_000, "GBP")
    assert "section 36" in MFA.source


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2025, 4, 1), date(2023, 4, 1)),
        (date(2025, 3, 31), date(2022, 4, 1)),
        (date(2025, 12, 31), date(2023, 4, 1)),
        (date(2026, 1, 1), date(2023, 4, 1)),
    ],
)
def test_this_financial_year_counts_and_the_two_before(day: date, first: date) -> None:
    assert MFA.window(day) == (first, day)


def test_awards_of_the_first_and_the_last_day_count_and_those_outside_do_not() -> None:
    done = given((1, "2023-03-31"), (10, "2023-04-01"), (100, "2025-06-01"), (1000, "2025-06-02"))

    assert done.given == 110
    assert done.left == 314_890
    assert [why for _, why in done.not_counted] == [
        "it was given before 2023-04-01",
        "it is given after 2025-06-01",
    ]


@pytest.mark.parametrize(
    ("amount", "word", "left"),
    [
        (251_999, "within", 63_001),
        (252_000, "near", 63_000),
        (314_999, "near", 1),
        (315_000, "reached", 0),
        (315_001, "over", 0),
    ],
)
def test_it_warns_from_four_fifths_of_the_limit(amount: float, word: str, left: float) -> None:
    done = given((amount, "2025-05-01"))

    assert (done.word, done.left) == (word, left)


def test_an_enterprise_without_awards_may_be_given_all() -> None:
    assert (given().left, given().word) == (315_000, "within")


def test_those_that_are_part_of_one_body_are_one_enterprise() -> None:
    made = ledger(
        organisation("group"),
        organisation("one", part_of="group"),
        organisation("two", part_of="one"),
        organisation("stranger"),
        award("a", "one", 100_000, "2024-05-01", subsidy=True),
        award("b", "two", 100_000, "2024-05-01", subsidy=True),
        award("c", "stranger", 100_000, "2024-05-01", subsidy=True),
    )

    for code in ("group", "one", "two"):
        done = check_subsidy(made, code, limit=MFA, on=DAY)
        assert (done.given, len(done.one_with)) == (200_000, 2)


def test_awards_that_are_no_subsidies_are_named_and_not_counted() -> None:
    made = ledger(organisation("firm"), award("a", "firm", 100_000, "2024-05-01"))

    done = check_subsidy(made, "firm", limit=MFA, on=DAY)

    assert done.given == 0
    assert done.not_counted[0][1] == "it is not marked as a subsidy"


def test_another_currency_needs_a_rate() -> None:
    made = ledger(
        organisation("firm"),
        award("a", "firm", 100_000, "2024-05-01", subsidy=True, currency="EUR"),
    )

    with pytest.raises(BadUsage, match="'a' is in EUR, and the limit in GBP.*--rate EUR="):
        check_subsidy(made, "firm", limit=MFA, on=DAY)
    assert check_subsidy(made, "firm", limit=MFA, on=DAY, rates={"EUR": 0.85}).given == 85_000


def test_an_award_that_may_fall_outside_is_refused_and_one_that_cannot_counts() -> None:
    inside = award("a", "firm", 5, "", when="2024", subsidy=True)
    across = award("a", "firm", 5, "", when="2023", subsidy=True)

    made = ledger(organisation("firm"), inside)
    assert check_subsidy(made, "firm", limit=MFA, on=DAY).given == 5
    with pytest.raises(BadUsage, match="given in 2023: it may fall before or after"):
        check_subsidy(ledger(organisation("firm"), across), "firm", limit=MFA, on=DAY)


def test_another_regime_counts_any_three_years() -> None:
    """A day after its third birthday an award has left the three years."""
    limit = find_limit("de-minimis-2023")
    made = ledger(
        organisation("firm"),
        award("a", "firm", 200_000, "2024-02-29", currency="EUR", subsidy=True),
    )

    assert check_subsidy(made, "firm", limit=limit, on=date(2027, 2, 27)).left == 100_000
    assert check_subsidy(made, "firm", limit=limit, on=date(2027, 3, 1)).left == 300_000


def test_a_day_on_which_the_limit_did_not_hold_is_said() -> None:
    old = find_limit("de-minimis-2006")
    made = ledger(organisation("firm"))

    done = check_subsidy(made, "firm", limit=old, on=date(2009, 5, 1))
    assert (done.left, done.limit.currency) == (200_000, "EUR")
    assert not any("not on that day" in note for note in done.notes)
    late = check_subsidy(made, "firm", limit=old, on=DAY)
    assert any("from 2007-01-01 to 2013-12-31, not on that day" in note for note in late.notes)


def test_every_limit_has_a_source_and_a_day() -> None:
    assert all(limit.source and limit.read and limit.since for limit in LIMITS)
    assert len({limit.code for limit in LIMITS}) == len(LIMITS)


@pytest.mark.parametrize("words", ["firm", "Firm Ltd", "FIRM LTD", "01234567", "GB-COH-01234567"])
def test_an_enterprise_is_found_by_code_name_or_number(words: str) -> None:
    made = ledger(organisation("firm", "Firm Ltd", identifiers={"GB-COH": "01234567"}))

    assert check_subsidy(made, words, limit=MFA, on=DAY).enterprise.code == "firm"


def test_an_unknown_or_an_ambiguous_enterprise_is_refused() -> None:
    made = ledger(organisation("a", "Firm"), organisation("b", "Firm"))

    with pytest.raises(BadUsage, match="no organisation 'Frim'.*Did you mean Firm"):
        check_subsidy(made, "Frim", limit=MFA, on=DAY)
    with pytest.raises(BadUsage, match="could be a .Firm., b .Firm."):
        check_subsidy(made, "Firm", limit=MFA, on=DAY)
    with pytest.raises(BadUsage, match="There is no limit 'x'. Wanted one of minimal"):
        find_limit("x")
    with pytest.raises(BadUsage, match="share to warn at is 80"):
        check_subsidy(made, "a", limit=MFA, on=DAY, warn_at=80)
