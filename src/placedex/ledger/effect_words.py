"""The words of an effect: what was found, how odd it is, and what cannot be concluded."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from placedex.ledger.effect import Effect

WEIGHTY = 0.005
MOST_NAMED = 6


def sentences(one: "Effect") -> tuple[str, ...]:
    """What was found and what cannot be concluded, in plain sentences."""
    return (*_found(one), _conclusion(one), *_limits(one))


def _found(one: "Effect") -> Iterator[str]:
    begins = one.question.begins.words
    scale = ", each as 100 on average before" if one.question.indexed else ""
    before, after = one.begins, len(one.periods) - one.begins
    yield (
        f"{one.names[0]} is held against {len(one.donors)} other places on "
        f"'{one.question.indicator}'{scale}: {before} periods before {begins}, {after} "
        "from then on."
    )
    yield (
        f"Difference in differences: its mean changed by {one.difference:+,.4g} more than that of "
        "the others."
    )
    yield from _together(one)
    pairs = zip(one.names[1:], one.tested.own.weights, strict=True)
    mix = sorted(((w, name) for name, w in pairs if w > WEIGHTY), reverse=True)
    named = ", ".join(f"{w:.2f} {name}" for w, name in mix[:MOST_NAMED])
    more = f" and {len(mix) - MOST_NAMED} more" if len(mix) > MOST_NAMED else ""
    yield (
        f"Synthetic control: the mix most like it before is {named}{more}. From then on it is "
        f"{one.mean_gap:+,.4g} from that mix on average."
    )


def _together(one: "Effect") -> Iterator[str]:
    """The effect on all places where it began, if there are several."""
    if one.together is None:
        return
    low, high = one.together.interval()
    yield (
        "With the other places where it began, and effects of places and periods taken out, it is "
        f"{one.together.effect:+,.4g} ({low:+,.4g} to {high:+,.4g}, clustered by place). With few "
        "places treated that interval is too narrow; and if it began at other times elsewhere, it "
        "is no mean of effects."
    )


def _conclusion(one: "Effect") -> str:
    places = len(one.donors) + 1
    odd = (
        f"its gap after over that before is the {_ordinal(one.tested.rank)} largest of {places} "
        f"(p = {one.tested.chance:.2f})"
    )
    if not one.fits:
        return (
            f"Nothing can be concluded: before, the mix was off by {one.fit:.2g} of the place's "
            f"own spread, and 0.5 is the most from which anything is. Among placebos {odd}."
        )
    if one.tested.chance > 0.05 and 1 / places > 0.05:
        return (
            f"No effect can be told from chance: {odd}, and with {places} places p cannot be below "
            f"{1 / places:.2f}, so that even the largest gap would not be odd enough."
        )
    if not one.concludes:
        return (
            f"No effect can be told from chance: {odd}; where nothing happened gaps are as large."
        )
    return (
        f"The place moved apart from those like it more than chance would have it: {odd}. That is "
        "all the figures say; why it did, they do not."
    )


def _limits(one: "Effect") -> Iterator[str]:
    if 1 / (len(one.donors) + 1) > 0.05:
        yield "Few places: with fewer than 19 others no gap is one in twenty."
    yield (
        "The mix is of one place, so there is no standard error; what is told is how odd it is "
        f"among the others, not how sure the gap of {one.mean_gap:+,.4g} is."
    )
    yield (
        "Anticipation: if people acted before the beginning, the time before is not without the "
        "effect, and the gap is too small."
    )
    yield (
        "Spill-over: if what began here moved the others too, as neighbours may be, they are no "
        "picture of how it would have been without."
    )
    yield "Whatever else began here at about that time is in the gap too."
    if one.left_out:
        named = ", ".join(one.left_out[:MOST_NAMED])
        more = " ..." if len(one.left_out) > MOST_NAMED else ""
        yield f"Left out for a missing figure: {len(one.left_out)} places, {named}{more}."


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number % 100 in (11, 12, 13) else endings.get(number % 10, "th")
    return f"{number}{ending}"
