"""Reading a ledger: the YAML files of a workspace, every fault at once with file and line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import RootModel

from placedex.errors import BadWorkspace, Fault, Faults
from placedex.ledger.check import Known, find_faults
from placedex.ledger.entries import (
    AwardEntry,
    Entry,
    EventEntry,
    OrganisationEntry,
    PartnershipEntry,
    ProgrammeEntry,
    SiteEntry,
    SupportEntry,
    TargetEntry,
)
from placedex.ledger.ledger import Ledger
from placedex.store import parse_settings, read_yaml


class Organisations(RootModel[tuple[OrganisationEntry, ...]]):
    """A file of organisations."""


class Programmes(RootModel[tuple[ProgrammeEntry, ...]]):
    """A file of programmes."""


class Targets(RootModel[tuple[TargetEntry, ...]]):
    """A file of targets."""


class Partnerships(RootModel[tuple[PartnershipEntry, ...]]):
    """A file of partnerships."""


class Sites(RootModel[tuple[SiteEntry, ...]]):
    """A file of sites."""


class Events(RootModel[tuple[EventEntry, ...]]):
    """A file of events."""


class Support(RootModel[tuple[SupportEntry, ...]]):
    """A file of support offers."""


class Awards(RootModel[tuple[AwardEntry, ...]]):
    """A file of awards."""


FORMS: dict[str, type[RootModel[Any]]] = {
    "organisations": Organisations,
    "programmes": Programmes,
    "targets": Targets,
    "partnerships": Partnerships,
    "sites": Sites,
    "events": Events,
    "support": Support,
    "awards": Awards,
}


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as a file has it: of which kind, in which file, on which line."""

    kind: str
    file: str
    line: int
    entry: Entry


@dataclass(slots=True)
class _Found:
    """What was read so far, and what was wrong."""

    written: list[Written] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_ledger(folder: Path, known: Known | None = None) -> Ledger:
    """The ledger in a folder of YAML files; an empty one if there is no such folder.

    A file is named for what it lists: organisations, programmes, targets, partnerships, sites,
    events, support, awards; `programmes-skills.yaml` is one of programmes too. With `known`, what
    entries name (places, indicators, claims, documents) must be there.
    Errors: BadWorkspace for a file that cannot be read; Faults, all at once, for entries that name
            what is not there, end before they begin, go in a circle or cite nothing.
    """
    found = _Found()
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        _read(path, found)
    if found.broken:
        raise BadWorkspace("\n".join(found.broken))
    ledger = Ledger(**{kind: dict(_made(kind, found)) for kind in FORMS})
    lines = {(one.kind, one.entry.code): one for one in found.written}

    def where(kind: str, code: str) -> tuple[str, int]:
        one = lines[kind, code]
        return one.file, one.line

    faults = [*found.faults, *_uncited(found.written), *find_faults(ledger, where, known)]
    if faults:
        raise Faults(tuple(sorted(faults, key=lambda one: (one.file, one.row or 0))))
    return ledger


def _read(path: Path, found: _Found) -> None:
    kind = path.stem.partition("-")[0]
    if kind not in FORMS:
        found.broken.append(
            f"{path}: a ledger has no '{kind}'. Wanted a file named for one of {', '.join(FORMS)}. "
            "Name it so, with more words after a hyphen if you like."
        )
        return
    try:
        content = read_yaml(path)
        entries = parse_settings(content or [], FORMS[kind], path=path).root
    except BadWorkspace as error:
        found.broken.append(str(error))
        return
    for number, entry in enumerate(entries):
        line = content.lc.item(number)[0] + 1
        found.written.append(Written(kind, f"{path.parent.name}/{path.name}", line, entry))


def _made(kind: str, found: _Found) -> Iterator[tuple[str, Any]]:
    """The entries of a kind by code; one that has the code of another is a fault."""
    first: dict[str, Written] = {}
    for one in found.written:
        if one.kind != kind:
            continue
        code = one.entry.code
        if code in first:
            other = first[code]
            found.faults.append(
                Fault(
                    one.file, one.line, "code", f"'{code}' stands in {other.file}, line "
                    f"{other.line}, too", "each code once", "Give one of them another.",
                )
            )  # fmt: skip
            continue
        first[code] = one
        make: Callable[[], Any] = one.entry.made  # type: ignore[attr-defined]
        yield code, make()


def _uncited(written: list[Written]) -> Iterator[Fault]:
    """A fault for every fact that rests on nothing."""
    for one in written:
        fields = one.entry.cites.uncited(one.entry.facts())
        fields += tuple(_uncited_parts(one.entry))
        if fields:
            yield Fault(
                one.file, one.line, "cites", f"{one.entry.code} cites nothing for "
                f"{', '.join(fields)}", "a claim, a document, an observation or a source for each "
                "fact", "Say under cites what it rests on.",
            )  # fmt: skip


def _uncited_parts(entry: Entry) -> Iterator[str]:
    """The money and outputs of a programme of which some fact rests on nothing, even its own."""
    if not isinstance(entry, ProgrammeEntry):
        return
    for name in ("money", "outputs"):
        for part in getattr(entry, name):
            if not entry.cites.of(name) and part.cites.uncited(part.facts()):
                yield f"{name} {part.code}"
