"""Postcodes: their spelling, the published files, and the district that each lies in."""

import csv
import gzip
import io
import tarfile
from collections import Counter
from math import isnan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placedex.errors import AmbiguousPlace, BadUsage, UnknownPlace, UnreadableSource
from placedex.places import (
    Postcode,
    PostcodeFinder,
    all_registers,
    bundled_nearest_areas,
    open_postcodes,
    parse_postcode,
    read_boundaries,
)

HEADER = "Postcode,lat,long\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("B3 3AX", "B3 3AX"), ("b33ax", "B3 3AX"), (" b3  3ax ", "B3 3AX"), ("B3", "B3"),
        ("EC1A 1BB", "EC1A 1BB"), ("w1a0ax", "W1A 0AX"), ("M1 1AE", "M1 1AE"),
        ("CR2 6XH", "CR2 6XH"), ("dn551pt", "DN55 1PT"), ("EC1A", "EC1A"), ("BT1 1AA", "BT1 1AA"),
    ],
)  # fmt: skip
def test_a_postcode_is_read_in_any_spelling(text: str, wanted: str) -> None:
    """The forms are those of BS 7666."""
    assert str(parse_postcode(text)) == wanted


@pytest.mark.parametrize(
    "text", ["", "Leeds", "B", "3AX", "B3 3A", "B3 3AC", "E08000025", "B3 AX3"]
)
def test_what_is_no_postcode_is_none(text: str) -> None:
    assert parse_postcode(text) is None


@given(st.from_regex(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True))
def test_blanks_and_capitals_of_a_postcode_mean_nothing(text: str) -> None:
    assert parse_postcode(text.replace(" ", "").lower()) == parse_postcode(text)
    assert str(parse_postcode(text)) == text


@pytest.mark.parametrize(("text", "area"), [("B3 3AX", "B"), ("EC1A 1BB", "EC"), ("W1A", "W")])
def test_the_area_of_a_postcode_is_its_first_letters(text: str, area: str) -> None:
    postcode = parse_postcode(text)

    assert postcode is not None
    assert postcode.area == area


def folder(tmp_path: Path, **areas: str) -> Path:
    for area, rows in areas.items():
        (tmp_path / f"{area}.csv").write_text(HEADER + rows, encoding="utf-8")
    return tmp_path


def test_a_folder_a_file_a_packed_file_and_an_archive_say_the_same(tmp_path: Path) -> None:
    rows = "B3 3AX,52.4799,-1.9051\nB3 3AY,52.48,-1.906\n"
    (tmp_path / "made").mkdir()
    there = folder(tmp_path / "made", B=rows)
    packed = tmp_path / "B.csv.gz"
    packed.write_bytes(gzip.compress((HEADER + rows).encode()))
    archive = tmp_path / "all.tar.gz"
    with tarfile.open(archive, "w:gz") as file:
        file.add(there / "B.csv", arcname="postcodes/B.csv")

    found = [open_postcodes(one).find("b33ax") for one in (there, there / "B.csv", packed, archive)]

    assert {(one.postcode, one.longitude, one.latitude) for one in found} == {
        (Postcode("B3", "3AX"), -1.9051, 52.4799)
    }
    assert open_postcodes(archive).areas() == ("B",)


def test_a_file_that_says_the_district_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("pcds,lat,long,laua\nB3 3AX,52.4799,-1.9051,E08000019\n")
    finder = PostcodeFinder(open_postcodes(path), bundled_nearest_areas(), all_registers())

    assert finder.find("B3 3AX").place.code == "E08000039"


