"""What a check of claims needs to know of a workspace, without loading what would build one."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from placedex.observations import Observations

_FILE, _OWN_INDICATORS, _USUAL = "placedex.toml", "indicators.yaml", "west-midlands"


@contextmanager
def workspace_meant(named: Path | None) -> Iterator[Path]:
    """The folder of the workspace that was named, or the present one, or the bundled example."""
    if named is not None:
        yield named
    elif Path(_FILE).is_file():
        yield Path()
    else:
        bundled = resources.files("placedex") / "examples" / _USUAL
        with resources.as_file(bundled) as folder:
            yield folder


@contextmanager
def figures_at_hand(folder: Path) -> Iterator["Observations"]:
    """The figures of a workspace's last build, or of its files if it has not been built.

    A build of the bundled register and catalogue is opened by itself: all that makes indexes and
    pages takes longer to load than a check takes.
    Errors: as those of `placedex.workspace`.
    """
    database = _plain_build(folder)
    if database is None:
        from placedex.workspace import open_workspace
        from placedex.workspace.claims_checked import observations_at_hand

        with observations_at_hand(open_workspace(folder)) as observations:
            yield observations
        return
    from placedex.observations import bundled_catalogue
    from placedex.observations.kept import kept_observations
    from placedex.places import bundled_register
    from placedex.store import open_database

    connection = open_database(database)
    try:
        yield kept_observations(connection, bundled_register(), bundled_catalogue())
    finally:
        connection.close()


def _plain_build(folder: Path) -> Path | None:
    """The database of a build that has no register and no indicators of its own."""
    from placedex.store import Builds

    present = Builds(folder).present()
    if present is None or (folder / _OWN_INDICATORS).is_file():
        return None
    try:
        settings = tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    places = settings.get("places")
    if not isinstance(places, dict) or "register" in places:
        return None
    found = sorted(present.glob("*.duckdb"))
    return found[0] if len(found) == 1 else None
