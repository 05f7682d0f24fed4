"""A workspace: a folder with settings, figures and specs, and what can be read from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from placedex.errors import BadSpec, BadUsage, BadWorkspace, PlacedexError, UnreadableSource
from placedex.index import Index, Spec, build, read_spec
from placedex.index.over_time import figures_of
from placedex.observations import (
    MIGRATIONS,
    Catalogue,
    Corrected,
    Earlier,
    Observations,
    Panel,
    Reading,
    bundled_catalogue,
    correct,
    covered_by,
    indicators_of,
    keep_indicators,
    keep_observations,
    keep_places,
    read_catalogue,
    read_corrections,
    read_figures,
    with_days,
    without_covered,
)
from placedex.observations.sources import (
    Claims,
    Shelf,
    claim,
    installed_sources,
    open_desk,
    other_registers,
    read_sources,
)
from placedex.places import DISTRICT, Place, Register, Registers, bundled_register, read_register
from placedex.store import connect_memory, migrate
from placedex.store.fetch import fetched_days
from placedex.workspace.settings import FILE, Settings, read_workspace_settings


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that git can hold: what is known of a place, and what is to be made of it."""

    folder: Path
    settings: Settings
    register: Register
    catalogue: Catalogue

    @property
    def others(self) -> Registers | None:
        """The registers of other geographies; none for a workspace with a register of its own."""
        return other_registers() if self.settings.places.register_name is None else None

    @property
    def home(self) -> Place:
        """The place that the workspace is about."""
        return self.register[self.settings.home]

    def places(self, *, every_district: bool = False) -> tuple[Place, ...]:
        """The places that the settings name, in the order of the register.

        Errors: UnknownPlace for a code that is not in the register; BadWorkspace for a kind.
        """
        chosen = {self._live(code, "places.codes") for code in self.settings.places.codes}
        chosen.add(self._live(self.settings.home, "home"))
        for kind in self.settings.places.kinds:
            if kind not in self.register.kinds():
                raise BadWorkspace(
                    f"{self.folder.name}/placedex.toml: '{kind}' is no kind of place. Wanted "
                    f"one of {', '.join(self.register.kinds())}."
                )
            chosen |= {place.code for place in self.register.of_kind(kind)}
        for given in self.settings.places.districts_within:
            within = self.register.within(self._live(given, "places.districts_within"))
            chosen |= {place.code for place in within if place.kind == DISTRICT}
        if every_district:
            chosen |= {place.code for place in self.register.of_kind(DISTRICT)}
        return tuple(place for place in self.register if place.code in chosen)

    def _live(self, code: str, key: str) -> str:
        """A code of the settings, if a place bears it on the register's day."""
        where = f"{self.folder / FILE}, key {key}"
        place = self.register.get(code)
        if place is not None and place.live(self.register.day):
            return place.code
        if place is not None:
            became = self.register.successor(code)
            new = f"Write {became}, which it became." if became != code else "Take it out."
            raise BadWorkspace(
                f"{where}: {code} ({place.name}) ended on {place.ended}. Wanted a place that is "
                f"there. {new}"
            )
        try:
            found = self.register.find(code)
        except PlacedexError as error:
            raise BadWorkspace(f"{where}: {error}") from None
        raise BadWorkspace(
            f"{where}: '{code}' is a name. Wanted a code. Write {found.code} for the {found.kind}."
        )

    def spec_paths(self) -> tuple[Path, ...]:
        """The files of the specs, in order of their names; BadWorkspace if there is none."""
        paths = tuple(sorted((self.folder / "indexes").glob("*.yaml")))
        if not paths:
            raise BadWorkspace(
                f"{self.folder / 'indexes'} holds no spec. Wanted at least one YAML file. Put one "
                "there; the example of placedex init --example west-midlands shows the form."
            )
        return paths

    def specs(self) -> tuple[Spec, ...]:
        """Every index that the workspace specifies; BadSpec if two bear one code."""
        specs: dict[str, Spec] = {}
        for path in self.spec_paths():
            spec = read_spec(path, self.catalogue)
            if spec.code in specs:
                raise BadSpec(
                    f"{path}: another spec has the code '{spec.code}' too. Wanted each code once. "
                    "Give one of them another."
                )
            specs[spec.code] = spec
        return tuple(specs.values())

    def spec(self, code: str) -> Spec:
        """One index by its code; BadUsage with the codes there are if it is not among them."""
        specs = {spec.code: spec for spec in self.specs()}
        if code not in specs:
            raise BadUsage(
                f"There is no index '{code}' in {self.folder}. Wanted one of {', '.join(specs)}."
            )
        return specs[code]

    def claims(self, figures: Path) -> Claims:
        """Which source reads which of the published files in a folder and all below it.

        The workspace's own layouts, in `sources/`, come before those that are installed.
        Errors: UnreadableSource if no source reads any; BadWorkspace if two claim one file.
        """
        if not figures.is_dir():
            raise UnreadableSource(
                f"{figures} is no folder. Wanted one that holds published files. Name it."
            )
        sources = installed_sources(read_sources(self.folder / "sources"))
        claims = claim(figures, sources)
        if not claims.by_source:
            raise UnreadableSource(
                f"{figures} holds no published files that placedex reads. Wanted files of one of: "
                f"{', '.join(source.code for source in sources)}. Name the folder that holds them, "
                "or describe them by a layout in the workspace's folder sources/."
            )
        return claims

    def readings(
        self,
        figures: Path | None = None,
        *,
        connection: duckdb.DuckDBPyConnection | None = None,
        claims: Claims | None = None,
        shelf: Shelf | None = None,
    ) -> tuple[Reading, ...]:
        """The rows of the workspace's own figures; published files in a folder come before them.

        Of an indicator that the published files have for a kind of place, the workspace's own
        figures for that kind are left aside; those for other kinds stay. Origins of files that
        were fetched tell the day. The published rows are read in the connection, and can be kept in
        no other. With a shelf, files that have not changed since they were last read are not read
        again.
        """
        own = read_figures(self.folder / "figures")
        if figures is None:
            return (own,)
        claims = self.claims(figures) if claims is None else claims
        desk = open_desk(
            connection,
            register=self.register,
            catalogue=self.catalogue,
            folder=figures,
            others=self.others,
        )
        published = with_days(claims.read(desk, shelf), fetched_days(figures))
        covered = covered_by(published, codes=indicators_of((own,)), kind_of=self.kind_of)
        return (*published, without_covered(own, covered, kind_of=self.kind_of))

    def kind_of(self, code: str) -> str | None:
        """The kind of the place that bears a code in any register; None if there is no such."""
        place = self.register.get(code)
        if place is None and self.others is not None and code in self.others:
            place = self.others.find_code(code).place
        return None if place is None else place.kind

    def correct(
        self, connection: duckdb.DuckDBPyConnection, readings: tuple[Reading, ...]
    ) -> tuple[tuple[Reading, ...], tuple[Corrected, ...]]:
        """The readings with the workspace's corrections, and what became of each of these.

        The corrected rows can be kept in no other connection.
        """
        corrections = read_corrections(self.folder / "corrections")
        return correct(connection, readings, corrections=corrections)

    def keep(
        self, connection: duckdb.DuckDBPyConnection, readings: tuple[Reading, ...]
    ) -> Observations:
        """Write places, indicators and checked figures into a database that has its tables."""
        keep_places(connection, self.register)
        keep_indicators(connection, self.catalogue)
        keep_observations(
            connection,
            readings,
            register=self.register,
            catalogue=self.catalogue,
            others=self.others,
        )
        origins = {one.code: one for reading in readings for one in reading.origins}
        return Observations(connection, self.register, self.catalogue, tuple(origins.values()))

    @contextmanager
    def observations(self, figures: Path | None = None) -> Iterator[Observations]:
        """The figures, read and checked anew, in memory; the last build is not looked at."""
        with connect_memory() as connection:
            migrate(connection, MIGRATIONS)
            readings, _ = self.correct(connection, self.readings(figures, connection=connection))
            yield self.keep(connection, readings)

    def panel(self, kind: str, *, spec: Spec | None = None) -> Panel:
        """The latest figures of a spec's indicators for every place of one kind.

        Without a spec it is that of the first index. See `Observations.panel` for periods and gaps.
        """
        chosen = self.specs()[0] if spec is None else spec
        places = [place for place in self.places() if place.kind == kind]
        if not places:
            raise BadUsage(
                f"The workspace has no place of the kind '{kind}'. Wanted one of "
                f"{', '.join(dict.fromkeys(place.kind for place in self.places()))}."
            )
        with self.observations() as observations:
            return observations.panel(places, wanted_codes(chosen))

    def index(self, code: str, kind: str) -> Index:
        """One index for the places of one kind, built in memory."""
        spec = self.spec(code)
        return build(spec, self.panel(kind, spec=spec))


def wanted_codes(spec: Spec) -> tuple[str | Earlier, ...]:
    """The figures that a spec needs: those it scores, as they were before too, and those beside."""
    return (*figures_of(spec), *spec.beside)


def open_workspace(folder: str | Path) -> Workspace:
    """The workspace in a folder.

    Errors: BadWorkspace with file, line and key if its settings cannot be read; UnknownPlace if
            its home is not in the register.
    """
    path = Path(folder)
    settings = read_workspace_settings(path)
    name = settings.places.register_name
    register = bundled_register() if name is None else read_register(path / "places", name)
    own = path / "indicators.yaml"
    catalogue = bundled_catalogue()
    if own.is_file():
        catalogue = read_catalogue((own,), known=catalogue)
    workspace = Workspace(path, settings, register, catalogue)
    workspace.places()
    return workspace
