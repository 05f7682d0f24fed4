"""Tables of what was said and promised, to take away: claims, targets, money, who and what."""

from collections.abc import Iterator

from placedex.ledger import Cites, Ledger, Target
from placedex.publish.download_tables import Column, DataTable, Row
from placedex.publish.evidence_rows import ClaimRow
from placedex.publish.record import Record


def record_tables(record: Record) -> tuple[DataTable, ...]:
    """Each table of which there is something to take away."""
    tables = (
        _claims(record),
        _targets(record),
        _programmes(record.ledger),
        _money(record.ledger),
        _organisations(record.ledger),
    )
    return tuple(table for table in tables if table.rows)


def _claims(record: Record) -> DataTable:
    columns = (
        Column("kind", "claim of a document, or source: a figure from elsewhere"),
        Column("claim", "its code, as citations name it"),
        Column("document", "code of its document; empty for one from elsewhere"),
        Column("figure", "the words of the figure as published"),
        Column("measure", "what it is of, in our words"),
        Column("value", "the figure; money in pounds, 46 for 46 per cent", "number"),
        Column("high", "the upper end of a range", "number"),
        Column("unit", "its unit"),
        Column("bound", "more than, at least, up to, around ..."),
        Column("place", "code of the place"),
        Column("place_name", "the place as it is named"),
        Column("candidates", "codes of the places that the name could mean, parted by semicolons"),
        Column("period", "the period, as in the table of figures"),
        Column("modality", "actual, estimate, forecast, target, commitment, potential or quoted"),
        Column("verdict", "what is true of it, in a word"),
        Column("working", "how that was reached"),
        Column("safe", "what can be said"),
        Column("title", "title of where it was published"),
        Column("publisher", "who published it"),
        Column("published", "when"),
        Column("address", "where"),
        Column("start", "the first character of the figure in the document", "integer"),
        Column("end", "the character after its last", "integer"),
    )
    rows = tuple(_claim(one) for one in record.claims)
    return DataTable(
        "claims", "Claims", "One row for each figure that a document states, or that others do.",
        columns, rows,
    )  # fmt: skip


def _claim(row: ClaimRow) -> Row:
    claim, verdict = row.claim, row.verdict
    place = claim.place
    in_document = bool(row.document)
    return (
        row.kind.value,
        row.code,
        row.document or None,
        row.figure,
        claim.measure,
        claim.value,
        claim.high,
        claim.unit,
        claim.bound,
        place.code if place else None,
        place.name if place else None,
        ";".join(place.candidates) if place else None,
        claim.period,
        claim.modality.value,
        row.word,
        row.working or None,
        verdict.safe if verdict else None,
        row.title,
        row.publisher,
        row.published,
        row.address,
        claim.figure.start if in_document else None,
        claim.figure.end if in_document else None,
    )


def _targets(record: Record) -> DataTable:
    columns = (
        Column("target", "its code"),
        Column("name", "what was promised"),
        Column("place", "code of the place"),
        Column("counted", "what is counted; empty if it cannot be"),
        Column("unit", "the unit"),
        Column("value", "what is to be reached", "number"),
        Column("high", "the upper end of a range", "number"),
        Column("bound", "more than, at least ..."),
        Column("by", "the period by whose end it is to be reached"),
        Column("baseline", "from where it begins", "number"),
        Column("baseline_period", "the period of that"),
        Column("promised_by", "code of the organisation"),
        Column("programme", "code of the programme"),
        Column("state", "reached, on track, at risk, off track, cannot be measured"),
        Column("reasons", "why"),
        Column("cites", "what it rests on"),
    )
    rows = tuple(_target(one, record) for one in record.ledger.targets.values())
    return DataTable("targets", "Targets", "One row for each target.", columns, rows)


