"""The roadmap: every target with its progress, the reason, and a picture with its table."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from placedex.ledger import Target
from placedex.publish.cells import link
from placedex.publish.ledger_rows import ProgressRow
from placedex.publish.links import slug
from placedex.publish.markup import trusted
from placedex.publish.material import Material
from placedex.publish.pages.citations import cited, every_citation
from placedex.publish.pages.page import Page
from placedex.publish.pages.sides import sentence
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words, quantity
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import counted, titled

PATH = "roadmap.html"
STATES = {
    "reached": ("safe", "✓"),
    "on track": ("safe", "↗"),
    "at risk": ("care", "!"),
    "off track": ("wrong", "✗"),
    "cannot be measured": ("open", "?"),
}
UNMEASURED = ProgressRow("", "cannot be measured", ("it was not held against a series",))


def roadmap_page(material: Material) -> Page:
    """The page of targets."""
    view = View(PATH, material)
    targets = tuple(view.record.ledger.targets.values())
    found = [(one, view.record.progress.get(one.code, UNMEASURED)) for one in targets]
    found.sort(key=lambda one: _order(*one))
    return Page(
        path=PATH,
        title="Roadmap",
        template="roadmap.html",
        section="roadmap",
        content={
            "lead": _lead([row for _, row in found]),
            "table": _overview(found, view),
            "targets": [_target(one, row, view=view) for one, row in found],
        },
    )


def state_badge(state: str) -> Markup:
    """How a target stands as a word with its sign."""
    key, mark = STATES.get(state, STATES["cannot be measured"])
    return Markup('<span class="verdict {}"><span aria-hidden="true">{}</span> {}</span>').format(
        key, mark, state
    )


def asked_words(target: Target) -> str:
    """What a target asks for, with its bound and its unit; or that it names no number."""
    if target.value is None or target.measure is None:
        return "no number"
    asked = quantity(target.value, target.measure.unit, high=target.high, bound=target.bound)
    return f"a change of {asked}" if target.change else asked


def baseline_words(target: Target) -> str:
    """From where a target begins, and when."""
    base = target.baseline
    if base is None:
        return "none given"
    unit = target.measure.unit if target.measure is not None else ""
    return f"{quantity(base.value, unit)} in {period_words(base.period)}"


def _order(target: Target, row: ProgressRow) -> tuple[int, bool]:
    """Targets that can be measured first, and after them those with a number."""
    states = tuple(STATES)
    place = states.index(row.state) if row.state in states else len(states)
    return place, target.value is None


def _lead(rows: Sequence[ProgressRow]) -> str:
    count = Counter(row.state for row in rows)
    said = [f"{count[state]:,} {state}" for state in STATES if count[state]]
    if not said:
        return "No target is in the ledger."
    return f"Of {counted(len(rows), 'target')}: {', '.join(said)}."


def _overview(found: Sequence[tuple[Target, ProgressRow]], view: View) -> Markup:
    """Every target in a row; the chances stand there if any target has one."""
    likely = any(row.levels for _, row in found)
    rows = [
        [
            link(f"#target-{slug(one.code)}", titled(one.name)),
            state_badge(row.state),
            *([row.levels or "none", row.logs or "none"] if likely else []),
            asked_words(one),
            period_words(one.by) or "no date",
            row.required or (f"{row.remaining} from now" if row.remaining else "not known"),
            view.place(one.place),
        ]
        for one, row in found
    ]
    columns = [words("Target"), words("Stands")]
    if likely:
        columns += [figures("Chance, levels"), figures("Chance, logs")]
    columns += [words("Asks for"), words("By"), words("Growth required"), words("Place")]
    return draw_table("targets", "Targets and how they stand", columns=columns, rows=rows)


def _target(target: Target, row: ProgressRow, *, view: View) -> dict[str, Any]:
    key = f"target-{slug(target.code)}"
    table = None
    if row.table:
        table = draw_table(
            f"{key}-table",
            f"{target.name}: every value",
            columns=[words("Period"), words("What"), figures("Value"), figures("95% interval")],
            rows=row.table,
            quiet=True,
        )
    told = [one for one in row.sentences if not one.startswith(f"{target.name}:")]
    return {
        "anchor": key,
        "name": titled(target.name),
        "badge": state_badge(row.state),
        "reasons": [sentence(one) for one in row.reasons],
        "facts": _facts(target, row, view=view),
        "sentences": told,
        "drawing": row.drawing,
        "table": table,
    }


def _facts(target: Target, row: ProgressRow, *, view: View) -> list[tuple[str, str | Markup]]:
    facts: list[tuple[str, str | Markup]] = [
        ("Measure", _measure(target)),
        ("Place", view.place(target.place)),
        ("From", baseline_words(target)),
        ("To", asked_words(target)),
        ("By", period_words(target.by) or "no date given"),
        ("Promised by", _entry("organisations", target.promised_by, view)),
        ("Programme", _entry("programmes", target.programme, view)),
        ("Held against", _series(row.indicator, view)),
        ("Last figure", row.last),
        ("Growth required", _growth(row)),
        ("Needed from now", row.remaining),
        ("Chance by its date", _chances(row)),
        ("Rests on", cited(every_citation(target.cites), view)),
    ]
    return [(name, said) for name, said in facts if said]


def _chances(row: ProgressRow) -> str:
    """The chance of arriving, both ways in which growth may go on."""
    if not row.levels:
        return ""
    logs = f", {row.logs} if it compounds (logs)" if row.logs else ""
    return f"{row.levels} if growth adds (levels){logs}"


def _growth(row: ProgressRow) -> str:
    if not row.required:
        return ""
    real = f", {row.required_real} in real terms" if row.required_real else ""
    return f"{row.required}{real}"


def _measure(target: Target) -> str:
    """What a target counts, of what, where and how."""
    measure = target.measure
    if measure is None:
        return "none that can be counted"
    parts = [measure.counted]
    if measure.of:
        parts.append(f"of {measure.of}")
    parts += [one for one in (measure.where, measure.how, measure.prices) if one]
    return "; ".join(parts)


def _entry(kind: str, code: str, view: View) -> Markup | str:
    return view.entry(kind, code) if code else ""


def _series(code: str, view: View) -> Markup | str:
    known = next((one for one in view.material.indicators if one.code == code), None)
    if known is not None:
        return link(view.links.indicator(code), known.name)
    return trusted(str(escape(code)))
