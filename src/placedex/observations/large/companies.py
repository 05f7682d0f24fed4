"""Companies: from a register of every one to counts by place and industry."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import UnreadableSource
from placedex.observations.large.postcodes import together
from placedex.store import Engine, csv_header

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

INDUSTRIES = tuple(f"industry_{number}" for number in range(1, 5))
FIVE_DIGITS = "^[0-9]{5}( |$)"
NUMBER = ("CompanyNumber",)
POSTCODE = ("RegAddress.PostCode", "Postcode")
DISTRICT = ("localauthority_code",)
FIRST, ANY = "companies", "companies-by-any-industry"
REASONS = (
    "companies without a postcode",
    "companies whose postcode is not in the directory",
    "companies in places that are not in the register",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Companies counted: figures by place and industry, and those that have no place.

    Attributes:
        figures: a row for each place, indicator and part, with the columns place, indicator, part
            and value. Of the indicator `companies` a part is an industry that companies give as
            their first; of `companies-by-any-industry` one that they give at all.
        left_out: how many companies have no place, by the reason why.
    """

    figures: "Table"
    left_out: dict[str, int]


def read_companies(engine: Engine, files: Sequence[Path]) -> "Table":
    """The companies in files of Companies House: postcode, district if it is told, industries.

    Names, addresses and all else stay in the files. An industry is the first six characters of
    its text: five digits and a space for SIC 2007.
    Errors: UnreadableSource if a column is missing; it names the file and the words found.
    Source: Companies House, Free Company Data Product: 55 columns, some with a space before.
    """
    by_header: dict[tuple[str, ...], list[Path]] = {}
    for path in files:
        by_header.setdefault(csv_header(path), []).append(path)
    tables = [_read(engine, paths, header=header) for header, paths in by_header.items()]
    whole = tables[0]
    for table in tables[1:]:
        whole = whole.union(table)
    return whole


def tells_district(header: Sequence[str]) -> bool:
    """Whether a file with this header tells the district of each company."""
    return any(name in DISTRICT for name in header)


def _read(engine: Engine, files: Sequence[Path], *, header: tuple[str, ...]) -> "Table":
    import ibis

    where = files[0].name
    _find(header, NUMBER, where=where)
    postcode = _find(header, POSTCODE, where=where)
    industries = {
        name: _find(header, (f"SICCode.SicText_{number}",), where=where)
        for number, name in enumerate(INDUSTRIES, start=1)
    }
    table = engine.read_csv(files, names=[f"c{number}" for number in range(len(header))])
    told = next((at for at, name in enumerate(header) if name in DISTRICT), None)
    district = ibis.null("string") if told is None else table[f"c{told}"]
    return table.select(
        postcode=together(table[postcode]),
        district=district,
        **{name: table[at].substr(0, 6) for name, at in industries.items()},
    )


def _find(header: tuple[str, ...], names: Sequence[str], *, where: str) -> str:
    folded = [name.casefold() for name in header]
    for name in names:
        if name.casefold() in folded:
            return f"c{folded.index(name.casefold())}"
    met = ", ".join(f"'{name}'" for name in header)
    wanted = " or ".join(f"'{name}'" for name in names)
    raise UnreadableSource(
        f"{where}, row 1: the columns are {met}. Wanted also {wanted}. The publisher has changed "
        "the file: bring placedex up to date."
    )


def count_companies(
    engine: Engine, companies: "Table", *, codes: "pa.Table", directory: "Table | None" = None
) -> Counted:
    """The companies counted by place, and by place and industry of five digits (SIC 2007).

    Shape:  `companies` as `read_companies` gives them; `codes` has the columns published and
            place; `directory`, wanted where the companies' districts are not told, has a row for
            each postcode, with the columns postcode and district.
    Gaps:   a company without an industry of SIC 2007 counts in the whole and in no part.
    """
    placed = _placed(companies, engine.lay_out(codes), directory=directory)
    keys = ("place", "why", *INDUSTRIES)
    groups = engine.keep(placed.group_by(keys).agg(companies=placed.count()))
    without = groups.filter(groups.place.isnull())
    reasons = engine.rows(without.group_by("why").agg(companies=without.companies.sum()))
    left_out = {
        REASONS[row["why"]]: int(row["companies"])
        for row in sorted(reasons.to_pylist(), key=lambda row: int(row["why"]))
    }
    return Counted(_figures(groups.filter(groups.place.notnull())), left_out)


def _placed(companies: "Table", codes: "Table", *, directory: "Table | None") -> "Table":
    """The companies with their place, or with the number of the reason why they have none."""
    import ibis

    if directory is not None:
        known = directory.left_join(codes, directory.district == codes.published)
        known = known.select("postcode", "district", "place")
        found = companies.drop("district").left_join(known, "postcode")
    else:
        found = companies.left_join(codes, companies.district == codes.published)
    why = ibis.cases(
        (found.place.notnull(), ibis.null("int64")),
        (found.postcode.isnull() & found.district.isnull(), 0),
        (found.district.isnull(), 1),
        else_=2,
    )
    return found.select("place", *INDUSTRIES, why=why)


def _figures(groups: "Table") -> "Table":
    """Wholes and parts, of groups of companies that give the same industries."""
    import ibis

    first, *others = INDUSTRIES
    wholes = [
        groups.group_by("place").agg(
            indicator=ibis.literal(indicator), part=ibis.literal(""), value=groups.companies.sum()
        )
        for indicator in (FIRST, ANY)
    ]
    given = [groups.select("place", "companies", industry=groups[first])]
    for number, name in enumerate(others, start=1):
        again = groups[name].isin([groups[one] for one in INDUSTRIES[:number]])
        new = groups.filter(~again.fill_null(False))
        given.append(new.select("place", "companies", industry=new[name]))
    parts = [_parts(given[0], indicator=FIRST), _parts(ibis.union(*given), indicator=ANY)]
    return ibis.union(*(_in_order(table) for table in (*wholes, *parts)))


def _parts(given: "Table", *, indicator: str) -> "Table":
    import ibis

    known = given.filter(given.industry.re_search(FIVE_DIGITS))
    coded = known.select("place", "companies", part=known.industry.substr(0, 5))
    return coded.group_by("place", "part").agg(
        indicator=ibis.literal(indicator), value=coded.companies.sum()
    )


def _in_order(table: "Table") -> "Table":
    return table.select("place", "indicator", "part", value=table.value.cast("float64"))