def _target(one: Target, record: Record) -> Row:
    measure, base, row = one.measure, one.baseline, record.progress.get(one.code)
    return (
        one.code,
        one.name,
        one.place,
        measure.counted if measure else None,
        measure.unit if measure else None,
        one.value,
        one.high,
        one.bound,
        one.by,
        base.value if base else None,
        base.period if base else None,
        one.promised_by,
        one.programme,
        row.state if row else None,
        "; ".join(row.reasons) if row else None,
        _cites(one.cites),
    )


def _programmes(ledger: Ledger) -> DataTable:
    columns = (
        Column("programme", "its code"),
        Column("name", "its name"),
        Column("kind", "strategy, programme, fund, zone, testbed ..."),
        Column("stage", "planned, announced, running, ended"),
        Column("starts", "the period in which it begins"),
        Column("ends", "the period in which it ends"),
        Column("lead", "code of the organisation that leads it"),
        Column("partners", "codes of organisations, parted by semicolons"),
        Column("places", "codes of places, parted by semicolons"),
        Column("themes", "themes, parted by semicolons"),
        Column("part_of", "code of the programme to which it belongs"),
        Column("about", "what it does, in our words"),
        Column("cites", "what it rests on"),
    )
    rows = tuple(
        (
            one.code, one.name, one.kind, one.stage, one.starts, one.ends, one.lead,
            ";".join(one.partners), ";".join(one.places), ";".join(one.themes), one.part_of,
            one.about, _cites(one.cites),
        )
        for one in ledger.programmes.values()
    )  # fmt: skip
    return DataTable("programmes", "Programmes", "One row for each programme.", columns, rows)


def _money(ledger: Ledger) -> DataTable:
    columns = (
        Column("programme", "code of the programme"),
        Column("money", "its code"),
        Column("amount", "how much, in the currency", "number"),
        Column("high", "the upper end of a range", "number"),
        Column("bound", "more than, up to ..."),
        Column("currency", "GBP, EUR ..."),
        Column("prices", "nominal, or the prices of a year"),
        Column("state", "expected, announced, committed, reported, official"),
        Column("head", "what it is for"),
        Column("year", "the period that it covers"),
        Column("payer", "code of the organisation that pays"),
        Column("payee", "code of the organisation that is paid"),
        Column("place", "code of the place"),
        Column("part_of", "code of the money of which it is a part"),
        Column("cites", "what it rests on; empty if as its programme"),
    )
    rows = tuple(_money_rows(ledger))
    about = "One row for each statement of money: several may speak of the same pounds."
    return DataTable("money", "Money", about, columns, rows)


def _money_rows(ledger: Ledger) -> Iterator[Row]:
    for programme in ledger.programmes.values():
        for one in programme.money:
            yield (
                programme.code, one.code, one.amount, one.high, one.bound, one.currency,
                one.prices, one.state, one.head, one.year, one.payer, one.payee, one.place,
                one.part_of, _cites(one.cites),
            )  # fmt: skip


def _organisations(ledger: Ledger) -> DataTable:
    columns = (
        Column("organisation", "its code"),
        Column("name", "its name"),
        Column("also", "other names, parted by semicolons"),
        Column("kind", "council, company, university ..."),
        Column("roles", "funder, lead, delivery ..., parted by semicolons"),
        Column("identifiers", "as in 360Giving: scheme and number, parted by semicolons"),
        Column("website", "its website"),
        Column("place", "code of its place"),
        Column("part_of", "code of the organisation to which it belongs"),
        Column("cites", "what it rests on"),
    )
    rows = tuple(
        (
            one.code, one.name, ";".join(one.also), one.kind, ";".join(one.roles),
            ";".join(f"{scheme}-{number}" for scheme, number in one.identifiers.items()),
            one.website, one.place, one.part_of, _cites(one.cites),
        )
        for one in ledger.organisations.values()
    )  # fmt: skip
    return DataTable(
        "organisations", "Organisations", "One row for each organisation.", columns, rows
    )


def _cites(cites: Cites) -> str:
    """Citations as the ledger writes them, each once, parted by semicolons."""
    return ";".join(dict.fromkeys(str(one) for listed in cites.by_field.values() for one in listed))
