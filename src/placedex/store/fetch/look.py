"""A look at a fetched file before it is kept: is it what its name says, and whole?"""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from placedex.errors import Unfetched
from placedex.store.fetch.address import Address, Limits

_STEP = 1 << 20
_HTML = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!doctype")
_SHEETS = {".xlsx", ".ods", ".zip"}


def look_at(path: Path, address: Address, limits: Limits) -> None:
    """Refuse a file that is not what its name says, is cut short, or unpacks beyond the limits.

    Errors: Unfetched with the words that were found.
    """
    if path.stat().st_size == 0:
        raise _not_it(address, "is empty", "a file with content")
    endings = PurePosixPath(address.name.lower()).suffixes
    last = endings[-1] if endings else ""
    if last == ".gz":
        _look_into_gzip(path, address, limits)
        return
    with path.open("rb") as file:
        _look_at_content(file, last, address)
    if last in _SHEETS:
        _look_into_zip(path, address, limits)
    elif last == ".parquet":
        _ends_as_begun(path, address)


def ends_oddly(path: Path, address: Address) -> bool:
    """Whether a file may have been cut: a text whose last line has no end, an archive without its.

    A publisher may leave out the last line's end, so that this is a reason to ask and no fault.
    """
    if path.stat().st_size == 0:
        return False
    ending = PurePosixPath(address.name.lower()).suffix
    if ending in _SHEETS:
        return not zipfile.is_zipfile(path)
    with path.open("rb") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-min(4, path.stat().st_size), 2)
        tail = file.read(4)
    if ending == ".parquet":
        return tail != b"PAR1"
    return ending in {".csv", ".tsv", ".txt"} and last not in b"\r\n"


def _look_at_content(file: IO[bytes], ending: str, address: Address) -> None:
    head = file.read(4096)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if ending not in {".html", ".htm", ".xml"} and start.startswith(_HTML):
        words = " ".join(head.decode("utf-8", "replace").split())[:80]
        raise _not_it(address, f"is a web page ('{words}')", f"a {ending or 'data'} file")
    if ending in {".csv", ".tsv", ".txt"} and b"\0" in head:
        raise _not_it(address, f"holds bytes that are no text ({head[:8]!r})", "a table of text")
    if ending in {".json", ".topojson", ".geojson"}:
        try:
            json.loads((head + file.read()).decode("utf-8-sig"))
        except ValueError as error:
            raise _not_it(address, f"is not whole JSON ({error})", "a JSON file") from None


def _ends_as_begun(path: Path, address: Address) -> None:
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(-4, 2)
        tail = file.read(4)
    if head != b"PAR1" or tail != b"PAR1":
        raise _not_it(
            address, f"begins with {head!r} and ends with {tail!r}", "a whole Parquet file"
        )


def _look_into_gzip(path: Path, address: Address, limits: Limits) -> None:
    packed, size = path.stat().st_size, 0
    try:
        with gzip.open(path) as file:
            head = b""
            while step := file.read(_STEP):
                head = head or step
                size += len(step)
                _refuse_bomb(size, packed, address, limits=limits)
    except (OSError, EOFError, zlib.error) as error:
        raise _not_it(address, f"cannot be unpacked ({error})", "a whole gzip file") from None
    ending = PurePosixPath(address.name.lower().removesuffix(".gz")).suffix
    _look_at_content(io.BytesIO(head), "" if ending == ".json" else ending, address)


def _look_into_zip(path: Path, address: Address, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            check_entries(archive, path.stat().st_size, address, limits=limits)
            broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise _not_it(address, f"cannot be unpacked ({error})", "a whole file") from None
    if broken:
        raise _not_it(address, f"holds {broken}, which is damaged", "a whole file")


def check_entries(
    archive: zipfile.ZipFile, packed: int, address: Address, *, limits: Limits
) -> None:
    """Refuse an archive whose entries climb out of it, or together grow beyond the limits."""
    size = 0
    for entry in archive.infolist():
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or (entry.external_attr >> 28) == 0xA:
            raise _not_it(
                address,
                f"holds the entry '{entry.filename}', which leads out of it",
                "entries that stay inside",
            )
        size += entry.file_size
        _refuse_bomb(size, packed, address, limits=limits)


def _refuse_bomb(size: int, packed: int, address: Address, *, limits: Limits) -> None:
    if size > limits.largest or (size > _STEP and size > limits.expansion * packed):
        raise _not_it(
            address,
            f"has {packed:,} bytes and unpacks to more than {size:,}",
            f"at most {limits.expansion} times its size and {limits.largest:,} bytes",
        )


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    while step := file.read(_STEP):
        yield step


def _not_it(address: Address, met: str, wanted: str) -> Unfetched:
    return Unfetched(
        f"What {address.url} gives for '{address.file}' {met}. Wanted {wanted}. Nothing was kept; "
        f"look at the page {address.page} for the file's present address."
    )
