"""A workspace: a folder with settings, figures and specs, and what can be read from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from placedex.errors import BadUsage, BadWorkspace, UnreadableSource
from placedex.index import Index, Spec, build, read_spec
from placedex.observations import (
    MIGRATIONS,
    Catalogue,
    Observations,
    Panel,
    Reading,
    bundled_catalogue,
    keep_indicators,
    keep_observations,
    keep_places,
    read_catalogue,
    read_figures,
)
from placedex.observations.sources import OnsExploreLocalStatistics, Source
from placedex.places import DISTRICT, Place, Register, bundled_register, read_register
from placedex.store import connect_memory, migrate
from placedex.workspace.settings import Settings, read_workspace_settings

SOURCES: tuple[Source, ...] = (OnsExploreLocalStatistics(),)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that git can hold: what is known of a place, and what is to be made of it."""

    folder: Path
    settings: Settings
    register: Register
    catalogue: Catalogue

    @property
    def home(self) -> Place:
        """The place that the workspace is about."""
        return self.register[self.settings.home]

    def places(self, *, every_district: bool = False) -> tuple[Place, ...]:
        """The places that the settings name, in the order of the register.

        Errors: UnknownPlace for a code that is not in the register; BadWorkspace for a kind.
        """
        chosen = {self.register[code].code for code in self.settings.places.codes}
        chosen.add(self.home.code)
        for kind in self.settings.places.kinds:
            if kind not in self.register.kinds():
                raise BadWorkspace(
                    f"{self.folder.name}/placedex.toml: '{kind}' is no kind of place. Wanted "
                    f"one of {', '.join(self.register.kinds())}."
                )
            chosen |= {place.code for place in self.register.of_kind(kind)}
        for code in self.settings.places.districts_within:
            within = self.register.within(code)
            chosen |= {place.code for place in within if place.kind == DISTRICT}
        if every_district:
            chosen |= {place.code for place in self.register.of_kind(DISTRICT)}
        return tuple(place for place in self.register if place.code in chosen)

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
        """Every index that the workspace specifies."""
        return tuple(read_spec(path, self.catalogue) for path in self.spec_paths())

    def spec(self, code: str) -> Spec:
        """One index by its code; BadUsage with the codes there are if it is not among them."""
        specs = {spec.code: spec for spec in self.specs()}
        if code not in specs:
            raise BadUsage(
                f"There is no index '{code}' in {self.folder}. Wanted one of {', '.join(specs)}."
            )
        return specs[code]

    def readings(self, figures: Path | None = None) -> tuple[Reading, ...]:
        """The rows of the workspace's own figures, or of published files in a folder instead."""
        if figures is None:
            return (read_figures(self.folder / "figures"),)
        for source in SOURCES:
            if source.reads(figures):
                return (source.read(figures, register=self.register),)
        raise UnreadableSource(
            f"{figures} holds no published files that placedex reads. Wanted a folder of one of: "
            f"{', '.join(source.code for source in SOURCES)}. Name the folder that holds them."
        )

    def keep(
        self, connection: duckdb.DuckDBPyConnection, readings: tuple[Reading, ...]
    ) -> Observations:
        """Write places, indicators and checked figures into a database that has its tables."""
        keep_places(connection, self.register)
        keep_indicators(connection, self.catalogue)
        keep_observations(connection, readings, register=self.register, catalogue=self.catalogue)
        origins = {one.code: one for reading in readings for one in reading.origins}
        return Observations(connection, self.register, self.catalogue, tuple(origins.values()))

    @contextmanager
    def observations(self, figures: Path | None = None) -> Iterator[Observations]:
        """The figures, read and checked anew, in memory; the last build is not looked at."""
        with connect_memory() as connection:
            migrate(connection, MIGRATIONS)
            yield self.keep(connection, self.readings(figures))

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


def wanted_codes(spec: Spec) -> tuple[str, ...]:
    """The indicators that a spec needs: those it scores and those it shows beside."""
    return (*(leaf.code for leaf in spec.hierarchy.leaves), *spec.beside)


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
