"""Small files: rows with their numbers, hashes, and writes that are whole or not at all."""

import csv
import errno
import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from placedex.errors import BadWorkspace, Fault, Faults


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number in the file (the header is 1) and its cells by column."""

    number: int
    cells: dict[str, str]


def read_rows(
    path: Path, *, wanted: tuple[str, ...], refused: list[Fault] | None = None
) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8, with or without a byte-order mark.

    With `refused`, a row of another length is put there as a fault, and does not hide others.

    Errors: BadWorkspace if the file is missing, is not UTF-8 or lacks a wanted column; Faults for a
            row of another length.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(
                csv.reader(file, strict=True), path=path, wanted=wanted, refused=refused
            )
    except FileNotFoundError:
        raise BadWorkspace(
            f"{path} is missing. Wanted a CSV file with the columns {', '.join(wanted)}. "
            "Put it there, or take its name out of the workspace."
        ) from None
    except csv.Error as error:
        raise BadWorkspace(
            f"{path}: {error}. Wanted a CSV file with every quotation mark closed. Look for one "
            "that is not."
        ) from None
    except UnicodeDecodeError as error:
        raise BadWorkspace(
            f"{path} is not UTF-8 (byte {error.start}). Wanted a CSV file in UTF-8: save it so."
        ) from None


def _rows(
    reader: Iterator[list[str]],
    *,
    path: Path,
    wanted: tuple[str, ...],
    refused: list[Fault] | None,
) -> Iterator[Row]:
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in wanted if name not in header]
    if missing:
        raise BadWorkspace(
            f"{path}, row 1: the columns are {', '.join(header) or 'none'}. Wanted also "
            f"{', '.join(missing)}. Mend the header."
        )
    if len(set(header)) < len(header):
        twice = sorted({name for name in header if header.count(name) > 1})
        raise BadWorkspace(
            f"{path}, row 1: the column {', '.join(twice)} is there twice. Wanted each once. "
            "Take one out."
        )
    for number, cells in enumerate(reader, start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            fault = Fault(
                path.name,
                number,
                None,
                f"{len(cells)} cells",
                f"{len(header)}, one for each column of the header",
                "Look for a missing or an unquoted comma.",
            )
            if refused is None:
                raise Faults((fault,))
            refused.append(fault)
            continue
        yield Row(number, dict(zip(header, (cell.strip() for cell in cells), strict=True)))


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_twins(files: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Each file that holds the bytes of an earlier one, after that one; what is missing is not."""
    there = [path for path in files if path.is_file()]
    sizes = Counter(path.stat().st_size for path in there)
    first: dict[str, Path] = {}
    twins = []
    for path in there:
        if sizes[path.stat().st_size] == 1:
            continue
        content = hash_file(path)
        if content in first:
            twins.append((first[content], path))
        first.setdefault(content, path)
    return twins


def hash_text(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole: a reader sees the old one or the new one, never a part."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


def write_text(path: Path, content: str) -> None:
    """Write a text in UTF-8 whole, its lines ended by a line feed alone."""
    write_bytes(path, content.encode())
