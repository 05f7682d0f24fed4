"""The audit page: what the JRC's audits ask of an index, with a verdict for every question."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from placedex.publish.audit_parts import Audited, Grid, Part, limits, parts, summary
from placedex.publish.audit_pictures import heatmap, matrix_grid, weights_and_importance
from placedex.publish.links import anchor
from placedex.publish.material import Material
from placedex.publish.pages.page import Chart, Page
from placedex.publish.pages.ranking import key_of
from placedex.publish.standings import Standings
from placedex.publish.tables import Column, draw_table
from placedex.publish.words import capital, plural, uncapital

PATH = "audit.html"
SHOWN = 8


def is_audited(material: Material) -> bool:
    """Whether any index of the edition was audited, so that the site has an audit page."""
    return any(one.ranked.audit is not None for one in material.standings)


def audit_pages(material: Material) -> Iterator[Page]:
    """The audit page, with a section for each index and kind of place; none without an audit."""
    found = [
        (standings, audited)
        for standings in material.standings
        if (audited := audited_of(standings)) is not None
    ]
    if not found:
        return
    sections = [_section(standings, audited) for standings, audited in found]
    yield Page(
        path=PATH,
        title="Audit",
        template="audit.html",
        section="method",
        content={"sections": sections, "limits": _table(limits(found[0][1]), "audit")},
    )


def audited_of(standings: Standings) -> Audited | None:
    """The audit of an index for a kind of place, if it was audited."""
    found = standings.ranked.audit
    if found is None:
        return None
    return Audited(standings.spec.code, standings.spec.title, standings.kind, found.tables())


def _section(standings: Standings, audited: Audited) -> dict[str, Any]:
    key = f"{key_of(standings)}-audit"
    said = parts(audited)
    return {
        "anchor": key,
        "heading": f"{audited.title}: {plural(audited.kind)}",
        "words": audited.words,
        "summary": _table(summary(audited), key, of=audited.kind),
        "parts": [_part(part, audited, key) for part in said if not part.empty],
        "silent": [part.heading for part in said if part.empty],
        "recommendations": audited.recommendations,
    }


def _part(part: Part, audited: Audited, key: str) -> dict[str, Any]:
    return {
        "anchor": f"{key}-{anchor(part.key)}",
        "heading": part.heading,
        "about": part.about,
        "flagged": part.flagged,
        "unsaid": part.unsaid,
        "charts": [one for one in _charts(part, audited, key) if one is not None],
        "tables": [(grid, _table(grid, key, of=audited.kind)) for grid in _grids(part, audited)],
    }


def _grids(part: Part, audited: Audited) -> tuple[Grid, ...]:
    return (*part.grids, matrix_grid(audited)) if part.key == "coherence" else part.grids


def _charts(part: Part, audited: Audited, key: str) -> tuple[Chart | None, ...]:
    source = escape("reckoned by placedex from the scores of this site.")
    kinds = plural(audited.kind)
    if part.key == "coherence" and (drawing := heatmap(audited, key)) is not None:
        how = (
            "Pearson's correlation of scores. The number of a column is that of the row; a square "
            "is stronger the further from nought, and orange with a minus below it."
        )
        return (Chart(f"Which parts go together: {kinds}", how, drawing, source),)
    if part.key == "importance":
        drawing = weights_and_importance(audited, key)
        if drawing is not None:
            how = "Share of weight (ring) and share of importance (dot), in per cent."
            return (Chart(f"Weight and importance: {kinds}", how, drawing, source),)
    return ()


def _table(grid: Grid, key: str, *, of: str = "") -> Markup:
    """A table, its caption naming the kind of place so that no two of a page are called alike."""
    columns = [Column(name, figures) for name, figures in grid.columns]
    caption = f"{capital(plural(of))}: {uncapital(grid.caption)}" if of else capital(grid.caption)
    return draw_table(f"{key}-{grid.key}", caption, columns=columns, rows=grid.rows)
