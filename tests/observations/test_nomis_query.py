"""Queries of Nomis: cut so that each request has no more cells than are given at once."""

from collections import Counter
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from placedex.errors import BadUsage
from placedex.observations.sources import Described, bundled_sources
from placedex.observations.sources.nomis_query import LONGEST, Query, expand, pages, requests
from placedex.store.fetch import Address


def cells(address: Address) -> list[tuple[str, ...]]:
    """Every cell that a request asks for, counted from its address alone."""
    pairs = dict(parse_qsl(urlsplit(address.url).query))
    return list(product(*(codes.split(",") for name, codes in pairs.items() if name != "select")))


def wanted(places: int, industries: int, dates: int = 1) -> Query:
    return Query(
        "NM_189_1",
        "jobs",
        (
            ("geography", tuple(f"E0{number:07d}" for number in range(places))),
            ("industry", (f"1...{industries}",)),
            ("date", tuple(str(2000 + number) for number in range(dates))),
        ),
    )


def test_a_small_query_is_one_request() -> None:
    [one] = requests(wanted(2, 3))

    assert one.file == "nomis/NM_189_1-jobs.csv"
    assert one.url == (
        "https://www.nomisweb.co.uk/api/v01/dataset/NM_189_1.data.csv"
        "?geography=E00000000,E00000001&industry=1,2,3&date=2000"
    )


def test_no_request_of_a_large_query_asks_for_more_than_the_limit() -> None:
    """All districts by 729 industries of nine years: 2.4 million cells."""
    found = requests(wanted(361, 729, 9))

    assert max(len(cells(one)) for one in found) <= 25_000
    assert sum(len(cells(one)) for one in found) == 361 * 729 * 9
    assert max(len(urlsplit(one.url).query) for one in found) <= LONGEST
    assert len({one.file for one in found}) == len(found)


@given(
    places=some.integers(1, 30),
    industries=some.integers(1, 30),
    dates=some.integers(1, 5),
    most=some.integers(1, 400),
)
def test_every_cell_is_in_one_request_and_none_is_larger_than_the_limit(
    places: int, industries: int, dates: int, most: int
) -> None:
    found = requests(wanted(places, industries, dates), most=most)

    counted = Counter(cell for one in found for cell in cells(one))
    assert len(counted) == places * industries * dates
    assert set(counted.values()) == {1}
    assert all(len(cells(one)) <= most for one in found)


def test_pages_begin_where_the_last_one_ended() -> None:
    found = pages(wanted(1, 1), rows=60_000)

    assert [one.file for one in found] == [
        "nomis/NM_189_1-jobs.csv",
        "nomis/NM_189_1-jobs-from-25000.csv",
        "nomis/NM_189_1-jobs-from-50000.csv",
    ]
    assert [one.url.partition("recordoffset=")[2] for one in found] == ["", "25000", "50000"]
    assert len(pages(wanted(1, 1), rows=50_000)) == 2
    assert len(pages(wanted(1, 1), rows=0)) == 1


def test_ranges_are_counted_code_by_code() -> None:
    assert expand(("3...5", "9", "5")) == ("3", "4", "5", "9")


@pytest.mark.parametrize("code", ["TYPE464", "latest", "latestMINUS5-latest"])
def test_codes_that_cannot_be_counted_are_refused(code: str) -> None:
    with pytest.raises(BadUsage, match=f"'{code}' stands for nobody knows how many"):
        requests(Query("NM_1_1", "x", (("geography", (code,)),)))


@pytest.mark.parametrize(
    ("query", "most", "words"),
    [
        (Query("NM_1_1", "x", (("geography", ()),)), 5, "the dimension 'geography' has no codes"),
        (wanted(1, 1), 0, "0 cells are no request"),
        (
            Query("NM_1_1", "x", (("date", ("2022",)),), select=("obs_value",) * 500),
            5,
            "longer than a server takes",
        ),
    ],
)
def test_a_query_that_cannot_be_cut_is_refused(query: Query, most: int, words: str) -> None:
    with pytest.raises(BadUsage, match=f"(?i){words}"):
        requests(query, most=most)


def test_what_the_source_asks_for_is_within_the_limit_and_read_by_its_own_layout() -> None:
    source = next(one for one in bundled_sources() if one.code == "nomis")
    assert isinstance(source, Described)

    assert {one.name.split("-")[0] for one in source.addresses} == {
        "NM_189_1",
        "NM_142_1",
        "NM_141_1",
    }
    assert all(len(cells(one)) <= 25_000 for one in source.addresses)
    assert all(
        any(one.name.startswith(form.partition("*")[0]) for table in source.layout.each()
            for form in table.files)
        for one in source.addresses
    )  # fmt: skip
