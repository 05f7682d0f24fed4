"""Queries of Nomis: a wanted table cut into requests that its interface answers whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from urllib.parse import urlencode

from placedex.errors import BadUsage
from placedex.places import Register
from placedex.store.fetch import Address

# Who has no key gets 25,000 cells of a request, and the rest is cut off without a word.
# Source: Nomis, help of its interface (https://www.nomisweb.co.uk/api/v01/help).
MOST_CELLS = 25_000
# What servers of its kind take of a query by default.
LONGEST = 2000
SERVICE = "https://www.nomisweb.co.uk/api/v01/dataset"
_RANGE = re.compile(r"(\d+)\.\.\.(\d+)")
_KNOWN = re.compile(r"[A-Z]?\d+(-\d+)?|[A-Z]\d{8}")


@dataclass(frozen=True, slots=True)
class Query:
    """What is wanted of a data set of Nomis.

    Attributes:
        dataset: its code there: NM_189_1.
        label: a name for its files.
        dimensions: the codes of each dimension, geography and date among them.
        select: the columns of the answer; all if none is named.
        page: where the data set is described.
    """

    dataset: str
    label: str
    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    select: tuple[str, ...] = ()
    page: str = "https://www.nomisweb.co.uk/"

    @property
    def cells(self) -> int:
        """How many cells it asks for."""
        return prod(len(codes) for _, codes in self.dimensions)

    def words(self, offset: int = 0) -> str:
        """The query as it stands in an address."""
        pairs = [(name, ",".join(codes)) for name, codes in self.dimensions]
        if self.select:
            pairs.append(("select", ",".join(self.select)))
        if offset:
            pairs.append(("recordoffset", str(offset)))
        return urlencode(pairs, safe=",")

    def address(self, label: str, offset: int = 0) -> Address:
        """Where its answer is fetched, and the file that it becomes."""
        ending = f"-from-{offset}" if offset else ""
        return Address(
            f"nomis/{self.dataset}-{label}{ending}.csv",
            f"{SERVICE}/{self.dataset}.data.csv?{self.words(offset)}",
            self.page,
        )


def expand(codes: Sequence[str]) -> tuple[str, ...]:
    """Codes one by one, where some are written as a range: 150994945...150994965.

    Errors: BadUsage for words whose number of codes is not known: TYPE464, latest.
    """
    found: list[str] = []
    for code in codes:
        ends = _RANGE.fullmatch(code)
        if ends is None and not _KNOWN.fullmatch(code):
            raise BadUsage(
                f"'{code}' stands for nobody knows how many codes. Wanted codes, or a range of "
                "numbers, so that the cells can be counted. Name them, or ask page by page."
            )
        found += map(str, range(int(ends[1]), int(ends[2]) + 1)) if ends else [code]
    return tuple(dict.fromkeys(found))


def requests(query: Query, *, most: int = MOST_CELLS) -> tuple[Address, ...]:
    """The requests that together give a query, each of at most so many cells and no longer than
    a server takes; every cell is in one of them.

    Errors: BadUsage if the codes of a dimension cannot be counted, or there are none.
    """
    if most < 1:
        raise BadUsage(f"{most} cells are no request. Wanted 1 or more.")
    counted = tuple((name, expand(codes)) for name, codes in query.dimensions)
    for name, codes in counted:
        if not codes:
            raise BadUsage(f"The dimension '{name}' has no codes. Wanted one or more: name them.")
    parts = list(_cut(replace(query, dimensions=counted), most))
    if len(parts) == 1:
        return (parts[0].address(query.label),)
    return tuple(
        part.address(f"{query.label}-{number}") for number, part in enumerate(parts, start=1)
    )


def _cut(query: Query, most: int) -> Iterator[Query]:
    """The query, or its halves along the dimension with the most codes, cut again if need be."""
    if query.cells <= most and len(query.words()) <= LONGEST:
        yield query
        return
    at = max(range(len(query.dimensions)), key=lambda one: len(query.dimensions[one][1]))
    name, codes = query.dimensions[at]
    if len(codes) == 1:
        raise BadUsage(
            f"The query '{query.label}' is longer than a server takes, and has one code of each "
            "dimension. Wanted fewer columns: shorten what it selects."
        )
    middle = (len(codes) + 1) // 2
    for half in (codes[:middle], codes[middle:]):
        cut = (*query.dimensions[:at], (name, half), *query.dimensions[at + 1 :])
        yield from _cut(replace(query, dimensions=cut), most)


def pages(query: Query, *, rows: int, most: int = MOST_CELLS) -> tuple[Address, ...]:
    """The requests for the pages of a query whose codes cannot be counted beforehand.

    Its first page says how many rows there are (RECORD_COUNT); each page begins where the last
    ended.
    """
    if rows < 0 or most < 1:
        raise BadUsage(f"{rows} rows of {most} a page are no pages. Wanted 0 rows or more.")
    return tuple(query.address(query.label, offset) for offset in range(0, max(rows, 1), most))


def codes_of(register: Register, kinds: Sequence[str], *, nations: str = "EWSN") -> tuple[str, ...]:
    """The codes of all live places of some kinds in some nations, by which Nomis knows them too."""
    return tuple(
        place.code for kind in kinds for place in register.of_kind(kind) if place.code[0] in nations
    )
