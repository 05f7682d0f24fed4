"""What commands print: a table to read, rows as CSV, JSON; to a file or standard output."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Right = bool


def put(text: str, output: Path | None) -> None:
    """Write a text to a file, or to standard output if none is given."""
    from placedex.store import write_text

    if output is None:
        sys.stdout.write(text)
    else:
        write_text(output, text)


def rows_as_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as CSV with a header; what is missing is empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow(["" if cell is None else cell for cell in row.values()])
    return buffer.getvalue()


def as_json(content: object) -> str:
    """Content as JSON to read and to compare line by line."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


class Sheet:
    """Tables and sentences one after the other, as wide as the terminal, plain in a pipe."""

    def __init__(self) -> None:
        from rich.console import Console

        terminal = sys.stdout.isatty()
        self._buffer = io.StringIO()
        self._console: Any = Console(
            file=self._buffer,
            width=None if terminal else 160,
            force_terminal=terminal,
            highlight=False,
            markup=False,
        )

    def say(self, words: str = "") -> None:
        """A line or a paragraph."""
        self._console.print(words, soft_wrap=True)

    def table(
        self, title: str, columns: Mapping[str, Right], rows: Iterable[Sequence[str]]
    ) -> None:
        """A table; a column is at the right if so marked."""
        from rich.table import Table
        from rich.text import Text

        table = Table(
            title=Text(title) if title else None, box=None, pad_edge=False, title_justify="left"
        )
        for name, right in columns.items():
            table.add_column(Text(name), justify="right" if right else "left")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._console.print(table)
        self.say()

    def text(self) -> str:
        """All of it, without idle blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._buffer.getvalue().splitlines()) + "\n"


def number(value: object, decimals: int = 1, *, signed: bool = False) -> str:
    """A number as it is printed; a dash where it is missing."""
    if not isinstance(value, int | float):
        return "-"
    shown = round(value, decimals) + 0.0
    return f"{shown:+.{decimals}f}" if signed and shown else f"{shown:.{decimals}f}"
