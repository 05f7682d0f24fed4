"""Entries as files write them: what each may say, and which of it is a fact that must be cited."""

from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FiniteFloat,
    StringConstraints,
    model_validator,
)

from placedex.errors import BadPeriod
from placedex.ledger.cited import ALL, Cites, parse_citation
from placedex.ledger.event import Event
from placedex.ledger.funding import Award, Money
from placedex.ledger.funding import State as MoneyState
from placedex.ledger.organisation import Organisation
from placedex.ledger.partnership import Partnership
from placedex.ledger.programme import Programme
from placedex.ledger.site import Site
from placedex.ledger.support import NEEDS, SIZES, SupportOffer
from placedex.ledger.target import Output, Point, State, Target, TargetMeasure
from placedex.observations import parse_period

# What is ours to say of an entry, and needs no source: names for it, and how it is sorted.
OURS = frozenset(
    {"code", "cites", "kind", "roles", "themes", "needs", "about", "also", "indicator"}
)


def _period(given: object) -> str:
    """A period as text, in its one written form; empty if there is none."""
    text = "" if given is None else str(given)
    try:
        return str(parse_period(text)) if text else ""
    except BadPeriod as error:
        raise ValueError(f"{error.wanted}") from None


def _cites(given: object) -> Cites:
    """Citations: a list is of every field, keys name the fields they are of."""
    by_field = given if isinstance(given, dict) else {ALL: given or []}
    found = {}
    for name, listed in by_field.items():
        texts = [listed] if isinstance(listed, str) else listed
        if not isinstance(texts, list):
            raise ValueError("a list of citations, or keys with lists of them")
        found[str(name)] = tuple(parse_citation(str(text)) for text in texts)
    return Cites(found)


Code = Annotated[str, StringConstraints(pattern=r"^\S+$")]
PeriodText = Annotated[str, BeforeValidator(_period)]
Cited = Annotated[Cites, BeforeValidator(_cites)]


class Entry(BaseModel):
    """What every entry has: a code, and what its facts rest on."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, allow_inf_nan=False
    )

    code: Code
    cites: Cited

    def facts(self) -> tuple[str, ...]:
        """The fields that were given and state a fact."""
        return tuple(sorted(self.model_fields_set - OURS))

    @model_validator(mode="after")
    def _known_fields(self) -> "Entry":
        strange = set(self.cites.by_field) - {ALL} - set(type(self).model_fields)
        if strange:
            raise ValueError(
                f"fields of the entry under cites; {', '.join(sorted(strange))} is none"
            )
        return self

    @model_validator(mode="after")
    def _in_order(self) -> "Entry":
        low = getattr(self, "value", getattr(self, "amount", None))
        high = getattr(self, "high", None)
        if high is not None and (low is None or high < low):
            raise ValueError("a lower end, and an upper one that is not below it")
        return self


class OrganisationEntry(Entry):
    """An organisation."""

    name: str
    kind: str
    also: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    identifiers: dict[str, str] = {}
    website: str = ""
    place: str = ""
    part_of: str = ""

    def made(self) -> Organisation:
        """The organisation."""
        return Organisation(**dict(self))


class MoneyEntry(Entry):
    """Money of a programme; without citations of its own it rests on those of the programme."""

    cites: Cited = Cites({})
    amount: FiniteFloat
    currency: str
    state: MoneyState
    high: FiniteFloat | None = None
    prices: str = "nominal"
    head: str = ""
    year: PeriodText = ""
    payer: str = ""
    payee: str = ""
    place: str = ""
    part_of: str = ""
    bound: str = ""

    def made(self) -> Money:
        """The money."""
        return Money(**dict(self))


class OutputEntry(Entry):
    """An output of a programme; without citations of its own it rests on those of the programme."""

    cites: Cited = Cites({})
    measure: str
    unit: str
    value: FiniteFloat
    state: State
    high: FiniteFloat | None = None
    bound: str = ""
    period: PeriodText = ""
    place: str = ""

    def made(self) -> Output:
        """The output."""
        return Output(**dict(self))


class ProgrammeEntry(Entry):
    """A programme, with its money and its outputs."""

    name: str
    kind: str
    also: tuple[str, ...] = ()
    about: str = ""
    stage: str = ""
    starts: PeriodText = ""
    ends: PeriodText = ""
    places: tuple[str, ...] = ()
    lead: str = ""
    partners: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    part_of: str = ""
    money: tuple[MoneyEntry, ...] = ()
    outputs: tuple[OutputEntry, ...] = ()

    def made(self) -> Programme:
        """The programme."""
        parts: dict[str, Any] = dict(self)
        parts["money"] = tuple(one.made() for one in self.money)
        parts["outputs"] = tuple(one.made() for one in self.outputs)
        return Programme(**parts)


class MeasureEntry(BaseModel):
    """What a target counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    counted: str
    unit: str
    of: str = ""
    where: str = ""
    how: str = ""
    prices: str = ""
    indicator: str = ""
    series: tuple[str, ...] = ()


