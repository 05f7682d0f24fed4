"""Links between pages: always relative, so that a site works under any address and from a disk."""

from dataclasses import dataclass
from functools import cache

from placedex.places import Place


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
