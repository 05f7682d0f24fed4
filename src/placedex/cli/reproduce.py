"""`placedex reproduce`: published indices made again from their published files."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from placedex.errors import BadSpec, BadUsage

if TYPE_CHECKING:
    from placedex.index import Compared, Reproduction
    from placedex.workspace import Reproduced

Format = Literal["text", "json"]
STATES = ("reproduced", "not reproduced", "skipped")


def reproduce(
    files: Annotated[list[Path], Parameter(name="FILE", negative="")],
    /,
    *,
    inputs: Annotated[list[Path], Parameter(name="--inputs", negative="")],
    format: Annotated[Format, Parameter(name="--format")] = "text",  # noqa: A002
) -> None:
    """Make published indices again from the published files in INPUTS, and compare.

    A line for each index says how many places it has, how far the scores are off at most, and how
    many ranks differ. Exit code 1 if one is not reproduced; one of which a file is not at hand is
    skipped.

    Parameters
    ----------
    files
        Reproductions in YAML, or folders of them.
    inputs
        A folder that holds the published files, there or in folders below it; may be given again.
    format
        text to read; json for programs, with every comparison.
    """
    from placedex.index import read_reproduction

    wanted = [(path, read_reproduction(path)) for path in _paths(files)]
    _check_folders(inputs)
    done: list[tuple[Reproduced, float]] = []
    try:
        _make_again(wanted, inputs, done=done)
    finally:
        # What was made before a file that is at fault is still worth reading.
        if format == "text":
            for one in done:
                print(_text(*one))
    print(_summary(done, format))
    _refuse([one.code for one, _ in done if one.state == "not reproduced"])


def _summary(done: list[tuple["Reproduced", float]], form: Format) -> str:
    """How many are reproduced; for programs with everything that is known of each."""
    counts = {state: sum(one.state == state for one, _ in done) for state in STATES}
    if form == "json":
        content = {"indexes": [_json(*one) for one in done], **counts}
        return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    good, bad, skipped = counts.values()
    return f"{good} reproduced, {bad} not, {skipped} skipped"


def _make_again(
    wanted: list[tuple[Path, "Reproduction"]],
    inputs: list[Path],
    *,
    done: list[tuple["Reproduced", float]],
) -> None:
    """Put what comes of each reproduction into `done`, with the seconds that it took."""
    from placedex.cli.watch import TerminalWatch
    from placedex.workspace import reproduce_index

    with TerminalWatch(sys.stderr) as watch:
        for number, (path, reproduction) in enumerate(wanted, start=1):
            watch.stage(f"{number} of {len(wanted)}: {path.stem}")
            started = time.perf_counter()
            found = reproduce_index(reproduction, inputs)
            done.append((found, time.perf_counter() - started))


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise BadSpec(
            f"Not reproduced: {', '.join(wrong)}. Wanted scores within their tolerance and no "
            "more wrong ranks than expected. Mend the steps, or say under 'compare' what is known "
            "to differ and why."
        )


def _paths(files: list[Path]) -> list[Path]:
    """The YAML files that were named, and those of the folders that were."""
    found = [
        one for path in files for one in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])
    ]
    if not found:
        raise BadUsage("No reproduction was named. Wanted a YAML file, or a folder with some.")
    return found


def _check_folders(folders: list[Path]) -> None:
    for folder in folders:
        if not folder.is_dir():
            raise BadUsage(f"{folder} is no folder. Wanted the one that holds the published files.")


def _text(found: "Reproduced", seconds: float) -> str:
    if found.lacking:
        files = "; ".join(
            f"{one.file} is not there{f' (get it: {one.get})' if one.get else ''}"
            for one in found.lacking
        )
        return f"{found.code}: skipped, {files}"
    parts = [f"{found.code}: {found.places:,} places"]
    far = [one.largest_difference for one in found.compared if one.largest_difference is not None]
    parts += [f"largest difference {_plain(max(far))}"] if far else ["no scores published"]
    ranks = [one for one in found.compared if one.wrong_ranks is not None]
    if ranks:
        wrong = sum(one.wrong_ranks or 0 for one in ranks)
        most = max(one.largest_rank_difference or 0 for one in ranks)
        by = f" (by {most} at most)" if wrong else ""
        parts.append(f"{wrong} wrong ranks{by}")
    else:
        parts.append("no ranks published")
    parts.append(f"{seconds:.1f} s")
    missed = [
        f"  not reproduced, node '{one.comparison.node}': {_why_not(one)}"
        for one in found.compared
        if not one.reproduced
    ]
    return "\n".join([", ".join(parts), *missed])


def _why_not(one: "Compared") -> str:
    """What is wrong with a comparison, in words."""
    wanted = one.comparison
    said = []
    if one.lacking or not one.places:
        said.append(f"{one.lacking} published places have no score here, {one.places} have")
    if one.unpublished > wanted.unpublished:
        said.append(
            f"{one.unpublished} places have a score here and none published, expected "
            f"{wanted.unpublished}"
        )
    if (one.largest_difference or 0.0) > wanted.allowed:
        said.append(
            f"the score of {one.farthest} is off by {_plain(one.largest_difference or 0)}, allowed "
            f"{_plain(wanted.allowed)}"
        )
    if (one.wrong_ranks or 0) > wanted.wrong_ranks:
        said.append(
            f"{one.wrong_ranks} ranks differ, by {one.largest_rank_difference} at most, expected "
            f"{wanted.wrong_ranks}"
        )
    return "; ".join(said)


def _plain(number: float) -> str:
    return f"{number:.1e}" if 0 < number < 1e-6 else f"{number:.5g}"


def _json(found: "Reproduced", seconds: float) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": found.title,
        "state": found.state,
        "places": found.places,
        "seconds": round(seconds, 3),
        "lacking": [{"file": one.file, "get": one.get} for one in found.lacking],
        "compared": [
            {
                "node": one.comparison.node,
                "reproduced": one.reproduced,
                "places": one.places,
                "lacking": one.lacking,
                "unpublished": one.unpublished,
                "largest_difference": one.largest_difference,
                "allowed": one.comparison.allowed if one.comparison.score else None,
                "farthest": one.farthest,
                "wrong_ranks": one.wrong_ranks,
                "expected_wrong_ranks": one.comparison.wrong_ranks,
                "largest_rank_difference": one.largest_rank_difference,
                "why": one.comparison.why,
            }
            for one in found.compared
        ],
    }