class PointEntry(BaseModel):
    """A value at a period."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    value: FiniteFloat
    period: PeriodText


class TargetEntry(Entry):
    """A target; one without a measure is kept, and cannot be measured."""

    name: str
    place: str
    measure: MeasureEntry | None = None
    value: float | None = None
    high: FiniteFloat | None = None
    bound: str = ""
    change: bool = False
    by: PeriodText = ""
    baseline: PointEntry | None = None
    promised_by: str = ""
    programme: str = ""

    @model_validator(mode="after")
    def _measured(self) -> "TargetEntry":
        if self.value is not None and self.measure is None:
            raise ValueError("a measure beside the value: what it counts, and in which unit")
        return self

    def made(self) -> Target:
        """The target."""
        parts: dict[str, Any] = dict(self)
        if self.measure is not None:
            parts["measure"] = TargetMeasure(**dict(self.measure))
        if self.baseline is not None:
            parts["baseline"] = Point(self.baseline.value, self.baseline.period)
        return Target(**parts)


class PartnershipEntry(Entry):
    """A partnership of two or more."""

    name: str
    kind: str
    members: tuple[str, ...]
    programme: str = ""
    starts: PeriodText = ""
    ends: PeriodText = ""

    @model_validator(mode="after")
    def _several(self) -> "PartnershipEntry":
        if len(set(self.members)) < 2:
            raise ValueError("two members or more, each once")
        return self

    def made(self) -> Partnership:
        """The partnership."""
        return Partnership(**dict(self))


class SiteEntry(Entry):
    """A site or testbed."""

    name: str
    kind: str
    place: str
    host: str = ""
    partners: tuple[str, ...] = ()
    programme: str = ""
    offers: tuple[str, ...] = ()
    website: str = ""

    def made(self) -> Site:
        """The site."""
        return Site(**dict(self))


class EventEntry(Entry):
    """An event."""

    name: str
    kind: str
    when: PeriodText = ""
    repeats: str = ""
    place: str = ""
    held_by: tuple[str, ...] = ()
    programme: str = ""

    def made(self) -> Event:
        """The event."""
        return Event(**dict(self))


class SupportEntry(Entry):
    """An offer of support to firms."""

    name: str
    by: str
    gives: str
    needs: tuple[str, ...]
    programme: str = ""
    sizes: tuple[str, ...] = ()
    least_age: float | None = None
    most_age: float | None = None
    industries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    comes_from: str = ""
    opens: PeriodText = ""
    closes: PeriodText = ""
    ask: str = ""
    website: str = ""

    @model_validator(mode="after")
    def _listed(self) -> "SupportEntry":
        for given, known in ((self.needs, NEEDS), (self.sizes, SIZES)):
            if set(given) - set(known):
                raise ValueError(f"of {', '.join(known)}")
        if not self.needs:
            raise ValueError(f"at least one need of {', '.join(NEEDS)}")
        return self

    def made(self) -> SupportOffer:
        """The offer."""
        return SupportOffer(**dict(self))


class AwardEntry(Entry):
    """An award of money to one body."""

    recipient: str
    amount: FiniteFloat
    currency: str
    day: date | None = None
    programme: str = ""
    title: str = ""
    payer: str = ""
    place: str = ""
    subsidy: bool = False
    when: PeriodText = ""
    places: tuple[str, ...] = ()
    about: str = ""
    starts: PeriodText = ""
    ends: PeriodText = ""
    given: dict[str, Any] = {}

    @model_validator(mode="after")
    def _dated(self) -> "AwardEntry":
        if (self.day is None) == (not self.when):
            raise ValueError("a day, or a period under when: one of the two")
        if self.place and self.places:
            raise ValueError("place or, for several that share it, places: one of the two")
        return self

    def made(self) -> Award:
        """The award."""
        return Award(**dict(self))
