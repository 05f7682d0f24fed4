"""New workspaces: empty ones with the least that they need, and copies of the bundled example."""

import shutil
from importlib import resources
from pathlib import Path

from placedex.errors import BadUsage
from placedex.places import DISTRICT, REGION, Place, Register
from placedex.store import write_text

EXAMPLES = "examples"
_SETTINGS = """\
# The settings of a workspace. `placedex check` says what is wrong with it.
placedex = 1
title = "Digital economy of {name}"
home = "{code}"

[places]
codes = []
kinds = ["country", "nation", "region", "combined authority"]
districts_within = ["{around}"]
"""
_ORIGINS = """\
# Where the figures were published. Each row of a table names one of these by its code.
[]
"""
_FIGURES = "place,indicator,period,value,low,high,status,origin\n"
_IGNORED = "build\n.placedex\n"


def example_names() -> tuple[str, ...]:
    """The workspaces that come with placedex."""
    folder = resources.files("placedex") / EXAMPLES
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def copy_example(name: str, folder: Path) -> None:
    """Copy a bundled workspace into a new folder.

    Errors: BadUsage if there is no such example, or the folder holds something already.
    """
    if name not in example_names():
        raise BadUsage(f"There is no example '{name}'. Wanted one of {', '.join(example_names())}.")
    _refuse_full(folder)
    with resources.as_file(resources.files("placedex") / EXAMPLES / name) as example:
        shutil.copytree(
            example, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    write_text(folder / ".gitignore", _IGNORED)


def make_workspace(folder: Path, place: Place, *, register: Register) -> None:
    """Write a new workspace about a place: settings, an empty table of figures and a first spec.

    Its districts are those within the place, or, if it has none, those of its region or nation.
    """
    _refuse_full(folder)
    around = place.code
    if not any(one.kind == DISTRICT for one in register.within(place.code)):
        wider = [one.code for one in register.parents(place) if one.kind in {REGION, "nation"}]
        around = wider[0] if wider else place.code
    settings = _SETTINGS.format(code=place.code, name=place.name, around=around)
    write_text(folder / "placedex.toml", settings)
    write_text(folder / "figures" / "figures.csv", _FIGURES)
    write_text(folder / "figures" / "origins.yaml", _ORIGINS)
    example = resources.files("placedex") / EXAMPLES / "west-midlands" / "indexes"
    spec = (example / "local-digital-index.yaml").read_text(encoding="utf-8")
    write_text(folder / "indexes" / "local-digital-index.yaml", spec)
    write_text(folder / ".gitignore", _IGNORED)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadUsage(
            f"{folder} is there already and is not empty. Wanted a new or an empty folder: name "
            "another."
        )
