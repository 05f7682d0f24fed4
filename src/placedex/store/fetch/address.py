"""Addresses of published files, and the limits within which they are fetched."""

import hashlib
import ipaddress
import socket
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from placedex.errors import Unfetched


@dataclass(frozen=True, slots=True)
class Address:
    """Where a published file is fetched from, and the page on which it was published.

    Attributes:
        file: the name that the file bears here, with folders if its source wants them.
        url: empty if only the page is known: then the file must be taken from there by hand.
        sha256: the hash that it must have, where that is known beforehand.
        note: what to know who takes the file by hand.
    """

    file: str
    url: str
    page: str
    sha256: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        path = PurePosixPath(self.file)
        if not self.file or path.is_absolute() or ".." in path.parts or "\\" in self.file:
            raise Unfetched(
                f"The address {self.url} has the file name '{self.file}'. Wanted a name that "
                "stays inside its folder. Mend it in the table of addresses."
            )
        wanted = self.url or self.page
        if urlsplit(wanted).scheme not in {"http", "https"} or not urlsplit(wanted).hostname:
            raise Unfetched(
                f"'{wanted}' is no address of a file on the web. Wanted one that begins with "
                "https:// or http://. Mend it in the table of addresses."
            )

    @property
    def by_hand(self) -> bool:
        """Whether only the page is known on which the file was published."""
        return not self.url

    @property
    def key(self) -> str:
        """The name under which what is known of the address is kept."""
        return hashlib.sha256(self.url.encode()).hexdigest()

    @property
    def name(self) -> str:
        """The last part of the file's name."""
        return PurePosixPath(self.file).name

    @property
    def last_of_url(self) -> str:
        """The last part of the address, as the publisher names the file."""
        return PurePosixPath(unquote(urlsplit(self.url).path)).name


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, how long it may take, and how politely it is asked for.

    Attributes:
        largest: bytes of a file at most, unpacked ones too.
        expansion: how many times larger a packed file may become when it is unpacked.
        redirects: how often an address may send elsewhere.
        tries: how often a file is asked for when the server or the line fails.
        seconds: for a connection and for each wait for bytes.
        patience: seconds after which a download must have the least rate.
        slowest: bytes a second, the least rate.
        between: seconds between two requests to one host.
        longest_wait: seconds at most that a server may ask us to wait before a new try.
    """

    largest: int = 8 * 1024**3
    expansion: int = 200
    redirects: int = 8
    tries: int = 5
    seconds: float = 30.0
    patience: float = 60.0
    slowest: float = 500.0
    between: float = 0.5
    longest_wait: float = 120.0


def must_be_taken(address: Address) -> Unfetched:
    """The error for a file of which only the page is known."""
    note = f" {address.note}" if address.note else ""
    return Unfetched(
        f"'{address.file}' has no address of its own. Wanted it by hand from the page "
        f"{address.page}.{note}"
    )


def redirected(address: Address, url: str, location: str) -> str:
    """The address to which a server sends on.

    Errors: Unfetched if it leads from https to http, to something else than the web, or from a
            public host to one of a private network.
    """
    found = urljoin(url, location)
    old, new = urlsplit(url), urlsplit(found)
    if new.scheme not in {"http", "https"} or not new.hostname:
        raise _astray(address, found, "no address on the web")
    if old.scheme == "https" and new.scheme == "http":
        raise _astray(address, found, "not secure, and the address before it was")
    if not _inward(urlsplit(address.url).hostname or "") and _inward(new.hostname):
        raise _astray(address, found, "inside a private network")
    return found


def _astray(address: Address, found: str, why: str) -> Unfetched:
    return Unfetched(
        f"{address.url} sends on to {found}, which is {why}. Wanted an address that can be "
        f"trusted. Look at the page {address.page} for the file's present address."
    )


def _inward(host: str) -> bool:
    """Whether a host is this machine or in a private network; an unknown one is not."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(one).split("%")[0]).is_global for one in found)
