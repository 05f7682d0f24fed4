"""Postcodes and centres of districts, for the benchmarks."""

import tarfile
from pathlib import Path

import pyarrow as pa

from placedex.places import bundled_register


def unpack_postcodes(archive: Path, folder: Path) -> list[Path]:
    """The CSV files of postcodes in an archive, one for each postcode area."""
    if not folder.is_dir():
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return sorted(folder.rglob("*.csv"))


def district_centres() -> pa.Table:
    """Code, latitude and longitude of each district of today."""
    register = bundled_register()
    ended = register.recodes()
    live = [
        one
        for one in register.of_kind("district")
        if one.longitude is not None and one.ended is None and one.code not in ended
    ]
    return pa.table(
        {
            "code": [one.code for one in live],
            "latitude": [one.latitude for one in live],
            "longitude": [one.longitude for one in live],
        }
    )
