"""How the pages of reviews are drawn: sentences masked, claims marked, everything escaped."""

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from placedex.evidence import (
    FIELDS,
    OnDesk,
    Reviewed,
    State,
    mask_passage,
    names_in,
    passage,
    said_of,
)
from placedex.evidence.mend import MODALITIES, WORDS

STATES = {
    State.OPEN: "not answered",
    State.ACCEPTED: "accepted",
    State.MENDED: "mended",
    State.REJECTED: "rejected",
}


def render(template: str, **content: Any) -> bytes:
    """A page of reviews as HTML."""
    return _environment().get_template(template).render(**content).encode()


def style() -> bytes:
    """The rules of style for forms and marks, beside those of the site."""
    return (resources.files("placedex.api") / "templates" / "review.css").read_bytes()


def sentence(opened: OnDesk, reviewed: Reviewed) -> Markup:
    """The sentence of a claim, persons masked, the claim marked; the figure if there is none."""
    if opened.document is None:
        return Markup("<mark>{}</mark>").format(reviewed.figure)
    found = passage(opened.document, reviewed.claim.span)
    shown = mask_passage(found, known=names_in(opened.document.text))
    start, end = shown.claim.start, shown.claim.end
    return Markup("{}<mark>{}</mark>{}").format(
        shown.words[:start], shown.words[start:end], shown.words[end:]
    )


def counts(opened: OnDesk) -> str:
    """How many claims there are, and how many of each state."""
    claims = opened.review.claims
    if not claims:
        return "no claims"
    said = [
        f"{opened.review.count(state)} {words}"
        for state, words in STATES.items()
        if opened.review.count(state)
    ]
    return f"{len(claims)} {'claim' if len(claims) == 1 else 'claims'}: {', '.join(said)}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("placedex.api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        sentence=sentence,
        counts=counts,
        said_of=said_of,
        states=STATES,
        fields=FIELDS,
        words_of=WORDS,
        modalities=MODALITIES,
    )
    return environment
