"""The catalogue: every indicator that is known, read from YAML."""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator, model_validator

from placedex.errors import BadWorkspace
from placedex.observations.indicator import HIGHER, LOWER, NEITHER, Indicator, Measure, Ratio
from placedex.observations.rounding import bundled_roundings
from placedex.store import read_settings

Catalogue = dict[str, Indicator]
_PRICES = r"^(current|deflator|(chained|constant|deflated)( \d{4})?)?$"
_BETTER = {"higher": HIGHER, "lower": LOWER, "neither": NEITHER}


class _MeasureEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    counted: str
    of: str = ""
    where: str = ""
    how: str = ""
    prices: Annotated[str, Field(pattern=_PRICES)] = ""
    deflator: str = ""

    @model_validator(mode="after")
    def _deflator_fits(self) -> "_MeasureEntry":
        basis = self.prices.partition(" ")[0]
        if basis == "deflated" and not self.deflator:
            raise ValueError("the deflator of deflated prices: the code of an indicator")
        if self.deflator and basis not in {"current", "deflated"}:
            raise ValueError("a deflator for current or deflated prices only")
        return self


class _Entry(BaseModel):
    """One indicator as a file writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str
    unit: str
    decimals: int = 1
    period: str | None = None
    better: Literal["higher", "lower", "neither"] = "higher"
    measure: _MeasureEntry
    definition: str = ""
    faults: tuple[str, ...] = ()
    adds: bool = False
    parts: str = ""
    alike: tuple[str, ...] = ()
    rounding: str = ""
    numerator: str | None = None
    denominator: str | None = None
    times: float = 1.0

    @model_validator(mode="after")
    def _both_parts(self) -> "_Entry":
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("a numerator and a denominator, or neither")
        return self

    @field_validator("rounding")
    @classmethod
    def _known(cls, value: str) -> str:
        if value and value not in bundled_roundings():
            raise ValueError(f"one of {', '.join(bundled_roundings())} instead of '{value}'")
        return value

    def indicator(self) -> Indicator:
        """The indicator that the entry describes."""
        ratio = None
        if self.numerator is not None and self.denominator is not None:
            ratio = Ratio(self.numerator, self.denominator, self.times)
        return Indicator(
            code=self.code,
            name=self.name,
            unit=self.unit,
            better=_BETTER[self.better],
            decimals=self.decimals,
            period=self.period,
            measure=Measure(**self.measure.model_dump()),
            definition=" ".join(self.definition.split()),
            faults=(*(" ".join(fault.split()) for fault in self.faults), *self._rounded()),
            ratio=ratio,
            adds=self.adds,
            parts=self.parts,
            alike=self.alike,
            rounding=self.rounding,
        )

    def _rounded(self) -> tuple[str, ...]:
        """The fault that rounding is, in words, for everybody who reads the indicator's page."""
        return (bundled_roundings()[self.rounding].words,) if self.rounding else ()


class _File(RootModel[list[_Entry]]):
    """A file of indicators: a list of entries."""


@cache
def bundled_catalogue() -> Catalogue:
    """The indicators that come with placedex."""
    with resources.as_file(resources.files("placedex.observations") / "catalogue") as folder:
        return read_catalogue(sorted(folder.glob("*.yaml")))


def read_catalogue(paths: Iterable[Path], *, known: Catalogue | None = None) -> Catalogue:
    """The indicators in some files, added to those that are known.

    Errors: BadWorkspace if a code is there twice, a ratio names an indicator that is not there or
            mixes current prices with others, or a deflator is none.
    """
    catalogue = dict(known or {})
    for path in paths:
        for entry in read_settings(path, _File).root:
            if entry.code in catalogue:
                raise BadWorkspace(
                    f"{path}: the indicator '{entry.code}' is there already. Wanted each code "
                    "once. Give it another code."
                )
            catalogue[entry.code] = entry.indicator()
    for indicator in catalogue.values():
        parts = indicator.ratio
        for code in (parts.numerator, parts.denominator) if parts else ():
            if code not in catalogue:
                raise BadWorkspace(
                    f"The indicator '{indicator.code}' is reckoned from '{code}', which no file "
                    "describes. Add it to the indicators, or mend the code."
                )
        if parts is not None:
            _refuse_mixed_prices(indicator.code, parts, catalogue)
        _check_deflator(indicator, catalogue)
    return catalogue


def _refuse_mixed_prices(code: str, ratio: Ratio, catalogue: Catalogue) -> None:
    bases = [catalogue[part].measure.prices for part in (ratio.numerator, ratio.denominator)]
    if all(bases) and bases[0] != bases[1]:
        raise BadWorkspace(
            f"The indicator '{code}' is reckoned from '{ratio.numerator}' at {bases[0]} prices and "
            f"'{ratio.denominator}' at {bases[1]} prices. Wanted one price basis. Choose parts "
            "that share it."
        )


def _check_deflator(indicator: Indicator, catalogue: Catalogue) -> None:
    deflator = indicator.measure.deflator
    if not deflator:
        return
    found = catalogue.get(deflator)
    if found is None or found.measure.prices != "deflator":
        met = "no file describes" if found is None else "is no deflator"
        raise BadWorkspace(
            f"The indicator '{indicator.code}' names the deflator '{deflator}', which {met}. "
            "Wanted the code of an indicator whose prices are 'deflator'. Mend the code."
        )
