"""What the last edition changed in the figures: how many of which indicator, and by how much."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from placedex.observations import Indicator, Revision, last_change, parse_period
from placedex.publish.cells import link, place_link
from placedex.publish.links import Links
from placedex.publish.material import Material
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import cell_amount, number, when_day

MOST = 20


@dataclass(frozen=True, slots=True)
class ChangedLately:
    """A day, and tables of what has changed since; the second is empty if nothing was revised."""

    since: str
    counts: Markup
    largest: Markup
    more: int


def changed_lately(material: Material, links: Links) -> ChangedLately | None:
    """What the last edition changed; nothing if no origin tells its day."""
    found = last_change(material.edition.observations)
    if found is None or not found.counts:
        return None
    catalogue = material.edition.observations.catalogue
    shown = {one.code for one in material.indicators}

    def name(code: str) -> Markup:
        known = catalogue[code].name
        return link(links.indicator(code), known) if code in shown else escape(known)

    counts = draw_table(
        "changed",
        f"Figures since {when_day(found.since)}, by indicator",
        columns=(words("Indicator"), figures("New"), figures("Revised"), figures("Gone")),
        rows=[
            (name(one.indicator), f"{one.new:,}", f"{one.revised:,}", f"{one.gone:,}")
            for one in found.counts
        ],
    )
    rows = [
        (
            _place(one, material, links),
            name(one.indicator),
            f"{parse_period(one.period).words}{f', {one.part}' if one.part else ''}",
            _amount(one.before, catalogue[one.indicator]),
            _amount(one.after, catalogue[one.indicator]),
            "" if one.share is None else f"{number(100 * one.share, 1)}%",
        )
        for one in found.revised[:MOST]
    ]
    largest = draw_table(
        "revised",
        "The largest revisions, as a share of what the figure was",
        columns=(words("Place"), words("Indicator"), words("Period"), figures("Was"),
                 figures("Is"), figures("Change")),
        rows=rows,
    ) if rows else Markup("")  # fmt: skip
    return ChangedLately(when_day(found.since), counts, largest, max(0, len(found.revised) - MOST))


def _place(one: Revision, material: Material, links: Links) -> Markup:
    known = material.edition.observations.register.get(one.place)
    if known is None:
        return escape(one.place)
    return place_link(known, links, known=material.places)


def _amount(value: float | None, indicator: Indicator) -> str:
    return "none" if value is None else cell_amount(value, indicator)
