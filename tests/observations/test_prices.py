"""Deflating: a place's figures over its own deflator are those at the prices of one year."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from placedex.errors import BadUsage
from placedex.observations import (
    Observation,
    Origin,
    Status,
    bundled_catalogue,
    deflate,
    parse_period,
)
from placedex.store import connect_memory

ORIGIN = Origin("a", "P", "T", "E", "u", "L")
CATALOGUE = bundled_catalogue()
DEFLATOR = {"2020": 80.0, "2021": 90.0, "2022": 100.0}


def one(code: str, period: str, value: float | None, part: str = "") -> Observation:
    status = Status.SUPPRESSED if value is None else Status.PUBLISHED
    return Observation(
        "E08000025", code, parse_period(period), value, None, None, status, ORIGIN, part
    )


def series(code: str, values: Mapping[str, float | None]) -> list[Observation]:
    return [one(code, period, value) for period, value in values.items()]


def test_a_figure_is_divided_by_the_deflator_of_its_own_year() -> None:
    """40 at prices of which 80 buy what 100 buy in 2022 is 50."""
    current = series("gva", {"2020": 40, "2022": 60})

    found = deflate(current, series("gva-deflator", DEFLATOR), catalogue=CATALOGUE)

    assert [x.value for x in found.series] == [50, 60]
    assert {x.status for x in found.series} == {Status.DERIVED}
    assert (found.prices, found.deflator) == ("deflated 2022", "gva-deflator")


def test_the_base_year_keeps_its_figure_whatever_it_is() -> None:
    current = series("gva", {"2020": 40, "2021": 45, "2022": 60})

    for number, year in enumerate(DEFLATOR):
        found = deflate(
            current, series("gva-deflator", DEFLATOR),
            catalogue=CATALOGUE, base=parse_period(year),
        )  # fmt: skip
        assert found.series[number].value == pytest.approx(current[number].value)


def test_an_interval_is_deflated_with_its_value() -> None:
    current = [replace(one("gva", "2020", 40), low=32.0, high=48.0)]

    [found] = deflate(current, series("gva-deflator", DEFLATOR), catalogue=CATALOGUE).series

    assert (found.low, found.high) == (40, 60)


def test_what_is_missing_stays_missing_and_a_year_without_deflator_becomes_so() -> None:
    current = series("gva", {"2019": 40, "2020": None, "2022": 60})

    found = deflate(current, series("gva-deflator", DEFLATOR), catalogue=CATALOGUE).series

    assert [(x.value, x.status) for x in found] == [
        (None, Status.NOT_COLLECTED),
        (None, Status.SUPPRESSED),
        (60, Status.DERIVED),
    ]


@pytest.mark.parametrize(
    ("current", "deflator", "words"),
    [
        (series("gva", {"2020": 40}), [], "There is no deflator for 'gva' of E08000025"),
        ([], series("gva-deflator", DEFLATOR), "There is no figure to deflate"),
        (series("gva-constant", {"2020": 40}), series("gva-deflator", DEFLATOR),
         "prices of 'gva-constant' are 'chained'. Wanted 'current'"),
        (series("gva", {"2020": 40}), series("gva-volume-index", DEFLATOR),
         "prices of 'gva-volume-index' are 'chained'. Wanted 'deflator'"),
        (series("gva", {"2020-04/P1Y": 40}), series("gva-deflator", DEFLATOR),
         "periods are of several kinds: year, year from April"),
        (series("gva", {"2020": 40}), [one("gva-deflator", "2020", 100, "J")],
         "The deflator is of E08000025, J. Wanted that of E08000025, the whole"),
        (series("gva", {"2020": 40}), series("gva-deflator", {"2020": 99.0}),
         "is 100 in 0 periods"),
        (series("gva", {"2019": 40}), series("gva-deflator", DEFLATOR),
         "no figure for any period of 'gva'"),
    ],
)  # fmt: skip
def test_what_cannot_be_deflated_is_refused(
    current: list[Observation], deflator: list[Observation], words: str
) -> None:
    with pytest.raises(BadUsage) as caught:
        deflate(current, deflator, catalogue=CATALOGUE)

    assert words in str(caught.value)


def test_gva_over_its_deflator_is_the_published_gva_at_constant_prices(shared: Path) -> None:
    """Of Birmingham, whole and ICT, 1998 to 2023; the published ones are whole millions."""
    path = shared / "data" / "regional-accounts" / "RGVA_LAD.parquet"
    with connect_memory() as connection:
        rows = connection.execute(
            'SELECT "industry.code", "variable.name", year("dates.date"), value FROM '
            "read_parquet(?) WHERE \"geography.code\" = 'E08000025' "
            "AND \"industry.code\" IN ('Total', 'J (58-63)') ORDER BY ALL",
            [str(path)],
        ).fetchall()
    names = {
        "GVA Current Prices £m": "gva",
        "Implied deflator": "gva-deflator",
        "GVA Constant Prices £m": "gva-constant",
    }
    found: dict[tuple[str, str], list[Observation]] = {}
    for (part, name), group in itertools.groupby(rows, key=lambda row: row[:2]):
        if name in names:
            code = names[name]
            found[part, code] = [one(code, str(year), value, part) for _, _, year, value in group]

    for part in ("Total", "J (58-63)"):
        done = deflate(found[part, "gva"], found[part, "gva-deflator"], catalogue=CATALOGUE)
        published = [x.value for x in found[part, "gva-constant"]]
        assert done.prices == "deflated 2022"
        assert len(published) == 26
        assert [x.value for x in done.series] == pytest.approx(published, rel=1e-3, abs=1)
