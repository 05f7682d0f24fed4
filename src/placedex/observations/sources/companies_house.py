"""Companies House: the register of companies, counted by place and industry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import UnreadableSource
from placedex.observations.large import count_companies, read_companies, read_directory
from placedex.observations.large.companies import ANY, FIRST, Counted, tells_district
from placedex.observations.origin import Origin
from placedex.observations.reading import Reading
from placedex.observations.sources.desk import Desk
from placedex.store import csv_header, engine_on, hash_file, hash_text
from placedex.store.fetch import Address

if TYPE_CHECKING:
    import ibis.expr.types as ir

PAGE = "https://download.companieshouse.gov.uk/en_output.html"
BULK = re.compile(
    r"BasicCompanyData(AsOneFile)?-(?P<month>\d{4}-\d\d)-\d\d(-part\d+_\d+)?\.csv(\.gz)?"
)
# An extract for one county, in which the district of each company is told.
EXTRACT = re.compile(r"companieshouse_southyorkshire\.csv(\.gz)?")
EXTRACT_MONTH = "2024-11"
DIRECTORY = re.compile(r"(ONSPD|NSPL)_.*_UK\.csv(\.gz)?")


@dataclass(frozen=True, slots=True)
class CompaniesHouse:
    """The Free Company Data Product, in one file or in parts, and the extract of South Yorkshire.

    The district of a company is that of its registered office's postcode, looked up in a postcode
    directory of ONS (ONSPD or NSPL) that stands in the same folder. No name, number or address of
    a company or a person is taken.
    """

    @property
    def code(self) -> str:
        """The name of the source."""
        return "companies-house"

    @property
    def title(self) -> str:
        """What the files are, in words."""
        return "Companies on the register"

    @property
    def publisher(self) -> str:
        """Who publishes them."""
        return "Companies House"

    @property
    def licence(self) -> str:
        """Under which licence they are published."""
        return "Open Government Licence v3.0"

    @property
    def page(self) -> str:
        """The address of the page on which they are published."""
        return PAGE

    @property
    def addresses(self) -> tuple[Address, ...]:
        """None: the name of the newest file changes every month."""
        return ()

    def files(self, folder: Path) -> tuple[Path, ...]:
        """The files of companies and, where a national one is among them, the directories."""
        found = sorted(path for path in folder.rglob("*.csv*") if path.is_file())
        companies = [one for one in found if month_of(one) is not None]
        national = any(BULK.fullmatch(one.name) for one in companies)
        directories = [one for one in found if national and DIRECTORY.fullmatch(one.name)]
        return tuple(sorted({*companies, *directories}))

    def read(self, files: Sequence[Path], desk: Desk) -> Reading:
        """Companies by district and by industry; each month's files are counted together.

        Errors: UnreadableSource if a file's header is not as Companies House writes it, a month is
                there twice, or there is no postcode directory where one is wanted.
        """
        import ibis

        directory = _directory([one for one in files if month_of(one) is None], desk=desk)
        tables, origins, left_out = [], [], dict[str, int]()
        for month, paths in _months(files, desk=desk).items():
            told = tells_district(csv_header(paths[0]))
            looked_up = None if told else _wanted(directory, paths, desk=desk)
            origin = self._origin(paths, looked_up, desk=desk)
            counted = _count(paths, looked_up, desk=desk)
            tables.append(_rows(counted.figures, month=month, origin=origin))
            origins.append(origin)
            for reason, count in counted.left_out.items():
                left_out[reason] = left_out.get(reason, 0) + count
        query = engine_on(desk.connection).query(ibis.union(*tables))
        months = frozenset(_months(files, desk=desk))
        return Reading(
            desk.connection.sql(query),
            tuple(origins),
            left_out,
            periods=frozenset(month[:7] for month in months),
            indicators=frozenset({FIRST, ANY}),
        )

    def _origin(self, paths: Sequence[Path], directory: Path | None, *, desk: Desk) -> Origin:
        hashes = [hash_file(path) for path in paths]
        notes = [] if directory is None else [f"Placed by {directory.name}."]
        if len(paths) > 1:
            notes.append(f"In {len(paths)} parts; the hash is that of their hashes.")
        return Origin(
            code=desk.name(paths[0]),
            publisher=self.publisher,
            title=self.title,
            edition=month_of(paths[0]) or "",
            url=PAGE,
            licence=self.licence,
            file=desk.name(paths[0]),
            sha256=hashes[0] if len(hashes) == 1 else hash_text("\n".join(hashes)),
            note=" ".join(notes),
        )


def month_of(path: Path) -> str | None:
    """The month of a file of companies, told by its name; none if it is another file."""
    bulk = BULK.fullmatch(path.name)
    if bulk is not None:
        return bulk["month"]
    return EXTRACT_MONTH if EXTRACT.fullmatch(path.name) else None


def _months(files: Sequence[Path], *, desk: Desk) -> dict[str, list[Path]]:
    """The files of each month, the parts of one snapshot together; the extract stands alone."""
    months: dict[str, list[Path]] = {}
    for path in files:
        month = month_of(path)
        if month is not None:
            key = month if BULK.fullmatch(path.name) else f"{month}, extract"
            months.setdefault(key, []).append(path)
    for month, paths in months.items():
        whole = [one for one in paths if "-part" not in one.name]
        if whole and len(paths) > 1:
            raise UnreadableSource(
                f"{', '.join(desk.name(one) for one in paths)} hold the companies of {month} more "
                "than once. Wanted one file, or the parts of one. Take the others out."
            )
    return months


def _directory(files: Sequence[Path], *, desk: Desk) -> Path | None:
    if len(files) > 1:
        raise UnreadableSource(
            f"{', '.join(desk.name(one) for one in files)} are {len(files)} postcode directories. "
            "Wanted one, so that it is known which was used. Take the others out."
        )
    return files[0] if files else None


def _wanted(directory: Path | None, paths: Sequence[Path], *, desk: Desk) -> Path:
    if directory is None:
        raise UnreadableSource(
            f"{desk.name(paths[0])} tells postcodes and no districts. Wanted a postcode directory "
            "of ONS in the same folder, such as ONSPD_AUG_2025_UK.csv. Fetch one from the Open "
            "Geography portal and put it there."
        )
    return directory


def _count(paths: Sequence[Path], directory: Path | None, *, desk: Desk) -> Counted:
    engine = engine_on(desk.connection)
    companies = read_companies(engine, paths)
    codes = desk.connection.sql("SELECT published, place FROM desk_code").to_arrow_table()
    lookup = None if directory is None else read_directory(engine, [directory])
    return count_companies(engine, companies, codes=codes, directory=lookup)


def _rows(figures: "ir.Table", *, month: str, origin: Origin) -> "ir.Table":
    """Figures as the rows of a reading; each is counted from the whole file, told as row 1."""
    import ibis

    return figures.select(
        "place",
        "indicator",
        "part",
        "value",
        period=ibis.literal(month[:7]),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        status=ibis.literal("derived"),
        origin=ibis.literal(origin.code),
        unit=ibis.literal("companies"),
        file=ibis.literal(origin.file),
        row=ibis.literal(1, "int64"),
    )
