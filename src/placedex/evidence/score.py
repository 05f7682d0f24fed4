"""How well claims were read: held against claims that somebody marked by hand."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from placedex.errors import BadUsage
from placedex.places import Register
from placedex.places.names import fold

_WANTED = ("document", "start", "end", "value", "unit", "modality")
_KIND = re.compile(r"(?P<name>.+?)\s*\((?P<kind>[^)]+)\)$")


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim as it is compared: where it stands and what it says.

    place: a code; nothing where none is meant.
    """

    document: str
    start: int
    end: int
    value: float
    high: float | None
    unit: str
    place: str | None
    period: str | None
    modality: str
    bound: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those found are right, of those wanted are found, and F1 of both."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Right ones among those found; 1 if none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right ones among those wanted; 1 if none was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 if nothing was wanted or found."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """What was right: spans, values, units over all claims; the rest over the claims matched.

    A claim matches a marked one if they overlap and have the same value and upper end. `place`,
    `period` and `modality` count all claims, so that one that was missed is wrong in them too.
    """

    exact_span: Share
    overlapping_span: Share
    value: Share
    value_and_unit: Share
    place: Share
    period: Share
    modality: Share
    bound: Share
    matched_place: Share
    matched_period: Share
    matched_modality: Share

    def rows(self) -> list[tuple[str, Share]]:
        """Each part with its name in words."""
        return [(one.name.replace("_", " "), getattr(self, one.name)) for one in fields(self)]


def read_marked(path: Path, register: Register) -> tuple[Marked, ...]:
    """The claims that a file of marked claims holds, one JSON object on each line.

    A place may be a code, or a name with its kind: `West Midlands (region)`.
    Errors: BadUsage with file and line for a line that is no such claim.
    """
    marked = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            where = f"{path}, line {number}"
            marked.append(_marked(_content(line, where), register, where=where))
    return tuple(marked)


def marked_of(record: Mapping[str, Any]) -> Marked:
    """A claim of ours, from its record."""
    return Marked(**{one.name: record[one.name] for one in fields(Marked)})


def score(ours: Iterable[Marked], theirs: Iterable[Marked]) -> Score:
    """How our claims of some documents agree with the marked ones of the same documents."""
    found, wanted = list(ours), list(theirs)
    pairs = matched(found, wanted)
    spans = _paired_spans(found, wanted)
    exact = {(one.document, one.start, one.end) for one in found} & {
        (one.document, one.start, one.end) for one in wanted
    }

    def over(right: int) -> Share:
        return Share(right, len(found), len(wanted))

    def same(name: str) -> int:
        return sum(getattr(one, name) == getattr(other, name) for one, other in pairs)

    of_pairs = len(pairs)
    return Score(
        exact_span=over(len(exact)),
        overlapping_span=over(spans),
        value=over(of_pairs),
        value_and_unit=over(same("unit")),
        place=over(same("place")),
        period=over(same("period")),
        modality=over(same("modality")),
        bound=over(same("bound")),
        matched_place=Share(same("place"), of_pairs, of_pairs),
        matched_period=Share(same("period"), of_pairs, of_pairs),
        matched_modality=Share(same("modality"), of_pairs, of_pairs),
    )


def matched(ours: Sequence[Marked], theirs: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    """Pairs of claims that overlap and have the same figure, each claim in one pair."""
    left = list(ours)
    pairs = []
    for other in theirs:
        near = [one for one in left if _overlap(one, other) and _same_figure(one, other)]
        if near:
            best = min(
                near, key=lambda one: abs(one.start - other.start) + abs(one.end - other.end)
            )
            left.remove(best)
            pairs.append((best, other))
    return pairs


def _paired_spans(ours: Sequence[Marked], theirs: Sequence[Marked]) -> int:
    left = list(ours)
    right = 0
    for other in theirs:
        near = next((one for one in left if _overlap(one, other)), None)
        if near is not None:
            left.remove(near)
            right += 1
    return right


def _overlap(one: Marked, other: Marked) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _same_figure(one: Marked, other: Marked) -> bool:
    return _close(one.value, other.value) and (
        one.high == other.high
        or (one.high is not None and other.high is not None and _close(one.high, other.high))
    )


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


def _content(line: str, where: str) -> Mapping[str, Any]:
    try:
        content = json.loads(line)
    except ValueError:
        content = None
    if not isinstance(content, dict) or any(name not in content for name in _WANTED):
        raise BadUsage(
            f"{where}: this is no marked claim. Wanted a JSON object with {', '.join(_WANTED)}. "
            "Mend the line."
        )
    return content


def _marked(content: Mapping[str, Any], register: Register, *, where: str) -> Marked:
    high = content.get("high")
    return Marked(
        document=str(content["document"]),
        start=int(content["start"]),
        end=int(content["end"]),
        value=float(content["value"]),
        high=None if high is None else float(high),
        unit=str(content["unit"]),
        place=_code(content.get("place"), register, where=where),
        period=content.get("period"),
        modality=str(content["modality"]),
        bound=content.get("bound"),
    )


def _code(place: str | None, register: Register, *, where: str) -> str | None:
    """The code of a place that is written as a code, a name, or a name with its kind."""
    if not place or place in register:
        return place or None
    told = _KIND.match(place)
    name, kind = (told["name"], told["kind"]) if told else (place, "")
    found = [
        one
        for one in register
        if fold(one.name) == fold(name)
        and (not kind or one.kind == kind)
        and one.live(register.day)
    ]
    if len(found) != 1:
        raise BadUsage(
            f"{where}, key place: '{place}' is {len(found)} places of '{register.name}'. "
            "Wanted one. Write its code."
        )
    return found[0].code
