"""`placedex show` finds a place by whatever is typed, and says where it stands among others."""

from pathlib import Path

import pytest

from tests.conftest import Run

SQUARES = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "E08000025", "name": "Birmingham"}, "geometry":
 {"type": "Polygon", "coordinates": [[[-2, 52], [-1, 52], [-1, 53], [-2, 53], [-2, 52]]]}},
{"type": "Feature", "properties": {"code": "E08000031", "name": "Wolverhampton"}, "geometry":
 {"type": "Polygon", "coordinates": [[[-3, 52], [-2, 52], [-2, 53], [-3, 53], [-3, 52]]]}}
]}"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Wolverhamton", "Wolverhampton (E08000031): district"),
        ("Caerdydd", "Cardiff (W06000015): district"),
        ("Shepway", "Folkestone and Hythe (E07000112): district"),
        ("Allerdale", "ended on 2023-04-01; now Cumberland: placedex show E06000063"),
        ("e01033916", "Barnet 042B (E01033916): LSOA, in Barnet 042 (MSOA), Barnet (district)"),
        ("E02001259", "holds, LSOA (7): Trafford 001A (E01006109)"),
        ("TLG31", "Birmingham (TLG31): ITL 3, in West Midlands (ITL 2), West Midlands (ITL 1)"),
        ("S01006506", "data zone, in Culter (MSOA), Aberdeen City (district), Scotland (nation)"),
    ],
)
def test_a_place_is_found_by_whatever_is_typed(
    run: Run, built: Path, words: str, said: str
) -> None:
    done = run("show", words, "--workspace", built)

    assert done.returncode == 0, done.stderr
    assert said in " ".join(done.stdout.split())


def test_an_ambiguous_name_is_refused_with_its_choices(run: Run, built: Path) -> None:
    done = run("show", "West Midlands", "--workspace", built)

    assert done.returncode == 2
    for choice in ("the county", "the region", "the combined authority"):
        assert f"({choice} West Midlands)" in done.stderr


def test_a_place_is_shown_among_its_kin(run: Run, built: Path) -> None:
    region = " ".join(run("show", "E12000005", "--workspace", built).stdout.split())
    city = " ".join(run("show", "Birmingham", "--workspace", built).stdout.split())

    assert "holds, district (30): Herefordshire" in region
    assert "beside: North West (E12000002), East Midlands (E12000004)" in region
    assert "holds 659 of the kind LSOA (small areas 2021)" in city
    assert "beside: Lichfield (E07000194), North Warwickshire (E07000218)" in city
    assert "most like it, of the kind district, on 11 indicators of local-digital-index" in city
    assert "Wolverhampton 1.47 both high in Business births" in city


def test_a_small_area_without_figures_leads_to_its_district(run: Run, built: Path) -> None:
    done = run("show", "E01033916", "--workspace", built)

    assert "No figure of this place is in the workspace." in done.stdout
    assert "placedex show E09000003" in done.stdout


def test_a_postcode_without_a_list_says_which_file_and_where(run: Run, built: Path) -> None:
    done = run("show", "B3 3AX", "--workspace", built)

    assert done.returncode == 2
    assert "a CSV with the columns pcds (or postcode), lat and long" in done.stderr
    assert f"Put it at {built / 'places' / 'postcodes.csv'}" in done.stderr
    assert "--postcodes FILE" in done.stderr


@pytest.mark.parametrize("named", [True, False])
def test_a_postcode_leads_to_its_district(
    run: Run, built: Path, tmp_path: Path, named: bool
) -> None:
    """By a list that is named, or that lies in the workspace's folder `places`."""
    workspace = tmp_path / "mine"
    workspace.symlink_to(built) if named else _borrow(built, workspace)
    path = tmp_path / "list.csv" if named else workspace / "places" / "postcodes.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("pcds,lat,long\nB3 3AX,52.4799,-1.9051\n")
    named_words = ("--postcodes", path) if named else ()

    done = run("show", "b33ax", "--workspace", workspace, *named_words)

    assert "Birmingham (E08000025): district" in done.stdout
    assert "found by the postcode B3 3AX, which lies in it" in done.stdout


def test_boundaries_in_the_workspace_say_who_is_beside_whom(
    run: Run, built: Path, tmp_path: Path
) -> None:
    """In this file Birmingham and Wolverhampton touch, and a postcode at 52.5, -2.5 is in it."""
    workspace = tmp_path / "mine"
    _borrow(built, workspace)
    (workspace / "places").mkdir()
    (workspace / "places" / "boundaries.geojson").write_text(SQUARES)
    (workspace / "places" / "postcodes.csv").write_text("pcds,lat,long\nB3 3AX,52.5,-2.5\n")

    city = run("show", "Birmingham", "--workspace", workspace)
    postcode = run("show", "B3 3AX", "--workspace", workspace)

    assert "beside: Wolverhampton (E08000031)\n" in city.stdout
    assert "Wolverhampton (E08000031): district" in postcode.stdout


def test_a_file_of_boundaries_that_is_missing_or_none_is_refused(
    run: Run, built: Path, tmp_path: Path
) -> None:
    (tmp_path / "words.json").write_text("boundaries")
    gone = run("show", "Walsall", "--workspace", built, "--boundaries", tmp_path / "gone.json")
    words = run("show", "Walsall", "--workspace", built, "--boundaries", tmp_path / "words.json")

    assert (gone.returncode, words.returncode) == (2, 1)
    assert "gone.json is missing. Wanted a file of boundaries" in gone.stderr
    assert "words.json is neither JSON nor a GeoPackage" in words.stderr


def _borrow(built: Path, workspace: Path) -> None:
    """A workspace with the contents of another, to which files can be added."""
    workspace.mkdir()
    for path in built.iterdir():
        (workspace / path.name).symlink_to(path)
