"""What a workspace says of its documents: title, publisher, day, address, place, hash."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from placedex.errors import BadWorkspace
from placedex.store import hash_file, parse_settings, read_yaml

FILE = "documents.yaml"
_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_SHA256 = r"^[0-9a-f]{64}$"


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document besides its words.

    Attributes:
        file: the name of its file in the folder of documents, which need not be there.
        code: what the workspace calls it.
        place: the code of the place that it speaks of where it says only "the region".
        sha256: of the file's bytes; nothing if it is not told.
        pictures: the pages of a PDF that are known to hold nothing to be read.
    """

    file: str
    code: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    address: str = ""
    place: str = ""
    sha256: str = ""
    pictures: tuple[int, ...] = ()


class _Entry(BaseModel):
    """One document as the file writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Annotated[str, StringConstraints(pattern=r"^[^/\\]+$")]
    code: Annotated[str, StringConstraints(pattern=_CODE)] = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    address: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")] = ""
    place: str = ""
    sha256: Annotated[str, StringConstraints(pattern=_SHA256)] = ""
    pictures: tuple[Annotated[int, Field(ge=1)], ...] = ()


class _File(RootModel[list[_Entry]]):
    """A file of documents: a list of entries."""


def code_of(file: str) -> str:
    """What a document is called if nothing else is said: its file's name in small letters."""
    stem = file.rpartition(".")[0] or file
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "document"


def read_about(folder: Path) -> Mapping[str, About]:
    """What documents.yaml in a folder says of each file, by the file's name; empty without it.

    Errors: BadWorkspace with every fault, its file and line: a key that is wrong, a file or code
            that is there twice, a hash that is not the file's.
    """
    path = folder / FILE
    if not path.is_file():
        return MappingProxyType({})
    content = read_yaml(path)
    content = [] if content is None else content
    faults = _faults(content, path)
    try:
        entries = parse_settings(content, _File, path=path).root
    except BadWorkspace as error:
        faults += str(error).splitlines()
    if faults:
        raise BadWorkspace("\n".join(sorted(faults, key=_line_of)))
    made = (
        About(**{**entry.model_dump(), "code": entry.code or code_of(entry.file)})
        for entry in entries
    )
    return MappingProxyType({about.file: about for about in made})


def _faults(content: object, path: Path) -> list[str]:
    """What is wrong between entries, or between an entry and its file."""
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(content if isinstance(content, list) else ()):
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
            continue
        line = content.lc.item(number)[0] + 1 if hasattr(content, "lc") else number + 1
        file = entry["file"]
        for key, value in (("file", file), ("code", str(entry.get("code") or code_of(file)))):
            if (key, value) in seen:
                faults.append(
                    f"{path}, line {line}: the {key} '{value}' is in line {seen[key, value]} too. "
                    f"Wanted each {key} once. Give this document another code, or take it out."
                )
            seen.setdefault((key, value), line)
        faults += _hash_faults(entry, path, line=line)
    return faults


def _hash_faults(entry: dict[str, object], path: Path, *, line: int) -> list[str]:
    file, told = path.parent / str(entry["file"]), entry.get("sha256")
    if not told or file.parent != path.parent or not file.is_file():
        return []
    found = hash_file(file)
    if found == told:
        return []
    return [
        f"{path}, line {line}: {entry['file']} is another file than it was: its hash is {found}. "
        f"Wanted {told}. If the document changed, write its new hash here; its claims are then "
        "carried over by their words."
    ]


def _line_of(fault: str) -> int:
    match = re.search(r", line (\d+)", fault)
    return int(match[1]) if match else 0
