"""`placedex effect`: whether a place moved apart from places like it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.ledger import Effect

Format = Literal["table", "json", "csv"]
Donors = Literal["similar", "kind"]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class What:
    """Of which place and indicator an effect is asked, from when on, and against whom."""

    place: Annotated[str, Parameter(name="--place", help="A code or a name.")]
    indicator: Annotated[
        str,
        Parameter(
            name="--indicator", help="The code of an indicator with figures for several periods."
        ),
    ]
    begins: Annotated[
        str, Parameter(name="--from", help="The first period that is after, for example 2019.")
    ]
    donors: Annotated[
        Donors,
        Parameter(
            name="--donors",
            help="similar: the 20 places most like it before; kind: every place of its kind.",
        ),
    ] = "similar"
    also: Annotated[
        tuple[str, ...],
        Parameter(
            name="--also",
            negative="",
            help="A place where it began too, and which is no donor; may be given often.",
        ),
    ] = ()
    indexed: Annotated[
        bool,
        Parameter(
            name="--indexed",
            negative="",
            help="Take each place's figures as 100 on average before: for places of unlike size.",
        ),
    ] = False


def effect(
    workspace: Path = Path(),
    *,
    what: What,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Show whether a place came to differ from others after something began there.

    By difference in differences, and by a synthetic control with a placebo test: the mix of other
    places most like it before. What cannot be concluded is said.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    format
        table to read; json or csv for programs.
    output
        Write to this file instead of standard output.
    """
    from placedex.cli.printed import as_json, put, rows_as_csv
    from placedex.workspace.effect import Sought, effect_of

    sought = Sought(what.place, what.indicator, what.begins, what.donors, what.also)
    found = effect_of(workspace, replace(sought, indexed=what.indexed))
    if format == "csv":
        put(rows_as_csv(found.to_rows()), output)
    elif format == "json":
        content = {"words": found.words, "rows": found.to_rows(), "donors": found.donor_rows()}
        put(as_json(content), output)
    else:
        put(_told(found), output)


def _told(found: "Effect") -> str:
    """The sentences, and the place beside its mix."""
    from placedex.cli.printed import Sheet, number

    sheet = Sheet()
    for sentence in found.words:
        sheet.say(sentence)
    sheet.say()
    columns = {"period": False, "place": True, "its mix": True, "gap": True}
    rows = [
        (
            f"{row['period']}{' *' if row['after'] else ''}",
            number(row["value"], 2),
            number(row["mix"], 2),
            number(row["gap"], 2, signed=True),
        )
        for row in found.to_rows()
    ]
    sheet.table("The place and its mix; * from the beginning on", columns, rows)
    return sheet.text()
