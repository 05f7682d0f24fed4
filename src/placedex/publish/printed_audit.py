"""The printed report of an audit: a PDF that a screen reader can read, the same bytes each time."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any

from placedex.errors import MissingLibrary
from placedex.publish.audit_parts import Audited, Grid, Part, limits, parts, summary
from placedex.publish.audit_pictures import heatmap, printable, weights_and_importance
from placedex.publish.words import capital, plural, when_day

# What a report without any dated figure bears.
NO_DAY = date(2000, 1, 1)


def audit_report(audits: Sequence[Audited], *, title: str, day: date | None, version: str) -> bytes:
    """The report of some audits as PDF/UA-1: summary, then the parts in the order of the JRC's.

    `day` is the last day of the figures; no clock is looked at.
    Errors: MissingLibrary if typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingLibrary(
            "typst is not installed. Wanted it to print an audit as PDF. Install it: "
            "pip install 'placedex[report]'."
        ) from None
    pictures: dict[str, str] = {}
    content = {
        "title": title,
        "day": when_day(day),
        "year": (day or NO_DAY).year,
        "month": (day or NO_DAY).month,
        "date": (day or NO_DAY).day,
        "version": version,
        "audits": [_audit(one, f"a{number}", pictures) for number, one in enumerate(audits)],
        "limits": _grid(limits(audits[0])),
    }
    template = resources.files("placedex.publish") / "templates" / "audit.typ"
    made = typst.Compiler(ignore_system_fonts=True).compile(
        input=template.read_bytes(),
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), **pictures},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(day or NO_DAY, datetime.min.time(), tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} and no PDF. Wanted bytes.")
    return made


def _audit(audited: Audited, key: str, pictures: dict[str, str]) -> Mapping[str, Any]:
    said = parts(audited)
    return {
        "heading": f"{audited.title}: {plural(audited.kind)}",
        "words": audited.words,
        "summary": _grid(summary(audited)),
        "silent": [one.heading for one in said if one.empty],
        "parts": [_part(one, audited, key, pictures) for one in said if not one.empty],
        "recommendations": audited.recommendations,
    }


def _part(part: Part, audited: Audited, key: str, pictures: dict[str, str]) -> Mapping[str, Any]:
    return {
        "heading": part.heading,
        "about": part.about,
        "flagged": part.flagged,
        "unsaid": len(part.unsaid),
        "picture": _picture(part, audited, key, pictures),
        "grids": [_grid(one) for one in part.grids],
    }


def _picture(
    part: Part, audited: Audited, key: str, pictures: dict[str, str]
) -> Mapping[str, str] | None:
    """The picture of a part, which goes among the inputs, with its caption and alternative."""
    draw, caption = {
        "coherence": (
            heatmap,
            "Pearson’s correlation of scores; a column has the number of its row. Orange, with a "
            "minus, is below nought.",
        ),
        "importance": (
            weights_and_importance,
            "Share of weight (ring) and share of importance (dot) of each component.",
        ),
    }.get(part.key, (None, ""))
    drawing = draw(audited, key) if draw is not None else None
    if drawing is None:
        return None
    name = f"{key}-{part.key}"
    pictures[name] = printable(drawing)
    shows = str(drawing.unescape()).partition("<desc")[2].partition(">")[2].partition("</desc>")[0]
    return {"name": name, "caption": caption, "alt": shows}


def _grid(grid: Grid) -> Mapping[str, Any]:
    return {
        "caption": capital(grid.caption),
        "heads": [name for name, _ in grid.columns],
        "figures": [figures for _, figures in grid.columns],
        "widths": _widths(grid),
        "rows": grid.rows,
    }


def _widths(grid: Grid) -> list[float]:
    """How wide the columns of words are beside each other: by the longest cell, within limits."""
    return [
        float(min(max(len(row[column]) for row in grid.rows) + 4, 44))
        for column in range(len(grid.columns))
    ]
