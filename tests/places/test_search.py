"""What people type leads to the place that they mean, or to the choices."""

import pytest

from placedex.errors import AmbiguousPlace, UnknownPlace
from placedex.places import Place, Register, bundled_names, bundled_register, find_place
from placedex.places.names import fold, likeness, trigrams
from placedex.places.search import CODE, NAME, NEAR_NAME, OTHER_NAME, Names


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Wolverhamton", "E08000031"), ("Birmngham", "E08000025"), ("Middlesborough", "E06000002"),
        ("Newcastel upon Tyne", "E08000021"), ("Milton Keynse", "E06000042"),
        ("Barnsly", "E08000038"), ("Westmoreland and Furness", "E06000064"),
        ("Gateshed", "E08000037"), ("Hackny", "E09000012"), ("Lecester", "E06000016"),
    ],
)  # fmt: skip
def test_a_name_with_a_typing_error_is_found(words: str, code: str) -> None:
    found = find_place(words)

    assert (found.place.code, found.by) == (code, NEAR_NAME)
    assert 0.8 < found.likeness < 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Caerdydd", "W06000015"), ("Abertawe", "W06000011"), ("Ynys Môn", "W06000001"),
        ("ynys mon", "W06000001"), ("Pen-y-bont ar Ogwr", "W06000013"), ("Sir Fynwy", "W06000021"),
        ("Casnewydd", "W06000022"), ("Wrecsam", "W06000006"), ("Cymru", "W92000004"),
    ],
)  # fmt: skip
def test_a_welsh_name_is_found(words: str, code: str) -> None:
    found = find_place(words)

    assert (found.place.code, found.by) == (code, OTHER_NAME)
    assert bundled_register().find(words).code == code


def test_every_district_of_wales_is_found_by_its_published_welsh_name() -> None:
    for place in bundled_register().of_kind("district"):
        for name in place.also:
            assert find_place(name).place.code == place.code


@pytest.mark.parametrize(
    ("words", "code"),
    [("Shepway", "E07000112"), ("Sheffield City Region", "E47000002"), ("Hull", "E06000010"),
     ("Birmingham City Council", "E08000025"), ("Bristol", "E06000023"),
     ("Edinburgh", "S12000036"), ("Kings Lynn", "E07000146"), ("Bath", "E06000022"),
     ("Stoke", "E06000021"), ("St Helens", "E08000013")],
)  # fmt: skip
def test_a_former_official_or_short_name_is_found(words: str, code: str) -> None:
    assert find_place(words).place.code == code


def test_an_ended_place_says_what_it_became() -> None:
    found = find_place("Allerdale")

    assert found.place.code == "E07000026"
    assert found.now is not None
    assert str(found) == "E07000026 (the district Allerdale, now Cumberland (E06000063))"


def test_a_live_place_comes_before_the_ended_one_of_its_name() -> None:
    assert find_place("Sheffield").place.code == "E08000039"
    assert find_place("Dorset").place.code == "E06000059"


@pytest.mark.parametrize("words", ["West Midlands", "west midland", "WEST  MIDLANDS"])
def test_west_midlands_is_refused_with_its_three_places(words: str) -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        find_place(words)

    said = str(caught.value)
    for choice in (
        "E12000005 (the region West Midlands)",
        "E47000007 (the combined authority West Midlands)",
        "E11000005 (the county West Midlands)",
    ):
        assert choice in said


def test_a_part_of_two_names_is_refused_with_both() -> None:
    with pytest.raises(AmbiguousPlace, match="Newcastle-under-Lyme.*Newcastle upon Tyne"):
        find_place("Newcastle")


@pytest.mark.parametrize("words", ["Xyzzy", "", "   ", "?!"])
def test_a_name_that_is_near_none_is_refused(words: str) -> None:
    with pytest.raises(UnknownPlace, match="No name is near it"):
        find_place(words)


def test_a_code_of_any_register_is_found() -> None:
    assert find_place("e08000025").by == CODE
    assert find_place("E01000001").place.name == "City of London 001A"


def test_a_postcode_without_a_file_of_postcodes_says_what_is_needed() -> None:
    with pytest.raises(UnknownPlace, match="is the postcode B3 3AX.*open_postcodes"):
        find_place("b33ax")


def test_the_nearest_names_come_first_and_each_place_once() -> None:
    found = bundled_names().search("wolverhamton", most=5)

    assert found[0].place.name == "Wolverhampton"
    assert len({one.place.code for one in found}) == len(found)
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


def test_every_place_that_is_alone_in_its_name_is_found_by_it() -> None:
    register = bundled_register()
    names = [fold(place.name) for place in register if place.live(register.day)]

    for place in register:
        if place.live(register.day) and names.count(fold(place.name)) == 1:
            found = find_place(place.name)
            assert (found.place.code, found.by) == (place.code, NAME)


def test_likeness_is_twice_the_shared_trigrams_over_all() -> None:
    """Each has six with its blanks, of which the first and the last are shared."""
    night, nacht = trigrams("night"), trigrams("nacht")

    assert night & nacht == {"  n", "ht "}
    assert likeness(night, nacht) == 2 * 2 / (6 + 6)
    assert likeness(night, night) == 1
    assert likeness(frozenset(), frozenset()) == 0


def test_two_names_that_are_as_near_are_refused() -> None:
    from datetime import date

    day = date(2025, 4, 1)
    places = (
        Place("A", "Northton", "district", "Test"), Place("B", "Northdon", "district", "Test"),
    )  # fmt: skip

    with pytest.raises(AmbiguousPlace, match="A .*B "):
        Names(Register("Test", day, places)).find("Northon")
