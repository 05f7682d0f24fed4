"""Layouts: what the tables of a publisher look like, and which column is what, read from YAML."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from placedex.observations.sources.shapes import Asked, Blocks, Document, Pages, Part, Tall, Wide
from placedex.observations.status import WORDS
from placedex.store import read_settings

Format = Literal[
    "csv", "xlsx", "ods", "parquet", "json", "json-stat", "sdmx-csv", "sdmx-ml", "csvw"
]
SHEETS = ("xlsx", "ods")
OWN_VALUE = ("json-stat", "sdmx-csv", "sdmx-ml")


class Words(Part):
    """Where the words of a role stand, and what they mean.

    A text alone is the same for every row. `columns` are joined by ' | '. `file` is a regular
    expression on the file's name, whose first group is meant. `split` cuts the words and takes the
    first or the last piece; `replace` puts one text for another; `map` gives meanings; `left_out`
    names words whose rows are not taken, each with its reason. Words that are not of the form of
    `like`, a regular expression, are refused.
    """

    constant: str | None = None
    column: str | None = None
    columns: tuple[str, ...] = ()
    file: str | None = None
    split: str | None = None
    take: Literal["first", "last"] = "first"
    replace: tuple[tuple[str, str], ...] = ()
    map: dict[str, str] = Field(default_factory=dict)
    left_out: dict[str, str] = Field(default_factory=dict)
    like: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, (str, int, float, date)) and not isinstance(value, bool):
            return {"constant": str(value)}
        return value

    @field_validator("map", "left_out", mode="before")
    @classmethod
    def _texts(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): str(meant) for key, meant in value.items()}
        return value

    @model_validator(mode="after")
    def _one_place(self) -> "Words":
        given = [self.constant is not None, self.column is not None, bool(self.columns)]
        if sum((*given, self.file is not None)) != 1:
            raise ValueError("one of constant, column, columns or file")
        return self

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns in which the words stand."""
        return self.columns or (() if self.column is None else (self.column,))


class Named(Part):
    """Places that are told by name after a prefix, or why their rows are not taken.

    `map` gives the codes of names that the register cannot tell, `left_out` the reasons for others.
    """

    name_of: str | None = None
    among: str | None = None
    day: date | None = None
    map: dict[str, str] = Field(default_factory=dict)
    left_out: dict[str, str] = Field(default_factory=dict)
    reason: str | None = None

    @model_validator(mode="after")
    def _one(self) -> "Named":
        if (self.name_of is None) == (self.reason is None):
            raise ValueError("name_of or reason")
        return self


class PlaceWords(Words):
    """Where the code of the place stands; with `name_of` its name, as a place of that kind.

    `among` is the register of the names, if it is another than the United Kingdom's own; `day` one
    on which the names were in use, if that is not today. `prefixes` are what stands before names of
    several kinds, and what the names after each are.
    """

    name_of: str | None = None
    among: str | None = None
    day: date | None = None
    prefixes: dict[str, Named] = Field(default_factory=dict)


class PeriodWords(Words):
    """Where the period stands and in which form; see `forms.py` for the forms."""

    form: str = "as written"


class PartWords(Words):
    """Where the part of the whole stands; the words under `whole` mean the whole itself."""

    whole: tuple[str, ...] = ()


class Number(Part):
    """Where a number stands and how it is written.

    `last` is the last column, whatever its name; `sum` are columns that are added up. `thousands`
    is the mark between thousands, `decimal` that before decimals; `strip` are texts round the
    number; `times` turns it into the indicator's unit; `share` says that a percentage is written as
    0.63; `decimals` rounds it. `taken_from` is a whole of which the number is what is left over.
    `beside` are columns of the same whole: an empty cell is nought where one of them is not empty.
    """

    column: str = ""
    last: bool = False
    sum: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    taken_from: float | None = None
    thousands: str | None = None
    decimal: str | None = None
    strip: tuple[str, ...] = ()
    times: float = 1.0
    share: bool = False
    decimals: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value


class Marks(Part):
    """Why a value is as it is: marks in a column, marks instead of a value, words in a note.

    `numbers` says that the column of the marks holds numbers too, which say nothing.
    """

    column: str | None = None
    numbers: bool = False
    marks: dict[str, str] = Field(default_factory=dict)
    instead: dict[str, str] = Field(default_factory=dict)
    note: str | None = None
    says: dict[str, str] = Field(default_factory=dict)
    empty: str = "not collected"
    otherwise: str = "published"

    @field_validator("marks", "instead", "says")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        for words in value.values():
            if words not in WORDS:
                raise ValueError(f"one of {', '.join(WORDS)} instead of '{words}'")
        return value


