"""Corrections as files write them: a publisher's error, dated, with the source of the truth."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel, field_validator, model_validator

from placedex.errors import BadPeriod, BadWorkspace
from placedex.observations.period import Period, parse_period
from placedex.observations.status import WORDS, Status
from placedex.store import read_settings

MISSING = "missing"
_SHA256 = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True, slots=True)
class Instead:
    """What is put in the place of a wrong figure: one of a value, a status, a period, a factor."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status | None = None
    period: Period | None = None
    times: float | None = None

    @property
    def words(self) -> str:
        """What is put in its place, in a few words."""
        if self.value is not None:
            return f"{self.value:,.6g} stands instead"
        if self.period is not None:
            return f"it is dated {self.period.words}"
        if self.times is not None:
            return f"it is taken {self.times:,.6g} times"
        return f"it is {self.status.words if self.status is not None else ''}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A publisher's error put right, as long as the file is the one that has it.

    Attributes:
        written: the file of corrections in which it stands.
        origin, file: the code of the origin, or the name of the published file; one of the two.
        sha256, edition: what the origin must still be; else the correction has expired.
        places, periods: empty for every place or period that the origin has.
        found: the wrong value, `missing` for none; nothing if whatever is there is wrong.
    """

    code: str
    written: str
    dated: date
    indicator: str
    wrong: str
    instead: Instead
    why: str
    truth: str
    address: str = ""
    origin: str = ""
    file: str = ""
    sha256: str = ""
    edition: str = ""
    places: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    part: str = ""
    found: float | Literal["missing"] | None = None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class _Instead(_Strict):
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: str | None = None
    period: str | None = None
    times: float | None = None

    @field_validator("period", mode="before")
    @classmethod
    def _dates(cls, given: object) -> object:
        return given.isoformat() if isinstance(given, date) else given

    @field_validator("period")
    @classmethod
    def _readable(cls, given: str | None) -> str | None:
        return given if given is None else _period_text(given)

    @field_validator("status")
    @classmethod
    def _known(cls, given: str | None) -> str | None:
        if given is not None and given not in WORDS:
            raise ValueError(f"one of {', '.join(WORDS)}")
        return given

    @model_validator(mode="after")
    def _one(self) -> "_Instead":
        if sum(one is not None for one in (self.value, self.status, self.period, self.times)) != 1:
            raise ValueError("one of value, status, period and times, and no other")
        if (self.low is None) != (self.high is None) or (
            self.low is not None and self.value is None
        ):
            raise ValueError("low and high together, and only with a value")
        return self

    def made(self) -> Instead:
        return Instead(
            self.value,
            self.low,
            self.high,
            None if self.status is None else WORDS[self.status],
            None if self.period is None else parse_period(self.period),
            self.times,
        )


class _Truth(_Strict):
    title: str
    url: str = ""


class _Entry(_Strict):
    """One correction as a file writes it."""

    code: str
    dated: date
    origin: str = ""
    file: str = ""
    sha256: str = ""
    edition: str = ""
    places: tuple[str, ...] = ()
    indicator: str
    part: str = ""
    periods: tuple[str, ...] = ()
    found: float | Literal["missing"] | None = None
    wrong: str
    instead: _Instead
    why: str
    truth: _Truth

    @field_validator("periods", mode="before")
    @classmethod
    def _dates(cls, given: object) -> object:
        if isinstance(given, Iterable) and not isinstance(given, str):
            return [one.isoformat() if isinstance(one, date) else one for one in given]
        return given

    @field_validator("periods")
    @classmethod
    def _readable(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_period_text(one) for one in given)

    @field_validator("sha256")
    @classmethod
    def _hash(cls, given: str) -> str:
        if given and not _SHA256.fullmatch(given):
            raise ValueError("16 to 64 of the digits 0 to 9 and a to f")
        return given

    @model_validator(mode="after")
    def _whole(self) -> "_Entry":
        if bool(self.origin) == bool(self.file):
            raise ValueError("origin (its code) or file (its name), one of the two")
        if not self.sha256 and not self.edition:
            raise ValueError("sha256 or edition, by which it is known whether the file changed")
        if self.found is None and self.instead.value is not None:
            raise ValueError("found, the value that is wrong, wherever a value is put instead")
        return self


class _File(RootModel[list[_Entry]]):
    """A file of corrections: a list of entries."""


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections in the YAML files of a folder, in the order of their names; none without it.

    Errors: BadWorkspace with file, line and key if one cannot be read, or a code is there twice.
    """
    corrections: dict[str, Correction] = {}
    for path in sorted(folder.glob("*.yaml")):
        for entry in read_settings(path, _File).root:
            if entry.code in corrections:
                raise BadWorkspace(
                    f"{path}: the correction '{entry.code}' is there already, in "
                    f"{corrections[entry.code].written}. Wanted each code once. Give it another."
                )
            corrections[entry.code] = _made(entry, f"{folder.name}/{path.name}")
    return tuple(corrections.values())


def _made(entry: _Entry, written: str) -> Correction:
    told = entry.model_dump(exclude={"instead", "truth", "periods", "wrong", "why"})
    return Correction(
        **told,
        written=written,
        periods=tuple(parse_period(one) for one in entry.periods),
        wrong=" ".join(entry.wrong.split()),
        why=" ".join(entry.why.split()),
        instead=entry.instead.made(),
        truth=entry.truth.title,
        address=entry.truth.url,
    )


def _period_text(text: str) -> str:
    try:
        return str(parse_period(text))
    except BadPeriod as error:
        raise ValueError(error.wanted) from None
