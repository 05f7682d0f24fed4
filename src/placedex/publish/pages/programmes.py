"""Programmes: all by theme and stage, and for each a page with its money, outputs and targets."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from placedex.ledger import Ledger, Money, Output, Programme
from placedex.publish.cells import link
from placedex.publish.links import entry_path
from placedex.publish.material import Material
from placedex.publish.pages.citations import cited, every_citation
from placedex.publish.pages.page import Page
from placedex.publish.pages.roadmap import STATES, asked_words, state_badge
from placedex.publish.pages.view import View
from placedex.publish.quantities import period_words, quantity
from placedex.publish.tables import draw_table, words
from placedex.publish.words import capital, counted, titled

PATH = "programmes/index.html"
NO_THEME, NO_STAGE = "No theme", "stage not said"
STAGES = ("running", "announced", "planned", "ended")


def programmes_page(material: Material) -> Page:
    """The page of all programmes."""
    view = View(PATH, material)
    ledger = view.record.ledger
    return Page(
        path=PATH,
        title="Programmes",
        template="programmes.html",
        section="programmes",
        content={
            "count": counted(len(ledger.programmes), "programme"),
            "stages": _stages(ledger),
            "table": _table(view),
            "themes": _themes(view),
            "has_money": view.record.money is not None,
            "has_network": view.record.network is not None,
            "has_organisations": bool(ledger.organisations),
            "has_together": bool(ledger.partnerships or ledger.sites or ledger.events),
        },
    )


def programme_page(programme: Programme, material: Material) -> Page:
    """The page of one programme."""
    path = entry_path("programmes", programme.code)
    view = View(path, material)
    ledger = view.record.ledger
    money = [part.cites for part in programme.money]
    outputs = [part.cites for part in programme.outputs]
    return Page(
        path=path,
        title=titled(programme.name),
        template="programme.html",
        section="programmes",
        content={
            "name": titled(programme.name),
            "about": programme.about,
            "facts": _facts(programme, view),
            "money": _money(programme.money, view),
            "outputs": _outputs(programme.outputs, view),
            "targets": _targets(programme, view),
            "nested": [
                view.entry("programmes", one.code)
                for one in ledger.programmes.values()
                if one.part_of == programme.code
            ],
            "others": _others(programme, view),
            "citations": [
                cited([one], view) for one in every_citation(programme.cites, *money, *outputs)
            ],
        },
    )


def amount_words(money: Money) -> str:
    """An amount of money with its bound and the upper end of its range."""
    return quantity(money.amount, money.currency, high=money.high, bound=money.bound)


def span_words(starts: str, ends: str) -> str:
    """From when to when, as far as that is said."""
    first, last = period_words(starts), period_words(ends)
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"to {last}" if last else ""


def _stages(ledger: Ledger) -> list[str]:
    found: dict[str, int] = defaultdict(int)
    for one in ledger.programmes.values():
        found[one.stage or NO_STAGE] += 1
    ordered = sorted(found, key=_stage_order)
    return [f"{found[stage]:,} {stage}" for stage in ordered]


def _stage_order(stage: str) -> tuple[int, str]:
    return (STAGES.index(stage) if stage in STAGES else len(STAGES), stage)


def _themes(view: View) -> list[dict[str, Any]]:
    """The programmes by theme; one with several stands under each."""
    found: dict[str, list[Programme]] = defaultdict(list)
    for one in view.record.ledger.programmes.values():
        for theme in one.themes or (NO_THEME,):
            found[theme].append(one)
    ordered = sorted(found, key=lambda theme: (theme == NO_THEME, theme))
    return [
        {
            "title": capital(theme),
            "programmes": [
                (view.entry("programmes", one.code), one.stage or NO_STAGE)
                for one in sorted(found[theme], key=lambda one: (_stage_order(one.stage), one.name))
            ],
        }
        for theme in ordered
    ]


def _table(view: View) -> Markup:
    """Every programme, the running ones first, with who leads it and its largest money."""
    every = sorted(
        view.record.ledger.programmes.values(),
        key=lambda one: (_stage_order(one.stage), one.name.casefold()),
    )
    return draw_table(
        "programmes",
        "Programmes",
        columns=[
            words("Programme"),
            words("Stage"),
            words("Kind"),
            words("When"),
            words("Led by"),
            words("Money"),
            words("Part of"),
        ],
        rows=[_row(one, view) for one in every],
        quiet=True,
    )


def _row(one: Programme, view: View) -> list[str | Markup]:
    return [
        view.entry("programmes", one.code),
        one.stage or NO_STAGE,
        one.kind,
        span_words(one.starts, one.ends),
        view.entry("organisations", one.lead) if one.lead else "",
        "; ".join(f"{amount_words(each)} {each.state}" for each in one.money),
        view.entry("programmes", one.part_of) if one.part_of else "",
    ]


def _facts(programme: Programme, view: View) -> list[tuple[str, str | Markup]]:
    facts: list[tuple[str, str | Markup]] = [
        ("Stage", programme.stage or NO_STAGE),
        ("When", span_words(programme.starts, programme.ends)),
        ("Kind", programme.kind),
        ("Also called", ", ".join(programme.also)),
        ("Led by", view.entries("organisations", (programme.lead,)) if programme.lead else ""),
        ("Partners", view.entries("organisations", programme.partners)),
        ("Places", Markup(", ").join(view.place(code) for code in programme.places)),
        ("Themes", ", ".join(programme.themes)),
        ("Part of", view.entry("programmes", programme.part_of) if programme.part_of else ""),
    ]
    return [(name, said) for name, said in facts if said]


def _money(money: Sequence[Money], view: View) -> Markup | None:
    if not money:
        return None
    rows = [
        [
            amount_words(one),
            one.state,
            one.head or "not said",
            period_words(one.year) or "not said",
            _parties(one, view),
            one.prices,
            _within(one, view),
            cited(every_citation(one.cites), view) or "as the programme",
        ]
        for one in money
    ]
    columns = ("Amount", "State", "For", "Year", "From and to", "Prices", "Part of", "Rests on")
    return draw_table(
        "money",
        "Money, sum by sum",
        columns=[words(name) for name in columns],
        rows=rows,
        quiet=True,
    )


def _within(one: Money, view: View) -> str | Markup:
    """The larger money of which one is a part, of whichever programme: it is not counted again."""
    for programme in view.record.ledger.programmes.values():
        for other in programme.money:
            if one.part_of and other.code == one.part_of:
                of = view.entry("programmes", programme.code)
                return Markup("{} of {}").format(amount_words(other), of)
    return one.part_of


def _parties(one: Money, view: View) -> Markup:
    parties = []
    if one.payer:
        parties.append(Markup("from {}").format(view.entry("organisations", one.payer)))
    if one.payee:
        parties.append(Markup("to {}").format(view.entry("organisations", one.payee)))
    if one.place:
        parties.append(Markup("for {}").format(view.place(one.place)))
    return Markup(", ").join(parties)


def _outputs(outputs: Sequence[Output], view: View) -> Markup | None:
    if not outputs:
        return None
    rows = [
        [
            capital(one.measure),
            quantity(one.value, one.unit, high=one.high, bound=one.bound),
            one.state,
            period_words(one.period) or "not said",
            view.place(one.place) if one.place else "",
            cited(every_citation(one.cites), view) or "as the programme",
        ]
        for one in outputs
    ]
    columns = ("Output", "How many", "State", "Period", "Place", "Rests on")
    return draw_table(
        "outputs", "Outputs", columns=[words(name) for name in columns], rows=rows, quiet=True
    )


def _targets(programme: Programme, view: View) -> list[Markup]:
    record = view.record
    found = []
    for one in record.ledger.targets.values():
        if one.programme == programme.code:
            row = record.progress.get(one.code)
            state = row.state if row is not None else tuple(STATES)[-1]
            to = link(view.links.entry("targets", one.code), one.name)
            by = period_words(one.by)
            found.append(
                Markup("{}: {}{} {}").format(
                    to, asked_words(one), f" by {by}" if by else "", state_badge(state)
                )
            )
    return found


def _others(programme: Programme, view: View) -> list[tuple[str, Markup]]:
    """Partnerships, sites, events and offers of a programme."""
    names = {"partnerships": "partnership", "sites": "site", "events": "event",
             "support": "offer of support"}  # fmt: skip
    return [
        (name, view.entry(kind, one.code))
        for kind, name in names.items()
        for one in getattr(view.record.ledger, kind).values()
        if one.programme == programme.code
    ]
