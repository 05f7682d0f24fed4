"""Layouts and tables for tests: what a test writes into its folder, and reads from there."""

from pathlib import Path

from placedex.observations import Reading
from placedex.observations.sources import Described, read_layout
from tests.observations.desk import read_with, rows_of

ABOUT = "code: test\ntitle: Test\npublisher: P\nlicence: L\n"
PLAIN = """\
files: ["*.csv", "*.csv.gz"]
place: {column: code}
period: 2024
indicator: gva
value: value
"""


def layout(folder: Path, text: str = PLAIN) -> Described:
    """A source described by a layout, written into the folder."""
    path = folder / "layout.yaml"
    path.write_text(ABOUT + text, encoding="utf-8")
    return Described(read_layout(path))


def table(folder: Path, *lines: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding, newline="")
    return path


def read(folder: Path, text: str = PLAIN) -> Reading:
    return read_with(layout(folder, text), folder)


def values(reading: Reading) -> list[tuple[str, object]]:
    return [(one["place"], one["value"]) for one in rows_of(reading)]