@pytest.mark.parametrize("row", ["GY1 1AA,,0.00000", "GY1 1AA,99.999999,0.0", "GY1 1AA,0,0"])
def test_a_postcode_without_a_place_is_not_at_nought(tmp_path: Path, row: str) -> None:
    """The published files write nothing, 0 or 99.999999 where there is no place on the grid."""
    postcodes = open_postcodes(folder(tmp_path, GY=f"{row}\n"))

    assert isnan(postcodes.all_of("GY")[0].latitude)
    with pytest.raises(UnknownPlace, match="GY1 1AA has no place on the map"):
        postcodes.find("GY1 1AA")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("B3 3AX,52.4\n", "B.csv, row 2: 2 cells. Wanted 3"),
        ("B3 3AX,52.4,-1.9\nBirmingham,1,2\n", "row 3: 'Birmingham'. Wanted a postcode"),
        ("B3 3AX,north,-1.9\n", "row 2: 'north', '-1.9'. Wanted latitude and longitude"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        open_postcodes(folder(tmp_path, B=rows)).find("B3 3AX")


def test_a_header_without_coordinates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "B.csv").write_text("Postcode,ward\nB3 3AX,1\n")

    with pytest.raises(UnreadableSource, match="row 1: the columns are postcode, ward"):
        open_postcodes(tmp_path).find("B3 3AX")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "postcodes.tar.gz"
    path.write_bytes(b"<html>not found</html>")

    with pytest.raises(UnreadableSource, match="is not a tar archive"):
        open_postcodes(path).find("B3 3AX")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="is missing. Wanted a file of postcodes"):
        open_postcodes(tmp_path / "gone.tar.gz")


@pytest.mark.parametrize("text", ["B3 3AZ", "ZZ1 1AA", "Leeds", "B3"])
def test_a_postcode_that_is_not_in_the_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnknownPlace):
        open_postcodes(folder(tmp_path, B="B3 3AX,52.4799,-1.9051\n")).find(text)


def finder(shared: Path) -> PostcodeFinder:
    path = shared / "data" / "geography" / "postcodes" / "Postcodes2LatLon_postcodes.tar.gz"
    return PostcodeFinder(open_postcodes(path), bundled_nearest_areas(), all_registers())


def test_postcodes_of_the_published_list_lead_to_their_districts(shared: Path) -> None:
    look = finder(shared)

    assert look.find("b33ax").place.name == "Birmingham"
    assert look.find("BT1 1AA").place.name == "Belfast"
    assert look.find("ZE1").place.name == "Shetland Islands"
    assert str(look.find("b33ax").words) == "B3 3AX"


def test_an_outward_code_in_two_districts_is_refused_with_both(shared: Path) -> None:
    with pytest.raises(AmbiguousPlace, match=r"Chester \(E06000050.*Flintshire \(W06000005"):
        finder(shared).find("CH1")


def test_ninety_eight_of_a_hundred_postcodes_lie_in_their_district(shared: Path) -> None:
    """Every postcode of the list is in Trafford; the nearest small area says so of most of them."""
    geography = shared / "data" / "geography"
    with gzip.open(geography / "postcodes" / "trafford_postcodes.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    east, north = ([float(row[name]) for row in rows] for name in ("lon", "lat"))

    near = Counter(bundled_nearest_areas().codes_at(east, north))
    shapes = read_boundaries(geography / "uk-topojson" / "topo.json.gz", layers=("ltla",))
    within = Counter(shapes.codes_at(east, north))

    assert near["E08000009"] / len(rows) > 0.98
    assert within["E08000009"] / len(rows) > 0.995


def test_a_point_at_sea_or_nowhere_is_in_no_district() -> None:
    found = bundled_nearest_areas().codes_at([-20.0, float("nan")], [55.0, 52.0])

    assert found == ("", "")


def test_an_archive_is_never_unpacked_beyond_the_file_that_is_asked_for(tmp_path: Path) -> None:
    """A member that climbs out of the archive has no name of an area, and is passed over."""
    archive = tmp_path / "all.tar"
    with tarfile.open(archive, "w") as file:
        content = (HEADER + "B3 3AX,52.4799,-1.9051\n").encode()
        for name in ("../../escaped.csv", "postcodes/B.csv"):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))

    assert open_postcodes(archive).find("B3 3AX").latitude == 52.4799
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.tar"]


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "all.tar.gz"
    with tarfile.open(archive, "w:gz") as file:
        file.add(__file__, arcname="postcodes/B.csv")
    archive.write_bytes(archive.read_bytes()[:700])

    with pytest.raises(UnreadableSource, match="all.tar.gz is"):
        open_postcodes(archive).find("B3 3AX")
