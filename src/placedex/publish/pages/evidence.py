"""The page of evidence: which figures are safe to say, what was read, and what conflicts."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from placedex.publish.cells import link
from placedex.publish.evidence_rows import ClaimRow, ConflictRow, DocumentRow, Kind
from placedex.publish.material import Material
from placedex.publish.pages.page import Page
from placedex.publish.pages.said_by import claim_link, claim_place, claims_table, outward, said_by
from placedex.publish.pages.sides import NOT_COMPARABLE, TITLES, pairs_table, side_by_side
from placedex.publish.pages.view import View
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.verdicts import GROUPS, MEANINGS, Group, badge, group_of
from placedex.publish.words import capital, counted

PATH = "evidence/index.html"
ELSEWHERE = "evidence/elsewhere/index.html"
CONFLICTS = "evidence/conflicts.html"
# So many conflicts stand on the page of evidence itself; with more, all have a page of their own.
MOST = 12


def evidence_pages(material: Material) -> list[Page]:
    """The page of evidence, and those of figures from elsewhere and of conflicts if there are."""
    pages = [_index(View(PATH, material))]
    if material.record.from_elsewhere:
        pages.append(_elsewhere(View(ELSEWHERE, material)))
    if len(material.record.conflicts) > MOST:
        pages.append(_conflicts(View(CONFLICTS, material)))
    return pages


def _index(view: View) -> Page:
    record = view.record
    own = [one for one in record.claims if one.kind is Kind.CLAIM]
    differ = [one for one in record.conflicts if one.kind != NOT_COMPARABLE]
    many = len(record.conflicts) > MOST
    conflicts = _weighty(differ if many else record.conflicts)
    return Page(
        path=PATH,
        title="Evidence",
        template="evidence.html",
        section="evidence",
        content={
            "lead": _lead(own, view),
            "counts": _counts(view),
            "groups": _groups(own, view),
            "documents": [_document(one, view) for one in record.documents],
            "elsewhere": len(record.from_elsewhere),
            "elsewhere_path": ELSEWHERE,
            "conflicts": [side_by_side(one, view) for one in conflicts[:MOST]],
            "conflicts_in_all": len(record.conflicts),
            "conflicts_path": CONFLICTS if many else "",
        },
    )


def _weighty(conflicts: Sequence[ConflictRow]) -> list[ConflictRow]:
    """Conflicts first, and among them those within the workspace's own documents."""
    order = tuple(TITLES)
    return sorted(
        conflicts,
        key=lambda one: (
            order.index(one.kind) if one.kind in order else len(order),
            -[one.one[0], one.other[0]].count(Kind.CLAIM),
        ),
    )


def _lead(own: Sequence[ClaimRow], view: View) -> str:
    """How many of the figures are safe, in a sentence."""
    count = Counter(group_of(one.word).key for one in own)
    documents = counted(len(view.record.documents), "document")
    return (
        f"Of {counted(len(own), 'figure')} in {documents}, {count['safe']:,} can be said as "
        f"published, {count['care']:,} in another form, and {count['wrong']:,} not as a fact. "
        f"For {count['open']:,} nothing comparable is published."
    )


def _counts(view: View) -> Markup:
    """How many claims of each verdict there are, in the documents and from elsewhere."""
    own = Counter(one.word for one in view.record.claims if one.kind is Kind.CLAIM)
    others = Counter(one.word for one in view.record.from_elsewhere)
    columns = [words("Verdict"), figures("In documents")]
    if others:
        columns.append(figures("From elsewhere"))
    columns.append(words("What it means"))
    rows = [
        [
            badge(word),
            link(f"#{group.key}", f"{own[word]:,}") if own[word] else "0",
            *([f"{others[word]:,}"] if others else []),
            MEANINGS[word],
        ]
        for group in GROUPS
        for word in group.words
        if own[word] or others[word]
    ]
    return draw_table("verdicts", "Figures by verdict", columns=columns, rows=rows, quiet=True)


def _groups(rows: Sequence[ClaimRow], view: View) -> list[dict[str, Any]]:
    """The claims by what they let one say, those that are safe first."""
    found = []
    for group in GROUPS:
        some = [one for one in rows if group_of(one.word) is group]
        if some:
            found.append(_group(group, some, view=view))
    return found


def _group(group: Group, rows: Sequence[ClaimRow], *, view: View) -> dict[str, Any]:
    return {
        "key": group.key,
        "title": group.title,
        "mark": group.mark,
        "about": group.about,
        "count": counted(len(rows), "figure"),
        "table": claims_table(
            f"{group.key}-claims",
            f"{group.title}: every figure",
            rows=rows,
            view=view,
            safe=group is not GROUPS[-1],
        ),
    }


def _document(one: DocumentRow, view: View) -> dict[str, Any]:
    rows = view.record.of_document(one.code)
    count = Counter(group_of(row.word) for row in rows)
    return {
        "link": link(view.links.document(one.code), one.title),
        "publisher": one.publisher,
        "published": one.published,
        "count": counted(len(rows), "figure"),
        "address": outward(one.address, "as published") if one.address else Markup(""),
        "verdicts": [f"{count[group]} {group.short}" for group in GROUPS if count[group]],
    }


def _elsewhere(view: View) -> Page:
    rows = view.record.from_elsewhere
    return Page(
        path=ELSEWHERE,
        title="Figures from elsewhere",
        template="elsewhere.html",
        section="evidence",
        content={
            "count": counted(len(rows), "figure"),
            "table": draw_table(
                "elsewhere",
                "Figures from elsewhere",
                columns=[
                    words("Figure"),
                    words("What it is of"),
                    words("Place"),
                    words("Who says it"),
                    words("Verdict"),
                ],
                rows=[_brief(one, view) for one in rows],
                quiet=True,
            ),
        },
    )


def _brief(row: ClaimRow, view: View) -> list[str | Markup]:
    return [
        claim_link(row, view),
        capital(row.claim.measure),
        claim_place(row, view),
        said_by(row, view),
        badge(row.word),
    ]


def _conflicts(view: View) -> Page:
    """Every pair: those that differ side by side, those that cannot be compared in a table."""
    differ = [one for one in view.record.conflicts if one.kind != NOT_COMPARABLE]
    apart = [one for one in view.record.conflicts if one.kind == NOT_COMPARABLE]
    return Page(
        path=CONFLICTS,
        title="Side by side",
        template="conflicts.html",
        section="evidence",
        content={
            "count": counted(len(differ), "pair"),
            "conflicts": [side_by_side(one, view) for one in _weighty(differ)],
            "apart": counted(len(apart), "pair"),
            "table": pairs_table("apart", apart, view=view) if apart else None,
        },
    )
