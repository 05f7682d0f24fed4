"""The page on uncertainty: how sure each rank is, what that hangs on, and what is not in it."""

import dataclasses
from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import Any

import numpy as np
from markupsafe import Markup

from placedex.index import Uncertainty
from placedex.index.rank_ranges import usual_width, whole_ranks
from placedex.index.rows import Row
from placedex.index.survey_error import SurveyError
from placedex.places import Place
from placedex.publish.cells import link, place_link
from placedex.publish.charts import Bar, IntervalRow, Words, draw_bars, draw_intervals
from placedex.publish.links import Links
from placedex.publish.material import Material
from placedex.publish.pages.page import Chart, Page, links_from
from placedex.publish.pages.place_uncertainty import share_words
from placedex.publish.pages.ranking import HALVED, drawn_places, key_of
from placedex.publish.pages.step_words import step_words
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import capital, counted, listed, ordinal, plural, said

PATH = "uncertainty.html"


def is_drawn(material: Material) -> bool:
    """Whether ranks of any index were to be drawn, so that the site has a page on uncertainty."""
    return any(_says(one) for one in material.standings)


def _says(standings: Standings) -> bool:
    """Whether the page has a section on an index: its ranks were drawn, or could not be."""
    return standings.ranked.uncertainty is not None or bool(standings.ranked.not_drawn)


def uncertainty_pages(material: Material) -> Iterator[Page]:
    """The page, with a section for each index and kind of place; none if nothing was open."""
    links = links_from(PATH)
    sections = [
        _not_drawn(one)
        if one.ranked.uncertainty is None
        else _section(one, one.ranked.uncertainty, material=material, links=links)
        for one in material.standings
        if _says(one)
    ]
    if sections:
        yield Page(
            path=PATH,
            title="How sure is a rank?",
            template="uncertainty.html",
            section="method",
            content={"sections": sections},
        )


def _not_drawn(standings: Standings) -> dict[str, Any]:
    """What is said of an index whose ranks could not be drawn."""
    names = {node.code: node.name for node in standings.spec.hierarchy}
    return {
        "anchor": key_of(standings),
        "heading": f"{standings.spec.title}: {plural(standings.kind)}",
        "not_drawn": f"Not reckoned. {step_words(standings.ranked.not_drawn, names)}",
    }


def _section(
    standings: Standings, found: Uncertainty, *, material: Material, links: Links
) -> dict[str, Any]:
    names = {node.code: node.name for node in standings.spec.hierarchy}
    names |= {place.code: place.name for place in standings.places}
    shares = found.share_rows()
    return {
        "anchor": key_of(standings),
        "heading": f"{standings.spec.title}: {plural(standings.kind)}",
        "not_drawn": "",
        "lead": _lead(standings, found),
        "chart": _chart(standings, found, material=material, links=links),
        "table": _table(standings, material=material, links=links),
        "failed": found.failed_words,
        "folded": len(standings.drawn) > 20,
        "cut": len(drawn_places(standings, material)) < len(standings.order),
        "count": counted(len(standings.drawn), "place"),
        "shares": _shares_chart(standings, shares, links=links),
        "shares_table": _shares_table(standings, shares),
        "open": [(row["title"], step_words(str(row["words"]), names)) for row in shares],
        "draws": found.draw_words,
        "survey": _survey(found.survey, names),
        "robustness": "" if found.robustness is None else found.robustness.words,
        "not_reckoned": [
            f"Not reckoned, {part}: {why}" for part, why in found.not_reckoned.items()
        ],
    }


def _lead(standings: Standings, found: Uncertainty) -> str:
    """How wide the usual interval is, and how often the first is first."""
    low, high = whole_ranks(*found.simulation.interval())
    ranked = ~np.isnan(found.simulation.ranks)
    wide = usual_width(low[ranked], high[ranked])
    first = next(iter(standings.order), None)
    if np.isnan(wide):
        return found.failed_words
    words = (
        f"For half of the {plural(standings.kind)}, nine of ten draws lie no more than "
        f"{wide:g} position{'' if wide == 1 else 's'} apart."
    )
    row = standings.drawn.get(first.code) if first is not None else None
    if first is not None and row is not None and isinstance(row["rank_95_percent"], float):
        last = ceil(row["rank_95_percent"])
        reach = "1st" if last == 1 else f"1st to {ordinal(last)}"
        words += f" {said(first.name)}, first as published, is {reach} in 95% or more of them."
    return words


