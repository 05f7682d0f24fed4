"""`placedex init`: a new workspace, empty or copied from an example."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


def init(
    folder: Path,
    *,
    example: Annotated[str | None, Parameter(name="--example")] = None,
    place: Annotated[str | None, Parameter(name="--place")] = None,
) -> None:
    """Make a new workspace in FOLDER.

    Parameters
    ----------
    folder
        A folder that is new or empty.
    example
        Copy a bundled workspace: west-midlands.
    place
        The code or the name of the place that a new workspace is about.
    """
    from placedex.errors import BadUsage
    from placedex.places import bundled_register
    from placedex.workspace import copy_example, example_names, make_workspace

    if example is not None and place is not None:
        raise BadUsage("Wanted --example or --place, not both: an example has its own place.")
    if example is not None:
        copy_example(example, folder)
        print(f"{folder} holds a copy of the example {example}. Next: placedex build {folder}")
        return
    if place is None:
        raise BadUsage(
            "A new workspace is about a place. Wanted --place CODE, or --example with one of "
            f"{', '.join(example_names())}."
        )
    register = bundled_register()
    found = register.find(place)
    make_workspace(folder, found, register=register)
    print(
        f"{folder} holds a new workspace about {found.name} ({found.code}). Next: put figures into "
        f"{folder / 'figures'}, or build it from published files: placedex build {folder} "
        "--figures FOLDER"
    )
