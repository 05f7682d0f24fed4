"""`placedex grants`: grants into the ledger from a published file, and out of it as 360Giving."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

if TYPE_CHECKING:
    from placedex.workspace.grants import Imported

Format = Literal["json", "csv"]
NONE: tuple[str, ...] = ()

grants = App(
    name="grants",
    help="Read grants into the ledger from a published file, or write them as 360Giving.",
)


@grants.command(name="import")
def import_(
    file: Path,
    workspace: Path = Path(),
    *,
    same: Annotated[tuple[str, ...], Parameter(name="--same", negative="")] = NONE,
    accept: Annotated[bool, Parameter(name="--accept", negative="")] = False,
    subsidies: Annotated[bool, Parameter(name="--subsidies", negative="")] = False,
) -> None:
    """Write the grants of FILE into the ledger of WORKSPACE, in files of their own.

    FILE is 360Giving (JSON or CSV), a list of the Levelling Up Fund or one of the European
    structural and investment funds.

    Parameters
    ----------
    file
        The file of grants.
    workspace
        The folder of a workspace.
    same
        An organisation of FILE that is one of the ledger, as NEW-CODE=LEDGER-CODE; may be given
        again.
    accept
        Take an organisation that shares an identifier or its whole name with one of the ledger for
        that one.
    subsidies
        Mark every award of FILE as a subsidy that adds up over three years.
    """
    from placedex.workspace import open_workspace
    from placedex.workspace.grants import import_grants

    opened = open_workspace(workspace)
    _print(import_grants(opened, file, same=_pairs(same), accept=accept, subsidy=subsidies))


def _print(done: "Imported") -> None:
    taken = done.taken
    sums: dict[str, float] = {}
    for award in taken.awards:
        sums[award.currency] = sums.get(award.currency, 0.0) + award.amount
    total = ", ".join(f"{amount:,.2f} {currency}" for currency, amount in sums.items())
    print(f"{done.title}: {len(taken.awards):,} awards, {total}.")
    joint = [award for award in taken.awards if award.places]
    if joint:
        print(f"{len(joint):,} of them go to several places together and are not shared out.")
    print(f"New: {len(taken.organisations):,} organisations, {len(taken.programmes)} programmes.")
    for path in done.files:
        print(f"written: {path}")
    for note in taken.notes:
        print(f"note: {note}")
    for one in taken.proposals:
        print(f"may be one: {one.one} and {one.other}: {one.why} (--same {one.one}={one.other})")
    if taken.proposals:
        print("Nothing was merged: say which are one by --same, or by --accept for whole names.")


@grants.command
def export(
    workspace: Path = Path(),
    *,
    format: Annotated[Format, Parameter(name="--format")] = "json",  # noqa: A002
    leave_out_incomplete: Annotated[
        bool, Parameter(name="--leave-out-incomplete", negative="")
    ] = False,
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print the awards in the ledger of WORKSPACE as 360Giving.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    format
        json, or csv with the headers of the flat form.
    leave_out_incomplete
        Leave out awards that lack a day or a funder, which 360Giving requires.
    output
        Write to this file instead of standard output.
    """
    import sys

    from placedex.cli.printed import as_json, put, rows_as_csv
    from placedex.ledger.grants_entries import export_360
    from placedex.ledger.grants_fields import flat_rows
    from placedex.workspace import open_workspace
    from placedex.workspace.ledger import workspace_ledger

    ledger = workspace_ledger(open_workspace(workspace))
    records, left_out = export_360(ledger, incomplete=leave_out_incomplete)
    if format == "json":
        put(as_json({"grants": records}), output)
    else:
        put(rows_as_csv(flat_rows(records)), output)
    if left_out:
        print(
            f"{len(left_out):,} awards are left out: they lack a day or a funder.", file=sys.stderr
        )


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    from placedex.errors import BadUsage

    pairs = {}
    for one in given:
        new, sign, old = one.partition("=")
        if not sign or not new or not old:
            raise BadUsage(f"'{one}' is not NEW-CODE=LEDGER-CODE. Wanted two codes. Mend --same.")
        pairs[new] = old
    return pairs
