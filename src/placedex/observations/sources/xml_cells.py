"""Cells of SDMX-ML: the observations of generic and of structure-specific (compact) data."""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.raw import Raw, name_columns

TIME, VALUE = "TIME_PERIOD", "OBS_VALUE"
DOCTYPE = b"<!DOCTYPE"
CHUNK, BATCH = 1 << 16, 20_000


def read_xml_cells(files: Sequence[Path], _: Table, desk: Desk) -> Iterator[Raw]:
    """The observations of each file, a row each, numbered from one, with a column for each concept.

    A file is gone through twice, for its concepts and for its rows, and never stands in memory.
    Errors: UnreadableSource if a file is no SDMX-ML, was cut, or has no observations.
    """
    for path in files:
        where = desk.name(path)
        names: dict[str, None] = {}
        for row in _observations(path, where=where):
            names.update(dict.fromkeys(row))
        if VALUE not in names:
            raise UnreadableSource(
                f"{where} holds no observations with values. Wanted data of SDMX-ML, generic or "
                "structure-specific. The publisher may have answered with an error: look into the "
                "file, and fetch it again."
            )
        yield _stage(path, tuple(names), where=where, desk=desk)


def _stage(path: Path, header: tuple[str, ...], *, where: str, desk: Desk) -> Raw:
    import pyarrow as pa

    name = desk.new_table("observed")
    cells = ", ".join(f"c{at} VARCHAR" for at in range(len(header)))
    desk.connection.execute(f"CREATE TEMP TABLE {name} (file VARCHAR, row BIGINT, {cells})")
    rows = enumerate(_observations(path, where=where), start=1)
    while batch := list(islice(rows, BATCH)):
        columns: dict[str, pa.Array] = {
            "file": pa.array([where] * len(batch), type=pa.string()),
            "row": pa.array([number for number, _ in batch], type=pa.int64()),
        }
        for at, concept in enumerate(header):
            column = [row.get(concept) or None for _, row in batch]
            columns[f"c{at}"] = pa.array(column, type=pa.string())
        desk.connection.register("observed_to_stage", pa.table(columns))
        desk.connection.execute(f"INSERT INTO {name} SELECT * FROM observed_to_stage")
        desk.connection.unregister("observed_to_stage")
    return Raw(name, name_columns(header, where=where, row=0), header, where, 0)


def _observations(path: Path, *, where: str) -> Iterator[dict[str, str]]:
    """Each observation: what is said of it and of its series."""
    # Expat itself bounds what entities expand to; SDMX-ML has none, so that one is a bad sign.
    parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
    walk = _Walk({}, [])
    tail = b""
    try:
        with _open(path) as file:
            while chunk := file.read(CHUNK):
                if DOCTYPE in tail + chunk:
                    raise UnreadableSource(
                        f"{where} defines words of its own before its data. Wanted plain SDMX-ML, "
                        "which has none. Do not trust the file: fetch it again."
                    )
                tail = chunk[-len(DOCTYPE) :]
                parser.feed(chunk)
                yield from walk.observed(parser)
            parser.close()
            yield from walk.observed(parser)
    except (ParseError, OSError, EOFError) as error:
        raise UnreadableSource(
            f"{where} cannot be read as XML ({error}). Wanted a whole file of SDMX-ML. Fetch it "
            "again."
        ) from None


def _open(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


@dataclass(slots=True)
class _Walk:
    """A walk through the elements: what the series says, and those that are still open."""

    series: dict[str, str]
    above: list[Element]

    def observed(self, parser: "XMLPullParser[Element]") -> Iterator[dict[str, str]]:
        """The observations among the elements that have come."""
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            name = _local(element.tag)
            if event == "start":
                self.above.append(element)
                self.series = _attributes(element.attrib) if name == "Series" else self.series
                continue
            self.above.pop()
            if name == "Obs":
                yield self.series | _observation(element)
            self._end(name, element)

    def _end(self, name: str, element: Element) -> None:
        """Take what a series says of itself, and let go of what is not wanted any more."""
        if name in {"SeriesKey", "Attributes"} and _within(self.above, "Series"):
            self.series |= _values(element)
        elif name == "Series":
            self.series = {}
        if name in {"Obs", "Series", "Group"} and self.above:
            self.above[-1].remove(element)


def _within(open_elements: list[Element], name: str) -> bool:
    return bool(open_elements) and _local(open_elements[-1].tag) == name


def _observation(element: Element) -> dict[str, str]:
    """What one observation says: in its attributes, or in the elements below it."""
    found = _attributes(element.attrib)
    for part in element:
        name = _local(part.tag)
        if name in {"ObsKey", "Attributes"}:
            found |= _values(part)
        elif name in {"ObsDimension", "Time"}:
            text = part.attrib.get("value") or (part.text or "").strip()
            found[part.attrib.get("id", TIME)] = text
        elif name == "ObsValue":
            found[VALUE] = part.attrib.get("value", "")
    return found


def _values(element: Element) -> dict[str, str]:
    return {
        one.attrib.get("id") or one.attrib.get("concept", ""): one.attrib.get("value", "")
        for one in element
    }


def _attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if not name.startswith("{")}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
