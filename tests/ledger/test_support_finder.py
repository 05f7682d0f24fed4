"""The support finder: what fits, why, why not the others, until when, whom to ask."""

from datetime import date
from typing import Any

import pytest

from placedex.errors import BadQuestion
from placedex.ledger import Answer, Firm, SupportOffer, find_support, make_firm
from placedex.ledger.support_finder import to_rows
from placedex.places import Place, Register
from tests.ledger.small_ledgers import ledger, offer, organisation, programme

REGISTER = Register(
    "made up",
    date(2025, 4, 1),
    (
        Place("R1", "Midlands", "region", "made up"),
        Place("C1", "Authority", "combined authority", "made up", ("R1",)),
        Place("D1", "Walsall", "district", "made up", ("C1",)),
        Place("D2", "Elsewhere", "district", "made up"),
    ),
)
DAY = date(2025, 6, 1)


def firm(place: str = "D1", **more: Any) -> Firm:
    return make_firm(REGISTER[place], **more)


def answer(one: SupportOffer, who: Firm, *more: object) -> Answer:
    made = ledger(organisation("hub", "Growth Hub"), one, *more)  # type: ignore[arg-type]
    (found,) = find_support(made, who, on=DAY, register=REGISTER)
    return found


def test_an_offer_without_rules_fits_every_firm() -> None:
    found = answer(offer("a", "advice"), firm())

    assert found.fits
    assert found.met == ("It is for firms everywhere",)
    assert (found.by, found.ask) == ("Growth Hub", "Growth Hub")


@pytest.mark.parametrize("place", ["D1", "C1", "R1"])
def test_a_firm_is_in_every_place_that_holds_its_own(place: str) -> None:
    assert answer(offer("a", places=(place,)), firm()).fits


def test_the_place_around_the_firm_is_named() -> None:
    found = answer(offer("a", places=("R1",)), firm())

    assert found.met == ("It is for firms in Midlands (region), which holds Walsall",)


def test_an_offer_of_another_place_does_not_fit_and_one_within_may() -> None:
    elsewhere = answer(offer("a", places=("D2",)), firm())
    within = answer(offer("a", places=("D1",)), firm("R1"))

    assert not elsewhere.fits
    assert elsewhere.not_met == "It is for firms in Elsewhere, not in Walsall"
    assert within.fits
    assert within.ask_first == ("It is for firms in Walsall",)


@pytest.mark.parametrize(
    ("rules", "who", "why_not"),
    [
        ({"sizes": ("micro", "small")}, {"size": "large"}, "It is for micro or small firms"),
        ({"least_age": 1}, {"age": 0.5}, "at least 1 year old"),
        ({"most_age": 3}, {"age": 4}, "at most 3 years old"),
        ({"industries": ("62", "63.1")}, {"industry": "25110"}, "industries 62 or 63.1, not 25110"),
        ({"comes_from": "abroad"}, {"comes_from": "inland"}, "that come from abroad"),
    ],
)
def test_each_rule_can_speak_against_a_firm(
    rules: dict[str, Any], who: dict[str, Any], why_not: str
) -> None:
    found = answer(offer("a", **rules), firm(**who))

    assert not found.fits
    assert why_not in found.not_met


@pytest.mark.parametrize(
    ("rules", "who"),
    [
        ({"sizes": ("micro",)}, {"size": "9"}),
        ({"sizes": ("small",)}, {"size": "10"}),
        ({"sizes": ("large",)}, {"size": "250"}),
        ({"least_age": 1}, {"age": 1}),
        ({"most_age": 3}, {"age": 3}),
        ({"industries": ("62", "63.1")}, {"industry": "63.11"}),
        ({"comes_from": "abroad"}, {"comes_from": "abroad"}),
    ],
)
def test_each_rule_is_named_where_it_is_met(rules: dict[str, Any], who: dict[str, Any]) -> None:
    found = answer(offer("a", **rules), firm(**who))

    assert found.fits
    assert len(found.met) == 2
    assert found.ask_first == ()


def test_a_rule_about_which_nothing_is_known_is_to_be_asked() -> None:
    found = answer(offer("a", sizes=("micro",), most_age=3, industries=("62012",)), firm())

    assert found.fits
    assert len(found.ask_first) == 3


def test_an_industry_that_is_told_too_roughly_is_to_be_asked() -> None:
    found = answer(offer("a", industries=("62012",)), firm(industry="62"))

    assert found.fits
    assert found.ask_first == ("It is for firms of the industries 62012",)


def test_the_first_rule_that_is_not_met_is_the_reason() -> None:
    found = answer(offer("a", "skills", sizes=("micro",)), firm(need="export", size="large"))

    assert found.not_met == "It is for skills, not for export"


@pytest.mark.parametrize(
    ("dates", "fits", "said"),
    [
        ({"closes": "2025-05-31"}, False, "It is over: it ended on 31 May 2025"),
        ({"closes": "2025-06-01"}, True, "Until 1 June 2025"),
        ({"closes": "2025"}, True, "Until the end of 2025"),
        ({"opens": "2025-06-02"}, False, "It is not open yet: it opens on 2 June 2025"),
        ({"opens": "2025-06-01"}, True, ""),
        ({}, True, ""),
    ],
)
def test_offers_that_ended_or_are_not_open_yet_are_said_to(
    dates: dict[str, str], fits: bool, said: str
) -> None:
    found = answer(offer("a", **dates), firm())

    assert (found.fits, found.until) == (fits, said)
    assert found.not_met == ("" if fits else said)


def test_an_offer_without_an_end_ends_with_its_programme() -> None:
    found = answer(offer("a", programme="fund"), firm(), programme("fund", ends="2024"))

    assert not found.fits
    assert found.not_met == "It is over: its programme ended in 2024"


def test_those_that_fit_come_first_then_those_that_are_only_closed() -> None:
    made = ledger(
        organisation("hub"),
        offer("a", sizes=("large",)),
        offer("b", closes="2020"),
        offer("c"),
    )

    found = find_support(made, firm(size="micro"), on=DAY, register=REGISTER)

    assert [one.offer.code for one in found] == ["c", "b", "a"]
    assert [row["fits"] for row in to_rows(found)] == [True, False, False]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"size": "huge"}, "'huge' is no size. Wanted one of micro"),
        ({"need": "money"}, "'money' is no need. Wanted one of skills"),
        ({"age": -1}, "The age is -1"),
        ({"age": float("nan")}, "The age is nan"),
        ({"industry": "software"}, "'software' is no industry"),
        ({"comes_from": "Mars"}, "'mars' is no origin"),
    ],
)
def test_words_that_mean_nothing_are_refused(words: dict[str, Any], said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        firm(**words)
