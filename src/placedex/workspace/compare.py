"""Compare: two editions of an index, or two specs on the same figures, without a build."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from placedex.errors import BadSpec, BadUsage
from placedex.index import Index, Spec, build, read_spec
from placedex.index.normalise import Policy
from placedex.index.over_time import editions, figures_of
from placedex.index.side_by_side import SideBySide, side_by_side
from placedex.index.why import Why, why
from placedex.observations import Observations, Panel, parse_period
from placedex.places import Place
from placedex.workspace.workspace import Workspace

LATEST = "latest"
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be compared.

    Either editions, `before` and `after` being periods up to whose end figures are looked at (the
    latest figures if `after` is none), or the workspace's spec with the one in the file `other`.

    Attributes:
        share: a place is compared that has so many of its figures in both editions.
        index: the code of the workspace's index, else its first.
        figures: a folder of published files to be read before the workspace's own figures.
    """

    before: str | None = None
    after: str | None = None
    policy: Policy = Policy.FROZEN
    share: float = 0.75
    other: Path | None = None
    index: str | None = None
    figures: Path | None = None

    def __post_init__(self) -> None:
        if (self.before is None) == (self.other is None):
            raise BadUsage(
                "It is not said with what to compare. Wanted an earlier edition or another spec, "
                "one of the two: --before 2023, or --with indexes/other.yaml."
            )
        if self.before is None and self.after is not None:
            raise BadUsage("There is a later edition and no earlier one. Wanted --before too.")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two builds of an index for one kind of place, side by side.

    Attributes:
        names: what the two are called.
        periods: for each of the two, the period of each indicator's figures.
        notes: by what they compare, and what was left out.
    """

    title: str
    index: str
    kind: str
    names: tuple[str, str]
    builds: tuple[Index, Index]
    table: SideBySide
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A kind of place of which two builds do not compare, and why."""

    title: str
    kind: str
    words: str


def compare(
    workspace: Workspace, question: Question, *, kind: str | None = None
) -> tuple[Comparison | NotCompared, ...]:
    """Both builds side by side for each kind of place that the spec compares, or for one.

    Errors: BadUsage for a kind that the spec does not compare; BadSpec if the two do not compare
            for a kind that is named, or for any.
    """
    spec, other = _specs(workspace, question)
    kinds = tuple(one for one in spec.kinds if one in other.kinds)
    if kind is not None and kind not in kinds:
        raise BadUsage(_not_of(kind, spec, other))
    if not kinds:
        raise BadSpec(
            f"'{spec.code}' compares {', '.join(spec.kinds)} and '{other.code}' compares "
            f"{', '.join(other.kinds)}. Wanted a kind of place that both compare. Add one to "
            "`kinds` in one of the specs."
        )
    found: list[Comparison | NotCompared] = []
    with _figures(workspace, question) as (observations, places):
        for one in kinds if kind is None else (kind,):
            chosen = tuple(place for place in places if place.kind == one)
            try:
                found.append(_compared((spec, other), question, observations, places=chosen))
            except BadSpec as error:
                if kind is not None:
                    raise
                found.append(NotCompared(other.title, one, str(error)))
    if not any(isinstance(one, Comparison) for one in found):
        words = [f"{one.kind}: {one.words}" for one in found if isinstance(one, NotCompared)]
        raise BadSpec("\n".join(words))
    return tuple(found)


def why_changed(workspace: Workspace, question: Question, place: Place) -> tuple[Comparison, Why]:
    """Why a place's score and rank changed, with the comparison that it is of.

    Errors: as `compare`; BadSpec if the place is not scored in both.
    """
    (found,) = compare(workspace, question, kind=place.kind)
    if isinstance(found, NotCompared):
        raise BadSpec(found.words)
    if place.code not in {one.code for one in found.table.places}:
        raise BadSpec(
            f"{place.name} is not among the {len(found.table.places)} places that are in both "
            f"{found.names[0]} and {found.names[1]}. Wanted one of them. `placedex compare` "
            "says what was left out and why."
        )
    return found, why(*found.builds, place.code)


