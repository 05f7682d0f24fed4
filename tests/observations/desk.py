"""A desk for tests: one source's reading of a folder, its rows as dictionaries, its faults."""

from pathlib import Path
from typing import Any

from placedex.errors import Fault
from placedex.observations import (
    MIGRATIONS,
    Observations,
    Reading,
    bundled_catalogue,
    check_observations,
    keep_observations,
)
from placedex.observations.sources import (
    Desk,
    Source,
    bundled_sources,
    open_desk,
    other_registers,
)
from placedex.places import bundled_register
from placedex.store import migrate

DESKS: dict[int, Desk] = {}


def source_of(code: str) -> Source:
    """The bundled source of that code."""
    return {source.code: source for source in bundled_sources()}[code]


def read_with(source: str | Source, folder: Path, *, everywhere: bool = False) -> Reading:
    """What a source reads of its files in a folder, at a desk of its own.

    The desk knows the places of the United Kingdom, or with `everywhere` those of every register.
    """
    chosen = source_of(source) if isinstance(source, str) else source
    desk = open_desk(
        register=bundled_register(),
        catalogue=bundled_catalogue(),
        folder=folder,
        others=other_registers() if everywhere else None,
    )
    reading = chosen.read(chosen.files(folder), desk)
    DESKS[id(reading)] = desk
    return reading


def desk_of(reading: Reading) -> Desk:
    """The desk at which a reading was made."""
    return DESKS[id(reading)]


def rows_of(reading: Reading) -> list[dict[str, Any]]:
    """The rows of a reading in the order of its files."""
    found: list[dict[str, Any]] = reading.rows.to_arrow_table().to_pylist()
    return sorted(found, key=lambda one: (one["file"], one["row"]))


def faults_of(reading: Reading) -> tuple[Fault, ...]:
    """Every fault of a reading."""
    desk = desk_of(reading)
    return check_observations(
        desk.connection, [reading], register=desk.register, catalogue=desk.catalogue
    )


def kept(*readings: Reading, desk: Desk | None = None) -> Observations:
    """The observations of some readings of one desk."""
    desk = desk or desk_of(readings[0])
    migrate(desk.connection, MIGRATIONS)
    keep_observations(desk.connection, readings, register=desk.register, catalogue=desk.catalogue)
    origins = {one.code: one for reading in readings for one in reading.origins}
    return Observations(desk.connection, desk.register, desk.catalogue, tuple(origins.values()))
