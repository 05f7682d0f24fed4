"""The targets of a workspace's ledger held against the figures of its last build."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placedex.errors import BadUsage
from placedex.evidence import Claim
from placedex.ledger import Held, Ledger, Progress, Target, progress
from placedex.ledger.inflation import Inflation, assumed, observed
from placedex.observations import Observations, parse_period
from placedex.workspace.built import built_observations, open_build
from placedex.workspace.said import LEDGER, read_said
from placedex.workspace.workspace import open_workspace

DEFLATOR = "gva-deflator"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which targets are wanted, and by what they are judged.

    Attributes:
        targets: their codes; all of them if there is none.
        day: today, which tells whether a target's date has passed.
        inflation: a share a year that is assumed; without it, what the place's deflator rose by
            since the baseline, or 2 % if the build has none.
        claims: claims by code, of which targets may name some as their series; without them, those
            that were accepted, and the figures from elsewhere.
    """

    targets: tuple[str, ...] = ()
    day: date | None = None
    inflation: float | None = None
    claims: Mapping[str, Claim] | None = None


def progress_of(folder: Path, asked: Asked | None = None) -> tuple[Progress, ...]:
    """How the targets of a workspace stand, in the order of its ledger.

    Errors: UnreadableStore if the workspace has not been built; Faults for a ledger that is wrong;
            BadUsage for a target that is not in it, or if it has none.
    """
    workspace, asked = open_workspace(folder), asked or Asked()
    said = read_said(workspace)
    chosen = _chosen(said.ledger, asked.targets, folder=folder)
    claims = said.stated if asked.claims is None else asked.claims
    with open_build(folder) as connection:
        observations = built_observations(connection, workspace)
        held = Held(workspace.catalogue, observations.series, claims)
        return tuple(
            progress(
                one, held, day=asked.day, inflation=_inflation(one, observations, asked.inflation)
            )
            for one in chosen
        )


def _chosen(ledger: Ledger, codes: tuple[str, ...], *, folder: Path) -> tuple[Target, ...]:
    if not ledger.targets:
        raise BadUsage(
            f"{folder / LEDGER} holds no target. Wanted at least one in targets.yaml. Write one."
        )
    for code in codes:
        if code not in ledger.targets:
            raise BadUsage(
                f"There is no target '{code}'. Wanted one of {', '.join(ledger.targets)}."
            )
    return tuple(ledger.targets[code] for code in codes or ledger.targets)


def _inflation(target: Target, observations: Observations, given: float | None) -> Inflation:
    """What prices are taken to do: as given, as the place's deflator did, or as is usual."""
    if given is not None:
        return assumed(given)
    since = parse_period(target.baseline.period) if target.baseline is not None else None
    found = observed(observations.series(target.place, DEFLATOR), since=since)
    return found or assumed()
