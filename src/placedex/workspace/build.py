"""The main job: figures in, index and site out, made whole and swapped in at the end."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from placedex import observations as observations_room
from placedex.errors import BadSpec, UnreadableStore
from placedex.index import Spec, beside, build, rank_under_scenarios
from placedex.observations import Corrected, Observations, Reading, keep_corrections
from placedex.observations.sources import Shelf
from placedex.places import Place
from placedex.publish import Edition, Published, Ranked, write_site
from placedex.store import Builds, create_database, migrate, open_database
from placedex.workspace.audit import audit_edition
from placedex.workspace.record import make_record
from placedex.workspace.results import MIGRATIONS as RESULT_MIGRATIONS
from placedex.workspace.results import keep_results
from placedex.workspace.said import is_observed, read_said
from placedex.workspace.said_kept import keep_said
from placedex.workspace.said_tables import SAID_MIGRATIONS
from placedex.workspace.uncertainty import draw_edition, is_left_open
from placedex.workspace.watch import Silent, Watch
from placedex.workspace.workspace import Workspace, wanted_codes

DATABASE = "placedex.duckdb"
SITE = "site"
READINGS = ".placedex/readings"
MIGRATIONS = (
    *observations_room.MIGRATIONS,
    *observations_room.CORRECTION_MIGRATIONS,
    *RESULT_MIGRATIONS,
    *SAID_MIGRATIONS,
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How many places of a kind are ranked, of how many, and on how many components.

    An index without components between its whole and its `indicators` is said to be on those.
    """

    ranked: int
    places: int
    made_of: int
    components: int
    indicators: int = 0

    @property
    def words(self) -> str:
        """The ranking in a few words."""
        if not self.components:
            many = "indicator" if self.indicators == 1 else "indicators"
            return f"{self.ranked} of {self.places} ranked, on {self.indicators} {many}"
        return (
            f"{self.ranked} of {self.places} ranked, on {self.made_of} of {self.components} "
            "components"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made.

    Attributes:
        ranked: for each index and kind, what came of it.
        left_out: rows of published files that were not taken, counted by the reason why.
        unclaimed: files in the folder of published files that no source reads.
        explained: those that are not read on purpose, each with the reason why.
        corrected: what became of each of the workspace's corrections.
        read: published files that were read, since they had changed or were new.
        not_drawn: for each index and kind whose ranks could not be drawn, the reason why.
    """

    folder: Path
    places: int
    observations: int
    ranked: Mapping[tuple[str, str], Ranking]
    left_out: Mapping[str, int]
    not_drawn: Mapping[tuple[str, str], str]
    unclaimed: tuple[str, ...] = ()
    explained: tuple[tuple[str, str], ...] = ()
    corrected: tuple[Corrected, ...] = ()
    read: tuple[str, ...] = ()


def build_workspace(
    workspace: Workspace,
    *,
    version: str,
    figures: Path | None = None,
    watch: Watch | None = None,
) -> Report:
    """Build a workspace: the database, the indexes and the site, swapped in when all is made.

    With `figures`, published files in that folder come before the workspace's own figures, and
    every district of the register is among the places.
    Errors: whatever is wrong with settings, figures or specs; the last good build stands.
    """
    watch = watch or Silent()
    watch.stage("read the settings and the specs")
    specs = workspace.specs()
    builds = Builds(workspace.folder)
    with builds.next() as folder:
        report = _build(workspace, specs, folder, (version, figures, watch))
        watch.stage("check what was made")
        _check(folder, report)
    return replace(report, folder=builds.link)


def _build(
    workspace: Workspace,
    specs: tuple[Spec, ...],
    folder: Path,
    how: tuple[str, Path | None, Watch],
) -> Report:
    version, figures, watch = how
    with create_database(folder / DATABASE) as connection:
        migrate(connection, MIGRATIONS)
        watch.stage("read the figures")
        claims = workspace.claims(figures) if figures is not None else None
        shelf = Shelf(workspace.folder / READINGS)
        readings = workspace.readings(figures, connection=connection, claims=claims, shelf=shelf)
        watch.stage("check the figures and keep them")
        readings, corrected = workspace.correct(connection, readings)
        kept = workspace.keep(connection, readings)
        keep_corrections(connection, corrected)
        if claims is not None:
            shelf.tidy()
        watch.stage("read the documents and the ledger")
        said = read_said(workspace, has_observation=partial(is_observed, kept))
        keep_said(connection, said)
        watch.stage("build the indexes")
        edition = _edition(workspace, specs, kept=kept, every=figures is not None, version=version)
        edition = replace(
            edition,
            left_out=sum_left_out(readings),
            corrected=corrected,
            record=make_record(workspace, said, kept),
        )
        edition = _examined(edition, specs, watch)
        keep_results(connection, edition)
        watch.stage("write the site")
        write_site(edition, folder / SITE, progress=watch.progress)
        report = replace(_report(edition, folder), read=tuple(shelf.read), corrected=corrected)
        if claims is None:
            return report
        return replace(report, unclaimed=claims.unclaimed, explained=claims.explained)


def _examined(edition: Edition, specs: tuple[Spec, ...], watch: Watch) -> Edition:
    """The edition with how sure its ranks are, and with its audit."""
    if is_left_open(specs):
        edition = draw_edition(edition, watch)
    watch.stage("audit the indexes")
    return audit_edition(edition)


def _edition(
    workspace: Workspace,
    specs: tuple[Spec, ...],
    *,
    kept: Observations,
    every: bool,
    version: str,
) -> Edition:
    """What there is to publish, with every district of the register among the places or not."""
    places = workspace.places(every_district=every)
    return Edition(
        title=workspace.settings.title,
        about=workspace.settings.about,
        home=workspace.home,
        places=places,
        observations=kept,
        indexes=tuple(publish_spec(spec, places, kept) for spec in specs),
        left_out={},
        version=version,
    )


def sum_left_out(readings: Iterable[Reading]) -> dict[str, int]:
    """The rows that some readings did not take, counted by the reason why."""
    total: Counter[str] = Counter()
    for reading in readings:
        total.update(reading.left_out)
    return dict(sorted(total.items()))


def _report(edition: Edition, folder: Path) -> Report:
    return Report(
        folder=folder,
        places=len(edition.places),
        observations=edition.observations.count(),
        ranked=rankings(edition.indexes),
        left_out=dict(edition.left_out),
        not_drawn=_not_drawn(edition),
    )


def _check(folder: Path, report: Report) -> None:
    """Look at a build as its readers will, before it is swapped in.

    Errors: UnreadableStore if the database does not answer, or the site has no page for a place.
    """
    with open_database(folder / DATABASE) as connection:
        row = connection.execute("SELECT count(*) FROM current_observation").fetchone()
    pages = sum(1 for _ in (folder / SITE / "places").glob("*.html"))
    kept = int(row[0]) if row else 0
    if kept != report.observations or pages < report.places:
        raise UnreadableStore(
            f"The build in {folder} holds {kept} observations and {pages} pages of places. Wanted "
            f"{report.observations} and at least {report.places}. Look for a full disk, and build "
            "again; the last good build stands."
        )


def publish_spec(spec: Spec, places: tuple[Place, ...], kept: Observations) -> Published:
    """An index for each kind of place that its spec compares.

    Errors: BadSpec if the spec compares a kind of which the workspace has no place.
    """
    by_kind = {}
    for kind in spec.kinds:
        chosen = tuple(place for place in places if place.kind == kind)
        if not chosen:
            raise BadSpec(
                f"The index '{spec.code}' compares places of the kind '{kind}', and the workspace "
                "has none. Wanted at least one. Add places in placedex.toml, or take the kind out "
                "of the spec."
            )
        panel = kept.panel(chosen, wanted_codes(spec))
        shown = tuple(kept.catalogue[code] for code in spec.beside)
        index = build(spec, panel)
        by_kind[kind] = Ranked(kind, index, beside(panel, shown), rank_under_scenarios(index))
    return Published(spec, by_kind)


def rankings(indexes: Iterable[Published]) -> dict[tuple[str, str], Ranking]:
    """How many places are ranked, for each index and kind, and on what."""
    return {
        (published.spec.code, kind): Ranking(
            ranked.index.count_ranked(),
            len(ranked.index.raw.places),
            len(ranked.index.hierarchy.components) - 1,
            len(published.spec.hierarchy.components) - 1,
            len(ranked.index.hierarchy.leaves),
        )
        for published in indexes
        for kind, ranked in published.by_kind.items()
    }


def _not_drawn(edition: Edition) -> dict[tuple[str, str], str]:
    return {
        (published.spec.code, kind): ranked.not_drawn
        for published in edition.indexes
        for kind, ranked in published.by_kind.items()
        if ranked.not_drawn
    }
