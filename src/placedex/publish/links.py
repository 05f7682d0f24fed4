"""Links between pages: always relative, so that a site works under any address and from a disk."""

from dataclasses import dataclass
from functools import cache

from placedex.places import Place
from placedex.publish.evidence_rows import Kind


@cache
def slug(code: str) -> str:
    """A code as the name of a file or an anchor: small letters, digits, hyphens and full stops."""
    return "".join(
        letter.lower()
        if letter.isascii() and (letter.isalnum() or letter in "-.")
        else f"_{ord(letter):x}"
        for letter in code
    )


def anchor(words: str) -> str:
    """Words as an anchor within a page."""
    return slug(words.replace(" ", "-")).replace(".", "-")


def place_path(place: Place) -> str:
    """Where a place's page stands below the site's folder."""
    return f"places/{slug(place.code)}.html"


def indicator_path(code: str) -> str:
    """Where an indicator's page stands below the site's folder."""
    return f"indicators/{slug(code)}.html"


def claim_path(kind: Kind, code: str) -> str:
    """Where a claim's page stands; those from elsewhere have a folder of their own."""
    folder = "evidence" if kind is Kind.CLAIM else "evidence/elsewhere"
    return f"{folder}/{slug(code)}.html"


def document_path(code: str) -> str:
    """Where a document's page stands below the site's folder."""
    return f"evidence/{slug(code)}.html"


def entry_path(kind: str, code: str) -> str:
    """Where an entry of the ledger is shown: a page for a programme, a part of one for others."""
    name = slug(code)
    if kind == "programmes":
        return f"programmes/{name}.html"
    if kind == "targets":
        return f"roadmap.html#target-{name}"
    if kind == "support":
        return f"support.html#offer-{name}"
    if kind == "organisations":
        return f"organisations/index.html#organisation-{name}"
    return f"programmes/together.html#{kind}-{name}"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as seen from one page; `root` leads from it to the site's folder."""

    root: str = ""

    def to(self, path: str) -> str:
        """The address of a page or a file, with its anchor if it has one."""
        return f"{self.root}{path}"

    def place(self, place: Place) -> str:
        """The address of a place's page."""
        return self.to(place_path(place))

    def indicator(self, code: str) -> str:
        """The address of an indicator's page."""
        return self.to(indicator_path(code))

    def origin(self, code: str) -> str:
        """The address of an origin on the page of sources."""
        return self.to(f"sources.html#{slug(code)}")

    def method(self, part: str) -> str:
        """The address of a part of the method page."""
        return self.to(f"method.html#{part}")

    def claim(self, kind: Kind, code: str) -> str:
        """The address of a claim's page."""
        return self.to(claim_path(kind, code))

    def document(self, code: str) -> str:
        """The address of a document's page."""
        return self.to(document_path(code))

    def entry(self, kind: str, code: str) -> str:
        """The address at which an entry of the ledger is shown."""
        return self.to(entry_path(kind, code))
