"""Pieces of SVG: an outer element that a screen reader can name, and numbers kept short."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from placedex.publish.markup import trusted


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart is called and what it shows, and the id of the table with the same figures.

    `key` is a word of letters, digits and hyphens that no other chart of the page has.
    """

    key: str
    title: str
    shows: str
    table: str


def short(value: float) -> str:
    """A coordinate with at most two decimals and no idle noughts."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text(value: str) -> str:
    """A text made safe to stand in markup."""
    return str(escape(value))


def flowing(words: Words, body: str, *, height: float, kind: str) -> Markup:
    """A chart as wide as the page allows: across in per cent, down in pixels, text never scaled."""
    return _whole(words, body, attributes=f'class="{kind}" width="100%" height="{short(height)}"')


def scaling(
    words: Words, body: str, *, box: tuple[float, float], kind: str, role: str = "img"
) -> Markup:
    """A chart that keeps its shape: drawn in a box and scaled with the page.

    Its role is `group` if there are links in it, for an image has nothing in it to follow.
    """
    width, height = short(box[0]), short(box[1])
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return _whole(words, body, attributes=f'class="{kind}" {size}', role=role)


def _whole(words: Words, body: str, *, attributes: str, role: str = "img") -> Markup:
    key = text(words.key)
    return trusted(
        f'<svg role="{role}" aria-labelledby="{key}-t {key}-d" aria-details="{text(words.table)}" '
        f'{attributes}><title id="{key}-t">{text(words.title)}</title>'
        f'<desc id="{key}-d">{text(words.shows)}</desc>{body}</svg>'
    )
