"""View: what one page sees of the site: addresses from where it stands, and the material."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from placedex.publish.cells import link, place_link
from placedex.publish.links import Links
from placedex.publish.material import Material
from placedex.publish.pages.page import links_from
from placedex.publish.record import Record
from placedex.publish.words import titled


@dataclass(frozen=True, slots=True)
class View:
    """The material as seen from the page at a path."""

    path: str
    material: Material

    @property
    def links(self) -> Links:
        """Addresses as seen from the page."""
        return links_from(self.path)

    @property
    def record(self) -> Record:
        """What was said and promised."""
        return self.material.record

    def place(self, code: str) -> Markup:
        """A place's name, leading to its page if there is one; the code of one that is unknown."""
        place = self.material.edition.observations.register.get(code)
        if place is None:
            return escape(code)
        return place_link(place, self.links, known=self.material.places) + self.kind(code)

    def kind(self, code: str) -> Markup:
        """The kind of a place whose name another bears too, to stand after its name."""
        place = self.material.edition.observations.register.get(code)
        if place is None or place.name not in self.material.namesakes:
            return Markup("")
        return Markup(" <small>{}</small>").format(place.kind)

    def entry(self, kind: str, code: str) -> Markup:
        """The name of an entry of the ledger, leading to where it is shown."""
        entry = getattr(self.record.ledger, kind).get(code)
        if entry is None:
            return escape(code)
        return link(self.links.entry(kind, code), titled(entry.name))

    def entries(self, kind: str, codes: tuple[str, ...]) -> Markup:
        """The names of entries in a row, each leading to where it is shown."""
        return Markup(", ").join(self.entry(kind, code) for code in codes)
