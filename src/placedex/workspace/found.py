"""A place found in a workspace by what was typed: a name, a code of any register, a postcode."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from placedex.errors import BadUsage, UnknownPlace
from placedex.places import (
    DISTRICT,
    Boundaries,
    Match,
    Names,
    NearestAreas,
    PostcodeFinder,
    Postcodes,
    Register,
    Registers,
    bundled_names,
    bundled_nearest_areas,
    find_place,
    open_postcodes,
    parse_postcode,
    read_boundaries,
)
from placedex.workspace.workspace import Workspace

PLACES = "places"
POSTCODES = ("postcodes.csv", "postcodes.csv.gz", "postcodes.tar.gz", "postcodes")
BOUNDARIES = tuple(
    f"boundaries.{ending}"
    for ending in ("gpkg", "geojson", "geojson.gz", "topojson", "topojson.gz", "json", "json.gz")
)


@dataclass(frozen=True)
class Atlas:
    """What a workspace can be asked about places: its register, and the files it has of them.

    postcodes_at, boundaries_at: files to use instead of those in the workspace's folder `places`.
    """

    workspace: Workspace
    postcodes_at: Path | None = None
    boundaries_at: Path | None = None

    def find(self, words: str) -> Match:
        """The one place that a code of any register, a name or a postcode means.

        Errors: UnknownPlace with the nearest, or with the file that is wanted for a postcode;
                AmbiguousPlace with the choices; UnreadableSource for a file that is none.
        """
        own = self.workspace.settings.places.register_name is not None
        names = Names(self.workspace.register) if own else bundled_names()
        path = self._path(self.postcodes_at, POSTCODES)
        look = None if path is None else _Look(self, open_postcodes(path))
        registers = self.registers if self.registers is not None else _none()
        try:
            return find_place(words, names=names, registers=registers, postcodes=look)
        except UnknownPlace:
            postcode = parse_postcode(words)
            if look is not None or postcode is None:
                raise
            there = self.workspace.folder / PLACES / POSTCODES[0]
            raise UnknownPlace(
                f"'{words.strip()}' is the postcode {postcode}, and there is no list of postcodes",
                "a code, a name, or a published list of postcodes: a CSV with the columns pcds (or "
                "postcode), lat and long, such as the National Statistics Postcode Lookup, or a "
                "folder or .tar.gz with such a file for each postcode area",
                f"Put it at {there}, or name it: --postcodes FILE.",
            ) from None

    @property
    def registers(self) -> Registers | None:
        """The registers of other geographies, if the workspace has any."""
        return self.workspace.others

    @cached_property
    def boundaries(self) -> Boundaries | None:
        """The boundaries in the workspace's folder `places`, or in the file that was named."""
        path = self._path(self.boundaries_at, BOUNDARIES)
        if path is not None and not path.is_file():
            raise BadUsage(
                f"{path} is missing. Wanted a file of boundaries: TopoJSON, GeoJSON or GeoPackage. "
                "Put it there, or name another."
            )
        return None if path is None else read_boundaries(path, day=self.workspace.register.day)

    def locator(self) -> Boundaries | NearestAreas:
        """What says in which district a point lies: boundaries if there are any."""
        if self.boundaries is not None:
            register = self.workspace.register
            codes = [
                code
                for code in self.boundaries.codes
                if (place := register.get(code)) is not None and place.kind == DISTRICT
            ]
            if codes:
                return self.boundaries.only(codes)
        return bundled_nearest_areas()

    def _path(self, given: Path | None, names: tuple[str, ...]) -> Path | None:
        if given is not None:
            return given
        folder = self.workspace.folder / PLACES
        return next((folder / name for name in names if (folder / name).exists()), None)


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks a postcode up, and reads boundaries only when there is one to look up."""

    atlas: Atlas
    postcodes: Postcodes

    def find(self, text: str) -> Match:
        """The district of a postcode."""
        registers = self.atlas.registers
        if registers is None:
            raise UnknownPlace(
                f"'{text.strip()}' is a postcode, and this workspace has a register of its own",
                "a place of that register",
                "Give its code or its name.",
            )
        return PostcodeFinder(self.postcodes, self.atlas.locator(), registers).find(text)


def _none() -> Registers:
    """No register at all, for a workspace that has one of its own."""

    def refuse(code: str) -> Register:
        raise UnknownPlace(f"There is no register '{code}'", "a register", "Name another.")

    return Registers((), refuse)