def _chart(standings: Standings, found: Uncertainty, *, material: Material, links: Links) -> Chart:
    key, kinds = f"{key_of(standings)}-intervals", plural(standings.kind)
    rows = [
        _row(place, standings.drawn[place.code], material=material)
        for place in drawn_places(standings, material)
        if place.code in standings.drawn
    ]
    headline = f"Where each of the {kinds} stands in nine of ten draws"
    shown = Words(
        key=key,
        title=headline,
        shows=(
            f"A row for each {standings.kind}, the best rank first. The bar runs over nine of ten "
            "draws, the line across is the median of all draws, the dot the rank as published. The "
            "table below has the same figures."
        ),
        table=f"{key}-table",
    )
    return Chart(
        headline=headline,
        subtitle=(
            f"Rank among {kinds}. Bar: nine of ten draws; upright line: median; dot: as published"
        ),
        drawing=_halved(rows, shown, last=len(standings.order)),
        source=Markup("{:,} draws by placedex from published figures: {} and {}.").format(
            found.simulation.draws,
            link(links.method("scenarios"), "method"),
            link(links.to("sources.html"), "sources"),
        ),
    )


def _halved(rows: Sequence[IntervalRow], shown: Words, *, last: int) -> Markup:
    """The rows, in two drawings side by side where there are many of them."""
    if len(rows) <= HALVED:
        drawing = draw_intervals(rows, shown, last=last)
        return Markup('<div class="measure">{}</div>').format(drawing)
    middle = (len(rows) + 1) // 2
    later = dataclasses.replace(
        shown, key=f"{shown.key}-2", title=f"{shown.title}: those further down"
    )
    return Markup('<div class="pair halves"><div>{}</div><div>{}</div></div>').format(
        draw_intervals(rows[:middle], shown, last=last),
        draw_intervals(rows[middle:], later, last=last),
    )


def _row(place: Place, row: Row, *, material: Material) -> IntervalRow:
    low, median, high = (
        float(row[name] or 0) for name in ("rank_5_percent", "median_rank", "rank_95_percent")
    )
    rank = row["rank"]
    published = ordinal(float(rank)) if isinstance(rank, int) else "no rank"
    reach = f"{floor(low)} to {ceil(high)}" if floor(low) < ceil(high) else f"always {floor(low)}"
    return IntervalRow(
        name=said(place.name),
        end=f"{published} ({reach})",
        value=float(rank) if isinstance(rank, int) else None,
        median=median,
        low=low,
        high=high,
        strong=place.code in material.within_home or place.code == material.edition.home.code,
    )


def _table(standings: Standings, *, material: Material, links: Links) -> Markup:
    top = next((row["top_of"] for row in standings.drawn.values()), 0)
    columns = [
        words("Place"),
        figures("Rank"),
        figures("Median"),
        figures("Nine of ten draws"),
        figures(f"Among the first {top}"),
        figures("Before the next"),
        figures("Errors of figures alone"),
        figures("Weights alone"),
    ]
    rows = [
        [
            place_link(place, links, known=material.places, part=key_of(standings)),
            ordinal(standings.rank(place.code)),
            _number(row["median_rank"]),
            _range(row["rank_5_percent"], row["rank_95_percent"]),
            share_words(row["share_in_top"]),
            "" if row["beats_next"] is None else share_words(row["beats_next"]),
            _with_boundary(row),
            _range(row["attainable_best_rank"], row["attainable_worst_rank"]),
        ]
        for place in standings.order
        for row in [standings.drawn.get(place.code)]
        if row is not None
    ]
    caption = f"{standings.spec.title}: how sure the ranks of {plural(standings.kind)} are"
    key = f"{key_of(standings)}-intervals-table"
    return draw_table(key, caption, columns=columns, rows=rows)


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else "none"


def _range(low: object, high: object) -> str:
    return "not known" if low is None or high is None else f"{_number(low)} to {_number(high)}"


