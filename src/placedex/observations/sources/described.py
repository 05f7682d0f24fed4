"""Sources described by data: a YAML file says what the tables look like, and no code is needed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from placedex.errors import BadWorkspace, UnreadableSource
from placedex.observations.reading import Reading
from placedex.observations.sources.about import beside, origin_of
from placedex.observations.sources.address_tables import read_address_table, read_addresses
from placedex.observations.sources.block_cells import read_block_cells
from placedex.observations.sources.csv_cells import read_csv_cells, with_metadata
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.json_cells import read_json_cells
from placedex.observations.sources.layout import Layout, Table, read_layout
from placedex.observations.sources.nomis_query import Query, codes_of, requests
from placedex.observations.sources.pages import check_pages, pages_of
from placedex.observations.sources.parquet_cells import read_parquet_cells
from placedex.observations.sources.percent import check_percents
from placedex.observations.sources.raw import Raw, unpivot
from placedex.observations.sources.sense import Sense, make_sense
from placedex.observations.sources.shapes import Asked
from placedex.observations.sources.sheet_cells import read_sheet_cells
from placedex.observations.sources.tall import side_by_side
from placedex.observations.sources.xml_cells import read_xml_cells
from placedex.places import bundled_register
from placedex.store.fetch import Address

_READERS = {
    "csv": read_csv_cells,
    "sdmx-csv": read_csv_cells,
    "xlsx": read_sheet_cells,
    "ods": read_sheet_cells,
    "parquet": read_parquet_cells,
    "json": read_json_cells,
    "json-stat": read_json_cells,
    "sdmx-ml": read_xml_cells,
}

# What of a table says how its cells are read; the rest says what they mean.
_HOW = ("format", "delimiter", "encoding", "ragged", "sheet", "header", "records")


@dataclass(frozen=True, slots=True)
class Described:
    """A source that a layout describes.

    Attributes:
        own_addresses: those of the table that stands beside a workspace's own layouts.
    """

    layout: Layout
    own_addresses: tuple[Address, ...] = ()

    @property
    def code(self) -> str:
        """The name of the source."""
        return self.layout.code

    @property
    def title(self) -> str:
        """What the files are, in words."""
        return self.layout.title

    @property
    def publisher(self) -> str:
        """Who publishes them."""
        return self.layout.publisher

    @property
    def licence(self) -> str:
        """Under which licence they are published."""
        return self.layout.licence

    @property
    def page(self) -> str:
        """The address of the page on which they are published."""
        return self.layout.page

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Those in the source's table of addresses, or what the layout names or asks for."""
        if self.own_addresses:
            return self.own_addresses
        if self.layout.asked:
            return tuple(one for asked in self.layout.asked for one in _requests(asked))
        if not self.layout.url:
            return read_addresses(self.code)
        name = self.layout.url.rpartition("/")[2]
        return (Address(name, self.layout.url, self.layout.page),)

    def files(self, folder: Path) -> tuple[Path, ...]:
        """The files whose names match, and those that describe them."""
        tables = [
            path
            for path in _walk(folder)
            if any(_matches(path, table) for table in self.layout.each()) and self._described(path)
        ]
        about = self.layout.about
        beside_them = [beside(path, about) for path in tables] if about else []
        metadata = [
            path.with_name(f"{path.name}-metadata.json")
            for path in tables
            if any(table.format == "csvw" for table in self.layout.each())
        ]
        return tuple(sorted({*tables, *beside_them, *(one for one in metadata if one.exists())}))

    def documents(self, folder: Path) -> tuple[tuple[Path, str], ...]:
        """The files of the publisher that hold no figures, and what each is."""
        wanted = self.layout.documents
        return tuple(
            (path, one.why)
            for path in (_walk(folder) if wanted else ())
            for one in wanted
            if path.match(one.file)
        )

    def units(self, files: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
        """The files that must be read together: a table and those that describe it."""
        about = self.layout.about
        found: dict[tuple[Path, ...], None] = {}
        for table in self.layout.each():
            paths = self._files_of(table, files)
            found |= dict.fromkeys(pages_of(path, paths, table.pages) for path in paths)
        return tuple(
            (
                *paths,
                *([beside(path, about) for path in paths] if about else ()),
                *(
                    one
                    for one in files
                    if one.parent == paths[0].parent
                    and one.name in {f"{path.name}-metadata.json" for path in paths}
                ),
            )
            for paths in sorted(found)
        )

    def _described(self, path: Path) -> bool:
        about = self.layout.about
        return about is None or (beside(path, about).is_file() and path != beside(path, about))

    def read(self, files: Sequence[Path], desk: Desk) -> Reading:
        """The rows of some files, in the order of the layout's tables.

        Errors: UnreadableSource with the file, the sheet, the row and the words found.
        """
        tables = [(table, self._files_of(table, files)) for table in self.layout.each()]
        chosen = sorted({path for _, paths in tables for path in paths})
        self._refuse_known(chosen, desk=desk)
        origins = tuple(origin_of(path, self.layout, desk) for path in chosen)
        known: dict[object, list[Raw]] = {}
        senses = [
            make_sense(unpivot(raw, told, desk), told, desk)
            for table, paths in tables
            for raw, told in _cells(paths, table, desk=desk, known=known)
        ]
        if not senses:
            raise UnreadableSource(
                f"{desk.folder} holds no files of {self.title}. Wanted files named "
                f"{', '.join(self.layout.files)}. Name the folder that holds them."
            )
        query = " UNION ALL ".join(sense.query for sense in senses)
        reading = Reading(
            desk.connection.sql(query),
            origins,
            _sum(senses),
            periods=frozenset().union(*(sense.periods for sense in senses)),
            indicators=frozenset().union(*(sense.indicators for sense in senses)),
        )
        check_percents(reading, desk)
        return reading

    def _files_of(self, table: Table, files: Sequence[Path]) -> list[Path]:
        return sorted(path for path in files if _matches(path, table) and self._described(path))

    def _refuse_known(self, files: Iterable[Path], *, desk: Desk) -> None:
        for path in files:
            for known in self.layout.refused:
                if re.search(known.file, path.name):
                    raise UnreadableSource(
                        f"{desk.name(path)} is an edition with a known fault: {known.why} Wanted "
                        "another edition. Take the file out."
                    )


def _requests(asked: Asked) -> tuple[Address, ...]:
    places = codes_of(bundled_register(), asked.kinds, nations=asked.nations)
    dimensions = (("geography", places), *asked.dimensions.items())
    return requests(Query(asked.dataset, asked.label, dimensions, asked.select, asked.page))


def _walk(folder: Path) -> Iterator[Path]:
    return (
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _matches(path: Path, table: Table) -> bool:
    """Whether a table's file bears such a name: any of `files`, and none of `but_not`.

    A name that ends in .gz is that of the unpacked file too.
    """
    taken = any(path.match(form) or path.match(form.removesuffix(".gz")) for form in table.files)
    return taken and not any(path.match(form) for form in table.but_not)


def _cells(
    paths: list[Path], table: Table, *, desk: Desk, known: dict[object, list[Raw]]
) -> Iterator[tuple[Raw, Table]]:
    """The cells of a table's files, with the table as it is told where they are.

    `known` are those of the tables before it: files are read once for all that is taken from them.
    """
    if table.format == "csvw":
        for path in paths:
            told = with_metadata(path, table, where=desk.name(path))
            for raw in read_csv_cells([path], told, desk):
                yield raw, told
    elif paths:
        for raw in _raw(paths, table, desk, known):
            check_pages(raw, table, desk)
            yield side_by_side(raw, table, desk), table


def _raw(
    paths: list[Path], table: Table, desk: Desk, known: dict[object, list[Raw]]
) -> Iterable[Raw]:
    """The cells of files as they stand; blocks one by one, all else once for several tables."""
    if table.blocks is not None:
        return read_block_cells(paths, table, desk)
    key = (tuple(paths), *(getattr(table, name) for name in _HOW))
    if key not in known:
        known[key] = list(_READERS[table.format](paths, table, desk))
    return known[key]


def _sum(senses: Iterable[Sense]) -> dict[str, int]:
    total: dict[str, int] = {}
    for sense in senses:
        for reason, count in sense.left_out.items():
            total[reason] = total.get(reason, 0) + count
    return dict(sorted(total.items()))


@cache
def bundled_sources() -> tuple[Described, ...]:
    """The sources whose layouts come with placedex, in the order of preference."""
    with resources.as_file(resources.files("placedex.observations.sources") / "layouts") as folder:
        return read_sources(folder)


def read_sources(folder: Path) -> tuple[Described, ...]:
    """The sources that the YAML files of a folder describe, in the order of their names.

    The addresses of a source's files may stand below the folder in addresses/CODE.csv.
    Errors: BadWorkspace if a file cannot be read or two give one code.
    """
    sources: dict[str, Described] = {}
    for path in sorted(folder.glob("*.yaml")):
        layout = read_layout(path)
        table = folder / "addresses" / f"{layout.code}.csv"
        source = Described(layout, read_address_table(table) if table.is_file() else ())
        if source.code in sources:
            raise BadWorkspace(
                f"{path}: another layout has the code '{source.code}' too. Wanted each code once. "
                "Give one of them another."
            )
        sources[source.code] = source
    return tuple(sources.values())
