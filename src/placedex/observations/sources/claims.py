"""Claims: which source reads which file of a tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from placedex.errors import BadWorkspace
from placedex.observations.reading import Reading
from placedex.observations.sources.companies_house import CompaniesHouse
from placedex.observations.sources.described import Described, bundled_sources
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.kept import Shelf
from placedex.observations.sources.not_figures import why_not
from placedex.observations.sources.source import Source

GROUP = "placedex.sources"
OWN = "built-in"


@dataclass(frozen=True, slots=True)
class Claims:
    """The files of a tree, by the sources that read them.

    Attributes:
        by_source: each source that has files there, in the order of preference.
        unclaimed: the files that no source reads, by their paths below the folder.
        explained: those that are not read on purpose, each with the reason why.
    """

    by_source: tuple[tuple[Source, tuple[Path, ...]], ...]
    unclaimed: tuple[str, ...]
    explained: tuple[tuple[str, str], ...] = ()

    def read(self, desk: Desk, shelf: Shelf | None = None) -> tuple[Reading, ...]:
        """A reading of each source's files; with a shelf, of those that have changed.

        Errors: UnreadableSource if a file is not as its publisher is known to write it.
        """
        if shelf is None:
            return tuple(source.read(files, desk) for source, files in self.by_source)
        return tuple(shelf.reading(source, files, desk) for source, files in self.by_source)


def built_in() -> tuple[Source, ...]:
    """The sources that come with placedex, in the order of preference: layouts, then code."""
    return (*bundled_sources(), CompaniesHouse())


def installed_sources(own: Iterable[Source] = ()) -> tuple[Source, ...]:
    """Every source: a workspace's own first, then those built in, then those of other packages.

    All but the workspace's own are found by the entry points of the group `placedex.sources`; each
    names a function that gives sources, or a source. Of two with one code the first is taken.
    """
    from importlib.metadata import entry_points

    found = {source.code: source for source in own}
    points = sorted(entry_points(group=GROUP), key=lambda one: (one.name != OWN, one.name))
    # Where the package is run from its folder without having been installed, nothing names it.
    given: list[object] = [] if any(one.name == OWN for one in points) else [built_in]
    for made in (*given, *(point.load() for point in points)):
        sources = made() if callable(made) else made
        for source in (sources,) if isinstance(sources, Source) else sources:
            found.setdefault(source.code, source)
    return tuple(found.values())


def claim(folder: Path, sources: Iterable[Source]) -> Claims:
    """Which of some sources reads which file of a folder and all below it.

    Errors: BadWorkspace if two sources claim one file.
    """
    claimed: dict[Path, str] = {}
    by_source: list[tuple[Source, tuple[Path, ...]]] = []
    documents: dict[Path, str] = {}
    for source in sources:
        documents |= dict(source.documents(folder)) if isinstance(source, Described) else {}
        files = source.files(folder)
        for path in files:
            other = claimed.setdefault(path, source.code)
            if other != source.code:
                raise BadWorkspace(
                    f"{path.relative_to(folder).as_posix()} is claimed by the sources '{other}' "
                    f"and '{source.code}'. Wanted one. Make the names under 'files' of one of the "
                    "layouts narrower, or move the file away."
                )
        if files:
            by_source.append((source, files))
    others = [
        path.relative_to(folder)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in claimed
    ]
    seen = [one for one in others if not any(part.startswith(".") for part in one.parts)]
    found = ((one.as_posix(), documents.get(folder / one) or why_not(folder / one)) for one in seen)
    explained = [(name, why) for name, why in found if why]
    known = {name for name, _ in explained}
    unclaimed = (one.as_posix() for one in seen if one.as_posix() not in known)
    return Claims(tuple(by_source), tuple(unclaimed), tuple(explained))
