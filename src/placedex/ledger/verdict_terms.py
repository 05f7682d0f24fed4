"""Terms: what the words of a claim mean as a measure, never guessed where two could be meant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from placedex.errors import BadWorkspace
from placedex.evidence import Claim
from placedex.observations.catalogue import Catalogue
from placedex.observations.indicator import Indicator, Measure
from placedex.store import read_settings

Kind = Literal["percent", "money", "count"]
_IN_SENTENCE = {"place", "period", "value"}
NO_UNIT = ("", "not stated")
_WORD = re.compile(r"[a-z&][a-z0-9&-]*")
_SMALL = frozenset({
    "a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "our", "over", "the",
    "their", "to", "with", "million", "billion", "average",
})  # fmt: skip
# A claim with more words of its own than this tells of something that a term does not mean.
_MOST_UNTOLD = 2
_UNIT_OF_KIND = {"percent": "%", "money": "£", "count": "number"}
_MONEY = ("GBP", "EUR", "USD")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A measure that words can mean: an indicator of the catalogue, or one that is not there."""

    code: str
    indicator: Indicator
    in_catalogue: bool
    near: tuple[str, ...] = ()
    settled_by: str = ""
    parts: tuple[str, ...] = ()
    change_of: str = ""
    topic: str = ""
    timeless: bool = False
    flow: bool = False
    sentence: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.indicator.name


class _MeasureEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    counted: str
    of: str = ""
    where: str = ""
    how: str = ""
    prices: str = ""


class _MeaningEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str = ""
    measure: _MeasureEntry | None = None
    unit: Kind = "count"
    near: tuple[str, ...] = ()
    settled_by: str = ""
    parts: tuple[str, ...] = ()
    change_of: str = ""
    topic: str = ""
    timeless: bool = False
    flow: bool = False
    sentence: str = ""