def _with_boundary(row: Row) -> str:
    """The ranks that errors of the figures allow; a star marks a bound on the boundary."""
    best, worst = row["survey_best_rank"], row["survey_worst_rank"]
    if best is None or worst is None:
        return "not known"
    low = f"{best}{'*' if row['survey_best_boundary'] else ''}"
    return f"{low} to {worst}{'*' if row['survey_worst_boundary'] else ''}"


def _shares_chart(standings: Standings, shares: tuple[Row, ...], *, links: Links) -> Chart | None:
    """The share of the spread that each choice is to blame for; nothing if there is no spread."""
    known = [row for row in shares if isinstance(row["total"], float)]
    if not known:
        return None
    ordered = sorted(known, key=lambda row: -float(row["total"] or 0))
    key = f"{key_of(standings)}-shares"
    headline = f"{capital(str(ordered[0]['title']).lower())} moves ranks most"
    if len({str(row["title"]) for row in ordered}) == 1:
        headline = f"{ordered[0]['title']} is all that moves ranks"
    bars = [_bar(row) for row in ordered]
    shown = Words(
        key=key,
        title=headline,
        shows=(
            "A bar for each choice, for weights, for which indicators are used and for errors of "
            "the figures: first what it explains alone, then what it explains together with "
            "others. The table below has the same figures with their intervals."
        ),
        table=f"{key}-table",
    )
    top = 100 * max(1.0, *(float(row["total"] or 0) for row in ordered))
    return Chart(
        headline=headline,
        subtitle=f"Share of the variance of the mean shift of ranks, {plural(standings.kind)}",
        drawing=draw_bars(bars, shown, top=top),
        source=Markup(
            "Sobol indices by placedex (Saltelli and others 2010; Jansen 1999): {}."
        ).format(link(links.method("scenarios"), "method")),
        legend=("alone", "only together with others"),
        mark="s",
    )


def _bar(row: Row) -> Bar:
    alone = max(0.0, float(row["first"] or 0)) * 100
    together = max(alone, float(row["total"] or 0) * 100)
    title = str(row["title"])
    return Bar(
        name=title,
        end=f"{alone:.0f}% alone,",
        more=f"{together:.0f}% with others",
        segments=(
            (f"{title}: {alone:.0f}% alone", alone),
            (f"{title}: {together - alone:.0f}% only together with others", together - alone),
        ),
    )


def _shares_table(standings: Standings, shares: tuple[Row, ...]) -> Markup:
    columns = [
        words("What is open"),
        figures("Alone"),
        figures("90% interval"),
        figures("With others"),
        figures("90% interval"),
    ]
    rows = [
        [
            str(row["title"]),
            _percent(row["first"]),
            _percents(row["first_low"], row["first_high"]),
            _percent(row["total"]),
            _percents(row["total_low"], row["total_high"]),
        ]
        for row in shares
    ]
    caption = (
        f"{capital(plural(standings.kind))}: share of the variance of the mean shift of ranks. "
        "Alone need not add to all, since choices work together; a share below nought is nought "
        "but for chance"
    )
    return draw_table(f"{key_of(standings)}-shares-table", caption, columns=columns, rows=rows)


def _percent(value: object) -> str:
    return f"{100 * value:.1f}%".replace("-", "−") if isinstance(value, float) else "not known"


def _percents(low: object, high: object) -> str:
    if not isinstance(low, float) or not isinstance(high, float):
        return "not known"
    return f"{_percent(low)} to {_percent(high)}"


def _survey(found: SurveyError | None, names: dict[str, str]) -> list[str]:
    """What errors of the figures allow, and which figures have one."""
    if found is None:
        return []
    have, lack = (
        listed(names[code] for code in codes) for codes in (found.with_error, found.without_error)
    )
    sentences = [
        f"Published with an interval: {have}.",
        f"Published without one, and so taken as exact: {lack}." if lack else "",
        found.words,
    ]
    if found.unsure:
        unsure = listed(names[code] for code in found.unsure)
        sentences.append(
            f"Without an interval where others have one, so that nothing is said of: {unsure}."
        )
    return [one for one in sentences if one]
