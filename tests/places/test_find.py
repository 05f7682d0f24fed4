"""A place is a code; a name that could be two places is refused, with the choices."""

from datetime import date

import pytest

from placedex.errors import AmbiguousPlace, UnknownPlace
from placedex.places import Change, Place, Register, bundled_register, renumbered, successor

DAY = date(2025, 4, 1)


def test_a_code_means_its_place() -> None:
    assert bundled_register().find("e08000026").name == "Coventry"


def test_a_name_that_one_place_bears_means_it() -> None:
    register = bundled_register()

    assert register.find("walsall").code == "E08000030"
    assert register.find("Bristol").code == "E06000023"


def test_west_midlands_is_refused_with_its_three_places() -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        bundled_register().find("West Midlands")

    words = str(caught.value)
    for code in ("E12000005", "E47000007", "E11000005"):
        assert code in words
    assert "the combined authority West Midlands" in words


def test_a_misspelt_name_gets_the_nearest() -> None:
    with pytest.raises(UnknownPlace, match=r"Did you mean Wolverhampton \(E08000031\)"):
        bundled_register().find("Wolverhamton")


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownPlace, match="E08000999 is not a place in 'UK 2025'"):
        bundled_register()["E08000999"]


def test_a_code_that_changed_says_what_it_became() -> None:
    register = Register(
        "Test", DAY, (Place("NEW", "Newtown", "district", "Test"),),
        (Change("OLD", "NEW", date(2023, 4, 1)),),
    )  # fmt: skip

    with pytest.raises(UnknownPlace, match=r"It became NEW \(Newtown\)"):
        register["OLD"]


def test_a_change_counts_from_its_day() -> None:
    changes = (Change("A", "B", date(2021, 4, 1)), Change("B", "C", date(2023, 4, 1)))

    assert successor("A", changes, date(2022, 1, 1)) == "B"
    assert successor("A", changes, date(2023, 4, 1)) == "C"


def test_a_merged_place_is_not_a_renumbered_one() -> None:
    """The figures of one of two merged districts are not those of the new one."""
    changes = (
        Change("A", "NEW", DAY), Change("B", "NEW", DAY), Change("OLD", "RENUMBERED", DAY),
    )  # fmt: skip

    assert renumbered(changes, DAY) == {"OLD": "RENUMBERED"}
