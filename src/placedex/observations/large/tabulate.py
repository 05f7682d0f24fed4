"""Large published files tabulated by place: the question chosen by its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import BadUsage, UnreadableSource
from placedex.observations.large.accounts import read_accounts, refuse_twice, value_added
from placedex.observations.large.companies import (
    count_companies,
    read_companies,
    tells_district,
)
from placedex.observations.large.postcodes import count_postcodes, read_directory
from placedex.observations.large.premises import count_premises, read_premises
from placedex.places import Register
from placedex.store import Engine, csv_header, find_twins

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table


@dataclass(frozen=True, slots=True)
class Tabulated:
    """A table by place, and what was left out of it, counted by reason."""

    rows: "pa.Table"
    left_out: dict[str, int] = field(default_factory=dict)


def codes_of(register: Register) -> "pa.Table":
    """Every code that a place bears or bore (`published`) and the one it has now (`place`)."""
    import pyarrow as pa

    recodes = register.recodes()
    places = {one.code: recodes.get(one.code, one.code) for one in register}
    return pa.table({"published": list(places), "place": list(places.values())})


def tabulate(
    what: str,
    files: Sequence[Path],
    *,
    engine: Engine,
    register: Register,
    directory: Path | None = None,
) -> Tabulated:
    """Companies, premises, postcodes or value added by place, from files of any size.

    Rows stand in the order of their columns. `directory` is a postcode directory of ONS.
    Errors: BadUsage for another question, for the same file twice, or without a directory where
            one is wanted; UnreadableSource if a file is not as its publisher writes it, or there
            is nothing in it to count.
    """
    if what not in ANSWERS:
        raise BadUsage(f"There is no table '{what}'. Wanted one of {', '.join(ANSWERS)}.")
    if not files:
        raise BadUsage(f"No file was named. Wanted the files of {what}.")
    for one, other in find_twins(files):
        raise BadUsage(
            f"{one} and {other} are the same file. Wanted each once, since what is there twice "
            "would count twice. Leave one out."
        )
    looked_up = None if directory is None else read_directory(engine, [directory])
    asked = Asked(engine, tuple(files), codes_of(register), looked_up)
    table, left_out = ANSWERS[what](asked)
    rows = engine.rows(table.order_by(table.columns))
    if not rows.num_rows and not left_out:
        raise UnreadableSource(
            f"{', '.join(path.name for path in files)}: there are no rows under the header. Wanted "
            f"{what} to count. Fetch the file again."
        )
    return Tabulated(rows, left_out)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is made from."""

    engine: Engine
    files: tuple[Path, ...]
    codes: "pa.Table"
    directory: "Table | None"

    def looked_up(self, what: str) -> "Table":
        """The postcode directory; BadUsage if there is none."""
        if self.directory is None:
            raise BadUsage(
                f"The files of {what} tell postcodes and no districts. Wanted a postcode "
                "directory of ONS, such as ONSPD_AUG_2025_UK.csv: name it with --directory."
            )
        return self.directory


def _companies(asked: Asked) -> "tuple[Table, dict[str, int]]":
    told = all(tells_district(csv_header(path)) for path in asked.files)
    directory = None if told else asked.looked_up("companies")
    companies = read_companies(asked.engine, asked.files)
    counted = count_companies(asked.engine, companies, codes=asked.codes, directory=directory)
    return counted.figures, counted.left_out


def _premises(asked: Asked) -> "tuple[Table, dict[str, int]]":
    directory = asked.looked_up("premises")
    premises = read_premises(asked.engine, asked.files)
    counted = count_premises(asked.engine, premises, directory=directory, codes=asked.codes)
    return counted, {}


def _postcodes(asked: Asked) -> "tuple[Table, dict[str, int]]":
    directory = read_directory(asked.engine, asked.files)
    return count_postcodes(asked.engine, directory, codes=asked.codes), {}


def _accounts(asked: Asked) -> "tuple[Table, dict[str, int]]":
    accounts = read_accounts(asked.engine, asked.files)
    refuse_twice(asked.engine, accounts)
    return value_added(asked.engine, accounts), {}


ANSWERS: "dict[str, Callable[[Asked], tuple[Table, dict[str, int]]]]" = {
    "companies": _companies,
    "premises": _premises,
    "postcodes": _postcodes,
    "accounts": _accounts,
}
