"""Grants as entries of a ledger: organisations, programmes and awards, none merged with another."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from placedex.errors import BadUsage, BadWorkspace, Fault, Faults
from placedex.ledger.check import Known, find_faults
from placedex.ledger.cited import ALL, Citation, Cites
from placedex.ledger.funding import Award
from placedex.ledger.grant import Grant, GrantFile, Party
from placedex.ledger.grants_360 import as_record, beyond
from placedex.ledger.grants_published import TITLES
from placedex.ledger.identifiers import slug
from placedex.ledger.ledger import Ledger
from placedex.ledger.likeness import MayBeOne, why_one
from placedex.ledger.organisation import Organisation
from placedex.ledger.programme import Programme


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of a file of grants.

    Attributes:
        same: by the code that an organisation of the file would get, which one of the ledger it is.
        accept: whether one that shares an identifier or its whole name with exactly one of the
            ledger is that one.
        subsidy: whether every award of the file is a small subsidy, which adds up over three years.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    accept: bool = False
    subsidy: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file of grants adds to a ledger.

    Attributes:
        proposals: organisations of the file that may be ones of the ledger, and why.
        notes: what was left out or kept as it was written.
    """

    organisations: tuple[Organisation, ...]
    programmes: tuple[Programme, ...]
    awards: tuple[Award, ...]
    proposals: tuple[MayBeOne, ...]
    notes: tuple[str, ...]

    def joined(self, ledger: Ledger) -> Ledger:
        """The ledger with what the file adds."""
        return replace(
            ledger,
            organisations={**ledger.organisations, **{one.code: one for one in self.organisations}},
            programmes={**ledger.programmes, **{one.code: one for one in self.programmes}},
            awards={**ledger.awards, **{one.code: one for one in self.awards}},
        )


def take_grants(
    ledger: Ledger,
    found: GrantFile,
    *,
    source: str,
    choice: Choice | None = None,
    known: Known | None = None,
) -> Taken:
    """The entries that a file of grants adds to a ledger, each citing the source.

    An organisation of the file is a new one, though it may look like one of the ledger: then the
    two are proposed as one, unless the choice says which it is.
    Errors: BadUsage if the choice names what is not there; Faults for awards whose codes the ledger
            has already.
    """
    cites = Cites({ALL: (Citation("source", source),)})
    chosen = choice or Choice()
    parties, organisations = _parties(ledger, found.grants, chosen, cites=cites)
    programmes, codes = _programmes(ledger, found, cites)
    taken = Taken(
        organisations=tuple(organisations.values()),
        programmes=tuple(programmes.values()),
        awards=(),
        proposals=tuple(_proposals(ledger, organisations)),
        notes=found.notes,
    )
    rows: dict[str, int] = {}
    for grant in found.grants:
        rows[_free(slug(grant.id), rows)] = grant.row
    made = tuple(
        _award(code, grant, parties, programme=codes.get(_called(grant), ""), cites=cites)
        for code, grant in zip(rows, found.grants, strict=True)
    )
    joined = replace(taken, awards=made).joined(ledger)
    done = replace(
        taken, awards=tuple(_given(joined, made, grants=found.grants, subsidy=chosen.subsidy))
    )
    _refuse(ledger, done, rows, source=source, known=known)
    return done


def _given(
    joined: Ledger, made: Collection[Award], *, grants: Collection[Grant], subsidy: bool
) -> Iterator[Award]:
    """The awards with what else their file says of them."""
    for award, grant in zip(made, grants, strict=True):
        given = beyond(as_record(grant), as_record(grant_of(joined, award)))
        yield replace(award, subsidy=subsidy, given=given)


def _award(
    code: str, grant: Grant, parties: Mapping[str, str], *, programme: str, cites: Cites
) -> Award:
    """A grant as an award, without what else its file says of it."""
    return Award(
        code=code,
        recipient=parties[grant.recipient.key],
        amount=grant.amount,
        currency=grant.currency,
        day=grant.day,
        programme=programme,
        cites=cites,
        title=grant.title,
        payer=parties[grant.payer.key] if grant.payer is not None else "",
        place=grant.places[0] if len(grant.places) == 1 else "",
        when=grant.when,
        places=grant.places if len(grant.places) > 1 else (),
        about=grant.about,
        starts=grant.starts,
        ends=grant.ends,
    )


def _called(grant: Grant) -> tuple[str, str]:
    """What a file calls the programme of a grant."""
    return grant.programme, grant.programme_title


def grant_of(ledger: Ledger, award: Award) -> Grant:
    """An award of the ledger as a grant."""
    programme = ledger.programmes.get(award.programme)
    places = (award.place,) if award.place else award.places
    return Grant(
        row=0,
        id=f"360G-placedex-{award.code}",
        title=award.title or (programme.name if programme is not None else award.code),
        about=award.about,
        currency=award.currency,
        amount=award.amount,
        day=award.day,
        recipient=_party_of(ledger, award.recipient),
        payer=_party_of(ledger, award.payer) if award.payer else None,
        when=award.when,
        programme=award.programme,
        programme_title="" if programme is None else programme.name,
        places=places,
        starts=award.starts,
        ends=award.ends,
        given=award.given,
    )