class Which(Part):
    """Some rows: those whose column holds one of some words, is of a form or not, or is empty."""

    column: str
    is_: tuple[str, ...] = Field(default=(), alias="is")
    matches: str | None = None
    unlike: str | None = None
    empty: bool = False


class LeftOut(Which):
    """Rows that are not taken, and why; they are counted."""

    reason: str


class About(Part):
    """A file beside the table that describes it: which of its keys say what, by dotted paths.

    A table without it is not the layout's; one that lacks a key under `needed` is refused.
    """

    file: str
    needed: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    edition: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    form: str = "%Y-%m-%d"


class Refused(Part):
    """An edition with a known fault: files whose name matches are refused with the reason."""

    file: str
    why: str


class Table(Part):
    """One table of a layout: where it stands and which column is what.

    `only` are the rows of which it speaks, where another table of the layout speaks of the others;
    `add_up` says that the rows of one place, indicator, period and part are added up; `repeats`
    that a row may be there again with the same figure, and is then taken once.
    """

    files: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    format: Format = "csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    ragged: bool = False
    sheet: str | None = None
    header: int | tuple[int, ...] | str = 1
    records: str = ""
    names: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    blocks: Blocks | None = None
    wide: Wide | None = None
    tall: Tall | None = None
    pages: Pages | None = None
    only: tuple[Which, ...] = ()
    add_up: bool = False
    repeats: bool = False
    left_out: tuple[LeftOut, ...] = ()
    place: PlaceWords | None = None
    indicator: Words | None = None
    period: PeriodWords | None = None
    part: PartWords | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    half_width: Number | None = None
    status: Marks = Marks()
    unit: Words | None = None


class Layout(Table):
    """A source as its YAML file describes it; `tables` are its tables if it has more than one.

    What a table does not say it has from the layout itself.
    """

    code: str
    title: str
    publisher: str
    licence: str
    page: str = ""
    url: str = ""
    edition: str = ""
    published: date | None = None
    through: str = ""
    about: About | None = None
    refused: tuple[Refused, ...] = ()
    documents: tuple[Document, ...] = ()
    asked: tuple[Asked, ...] = ()
    tables: tuple[Table, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "Layout":
        for table in self.each():
            for key in ("files", "place", "indicator", "period"):
                if not getattr(table, key):
                    raise ValueError(f"the key '{key}', for the layout or for each of its tables")
            if table.value is None and table.wide is None and table.format not in OWN_VALUE:
                raise ValueError("the key 'value', which names the column of the figures")
            if table.low is not None and table.half_width is not None:
                raise ValueError("low and high, or half_width")
            if table.blocks is not None and not isinstance(table.header, str):
                raise ValueError("the key 'header' with the first word of each block's header")
        return self

    def each(self) -> tuple[Table, ...]:
        """The tables, each with what it has from the layout."""
        shared = {name: getattr(self, name) for name in Table.model_fields}
        own = [
            {name: getattr(one, name) for name in one.model_fields_set}
            for one in self.tables or (Table(),)
        ]
        return tuple(_sdmx(Table.model_construct(**{**shared, **one})) for one in own)


_SDMX_MARKS = {
    "A": "published",
    "B": "published",
    "E": "estimated",
    "F": "estimated",
    "I": "imputed",
    "L": "not collected",
    "M": "not applicable",
    "N": "unreliable",
    "O": "not collected",
    "P": "published",
    "Q": "suppressed",
    "U": "unreliable",
}


def _sdmx(table: Table) -> Table:
    """A table of SDMX with the columns that its standard names, where none is given.

    Source: SDMX code list CL_OBS_STATUS 2.2.
    """
    if table.format not in {"sdmx-csv", "sdmx-ml"}:
        return table
    given: dict[str, Any] = {}
    if table.value is None:
        given["value"] = Number(column="OBS_VALUE")
    if table.period is None:
        given["period"] = PeriodWords(column="TIME_PERIOD")
    if table.status == Marks():
        given["status"] = Marks(column="OBS_STATUS", marks=_SDMX_MARKS)
    return table.model_copy(update=given)


def read_layout(path: Path) -> Layout:
    """The layout in a YAML file; BadWorkspace with file, line and key if it cannot be read."""
    return read_settings(path, Layout)
