"""A page: where it stands, what it is called, and what its template is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from placedex.publish.links import Links


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be rendered; `section` is the entry of the navigation that it belongs to."""

    path: str
    title: str
    template: str
    section: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def links(self) -> Links:
        """Addresses as seen from this page."""
        return links_from(self.path)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart with its headline, what is measured where and when, and its source.

    `legend` are the words beside the swatches, in the order of the classes `mark` with a number.
    """

    headline: str
    subtitle: str
    drawing: Markup
    source: Markup
    legend: tuple[str, ...] = ()
    mark: str = ""


def links_from(path: str) -> Links:
    """Addresses as seen from a page."""
    return Links("../" * path.count("/"))
