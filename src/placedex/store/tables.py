"""Published tables: CSV files, packed or not, found by name and read as columns of text."""

import csv
import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from placedex.errors import UnreadableSource


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of cells as a publisher wrote them: its header, and the rows with their numbers."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of one column.

        Errors: UnreadableSource if there is no such column, or more than one.
        """
        count = self.header.count(name)
        if count != 1:
            found = "is not there" if not count else f"is there {count} times"
            listed = ", ".join(self.header[:30]) + (" ..." if len(self.header) > 30 else "")
            raise UnreadableSource(
                f"{self.path.name}, row 1: the column '{name}' {found}. Wanted it once. The "
                f"columns are: {listed}. Mend the name of the column."
            )
        place = self.header.index(name)
        return tuple(row[place] for row in self.rows)


def find_files(name: str, folders: Iterable[Path]) -> Iterator[Path]:
    """The files of a name in some folders and below them; those right in a folder come first."""
    listed = tuple(folders)
    for folder in listed:
        if (folder / name).is_file():
            yield folder / name
    for folder in listed:
        for place, below, _ in os.walk(folder):
            below.sort()
            for one in below:
                if (Path(place) / one / name).is_file():
                    yield Path(place) / one / name


def read_table(path: Path, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> TextTable:
    """A CSV file as text, blanks around each cell taken away; a name in .gz is unpacked.

    Errors: UnreadableSource for another encoding, a broken packing, an unclosed quotation mark, or
            a row that has not as many cells as the header.
    """
    content = _content(path, encoding=encoding)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        rows, numbers = [], []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise UnreadableSource(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells. Wanted "
                    f"{len(header)}, one for each column of the header. Look for a missing or an "
                    "unquoted separator."
                )
            rows.append(tuple(cell.strip() for cell in cells))
            numbers.append(reader.line_num)
    except csv.Error as error:
        raise UnreadableSource(
            f"{path.name}, line {reader.line_num}: {error}. Wanted a CSV file with every quotation "
            "mark closed. Look whether the file is whole."
        ) from None
    return TextTable(path, header, tuple(rows), tuple(numbers))


def _content(path: Path, *, encoding: str) -> str:
    try:
        content = path.read_bytes()
        return (gzip.decompress(content) if path.suffix == ".gz" else content).decode(encoding)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableSource(
            f"{path.name}: {error}. Wanted a whole file packed by gzip. Fetch it again."
        ) from None
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"{path.name} is not in the encoding {encoding} (byte {error.start}). Wanted the one "
            "that the publisher uses. Say it under 'encoding', for example latin-1."
        ) from None
    except LookupError:
        raise UnreadableSource(
            f"{path.name}: '{encoding}' is no encoding. Wanted one such as utf-8 or latin-1. Mend "
            "the word under 'encoding'."
        ) from None
