"""Verdicts as a reader meets them: in which order, what each means, and what it lets one say."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Group:
    """Verdicts that let one say the same.

    Attributes:
        mark: a sign that stands beside the word, so that no verdict is told by colour alone.
        short: what its figures are, after their number.
    """

    key: str
    title: str
    short: str
    mark: str
    about: str
    words: tuple[str, ...]


GROUPS = (
    Group(
        "safe",
        "Safe to say",
        "safe to say",
        "✓",
        "The figure rounds to what is published of the same measure, place and period.",
        ("confirmed",),
    ),
    Group(
        "care",
        "Say it as it is now",
        "to be said otherwise",
        "↻",
        "True when it was said, or rounded otherwise. Say the newer or the exact figure instead.",
        ("superseded", "rounded otherwise"),
    ),
    Group(
        "wrong",
        "Do not say it as a fact",
        "not to be said as a fact",
        "✗",
        "Published figures or another document say otherwise, or its own parts do not add up.",
        ("contradicted", "conflicts with another document", "internally inconsistent"),
    ),
    Group(
        "open",
        "Say whose figure it is",
        "to be given as theirs",
        "?",
        "Nothing that is published can settle it: it is of another measure, place or period, or "
        "there is no series.",
        ("not comparable", "unknown", "not judged"),
    ),
)
MEANINGS = {
    "confirmed": "rounds to the published figure",
    "superseded": "true when it was said; a newer figure is published",
    "rounded otherwise": "the published figure rounds to another one",
    "contradicted": "the published figure is another one",
    "conflicts with another document": "another document says otherwise; both are kept",
    "internally inconsistent": "the document's own parts do not add up",
    "not comparable": "published figures are of another measure, place, period or price basis",
    "unknown": "no figure is published that could settle it",
    "not judged": "it was not held against anything",
}


def group_of(word: str) -> Group:
    """The group of a verdict."""
    return next((group for group in GROUPS if word in group.words), GROUPS[-1])


def badge(word: str) -> Markup:
    """A verdict as a word with its sign."""
    group = group_of(word)
    return Markup('<span class="verdict {}"><span aria-hidden="true">{}</span> {}</span>').format(
        group.key, group.mark, word
    )
