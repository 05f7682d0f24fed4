"""The desk at which files are read: a connection in which the codes of places are laid out once."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from placedex.errors import AmbiguousPlace, UnknownPlace
from placedex.observations.catalogue import Catalogue
from placedex.places import Place, Register, Registers, bundled_register, bundled_registers
from placedex.store import connect_memory, insert_rows

# International territorial level 1 is the regions and nations (ONS, ITL 2021 and 2025), and so was
# level 1 of NUTS.
SAME_AREA = {
    "TLC": "E12000001",
    "TLD": "E12000002",
    "TLE": "E12000003",
    "TLF": "E12000004",
    "TLG": "E12000005",
    "TLH": "E12000006",
    "TLI": "E12000007",
    "TLJ": "E12000008",
    "TLK": "E12000009",
    "TLB": "E92000001",
    "TLL": "W92000004",
    "TLM": "S92000003",
    "TLN": "N92000002",
    "UK": "K02000001",
}
SAME_AREA |= {f"UK{code[2:]}": area for code, area in SAME_AREA.items() if code.startswith("TL")}
# What publishers give a code though it is no place: their figures are left out.
NO_PLACES = "groupings"
# Families of codes that exist, of which a register may have none. A code of another form is wrong.
FAMILIES = tuple(
    (re.compile(form), name)
    for form, name in (
        (
            r"K99\d{6}|UKX|UKZZ?Z?|TLZ\w*",
            "the United Kingdom with or without its continental shelf",
        ),
        (r"TL[A-Z]\d?", "international territorial levels 1 and 2"),
        (r"TL[A-Z][0-9A-Z]{2}", "international territorial level 3"),
        (r"UK[A-N]([0-9A-Z]{1,2})?", "NUTS areas"),
        (r"[EW]01\d{6}|S01\d{6}|N2[01]\d{6}|95[A-Z]{2}\d{2}[SW]\d", "small areas"),
        (r"[EW]02\d{6}|S02\d{6}", "middle layer areas"),
        (r"[EWSN]05\d{6}|[EWSN]06\d{6}S", "wards"),
        (r"E37\d{6}", "local enterprise partnerships"),
        (r"[EWSNK]30\d{6}", "travel to work areas"),
        (r"E1[04]\d{6}|W07\d{6}|S14\d{6}", "constituencies and former areas"),
    )
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a source reads.

    Attributes:
        connection: where tables are read; the table `desk_code` in it has a row for each code that
            a place bears or bore (`published`) and the code it has in the register (`place`).
        register: the places that rows may speak of.
        catalogue: the indicators that rows may speak of.
        folder: the top of the tree of files; names in origins and errors are told from here.
        others: other registers, whose places rows may speak of too.
    """

    connection: duckdb.DuckDBPyConnection
    register: Register
    catalogue: Catalogue
    folder: Path
    _codes: dict[str, str] = field(repr=False)
    _numbers: Iterator[int] = field(repr=False)
    others: Registers | None = None

    def name(self, path: Path) -> str:
        """A file's name as it stands in origins and errors: its path below the desk's folder."""
        if path.is_relative_to(self.folder):
            return path.relative_to(self.folder).as_posix() or path.name
        return path.name

    def new_table(self, stem: str = "read") -> str:
        """A name for a table of this reading, borne by no other."""
        return f"{stem}_{next(self._numbers)}"

    def code(self, published: str) -> str | None:
        """The code in the register of the place that bears or bore a published code.

        One that the register lacks is looked for in the others, where it means itself: a code that
        several of them have is one place, since a place that changed got another.
        """
        found = self._codes.get(published)
        if found is None and self.others is not None and published in self.others:
            found = self._codes[published] = published
        return found

    def codes(self) -> dict[str, str]:
        """Every published code that is known, with the code in the register."""
        return dict(self._codes)

    def family(self, published: str) -> str | None:
        """What a code is a code of, if it is of a kind of area that no register here has."""
        for form, name in FAMILIES:
            if form.fullmatch(published):
                return name
        return None

    def knows(self, kind: str, *, register: str | None) -> bool:
        """Whether a register, or the desk's own if none is named, has places of a kind."""
        if register is None:
            return kind in self.register.kinds()
        return self.others is not None and register in self.others.codes

    def find(
        self, name: str, *, kind: str, register: str | None = None, day: date | None = None
    ) -> Place:
        """The place of a kind that bears a name, in the spelling of any publisher.

        With a day it is one that was there on that day, else one of today or, if none of these
        bears the name, one that has ended.
        Errors: UnknownPlace or AmbiguousPlace.
        """
        if register is not None and self.others is not None:
            other = self.others[register]
            return other.find(name, among=[one for one in other if one.kind == kind])
        if day is not None:
            there = [one for one in self.register if one.kind == kind and one.live(day)]
            return self.register.find(name, among=there)
        live = [one for one in self.register.of_kind(kind) if one.code in self._codes]
        try:
            return self.register.find(name, among=live)
        except UnknownPlace:
            ended = [one for one in self.register if one.kind == kind]
            return self.register.find(name, among=ended)
        except AmbiguousPlace:
            raise


def open_desk(
    connection: duckdb.DuckDBPyConnection | None = None,
    *,
    register: Register,
    catalogue: Catalogue,
    folder: Path,
    others: Registers | None = None,
) -> Desk:
    """A desk with the codes of the register laid out.

    Other registers are read only for a code that one of them may hold. Without a connection it
    gets one of its own in memory.
    """
    connection = connect_memory() if connection is None else connection
    recodes = register.recodes()
    codes = {place.code: recodes.get(place.code, place.code) for place in register}
    for published, code in SAME_AREA.items():
        if code in codes:
            codes.setdefault(published, codes[code])
    connection.execute("CREATE OR REPLACE TEMP TABLE desk_code (published VARCHAR, place VARCHAR)")
    insert_rows(connection, "desk_code", codes.items())
    return Desk(connection, register, catalogue, folder, codes, itertools.count(1), others)


def other_registers() -> Registers:
    """The registers that come with placedex, of every geography; those of no places are not."""
    codes = tuple(code for code in bundled_registers() if code != NO_PLACES)
    return Registers(codes, bundled_register)
