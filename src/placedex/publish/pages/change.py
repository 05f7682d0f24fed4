"""The page of changes: what is other than in the edition before, and why."""

from datetime import date
from math import isnan
from typing import Any

import numpy as np
from markupsafe import Markup

from placedex.errors import BadSpec, MixedMeasures
from placedex.index import Index
from placedex.index.change import Account
from placedex.index.over_time import OverTime, editions, figures_of
from placedex.index.side_by_side import SideBySide, side_by_side
from placedex.index.why import Why, stands_alone, told, why
from placedex.places import Place
from placedex.publish.cells import place_link
from placedex.publish.charts import Words
from placedex.publish.charts.waterfall import Cause, Ends, draw_waterfall
from placedex.publish.links import Links
from placedex.publish.material import Material
from placedex.publish.pages.page import Chart, Page, links_from
from placedex.publish.pages.ranking import key_of, score_source
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import MINUS, number, ordinal, plural, points, said, small

PATH = "change.html"
YEARS_BACK = 4
FEWEST = 2
MOST_ACCOUNTS = 12
LATEST = "latest"


def change_page(material: Material) -> Page:
    """The page of changes, with a section for each index and kind of place."""
    links = links_from(PATH)
    return Page(
        path=PATH,
        title="What changed",
        template="change.html",
        section="change",
        content={"sections": [_section(one, material, links) for one in material.standings]},
    )


def _section(standings: Standings, material: Material, links: Links) -> dict[str, Any]:
    found = edition_before(standings, material)
    content: dict[str, Any] = {
        "key": f"{key_of(standings)}-change",
        "heading": f"{standings.spec.title}: {plural(standings.kind)}",
        "why_not": found if isinstance(found, str) else "",
    }
    if isinstance(found, str):
        return content
    before, after = found.indexes.values()
    table = side_by_side(before, after)
    shown = _shown(table, material)
    account = why(before, after, shown.code)
    told_of = _members(table, material) if stands_alone(after) else ()
    accounts = [why(before, after, one.code) for one in told_of[:MOST_ACCOUNTS]]
    key = content["key"]
    return content | {
        "lead": _lead(found, table),
        "chart": _chart(account, found, key=key, material=material),
        "score": _causes(f"{key}-score", account, account.score, found),
        "rank": _causes(f"{key}-rank", account, account.rank, found),
        "accounts": [" ".join(one.words) for one in accounts],
        "table": _table(f"{key}-places", table, found, material=material, links=links),
        "notes": [found.words, _periods(before, after), *found.left_out, *account.notes],
    }


def edition_before(standings: Standings, material: Material) -> OverTime | str:
    """An earlier edition beside the latest, or why there is none.

    It is that of the last year's end by which at least half of the indicators compared had other
    figures, or else that with the most of them, up to four years back.
    """
    spec, observations = standings.spec, material.edition.observations
    latest = observations.panel(standings.places, figures_of(spec))
    ends = [period.end.year for period in latest.periods if period is not None]
    best: tuple[float, OverTime] | None = None
    mixed = ""
    for year in range(max(ends, default=0) - 1, max(ends, default=0) - 1 - YEARS_BACK, -1):
        if year < 1:
            break
        old = observations.panel(standings.places, figures_of(spec), as_of=date(year, 12, 31))
        try:
            found = editions(spec, {str(year): old, LATEST: latest})
        except MixedMeasures as error:
            mixed = str(error)
            continue
        except BadSpec:
            continue
        share = len(found.moved) / len(found.indexes[LATEST].figures.codes)
        scored = (~np.isnan(found.scores())).all(axis=0).sum()
        if scored >= FEWEST and share > (0.0 if best is None else best[0]):
            best = share, found
        if best is not None and best[0] >= 0.5:
            break
    if best is None and mixed:
        return f"No earlier edition can be shown for {plural(standings.kind)}. {mixed}"
    if best is None:
        return (
            f"No earlier edition can be shown for {plural(standings.kind)}: the workspace holds no "
            "figures of earlier periods for two of them or more, or none that differ."
        )
    return best[1]


def _shown(table: SideBySide, material: Material) -> Place:
    """The place whose account is drawn: home, or else the one within it that moved most."""
    home = material.edition.home
    if home in table.scored:
        return home
    among = _members(table, material) or table.scored
    shift = dict(zip(table.places, table.whole.shift.tolist(), strict=True))
    return max(among, key=lambda place: (abs(shift[place]), place.code))