class _TermEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    without: tuple[str, ...] = ()
    unit: Kind
    means: Annotated[tuple[str, ...], Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    meanings: tuple[_MeaningEntry, ...] = ()
    terms: tuple[_TermEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """Words that mean one or several measures: of each choice one must be there."""

    choices: tuple[re.Pattern[str], ...]
    without: re.Pattern[str] | None
    kind: Kind
    means: tuple[str, ...]

    def meets(self, words: str) -> bool:
        """Whether folded words meet the term."""
        if self.without is not None and self.without.search(words):
            return False
        return all(choice.search(words) for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Terms:
    """Every term with the measures that the terms mean."""

    catalogue: Catalogue
    terms: tuple[Term, ...]
    noted: Mapping[str, Meaning] = field(default_factory=dict)

    def meaning(self, code: str) -> Meaning:
        """What is known of a measure by its code."""
        return self.noted.get(code) or Meaning(code, self.catalogue[code], in_catalogue=True)

    def meanings(self, claim: Claim) -> tuple[Meaning, ...]:
        """The measures that a claim's words could mean: none, one, or several of which none is
        preferred.

        Only terms of the claim's kind of unit count, and of those the ones that ask for the most.
        """
        met = self._met(folded(claim), kind_of(claim))
        most = max((len(term.choices) for term in met), default=0)
        return self._of(term for term in met if len(term.choices) == most)

    def around(self, words: str, claim: Claim) -> tuple[Meaning, ...]:
        """The measures that a claim could mean by words around it, for a figure of its unit.

        Of the terms that these words and its own meet together, those of which its own words meet
        the most choices; every one if its own words tell nothing. A claim whose own words tell of
        something else means none of them: "businesses with private investment" beside businesses
        that received a grant.
        """
        own = folded(claim)
        met = [
            term
            for term in self._met(f"{own} {fold_words(words)}", kind_of(claim))
            if len(_untold(claim, term)) <= _MOST_UNTOLD
        ]
        told = [sum(bool(choice.search(own)) for choice in term.choices) for term in met]
        most = max(told, default=0)
        return self._of(term for term, count in zip(met, told, strict=True) if count == most)

    def _met(self, words: str, kind: Kind | None) -> list[Term]:
        return [term for term in self.terms if term.kind == kind and term.meets(words)]

    def _of(self, terms: Iterable[Term]) -> tuple[Meaning, ...]:
        codes = dict.fromkeys(code for term in terms for code in term.means)
        return tuple(self.meaning(code) for code in codes)


def _untold(claim: Claim, term: Term) -> list[str]:
    """The words of a claim's measure that tell something and that a term does not speak of."""
    words = fold_words(claim.measure)
    for choice in term.choices:
        words = choice.sub(" ", words)
    place = claim.place.name.lower() if claim.place else ""
    beside = {*_WORD.findall(f"{place} {claim.unit.lower()}"), *_SMALL}
    return [word for word in _WORD.findall(words) if word not in beside]


def kind_of(claim: Claim) -> Kind | None:
    """The kind of unit of a claim; nothing if it is told without one."""
    if claim.unit in NO_UNIT:
        return None
    if claim.unit in ("percent", "pp"):
        return "percent"
    return "money" if claim.unit in _MONEY else "count"


def folded(claim: Claim) -> str:
    """The words of a claim that tell its measure, in lower case with single blanks."""
    words = f"{claim.measure} {claim.words} {claim.population} {claim.unit}"
    return fold_words(words)


def fold_words(words: str) -> str:
    """Words in lower case with single blanks and one kind of apostrophe."""
    return " ".join(words.lower().replace("’", "'").split())


@cache
def bundled_terms() -> Terms:
    """The terms that come with placedex, over its catalogue."""
    from placedex.observations.catalogue import bundled_catalogue

    with resources.as_file(resources.files("placedex.ledger") / "verdict_terms.yaml") as path:
        return read_terms(path, catalogue=bundled_catalogue())


def read_terms(path: Path, *, catalogue: Catalogue, known: Terms | None = None) -> Terms:
    """The terms of a file, added to those that are known.

    Errors: BadWorkspace if a term means, or a measure is near to, what neither file nor catalogue
            has, or a measure is there twice.
    """
    read = read_settings(path, _File)
    noted = dict(known.noted) if known else {}
    for entry in read.meanings:
        if entry.code in noted:
            raise BadWorkspace(
                f"{path}: the measure '{entry.code}' is there already. Wanted each code once. "
                "Give it another code."
            )
        noted[entry.code] = _meaning(entry, catalogue, path)
    _refuse_unknown(path, read, {*noted, *catalogue})
    terms = tuple(
        Term(
            tuple(_pattern(choice) for choice in entry.words),
            _pattern(entry.without) if entry.without else None,
            entry.unit,
            entry.means,
        )
        for entry in read.terms
    )
    return Terms(catalogue, (*(known.terms if known else ()), *terms), noted)


def _meaning(entry: _MeaningEntry, catalogue: Catalogue, path: Path) -> Meaning:
    own = entry.measure
    fields = {name for _, name, _, _ in Formatter().parse(entry.sentence) if name is not None}
    if not fields <= _IN_SENTENCE:
        raise BadWorkspace(
            f"{path}: the sentence of '{entry.code}' asks for {', '.join(sorted(fields))}. Wanted "
            f"no others than {', '.join(sorted(_IN_SENTENCE))}. Take the others out."
        )
    if own is None and entry.code not in catalogue:
        raise BadWorkspace(
            f"{path}: '{entry.code}' has no measure and is no indicator. Wanted a measure "
            "(counted, of, where, how) or the code of an indicator. Add the one or mend the other."
        )
    indicator = (
        catalogue[entry.code]
        if own is None
        else Indicator(
            entry.code,
            entry.name or entry.code,
            _UNIT_OF_KIND[entry.unit],
            measure=Measure(**own.model_dump()),
        )
    )
    return Meaning(
        code=entry.code,
        indicator=indicator,
        in_catalogue=own is None,
        near=entry.near,
        settled_by=entry.settled_by,
        parts=entry.parts,
        change_of=entry.change_of,
        topic=entry.topic,
        timeless=entry.timeless,
        flow=entry.flow,
        sentence=entry.sentence,
    )


def _refuse_unknown(path: Path, read: _File, codes: set[str]) -> None:
    told = [code for entry in read.terms for code in entry.means]
    told += [code for entry in read.meanings for code in (*entry.near, *entry.parts)]
    told += [entry.change_of for entry in read.meanings if entry.change_of]
    for code in told:
        if code not in codes:
            raise BadWorkspace(
                f"{path}: '{code}' is no measure. Wanted one of the file's own or the code of an "
                "indicator. Mend the code, or add the measure."
            )


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """One of some words, whole, in the singular or with an s; a star is any ending."""
    forms = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for word in words)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(forms)})s?(?![a-z0-9])")
