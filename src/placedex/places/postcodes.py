"""Postcodes: what was typed as one, and where the published files put it on the map."""

import csv
import gzip
import io
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path, PurePosixPath

from placedex.errors import BadUsage, UnknownPlace, UnreadableSource

OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
WHOLE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][ABD-HJLNP-UW-Z]{2})")
AREA_FILE = re.compile(r"([A-Z]{1,2})\.csv", re.IGNORECASE)
# Headers of published tables, the lists of the Office for National Statistics among them.
POSTCODE_COLUMNS = ("pcds", "pcd8", "pcd7", "pcd", "postcode")
LATITUDE_COLUMNS = ("lat", "latitude")
LONGITUDE_COLUMNS = ("long", "lon", "longitude")
DISTRICT_COLUMN = re.compile(r"laua|oslaua|la_code|lad\d\dcd")
# What the lists write where a postcode has no place on the grid.
NOWHERE = 99.0


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode in its two halves; without an inward half it is a postcode district."""

    outward: str
    inward: str = ""

    @property
    def area(self) -> str:
        """The letters that it begins with."""
        return self.outward.rstrip("0123456789")[:2].rstrip("0123456789")

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}".strip()


@dataclass(frozen=True, slots=True)
class Located:
    """Where a postcode is.

    district: the code of its district, if the file says it.
    """

    postcode: Postcode
    longitude: float
    latitude: float
    district: str | None = None


def parse_postcode(text: str) -> Postcode | None:
    """The postcode that a text is, in any spelling (`b33ax` is B3 3AX), or nothing."""
    joined = "".join(text.upper().split())
    whole = WHOLE.fullmatch(joined)
    if whole:
        return Postcode(whole[1], whole[2])
    return Postcode(joined) if OUTWARD.fullmatch(joined) else None


@dataclass(frozen=True, slots=True)
class Postcodes:
    """A published file of postcodes; each postcode area is read when it is first asked for."""

    path: Path
    _areas: dict[str, dict[str, Located]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def find(self, text: str) -> Located:
        """Where a whole postcode is.

        Errors: UnknownPlace if it is no postcode, not in the file, or in no place on the map;
                UnreadableSource if the file is not as such files are.
        """
        postcode = parse_postcode(text)
        if postcode is None or not postcode.inward:
            raise UnknownPlace(
                f"'{text.strip()}' is not a whole postcode",
                "one such as B3 3AX",
                "Give both halves; `within` takes the first alone.",
            )
        found = self._area(postcode.area).get(f"{postcode.outward}{postcode.inward}")
        if found is None:
            raise UnknownPlace(
                f"{postcode} is not in {self.path.name}",
                "a postcode of that file",
                "Check it; a new one needs a newer file.",
            )
        if not isfinite(found.latitude):
            raise UnknownPlace(
                f"{postcode} has no place on the map in {self.path.name}",
                "a postcode of the United Kingdom",
                "Those of Guernsey, Jersey and the Isle of Man have none.",
            )
        return found

    def within(self, text: str) -> tuple[Located, ...]:
        """Every postcode on the map that begins with an outward code, such as B3.

        Errors: UnknownPlace if there is none.
        """
        postcode = parse_postcode(text)
        listed = () if postcode is None else tuple(self._area(postcode.area).values())
        found = tuple(
            one
            for one in listed
            if postcode is not None
            and one.postcode.outward == postcode.outward
            and isfinite(one.latitude)
        )
        if not found:
            raise UnknownPlace(
                f"No postcode in {self.path.name} begins with '{text.strip()}'",
                "the first half of one, such as B3",
                "Check it.",
            )
        return found

    def areas(self) -> tuple[str, ...]:
        """The postcode areas that the file has, in order; one file alone has none of its own."""
        if self.path.is_dir():
            names = [path.name for path in self.path.iterdir()]
        elif _is_archive(self.path):
            with _archive(self.path) as archive:
                names = [PurePosixPath(member.name).name for member in archive if member.isfile()]
        else:
            return ()
        found = (AREA_FILE.fullmatch(name) for name in names)
        return tuple(sorted(one[1].upper() for one in found if one))

    def all_of(self, area: str) -> tuple[Located, ...]:
        """Every postcode of an area in the order of the file, those without a place as well."""
        return tuple(self._area(area).values())

    def _area(self, area: str) -> dict[str, Located]:
        key = area if self.path.is_dir() or _is_archive(self.path) else ""
        if key not in self._areas:
            content = self._content(area)
            self._areas[key] = {} if content is None else dict(_read(content, self.path.name, key))
        return self._areas[key]

    def _content(self, area: str) -> bytes | None:
        """The table that holds an area, if the file has it."""
        try:
            return self._packed(area)
        except (EOFError, OSError, zlib.error) as error:
            raise UnreadableSource(
                f"{self.path.name} is cut short or damaged ({error}). Wanted a whole file. Fetch "
                "it again."
            ) from None

    def _packed(self, area: str) -> bytes | None:
        if self.path.is_dir():
            for path in (self.path / f"{area}.csv", self.path / f"{area}.csv.gz"):
                if path.is_file():
                    return _unpacked(path)
            return None
        if not _is_archive(self.path):
            return _unpacked(self.path)
        with _archive(self.path) as archive:
            for member in archive:
                if member.isfile() and PurePosixPath(member.name).name == f"{area}.csv":
                    held = archive.extractfile(member)
                    return None if held is None else held.read()
        return None


def open_postcodes(path: Path) -> Postcodes:
    """A published file of postcodes: one CSV, a folder or a tar archive with one CSV for each area.

    Errors: BadUsage if there is no such file.
    """
    if not path.exists():
        raise BadUsage(
            f"{path} is missing. Wanted a file of postcodes: a CSV with the columns postcode, lat "
            "and long, or a folder or .tar.gz with one such file for each postcode area. Put it "
            "there."
        )
    return Postcodes(path)


def _read(content: bytes, name: str, area: str) -> Iterator[tuple[str, Located]]:
    where = f"{name}, {area}.csv" if area else name
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline=""))
    header = [one.strip().casefold() for one in next(rows, [])]
    columns = [
        _column(header, names, where)
        for names in (POSTCODE_COLUMNS, LONGITUDE_COLUMNS, LATITUDE_COLUMNS)
    ]
    district = next((at for at, one in enumerate(header) if DISTRICT_COLUMN.fullmatch(one)), None)
    for number, cells in enumerate(rows, start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            raise _fault(where, number, f"{len(cells)} cells", f"{len(header)}, as in the header")
        text, east, north = (cells[at] for at in columns)
        postcode = parse_postcode(text)
        if postcode is None or not postcode.inward:
            raise _fault(where, number, f"'{text}'", "a postcode")
        point = _point(east, north, where=where, number=number)
        code = cells[district].strip() or None if district is not None else None
        yield f"{postcode.outward}{postcode.inward}", Located(postcode, *point, code)


def _point(east: str, north: str, *, where: str, number: int) -> tuple[float, float]:
    """Longitude and latitude, both missing where the file has no place for a postcode."""
    if not north.strip() or not east.strip():
        return float("nan"), float("nan")
    try:
        longitude, latitude = float(east), float(north)
    except ValueError:
        raise _fault(where, number, f"'{north}', '{east}'", "latitude and longitude") from None
    # Some lists put 0 or 99.999999 where there is no place.
    if latitude > NOWHERE or latitude == 0:
        return float("nan"), float("nan")
    return longitude, latitude


def _column(header: list[str], names: tuple[str, ...], where: str) -> int:
    for name in names:
        if name in header:
            return header.index(name)
    raise UnreadableSource(
        f"{where}, row 1: the columns are {', '.join(header) or 'none'}. Wanted also one of "
        f"{', '.join(names)}. Give a published list of postcodes."
    )


def _fault(where: str, number: int, met: str, wanted: str) -> UnreadableSource:
    return UnreadableSource(
        f"{where}, row {number}: {met}. Wanted {wanted}. Fetch the file again, or mend the row."
    )


def _unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _is_archive(path: Path) -> bool:
    return path.name.endswith((".tar.gz", ".tgz", ".tar"))


def _archive(path: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(path)
    except tarfile.TarError as error:
        raise UnreadableSource(
            f"{path.name} is not a tar archive ({error}). Wanted one with a CSV for each postcode "
            "area. Fetch it again."
        ) from None
