"""Places: which of those that a text names a figure is about, and which of one name is meant."""

from datetime import date

from placedex.evidence import PlaceNamed
from tests.evidence.passages import claims, only


def codes(text: str, *, place: str = "") -> list[str | None]:
    return [one.place.code if one.place else None for one in claims(text, place=place)]


def test_each_figure_has_the_place_of_its_clause() -> None:
    text = "Take-up is 61% in Leeds, 58% in Bradford and 49% in Wakefield."

    assert codes(text) == ["E08000035", "E08000032", "E08000036"]


def test_an_average_is_of_its_own_place() -> None:
    text = "In Bolton 30% are offline, compared to the UK average of 20%."

    assert codes(text) == ["E08000001", "K02000001"]


def test_a_place_that_a_figure_is_set_against_is_not_its_place() -> None:
    assert codes("Pay in Bolton is £21,000, 8% below the UK average.") == ["E08000001"] * 2


def test_a_part_of_the_whole_country_is_of_the_part() -> None:
    assert codes("Bolton makes 3% of the UK's output.") == ["E08000001"]


def test_a_superlative_places_nothing() -> None:
    assert codes("The UK's largest code school, in Bolton, has 300 pupils.") == ["E08000001"]


def test_a_name_within_a_name_places_nothing() -> None:
    assert codes("Leeds Building Society lent £3m in Bolton.") == ["E08000001"]


def test_the_region_is_what_the_document_speaks_of() -> None:
    assert codes("The region has 300 labs.", place="E12000003") == ["E12000003"]


def test_a_figure_without_a_place_is_of_what_the_text_speaks_of() -> None:
    text = "Digital Bolton\n\nBolton is growing.\n\nThe sector employs 4,000 people."

    assert codes(text) == ["E08000001"]


def test_figures_of_several_places_at_once_are_of_none() -> None:
    text = "It gave £9m to Bolton, Leeds, and Cardiff."

    assert codes(text) == [None]


def test_a_combined_authority_is_meant_where_the_text_speaks_of_its_body() -> None:
    text = "The West Midlands Combined Authority met. The West Midlands has 900 labs."

    assert codes(text) == ["E47000007"]


def test_its_initials_are_its_body() -> None:
    assert codes("The NECA met. The North East has 900 labs.") == ["E47000014"]


def test_the_region_is_meant_where_the_text_speaks_of_regions() -> None:
    text = "Of the nine regions of England, the East Midlands has 900 labs."

    assert codes(text) == ["E12000004"]


def test_an_authority_that_was_not_there_yet_is_not_meant() -> None:
    text = "The region is busy. The East Midlands has 900 labs."

    (claim,) = claims(text, published=date(2011, 5, 1))

    assert claim.place == PlaceNamed("East Midlands", "E12000004")


def test_a_name_that_nothing_decides_keeps_its_choices() -> None:
    place = only("The East Midlands has 900 labs.").place

    assert place is not None
    assert place.code is None
    assert place.ambiguous
    assert {"E12000004", "E47000013"} <= set(place.candidates)


def test_a_county_and_an_authority_of_the_same_districts_are_the_authority() -> None:
    assert codes("Greater Manchester has 900 labs.") == ["E47000001"]


def test_the_city_is_the_one_that_was_named_last() -> None:
    text = "Leeds and Wakefield differ.\n\nSalford is small. The city has 90 labs."

    assert codes(text) == ["E08000006"]
