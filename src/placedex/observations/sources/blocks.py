"""Blocks: tables one after another in one sheet, cut apart by the lines that stand round them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from placedex.errors import UnreadableSource
from placedex.observations.sources.raw import fold, join_headers
from placedex.observations.sources.shapes import Blocks

AGAIN = "The publisher has changed the file, or it was cut: fetch it again, or mend the layout."
Numbered = tuple[int, Sequence[str]]


@dataclass(slots=True)
class Block:
    """One table of a sheet.

    Attributes:
        row: the number of its first line.
        said: what its lines above the header say, by their names.
        header: the words of its columns.
        header_row: the number of the header's last row.
        rows: its rows with their numbers.
    """

    row: int
    said: dict[str, str] = field(default_factory=dict)
    header: list[str] = field(default_factory=list)
    header_row: int = 0
    rows: list[Numbered] = field(default_factory=list)


def cut_blocks(
    rows: Iterable[Sequence[str]], shape: Blocks, *, header: str, where: str
) -> Iterator[Block]:
    """The blocks of a sheet, one by one, so that no more than one stands in memory.

    Errors: UnreadableSource, with sheet and row, for a block that was cut, that begins inside
            another, or whose lines are not as the layout says; and for cells outside of blocks.
    """
    lines = iter(enumerate(rows, start=1))
    count, first = 0, None
    last: Block | None = None
    closed = True
    for number, cells in lines:
        words = fold(cells[0]) if cells else ""
        if words == fold(shape.starts):
            _check_closed(last, closed, shape, where=where)
            last, closed = Block(number), shape.closes is None
            _read_head(last, (number, cells), lines, (shape, header, where))
            _read_rows(last, lines, (shape, header, where))
            first = _check_alike(last, first, shape, where=where)
            count += 1
            yield last
        elif any(cell for cell in cells[1:]):
            met = ", ".join(cell for cell in cells if cell)[:80]
            raise UnreadableSource(
                f"{where}, row {number}: '{met}' stands outside of every block. Wanted a line that "
                f"begins with '{shape.starts}' before it. {AGAIN}"
            )
        elif shape.closes is not None and words.startswith(fold(shape.closes)):
            closed = True
    _check_closed(last, closed, shape, where=where)
    if not count:
        raise UnreadableSource(
            f"{where}: no row begins with '{shape.starts}', with which a block starts. {AGAIN}"
        )


def _check_closed(last: Block | None, closed: bool, shape: Blocks, *, where: str) -> None:
    if last is not None and not closed:
        end = last.rows[-1][0] if last.rows else last.header_row
        raise UnreadableSource(
            f"{where}, row {end}: the block of row {last.row} ends here, without a line that "
            f"begins with '{shape.closes}' below it. {AGAIN}"
        )


def _read_head(
    block: Block, start: Numbered, lines: Iterator[Numbered], how: tuple[Blocks, str, str]
) -> None:
    """Read the lines of a block above its rows, the header too."""
    shape, header, where = how
    wanted = {fold(name): name for name in (*shape.says, *shape.must)}
    number, cells = start
    while fold(cells[0] if cells else "") != fold(header):
        words = fold(cells[0]) if cells else ""
        if words in wanted:
            _hear(block, wanted.pop(words), number, (cells, shape, where))
        elif any(cells):
            raise UnreadableSource(
                f"{where}, row {number}: '{cells[0]}' stands above the header of the block of row "
                f"{block.row}. Wanted {', '.join([*wanted.values(), header])}. {AGAIN}"
            )
        number, cells = next(lines, (0, ()))
        if not number:
            raise UnreadableSource(
                f"{where}: the block of row {block.row} has no header that begins with "
                f"'{header}'. {AGAIN}"
            )
    if wanted:
        raise UnreadableSource(
            f"{where}, row {number}: no line above says '{next(iter(wanted.values()))}'. Wanted "
            f"one in the block of row {block.row}. {AGAIN}"
        )
    rows = [cells]
    for number, cells in (next(lines, (number, ())) for _ in range(shape.header_rows - 1)):
        rows.append(cells)
        block.header_row = number
    block.header_row = block.header_row or number
    block.header = join_headers(rows)


def _hear(block: Block, name: str, number: int, how: tuple[Sequence[str], Blocks, str]) -> None:
    """Keep what a line above the header says, or hold it against what it must say."""
    cells, shape, where = how
    text = " ".join(cells[1].split()) if len(cells) > 1 else ""
    if name in shape.must and text != shape.must[name]:
        raise UnreadableSource(
            f"{where}, row {number}: {name} is '{text}'. Wanted '{shape.must[name]}', of which the "
            f"layout speaks. {AGAIN}"
        )
    if name in shape.says:
        block.said[name] = text


def _read_rows(block: Block, lines: Iterator[Numbered], how: tuple[Blocks, str, str]) -> None:
    """Read the rows of a block up to the first empty one."""
    shape, header, where = how
    for number, cells in lines:
        if not any(cells):
            return
        if fold(cells[0]) in {fold(header), *map(fold, (shape.starts, *shape.says, *shape.must))}:
            raise UnreadableSource(
                f"{where}, row {number}: '{cells[0]}' stands among the rows of the block of row "
                f"{block.row}. Wanted an empty row before another block. {AGAIN}"
            )
        for at, cell in enumerate(cells):
            if cell and not (at < len(block.header) and block.header[at]):
                raise UnreadableSource(
                    f"{where}, row {number}: '{cell}' stands in column {at + 1}, which has no "
                    f"header in row {block.header_row}. {AGAIN}"
                )
        block.rows.append((number, cells))


def _check_alike(
    block: Block, first: dict[str, int] | None, shape: Blocks, *, where: str
) -> dict[str, int]:
    """The rows of the first block by their first cells, if this one has the same."""
    own = {cells[0]: number for number, cells in block.rows}
    if not own:
        raise UnreadableSource(
            f"{where}, row {block.header_row}: the block of row {block.row} has no rows. {AGAIN}"
        )
    if first is None or not shape.alike:
        return own
    for name, number in own.items():
        if name not in first:
            raise UnreadableSource(
                f"{where}, row {number}: the first block has no row '{name}'. Wanted the same rows "
                f"in every block. {AGAIN}"
            )
    for name, number in first.items():
        if name not in own:
            raise UnreadableSource(
                f"{where}, row {block.rows[-1][0]}: the block of row {block.row} ends here, "
                f"without the row '{name}' that row {number} has. {AGAIN}"
            )
    return first
