"""Neighbours and places alike, held against those that others published."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from placedex.places import Profiles, bundled_neighbours, bundled_register, similar

PUBLISHED = Path(__file__).parent / "published"
# Across the mouths of the Tees and the Tamar: our boundaries stop at the water.
ACROSS_WATER = {
    ("E06000001", "E06000003"), ("E06000003", "E06000001"), ("E06000003", "E06000004"),
    ("E06000026", "E06000052"),
}  # fmt: skip


def published(name: str) -> dict[str, list[str]]:
    with (PUBLISHED / name).open(encoding="utf-8") as file:
        return {row["code"]: row["neighbours"].split() for row in csv.DictReader(file)}


def test_districts_touch_those_that_the_statistics_office_says() -> None:
    """Its list is of 2021: each code is followed to what it became."""
    register, neighbours = bundled_register(), bundled_neighbours()
    theirs = {
        (code, register.successor(other))
        for code, others in published("touching.csv").items()
        for other in others
    }
    ours = {(code, one.code) for code in published("touching.csv") for one in neighbours.of(code)}

    assert ours - theirs == set()
    assert theirs - ours == ACROSS_WATER


INDICATORS = (
    ("gross-value-added/gross-value-added.csv.gz", "Gross value added per hour worked"),
    (
        "gross-disposable-household-income-per-head/"
        "gross-disposable-household-income-per-head.csv.gz",
        "Gross disposable household income",
    ),
    ("gross-median-weekly-pay/gross-median-weekly-pay.csv.gz", "Gross median weekly pay"),
    ("employment-rate/employment-rate.csv.gz", "Employment rate"),
)


def latest(path: Path, indicator: str) -> dict[str, float]:
    register = bundled_register()
    found: dict[str, tuple[str, float]] = {}
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            code = register.successor(row["areacd"])
            if row["indicator"] == indicator and row["observation"]:
                held = found.get(code, ("", 0.0))
                found[code] = max(held, (row["period"], float(row["observation"])))
    return {code: value for code, (_, value) in found.items()}


@pytest.fixture(scope="module")
def profiles(shared: Path) -> Profiles:
    """Four indicators of the economy, for every district that has three of them."""
    columns = [latest(shared / "data" / "ons-els" / name, one) for name, one in INDICATORS]
    districts = [place.code for place in bundled_register().of_kind("district")]
    values = np.array([[one.get(code, np.nan) for one in columns] for code in districts])
    kept = np.isfinite(values).sum(axis=1) >= 3
    codes = tuple(np.array(districts)[kept].tolist())
    return Profiles(codes, tuple(one for _, one in INDICATORS), values[kept])


def test_places_alike_in_economy_are_those_of_the_statistics_office_far_beyond_chance(
    profiles: Profiles,
) -> None:
    """It has other indicators. A third of our ten nearest are among its twenty; chance: 5 %."""
    shares, chances = [], []
    for code, others in published("economic.csv").items():
        theirs = set(others) & set(profiles.codes)
        ours = [one.code for one in similar(code, profiles, most=10).nearest]
        shares.append(len(theirs.intersection(ours)) / len(ours))
        chances.append(len(theirs) / (len(profiles.codes) - 1))

    assert len(profiles.codes) > 330
    assert float(np.mean(chances)) < 0.06
    assert float(np.mean(shares)) > 5 * float(np.mean(chances))