def _members(table: SideBySide, material: Material) -> tuple[Place, ...]:
    """Home and the places within it, of those that are compared."""
    home = material.edition.home.code
    inside = material.within_home | {home}
    return tuple(place for place in table.scored if place.code in inside)


def _ends(found: OverTime) -> tuple[str, str]:
    """What the two editions are called at the ends of a chart."""
    return f"End of {next(iter(found.indexes))}", "Latest figures"


def _lead(found: OverTime, table: SideBySide) -> str:
    shift = table.whole.shift
    up, down = int((shift > 0).sum()), int((shift < 0).sum())
    moved = int((np.nan_to_num(table.whole.rank_shift) != 0).sum())
    first = next(iter(found.indexes))
    return (
        f"Of {small(len(table.scored))} places that have figures of both, {small(up)} gained "
        f"points and {small(down)} lost some between the end of {first} and the latest figures; "
        f"{small(moved)} "
        f"changed {'its' if moved == 1 else 'their'} rank among them."
    )


def _chart(account: Why, found: OverTime, *, key: str, material: Material) -> Chart:
    score, names, home = account.score, _ends(found), material.edition.home
    name = said(account.place.name)
    which = (
        ""
        if account.place == home
        else f"; of the places compared in {said(home.name)} it moved most"
    )
    title = f"Why the score of {name} changed"
    drawing = draw_waterfall(
        [Cause(cause, amount) for cause, amount in told(score)],
        Ends(score.before, score.after, names),
        Words(f"{key}-waterfall", title, score.words, f"{key}-score"),
        label=lambda value: number(value, 2),
    )
    return Chart(
        headline=title,
        subtitle=f"Points of 100 and what each indicator added{which}",
        drawing=drawing,
        source=score_source(links_from(PATH)),
    )


def _causes(key: str, account: Why, one: Account, found: OverTime) -> Markup:
    """The causes of a change as a table that adds up."""
    unit = "Places" if one.of_rank else "Points"
    what = "rank" if one.of_rank else "score"
    first, last = _ends(found)
    rows = [(first, number(one.before, 2))]
    rows += [(cause, _signed(amount, 2)) for cause, amount in told(one)]
    rows.append((last, number(one.after, 2)))
    caption = f"The {what} of {said(account.place.name)} and what changed it"
    return draw_table(key, caption, columns=[words("Cause"), figures(unit)], rows=rows)


def _table(
    key: str, table: SideBySide, found: OverTime, *, material: Material, links: Links
) -> Markup:
    """Every place's change, the best now first."""
    first = next(iter(found.indexes))
    columns = [
        words("Place"),
        figures(f"Rank {first}"),
        figures("Rank now"),
        figures(f"Score {first}"),
        figures("Score now"),
        figures("Change"),
    ]
    places = {place.code: place for place in table.places}
    rows = []
    for row in table.to_rows([table.whole.node.code]):
        before, after, shift = (float(str(row[name])) if row[name] is not None else float("nan")
                                for name in ("score_before", "score_after", "shift"))  # fmt: skip
        rows.append(
            [
                place_link(places[str(row["place"])], links, known=material.places),
                _place(row["rank_before"]),
                _place(row["rank_after"]),
                points(before),
                points(after),
                _signed(shift, 1),
            ]
        )
    caption = f"Scores and ranks among the {len(table.places):,} places compared"
    return draw_table(key, caption, columns=columns, rows=rows)


def _place(rank: object) -> str:
    return ordinal(rank) if isinstance(rank, int | float) else "no rank"


def _signed(value: float, decimals: int) -> str:
    """A change with its sign: +1.2, −0.4, 0.0; nothing known where there is none."""
    if isnan(value):
        return "none known"
    shown = number(value, decimals)
    return f"+{shown}" if value > 0 and shown.strip("0.,") else shown.replace("-", MINUS)


def _periods(before: Index, after: Index) -> str:
    """Which periods each indicator's figures are of."""
    told = [
        f"{indicator.name}, {_when(first, last)}"
        for indicator, first, last in zip(
            after.figures.indicators, before.figures.periods, after.figures.periods, strict=True
        )
    ]
    return f"Figures compared: {'; '.join(told)}."


def _when(first: Any, last: Any) -> str:
    if first == last:
        return f"{last.words} in both" if last is not None else "the same in both"
    return f"{first.words} and {last.words}"
