"""Kept readings: a file that has not changed since it was last read is not read again."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
from pydantic import TypeAdapter, ValidationError

from placedex import places
from placedex.observations.origin import Origin
from placedex.observations.reading import COLUMNS, Reading
from placedex.observations.sources.described import Described
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.percent import check_percents
from placedex.observations.sources.source import Source
from placedex.observations.sources.words import quote
from placedex.store import hash_file, hash_text, write_text

HASHES = "hashes.json"
# A file may change twice within what a file system can tell apart.
SETTLED = 2_000_000_000
_ORIGINS = TypeAdapter(tuple[Origin, ...])


class Shelf:
    """Readings kept as Parquet files, each named by the hash of all that it was made from.

    That is the content of its files, their names, the layout, the registers, the catalogue, and
    the code that reads. A source of another package, whose code is not known, is read each time.

    Attributes:
        read: the names of the files that had to be read, in this order.
        unchanged: how many had not to be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: list[str] = []
        self.unchanged = 0
        self._used: set[str] = set()
        self._hashes = _Hashes(folder / HASHES)
        self._made_by = ""

    def reading(self, source: Source, files: Sequence[Path], desk: Desk) -> Reading:
        """A source's reading of some files, each read only if it has changed.

        Errors: UnreadableSource if a file is not as its publisher is known to write it.
        """
        if not type(source).__module__.startswith("placedex."):
            self.read += [desk.name(path) for path in files]
            return source.read(files, desk)
        described = isinstance(source, Described)
        units = source.units(files) if isinstance(source, Described) else (tuple(files),)
        kept = [self._unit(source, unit, desk=desk) for unit in units]
        if not kept:
            return source.read(files, desk)
        reading = _join([path for path, _ in kept], [one for _, one in kept], desk=desk)
        if described:
            check_percents(reading, desk)
        return reading

    def tidy(self) -> None:
        """Throw away the readings that were not used, and keep the hashes of files."""
        if not self.folder.is_dir():
            return
        for path in self.folder.glob("*.parquet*"):
            if path.name not in self._used:
                path.unlink()
        self._hashes.write()

    def _unit(
        self, source: Source, files: tuple[Path, ...], *, desk: Desk
    ) -> tuple[Path, dict[str, str]]:
        """The kept reading of files that are read together, and what is told of it."""
        path = self.folder / f"{self._key(source, files, desk=desk)}.parquet"
        self._used.add(path.name)
        told = _told(path, desk=desk)
        if told is not None:
            self.unchanged += len(files)
            return path, told
        self.read += [desk.name(one) for one in files]
        _keep(source.read(files, desk), path, desk=desk)
        return path, _told(path, desk=desk) or {}

    def _key(self, source: Source, files: tuple[Path, ...], *, desk: Desk) -> str:
        self._made_by = self._made_by or _made_by(desk)
        layout = source.layout.model_dump_json() if isinstance(source, Described) else source.code
        named = [f"{desk.name(path)} {self._hashes.of(path)}" for path in files]
        return hash_text("\n".join([self._made_by, layout, *named]))


class _Hashes:
    """Hashes of files; one of the same size and time of change is not hashed again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: dict[str, list[int | str]] = {}
        self.now: dict[str, list[int | str]] = {}
        self.since = 0
        try:
            self.known = dict(json.loads(path.read_text(encoding="utf-8")))
            self.since = path.stat().st_mtime_ns
        except (OSError, ValueError, TypeError):
            return

    def of(self, path: Path) -> str:
        """The SHA-256 of a file."""
        name, stat = str(path.resolve()), path.stat()
        size, time = stat.st_size, stat.st_mtime_ns
        old = self.known.get(name, [])
        same = old[:2] == [size, time] and time + SETTLED < self.since
        self.now[name] = [size, time, old[2] if same else hash_file(path)]
        return str(self.now[name][2])

    def write(self) -> None:
        """Keep the hashes of the files that were asked for."""
        write_text(self.path, json.dumps(self.now, indent=0, sort_keys=True))


def _made_by(desk: Desk) -> str:
    """A hash of what reads: the code, the registers and the catalogue."""
    rooms = (Path(__file__).parent.parent, Path(places.__file__).parent)
    files = sorted(
        path
        for room in rooms
        for path in room.rglob("*")
        if path.suffix in {".py", ".yaml", ".csv", ".parquet"}
    )
    others = desk.others.codes if desk.others is not None else ()
    told = (desk.register.name, desk.register.places, desk.register.changes, others)
    catalogue = [desk.catalogue[code] for code in sorted(desk.catalogue)]
    return hash_text("\n".join([*map(hash_file, files), repr(told), repr(catalogue)]))


def _keep(reading: Reading, path: Path, *, desk: Desk) -> None:
    """Write a reading to a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = "coalesce(part, '') AS part" if "part" in reading.columns else "'' AS part"
    told = {
        "origins": _ORIGINS.dump_json(reading.origins).decode(),
        "left_out": json.dumps(dict(reading.left_out)),
        "periods": json.dumps(_sorted(reading.periods)),
        "indicators": json.dumps(_sorted(reading.indicators)),
    }
    metadata = ", ".join(f"{name}: {quote(text)}" for name, text in told.items())
    aside = path.with_name(f"{path.name}.part")
    name = desk.new_table("to_keep")
    desk.connection.register(name, reading.rows)
    desk.connection.execute(
        f"COPY (SELECT {', '.join(COLUMNS)}, {part} FROM {name}) TO {quote(str(aside))} "
        f"(FORMAT parquet, KV_METADATA {{{metadata}}})"
    )
    desk.connection.unregister(name)
    aside.replace(path)


def _sorted(texts: frozenset[str] | None) -> list[str] | None:
    return None if texts is None else sorted(texts)


def _told(path: Path, *, desk: Desk) -> dict[str, str] | None:
    """What is told of a kept reading; nothing if there is none, or it cannot be read."""
    if not path.is_file():
        return None
    try:
        rows = desk.connection.execute(
            "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]
        ).fetchall()
        told = dict(rows)
        _ORIGINS.validate_json(told["origins"])
    except (duckdb.Error, KeyError, ValidationError):
        return None
    return told


def _join(paths: Sequence[Path], told: Sequence[dict[str, str]], *, desk: Desk) -> Reading:
    """One reading from several kept ones; those with text for numbers after the others."""
    by_kind: dict[str, list[str]] = {}
    for path in paths:
        [(_, kind)] = desk.connection.execute(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT value FROM read_parquet(?))",
            [str(path)],
        ).fetchall()
        by_kind.setdefault(str(kind), []).append(quote(str(path)))
    query = " UNION ALL ".join(
        f"SELECT * FROM read_parquet([{', '.join(names)}])" for names in by_kind.values()
    )
    left_out: dict[str, int] = {}
    for one in told:
        for reason, count in json.loads(one["left_out"]).items():
            left_out[reason] = left_out.get(reason, 0) + count
    return Reading(
        desk.connection.sql(query),
        tuple(origin for one in told for origin in _ORIGINS.validate_json(one["origins"])),
        dict(sorted(left_out.items())),
        periods=_united(json.loads(one["periods"]) for one in told),
        indicators=_united(json.loads(one["indicators"]) for one in told),
    )


def _united(lists: Iterable[list[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for one in lists:
        if one is None:
            return None
        found.update(one)
    return frozenset(found)
