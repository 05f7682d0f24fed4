"""How a place that was split is shared out: by a stated weight of its parts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import fsum, isfinite

from placedex.errors import BadUsage
from placedex.places.changes import SPLIT, Change, kind_of


@dataclass(frozen=True, slots=True)
class SplitBy:
    """Shares of the parts of a split, in proportion to a weight of each, such as its households.

    weights: the weight of each part by its code.
    of:      what the weights are, in words, such as `households in 2021`.
    pairs:   for a part that took in more than one old place: the weight of what came from each,
             by old and new code.
    """

    weights: Mapping[str, float]
    of: str
    pairs: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.of.strip():
            raise BadUsage(
                "A split is shared out by weights of nothing. Wanted what they are, in words. Give "
                "`of`, such as of='households in 2021'."
            )
        for code, weight in (*self.weights.items(), *self.pairs.items()):
            if not isfinite(weight) or weight < 0:
                raise BadUsage(
                    f"{code} has the weight {weight:g} ({self.of}). Wanted a number from 0 up. "
                    "Mend it, or leave it out."
                )

    def weight(self, change: Change, *, alone: bool) -> float | None:
        """The weight of what went one way; nothing if it is not known.

        alone: whether nothing else went into the new place, so that its own weight will do.
        """
        pair = self.pairs.get((change.old, change.new))
        if pair is not None:
            return float(pair)
        own = self.weights.get(change.new) if alone else None
        return None if own is None else float(own)


def with_shares(changes: tuple[Change, ...], split_by: SplitBy) -> tuple[Change, ...]:
    """The changes, with a share for each part of a split of which every part has a weight.

    Published shares stay. A split of which one part alone is known stays without.
    """
    parts: dict[tuple[str, object], list[Change]] = defaultdict(list)
    into: dict[tuple[str, object], set[str]] = defaultdict(set)
    for change in changes:
        parts[change.old, change.on].append(change)
        into[change.new, change.on].add(change.old)
    shares: dict[Change, float] = {}
    for listed in parts.values():
        loose = [one for one in listed if one.share is None and kind_of(one, listed) == SPLIT]
        weights = [split_by.weight(one, alone=len(into[one.new, one.on]) == 1) for one in loose]
        known = [weight for weight in weights if weight is not None]
        whole = fsum(known)
        if len(loose) < len(listed) or len(known) < len(loose) or len(loose) < 2 or whole <= 0:
            continue
        for one, weight in zip(loose, known, strict=True):
            shares[one] = weight / whole
    return tuple(
        replace(change, share=shares[change]) if change in shares else change for change in changes
    )