def _not_of(kind: str, spec: Spec, other: Spec) -> str:
    """That one of two specs does not compare a kind of place, and which kinds both compare."""
    lacks = other if kind in spec.kinds else spec
    kinds = [one for one in spec.kinds if one in other.kinds]
    wanted = (
        f"one of {', '.join(kinds)}" if kinds else f"a spec that does: add it to '{lacks.code}'"
    )
    return (
        f"The index '{lacks.code}' compares places of the kinds {', '.join(lacks.kinds)}, not of "
        f"the kind '{kind}'. Wanted {wanted}."
    )


def _specs(workspace: Workspace, question: Question) -> tuple[Spec, Spec]:
    """The workspace's spec and the one that it is compared with, itself if there is no other."""
    other = None
    if question.other is not None:
        path = question.other if question.other.exists() else workspace.folder / question.other
        if not path.is_file():
            raise BadUsage(f"There is no spec {question.other}. Wanted the file of one.")
        other = read_spec(path, workspace.catalogue)
    if question.index is not None:
        spec = workspace.spec(question.index)
    else:
        specs = workspace.specs()
        spec = next((one for one in specs if other is None or one.code != other.code), specs[0])
    return spec, spec if other is None else other


@contextmanager
def _figures(
    workspace: Workspace, question: Question
) -> Iterator[tuple[Observations, tuple[Place, ...]]]:
    with workspace.observations(question.figures) as observations:
        yield observations, workspace.places(every_district=question.figures is not None)


def _compared(
    specs: tuple[Spec, Spec],
    question: Question,
    observations: Observations,
    *,
    places: tuple[Place, ...],
) -> Comparison:
    if not places:
        raise BadSpec("The workspace has no place of this kind. Wanted at least one.")
    if question.before is None:
        return _two_specs(specs, observations, places)
    spec = specs[0]
    names = question.before, question.after or LATEST
    if names[0] == names[1]:
        raise BadUsage(f"Both editions are of {names[0]}. Wanted two that differ.")
    panels = {name: edition_panel(observations, spec, places, name) for name in names}
    made = editions(spec, panels, policy=question.policy, share=question.share)
    before, after = made.indexes.values()
    table = side_by_side(before, after)
    if len(table.scored) < FEWEST:
        listed = ", ".join(place.name for place in table.scored) or "No place"
        raise BadSpec(f"{listed} has a score in both editions. Wanted two places or more.")
    if not made.moved:
        raise BadSpec(
            f"No figure is other in {names[0]} than in {names[1]}: the figures at hand hold no "
            f"earlier ones of enough places. {' '.join(made.left_out)}"
        )
    return Comparison(
        spec.title,
        spec.code,
        places[0].kind,
        names,
        (before, after),
        table,
        (made.words, *_periods(before, after), *made.left_out),
    )


def edition_panel(
    observations: Observations, spec: Spec, places: tuple[Place, ...], name: str
) -> Panel:
    """The figures of an edition: those up to the end of a period, or the latest."""
    day = None if name == LATEST else parse_period(name)
    return observations.panel(places, figures_of(spec), as_of=day)


def _two_specs(
    specs: tuple[Spec, Spec], observations: Observations, places: tuple[Place, ...]
) -> Comparison:
    before, after = specs
    builds = tuple(
        build(spec, observations.panel(places, figures_of(spec))) for spec in (before, after)
    )
    table = side_by_side(builds[0], builds[1])
    notes = ["Both specs are built from the same, latest figures."]
    for nodes, spec in ((table.nodes_before, before), (table.nodes_after, after)):
        if nodes:
            listed = ", ".join(node.name for node in nodes)
            notes.append(f"Only in {spec.title} ({spec.code}): {listed}.")
    names = (before.code, after.code) if before.code != after.code else ("this", "other")
    return Comparison(
        after.title, after.code, places[0].kind, names, (builds[0], builds[1]), table, tuple(notes)
    )


def _periods(before: Index, after: Index) -> tuple[str, ...]:
    """Which periods are compared, indicator by indicator, in a sentence."""
    pairs = zip(after.figures.codes, before.figures.periods, after.figures.periods, strict=True)
    listed = [
        f"{after.hierarchy[code].name} {'the same' if first == last else f'{first} and {last}'}"
        for code, first, last in pairs
        if code in {leaf.code for leaf in after.hierarchy.leaves}
    ]
    return (f"Periods compared: {'; '.join(listed)}.",)
