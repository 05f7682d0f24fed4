"""What came of something that began in a place, by the figures of the last build."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import numpy as np

from placedex.errors import BadUsage
from placedex.ledger import Effect, Question, effect
from placedex.observations import Observations, parse_period
from placedex.places import Place, Profiles, similar
from placedex.workspace.built import built_observations, open_build
from placedex.workspace.workspace import open_workspace

Donors = Literal["similar", "kind"]
MOST_SIMILAR = 20


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked, as it is written on a command line.

    Attributes:
        place: a code or a name; indicator: a code; begins: a period.
        donors: all places of the kind that the build has, or the 20 most like it before.
        also: codes or names of places where it began too at the same time, which are no donors.
        indexed: whether each place's figures are taken as 100 on average before.
    """

    place: str
    indicator: str
    begins: str
    donors: Donors = "similar"
    also: tuple[str, ...] = ()
    indexed: bool = False


def effect_of(folder: Path, sought: Sought) -> Effect:
    """How a place moved apart from others after something began, by the last build's figures.

    Errors: UnreadableStore if the workspace has not been built; UnknownPlace, AmbiguousPlace or
            BadPeriod; BadUsage for an unknown indicator, or if there are too few figures or places.
    """
    workspace = open_workspace(folder)
    place = workspace.register.find(sought.place)
    also = {workspace.register.find(one).code for one in sought.also}
    if sought.indicator not in workspace.catalogue:
        raise BadUsage(
            f"There is no indicator '{sought.indicator}'. Wanted the code of one. See: placedex "
            "show, or the reference of indicators."
        )
    begins = parse_period(sought.begins)
    question = Question(place.code, sought.indicator, begins, sought.indexed)
    with open_build(folder) as connection:
        observations = built_observations(connection, workspace)
        kind = [
            one
            for one in workspace.register.of_kind(place.kind)
            if one.code not in also and observations.series(one.code, sought.indicator)
        ]
        chosen = kind if sought.donors == "kind" else _alike(question, kind, observations)
        codes = [*(one.code for one in chosen), *sorted(also - {place.code})]
        series = [observations.series(code, sought.indicator) for code in codes]
        return effect(question, series, workspace.register, also=also)


def _alike(question: Question, kind: list[Place], observations: Observations) -> list[Place]:
    """The place and those of its kind that were most like it before the beginning."""
    codes = [code for code, one in observations.catalogue.items() if one.ratio is None]
    day = question.begins.start - timedelta(days=1)
    panel = observations.panel(kind, codes, as_of=day)
    kept = np.isfinite(panel.values).sum(axis=0) > 1
    kept &= np.array([code != question.indicator for code in panel.codes])
    profiles = Profiles(
        tuple(one.code for one in kind),
        tuple(code for code, keep in zip(panel.codes, kept, strict=True) if keep),
        panel.values[:, kept],
    )
    nearest = {one.code for one in similar(question.place, profiles, most=MOST_SIMILAR).nearest}
    return [one for one in kind if one.code in nearest or one.code == question.place]
