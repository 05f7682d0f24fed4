"""Files laid where sources look for them: edition beside edition, and none that is not trusted."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from placedex.observations.origin import edition_folder
from placedex.observations.sources import Described, Shelf, Source
from placedex.store import hash_file
from placedex.store.fetch import Address, Fetched, Laid, note_laid, read_laid
from placedex.workspace.build import READINGS
from placedex.workspace.trial import why_refused
from placedex.workspace.workspace import Workspace

STAGED = Path(".placedex") / "fetching"


@dataclass(frozen=True, slots=True)
class Fresh:
    """What became of the files that came of one source.

    Attributes:
        trusted: those that its source can read, with those that lay there already.
        editions: where each lies that took the place of another, below the source's folder.
        refused: those that are not trusted, each with the reason.
    """

    trusted: tuple[Fetched, ...]
    editions: tuple[str, ...]
    refused: tuple[tuple[Address, str], ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """Files that are read together, by where they will lie; with the edition's folder, if any."""

    files: tuple[tuple[PurePosixPath, Fetched], ...]
    edition: str = ""

    def places(self) -> tuple[PurePosixPath, ...]:
        return tuple(self.edition / path for path, _ in self.files)


def lay_source(
    source: Source, came: Sequence[Fetched], *, workspace: Workspace, folder: Path, today: date
) -> Fresh:
    """Lay the files of a source that came below a folder, under the source's code.

    They are read and checked first, in a place aside. A file that lies there stays: one with other
    content is laid beside it, together with those that are read with it, in a folder with the day.
    """
    place, aside = folder / source.code, workspace.folder / STAGED
    before = read_laid(place)
    shutil.rmtree(aside, ignore_errors=True)
    try:
        units, refused = _staged(source, came, aside / source.code)
        same = tuple(unit for unit in units if _lies(unit, before, place))
        fresh = [_placed(unit, before, place, today=today) for unit in units if unit not in same]
        for unit in fresh:
            _put_all(unit, aside / source.code)
        good, bad = _tried(source, fresh, workspace=workspace, aside=aside)
        for unit in good:
            _put_all(unit, place)
        _note((*good, *same), before, place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Fresh(
        tuple(dict.fromkeys(one for unit in (*same, *good) for _, one in unit.files)),
        tuple(str(path) for unit in good if unit.edition for path in unit.places()),
        (*refused, *bad),
    )


def _staged(
    source: Source, came: Sequence[Fetched], aside: Path
) -> tuple[tuple[_Unit, ...], tuple[tuple[Address, str], ...]]:
    """The files put aside, as the source reads them together, and those that it does not read."""
    there = {}
    for one in came:
        path = PurePosixPath(one.address.file).with_name(one.record.name)
        there[aside / path] = (path, one)
        _put(one.path, aside / path)
    files = source.files(aside)
    groups = source.units(files) if isinstance(source, Described) else (files,) if files else ()
    units = tuple(_Unit(tuple(there[path] for path in group)) for group in groups)
    read = {path for group in groups for path in group}
    refused = tuple(
        (
            one.address,
            f"'{one.address.file}' came, and the source '{source.code}' does not read it. Wanted a "
            "name that its layout has, and the file that describes it beside it. Mend the table "
            "of addresses, or fetch again when both are to be had.",
        )
        for path, (_, one) in there.items()
        if path not in read
    )
    return units, refused


def _last(file: str, before: Sequence[Laid]) -> Laid | None:
    """The latest edition of a file that was laid."""
    return next((one for one in reversed(before) if one.file == file), None)


def _content(one: Fetched) -> str:
    return one.record.content or one.record.sha256


def _lies(unit: _Unit, before: Sequence[Laid], place: Path) -> bool:
    """Whether the latest edition that lies there is the one that came, each file as it was laid."""
    for _, one in unit.files:
        last = _last(one.address.file, before)
        if last is None or last.content != _content(one):
            return False
        path = place / last.place
        if not path.is_file() or hash_file(path) != last.sha256:
            return False
    return True


def _placed(unit: _Unit, before: Sequence[Laid], place: Path, *, today: date) -> _Unit:
    """The unit with the folder of a new edition, if another of its files lies there."""
    last = [(path, one, _last(one.address.file, before)) for path, one in unit.files]
    known = [old for _, one, old in last if old is not None and old.content == _content(one)]
    if len(known) == len(last):
        return _Unit(unit.files, known[0].edition)
    if all(old is None and _free(place / path, one) for path, one, old in last):
        return unit
    number = 1
    while any((place / edition_folder(today, number) / path).exists() for path, _ in unit.files):
        number += 1
    return _Unit(unit.files, edition_folder(today, number))


def _free(path: Path, one: Fetched) -> bool:
    """Whether a file may be laid somewhere: nothing is there, or the same."""
    return not path.exists() or hash_file(path) == one.record.sha256


def _tried(
    source: Source, units: Sequence[_Unit], *, workspace: Workspace, aside: Path
) -> tuple[tuple[_Unit, ...], tuple[tuple[Address, str], ...]]:
    """The units that are read and pass every check, and the files of the others with the reason."""
    shelf = Shelf(workspace.folder / READINGS)

    def why(some: Sequence[_Unit]) -> str:
        files = [aside / source.code / path for unit in some for path in unit.places()]
        return why_refused(workspace, source, list(dict.fromkeys(files)), folder=aside, shelf=shelf)

    if not units or not (together := why(units)):
        return tuple(units), ()
    alone = [why([unit]) for unit in units] if len(units) > 1 else [together]
    if not any(alone):
        alone = [together] * len(units)
    good = tuple(unit for unit, words in zip(units, alone, strict=True) if not words)
    bad = {
        one.address: words
        for unit, words in zip(units, alone, strict=True)
        for _, one in unit.files
        if words
    }
    return good, tuple(bad.items())


def _note(units: Sequence[_Unit], before: Sequence[Laid], place: Path) -> None:
    """Write down what lies there now; a file that lay there keeps its day."""
    laid = {(one.file, one.edition): one for one in before}
    for unit in units:
        for path, one in unit.files:
            old = _last(one.address.file, before)
            if old is not None and old.content == _content(one):
                continue
            laid[one.address.file, unit.edition] = Laid(
                file=one.address.file,
                edition=unit.edition,
                name=path.name,
                url=one.address.url,
                sha256=one.record.sha256,
                content=_content(one),
                fetched=one.record.fetched,
            )
    if tuple(laid.values()) != tuple(before):
        note_laid(place, laid.values())


def _put_all(unit: _Unit, place: Path) -> None:
    for (_, one), path in zip(unit.files, unit.places(), strict=True):
        _put(one.path, place / path)


def _put(kept: Path, place: Path) -> None:
    """Put a kept file somewhere: the same file by another name, or a copy."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        os.link(kept, beside)
    except OSError:
        shutil.copyfile(kept, beside)
    beside.replace(place)
