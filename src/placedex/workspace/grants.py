"""Grants into a workspace's ledger from a published file, and out of it as 360Giving."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from placedex.errors import BadUsage, BadWorkspace
from placedex.ledger import Ledger
from placedex.ledger.funding import Award
from placedex.ledger.grant import GrantFile
from placedex.ledger.grants_360 import FLAT_COLUMNS, read_360
from placedex.ledger.grants_entries import Choice, Taken, entry_of, take_grants
from placedex.ledger.grants_published import read_published
from placedex.ledger.identifiers import slug
from placedex.ledger.organisation import Organisation
from placedex.ledger.programme import Programme
from placedex.store import csv_header, hash_file, write_text, yaml_text
from placedex.workspace.ledger import FOLDER, known_of, workspace_ledger
from placedex.workspace.workspace import Workspace

# Beside documents/elsewhere.yaml, which people write.
ELSEWHERE = "documents/elsewhere-{name}.yaml"
Entries = Sequence[Organisation | Programme | Award]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote: which files, what is in them, and what is left to a person."""

    taken: Taken
    files: tuple[Path, ...]
    title: str


def import_grants(
    workspace: Workspace,
    path: Path,
    *,
    same: Mapping[str, str] | None = None,
    accept: bool = False,
    subsidy: bool = False,
) -> Imported:
    """Write the grants of a file into a workspace's ledger, in files of their own.

    The file is 360Giving, the Levelling Up Fund or an ESIF list. Its entries cite it as a source.
    Importing a file of the same name again replaces what it gave before. Nothing is written if
    anything is refused.
    Errors: as for reading the file and the ledger; BadUsage if there is no such file.
    """
    if not path.is_file():
        raise BadUsage(f"There is no file {path}. Wanted a file of grants. Name one.")
    known = known_of(workspace)
    found = read_grants(path, places=known.places or ())
    name = slug(path.stem)
    ledger = _without(workspace_ledger(workspace), name)
    choice = Choice(same or {}, accept=accept, subsidy=subsidy)
    taken = take_grants(ledger, found, source=name, choice=choice, known=known)
    comment = f"Made by placedex grants import from {path.name}."
    kinds: dict[str, Entries] = {
        "organisations": taken.organisations,
        "programmes": taken.programmes,
        "awards": taken.awards,
    }
    source = workspace.folder / ELSEWHERE.format(name=name)
    write_text(source, yaml_text([_source(name, path=path, found=found)], comment=comment))
    files = [source]
    for kind, entries in kinds.items():
        file = workspace.folder / FOLDER / f"{kind}-{name}.yaml"
        if entries or file.exists():
            write_text(file, yaml_text([entry_of(one) for one in entries], comment=comment))
            files.append(file)
    return Imported(taken, tuple(files), found.title)


def read_grants(path: Path, *, places: Collection[str]) -> GrantFile:
    """The grants of a file, whichever of the known forms it has."""
    if path.suffix.lower() == ".json":
        return read_360(path, places=places)
    if path.suffix.lower() != ".csv":
        raise BadWorkspace(f"{path} is neither JSON nor CSV. Wanted one of these: save it so.")
    header = {name.strip() for name in csv_header(path)}
    if header.issuperset(FLAT_COLUMNS):
        return read_360(path, places=places)
    return read_published(path, places=places)


def _without(ledger: Ledger, source: str) -> Ledger:
    """A ledger without the entries that rest on one source alone."""
    cited = f"source:{source}"

    def own(one: Organisation | Programme | Award) -> bool:
        listed = [str(citation) for some in one.cites.by_field.values() for citation in some]
        return set(listed) == {cited}

    return replace(
        ledger,
        organisations={code: one for code, one in ledger.organisations.items() if not own(one)},
        programmes={code: one for code, one in ledger.programmes.items() if not own(one)},
        awards={code: one for code, one in ledger.awards.items() if not own(one)},
    )


def _source(name: str, *, path: Path, found: GrantFile) -> dict[str, str]:
    """What a workspace keeps of a file that its ledger cites."""
    return {
        "code": name,
        "title": found.title,
        "publisher": found.publisher,
        "file": path.name,
        "sha256": hash_file(path),
    }
