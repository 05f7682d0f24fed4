"""Origins read from YAML: a list, each with its code, publisher, edition, address and licence."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from placedex.errors import BadWorkspace
from placedex.observations.origin import Origin
from placedex.store import read_settings


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    publisher: str
    title: str
    edition: str
    url: str
    licence: str
    published: date | None = None
    accessed: date | None = None
    file: str = ""
    sha256: str = ""
    note: str = ""


class _File(RootModel[list[_Entry]]):
    """A file of origins."""


def read_origins(path: Path) -> tuple[Origin, ...]:
    """The origins in a file; BadWorkspace if a key is wrong or a code is there twice."""
    origins: dict[str, Origin] = {}
    for entry in read_settings(path, _File).root:
        if entry.code in origins:
            raise BadWorkspace(
                f"{path}: the origin '{entry.code}' is there twice. Wanted each code once. "
                "Give one of them another code."
            )
        fields = entry.model_dump()
        fields["note"] = " ".join(entry.note.split())
        origins[entry.code] = Origin(**fields)
    return tuple(origins.values())
