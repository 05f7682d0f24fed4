"""Shapes: keys of a layout for tables that are no plain grid, or that come in several pieces."""

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A piece of a layout: nothing but its own keys, and it does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Wide(Part):
    """Columns that hold one thing each, turned into rows.

    The header of each column that `columns` matches (a regular expression) becomes the column
    `header`, or one column for each named group of the expression; its cell the column `cell`.
    `beside` is the group whose words name cells that stand beside each other: a number and its
    interval, say. Columns that are alike in the other groups then give one row with a column for
    each of those words. With `but`, every column that is not named there must match.
    """

    columns: str
    beside: str | None = None
    but: tuple[str, ...] = ()


class Blocks(Part):
    """Tables one after another in one sheet, each under lines that say of what it is.

    `starts` is the first cell of a block's first line; the table's `header` the first cell of the
    header, which has `header_rows` rows. Between them stand the lines `says`, each a name and a
    text, which become columns, and the lines `must`, whose texts are given: a block with another is
    refused. The rows end at the first empty row. Then come lines of one cell, notes and titles;
    one that begins with `closes` must be among them. `alike` says that every block has the rows of
    the first.
    """

    starts: str
    says: tuple[str, ...] = ()
    must: dict[str, str] = Field(default_factory=dict)
    header_rows: int = Field(default=1, ge=1)
    closes: str | None = None
    alike: bool = True


class Tall(Part):
    """Cells of one row that stand below each other, put side by side.

    Rows alike in the columns `by` are one row; each word of the column `what` that `cells` names
    gives the column named there, with the cell of `value` in it. The words under `left_out` are not
    taken; another word is refused.
    """

    by: tuple[str, ...]
    what: str
    value: str
    cells: dict[str, str]
    left_out: tuple[str, ...] = ()


class Pages(Part):
    """One table in several files: each row has its number, from nought, and that of all rows.

    `file` is a regular expression on a file's name; files with the same first group are the pages
    of one table. Files that lack the columns are taken as they are.
    """

    file: str
    number: str
    of: str


class Document(Part):
    """A file of the publisher that holds no figures, and what it is."""

    file: str
    why: str


class Asked(Part):
    """A table that is asked of Nomis: its data set, the codes of its dimensions, and its columns.

    The places are all of some `kinds` in some `nations` (the first letters of their codes).
    """

    dataset: str
    label: str
    page: str
    kinds: tuple[str, ...]
    nations: str = "EWSN"
    dimensions: dict[str, tuple[str, ...]]
    select: tuple[str, ...] = ()
