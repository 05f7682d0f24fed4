"""The settings of a workspace: placedex.toml."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from placedex.errors import BadWorkspace
from placedex.store import read_settings

FILE = "placedex.toml"
FORM = 1


class PlaceSettings(BaseModel):
    """Which places a workspace speaks of: by code, by kind, and the districts within a place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    register_name: str | None = Field(default=None, alias="register")
    codes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    districts_within: tuple[str, ...] = ()


class Settings(BaseModel):
    """What placedex.toml may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    placedex: int
    title: str
    about: str = ""
    home: str
    places: PlaceSettings


def read_workspace_settings(folder: Path) -> Settings:
    """The settings in a workspace's folder.

    Errors: BadWorkspace if there are none, if a key is wrong, or if a newer version wrote them.
    """
    path = folder / FILE
    if not path.is_file():
        raise BadWorkspace(
            f"{folder} is no workspace: it has no {FILE}. Wanted the folder of one. Name it, or "
            "make one: placedex init DIR."
        )
    settings = read_settings(path, Settings)
    if settings.placedex > FORM:
        raise BadWorkspace(
            f"{path}: the workspace has the form {settings.placedex}, which a newer version of "
            f"placedex made. Wanted the form {FORM} or an older one. Bring placedex up to date."
        )
    return settings
