"""`placedex export`: figures and results of the last build, to take away for other programs."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

Form = Literal["parquet", "csv", "frictionless", "json-stat", "sdmx-csv", "xlsx"]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a build to take.

    Parameters
    ----------
    indicator
        Only figures of this indicator, by its code; can be given again.
    place
        Only figures of this place, by code or name; can be given again.
    index
        Scores, ranks and weights of the indexes too.
    known_on
        The figures as they were known on this day (2025-04-30), before later editions.
    """

    indicator: Annotated[tuple[str, ...], Parameter(name="--indicator", negative="")] = ()
    place: Annotated[tuple[str, ...], Parameter(name="--place", negative="")] = ()
    index: Annotated[bool, Parameter(name="--index", negative="")] = False
    known_on: Annotated[date | None, Parameter(name="--known-on")] = None


def export(
    workspace: Path = Path(),
    *,
    format: Annotated[Form, Parameter(name="--format")],  # noqa: A002
    output: Annotated[Path, Parameter(name="--output")],
    part: Annotated[Part, Parameter(name="*")] = Part(),
) -> None:
    """Write the figures of the last build of WORKSPACE, or a part of them, for other programs.

    Each figure goes with its unit, period, status and origin. What an export before wrote at the
    output is replaced when all is written.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    format
        csv (with a CSVW description), frictionless, parquet and sdmx-csv make a folder of tables;
        json-stat and xlsx make a file.
    output
        The folder or the file to write.
    """
    import placedex
    from placedex.workspace import Choice, export_build

    rows = export_build(
        workspace,
        form=format,
        output=output,
        version=placedex.__version__,
        choice=Choice(part.indicator, part.place, part.index, part.known_on),
    )
    listed = ", ".join(f"{name} {count:,}" for name, count in rows.items())
    print(f"{output}: rows of {listed}")
