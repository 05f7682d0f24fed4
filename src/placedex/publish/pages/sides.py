"""Two claims side by side: what each says, who, when and where, and why they differ."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from placedex.publish.evidence_rows import ClaimRow, ConflictRow
from placedex.publish.pages.said_by import claim_link, claim_place, outward, stands_in
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words
from placedex.publish.tables import draw_table, words
from placedex.publish.words import capital

NOT_COMPARABLE = "not comparable"
TITLES = {
    "conflict": "They conflict",
    "changed its meaning": "One name, two meanings",
    "the same but for rounding": "The same but for rounding",
    NOT_COMPARABLE: "Not comparable, though taken for each other",
}


def side_by_side(conflict: ConflictRow, view: View) -> dict[str, Any]:
    """A conflict as its template shows it."""
    found = [view.record.by_key[key] for key in (conflict.one, conflict.other)]
    return {
        "title": TITLES.get(conflict.kind, capital(conflict.kind)),
        "subject": capital(found[0].claim.measure),
        # Words with a bar only repeat both figures, which stand above.
        "words": "" if " | " in conflict.words else sentence(conflict.words),
        "reasons": reasons_of(conflict.reasons),
        "sides": [_side(one, view) for one in found],
    }


def reasons_of(reasons: Iterable[str]) -> list[str]:
    """Reasons as sentences; one that only says how two claims stand is said by their title."""
    return [sentence(one) for one in reasons if one not in TITLES]


def pairs_table(key: str, pairs: Sequence[ConflictRow], *, view: View) -> Markup:
    """Pairs as a table: one figure, the other, and why they differ."""
    rows = []
    for pair in pairs:
        one, other = (_brief(view.record.by_key[key], view) for key in (pair.one, pair.other))
        rows.append([one, other, " ".join(reasons_of(pair.reasons))])
    return draw_table(
        key,
        "Pairs that cannot be compared",
        columns=[words("One"), words("The other"), words("Why not")],
        rows=rows,
        quiet=True,
    )


def _brief(row: ClaimRow, view: View) -> Markup:
    said = Markup("{} {} <small>{}</small>")
    return said.format(claim_link(row, view), capital(row.claim.measure), row.publisher)


def sentence(said: str) -> str:
    """Words as a sentence: a large letter first, a full stop last."""
    said = capital(said.strip())
    return said if said.endswith((".", "?", "!")) or not said else f"{said}."


def _side(row: ClaimRow, view: View) -> dict[str, Any]:
    facts: list[tuple[str, str | Markup]] = [
        ("Of", capital(row.claim.measure)),
        ("Place", claim_place(row, view)),
        ("Period", period_words(row.claim.period)),
        ("Said by", row.publisher),
        ("In", stands_in(row, view)),
        ("Published", row.published),
        ("Address", outward(row.address, _host(row.address)) if row.address else ""),
    ]
    return {
        "figure": claim_link(row, view),
        "facts": [(name, said) for name, said in facts if said],
    }


def _host(address: str) -> str:
    """The name of the site that an address is on."""
    return address.partition("://")[2].partition("/")[0] or address
