"""Writing aside: what is exported is there whole, or what was there before still is."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from placedex.errors import BadUsage


@contextmanager
def written_aside(output: Path, *, folder: Collection[str] = ()) -> Iterator[Path]:
    """A path to write to beside the output; it takes the output's place if all goes well.

    With `folder`, the output is a folder, and these are the names of the files that an export may
    write there. A folder that holds anything else is not replaced.
    Errors: BadUsage if something is there that an export did not write.
    """
    _refuse(output, folder=folder)
    output.parent.mkdir(parents=True, exist_ok=True)
    aside = output.with_name(f".{output.name}.{os.getpid()}.part")
    made = aside / "made"
    aside.mkdir()
    try:
        if folder:
            made.mkdir()
        yield made
        _swap(made, output, before=aside / "before")
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _refuse(output: Path, *, folder: Collection[str]) -> None:
    if not folder:
        if output.is_dir():
            raise BadUsage(f"{output} is a folder. Wanted a file to write. Name one.")
        return
    if output.exists() and not output.is_dir():
        raise BadUsage(f"{output} is a file. Wanted a folder to write the tables in. Name one.")
    foreign = sorted({path.name for path in output.glob("*")} - set(folder))
    if foreign:
        raise BadUsage(
            f"{output} holds {foreign[0]}, which no export writes. Wanted a folder that is new, "
            "empty, or of an export before. Name another."
        )


def _swap(made: Path, output: Path, *, before: Path) -> None:
    if not made.is_dir():
        made.replace(output)
        return
    there = output.exists()
    if there:
        output.rename(before)
    try:
        made.rename(output)
    except OSError:
        if there:
            before.rename(output)
        raise
