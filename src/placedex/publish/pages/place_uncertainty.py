"""How sure a place's rank is, and what would change it: the part of its page."""

from dataclasses import dataclass
from math import ceil, floor, isnan

from markupsafe import Markup

from placedex.index import Uncertainty
from placedex.index.rows import Row
from placedex.index.what_if import Move
from placedex.observations import Indicator
from placedex.places import Place
from placedex.publish.cells import figure_value, link
from placedex.publish.links import Links
from placedex.publish.material import Material
from placedex.publish.pages.ranking import key_of
from placedex.publish.standings import Standings
from placedex.publish.tables import Cell, draw_table, figures, words
from placedex.publish.words import amount, capital, listed, ordinal, said, span, uncapital

NEXT, SHOWN = 3, 6
MOST, LEAST = 3, 0.05


@dataclass(frozen=True, slots=True)
class Sureness:
    """What a place's page says of its rank: how sure it is, and what would change it.

    `sure` is empty where nothing was drawn, `moves` nothing where no figure alone gains a rank.
    """

    sure: tuple[Markup, ...]
    moves: Markup | None
    plans: tuple[str, ...]
    first: bool


def sureness(
    standings: Standings, place: Place, *, material: Material, links: Links
) -> Sureness | None:
    """How sure the rank of a place is and what would change it; nothing if neither is known."""
    rank = standings.rank(place.code)
    if isnan(rank):
        return None
    sure = _sure(standings, place, material=material, links=links)
    if standings.movable is None:
        return Sureness(sure, None, (), first=False) if sure else None
    first = rank == 1
    return Sureness(
        sure,
        None if first else _moves(standings, place, material=material, links=links),
        () if first else tuple(_plans(standings, place)),
        first=first,
    )


def _sure(
    standings: Standings, place: Place, *, material: Material, links: Links
) -> tuple[Markup, ...]:
    """Sentences on the draws, on errors of the figures alone, and on other weights alone."""
    found, row = standings.ranked.uncertainty, standings.drawn.get(place.code)
    if found is None or row is None or row["median_rank"] is None:
        return ()
    name = material.places[str(row["next_place"])].name if row["next_place"] else ""
    beats = row["beats_next"]
    ahead = (
        f" It stands before {said(name)}, which comes next, in {share_words(beats)}."
        if name and beats is not None
        else ""
    )
    sentences = [
        Markup(
            "In {:,} draws of {} the median rank is {}, and nine of ten draws lie {}. It is among "
            "the first {} in {} of them.{}"
        ).format(
            found.simulation.draws,
            link(links.to(f"uncertainty.html#{key_of(standings)}"), "what is left open"),
            _rank(row["median_rank"]),
            _between(row["rank_5_percent"], row["rank_95_percent"]),
            found.simulation.top_of,
            share_words(row["share_in_top"]),
            ahead,
        )
    ]
    return (*sentences, *_hangs(found, place), *_alone(row))


def _hangs(found: Uncertainty, place: Place) -> list[Markup]:
    """What the rank of a place hangs on most, in a sentence."""
    hangs = [
        f"{uncapital(found.left_open.title(group))} ({share_words(min(share, 1.0))})"
        for group, share in found.place_shares(place.code)[:MOST]
        if share >= LEAST
    ]
    words = Markup("What moves it most, alone and together with others: {}.")
    return [words.format(listed(hangs))] if hangs else []


def _alone(row: Row) -> list[Markup]:
    """What errors of the figures alone allow, and what other weights alone."""
    found = []
    best, worst = row["survey_best_rank"], row["survey_worst_rank"]
    if isinstance(best, int) and isinstance(worst, int):
        near = row["survey_best_boundary"] or row["survey_worst_boundary"]
        found.append(
            Markup("Errors of the figures alone, where publishers give them, allow {}{}.").format(
                span(best, worst), " (a bound is on the boundary)" if near else ""
            )
        )
    best, worst = row["attainable_best_rank"], row["attainable_worst_rank"]
    if isinstance(best, int) and isinstance(worst, int):
        found.append(
            Markup(
                "Other weights of the components alone, each moved by up to a quarter, allow {}."
            ).format(span(best, worst))
        )
    return found


def _moves(
    standings: Standings, place: Place, *, material: Material, links: Links
) -> Markup | None:
    """For each indicator the move that gains most, up to the next three ranks."""
    standing = standings.movable
    moves = () if standing is None else standing.furthest(place.code, most=NEXT)
    if standing is None or not moves:
        return None
    rows: list[list[Cell]] = []
    for move in moves[:SHOWN]:
        one = _indicator(standings, standing.codes[move.indicator])
        period = material.periods.get((place.kind, one.code))
        bound = "at most" if one.better < 0 else "at least"
        rows.append(
            [
                link(links.indicator(one.code), one.name),
                figure_value(material.figures.at(place.code, one.code, period=period), links),
                f"{bound} {amount(enough(move, one), one)}",
                f"{ordinal(move.rank)} (+{int(move.gained)})",
            ]
        )
    columns = [words("Figure"), figures("Now"), figures("Moved to"), figures("Rank then")]
    caption = f"One figure of {place.name} moved by itself, as far as it gains up to {NEXT} ranks"
    return draw_table(f"{key_of(standings)}-moves", caption, columns=columns, rows=rows)


def _plans(standings: Standings, place: Place) -> list[str]:
    """The fewest moves to each of the next three ranks, in a sentence each."""
    standing, now = standings.movable, int(standings.rank(place.code))
    found = []
    for rank in range(now - 1, max(now - 1 - NEXT, 0), -1):
        plan = None if standing is None else standing.plan(place.code, rank=rank)
        if standing is None or plan is None:
            found.append(
                f"{capital(ordinal(rank))} cannot be reached: not with every figure at its "
                "goalpost."
            )
            continue
        told = (
            f"{one.name} from {amount(move.figure, one)} to {amount(enough(move, one), one)}"
            for move in plan.moves
            for one in [_indicator(standings, standing.codes[move.indicator])]
        )
        found.append(f"{ordinal(rank)}: {listed(told)}.")
    return found


def enough(move: Move, indicator: Indicator) -> float:
    """The figure that a move leads to, rounded as it is printed so that it still suffices."""
    power = 10.0**indicator.decimals
    if indicator.better < 0:
        return floor(move.new_figure * power + 1e-6) / power
    return ceil(move.new_figure * power - 1e-6) / power


def _indicator(standings: Standings, code: str) -> Indicator:
    return standings.figures.indicators[standings.figures.column(code)]


def _rank(value: object) -> str:
    """A rank in words; one between two ranks as both."""
    rank = float(value) if isinstance(value, int | float) else float("nan")
    if rank == int(rank):
        return ordinal(rank)
    return f"between {ordinal(floor(rank))} and {ordinal(ceil(rank))}"


def _between(low: object, high: object) -> str:
    """A range of drawn ranks in words; a bound between two ranks is widened to the outer one."""
    first = floor(low) if isinstance(low, int | float) else 0
    last = ceil(high) if isinstance(high, int | float) else 0
    return f"at {ordinal(first)}" if first == last else f"from {ordinal(first)} to {ordinal(last)}"


def share_words(value: object) -> str:
    """A share of draws in words that never say all or none where it is not quite."""
    share = float(value) if isinstance(value, int | float) else float("nan")
    if isnan(share):
        return "none"
    if 0 < share < 0.005:
        return "fewer than 1%"
    if 0.995 <= share < 1:
        return "more than 99%"
    return f"{share:.0%}"
