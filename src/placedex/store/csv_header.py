"""The header of a CSV file, looked at before the file is read by the order of its columns."""

import csv
import gzip
import io
from pathlib import Path

from placedex.errors import UnreadableSource


def csv_header(path: Path) -> tuple[str, ...]:
    """The words of a CSV file's first row, without spaces at their ends and a byte-order mark.

    Errors: UnreadableSource if the file is missing, empty, cut, or not UTF-8.
    """
    try:
        with _open(path) as file:
            row = next(csv.reader(file), [])
    except (OSError, EOFError, UnicodeError, csv.Error) as error:
        raise UnreadableSource(
            f"{path.name} cannot be read ({error}). Wanted a whole CSV file in UTF-8. Fetch it "
            "again."
        ) from None
    words = tuple(" ".join(cell.split()) for cell in row)
    if not any(words):
        raise UnreadableSource(f"{path.name} is empty. Wanted a header. Fetch the file again.")
    return words


def _open(path: Path) -> io.TextIOWrapper:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
