"""Rounding: how publishers round their counts, and what a rounded count may have been."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, RootModel

from placedex.errors import BadUsage
from placedex.observations.indicator import Indicator
from placedex.stats.bounds import Bounds
from placedex.store import read_settings


class _Band(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    base: float
    strict: float | None = None
    to: float | None = None


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    words: str
    source: str
    bands: tuple[_Band, ...]


class _File(RootModel[list[_Entry]]):
    """A file of rules: a list of entries."""


@dataclass(frozen=True, slots=True)
class Band:
    """Counts up to a size (none: all larger ones) and the bases to which they are rounded."""

    to: float | None
    base: float
    strict: float


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a publisher rounds its counts; the bands are in the order of size."""

    code: str
    words: str
    source: str
    bands: tuple[Band, ...]

    def base(self, value: float, *, strict: bool = False) -> float:
        """The base to which a published count was rounded.

        `strict` is that of a cell which might tell of one business. Which cells are such is not
        published: who wants to be safe takes it for all.
        """
        if value < 0:
            raise BadUsage(
                f"{value:g} is not a count. Wanted nought or more. Look where it comes from."
            )
        # A count just below a band's end may be rounded up to a size that no band names.
        band = next(one for one in self.bands if one.to is None or value <= one.to)
        return band.strict if strict else band.base

    def bounds(self, value: float, *, strict: bool = False) -> Bounds:
        """What a published count may have been before it was rounded: half a base either way.

        Totals are rounded on their own, so that a difference of two has the bounds of both.
        Source: Nomis, Rounding of Business Register and Employment Survey estimates.
        """
        half = self.base(value, strict=strict) / 2
        return Bounds(max(0.0, value - half), value + half)


@cache
def bundled_roundings() -> dict[str, Rounding]:
    """The rules that come with placedex, by their codes."""
    path = resources.files("placedex.observations") / "rounding.yaml"
    with resources.as_file(path) as found:
        entries = read_settings(found, _File).root
    return {
        one.code: Rounding(
            one.code,
            " ".join(one.words.split()),
            one.source,
            tuple(Band(band.to, band.base, band.strict or band.base) for band in one.bands),
        )
        for one in entries
    }


def rounded_bounds(indicator: Indicator, value: float, *, strict: bool = False) -> Bounds:
    """What a published figure of an indicator may have been before it was rounded.

    Gaps:   of an indicator without a rule the figure itself, which is known to the last digit.
    """
    if not indicator.rounding:
        return Bounds(value, value)
    return bundled_roundings()[indicator.rounding].bounds(value, strict=strict)
