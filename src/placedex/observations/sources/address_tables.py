"""Tables of addresses: where each file of a source is kept, and the page that leads there."""

from functools import cache
from importlib import resources

from placedex.store import read_rows
from placedex.store.fetch import Address


@cache
def read_addresses(source: str) -> tuple[Address, ...]:
    """The addresses of a bundled source's files; none if no table gives them."""
    folder = resources.files("placedex.observations.sources") / "addresses"
    with resources.as_file(folder / f"{source}.csv") as path:
        if not path.is_file():
            return ()
        return tuple(
            Address(row.cells["file"], row.cells["url"], row.cells["page"])
            for row in read_rows(path, wanted=("file", "url", "page"))
        )
