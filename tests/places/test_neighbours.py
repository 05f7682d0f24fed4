"""Which places touch: facts that a reader can check on a map."""

from placedex.places import bundled_neighbours, bundled_register

ISLANDS = {
    "E06000046": "Isle of Wight",
    "E06000053": "Isles of Scilly",
    "S12000013": "Na h-Eileanan Siar",
    "S12000023": "Orkney Islands",
    "S12000027": "Shetland Islands",
    "W06000001": "Isle of Anglesey",
}


def names(code: str) -> set[str]:
    return {place.name for place in bundled_neighbours().of(code)}


def test_birmingham_touches_seven_districts() -> None:
    assert names("E08000025") == {
        "Bromsgrove", "Dudley", "Lichfield", "North Warwickshire", "Sandwell", "Solihull",
        "Walsall",
    }  # fmt: skip


def test_six_islands_touch_no_district() -> None:
    districts = [place.code for place in bundled_register().of_kind("district")]

    assert set(bundled_neighbours().islands(districts)) == set(ISLANDS)
    assert names("E06000046") == set()


def test_a_pair_touches_both_ways() -> None:
    neighbours = bundled_neighbours()

    for one, other in neighbours.pairs:
        assert one in {place.code for place in neighbours.of(other)}


def test_a_larger_place_touches_those_of_its_kind() -> None:
    assert names("E12000005") == {"North West", "East Midlands", "South East", "South West"}
    assert names("W92000004") == {"England"}
    assert names("E47000001") == {
        "East Midlands",
        "Lancashire",
        "Liverpool City Region",
        "West Yorkshire",
    }


def test_an_ended_district_has_the_neighbours_of_its_successor() -> None:
    assert names("E08000019") == names("E08000039")
    assert "Barnsley" in names("E08000019")
