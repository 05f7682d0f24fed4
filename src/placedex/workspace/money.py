"""The money of a workspace's ledger, at the prices of a year by a deflator among its figures."""

from pathlib import Path

from placedex.errors import BadUsage
from placedex.ledger import Ledger
from placedex.ledger.deflator import Deflator, read_deflator
from placedex.ledger.money import Account, account
from placedex.observations import Observations
from placedex.workspace.workspace import Workspace

INDICATOR = "gva-deflator"


def workspace_account(
    workspace: Workspace,
    ledger: Ledger,
    *,
    by: str,
    base: int | None = None,
    place: str | None = None,
    figures: Path | None = None,
) -> Account:
    """A workspace's money by place, theme, year, head or programme; deflated if a year is given.

    The deflator is that of the place that is named, or of the workspace's home, or of the nearest
    place around it that has one.
    Errors: BadUsage if there is no deflator among the figures.
    """
    if base is None:
        return account(ledger, by=by)
    with workspace.observations(figures) as observations:
        deflator = nearest_deflator(workspace, observations, place)
    return account(ledger, by=by, base=base, deflator=deflator)


def nearest_deflator(
    workspace: Workspace, observations: Observations, place: str | None
) -> Deflator:
    """The deflator of a place that is named, or of the home or the nearest around it that has one.

    Errors: BadUsage if there is none among the figures.
    """
    named = workspace.home if place is None else workspace.register.find(place)
    looked = [named.code]
    if place is None:
        for code in looked:
            around = workspace.register.get(code)
            looked += [one for one in (around.parents if around else ()) if one not in looked]
    for code in looked:
        series = observations.series(code, INDICATOR)
        if series:
            return read_deflator(series, workspace.catalogue)
    raise BadUsage(
        f"There is no '{INDICATOR}' of {' or '.join(looked)} among the figures. Wanted one, to "
        "take money to the prices of a year. Put it under figures/, name published files by "
        "--figures, or another place by --deflator."
    )