def export_360(
    ledger: Ledger, *, incomplete: bool = False
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Every award as a record of 360Giving, and the codes of those that were left out.

    Errors: BadWorkspace if awards lack what 360Giving requires, which is a day and a funder; with
            `incomplete` these are left out.
    """
    lacking = tuple(
        code for code, one in sorted(ledger.awards.items()) if one.day is None or not one.payer
    )
    if lacking and not incomplete:
        raise BadWorkspace(
            f"{len(lacking)} of {len(ledger.awards)} awards lack a day or a payer, among them "
            f"{', '.join(lacking[:3])}. Wanted both for each: 360Giving requires them. Write them "
            "in the ledger, or leave such awards out by --leave-out-incomplete."
        )
    records = [
        as_record(grant_of(ledger, award))
        for code, award in sorted(ledger.awards.items())
        if code not in lacking
    ]
    return records, lacking


def entry_of(one: Organisation | Programme | Award) -> dict[str, Any]:
    """An entry as a file of the ledger writes it, without what is empty."""
    entry: dict[str, Any] = {}
    for name in one.__dataclass_fields__:
        value = getattr(one, name)
        if name == "cites":
            value = [str(citation) for citation in value.by_field.get(ALL, ())]
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        if value not in ("", None, [], {}, False):
            entry[name] = value
    return entry


def _parties(
    ledger: Ledger, grants: Collection[Grant], choice: Choice, *, cites: Cites
) -> tuple[dict[str, str], dict[str, Organisation]]:
    """For each party its code, and the organisations that are new."""
    codes: dict[str, str] = {}
    made: dict[str, Organisation] = {}
    roles: dict[str, dict[str, None]] = {}
    same = dict(choice.same)
    given = ((grant.recipient, "recipient") for grant in grants)
    paying = ((grant.payer, "funder") for grant in grants if grant.payer is not None)
    for party, role in (*given, *paying):
        if party.key not in codes:
            code = same.pop(slug(party.name), "") or (_same(ledger, party) if choice.accept else "")
            if code:
                _known(ledger, code)
            else:
                code = _free(slug(party.name), {**ledger.organisations, **made})
                made[code] = Organisation(
                    code, party.name, "not said", cites, identifiers=dict(party.identifiers)
                )
            codes[party.key] = code
        roles.setdefault(codes[party.key], {})[role] = None
    if same:
        raise BadUsage(
            f"The file has no organisation {', '.join(same)}. Wanted the code of one, which is its "
            "name in small letters with hyphens. Mend --same."
        )
    return codes, {code: replace(one, roles=tuple(roles[code])) for code, one in made.items()}


def _same(ledger: Ledger, party: Party) -> str:
    """The one organisation of the ledger that shares an identifier or the whole name; or none."""
    numbers = set(party.identifiers.items())
    by_number = [
        one.code for one in ledger.organisations.values() if numbers & set(one.identifiers.items())
    ]
    by_name = [
        one.code
        for one in ledger.organisations.values()
        if party.name.casefold() in (name.casefold() for name in (one.name, *one.also))
    ]
    found = by_number or by_name
    return found[0] if len(found) == 1 else ""


def _known(ledger: Ledger, code: str) -> None:
    if code not in ledger.organisations:
        raise BadUsage(
            f"The ledger has no organisation '{code}'. Wanted the code of one. Mend --same."
        )


def _programmes(
    ledger: Ledger, found: GrantFile, cites: Cites
) -> tuple[dict[str, Programme], dict[tuple[str, str], str]]:
    """The programmes that are new, and the code of each by what the file calls it."""
    made: dict[str, Programme] = {}
    codes: dict[tuple[str, str], str] = {}
    for grant in found.grants:
        called = _called(grant)
        if called == ("", "") or called in codes:
            continue
        code = slug(grant.programme or grant.programme_title)
        codes[called] = code
        if code in ledger.programmes:
            continue
        whole = found.programmes.get(grant.programme, "")
        if whole and whole not in ledger.programmes:
            made.setdefault(whole, Programme(whole, TITLES[whole], "fund", cites))
        name = grant.programme_title or grant.programme
        made.setdefault(code, Programme(code, name, "fund", cites, part_of=whole))
    return made, codes


def _proposals(ledger: Ledger, organisations: Mapping[str, Organisation]) -> Iterator[MayBeOne]:
    for one in organisations.values():
        for other in ledger.organisations.values():
            why = why_one(one, other)
            if why:
                yield MayBeOne(one.code, other.code, why)


def _party_of(ledger: Ledger, code: str) -> Party:
    one = ledger.organisations[code]
    return Party(one.name, dict(one.identifiers) or {"360G": f"placedex-{code}"})


def _free(code: str, taken: Collection[str]) -> str:
    """A code that is not taken: itself, or with the first number that makes it one."""
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code}-{number}"
    return free


def _refuse(
    ledger: Ledger, done: Taken, rows: Mapping[str, int], *, source: str, known: Known | None
) -> None:
    """Refuse what a ledger could not be read with afterwards."""
    faults = [
        Fault(
            source, rows[award.code], "id", f"the ledger has an award '{award.code}' already",
            "each grant once", "Take it out of one of the two.",
        )
        for award in done.awards
        if award.code in ledger.awards
    ]  # fmt: skip
    if not faults:
        faults = list(
            find_faults(
                done.joined(ledger), lambda kind, code: (f"{source}, {kind}", rows.get(code, 0)),
                known,
            )
        )  # fmt: skip
    if faults:
        raise Faults(tuple(faults))
