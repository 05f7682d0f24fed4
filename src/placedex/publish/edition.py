"""An edition: everything that a site is made from, read from one build."""

from collections.abc import Mapping
from dataclasses import dataclass

from placedex.index import Index, Spec, Uncertainty
from placedex.index.audit import Audit
from placedex.observations import Corrected, Observations, Panel
from placedex.observations.panel import FloatArray
from placedex.places import Place
from placedex.publish.record import NOTHING_SAID, Record


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """One index for the places of one kind: they are compared with each other and no others.

    Attributes:
        index: the built index with all its stages; places that were not scored are in `raw` only.
        beside: figures shown beside the index and not in it, for the places of `index.raw`.
        scenario_ranks: for each scenario of the spec, the rank of each place of `index.raw`.
        uncertainty: how sure each rank is; nothing if the spec leaves nothing open.
        not_drawn: why what the spec leaves open was not drawn; empty if it was.
        audit: what the JRC's audits ask of an index, each question with a verdict.
    """

    kind: str
    index: Index
    beside: Panel
    scenario_ranks: Mapping[str, FloatArray]
    uncertainty: Uncertainty | None = None
    audit: Audit | None = None
    not_drawn: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """A spec and what it made of each kind of place."""

    spec: Spec
    by_kind: Mapping[str, Ranked]


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """What one build of a workspace has to publish.

    Attributes:
        home: the place that the workspace is about, whose page the site leads with.
        places: the places of the workspace, in the order of the register.
        left_out: rows of published files that were not taken, counted by the reason why.
        corrected: what became of each correction of a published figure.
        record: what documents and the ledger say, with what came of it; empty without them.
    """

    title: str
    about: str
    home: Place
    places: tuple[Place, ...]
    observations: Observations
    indexes: tuple[Published, ...]
    left_out: Mapping[str, int]
    version: str
    corrected: tuple[Corrected, ...] = ()
    record: Record = NOTHING_SAID
